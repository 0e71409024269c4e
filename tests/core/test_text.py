"""Thai text: one stored form, readers' characters, dictionary order, words, phrases."""

from __future__ import annotations

import csv
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.config import ROOT
from app.core.phrases import wrap_phrases
from app.core.text import (
    cut,
    grapheme_len,
    graphemes,
    normalise,
    normalise_line,
    segment,
    sort_key,
)

THAI_SIGNS = [chr(code) for code in range(0x0E01, 0x0E5C) if chr(code).isprintable()]
OTHER_SIGNS = [*" \t\n\r-.a1é\u0301\u0308\u200b\u200d\u202e\ufeff\uf70a\x00\u2028", "👩", "🇹", "🏽"]
THAI_TEXT = st.text(st.sampled_from(THAI_SIGNS + OTHER_SIGNS), max_size=40)
ANY_TEXT = st.one_of(THAI_TEXT, st.text(max_size=40))


# ---------------------------------------------------------------- normalising


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("กํา", "กำ"),
        ("เเม่", "แม่"),
        ("กู่", "กู่"),
        ("ก่ี", "กี่"),
        ("ก้ื", "กื้"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("คะ่", "ค่ะ"),
        ("ว่่า", "ว่า"),
        ("ฤๅษี", "ฤๅษี"),
        ("มๅก", "มาก"),
        ("ป\uf70aา", "ป่า"),
        ("ประชุม\u200bที่วัด", "ประชุมที่วัด"),
        ("\ufeffก\u202eข\u2066ค\x00\x07", "กขค"),
        ("e\u0301", "é"),
        ("ก  ข\t\tค\u00a0ง", "ก ข ค ง"),
        ("  ก  \n  ข  ", "ก\nข"),
        ("ก\r\nข\rค\u2028ง", "ก\nข\nค\nง"),
        ("ก\n\n\n\nข", "ก\n\nข"),
        ("\n\nก\n\n", "ก"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("", ""),
    ],
)
def test_typing_slips_are_repaired(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


def test_one_line_stays_one_line() -> None:
    assert normalise_line(" ก  ข\r\n\r\n ค\u200b ") == "ก ข ค"


@given(ANY_TEXT)
@example("า่์")
@example("ำ่\u0301")
@example("เเเเ")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.normalize("NFC", once) == once
    line = normalise_line(text)
    assert normalise_line(line) == line == normalise(line)
    assert "\n" not in line


@given(ANY_TEXT)
def test_nothing_invisible_is_stored(text: str) -> None:
    stored = normalise(text)
    assert not {"\x00", "\u200b", "\ufeff", "\u202e", "\r", "\t"} & set(stored)
    assert "  " not in stored
    stored.encode()


@pytest.mark.parametrize(
    "text",
    ["า" * 100_000 + "่", "ํ่" * 50_000 + "า", "ก" + "่้" * 50_000, " \n" * 100_000, "เ" * 100_001],
)
def test_heaps_of_signs_cost_no_more_than_their_length(text: str) -> None:
    started = time.process_time()
    normalise(text)
    grapheme_len(text)
    sort_key(text[:20_000])
    wrap_phrases(text[:20_000])
    assert time.process_time() - started < 5


# ---------------------------------------------------------------- graphemes


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("กี้", ["กี้"]),
        ("น้ำ", ["น้ำ"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("เปิด", ["เ", "ปิ", "ด"]),
        ("ญี่ปุ่น", ["ญี่", "ปุ่", "น"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("👩\u200d👩\u200d👧x", ["👩\u200d👩\u200d👧", "x"]),
        ("👍🏽", ["👍🏽"]),
        ("🇹🇭🇬🇧", ["🇹🇭", "🇬🇧"]),
        ("❤️", ["❤️"]),
        ("", []),
    ],
)
def test_readers_characters(text: str, clusters: list[str]) -> None:
    assert graphemes(text) == clusters
    assert grapheme_len(text) == len(clusters)


@given(ANY_TEXT)
def test_clusters_make_the_text_again(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert len(graphemes(text)) == grapheme_len(text)


@given(ANY_TEXT, st.integers(0, 50))
def test_a_cut_text_is_short_and_never_splits_a_character(text: str, n: int) -> None:
    short = cut(text, n)
    assert grapheme_len(short) <= n
    if short != text and n:
        assert short.endswith("…")
        kept = graphemes(short[:-1])
        assert kept == graphemes(text)[: len(kept)]


def test_cutting() -> None:
    assert cut("น้ำท่วมที่นี่", 4) == "น้ำท่ว…"
    assert cut("น้ำ", 2) == "น้ำ"
    assert cut("ก ข ค", 3) == "ก…"
    assert cut("กขค", 0) == ""


# ---------------------------------------------------------------- order

# In the order of the dictionary of the Royal Society: the consonant first, tones last.
WORDS = """
    กก กกุธภัณฑ์ กง กฎ กด กรรม กล กะ กัก กัน กา ก่า ก้า กาก กาง การ การ์ตูน กำ ก่ำ กิน กี่ กุ้ง กู้ เก เก่ง
    เกณฑ์ เก็บ เกม เกลือ เกวียน เกษตร เก่า เก้า เกาะ เกิด เกียรติ แก แก่ แก้ แกง แก้ม แก้ว โกง ใกล้ ไก่ ไกล
    ขน ข้อ ขา ข้า เขต ไข่ คน คำ เครือ จังหวัด เจริญ ชาติ เด็ก ตำบล ท่วม น้ำ เปล เปลี่ยน เพลา แพ แพ้ โพธิ์ ฟัน
    ร่วม เรือ ฤดู ฤๅษี ลม เล่น วัด เสียง หม้อ หมา หมู่ เหตุ องค์กร อำเภอ ฮา ฮูก
"""


def test_words_stand_as_in_the_dictionary() -> None:
    words = WORDS.split()
    by_code_point = sorted(words)
    assert by_code_point != words
    assert sorted(by_code_point, key=sort_key) == words


def test_the_provinces_stand_as_in_a_list_for_people() -> None:
    with (ROOT / "app" / "agencies" / "data" / "areas.csv").open(encoding="utf-8") as file:
        names = [row["name_th"] for row in csv.DictReader(file) if row["kind"] == "province"]
    ordered = sorted(names, key=sort_key)
    assert len(ordered) == 77
    assert ordered[:8] == [
        "กระบี่",
        "กรุงเทพมหานคร",
        "กาญจนบุรี",
        "กาฬสินธุ์",
        "กำแพงเพชร",
        "ขอนแก่น",
        "จันทบุรี",
        "ฉะเชิงเทรา",
    ]
    assert ordered[-6:] == [
        "อ่างทอง",
        "อำนาจเจริญ",
        "อุดรธานี",
        "อุตรดิตถ์",
        "อุทัยธานี",
        "อุบลราชธานี",
    ]
    assert ordered.index("เชียงราย") < ordered.index("เชียงใหม่") < ordered.index("ตรัง")
    assert ordered.index("แพร่") < ordered.index("ภูเก็ต")


def test_digits_then_thai_then_latin() -> None:
    assert sorted(["b", "ก", "2", "A", "๑", "(ข)", "é", "f"], key=sort_key) == [
        "๑",
        "2",
        "ก",
        "(ข)",
        "A",
        "b",
        "é",
        "f",
    ]


def test_spaces_marks_and_repetition_do_not_disturb_the_order() -> None:
    assert sorted(["กาง", "ก-า", "กา ข", "กาก ๆ"], key=sort_key) == ["ก-า", "กาก ๆ", "กา ข", "กาง"]


@given(st.lists(THAI_TEXT, max_size=6))
def test_the_order_is_the_same_whatever_came_first(words: list[str]) -> None:
    assert sorted(words, key=sort_key) == sorted(sorted(words), key=sort_key)


@given(ANY_TEXT)
def test_keys_can_be_stored(text: str) -> None:
    assert "\x00" not in sort_key(normalise(text))


# ---------------------------------------------------------------- words


def test_words_are_found() -> None:
    assert segment("นํ้าท่วมจังหวัด") == ["น้ำท่วม", "จังหวัด"]
    assert segment("ประชุม 16.30 น. (City Hall's) ๓,๐๐๐ คน!") == [
        "ประชุม",
        "16.30",
        "น.",
        "City",
        "Hall's",
        "๓,๐๐๐",
        "คน",
    ]
    assert segment(" … ") == []


@pytest.mark.parametrize("text", ["1" * 20_000, "ก" * 20_000, "ตากลม" * 4_000, "a." * 10_000])
def test_no_text_makes_segmenting_slow(text: str) -> None:
    segment("ก")
    started = time.process_time()
    segment(text)
    assert time.process_time() - started < 5


# ---------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    "phrase",
    [
        "30 เม.ย. 2569",
        "30 เมษายน 2569",
        "14–20 มิ.ย. 2569",
        "16.30 น.",
        "09.00–16.30 น.",
        "เหลือ 12 วัน",
        "4.2 ล้านบาท",
        "142–210 ล้านบาท",
        "ร้อยละ 53.7",
        "ปี 2554",
        "มาตรา 77",
        "3,918 เสียง",
        "30 กม./ชม.",
        "ผู้มีส่วนได้ส่วนเสีย",
        "30 April 2026",
        "3 days left",
    ],
)
def test_a_phrase_is_kept_together(phrase: str) -> None:
    assert wrap_phrases(f"ดู {phrase} ต่อ") == f'ดู <span class="k">{phrase}</span> ต่อ'


def test_plain_text_is_escaped_and_left_alone() -> None:
    assert wrap_phrases("ก <b> & 5 <i>") == "ก &lt;b&gt; &amp; 5 &lt;i&gt;"
    assert wrap_phrases(wrap_phrases("30 เม.ย. 2569")).count("span") == 2
    assert wrap_phrases("สวนน้ำใจ", terms=["น้ำใจ"]) == 'สวน<span class="k">น้ำใจ</span>'
