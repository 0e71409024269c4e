"""Doors of votes, in one blueprint: those of voters and readers, and those of the office."""

from app.activities.votes.routes import citizens, office
from app.activities.votes.routes.blueprint import bp

__all__ = ["bp", "citizens", "office"]
