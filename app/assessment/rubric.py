"""Rubrics: versioned data, printed on every report. A rubric in use never changes; a new version is a new file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.evidence.criteria import Criterion as CriterionOfEvidence
from app.evidence.kinds_of_evidence import EvidenceAsked
from app.i18n.bilingual import Bilingual

FOLDER = Path(__file__).parent / "rubrics"
DEFAULT = ("pgov-default", 1)


@dataclass(frozen=True)
class Item:
    """What is scored 0-5; its points are weight × score ÷ 5."""

    code: str
    name: Bilingual
    weight: int
    questions: tuple[Bilingual, ...]
    evidence: tuple[EvidenceAsked, ...]


@dataclass(frozen=True)
class EvidenceRule:
    """What every exhibit must satisfy, by the code under which `evidence.py` knows it."""

    code: str
    text: Bilingual


@dataclass(frozen=True)
class Criterion:
    """A group of items; a seed criterion is one of the programme's own four emphases (seed 002, 2.2.2)."""

    code: str
    name: Bilingual
    weight: int
    seed: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Band:
    """An award band: reached from `minimum` points on, if no seed criterion averages below `gate`."""

    code: str
    name: Bilingual
    minimum: Fraction
    gate: Fraction | None
    gate_text: Bilingual | None


@dataclass(frozen=True)
class Rubric:
    """Criteria, scale, bands, caps and rules of evidence of one version."""

    code: str
    version: int
    name: Bilingual
    scale: tuple[Bilingual, ...]
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]
    cap_without_evidence: int
    evidence_rules: tuple[EvidenceRule, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for criterion in self.criteria for item in criterion.items)

    def item(self, code: str) -> Item:
        """The item with this code; raises `KeyError`."""
        return {item.code: item for item in self.items}[code]


def criteria_of_evidence() -> dict[str, CriterionOfEvidence]:
    """The default rubric's criteria as the evidence pages offer them, each with what its items ask for."""
    return {
        criterion.code: CriterionOfEvidence(
            criterion.name, tuple(asked for item in criterion.items for asked in item.evidence)
        )
        for criterion in rubric(*DEFAULT).criteria
    }


@lru_cache(maxsize=8)
def rubric(code: str, version: int) -> Rubric:
    """Read a rubric; raises `KeyError` for one this installation does not have."""
    path = FOLDER / f"{code}-{version}.json"
    if not path.is_file() or path.parent != FOLDER:
        raise KeyError(f"{code} {version}")
    return _rubric(json.loads(path.read_text(encoding="utf-8")))


def _rubric(data: dict[str, Any]) -> Rubric:
    return Rubric(
        code=data["code"],
        version=data["version"],
        name=_both(data["name"]),
        scale=tuple(_both(step["name"]) for step in sorted(data["scale"], key=lambda s: s["score"])),
        criteria=tuple(_criterion(criterion) for criterion in data["criteria"]),
        bands=tuple(sorted(map(_band, data["bands"]), key=lambda band: -band.minimum)),
        cap_without_evidence=data["caps"]["text_without_evidence"],
        evidence_rules=tuple(
            EvidenceRule(rule["code"], _both(rule["text"])) for rule in data["evidence_rules"]
        ),
    )


def _criterion(data: dict[str, Any]) -> Criterion:
    items = tuple(
        Item(
            code=item["code"],
            name=_both(item["name"]),
            weight=item["weight"],
            questions=tuple(_both(question) for question in item["questions"]),
            evidence=tuple(
                EvidenceAsked(asked["level"], tuple(asked["kinds"])) for asked in item["evidence"]
            ),
        )
        for item in data["items"]
    )
    return Criterion(data["code"], _both(data["name"]), data["weight"], data["seed"], items)


def _band(data: dict[str, Any]) -> Band:
    gate = data["gate"]
    return Band(
        code=data["code"],
        name=_both(data["name"]),
        minimum=Fraction(str(data["min"])),
        gate=Fraction(gate["value"]) if gate else None,
        gate_text=_both(gate["text"]) if gate else None,
    )


def _both(value: dict[str, str]) -> Bilingual:
    return Bilingual(value["th"], value["en"])
