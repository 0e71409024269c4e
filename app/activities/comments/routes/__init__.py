"""Doors of comments, in one blueprint: those of citizens and those of the office."""

from app.activities.comments.routes import citizens, office
from app.activities.comments.routes.blueprint import bp

__all__ = ["bp", "citizens", "office"]
