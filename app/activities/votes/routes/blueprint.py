"""The room's blueprint, which its doors share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("votes", __name__, url_prefix="/votes")
