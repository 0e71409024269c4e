"""Doors of surveys, in one blueprint: those of citizens and those of the office."""

from app.activities.surveys.routes import citizens, office
from app.activities.surveys.routes.blueprint import bp

__all__ = ["bp", "citizens", "office"]
