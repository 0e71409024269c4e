"""Ready-made questions in both languages, and repeating a survey so that it can be compared over time.

Codes of questions, options and rows stay the same in every repetition: by them a trend is drawn. The
questions on satisfaction serve measure 6 of the 2562 announcement: satisfaction with public services is
asked for regularly, and its results are published.
"""

from __future__ import annotations

from sqlalchemy import select

from app.activities.surveys.building import append, held, record_change
from app.activities.surveys.logic import ConditionView
from app.activities.surveys.models import Condition, ConditionOption, Option, Page, Question, Survey
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, Questionnaire, QuestionView, draft_of
from app.activities.surveys.translation import made_from
from app.agencies.sectors import SECTORS
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l, speaking
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer
from app.issues.models import Activity, Issue

LOW, HIGH = Bilingual("ไม่พอใจมาก", "Very dissatisfied"), Bilingual("พอใจมาก", "Very satisfied")

SATISFACTION: tuple[QuestionDraft, ...] = (
    QuestionDraft(
        kind="scale",
        code="sat_overall",
        text=Bilingual("โดยรวมแล้ว ท่านพอใจบริการนี้เพียงใด", "Overall, how satisfied are you with this service?"),
        required=True,
        low=LOW,
        high=HIGH,
    ),
    QuestionDraft(
        kind="matrix",
        code="sat_aspects",
        text=Bilingual("ท่านพอใจแต่ละด้านเพียงใด", "How satisfied are you with each of these?"),
        required=False,
        rows=(
            Bilingual("ขั้นตอนเข้าใจง่าย", "Steps easy to understand"),
            Bilingual("ระยะเวลาที่รอ", "Waiting time"),
            Bilingual("เจ้าหน้าที่ให้บริการ", "Staff"),
            Bilingual("สถานที่หรือระบบออนไลน์", "Place or online system"),
            Bilingual("ผลที่ได้รับตรงกับที่ต้องการ", "Getting what was needed"),
        ),
        low=LOW,
        high=HIGH,
    ),
    QuestionDraft(
        kind="single",
        code="sat_channel",
        text=Bilingual("ท่านใช้บริการทางใด", "How did you use the service?"),
        required=True,
        options=(
            Bilingual("ที่สำนักงาน", "At the office"),
            Bilingual("ออนไลน์", "Online"),
            Bilingual("โทรศัพท์", "By telephone"),
            Bilingual("หน่วยเคลื่อนที่", "Mobile unit"),
        ),
        other=True,
    ),
    QuestionDraft(
        kind="text",
        code="sat_wish",
        text=Bilingual("ควรปรับปรุงเรื่องใดก่อน", "What should be improved first?"),
        required=False,
        max_length=1_000,
    ),
)


def sector_question() -> QuestionDraft:
    """The question of which sector somebody is from: by its answers results can be compared."""
    names = []
    for words in SECTORS.values():
        with speaking("th"):
            thai = str(words)
        with speaking("en"):
            names.append(Bilingual(thai, str(words)))
    return QuestionDraft(
        kind="single",
        code="sector",
        about="sector",
        text=Bilingual("ท่านอยู่ในกลุ่มใด", "Which of these groups do you belong to?"),
        required=False,
        options=tuple(names),
        option_codes=tuple(SECTORS),
    )


def use_satisfaction(*, activity_id: int, viewer: Viewer) -> Survey:
    """Fill an empty survey with the questions on satisfaction."""
    activity, survey = held(activity_id)
    _check_empty(activity_id)
    for draft in SATISFACTION:
        _coded(append(activity_id, draft), draft)
    survey.satisfaction = True
    record_change(activity, viewer, "template_used")
    return survey


def add_sector(*, activity_id: int, viewer: Viewer) -> Question:
    """Add the question of sectors. A survey asks it once."""
    activity, _survey = held(activity_id)
    if any(question.about == "sector" for question in questionnaire(activity_id).questions):
        raise DomainError(_l("This survey asks for the sector already"))
    question = append(activity_id, sector_question())
    record_change(activity, viewer, "question_added")
    return question


def repeat_survey(*, activity_id: int, viewer: Viewer, of: int) -> Survey:
    """Fill an empty survey with everything another survey of the agency asks, to be compared with it."""
    activity, survey = held(activity_id)
    _check_empty(activity_id)
    if of not in {ident for ident, _title in repeatable(activity.agency_id, activity_id)}:
        raise NotFound
    earlier = questionnaire(of)
    stored = db.session.get_one(Survey, of)
    survey.satisfaction, survey.link = earlier.satisfaction, earlier.link
    survey.intro_th, survey.intro_en = stored.intro_th, stored.intro_en
    survey.intro_en_of, survey.repeats_id = stored.intro_en_of, earlier.repeats_id or of
    _copy(earlier, activity_id)
    record_change(activity, viewer, "survey_repeated")
    return survey


def repeatable(agency_id: int, activity_id: int) -> list[tuple[int, Bilingual]]:
    """The agency's surveys that ask something, newest first: one statement."""
    asks = select(Question.id).where(Question.activity_id == Survey.activity_id).exists()
    rows = db.session.execute(
        select(Activity.id, Activity.title_th, Activity.title_en)
        .join(Survey, Survey.activity_id == Activity.id)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.agency_id == agency_id, Activity.id != activity_id, asks)
        .order_by(Activity.id.desc())
        .limit(100)
    )
    return [(row.id, Bilingual(row.title_th, row.title_en)) for row in rows]


def _check_empty(activity_id: int) -> None:
    if questionnaire(activity_id).questions:
        raise DomainError(_l("This survey has questions already. Remove them first."))


def _copy(earlier: Questionnaire, activity_id: int) -> None:
    pages: dict[int | None, int | None] = {None: None}
    copies: dict[int, int] = {}
    options: dict[int, int] = {}
    for place, page in enumerate((page for page in earlier.pages if page.title), 1):
        assert page.title is not None
        new = Page(activity_id=activity_id, position=place, title_th=page.title.th, title_en=page.title.en)
        new.title_en_of = page.title.made_from
        db.session.add(new)
        db.session.flush()
        pages[page.id] = new.id
    for question in earlier.questions:
        draft = draft_of(question)
        copy = append(activity_id, draft, page_id=pages[question.page_id])
        copy.page_id = pages[question.page_id]
        copies[question.id] = copy.id
        options |= _same_codes(copy, question)
    _copy_conditions(earlier, activity_id, pages, copies, options)


def _same_codes(copy: Question, question: QuestionView) -> dict[int, int]:
    """Give the copy's options the codes of the originals; which original became which."""
    db.session.flush()
    stored = db.session.scalars(
        select(Option).where(Option.question_id == copy.id).order_by(Option.position, Option.id)
    ).all()
    found = {}
    for part, originals in (("row", question.rows), ("option", question.options)):
        mine = [option for option in stored if option.part == part]
        for option, original in zip(mine, originals, strict=True):
            option.code, option.name_en_of = original.code, made_from(option.name, None)
            found[original.id] = option.id
    return found


def _copy_conditions(
    earlier: Questionnaire,
    activity_id: int,
    pages: dict[int | None, int | None],
    copies: dict[int, int],
    options: dict[int, int],
) -> None:
    targets: list[tuple[int | None, int | None, ConditionView]] = [
        (copies[q.id], None, c) for q in earlier.questions for c in q.conditions
    ]
    targets += [(None, pages[p.id], c) for p in earlier.pages for c in p.conditions]
    for question_id, page_id, condition in targets:
        new = Condition(
            activity_id=activity_id,
            question_id=question_id,
            page_id=page_id,
            source_id=copies[condition.source_id],
            test=condition.test,
            value=condition.value,
        )
        db.session.add(new)
        db.session.flush()
        db.session.add_all(
            ConditionOption(condition_id=new.id, option_id=options[option], source_id=new.source_id)
            for option in sorted(condition.options)
        )
    db.session.flush()


def _coded(question: Question, draft: QuestionDraft) -> None:
    """Codes of a template's rows and options: what they are in every survey made of it."""
    db.session.flush()
    stored = db.session.scalars(select(Option).where(Option.question_id == question.id)).all()
    for option in stored:
        if not option.other:
            option.code = f"{draft.code}_{option.part[0]}{option.position}"
