"""The programme of an issue: its dated activities."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.errors import NotFound
from app.i18n.dates import last_day, local_day, start_of_day
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues import schedule
from app.issues.forms import ActivityForm, ConfirmForm, reason_of
from app.issues.kinds import ActivityView, Kind, all_kinds, kind_of, kinds_for
from app.issues.levels import LEVELS
from app.issues.models import Activity, Issue
from app.issues.notice import SURENESS, Reason, rules_for
from app.issues.queries import IssueView, own_activity
from app.issues.routes.blueprint import bp, handle, own
from app.issues.schedule import ActivityContent


@bp.route("/<int:issue_id>/activities/new", methods=["GET", "POST"])
@requires("issues.draft")
def add_activity(issue_id: int) -> ResponseReturnValue:
    """Choose a kind of activity, then say what, when, at which level and stage."""
    issue, _activities, actor = own(issue_id, "issues.draft")
    code = request.args.get("kind")
    if code is None:
        kinds = kinds_for(issue.level or 1)
        return render_template("issues/choose_kind.html", issue=issue, kinds=kinds, levels=LEVELS)
    kind = _offered(code, issue)
    form = _form(kind, issue)
    return handle(
        form,
        f"issues.add.{code}",
        act=lambda: schedule.add_activity(
            issue_id=issue_id, kind=code, content=_content(form), actor=actor, reason=_reason(form)
        ),
        to=lambda activity: url_for(kind.setup, activity_id=activity.id),
        page=lambda: _page(form, issue, kind),
    )


@bp.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@requires("issues.draft")
def edit_activity(activity_id: int) -> ResponseReturnValue:
    """Change an activity as far as people are not yet relying on it."""
    activity, issue, actor = _own_activity(activity_id)
    kind = kind_of(activity.kind)
    form = _form(kind, issue, activity)

    def page() -> str:
        activity, issue, _actor = _own_activity(activity_id)
        row = db.session.get_one(Activity, activity_id)
        stale = form.stands_on(schedule.activity_digest(row, db.session.get_one(Issue, issue.id)))
        return _page(form, issue, kind, activity, stale)

    return handle(
        form,
        "issues.edit_activity",
        act=lambda: schedule.revise_activity(
            activity_id=activity_id,
            content=_content(form, activity),
            actor=actor,
            seen=form.seen.data or "",
            reason=_reason(form),
        ),
        to=lambda _activity: url_for("issues.prepare", issue_id=issue.id),
        page=page,
    )


@bp.route("/activities/<int:activity_id>/remove", methods=["GET", "POST"])
@requires("issues.draft")
def remove_activity(activity_id: int) -> ResponseReturnValue:
    """Cancel an activity that has not opened."""
    activity, issue, actor = _own_activity(activity_id)
    form = ConfirmForm()
    return handle(
        form,
        "issues.remove_activity",
        act=lambda: schedule.remove_activity(activity_id=activity_id, actor=actor),
        to=lambda _activity: url_for("issues.prepare", issue_id=issue.id),
        page=lambda: render_template(
            "issues/remove_activity.html", form=form, issue=issue, activity=activity
        ),
    )


def _own_activity(activity_id: int) -> tuple[ActivityView, IssueView, Any]:
    viewer = current_viewer()
    row = db.session.get(Activity, activity_id)
    if row is None:
        raise NotFound
    activity, issue = own_activity(activity_id, row.kind, "issues.draft", viewer)
    return activity, issue, viewer.acting("issues.draft", issue.agency_id)


def _offered(code: str, issue: IssueView) -> Kind:
    if code not in {kind.code for kind in all_kinds()}:
        abort(404)
    kind = kind_of(code)
    return kind if min(kind.levels) <= (issue.level or 1) else abort(404)


def _form(kind: Kind, issue: IssueView, activity: ActivityView | None = None) -> ActivityForm:
    levels = sorted(level for level in kind.levels if level <= (issue.level or 1))
    stored: dict[str, Any] = {"level": levels[-1], "stage": kind.stages[0]}
    if activity is not None:
        stored = {
            "title_th": activity.title.th,
            "title_en": activity.title.en,
            "level": activity.level,
            "stage": activity.stage,
            "opens_on": local_day(activity.opens_at),
            "closes_on": activity.closes_at,
        }
    form = ActivityForm(data=stored)
    form.offer(levels, kind.stages)
    if issue.published_at is None or not rules_for(issue.legal_basis):
        del form.reason_th  # A draft's rules are looked at when it is published.
        del form.reason_en
    return form


def _reason(form: ActivityForm) -> Reason | None:
    return reason_of(form, "reason") if form.reason_th else None


def _content(form: ActivityForm, activity: ActivityView | None = None) -> ActivityContent:
    return ActivityContent(
        level=form.level.data,
        stage=form.stage.data,
        title_th=form.title_th.data or "",
        title_en=form.title_en.data or None,
        opens_at=_opening(form.opens_on.data, activity),
        closes_at=_closing(form.closes_on.data, activity),
    )


def _opening(day: date, activity: ActivityView | None) -> datetime:
    """The first moment of the day; a stored hour of that day stays as it was."""
    if activity is not None and local_day(activity.opens_at) == day:
        opens_at: datetime = activity.opens_at
        return opens_at
    return start_of_day(day)


def _closing(bound: datetime | None, activity: ActivityView | None) -> datetime | None:
    stored: datetime | None = activity.closes_at if activity else None
    if bound is not None and stored is not None and last_day(stored) == last_day(bound):
        return stored
    return bound


def _page(
    form: ActivityForm,
    issue: IssueView,
    kind: Kind,
    activity: ActivityView | None = None,
    stale: bool = False,
) -> str:
    return render_template(
        "issues/activity.html",
        form=form,
        issue=issue,
        kind=kind,
        activity=activity,
        levels=LEVELS,
        rules=rules_for(issue.legal_basis),
        sureness=SURENESS,
        stale=stale,
    )
