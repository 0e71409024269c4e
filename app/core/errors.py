"""Errors a verb may raise; the pages turn them into words at the field."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule of the domain says no.

    `message` is a (lazily translated) sentence that says how to repair it; `field` names the form
    field it belongs to, or None for the whole form.
    """

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(str(field or "form"))
        self.message = message
        self.field = field


class NotFound(Exception):
    """The thing does not exist, or is not the asker's to see: answered with 404 either way."""
