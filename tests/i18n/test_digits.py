"""Numbers as people type and read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from app.i18n.digits import (
    format_number,
    format_percent,
    parse_decimal,
    parse_int,
    to_arabic,
    to_thai,
)

COUNTS = st.integers(-(10**15) + 1, 10**15 - 1)


@given(COUNTS, st.booleans(), st.booleans())
def test_what_is_shown_can_be_typed(number: int, thai: bool, separators: bool) -> None:
    typed = format_number(number) if separators else str(number)
    assert parse_int(to_thai(typed) if thai else typed) == number
    assert parse_decimal(to_thai(typed) if thai else typed) == number


@given(st.text("0123456789.,", max_size=20))
def test_thai_digits_and_back(text: str) -> None:
    assert to_arabic(to_thai(text)) == text


@pytest.mark.parametrize("typed", ["1250", " 1,250 ", "๑๒๕๐", "๑,๒๕๐", "๑250", "+1250", "0001250"])
def test_whole_numbers(typed: str) -> None:
    assert parse_int(typed) == 1250


@pytest.mark.parametrize(
    "typed",
    ["", " ", "12,50", "1,2500", ",125", "1.5", "1e3", "0x10", "1_000", "١٢", "１２", "a", "--1", "9" * 16],
)
def test_no_whole_numbers(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_int(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("4.2", "4.2"), ("๔.๒", "4.2"), ("1,250.50", "1250.50"), (".5", "0.5"), ("−3", "-3")],
)
def test_decimals(typed: str, number: str) -> None:
    assert parse_decimal(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["", ".", "4.", "4.2.1", "1.234,5", "NaN", "Infinity", "1e5"])
def test_no_decimals(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_decimal(typed)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1250, None, "1,250"),
        (-1250, None, "-1,250"),
        (4.2, None, "4.2"),
        (Decimal("4.20"), None, "4.2"),
        (Decimal("100"), None, "100"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (1234.5, 2, "1,234.50"),
        (Fraction(2, 3), 2, "0.67"),
        (7, 1, "7.0"),
    ],
)
def test_shown_numbers(value: float, decimals: int | None, shown: str) -> None:
    assert format_number(value, decimals) == shown


def test_percents(thai: Flask) -> None:
    assert format_percent(0.537) == "53.7%"
    assert format_percent(Fraction(1, 3)) == "33.3%"
    assert render_template_string("{{ 0.537|percent_text }}") == "ร้อยละ 53.7"
    assert render_template_string("{{ 0.5|percent_text }} {{ 0.5|percent }}") == "ร้อยละ 50 50.0%"
    assert render_template_string("{{ 1250|number }} {{ '2569'|thai_digits }}") == "1,250 ๒๕๖๙"


def test_percents_in_english(english: Flask) -> None:
    assert render_template_string("{{ 0.537|percent_text }}") == "53.7%"
