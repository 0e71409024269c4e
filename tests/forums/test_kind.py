"""What other rooms may ask of the kind, and what its pages cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from app.activities.forums.kind import KIND
from app.core.db import db
from app.identity.viewer import ANONYMOUS
from app.issues.contracts import Heard
from app.issues.hiding import shown, shown_total
from app.issues.kinds import kind_of
from app.issues.queries import activity_with_issue, issue_with_activities
from tests.forums.make import (
    BOTH,
    Scene,
    cancel,
    make_arrival,
    make_counted,
    make_draft,
    make_minutes,
    make_photo,
    make_registration,
    make_scene,
    make_session,
    make_walk_in,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_person


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent within."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def held_scene(clock: Any, people: dict[str, int]) -> Scene:
    """A forum whose session was held by so many of each sector, counted and minuted."""
    scene = make_scene()
    row = make_registration(scene, sector="private")
    clock.advance(days=4)
    make_arrival(scene, row)
    for sector, number in people.items():
        for place in range(number):
            make_walk_in(scene, name=f"{sector} {place}", sector=sector)
    make_counted(scene)
    make_minutes(scene)
    return scene


def test_the_kind_is_registered_for_consulting(app: Flask) -> None:
    assert kind_of("forums") is KIND
    assert KIND.levels == {2}
    assert KIND.stages == ("views", "needs", "solutions")
    assert {KIND.setup, KIND.manage, KIND.page} <= set(app.view_functions)


def test_ready_asks_for_a_purpose_and_a_session(app: Flask, clock: Any) -> None:
    late = make_scene(published=False)
    clock.advance(days=4)
    assert [str(words) for words in KIND.ready(late.id)] == ["รอบหนึ่งเลยเวลาเริ่มไปแล้ว เปลี่ยนเวลาหรือลบรอบนั้น"]
    assert len(KIND.ready(make_scene(prepared=False).id)) == 1
    assert len(KIND.ready(make_scene(session=False).id)) == 1
    scene = make_scene()
    assert not KIND.ready(scene.id)
    cancel(scene, scene.session_id)
    assert len(KIND.ready(scene.id)) == 1


def test_each_session_held_owes_its_minutes(app: Flask, clock: Any) -> None:
    scene = make_scene()

    def owed() -> list[tuple[str, bool]]:
        db.session.rollback()
        activity, _issue = activity_with_issue(scene.id, "forums")
        with app.test_request_context("/en/"):
            return [(str(duty.words).split(" “")[0], duty.met) for duty in KIND.duties(activity)]

    assert owed() == [("Hold at least one session", False), ("Hold or cancel", False)]
    second = make_session(scene, 5)
    cancel(scene, make_session(scene, 5).id)
    clock.advance(days=4)
    assert owed() == [
        ("Hold at least one session", True),
        ("Publish the minutes of", False),
        ("Hold or cancel", False),
    ]
    make_counted(scene)
    make_draft(scene)
    assert owed()[1] == ("Publish the minutes of", False), "a draft is no minutes"
    make_minutes(scene)
    clock.advance(days=2)
    make_counted(scene, second.id)
    make_minutes(scene, second.id)
    assert all(met for _words, met in owed())


def test_the_exhibit_tells_what_happened_in_both_languages(app: Flask, clock: Any) -> None:
    scene = held_scene(clock, {"people": 6})
    make_session(scene, 3)
    told = KIND.exhibits(scene.id)
    assert told.en == "2 sessions, 1 held; 7 people came; 1 with published minutes"
    assert told.th == "เวที 2 รอบ จัดแล้ว 1 รอบ มีผู้เข้าร่วม 7 คน เผยแพร่รายงานแล้ว 1 รอบ"
    few = held_scene(clock, {"people": 1})
    assert "fewer than 5 people came" in KIND.exhibits(few.id).en


def test_who_was_heard_by_sector_and_way(app: Flask, clock: Any) -> None:
    scene = make_scene(session=False)
    session = make_session(scene, **BOTH)
    rows = [
        make_registration(scene, make_person(), session.id, way=way, sector=sector)
        for way, sector in (("person", "private"), ("online", "private"), ("online", "people"))
    ]
    make_registration(scene, make_person(), session.id, sector="media")
    clock.advance(days=3)
    for row in rows:
        make_arrival(scene, row)
    make_walk_in(scene, session.id, sector="academic")
    assert KIND.heard([scene.id])[scene.id] == Heard(0, {}, pending=True), (
        "each arrival would show who it was"
    )
    assert KIND.counts([scene.id])[scene.id] == {"sessions": 1, "minutes": 0}
    make_counted(scene, session.id)
    empty = make_scene()
    with statements(db.engine) as sent:
        heard = KIND.heard([scene.id, empty.id])
    assert len(sent) == 1
    assert heard.keys() == {scene.id}
    assert heard[scene.id].total == 4
    assert heard[scene.id].by == {
        "sector": {"private": 2, "people": 1, "academic": 1},
        "channel": {"meeting": 2, "web": 2},
    }


def test_public_counts_leave_small_numbers_out(app: Flask, clock: Any) -> None:
    few, many, none = held_scene(clock, {"people": 2}), held_scene(clock, {"people": 4}), make_scene()
    with statements(db.engine) as sent:
        counts = KIND.counts([few.id, many.id, none.id])
    assert len(sent) == 1
    assert counts == {
        few.id: {"sessions": 1, "minutes": 1},
        many.id: {"sessions": 1, "minutes": 1, "attended": 5},
        none.id: {"sessions": 1, "minutes": 0},
    }


def test_small_numbers_cannot_be_worked_out() -> None:
    assert shown({"people": 12, "media": 7}) == {"people": 12, "media": 7}
    assert shown({"people": 12, "private": 9, "media": 2}) == {
        "people": 12,
        "private": None,
        "media": None,
    }
    assert shown({"people": 12, "media": 2, "state": 4}) == {"people": 12, "media": None, "state": None}
    assert shown({"people": 12, "media": 1, "state": 1}) == {"people": None, "media": None, "state": None}
    assert [shown_total(people) for people in (0, 1, 4, 5)] == [0, None, None, 5]
    for a in range(14):
        for b in range(14):
            for c in range(14):
                counts = {"people": a, "media": b, "state": c}
                seen = shown(counts)
                hidden = [counts[code] for code, number in seen.items() if number is None]
                assert all(number is None or number == 0 or number >= 5 for number in seen.values())
                if hidden and sum(counts.values()) >= 5:
                    positive = [number for number in counts.values() if number]
                    assert sum(hidden) >= 5
                    assert len(hidden) > 1 or len(positive) == 1


def test_search_finds_what_is_public_now(app: Flask, clock: Any) -> None:
    scene = held_scene(clock, {"people": 5})
    make_draft(scene, text_th="ร่างที่ยังไม่เผยแพร่ของเวที", reason_th="แก้คำผิดหลายแห่ง")
    later = make_session(scene, 3)
    draft = make_scene(published=False)
    subjects = [
        f"activity/{scene.id}",
        f"session/{scene.session_id}",
        f"session/{later.id}",
        f"session/{draft.session_id}",
        f"activity/{draft.id}",
        "session/9999",
        "comment/1",
        "session/x",
    ]
    with statements(db.engine) as sent:
        found = KIND.found(subjects)
    assert len(sent) == 1
    assert set(found) == set(subjects[:3])
    held = found[f"session/{scene.session_id}"]
    assert "ขอทางลาด" in held.words
    assert "ร่างที่ยังไม่เผยแพร่" not in held.words
    assert held.title.en == "Forum at the village hall"
    with app.test_request_context("/en/"):
        assert held.address.url("th") == scene.at("", "th")
    assert KIND.found(["comment/1"]) == {}


def test_published_minutes_are_outcomes(app: Flask, clock: Any) -> None:
    scene = held_scene(clock, {"people": 5})
    make_session(scene, 3)
    make_minutes(scene, text_th="ฉบับแก้ไขของรายงาน", reason_th="แก้คำผิดหลายแห่ง")
    empty = make_scene()
    with statements(db.engine) as sent:
        [outcome] = KIND.outcomes([scene.id, empty.id])
    assert len(sent) == 1
    assert outcome.key == f"session/{scene.session_id}@2"


def busy(scene: Scene, times: int) -> None:
    """More sessions and people, and more that remains of the one held."""
    for number in range(times):
        later = make_session(scene, 2)
        make_registration(scene, make_person(), later.id)
        make_registration(scene, scene.citizen, later.id)
        make_walk_in(scene, name=f"คน {number}")
        make_photo(scene)
    make_counted(scene)
    make_minutes(scene, text_th="รายงานฉบับถัดไป", reason_th="แก้คำผิดหลายแห่ง")


def test_pages_cost_the_same_whatever_their_length(app: Flask, browser: PageBrowser, clock: Any) -> None:
    scene = held_scene(clock, {"people": 3})
    busy(scene, 1)
    few = costs(browser, scene)
    busy(scene, 9)
    assert costs(browser, scene) == few
    assert few == {
        "show": 3,
        "session": 5,
        "register": 4,
        "mine": 2,
        "ticket": 3,
        "manage": 4,
        "list": 6,
        "key-in": 4,
        "desk": 2,
    }


def costs(browser: PageBrowser, scene: Scene) -> dict[str, int]:
    officer, citizen = browser.as_(scene.officer), browser.as_(scene.citizen)
    doors = {
        "show": (browser, scene.path()),
        "session": (browser, scene.at()),
        "register": (citizen, scene.at("/register")),
        "mine": (citizen, "/en/forums/mine"),
        "ticket": (citizen, "/en/forums/registrations/1"),
        "manage": (officer, scene.path("/manage")),
        "list": (officer, scene.at("/list")),
        "key-in": (officer, scene.at("/list/key-in")),
        "desk": (officer, "/en/forums/desk"),
    }
    return {name: reader.get(path).statements for name, (reader, path) in doors.items()}


def test_the_issue_page_gets_its_part_in_one_statement(scene: Scene, browser: PageBrowser) -> None:
    make_session(scene, 5)
    cancel(scene, make_session(scene, 6).id)
    second = make_activity(scene.issue, "forums", opens_in=2)
    _issue, activities = issue_with_activities(scene.issue.id)
    for wanted in (activities[:1], activities):
        with browser.app.test_request_context("/th/"), statements(db.engine) as sent:
            summaries = KIND.summary(wanted, ANONYMOUS)
            lines = [str(summary.line) for summary in summaries.values()]
        assert len(sent) == 1, sent
    assert lines == ["2 รอบ", ""]
    assert summaries[scene.id].action is not None
    assert summaries[second.id].action is None
    assert "The agency has not said yet" in browser.get(f"/en/issues/{scene.issue.id}").text


def test_an_anonymous_page_is_the_same_for_everyone_and_sets_no_cookie(
    scene: Scene, browser: PageBrowser
) -> None:
    make_registration(scene)
    for path in (scene.path(), scene.at()):
        first, second = browser.get(path), PageBrowser(browser.app).get(path)
        assert first.html == second.html
        assert "Set-Cookie" not in first.response.headers
        assert "csrf_token" not in first.html
