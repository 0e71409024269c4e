"""Open data as JSON: the same for every language and every reader, without a cookie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.agencies.reference import provinces
from app.api.issues import address, addresses, both, issue_in_full, window
from app.api.openapi import description
from app.api.parameters import BadParameter, Parameters
from app.config import current_settings
from app.core.errors import NotFound
from app.core.ids import LARGEST_ID
from app.i18n import DEFAULT, LANGUAGES, Language
from app.identity.permissions import public
from app.issues.kinds import all_kinds
from app.issues.levels import LEVELS
from app.issues.listing import Filters, IssueRow, list_issues
from app.search.asking import ISSUE
from app.search.queries import Hit, Mark, search
from app.search.snippets import snippet
from app.search.words import Word
from app.web.keyset import Cursor

unprefixed = Blueprint("api", __name__, url_prefix="/api/v1")

STATES = ("open", "upcoming", "closed")
ARCHIVES = ("with", "without", "only")
PAGE, MOST = 20, 100
LONGEST_QUERY = 200
KNOWN = frozenset({"limit", "after", "province", "level", "state", "agency", "archive"})
SEARCH_KNOWN = frozenset({"q", "lang", "kind", "limit", "after"})


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
        following = address("api.issues", after=str(listed.next), **given)
    return jsonify(issues=[_issue(row) for row in listed.rows], next=following)


@unprefixed.errorhandler(BadParameter)
def bad_parameter(error: BadParameter) -> ResponseReturnValue:
    """Say which parameter is wrong and what it may be."""
    return {"error": 400, "parameter": error.name, "message": str(error)}, 400


@unprefixed.errorhandler(NotFound)
def not_found(_error: NotFound) -> ResponseReturnValue:
    """Say that there is no such thing, or none that is public."""
    return {"error": 404, "message": "there is no such issue, or it is not public"}, 404


@unprefixed.after_request
def open_to_all(response: Response) -> Response:
    """Pages of other sites may read it: nothing here is one reader's."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@unprefixed.get("/issues/<int:issue_id>")
@public
def issue(issue_id: int) -> ResponseReturnValue:
    """A published issue with its activities and their public counts."""
    return jsonify(issue_in_full(issue_id))


@unprefixed.get("/search")
@public
def find() -> ResponseReturnValue:
    """What holds every word of `q` and is public now: in titles first, then the newest.

    `q` (at most 200 characters), `lang` of the answer (th, en; th unless given), `kind`, `limit` (1 to 100),
    `after` (the mark in `next`).
    """
    asked = Parameters(request.args, SEARCH_KNOWN)
    lang: Language = asked.one_of("lang", LANGUAGES) or DEFAULT  # type: ignore[assignment]
    kind = asked.one_of("kind", [ISSUE, *(kind.code for kind in all_kinds())])
    query = asked.words("q", LONGEST_QUERY)
    after = asked.read("after", Mark.parse)
    hits = search(query, kind, after, asked.number("limit", 1, MOST) or PAGE)
    following = None
    if hits.next:
        given = {name: value for name, value in request.args.items() if name != "after"}
        following = address("api.find", after=str(hits.next), **given)
    response = jsonify(results=[_hit(hit, hits.words, lang) for hit in hits.hits], next=following)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@unprefixed.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """This contract in the form machines read (OpenAPI 3.1)."""
    return jsonify(description())


def _hit(hit: Hit, words: Sequence[Word], lang: Language) -> dict[str, Any]:
    title, title_lang, _fallback = hit.shown.title.pick(lang)
    part = snippet(hit.shown.words, words, hit.shown.lang, lang)
    return {
        "title": title,
        "lang": title_lang,
        "kind": hit.shown.kind,
        "url": current_settings().base_url + hit.shown.address.url(lang),
        "snippet": str(part),
        "snippet_lang": part.lang,
        "issue": {
            "id": hit.issue_id,
            "title": hit.issue.pick(lang)[0],
            "url": address("issues.show", lang=lang, issue_id=hit.issue_id),
        },
    }


def _issue(row: IssueRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": both(row.title),
        "level": row.level,
        "agency": {"id": row.agency_id, **both(row.agency)},
        "window": window(row.opens_at, row.closes_at),
        "state": row.state,
        "source": row.source,
        "url": addresses("issues.show", issue_id=row.id),
    }
