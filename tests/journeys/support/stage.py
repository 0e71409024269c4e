"""The demonstration with more in it, so that every page of the product has something to show.

Two more issues of the demo province, one still a draft and one in full swing; citizens who have just
done something; self-assessments and evaluations at every step. Written by the rooms' verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.activities.panels import preparing
from app.activities.publications import service as publications
from app.activities.publications.models import Document
from app.activities.votes import service as votes
from app.activities.votes.queries import poll_of
from app.agencies.models import Agency
from app.core import clock
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.dates import end_of_day, local_day, start_of_day
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import PasswordReset, Registration
from app.identity.viewer import Viewer, token_digest
from app.issues import responses, schedule, service
from app.issues.content import IssueContent
from app.site.demo.acts import Scene, scene
from app.site.demo.content import Calendar
from app.work import tick
from tests.journeys.support import asking, assessing, gathering, reaching, sitting, talking
from tests.panels.make import group, panel_content
from tests.publications.make import stored_file, text
from tests.support.make import make_person
from tests.surveys.make import viewer_of
from tests.votes.make import content as poll_content

TOKEN = "a-token-known-to-the-test"
CONSENTED = {"consent_version": CURRENT_CONSENT}
DRAFT_TITLE = ("ร่างเรื่องใหม่ของจังหวัด", "A new draft of the province")
LIVE_TITLE = ("เรื่องที่กำลังเปิดครบทุกกิจกรรม", "An issue with everything open")

KINDS: tuple[tuple[str, int, str], ...] = (
    ("publications", 1, "informed"),
    ("comments", 2, "views"),
    ("forums", 2, "views"),
    ("surveys", 2, "needs"),
    ("panels", 4, "solutions"),
    ("votes", 5, "decide"),
)


@dataclass
class Stage:
    """The demo's people and agencies, and the two issues that were added, with activities by kind.

    `more` are further activities of the second one, `rows` what was made in it, `secrets` those of links:
    each by a name. `cookies` are those of a browser by which links were answered.
    """

    here: Scene
    draft_id: int
    draft: dict[str, int]
    live_id: int
    live: dict[str, int]
    more: dict[str, int]
    secrets: dict[str, str]
    rows: dict[str, int] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def who(self, key: str) -> Viewer:
        return self.here.people[key]


def set_stage() -> Stage:
    """Write everything on top of the seeded demonstration."""
    here = scene(Calendar(local_day(now())))
    with transaction():
        draft_id, draft = _draft(here, DRAFT_TITLE, opens_in=10)
        _prepare(here, draft, 14)
    with clock.standing_at(now() - timedelta(days=12)), transaction():
        live_id, live = _draft(here, LIVE_TITLE, opens_in=4)
        _prepare(here, live, gathering.HELD, gathering.TO_COME)
        more, secrets = _more_surveys(here, live_id)
        votes.freeze_roll(activity_id=live["votes"], viewer=here.people["officer"])
        service.publish_issue(issue_id=live_id, actor=_acting(here, "executive", "issues.publish"))
    _work()
    stage = Stage(here, draft_id, draft, live_id, live, more, secrets)
    _take_part(stage)
    sitting.meet(live["panels"], here.people)
    with transaction():
        _answer(stage)
        _open_letters(stage)
    _work()
    assessing.assess(here)
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
        last = None if kind == "publications" else opens_in + (6 if kind == "votes" else 20)
        activities[kind] = _activity(here, issue.id, (kind, level, stage), opens_in, last)
    return issue.id, activities


def _activity(
    here: Scene, issue_id: int, kind: tuple[str, int, str], opens_in: int, last: int | None, of: str = ""
) -> int:
    """An activity from one day to another, counted from today; `of` tells it from others of its kind."""
    today = local_day(now())
    code, level, stage = kind
    return schedule.add_activity(
        issue_id=issue_id,
        kind=code,
        content=schedule.ActivityContent(
            level=level,
            stage=stage,
            title_th=f"กิจกรรม {code} {of}".strip(),
            title_en=None,
            opens_at=start_of_day(today + timedelta(days=opens_in)),
            closes_at=None if last is None else end_of_day(today + timedelta(days=last)),
        ),
        actor=_acting(here, "officer", "issues.draft"),
    ).id


def _more_surveys(here: Scene, issue_id: int) -> tuple[dict[str, int], dict[str, str]]:
    """A survey that is over, and one for those with a link; with the secrets of its links."""
    officer, kind = here.people["officer"], ("surveys", 2, "needs")
    more = {
        "closed": _activity(here, issue_id, kind, 4, 6, "ที่ปิดแล้ว"),
        "by_link": _activity(here, issue_id, kind, 4, 24, "ตามลิงก์"),
    }
    asking.ask_for_ever(more["closed"], officer)
    return more, asking.ask_by_link(more["by_link"], officer)


def _prepare(here: Scene, activities: dict[str, int], *days: int) -> None:
    """What each kind needs before it opens; the forum has sessions on these `days` from now."""
    officer = here.people["officer"]
    publications.add_document(
        activity_id=activities["publications"],
        viewer=officer,
        form="document",
        content=text(files=[stored_file()]),
    )
    talking.ask(activities["comments"], officer)
    asking.ask(activities["surveys"], officer)
    gathering.call(activities["forums"], officer, *days)
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
    """Comments, surveys and a forum in every state, outreach, followers, and a ballot in time."""
    people, live, officer = stage.here.people, stage.live, stage.who("officer")
    document = db.session.query(Document.id).filter_by(activity_id=live["publications"]).first()
    assert document is not None
    stage.rows |= talking.talk(live["comments"], document.id, people)
    asking.answer(live["surveys"], [people["citizen2"]])
    asking.half_answer(live["surveys"], people["citizen3"])
    stage.rows["sheet"] = asking.key_sheets(live["surveys"], officer, _colleague(stage))
    stage.cookies = asking.answer_by_link(stage.more["by_link"], stage.secrets)
    with clock.standing_at(now() - timedelta(days=7)):
        asking.answer(stage.more["closed"], [people[f"p{n:02}"] for n in range(1, 25)])
    stage.rows["sector"] = asking.state_sectors(stage.more["closed"], officer)
    stage.rows |= gathering.gather(live["forums"], people)
    rows, secrets = reaching.reach(stage.live_id, live["comments"], officer)
    stage.rows |= rows
    stage.secrets |= secrets
    stage.secrets["leave"] = reaching.follow(stage.live_id, people["citizen"], TOKEN)
    with clock.standing_at(now() - timedelta(days=6)), transaction():
        option = poll_of(live["votes"]).options[0]
        votes.cast_ballot(
            activity_id=live["votes"], viewer=people["citizen2"], option_id=option.id, **CONSENTED
        )


def _colleague(stage: Stage) -> Viewer:
    """A second officer of the province, who keys in what the first one has keyed in."""
    agency_id = stage.here.agencies["province"]
    return viewer_of(make_person("officer", db.session.get_one(Agency, agency_id)))


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


def _work() -> None:
    while tick():
        pass
