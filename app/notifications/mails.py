"""The mails of this room, in the follower's language: plain text from templates/notifications/mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template

from app.core.mail import Letter, enqueue
from app.core.text import cut
from app.i18n import Language, Lazy, _, _l, _n, speaking
from app.i18n.bilingual import Bilingual, bi_plain
from app.i18n.dates import format_date, format_deadline, format_range
from app.issues.levels import ANNUL_REASONS
from app.issues.models import Issue
from app.notifications.addresses import leaving
from app.web.pages import address_of

LONGEST_SUBJECT = 200
LEAVE_HERE = "\ue000leave\ue000"
"""Stands in a body for the one thing that differs from follower to follower."""


@dataclass(frozen=True)
class Words:
    """What a mail says about the issue itself."""

    issue_id: int
    title: Bilingual
    agency: Bilingual


@dataclass(frozen=True)
class News:
    """An occasion as it is told; `title` and the window are those of its activity now."""

    occasion_id: int
    what: str
    activity_id: int | None
    title: Bilingual | None
    level: int
    opens_at: datetime | None
    closes_at: datetime | None
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The activity's title in the mail's language."""
        return bi_plain(self.title)


HEADLINES: dict[str, Lazy] = {
    "ended": _l("Ended without an answer"),
    "answer": _l("The agency has answered"),
    "result": _l("The result is out"),
    "opening": _l("Now open"),
    "date_change": _l("New dates"),
    "cancelled": _l("An activity was cancelled"),
    "decision": _l("A panel has decided"),
    "called_off": _l("A session was cancelled"),
    "moved": _l("A session was moved"),
    "document": _l("New version of a document"),
    "minutes": _l("Minutes are out"),
    "announced": _l("New activity"),
    "closed": _l("The issue is closed"),
}
"""What the subject says; of several, the one that stands first here."""

_ORDER = list(HEADLINES)


def send_confirm(*, to: str, issue: Issue, lang: Language, token: str) -> None:
    """The link with which an address follows an issue. Nothing that was typed stands in the mail."""
    link = address_of("notifications.confirm", lang, token=token)
    with speaking(lang):
        subject = _("Confirm that you want to follow: %(title)s", title=bi_plain(issue.title))
        body = render_template("notifications/mail/confirm.txt", issue=issue, link=link)
        enqueue(to=to, subject=_fit(subject), body=body, lang=lang)


def send_already(*, to: str, issue: Issue, lang: Language, key: str) -> None:
    """To the owner of an address that follows the issue: somebody asked for it once more."""
    values = {
        "address": address_of("issues.show", lang, issue_id=issue.id),
        "leave": leaving(lang, issue.id, key),
    }
    with speaking(lang):
        subject = _("You follow this already: %(title)s", title=bi_plain(issue.title))
        body = render_template("notifications/mail/already.txt", issue=issue, **values)
        enqueue(to=to, subject=_fit(subject), body=body, lang=lang)


def compose(issue: Words, news: Sequence[News], lang: str) -> Letter:
    """One mail on all this news, to be addressed; where its body names the leaving page stands its `leave_url`."""
    spoken: Language = "en" if lang == "en" else "th"
    with speaking(spoken):
        ordered = sorted(_merged(news), key=lambda item: _ORDER.index(item.what))
        body = render_template(
            "notifications/mail/news.txt",
            issue=issue,
            sentences=list(dict.fromkeys(_TOLD[item.what](item) for item in ordered)),
            address=address_of("issues.show", spoken, issue_id=issue.issue_id),
            leave=LEAVE_HERE,
        )
        return Letter("", _fit(_subject(issue, ordered)), body, spoken, LEAVE_HERE)


def _merged(news: Sequence[News]) -> list[News]:
    """Several changes of one activity's dates are one: from what they were at first to what they are.

    Of a session that was moved more than once the last move is told, of one that was then cancelled that alone.
    """
    kept: list[News] = []
    changed: set[int | None] = set()
    last = {item.data.get("subject"): item for item in news if item.what in ("moved", "called_off")}
    for item in news:
        if item.what == "moved" and last[item.data.get("subject")] is not item:
            continue
        if item.what == "date_change":
            if item.activity_id in changed:
                continue
            changed.add(item.activity_id)
        kept.append(item)
    return kept


def _subject(issue: Words, news: Sequence[News]) -> str:
    title, headline = bi_plain(issue.title), HEADLINES[news[0].what]
    more = len({item.what for item in news}) - 1
    if not more:
        return _("%(headline)s: %(title)s", headline=headline, title=title)
    return _n(
        "%(headline)s, and %(num)s more thing: %(title)s",
        "%(headline)s, and %(num)s more things: %(title)s",
        more,
        headline=headline,
        title=title,
    )


def _fit(subject: str) -> str:
    """The subject on one line, no longer than its column, cut between characters as readers count them."""
    line = " ".join(subject.split())
    length = LONGEST_SUBJECT
    while len(line) > LONGEST_SUBJECT:
        line, length = cut(line, length), length - 10
    return line


def _opening(item: News) -> str:
    if item.level == 1:
        return _("“%(title)s” can be read now.", title=item.name)
    if item.closes_at is None:
        return _("“%(title)s” is open now.", title=item.name)
    until = format_deadline(item.closes_at)
    return _("“%(title)s” is open now. You can take part until %(day)s.", title=item.name, day=until)


def _announced(item: News) -> str:
    window = _window(item.opens_at, item.closes_at)
    return _("There is a new activity, “%(title)s”: %(window)s.", title=item.name, window=window)


def _date_change(item: News) -> str:
    before = _window(_moment(item.data["opens_before"]), _moment(item.data["closes_before"]))
    return _(
        "“%(title)s” has new dates.\nBefore: %(before)s\nNow: %(after)s",
        title=item.name,
        before=before,
        after=_window(item.opens_at, item.closes_at),
    )


def _cancelled(item: News) -> str:
    return _("The agency has cancelled “%(title)s”.", title=item.name)


def _answer(_item: News) -> str:
    return _("The agency has answered: what it heard, what it decided and what it will do.")


def _result(item: News) -> str:
    return _("The result of “%(title)s” is out.", title=item.name)


def _document(item: News) -> str:
    return _(
        "A document in “%(title)s” has a new version, number %(number)s. The page says what changed.",
        title=item.name,
        number=item.data.get("number", ""),
    )


def _moved(item: News) -> str:
    return _(
        "A session of “%(title)s” was moved to another time or place. It is now on %(day)s.",
        title=item.name,
        day=_day(item),
    )


def _called_off(item: News) -> str:
    return _(
        "The session of “%(title)s” on %(day)s was cancelled. The page says why.",
        title=item.name,
        day=_day(item),
    )


def _minutes(item: News) -> str:
    return _("Minutes of “%(title)s” are out: who came, and what was said.", title=item.name)


def _decision(item: News) -> str:
    return _("There is a decision in “%(title)s”, with its reason.", title=item.name)


def _day(item: News) -> str:
    return format_date(date.fromisoformat(str(item.data["day"])))


def _closed(_item: News) -> str:
    return _("The agency has closed the issue after doing everything it owed.")


def _ended(item: News) -> str:
    reason = ANNUL_REASONS.get(str(item.data.get("reason")), "")
    return _("The agency has ended the issue without an answer. Its reason: %(reason)s.", reason=reason)


_TOLD: dict[str, Callable[[News], str]] = {
    "opening": _opening,
    "announced": _announced,
    "date_change": _date_change,
    "cancelled": _cancelled,
    "answer": _answer,
    "result": _result,
    "document": _document,
    "moved": _moved,
    "called_off": _called_off,
    "minutes": _minutes,
    "decision": _decision,
    "closed": _closed,
    "ended": _ended,
}


def _window(opens_at: datetime | None, closes_at: datetime | None) -> str:
    if opens_at is None:
        return ""
    if closes_at is None:
        return _("from %(day)s, with no end set", day=format_date(opens_at))
    return format_range(opens_at, closes_at)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
