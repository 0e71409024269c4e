"""A stand-in for the kind that takes comments: the real comments room with what it answers set by a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import literal, select

from app.core.db import db
from app.i18n.bilingual import Bilingual
from app.issues import kinds
from app.issues.contracts import Address, Credit, Remarks


@dataclass
class Told:
    """What the kind answers: comments by (version, section), credits by outcome, and what it was asked."""

    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    credits: dict[str, list[Credit]] = field(default_factory=dict)
    asked: list[tuple[list[int], str, int]] = field(default_factory=list)

    def remarks(self, activities: Sequence[Any], subject: str, version: int) -> list[Remarks]:
        db.session.execute(select(literal(len(activities))))
        self.asked.append(([activity.id for activity in activities], subject, version))
        about = {"subject": subject, "version": version}
        return [
            Remarks(
                activity_id=activity.id,
                title=activity.title,
                counts=self.counts.get(version, {}),
                write=self._address("comments.new", activity, about) if activity.state == "open" else None,
                read=self._address("comments.show", activity, about),
            )
            for activity in activities
        ]

    def credited(self, activity_ids: Sequence[int]) -> Mapping[str, Sequence[Credit]]:
        db.session.execute(select(literal(len(activity_ids))))
        return self.credits if activity_ids else {}

    def _address(self, endpoint: str, activity: Any, about: dict[str, Any]) -> Address:
        return Address(endpoint, {"activity_id": activity.id, **about})


@contextmanager
def taking_remarks() -> Iterator[Told]:
    """Comments take remarks on passages while the block runs."""
    before, told = kinds.kind_of("comments"), Told()
    kinds.register(replace(before, remarks=told.remarks, credits=told.credited))
    yield told
    kinds.register(before)


def credit(words: str, people: int, issue_id: int) -> Credit:
    """A theme that people raised and that the agency answered."""
    address = Address("issues.show", {"issue_id": issue_id, "_anchor": "answer"})
    return Credit(Bilingual(words, f"In English: {words}"), people, address)
