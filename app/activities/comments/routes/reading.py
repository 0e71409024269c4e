"""Reading comments: a thread in any order, one comment with its replies, a passage, a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.activities.comments import queries
from app.activities.comments.forms.shared import whole
from app.activities.comments.models import Comment
from app.activities.comments.queries import PAGE, Asked, Filter, Page
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE, find_passage
from app.activities.comments.service.content import about_key
from app.core.errors import NotFound
from app.core.files import path_of
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.contracts import Passage
from app.issues.queries import visible_activity
from app.web.pages import row_id


@dataclass(frozen=True)
class Chosen:
    """What of a thread the address asks for, and how the next page's address says it again."""

    filter: Filter
    question: int | None
    passage: Passage | None
    args: dict[str, Any]


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """The comments of an activity, newest first unless asked otherwise."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    asked = queries.asked_in(activity_id)
    chosen = _chosen(asked)
    page = queries.comments_page(activity_id, chosen.filter, request.args.get("before"))
    return render_template(
        "comments/show.html",
        activity=activity,
        issue=issue,
        asked=asked,
        thread=asked.thread,
        chosen=chosen,
        page=page,
        back=request.full_path.rstrip("?"),
        **beside(page, asked.thread.files),
    )


@bp.get("/<int:activity_id>/comment/<int:comment_id>")
@public
def one(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """One comment with all its replies; a reply is found on the page of its comment."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    comment = _listed(activity_id, comment_id)
    if comment.parent_id is not None:
        return redirect(_place_of(comment))
    after = row_id("after")
    page = queries.replies_page(comment_id, after or 0)
    return render_template(
        "comments/one.html",
        activity=activity,
        issue=issue,
        comment=comment,
        theme=queries.theme_of(comment),
        page=page,
        after=after,
        back=request.full_path.rstrip("?"),
        **beside(Page([comment, *page.rows], None), files=True),
    )


@bp.get("/<int:activity_id>/passage/<int:comment_id>")
@public
def passage(activity_id: int, comment_id: int) -> ResponseReturnValue:
    """Lead to the passage of a document a comment is on, if it is still public."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    comment = _listed(activity_id, comment_id)
    subject, _at, version = comment.about.partition("@")
    found = find_passage(subject, whole(version) or 0, comment.section, comment.quote or "")
    if found is None:
        raise NotFound
    return redirect(found.address.url())


@bp.get("/<int:activity_id>/file/<int:comment_id>/<sha256>")
@public
def file(activity_id: int, comment_id: int, sha256: str) -> ResponseReturnValue:
    """A file of a comment that is shown: always a download, never shown inside our pages."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    if queries.comment_in(activity_id, comment_id).state != "shown":
        raise NotFound
    wanted = queries.file_in(comment_id, sha256)
    return send_file(
        path_of(wanted.sha256), mimetype=wanted.media, as_attachment=True, download_name=wanted.name
    )


def beside(page: Page, files: bool) -> dict[str, Any]:
    """What stands beside the stored articles of a page: replies, files, the viewer's own marks."""
    replies = queries.replies_to(page.rows) if not any(row.place for row in page.rows) else {}
    ids = [*page.ids, *(row.id for rows in replies.values() for row in rows)]
    return {
        "replies": replies,
        "files": queries.files_on(ids) if files else {},
        "marks": queries.marks_of(current_viewer().person_id, ids),
    }


def _chosen(asked: Asked) -> Chosen:
    """What the address asks for; what means nothing asks for nothing."""
    sort = request.args.get("sort", "newest")
    sort = sort if sort in queries.SORTS else "newest"
    question = asked.question(row_id("question"))
    if question is not None:
        args = {"question": question.id, "sort": sort}
        return Chosen(Filter(sort, question.about), question.id, None, args)
    subject, version = request.args.get("subject", ""), whole(request.args.get("version"))
    section = request.args.get("section", "")
    found = find_passage(subject, version, section, "") if subject and version else None
    if found is None:
        return Chosen(Filter(sort), None, None, {"sort": sort})
    sort = "newest" if section else sort
    args = {"subject": subject, "version": version, "section": section or None, "sort": sort}
    return Chosen(Filter(sort, about_key(subject, found.version), section), None, found, args)


def _listed(activity_id: int, comment_id: int) -> Comment:
    comment = queries.comment_in(activity_id, comment_id)
    if not comment.has_place:
        raise NotFound
    return comment


def _place_of(reply: Comment) -> str:
    before = (reply.place or 1) - 1
    address = url_for(
        "comments.one",
        activity_id=reply.activity_id,
        comment_id=reply.parent_id,
        after=before if before >= PAGE else None,
    )
    return f"{address}#comment-{reply.id}"
