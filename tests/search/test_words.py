"""What a text is found by."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import normalise_line
from app.search.words import Indexed, indexed, placed_words, wanted_words, words_of

DATA = Path(os.environ.get("RUAMKHIT_DATA", Path(__file__).parents[3] / "shared" / "data"))
MESSAGES = DATA / "thai-text-wisesight" / "wisesight-1000-samples-tokenised.label"


def holds(text: Indexed, query: str) -> bool:
    """Whether a text with these words is found, as both engines decide it."""
    return bool(wanted_words(query)) and all(
        word.whole in text.line or word.whole in text.more or in_a_row(word.parts, text.line)
        for word in wanted_words(query)
    )


def in_a_row(parts: Sequence[str], line: Sequence[str]) -> bool:
    return any(line[n : n + len(parts)] == parts for n in range(len(line)))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ท่วม", "น้ำท่วมตลาด"),
        ("น้ำท่วม", "น้ำท่วมขังทุกปี"),
        ("น้ำ", "น้ำท่วม"),
        ("นํ้าท่วม", "น้ำท่วม"),
        ("น้ําท่วม", "น้ำท่วม"),
        ("พรบ", "ตาม พ.ร.บ. นี้"),
        ("พ.ร.บ.", "ตาม พรบ ใหม่"),
        ("2569", "ปี ๒๕๖๙"),
        ("๒๕๖๙", "ปี 2569"),
        ("3000", "๓,๐๐๐ คน"),
        ("16:30", "เวลา 16.30 น."),
        ("จริง", "จริงๆ"),
        ("THAI", "thai market"),
        ("paragon", "#SiamParagon"),
        ("hall's", "City Hall's roof"),
        ("hall", "City Hall's roof"),
        ("กรุงเทพ", "กรุงเทพฯ"),
    ],
)
def test_it_is_found(query: str, text: str) -> None:
    assert holds(indexed(text), query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ป่า", "ป้าขายของ"),
        ("ป้า", "ป่าชุมชน"),
        ("มา", "มากมาย"),
        ("ท่วม", "ท้วม"),
        ("น้ำท่วม", "น้ำสะอาดในซอยที่ถนนท่วม"),
        ("ตลาดน้ำ", "น้ำในตลาด"),
        ("phone market", "iPhone"),
        ("30", "1630"),
    ],
)
def test_it_is_not_found(query: str, text: str) -> None:
    assert not holds(indexed(text), query)


def test_a_search_has_a_bounded_number_of_words() -> None:
    assert len(wanted_words(" ".join(f"w{n} {n}" for n in range(100)))) == 12
    assert [word.whole for word in wanted_words("ป่า ป่า ป่า")] == ["ป่า"]
    assert wanted_words(" ๆ … ! ") == []


@given(st.text(max_size=80))
def test_no_word_holds_what_an_engine_would_read_as_an_operator(text: str) -> None:
    for word in words_of(text):
        for form in (word.whole, *word.parts):
            assert not set(form) & set("'\"\\ :*()&|!<>-")


@given(st.text(st.sampled_from("กขมาป่้ำ ๆน.ทวABc19"), max_size=60))
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    text = normalise_line(text)
    for place in placed_words(text):
        assert 0 <= place.start < place.end <= len(text)
        assert [word.whole for word in words_of(text[place.start : place.end])] or not place.form


@given(st.text(st.sampled_from("กขมาป่้ำ ๆนํ.ทวABc19"), max_size=60))
def test_every_text_is_found_by_itself(text: str) -> None:
    words = wanted_words(text)
    assert not words or holds(indexed(text), text)


def test_a_word_as_people_cut_it_finds_its_message() -> None:
    """At least 95 of 100, over every word of 1,000 real messages with boundaries drawn by people."""
    if not MESSAGES.exists():
        pytest.skip("set RUAMKHIT_DATA to the folder of public data")
    found = total = 0
    for line in filter(None, MESSAGES.read_text("utf-8").split("\n")):
        tokens = line.split("|")
        message = indexed("".join(tokens))
        for token in tokens:
            if wanted_words(token):
                total += 1
                found += holds(message, token)
    assert total > 15_000
    assert found / total >= 0.95
