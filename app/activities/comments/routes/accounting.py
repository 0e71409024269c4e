"""What moderators answer for in public: how often they did what, by month and reason."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from app.activities.comments import queries
from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import ACTS
from app.activities.comments.routes.blueprint import bp
from app.agencies.models import Agency
from app.core.db import db
from app.core.errors import NotFound
from app.i18n import Lazy, _l
from app.identity.permissions import public

ACT_WORDS: dict[str, Lazy] = {
    "hidden": _l("Hidden"),
    "shown_again": _l("Shown again"),
    "admitted": _l("Admitted"),
    "refused": _l("Refused"),
    "upheld": _l("Appeals not granted"),
    "overturned": _l("Appeals granted"),
}


@bp.get("/moderated/<int:agency_id>")
@public
def moderated(agency_id: int) -> str:
    """The tally of an agency's moderators, newest month first."""
    return render_template(
        "comments/moderated.html",
        agency=_agency(agency_id),
        months=queries.moderated_by_month(agency_id),
        acts=ACT_WORDS,
        reasons=HIDING_REASONS,
    )


@bp.get("/moderated/<int:agency_id>.json")
@public
def moderated_data(agency_id: int) -> ResponseReturnValue:
    """The same numbers for a program."""
    _agency(agency_id)
    rows: list[dict[str, Any]] = [
        {"month": month, "reason": reason or None, **{act: numbers.get(act, 0) for act in ACTS}}
        for month, by_reason in queries.moderated_by_month(agency_id).items()
        for reason, numbers in by_reason.items()
    ]
    return jsonify(agency=agency_id, months=rows)


def _agency(agency_id: int) -> Agency:
    agency = db.session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return agency
