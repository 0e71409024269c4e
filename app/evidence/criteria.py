"""Criteria by which exhibits may be looked up: rooms to the right that ask for evidence say here what for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.evidence.kinds_of_evidence import EvidenceAsked
from app.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class Criterion:
    """What is judged, and the evidence that is asked for to judge it."""

    name: Bilingual
    asked: tuple[EvidenceAsked, ...]


Load = Callable[[], Mapping[str, Criterion]]

_loads: dict[str, Load] = {}


def offer_criteria(room: str, load: Load) -> None:
    """Let people look exhibits up by a room's criteria; its last registration stands."""
    _loads[room] = load


def criteria() -> dict[str, Criterion]:
    """Every criterion by its code, in the order of its room."""
    return {code: criterion for load in _loads.values() for code, criterion in load().items()}
