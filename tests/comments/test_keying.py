"""What an officer keys in for a participant: how it came, on which day, with whose consent."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.activities.comments import service
from app.activities.comments.kind import KIND
from app.activities.comments.models import Comment
from app.activities.comments.service.keying import Arrival
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.ledger.models import Entry
from tests.comments.make import (
    ENGLISH,
    THAI,
    Scene,
    counted_anew,
    make_comment,
    make_scene,
    tallied_anew,
    tallies,
    thread_counts,
    viewer_of,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity


def day_fields(browser: PageBrowser, scene: Scene) -> dict[str, str]:
    """The three fields of the day, as the form names them."""
    page = browser.get(scene.path("/key-in"))
    names = [e.attrs["name"] for e in page.elements if e.attrs.get("name", "").startswith("received_on")]
    return dict(zip(names, ("18", "4", "2569"), strict=True))


def key_in(scene: Scene, **values: object) -> Comment:
    viewer = viewer_of(scene.officer)
    arrival = {"channel": "letter", "received_on": date(2026, 4, 18), "consent": "sent", **values}
    with transaction():
        return service.key_in_comment(
            activity_id=scene.id,
            viewer=viewer,
            content=service.Content(body=ENGLISH),
            arrival=Arrival(**arrival),
        )


@pytest.mark.parametrize(("lang", "words"), [("th", "การประชุม"), ("en", "A meeting")])
def test_it_is_shown_with_the_way_it_came(scene: Scene, browser: PageBrowser, lang: str, words: str) -> None:
    forum = make_activity(scene.issue, "panels")
    officer, path = browser.as_(scene.officer), scene.path("/key-in", lang)
    filled = {
        **day_fields(officer, scene),
        "channel": "meeting",
        "origin_id": str(forum.id),
        "origin_place": "ศาลากลางบ้านใหม่",
        "consent_how": "signed",
        "body": THAI,
        "name": "ลุงดำ",
        "sector": "people",
    }
    check = officer.fill(officer.get(path), {**filled, "step": "check"}, action=path, status=200)
    assert db.session.query(Comment).count() == 0
    done = officer.follow(officer.fill(check, {"step": "send"}, action=path))
    assert path.split("?")[0] == done.path
    comment = db.session.query(Comment).one()
    assert (comment.channel, comment.received_on, comment.origin_id) == (
        "meeting",
        date(2026, 4, 18),
        forum.id,
    )
    assert comment.keyed_by == viewer_of(scene.officer).grants[0].id
    page = browser.get(scene.path("", lang))
    assert f"{words}: ศาลากลางบ้านใหม่" in page.text
    assert "ลุงดำ" in page.text
    assert thread_counts(scene) == counted_anew(scene)
    assert tallies(scene) == tallied_anew(scene)
    heard = KIND.heard([scene.id])[scene.id]
    assert heard.by["channel"] == {"meeting": 1}
    entry = db.session.query(Entry).filter_by(fact="comments.comment.keyed_in").one()
    assert entry.actor.startswith("officer:")
    assert "ลุงดำ" not in entry.body


def test_what_may_be_there_twice_is_hinted(scene: Scene, browser: PageBrowser) -> None:
    comment = make_comment(scene, body=THAI)
    officer, path = browser.as_(scene.officer), scene.path("/key-in")
    filled = {**day_fields(officer, scene), "channel": "paper", "consent_how": "signed", "body": f"{THAI} "}
    check = officer.fill(officer.get(path), {**filled, "step": "check"}, action=path, status=200)
    assert "The very same words are here already" in check.text
    assert f"No. {comment.id}" in check.text
    officer.fill(check, {"step": "send"}, action=path)
    assert thread_counts(scene)["shown"] == 2, "it is a hint: two people may say the same"


def test_it_counts_by_the_day_it_came(scene: Scene, clock) -> None:
    clock.set(scene.activity.closes_at)
    clock.advance(days=2)
    assert key_in(scene).state == "shown"
    last = scene.activity.closes_at.date()
    for wrong in (date(2026, 4, 1), date(2026, 4, 30), date(2027, 1, 1)):
        assert wrong != last
        with pytest.raises(DomainError) as refused:
            key_in(scene, received_on=wrong)
        assert refused.value.field == "received_on"
    assert thread_counts(scene)["shown"] == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "web"}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"consent": "guessed"}, "consent_how"),
        ({"origin_id": 999_999}, "origin_id"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(scene: Scene, values: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        key_in(scene, **values)
    assert refused.value.field == field
    assert thread_counts(scene)["shown"] == 0


def test_an_activity_of_another_issue_is_no_origin(scene: Scene) -> None:
    with pytest.raises(DomainError):
        key_in(scene, origin_id=make_scene().id)


def test_before_the_opening_and_after_the_closing_of_the_issue_nothing_is_keyed_in(app: Flask) -> None:
    early = make_scene(opens_in=1)
    with pytest.raises(DomainError, match="form"):
        key_in(early)


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("channel", "Choose how it came."),
        ("consent_how", "Without consent it may not be kept."),
        ("body", "Write your comment."),
    ],
)
def test_what_is_missing_is_asked_for(
    scene: Scene, browser: PageBrowser, left_out: str, message: str
) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/key-in")
    filled = {**day_fields(officer, scene), "channel": "phone", "consent_how": "spoken", "body": ENGLISH}
    page = officer.fill(
        officer.get(path), {**filled, left_out: None, "step": "check"}, action=path, status=422
    )
    assert message in page.text
