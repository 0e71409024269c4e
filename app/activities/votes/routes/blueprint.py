"""The room's blueprint, and the words every page of it may need."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from app.activities.votes.codes import UNDECIDED
from app.issues.levels import LEGAL_BASES

bp = Blueprint("votes", __name__, url_prefix="/votes")


@bp.context_processor
def words() -> dict[str, Any]:
    """Codes with their words."""
    return {"legal_bases": LEGAL_BASES, "undecided": UNDECIDED}
