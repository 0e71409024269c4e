"""Asking what is public now: issues here, everything else of its kind, one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.i18n import Language
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address
from app.issues.kinds import kind_of
from app.issues.models import Issue, Response

ISSUE = "issue"
"""The kind of an issue itself, beside the codes of the kinds of activity."""


@dataclass(frozen=True)
class Shown:
    """Something public as it reads now. `lang` is the language of `words` where it is known."""

    subject: str
    kind: str
    title: Bilingual
    words: str
    lang: Language | None
    address: Address


def shown_now(asked: Iterable[tuple[str, str]]) -> dict[str, Shown]:
    """Of these (subject, kind) pairs, those that are public at this moment: one statement a kind."""
    by_kind: dict[str, list[str]] = {}
    for subject, kind in asked:
        by_kind.setdefault(kind, []).append(subject)
    shown: dict[str, Shown] = {}
    for kind, subjects in by_kind.items():
        shown |= _issues(subjects) if kind == ISSUE else _of_kind(kind, subjects)
    return shown


def _of_kind(code: str, subjects: Sequence[str]) -> Mapping[str, Shown]:
    found = kind_of(code).found(subjects)
    return {
        subject: Shown(subject, code, item.title, item.words, item.lang, item.address)
        for subject, item in found.items()
    }


def _issues(subjects: Sequence[str]) -> dict[str, Shown]:
    numbers = [int(subject.removeprefix("issue/")) for subject in subjects]
    rows = db.session.execute(
        select(Issue, Response)
        .outerjoin(Response, Response.issue_id == Issue.id)
        .where(Issue.id.in_(numbers), Issue.published_at <= now())
    )
    return {f"issue/{row.Issue.id}": _issue(row.Issue, row.Response, now()) for row in rows}


def _issue(issue: Issue, answer: Response | None, moment: datetime) -> Shown:
    """An issue by its summary, its promise and the agency's answer once that is published."""
    texts = [issue.summary, issue.promise]
    if answer is not None and answer.published_at is not None and answer.published_at <= moment:
        texts += [answer.heard, answer.decided, answer.will_do]
    words = [text.th for text in texts if text] + [text.en for text in texts if text and text.en]
    address = Address("issues.show", {"issue_id": issue.id})
    subject = f"issue/{issue.id}"
    return Shown(subject, ISSUE, issue.title, "\n".join(filter(None, words)), None, address)
