"""Days, times, ranges and what is left, as readers of both languages know them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import dates, speaking
from app.i18n.dates import (
    end_of_day,
    fiscal_year,
    fiscal_year_days,
    format_date,
    format_date_long,
    format_datetime,
    format_deadline,
    format_fiscal_year,
    format_range,
    format_remaining,
    format_span,
    format_time,
    last_day,
    local_day,
    start_of_day,
)
from tests.support.clock import Clock

DAYS = st.dates(date(1900, 1, 2), date(2199, 12, 30))
AFTERNOON = datetime(2026, 4, 30, 9, 30, tzinfo=UTC)
"""30 April 2569, 16.30 in Bangkok."""


@pytest.mark.parametrize(
    ("write", "thai", "english"),
    [
        (format_date, "30 เม.ย. 2569", "30 Apr 2026"),
        (format_date_long, "30 เมษายน 2569", "30 April 2026"),
        (format_time, "16.30 น.", "4.30pm"),
        (format_datetime, "30 เม.ย. 2569 เวลา 16.30 น.", "30 Apr 2026, 4.30pm"),
    ],
)
def test_a_moment(write: object, thai: str, english: str) -> None:
    assert callable(write)
    assert write(AFTERNOON, "th") == thai
    assert write(AFTERNOON, "en") == english


def test_the_day_is_bangkoks() -> None:
    late = datetime(2026, 4, 30, 17, 0, tzinfo=UTC)
    assert format_date(late, "th") == "1 พ.ค. 2569"
    assert format_date(late - timedelta(seconds=1), "th") == "30 เม.ย. 2569"
    assert format_date(date(2026, 4, 30), "en") == "30 Apr 2026"


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_date(datetime(2026, 4, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("hour", "minute", "thai", "english"),
    [
        (0, 0, "00.00 น.", "midnight"),
        (0, 5, "00.05 น.", "12.05am"),
        (9, 0, "09.00 น.", "9am"),
        (12, 0, "12.00 น.", "midday"),
        (12, 30, "12.30 น.", "12.30pm"),
        (23, 59, "23.59 น.", "11.59pm"),
    ],
)
def test_times_of_day(hour: int, minute: int, thai: str, english: str) -> None:
    moment = datetime(2026, 4, 30, hour, minute, tzinfo=dates.BANGKOK)
    assert format_time(moment, "th") == thai
    assert format_time(moment, "en") == english


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        (date(2026, 6, 14), date(2026, 6, 20), "14–20 มิ.ย. 2569", "14–20 Jun 2026"),
        (date(2026, 6, 14), date(2026, 6, 14), "14 มิ.ย. 2569", "14 Jun 2026"),
        (date(2026, 6, 28), date(2026, 7, 3), "28 มิ.ย. – 3 ก.ค. 2569", "28 Jun – 3 Jul 2026"),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            "30 ธ.ค. 2568 – 2 ม.ค. 2569",
            "30 Dec 2025 – 2 Jan 2026",
        ),
    ],
)
def test_ranges_say_what_is_shared_once(first: date, last: date, thai: str, english: str) -> None:
    assert format_range(first, last, "th") == thai
    assert format_range(first, last, "en") == english
    assert format_range(start_of_day(first), end_of_day(last), "th") == thai


def test_a_meeting() -> None:
    start, end = AFTERNOON - timedelta(hours=7, minutes=30), AFTERNOON
    assert format_span(start, end, "th") == "30 เม.ย. 2569 เวลา 09.00–16.30 น."
    assert format_span(start, end, "en") == "30 Apr 2026, 9am–4.30pm"
    next_day = end + timedelta(days=1)
    assert format_span(end, next_day, "en") == "30 Apr 2026, 4.30pm – 1 May 2026, 4.30pm"


def test_by_a_day_means_to_its_end() -> None:
    bound = end_of_day(date(2026, 4, 30))
    assert bound == datetime(2026, 4, 30, 17, 0, tzinfo=UTC)
    assert format_deadline(bound, "th") == "30 เม.ย. 2569"
    assert format_deadline(AFTERNOON, "th") == "30 เม.ย. 2569 เวลา 16.30 น."


@given(DAYS)
def test_a_day_and_its_bounds_agree(day: date) -> None:
    start, end = start_of_day(day), end_of_day(day)
    assert end - start == timedelta(days=1)
    assert local_day(start) == day == last_day(end)
    assert local_day(end) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2025, 9, 30), 2568), (date(2025, 10, 1), 2569), (date(2026, 9, 30), 2569)],
)
def test_the_fiscal_year_is_named_by_its_end(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@given(DAYS)
def test_a_day_lies_in_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_days(fiscal_year(day))
    assert first <= day <= last


def test_a_moment_counts_to_bangkoks_fiscal_year() -> None:
    assert fiscal_year(datetime(2025, 9, 30, 17, 0, tzinfo=UTC)) == 2569


@pytest.mark.parametrize(
    ("left", "words", "english"),
    [
        (timedelta(days=12, hours=13), "เหลือ 12 วัน", "12 days left"),
        (timedelta(days=1), "เหลือ 1 วัน", "1 day left"),
        (timedelta(hours=23, minutes=59), "เหลือ 23 ชั่วโมง", "23 hours left"),
        (timedelta(hours=1), "เหลือ 1 ชั่วโมง", "1 hour left"),
        (timedelta(minutes=59, seconds=59), "เหลือ 59 นาที", "59 minutes left"),
        (timedelta(seconds=59), "เหลือไม่ถึง 1 นาที", "Less than a minute left"),
        (timedelta(), "หมดเวลาแล้ว", "Time is up"),
        (timedelta(days=-3), "หมดเวลาแล้ว", "Time is up"),
    ],
)
def test_what_is_left(thai: Flask, left: timedelta, words: str, english: str) -> None:
    assert format_remaining(AFTERNOON + left, AFTERNOON) == words
    with speaking("en"):
        assert format_remaining(AFTERNOON + left, AFTERNOON) == english


def test_the_fiscal_year_in_words(thai: Flask) -> None:
    assert format_fiscal_year(2569) == "ปีงบประมาณ พ.ศ. 2569"
    with speaking("en"):
        assert format_fiscal_year(2569) == "fiscal year 2026"


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ at|date }}", '<time datetime="2026-04-30T16:30+07:00">30 เม.ย. 2569</time>'),
        ("{{ day|date }}", '<time datetime="2026-04-30">30 เม.ย. 2569</time>'),
        ("{{ day|date_long }}", '<time datetime="2026-04-30">30 เมษายน 2569</time>'),
        ("{{ at|time }}", '<time datetime="2026-04-30T16:30+07:00">16.30 น.</time>'),
        (
            "{{ at|datetime }}",
            '<time datetime="2026-04-30T16:30+07:00">30 เม.ย. 2569 เวลา 16.30 น.</time>',
        ),
        ("{{ none|date }}", ""),
        (
            "{{ (day, later)|daterange }}",
            '<time datetime="2026-04-30">30 เม.ย. – 2 พ.ค. 2569</time>',
        ),
        (
            "{{ (at, soon)|timespan }}",
            '<time datetime="2026-04-30T16:30+07:00">30 เม.ย. 2569 เวลา 16.30–18.00 น.</time>',
        ),
        ("{{ bound|deadline }}", '<time datetime="2026-05-01T00:00+07:00">30 เม.ย. 2569</time>'),
    ],
)
def test_filters_give_time_elements(thai: Flask, template: str, html: str) -> None:
    values = {
        "at": AFTERNOON,
        "soon": AFTERNOON + timedelta(minutes=90),
        "day": date(2026, 4, 30),
        "later": date(2026, 5, 2),
        "bound": end_of_day(date(2026, 4, 30)),
    }
    assert render_template_string(template, **values) == html


def test_the_remaining_filter_asks_the_clock(english: Flask, clock: Clock) -> None:
    until = clock() + timedelta(days=2, hours=1)
    assert "2 days left" in render_template_string("{{ until|remaining }}", until=until)
