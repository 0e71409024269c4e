"""Content in two languages: Thai is required, English optional, a fallback says that it is one."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from app.i18n import Language, _, current_language


@dataclass(frozen=True)
class Bilingual:
    """One text in Thai and, where somebody wrote it, in English."""

    th: str
    en: str | None = None

    def pick(self, lang: Language | None = None) -> tuple[str, Language, bool]:
        """The text for a reader of `lang`, the language it is in, and whether it is a fallback."""
        wanted = lang or current_language()
        if wanted == "th":
            return self.th, "th", False
        return (self.en, "en", False) if self.en else (self.th, "th", True)

    def __str__(self) -> str:
        return self.pick()[0]


def bi(value: Bilingual | None, tag: str = "span") -> Markup:
    """The text in the page's language; Thai on an English page stands in `tag` with a mark."""
    if value is None:
        return Markup("")
    text, lang, fallback = value.pick()
    if not fallback:
        return escape(text)
    passage = Markup('<{tag} lang="{lang}">{text}</{tag}>').format(tag=tag, lang=lang, text=text)
    return passage + " " + _mark("span")


def bi_plain(value: Bilingual | None) -> str:
    """The text for a title, an attribute, an option or a mail; the mark is part of the text."""
    if value is None:
        return ""
    text, _lang, fallback = value.pick()
    return f"{text} {_('(Thai only)')}" if fallback else text


def bi_html(value: Bilingual | None) -> Markup:
    """As `bi` for a pair of stored, cleaned HTML: the fallback stands in a block of its own."""
    if value is None:
        return Markup("")
    html, lang, fallback = value.pick()
    if not fallback:
        return Markup(html)
    return _mark("p") + Markup('<div lang="{}">{}</div>').format(lang, Markup(html))


def _mark(tag: str) -> Markup:
    note = _("(Thai only)")
    return Markup('<{tag} class="tag fallback">{note}</{tag}>').format(tag=tag, note=note)
