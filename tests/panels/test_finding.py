"""What search finds of panels and open data counts: what is public, in one statement, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.activities.panels.kind import KIND
from app.core.db import db, transaction
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded
from app.search.queries import search
from app.work import tick
from tests.panels.make import (
    REASON,
    adopt,
    make_application,
    make_attendance,
    make_decision,
    make_draft,
    make_meeting,
    make_member,
    make_minutes,
    make_scene,
)
from tests.panels.test_kind import statements
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person


def found(app: Flask, *subjects: str) -> dict[str, Any]:
    db.session.remove()
    with statements(db.engine) as sent:
        result = dict(KIND.found(subjects))
    assert len(sent) == 1
    return result


def test_panel_meeting_and_decision_are_found(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene()
    meeting = make_meeting(scene, -0.5)
    item = meeting.agenda[0]["th"]
    make_minutes(scene, meeting)
    decision = make_decision(scene, meeting)
    subjects = (f"activity/{scene.id}", f"meeting/{meeting.id}", f"decision/{decision.id}")
    result = found(app, *subjects, "meeting/999", "comment/1", "activity/x")
    assert set(result) == set(subjects)
    assert "ช่วยปรับแบบร่าง" in result[subjects[0]].words
    assert "ผู้เช่าบ้าน" in result[subjects[0]].words
    assert result[subjects[1]].title.en == "Meeting 1"
    assert "ขอย้ายวันประชุม" in result[subjects[1]].words
    assert str(item) in result[subjects[1]].words
    assert decision.reason_th in result[subjects[2]].words
    assert {item.activity_id for item in result.values()} == {scene.id}
    with app.test_request_context():
        urls = [item.address.url("en") for item in result.values()]
    for url in urls:
        browser.get(url)


def test_drafts_and_people_are_not_found(app: Flask) -> None:
    scene = make_scene()
    make_application(scene)
    make_member(scene, make_person(name="สมชาย นามสมมติ"))
    meeting = make_meeting(scene, -0.5)
    draft = make_draft(scene, meeting)
    subjects = (f"activity/{scene.id}", f"meeting/{meeting.id}")
    words = "\n".join(item.words for item in found(app, *subjects).values())
    assert "ขอย้ายวันประชุม" not in words
    assert REASON not in words
    assert "สมชาย" not in words
    make_attendance(scene, meeting, [])
    adopt(scene, draft)
    assert "ขอย้ายวันประชุม" in found(app, *subjects)[subjects[1]].words


@pytest.mark.parametrize("change", ["unpublished", "cancelled"])
def test_nothing_of_a_panel_that_is_not_public(app: Flask, clock: Clock, change: str) -> None:
    scene = make_scene()
    meeting = make_meeting(scene)
    with transaction():
        if change == "unpublished":
            db.session.get_one(Issue, scene.issue.id).published_at = None
        else:
            db.session.get_one(Activity, scene.id).annulled_at = clock()
        note_recorded(db.session.connection(), "issues")
    assert found(app, f"activity/{scene.id}", f"meeting/{meeting.id}") == {}


def test_it_is_counted_and_told_by_sector(app: Flask) -> None:
    scene = make_scene()
    for _n in range(2):
        make_member(scene, make_person())
    meeting = make_meeting(scene, -0.5)
    make_minutes(scene, meeting)
    make_decision(scene, meeting)
    empty = make_scene(prepared=False)
    with statements(db.engine) as sent:
        counts = KIND.counts([scene.id, empty.id])
        heard = KIND.heard([scene.id, empty.id])
    assert len(sent) == 2
    assert counts == {scene.id: {"seats": 5, "members": 2, "meetings": 1, "minutes": 1, "decisions": 1}}
    assert heard[scene.id].total == 2
    assert heard[scene.id].by == {"sector": {"private": 2}}
    assert set(heard) == {scene.id}


def test_the_verbs_bring_it_into_the_index(app: Flask) -> None:
    scene = make_scene()
    meeting = make_meeting(scene, -0.5)
    make_minutes(scene, meeting)
    make_decision(scene, meeting)
    subject = f"meeting/{meeting.id}"
    tick()
    assert [hit.shown.subject for hit in search("ขอย้ายวัน").hits] == [subject]
