"""Doors of publications, in one blueprint: those of citizens and those of the office."""

from app.activities.publications.routes import citizens, office
from app.activities.publications.routes.blueprint import bp

__all__ = ["bp", "citizens", "office"]
