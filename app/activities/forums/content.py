"""What an officer says about a forum and its sessions, and what must be true of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

from app.activities.forums.codes import ACCESS, MODES
from app.activities.forums.models import MOST_SEATS
from app.agencies.models import Area
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.issues.kinds import ActivityView

FARTHEST = timedelta(days=730)
"""Nobody can say today where a forum will be in more than two years."""


class ForumContent(TypedDict):
    """What an officer says about a forum as a whole."""

    form: str
    purpose_th: str
    purpose_en: str | None


class SessionContent(TypedDict):
    """What an officer says about a session. The moments are aware; `seats` count the room's, 0 where nobody comes
    to a place, `online_seats` those behind the online address. `coordinates` is "latitude, longitude".
    """

    title_th: str
    title_en: str | None
    mode: str
    starts_at: datetime
    ends_at: datetime
    register_until: datetime
    place_th: str | None
    place_en: str | None
    address_th: str | None
    address_en: str | None
    area_code: str | None
    coordinates: str | None
    online_url: str | None
    seats: int
    online_seats: int
    access: list[str]


def check_session(content: SessionContent, activity: ActivityView) -> None:
    """Refuse, at its field, what cannot be a session of this activity. Raises `DomainError`."""
    if not content["title_th"]:
        raise DomainError(_l("Enter the title in Thai."), "title_th")
    if content["mode"] not in MODES or not set(content["access"]) <= set(ACCESS):
        raise DomainError(_l("Choose one of the answers on the page."), "mode")
    _check_time(content, activity)
    _check_place(content)


def _check_time(content: SessionContent, activity: ActivityView) -> None:
    starts_at, ends_at = content["starts_at"], content["ends_at"]
    if ends_at <= starts_at:
        raise DomainError(_l("The session must end after it begins."), "until")
    if local_day(ends_at) != local_day(starts_at):
        raise DomainError(_l("A session ends on the day on which it begins. Add one for each day."), "until")
    if starts_at <= now():
        raise DomainError(_l("Choose a time that is still to come."), "starts_at")
    if starts_at > now() + FARTHEST:
        raise DomainError(_l("Choose a day within the next two years."), "starts_at")
    if starts_at < activity.opens_at:
        raise DomainError(_l("The forum's activity has not begun by then. Choose a later day."), "starts_at")
    if activity.closes_at is not None and ends_at > activity.closes_at:
        raise DomainError(
            _l("The forum's activity is over by then. Choose an earlier day, or extend the activity."),
            "starts_at",
        )
    if content["register_until"] > starts_at:
        raise DomainError(_l("Registration ends when the session begins, or before."), "register_until")


def _check_place(content: SessionContent) -> None:
    online, person = content["mode"] != "person", content["mode"] != "online"
    if person and not content["place_th"]:
        raise DomainError(_l("Say in Thai where people come to."), "place_th")
    if not person and any(content[part] for part in ("place_th", "place_en", "address_th", "address_en")):
        raise DomainError(_l("An online session has no place. Clear it, or choose another way."), "place_th")
    if not online and content["online_url"]:
        message = _l("Nobody takes part online. Clear the address, or choose another way.")
        raise DomainError(message, "online_url")
    for name, wanted in (("seats", person), ("online_seats", online)):
        number: int = content[name]  # type: ignore[literal-required]
        if wanted and not 1 <= number <= MOST_SEATS:
            raise DomainError(_l("Enter a number from 1 to %(most)s.", most=MOST_SEATS), name)
        if not wanted and number:
            raise DomainError(_l("Nobody takes part this way. Leave it empty."), name)
    if content["area_code"] is not None and db.session.get(Area, content["area_code"]) is None:
        raise DomainError(_l("Choose an area from the list"), "area_code")
