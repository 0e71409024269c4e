"""Answers not yet sent: saved page by page, resumed anywhere, sent once. Nobody counts or reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, literal, select

from app.activities.surveys.counting import upsert
from app.activities.surveys.logic import kept, shown
from app.activities.surveys.models import Draft, Response
from app.activities.surveys.queries import draft_of, own, questionnaire, replies_of, response_of
from app.activities.surveys.questionnaire import PageView, Questionnaire
from app.activities.surveys.receipts import admit, forget_unsent
from app.activities.surveys.replies import Replies, Reply, as_list, by_question, from_list
from app.activities.surveys.respondent import Respondent
from app.activities.surveys.rules import check_reply
from app.activities.surveys.service import (
    AlreadyAnswered,
    check_link,
    correct_response,
    hold_survey,
    submit_response,
)
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l

LONGEST_PAUSE = 30 * 60
"""Seconds that one page can count as answering: who leaves it open is not answering all the time."""


@dataclass(frozen=True)
class Saved:
    """What saving a page led to: the numbers of questions whose answers fell away, whether the page now asks
    more than it did, and the numbers of the pages that are shown now.
    """

    dropped: tuple[int, ...] = ()
    more: bool = False
    pages: tuple[int, ...] = ()


def save_page(
    *,
    activity_id: int,
    respondent: Respondent,
    asked: Sequence[int],
    replies: Sequence[Reply],
    spent: int,
    survey: Questionnaire | None = None,
) -> Saved:
    """Keep the answers to the questions `asked` on a page, in place of what was kept for these.

    An answer to a question that is no longer shown is dropped. `spent` is the seconds since the page was
    opened; `survey` what is asked, where that was read after the survey had opened. Raises `DomainError` where
    the survey is not open, or was answered already, or by the same link by somebody else.
    """
    _activity, survey = hold_survey(activity_id, survey)
    check_link(survey, respondent)
    admit(activity_id, respondent)
    draft = draft_of(activity_id, respondent, hold=True)
    before = from_list(draft.replies) if draft else {}
    new = by_question(replies)
    merged = {ident: reply for ident, reply in before.items() if ident not in asked} | new
    for question in survey.questions:
        if question.id in new:
            check_reply(question, new[question.id])
    after = kept(survey.questions, merged)
    seconds = max(0, min(spent, LONGEST_PAUSE))
    if draft is not None:
        draft.replies, draft.saved_at = as_list(after), now()
        draft.seconds += seconds
        db.session.flush()
    elif not _begun(activity_id, respondent, after, seconds):
        if response_of(activity_id, respondent) is not None:
            raise AlreadyAnswered
        # Another device began at the same moment: now there is one to put these into.
        return save_page(
            activity_id=activity_id,
            respondent=respondent,
            asked=asked,
            replies=replies,
            spent=spent,
            survey=survey,
        )
    dropped = [
        question.number for question in survey.questions if question.id in merged.keys() - after.keys()
    ]
    pages = tuple(page.number for page in Progress(survey, after).pages)
    return Saved(tuple(dropped), _more(survey, after, asked), pages)


def send_draft(*, activity_id: int, respondent: Respondent, consent_version: str) -> Response:
    """Send what was saved: store and count it, or put it in the place of what was sent before."""
    admit(activity_id, respondent)
    draft = db.session.execute(
        delete(Draft)
        .where(own(Draft, activity_id, respondent))
        .returning(Draft.replies, Draft.response_id, Draft.seconds)
        .execution_options(synchronize_session=False)
    ).one_or_none()  # Whoever sends it at the same moment waits here, and finds none.
    if draft is None:
        if response_of(activity_id, respondent) is not None:
            raise AlreadyAnswered
        raise DomainError(_l("There are no answers to send yet. Open the survey and answer it."))
    replies = list(from_list(draft.replies).values())
    if draft.response_id is not None:
        return correct_response(
            activity_id=activity_id,
            respondent=respondent,
            replies=replies,
            consent_version=consent_version,
        )
    return submit_response(
        activity_id=activity_id,
        respondent=respondent,
        replies=replies,
        consent_version=consent_version,
        seconds=draft.seconds,
    )


def begin_correction(*, activity_id: int, respondent: Respondent) -> Draft:
    """Take the answers sent as answers to be changed; the sent ones count until the new ones are sent."""
    hold_survey(activity_id)
    admit(activity_id, respondent)
    response = response_of(activity_id, respondent)
    if response is None:
        raise DomainError(_l("There are no answers of yours to correct"))
    draft = draft_of(activity_id, respondent, hold=True)
    if draft is not None:
        return draft
    _begun(activity_id, respondent, by_question(replies_of(response.id)), response=response)
    begun = draft_of(activity_id, respondent, hold=True)
    assert begun is not None
    return begun


def discard_draft(*, activity_id: int, respondent: Respondent) -> None:
    """Throw away what was not sent."""
    admit(activity_id, respondent)
    draft = draft_of(activity_id, respondent, hold=True)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()
    if respondent.token_id is not None:
        forget_unsent([respondent.token_id])


def discard_of(activity_ids: Sequence[int]) -> None:
    """Throw away everything that was not sent to these surveys."""
    db.session.execute(delete(Draft).where(Draft.activity_id.in_(activity_ids)))


def _begun(
    activity_id: int,
    respondent: Respondent,
    replies: Replies,
    seconds: int = 0,
    response: Response | None = None,
) -> bool:
    """Begin a draft, unless there is one, or the respondent has answered and these do not correct that answer."""
    values = {
        "activity_id": activity_id,
        "person_id": respondent.person_id,
        "token_id": respondent.token_id,
        "response_id": response.id if response else None,
        "replies": as_list(replies),
        "seconds": seconds,
        "saved_at": now(),
    }
    columns = [literal(value, Draft.__table__.c[name].type) for name, value in values.items()]
    row = select(*columns)
    if response is None:
        row = row.where(~exists().where(own(Response, activity_id, respondent)))
    new = upsert()(Draft).from_select(list(values), row, include_defaults=False)
    return db.session.scalar(new.on_conflict_do_nothing().returning(Draft.id)) is not None


def _more(survey: Questionnaire, replies: Replies, asked: Sequence[int]) -> bool:
    """Whether the page of these questions now shows one that was not asked."""
    found = shown(survey.questions, replies)
    pages = {question.page_id for question in survey.questions if question.id in asked}
    return any(
        question.page_id in pages and question.id in found and question.id not in asked
        for question in survey.questions
    )


# ---------------------------------------------------------------- where somebody stands


@dataclass(frozen=True)
class Progress:
    """The pages somebody is led through by their answers so far, and what is missing on the way."""

    survey: Questionnaire
    replies: Replies

    @property
    def pages(self) -> list[PageView]:
        """Those with a question that is shown."""
        found = shown(self.survey.questions, self.replies)
        on = {question.page_id for question in self.survey.questions if question.id in found}
        return [page for page in self.survey.pages if page.id in on]

    def questions(self, page: PageView) -> list[int]:
        """The questions of a page that are shown."""
        found = shown(self.survey.questions, self.replies)
        return [question.id for question in self.survey.on_page(page) if question.id in found]

    @property
    def first_missing(self) -> PageView | None:
        """The first page on which something that must be answered is not."""
        found = shown(self.survey.questions, self.replies)
        for question in self.survey.questions:
            reply = found.get(question.id)
            if question.id in found and question.required and reply is None:
                return self.survey.page_of(question)
        return None


def progress(activity_id: int, draft: Draft | None) -> Progress:
    """Where the owner of these unsent answers stands."""
    survey = questionnaire(activity_id)
    return Progress(survey, from_list(draft.replies) if draft else {})
