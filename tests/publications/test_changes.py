"""What changed between two versions: by section and by Thai words, readable without colour."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.activities.publications.changes import MOST_PAIRS, Run, _runs_of, compare, language_of
from app.activities.publications.sections import html_of, identify, parts_of, stored_sections
from app.core.text import normalise
from app.i18n.bilingual import Bilingual
from tests.publications.make import (
    LAW_ENGLISH,
    LAW_THAI,
    Scene,
    make_document,
    make_law,
    make_scene,
    make_version,
    revise_law,
)
from tests.support.browser import Page, PageBrowser


def sections(text: str, before: Any = None) -> Any:
    parts = parts_of(text)
    earlier = (
        []
        if before is None
        else [(section.title.th if section.title else "", section.id) for section in before]
    )
    ids, _made = identify([part.title for part in parts], earlier, len(earlier))
    headings = [
        {"id": ident, "level": 2, "th": part.title, "en": None}
        for ident, part in zip(ids, parts, strict=True)
    ]
    return stored_sections(headings, html_of(parts), None)


def runs_of(was: str, now: str, left: int = MOST_PAIRS) -> tuple[Run, ...]:
    return _runs_of(was, now, left)[0]


def side(runs: tuple[Run, ...], without: str) -> str:
    return "".join(words for what, words in runs if what != without)


def test_a_changed_word_is_found_among_thai_words() -> None:
    runs = runs_of("ค่าเช่าแผงวันละ 30 บาท จ่ายทุกเดือน", "ค่าเช่าแผงวันละ 50 บาท จ่ายทุกเดือน")
    assert [run for run in runs if run[0] != "same"] == [("removed", "30"), ("added", "50")]
    runs = runs_of("ให้ตลาดเปิดทุกวัน", "ให้ตลาดปิดทุกวันจันทร์")
    assert ("added", "ปิด") in runs or "ปิด" in side(runs, "removed")
    assert "เปิด" in [words for what, words in runs if what == "removed"]


WORDS = ["น้ำท่วม", "ตลาด", " ", "\n", "30 บาท", "(ก)", "๒", "ป่า", "ป้า", "word"]


@given(
    *[st.lists(st.sampled_from(WORDS), max_size=25)] * 2,
    st.sampled_from([0, 3, MOST_PAIRS]),
)
def test_both_texts_can_be_read_out_of_the_runs(was: list[str], now: list[str], left: int) -> None:
    old, new = normalise("".join(was)), normalise("".join(now))
    assume(old != new)
    runs = runs_of(old, new, left)
    assert side(runs, "added").rstrip("\n") == old.rstrip("\n")
    assert side(runs, "removed").rstrip("\n") == new.rstrip("\n")


def test_sections_are_the_same_changed_added_or_removed() -> None:
    before = sections("# ก\nหนึ่ง\n# ข\nสอง\n# ค\nสาม")
    after = sections("# ก\nหนึ่ง\n# ค\nสี่\n# ง\nห้า", before)
    changes = compare(before, after, "th")
    assert [(change.name, change.what) for change in changes] == [
        ("ก", "same"), ("ข", "removed"), ("ค", "changed"), ("ง", "added"),
    ]  # fmt: skip


def test_the_work_on_a_page_is_bounded() -> None:
    before = sections("\n".join(f"ข้อ {n} " + "ตลาด น้ำ " * 100 for n in range(1, 36)))
    after = sections("\n".join(f"ข้อ {n} " + "ตลาด บ้าน " * 100 for n in range(1, 36)), before)
    changes = compare(before, after, "th")
    assert len(changes[0].runs) > 100, "the first are compared word by word"
    assert len(changes[-1].runs) <= 3, "the last by lines"
    assert [change.what for change in changes] == ["changed"] * 35
    assert side(changes[-1].runs, "removed").split() == ("ตลาด บ้าน " * 100).split()


def test_the_language_is_one_both_have() -> None:
    thai, both = sections("# ก\nข"), stored_sections([], "<p>ก</p>", "<p>a</p>")
    assert language_of(both, both, "en") == "en"
    assert language_of(thai, both, "en") == "th"


def path(document: Any, query: str = "", lang: str = "en") -> str:
    return f"/{lang}/publications/documents/{document.id}/changes{query}"


def spoken(page: Page, tag: str) -> list[str]:
    return [" ".join(element.text.split()) for element in page.all(tag)]


def test_the_page_tells_with_words_what_was_taken_out_and_put_in(scene: Scene, browser: PageBrowser) -> None:
    document = make_law(scene)
    body = Bilingual(LAW_THAI.replace("30 บาท", "50 บาท"), LAW_ENGLISH.replace("30 baht", "50 baht"))
    revise_law(scene, document, body=body)
    thai, english = browser.get(path(document, lang="th")), browser.get(path(document))
    assert (spoken(thai, "del"), spoken(thai, "ins")) == (["ตัดออก 30 (จบ)"], ["เพิ่ม 50 (จบ)"])
    assert (spoken(english, "del"), spoken(english, "ins")) == (["removed 30 (end)"], ["added 50 (end)"])
    assert "1 part of 7 differs." in english.text
    assert "6 parts are the same" in english.text
    assert (
        path(document, "?older=1&newer=2") in browser.get(f"/en/publications/documents/{document.id}").links()
    )


def test_any_two_versions_can_be_compared(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene)
    for n in (2, 3):
        make_version(scene, document, body=Bilingual(f"ข้อความฉบับที่ {n}", f"Text of version {n}"))
    page = browser.get(path(document, "?older=1&newer=3"))
    assert "between version 1 and version 3" in page.h1
    assert spoken(browser.get(path(document)), "del") == ["removed 2 (end)"], "the last two unless asked"
    assert browser.get(path(document, "?older=3&newer=1")).h1 == page.h1
    form = browser.get(f"/en/publications/documents/{document.id}")
    assert form.all("form", action=path(document))
    assert (form.field_values()["older"], form.field_values()["newer"]) == ("2", "3")


@pytest.mark.parametrize("query", ["?older=2&newer=2", "?older=1&newer=9", "?newer=1", "?older=9"])
def test_versions_that_cannot_be_compared_do_not_exist(
    scene: Scene, browser: PageBrowser, query: str
) -> None:
    document = make_document(scene)
    make_version(scene, document)
    browser.get(path(document, query), 404)


def test_nothing_prepared_or_in_a_draft_is_compared(app: Any, browser: PageBrowser) -> None:
    upcoming, draft = make_scene(opens_in=1), make_scene(published=False)
    for hidden in (upcoming, draft):
        browser.get(path(make_document(hidden)), 404)
    browser.get(path(make_document(upcoming), "?older=1&newer=1"), 404)


def test_other_words_are_shown_as_text(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene, body=Bilingual("<script>ก</script>", "<script>a</script>"))
    make_version(scene, document, body=Bilingual("<b>ก</b>", "<b>a</b>"))
    page = browser.get(path(document))
    assert not page.all("script")
    assert "&lt;" in page.html
    assert all(
        "mark" in e.attrs.get("class", "") for e in page.all("b") if e.text in ("added", "removed", "a")
    )


def test_comparing_costs_the_same_whatever_there_is(scene: Scene, browser: PageBrowser) -> None:
    document = make_law(scene)
    revise_law(scene, document, body=Bilingual(LAW_THAI.replace("30", "50")))
    first = browser.get(path(document)).statements
    for n in range(10):
        revise_law(scene, document, body=Bilingual(LAW_THAI.replace("30", str(60 + n))))
    assert browser.get(path(document, "?older=1&newer=12")).statements == first == 3
