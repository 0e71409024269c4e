"""The verbs of people who answer a survey. The officer's verbs are in `building.py`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.activities.surveys import facts
from app.activities.surveys.models import Answer, Response, Survey, Tally
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import Questionnaire, QuestionView, Reply, check_replies
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.holds import hold_open
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.erase import forget
from app.ledger.facts import SYSTEM
from app.ledger.record import record

KIND_CODE = "surveys"
_SHUFFLED = 1 << 62

Given = Sequence[tuple[QuestionView, Reply]]


class AlreadyAnswered(DomainError):
    """The person has answered this survey before."""

    def __init__(self) -> None:
        super().__init__(_l("You have already answered this survey. Nothing was sent a second time."))


def submit_response(
    *, activity_id: int, viewer: Viewer, replies: Sequence[Reply], consent_version: str
) -> Response:
    """Take in a person's answers and count them. Returns the response.

    Raises `AlreadyAnswered` for a second one, also for the loser of a race, and `DomainError` unless the
    survey is open at this moment and the replies fit its questions.
    """
    activity = hold_open(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    survey = questionnaire(activity_id)
    given = check_replies(survey.questions, replies)
    response = _new_response(activity_id, viewer, consent_version)
    db.session.execute(insert(Answer).values(_answer_rows(response, given)))
    _count(activity_id, given)
    record(
        facts.SUBMITTED,
        subject=_subject(response.id),
        actor=viewer.as_citizen(),
        place=activity_place(activity),
        data=_evidence(activity, survey),
        private={str(question.id): [*reply.picks, reply.words] for question, reply in given},
    )
    return response


def erase(person_id: int) -> int:
    """Take a person out of their responses, with what they wrote; what they chose stays counted.

    The salts of the entries go too, so that the log can no longer be tied to anyone. Returns how many
    responses were changed.
    """
    responses = db.session.scalars(
        select(Response).where(Response.person_id == person_id).order_by(Response.id).with_for_update()
    ).all()
    idents = [response.id for response in responses]
    for response in responses:
        response.person_id = None
        activity, _issue = activity_with_issue(response.activity_id, KIND_CODE)
        record(facts.ERASED, subject=_subject(response.id), actor=SYSTEM, place=activity_place(activity))
    db.session.execute(
        update(Answer)
        .where(Answer.response_id.in_(idents), Answer.words.is_not(None))
        .values(words=None)
        .execution_options(synchronize_session=False)
    )
    forget("surveys", [_subject(ident) for ident in idents])
    return len(responses)


def _subject(response_id: int) -> str:
    return f"response/{response_id}"


def _new_response(activity_id: int, viewer: Viewer, consent_version: str) -> Response:
    """The person's one response. Whoever comes second waits for the first to end, and finds it there."""
    new = (
        _insert()(Response)
        .values(
            activity_id=activity_id,
            person_id=viewer.person_id,
            submitted_on=local_day(now()),
            consent_version=consent_version,
        )
        .on_conflict_do_nothing(index_elements=["activity_id", "person_id"])
    )
    response = db.session.scalar(new.returning(Response))
    if response is None:
        raise AlreadyAnswered
    return response


def _answer_rows(response: Response, given: Given) -> list[dict[str, Any]]:
    return [
        {
            "response_id": response.id,
            "activity_id": response.activity_id,
            "question_id": question.id,
            "kind": question.kind,
            "shuffle": secrets.randbelow(_SHUFFLED),
            **typed,
        }
        for question, reply in given
        for typed in _typed(question, reply)
    ]


def _typed(question: QuestionView, reply: Reply) -> list[dict[str, Any]]:
    """The reply in the columns of its kind, one row for each pick; all rows of an insert have the same."""
    if question.kind == "text":
        return [{"option_id": None, "step": None, "words": reply.words}]
    column, other = ("step", "option_id") if question.kind == "scale" else ("option_id", "step")
    return [{column: pick, other: None, "words": None} for pick in reply.picks]


def _count(activity_id: int, given: Given) -> None:
    """Add the answers to the counts: in one order, so that people who answer at once only wait."""
    counted = [
        (question.id, choice) for question, reply in given for choice in (Tally.ANYTHING, *reply.picks)
    ]
    rows = [{"question_id": ident, "choice": choice, "n": 1} for ident, choice in sorted(counted)]
    db.session.execute(
        _insert()(Tally)
        .values(rows)
        .on_conflict_do_update(index_elements=["question_id", "choice"], set_={"n": Tally.n + 1})
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Survey)
        .where(Survey.activity_id == activity_id)
        .values(responses=Survey.responses + 1)
        .execution_options(synchronize_session=False)
    )


def _evidence(activity: ActivityView, survey: Questionnaire) -> dict[str, object]:
    """What the entry shows: the questionnaire's digest, and what besides a survey's result it speaks for."""
    data: dict[str, object] = {"content": survey.digest()}
    if survey.satisfaction:
        data["evidence_kind"] = "satisfaction_survey"
    elif activity.stage == "needs":
        data["evidence_kind"] = "needs_survey"
    return data


def _insert() -> Any:
    return sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
