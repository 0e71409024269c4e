"""What followers are told, in their language; what they are not told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db, transaction
from app.identity.models import Person
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from app.notifications import service
from app.notifications.collecting import find_openings
from app.notifications.models import Follow
from tests.notifications.make import (
    Scene,
    adopt_minutes,
    announce,
    annul,
    answer,
    call_off_session,
    cancel,
    decide,
    declare,
    follow_by_address,
    mail,
    mails,
    make_follower,
    make_scene,
    move,
    move_session,
    publish_minutes,
    publish_version,
    tick,
    work,
)
from tests.support.clock import Clock

Happens = Callable[[Scene], None]

TOLD: dict[str, tuple[Happens, str, str, str, str]] = {
    "answer": (
        answer,
        "หน่วยงานตอบแล้ว: กำแพงกันน้ำควรสร้างแบบไหน",
        "หน่วยงานตอบแล้ว บอกว่าได้ฟังอะไร ตัดสินใจอย่างไร และจะทำอะไรต่อไป",
        "The agency has answered: Which flood wall?",
        "what it heard, what it decided and what it will do",
    ),
    "dates": (
        lambda scene: move(scene, opens_in=5, closes_in=20),
        "เปลี่ยนกำหนดวัน: กำแพงกันน้ำควรสร้างแบบไหน",
        "“ให้ความเห็น” เปลี่ยนกำหนดวัน\nเดิม 21–30 เม.ย. 2569\nใหม่ 23 เม.ย. – 8 พ.ค. 2569",
        "New dates: Which flood wall?",
        "“Give your view” has new dates.\nBefore: 21–30 Apr 2026\nNow: 23 Apr – 8 May 2026",
    ),
    "cancelled": (
        cancel,
        "ยกเลิกกิจกรรม: กำแพงกันน้ำควรสร้างแบบไหน",
        "หน่วยงานยกเลิก “ให้ความเห็น” แล้ว",
        "An activity was cancelled: Which flood wall?",
        "The agency has cancelled “Give your view”.",
    ),
    "announced": (
        announce,
        "มีกิจกรรมใหม่: กำแพงกันน้ำควรสร้างแบบไหน",
        "มีกิจกรรมใหม่ “ฟังความเห็นรอบสอง” 22 เม.ย. – 12 พ.ค. 2569",
        "New activity: Which flood wall?",
        "There is a new activity, “Second round”: 22 Apr – 12 May 2026.",
    ),
    "result": (
        declare,
        "ประกาศผลแล้ว: กำแพงกันน้ำควรสร้างแบบไหน",
        "ประกาศผลของ “ให้ความเห็น” แล้ว",
        "The result is out: Which flood wall?",
        "The result of “Give your view” is out.",
    ),
    "document": (
        publish_version,
        "เอกสารมีฉบับใหม่: กำแพงกันน้ำควรสร้างแบบไหน",
        "เอกสารใน “ให้ความเห็น” มีฉบับใหม่ เป็นฉบับที่ 2",
        "New version of a document: Which flood wall?",
        "A document in “Give your view” has a new version, number 2.",
    ),
    "moved": (
        move_session,
        "เลื่อนเวลาหรือย้ายสถานที่ประชุม: กำแพงกันน้ำควรสร้างแบบไหน",
        "การประชุมใน “ให้ความเห็น” เปลี่ยนเวลาหรือสถานที่ กำหนดใหม่คือวันที่ 22 เม.ย. 2569",
        "A session was moved: Which flood wall?",
        "A session of “Give your view” was moved to another time or place. It is now on 22 Apr 2026.",
    ),
    "called off": (
        call_off_session,
        "ยกเลิกการประชุม: กำแพงกันน้ำควรสร้างแบบไหน",
        "การประชุมใน “ให้ความเห็น” วันที่ 22 เม.ย. 2569 ยกเลิกแล้ว",
        "A session was cancelled: Which flood wall?",
        "The session of “Give your view” on 22 Apr 2026 was cancelled.",
    ),
    "minutes of a forum": (
        publish_minutes,
        "เผยแพร่รายงานการประชุม: กำแพงกันน้ำควรสร้างแบบไหน",
        "เผยแพร่รายงานการประชุมของ “ให้ความเห็น” แล้ว",
        "Minutes are out: Which flood wall?",
        "Minutes of “Give your view” are out",
    ),
    "minutes of a panel": (
        adopt_minutes,
        "เผยแพร่รายงานการประชุม: กำแพงกันน้ำควรสร้างแบบไหน",
        "เผยแพร่รายงานการประชุมของ “ให้ความเห็น” แล้ว",
        "Minutes are out: Which flood wall?",
        "Minutes of “Give your view” are out",
    ),
    "decision": (
        decide,
        "คณะทำงานมีมติ: กำแพงกันน้ำควรสร้างแบบไหน",
        "“ให้ความเห็น” มีมติแล้ว พร้อมเหตุผล",
        "A panel has decided: Which flood wall?",
        "There is a decision in “Give your view”",
    ),
    "ended": (
        annul,
        "ยุติโดยไม่มีคำตอบ: กำแพงกันน้ำควรสร้างแบบไหน",
        "หน่วยงานยุติเรื่องนี้โดยไม่มีคำตอบ เหตุผลคือ",
        "Ended without an answer: Which flood wall?",
        "Its reason: The project was stopped.",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_happens_is_told_in_the_followers_language(scene: Scene, clock: Clock, name: str) -> None:
    happens, subject_th, words_th, subject_en, words_en = TOLD[name]
    make_follower(scene, "th", email="thai@example.com")
    follow_by_address(scene, "english@example.com", "en")
    clock.advance(hours=1)
    happens(scene)
    work()
    thai, english = sorted(mails(), key=lambda sent: sent.lang, reverse=True)
    assert (thai.recipient, thai.lang, thai.subject) == ("thai@example.com", "th", subject_th)
    assert words_th in thai.body
    assert f"http://localhost/th/issues/{scene.id}\n" in thai.body
    assert "จังหวัดอ่างทอง" in thai.body
    assert (english.recipient, english.lang, english.subject) == ("english@example.com", "en", subject_en)
    assert words_en in english.body
    assert f"http://localhost/en/issues/{scene.id}\n" in english.body
    assert "example.com" not in thai.body + english.body, "no address stands in a mail, nor in a link"
    work()
    assert len(mails()) == 2, "once is enough"


def test_an_opening_is_found_by_the_clock(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "th")
    clock.set(scene.activity.opens_at)
    clock.advance(seconds=-1)
    work()
    assert not mails()
    clock.advance(seconds=1)
    work()
    assert mail().subject == "เปิดแล้ว: กำแพงกันน้ำควรสร้างแบบไหน"
    assert "“ให้ความเห็น” เปิดแล้ว ร่วมได้ถึง 30 เม.ย. 2569" in mail().body
    clock.advance(days=1)
    work()
    assert len(mails()) == 1


@pytest.mark.parametrize(
    ("level", "closes_in", "words"), [(1, 12, "can be read now."), (2, None, "is open now.")]
)
def test_an_opening_says_what_one_can_do(
    app: Flask, clock: Clock, level: int, closes_in: float | None, words: str
) -> None:
    scene = make_scene(closes_in=closes_in, kind="publications" if level == 1 else "comments")
    make_follower(scene, "en")
    clock.advance(days=4)
    work()
    assert f"“Give your view” {words}\n" in mail().body


@pytest.mark.parametrize(("down_for", "told"), [(9, 1), (13, 0)])
def test_a_worker_that_was_down_tells_of_an_opening_while_it_lasts(
    scene: Scene, clock: Clock, down_for: int, told: int
) -> None:
    make_follower(scene)
    clock.advance(days=down_for)
    work()
    assert len(mails()) == told


def test_an_opening_noted_but_untold_is_dropped_when_it_has_closed(scene: Scene, clock: Clock) -> None:
    make_follower(scene)
    clock.advance(days=4)
    assert find_openings() == 1
    db.session.remove()
    clock.advance(days=30)
    work()
    assert not mails()


def test_who_follows_later_is_not_told_of_what_was(scene: Scene, clock: Clock) -> None:
    make_follower(scene, email="early@example.com")
    clock.advance(days=4)
    answer(scene)
    clock.advance(minutes=1)
    make_follower(scene, email="late@example.com")
    work()
    assert mail().recipient == "early@example.com"


def test_several_occasions_of_one_tick_are_one_mail(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en")
    clock.advance(hours=1)
    move(scene, opens_in=4, closes_in=12)
    move(scene, opens_in=5, closes_in=15)
    announce(scene)
    answer(scene)
    work()
    assert mail().subject == "The agency has answered, and 2 more things: Which flood wall?"
    assert "Before: 21–30 Apr 2026\nNow: 23 Apr – 3 May 2026" in mail().body
    assert mail().body.count("new dates") == 1
    assert "Second round" in mail().body


def test_of_a_session_moved_twice_the_last_move_is_told(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en")
    clock.advance(hours=1)
    move_session(scene, "2026-04-25")
    clock.advance(seconds=2)
    move_session(scene, "2026-04-27")
    work()
    assert "27 Apr 2026" in mail().body
    assert "25 Apr 2026" not in mail().body


def test_of_a_session_moved_and_cancelled_only_the_end_is_told(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en")
    clock.advance(hours=1)
    move_session(scene)
    clock.advance(seconds=2)
    call_off_session(scene)
    work()
    assert "was cancelled" in mail().body
    assert "was moved" not in mail().body


def test_each_follower_hears_what_happened_since_they_followed(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en", email="early@example.com")
    clock.advance(hours=1)
    announce(scene)
    clock.advance(minutes=1)
    make_follower(scene, "en", email="late@example.com")
    clock.advance(minutes=1)
    answer(scene)
    work()
    subjects = {sent.recipient: sent.subject for sent in mails()}
    assert subjects == {
        "early@example.com": "The agency has answered, and 1 more thing: Which flood wall?",
        "late@example.com": "The agency has answered: Which flood wall?",
    }


def test_what_is_no_longer_true_is_not_told(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en")
    clock.advance(hours=1)
    move(scene, opens_in=5)
    cancel(scene)
    work()
    assert mail().subject == "An activity was cancelled: Which flood wall?"
    assert "new dates" not in mail().body


def test_other_words_alone_are_no_news(scene: Scene, clock: Clock) -> None:
    make_follower(scene)
    clock.advance(hours=1)
    move(
        scene,
        title_en="Say what you think",
        opens_at=scene.activity.opens_at,
        closes_at=scene.activity.closes_at,
    )
    work()
    assert not mails()


def test_one_issues_followers_hear_nothing_of_another(scene: Scene, clock: Clock) -> None:
    other = make_scene()
    make_follower(scene, email="here@example.com")
    make_follower(other, email="there@example.com")
    clock.advance(hours=1)
    answer(other)
    work()
    assert mail().recipient == "there@example.com"


def test_who_has_left_or_is_gone_is_not_told(scene: Scene, clock: Clock) -> None:
    leaver, gone = make_follower(scene), make_follower(scene)
    clock.advance(hours=1)
    with transaction():
        service.leave(person_id=leaver.id, issue_id=scene.id)
        db.session.get_one(Person, gone.id).erased_at = now()
        note_recorded(db.session.connection(), "identity")
    answer(scene)
    work()
    assert not mails()


def test_leaving_takes_back_what_still_waits(scene: Scene, clock: Clock) -> None:
    stays, leaver = make_follower(scene), make_follower(scene)
    clock.advance(hours=1)
    answer(scene)
    work()
    assert len(mails()) == 2
    with transaction():
        service.leave(person_id=leaver.id, issue_id=scene.id)
    assert mail().recipient == stays.email


def test_a_closed_issue_is_told_to_the_end(scene: Scene, clock: Clock) -> None:
    make_follower(scene, "en")
    clock.advance(days=4)
    work()
    answer(scene)
    with transaction():
        db.session.get_one(Issue, scene.id).closed_at = now()
        note_recorded(db.session.connection(), "issues")
    work()
    assert [sent.subject.partition(":")[0] for sent in mails()] == ["Now open", "The agency has answered"]


def test_a_long_title_fits_the_subject_and_stays_whole_in_the_mail(app: Flask, clock: Clock) -> None:
    scene = make_scene()
    long = "ที่นี่" * 150
    with transaction():
        db.session.get_one(Issue, scene.id).title_th = long
        note_recorded(db.session.connection(), "issues")
    make_follower(scene)
    clock.advance(hours=1)
    answer(scene)
    work()
    assert len(mail().subject) <= 200
    assert mail().subject.endswith("ที่นี่…")
    assert long in mail().body


def test_nothing_of_following_is_in_the_ledger(scene: Scene, clock: Clock) -> None:
    make_follower(scene)
    assert tick() == 0
    assert db.session.query(Follow).count() == 1
