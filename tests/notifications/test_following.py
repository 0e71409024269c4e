"""Following with an account and without one; what one follows; erasure."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.identity.models import Person
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from app.notifications import queries, service
from app.notifications.models import Follow, FollowRequest
from tests.identity.conftest import Mailbox
from tests.notifications.make import (
    Scene,
    answer,
    follow_by_address,
    mail,
    mails,
    make_follower,
    make_scene,
    work,
)
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_issue, make_person


def follows() -> list[tuple[int | None, str | None, str]]:
    db.session.rollback()
    rows = db.session.execute(select(Follow.person_id, Follow.email, Follow.lang).order_by(Follow.id))
    return [tuple(row) for row in rows]


def press(reader: PageBrowser, path: str, action: str, **values: Any) -> Page:
    return reader.submit(path, values, action=action)


def ask(browser: PageBrowser, scene: Scene, email: str, lang: str = "en", status: int = 303) -> Page:
    path = f"/{lang}/notifications/issue/{scene.id}"
    return browser.submit(path, {"email": email}, action=f"{path}/ask", status=status)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_follow_and_leave_with_an_account(browser: PageBrowser, scene: Scene, lang: str) -> None:
    person = make_person(lang="th")
    reader = browser.as_(person)
    path = f"/{lang}/notifications/issue/{scene.id}"
    assert path in reader.get(f"/{lang}/issues/{scene.id}").links()
    done = reader.follow(press(reader, path, f"{path}/follow"))
    assert follows() == [(person.id, None, lang)], "in the language of the page"
    assert done.all("div", class_="note")
    assert f"/{lang}/notifications/mine" in done.links()
    left = reader.follow(press(reader, path, f"{path}/stop"))
    assert follows() == []
    assert path in left.links()


def test_pressing_twice_follows_once(browser: PageBrowser, scene: Scene) -> None:
    reader = browser.as_(make_person())
    path = f"/en/notifications/issue/{scene.id}"
    page, in_thai = reader.get(path), reader.get(path.replace("/en/", "/th/"))
    reader.fill(page, {}, action=f"{path}/follow")
    reader.fill(page, {}, action=f"{path}/follow")
    reader.fill(in_thai, {}, action=f"{path.replace('/en/', '/th/')}/follow")
    assert [lang for _person, _email, lang in follows()] == ["th"], "asked for again: the newer language"


def test_the_issue_page_is_the_same_for_who_follows(browser: PageBrowser, scene: Scene) -> None:
    person = make_person()
    path = f"/en/issues/{scene.id}"
    before = browser.as_(person).get(path)
    with transaction():
        service.follow(person_id=person.id, issue_id=scene.id, lang="en")
    after = browser.as_(person).get(path)
    assert before.statements == after.statements <= 6
    assert (before.text, before.links()) == (after.text, after.links())
    passing = browser.get(path)
    assert "Set-Cookie" not in passing.response.headers
    assert f"/en/notifications/issue/{scene.id}" in passing.links()


@pytest.mark.parametrize("end", [{"closed_at": True}, {"annulled_at": True, "annul_reason": "merged"}])
def test_what_has_ended_cannot_be_followed(browser: PageBrowser, scene: Scene, end: dict[str, Any]) -> None:
    reader = browser.as_(make_person())
    path = f"/en/notifications/issue/{scene.id}"
    page = reader.get(path)
    with transaction():
        issue = db.session.get_one(Issue, scene.id)
        for name, value in end.items():
            setattr(issue, name, now() if value is True else value)
        note_recorded(db.session.connection(), "issues")
    assert path not in reader.get(f"/en/issues/{scene.id}").links()
    assert not [e for e in reader.get(path).all("form") if "follow" in e.attrs.get("action", "")]
    reader.fill(page, {}, action=f"{path}/follow", status=422)
    assert follows() == []


def test_what_was_published_elsewhere_cannot_be_followed(browser: PageBrowser, scene: Scene) -> None:
    reader, imported = browser.as_(make_person()), make_issue(source="law_portal", source_ref="1")
    assert f"/en/notifications/issue/{imported.id}" not in reader.get(f"/en/issues/{imported.id}").links()
    page = reader.get(f"/en/notifications/issue/{scene.id}")
    reader.fill(page, {}, action=f"/en/notifications/issue/{imported.id}/follow", status=404)
    assert follows() == []


def test_a_draft_is_followed_by_nobody(browser: PageBrowser, scene: Scene) -> None:
    draft = make_issue(published=False)
    for rest in (
        f"issue/{draft.id}",
        f"left/{draft.id}",
        f"issue/{draft.id}/asked",
        f"issue/{draft.id}/confirmed",
    ):
        browser.get(f"/en/notifications/{rest}", 404)


def test_without_an_account_the_doors_ask_for_one(browser: PageBrowser, scene: Scene) -> None:
    page = browser.get("/en/notifications/mine", 303)
    assert "/sign-in" in page.response.headers["Location"]


# ---------------------------------------------------------------- by e-mail


def test_strangers_learn_nothing_from_an_address(browser: PageBrowser, scene: Scene) -> None:
    make_follower(scene, email="follows@example.com")
    make_person(email="account@example.com")
    answers = {ask(browser, scene, f"{who}@example.com").html for who in ("follows", "account", "nobody")}
    assert len(answers) == 1
    subjects = {sent.recipient.partition("@")[0]: sent.subject for sent in mails()}
    assert subjects == {
        "follows": "You follow this already: Which flood wall?",
        "account": "Confirm that you want to follow: Which flood wall?",
        "nobody": "Confirm that you want to follow: Which flood wall?",
    }


@pytest.mark.parametrize("typed", ["", "not an address", "a@b"])
def test_what_is_no_address(browser: PageBrowser, scene: Scene, typed: str) -> None:
    page = ask(browser, scene, typed, status=422)
    assert page.errors()
    assert not mails()


def test_nobodys_box_is_flooded_through_us(browser: PageBrowser, scene: Scene) -> None:
    for _n in range(5):
        ask(browser, scene, "victim@example.com")
    refused = ask(browser, scene, "victim@example.com", status=429)
    assert refused.all("div", class_="errsum")
    assert len(mails()) == 5


def test_a_link_is_too_old_after_48_hours(
    browser: PageBrowser, scene: Scene, mailbox: Mailbox, clock: Clock
) -> None:
    ask(browser, scene, "manee@example.com")
    link = mailbox.link()
    page = browser.get(link)
    clock.advance(hours=48)
    browser.get(link, 410)
    browser.fill(page, {}, action=link, status=422)
    assert follows() == []


def test_one_of_several_links_ends_the_others(browser: PageBrowser, scene: Scene, mailbox: Mailbox) -> None:
    for _n in range(3):
        ask(browser, scene, "manee@example.com")
    browser.submit(mailbox.link(), {})
    assert follows() == [(None, "manee@example.com", "en")]
    assert db.session.scalar(select(func.count()).select_from(FollowRequest)) == 0


def test_pressing_the_button_of_a_link_twice(browser: PageBrowser, scene: Scene, mailbox: Mailbox) -> None:
    ask(browser, scene, "manee@example.com")
    link = mailbox.link()
    page = browser.get(link)
    first, second = (browser.fill(page, {}, action=link) for _n in range(2))
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert len(follows()) == 1


def test_an_address_with_an_account_follows_as_the_account(
    browser: PageBrowser, scene: Scene, mailbox: Mailbox
) -> None:
    person = make_person(email="manee@example.com")
    ask(browser, scene, "Manee@example.com")
    browser.submit(mailbox.link(), {})
    assert follows() == [(person.id, None, "en")]


def test_an_account_takes_over_what_its_address_followed(
    browser: PageBrowser, scene: Scene, clock: Clock
) -> None:
    """One reader, one mail: also when something happened before the account took over."""
    follow_by_address(scene, "manee@example.com", "en")
    clock.advance(hours=1)
    answer(scene)
    person = make_person(email="manee@example.com")
    assert "Which flood wall?" in browser.as_(person).get("/en/notifications/mine").text
    with transaction():
        service.follow(person_id=person.id, issue_id=scene.id, lang="th")
    assert follows() == [(person.id, None, "th")]
    work()
    assert mail().recipient == "manee@example.com"


def test_both_become_one(app: Flask, scene: Scene) -> None:
    person = make_follower(scene, email="manee@example.com")
    follow_by_address(scene, "manee@example.com")
    with transaction():
        service.follow(person_id=person.id, issue_id=scene.id, lang="en")
    assert follows() == [(person.id, None, "en")]


def test_an_ended_issue_is_not_begun_by_a_link(browser: PageBrowser, scene: Scene, mailbox: Mailbox) -> None:
    ask(browser, scene, "manee@example.com")
    link = mailbox.link()
    with transaction():
        db.session.get_one(Issue, scene.id).closed_at = now()
        note_recorded(db.session.connection(), "issues")
    assert "ended" in browser.submit(link, {}, status=422).text
    assert follows() == []


# ---------------------------------------------------------------- what one follows


def test_the_page_of_what_one_follows(browser: PageBrowser, scene: Scene) -> None:
    person = make_follower(scene, "en")
    other = make_scene()
    make_follower(other)
    reader = browser.as_(person)
    assert "/en/notifications/mine" in reader.get("/en/identity/account").links()
    page = reader.get("/en/notifications/mine")
    assert f"/en/issues/{scene.id}" in page.links()
    assert f"/en/issues/{other.id}" not in page.links()
    left = reader.submit("/en/notifications/mine", {"issue": str(scene.id)})
    assert "Which flood wall?" in reader.follow(left).text
    assert len(follows()) == 1
    assert "You follow nothing yet" in reader.get("/en/notifications/mine").text


@pytest.mark.parametrize("typed", ["", "x", "999999", "99999999999999999999", "๑"])
def test_what_is_not_followed_cannot_be_left(browser: PageBrowser, scene: Scene, typed: str) -> None:
    reader = browser.as_(make_follower(scene))
    make_follower(other := make_scene())
    for value in (typed, str(other.id)):
        done = reader.submit("/en/notifications/mine", {"issue": value})
        assert done.response.headers["Location"] == "/en/notifications/mine"
    assert len(follows()) == 2


def test_many_cost_what_one_does(browser: PageBrowser, scene: Scene, clock: Clock) -> None:
    person = make_follower(scene)
    reader = browser.as_(person)
    one = reader.get("/en/notifications/mine").statements
    for _n in range(queries.PAGE):
        clock.advance(seconds=1)
        with transaction():
            service.follow(person_id=person.id, issue_id=make_issue().id, lang="en")
    page = reader.get("/en/notifications/mine")
    assert page.statements == one <= 3
    following = [link for link in page.links() if "after=" in link]
    last = reader.get(following[0])
    assert f"/en/issues/{scene.id}" in last.links()
    assert f"/en/issues/{scene.id}" not in page.links()
    reader.get("/en/notifications/mine?after=nonsense")


def test_erasure(app: Flask, scene: Scene, clock: Clock) -> None:
    """With the account, by its address, and what was asked for: all of one person, nothing of another."""
    other = make_scene()
    person = make_follower(scene, email="manee@example.com")
    follow_by_address(other, "manee@example.com")
    stays = make_follower(scene)
    with transaction():
        service.ask_to_follow(email="manee@example.com", issue_id=make_issue().id, lang="th")
    clock.advance(hours=1)
    answer(scene)
    work()
    with transaction():
        assert service.erase(person.id) == 3
        assert service.erase(person.id) == 0
    assert [row[0] for row in follows()] == [stays.id]
    assert "manee@example.com" not in [sent.recipient for sent in mails() if sent.bulk]
    assert db.session.scalar(select(func.count()).select_from(FollowRequest)) == 0


def test_an_erased_account_can_be_erased_again(app: Flask, scene: Scene) -> None:
    """A request under way may write after the end; then the address is gone already."""
    person = make_follower(scene)
    with transaction():
        stored = db.session.get_one(Person, person.id)
        stored.email, stored.erased_at = f"erased/{person.id}", now()
        assert service.erase(person.id) == 1


def test_verbs_refuse_what_is_not_public(app: Flask) -> None:
    person, draft = make_person(), make_issue(published=False)
    with pytest.raises(NotFound), transaction():
        service.follow(person_id=person.id, issue_id=draft.id, lang="th")
    closed = make_issue(closed_at=now())
    with pytest.raises(DomainError), transaction():
        service.follow(person_id=person.id, issue_id=closed.id, lang="th")
