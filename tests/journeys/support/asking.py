"""Surveys of every sort for the stage: all kinds of questions on two pages, by link, on paper, one closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.activities.surveys import arranging, building, drafts, links, paper, ready_made, service
from app.activities.surveys.arranging import ConditionDraft
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, QuestionView
from app.activities.surveys.receipts import fresh_code
from app.activities.surveys.replies import Reply
from app.activities.surveys.representation import state_population
from app.activities.surveys.respondent import person
from app.core.db import transaction
from app.core.ids import new_key
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from tests.surveys.make import DRAFTS

PLACES = ("150101", "500101", "100101")
ROWS = (Bilingual("ถนน", "Roads"), Bilingual("ทางเท้า", "Pavements"))
NAMES = (Bilingual("น้อย", "Little"), Bilingual("มาก"), Bilingual("ไม่ทราบ", "Not known"))
MORE_DRAFTS = (
    QuestionDraft(
        "matrix", Bilingual("แต่ละเรื่องเดือดร้อนเพียงใด", "How bad is each?"), False, rows=ROWS, options=NAMES
    ),
    QuestionDraft("ranking", Bilingual("ควรทำสิ่งใดก่อน", "What first?"), False, options=NAMES),
    QuestionDraft("number", Bilingual("อยู่กันกี่คน", "How many are you?"), False, least=0, most=2_000, places=0),
    QuestionDraft(
        "date",
        Bilingual("น้ำเข้าบ้านวันใด", "When did the water come?"),
        False,
        first_day=date(2025, 1, 1),
        last_day=date(2026, 12, 31),
    ),
    QuestionDraft("place", Bilingual("อยู่ที่ใด", "Where do you live?"), False, depth="subdistrict"),
)


def ask(activity_id: int, officer: Viewer) -> None:
    """The four usual questions, and a page with the other kinds, shown once a question has been answered."""
    for draft in DRAFTS:
        building.add_question(activity_id=activity_id, viewer=officer, draft=draft)
    page = arranging.add_page(
        activity_id=activity_id, viewer=officer, title=Bilingual("เรื่องของท่าน", "About you")
    )
    for draft in MORE_DRAFTS:
        building.add_question(activity_id=activity_id, viewer=officer, draft=draft)
    questions = questionnaire(activity_id).questions
    first, trust, ranking = questions[0], questions[2], questions[5]
    arranging.add_condition(
        activity_id=activity_id,
        viewer=officer,
        page_id=page.id,
        draft=ConditionDraft(trust.id, "at_least", value=1),
    )
    arranging.add_condition(
        activity_id=activity_id,
        viewer=officer,
        question_id=ranking.id,
        draft=ConditionDraft(first.id, "is", options=(first.options[0].id,)),
    )


def ask_for_ever(activity_id: int, officer: Viewer) -> None:
    """The questions on satisfaction with the sector and a place, to be repeated and compared."""
    ready_made.use_satisfaction(activity_id=activity_id, viewer=officer)
    ready_made.add_sector(activity_id=activity_id, viewer=officer)
    for draft in MORE_DRAFTS[1:]:
        building.add_question(activity_id=activity_id, viewer=officer, draft=draft)


def ask_by_link(activity_id: int, officer: Viewer) -> dict[str, str]:
    """A survey for those with a link; the secrets by what becomes of them."""
    building.describe_survey(
        activity_id=activity_id, viewer=officer, intro=None, satisfaction=False, link="token"
    )
    for draft in DRAFTS:
        building.add_question(activity_id=activity_id, viewer=officer, draft=draft)
    secrets = {name: new_key() for name in ("new", "half", "done", "begun", "used")}
    links.make_links(activity_id=activity_id, viewer=officer, tokens=list(secrets.values()))
    return secrets


def answer_by_link(activity_id: int, secrets: dict[str, str]) -> dict[str, str]:
    """Two links are used; with two more all is answered and nothing sent. Returns the cookies that open one of each."""
    given = replies(activity_id, 0)
    asked = [reply.question_id for reply in given]
    cookies = {}
    for name in ("half", "done", "begun", "used"):
        with transaction():
            found = links.holder(activity_id, secrets[name])
            code = fresh_code(secrets[name], new_key())
            respondent = replace(found, fresh=code, code=code)
            drafts.save_page(
                activity_id=activity_id, respondent=respondent, asked=asked, replies=given, spent=40
            )
            if name in ("done", "used"):
                drafts.send_draft(
                    activity_id=activity_id, respondent=respondent, consent_version=CURRENT_CONSENT
                )
        if name in ("half", "done"):
            cookies[f"link{found.token_id}"] = str(code)
    return cookies


def answer(activity_id: int, people: Sequence[Viewer]) -> None:
    """Each gives other answers."""
    for number, viewer in enumerate(people):
        with transaction():
            service.submit_response(
                activity_id=activity_id,
                viewer=viewer,
                replies=replies(activity_id, number),
                consent_version=CURRENT_CONSENT,
            )


def half_answer(activity_id: int, viewer: Viewer) -> None:
    """All is answered and saved, and not yet sent."""
    given = replies(activity_id, 0)
    with transaction():
        drafts.save_page(
            activity_id=activity_id,
            respondent=person(viewer),
            asked=[reply.question_id for reply in given],
            replies=given,
            spent=60,
        )


def key_sheets(activity_id: int, first: Viewer, second: Viewer) -> int:
    """A sheet keyed once, and one keyed twice that differs: its id."""
    for number, viewer, place in ((1, first, 0), (2, first, 0), (2, second, 1)):
        with transaction():
            sheet = paper.key_sheet(
                activity_id=activity_id, viewer=viewer, number=number, replies=replies(activity_id, place)
            ).id
    return sheet


def state_sectors(activity_id: int, officer: Viewer) -> int:
    """With whom those who answered are compared: the question's id."""
    question = next(q for q in questionnaire(activity_id).questions if q.about == "sector")
    counts = [(option.id, option.name.th, 500 * place) for place, option in enumerate(question.options, 1)]
    with transaction():
        state_population(
            activity_id=activity_id,
            question_id=question.id,
            viewer=officer,
            counts=counts,
            source="สำมะโนประชากร",
            year=2025,
        )
    return question.id


def replies(activity_id: int, number: int) -> list[Reply]:
    """The `number`-th set of answers to a survey's questions; that to a hidden question is left out."""
    questions = questionnaire(activity_id).questions
    return [reply(question, number) for question in questions if number == 0 or not question.conditions]


def reply(question: QuestionView, number: int) -> Reply:
    """The `number`-th answer to a question."""
    ident, kind = question.id, question.kind
    if kind == "matrix":
        choices = question.choices
        cells = [(row.id, choices[(number + n) % len(choices)]) for n, row in enumerate(question.rows)]
        return Reply(ident, cells=tuple(cells))
    if kind == "number":
        return Reply(ident, amount=number % 20 * 100)
    if kind == "date":
        return Reply(ident, day=date(2025, 10, 1 + number % 28))
    if kind == "place":
        return Reply(ident, area=PLACES[number % len(PLACES)])
    if kind == "text":
        return Reply(ident, words="ทางลาดเข้าตลาด")
    if kind == "scale":
        return Reply(ident, picks=(number % 5 + 1,))
    if kind == "ranking":
        return Reply(ident, picks=tuple(question.choices))
    picked = question.choices[number % len(question.choices)]
    other = question.other is not None and question.other.id == picked
    return Reply(ident, picks=(picked,), words="ทางไลน์" if other else "")
