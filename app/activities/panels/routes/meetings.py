"""The office calls meetings, changes or cancels them, and notes who came."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import meetings, queries
from app.activities.panels.forms.meetings import (
    AttendanceBase,
    CancelForm,
    MeetingForm,
    attendance_form,
)
from app.activities.panels.forms.shared import typed_lines
from app.activities.panels.models import Meeting, Member
from app.activities.panels.routes.blueprint import bp, handle, own, own_panel
from app.core.clock import now
from app.i18n.dates import local
from app.identity.permissions import requires
from app.identity.viewer import current_viewer


@bp.route("/<int:activity_id>/meetings/new", methods=["GET", "POST"])
@requires("panels.meet")
def call(activity_id: int) -> ResponseReturnValue:
    """Call a meeting and invite the members."""
    viewer, form = current_viewer(), MeetingForm()
    activity, _issue, _panel = own_panel(activity_id, "panels.meet")
    return handle(
        form,
        "panels.call",
        act=lambda: meetings.call_meeting(activity_id=activity_id, viewer=viewer, content=form.content),
        to=lambda _meeting: url_for("panels.manage", activity_id=activity_id, _anchor="meetings"),
        page=lambda: render_template("panels/call.html", form=form, activity=activity, meeting=None),
    )


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/change", methods=["GET", "POST"])
@requires("panels.meet")
def change(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Change what a meeting was called for."""
    viewer = current_viewer()
    activity, _issue = own(activity_id, "panels.meet")
    meeting = queries.meeting_in(activity_id, meeting_id)
    form = MeetingForm(obj=meeting, data=_typed(meeting))
    return handle(
        form,
        "panels.change",
        act=lambda: meetings.change_meeting(meeting_id=meeting_id, viewer=viewer, content=form.content),
        to=lambda _meeting: url_for("panels.manage", activity_id=activity_id, _anchor="meetings"),
        page=lambda: render_template("panels/call.html", form=form, activity=activity, meeting=meeting),
    )


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/cancel", methods=["GET", "POST"])
@requires("panels.meet")
def cancel(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Cancel a meeting, for a reason everyone reads."""
    viewer, form = current_viewer(), CancelForm()
    activity, _issue = own(activity_id, "panels.meet")
    meeting = queries.meeting_in(activity_id, meeting_id)
    return handle(
        form,
        "panels.cancel",
        act=lambda: meetings.cancel_meeting(
            meeting_id=meeting_id,
            viewer=viewer,
            reason_th=str(form.reason_th.data),
            reason_en=form.reason_en.data or None,
        ),
        to=lambda _meeting: url_for("panels.manage", activity_id=activity_id, _anchor="meetings"),
        page=lambda: render_template("panels/cancel.html", form=form, activity=activity, meeting=meeting),
    )


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/attendance", methods=["GET", "POST"])
@requires("panels.meet")
def attendance(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Tick who came."""
    viewer = current_viewer()
    activity, _issue, panel = own_panel(activity_id, "panels.meet")
    meeting = queries.meeting_in(activity_id, meeting_id)
    members = queries.members_at(meeting)
    form = _attendance_form(meeting, members)
    return handle(
        form,
        "panels.attendance",
        act=lambda: meetings.record_attendance(
            meeting_id=meeting_id,
            viewer=viewer,
            came=form.came.data or (),
            absences=form.absences,
            officials=form.officials,
        ),
        to=lambda _meeting: url_for("panels.minutes", activity_id=activity_id, meeting_id=meeting_id),
        page=lambda: render_template(
            "panels/attendance.html",
            form=form,
            activity=activity,
            meeting=meeting,
            panel=panel,
            members=members,
            begun=meeting.starts_at <= now(),
        ),
    )


def _typed(meeting: Meeting) -> dict[str, str]:
    """What a meeting's row holds in another shape than its form."""
    return {
        "until": f"{local(meeting.ends_at):%H.%M}",
        "agenda_th": typed_lines(meeting.agenda, "th"),
        "agenda_en": typed_lines(meeting.agenda, "en"),
    }


def _attendance_form(meeting: Meeting, members: Sequence[Member]) -> AttendanceBase:
    ticks = queries.ticks_of(meeting.id)
    data = {f"absence_{ident}": tick.absence for ident, tick in ticks.items()}
    form = attendance_form({member.id: member.name or "" for member in members})(
        data={
            **data,
            "came": [ident for ident, tick in ticks.items() if tick.came],
            "officials_th": typed_lines(meeting.officials, "th"),
            "officials_en": typed_lines(meeting.officials, "en"),
        }
    )
    form.came.choices = [(member.id, member.name or "") for member in members]
    return form
