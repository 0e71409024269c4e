"""Reading what an agency publishes: the list, a document in any of its versions, a file."""

from __future__ import annotations

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from app.activities.publications import queries
from app.activities.publications.codes import FORMS
from app.activities.publications.routes.blueprint import bp
from app.activities.publications.service import KIND_CODE, PERMISSION
from app.core.errors import NotFound
from app.core.files import path_of
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.queries import IssueView, visible_activity
from app.web.pages import row_id


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """All documents and updates of an activity."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    return render_template(
        "publications/show.html",
        activity=activity,
        issue=issue,
        shelf=queries.shelf_of(activity_id, prepared=_sees_prepared(issue)),
        may_write=viewer.may(PERMISSION, issue.agency_id),
    )


@bp.get("/documents/<int:document_id>")
@public
def document(document_id: int) -> str:
    """A document with the list of its versions: the latest one, or the one asked for."""
    found = queries.document(document_id)
    activity, issue = visible_activity(found.activity_id, KIND_CODE, current_viewer())
    editions = queries.editions_of(document_id, prepared=_sees_prepared(issue))
    wanted = row_id("version") or max((edition.number for edition in editions), default=0)
    if wanted not in {edition.number for edition in editions}:
        raise NotFound
    version, files = queries.version_with_files(document_id, wanted)
    return render_template(
        "publications/document.html",
        activity=activity,
        issue=issue,
        document=found,
        version=version,
        files=files,
        editions=editions,
        latest=editions[0],
        form_words=FORMS[found.form],
    )


@bp.get("/documents/<int:document_id>/<int:number>/<sha256>")
@public
def file(document_id: int, number: int, sha256: str) -> ResponseReturnValue:
    """A file of a version: always a download, never shown inside our pages."""
    found = queries.document(document_id)
    _activity, issue = visible_activity(found.activity_id, KIND_CODE, current_viewer())
    wanted = queries.file_of(document_id, number, sha256, prepared=_sees_prepared(issue))
    return send_file(
        path_of(wanted.sha256), mimetype=wanted.media, as_attachment=True, download_name=wanted.name
    )


def _sees_prepared(issue: IssueView) -> bool:
    """The agency's own people read what is prepared: the executive signs for it."""
    return current_viewer().may("issues.see_drafts", issue.agency_id)
