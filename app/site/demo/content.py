"""Reading the content files: their texts, their moments, their rules that make rows (content/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from app.i18n.bilingual import Bilingual
from app.i18n.dates import BANGKOK

FOLDER = Path(__file__).parent / "content"
Part = Mapping[str, Any]
T = TypeVar("T")


def read(name: str) -> dict[str, Any]:
    """A content file by its name."""
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def issue_keys() -> list[str]:
    """The keys of the invented issues."""
    return sorted(path.name.removesuffix(".issue.json") for path in FOLDER.glob("*.issue.json"))


def both(text: Part | None) -> Bilingual | None:
    """A text in both languages, or None."""
    return Bilingual(text["th"], text["en"]) if text else None


def columns(**texts: Part | None) -> Any:
    """Texts as the verbs take them: `name=` becomes `name_th` and `name_en`.

    It fits any of the rooms' contents, which no type of ours could say.
    """
    return {
        f"{name}_{lang}": text[lang] if text else None
        for name, text in texts.items()
        for lang in ("th", "en")
    }


@dataclass(frozen=True)
class Calendar:
    """The days of the content, counted from the day of seeding."""

    day_zero: date

    def day(self, value: Part) -> date:
        """`{"day": n}` as a date."""
        return self.day_zero + timedelta(days=value["day"])

    def moment(self, value: Part) -> datetime:
        """`{"day": n, "time": "hh:mm"}` as an aware moment in UTC; the time is Bangkok's."""
        local = datetime.combine(self.day(value), time.fromisoformat(value["time"]), BANGKOK)
        return local.astimezone(UTC)


def spread(counts: Mapping[T, int], step: int) -> list[T]:
    """Each key as often as its number says, dealt out so that row `i` takes value `(i * step) mod n`."""
    values = [key for key, number in counts.items() for _ in range(number)]
    return [values[(row * step) % len(values)] for row in range(len(values))]


def day_of_row(days: Part, row: int) -> dict[str, Any]:
    """On which day a row is sent; without a step one row a day, over and over."""
    length = days["to"] - days["from"] + 1
    return {"day": days["from"] + row * days.get("step", 1) % length}


def span(keys: Sequence[str], part: Part) -> Iterator[str]:
    """The keys from one to another, both included."""
    yield from keys[keys.index(part["from"]) : keys.index(part["to"]) + 1]
