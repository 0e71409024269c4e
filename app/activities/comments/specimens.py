"""Made-up comments and themes in every state: by their looks `render.version` tells whether anything changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from app.activities.comments.codes import HIDING_REASONS, RELATIONS, STANCES
from app.activities.comments.models import Comment, Theme
from app.issues.channels import ARRIVALS
from app.issues.verdicts import VERDICTS


def themes() -> Iterator[Theme]:
    """Themes with every verdict, and one whose answer led to something."""
    moment = datetime(2026, 4, 18, 3, tzinfo=UTC)
    given: dict[str, Any] = {"id": 1, "activity_id": 1, "title_th": "แสงสว่าง", "reason_th": "เหตุผล"}
    given |= {"answered_at": moment, "due_on": date(2026, 5, 15)}
    for verdict in VERDICTS:
        yield Theme(**given, verdict=verdict, revision=1)
    yield Theme(
        **given, verdict="adopted", revision=2, outcome="publication/1@2", outcome_th="แผน", title_en="Light"
    )


def specimens() -> Iterator[Comment]:
    """Comments in every state, with everything that may stand in one."""
    moment = datetime(2026, 4, 18, 3, tzinfo=UTC)
    written: dict[str, Any] = {"body": "ขอช่องเปิด\n\nSecond", "lang": "th", "sent_at": moment, "revision": 0}
    yield Comment(**written)
    yield Comment(**written, edits=1, edited_at=moment, stance="unsure")
    yield Comment(**written, edits=1, edited_at=moment, unverified=True, admitted_at=moment)
    passage = {"about": "publication/1@1", "about_th": "แผน", "about_en": "Plan", "quote": "ข้อความ"}
    yield Comment(**written, **passage)
    for stance in STANCES:
        yield Comment(**written, stance=stance)
    for channel in ARRIVALS:
        yield Comment(**written, channel=channel, received_on=moment.date(), origin_place="ศาลากลาง")
    for relation in RELATIONS:
        yield Comment(**written, name="A", relation=relation)
    for verdict in VERDICTS:
        for reason_en in (None, "Reason"):
            answer: dict[str, Any] = {"verdict": verdict, "reason_th": "เหตุผล", "reason_en": reason_en}
            answer |= {"answered_at": moment, "due_on": date(2026, 5, 15), "revision": 2}
            yield Comment(**{**written, **answer})
    answer |= {"verdict": "adopted", "due_on": None, "outcome": "publication/1@2", "activity_id": 1}
    yield Comment(**{**written, **answer})
    for reason in HIDING_REASONS:
        yield Comment(**written, hidden_at=moment, hidden_reason=reason)
    yield Comment(**written, erased_at=moment)
    yield Comment(**written, withdrawn_at=moment, replies=1)
    yield Comment(**written, unverified=True)
    yield Comment(**written, unverified=True, refused_at=moment, refused_reason="off_topic")
