"""Reading what an agency publishes: the list, a document in any of its versions, what changed, a file."""

from __future__ import annotations

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from app.activities.publications import queries
from app.activities.publications.beside import credits_for, periods
from app.activities.publications.changes import compare, language_of
from app.activities.publications.codes import FORMS, TO_COMMENT_ON
from app.activities.publications.models import Document
from app.activities.publications.passages import LONGEST_QUOTE
from app.activities.publications.routes.blueprint import bp
from app.activities.publications.service import KIND_CODE, PERMISSION
from app.core.errors import NotFound
from app.core.files import path_of
from app.i18n import current_language
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView
from app.issues.queries import IssueView, visible_activity, visible_issue
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
    found, activity, issue, activities = _readable(document_id)
    editions = queries.editions_of(document_id, prepared=_sees_prepared(issue))
    wanted = row_id("version") or max((edition.number for edition in editions), default=0)
    if wanted not in {edition.number for edition in editions}:
        raise NotFound
    version, files = queries.version_with_files(document_id, wanted)
    commented = found.form in TO_COMMENT_ON
    return render_template(
        "publications/document.html",
        activity=activity,
        issue=issue,
        document=found,
        version=version,
        sections=version.sections,
        files=files,
        editions=editions,
        latest=editions[0],
        periods=periods(activities, document_id, wanted, editions) if commented else [],
        credits=credits_for(activities, document_id, wanted),
        form_words=FORMS[found.form],
        longest_quote=LONGEST_QUOTE,
    )


@bp.get("/documents/<int:document_id>/changes")
@public
def changes(document_id: int) -> str:
    """What changed between two versions: the last two, or those asked for."""
    found, activity, issue, _activities = _readable(document_id)
    newer = row_id("newer") or found.current
    older = row_id("older") or newer - 1
    before, after = queries.two_versions(document_id, *sorted((older, newer)))
    lang = language_of(before.sections, after.sections, current_language())
    return render_template(
        "publications/changes.html",
        activity=activity,
        issue=issue,
        document=found,
        before=before,
        after=after,
        changes=compare(before.sections, after.sections, lang),
        lang_of_text=lang,
    )


def _readable(document_id: int) -> tuple[Document, ActivityView, IssueView, list[ActivityView]]:
    """A document with its activity, its issue, and what else happens there: two statements."""
    found, issue_id = queries.document_with_issue(document_id)
    issue, activities = visible_issue(issue_id, current_viewer())
    activity = next((one for one in activities if one.id == found.activity_id), None)
    if activity is None:
        raise NotFound
    return found, activity, issue, activities


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
