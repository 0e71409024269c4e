"""The office: building a survey before it opens, reading what people wrote after it has closed."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.activities.surveys import building, queries
from app.activities.surveys.codes import KIND_HINTS, KINDS, LINKS
from app.activities.surveys.forms.building import (
    PARTS,
    ROWS,
    BuilderForm,
    DescribeForm,
    RemoveForm,
    question_form,
)
from app.activities.surveys.hiding import shown_total
from app.activities.surveys.questionnaire import QuestionView, missing_from
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.routes.office_at_work import at_work as _at_work
from app.activities.surveys.routes.office_at_work import builder as _builder
from app.activities.surveys.routes.reading import outcome
from app.core.errors import NotFound
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.nav import NavItem, announce
from app.web.once import once

announce(NavItem(_l("Issues"), _l("Surveys"), "surveys.desk", "surveys.manage", order=33))


@bp.get("/desk")
@requires("surveys.manage")
def desk() -> str:
    """The agency's surveys, and where each stands."""
    return render_template(
        "surveys/desk.html", rows=queries.desk(current_viewer().agencies("surveys.manage"))
    )


@bp.get("/<int:activity_id>/setup")
@requires("surveys.prepare")
def setup(activity_id: int) -> str:
    """The list of questions, with what can be done to each."""
    return _builder_page(activity_id, BuilderForm())


@bp.post("/<int:activity_id>/setup")
@requires("surveys.prepare")
def move(activity_id: int) -> ResponseReturnValue:
    """Move a question up or down: the pressed button says which."""
    at_work, form = _at_work(activity_id, "surveys.prepare"), BuilderForm()
    way, _dash, number = request.form.get("move", "").partition("-")
    if way not in ("up", "down") or not number.isdecimal():
        abort(400)
    moved = next((one for one in at_work["survey"].questions if str(one.id) == number), None)
    if moved is None:
        raise NotFound
    return once(
        form,
        "surveys.move",
        act=lambda: building.move_question(
            activity_id=activity_id, question_id=moved.id, viewer=current_viewer(), up=way == "up"
        ),
        to=lambda question: _builder(activity_id, f"question-{question.id}"),
        again=lambda: _builder_page(activity_id, form),
    )


@bp.route("/<int:activity_id>/describe", methods=["GET", "POST"])
@requires("surveys.prepare")
def describe(activity_id: int) -> ResponseReturnValue:
    """Write the words above the questions."""
    at_work = _at_work(activity_id, "surveys.prepare")
    survey = at_work["survey"]
    intro = {f"intro_{lang}": getattr(survey.intro, lang, None) for lang in ("th", "en")}
    form = DescribeForm(data={**intro, "satisfaction": survey.satisfaction, "link": survey.link})

    def page() -> str:
        return render_template("surveys/describe.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "surveys.describe",
        act=lambda: building.describe_survey(
            activity_id=activity_id,
            viewer=current_viewer(),
            intro=form.intro,
            satisfaction=form.satisfaction.data,
            link=form.link.data,
            confirmed=form.confirmed.data,
        ),
        to=lambda _survey: _builder(activity_id),
        again=page,
    )


@bp.get("/<int:activity_id>/add")
@requires("surveys.prepare")
def choose(activity_id: int) -> str:
    """Choose the kind of the new question."""
    at_work = _at_work(activity_id, "surveys.prepare")
    return render_template("surveys/choose.html", kinds=KINDS, hints=KIND_HINTS, **at_work)


@bp.route("/<int:activity_id>/add/<kind>", methods=["GET", "POST"])
@requires("surveys.prepare")
def add(activity_id: int, kind: str) -> ResponseReturnValue:
    """Write a new question."""
    if kind not in KINDS:
        raise NotFound
    return _question_page(activity_id, kind, None)


@bp.route("/<int:activity_id>/question/<int:question_id>", methods=["GET", "POST"])
@requires("surveys.prepare")
def change(activity_id: int, question_id: int) -> ResponseReturnValue:
    """Write a question anew."""
    at_work = _at_work(activity_id, "surveys.prepare")
    question = queries.question_in(at_work["survey"], question_id)
    return _question_page(activity_id, question.kind, question)


@bp.route("/<int:activity_id>/question/<int:question_id>/remove", methods=["GET", "POST"])
@requires("surveys.prepare")
def remove(activity_id: int, question_id: int) -> ResponseReturnValue:
    """Take a question out, after asking."""
    at_work, form = _at_work(activity_id, "surveys.prepare"), RemoveForm()
    found = [question for question in at_work["survey"].questions if question.id == question_id]
    if request.method == "GET" and not found:
        raise NotFound

    def page() -> str:
        question = queries.question_in(at_work["survey"], question_id)
        return render_template("surveys/remove.html", form=form, question=question, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "surveys.remove",
        act=lambda: building.remove_question(
            activity_id=activity_id, question_id=question_id, viewer=current_viewer()
        ),
        to=lambda _none: _builder(activity_id),
        again=page,
    )


@bp.get("/<int:activity_id>/manage")
@requires("surveys.manage")
def manage(activity_id: int) -> str:
    """How the survey stands, and what came of it once it has closed."""
    at_work = _at_work(activity_id, "surveys.manage")
    survey, closed = at_work["survey"], at_work["activity"].state == "closed"
    return render_template(
        "surveys/manage.html",
        people=shown_total(survey.responses),
        **outcome(survey, closed=closed),
        may_prepare=current_viewer().may("surveys.prepare", at_work["issue"].agency_id),
        **at_work,
    )


@bp.get("/<int:activity_id>/words/<int:question_id>")
@requires("surveys.manage")
def words(activity_id: int, question_id: int) -> str:
    """What people wrote to a question: for the agency, once the survey has closed."""
    at_work = _at_work(activity_id, "surveys.manage")
    question = queries.question_in(at_work["survey"], question_id)
    if (question.kind != "text" and not question.other) or at_work["activity"].state != "closed":
        raise NotFound
    after = request.args.get("after", type=int)
    page = queries.words_page(question_id, after if after and 0 < after < 2**63 else None)
    return render_template("surveys/words.html", question=question, page=page, **at_work)


def _question_page(activity_id: int, kind: str, question: QuestionView | None) -> ResponseReturnValue:
    """The form for a question, new or stored; its "more" button adds rows and writes nothing."""
    at_work = _at_work(activity_id, "surveys.prepare")
    step = request.form.get("step", "")
    counts = {part: request.form.get(f"{part}s", 0, type=int) for part in PARTS}
    if step.startswith("more"):
        counts[step.removeprefix("more-")] = counts.get(step.removeprefix("more-"), 0) + ROWS
    form = question_form(kind, question, counts)

    def page() -> str:
        return render_template(
            "surveys/question.html", form=form, kind=kind, kinds=KINDS, question=question, **at_work
        )

    def act() -> Any:
        given: dict[str, Any] = {"activity_id": activity_id, "viewer": current_viewer(), "draft": form.draft}
        if question is None:
            return building.add_question(**given)
        return building.change_question(question_id=question.id, **given)

    if request.method == "GET" or step.startswith("more"):
        return page()
    to = lambda stored: _builder(activity_id, f"question-{stored.id}")  # noqa: E731
    return once(form, "surveys.question", act=act, to=to, again=page)


def _builder_page(activity_id: int, form: BuilderForm) -> str:
    at_work = _at_work(activity_id, "surveys.prepare")
    missing = list(missing_from(at_work["survey"]))
    return render_template(
        "surveys/setup.html", form=form, kinds=KINDS, links=LINKS, missing=missing, **at_work
    )
