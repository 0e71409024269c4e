"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Language
from app.i18n.dates import era_year, format_date, format_date_long
from app.i18n.digits import to_thai
from app.i18n.parse_dates import DateError, parse_date, parse_date_text, parse_time

DAYS = st.dates(date(1900, 1, 1), date(2156, 12, 31))
"""2156 is the last year whose Buddhist number still begins with 26."""


@given(DAYS, st.sampled_from(["th", "en"]), st.booleans())
def test_a_typed_day_is_read_in_either_era(day: date, lang: Language, thai_digits: bool) -> None:
    typed = [str(day.day), str(day.month), str(era_year(day.year, lang))]
    if thai_digits:
        typed = [to_thai(text) for text in typed]
    assert parse_date(*typed) == day
    assert parse_date_text("/".join(typed)) == day


@given(DAYS, st.sampled_from(["th", "en"]))
def test_what_is_shown_can_be_typed(day: date, lang: Language) -> None:
    assert parse_date_text(format_date(day, lang)) == day
    assert parse_date_text(format_date_long(day, lang)) == day


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (("29", "2", "2569"), "day"),
        (("31", "4", "2026"), "day"),
        (("0", "4", "2026"), "day"),
        (("", "4", "2026"), "day"),
        (("สาม", "4", "2026"), "day"),
        (("3", "", "2026"), "month"),
        (("3", "13", "2026"), "month"),
        (("3", "เมษา", "2026"), "month"),
        (("3", "4", "69"), "year"),
        (("3", "4", "2269"), "year"),
        (("3", "4", ""), "year"),
        (("3", "4", "9" * 400), "year"),
    ],
)
def test_what_is_no_day_names_the_box(typed: tuple[str, str, str], part: str) -> None:
    with pytest.raises(DateError) as error:
        parse_date(*typed)
    assert error.value.part == part


def test_leap_days_are_counted_in_the_christian_era() -> None:
    assert parse_date("29", "2", "2567") == date(2024, 2, 29)
    assert parse_date("29", "2", "2024") == date(2024, 2, 29)
    with pytest.raises(DateError):
        parse_date("29", "2", "2568")


@pytest.mark.parametrize(
    "text",
    [
        "30 เมษายน พ.ศ. 2569",
        "๓๐ เม.ย. ๒๕๖๙",
        "30-4-2026",
        "30.4.2569",
        " 30  april 2026 ",
        "30เม.ย.2569",
        "30 เม.ย 2569",
    ],
)
def test_a_day_in_one_box(text: str) -> None:
    assert parse_date_text(text) == date(2026, 4, 30)


@pytest.mark.parametrize("text", ["", "30", "30/4", "เมื่อวาน", "4/30/2026", "1/1/1/2026", "30//2026"])
def test_no_day_in_one_box(text: str) -> None:
    with pytest.raises(DateError):
        parse_date_text(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("16.30", time(16, 30)),
        ("16:30", time(16, 30)),
        ("1630", time(16, 30)),
        ("๑๖.๓๐ น.", time(16, 30)),
        ("4.30pm", time(16, 30)),
        ("4:30 PM", time(16, 30)),
        ("9.00", time(9, 0)),
        ("930", time(9, 30)),
        ("9", time(9, 0)),
        ("12am", time(0, 0)),
        ("12pm", time(12, 0)),
        ("00.00", time(0, 0)),
        ("23.59", time(23, 59)),
    ],
)
def test_times(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "24.00", "16.60", "16.3", "13pm", "0am", "เที่ยง", "16.30.00", "-1"])
def test_no_times(text: str) -> None:
    with pytest.raises(DateError) as error:
        parse_time(text)
    assert error.value.part == "time"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse_date_text, parse_time):
        try:
            read(text)
        except DateError:
            continue
