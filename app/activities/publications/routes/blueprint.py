"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from flask import Blueprint, request

from app.web.pages import LARGEST_ID

bp = Blueprint("publications", __name__, url_prefix="/publications")


def number_in_query(name: str) -> int | None:
    """A number in the query; anything else is as if it were not there."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None
