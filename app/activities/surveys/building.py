"""The officer's verbs: writing a survey's questions, until people may have seen them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import delete, func, select

from app.activities.surveys import facts
from app.activities.surveys.codes import LINKS, MOST_QUESTIONS
from app.activities.surveys.logic import Dependence, out_of_order
from app.activities.surveys.models import (
    Condition,
    ConditionOption,
    Option,
    Page,
    Question,
    Survey,
)
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, Questionnaire
from app.activities.surveys.rules import check_draft
from app.activities.surveys.service import KIND_CODE
from app.activities.surveys.translation import Translated, made_from
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer
from app.issues.holds import hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record

OTHER = Bilingual("อื่น ๆ (โปรดระบุ)", "Other (please say)")
"""The words of the option that asks for own words: a questionnaire's text, stored like any other."""


class Needed(DomainError):
    """Other questions or pages are shown only by the answer to this one; `names` lists them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _l(
                "%(names)s depend on the answer to it. Remove these conditions first.",
                names=", ".join(names),
            )
        )
        self.names = names


def describe_survey(
    *,
    activity_id: int,
    viewer: Viewer,
    intro: Bilingual | None,
    satisfaction: bool,
    link: str = "person",
    confirmed: bool = False,
) -> Survey:
    """Set the words above the questions, what the survey is for, and by which links people answer."""
    activity, survey = held(activity_id)
    if link not in LINKS:
        raise DomainError(_l("Choose who may answer"), "link")
    survey.intro_en_of = made_from(intro, survey.intro, confirmed=confirmed) if intro else None
    survey.intro_th = intro.th if intro else None
    survey.intro_en = intro.en if intro else None
    survey.satisfaction = satisfaction
    survey.link = link
    record_change(activity, viewer, "described")
    return survey


def add_question(*, activity_id: int, viewer: Viewer, draft: QuestionDraft) -> Question:
    """Put a new question at the end. Raises `DomainError` for one that cannot be asked."""
    activity, _survey = held(activity_id)
    question = append(activity_id, draft)
    record_change(activity, viewer, "question_added")
    return question


def append(activity_id: int, draft: QuestionDraft, *, page_id: int | None = None) -> Question:
    """A new question at the end, without an entry: for verbs that write several."""
    check_draft(draft)
    number = db.session.scalar(
        select(func.count()).select_from(Question).where(Question.activity_id == activity_id)
    )
    if (number or 0) >= MOST_QUESTIONS:
        raise DomainError(
            _l("A survey has at most %(most)s questions. Remove one first.", most=MOST_QUESTIONS)
        )
    last = db.session.scalar(select(func.max(Question.position)).where(Question.activity_id == activity_id))
    question = Question(
        activity_id=activity_id,
        page_id=page_id or _last_page(activity_id),
        position=(last or 0) + 1,
        kind=draft.kind,
        code=draft.code or secrets.token_hex(8),
        about=draft.about,
    )
    _write(question, draft)
    return question


def change_question(*, activity_id: int, question_id: int, viewer: Viewer, draft: QuestionDraft) -> Question:
    """Write a question anew; its kind stays. An option that a condition asks for cannot be taken away."""
    activity, _survey = held(activity_id)
    question = _question(activity_id, question_id)
    if question.kind != draft.kind:
        raise DomainError(_l("A question keeps its kind. Remove it and add another."))
    check_draft(draft)
    _write(question, draft)
    record_change(activity, viewer, "question_changed")
    return question


def move_question(*, activity_id: int, question_id: int, viewer: Viewer, up: bool) -> Question:
    """Change places with the question before or after, or step over to the page before or after.

    At either end of the survey nothing changes. Raises `Needed` where something would be asked for before
    it is answered.
    """
    activity, _survey = held(activity_id)
    moved = _question(activity_id, question_id)
    survey = questionnaire(activity_id)
    pages = [page.id for page in survey.pages]
    inside = [question.id for question in survey.questions if question.page_id == moved.page_id]
    place = inside.index(question_id) + (-1 if up else 1)
    if 0 <= place < len(inside):
        neighbour = _question(activity_id, inside[place])
        moved.position, neighbour.position = neighbour.position, moved.position
    else:
        page = pages.index(moved.page_id) + (-1 if up else 1)
        if not 0 <= page < len(pages):
            return moved
        _step_over(survey, moved, pages[page], up)
    db.session.flush()
    check_order(activity_id)
    record_change(activity, viewer, "question_moved")
    return moved


def _step_over(survey: Questionnaire, moved: Question, page_id: int | None, up: bool) -> None:
    """To the end of the page before, or to the beginning of the page after."""
    moved.page_id = page_id
    positions = db.session.execute(
        select(func.min(Question.position), func.max(Question.position)).where(
            Question.activity_id == survey.activity_id
        )
    ).one()
    moved.position = (positions[1] or 0) + 1 if up else (positions[0] or 0) - 1


def remove_question(*, activity_id: int, question_id: int, viewer: Viewer) -> None:
    """Take a question out, with its answers to choose from and its own conditions.

    Raises `Needed` where others are shown only by its answer.
    """
    activity, _survey = held(activity_id)
    question = _question(activity_id, question_id)
    survey = questionnaire(activity_id)
    if activity.state != "draft" and len(survey.questions) == 1:
        raise DomainError(_l("This survey is announced, so it needs a question. Add another one first."))
    depending = [
        dependence
        for dependence in survey.dependences
        if dependence.source_id == question_id and dependence.question_id != question_id
    ]
    if depending:
        raise Needed(names_of(survey, depending))
    drop_conditions(Condition.question_id == question_id)
    _drop_options(Option.question_id == question_id)
    db.session.delete(question)
    record_change(activity, viewer, "question_removed")


# ---------------------------------------------------------------- for the room's other verbs


def held(activity_id: int) -> tuple[ActivityView, Survey]:
    """The activity, locked and not yet open, and its survey's row, made at its first use."""
    activity = hold_unopened(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    survey = db.session.get(Survey, activity_id)
    if survey is None:
        survey = Survey(activity_id=activity_id, satisfaction=False, responses=0, link="person")
        db.session.add(survey)
        db.session.flush()
    return activity, survey


def check_order(activity_id: int) -> None:
    """Refuse an order in which something is asked for before it is answered. Raises `Needed`."""
    survey = questionnaire(activity_id)
    wrong = out_of_order(survey.order, survey.dependences)
    if wrong:
        raise Needed(names_of(survey, wrong))


def names_of(survey: Questionnaire, dependences: Sequence[Dependence]) -> list[str]:
    """The questions and pages that depend, by their numbers, each once."""
    questions = {question.id: question.number for question in survey.questions}
    pages = {page.id: page.number for page in survey.pages}
    names = [
        str(_l("question %(number)s", number=questions[dependence.question_id]))
        if dependence.question_id is not None
        else str(_l("page %(number)s", number=pages[dependence.page_id]))
        for dependence in dependences
    ]
    return list(dict.fromkeys(names))


def drop_conditions(which: object) -> None:
    """Delete conditions with their options."""
    found = select(Condition.id).where(which)  # type: ignore[arg-type]
    for statement in (
        delete(ConditionOption).where(ConditionOption.condition_id.in_(found)),
        delete(Condition).where(which),  # type: ignore[arg-type]
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def record_change(activity: ActivityView, viewer: Viewer, change: str) -> None:
    """Say what changed: to nobody while the issue is a draft, to everyone once it is announced."""
    db.session.flush()
    survey = questionnaire(activity.id)
    record(
        facts.PREPARED if activity.state == "draft" else facts.CHANGED,
        subject=f"survey/{activity.id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"change": change, "questions": len(survey.questions), "content": survey.digest()},
    )


def _question(activity_id: int, question_id: int) -> Question:
    question = db.session.get(Question, question_id)
    if question is None or question.activity_id != activity_id:
        raise NotFound
    return question


def _last_page(activity_id: int) -> int | None:
    return db.session.scalar(
        select(Page.id)
        .where(Page.activity_id == activity_id)
        .order_by(Page.position.desc(), Page.id.desc())
        .limit(1)
    )


def _write(question: Question, draft: QuestionDraft) -> None:
    for name in ("text", "low", "high", "unit"):
        _write_text(question, name, getattr(draft, name), draft.confirmed)
    for name in ("required", "max_picks", "max_length", "least", "most", "places"):
        setattr(question, name, getattr(draft, name))
    question.first_day, question.last_day, question.depth = draft.first_day, draft.last_day, draft.depth
    db.session.add(question)
    db.session.flush()
    stored = db.session.scalars(select(Option).where(Option.question_id == question.id)).all()
    _check_used(question, stored, draft)
    _write_options(question, "row", stored, draft.rows, draft.kept_rows, draft)
    _write_options(question, "option", stored, draft.options, draft.kept_options, draft)
    _write_other(question, stored, draft)
    db.session.flush()


def _write_text(question: Question, name: str, text: Bilingual | None, confirmed: bool) -> None:
    old: Translated | None = getattr(question, name) if question.id is not None else None
    setattr(question, f"{name}_en_of", made_from(text, old, confirmed=confirmed) if text else None)
    setattr(question, f"{name}_th", text.th if text else None)
    setattr(question, f"{name}_en", text.en if text else None)


def _write_options(
    question: Question,
    part: str,
    stored: Sequence[Option],
    names: Sequence[Bilingual],
    kept: Sequence[int | None],
    draft: QuestionDraft,
) -> None:
    """Write the options anew, keeping the identity of those that only changed their words."""
    before = {option.id: option for option in stored if option.part == part and not option.other}
    kept = kept or [None] * len(names)
    codes = draft.option_codes if part == "option" else ()
    gone = before.keys() - {ident for ident in kept if ident is not None}
    _drop_options(Option.id.in_(gone))
    for place, (name, ident) in enumerate(zip(names, kept, strict=True), 1):
        option = before.get(ident) if ident is not None else None
        if option is None:
            code = codes[place - 1] if place <= len(codes) else None
            option = Option(question_id=question.id, part=part, code=code or secrets.token_hex(8))
            option.name_en_of = made_from(name, None)
        else:
            option.name_en_of = made_from(name, option.name, confirmed=draft.confirmed)
        option.position, option.name_th, option.name_en = place, name.th, name.en
        db.session.add(option)


def _write_other(question: Question, stored: Sequence[Option], draft: QuestionDraft) -> None:
    other = next((option for option in stored if option.other), None)
    if other is not None and not draft.other:
        _drop_options(Option.id == other.id)
    elif other is None and draft.other:
        new = Option(question_id=question.id, part="option", other=True, code="other", position=99)
        new.name_th, new.name_en, new.name_en_of = OTHER.th, OTHER.en, made_from(OTHER, None)
        db.session.add(new)


def _check_used(question: Question, stored: Sequence[Option], draft: QuestionDraft) -> None:
    """Refuse to take away an option that a condition asks for. Raises `Needed`."""
    staying = {ident for ident in (*draft.kept_options, *draft.kept_rows) if ident is not None}
    going = {o.id for o in stored if not (draft.other if o.other else o.id in staying)}
    if not going:
        return
    rows = db.session.execute(
        select(Condition.source_id, Condition.question_id, Condition.page_id)
        .join(ConditionOption, ConditionOption.condition_id == Condition.id)
        .where(ConditionOption.option_id.in_(going))
    ).all()
    if rows:
        survey = questionnaire(question.activity_id)
        raise Needed(names_of(survey, [Dependence(row[0], row[1], row[2]) for row in rows]))


def _drop_options(which: object) -> None:
    """Nobody can have chosen one: the survey has not opened."""
    db.session.execute(
        delete(Option).where(which).execution_options(synchronize_session=False)  # type: ignore[arg-type]
    )
