"""What everyone may read: how people were told, who was asked, who came, who stayed away."""

from __future__ import annotations

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from app.agencies.sectors import SECTORS
from app.core.errors import NotFound
from app.core.files import path_of
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.queries import visible_issue
from app.outreach import queries
from app.outreach.codes import ANSWERS, CHANNELS, KNOWN_BY
from app.outreach.routes.blueprint import bp


@bp.get("/issue/<int:issue_id>")
@public
def issue(issue_id: int) -> str:
    """Channels and reach, and the turnout by sector."""
    view, activities = visible_issue(issue_id, current_viewer())
    return render_template(
        "outreach/issue.html",
        issue=view,
        announcements=queries.announcements_of(issue_id),
        turnout=queries.turnout_of(view, activities),
        channels=CHANNELS,
        known_by=KNOWN_BY,
        answers=ANSWERS,
        sectors=SECTORS,
    )


@bp.get("/announcements/<int:announcement_id>/<int:number>/<sha256>")
@public
def file(announcement_id: int, number: int, sha256: str) -> ResponseReturnValue:
    """The photo or document of a version: always a download, never shown inside our pages."""
    issue_id, version = queries.announcement_version(announcement_id, number)
    visible_issue(issue_id, current_viewer())
    if version.sha256 is None or version.sha256 != sha256:
        raise NotFound
    return send_file(
        path_of(version.sha256),
        mimetype=version.media,
        as_attachment=True,
        download_name=version.file_name,
    )
