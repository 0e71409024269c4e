"""Reading who follows what: for the follower alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.i18n.bilingual import Bilingual
from app.identity.models import Person
from app.identity.viewer import Viewer, token_digest
from app.issues.models import Issue
from app.issues.queries import IssueView, visible_issue
from app.notifications.models import Follow, FollowRequest
from app.web.keyset import Cursor, older_than

PAGE = 30


class Followed(NamedTuple):
    """An issue on the page of what one follows."""

    issue_id: int
    title: Bilingual
    agency: Bilingual
    lang: str
    since: Any
    ended: bool


def public_issue(issue_id: int, viewer: Viewer) -> IssueView:
    """An issue people may know of. Raises `NotFound` for a draft, also to its own agency."""
    issue, _activities = visible_issue(issue_id, viewer)
    if issue.published_at is None:
        raise NotFound
    return issue


def can_follow(issue: Issue | IssueView) -> bool:
    """Whether anything may still happen in it: it is public, of our own, and has not ended."""
    living = issue.closed_at is None and issue.annulled_at is None
    return living and issue.published_at is not None and issue.source is None


def own(person_id: int) -> ColumnElement[bool]:
    """The followings of a person: with the account, and by the account's address before there was one."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    return or_(Follow.person_id == person_id, Follow.email == address)


def follows(person_id: int | None, issue_id: int) -> bool:
    """Whether a person follows an issue; nobody does not."""
    if person_id is None:
        return False
    query = select(Follow.id).where(Follow.issue_id == issue_id, own(person_id))
    return db.session.scalar(query.limit(1)) is not None


def followed_by(person_id: int, after: Cursor | None) -> tuple[Sequence[Followed], Cursor | None]:
    """A page of what a person follows, newest first, and where the next page begins."""
    query = (
        select(Follow.id, Follow.lang, Follow.created_at, Issue, Agency.name_th, Agency.name_en)
        .join(Issue, Issue.id == Follow.issue_id)
        .join(Agency, Agency.id == Issue.agency_id)
        .where(own(person_id))
        .order_by(Follow.created_at.desc(), Follow.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(older_than(Follow.created_at, Follow.id, after))
    rows = db.session.execute(query).all()
    shown = rows[:PAGE]
    more = Cursor(shown[-1].created_at, shown[-1].id) if len(rows) > PAGE else None
    return [_followed(row) for row in shown], more


def follow_with_key(issue_id: int, key: str) -> Follow | None:
    """The following a link in a mail belongs to, or None: it has ended, or never was."""
    return db.session.scalar(select(Follow).where(Follow.key == key, Follow.issue_id == issue_id))


def waiting_request(token: str) -> FollowRequest | None:
    """What a confirmation link asks for; None when it is unknown, done or too old."""
    return db.session.scalar(
        select(FollowRequest).where(
            FollowRequest.digest == token_digest(token), FollowRequest.expires_at > now()
        )
    )


def _followed(row: Any) -> Followed:
    return Followed(
        issue_id=row.Issue.id,
        title=row.Issue.title,
        agency=Bilingual(row.name_th, row.name_en),
        lang=row.lang,
        since=row.created_at,
        ended=not can_follow(row.Issue),
    )
