"""What other rooms may ask of the kind, and what its pages cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from app.activities.panels import meetings
from app.activities.panels.kind import KIND
from app.activities.panels.models import SeatGroup
from app.core.db import db, transaction
from app.identity.viewer import ANONYMOUS
from app.issues.kinds import kind_of
from app.issues.queries import activity_with_issue, issue_with_activities
from tests.panels.make import (
    Scene,
    adopt,
    make_application,
    make_attendance,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_minutes,
    make_representative,
    make_scene,
    viewer_of,
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


def test_the_kind_is_registered_for_involving_and_collaborating(app: Flask) -> None:
    assert kind_of("panels") is KIND
    assert KIND.levels == {3, 4}
    assert KIND.stages == ("solutions", "decide", "act", "monitor")
    assert {KIND.setup, KIND.manage, KIND.page} <= set(app.view_functions)


def test_ready_asks_for_a_purpose_and_seats(app: Flask) -> None:
    assert len(KIND.ready(make_scene(prepared=False).id)) == 1
    assert not KIND.ready(make_scene().id)


@pytest.mark.parametrize(("level", "owed"), [(3, 1), (4, 2)])
def test_the_duties_of_its_level(app: Flask, level: int, owed: int) -> None:
    scene = make_scene(level=level)
    activity, _issue = activity_with_issue(scene.id, "panels")

    def met() -> list[bool]:
        db.session.rollback()
        with app.test_request_context("/en/"):
            return [duty.met for duty in KIND.duties(activity)]

    assert met() == [False] * owed
    meeting = make_meeting(scene, -0.5)
    draft = make_draft(scene, meeting)
    make_attendance(scene, meeting, [])
    assert met() == [False] * owed, "a draft is no minutes"
    adopt(scene, draft)
    assert met() == [True, False][:owed]
    application = make_application(scene)
    make_decision(scene, meeting, "under_review")
    assert met() == [*[True, True][:owed], False, False], "an answer and a review are owed"
    assert application.state == "waiting"


def test_a_cancelled_meeting_fulfils_nothing(scene: Scene) -> None:
    meeting, viewer = make_meeting(scene), viewer_of(scene.officer)
    with transaction():
        meetings.cancel_meeting(
            meeting_id=meeting.id, viewer=viewer, reason_th="น้ำท่วมทางเข้าศาลา", reason_en=None
        )
    assert KIND.exhibits(scene.id).en == (
        "0 of 5 seats taken; 0 meetings, 0 with adopted minutes; 0 decisions"
    )


def test_the_exhibit_tells_what_happened_in_both_languages(scene: Scene) -> None:
    make_member(scene)
    meeting = make_meeting(scene, -0.5)
    make_minutes(scene, meeting)
    make_decision(scene, meeting)
    make_meeting(scene)
    told = KIND.exhibits(scene.id)
    assert told.en == "1 of 5 seats taken; 2 meetings, 1 with adopted minutes; 1 decision"
    assert told.th == "มีสมาชิกแล้ว 1 จาก 5 ที่นั่ง ประชุม 2 ครั้ง รับรองรายงานแล้ว 1 ครั้ง 1 มติ"


def busy(scene: Scene, times: int) -> None:
    """Meetings with minutes and decisions, members and applications."""
    with_seats(scene, 2 * times + 3)
    for number in range(times):
        make_member(scene, make_person(name=f"สมาชิก {number}"))
        meeting = make_meeting(scene, -0.5)
        make_minutes(scene, meeting)
        make_decision(scene, meeting)
        make_application(scene, make_person())


def with_seats(scene: Scene, seats: int) -> None:
    """Room for everyone."""
    with db.engine.begin() as connection:
        table = SeatGroup.__table__
        connection.info["ledger_changes"].rooms.add("panels")
        connection.execute(table.update().where(table.c.id == scene.traders).values(seats=seats))


def test_pages_cost_the_same_whatever_their_length(scene: Scene, browser: PageBrowser) -> None:
    make_member(scene)
    busy(scene, 1)
    few = costs(browser, scene)
    busy(scene, 9)
    assert costs(browser, scene) == few
    assert few == {
        "show": 6,
        "meeting": 7,
        "apply": 4,
        "mine": 2,
        "manage": 8,
        "applications": 5,
        "attendance": 6,
        "desk": 2,
    }


def costs(browser: PageBrowser, scene: Scene) -> dict[str, int]:
    officer, citizen = browser.as_(scene.officer), browser.as_(scene.citizen)
    doors = {
        "show": (browser, scene.path()),
        "meeting": (browser, scene.path("/meetings/1")),
        "apply": (citizen, scene.path("/apply")),
        "mine": (citizen, "/en/panels/mine"),
        "manage": (officer, scene.path("/manage")),
        "applications": (officer, scene.path("/applications")),
        "attendance": (officer, scene.path("/meetings/1/attendance")),
        "desk": (officer, "/en/panels/desk"),
    }
    return {name: reader.get(path).statements for name, (reader, path) in doors.items()}


def test_the_issue_page_gets_its_part_in_one_statement(scene: Scene, browser: PageBrowser) -> None:
    busy(scene, 4)
    make_representative(scene)
    make_meeting(scene, 3)
    second = make_activity(scene.issue, "panels", opens_in=2)
    _issue, activities = issue_with_activities(scene.issue.id)
    for wanted in (activities[:1], activities):
        with browser.app.test_request_context("/th/"), statements(db.engine) as sent:
            summaries = KIND.summary(wanted, ANONYMOUS)
            lines = [str(summary.line) for summary in summaries.values()]
        assert len(sent) == 1, sent
    assert lines == ["มีสมาชิกแล้ว 5 จาก 13 ที่นั่ง ประชุม 5 ครั้ง", ""]
    panel = summaries[scene.id].context["panel"]
    assert [(group.taken, group.seats) for group in panel.groups] == [(4, 11), (1, 2)]
    assert (panel.decided, len(panel.decisions)) == (4, 3)
    assert [meeting.minuted for meeting in panel.meetings] == [True] * 4 + [False]
    assert panel.meetings[-1].starts_at.tzinfo is not None
    assert summaries[scene.id].action is not None
    assert summaries[second.id].action is None


def test_the_issue_page_shows_the_panel(scene: Scene, browser: PageBrowser) -> None:
    busy(scene, 1)
    make_activity(scene.issue, "panels", opens_in=2)
    for lang, words in (("th", "ที่นั่งของแต่ละกลุ่ม"), ("en", "Seats by group")):
        page = browser.get(f"/{lang}/issues/{scene.issue.id}")
        assert words in page.text
        assert f"/{lang}/panels/{scene.id}/apply" in page.links()
    assert "Every ramp" in page.text
    assert "The agency has not said yet" in page.text


def test_an_anonymous_page_is_the_same_for_everyone_and_sets_no_cookie(
    scene: Scene, browser: PageBrowser
) -> None:
    busy(scene, 2)
    for path in (scene.path(), scene.path("/meetings/1")):
        first, second = browser.get(path), PageBrowser(browser.app).get(path)
        assert first.html == second.html
        assert "Set-Cookie" not in first.response.headers
        assert "csrf_token" not in first.html
