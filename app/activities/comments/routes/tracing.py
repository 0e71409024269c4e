"""What became of what people said: the themes with their answers, one with its comments, and what changed."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.activities.comments import queries
from app.activities.comments.render import VERDICT_MARKS
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.core.clock import now
from app.core.errors import NotFound
from app.i18n.dates import local_day
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.issues.told import outcomes_in
from app.issues.verdicts import VERDICTS
from app.web.pages import row_id


@bp.get("/<int:activity_id>/themes")
@public
def themes(activity_id: int) -> str:
    """What people said, put together, with the agency's answers."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return render_template(
        "comments/themes.html",
        activity=activity,
        issue=issue,
        themes=queries.themes_in(activity_id),
        verdicts=VERDICTS,
        marks=VERDICT_MARKS,
        today=local_day(now()),
    )


@bp.get("/<int:activity_id>/themes/<int:theme_id>")
@public
def theme(activity_id: int, theme_id: int) -> str:
    """One theme: the answer, and every comment it is for."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    found = queries.theme_in(activity_id, theme_id)
    before = row_id("before")
    return render_template(
        "comments/theme.html",
        activity=activity,
        issue=issue,
        theme=found,
        page=queries.members(theme_id, before),
        before=before,
        today=local_day(now()),
    )


@bp.get("/<int:activity_id>/outcome")
@public
def outcome(activity_id: int) -> ResponseReturnValue:
    """Lead to the document version, decision or result that an answer names, if it is still public."""
    _activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    of = request.args.get("of", "")
    for one in outcomes_in(issue.id):
        if one.key == of:
            return redirect(one.address.url())
    raise NotFound
