"""The office writes minutes: the editor, its files, and the page to check before adopting for good."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import minutes as verbs
from app.activities.panels import queries
from app.activities.panels.forms.minutes import AdoptForm, CorrectionForm, FileForm, MinutesForm
from app.activities.panels.forms.seats import ButtonForm
from app.activities.panels.models import Minutes
from app.activities.panels.routes.blueprint import bp, handle, own, own_panel
from app.core.clock import now
from app.core.errors import DomainError, NotFound
from app.core.files import StoredFile, store
from app.identity.permissions import requires
from app.identity.viewer import current_viewer


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/minutes", methods=["GET", "POST"])
@requires("panels.minute")
def minutes(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Write the draft of a meeting's minutes, or of a correction of adopted ones."""
    viewer = current_viewer()
    activity, _issue = own(activity_id, "panels.minute")
    meeting = queries.meeting_in(activity_id, meeting_id)
    last = verbs.newest_version(meeting_id)
    form = _minutes_form(last)

    def page() -> str:
        return render_template(
            "panels/minutes.html",
            form=form,
            activity=activity,
            meeting=meeting,
            draft=last if last is not None and last.adopted_at is None else None,
            adopted=last if last is not None and last.adopted_at is not None else None,
            files=queries.files_of(last.id) if last is not None else (),
            begun=meeting.starts_at <= now() and meeting.cancelled_at is None,
        )

    onwards = "panels.adopt" if request.form.get("step") == "check" else "panels.minutes"
    return handle(
        form,
        "panels.minutes",
        act=lambda: verbs.draft_minutes(
            meeting_id=meeting_id,
            viewer=viewer,
            text_th=str(form.text_th.data),
            text_en=form.text_en.data or None,
            reason_th=form.reason_th.data if isinstance(form, CorrectionForm) else None,
            reason_en=form.reason_en.data or None if isinstance(form, CorrectionForm) else None,
            seen=form.seen.data or None,
        ),
        to=lambda _draft: url_for(onwards, activity_id=activity_id, meeting_id=meeting_id),
        page=page,
    )


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/files/new", methods=["GET", "POST"])
@requires("panels.minute")
def attach(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Add a file to the draft of the minutes."""
    viewer, form = current_viewer(), FileForm()
    activity, _issue = own(activity_id, "panels.minute")
    meeting = queries.meeting_in(activity_id, meeting_id)
    draft = _draft(meeting_id, adopted_too=request.method == "POST")
    # Kept before the verb begins to write: what a row points to lies on the disk, and writers do not wait.
    kept = _stored(form) if request.method == "POST" and form.validate() else None

    def act() -> object:
        assert kept is not None
        return verbs.attach_file(
            minutes_id=draft.id,
            viewer=viewer,
            file=kept,
            title_th=str(form.title_th.data),
            title_en=form.title_en.data or None,
        )

    def page() -> str:
        return render_template("panels/attach.html", form=form, activity=activity, meeting=meeting)

    if request.method == "POST" and kept is None:
        return page(), 422
    return handle(
        form,
        "panels.attach",
        act=act,
        to=lambda _file: url_for("panels.minutes", activity_id=activity_id, meeting_id=meeting_id),
        page=page,
    )


@bp.route(
    "/<int:activity_id>/meetings/<int:meeting_id>/files/<int:attachment_id>/remove",
    methods=["GET", "POST"],
)
@requires("panels.minute")
def detach(activity_id: int, meeting_id: int, attachment_id: int) -> ResponseReturnValue:
    """Take a file from the draft of the minutes."""
    viewer, form = current_viewer(), ButtonForm()
    activity, _issue = own(activity_id, "panels.minute")
    files = {file.id: file for file in queries.files_of(_draft(meeting_id, adopted_too=True).id)}
    if attachment_id not in files and request.method == "GET":
        raise NotFound

    def act() -> object:
        queries.file_in(activity_id, attachment_id)
        return verbs.remove_file(attachment_id=attachment_id, viewer=viewer)

    return handle(
        form,
        "panels.detach",
        act=act,
        to=lambda _draft: url_for("panels.minutes", activity_id=activity_id, meeting_id=meeting_id),
        page=lambda: render_template(
            "panels/detach.html",
            form=form,
            activity=activity,
            file=files.get(attachment_id),
            meeting_id=meeting_id,
        ),
    )


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/adopt", methods=["GET", "POST"])
@requires("panels.minute")
def adopt(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Check what everyone will read, then adopt it for good."""
    viewer = current_viewer()
    activity, issue, panel = own_panel(activity_id, "panels.minute")
    meeting = queries.meeting_in(activity_id, meeting_id)
    # Sent a second time, the form finds its draft adopted; only then may it stand on none.
    draft = _draft(meeting_id, adopted_too=request.method == "POST")
    digest = verbs.draft_digest(draft)
    form = AdoptForm(data={"digest": digest})

    def page() -> str:
        form.digest.data = digest  # After a refusal the page shows what stands now, and asks for that.
        return render_template(
            "panels/adopt.html",
            form=form,
            activity=activity,
            issue=issue,
            panel=panel,
            meeting=meeting,
            minutes=draft,
            attendance=queries.attendance_of(meeting_id),
            files=queries.files_of(draft.id),
        )

    return handle(
        form,
        "panels.adopt",
        act=lambda: verbs.adopt_minutes(minutes_id=draft.id, viewer=viewer, digest=str(form.digest.data)),
        to=lambda _adopted: url_for("panels.meeting", activity_id=activity_id, meeting_id=meeting_id),
        page=page,
    )


def _minutes_form(last: Minutes | None) -> MinutesForm:
    """The form on the newest version; its reason is asked for once a version has been adopted."""
    correcting = last is not None and (last.adopted_at is not None or last.version > 1)
    form_class = CorrectionForm if correcting else MinutesForm
    if last is None:
        return form_class()
    texts = {"text_th": last.text_th, "text_en": last.text_en}
    if last.adopted_at is not None:
        return form_class(data=texts)
    reasons = {"reason_th": last.reason_th, "reason_en": last.reason_en}
    return form_class(data={**texts, **reasons, "seen": verbs.draft_digest(last)})


def _draft(meeting_id: int, *, adopted_too: bool = False) -> Minutes:
    last = verbs.newest_version(meeting_id)
    if last is None or (last.adopted_at is not None and not adopted_too):
        raise NotFound
    return last


def _stored(form: FileForm) -> StoredFile | None:
    try:
        return store(form.file.data.stream, form.file.data.filename or "")
    except DomainError as error:
        form.blame(error)
        return None
