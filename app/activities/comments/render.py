"""A comment's HTML: made once, when the comment is written, answered, hidden or erased, and stored.

What is stored is the whole article in both languages, with nothing of the reader in it. A page is one
SELECT and a join of strings.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup, escape

from app.activities.comments.codes import HIDING_REASONS, RELATIONS, STANCES
from app.activities.comments.models import Comment, Theme
from app.activities.comments.specimens import specimens, themes
from app.core.html import to_html
from app.i18n import LANGUAGES, Language, speaking
from app.i18n.bilingual import Bilingual
from app.i18n.filters import date_element
from app.issues.channels import ARRIVALS
from app.issues.verdicts import VERDICTS

ARTICLE = "comments/_article.html"
THEME_ANSWER = "comments/_theme_answer.html"
_PLACES = ("\x00name\x00", "\x00day\x00", "\x00body\x00")
"""Stand for what is put into a frame; no stored text holds a NUL."""

VERDICT_MARKS = {"adopted": "done", "partly": "done", "under_review": "soon"}
"""The status mark beside a verdict; the others have none."""


def dress(comment: Comment) -> None:
    """Make anew what follows from the rest of a comment's row: its HTML, and the lists it stands in.

    Its verbs call this before they flush.
    """
    comment.arrange()
    comment.html_th = _article(comment, "th")
    comment.html_en = _article(comment, "en")
    comment.html_version = version()


def dress_theme(theme: Theme) -> None:
    """Make a theme's answer anew as it stands under each of its comments."""
    theme.html_th = _theme_answer(theme, "th")
    theme.html_en = _theme_answer(theme, "en")
    theme.html_version = version()


@cache
def version() -> str:
    """A name for how comments look now: the digest of one in every state, in both languages.

    Whatever changes their look changes it, be it the template, a part, a translation or a date format.
    """
    _frame.cache_clear()  # Asked how comments look now.
    looks = [_article(comment, lang) for comment in specimens() for lang in LANGUAGES]
    looks += [_theme_answer(theme, lang) for theme in themes() for lang in LANGUAGES]
    return hashlib.sha256("\0".join(looks).encode()).hexdigest()[:16]


def language_of(text: str) -> Language:
    """The language most letters of `text` belong to: Thai, or else English."""
    thai = sum("ก" <= letter <= "๎" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return "en" if latin > thai else "th"


def _article(comment: Comment, lang: Language) -> str:
    name = escape(comment.name) if comment.name else None
    day = date_element(comment.received_on or comment.sent_at, lang)
    body = Markup(to_html(comment.body))
    look = _look(comment, lang)
    if look is None:
        with speaking(lang):
            return _filled(comment, lang, name, day, body)
    parts = _frame(look)
    return f"{parts[0]}{name or ''}{parts[1]}{day}{parts[2]}{body}{parts[3]}"


def _filled(comment: Comment, lang: Language, name: Markup | None, day: Markup, body: Markup) -> str:
    return current_app.jinja_env.get_template(ARTICLE).render(
        comment=comment,
        name=name,
        day=day,
        body=body,
        body_lang=None if comment.lang == lang else comment.lang,
        relation=RELATIONS.get(comment.relation or ""),
        stance=STANCES.get(comment.stance or ""),
        channel=ARRIVALS[comment.channel] if comment.channel not in (None, "web") else None,
        about=comment.about_words,
        quote=Markup(to_html(comment.quote)) if comment.quote else None,
        hiding_reason=HIDING_REASONS.get(comment.hidden_reason or ""),
        answer=_answer(comment, lang),
    )


class _Look(NamedTuple):
    """All by which the articles of plain comments differ, but for name, day and words."""

    lang: Language
    body_lang: str
    named: bool
    unverified: bool
    relation: str | None
    stance: str | None
    channel: str | None


def _look(comment: Comment, lang: Language) -> _Look | None:
    """How a plain comment looks: shown, as it was sent, about the whole issue, without an answer. Or None."""
    special = comment.verdict or comment.edits or comment.about_th or comment.origin_place
    if special or comment.state != "shown":
        return None
    return _Look(
        lang,
        comment.lang,
        bool(comment.name),
        bool(comment.unverified),
        comment.relation,
        comment.stance,
        comment.channel,
    )


@lru_cache(maxsize=1024)
def _frame(look: _Look) -> tuple[str, ...]:
    """The article of such a comment before its name, between, before its words, and after them.

    Most comments are plain, and few frames fit all of them: they are put together without the template.
    """
    name, day, body = (Markup(mark) for mark in _PLACES)
    sample = Comment(
        name="A" if look.named else None,
        lang=look.body_lang,
        unverified=look.unverified,
        admitted_at=datetime(2026, 4, 18, 3, tzinfo=UTC) if look.unverified else None,
        relation=look.relation,
        stance=look.stance,
        channel=look.channel,
    )
    with speaking(look.lang):
        article = _filled(sample, look.lang, name if look.named else None, day, body)
    before, day_mark, rest = article.partition(_PLACES[1])
    first, _name, second = before.partition(_PLACES[0]) if look.named else (before, "", "")
    third, body_mark, last = rest.partition(_PLACES[2])
    assert day_mark
    assert body_mark
    return first, second, third, last


def _theme_answer(theme: Theme, lang: Language) -> str:
    if theme.verdict is None:
        return ""
    with speaking(lang):
        template = current_app.jinja_env.get_template(THEME_ANSWER)
        address = _path("comments.theme", lang, activity_id=theme.activity_id, theme_id=theme.id)
        return template.render(theme=theme, answer=_answer(theme, lang), address=address)


def _answer(answered: Comment | Theme, lang: Language) -> dict[str, Any] | None:
    if answered.verdict is None or answered.reason_th is None:
        return None
    led_to = None
    if answered.outcome is not None:
        led_to = _path("comments.outcome", lang, activity_id=answered.activity_id, of=answered.outcome)
    return {
        "words": VERDICTS[answered.verdict],
        "mark": VERDICT_MARKS.get(answered.verdict, ""),
        "reason": Bilingual(
            to_html(answered.reason_th), to_html(answered.reason_en) if answered.reason_en else None
        ),
        "led_to": led_to,
    }


def _path(endpoint: str, lang: Language, **values: Any) -> str:
    """The path of a page: articles are also made by the worker, without a request."""
    return current_app.url_map.bind("").build(endpoint, {"lang": lang, **values})
