"""The office at the door and afterwards: confirming who came, the list on the screen and on paper, counting it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.forums import arrivals, queries
from app.activities.forums.codes import MARKS, MODES, NEEDS, OFFICE_STATES
from app.activities.forums.forms.people import WAYS_AT_THE_DOOR, KeyInBase, WalkInForm, key_in_form
from app.activities.forums.forms.shared import ButtonForm
from app.activities.forums.holds import KIND_CODE
from app.activities.forums.models import Registration
from app.activities.forums.routes.blueprint import bp, handle, own, own_session
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.errors import NotFound
from app.core.ids import is_key
from app.i18n.dates import local_day
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.forms import row_count
from app.issues.queries import own_activity
from app.web.pages import row_id

EMPTY_LINES = 15
"""Lines of the paper list for people who did not register."""
WALK_IN_ROWS = 5
MORE_ROWS = 5


@bp.route("/arrive/<token>", methods=["GET", "POST"])
@requires("forums.check_in")
def arrive(token: str) -> ResponseReturnValue:
    """What a scanned code opens on an officer's telephone: who it is, and the button that confirms the arrival."""
    viewer, form = current_viewer(), ButtonForm()
    if not is_key(token):
        raise NotFound
    row = queries.registration_by_token(token)
    activity, _issue = own_activity(row.Activity.id, KIND_CODE, "forums.check_in", viewer)
    return handle(
        form,
        "forums.arrive",
        act=lambda: arrivals.confirm_arrival(registration_id=row.Registration.id, viewer=viewer),
        to=lambda _row: url_for("forums.arrive", token=token),
        page=lambda: render_template(
            "forums/arrive.html",
            form=form,
            activity=activity,
            session=row.Session,
            registration=row.Registration,
            today=local_day(now()) >= local_day(row.Session.starts_at),
            **_words(),
        ),
    )


@bp.get("/<int:activity_id>/sessions/<int:session_id>/list")
@requires("forums.check_in")
def people(activity_id: int, session_id: int) -> str:
    """Everyone on the list by name, with one button each; what they need; how many came."""
    return _list_page(activity_id, session_id, ButtonForm())


@bp.post("/<int:activity_id>/people/<int:registration_id>/arrive")
@requires("forums.check_in")
def tick(activity_id: int, registration_id: int) -> ResponseReturnValue:
    """The button of one person on the list."""
    viewer, form = current_viewer(), ButtonForm()
    own(activity_id, "forums.check_in")
    session_id = _listed(activity_id, registration_id).session_id
    return handle(
        form,
        "forums.tick",
        act=lambda: arrivals.confirm_arrival(registration_id=registration_id, viewer=viewer),
        to=lambda _row: _list_url(activity_id, session_id),
        page=lambda: _list_page(activity_id, session_id, form),
    )


@bp.route("/<int:activity_id>/people/<int:registration_id>/undo", methods=["GET", "POST"])
@requires("forums.check_in")
def undo(activity_id: int, registration_id: int) -> ResponseReturnValue:
    """Take back what was noted by mistake."""
    viewer, form = current_viewer(), ButtonForm()
    activity, _issue = own(activity_id, "forums.check_in")
    row = _listed(activity_id, registration_id)
    session_id = row.session_id
    return handle(
        form,
        "forums.undo",
        act=lambda: arrivals.undo_arrival(registration_id=registration_id, viewer=viewer),
        to=lambda _session: _list_url(activity_id, session_id),
        page=lambda: render_template(
            "forums/undo.html", form=form, activity=activity, registration=row, session_id=session_id
        ),
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/list/walk-in", methods=["GET", "POST"])
@requires("forums.check_in")
def walk_in(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Add somebody who came without registering."""
    viewer = current_viewer()
    activity, _issue, row = own_session(activity_id, session_id, "forums.check_in")
    form = WalkInForm().offer(row.Session.ways)
    return handle(
        form,
        "forums.walk_in",
        act=lambda: arrivals.add_walk_in(session_id=session_id, viewer=viewer, person=form.person),
        to=lambda _row: _list_url(activity_id, session_id),
        page=lambda: render_template(
            "forums/walk_in.html", form=form, activity=activity, session=row.Session
        ),
    )


@bp.get("/<int:activity_id>/sessions/<int:session_id>/list/paper")
@requires("forums.check_in")
def paper(activity_id: int, session_id: int) -> str:
    """The list to print, with a column to sign in and empty lines."""
    activity, issue, row = own_session(activity_id, session_id, "forums.check_in")
    return render_template(
        "forums/paper.html",
        activity=activity,
        issue=issue,
        session=row.Session,
        area=row.Area,
        rows=queries.registrations(session_id),
        empty_lines=EMPTY_LINES,
        sectors=SECTORS,
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/list/key-in", methods=["GET", "POST"])
@requires("forums.check_in")
def key_in(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Take over the signed paper list."""
    viewer = current_viewer()
    activity, _issue, row = own_session(activity_id, session_id, "forums.check_in")
    people = queries.registrations(session_id)
    form = _key_in_form(people)

    def page() -> str:
        return render_template(
            "forums/key_in.html",
            form=form,
            activity=activity,
            session=row.Session,
            people=people,
            sectors=SECTORS,
        )

    if request.method == "POST" and request.form.get("step") == "more":
        return page()
    way = "online" if row.Session.mode == "online" else "person"
    return handle(
        form,
        "forums.key_in",
        act=lambda: arrivals.key_in(
            session_id=session_id,
            viewer=viewer,
            came=form.came.data or (),
            before=form.before,
            walk_ins=form.walk_ins(way),
        ),
        to=lambda _session: _list_url(activity_id, session_id),
        page=page,
    )


@bp.post("/<int:activity_id>/sessions/<int:session_id>/list/count")
@requires("forums.check_in")
def count(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Declare the list complete."""
    viewer, form = current_viewer(), ButtonForm()
    own_session(activity_id, session_id, "forums.check_in")
    return handle(
        form,
        "forums.count",
        act=lambda: arrivals.count_attendance(session_id=session_id, viewer=viewer),
        to=lambda _session: _list_url(activity_id, session_id),
        page=lambda: _list_page(activity_id, session_id, form),
    )


def _list_page(activity_id: int, session_id: int, form: ButtonForm) -> str:
    activity, issue, row = own_session(activity_id, session_id, "forums.check_in")
    named, page = request.args.get("q", "")[:200], row_id("page") or 0
    listed = queries.listed(session_id, named=named, page=page)
    return render_template(
        "forums/people.html",
        form=form,
        activity=activity,
        issue=issue,
        session=row.Session,
        listed=listed,
        buttons={person.id: ButtonForm() for person in listed.rows},
        named=named,
        page=page,
        attendance=arrivals.attendance_of(session_id),
        today=local_day(now()) >= local_day(row.Session.starts_at),
        moment=now(),
        **_words(),
    )


def _list_url(activity_id: int, session_id: int) -> str:
    """The list again, where one was in it."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("q", "page") if request.args.get(name)}
    return url_for("forums.people", activity_id=activity_id, session_id=session_id, **kept)


def _listed(activity_id: int, registration_id: int) -> Registration:
    row = queries.registration_of(registration_id)
    if row.Activity.id != activity_id:
        raise NotFound
    registration: Registration = row.Registration
    return registration


def _words() -> dict[str, Any]:
    return {
        "sectors": SECTORS,
        "needs": NEEDS,
        "states": OFFICE_STATES,
        "marks": MARKS,
        "modes": MODES,
        "ways": WAYS_AT_THE_DOOR,
    }


def _key_in_form(people: Any) -> KeyInBase:
    count = row_count(request.form.get("rows"), 0, WALK_IN_ROWS)
    if request.form.get("step") == "more":
        count = row_count(str(count + MORE_ROWS), 0, 0)
    came = [row.id for row in people if row.arrived_at is not None]
    form = key_in_form(count)(data={"came": came, "ticked": " ".join(map(str, came))})
    form.came.choices = [(row.id, row.name or "") for row in people]
    form.rows.data = str(count)
    return form
