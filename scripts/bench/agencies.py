"""The public list of agencies, with few and with all that Thailand has."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import insert

from app.agencies.models import Agency
from app.core.db import db, transaction
from app.core.text import sort_key
from app.ledger.guard import note_recorded
from scripts.bench.measure import Measured, Meter, side_by_side


def measured(app: Flask, meter: Meter, number: int, rounds: int) -> list[Measured]:
    """What a page of the list costs with a whole country's agencies, beside one province's."""
    _fill(number)
    client = app.test_client()
    acts = (lambda: client.get("/th/agencies/?province=15"), lambda: client.get("/th/agencies/"))
    return [side_by_side(f"agencies: a province's, all {number:,}", meter, acts, rounds)]


def _fill(number: int) -> None:
    kinds = {"local": "เทศบาลตำบล", "district": "ที่ว่าการอำเภอ", "department": "กรม"}
    rows = [
        {
            "short": f"น{n}",
            "name_th": name,
            "name_en": f"Agency {n}",
            "kind": kind,
            "area_code": ("10", "15", "40", "50", "83")[n % 5] if kind == "local" else None,
            "valid_from": date(2020, 1, 1),
            "contact_th": "โทร 02 000 0000",
            "order_th": sort_key(name),
            "order_en": f"Agency {n}",
        }
        for n in range(number)
        for kind, word in [list(kinds.items())[n % 20 if n % 20 < 3 else 0]]
        for name in [f"{word}บ้าน{'กขคงจชซดตถทนบปผพฟมยรลวสหอ'[n % 25]}ใหม่ {n}"]
    ]
    with transaction():
        db.session.execute(insert(Agency), rows)
        note_recorded(db.session.connection(), "agencies")
