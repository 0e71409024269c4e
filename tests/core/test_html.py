"""What people write becomes safe HTML: nothing in it can run, load or restyle."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.html import TAGS, clean_html, to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<p onclick=alert(1)>ก</p>",
    "<p style='background:url(javascript:alert(1))'>ก</p>",
    "<a href='javascript:alert(1)'>ก</a>",
    "<a href='JaVaScRiPt:alert(1)'>ก</a>",
    "<a href='java\tscript:alert(1)'>ก</a>",
    "<a href='java&#10;script:alert(1)'>ก</a>",
    "<a href='&#106;avascript:alert(1)'>ก</a>",
    "<a href=' javascript:alert(1)'>ก</a>",
    "<a href='\x01javascript:alert(1)'>ก</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>ก</a>",
    "<a href='vbscript:x'>ก</a>",
    "<a href='//evil.example'>ก</a>",
    "<a href='/th/identity/sign-out'>ก</a>",
    "<a href='https://bank.example@evil.example/'>ก</a>",
    "<a href='https://a.example' target=_blank onmouseover=alert(1)>ก</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=password></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "</p></div><script>alert(1)</script>",
    "<a name=x id=key class=btn>ก</a>",
    "<ul><li><script",
    '"><script>alert(1)</script>',
    "<a href=\"https://x.example/'onmouseover='alert(1)\">ก</a>",
]
PIECES = st.sampled_from([*ATTACKS, "<", ">", '"', "'", "&", "/", "=", "ก", "<a href=", "https://x.th", " "])
MIXED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join))


class _Reader(HTMLParser):
    """Collects the tags and attributes a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def assert_safe(html: str) -> None:
    for tag, attributes in _Reader(html).tags:
        assert tag in TAGS
        if tag != "a":
            assert attributes == {}
            continue
        assert set(attributes) == {"href", "rel"}
        assert attributes["rel"] == "nofollow ugc noopener"
        assert str(attributes["href"]).lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_disarmed(attack: str) -> None:
    assert_safe(clean_html(attack))
    assert {tag for tag, _attributes in _Reader(to_html(attack)).tags} <= {"p", "br"}


@given(MIXED)
def test_whatever_is_written_is_safe(text: str) -> None:
    assert_safe(clean_html(text))
    for tag, attributes in _Reader(to_html(text)).tags:
        assert tag in {"p", "br"}
        assert attributes == {}


@given(MIXED)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once


def test_plain_text_becomes_paragraphs() -> None:
    assert to_html("ข้อ 1\nข้อ 2\r\n\r\n\n<b>ก & ข</b>") == (
        "<p>ข้อ 1<br>ข้อ 2</p><p>&lt;b&gt;ก &amp; ข&lt;/b&gt;</p>"
    )
    assert to_html(" \n ") == ""
    assert to_html("https://x.example") == "<p>https://x.example</p>"


def test_the_small_set_of_tags_stays() -> None:
    html = (
        "<h3>ก</h3><h4>ข</h4><p>ค<br><strong>ง</strong> <em>จ</em></p>"
        "<ul><li>ฉ</li></ul><ol><li>ช</li></ol><blockquote>ซ</blockquote>"
    )
    assert clean_html(html) == html


def test_links_keep_their_address_and_tell_robots_off() -> None:
    assert clean_html('<a href="https://x.example/a?b=1&amp;c=ก" title="t">ก</a>') == (
        '<a href="https://x.example/a?b=1&amp;c=ก" rel="nofollow ugc noopener">ก</a>'
    )
    assert clean_html("<a href='mailto:a@b.example'>ก</a> <a>ข</a>") == "ก ข"
