"""A session as a calendar file (RFC 5545) and a ticket as a QR code.

The file names the session by its stable `uid`; SEQUENCE rises with every change, and a cancelled session says so, so
that a calendar that takes the file in again corrects its own entry.
"""

from __future__ import annotations

from datetime import UTC, datetime

import segno
from icalendar import Calendar, Event
from markupsafe import Markup

from app.activities.forums.models import Session
from app.agencies.models import Area
from app.i18n import _, current_language
from app.i18n.bilingual import Bilingual, bi_plain
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView
from app.web.pages import address_of

MEDIA = "text/calendar"
QR_SCALE = 6
"""Pixels of one dot: about 4 cm on a telephone and on paper."""


def calendar_file(
    session: Session, activity: ActivityView, issue: IssueView, area: Area | None, *, registered: bool
) -> bytes:
    """The file in the page's language. The online address stands in that of somebody registered alone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ruamkhit//Forums//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if session.cancelled_at else "PUBLISH")
    calendar.add_component(_event(session, activity, issue, area, registered=registered))
    return bytes(calendar.to_ical())


def qr_code(token: str) -> Markup:
    """The code to show at the door: the address of the arrival page, which holds nothing of the person."""
    code = segno.make(arrival_address(token), error="m", micro=False)
    return Markup(code.svg_inline(scale=QR_SCALE, border=4, light="#fff", dark="#000"))


def arrival_address(token: str) -> str:
    """Where an officer confirms the arrival."""
    return address_of("forums.arrive", current_language(), token=token)


def _event(
    session: Session, activity: ActivityView, issue: IssueView, area: Area | None, *, registered: bool
) -> Event:
    page = address_of(
        "forums.session", current_language(), activity_id=session.activity_id, session_id=session.id
    )
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", session.sequence)
    event.add("dtstamp", _touched(session))
    event.add("last-modified", _touched(session))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", bi_plain(session.title))
    event.add("description", _description(session, activity, issue, page, registered=registered))
    event.add("url", page)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if session.cancelled_at else "OPAQUE")
    if where := _where(session, area, registered=registered):
        event.add("location", where)
    if session.coordinates:
        latitude, _comma, longitude = session.coordinates.partition(",")
        event.add("geo", (float(latitude), float(longitude)))
    return event


def _touched(session: Session) -> datetime:
    last = session.cancelled_at or session.changed_at or session.announced_at or session.made_at
    return last.astimezone(UTC).replace(microsecond=0)


def _description(
    session: Session, activity: ActivityView, issue: IssueView, page: str, *, registered: bool
) -> str:
    lines = [bi_plain(activity.title), bi_plain(issue.title), bi_plain(issue.agency)]
    if session.cancel_reason:
        lines.append(_("Cancelled: %(reason)s", reason=bi_plain(session.cancel_reason)))
    if registered and session.online_url:
        lines.append(_("Join online: %(address)s", address=session.online_url))
    return "\n".join([*lines, page])


def _where(session: Session, area: Area | None, *, registered: bool) -> str:
    parts: list[Bilingual | None] = [session.place, session.address, area.name if area else None]
    told = [bi_plain(part) for part in parts if part is not None]
    if told:
        return ", ".join(told)
    return (session.online_url if registered else None) or _("Online")
