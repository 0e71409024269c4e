"""Fields: what is typed is understood or kept, and every message says the repair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import wtforms
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice

from app.config import ROOT
from app.i18n import _l, locale, speaking
from app.i18n.dates import end_of_day
from app.i18n.digits import to_thai
from app.web.fields import (
    Between,
    Length,
    Messages,
    NotBefore,
    Optional,
    Required,
    TextAreaField,
    TextField,
    ThaiDateField,
    ThaiDateTimeField,
    ThaiDeadlineField,
    ThaiDecimalField,
    ThaiIntegerField,
    text_length,
)
from scripts import messages


@pytest.fixture(scope="module")
def spoken() -> Flask:
    """An application that only knows the languages."""
    messages.compile_catalogues()
    app = Flask("app", root_path=str(ROOT / "app"))
    locale.init_app(app, ["web"])
    return app


@pytest.fixture(autouse=True)
def _thai_page(spoken: Flask) -> Iterator[None]:
    with spoken.test_request_context("/th/"):
        yield


BOXES = ("day", "month", "year", "time")


class Base(wtforms.Form):
    class Meta:
        def get_translations(self, _form: Any) -> Messages:
            return Messages()


class Proposal(Base):
    title = TextField("ชื่อ", [Required(_l("Fill this in.")), Length(10, min=2)])
    body = TextAreaField("เนื้อหา", [Optional(), Length(2000)])
    seats = ThaiIntegerField("ที่นั่ง", [Optional(), Between(1, 1200)])
    budget = ThaiDecimalField("งบ", [Optional(), Between(min=Decimal(0))])
    kind = wtforms.SelectField("ชนิด", choices=[SelectChoice("a", "ก"), SelectChoice("b", "ข")])


class Calendar(Base):
    opens = ThaiDateTimeField("เปิด")
    closes = ThaiDateTimeField("ปิด", [NotBefore("opens")], optional=True)
    answered = ThaiDeadlineField("ตอบภายใน", optional=True)
    held = ThaiDateField("จัดเมื่อ", optional=True)


def proposal(**typed: str) -> Proposal:
    form = Proposal(MultiDict({"title": "กำแพง", "kind": "a", **typed}))
    form.validate()
    return form


def day(name: str, *typed: str) -> dict[str, str]:
    """The boxes of a composite field as a browser sends them."""
    return {f"{name}-{part}": text for part, text in zip(BOXES, typed, strict=False)}


def calendar(**boxes: str) -> Calendar:
    form = Calendar(MultiDict(day("opens", "1", "4", "2569", "09.00") | boxes))
    form.validate()
    return form


# ---------------------------------------------------------------- text


def test_text_is_stored_in_its_normal_form() -> None:
    form = proposal(title="  นํ้า\u200b  ท่วม ", body="ก  ข \r\n\r\n\r\nเเม่")
    assert form.title.data == "น้ำ ท่วม"
    assert form.body.data == "ก ข\n\nแม่"
    assert not form.errors


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\ufeff", "\r\n"])
def test_an_empty_answer_is_refused(typed: str) -> None:
    assert proposal(title=typed).title.errors == ["กรอกช่องนี้"]


def test_an_answer_that_was_not_sent_is_refused() -> None:
    form = Proposal(MultiDict({"kind": "a"}))
    assert not form.validate()
    assert form.title.errors == ["กรอกช่องนี้"]


def test_length_counts_readers_characters() -> None:
    assert not proposal(title="กี้" * 10).errors
    long = proposal(title="กี้" * 13)
    assert long.title.errors == ["ตัดให้สั้นลง 3 ตัวอักษร ยาวได้ไม่เกิน 10 ตัวอักษร"]
    assert long.title.data == "กี้" * 13
    assert proposal(title="ก").title.errors == ["เขียนเพิ่มอีก 1 ตัวอักษร ต้องมีอย่างน้อย 2 ตัวอักษร"]
    with speaking("en"):
        assert proposal(title="a" * 11).title.errors == ["Shorten this by 1 character; at most 10."]
        body = proposal(body="a" * 3250).body.errors
        assert body == ["Shorten this by 1,250 characters; at most 2,000."]


def test_heaped_marks_do_not_pass_as_one_character() -> None:
    assert text_length("ก" + "\u0301" * 799) == 100
    assert proposal(title="ก" + "\u0301\u0302" * 400).title.errors


def test_our_words_stand_for_those_of_wtforms() -> None:
    assert proposal(kind="c").kind.errors == ["เลือกคำตอบจากตัวเลือกที่แสดง"]


def test_the_limit_is_known_to_the_page() -> None:
    assert Proposal().body.flags.maxlength == 2000
    assert Proposal().title.flags.required


# ---------------------------------------------------------------- numbers


@given(st.integers(1, 1200), st.booleans(), st.booleans())
def test_numbers_are_read_in_either_digits(number: int, thai: bool, separators: bool) -> None:
    typed = f"{number:,}" if separators else str(number)
    form = proposal(seats=to_thai(typed) if thai else typed)
    assert form.seats.data == number
    assert not form.errors


@pytest.mark.parametrize("typed", ["สิบสอง", "1.5", "12,50", "1e3"])
def test_what_is_no_number_is_kept_and_explained(typed: str) -> None:
    form = proposal(seats=typed)
    assert form.seats.errors == ["พิมพ์เป็นจำนวนเต็ม เช่น 12"]
    assert form.seats._value() == typed
    assert form.seats.data is None


def test_a_number_may_be_left_out() -> None:
    form = proposal(seats=" ", budget="")
    assert (form.seats.data, form.budget.data) == (None, None)
    assert not form.errors


def test_the_range_is_named() -> None:
    assert proposal(seats="๑,๓๐๐").seats.errors == ["พิมพ์ตัวเลขตั้งแต่ 1 ถึง 1,200"]
    assert proposal(budget="-1").budget.errors == ["พิมพ์ตัวเลขตั้งแต่ 0 ขึ้นไป"]


def test_decimals_are_exact() -> None:
    assert proposal(budget="๔.๒๐").budget.data == Decimal("4.20")
    assert proposal(budget="4.205").budget.errors == ["พิมพ์เป็นตัวเลข เช่น 4.2"]


def test_stored_numbers_are_shown() -> None:
    form = Proposal(seats=24, budget=Decimal("4.2"))
    assert (form.seats._value(), form.budget._value()) == ("24", "4.2")


# ---------------------------------------------------------------- days and times


@pytest.mark.parametrize(
    "typed",
    [
        ("30", "4", "2569", "16.30"),
        ("30", "4", "2026", "16:30"),
        ("๓๐", "๔", "๒๕๖๙", "๑๖๓๐"),
        ("30", "เมษายน", "2569", "16.30 น."),
        (" 30 ", "4", " 2569 ", "4.30pm"),
    ],
)
def test_a_moment_is_read(typed: tuple[str, ...]) -> None:
    form = calendar(**day("opens", *typed))
    assert form.opens.data == datetime(2026, 4, 30, 9, 30, tzinfo=UTC)
    assert not form.errors


@pytest.mark.parametrize(
    ("typed", "message", "part"),
    [
        (("", "", "", ""), "ใส่วันที่ เดือน ปี และเวลาให้ครบ", "day"),
        (("30", "4", "69", "16.30"), "พิมพ์ปี 4 หลัก เช่น 2569 หรือ 2026", "year"),
        (("30", "", "2569", "16.30"), "เลือกเดือน", "month"),
        (("สิบ", "4", "2569", "16.30"), "พิมพ์วันที่เป็นตัวเลข เช่น 30", "day"),
        (("29", "2", "2569", "16.30"), "เดือนนี้มี 28 วัน ตรวจวันที่และเดือนอีกครั้ง", "day"),
        (("30", "4", "2569", "25.00"), "พิมพ์เวลาเป็นชั่วโมงและนาที เช่น 16.30", "time"),
        (("30", "4", "2569", ""), "พิมพ์เวลาเป็นชั่วโมงและนาที เช่น 16.30", "time"),
    ],
)
def test_a_wrong_moment_is_kept_and_its_box_named(typed: tuple[str, ...], message: str, part: str) -> None:
    form = calendar(**day("opens", *typed))
    assert form.opens.errors == [message]
    assert form.opens.data is None
    assert [box.value for box in form.opens.parts] == list(typed)
    assert form.opens.error_id == f"opens-{part}"
    assert [box.suffix for box in form.opens.parts if box.wrong] == [part]


def test_what_may_be_left_out_is_none() -> None:
    form = calendar(**day("closes", " ", "", "", ""))
    assert form.closes.data is None
    assert form.held.data is None
    assert not form.errors


def test_half_an_answer_is_not_left_out() -> None:
    assert calendar(**day("held", "3", "", "")).held.errors == ["เลือกเดือน"]


def test_the_end_does_not_come_first() -> None:
    form = calendar(**day("closes", "31", "3", "2569", "10.00"))
    assert form.closes.errors == ["เลือกวันเดียวกับวันแรก หรือวันหลังจากนั้น"]
    assert not calendar(**day("closes", "1", "4", "2569", "09.00")).errors


def test_by_a_day_is_to_the_end_of_the_day() -> None:
    form = calendar(**day("answered", "15", "5", "2569"))
    assert form.answered.data == end_of_day(date(2026, 5, 15))
    again = Calendar(answered=form.answered.data)
    assert [box.value for box in again.answered.parts] == ["15", "5", "2569"]


def test_stored_moments_are_shown_in_the_readers_era() -> None:
    stored = {"opens": datetime(2026, 4, 30, 17, 5, tzinfo=UTC), "held": date(2026, 4, 30)}
    form = Calendar(data=stored)
    assert [box.value for box in form.opens.parts] == ["1", "5", "2569", "00.05"]
    with speaking("en"):
        assert [box.value for box in form.held.parts] == ["30", "4", "2026"]
        assert form.held.parts[1].choices[4] == ("4", "April")
        assert str(form.held.parts[2].label) == "Year"


@given(st.datetimes(datetime(1900, 1, 2), datetime(2155, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_shown_is_what_was_stored(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    shown = Calendar(data={"opens": moment})
    form = Calendar(MultiDict({box.name: box.value for box in shown.opens.parts}))
    form.validate()
    # Bangkok's clock moved by 18 minutes in 1920; before that, minutes are not whole.
    if moment.year > 1920:
        assert form.opens.data == moment


def test_the_boxes_tell_the_macros_all_they_need() -> None:
    boxes = Calendar(prefix="a-").opens.parts
    assert [box.name for box in boxes] == [
        "a-opens-day",
        "a-opens-month",
        "a-opens-year",
        "a-opens-time",
    ]
    assert [box.id for box in boxes] == [box.name for box in boxes]
    assert [box.kind for box in boxes] == ["text", "select", "text", "text"]
    assert [box.inputmode for box in boxes] == ["numeric", "numeric", "numeric", "decimal"]
    assert len(boxes[1].choices) == 13
    assert [str(box.label) for box in boxes] == ["วันที่", "เดือน", "ปี พ.ศ.", "เวลา"]
    assert Calendar().opens.flags.required
    assert not Calendar().held.flags.required


@given(st.lists(st.text(max_size=12), min_size=4, max_size=4))
def test_any_boxes_are_read_or_refused(typed: list[str]) -> None:
    form = calendar(**day("opens", *typed))
    assert (form.opens.data is None) == bool(form.opens.errors)
    assert [box.value for box in form.opens.parts] == typed
