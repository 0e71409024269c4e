"""Text whose English remembers the Thai it was made from, so that a stale translation shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.i18n.bilingual import Bilingual

DIGEST_LENGTH = 16


def thai_digest(text: str) -> str:
    """What is kept of the Thai a translation was made from: 16 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True)
class Translated(Bilingual):
    """A text in both languages; `made_from` is the digest of the Thai its English was made from."""

    made_from: str | None = None

    @property
    def stale(self) -> bool:
        """Whether the Thai was changed after it had been put into English."""
        return self.en is not None and self.made_from is not None and self.made_from != thai_digest(self.th)


def translated(th: str | None, en: str | None, made_from: str | None) -> Translated | None:
    """A text from its three columns; None where there is none."""
    return Translated(th, en, made_from) if th else None


def made_from(new: Bilingual, old: Translated | None, *, confirmed: bool = False) -> str | None:
    """The digest to keep with `new`: that of the old Thai where only the Thai was changed.

    `confirmed`: the writer says that the English still says what the Thai says.
    """
    if new.en is None:
        return None
    if confirmed or old is None or old.en != new.en or old.made_from is None:
        return thai_digest(new.th)
    return old.made_from
