"""Leaving with one click, signed out, from the mail alone; a whole journey over real SMTP."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.mailcatcher import caught
from app.notifications.models import Follow, FollowRequest, Told
from tests.identity.conftest import Mailbox
from tests.notifications.make import (
    Scene,
    answer,
    follow_by_address,
    key_of,
    mails,
    make_follower,
    make_scene,
    work,
)
from tests.support.browser import PageBrowser
from tests.support.clock import Clock

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_in(text: str, word: str) -> str:
    found = re.search(rf"http://localhost(/\S*/{word}/\S+)", text)
    assert found, f"no address of {word}"
    return found[1]


def followers() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Follow)) or 0


@pytest.mark.parametrize("lang", ["th", "en"])
def test_from_an_address_typed_to_mails_and_out_again(
    browser: PageBrowser, scene: Scene, mailbox: Mailbox, clock: Clock, lang: str
) -> None:
    asked = browser.submit(
        f"/{lang}/notifications/issue/{scene.id}",
        {"email": "Manee@Example.com"},
        action=f"/{lang}/notifications/issue/{scene.id}/ask",
    )
    assert "48" in browser.follow(asked).text
    assert followers() == 0
    confirmation = mailbox.newest()
    assert confirmation["To"] == "manee@example.com"
    assert confirmation["List-Unsubscribe"] is None, "nothing to leave yet"
    link = path_in(confirmation.get_content(), "confirm")
    assert link.startswith(f"/{lang}/")
    browser.get(link)
    assert followers() == 0, "opening the link changes nothing"
    assert browser.follow(browser.submit(link, {})).status == 200
    assert followers() == 1
    assert db.session.scalar(select(func.count()).select_from(FollowRequest)) == 0
    browser.get(link, 410)

    clock.advance(hours=1)
    answer(scene)
    work()
    news: EmailMessage = mailbox.newest()
    assert news["Content-Language"] == lang
    body = news.get_content()
    leave = path_in(body, "leave")
    assert leave.startswith(f"/{lang}/")
    browser.get(leave)
    assert followers() == 1, "opening the link changes nothing"
    left = browser.follow(browser.submit(leave, {}))
    assert followers() == 0
    assert ("กำแพงกันน้ำควรสร้างแบบไหน" if lang == "th" else "Which flood wall?") in left.text
    assert f"/{lang}/notifications/issue/{scene.id}" in left.links(), "the way back"
    assert db.session.scalar(select(func.count()).select_from(Told)) == 0
    again = browser.get(leave, 410)
    assert again.h1 == left.h1


def test_the_headers_a_mail_program_reads(scene: Scene, mailbox: Mailbox, clock: Clock) -> None:
    follow_by_address(scene, "manee@example.com")
    clock.advance(hours=1)
    answer(scene)
    work()
    mail = mailbox.newest()
    whole = caught(mailbox.folder)[0].read_bytes()
    address = f"<http://localhost/th/notifications/one-click/{scene.id}/{key_of(scene)}>"
    assert mail["List-Unsubscribe"] == address
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lines = whole.split(b"\r\n")
    assert f"List-Unsubscribe: {address}".encode() in lines, "in one piece, not encoded as a text"
    assert "manee" not in address
    assert mails()[0].leave_url is None, "the key does not stay in the queue"


def test_a_mail_programs_click(browser: PageBrowser, scene: Scene, clock: Clock) -> None:
    """No cookie, no token: the address alone. Sent twice, it is answered twice."""
    follow_by_address(scene, "manee@example.com", "en")
    path = f"/en/notifications/one-click/{scene.id}/{key_of(scene)}"
    assert browser.get(path, 302).response.headers["Location"] == path.replace("one-click", "leave")
    assert followers() == 1
    browser.post(path, {}, 400)
    browser.post(path, {"List-Unsubscribe": "Something"}, 400)
    assert followers() == 1
    done = browser.post(path, ONE_CLICK, 200)
    assert "Set-Cookie" not in done.response.headers
    assert followers() == 0
    browser.post(path, ONE_CLICK, 200)


def test_only_that_door_goes_without_a_token(browser: PageBrowser, scene: Scene) -> None:
    person = make_follower(scene)
    mine = browser.as_(person)
    rest = (
        f"issue/{scene.id}/follow",
        f"issue/{scene.id}/stop",
        f"issue/{scene.id}/ask",
        "mine",
        "confirm/token",
        f"leave/{scene.id}/{key_of(scene)}",
    )
    for path in rest:
        mine.post(f"/en/notifications/{path}", {"key": "0" * 32, "email": "a@example.com", **ONE_CLICK}, 400)
    assert followers() == 1


def test_a_wrong_key_ends_nothing(browser: PageBrowser, scene: Scene) -> None:
    other = make_scene()
    follow_by_address(scene, "manee@example.com", "en")
    wrong = f"{scene.id}/{'0' * 32}"
    elsewhere = f"{other.id}/{key_of(scene)}"
    for place in (wrong, elsewhere):
        browser.get(f"/en/notifications/leave/{place}", 410)
        browser.post(f"/en/notifications/one-click/{place}", ONE_CLICK, 200)
    browser.get(f"/en/notifications/leave/{scene.id + 1000}/{'0' * 32}", 404)
    assert followers() == 1


def test_a_key_is_in_no_page_and_no_page_of_leaving_is_kept(browser: PageBrowser, scene: Scene) -> None:
    person = make_follower(scene)
    key = key_of(scene)
    reader = browser.as_(person)
    for path in ("mine", f"issue/{scene.id}"):
        assert key not in reader.get(f"/en/notifications/{path}").html
    page = browser.get(f"/en/notifications/leave/{scene.id}/{key}")
    assert page.response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in page.html
