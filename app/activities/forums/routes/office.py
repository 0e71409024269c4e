"""The office's desk: its forums, one forum at work, and what it is for."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.activities.forums import queries, sessions
from app.activities.forums.codes import FORM_HINTS, FORMS, MODES
from app.activities.forums.forms.sessions import ForumForm
from app.activities.forums.routes.blueprint import bp, handle, own
from app.core.clock import now
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.nav import NavItem, announce

announce(NavItem(_l("Issues"), _l("Forums"), "forums.desk", "forums.manage", order=34))


@bp.get("/desk")
@requires("forums.manage")
def desk() -> str:
    """The agency's forums, with what waits in each."""
    rows = queries.desk(current_viewer().agencies("forums.manage"))
    return render_template("forums/desk.html", rows=rows, forms=FORMS)


@bp.get("/<int:activity_id>/manage")
@requires("forums.manage")
def manage(activity_id: int) -> str:
    """One forum at work: its sessions with their lists, minutes and pictures."""
    activity, issue = own(activity_id, "forums.manage")
    return render_template(
        "forums/manage.html",
        activity=activity,
        issue=issue,
        forum=queries.forum_of(activity_id),
        rows=queries.sessions_of(activity_id),
        forms=FORMS,
        modes=MODES,
        moment=now(),
    )


@bp.route("/<int:activity_id>/setup", methods=["GET", "POST"])
@requires("forums.prepare")
def setup(activity_id: int) -> ResponseReturnValue:
    """Say what kind of meeting it is and what it is for."""
    activity, issue = own(activity_id, "forums.prepare")
    forum = queries.forum_of(activity_id)
    form = ForumForm(obj=forum)
    return handle(
        form,
        "forums.setup",
        act=lambda: sessions.prepare_forum(
            activity_id=activity_id, viewer=current_viewer(), content=form.content
        ),
        to=lambda _forum: url_for("forums.manage", activity_id=activity_id),
        page=lambda: render_template(
            "forums/setup.html",
            form=form,
            activity=activity,
            issue=issue,
            forum=forum,
            hints=FORM_HINTS,
            fixed=activity.state not in ("draft", "upcoming") and forum is not None,
        ),
    )
