"""Outreach and followers for the stage: channels, a register, invitations by mail and letter, replies."""

from __future__ import annotations

from datetime import timedelta

from app.core.clock import now
from app.core.db import db, transaction
from app.identity.viewer import Viewer, token_digest
from app.notifications import service as notifications
from app.notifications.models import FollowRequest
from app.outreach import service
from tests.outreach.make import ADDRESS, choice, contact_content, told
from tests.publications.make import stored_file

SECTORS = ("people", "people", "vulnerable", "academic")


def reach(issue_id: int, activity_id: int, officer: Viewer) -> tuple[dict[str, int], dict[str, str]]:
    """Rows and secrets by their names."""
    standing = _tell(issue_id, officer)
    with transaction():
        groups: list[service.GroupContent] = [
            {"sector": "people", "name_th": "ชาวบ้านริมน้ำ", "name_en": "Riverside people", "people": 900}
        ]
        service.state_groups(issue_id=issue_id, viewer=officer, groups=groups)
    contacts = [_enter(issue_id, officer, number, sector) for number, sector in enumerate(SECTORS)]
    mailed = _invite(activity_id, officer, "email", contacts[:2])
    posted = _invite(activity_id, officer, "letter", contacts[2:])
    with transaction():
        service.reply(token=mailed.tokens[contacts[1]], answer="coming")
        service.state_turnout(issue_id=issue_id, viewer=officer)
    rows = {
        "announcement": standing,
        "contact": contacts[0],
        "sending": mailed.sending.id,
        "letters": posted.sending.id,
    }
    return rows, {"asked": mailed.tokens[contacts[0]], "replied": mailed.tokens[contacts[1]]}


def follow(issue_id: int, person: Viewer, token: str) -> str:
    """A person follows, and an address is asked to confirm by `token`. The key that ends the following."""
    with transaction():
        db.session.add(
            FollowRequest(
                digest=token_digest(token),
                issue_id=issue_id,
                email="new@demo.invalid",
                lang="th",
                expires_at=now() + timedelta(days=1),
            )
        )
        return notifications.follow(person_id=person.person_id or 0, issue_id=issue_id, lang="th").key


def _tell(issue_id: int, officer: Viewer) -> int:
    """A channel that stands, one corrected, one taken back."""
    with transaction():
        standing, corrected, gone = (
            service.record_channel(issue_id=issue_id, viewer=officer, told=told(channel=code), file=file).id
            for code, file in (("loudspeaker", stored_file()), ("radio", None), ("line", None))
        )
    with transaction():
        service.correct_channel(
            announcement_id=corrected,
            viewer=officer,
            told=told(channel="radio", reached=900),
            file=None,
            note_th="นับซ้ำ",
            note_en=None,
        )
        service.take_back_channel(announcement_id=gone, viewer=officer, note_th="ไม่ได้ส่ง", note_en=None)
    return standing


def _enter(issue_id: int, officer: Viewer, number: int, sector: str) -> int:
    content = contact_content(
        name=f"คนที่ {number}", email=f"c{number}@example.com", sector=sector, address=ADDRESS
    )
    with transaction():
        return service.add_contact(issue_id=issue_id, viewer=officer, content=content).id


def _invite(activity_id: int, officer: Viewer, way: str, contacts: list[int]) -> service.Sent:
    with transaction():
        return service.invite(
            activity_id=activity_id, viewer=officer, choice=choice(way=way, contact_ids=contacts)
        )
