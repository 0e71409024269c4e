"""The page where one looks for something."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.text import cut, normalise_line
from app.i18n import _l, current_language
from app.identity.permissions import public
from app.issues.kinds import all_kinds
from app.search.asking import ISSUE, Shown
from app.search.queries import Mark, search
from app.search.snippets import Snippet, snippet
from app.search.words import Word

bp = Blueprint("search", __name__, url_prefix="/search")

LONGEST_QUERY = 200


@bp.get("")
@public
def find() -> ResponseReturnValue:
    """What holds the words somebody typed. No search engine is to keep it, nor do our own logs."""
    query = cut(normalise_line(request.args.get("q", "")), LONGEST_QUERY)
    kinds = {ISSUE: _l("Public issue")} | {kind.code: kind.name for kind in all_kinds()}
    asked = request.args.get("kind", "")
    kind = asked if asked in kinds else None
    found = search(query, kind, _mark(request.args.get("after", "")))
    page = render_template(
        "search/find.html",
        query=query,
        kinds=kinds,
        kind=kind,
        found=found,
        snippets={hit.shown.subject: _snippet(hit.shown, found.words) for hit in found.hits},
        first_url=url_for("search.find", q=query, kind=kind) if "after" in request.args else None,
        next_url=url_for("search.find", q=query, kind=kind, after=found.next) if found.next else None,
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _snippet(shown: Shown, words: Sequence[Word]) -> Snippet:
    return snippet(shown.words, words, shown.lang, current_language())


def _mark(text: str) -> Mark | None:
    """Where the page begins; a mangled mark begins at the first page."""
    try:
        return Mark.parse(text) if text else None
    except ValueError:
        return None
