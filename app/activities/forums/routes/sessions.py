"""The office calls sessions, changes and cancels them, and puts files with them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.forums import materials, queries, sessions
from app.activities.forums.content import SessionContent
from app.activities.forums.forms.sessions import CancelForm, FileForm, SessionForm
from app.activities.forums.forms.shared import ButtonForm
from app.activities.forums.models import Session
from app.activities.forums.routes.blueprint import bp, handle, own, own_session
from app.agencies.queries import area_choices
from app.core.errors import DomainError, NotFound
from app.core.files import StoredFile, store
from app.i18n.dates import local
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import IssueView


@bp.route("/<int:activity_id>/sessions/new", methods=["GET", "POST"])
@requires("forums.prepare")
def add(activity_id: int) -> ResponseReturnValue:
    """Add a session."""
    viewer = current_viewer()
    activity, issue = own(activity_id, "forums.prepare")
    if queries.forum_of(activity_id) is None:
        raise NotFound
    form = _session_form(issue)
    return handle(
        form,
        "forums.add",
        act=lambda: sessions.add_session(activity_id=activity_id, viewer=viewer, content=form.content),
        to=lambda _session: url_for("forums.manage", activity_id=activity_id),
        page=lambda: render_template(
            "forums/call.html", form=form, activity=activity, issue=issue, session=None
        ),
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/change", methods=["GET", "POST"])
@requires("forums.prepare")
def change(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Change a session before it begins."""
    viewer = current_viewer()
    activity, issue, row = own_session(activity_id, session_id, "forums.prepare")
    form = _session_form(issue, row.Session)
    return handle(
        form,
        "forums.change",
        act=lambda: sessions.change_session(session_id=session_id, viewer=viewer, content=form.content),
        to=lambda _session: url_for("forums.manage", activity_id=activity_id),
        page=lambda: render_template(
            "forums/call.html", form=form, activity=activity, issue=issue, session=row.Session
        ),
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/cancel", methods=["GET", "POST"])
@requires("forums.prepare")
def cancel(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Cancel a session, for a reason everyone reads; in a draft it is removed."""
    viewer, form = current_viewer(), CancelForm()
    activity, _issue = own(activity_id, "forums.prepare")
    found = _if_there(activity_id, session_id)
    draft = found is not None and found.announced_at is None
    if draft and request.method == "POST" and not form.reason_th.data:
        form.reason_th.validators, form.reason_th.flags.required = (), False

    def act() -> Session:
        queries.session_in(activity_id, session_id)
        return sessions.cancel_session(
            session_id=session_id,
            viewer=viewer,
            reason_th=str(form.reason_th.data),
            reason_en=form.reason_en.data or None,
        )

    return handle(
        form,
        "forums.cancel",
        act=act,
        to=lambda _session: url_for("forums.manage", activity_id=activity_id),
        page=lambda: render_template(
            "forums/cancel.html", form=form, activity=activity, session=found, draft=draft
        ),
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/materials/new", methods=["GET", "POST"])
@requires("forums.prepare")
def attach(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Put a file with a session."""
    viewer, form = current_viewer(), FileForm()
    activity, _issue, row = own_session(activity_id, session_id, "forums.prepare")
    # Kept before the verb begins to write: what a row points to lies on the disk, and writers do not wait.
    kept = _stored(form) if request.method == "POST" and form.validate() else None

    def act() -> object:
        assert kept is not None
        return materials.add_material(
            session_id=session_id,
            viewer=viewer,
            file=kept,
            title_th=str(form.title_th.data),
            title_en=form.title_en.data or None,
        )

    def page() -> str:
        return render_template(
            "forums/attach.html",
            form=form,
            activity=activity,
            session=row.Session,
            materials=queries.materials_of(session_id),
        )

    if request.method == "POST" and kept is None:
        return page(), 422
    return handle(
        form,
        "forums.attach",
        act=act,
        to=lambda _file: url_for("forums.attach", activity_id=activity_id, session_id=session_id),
        page=page,
    )


@bp.route("/<int:activity_id>/materials/<int:material_id>/remove", methods=["GET", "POST"])
@requires("forums.prepare")
def detach(activity_id: int, material_id: int) -> ResponseReturnValue:
    """Take a file away from a session."""
    viewer, form = current_viewer(), ButtonForm()
    activity, _issue = own(activity_id, "forums.prepare")
    found = None
    if request.method == "GET":
        found = queries.material_in(activity_id, material_id)

    def act() -> int:
        queries.material_in(activity_id, material_id)
        return materials.remove_material(material_id=material_id, viewer=viewer).session_id

    return handle(
        form,
        "forums.detach",
        act=act,
        to=lambda session_id: url_for("forums.attach", activity_id=activity_id, session_id=session_id),
        page=lambda: render_template("forums/detach.html", form=form, activity=activity, material=found),
    )


def _if_there(activity_id: int, session_id: int) -> Session | None:
    """The session; None when it was removed, so that the form sent a second time finds its first answer."""
    try:
        session: Session = queries.session_in(activity_id, session_id).Session
    except NotFound:
        if request.method == "GET":
            raise
        return None
    return session


def _session_form(issue: IssueView, session: Session | None = None) -> SessionForm:
    """The form, filled with the session; areas are those of the issue's province."""
    groups = area_choices(issue.province_code) if issue.province_code else {}
    if session is None:
        return SessionForm(data={"area_code": issue.area_code or ""}).offer_areas(groups)
    data: dict[str, Any] = {"until": f"{local(session.ends_at):%H.%M}", "area_code": session.area_code or ""}
    data |= {"seats": session.seats or None, "online_seats": session.online_seats or None}
    form = SessionForm(
        data={
            **{name: getattr(session, name) for name in SessionContent.__annotations__},
            **data,
        }
    )
    return form.offer_areas(groups)


def _stored(form: FileForm) -> StoredFile | None:
    try:
        return store(form.file.data.stream, form.file.data.filename or "")
    except DomainError as error:
        form.blame(error)
        return None
