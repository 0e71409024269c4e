"""Doors of forums, in one blueprint: those of citizens, and the office's before, on the day of and after a session."""

from app.activities.forums.routes import after, arrivals, citizens, office, registering, sessions
from app.activities.forums.routes.blueprint import bp

__all__ = ["after", "arrivals", "bp", "citizens", "office", "registering", "sessions"]
