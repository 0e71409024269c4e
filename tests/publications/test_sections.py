"""Sections: found in plain text by headings and numbers, with ids that stay from version to version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.publications import content
from app.activities.publications.sections import (
    HEADING,
    MOST_SECTIONS,
    html_of,
    identify,
    parts_of,
    plain,
    stored_sections,
)
from app.core.errors import DomainError
from app.core.text import normalise
from app.i18n.bilingual import Bilingual
from tests.publications.make import (
    LAW_ENGLISH,
    LAW_THAI,
    Scene,
    law,
    make_document,
    make_law,
    make_version,
    revise_law,
    stored_file,
    typed,
    versions,
)
from tests.support.browser import PageBrowser


def keys(text: str) -> list[str]:
    return [part.key for part in parts_of(text)]


def test_a_law_is_divided_at_its_numbers_and_marked_headings() -> None:
    thai, english = parts_of(LAW_THAI), parts_of(LAW_ENGLISH)
    assert [part.title for part in thai] == [
        "", "หมวด 1 บททั่วไป", "มาตรา 1", "มาตรา 2", "หมวด 2 ค่าเช่า", "มาตรา 3", "บทเฉพาะกาล",
    ]  # fmt: skip
    assert [part.level for part in thai] == [2, 2, 3, 3, 2, 3, 2]
    assert thai[3].text == "ให้ตลาดเปิดตั้งแต่ 05.00 น.\nถึง 20.00 น. ทุกวัน"
    assert [part.level for part in english] == [part.level for part in thai]
    assert english[5].text == "A stall costs 30 baht a day."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ไม่มีหัวข้อ\nสองบรรทัด", [""]),
        ("# หนึ่ง\nก\n# สอง\nข", ["# หนึ่ง", "# สอง"]),
        ("#ไม่เว้นวรรค\n#1 เบอร์", [""]),
        ("#", [""]),
        ("ข้อ ๓ ก\nข้อ ๔ ข", ["ข้อ 3", "ข้อ 4"]),
        ("ข้อ 3. ก", ["ข้อ 3"]),
        ("มาตรา 5/1 ก\nมาตรา 5/2 ข\nมาตรา 6 ทวิ ค", ["มาตรา 5/1", "มาตรา 5/2", "มาตรา 6 ทวิ"]),
        # A line that happens to begin with a reference to an earlier number is text.
        ("มาตรา 5 ก ตาม\nมาตรา 3 และ\nมาตรา 5 วรรคสอง\nมาตรา 6 ข", ["มาตรา 5", "มาตรา 6"]),
        # Parts count anew.
        ("ส่วนที่ 1 ก\nข้อ 1 ข\nส่วนที่ 2 ค\nข้อ 1 ง", ["ส่วนที่ 1", "ข้อ 1", "ส่วนที่ 2", "ข้อ 1"]),
        ("ข้อความทั่วไป\nมาตราส่วน 5 เมตร\nข้อ ก", [""]),
        ("“มาตรา 12 ผู้ใด”", [""]),
    ],
)
def test_what_is_a_heading(text: str, found: list[str]) -> None:
    assert keys(text) == found


LINES = ["# ก", "มาตรา 1 ข", "มาตรา 2", "หมวด 1 ค", "ข้อ 1", "ง จ", "", "ข้อ 2 <b>"]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_word_is_lost_and_the_html_reads_back(lines: list[str]) -> None:
    text = normalise("\n".join(lines))
    parts = parts_of(text)
    told = " ".join(f"{part.title} {part.text}" for part in parts).split()
    assert told == [word for word in text.split() if word != "#"]
    headings = [
        {"id": f"s{n}", "level": part.level, "th": part.title, "en": None} for n, part in enumerate(parts)
    ]
    sections = stored_sections(headings, html_of(parts), None)
    assert [plain(section.html.th) for section in sections] == [normalise(part.text) for part in parts]
    assert "<b>" not in html_of(parts)


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        ("abc", "abc", ["s1", "s2", "s3"]),
        ("abc", "axbc", ["s1", "s4", "s2", "s3"]),
        ("abc", "ac", ["s1", "s3"]),
        ("abc", "cab", ["s3", "s1", "s2"]),
        ("abc", "xyz", ["s4", "s5", "s6"]),
        ("aa", "aaa", ["s1", "s2", "s4"]),
    ],
)
def test_a_section_keeps_its_id(before: str, after: str, ids: list[str]) -> None:
    earlier = [(key, f"s{n}") for n, key in enumerate(before, 1)]
    assert identify(list(after), earlier, 3)[0] == ids


@given(st.lists(st.text("abcd", max_size=6), min_size=1, max_size=6))
def test_ids_are_never_given_twice(rounds: list[str]) -> None:
    earlier: list[tuple[str, str]] = []
    made, given_up = 0, set[str]()
    for keys_now in rounds:
        ids, made = identify(list(keys_now), earlier, made)
        assert len(set(ids)) == len(ids)
        assert not given_up & set(ids)
        now = list(zip(keys_now, ids, strict=True))
        given_up |= {ident for _key, ident in earlier} - set(ids)
        earlier = now


def test_an_id_stays_through_versions_and_is_not_used_again(scene: Scene) -> None:
    document = make_law(scene)
    lines = LAW_THAI.split("\n")
    without = Bilingual("\n".join(line for line in lines if not line.startswith("มาตรา 1")))
    revise_law(scene, document, body=without)
    revise_law(scene, document, body=Bilingual(LAW_THAI.replace("ค่าเช่าแผง", "# เพิ่มเติม\nค่าเช่าแผง")))
    first, second, third = ({h["key"]: h["id"] for h in version.headings} for version in versions())
    assert second == {key: ident for key, ident in first.items() if key != "มาตรา 1"}
    assert third["มาตรา 1"] == "s8"
    assert {key: third[key] for key in second} == second


def test_an_english_text_of_other_sections_is_refused(scene: Scene, browser: PageBrowser) -> None:
    with pytest.raises(DomainError) as refused:
        law(body=Bilingual(LAW_THAI, "Only one part"))
    assert refused.value.field == "body_en"
    page = browser.as_(scene.officer).submit(
        scene.path("/add/document"), typed(body_th=LAW_THAI, body_en="Section 1 Alone"), status=422
    )
    assert "The Thai text has 6 headings and the English 1." in page.text
    assert page.all("textarea", name="body_en")[0].text.strip() == "Section 1 Alone"
    assert versions() == []


def test_headings_have_bounds(scene: Scene) -> None:
    with pytest.raises(DomainError) as refused:
        content.sections_in("# " + "ก" * (HEADING + 1), "body_th")
    assert refused.value.field == "body_th"
    content.sections_in("\n".join(f"ข้อ {n} ก" for n in range(1, MOST_SECTIONS + 1)), "body_th")
    with pytest.raises(DomainError):
        content.sections_in("\n".join(f"ข้อ {n} ก" for n in range(1, MOST_SECTIONS + 2)), "body_th")


@pytest.mark.parametrize(("lang", "title", "label"), [
    ("th", "มาตรา 3", "มาตรา 3 ค่าเช่าแผงวันละ 30 บาท"),
    ("en", "Section 3", "Section 3 A stall costs 30 baht a day."),
])  # fmt: skip
def test_the_page_has_contents_and_an_address_for_each_section(
    scene: Scene, browser: PageBrowser, lang: str, title: str, label: str
) -> None:
    document = make_law(scene)
    page = browser.get(f"/{lang}/publications/documents/{document.id}")
    assert [e.attrs["id"] for e in page.all("section", class_="part")] == [f"s{n}" for n in range(1, 8)]
    assert title in [e.text for e in page.all("h3")]
    assert label in [e.text for e in page.all("a", href="#s6")]
    assert f"/{lang}/publications/documents/{document.id}?version=1#s6" in page.links()
    assert "(Thai only)" not in page.text


def test_a_law_without_english_is_marked_once(scene: Scene, browser: PageBrowser) -> None:
    document = make_law(scene, title="ร่าง", body=Bilingual(LAW_THAI))
    page = browser.get(f"/en/publications/documents/{document.id}")
    assert page.text.count("(Thai only)") == 1
    assert [e.text for e in page.all("h3")] == ["มาตรา 1", "มาตรา 2", "มาตรา 3"]
    assert page.all("div", lang="th")


def test_a_text_without_headings_stays_as_it_was(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene, files=[stored_file()])
    page = browser.get(f"/th/publications/documents/{document.id}")
    assert "สารบัญ" not in page.text
    assert len(page.all("section", class_="part")) == 1


def test_a_version_from_before_there_were_sections_reads_as_one(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene)
    [version] = versions()
    assert stored_sections([], version.html_th, version.html_en)[0].id == "s1" == version.sections[0].id
    make_version(scene, document)
    assert versions()[1].headings[0]["id"] == "s1"


def test_looking_first_shows_the_sections_and_writes_nothing(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/add/document")
    page = officer.submit(path, typed(body_th=LAW_THAI, body_en="", step="look"), status=200)
    assert "This is how the text will be divided" in page.text
    assert "มาตรา 2 ให้ตลาดเปิด" in page.text
    assert page.all("textarea", name="body_th")[0].text.strip() == LAW_THAI
    assert versions() == []
    refused = officer.submit(path, typed(body_th=LAW_THAI, body_en="# One", step="look"), status=422)
    assert "the same headings" in refused.text
    officer.fill(page, {}, action=path)
    assert len(versions()[0].headings) == 7


def test_the_longest_text_goes_through_the_form(scene: Scene, browser: PageBrowser) -> None:
    body = "\n".join(f"ข้อ {n} " + "ที่ดิน" * 30 for n in range(1, 280))
    assert len(body) > 50_000
    browser.as_(scene.officer).submit(scene.path("/add/document"), typed(body_th=body, body_en=""))
    assert len(versions()[0].headings) == 279
