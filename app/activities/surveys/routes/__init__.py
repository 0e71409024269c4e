"""Doors of surveys, in one blueprint: those of citizens, of holders of a link, and those of the office."""

from app.activities.surveys.routes import by_link, citizens, data, desk, office, pages, reading
from app.activities.surveys.routes.blueprint import bp

__all__ = ["bp", "by_link", "citizens", "data", "desk", "office", "pages", "reading"]
