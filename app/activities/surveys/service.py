"""The verbs of people who answer a survey. The officer's verbs are in `building.py` and its neighbours."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.activities.surveys import facts
from app.activities.surveys.counting import count_in, exchange, upsert
from app.activities.surveys.models import Answer, Correction, Draft, Response
from app.activities.surveys.queries import questionnaire, replies_of, response_of
from app.activities.surveys.queries.together import MANY
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.replies import Reply
from app.activities.surveys.respondent import Respondent, person
from app.activities.surveys.rules import Given, check_replies
from app.activities.surveys.together import forget_together
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.holds import hold_open
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place, activity_with_issue
from app.ledger.erase import forget
from app.ledger.facts import SYSTEM, Actor
from app.ledger.record import record

KIND_CODE = "surveys"
_SHUFFLED = 1 << 62


class AlreadyAnswered(DomainError):
    """The person, or the link, has answered this survey before."""

    def __init__(self) -> None:
        super().__init__(_l("You have already answered this survey. Nothing was sent a second time."))


def submit_response(
    *,
    activity_id: int,
    viewer: Viewer | None = None,
    respondent: Respondent | None = None,
    replies: Sequence[Reply],
    consent_version: str,
    seconds: int | None = None,
) -> Response:
    """Take in somebody's answers and count them. Returns the response.

    Answers to questions that are not shown are not stored. Raises `AlreadyAnswered` for a second one, also
    for the loser of a race, and `DomainError` unless the survey is open at this moment and the replies fit.
    """
    activity, survey = hold_survey(activity_id)
    who = respondent or person(viewer or Viewer())
    check_link(survey, who)
    given = check_replies(survey.questions, replies)
    return store_response(
        activity,
        survey,
        given,
        actor=who.actor,
        consent_version=consent_version,
        seconds=seconds,
        person_id=who.person_id,
        token_id=who.token_id,
    )


def correct_response(
    *, activity_id: int, respondent: Respondent, replies: Sequence[Reply], consent_version: str
) -> Response:
    """Put somebody's new answers in the place of those they sent, and count these instead."""
    activity, survey = hold_survey(activity_id)
    found = response_of(activity_id, respondent)
    if found is None:
        raise DomainError(_l("There are no answers of yours to correct"))
    response = lock(Response, found.id)
    given = check_replies(survey.questions, replies)
    exchange(paired(survey, replies_of(response.id)), given)
    if survey.responses >= MANY:
        forget_together(activity_id)
    _clear(response.id)
    _store_answers(response, given)
    response.consent_version = consent_version
    correction = Correction(response_id=response.id, corrected_on=local_day(now()))
    db.session.add(correction)
    db.session.flush()
    record(
        facts.CORRECTED,
        subject=_correction(correction.id),
        actor=respondent.actor,
        place=activity_place(activity),
        data={"content": survey.digest()},
        private=_private(given),
    )
    return response


def erase(person_id: int) -> int:
    """Take a person out of their responses, with what they wrote; what they chose stays counted.

    The salts of the entries go too, so that the log can no longer be tied to anyone; so do answers not yet
    sent. Returns how many responses were changed.
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
    corrections = db.session.scalars(select(Correction.id).where(Correction.response_id.in_(idents)))
    forget("surveys", [*map(_subject, idents), *map(_correction, corrections)])
    db.session.execute(delete(Draft).where(Draft.person_id == person_id))
    return len(responses)


# ---------------------------------------------------------------- for the room's other verbs


def hold_survey(activity_id: int, survey: Questionnaire | None = None) -> tuple[ActivityView, Questionnaire]:
    """The activity, held and open at this moment, and what it asks. Raises `DomainError`, `NotFound`.

    `survey` is what it asks, where that was read after it had opened.
    """
    activity = hold_open(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    return activity, survey or questionnaire(activity_id)


def check_link(survey: Questionnaire, respondent: Respondent) -> None:
    """Refuse who comes by a way this survey does not take answers by. Raises `DomainError`."""
    if survey.link == respondent.link:
        return
    if survey.link == "token":
        raise DomainError(_l("This survey is answered by invitation: open the link the agency gave you."))
    raise DomainError(_l("This survey is answered with an account, not by a link."))


def store_response(
    activity: ActivityView,
    survey: Questionnaire,
    given: Given,
    *,
    actor: Actor,
    consent_version: str,
    channel: str = "web",
    seconds: int | None = None,
    person_id: int | None = None,
    token_id: int | None = None,
) -> Response:
    """Write one response with its answers, count them, record it."""
    response = _new_response(
        activity_id=activity.id,
        person_id=person_id,
        token_id=token_id,
        channel=channel,
        submitted_on=local_day(now()),
        seconds=seconds,
        consent_version=consent_version,
        shuffle=secrets.randbelow(_SHUFFLED),
    )
    _store_answers(response, given)
    count_in(activity.id, given, seconds)
    record(
        facts.SUBMITTED,
        subject=_subject(response.id),
        actor=actor,
        place=activity_place(activity),
        data=_evidence(activity, survey, channel),
        private=_private(given),
    )
    return response


def paired(survey: Questionnaire, replies: Sequence[Reply]) -> Given:
    """Replies with their questions, in the order of the questions."""
    found = {reply.question_id: reply for reply in replies}
    return [(question, found[question.id]) for question in survey.questions if question.id in found]


def answer_rows(response_id: int, activity_id: int, given: Given) -> list[dict[str, Any]]:
    """What the table of answers holds of one response."""
    return [
        {
            "response_id": response_id,
            "activity_id": activity_id,
            "question_id": question.id,
            "kind": question.kind,
            "shuffle": secrets.randbelow(_SHUFFLED),
            **_EMPTY,
            **marks,
        }
        for question, reply in given
        for marks in _marks(question, reply)
    ]


def _subject(response_id: int) -> str:
    return f"response/{response_id}"


def _correction(correction_id: int) -> str:
    return f"correction/{correction_id}"


def _private(given: Given) -> dict[str, Any]:
    return {str(question.id): reply.committed() for question, reply in given}


def _new_response(**values: Any) -> Response:
    """The one response of a person or link. Whoever comes second waits for the first to end, and finds it."""
    new = upsert()(Response).values(**values).on_conflict_do_nothing()
    response = db.session.scalar(new.returning(Response))
    if response is None:
        raise AlreadyAnswered
    assert isinstance(response, Response)
    return response


def _clear(response_id: int) -> None:
    db.session.execute(
        delete(Answer).where(Answer.response_id == response_id).execution_options(synchronize_session=False)
    )


def _store_answers(response: Response, given: Given) -> None:
    db.session.execute(insert(Answer).values(answer_rows(response.id, response.activity_id, given)))


_EMPTY = dict.fromkeys(("row_id", "option_id", "step", "amount", "day", "area_code", "words"))


def _marks(question: QuestionView, reply: Reply) -> Iterator[dict[str, Any]]:
    """The reply in the columns of its kind: one row for each pick and each cell."""
    if question.kind == "matrix":
        column = "step" if question.on_scale else "option_id"
        yield from ({"row_id": row, column: pick} for row, pick in reply.cells)
    elif question.kind == "ranking":
        yield from ({"option_id": option, "step": rank} for rank, option in enumerate(reply.picks, 1))
    elif question.kind == "scale":
        yield from ({"step": step} for step in reply.picks)
    elif reply.picks:
        other = question.other.id if question.other else None
        for option in reply.picks:
            yield {"option_id": option, "words": reply.words if option == other else None}
    else:
        yield {
            "amount": reply.amount,
            "day": reply.day,
            "area_code": reply.area or None,
            "words": reply.words or None,
        }


def _evidence(activity: ActivityView, survey: Questionnaire, channel: str) -> dict[str, object]:
    """What the entry shows: the questionnaire's digest, the way, and what besides a result it speaks for."""
    data: dict[str, object] = {"content": survey.digest()}
    if channel != "web":
        data["channel"] = channel
    if survey.satisfaction:
        data["evidence_kind"] = "satisfaction_survey"
    elif activity.stage == "needs":
        data["evidence_kind"] = "needs_survey"
    return data
