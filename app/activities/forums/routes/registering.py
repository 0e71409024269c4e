"""A citizen registers, finds the ticket again, takes it into a calendar, and cancels."""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.activities.forums import calendar, queries, service
from app.activities.forums.background import NEEDS_KEPT
from app.activities.forums.codes import MARKS, NEEDS, STATES, WAYS
from app.activities.forums.forms.people import RegisterForm
from app.activities.forums.forms.shared import ButtonForm
from app.activities.forums.holds import KIND_CODE
from app.activities.forums.routes.blueprint import bp, handle, own_registration
from app.activities.forums.routes.citizens import ics
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.web.pages import row_id


@bp.route("/<int:activity_id>/sessions/<int:session_id>/register", methods=["GET", "POST"])
@requires("forums.register")
def register(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Put oneself on the list of a session."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    session = queries.session_in(activity_id, session_id).Session
    form = RegisterForm(data={"name": viewer.name}).offer(session.ways)

    def page() -> str:
        return render_template(
            "forums/register.html",
            form=form,
            activity=activity,
            issue=issue,
            session=session,
            own=queries.own_live(session_id, viewer.person_id or 0),
            kept_days=NEEDS_KEPT.days,
            moment=now(),
        )

    return handle(
        form,
        "forums.register",
        act=lambda: service.register_for_session(
            session_id=session_id,
            viewer=viewer,
            name=str(form.name.data),
            sector=form.sector.data,
            way=form.way.data,
            needs=form.given,
            needs_agreed=form.needs_agreed.data,
            consent_version=form.consent.version,
        ),
        to=lambda row: url_for("forums.ticket", registration_id=row.id),
        page=page,
    )


@bp.get("/mine")
@requires("forums.register")
def mine() -> str:
    """The sessions the viewer has registered for."""
    before = row_id("before")
    return render_template(
        "forums/mine.html",
        page=queries.own_registrations(current_viewer().person_id or 0, before),
        before=before,
        states=STATES,
        marks=MARKS,
        moment=now(),
    )


@bp.get("/registrations/<int:registration_id>")
@requires("forums.register")
def ticket(registration_id: int) -> str:
    """One's own registration: the seat or the place in the queue, the code for the door, the way online."""
    row, activity, issue = own_registration(registration_id)
    registration = row.Registration
    live = registration.is_live and row.Session.cancelled_at is None
    return render_template(
        "forums/ticket.html",
        registration=registration,
        session=row.Session,
        activity=activity,
        issue=issue,
        code=calendar.qr_code(registration.token) if live and registration.token else None,
        states=STATES,
        marks=MARKS,
        ways=WAYS,
        needs=NEEDS,
        sectors=SECTORS,
        kept_days=NEEDS_KEPT.days,
        moment=now(),
    )


@bp.get("/registrations/<int:registration_id>/calendar.ics")
@requires("forums.register")
def own_calendar(registration_id: int) -> Response:
    """The session for one's own calendar, with the online address for who has a seat."""
    row, activity, issue = own_registration(registration_id)
    found = queries.session_in(row.Session.activity_id, row.Session.id)
    seated = row.Registration.state == "seated"
    content = calendar.calendar_file(row.Session, activity, issue, found.Area, registered=seated)
    return ics(content, row.Session.id)


@bp.route("/registrations/<int:registration_id>/cancel", methods=["GET", "POST"])
@requires("forums.register")
def cancel_registration(registration_id: int) -> ResponseReturnValue:
    """Take oneself off the list."""
    viewer, form = current_viewer(), ButtonForm()
    row, activity, _issue = own_registration(registration_id)
    return handle(
        form,
        "forums.cancel_registration",
        act=lambda: service.cancel_registration(registration_id=registration_id, viewer=viewer),
        to=lambda _row: url_for("forums.mine"),
        page=lambda: render_template(
            "forums/cancel_registration.html",
            form=form,
            activity=activity,
            session=row.Session,
            registration=row.Registration,
        ),
    )
