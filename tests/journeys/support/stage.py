"""The demonstration with more in it, so that every page of the product has something to show.

Two more issues of the demo province, one still a draft and one in full swing; citizens who have just
done something; self-assessments and evaluations at every step. Written by the rooms' verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.activities.comments import service as comments
from app.activities.panels import decisions, meetings, minutes, preparing, seating
from app.activities.panels import service as panels
from app.activities.publications import service as publications
from app.activities.surveys import building
from app.activities.surveys import service as surveys
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import Reply
from app.activities.votes import service as votes
from app.activities.votes.queries import poll_of
from app.assessment import service as assessment
from app.assessment.evidence import broken_rules
from app.assessment.models import Assessment
from app.assessment.rubric import DEFAULT, rubric
from app.awards import service as awards
from app.awards.models import Review
from app.core import clock
from app.core.clock import now
from app.core.db import db, transaction
from app.evidence.queries import exhibits
from app.i18n.dates import end_of_day, local_day, start_of_day
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import PasswordReset, Registration
from app.identity.viewer import Viewer, token_digest
from app.issues import responses, schedule, service
from app.issues.content import IssueContent
from app.site.demo.acts import Scene, scene
from app.site.demo.content import Calendar
from app.work import tick
from tests.panels.make import decision_content, group, meeting_content, panel_content
from tests.publications.make import stored_file, text
from tests.surveys.make import DRAFTS
from tests.votes.make import content as poll_content

TOKEN = "a-token-known-to-the-test"
CONSENTED = {"consent_version": CURRENT_CONSENT}
DRAFT_TITLE = ("ร่างเรื่องใหม่ของจังหวัด", "A new draft of the province")
LIVE_TITLE = ("เรื่องที่กำลังเปิดครบทุกกิจกรรม", "An issue with everything open")

KINDS: tuple[tuple[str, int, str], ...] = (
    ("publications", 1, "informed"),
    ("comments", 2, "views"),
    ("surveys", 2, "needs"),
    ("panels", 4, "solutions"),
    ("votes", 5, "decide"),
)


@dataclass
class Stage:
    """The demo's people and agencies, and the two issues that were added, with activities by kind."""

    here: Scene
    draft_id: int
    draft: dict[str, int]
    live_id: int
    live: dict[str, int]

    def who(self, key: str) -> Viewer:
        return self.here.people[key]


def set_stage() -> Stage:
    """Write everything on top of the seeded demonstration."""
    here = scene(Calendar(local_day(now())))
    with transaction():
        draft_id, draft = _draft(here, DRAFT_TITLE, opens_in=10)
        _prepare(here, draft)
    with clock.standing_at(now() - timedelta(days=12)), transaction():
        live_id, live = _draft(here, LIVE_TITLE, opens_in=4)
        _prepare(here, live)
        votes.freeze_roll(activity_id=live["votes"], viewer=here.people["officer"])
        service.publish_issue(issue_id=live_id, actor=_acting(here, "executive", "issues.publish"))
    stage = Stage(here, draft_id, draft, live_id, live)
    _take_part(stage)
    _meet(stage)
    with transaction():
        _answer(stage)
        _open_letters(stage)
    _work()
    _assess(stage)
    _work()
    return stage


def _acting(here: Scene, key: str, permission: str) -> Any:
    return here.people[key].acting(permission, here.agencies["province"])


def _draft(here: Scene, title: tuple[str, str], opens_in: int) -> tuple[int, dict[str, int]]:
    """An issue with an activity of each kind; the vote runs for three days, the rest for two weeks."""
    actor = _acting(here, "officer", "issues.draft")
    today = local_day(now())
    content = IssueContent(
        title_th=title[0],
        title_en=title[1],
        summary_th="ย่อหน้าแรก\n\nย่อหน้าที่สอง",
        summary_en=None,
        area_code="1501",
        groups=[{"sector": "people", "th": "ชาวบ้านริมน้ำ", "en": "Riverside people"}],
        legal_basis="agency_own",
        level=5,
        promise_th="เราจะทำตามที่ท่านลงมติ",
        promise_en="We will do what you decide.",
        answer_by=today + timedelta(days=60),
    )
    issue = service.draft_issue(
        agency_id=here.agencies["province"], content=content, actor=actor, invented=True
    )
    activities = {}
    for kind, level, stage in KINDS:
        last = opens_in + (6 if kind == "votes" else 20)
        activity = schedule.add_activity(
            issue_id=issue.id,
            kind=kind,
            content=schedule.ActivityContent(
                level=level,
                stage=stage,
                title_th=f"กิจกรรม {kind}",
                title_en=None,
                opens_at=start_of_day(today + timedelta(days=opens_in)),
                closes_at=None if kind == "publications" else end_of_day(today + timedelta(days=last)),
            ),
            actor=actor,
        )
        activities[kind] = activity.id
    return issue.id, activities


def _prepare(here: Scene, activities: dict[str, int]) -> None:
    officer = here.people["officer"]
    publications.add_document(
        activity_id=activities["publications"],
        viewer=officer,
        form="document",
        content=text(files=[stored_file()]),
    )
    for question in DRAFTS:
        building.add_question(activity_id=activities["surveys"], viewer=officer, draft=question)
    preparing.prepare_panel(
        activity_id=activities["panels"],
        viewer=officer,
        content=panel_content(agreement_th="หน่วยงานรับทุกข้อที่ทำได้ ข้อที่ไม่รับจะบอกเหตุผล"),
        groups=[group("ชาวบ้านริมน้ำ", 3), group("ผู้เช่าบ้าน", 2, "vulnerable")],
    )
    votes.prepare_poll(activity_id=activities["votes"], viewer=officer, content=poll_content())
    roll = [here.emails[key] for key in ("citizen", "citizen2", "citizen3")]
    votes.load_roll(activity_id=activities["votes"], viewer=officer, addresses="\n".join(roll))


def _take_part(stage: Stage) -> None:
    """Comments in every state, an answered survey, an application, a seat, and a ballot in time."""
    written = {}
    for key in ("citizen", "citizen2", "citizen3"):
        with transaction():
            written[key] = comments.submit_comment(
                activity_id=stage.live["comments"],
                viewer=stage.who(key),
                body="ความเห็นสำหรับทดลองหน้าจอ",
                name=None,
                relation="lives",
                **CONSENTED,
            ).id
    survey = questionnaire(stage.live["surveys"])
    first, _second, third, _fourth = survey.questions
    picks = [Reply(first.id, picks=(first.options[0].id,)), Reply(third.id, picks=(4,))]
    with transaction():
        comments.hide_comment(
            comment_id=written["citizen2"],
            viewer=stage.who("moderator"),
            reason="personal_data",
            note="ขอให้ลบเบอร์โทรก่อนส่งใหม่",
        )
        replies = [*picks, *(Reply(question.id) for question in (_second, _fourth))]
        surveys.submit_response(
            activity_id=stage.live["surveys"], viewer=stage.who("citizen"), replies=replies, **CONSENTED
        )
    with clock.standing_at(now() - timedelta(days=6)), transaction():
        option = poll_of(stage.live["votes"]).options[0]
        votes.cast_ballot(
            activity_id=stage.live["votes"],
            viewer=stage.who("citizen2"),
            option_id=option.id,
            **CONSENTED,
        )


def _meet(stage: Stage) -> None:
    """A waiting application, a member, a representative; a meeting held and minuted, one to come."""
    officer, activity_id = stage.who("officer"), stage.live["panels"]
    with transaction():
        [riverside, tenants] = [row.id for row in _groups(activity_id)]
        for key, group_id in (("citizen", riverside), ("citizen2", riverside)):
            application = panels.apply_for_seat(
                activity_id=activity_id,
                viewer=stage.who(key),
                group_id=group_id,
                reason="อยากช่วยดูแบบก่อนสร้าง",
                show_name=True,
                **CONSENTED,
            )
        seating.seat_applicant(application_id=application.id, viewer=officer, note="จับสลากได้ต่อหน้าสาธารณะ")
        seating.name_representative(
            activity_id=activity_id,
            group_id=tenants,
            viewer=officer,
            name="นางเช่า ริมน้ำ",
            organisation="ชมรมผู้เช่า",
            show_name=True,
        )
    with clock.standing_at(now() - timedelta(days=5)), transaction():
        held = meetings.call_meeting(activity_id=activity_id, viewer=officer, content=meeting_content(2))
    with transaction():
        meetings.call_meeting(activity_id=activity_id, viewer=officer, content=meeting_content(5))
        meetings.record_attendance(
            meeting_id=held.id, viewer=officer, came=(), absences={}, officials=[{"th": "วิศวกร", "en": None}]
        )
    with transaction():
        draft = minutes.draft_minutes(
            meeting_id=held.id, viewer=officer, text_th="ที่ประชุมเห็นตรงกัน", text_en=None
        )
        minutes.adopt_minutes(minutes_id=draft.id, viewer=officer, digest=minutes.draft_digest(draft))
        decisions.make_decision(meeting_id=held.id, viewer=officer, content=decision_content())
    with transaction():
        correction = minutes.draft_minutes(
            meeting_id=held.id,
            viewer=officer,
            text_th="ที่ประชุมเห็นตรงกันทุกกลุ่ม",
            text_en=None,
            reason_th="แก้ให้ตรงกับที่ประชุม",
        )
        minutes.attach_file(
            minutes_id=correction.id, viewer=officer, file=stored_file(), title_th="ภาพถ่าย", title_en=None
        )


def _groups(activity_id: int) -> Sequence[Any]:
    model = preparing.SeatGroup
    rows = db.session.query(model).filter_by(activity_id=activity_id)
    return rows.order_by(model.position).all()


def _answer(stage: Stage) -> None:
    """The agency's answer is written and not published."""
    texts = {name: "รับฟังแล้ว" for name in responses.PARTS if name.endswith("_th")}
    texts |= {name: None for name in responses.PARTS if name.endswith("_en")}
    responses.write_response(
        issue_id=stage.live_id,
        content=responses.ResponseContent(**texts),  # type: ignore[typeddict-item]
        plans=[],
        actor=_acting(stage.here, "officer", "issues.respond"),
    )


def _open_letters(stage: Stage) -> None:
    """A registration and a request for a new password, their links still unused."""
    tomorrow = now() + timedelta(days=1)
    common = {"digest": token_digest(TOKEN), "expires_at": tomorrow}
    db.session.add(PasswordReset(**common, person_id=stage.who("citizen").person_id))
    db.session.add(
        Registration(**common, email="new@demo.invalid", name="คนใหม่", password_hash="-", lang="th")
    )


def _assess(stage: Stage) -> None:
    """One self-assessment unsubmitted; evaluations with a task to do, with a result to release, released."""
    year = local_day(now()).year + 543
    here = stage.here
    with transaction():
        _self_assessment(here, "province", year + 1, submit=False)
        released = db.session.query(Review.id).scalar()
        awards.release_result(review_id=released, actor=here.people["committee"].acting("awards.decide"))
    for back, scored in ((0, True), (1, False)):
        with transaction():
            written = _self_assessment(here, "town", year - back, submit=True)
            admin = here.people["admin"].acting("awards.assign")
            review = awards.open_review(assessment_id=written.id, actor=admin)
            evaluator = here.people["evaluator"]
            task = awards.assign_evaluator(
                review_id=review.id, person_id=evaluator.person_id or 0, actor=admin
            )
            if scored:
                _score(task.id, evaluator)


def _self_assessment(here: Scene, agency: str, year: int, *, submit: bool) -> Assessment:
    agency_id = here.agencies[agency]
    officer = here.holder("officer", agency)
    actor = officer.acting("assessment.write", agency_id)
    written = assessment.open_assessment(agency_id=agency_id, year=year, actor=actor)
    period = (written.period_from, written.period_to)
    found = exhibits(agency_id=agency_id, limit=50)
    chosen = [view.id for view in found if not broken_rules(rubric(*DEFAULT), period, view)][:2]
    for item in rubric(*DEFAULT).items[: None if submit else 3]:
        assessment.score_item(
            assessment_id=written.id,
            item=item.code,
            score=3,
            reason="ทำแล้วตามแผน",
            exhibit_ids=chosen,
            actor=actor,
        )
    if submit:
        executive = here.holder("executive", agency)
        actor = executive.acting("assessment.submit", agency_id)
        assessment.submit_assessment(assessment_id=written.id, actor=actor)
    return written


def _score(task_id: int, evaluator: Viewer) -> None:
    actor = evaluator.acting("awards.score")
    for item in rubric(*DEFAULT).items:
        awards.score_item(assignment_id=task_id, item=item.code, score=4, reason="ตรวจแล้ว", actor=actor)
    awards.submit_scores(assignment_id=task_id, actor=actor)


def _work() -> None:
    while tick():
        pass
