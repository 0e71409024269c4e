"""Open data as JSON: the same for every language and every reader, without a cookie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.reference import provinces
from app.api.parameters import BadParameter, Parameters
from app.config import current_settings
from app.core.ids import LARGEST_ID
from app.i18n import LANGUAGES
from app.i18n.bilingual import Bilingual
from app.identity.permissions import public
from app.issues.levels import LEVELS
from app.issues.listing import Filters, IssueRow, list_issues
from app.web.keyset import Cursor

unprefixed = Blueprint("api", __name__, url_prefix="/api/v1")

STATES = ("open", "upcoming", "closed")
ARCHIVES = ("with", "without", "only")
PAGE, MOST = 20, 100
KNOWN = frozenset({"limit", "after", "province", "level", "state", "agency", "archive"})


@unprefixed.get("/issues")
@public
def issues() -> ResponseReturnValue:
    """Published issues, newest first: title, level, agency, window, state.

    `limit` (1 to 100), `after` (the mark in `next`), `province` (2 digits), `level` (1 to 5), `state` (open,
    upcoming, closed), `agency` (id), `archive` (with, without, only: issues taken over from other sites).
    """
    asked = Parameters(request.args, KNOWN)
    filters = Filters(
        province=asked.one_of("province", provinces()),
        level=asked.number("level", 1, max(LEVELS)),
        state=asked.one_of("state", STATES),  # type: ignore[arg-type]
        agency_id=asked.number("agency", 1, LARGEST_ID),
        archive=asked.one_of("archive", ARCHIVES) or "with",  # type: ignore[arg-type]
    )
    listed = list_issues(filters, asked.read("after", Cursor.parse), asked.number("limit", 1, MOST) or PAGE)
    following = None
    if listed.next:
        given = {name: value for name, value in request.args.items() if name != "after"}
        following = _address("api.issues", after=str(listed.next), **given)
    return jsonify(issues=[_issue(row) for row in listed.rows], next=following)


@unprefixed.errorhandler(BadParameter)
def bad_parameter(error: BadParameter) -> ResponseReturnValue:
    """Say which parameter is wrong and what it may be."""
    return {"error": 400, "parameter": error.name, "message": str(error)}, 400


def _issue(row: IssueRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": _both(row.title),
        "level": row.level,
        "agency": {"id": row.agency_id, **_both(row.agency)},
        "window": {
            "opens_at": row.opens_at.isoformat() if row.opens_at else None,
            "closes_at": row.closes_at.isoformat() if row.closes_at else None,
        },
        "state": row.state,
        "source": row.source,
        "url": {lang: _address("issues.show", lang=lang, issue_id=row.id) for lang in LANGUAGES},
    }


def _both(text: Bilingual) -> Mapping[str, str | None]:
    return {"th": text.th, "en": text.en}


def _address(endpoint: str, **values: Any) -> str:
    return current_settings().base_url + url_for(endpoint, **values)
