"""Doors of comments, in one blueprint: those of citizens and those of the office."""

from app.activities.comments.routes import (
    accounting,
    admitting,
    appealing,
    grouping,
    keying,
    mine,
    moderating,
    no_mail,
    office,
    queueing,
    reading,
    setting_up,
    supporting,
    taking_out,
    themes,
    tracing,
    writing,
)
from app.activities.comments.routes.blueprint import bp

__all__ = [
    "accounting",
    "admitting",
    "appealing",
    "bp",
    "grouping",
    "keying",
    "mine",
    "moderating",
    "no_mail",
    "office",
    "queueing",
    "reading",
    "setting_up",
    "supporting",
    "taking_out",
    "themes",
    "tracing",
    "writing",
]
