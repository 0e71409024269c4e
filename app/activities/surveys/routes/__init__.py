"""Doors of surveys: those of citizens, of holders of a link, of the office, and of programs."""

from app.activities.surveys.routes import by_link, citizens, data, desk, office, pages, reading
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.routes.data import unprefixed

__all__ = ["bp", "by_link", "citizens", "data", "desk", "office", "pages", "reading", "unprefixed"]
