"""What an officer writes about an issue: its parts, what they promise, what must be true of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

import rfc8785

from app.agencies.models import Area
from app.agencies.sectors import SECTORS
from app.core.db import db
from app.core.errors import DomainError
from app.i18n import _l, speaking
from app.issues.kinds import ActivityView, kind_of
from app.issues.levels import LEGAL_BASES, LEVELS
from app.issues.models import Issue
from app.issues.particulars import Particulars, check_particulars


class IssueContent(TypedDict, total=False):
    """Parts of an issue's content; a verb changes those it is given.

    `groups` is a list of {"sector": code, "th": name, "en": name or None}; `area_code` None is the whole
    country. `particulars` are as `particulars.Particulars` says.
    """

    title_th: str
    title_en: str | None
    summary_th: str
    summary_en: str | None
    area_code: str | None
    groups: list[dict[str, Any]]
    legal_basis: str
    particulars: Particulars
    level: int
    promise_th: str
    promise_en: str | None
    answer_by: date | None


PARTS = tuple(IssueContent.__annotations__)
PROMISE = frozenset({"level", "promise_th", "promise_en", "answer_by"})
"""What binds the agency once it is published: it may be raised, not rewritten."""

REQUIRED = {
    "title_th": _l("Enter the title in Thai"),
    "summary_th": _l("Enter the summary in Thai"),
    "promise_th": _l("Enter the promise in Thai"),
}


def check_content(content: IssueContent) -> None:
    """Refuse, at its field, what cannot be an issue's content. Raises `DomainError`."""
    unknown = set(content) - set(PARTS)
    if unknown:
        raise ValueError(f"an issue has no {', '.join(sorted(unknown))}")
    for name, message in REQUIRED.items():
        if name in content and not content[name]:  # type: ignore[literal-required]
            raise DomainError(message, name)
    if "level" in content and content["level"] not in LEVELS:
        raise DomainError(_l("Choose one of the five levels"), "level")
    if content.get("legal_basis", "") not in ("", *LEGAL_BASES):
        raise DomainError(_l("Choose a legal basis from the list"), "legal_basis")
    _check_area(content.get("area_code"))
    check_particulars(content.get("particulars", {}))
    for group in content.get("groups", []):
        if group["sector"] not in SECTORS or not group["th"]:
            raise DomainError(_l("Give each group a sector and a Thai name"), "groups")


def differing(issue: Issue, content: IssueContent) -> list[str]:
    """The names of the parts in which `content` differs from the issue as it stands."""
    return [name for name, value in content.items() if getattr(issue, name) != value]


def apply_content(issue: Issue, content: IssueContent) -> None:
    """Put the parts into the issue; its province follows from its area."""
    for name, value in content.items():
        setattr(issue, name, value)
    issue.province_code = issue.area_code[:2] if issue.area_code else None


def standard_promise(level: int) -> tuple[str, str]:
    """The promise of a level in Thai and in English, as a first wording for the agency's own."""
    promise = LEVELS[level].promise
    with speaking("th"):
        thai = str(promise)
    with speaking("en"):
        return thai, str(promise)


def content_digest(of: Mapping[str, Any]) -> str:
    """SHA-256 in hex over the canonical JSON (RFC 8785) of published texts: who has them can check them."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in of.items()}
    return hashlib.sha256(rfc8785.dumps(plain)).hexdigest()


def issue_digest(issue: Issue) -> str:
    """The digest of an issue's whole content as it stands."""
    return content_digest({name: getattr(issue, name) for name in PARTS})


def parts_digest(issue: Issue, names: Iterable[str]) -> str:
    """The digest of some parts as an officer sees them on a page, and of whether they are public yet."""
    return content_digest(
        {"public": issue.published_at is not None, **{name: getattr(issue, name) for name in names}}
    )


def draft_digest(issue: Issue, activities: Sequence[ActivityView]) -> str:
    """The digest of everything that publishing the draft now would promise: its content, its activities and
    what each kind has set up in them."""
    bound = _bound(activities)
    programme = [
        {
            "id": activity.id,
            "kind": activity.kind,
            "level": activity.level,
            "stage": activity.stage,
            "title": [activity.title.th, activity.title.en],
            "setup": bound.get(activity.id),
            "window": [at.isoformat() if at else None for at in (activity.opens_at, activity.closes_at)],
        }
        for activity in activities
    ]
    return content_digest({**{name: getattr(issue, name) for name in PARTS}, "activities": programme})


def _bound(activities: Sequence[ActivityView]) -> dict[int, str]:
    """The digests of what the kinds have set up: a statement a kind."""
    by_kind: dict[str, list[int]] = {}
    for activity in activities:
        by_kind.setdefault(activity.kind, []).append(activity.id)
    found: dict[int, str] = {}
    for code, ids in by_kind.items():
        found.update(kind_of(code).signed(ids))
    return found


def check_seen(seen: str | None, present: str) -> None:
    """Refuse what was written on a page that shows something else than what stands there by now.

    `seen` is the digest the page carried, None where there was no page. Raises `DomainError`.
    """
    if seen not in (None, present):
        raise DomainError(_l("This was changed or published meanwhile. Look at it again, then send it."))


def _check_area(code: str | None) -> None:
    if code is not None and db.session.get(Area, code) is None:
        raise DomainError(_l("Choose an area from the list"), "area_code")
