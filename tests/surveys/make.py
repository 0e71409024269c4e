"""Builders for room surveys: an activity with its people and questions, and answers sent through the verb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select, update

from app.activities.surveys import arranging, building, service
from app.activities.surveys.codes import TESTS_OF
from app.activities.surveys.counting import keys
from app.activities.surveys.models import Response, Survey
from app.activities.surveys.queries import questionnaire, replies_of, tallies
from app.activities.surveys.questionnaire import QuestionDraft, QuestionView
from app.activities.surveys.replies import Reply
from app.activities.surveys.service import paired
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_agency, make_issue, make_person

DESIGN = QuestionDraft(
    kind="single",
    text=Bilingual("ถ้าต้องเลือกวันนี้ ท่านเลือกแบบใด", "Which design would you choose today?"),
    required=True,
    options=(
        Bilingual("กำแพงคอนกรีต", "Concrete wall"),
        Bilingual("แผงถอดประกอบ", "Removable panels"),
        Bilingual("ยังไม่แน่ใจ", None),
    ),
)
WORRIES = QuestionDraft(
    kind="multiple",
    text=Bilingual("ท่านห่วงเรื่องใด", "What worries you?"),
    required=False,
    options=(
        Bilingual("บังวิว", "Hidden view"),
        Bilingual("น้ำเน่า", "Foul water"),
        Bilingual("ค่าดูแล", "Upkeep"),
    ),
    max_picks=2,
)
TRUST = QuestionDraft(
    kind="scale",
    text=Bilingual("มั่นใจว่าจังหวัดจะทำตาม", "I trust the province"),
    required=True,
    low=Bilingual("ไม่มั่นใจเลย", "Not at all"),
    high=Bilingual("มั่นใจมาก", "Completely"),
)
FORGOTTEN = QuestionDraft(
    kind="text",
    text=Bilingual("มีเรื่องใดที่ยังไม่ได้คิดถึง", "What has been forgotten?"),
    required=False,
    max_length=200,
)
DRAFTS = (DESIGN, WORRIES, TRUST, FORGOTTEN)


@dataclass
class Scene:
    """A survey in a published issue, and who may have to do with it."""

    id: int
    agency: Agency
    issue: Issue
    citizen: Person
    officer: Person
    questions: tuple[QuestionView, ...] = field(default=())

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/surveys/{self.id}{rest}"

    def read(self) -> None:
        """Read the questions again."""
        db.session.rollback()
        self.questions = questionnaire(self.id).questions
        db.session.rollback()


def make_scene(
    *,
    drafts: Sequence[QuestionDraft] = DRAFTS,
    opens_in: float = -1,
    closes_in: float | None = 10,
    stage: str = "views",
    satisfaction: bool = False,
    **values: Any,
) -> Scene:
    """The survey is built through the verbs while its window still lies ahead, which is then moved."""
    agency = make_agency()
    issue = make_issue(agency, answer_by=date(2026, 5, 15), **values)
    activity = make_activity(issue, "surveys", opens_in=5, closes_in=20, stage=stage)
    officer = make_person("officer", agency)
    scene = Scene(activity.id, agency, issue, make_person(name="สมหญิง ใจดี"), officer)
    viewer = viewer_of(officer)
    if satisfaction:
        with transaction():
            building.describe_survey(activity_id=activity.id, viewer=viewer, intro=None, satisfaction=True)
    for draft in drafts:
        with transaction():
            building.add_question(activity_id=activity.id, viewer=viewer, draft=draft)
    set_window(scene, opens_in, closes_in)
    scene.read()
    return scene


def set_window(scene: Scene, opens_in: float, closes_in: float | None) -> None:
    """Move the activity's window, in days from now, past the verbs."""
    closes_at = None if closes_in is None else now() + timedelta(days=closes_in)
    with transaction():
        db.session.execute(
            update(Activity)
            .where(Activity.id == scene.id)
            .values(opens_at=now() + timedelta(days=opens_in), closes_at=closes_at)
        )
        note_recorded(db.session.connection(), "issues")


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id))
    held = tuple(Grant(grant.id, grant.role, grant.agency_id) for grant in grants)
    return Viewer(person.id, person.name, held)


def replies(
    scene: Scene,
    *,
    design: int | None = 0,
    worries: Sequence[int] = (),
    trust: int | None = 4,
    words: str = "",
) -> list[Reply]:
    """Answers to the usual four questions; options by their place."""
    first, second, third, fourth = scene.questions
    return [
        Reply(first.id, picks=() if design is None else (first.options[design].id,)),
        Reply(second.id, picks=tuple(second.options[place].id for place in worries)),
        Reply(third.id, picks=() if trust is None else (trust,)),
        Reply(fourth.id, words=words),
    ]


def make_response(scene: Scene, person: Person | None = None, **given: Any) -> Response:
    """Answers sent through the verb, committed."""
    viewer = viewer_of(person or scene.citizen)
    with transaction():
        return service.submit_response(
            activity_id=scene.id,
            viewer=viewer,
            replies=replies(scene, **given),
            consent_version=CURRENT_CONSENT,
        )


def make_responses(scene: Scene, people: int, **given: Any) -> None:
    """The same answers from so many people."""
    for _ in range(people):
        make_response(scene, make_person(), **given)


def make_plain_response(scene: Scene, picks: Sequence[tuple[int, ...]]) -> Response:
    """A new person's answer, given as what was picked in each question of the survey."""
    viewer = viewer_of(make_person())
    given = [Reply(question.id, picks=pick) for question, pick in zip(scene.questions, picks, strict=True)]
    with transaction():
        return service.submit_response(
            activity_id=scene.id, viewer=viewer, replies=given, consent_version=CURRENT_CONSENT
        )


def annul(scene: Scene) -> None:
    """Cancel the activity, past the verbs."""
    with transaction():
        db.session.execute(update(Activity).where(Activity.id == scene.id).values(annulled_at=now()))
        note_recorded(db.session.connection(), "issues")


def counted(scene: Scene) -> dict[tuple[int, int, int], int]:
    """The counts as they are kept, with the number of responses under (0, 0, 0)."""
    db.session.rollback()
    kept = dict(tallies(scene.id))
    survey = db.session.get_one(Survey, scene.id, populate_existing=True)
    return {**kept, (0, 0, 0): survey.responses}


def counted_anew(scene: Scene) -> dict[tuple[int, int, int], int]:
    """The same counts, from the answers themselves."""
    db.session.rollback()
    survey = questionnaire(scene.id)
    responses = db.session.scalars(select(Response.id).where(Response.activity_id == scene.id)).all()
    counts: Counter[tuple[int, int, int]] = Counter({(0, 0, 0): len(responses)})
    for response in responses:
        counts.update(keys(paired(survey, replies_of(response))))
    return dict(counts)


def typed(scene: Scene, **given: Any) -> dict[str, Any]:
    """The same answers as the form sends them."""
    values: dict[str, Any] = {}
    for question, reply in zip(scene.questions, replies(scene, **given), strict=True):
        if question.kind == "text":
            values[question.field] = reply.words
        elif reply.picks:
            picks = [str(pick) for pick in reply.picks]
            values[question.field] = picks if question.kind == "multiple" else picks[0]
    return values


def answer_and_send(
    browser: PageBrowser, scene: Scene, *, lang: str = "en", status: int = 303, **given: Any
) -> Any:
    """Fill in the form, check, agree, send: the whole way in pages. Returns the last answer."""
    path = scene.path("/answer", lang)
    saved = browser.fill(browser.get(path), {**typed(scene, **given), "step": "check"}, action=path)
    check = browser.follow(saved)
    return browser.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check", lang), status=status)


# ---------------------------------------------------------------- any survey, any answer


def any_draft() -> st.SearchStrategy[QuestionDraft]:
    """A question of any kind, required or not."""
    names = [Bilingual("ก", "A"), Bilingual("ข"), Bilingual("ค", "C")]
    ends = {"low": Bilingual("น้อย"), "high": Bilingual("มาก", "Much")}
    kinds: list[dict[str, Any]] = [
        {"kind": "single", "options": tuple(names)},
        {"kind": "single", "options": tuple(names[:2]), "other": True},
        {"kind": "multiple", "options": tuple(names), "max_picks": 2, "other": True},
        {"kind": "scale", **ends},
        {"kind": "matrix", "rows": tuple(names[:2]), **ends},
        {"kind": "matrix", "rows": tuple(names), "options": tuple(names[:2])},
        {"kind": "ranking", "options": tuple(names)},
        {"kind": "number", "least": -500, "most": 1_000, "places": 1},
        {"kind": "date", "first_day": date(2025, 1, 1), "last_day": date(2026, 12, 31)},
        {"kind": "place", "depth": "province"},
        {"kind": "place", "depth": "subdistrict"},
        {"kind": "text", "max_length": 200},
    ]
    return st.builds(
        lambda given, required: QuestionDraft(
            text=Bilingual("คำถาม", "Question"), required=required, **given
        ),
        st.sampled_from(kinds),
        st.booleans(),
    )


WORDS = ("ต้นโพธิ์", "=SUM(A1)", "+66", "-1", "@x", "'quoted", 'a "b", c', "a\nb", "น้ำท่วม 100%", "\tx")


def random_reply(draw: Any, question: QuestionView) -> Reply | None:
    """An answer that fits the question, or None."""
    if not draw(st.booleans()):
        return None
    kind, ident = question.kind, question.id
    if kind in ("single", "multiple"):
        most = 1 if kind == "single" else question.picks_allowed
        picks = draw(st.lists(st.sampled_from(question.choices), min_size=1, max_size=most, unique=True))
        order = {option: place for place, option in enumerate(question.choices)}
        picks.sort(key=order.__getitem__)
        words = draw(st.sampled_from(WORDS)) if question.other and question.other.id in picks else ""
        return Reply(ident, picks=tuple(picks), words=words)
    if kind == "scale":
        return Reply(ident, picks=(draw(st.integers(1, 5)),))
    if kind == "ranking":
        return Reply(ident, picks=tuple(draw(st.permutations(question.choices))))
    if kind == "matrix":
        cells = tuple((row.id, draw(st.sampled_from(question.choices))) for row in question.rows)
        return Reply(ident, cells=cells)
    if kind == "number":
        return Reply(ident, amount=draw(st.integers(-50, 100)) * 10)
    if kind == "date":
        return Reply(ident, day=draw(st.dates(date(2025, 1, 1), date(2026, 12, 31))))
    if kind == "place":
        code = draw(st.sampled_from(["150101", "500101", "100101"]))
        return Reply(ident, area=code[: 2 if question.depth == "province" else 6])
    return Reply(ident, words=draw(st.sampled_from(WORDS)))


def conditioned(scene: Scene, draw: Any) -> None:
    """Random conditions on earlier questions, set through the verb; then the survey opens."""
    viewer = viewer_of(scene.officer)
    for target in scene.questions[1:]:
        for source in scene.questions[: target.number - 1]:
            if not draw(st.integers(0, 3)):
                with transaction():
                    arranging.add_condition(
                        activity_id=scene.id,
                        viewer=viewer,
                        question_id=target.id,
                        draft=_condition(source, draw),
                    )
                break
    set_window(scene, -1, 10)
    scene.read()


def _condition(source: QuestionView, draw: Any) -> arranging.ConditionDraft:
    test = draw(st.sampled_from(TESTS_OF.get(source.kind, ("answered",))))
    if test in ("is", "is_not"):
        options = draw(st.lists(st.sampled_from(source.choices), min_size=1, unique=True))
        return arranging.ConditionDraft(source.id, test, options=tuple(options))
    if test == "answered":
        return arranging.ConditionDraft(source.id, test)
    value = draw(st.integers(1, 5)) if source.kind == "scale" else draw(st.integers(-500, 1_000))
    return arranging.ConditionDraft(source.id, test, value=value)
