"""The office gives seats: the queue of applications, answers, representatives and their names, ending a seat."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import queries, seating
from app.activities.panels.codes import APPLICATION_MARKS, APPLICATION_STATES
from app.activities.panels.forms.seats import (
    AnswerForm,
    EndForm,
    RemoveNameForm,
    RepresentativeForm,
    offer_groups,
)
from app.activities.panels.models import Application, Member
from app.activities.panels.routes.blueprint import bp, handle, own, own_panel
from app.agencies.sectors import SECTORS
from app.core.errors import NotFound
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.web.pages import row_id


@bp.get("/<int:activity_id>/applications")
@requires("panels.seat")
def applications(activity_id: int) -> str:
    """The applications to a panel: those waiting, or those answered."""
    activity, issue, panel = own_panel(activity_id, "panels.seat")
    waiting = request.args.get("show") != "answered"
    return render_template(
        "panels/applications.html",
        activity=activity,
        issue=issue,
        panel=panel,
        waiting=waiting,
        page=queries.applications(activity_id, waiting=waiting, after=row_id("after")),
        counts=queries.counts_of(activity_id),
        states=APPLICATION_STATES,
        marks=APPLICATION_MARKS,
    )


@bp.route("/<int:activity_id>/applications/<int:application_id>", methods=["GET", "POST"])
@requires("panels.seat")
def answer(activity_id: int, application_id: int) -> ResponseReturnValue:
    """Give an applicant the seat, or decline, with the reason they are told."""
    viewer, form = current_viewer(), AnswerForm()
    activity, _issue = own(activity_id, "panels.seat")
    application, group, name = queries.application_in(activity_id, application_id)

    def act() -> Member | Application:
        verb = seating.seat_applicant if form.outcome.data == "seat" else seating.decline_applicant
        return verb(application_id=application_id, viewer=viewer, note=str(form.note.data))

    return handle(
        form,
        "panels.answer",
        act=act,
        to=lambda _done: url_for("panels.applications", activity_id=activity_id),
        page=lambda: render_template(
            "panels/answer.html",
            form=form,
            activity=activity,
            application=application,
            group=group,
            name=name,
            sectors=SECTORS,
        ),
    )


@bp.route("/<int:activity_id>/representatives/new", methods=["GET", "POST"])
@requires("panels.seat")
def representative(activity_id: int) -> ResponseReturnValue:
    """Seat somebody who has no account, in the agency's own name."""
    viewer = current_viewer()
    activity, _issue, panel = own_panel(activity_id, "panels.seat")
    form = RepresentativeForm()
    offer_groups(form, panel.groups)
    return handle(
        form,
        "panels.representative",
        act=lambda: seating.name_representative(
            activity_id=activity_id,
            group_id=form.group_id.data,
            viewer=viewer,
            name=str(form.name.data),
            organisation=str(form.organisation.data),
            show_name=form.show_name.data,
        ),
        to=lambda _member: url_for("panels.manage", activity_id=activity_id, _anchor="members"),
        page=lambda: render_template(
            "panels/representative.html", form=form, activity=activity, panel=panel, sectors=SECTORS
        ),
    )


@bp.route("/<int:activity_id>/members/<int:member_id>/end", methods=["GET", "POST"])
@requires("panels.seat")
def end(activity_id: int, member_id: int) -> ResponseReturnValue:
    """End a membership, with the reason the member is told."""
    viewer, form = current_viewer(), EndForm()
    activity, _issue = own(activity_id, "panels.seat")
    member, group = queries.member_in(activity_id, member_id)
    return handle(
        form,
        "panels.end",
        act=lambda: seating.end_membership(member_id=member_id, viewer=viewer, reason=str(form.reason.data)),
        to=lambda _member: url_for("panels.manage", activity_id=activity_id, _anchor="members"),
        page=lambda: render_template(
            "panels/end.html", form=form, activity=activity, member=member, group=group
        ),
    )


@bp.route("/<int:activity_id>/members/<int:member_id>/name", methods=["GET", "POST"])
@requires("panels.seat")
def remove_name(activity_id: int, member_id: int) -> ResponseReturnValue:
    """Take the name of a representative without an account off the pages, at their wish."""
    viewer, form = current_viewer(), RemoveNameForm()
    activity, _issue = own(activity_id, "panels.seat")
    member, group = queries.member_in(activity_id, member_id)
    if not member.named or member.erased_at is not None:
        raise NotFound
    form.offer(member)

    def act() -> Member:
        verb = seating.hide_name if form.wish.data == "hide" else seating.erase_representative
        return verb(member_id=member_id, viewer=viewer)

    return handle(
        form,
        "panels.remove_name",
        act=act,
        to=lambda _member: url_for("panels.manage", activity_id=activity_id, _anchor="members"),
        page=lambda: render_template(
            "panels/remove_name.html", form=form, activity=activity, member=member, group=group
        ),
    )
