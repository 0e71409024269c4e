"""What other rooms ask of surveys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.activities.surveys.kind import KIND
from app.core.db import db, transaction
from app.i18n import speaking
from app.identity.viewer import ANONYMOUS
from app.issues.kinds import kind_of
from app.issues.queries import issue_with_activities
from app.ledger.guard import note_recorded
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity
from tests.surveys.make import (
    Scene,
    make_response,
    make_responses,
    make_scene,
    viewer_of,
)


@pytest.fixture
def asked(app: Flask) -> Iterator[None]:
    """A request in English, to make addresses in."""
    with app.test_request_context("/en/"):
        yield


def test_it_is_registered(app: Flask) -> None:
    kind = kind_of("surveys")
    assert kind is KIND
    assert kind.levels == {2}
    assert set(kind.stages) == {"needs", "views", "monitor", "benefit"}


def test_ready_names_what_is_missing(app: Flask) -> None:
    empty = make_scene(drafts=())
    assert [str(words) for words in KIND.ready(empty.id)] == ["เขียนคำถามอย่างน้อย 1 ข้อ"]
    never_touched = make_activity(empty.issue, "surveys")
    assert len(KIND.ready(never_touched.id)) == 1
    scene = make_scene()
    assert not KIND.ready(scene.id)
    with transaction():
        db.session.execute(db.text("DELETE FROM surveys_options WHERE name_th <> 'กำแพงคอนกรีต'"))
        note_recorded(db.session.connection(), "surveys")
    with speaking("en"):
        words = [str(words) for words in KIND.ready(scene.id)]
    assert words == [
        "Question 1 needs at least two answers to choose from",
        "Question 2 needs at least two answers to choose from",
    ]


def test_it_owes_nothing_of_its_own(scene: Scene, asked: None) -> None:
    _issue, [activity] = issue_with_activities(scene.issue.id)
    assert not KIND.duties(activity)


def test_its_exhibit_tells_how_many_answered(scene: Scene) -> None:
    make_responses(scene, 4)
    told = KIND.exhibits(scene.id)
    assert (told.th, told.en) == (
        "มีผู้ตอบแบบสำรวจน้อยกว่า 5 คน",
        "Fewer than 5 people answered the survey",
    )
    make_responses(scene, 1)
    told = KIND.exhibits(scene.id)
    assert (told.th, told.en) == ("มีผู้ตอบแบบสำรวจ 5 คน", "5 people answered the survey")


def test_the_summary_knows_what_can_be_done(scene: Scene, asked: None, clock: Clock) -> None:
    make_responses(scene, 5)
    _issue, activities = issue_with_activities(scene.issue.id)
    summary = KIND.summary(activities, ANONYMOUS)[scene.id]
    assert summary.action is not None
    assert summary.action[1] == scene.path("/answer")
    assert str(summary.line) == "5 people answered the survey"
    make_response(scene)
    viewer = viewer_of(scene.citizen)
    assert KIND.summary(activities, viewer)[scene.id].action is None
    clock.advance(days=11)
    _issue, activities = issue_with_activities(scene.issue.id)
    assert KIND.summary(activities, ANONYMOUS)[scene.id].action is None


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_issue_page_shows_it(scene: Scene, browser: PageBrowser, lang: str, clock: Clock) -> None:
    empty = make_activity(scene.issue, "surveys", opens_in=3)
    make_responses(scene, 3)
    page = browser.get(f"/{lang}/issues/{scene.issue.id}")
    assert scene.path("/answer", lang) in page.links()
    assert f"/{lang}/surveys/{empty.id}/answer" not in page.links()
    assert ("4 ข้อ" if lang == "th" else "4 questions") in page.text
    assert ("น้อยกว่า 5 คน" if lang == "th" else "Fewer than 5 people") in page.text
    make_response(scene)
    mine = browser.as_(scene.citizen).get(f"/{lang}/issues/{scene.issue.id}")
    assert ("ท่านตอบแล้วเมื่อ 18 เม.ย. 2569" if lang == "th" else "You answered on 18 Apr 2026") in mine.text
    clock.advance(days=11)
    assert scene.path("/results", lang) in browser.get(f"/{lang}/issues/{scene.issue.id}").links()
