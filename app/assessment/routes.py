"""Pages of the self-assessment: the list, the rubric's items, one item with its evidence, submission."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.models import Agency
from app.assessment import queries, service
from app.assessment.evidence import broken_rules
from app.assessment.forms import MOST_EXHIBITS, ItemForm, OpenForm, SubmitForm
from app.assessment.models import Assessment
from app.assessment.rubric import Item, criteria_of_evidence
from app.core.clock import now
from app.core.errors import NotFound
from app.core.ids import LARGEST_ID
from app.evidence.criteria import offer_criteria
from app.i18n import _l
from app.i18n.bilingual import bi_plain
from app.i18n.dates import BUDDHIST_ERA, local_day
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import agencies_named
from app.web.fields import SelectChoice
from app.web.nav import NavItem, announce
from app.web.once import once

bp = Blueprint("assessment", __name__, url_prefix="/assessment")

announce(NavItem(_l("Award"), _l("Self-assessment"), "assessment.index", "assessment.see", order=50))
offer_criteria("assessment", criteria_of_evidence)


@bp.route("/", methods=["GET", "POST"])
@requires("assessment.see")
def index() -> ResponseReturnValue:
    """The agency's self-assessments; an officer may begin one."""
    viewer = current_viewer()
    agencies = viewer.agencies("assessment.see")
    own = viewer.agencies("assessment.write")
    form = OpenForm(year=local_day(now()).year + BUDDHIST_ERA)
    form.agency_id.choices = [SelectChoice(i, bi_plain(name)) for i, name in agencies_named(own)]
    again = lambda: render_template(  # noqa: E731
        "assessment/index.html", form=form, rows=queries.assessments_of(agencies)
    )
    if request.method == "GET":
        return again()
    if not own:
        raise NotFound
    return once(
        form,
        "assessment.open",
        act=lambda: service.open_assessment(
            agency_id=form.agency_id.data,
            year=form.year.data,
            period=form.period,
            actor=viewer.acting("assessment.write", form.agency_id.data),
        ),
        to=lambda assessment: url_for("assessment.show", assessment_id=assessment.id),
        again=again,
    )


@bp.get("/<int:assessment_id>")
@requires("assessment.see")
def show(assessment_id: int) -> str:
    """All items with their scores, and what is missing before submission."""
    assessment, agency = _own(assessment_id)
    scores = queries.scores_of(assessment_id)
    return render_template(
        "assessment/show.html",
        assessment=assessment,
        agency=agency,
        rubric=service.rubric_of(assessment),
        scores=scores,
        links=service.linked_exhibits(assessment_id),
        may_submit=current_viewer().may("assessment.submit", assessment.agency_id),
    )


@bp.route("/<int:assessment_id>/<item_code>", methods=["GET", "POST"])
@requires("assessment.write")
def item(assessment_id: int, item_code: str) -> ResponseReturnValue:
    """Score one item, with the evidence that may speak for it beside the form."""
    assessment, agency = _own(assessment_id)
    rubric_item = _item(assessment, item_code)
    written = queries.scores_of(assessment_id).get(item_code)
    chosen = service.linked_exhibits(assessment_id).get(item_code, [])
    form = ItemForm(
        score=written.score if written else None, reason=written.reason if written else "", exhibits=chosen
    )

    def again() -> str:
        offer = queries.exhibits_for(
            assessment, rubric_item, (form.exhibits.data or [])[:MOST_EXHIBITS], **_pages()
        )
        return render_template(
            "assessment/item.html",
            assessment=assessment,
            agency=agency,
            rubric=service.rubric_of(assessment),
            item=rubric_item,
            form=form,
            offer=offer,
            broken={
                e.id: broken_rules(service.rubric_of(assessment), assessment.period, e) for e in offer.all
            },
            next_code=_next_code(assessment, item_code),
        )

    if (
        request.method == "GET" or _pages()
    ):  # Asking for more exhibits keeps what was ticked and saves nothing.
        return again()
    viewer = current_viewer()
    return once(
        form,
        "assessment.score",
        act=lambda: service.score_item(
            assessment_id=assessment_id,
            item=item_code,
            score=form.score.data,
            reason=form.reason.data or "",
            exhibit_ids=form.exhibits.data or [],
            actor=viewer.acting("assessment.write", assessment.agency_id),
        ),
        to=lambda _score: _after(assessment, item_code),
        again=again,
    )


@bp.route("/<int:assessment_id>/submit", methods=["GET", "POST"])
@requires("assessment.submit")
def submit(assessment_id: int) -> ResponseReturnValue:
    """The executive reads everything once more and submits; nothing can be changed afterwards."""
    assessment, agency = _own(assessment_id)
    form = SubmitForm()
    again = lambda: render_template(  # noqa: E731
        "assessment/submit.html",
        assessment=assessment,
        agency=agency,
        rubric=service.rubric_of(assessment),
        scores=queries.scores_of(assessment_id),
        links=service.linked_exhibits(assessment_id),
        form=form,
    )
    if request.method == "GET":
        return again()
    viewer = current_viewer()
    return once(
        form,
        "assessment.submit",
        act=lambda: service.submit_assessment(
            assessment_id=assessment_id, actor=viewer.acting("assessment.submit", assessment.agency_id)
        ),
        to=lambda _assessment: url_for("assessment.show", assessment_id=assessment_id),
        again=again,
    )


def _own(assessment_id: int) -> tuple[Assessment, Agency]:
    return queries.own_assessment(assessment_id, current_viewer().agencies("assessment.see"))


def _item(assessment: Assessment, code: str) -> Item:
    try:
        return service.rubric_of(assessment).item(code)
    except KeyError as error:
        raise NotFound from error


def _next_code(assessment: Assessment, code: str) -> str | None:
    codes = [item.code for item in service.rubric_of(assessment).items]
    following = codes[codes.index(code) + 1 :]
    return following[0] if following else None


def _after(assessment: Assessment, code: str) -> str:
    following = _next_code(assessment, code)
    if following is None:
        return url_for("assessment.show", assessment_id=assessment.id)
    return url_for("assessment.item", assessment_id=assessment.id, item_code=following)


def _pages() -> dict[str, int]:
    """Where the lists of exhibits begin, as the buttons under them ask; empty when none was pressed."""
    asked = {name: request.form.get(name, type=int) for name in ("suggested_after", "rest_after")}
    return {name: min(max(number, 0), LARGEST_ID) for name, number in asked.items() if number is not None}
