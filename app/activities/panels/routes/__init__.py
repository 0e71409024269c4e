"""Doors of panels, in one blueprint: those of citizens, and the office's at seats, meetings and minutes."""

from app.activities.panels.routes import citizens, decisions, meetings, minutes, office, seats
from app.activities.panels.routes.blueprint import bp

__all__ = ["bp", "citizens", "decisions", "meetings", "minutes", "office", "seats"]
