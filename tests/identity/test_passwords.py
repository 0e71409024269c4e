"""A forgotten password, and changing one: links that work once, sessions that end."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity import passwords, service
from app.identity.models import Attempt, PasswordReset, Person
from tests.identity.conftest import Mailbox
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person

OLD, NEW = "the old pass phrase", "the new pass phrase"


def owner(**values: object) -> Person:
    return make_person(
        email="owner@example.com", name="Owner of It", password_hash=passwords.hash_again(OLD), **values
    )


def ask(browser: PageBrowser, email: str = "owner@example.com", status: int = 303) -> None:
    browser.submit("/th/identity/forgot", {"email": email}, status=status)


def password_is(password: str) -> bool:
    db.session.rollback()
    try:
        service.check_sign_in(email="owner@example.com", password=password)
    except DomainError:
        return False
    return True


def is_signed_in(browser: PageBrowser) -> bool:
    return browser.client.get("/th/identity/account").status_code == 200


# ---------------------------------------------------------------- forgotten


def test_a_new_password_by_mail_ends_every_session(browser: PageBrowser, mailbox: Mailbox) -> None:
    elsewhere = browser.as_(owner())
    ask(browser)
    link = mailbox.link()
    assert link.startswith("/th/identity/reset/")
    page = browser.get(link)
    assert "owner@example.com" in page.text
    assert password_is(OLD), "opening the link changes nothing"
    browser.follow(browser.fill(page, {"new_password": NEW}, action=link))
    assert password_is(NEW)
    assert not password_is(OLD)
    assert not is_signed_in(elsewhere)
    browser.get(link, 410)
    assert NEW not in mailbox.newest().get_content()


def test_the_mail_is_in_the_persons_language(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner(lang="en")
    ask(browser)
    assert mailbox.newest()["Content-Language"] == "en"
    assert mailbox.link().startswith("/en/")


def test_an_unknown_address_gets_the_same_answer_and_no_mail(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    known = browser.submit("/th/identity/forgot", {"email": "owner@example.com"})
    unknown = browser.submit("/th/identity/forgot", {"email": "nobody@example.com"})
    assert known.html == unknown.html
    assert known.response.headers["Location"] == unknown.response.headers["Location"]
    assert [mail["To"] for mail in mailbox.deliver()] == ["owner@example.com"]


def test_demo_people_may_ask_for_a_new_password(browser: PageBrowser, mailbox: Mailbox) -> None:
    make_person(email="citizen@demo.invalid")
    ask(browser, "Citizen@demo.invalid")
    assert mailbox.newest()["To"] == "citizen@demo.invalid"


def test_the_link_ends_after_an_hour(browser: PageBrowser, mailbox: Mailbox, clock: Clock) -> None:
    owner()
    ask(browser)
    link = mailbox.link()
    page = browser.get(link)
    clock.advance(hours=1)
    browser.get(link, 410)
    browser.fill(page, {"new_password": NEW}, action=link, status=422)
    assert password_is(OLD)


def test_a_used_link_ends_the_others(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    ask(browser)
    first = mailbox.link()
    ask(browser)
    second = mailbox.link()
    assert first != second
    browser.submit(second, {"new_password": NEW})
    browser.get(first, 410)


def test_pressing_twice_gives_the_same_answer(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    ask(browser)
    link = mailbox.link()
    page = browser.get(link)
    answers = [browser.fill(page, {"new_password": NEW}, action=link) for _ in range(2)]
    assert answers[0].response.headers["Location"] == answers[1].response.headers["Location"]


def test_two_uses_of_a_link_at_the_same_moment(app: Flask, browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    ask(browser)
    token = mailbox.link().rpartition("/")[2]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def use(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    service.reset_password(token=token, password_hash=name)
                    outcomes.append(name)
            except DomainError:
                outcomes.append("refused")

    threads = [threading.Thread(target=use, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 1
    assert db.session.scalars(select(Person.password_hash)).one() in outcomes


@pytest.mark.parametrize("weak", ["", "short", "owner of it", "owner@example.com", "qwertyuiop"])
def test_a_weak_new_password_keeps_the_link_alive(browser: PageBrowser, mailbox: Mailbox, weak: str) -> None:
    owner()
    ask(browser)
    link = mailbox.link()
    page = browser.submit(link, {"new_password": weak}, status=422)
    assert page.errors()
    browser.get(link)
    assert password_is(OLD)


def test_tokens_are_kept_as_digests(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    ask(browser)
    token = mailbox.link().rpartition("/")[2]
    assert len(token) >= 43, "256 bits"
    assert db.session.scalars(select(PasswordReset.digest)).one() == service.token_digest(token)


def test_a_locked_out_owner_may_set_a_new_password(browser: PageBrowser, mailbox: Mailbox) -> None:
    owner()
    for _ in range(10):
        password_is("a wrong guess")
    ask(browser)
    browser.submit(mailbox.link(), {"new_password": NEW})
    assert password_is(NEW)


# ---------------------------------------------------------------- changed by its owner


def change(browser: PageBrowser, current: str = OLD, new: str = NEW, status: int = 303) -> object:
    return browser.submit(
        "/th/identity/account/password", {"current_password": current, "new_password": new}, status=status
    )


def test_changing_ends_the_other_sessions(browser: PageBrowser, mailbox: Mailbox) -> None:
    person = owner()
    here, there = browser.as_(person), browser.as_(person)
    change(here)
    assert password_is(NEW)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert mailbox.newest()["To"] == "owner@example.com"


def test_changing_ends_links_already_sent(browser: PageBrowser, mailbox: Mailbox) -> None:
    person = owner()
    ask(browser)
    link = mailbox.link()
    change(browser.as_(person))
    browser.get(link, 410)


def test_changing_needs_the_present_password(browser: PageBrowser) -> None:
    reader = browser.as_(owner())
    change(reader, current="not this one", status=422)
    assert password_is(OLD)


def test_guessing_the_present_password_is_slowed(browser: PageBrowser) -> None:
    reader = browser.as_(owner())
    for _ in range(10):
        change(reader, current="not this one", status=422)
    change(reader, status=429)


def test_changing_forgets_the_failures(browser: PageBrowser) -> None:
    reader = browser.as_(owner())
    change(reader, current="not this one", status=422)
    change(reader)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


# ---------------------------------------------------------------- name and language


def test_changing_name_and_language(browser: PageBrowser) -> None:
    person = owner()
    reader = browser.as_(person)
    reader.submit("/th/identity/account/details", {"name": "  ชื่อ   ใหม่ ", "lang": "en"})
    kept = db.session.execute(select(Person.name, Person.lang)).one()
    assert tuple(kept) == ("ชื่อ ใหม่", "en")
    assert "ชื่อ ใหม่" in reader.get("/th/identity/account").text


@pytest.mark.parametrize("changes", [{"name": ""}, {"lang": "fr"}, {"lang": None}, {"name": "ก" * 100}])
def test_bad_details_are_refused(browser: PageBrowser, changes: dict[str, str | None]) -> None:
    reader = browser.as_(owner())
    page = reader.submit("/th/identity/account/details", {"name": "A", "lang": "th", **changes}, status=422)
    assert page.errors()
    assert db.session.scalars(select(Person.name)).one() == "Owner of It"


# ---------------------------------------------------------------- what makes a good one


@pytest.mark.parametrize("good", ["ten letter", "กินข้าวหรือยังวันนี้", "tr0ub4dor&3x", "Password of mine"])
def test_good_passwords(good: str) -> None:
    passwords.check_strength(good, email="a@example.com", name="A")


@pytest.mark.parametrize(
    "weak",
    [
        "nine char",
        "1234567890",
        "PASSWORD123",
        "๑๒๓๔๕๖๗๘๙๐",
        "abcabcabcabc",
        "Somchai Jaidee",
        "somchai.jaidee",
    ],
)
def test_weak_passwords(weak: str) -> None:
    with pytest.raises(DomainError) as refused:
        passwords.check_strength(weak, email="somchai.jaidee@example.com", name="Somchai Jaidee")
    assert refused.value.field == "password"
