"""Doors of outreach, in one blueprint: those of everyone, of the office, and of who was invited."""

from app.outreach.routes import channels, invited, inviting, public, register
from app.outreach.routes.blueprint import bp

__all__ = ["bp", "channels", "invited", "inviting", "public", "register"]
