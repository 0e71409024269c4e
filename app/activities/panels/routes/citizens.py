"""Reading a panel and its meetings, applying for a seat, and one's own applications and seats."""

from __future__ import annotations

from flask import render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import queries, service
from app.activities.panels.codes import APPLICATION_MARKS, APPLICATION_STATES, VERDICT_MARKS
from app.activities.panels.forms.seats import ApplyForm, ButtonForm, NameForm, offer_groups
from app.activities.panels.holds import KIND_CODE
from app.activities.panels.models import Minutes
from app.activities.panels.routes.blueprint import bp, handle, source_url
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.errors import NotFound
from app.core.files import path_of
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.issues.told import credits_in
from app.issues.verdicts import VERDICTS
from app.web.pages import row_id


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """The panel whole: what it is for, who sits for whom, when it meets, what it decided and why."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    panel = queries.panel_of(activity_id)
    meetings = queries.meetings_of(activity_id)
    return render_template(
        "panels/show.html",
        activity=activity,
        issue=issue,
        panel=panel,
        roster=queries.roster(activity_id),
        coming=[row for row in meetings if row.Meeting.ends_at > now()],
        held=[row for row in meetings if row.Meeting.ends_at <= now()][::-1],
        decisions=queries.decisions_of(activity_id),
        sectors=SECTORS,
        verdicts=VERDICTS,
        verdict_marks=VERDICT_MARKS,
        source_url=source_url,
        credits=credits_in(issue.id),
    )


@bp.get("/<int:activity_id>/meetings/<int:meeting_id>")
@public
def meeting(activity_id: int, meeting_id: int) -> str:
    """One meeting: when and where, the agenda, who came, the minutes and what was decided."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    found = queries.meeting_in(activity_id, meeting_id)
    versions = [version for version in queries.minutes_of(meeting_id) if version.adopted_at is not None]
    minutes = _asked_version(versions)
    return render_template(
        "panels/meeting.html",
        activity=activity,
        issue=issue,
        panel=queries.panel_of(activity_id),
        meeting=found,
        versions=versions,
        minutes=minutes,
        files=queries.files_of(minutes.id) if minutes else (),
        decisions=queries.decisions_of(activity_id, meeting_id),
        verdicts=VERDICTS,
        verdict_marks=VERDICT_MARKS,
        source_url=source_url,
        credits=credits_in(issue.id),
    )


@bp.get("/<int:activity_id>/files/<int:attachment_id>")
@public
def file(activity_id: int, attachment_id: int) -> ResponseReturnValue:
    """A file of adopted minutes, always as a download; one of a draft is the office's alone."""
    viewer = current_viewer()
    _activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    found, minutes = queries.file_in(activity_id, attachment_id)
    if minutes.adopted_at is None and not viewer.may("panels.minute", issue.agency_id):
        raise NotFound
    return send_file(
        path_of(found.sha256), mimetype=found.media, as_attachment=True, download_name=found.file_name
    )


@bp.route("/<int:activity_id>/apply", methods=["GET", "POST"])
@requires("panels.apply")
def apply(activity_id: int) -> ResponseReturnValue:
    """Apply for a seat in a group."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    panel = queries.panel_of(activity_id)
    if panel is None:
        raise NotFound
    waiting, seat = queries.own_standing(activity_id, viewer.person_id or 0)
    form = ApplyForm()
    offer_groups(form, panel.groups)
    return handle(
        form,
        "panels.apply",
        act=lambda: service.apply_for_seat(
            activity_id=activity_id,
            viewer=viewer,
            group_id=form.group_id.data,
            reason=str(form.reason.data),
            show_name=form.show_name.data,
            consent_version=form.consent.version,
        ),
        to=lambda done: url_for("panels.applied", activity_id=activity_id, application_id=done.id),
        page=lambda: render_template(
            "panels/apply.html",
            form=form,
            activity=activity,
            issue=issue,
            panel=panel,
            sectors=SECTORS,
            waiting=waiting,
            seat=seat,
        ),
    )


@bp.get("/<int:activity_id>/applied/<int:application_id>")
@requires("panels.apply")
def applied(activity_id: int, application_id: int) -> str:
    """What happens next, for the applicant alone."""
    viewer = current_viewer()
    application, group, _name = queries.application_in(activity_id, application_id)
    if application.person_id != viewer.person_id:
        raise NotFound
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    return render_template(
        "panels/applied.html", application=application, group=group, activity=activity, issue=issue
    )


@bp.get("/mine")
@requires("panels.apply")
def mine() -> str:
    """The viewer's applications and seats."""
    before = row_id("before")
    return render_template(
        "panels/mine.html",
        page=queries.own_applications(current_viewer().person_id or 0, before),
        before=before,
        states=APPLICATION_STATES,
        marks=APPLICATION_MARKS,
    )


@bp.route("/<int:activity_id>/withdraw/<int:application_id>", methods=["GET", "POST"])
@requires("panels.apply")
def withdraw(activity_id: int, application_id: int) -> ResponseReturnValue:
    """Take one's own application back."""
    viewer, form = current_viewer(), ButtonForm()
    application, group, _name = queries.application_in(activity_id, application_id)
    if application.person_id != viewer.person_id:
        raise NotFound
    activity, _issue = visible_activity(activity_id, KIND_CODE, viewer)
    return handle(
        form,
        "panels.withdraw",
        act=lambda: service.withdraw_application(application_id=application_id, viewer=viewer),
        to=lambda _done: url_for("panels.mine"),
        page=lambda: render_template(
            "panels/withdraw.html", form=form, activity=activity, application=application, group=group
        ),
    )


@bp.route("/<int:activity_id>/leave", methods=["GET", "POST"])
@requires("panels.apply")
def leave(activity_id: int) -> ResponseReturnValue:
    """Give up one's own seat."""
    viewer, form = current_viewer(), ButtonForm()
    activity, _issue = visible_activity(activity_id, KIND_CODE, viewer)
    return handle(
        form,
        "panels.leave",
        act=lambda: service.leave_panel(activity_id=activity_id, viewer=viewer),
        to=lambda _done: url_for("panels.mine"),
        page=lambda: render_template("panels/leave.html", form=form, activity=activity),
    )


@bp.route("/<int:activity_id>/name", methods=["GET", "POST"])
@requires("panels.apply")
def name(activity_id: int) -> ResponseReturnValue:
    """Choose whether one's name stands in the public list of members."""
    viewer = current_viewer()
    activity, _issue = visible_activity(activity_id, KIND_CODE, viewer)
    _waiting, seat = queries.own_standing(activity_id, viewer.person_id or 0)
    if seat is None:
        raise NotFound
    form = NameForm(obj=seat)
    return handle(
        form,
        "panels.name",
        act=lambda: service.choose_name(
            activity_id=activity_id, viewer=viewer, show_name=form.show_name.data
        ),
        to=lambda _done: url_for("panels.mine"),
        page=lambda: render_template("panels/name.html", form=form, activity=activity, seat=seat),
    )


def _asked_version(versions: list[Minutes]) -> Minutes | None:
    """The version asked for, or the newest; None while nothing is adopted."""
    asked = row_id("version")
    named = [version for version in versions if version.version == asked]
    return next(iter(named or versions), None)
