"""Reading outreach: plain rows, one statement a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.agencies.sectors import SECTORS
from app.core.db import db
from app.core.errors import NotFound
from app.i18n.bilingual import Bilingual
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Issue
from app.issues.queries import IssueView
from app.outreach.models import Announcement, AnnouncementVersion, Contact, Group, Invited, Reply, Sending
from app.outreach.turnout import Turnout, heard_by_sector, work_out

PAGE = 100
"""Contacts on a page of the register."""

MOST_NAMED = 300
"""Contacts that can be ticked one by one on the page that invites."""


@dataclass(frozen=True)
class AnnouncementView:
    """One use of a channel with all its versions, the latest first."""

    id: int
    versions: Sequence[AnnouncementVersion]

    @property
    def now(self) -> AnnouncementVersion:
        """What stands."""
        return self.versions[0]


@dataclass(frozen=True)
class GroupView:
    """A group of the register, or one the issue names that is not in it yet (`id` None)."""

    id: int | None
    sector: str
    name: Bilingual
    people: int | None


@dataclass(frozen=True)
class SendingView:
    """A sending with its activity's title, how many were asked by it, and from which sectors."""

    sending: Sending
    activity: Bilingual
    number: int
    sectors: Mapping[str, int]


def announcements_of(issue_id: int) -> list[AnnouncementView]:
    """How people were told of an issue, the latest day first: one statement."""
    rows = db.session.scalars(
        select(AnnouncementVersion)
        .join(Announcement, Announcement.id == AnnouncementVersion.announcement_id)
        .where(Announcement.issue_id == issue_id)
        .order_by(AnnouncementVersion.announcement_id, AnnouncementVersion.number.desc())
    )
    found: dict[int, list[AnnouncementVersion]] = {}
    for row in rows:
        found.setdefault(row.announcement_id, []).append(row)
    views = [AnnouncementView(ident, versions) for ident, versions in found.items()]
    return sorted(views, key=lambda view: (view.now.from_on, view.id), reverse=True)


def announcement_version(announcement_id: int, number: int | None = None) -> tuple[int, AnnouncementVersion]:
    """A version, by default the latest, with its issue's id. Raises `NotFound`."""
    wanted: Any = Announcement.current if number is None else number
    row = db.session.execute(
        select(Announcement.issue_id, AnnouncementVersion)
        .join(
            AnnouncementVersion,
            and_(
                AnnouncementVersion.announcement_id == Announcement.id, AnnouncementVersion.number == wanted
            ),
        )
        .where(Announcement.id == announcement_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.issue_id, row.AnnouncementVersion


def register_groups(issue: IssueView) -> list[GroupView]:
    """The register's groups, then those of the issue that are not in it: one statement."""
    rows = db.session.scalars(select(Group).where(Group.issue_id == issue.id).order_by(Group.id))
    groups = [GroupView(row.id, row.sector, row.name, row.people) for row in rows]
    known = {group.name.th for group in groups}
    groups += [
        GroupView(None, group["sector"], Bilingual(group["th"], group["en"]), None)
        for group in issue.groups
        if group["th"] not in known
    ]
    return groups


def contact_numbers(issue_id: int) -> Mapping[str, int]:
    """How many contacts are kept, by sector: one statement."""
    rows = db.session.execute(
        select(Contact.sector, func.count())
        .where(Contact.issue_id == issue_id, Contact.erased_at.is_(None))
        .group_by(Contact.sector)
    )
    return {row[0]: row[1] for row in rows}


def contacts_of(
    issue_id: int, *, sector: str | None = None, after: int = 0, limit: int = PAGE
) -> Sequence[Contact]:
    """Contacts in the order in which they were entered, after this id: one statement."""
    query = select(Contact).where(
        Contact.issue_id == issue_id, Contact.erased_at.is_(None), Contact.id > after
    )
    if sector:
        query = query.where(Contact.sector == sector)
    return db.session.scalars(query.order_by(Contact.id).limit(limit)).all()


def contact_of(contact_id: int, issue_id: int) -> Contact:
    """A contact of this register. Raises `NotFound` for an erased one, too."""
    contact = db.session.get(Contact, contact_id)
    if contact is None or contact.issue_id != issue_id or contact.erased_at is not None:
        raise NotFound
    return contact


def sendings_of(issue_id: int) -> list[SendingView]:
    """The invitations of an issue, newest first: one statement."""
    rows = db.session.execute(
        select(Sending, Activity.title_th, Activity.title_en, Invited.sector, func.count().label("number"))
        .join(Activity, Activity.id == Sending.activity_id)
        .join(Invited, Invited.sending_id == Sending.id)
        .where(Sending.issue_id == issue_id)
        .group_by(Sending.id, Activity.id, Invited.sector)
        .order_by(Sending.id.desc())
    ).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.Sending.id, []).append(row)
    return [_sending(of_one) for of_one in found.values()]


def sending_of(sending_id: int) -> Sending:
    """A sending; whose it is, its issue tells. Raises `NotFound`."""
    found = db.session.get(Sending, sending_id)
    if found is None:
        raise NotFound
    return found


def wanted_number(issue_id: int, group_ids: Collection[int], contact_ids: Collection[int]) -> int:
    """How many contacts these groups and ticks stand for, whether they can be written to or not."""
    number = db.session.scalar(
        select(func.count()).where(
            Contact.issue_id == issue_id,
            Contact.erased_at.is_(None),
            Contact.group_id.in_(group_ids) | Contact.id.in_(contact_ids),
        )
    )
    return number or 0


def letters_of(sending_id: int) -> Sequence[Any]:
    """(Contact, token) of each letter of a sending that has not been posted: one statement."""
    return db.session.execute(
        select(Contact, Invited.token)
        .join(Invited, Invited.contact_id == Contact.id)
        .where(Invited.sending_id == sending_id, Invited.token.is_not(None), Contact.erased_at.is_(None))
        .order_by(Contact.id)
    ).all()


def reply_of(key: str) -> Reply | None:
    """The reply given with a link, found by its key."""
    return db.session.get(Reply, key)


def turnout_of(issue: IssueView, activities: Sequence[ActivityView]) -> Turnout:
    """Who was asked and who took part: three statements, and one for each kind of activity.

    Letters count as asked once they are posted.
    """
    asked = db.session.execute(
        select(Invited.sector, func.count())
        .join(Sending, Sending.id == Invited.sending_id)
        .where(Sending.issue_id == issue.id, Sending.sent_on.is_not(None))
        .group_by(Invited.sector)
    )
    sent = (
        select(Invited.group_id)
        .join(Sending, Sending.id == Invited.sending_id)
        .where(Sending.issue_id == issue.id, Sending.sent_on.is_not(None), Invited.group_id.is_not(None))
    )
    sizes = db.session.execute(
        select(Group.sector, func.sum(Group.people))
        .where(Group.issue_id == issue.id, Group.id.in_(sent), Group.people.is_not(None))
        .group_by(Group.sector)
    )
    replies = db.session.execute(
        select(Reply.sector, Reply.answer, func.count())
        .join(Activity, Activity.id == Reply.activity_id)
        .where(Activity.issue_id == issue.id)
        .group_by(Reply.sector, Reply.answer)
    )
    came, pending = heard_by_sector(activities)
    return work_out(
        named=[group["sector"] for group in issue.groups],
        asked={row[0]: row[1] for row in asked},
        sizes={row[0]: int(row[1] or 0) for row in sizes},
        replies={(row[0], row[1]): row[2] for row in replies},
        came=came,
        pending=pending,
    )


def uncontacted(issue: IssueView, groups: Sequence[GroupView], numbers: Mapping[str, int]) -> list[str]:
    """Sectors the issue or its register names without a single contact, in the order of `SECTORS`."""
    named = {group["sector"] for group in issue.groups} | {group.sector for group in groups}
    return [code for code in SECTORS if code in named and not numbers.get(code)]


def issues_at_work(agency_ids: Sequence[int]) -> Sequence[Any]:
    """(id, number, title, channels, contacts) of the agencies' own issues, newest first: one statement."""
    channels = select(func.count()).where(Announcement.issue_id == Issue.id).scalar_subquery()
    contacts = (
        select(func.count())
        .where(Contact.issue_id == Issue.id, Contact.erased_at.is_(None))
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Issue.id,
            Issue.number,
            Issue.title_th,
            Issue.title_en,
            channels.label("channels"),
            contacts.label("contacts"),
        )
        .where(
            Issue.agency_id.in_(agency_ids),
            Issue.source.is_(None),
            Issue.annulled_at.is_(None),
        )
        .order_by(Issue.id.desc())
        .limit(PAGE)
    ).all()


def _sending(rows: Sequence[Any]) -> SendingView:
    first = rows[0]
    return SendingView(
        sending=first.Sending,
        activity=Bilingual(first.title_th, first.title_en),
        number=sum(row.number for row in rows),
        sectors={row.sector: row.number for row in rows},
    )
