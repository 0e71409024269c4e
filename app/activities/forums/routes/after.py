"""The office after a session: minutes drafted and published, pictures shown and withdrawn."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.forums import arrivals, photos, queries
from app.activities.forums import minutes as verbs
from app.activities.forums.forms.after import CorrectionForm, MinutesForm, PhotoForm, PublishForm
from app.activities.forums.forms.shared import ButtonForm, typed_lines
from app.activities.forums.models import Minutes
from app.activities.forums.pictures import Picture, store_picture
from app.activities.forums.routes.blueprint import bp, handle, own, own_session
from app.activities.forums.routes.citizens import attendance_shown
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.errors import DomainError, NotFound
from app.identity.permissions import requires
from app.identity.viewer import current_viewer


@bp.route("/<int:activity_id>/sessions/<int:session_id>/minutes", methods=["GET", "POST"])
@requires("forums.minute")
def minutes(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Write the draft of the minutes, or of a correction."""
    viewer = current_viewer()
    activity, issue, row = own_session(activity_id, session_id, "forums.minute")
    last = queries.newest_version(session_id)
    form = _minutes_form(last)
    onwards = "forums.publish" if request.form.get("step") == "check" else "forums.minutes"
    return handle(
        form,
        "forums.minutes",
        act=lambda: verbs.draft_minutes(
            session_id=session_id,
            viewer=viewer,
            text_th=str(form.text_th.data),
            text_en=form.text_en.data or None,
            points=form.points,
            reason_th=form.reason_th.data if isinstance(form, CorrectionForm) else None,
            reason_en=form.reason_en.data or None if isinstance(form, CorrectionForm) else None,
            seen=form.seen.data or None,
        ),
        to=lambda _draft: url_for(onwards, activity_id=activity_id, session_id=session_id),
        page=lambda: render_template(
            "forums/minutes.html",
            form=form,
            activity=activity,
            issue=issue,
            session=row.Session,
            draft=last if last is not None and last.published_at is None else None,
            published=last if last is not None and last.published_at is not None else None,
            begun=row.Session.starts_at <= now() and row.Session.cancelled_at is None,
        ),
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/minutes/publish", methods=["GET", "POST"])
@requires("forums.minute")
def publish(activity_id: int, session_id: int) -> ResponseReturnValue:
    """Check what everyone will read, then publish it for good."""
    viewer = current_viewer()
    activity, issue, row = own_session(activity_id, session_id, "forums.minute")
    draft = queries.newest_version(session_id)
    # Sent a second time, the form finds its draft published; only then may it stand on none.
    if draft is None or (draft.published_at is not None and request.method == "GET"):
        raise NotFound
    digest = verbs.draft_digest(draft)
    form = PublishForm(data={"digest": digest})

    def page() -> str:
        form.digest.data = digest  # After a refusal the page shows what stands now, and asks for that.
        return render_template(
            "forums/publish.html",
            form=form,
            activity=activity,
            issue=issue,
            session=row.Session,
            minutes=draft,
            attendance=attendance_shown(arrivals.attendance_of(session_id)),
            sectors=SECTORS,
        )

    return handle(
        form,
        "forums.publish",
        act=lambda: verbs.publish_minutes(minutes_id=draft.id, viewer=viewer, digest=str(form.digest.data)),
        to=lambda _done: url_for("forums.session", activity_id=activity_id, session_id=session_id),
        page=page,
    )


@bp.route("/<int:activity_id>/sessions/<int:session_id>/photos", methods=["GET", "POST"])
@requires("forums.minute")
def pictures(activity_id: int, session_id: int) -> ResponseReturnValue:
    """The pictures of a session, and showing another."""
    viewer, form = current_viewer(), PhotoForm()
    activity, issue, row = own_session(activity_id, session_id, "forums.minute")
    # Made anew before the verb begins to write: it takes a second, and writers do not wait for it.
    kept = _stored(form) if request.method == "POST" and form.validate() else None

    def act() -> object:
        assert kept is not None
        return photos.show_photo(
            session_id=session_id,
            viewer=viewer,
            picture=kept,
            alt_th=str(form.alt_th.data),
            alt_en=form.alt_en.data or None,
            agreed=form.agreed.data,
        )

    def page() -> str:
        return render_template(
            "forums/pictures.html",
            form=form,
            activity=activity,
            issue=issue,
            session=row.Session,
            photos=queries.photos_of(session_id),
            begun=row.Session.starts_at <= now() and row.Session.cancelled_at is None,
        )

    if request.method == "POST" and kept is None:
        return page(), 422
    return handle(
        form,
        "forums.pictures",
        act=act,
        to=lambda _photo: url_for("forums.pictures", activity_id=activity_id, session_id=session_id),
        page=page,
    )


@bp.route("/<int:activity_id>/photos/<int:photo_id>/withdraw", methods=["GET", "POST"])
@requires("forums.minute")
def withdraw(activity_id: int, photo_id: int) -> ResponseReturnValue:
    """Take a picture from view for good."""
    viewer, form = current_viewer(), ButtonForm()
    activity, _issue = own(activity_id, "forums.minute")
    found = queries.photo_in(activity_id, photo_id) if request.method == "GET" else None

    def act() -> int:
        queries.photo_in(activity_id, photo_id)
        return photos.withdraw_photo(photo_id=photo_id, viewer=viewer).session_id

    return handle(
        form,
        "forums.withdraw",
        act=act,
        to=lambda session_id: url_for("forums.pictures", activity_id=activity_id, session_id=session_id),
        page=lambda: render_template("forums/withdraw.html", form=form, activity=activity, photo=found),
    )


def _minutes_form(last: Minutes | None) -> MinutesForm:
    """The form on the newest version; its reason is asked for once a version has been published."""
    correcting = last is not None and (last.published_at is not None or last.version > 1)
    form_class = CorrectionForm if correcting else MinutesForm
    if last is None:
        return form_class()
    data = {
        "text_th": last.text_th,
        "text_en": last.text_en,
        "points_th": typed_lines(last.points, "th"),
        "points_en": typed_lines(last.points, "en"),
    }
    if last.published_at is None:
        data |= {"reason_th": last.reason_th, "reason_en": last.reason_en, "seen": verbs.draft_digest(last)}
    return form_class(data=data)


def _stored(form: PhotoForm) -> Picture | None:
    try:
        return store_picture(form.file.data.stream)
    except DomainError as error:
        form.blame(error)
        return None
