"""From nobody to a signed-in person, over real mail; and what strangers must not learn or do."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.mail import OutgoingMail
from app.identity import passwords, service
from app.identity.models import Attempt, Person, Registration
from tests.identity.conftest import Mailbox
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person

PASSWORD = "น้ำขึ้นให้รีบตักเสียวันนี้"
TYPED = {"name": "มานี ใจดี", "email": "Manee@Example.com", "password": PASSWORD}


def register(browser: PageBrowser, lang: str = "th", status: int = 303, **changes: str) -> Page:
    return browser.submit(f"/{lang}/identity/register", {**TYPED, **changes}, status=status)


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


@pytest.mark.parametrize("lang", ["th", "en"])
def test_register_verify_sign_in(browser: PageBrowser, mailbox: Mailbox, lang: str) -> None:
    sent = browser.follow(register(browser, lang))
    assert "48" in sent.text
    assert people() == 0

    mail = mailbox.newest()
    assert mail["To"] == "manee@example.com"
    assert mail["Content-Language"] == lang
    link = mailbox.link()
    assert link.startswith(f"/{lang}/identity/verify/")

    browser.get(link)
    assert people() == 0, "opening the link changes nothing"
    signing_in = browser.follow(browser.submit(link, {"password": PASSWORD}))

    browser.fill(
        signing_in,
        {"email": "MANEE@example.com", "password": PASSWORD},
        action=f"/{lang}/identity/sign-in",
    )
    account = browser.get(f"/{lang}/identity/account")
    assert "manee@example.com" in account.text
    assert "มานี ใจดี" in account.text
    assert db.session.scalars(select(Person.lang)).one() == lang


def test_a_password_is_never_stored_as_typed(browser: PageBrowser) -> None:
    register(browser)
    kept = db.session.scalars(select(Registration)).one()
    assert PASSWORD not in str(vars(kept))
    assert kept.password_hash.startswith("$argon2id$")


def test_real_cost_of_a_hash(app: Flask) -> None:
    assert passwords._REAL_COST.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_link_works_once(browser: PageBrowser, mailbox: Mailbox) -> None:
    register(browser)
    link = mailbox.link()
    browser.submit(link, {"password": PASSWORD})
    browser.get(link, 410)
    page = browser.post(
        link, {"key": "0" * 32, "password": PASSWORD}, 400
    )  # a form of its own: no token, no effect
    assert people() == 1
    assert page.status == 400


def test_pressing_the_button_twice_makes_one_person(browser: PageBrowser, mailbox: Mailbox) -> None:
    register(browser)
    link = mailbox.link()
    page = browser.get(link)
    first = browser.fill(page, {"password": PASSWORD}, action=link)
    second = browser.fill(page, {"password": PASSWORD}, action=link)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert people() == 1


def test_link_ends_after_48_hours(browser: PageBrowser, mailbox: Mailbox, clock: Clock) -> None:
    register(browser)
    link = mailbox.link()
    page = browser.get(link)
    clock.advance(hours=48)
    browser.get(link, 410)
    late = browser.fill(page, {"password": PASSWORD}, action=link, status=422)
    assert late.all("div", class_="errsum")
    assert people() == 0


def test_made_up_link(browser: PageBrowser) -> None:
    browser.get("/th/identity/verify/nothing-like-it", 410)


def test_a_known_address_gets_the_same_answer_and_a_mail(browser: PageBrowser, mailbox: Mailbox) -> None:
    make_person(email="manee@example.com", name="มานีตัวจริง", lang="en", password_hash="x")
    stranger = register(browser)
    newcomer = register(browser, email="new@example.com")
    assert stranger.response.headers["Location"] == newcomer.response.headers["Location"]
    assert stranger.html == newcomer.html
    to_owner = next(mail for mail in mailbox.deliver() if mail["To"] == "manee@example.com")
    assert to_owner["Content-Language"] == "en"
    assert "มานีตัวจริง" in to_owner.get_content()
    assert "/verify/" not in to_owner.get_content()
    kept = db.session.execute(select(Person.name, Person.password_hash)).one()
    assert tuple(kept) == ("มานีตัวจริง", "x")


def test_the_mail_to_an_unknown_address_carries_nothing_that_was_typed(
    browser: PageBrowser, mailbox: Mailbox
) -> None:
    register(browser, name="You have won a prize")
    assert "prize" not in mailbox.newest().as_string()


def test_each_link_makes_what_was_typed_with_it(browser: PageBrowser, mailbox: Mailbox) -> None:
    """Somebody who types my address beforehand does not get into my account with their password."""
    register(browser, password="the stranger's password", name="Stranger")
    register(browser)
    own_link = mailbox.link()
    browser.submit(own_link, {"password": PASSWORD})
    assert service.check_sign_in(email="manee@example.com", password=PASSWORD).name == "มานี ใจดี"
    with pytest.raises(DomainError):
        service.check_sign_in(email="manee@example.com", password="the stranger's password")
    assert not db.session.scalars(select(Registration).where(Registration.used_at.is_(None))).all()


def test_a_password_planted_with_my_address_does_not_become_mine(
    browser: PageBrowser, mailbox: Mailbox
) -> None:
    """A stranger registered my address; I press their link's button, but not with their password."""
    register(browser, password="the stranger's password", name="Stranger")
    link = mailbox.link()
    for typed in ("", PASSWORD):
        page = browser.submit(link, {"password": typed}, status=422)
        (field,) = page.all("input", name="password")
        assert field.attrs.get("aria-invalid") == "true"
        assert typed == "" or typed not in page.html
    assert people() == 0
    browser.get(link)
    browser.submit(link, {"password": "the stranger's password"})
    assert people() == 1


def test_guessing_a_registrations_password_is_slowed(
    browser: PageBrowser, mailbox: Mailbox, clock: Clock
) -> None:
    register(browser)
    link = mailbox.link()
    for _ in range(10):
        browser.submit(link, {"password": "a wrong guess"}, status=422)
    browser.submit(link, {"password": PASSWORD}, status=429)
    assert people() == 0
    clock.advance(minutes=15)
    browser.submit(link, {"password": PASSWORD})
    assert not db.session.scalars(select(Attempt).where(Attempt.kind == "sign_in")).all()


def test_two_links_of_one_address_at_the_same_moment(app: Flask) -> None:
    """Two people press the buttons of two registrations of one address: one account, one refusal."""
    for token in ("first", "second"):
        with transaction():
            db.session.add(
                Registration(
                    digest=service.token_digest(token),
                    email="both@example.com",
                    name=token,
                    password_hash="x",
                    lang="th",
                    expires_at=now() + timedelta(hours=1),
                )
            )
    db.session.remove()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def press(token: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    outcomes.append(service.verify_email(token=token).name)
            except DomainError:
                outcomes.append("refused")

    threads = [threading.Thread(target=press, args=(token,)) for token in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert people() == 1
    assert outcomes.count("refused") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "  "),
        ("name", "ก" * 61),
        ("name", "www.example.com"),
        ("email", "not an address"),
        ("email", "มานี@example.com"),
        ("email", "a@" + "b" * 250 + ".com"),
        ("password", ""),
        ("password", "สั้นไป"),
        ("password", "password1234"),
        ("password", "ๆๆๆๆๆๆๆๆๆๆๆๆ"),
        ("password", "manee@example.com"),
        ("password", "ก" * 501),
    ],
)
def test_bad_input_is_named_at_its_field_and_stores_nothing(
    browser: PageBrowser, name: str, value: str
) -> None:
    page = register(browser, status=422, **{name: value})
    (field,) = page.all("input", name=name)
    assert field.attrs.get("aria-invalid") == "true"
    assert page.errors()
    assert page.title.startswith("แก้ไข") or "1" in page.title
    for kept in {"name", "email"} - {name}:
        assert page.all("input", name=kept)[0].attrs["value"].lower() == TYPED[kept].lower()
    assert "value" not in page.all("input", name="password")[0].attrs
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


@pytest.mark.parametrize(
    "good",
    [
        "correct horse battery staple",
        "เดินเล่นริมน้ำยามเย็น",
        "  spaces at both ends  ",
        "🌧️🌾🐃🛶🏡🌧️🌾🐃🛶🏡",
        "p" * 3 + "q" * 490 + "rst",
    ],
)
def test_long_pass_phrases_in_any_script(browser: PageBrowser, mailbox: Mailbox, good: str) -> None:
    register(browser, password=good)
    browser.submit(mailbox.link(), {"password": good})
    assert service.check_sign_in(email="manee@example.com", password=good)


def test_a_missing_token_keeps_what_was_typed_but_no_password(browser: PageBrowser) -> None:
    page = browser.post("/th/identity/register", {**TYPED, "key": "a" * 32}, 400)
    assert page.all("input", name="name")[0].attrs["value"] == TYPED["name"]
    assert PASSWORD not in page.html
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0


def test_no_more_than_five_mails_an_hour(browser: PageBrowser, mailbox: Mailbox, clock: Clock) -> None:
    for _ in range(5):
        register(browser)
    refused = register(browser, status=429)
    assert refused.errors() or refused.all("div", class_="errsum")
    assert len(mailbox.deliver()) == 5
    register(browser, email="other@example.com")
    clock.advance(hours=1)
    register(browser)


def test_no_more_than_twenty_mails_an_hour_from_one_network(browser: PageBrowser, clock: Clock) -> None:
    for number in range(20):
        page, values = "register", {**TYPED, "email": f"victim{number}@example.com"}
        if number % 2:
            page, values = "forgot", {"email": values["email"]}
        browser.submit(f"/th/identity/{page}", values)
    register(browser, status=429)
    browser.submit("/th/identity/forgot", {"email": "more@example.com"}, status=429)
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.7"}}
    browser.submit("/th/identity/forgot", {"email": "more@example.com"}, **elsewhere)
    clock.advance(hours=1)
    register(browser)


@pytest.mark.parametrize(("env", "status"), [("test", 303), ("demo", 303), ("production", 422)])
def test_domains_that_lead_nowhere_count_outside_production(
    app: Flask, browser: PageBrowser, env: str, status: int
) -> None:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, env=env)
    try:
        register(browser, email="Somebody@Demo.invalid", status=status)
    finally:
        app.config["SETTINGS"] = before
    kept = db.session.scalars(select(Registration.email)).all()
    assert kept == (["somebody@demo.invalid"] if status == 303 else [])


def test_the_longest_name_counts_what_readers_count(browser: PageBrowser, mailbox: Mailbox) -> None:
    register(browser, name="กี้" * 60)
    browser.submit(mailbox.link(), {"password": PASSWORD})
    assert db.session.scalars(select(Person.name)).one() == "กี้" * 60


def test_html_in_a_name_is_only_text(browser: PageBrowser, mailbox: Mailbox) -> None:
    register(browser, name="<script>alert(1)</script>")
    browser.submit(mailbox.link(), {"password": PASSWORD})
    person = db.session.scalars(select(Person)).one()
    page = browser.as_(person).get("/th/identity/account")
    assert "<script>alert" not in page.html
    assert "<script>alert(1)</script>" in page.text
