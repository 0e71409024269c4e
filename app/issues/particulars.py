"""What a project's notice must say beside its substance, as data: the parts of clause 7, each of them optional.

Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 7. The substance is the issue's summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import DomainError
from app.i18n import Lazy, _l
from app.i18n.bilingual import Bilingual

PARTICULARS: dict[str, Lazy] = {
    "aim": _l("Reason, need and aim"),
    "doer": _l("Who carries it out"),
    "place": _l("Place"),
    "steps": _l("Steps and time"),
    "outputs": _l("Outputs and results"),
    "impacts": _l("Impacts on people"),
    "remedies": _l("Prevention and remedies"),
    "cost": _l("Cost"),
    "funds": _l("Source of the money"),
}
"""The codes with their words, in the order of the regulation."""

Particulars = dict[str, dict[str, Any]]
"""What an issue holds: {code: {"th": text, "en": text or None}}, without what was not stated."""


@dataclass(frozen=True)
class Stated:
    """One particular: `text` is None where the agency has not stated it."""

    code: str
    words: Lazy
    text: Bilingual | None


def stated(particulars: Mapping[str, Any]) -> Sequence[Stated]:
    """Every particular there may be, also those not stated: a gap is never hidden."""
    return [Stated(code, words, _text(particulars.get(code))) for code, words in PARTICULARS.items()]


def check_particulars(particulars: Particulars) -> None:
    """Refuse an English text alone, at its field. Raises `DomainError`; `ValueError` for an unknown code."""
    if unknown := set(particulars) - set(PARTICULARS):
        raise ValueError(f"no particulars: {', '.join(sorted(unknown))}")
    for code, text in particulars.items():
        if not text["th"]:
            raise DomainError(_l("Write this in Thai too"), f"{code}_th")


def _text(text: Mapping[str, Any] | None) -> Bilingual | None:
    return Bilingual(text["th"], text["en"]) if text else None
