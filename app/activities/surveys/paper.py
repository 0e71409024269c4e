"""Paper questionnaires, keyed twice: two officers read a sheet without seeing each other's reading.

Equal readings become a response. Different ones wait for a third look at the paper, which decides.

Once a survey has closed its results are public, and one more answer would show by the difference between the results
before and after it. So what is settled then waits until five sheets or more can be taken in together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from app.activities.surveys import facts
from app.activities.surveys.counting import upsert
from app.activities.surveys.hiding import SMALLEST
from app.activities.surveys.models import Keying, Sheet
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.replies import Reply, as_list, by_question, from_list
from app.activities.surveys.rules import check_replies
from app.activities.surveys.service import KIND_CODE, store_response
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from app.issues.holds import hold
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record

TIME_TO_KEY = timedelta(days=30)
"""Sheets filled in before the closing may still be keyed so long after it."""


@dataclass(frozen=True)
class SheetRow:
    """A sheet as the list shows it; `mine`: the viewer has keyed it."""

    id: int
    number: int
    state: str
    mine: bool


@dataclass(frozen=True)
class Readings:
    """A sheet's two readings, the first one first, and the questions on which they differ."""

    sheet: Sheet
    first: dict[int, Reply]
    second: dict[int, Reply]
    differing: tuple[QuestionView, ...]


def key_sheet(*, activity_id: int, viewer: Viewer, number: int, replies: Sequence[Reply]) -> Sheet:
    """Keep one officer's reading of a sheet; with the second one, compare them.

    Raises `DomainError` where the sheet is finished, or this officer has read it already.
    """
    activity, survey = _held(activity_id)
    check_replies(survey.questions, replies)
    sheet = _sheet(activity_id, number)
    if sheet.state != "once":
        raise DomainError(_l("Sheet %(number)s has been keyed twice already", number=number), "number")
    readings = db.session.scalars(select(Keying).where(Keying.sheet_id == sheet.id)).all()
    if any(reading.person_id == viewer.person_id for reading in readings):
        raise DomainError(
            _l("You have keyed sheet %(number)s. Another officer must key it too.", number=number), "number"
        )
    kept = [reply for _question, reply in check_replies(survey.questions, replies)]
    mine = as_list(by_question(kept))
    if readings and readings[0].replies == mine and activity.state == "open":
        _store(activity, survey, sheet, viewer, kept)
        return sheet
    if readings and readings[0].replies == mine:
        sheet.state = "ready"
        _record_keyed(activity, sheet, viewer)
        return sheet
    db.session.add(Keying(sheet_id=sheet.id, person_id=viewer.person_id, replies=mine, keyed_at=now()))
    sheet.state = "differs" if readings else "once"
    _record_keyed(activity, sheet, viewer)
    return sheet


def _record_keyed(activity: ActivityView, sheet: Sheet, viewer: Viewer) -> None:
    db.session.flush()
    record(
        facts.KEYED,
        subject=f"sheet/{sheet.id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"sheet": sheet.number},
    )


def decide_sheet(*, activity_id: int, sheet_id: int, viewer: Viewer, second: Sequence[int]) -> Sheet:
    """Take the second reading for the questions in `second` and the first for the others that differ.

    Raises `DomainError` where what comes out is no possible set of answers.
    """
    activity, survey = _held(activity_id)
    sheet = lock(Sheet, sheet_id)
    if sheet.activity_id != activity_id:
        raise NotFound
    if sheet.state != "differs":
        raise DomainError(_l("This sheet needs no decision any more"))
    both = readings_of(survey, sheet)
    chosen = dict(both.first)
    for question in both.differing:
        if question.id in second:
            chosen.pop(question.id, None)
            if question.id in both.second:
                chosen[question.id] = both.second[question.id]
    given = [reply for _question, reply in check_replies(survey.questions, list(chosen.values()))]
    if activity.state == "open":
        _store(activity, survey, sheet, viewer, given)
    else:
        _settle(sheet, given)
    record(
        facts.DECIDED,
        subject=f"sheet/{sheet.id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"differences": len(both.differing)},
    )
    return sheet


def take_in(*, activity_id: int, viewer: Viewer) -> int:
    """Make responses of all sheets settled after the closing; return how many.

    Raises `DomainError` where they are fewer than five.
    """
    activity, survey = _held(activity_id)
    rows = db.session.execute(
        select(Sheet, Keying)
        .join(Keying, Keying.sheet_id == Sheet.id)
        .where(Sheet.activity_id == activity_id, Sheet.state == "ready")
        .order_by(Sheet.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) < SMALLEST:
        raise DomainError(
            _l("After the closing, sheets are taken in together, at least %(least)s at once.", least=SMALLEST)
        )
    for sheet, reading in rows:
        _store(activity, survey, sheet, viewer, list(from_list(reading.replies).values()))
    return len(rows)


def readings_of(survey: Questionnaire, sheet: Sheet) -> Readings:
    """The two readings of a sheet. Raises `NotFound` unless there are two."""
    found = db.session.scalars(select(Keying).where(Keying.sheet_id == sheet.id).order_by(Keying.id)).all()
    if len(found) != 2:
        raise NotFound
    first, second = (from_list(reading.replies) for reading in found)
    differing = tuple(q for q in survey.questions if first.get(q.id) != second.get(q.id))
    return Readings(sheet, first, second, differing)


def sheet_of(activity_id: int, sheet_id: int) -> Sheet:
    """A sheet of this survey. Raises `NotFound`."""
    sheet = db.session.get(Sheet, sheet_id)
    if sheet is None or sheet.activity_id != activity_id:
        raise NotFound
    return sheet


def waiting(activity_id: int, person_id: int | None, limit: int = 200) -> list[SheetRow]:
    """The sheets that must be keyed again or decided: one statement."""
    own = (
        select(Keying.id)
        .where(Keying.sheet_id == Sheet.id, Keying.person_id == person_id)
        .exists()
        .label("mine")
    )
    rows = db.session.execute(
        select(Sheet.id, Sheet.number, Sheet.state, own)
        .where(Sheet.activity_id == activity_id, Sheet.state.in_(("once", "differs")))
        .order_by(Sheet.number)
        .limit(limit)
    )
    return [SheetRow(row.id, row.number, row.state, row.mine) for row in rows]


def sheet_counts(activity_id: int) -> dict[str, int]:
    """How many sheets of a survey are in each state that any is in."""
    rows = db.session.execute(
        select(Sheet.state, func.count().label("number"))
        .where(Sheet.activity_id == activity_id)
        .group_by(Sheet.state)
    )
    return {row.state: row.number for row in rows}


def _settle(sheet: Sheet, given: Sequence[Reply]) -> None:
    """Leave one reading of a sheet, what was decided, to be taken in later."""
    first, second = db.session.scalars(
        select(Keying).where(Keying.sheet_id == sheet.id).order_by(Keying.id)
    ).all()
    first.replies = as_list(by_question(given))
    db.session.delete(second)
    sheet.state = "ready"
    db.session.flush()


def _held(activity_id: int) -> tuple[ActivityView, Questionnaire]:
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    late = activity.state == "closed" and (
        activity.closes_at is None or now() >= activity.closes_at + TIME_TO_KEY
    )
    if late or activity.state not in ("open", "closed"):
        raise DomainError(
            _l("Sheets are keyed while the survey is open, and until 30 days after it has closed")
        )
    return activity, questionnaire(activity_id)


def _sheet(activity_id: int, number: int) -> Sheet:
    """The sheet with this number, held; made at its first keying."""
    new = upsert()(Sheet).values(activity_id=activity_id, number=number, state="once")
    db.session.execute(new.on_conflict_do_nothing(index_elements=["activity_id", "number"]))
    return db.session.execute(
        select(Sheet)
        .where(Sheet.activity_id == activity_id, Sheet.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def _store(
    activity: ActivityView, survey: Questionnaire, sheet: Sheet, viewer: Viewer, given: Sequence[Reply]
) -> None:
    """Make a response of the sheet; the readings go, so that they cannot be read beside it."""
    found: dict[int, Any] = {reply.question_id: reply for reply in given}
    response = store_response(
        activity,
        survey,
        [(question, found[question.id]) for question in survey.questions if question.id in found],
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        consent_version=CURRENT_CONSENT,
        channel="paper",
    )
    db.session.execute(
        delete(Keying).where(Keying.sheet_id == sheet.id).execution_options(synchronize_session=False)
    )
    sheet.state, sheet.response_id = "stored", response.id
    db.session.flush()
