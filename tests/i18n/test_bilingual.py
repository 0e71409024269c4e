"""A text in two languages: the page's own, or Thai with its mark and its language."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string

from app.i18n.bilingual import Bilingual

BOTH = Bilingual("กำแพงกันน้ำ", "Flood wall")
THAI_ONLY = Bilingual("กำแพง <b> & รั้ว")


def test_each_reader_gets_their_own() -> None:
    assert BOTH.pick("th") == ("กำแพงกันน้ำ", "th", False)
    assert BOTH.pick("en") == ("Flood wall", "en", False)
    assert THAI_ONLY.pick("en") == (THAI_ONLY.th, "th", True)
    assert Bilingual("ก", "").pick("en") == ("ก", "th", True)


def test_a_thai_page_shows_no_mark(thai: Flask) -> None:
    assert render_template_string("{{ bi(x) }}", x=THAI_ONLY) == "กำแพง &lt;b&gt; &amp; รั้ว"
    assert render_template_string("{{ x }}", x=BOTH) == "กำแพงกันน้ำ"


@pytest.mark.parametrize(
    ("template", "html"),
    [
        (
            "{{ bi(x) }}",
            '<span lang="th">กำแพง &lt;b&gt; &amp; รั้ว</span> <span class="tag fallback">(Thai only)</span>',
        ),
        (
            "{{ bi(x, tag='strong') }}",
            '<strong lang="th">กำแพง &lt;b&gt; &amp; รั้ว</strong> '
            '<span class="tag fallback">(Thai only)</span>',
        ),
        ('<a title="{{ bi_plain(x) }}">', '<a title="กำแพง &lt;b&gt; &amp; รั้ว (Thai only)">'),
        ("{{ bi(both) }}", "Flood wall"),
        ("{{ bi(none) }}{{ bi_plain(none) }}{{ bi_html(none) }}", ""),
        (
            "{{ bi_html(html) }}",
            '<p class="tag fallback">(Thai only)</p><div lang="th"><p>ข้อ 1</p></div>',
        ),
        ("{{ bi_html(both_html) }}", "<p>One</p>"),
    ],
)
def test_an_english_page_marks_what_is_thai(english: Flask, template: str, html: str) -> None:
    shown = render_template_string(
        template,
        x=THAI_ONLY,
        both=BOTH,
        html=Bilingual("<p>ข้อ 1</p>"),
        both_html=Bilingual("<p>ข้อ 1</p>", "<p>One</p>"),
    )
    assert shown == html
