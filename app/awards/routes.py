"""Pages of evaluation: the programme assigns, evaluators score, the committee sees totals and releases."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.reference import province_tiles, provinces
from app.assessment.evidence import broken_rules
from app.assessment.rubric import DEFAULT, Item, rubric
from app.assessment.scoring import decimal_text
from app.awards import queries, service
from app.awards.forms import AssignForm, ConfirmForm, ScoreForm
from app.core.errors import DomainError, NotFound
from app.evidence.kinds_of_evidence import evidence_kinds
from app.i18n import _l
from app.identity import leaving
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.web.fields import SelectChoice
from app.web.nav import NavItem, announce
from app.web.once import once

bp = Blueprint("awards", __name__, url_prefix="/awards")

announce(
    NavItem(_l("Evaluation"), _l("Your tasks"), "awards.tasks", "awards.score", order=10),
    NavItem(_l("Evaluation"), _l("Results to decide"), "awards.committee", "awards.decide", order=20),
    NavItem(_l("Programme"), _l("Evaluations"), "awards.manage", "awards.assign", order=30),
)
leaving.asked_before("awards", queries.task_to_finish)


@bp.get("/")
@public
def index() -> str:
    """What was awarded: the published result of B.E. 2554 and what has been released here."""
    return render_template(
        "awards/index.html",
        published=queries.awards_2554(),
        provinces=provinces(),
        tiles_data=province_tiles(),
        released=queries.review_rows(released_only=True),
        bands=_band_names(),
    )


@bp.get("/<int:review_id>")
@public
def show(review_id: int) -> str:
    """A released result with its arithmetic."""
    review, assessment, agency = queries.review_with_agency(review_id)
    if review.released_at is None:
        raise NotFound
    return render_template("awards/show.html", **_outcome_context(review, assessment, agency))


@bp.get("/tasks")
@requires("awards.score")
def tasks() -> str:
    """The evaluator's queue."""
    return render_template("awards/tasks.html", tasks=queries.tasks_of(_person_id()))


@bp.get("/tasks/<int:task_id>")
@requires("awards.score")
def task(task_id: int) -> str:
    """All items of one task with the evaluator's own scores."""
    assignment, assessment, agency = queries.own_task(task_id, _person_id())
    return render_template(
        "awards/task.html",
        task=assignment,
        assessment=assessment,
        agency=agency,
        rubric=service.rubric_of(assessment),
        scores=service.scores_of(task_id),
        content=service.frozen_content(assessment),
    )


@bp.route("/tasks/<int:task_id>/items/<item_code>", methods=["GET", "POST"])
@requires("awards.score")
def score(task_id: int, item_code: str) -> ResponseReturnValue:
    """Score one item: the agency's reason and evidence beside the form."""
    assignment, assessment, agency = queries.own_task(task_id, _person_id())
    item, following = _item_and_next(service.rubric_of(assessment).items, item_code)
    written = service.scores_of(task_id).get(item_code)
    form = ScoreForm(score=written.score if written else None, reason=written.reason if written else "")
    own = service.frozen_content(assessment)["items"][item_code]

    def again() -> str:
        rubric, exhibits = service.rubric_of(assessment), queries.exhibits_of_item(assessment, own)
        return render_template(
            "awards/score.html",
            task=assignment,
            assessment=assessment,
            agency=agency,
            rubric=rubric,
            item=item,
            own=own,
            exhibits=exhibits,
            broken={e.id: broken_rules(rubric, assessment.period, e) for e, _grown in exhibits},
            kinds=evidence_kinds(),
            form=form,
            following=following,
        )

    if request.method == "GET":
        return again()
    target = url_for("awards.score", task_id=task_id, item_code=following) if following else None
    return once(
        form,
        "awards.score",
        act=lambda: service.score_item(
            assignment_id=task_id,
            item=item_code,
            score=form.score.data,
            reason=form.reason.data or "",
            actor=current_viewer().acting("awards.score"),
        ),
        to=lambda _score: target or url_for("awards.task", task_id=task_id),
        again=again,
    )


@bp.route("/tasks/<int:task_id>/submit", methods=["GET", "POST"])
@requires("awards.score")
def submit(task_id: int) -> ResponseReturnValue:
    """Check all scores and submit them; they stay as they are afterwards."""
    assignment, assessment, agency = queries.own_task(task_id, _person_id())
    form = ConfirmForm()

    def again() -> str:
        return render_template(
            "awards/submit.html",
            task=assignment,
            assessment=assessment,
            agency=agency,
            rubric=service.rubric_of(assessment),
            scores=service.scores_of(task_id),
            form=form,
        )

    if request.method == "GET":
        return again()
    return once(
        form,
        "awards.submit",
        act=lambda: service.submit_scores(
            assignment_id=task_id, actor=current_viewer().acting("awards.score")
        ),
        to=lambda _task: url_for("awards.tasks"),
        again=again,
    )


@bp.get("/committee")
@requires("awards.decide")
def committee() -> str:
    """Every review, with how many evaluators have submitted."""
    return render_template("awards/committee.html", rows=queries.review_rows(), bands=_band_names())


@bp.route("/committee/<int:review_id>", methods=["GET", "POST"])
@requires("awards.decide")
def decide(review_id: int) -> ResponseReturnValue:
    """The total and the band with every step; the sub-committee releases it."""
    review, assessment, agency = queries.review_with_agency(review_id)
    form = ConfirmForm()

    def again() -> str:
        return render_template(
            "awards/decide.html",
            **_outcome_context(review, assessment, agency),
            waiting=service.waiting_for(review_id),
            conflicts=[] if review.released_at else service.conflicts(review),
            form=form,
        )

    if request.method == "GET":
        return again()
    return once(
        form,
        "awards.release",
        act=lambda: service.release_result(
            review_id=review_id, actor=current_viewer().acting("awards.decide")
        ),
        to=lambda _review: url_for("awards.show", review_id=review_id),
        again=again,
    )


@bp.get("/manage")
@requires("awards.assign")
def manage() -> str:
    """Submitted self-assessments: open an evaluation, assign evaluators."""
    return render_template("awards/manage.html", rows=queries.review_rows(), form=ConfirmForm())


@bp.post("/manage/open/<int:assessment_id>")
@requires("awards.assign")
def open_review(assessment_id: int) -> ResponseReturnValue:
    """Open the evaluation of a submitted self-assessment."""
    form = ConfirmForm()
    return once(
        form,
        "awards.open",
        act=lambda: service.open_review(
            assessment_id=assessment_id, actor=current_viewer().acting("awards.assign")
        ),
        to=lambda review: url_for("awards.assign", review_id=review.id),
        again=lambda: render_template("awards/manage.html", rows=queries.review_rows(), form=form),
    )


@bp.route("/manage/<int:review_id>", methods=["GET", "POST"])
@requires("awards.assign")
def assign(review_id: int) -> ResponseReturnValue:
    """The evaluators of a review; give one more the task."""
    review, assessment, agency = queries.review_with_agency(review_id)
    form = AssignForm()
    form.person_id.choices = [SelectChoice(*pair) for pair in queries.evaluators()]

    def again() -> str:
        return render_template(
            "awards/assign.html",
            review=review,
            assessment=assessment,
            agency=agency,
            assigned=queries.assigned_people(review_id),
            conflicts=[] if review.released_at else service.conflicts(review),
            form=form,
        )

    if request.method == "GET":
        return again()
    return once(
        form,
        "awards.assign",
        act=lambda: service.assign_evaluator(
            review_id=review_id,
            person_id=form.person_id.data,
            actor=current_viewer().acting("awards.assign"),
        ),
        to=lambda _assignment: url_for("awards.assign", review_id=review_id),
        again=again,
    )


@bp.route("/manage/<int:review_id>/relieve/<int:task_id>", methods=["GET", "POST"])
@requires("awards.assign")
def relieve(review_id: int, task_id: int) -> ResponseReturnValue:
    """Take a task back, after a look at what that means."""
    _review, _assessment, agency = queries.review_with_agency(review_id)
    person = next((name for task, name in queries.assigned_people(review_id) if task.id == task_id), None)
    if person is None:
        raise NotFound
    form = ConfirmForm()

    def again() -> str:
        return render_template(
            "awards/relieve.html", review_id=review_id, agency=agency, person=person, form=form
        )

    if request.method == "GET":
        return again()
    return once(
        form,
        "awards.relieve",
        act=lambda: service.relieve_evaluator(
            assignment_id=task_id, actor=current_viewer().acting("awards.assign")
        ),
        to=lambda _none: url_for("awards.assign", review_id=review_id),
        again=again,
    )


def _person_id() -> int:
    person_id = current_viewer().person_id
    assert person_id is not None
    return person_id


def _item_and_next(items: tuple[Item, ...], code: str) -> tuple[Item, str | None]:
    codes = [item.code for item in items]
    if code not in codes:
        raise NotFound
    place = codes.index(code)
    return items[place], codes[place + 1] if place + 1 < len(codes) else None


def _outcome_context(review: Any, assessment: Any, agency: Any) -> dict[str, Any]:
    try:
        outcome = service.outcome_of(review)
    except DomainError:
        outcome = None
    return {
        "review": review,
        "assessment": assessment,
        "agency": agency,
        "rubric": service.rubric_of(assessment),
        "outcome": outcome,
        "decimal": decimal_text,
    }


def _band_names() -> dict[str, Any]:
    return {band.code: band.name for band in rubric(*DEFAULT).bands}
