"""The office: ready-made questions, paper questionnaires, the population to compare with; and the trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, FileField, RadioField, ValidationError

from app.activities.surveys import paper, queries, ready_made, representation, trend, wording
from app.activities.surveys.forms.answering import ActForm, PageForm, page_form
from app.activities.surveys.hiding import SMALLEST
from app.activities.surveys.models import Sheet
from app.activities.surveys.queries import question_in
from app.activities.surveys.questionnaire import QuestionView
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.routes.office_at_work import at_work, builder
from app.activities.surveys.service import KIND_CODE
from app.core.errors import NotFound
from app.i18n import _, _l
from app.i18n.bilingual import bi_plain
from app.i18n.dates import era_year
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.web.fields import Between, Length, Required, SelectChoice, TextField, ThaiIntegerField
from app.web.forms import Form
from app.web.once import once

CENTURIES = (1900, 2200)


class RepeatForm(Form):
    """Which earlier survey to repeat."""

    of = RadioField(_l("Earlier survey"), [Required(_l("Choose a survey"))], coerce=int)


class PopulationForm(Form):
    """The agency's table, where it is from, and of which year."""

    table = FileField(
        _l("Table"),
        description=_l("CSV with the columns category and count; a category is one of the answers."),
    )
    source = TextField(
        _l("Source of the numbers"), [Required(_l("Say where the numbers are from")), Length(200)]
    )
    year = ThaiIntegerField(_l("Year of the numbers"), [Required(_l("Enter the year"))])

    def validate_year(self, field: Any) -> None:
        if field.data is not None and not CENTURIES[0] <= christian(field.data) <= CENTURIES[1]:
            raise ValidationError(str(_l("Enter a year such as 2568 or 2025")))


class SheetForm(PageForm):
    """A sheet of paper: its number, its signature, and its answers."""

    number = ThaiIntegerField(
        _l("Number on the sheet"), [Required(_l("Enter the number on the sheet")), Between(1, 999_999)]
    )
    signed = BooleanField(
        _l("The consent on the sheet is signed"),
        [Required(_l("Without a signed consent the sheet may not be keyed in"))],
    )


def christian(year: int) -> int:
    """A year of either era as one of the Christian era."""
    return year - 543 if year > CENTURIES[1] else year


@bp.route("/<int:activity_id>/ready-made", methods=["GET", "POST"])
@requires("surveys.prepare")
def ready(activity_id: int) -> ResponseReturnValue:
    """Begin with questions on satisfaction, with an earlier survey's, or add the question of sectors."""
    here = at_work(activity_id, "surveys.prepare")
    earlier = ready_made.repeatable(here["issue"].agency_id, activity_id)
    form, act_form = RepeatForm(), ActForm()
    form.of.choices = [SelectChoice(ident, bi_plain(title)) for ident, title in earlier]
    step = request.form.get("step")
    sent: Form = form if step == "repeat" else act_form

    def shown() -> str:
        return render_template(
            "surveys/ready.html",
            form=form,
            act_form=act_form,
            sent=sent,
            earlier=earlier,
            satisfaction=ready_made.SATISFACTION,
            **here,
        )

    if request.method == "GET":
        return shown()
    given: dict[str, Any] = {"activity_id": activity_id, "viewer": current_viewer()}
    acts: dict[str | None, Any] = {
        "satisfaction": lambda: ready_made.use_satisfaction(**given),
        "sector": lambda: ready_made.add_sector(**given),
        "repeat": lambda: ready_made.repeat_survey(of=form.of.data, **given),
    }
    if step not in acts:
        raise NotFound
    return once(sent, f"surveys.{step}", act=acts[step], to=lambda _s: builder(activity_id), again=shown)


@bp.get("/<int:activity_id>/trend", endpoint="trend")
@public
def trend_page(activity_id: int) -> str:
    """The survey beside those it repeats, once it has closed."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    if activity.state != "closed":
        raise NotFound
    rounds, series = trend.series_of(queries.questionnaire(activity_id))
    return render_template("surveys/trend.html", activity=activity, issue=issue, rounds=rounds, series=series)


@bp.get("/<int:activity_id>/paper")
@requires("surveys.prepare")
def sheets(activity_id: int) -> str:
    """The paper questionnaires that are not finished."""
    return _sheets_page(activity_id, ActForm())


@bp.post("/<int:activity_id>/paper")
@requires("surveys.prepare")
def take_in(activity_id: int) -> ResponseReturnValue:
    """Take in the sheets settled after the closing, together."""
    form = ActForm()
    at_work(activity_id, "surveys.prepare")
    return once(
        form,
        "surveys.take_in",
        act=lambda: paper.take_in(activity_id=activity_id, viewer=current_viewer()),
        to=lambda _number: url_for("surveys.sheets", activity_id=activity_id),
        again=lambda: _sheets_page(activity_id, form),
    )


def _sheets_page(activity_id: int, form: ActForm) -> str:
    counts = paper.sheet_counts(activity_id)
    return render_template(
        "surveys/sheets.html",
        form=form,
        sheets=paper.waiting(activity_id, current_viewer().person_id),
        stored=counts.get("stored", 0),
        ready=counts.get("ready", 0),
        least=SMALLEST,
        **at_work(activity_id, "surveys.prepare"),
    )


@bp.route("/<int:activity_id>/paper/key", methods=["GET", "POST"])
@requires("surveys.prepare")
def key_sheet(activity_id: int) -> ResponseReturnValue:
    """Key in one sheet: all questions on one page, those that are not shown may stay empty."""
    here = at_work(activity_id, "surveys.prepare")
    form = page_form([_loose(question) for question in here["survey"].questions], {}, base=SheetForm)
    assert isinstance(form, SheetForm)

    def shown() -> str:
        return render_template("surveys/key_sheet.html", form=form, **here)

    if request.method == "GET" or request.form.get("step") == "place":
        return shown()
    return once(
        form,
        "surveys.key_sheet",
        act=lambda: paper.key_sheet(
            activity_id=activity_id,
            viewer=current_viewer(),
            number=form.number.data,
            replies=form.replies,
        ),
        to=lambda sheet: _after_keying(activity_id, sheet),
        again=shown,
    )


@bp.route("/<int:activity_id>/paper/<int:sheet_id>", methods=["GET", "POST"])
@requires("surveys.prepare")
def decide_sheet(activity_id: int, sheet_id: int) -> ResponseReturnValue:
    """Two readings that differ, side by side; a third look decides."""
    here = at_work(activity_id, "surveys.prepare")
    sheet = paper.sheet_of(activity_id, sheet_id)
    both = paper.readings_of(here["survey"], sheet) if sheet.state == "differs" else None
    areas = wording.area_names(_areas(both))
    form = _decision_form(both, areas)

    def shown() -> str:
        return render_template("surveys/decide_sheet.html", form=form, sheet=sheet, both=both, **here)

    if request.method == "GET":
        return shown()
    chosen = [q.id for q in both.differing if form[q.field].data == "second"] if both else []
    return once(
        form,
        "surveys.decide_sheet",
        act=lambda: paper.decide_sheet(
            activity_id=activity_id, sheet_id=sheet_id, viewer=current_viewer(), second=chosen
        ),
        to=lambda _sheet: url_for("surveys.sheets", activity_id=activity_id),
        again=shown,
    )


@bp.get("/<int:activity_id>/population")
@requires("surveys.prepare")
def populations(activity_id: int) -> str:
    """The questions whose answers can be compared with the population."""
    here = at_work(activity_id, "surveys.prepare")
    stated = queries.populations(activity_id)
    possible = [q for q in here["survey"].questions if q.kind in representation.DESCRIBED]
    return render_template(
        "surveys/populations.html", possible=possible, stated=stated, era_year=era_year, **here
    )


@bp.route("/<int:activity_id>/population/<int:question_id>", methods=["GET", "POST"])
@requires("surveys.prepare")
def population(activity_id: int, question_id: int) -> ResponseReturnValue:
    """Upload the population's table for one question."""
    here, form = at_work(activity_id, "surveys.prepare"), PopulationForm()
    question = question_in(here["survey"], question_id)

    def shown() -> str:
        return render_template("surveys/population.html", form=form, question=question, **here)

    if request.method == "GET":
        return shown()
    file = request.files.get("table")
    content = file.stream.read(representation.LARGEST_TABLE + 1) if file else b""
    if file:
        file.stream.seek(0)

    def act() -> Any:
        return representation.state_population(
            activity_id=activity_id,
            question_id=question_id,
            viewer=current_viewer(),
            counts=representation.read_table(content, question),
            source=form.source.data or "",
            year=christian(form.year.data),
        )

    return once(
        form,
        "surveys.population",
        act=act,
        to=lambda _p: url_for("surveys.populations", activity_id=activity_id),
        again=shown,
    )


def _after_keying(activity_id: int, sheet: Sheet) -> str:
    """To the list of sheets, or to the two readings where they differ."""
    if sheet.state == "differs":
        return url_for("surveys.decide_sheet", activity_id=activity_id, sheet_id=sheet.id)
    return url_for("surveys.sheets", activity_id=activity_id)


def _loose(question: QuestionView) -> QuestionView:
    """A question that may be left empty: whether it must be answered depends on the answers before it."""
    return replace(question, required=False)


def _areas(both: paper.Readings | None) -> list[str]:
    found = [*both.first.values(), *both.second.values()] if both else []
    return [reply.area for reply in found if reply.area]


def _decision_form(both: paper.Readings | None, areas: Mapping[str, str]) -> Form:
    """For each question on which the readings differ, which of the two stands on the paper."""
    fields: dict[str, Any] = {}
    for question in both.differing if both else ():
        words = [
            "; ".join(wording.words_of(question, reply, areas)) or _("Not answered")
            for reply in (both.first.get(question.id), both.second.get(question.id))  # type: ignore[union-attr]
        ]
        fields[question.field] = RadioField(
            f"{question.number}. {bi_plain(question.text)}",
            [Required(_l("Choose what stands on the paper"))],
            choices=[
                SelectChoice("first", _("First reading: %(words)s", words=words[0])),
                SelectChoice("second", _("Second reading: %(words)s", words=words[1])),
            ],
        )
    form: Form = type("DecisionForm", (Form,), fields)()
    return form
