"""The addresses of pages as mails name them: whole, in the reader's language, from a command as well."""

from __future__ import annotations

from app.web.pages import address_of


def leaving(lang: str, issue_id: int, key: str) -> str:
    """The page with the one button that ends a following."""
    return address_of("notifications.leave", lang, issue_id=issue_id, key=key)


def one_click(lang: str, issue_id: int, key: str) -> str:
    """Where a mail program ends a following by itself (RFC 8058)."""
    return address_of("notifications.one_click", lang, issue_id=issue_id, key=key)
