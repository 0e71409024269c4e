"""The roll: read line by line, refused whole or taken whole, and digested the same in any order."""

from __future__ import annotations

import random
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from app.activities.votes.roll import leaf_of, read_roll, roll_digest


def test_lines_keep_the_numbers_they_were_pasted_with() -> None:
    pasted = read_roll("\n\na@example.com\r\n\r\n  B@Example.com ,\nnobody\na@example.com\n<x@y.z>\n")
    assert pasted.lines == {"a@example.com": 3, "b@example.com": 5}
    assert [(fault.line, fault.text) for fault in pasted.faults] == [
        (6, "nobody"),
        (7, "a@example.com"),
        (8, "<x@y.z>"),
    ]


def test_invisible_signs_do_not_make_two_people_of_one() -> None:
    assert read_roll("a@example.com\u200b\n\ufeffa@example.com").lines == {"a@example.com": 1}


@given(st.text())
def test_any_text_can_be_pasted(text: str) -> None:
    pasted = read_roll(text)
    assert all("@" in address for address in pasted.lines)


def test_a_leaf_and_the_digest_can_be_computed_by_hand() -> None:
    salt = bytes(range(32))
    assert leaf_of(7, salt) == sha256(salt + b"person/7").digest()
    assert roll_digest([b"b" * 32, b"a" * 32]) == sha256(b"a" * 32 + b"b" * 32).hexdigest()


@given(st.lists(st.binary(min_size=32, max_size=32), unique=True), st.integers())
def test_the_order_does_not_matter(leaves: list[bytes], seed: int) -> None:
    mixed = leaves.copy()
    random.Random(seed).shuffle(mixed)
    assert roll_digest(mixed) == roll_digest(leaves)
