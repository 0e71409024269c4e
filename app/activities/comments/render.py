"""A comment's HTML: made once, when the comment is written, answered, hidden or erased, and stored.

What is stored is the whole article in both languages, with nothing of the reader in it. A page is one
SELECT and a join of strings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from app.activities.comments.codes import HIDING_REASONS, RELATIONS, STANCES
from app.activities.comments.models import Comment, Theme
from app.core.html import to_html
from app.i18n import LANGUAGES, Language, speaking
from app.i18n.bilingual import Bilingual
from app.issues.channels import ARRIVALS
from app.issues.verdicts import VERDICTS

ARTICLE = "comments/_article.html"
THEME_ANSWER = "comments/_theme_answer.html"
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
    looks = [_article(comment, lang) for comment in _specimens() for lang in LANGUAGES]
    looks += [_theme_answer(theme, lang) for theme in _themes() for lang in LANGUAGES]
    return hashlib.sha256("\0".join(looks).encode()).hexdigest()[:16]


def language_of(text: str) -> Language:
    """The language most letters of `text` belong to: Thai, or else English."""
    thai = sum("ก" <= letter <= "๎" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return "en" if latin > thai else "th"


def _article(comment: Comment, lang: Language) -> str:
    with speaking(lang):
        template = current_app.jinja_env.get_template(ARTICLE)
        return template.render(
            comment=comment,
            body=Markup(to_html(comment.body)),
            body_lang=None if comment.lang == lang else comment.lang,
            relation=RELATIONS.get(comment.relation or ""),
            stance=STANCES.get(comment.stance or ""),
            channel=ARRIVALS[comment.channel] if comment.channel not in (None, "web") else None,
            about=comment.about_words,
            quote=Markup(to_html(comment.quote)) if comment.quote else None,
            hiding_reason=HIDING_REASONS.get(comment.hidden_reason or ""),
            answer=_answer(comment, lang),
        )


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


def _themes() -> Iterator[Theme]:
    moment = datetime(2026, 4, 18, 3, tzinfo=UTC)
    given: dict[str, Any] = {"id": 1, "activity_id": 1, "title_th": "แสงสว่าง", "reason_th": "เหตุผล"}
    given |= {"answered_at": moment, "due_on": date(2026, 5, 15)}
    for verdict in VERDICTS:
        yield Theme(**given, verdict=verdict, revision=1)
    yield Theme(
        **given, verdict="adopted", revision=2, outcome="publication/1@2", outcome_th="แผน", title_en="Light"
    )


def _specimens() -> Iterator[Comment]:
    moment = datetime(2026, 4, 18, 3, tzinfo=UTC)
    written: dict[str, Any] = {"body": "ขอช่องเปิด\n\nSecond", "lang": "th", "sent_at": moment, "revision": 0}
    yield Comment(**written)
    yield Comment(**written, edits=1, edited_at=moment, stance="unsure")
    yield Comment(**written, edits=1, edited_at=moment, unverified=True, admitted_at=moment)
    passage = {"about": "publication/1@1", "about_th": "แผน", "about_en": "Plan", "quote": "ข้อความ"}
    yield Comment(**written, **passage)
    for stance in STANCES:
        yield Comment(**written, stance=stance)
    for channel in ARRIVALS:
        yield Comment(**written, channel=channel, received_on=moment.date(), origin_place="ศาลากลาง")
    for relation in RELATIONS:
        yield Comment(**written, name="A", relation=relation)
    for verdict in VERDICTS:
        for reason_en in (None, "Reason"):
            answer: dict[str, Any] = {"verdict": verdict, "reason_th": "เหตุผล", "reason_en": reason_en}
            answer |= {"answered_at": moment, "due_on": date(2026, 5, 15), "revision": 2}
            yield Comment(**{**written, **answer})
    answer |= {"verdict": "adopted", "due_on": None, "outcome": "publication/1@2", "activity_id": 1}
    yield Comment(**{**written, **answer})
    for reason in HIDING_REASONS:
        yield Comment(**written, hidden_at=moment, hidden_reason=reason)
    yield Comment(**written, erased_at=moment)
    yield Comment(**written, withdrawn_at=moment, replies=1)
    yield Comment(**written, unverified=True)
    yield Comment(**written, unverified=True, refused_at=moment, refused_reason="off_topic")
