"""Finding a row to show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.db import db


def first_id(model: Any, *where: Any) -> Any:
    """The first such row's id, or None."""
    return db.session.scalar(select(model.id).where(*where).order_by(model.id).limit(1))


def newest_id(model: Any) -> Any:
    return db.session.scalar(select(model.id).order_by(model.id.desc()).limit(1))
