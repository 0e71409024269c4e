"""The officer's verbs for pages, and for showing a question or page only by an earlier answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from app.activities.surveys.building import check_order, drop_conditions, held, record_change
from app.activities.surveys.codes import MOST_CONDITIONS, MOST_PAGES, STEPS, TESTS_OF
from app.activities.surveys.models import Condition, ConditionOption, Page, Question
from app.activities.surveys.queries import question_in, questionnaire
from app.activities.surveys.questionnaire import Questionnaire, QuestionView
from app.activities.surveys.translation import made_from
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer


@dataclass(frozen=True)
class ConditionDraft:
    """A condition as its writer gives it: see `models.Condition`."""

    source_id: int
    test: str
    options: tuple[int, ...] = ()
    value: int | None = None


def add_page(*, activity_id: int, viewer: Viewer, title: Bilingual) -> Page:
    """Begin a new page at the end; questions added from now on stand on it."""
    activity, _survey = held(activity_id)
    _check_title(title)
    number, last = db.session.execute(
        select(func.count(), func.max(Page.position)).where(Page.activity_id == activity_id)
    ).one()
    if number >= MOST_PAGES:
        raise DomainError(_l("A survey has at most %(most)s pages", most=MOST_PAGES))
    page = Page(activity_id=activity_id, position=(last or 0) + 1)
    page.title_th, page.title_en, page.title_en_of = title.th, title.en, made_from(title, None)
    db.session.add(page)
    record_change(activity, viewer, "page_added")
    return page


def rename_page(
    *, activity_id: int, page_id: int, viewer: Viewer, title: Bilingual, confirmed: bool = False
) -> Page:
    """Give a page another heading."""
    activity, _survey = held(activity_id)
    page = _page(activity_id, page_id)
    _check_title(title)
    page.title_en_of = made_from(title, page.title, confirmed=confirmed)
    page.title_th, page.title_en = title.th, title.en
    record_change(activity, viewer, "page_changed")
    return page


def remove_page(*, activity_id: int, page_id: int, viewer: Viewer) -> None:
    """Take away a page's heading and conditions; its questions go to the end of the page before.

    Raises `Needed` where a page's condition would then ask for an answer not yet given.
    """
    activity, _survey = held(activity_id)
    page = _page(activity_id, page_id)
    pages = [view.id for view in questionnaire(activity_id).pages]
    place = pages.index(page_id)
    drop_conditions(Condition.page_id == page_id)
    db.session.execute(
        update(Question)
        .where(Question.page_id == page_id)
        .values(page_id=pages[place - 1] if place else None, position=Question.position + _span(activity_id))
        .execution_options(synchronize_session=False)
    )
    db.session.delete(page)
    db.session.flush()
    db.session.expire_all()
    check_order(activity_id)
    record_change(activity, viewer, "page_removed")


def add_condition(
    *,
    activity_id: int,
    viewer: Viewer,
    draft: ConditionDraft,
    question_id: int | None = None,
    page_id: int | None = None,
) -> Condition:
    """Show a question, or a page, only if an earlier answer passes; several conditions must all hold."""
    activity, _survey = held(activity_id)
    survey = questionnaire(activity_id)
    source = question_in(survey, draft.source_id)
    there = len(_conditions_of(survey, question_id, page_id))
    if there >= MOST_CONDITIONS:
        raise DomainError(_l("At most %(most)s conditions are possible", most=MOST_CONDITIONS))
    check_condition(source, draft)
    condition = Condition(
        activity_id=activity_id,
        question_id=question_id,
        page_id=page_id,
        source_id=source.id,
        test=draft.test,
        value=draft.value,
    )
    db.session.add(condition)
    db.session.flush()
    db.session.add_all(
        ConditionOption(condition_id=condition.id, option_id=option, source_id=source.id)
        for option in sorted(set(draft.options))
    )
    db.session.flush()
    check_order(activity_id)
    record_change(activity, viewer, "condition_added")
    return condition


def remove_condition(*, activity_id: int, condition_id: int, viewer: Viewer) -> None:
    """Ask no longer for an earlier answer."""
    activity, _survey = held(activity_id)
    condition = db.session.get(Condition, condition_id)
    if condition is None or condition.activity_id != activity_id:
        raise NotFound
    db.session.expunge(condition)
    drop_conditions(Condition.id == condition_id)
    record_change(activity, viewer, "condition_removed")


def check_condition(source: QuestionView, draft: ConditionDraft) -> None:
    """Refuse what cannot be asked of an answer to this question. Raises `DomainError`."""
    possible = TESTS_OF.get(source.kind, ("answered",))
    if draft.test not in possible:
        raise DomainError(_l("Choose one of the answers shown."), "test")
    if draft.test in ("is", "is_not"):
        if not draft.options or not set(draft.options) <= set(source.choices):
            raise DomainError(_l("Choose at least one answer"), "options")
    elif draft.options:
        raise DomainError(_l("Choose one of the answers shown."), "options")
    if draft.test in ("at_least", "at_most"):
        _check_value(source, draft.value)
    elif draft.value is not None:
        raise DomainError(_l("Choose one of the answers shown."), "value")


def earlier(survey: Questionnaire, question_id: int | None, page_id: int | None) -> Sequence[QuestionView]:
    """The questions that a question, or a page, may depend on: those before it."""
    if question_id is not None:
        target = question_in(survey, question_id)
        return survey.questions[: target.number - 1]
    pages = [page.id for page in survey.pages]
    if page_id not in pages:
        raise NotFound
    before = set(pages[: pages.index(page_id)])
    return [question for question in survey.questions if question.page_id in before]


def _conditions_of(survey: Questionnaire, question_id: int | None, page_id: int | None) -> Sequence[object]:
    if question_id is not None:
        return question_in(survey, question_id).conditions
    for page in survey.pages:
        if page.id == page_id and page_id is not None:
            return page.conditions
    raise NotFound


def _check_value(source: QuestionView, value: int | None) -> None:
    if source.kind == "scale":
        possible = value in STEPS
    else:
        possible = value is not None and (source.least or 0) <= value <= (source.most or 0)
    if not possible:
        raise DomainError(_l("Enter a number that can be answered"), "value")


def _check_title(title: Bilingual) -> None:
    if not title.th:
        raise DomainError(_l("Write the heading in Thai"), "title_th")


def _span(activity_id: int) -> int:
    """How far the positions of a survey's questions reach: what is moved by it comes after all others."""
    first, last = db.session.execute(
        select(func.min(Question.position), func.max(Question.position)).where(
            Question.activity_id == activity_id
        )
    ).one()
    return (last or 0) - (first or 0) + 1


def _page(activity_id: int, page_id: int) -> Page:
    page = db.session.get(Page, page_id)
    if page is None or page.activity_id != activity_id:
        raise NotFound
    return page
