"""Reference data that comes with the program: provinces, districts and sub-districts with official codes."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, insert, select

from app.agencies.models import Area
from app.core.db import db
from app.i18n.bilingual import Bilingual

DATA = Path(__file__).parent / "data"


def load_areas() -> int:
    """Put the areas into an empty table; return how many are there. Parents come first in the file's codes."""
    present = db.session.scalar(select(func.count()).select_from(Area)) or 0
    if present:
        return present
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = [{**row, "parent": row["parent"] or None, "postcode": row["postcode"] or None} for row in csv.DictReader(file)]
    rows.sort(key=lambda row: (len(row["code"]), row["code"]))
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
