"""Reference data that comes with the program: provinces, districts and sub-districts with official codes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, insert, select

from app.agencies.models import Area
from app.core.db import db
from app.i18n.bilingual import Bilingual

DATA = Path(__file__).parent / "data"


def load_areas() -> int:
    """Put the areas into an empty table, parents first; return how many are there."""
    present = db.session.scalar(select(func.count()).select_from(Area)) or 0
    if present:
        return present
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        read = sorted(csv.DictReader(file), key=lambda row: (len(row["code"]), row["code"]))
    rows = [{name: value or None for name, value in row.items()} for row in read]
    db.session.execute(insert(Area), rows)
    return len(rows)


@lru_cache(maxsize=1)
def provinces() -> dict[str, Bilingual]:
    """The provinces by code, read from the packaged data: they change by law, about once in a generation."""
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Bilingual(row["name_th"], row["name_en"])
            for row in csv.DictReader(file)
            if row["kind"] == "province"
        }


@dataclass(frozen=True)
class ProvinceTile:
    """A province on the tile map: nine columns, seventeen rows, a two-letter code; and its award region."""

    code: str
    abbreviation: str
    region: str
    x: int
    y: int


@lru_cache(maxsize=1)
def province_tiles() -> list[ProvinceTile]:
    """Every province's place on the tile map, by code."""
    with (DATA / "provinces_extra.csv").open(encoding="utf-8", newline="") as file:
        return [
            ProvinceTile(row["code"], row["abbr_th"], row["region"], int(row["x"]), int(row["y"]))
            for row in csv.DictReader(file)
        ]
