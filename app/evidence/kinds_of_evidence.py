"""The kinds of evidence the rubric asks for, by code: one vocabulary for facts, documents and assessment.

The codes are those of the default rubric; their names are in `evidence_kinds.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.i18n.bilingual import Bilingual

FILE = Path(__file__).parent / "evidence_kinds.json"


@dataclass(frozen=True)
class EvidenceAsked:
    """Kinds of evidence that are asked for, from a level of participation on (None: of any, or of none)."""

    level: int | None
    kinds: tuple[str, ...]


@lru_cache(maxsize=1)
def evidence_kinds() -> dict[str, Bilingual]:
    """Code → name, in the order of the rubric."""
    names = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: Bilingual(name["th"], name["en"]) for code, name in names.items()}
