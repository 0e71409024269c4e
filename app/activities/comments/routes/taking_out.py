"""Taking comments out: a feed of the newest, and all that are shown as CSV and JSON, streamed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template, stream_with_context

from app.activities.comments.queries.export import COLUMNS, newest_shown, shown_comments
from app.activities.comments.routes.blueprint import bp
from app.activities.comments.service import KIND_CODE
from app.config import current_settings
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet."""

CHUNK = 65_536


@bp.get("/<int:activity_id>/feed.xml")
@public
def feed(activity_id: int) -> Response:
    """The newest comments as an Atom feed (RFC 4287)."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    comments = newest_shown(activity_id)
    page = render_template(
        "comments/feed.xml",
        activity=activity,
        issue=issue,
        comments=comments,
        base=current_settings().base_url,
        updated=max((c.edited_at or c.sent_at for c in comments), default=activity.opens_at),
    )
    return Response(page, mimetype="application/atom+xml")


@bp.get("/<int:activity_id>/comments.csv")
@public
def table(activity_id: int) -> Response:
    """Every comment shown, as CSV that Excel opens in Thai."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    return _download(_csv(shown_comments(activity_id)), "text/csv", f"comments-{activity_id}.csv")


@bp.get("/<int:activity_id>/comments.json")
@public
def data(activity_id: int) -> Response:
    """Every comment shown, as a JSON list."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    return _download(_json(shown_comments(activity_id)), "application/json", f"comments-{activity_id}.json")


def _download(pieces: Iterator[str], media: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(
        stream_with_context(_in_chunks(pieces)), content_type=f"{media}; charset=utf-8", headers=headers
    )


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    target = io.StringIO()
    writer = csv.writer(target)
    yield "\ufeff"
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in COLUMNS])
        yield target.getvalue()
        target.seek(0)
        target.truncate()
    yield target.getvalue()


def _cell(value: Any) -> Any:
    """A text that would be a formula is marked as text, as spreadsheets do it themselves."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _json(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


def _in_chunks(pieces: Iterator[str]) -> Iterator[str]:
    """Pieces joined to some 64 KiB, so that a long file is not sent line by line."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
