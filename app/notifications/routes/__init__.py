"""Doors of following: to begin, to see what one follows, to leave from a mail."""

from app.identity.leaving import erased_by
from app.notifications import service
from app.notifications.routes import following, leaving
from app.notifications.routes.blueprint import bp

erased_by("notifications", service.erase)

__all__ = ["bp", "following", "leaving"]
