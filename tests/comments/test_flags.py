"""What a moderator's eye is drawn to: found where it is, not found in what only looks like it, deciding nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from app.activities.comments import background
from app.activities.comments.flags import find, is_national_id, marked, personal_in
from app.activities.comments.models import Comment, Flag
from app.core.db import db
from tests.comments.make import Scene, edited, make_comment, make_visit, write_and_send
from tests.comments.make import make_thread as thread
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
IDS = ("1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "1 1017 00230 70 8")
PHONES = (
    "0812345678",
    "081-234-5678",
    "๐๘๑ ๒๓๔ ๕๖๗๘",
    "+66812345678",
    "+66 81 234 5678",
    "021234567",
    "035-611-234",
    "02.123.4567",
)
ORDINARY = (
    "ปี 2569 งบ 4,200,000 บาท",
    "โทร 1111 หรือ 1785 หรือ 191",
    "รหัสไปรษณีย์ 14000 ตำบล 150101",
    "มาตรา 77 พ.ร.บ. พ.ศ. 2562 เล่ม 136 ตอนที่ 72 ก",
    "เลขที่สัญญา 1234567890123",
    "น้ำสูง 1.35 เมตร 312 หลัง 0.5 กิโลเมตร",
    "หีบบัตร สัตว์เลี้ยง ควายในนา หีบศพ",
    "Scunthorpe, classic, assess, 24/7",
    "ระหว่าง 09.00-16.30 น. วันที่ 21-30 เม.ย. 2569",
)


@pytest.mark.parametrize("number", IDS)
def test_a_national_id_is_found(number: str) -> None:
    assert personal_in(f"ผมชื่อสมชาย เลขบัตร {number} ครับ") == ["national_id"]


@pytest.mark.parametrize("number", PHONES)
def test_a_telephone_number_is_found(number: str) -> None:
    assert personal_in(f"โทรหาผมที่ {number} ได้เลย") == ["phone"]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_looks_like_it_is_not_flagged(text: str) -> None:
    assert find(text) == []


def test_words_are_rude_only_as_words() -> None:
    assert [one.flag for one in find("ไอ้เหี้ย ทำงานกันแบบนี้ไง")] == ["rude"]
    assert [one.flag for one in find("This is bullshit.")] == ["rude"]
    assert [one.flag for one in find("เขียนมาที่ somchai@example.go.th")] == ["email"]


def test_the_place_is_marked_and_nothing_else_is_html() -> None:
    assert marked("<b>081-234-5678</b>") == "&lt;b&gt;<mark>081-234-5678</mark>&lt;/b&gt;"


@given(st.integers(1, 9), st.lists(st.integers(0, 9), min_size=11, max_size=11), st.booleans())
def test_one_check_digit_of_ten_fits(first: int, rest: list[int], thai: bool) -> None:
    start = "".join(map(str, [first, *rest]))
    fitting = [n for n in range(10) if is_national_id(f"{start}{n}")]
    assert len(fitting) == 1
    number = f"{start}{fitting[0]}"
    if thai:
        number = number.translate(THAI_DIGITS)
    assert personal_in(f"เลข {number} นี้") == ["national_id"]
    wrong = f"{start}{(fitting[0] + 1) % 10}"
    assert "national_id" not in personal_in(wrong)


@given(st.text())
def test_any_text_is_marked_without_loss(text: str) -> None:
    assert marked(text).replace("<mark>", "").replace("</mark>", "") == escape(text)
    ends = [0]
    for one in find(text):
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)


def flags() -> set[tuple[int, str]]:
    db.session.rollback()
    return {(row.comment_id, row.flag) for row in db.session.query(Flag).filter(Flag.cleared_at.is_(None))}


def test_flags_are_set_after_writing_and_follow_the_words(scene: Scene) -> None:
    comment = make_comment(scene, body="โทรหาผม 081-234-5678 ไอ้เหี้ย")
    assert comment.state == "shown", "a flag decides nothing"
    background.run()
    assert flags() == {(comment.id, "phone"), (comment.id, "rude")}
    edited(comment, scene.citizen, "ขอให้ทำทางลาดด้วยครับ")
    assert flags() == set()
    background.run()
    assert flags() == set()


def test_what_waits_without_an_account_is_flagged_too(scene: Scene) -> None:
    thread(scene, who="open")
    comment = make_visit(scene, body="เลขบัตรผม 1-1017-00230-70-8")
    background.run()
    assert flags() == {(comment.id, "national_id")}


def test_the_same_words_over_and_over_are_a_burst(scene: Scene, clock: Clock) -> None:
    people = [make_person() for _ in range(6)]
    for person in people[:4]:
        make_comment(scene, person, body="คัดค้านโครงการนี้")
    background.run()
    assert flags() == set()
    make_comment(scene, people[4], body="คัดค้าน โครงการนี้")
    background.run()
    last = db.session.query(Comment.id).order_by(Comment.id.desc()).first()[0]
    assert flags() == {(last, "burst")}
    clock.advance(hours=2)
    make_comment(scene, people[5], body="คัดค้านโครงการนี้")
    background.run()
    assert flags() == {(last, "burst")}, "an hour later it is a comment as any other"


@pytest.mark.parametrize(("lang", "words"), [("th", "เลขประจำตัวประชาชน"), ("en", "national ID")])
def test_who_writes_a_number_is_asked_before_sending(
    scene: Scene, browser: PageBrowser, lang: str, words: str
) -> None:
    path = scene.path("/new", lang)
    citizen = browser.as_(scene.citizen)
    sent = {"body": "เลขบัตรผม 1-1017-00230-70-8 ครับ", "step": "check"}
    check = citizen.fill(citizen.get(path), sent, action=path, status=200)
    assert words in check.text
    assert write_and_send(citizen, scene, "เลขบัตรผม 1-1017-00230-70-8 ครับ")
    clean = citizen.fill(
        citizen.get(path), {"body": "ขอทางลาดหน้าตลาดด้วย", "step": "check"}, action=path, status=200
    )
    assert words not in clean.text
