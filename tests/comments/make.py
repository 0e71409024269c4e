"""Builders for room comments: an activity with its people, and comments sent through the verb."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert

from app.activities.comments import service
from app.activities.comments.models import COUNTS, Comment, Question, Tally, Thread
from app.activities.comments.render import dress
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity, make_agency, make_issue, make_person, saved

THAI = "แบบ ข ดี แต่ใครจะประกอบแผงตอนตีสาม"
ENGLISH = "Option B is fine, but who will put up the panels at night?"


@dataclass(frozen=True)
class Scene:
    """An open activity in a published issue, and who may have to do with it."""

    agency: Agency
    issue: Issue
    activity: Activity
    citizen: Person
    officer: Person
    moderator: Person

    @property
    def id(self) -> int:
        return self.activity.id

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/comments/{self.id}{rest}"


def make_scene(*, opens_in: float = -1, closes_in: float | None = 10, **values: Any) -> Scene:
    agency = make_agency()
    issue = make_issue(agency, **{"answer_by": date(2026, 5, 15), **values})
    return Scene(
        agency=agency,
        issue=issue,
        activity=make_activity(issue, "comments", opens_in=opens_in, closes_in=closes_in),
        citizen=make_person(name="สมหญิง ใจดี"),
        officer=make_person("officer", agency),
        moderator=make_person("moderator", agency),
    )


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.query(RoleGrant).filter_by(person_id=person.id).order_by(RoleGrant.id)
    held = tuple(Grant(grant.id, grant.role, grant.agency_id) for grant in grants)
    return Viewer(person.id, person.name, held)


def make_comment(scene: Scene, person: Person | None = None, **values: Any) -> Comment:
    """A comment sent through the verb, committed; `values` are parts of its content."""
    viewer = viewer_of(person or scene.citizen)
    content = service.Content(**{"body": THAI, **values})
    with transaction():
        return service.submit_comment(
            activity_id=scene.id, viewer=viewer, content=content, consent_version=CURRENT_CONSENT
        )


def make_reply(scene: Scene, comment: Comment, person: Person | None = None, **values: Any) -> Comment:
    """A reply sent through the verb, committed."""
    viewer = viewer_of(person or scene.citizen)
    content = service.Content(**{"body": "เห็นด้วย แต่ควรมีคนเฝ้าตอนกลางคืน", **values})
    with transaction():
        return service.reply_to_comment(
            comment_id=comment.id, viewer=viewer, content=content, consent_version=CURRENT_CONSENT
        )


def make_visit(scene: Scene, **values: Any) -> Comment:
    """A comment sent without an account through the verb, committed; the thread must be open to all."""
    email = values.pop("email", None)
    content = service.Content(**{"body": THAI, **values})
    with transaction():
        return service.receive_comment(
            activity_id=scene.id, content=content, email=email, consent_version=CURRENT_CONSENT
        )


def make_thread(scene: Scene, **values: Any) -> Thread:
    """Set up the thread as if before the opening, past the verb."""
    thread = Thread(activity_id=scene.id, **{**dict.fromkeys(COUNTS, 0), **values})
    saved(thread)
    return thread


def make_question(scene: Scene, place: int = 1, **values: Any) -> Question:
    """A question of the thread, past the verb."""
    question = Question(
        activity_id=scene.id,
        **{"place": place, "text_th": f"คำถามที่ {place}", "text_en": f"Question {place}", **values},
    )
    saved(question)
    return question


def support(comment: Comment, person: Person) -> None:
    """A support given through the verb, committed."""
    viewer = viewer_of(person)
    with transaction():
        service.give_support(comment_id=comment.id, viewer=viewer)


def withdrawn(comment: Comment, person: Person) -> Comment:
    """The comment taken back by its author through the verb, committed."""
    viewer = viewer_of(person)
    with transaction():
        return service.withdraw_comment(comment_id=comment.id, viewer=viewer)


def edited(comment: Comment, person: Person, body: str, **values: Any) -> Comment:
    """The comment changed by its author through the verb, committed."""
    viewer = viewer_of(person)
    with transaction():
        return service.edit_comment(
            comment_id=comment.id,
            viewer=viewer,
            content=service.Content(body=body, **values),
            edits=comment.edits,
        )


def make_answer(scene: Scene, comment: Comment, verdict: str = "adopted", **values: Any) -> Comment:
    """The officer's answer through the verb, committed."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return service.answer_comment(
            **{
                "comment_id": comment.id,
                "viewer": viewer,
                "verdict": verdict,
                "reason_th": "เพิ่มช่องเปิดกว้าง 3 เมตร 12 จุด",
                "reason_en": None,
                "due_on": date(2026, 5, 1) if verdict == "under_review" else None,
                "revision": comment.revision,
                "edits": comment.edits,
                **values,
            }
        )


def make_hidden(scene: Scene, comment: Comment, **values: Any) -> Comment:
    """The moderator's hiding through the verb, committed."""
    viewer = viewer_of(scene.moderator)
    with transaction():
        return service.hide_comment(
            **{
                "comment_id": comment.id,
                "viewer": viewer,
                "reason": "personal_data",
                "note": "ลบเบอร์โทรของเพื่อนบ้านออกก่อน แล้วส่งใหม่ได้",
                **values,
            }
        )


def make_many(scene: Scene, count: int, **values: Any) -> None:
    """Many shown comments at once, past the verb: what a long thread looks like to a reader."""
    sample = Comment(
        activity_id=scene.id,
        person_id=scene.citizen.id,
        body=THAI,
        lang="th",
        consent_version=CURRENT_CONSENT,
        sent_at=now(),
        revision=0,
        **values,
    )
    dress(sample)
    columns = [column.key for column in Comment.__table__.columns if column.key != "id"]
    row = {name: getattr(sample, name) for name in columns}
    row = {name: value for name, value in row.items() if value is not None}
    with transaction():
        db.session.execute(insert(Comment), [row] * count)
        note_recorded(db.session.connection(), "comments")
    counts = thread_counts(scene)
    thread = db.session.get(Thread, scene.id) or Thread(activity_id=scene.id)
    if thread in db.session:
        db.session.expunge(thread)  # `saved` begins anew, which would forget what is set here.
    for name, value in {
        **counts,
        "shown": counts["shown"] + count,
        "waiting": counts["waiting"] + count,
    }.items():
        setattr(thread, name, value)
    saved(thread)


def thread_counts(scene: Scene) -> dict[str, int]:
    """The thread's counts as they stand in the database."""
    db.session.rollback()
    thread = db.session.get(Thread, scene.id, populate_existing=True)
    return {name: getattr(thread, name) if thread else 0 for name in COUNTS}


def counted_anew(scene: Scene) -> dict[str, int]:
    """The same counts, from the comments themselves."""
    db.session.rollback()
    comments = db.session.query(Comment).filter_by(activity_id=scene.id).populate_existing().all()
    return {name: sum(comment.tally[name] for comment in comments) for name in COUNTS}


def write_and_send(
    browser: PageBrowser, scene: Scene, body: str, *, lang: str = "en", status: int = 303, **values: Any
) -> Any:
    """Fill in the form, check, agree, send: the whole way in pages. Returns the last answer."""
    path = scene.path("/new", lang)
    form = browser.get(path)
    check = browser.fill(form, {"body": body, "step": "check", **values}, action=path, status=200)
    return browser.fill(check, {"consent": CURRENT_CONSENT, "step": "send"}, action=path, status=status)


def tallies(scene: Scene) -> dict[tuple[str, str], int]:
    """The numbers of each (feature, code) as they stand in the database."""
    db.session.rollback()
    rows = db.session.query(Tally).filter(Tally.activity_id == scene.id, Tally.number > 0)
    return {(row.feature, row.code): row.number for row in rows.populate_existing()}


def tallied_anew(scene: Scene) -> dict[tuple[str, str], int]:
    """The same numbers, from the comments themselves."""
    db.session.rollback()
    comments = db.session.query(Comment).filter_by(activity_id=scene.id).populate_existing().all()
    return dict(Counter(pair for comment in comments for pair in comment.features))


def raw(page: Page) -> str:
    """What an answer that is no page holds, as text."""
    return str(page.response.get_data(as_text=True))
