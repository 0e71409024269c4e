"""What room panels tells the hearing report: every decision with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.activities.panels.models import Decision
from app.core.db import db
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Table
from app.issues.verdicts import VERDICTS

HEADS = (_l("Decision"), _l("Verdict"), _l("Reason"), _l("Decided on"))


def tables_of(activity_ids: Sequence[int]) -> Mapping[int, Sequence[Table]]:
    """The decisions of each panel, oldest first: one statement."""
    query = select(Decision).where(Decision.activity_id.in_(activity_ids)).order_by(Decision.id)
    rows: dict[int, list[Sequence[Any]]] = {}
    for decision in db.session.scalars(query):
        text = Bilingual(decision.text_th, decision.text_en)
        reason = Bilingual(decision.reason_th, decision.reason_en)
        rows.setdefault(decision.activity_id, []).append(
            (text, VERDICTS[decision.verdict], reason, decision.made_at)
        )
    heading = _l("Decisions of the panel")
    return {activity_id: [Table(heading, HEADS, found)] for activity_id, found in rows.items()}
