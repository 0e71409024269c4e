"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from flask import Blueprint, request

bp = Blueprint("comments", __name__, url_prefix="/comments")

LARGEST_ID = 2**31 - 1


def row_id(name: str) -> int | None:
    """A row's id in the query; anything else is as if it were not there."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None
