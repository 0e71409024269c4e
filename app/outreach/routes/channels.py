"""The office: an issue's outreach with what is missing, and the channels by which people were told."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.agencies.sectors import SECTORS
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import IssueView
from app.outreach import queries, service
from app.outreach.codes import CHANNELS, KNOWN_BY
from app.outreach.forms.channels import ButtonForm, ChannelForm, CorrectChannelForm, TakeBackForm, values_of
from app.outreach.models import AnnouncementVersion
from app.outreach.routes.blueprint import bp, handle, own
from app.web.nav import NavItem, announce

PERMISSION = "outreach.record"

announce(NavItem(_l("Issues"), _l("Outreach"), "outreach.desk", PERMISSION, order=30))


@bp.get("/desk")
@requires("outreach.record")
def desk() -> str:
    """The agency's issues with how many channels and contacts each has."""
    agencies = current_viewer().agencies(PERMISSION)
    return render_template("outreach/desk.html", issues=queries.issues_at_work(agencies))


@bp.get("/issue/<int:issue_id>/office")
@requires("outreach.record")
def office(issue_id: int) -> str:
    """One issue: what is missing, its channels, its register and its invitations."""
    return _office(issue_id, ButtonForm())


@bp.post("/issue/<int:issue_id>/office")
@requires("outreach.record")
def state(issue_id: int) -> ResponseReturnValue:
    """Put on record who was asked and who took part."""
    own(issue_id, PERMISSION)
    viewer, form = current_viewer(), ButtonForm()
    return handle(
        form,
        "outreach.state",
        act=lambda: service.state_turnout(issue_id=issue_id, viewer=viewer),
        to=lambda _turnout: url_for("outreach.issue", issue_id=issue_id, _anchor="turnout"),
        page=lambda: _office(issue_id, form),
    )


@bp.route("/issue/<int:issue_id>/channels/new", methods=["GET", "POST"])
@requires("outreach.record")
def new_channel(issue_id: int) -> ResponseReturnValue:
    """Record how people were told."""
    issue, _activities = own(issue_id, PERMISSION)
    viewer, form = current_viewer(), ChannelForm()
    return handle(
        form,
        "outreach.record",
        act=lambda: service.record_channel(
            issue_id=issue_id, viewer=viewer, told=form.told(), file=form.stored
        ),
        to=lambda _announcement: url_for("outreach.office", issue_id=issue_id),
        page=lambda: render_template("outreach/channel.html", form=form, issue=issue, version=None),
    )


@bp.route("/announcements/<int:announcement_id>/correct", methods=["GET", "POST"])
@requires("outreach.record")
def correct_channel(announcement_id: int) -> ResponseReturnValue:
    """Write a new version of what was recorded, with what was wrong."""
    issue, version = _own_version(announcement_id)
    viewer, form = current_viewer(), CorrectChannelForm(data=values_of(version))
    return handle(
        form,
        "outreach.correct",
        act=lambda: service.correct_channel(
            announcement_id=announcement_id,
            viewer=viewer,
            told=form.told(),
            file=form.stored,
            note_th=form.note_th.data or "",
            note_en=form.note_en.data or None,
        ),
        to=lambda _announcement: url_for("outreach.office", issue_id=issue.id),
        page=lambda: render_template("outreach/channel.html", form=form, issue=issue, version=version),
    )


@bp.route("/announcements/<int:announcement_id>/take-back", methods=["GET", "POST"])
@requires("outreach.record")
def take_back(announcement_id: int) -> ResponseReturnValue:
    """Say that what was recorded did not happen."""
    issue, version = _own_version(announcement_id)
    viewer, form = current_viewer(), TakeBackForm()
    return handle(
        form,
        "outreach.take_back",
        act=lambda: service.take_back_channel(
            announcement_id=announcement_id,
            viewer=viewer,
            note_th=form.note_th.data or "",
            note_en=form.note_en.data or None,
        ),
        to=lambda _announcement: url_for("outreach.office", issue_id=issue.id),
        page=lambda: render_template(
            "outreach/take_back.html", form=form, issue=issue, version=version, channels=CHANNELS
        ),
    )


def _own_version(announcement_id: int) -> tuple[IssueView, AnnouncementVersion]:
    issue_id, version = queries.announcement_version(announcement_id)
    issue, _activities = own(issue_id, PERMISSION)
    return issue, version


def _office(issue_id: int, form: ButtonForm) -> str:
    issue, activities = own(issue_id, PERMISSION)
    groups, numbers = queries.register_groups(issue), queries.contact_numbers(issue_id)
    values: dict[str, Any] = {
        "announcements": queries.announcements_of(issue_id),
        "groups": groups,
        "numbers": numbers,
        "uncontacted": queries.uncontacted(issue, groups, numbers),
        "sendings": queries.sendings_of(issue_id),
        "turnout": queries.turnout_of(issue, activities),
    }
    return render_template(
        "outreach/office.html",
        form=form,
        issue=issue,
        may_ask=any(one.state in ("upcoming", "open") for one in activities),
        channels=CHANNELS,
        known_by=KNOWN_BY,
        sectors=SECTORS,
        **values,
    )
