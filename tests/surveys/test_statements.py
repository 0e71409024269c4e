"""What pages cost: the same statements whatever the number of answers and questions."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import event

from app.activities.surveys.kind import KIND
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import ANONYMOUS, Viewer
from app.issues.queries import issue_with_activities
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity, make_person
from tests.surveys.make import DRAFTS, Scene, make_responses, make_scene, typed


def costs(browser: PageBrowser, scene: Scene, clock: Clock) -> dict[str, int]:
    citizen, officer = browser.as_(make_person()), browser.as_(scene.officer)
    paths = {"": browser, "/answer": citizen, "/setup": officer, "/manage": officer}
    found = {path: reader.get(scene.path(path)).statements for path, reader in paths.items()}
    form = citizen.get(scene.path("/answer"))
    values = {**typed(scene), "step": "check"} if len(scene.questions) == 4 else None
    if values:
        saved = citizen.fill(form, values, action=scene.path("/answer"))
        check = citizen.follow(saved)
        found |= {"save": saved.statements, "check": check.statements}
        send = {"consent": CURRENT_CONSENT}
        found["send"] = citizen.fill(check, send, action=scene.path("/check")).statements
        found["mine"] = citizen.get(scene.path("/mine")).statements
    before = clock.moment
    clock.advance(days=11)
    found["/results"] = browser.get(scene.path("/results")).statements
    first, third = scene.questions[0].id, scene.questions[2].id
    found["compare"] = browser.get(scene.path(f"/compare?by={first}&question={third}")).statements
    found["managed"] = officer.get(scene.path("/manage")).statements
    text = next(question for question in scene.questions if question.kind == "text")
    found["words"] = officer.get(scene.path(f"/words/{text.id}")).statements
    clock.set(before)
    return found


def test_pages_cost_the_same_whatever_was_answered(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_responses(scene, 20, worries=(1,), words="คำ")
    few = costs(browser, scene, clock)
    make_responses(scene, 60, worries=(0, 2), words="คำ")
    assert costs(browser, scene, clock) == few
    assert few == {
        "": 2,
        "/answer": 4,
        "/setup": 3,
        "/manage": 3,
        "save": 9,
        "check": 4,
        "send": 12,
        "mine": 5,
        "/results": 5,
        "compare": 4,
        "managed": 6,
        "words": 4,
    }


def test_pages_cost_the_same_whatever_is_asked(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    long = make_scene(drafts=DRAFTS * 9)
    found = costs(browser, long, clock)
    assert found == {
        "": 2,
        "/answer": 4,
        "/setup": 3,
        "/manage": 3,
        "/results": 3,
        "compare": 3,
        "managed": 4,
        "words": 4,
    }


def test_the_issue_page_gets_its_part_in_one_statement(app: Flask, scene: Scene) -> None:
    second = make_activity(scene.issue, "surveys", opens_in=2)
    third = make_scene()
    make_responses(third, 6)
    _issue, activities = issue_with_activities(scene.issue.id)
    _other, more = issue_with_activities(third.issue.id)
    everything = [*activities, *more]
    citizen = Viewer(scene.citizen.id)
    with app.test_request_context("/en/"):
        assert len(asked_of_the_database(lambda: KIND.summary(activities[:1], ANONYMOUS))) == 1
        assert len(asked_of_the_database(lambda: KIND.summary(everything, citizen))) == 1
        assert set(KIND.summary(everything, citizen)) == {scene.id, second.id, third.id}


def asked_of_the_database(act: Callable[[], object]) -> list[str]:
    """The statements sent while `act` runs."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return statements


def test_an_anonymous_page_is_the_same_for_everyone_and_sets_no_cookie(
    scene: Scene, browser: PageBrowser, clock: Clock
) -> None:
    make_responses(scene, 6)
    for days, path in ((0, ""), (11, ""), (0, "/results")):
        clock.advance(days=days)
        first, second = browser.get(scene.path(path)), PageBrowser(browser.app).get(scene.path(path))
        assert first.html == second.html
        assert "Set-Cookie" not in first.response.headers
        assert "csrf_token" not in first.html
