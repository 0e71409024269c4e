"""Doors of evidence: the pages, and the published logs, whose addresses have no language."""

from app.evidence.routes.logs import unprefixed
from app.evidence.routes.pages import bp

__all__ = ["bp", "unprefixed"]
