"""Reading a forum: its sessions, one session with what remains of it, its files, pictures and calendar entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from app.activities.forums import calendar, queries
from app.activities.forums.codes import ACCESS, FORMS, MODES
from app.activities.forums.holds import KIND_CODE
from app.activities.forums.models import Minutes, Session
from app.activities.forums.routes.blueprint import bp
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.files import path_of
from app.i18n.bilingual import Bilingual
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.hiding import shown, shown_total
from app.issues.queries import visible_activity
from app.web.pages import row_id


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """The forum whole: what it is for, the sessions to come and those held."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    rows = queries.sessions_of(activity_id)
    moment = now()
    return render_template(
        "forums/show.html",
        activity=activity,
        issue=issue,
        forum=queries.forum_of(activity_id),
        coming=[row for row in rows if row.Session.ends_at > moment],
        held=[row for row in rows if row.Session.ends_at <= moment][::-1],
        moment=moment,
        forms=FORMS,
        modes=MODES,
    )


@bp.get("/<int:activity_id>/sessions/<int:session_id>")
@public
def session(activity_id: int, session_id: int) -> str:
    """One session: when and where, what is there for everyone, and afterwards what was said and who came."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    row = queries.session_in(activity_id, session_id)
    versions = queries.minutes_of(session_id)
    return render_template(
        "forums/session.html",
        activity=activity,
        issue=issue,
        session=row.Session,
        area=row.Area,
        earlier=earlier_of(row.Session),
        materials=queries.materials_of(session_id),
        versions=versions,
        minutes=_asked_version(list(versions)),
        photos=queries.photos_of(session_id),
        attendance=attendance_shown,
        access=ACCESS,
        modes=MODES,
        sectors=SECTORS,
        moment=now(),
    )


@bp.get("/<int:activity_id>/sessions/<int:session_id>/calendar.ics")
@public
def calendar_entry(activity_id: int, session_id: int) -> Response:
    """The session for a calendar, without the online address."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    row = queries.session_in(activity_id, session_id)
    return ics(calendar.calendar_file(row.Session, activity, issue, row.Area, registered=False), session_id)


@bp.get("/<int:activity_id>/materials/<int:material_id>")
@public
def material(activity_id: int, material_id: int) -> ResponseReturnValue:
    """A file put with a session, always as a download."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    found = queries.material_in(activity_id, material_id)
    return send_file(
        path_of(found.sha256), mimetype=found.media, as_attachment=True, download_name=found.file_name
    )


@bp.get("/<int:activity_id>/photos/<int:photo_id>")
@public
def photo(activity_id: int, photo_id: int) -> ResponseReturnValue:
    """A picture of a session; a withdrawn one is gone at once."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    return send_file(path_of(queries.photo_in(activity_id, photo_id).sha256), mimetype="image/jpeg")


def ics(content: bytes, session_id: int) -> Response:
    """A calendar file as an answer."""
    response = Response(content, mimetype=calendar.MEDIA)
    response.headers["Content-Type"] = f"{calendar.MEDIA}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="session-{session_id}.ics"'
    return response


def earlier_of(session: Session) -> list[dict[str, Any]]:
    """When and where a session was to be before, the newest first, as pages show it."""
    return [
        {
            "starts_at": datetime.fromisoformat(before["starts_at"]),
            "ends_at": datetime.fromisoformat(before["ends_at"]),
            "place": Bilingual(before["place_th"], before["place_en"]) if before["place_th"] else None,
            "until": before["until"],
        }
        for before in reversed(session.earlier)
    ]


def attendance_shown(counts: dict[str, int]) -> dict[str, Any]:
    """Who came, as everyone may read it: the total, and each sector's number or None."""
    return {"total": shown_total(sum(counts.values())), "sectors": shown(counts)}


def _asked_version(versions: list[Minutes]) -> Minutes | None:
    """The version asked for, or the newest; None while nothing is published."""
    asked = row_id("version")
    named = [version for version in versions if version.version == asked]
    return next(iter(named or versions), None)
