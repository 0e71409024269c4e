"""The page where one looks for something: marks, languages, advice, what it keeps to itself."""

from __future__ import annotations

import logging
import re

import pytest

from app.core.text import grapheme_len
from app.i18n.bilingual import Bilingual
from app.issues.models import Activity
from app.search.background import all_mentions, reindex
from app.search.snippets import LONGEST, marks, snippet
from app.search.words import wanted_words
from app.work import tick
from tests.search.talks import Talks
from tests.support.browser import PageBrowser
from tests.support.make import make_issue


def test_found_words_are_marked_and_made_safe(talks: Talks, activity: Activity, browser: PageBrowser) -> None:
    talks.say(activity, "word/1", "<b>น้ำท่วม</b> ที่ตลาด & <script>alert(1)</script>")
    tick()
    page = browser.get("/th/search?q=ท่วม")
    assert "&lt;b&gt;น้ำ<mark>ท่วม</mark>&lt;/b&gt; ที่ตลาด &amp; &lt;script&gt;" in page.html
    assert f'href="/th/issues/{activity.issue_id}"' in page.html
    assert "Talks" in page.text
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in page.response.headers


def test_the_words_looked_for_are_made_safe(browser: PageBrowser) -> None:
    page = browser.get("/en/search?q=<script>alert(1)</script>\"'")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)" in page.html


def test_nothing_found_comes_with_advice(browser: PageBrowser) -> None:
    page = browser.get("/th/search?q=ไม่มีคำนี้&kind=votes")
    assert "ไม่พบ" in page.text
    assert "/th/search?q=" in str(page.links())
    assert "/th/issues/" in page.links()


def test_without_words_it_says_what_it_finds(browser: PageBrowser) -> None:
    for query in ("", "?q=", "?q=%20%20&kind=nothing&after=x", "?after=9-9", "?after=1-" + "9" * 30):
        page = browser.get("/en/search" + query)
        assert "Finds public issues" in page.text


def test_a_text_in_the_other_language_says_so(talks: Talks, activity: Activity, browser: PageBrowser) -> None:
    talks.say(activity, "word/1", "ตลาด market ริมน้ำ", title=Bilingual("เรื่องตลาด"))
    tick()
    page = browser.get("/en/search?q=market")
    assert '<p lang="th">ตลาด <mark>market</mark> ริมน้ำ</p>' in page.html
    assert '<span lang="th">เรื่องตลาด</span>' in page.html


def test_the_readers_language_is_shown_where_both_hold_the_word(browser: PageBrowser) -> None:
    make_issue(summary_th="โครงการ ABC ที่ตลาด", summary_en="The ABC project at the market")
    list(reindex(all_mentions()))
    assert "<p>The <mark>ABC</mark> project at the market</p>" in browser.get("/en/search?q=abc").html
    assert "<p>โครงการ <mark>ABC</mark> ที่ตลาด</p>" in browser.get("/th/search?q=abc").html


def test_the_other_language_keeps_the_search(browser: PageBrowser) -> None:
    page = browser.get("/th/search?q=ตลาด&kind=votes")
    other = next(link for link in page.links() if link.startswith("/en/search"))
    assert browser.get(other).all("input", name="q")[0].attrs["value"] == "ตลาด"


def test_every_page_has_the_field(browser: PageBrowser) -> None:
    for path in ("/th/issues/", "/en/help"):
        field = browser.get(path).all("input", name="q", type="search")
        assert len(field) == 1
    assert len(browser.get("/th/").all("input", name="q")) == 1


def test_what_people_look_for_stands_in_no_log(
    talks: Talks, activity: Activity, browser: PageBrowser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser.get("/th/search?q=ความลับของฉัน")
    assert "ความลับ" not in caplog.text


# ---------------------------------------------------------------- passages

LONG = "โครงการนี้ ประชาชนเสนอให้ปลูกต้นไม้ริมทาง " * 40


@pytest.mark.parametrize("before", [0, 1, 3, 40])
@pytest.mark.parametrize("after", [0, 2, 40])
def test_a_passage_shows_the_word_and_is_short(before: int, after: int) -> None:
    filler = "โครงการนี้ ประชาชนเสนอให้ปลูกต้นไม้ริมทาง "
    text = filler * before + "น้ำท่วม สะพาน " + filler * after
    part = snippet(text, wanted_words("ท่วม สะพาน"), "th", "th")
    assert [words for words, marked in part.pieces if marked] == ["ท่วม", "สะพาน"]
    assert grapheme_len(str(part)) <= LONGEST
    assert str(part).startswith("…") == (before > 1)
    assert str(part).strip("…") in " ".join(text.split()) + " "


def test_a_passage_without_blanks_is_cut_at_words() -> None:
    text = "ประชาชนเสนอให้ปลูกต้นไม้" * 60 + "น้ำท่วม" + "ประชาชนเสนอให้ปลูกต้นไม้" * 60
    part = snippet(text, wanted_words("น้ำท่วม"), "th", "th")
    assert ("น้ำท่วม", True) in part.pieces
    inner = str(part).strip("…")
    assert not re.match("[ะ-ฺ็-๎]", inner)
    assert inner in text


def test_without_the_word_it_is_the_beginning() -> None:
    part = snippet(LONG, wanted_words("เขื่อน"), "th", "th")
    assert str(part).startswith("โครงการนี้")
    assert str(part).endswith("…")
    assert str(snippet("", wanted_words("เขื่อน"), None, "th")) == ""


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("น้ำท่วมตลาด", "น้ำท่วม", ["น้ำท่วม"]),
        ("น้ำท่วมตลาด", "น้ำ", ["น้ำ"]),
        ("น้ำท่วมขัง", "น้ำท่วม", ["น้ำท่วม"]),
        ("ป้ากับป่า", "ป่า", ["ป่า"]),
        ("ตาม พ.ร.บ. ปี ๒๕๖๙", "พรบ 2569", ["พ.ร.บ.", "๒๕๖๙"]),
        ("น้ำ น้ำ", "น้ำ", ["น้ำ", "น้ำ"]),
        ("เวลา 16.30 น.", "16.30", ["16.30"]),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, wanted_words(query))] == expected
