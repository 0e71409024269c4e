"""Signing in and out: the same words for every failure, slowed guessing, sessions that end at once."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher
from flask import Flask, current_app
from flask.ctx import RequestContext
from sqlalchemy import func, select, update

from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity import passwords, queries, service, sessions, throttle
from app.identity.models import Attempt, Person, SignInSession
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_agency, make_person

PASSWORD = "correct horse battery"


def owner(**values: object) -> Person:
    return make_person(email="owner@example.com", password_hash=passwords.hash_again(PASSWORD), **values)


def sign_in(
    browser: PageBrowser,
    password: str = PASSWORD,
    *,
    email: str = "owner@example.com",
    status: int = 303,
    query: str = "",
    sender: str = "127.0.0.1",
) -> Page:
    path = "/th/identity/sign-in"
    values = {"email": email, "password": password}
    place = {"REMOTE_ADDR": sender}
    return browser.submit(path + query, values, action=path, status=status, environ_overrides=place)


def is_signed_in(browser: PageBrowser) -> bool:
    return browser.client.get("/th/identity/account").status_code == 200


def test_wrong_password_and_unknown_address_look_the_same(browser: PageBrowser) -> None:
    owner()
    wrong = sign_in(browser, "not the password", status=422)
    unknown = sign_in(browser, email="nobody@example.com", status=422)
    assert [e.text for e in wrong.all("div", class_="errsum")] == [
        e.text for e in unknown.all("div", class_="errsum")
    ]
    assert not is_signed_in(browser)


def test_unknown_addresses_cost_the_same_hashing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing outweighs all else; without it an unknown address would answer at once."""
    verify = PasswordHasher.verify
    hashed: list[str] = []

    def counted(self: PasswordHasher, stored: str, password: str) -> bool:
        hashed.append(stored.rpartition("$")[0].rpartition("$")[0])  # The scheme with its costs.
        return bool(verify(self, stored, password))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    owner()
    for email in ("owner@example.com", "nobody@example.com"):
        with pytest.raises(DomainError):
            service.check_sign_in(email=email, password="wrong")
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


def test_an_unverified_registration_cannot_sign_in(browser: PageBrowser) -> None:
    typed = {"name": "ก", "email": "owner@example.com", "password": PASSWORD}
    browser.submit("/th/identity/register", typed)
    sign_in(browser, status=422)


def test_an_erased_account_cannot_sign_in(browser: PageBrowser, clock: Clock) -> None:
    owner(erased_at=clock())
    sign_in(browser, status=422)


def test_a_password_may_be_typed_in_either_unicode_form(browser: PageBrowser) -> None:
    make_person(email="owner@example.com", password_hash=passwords.hash_again("น้ำท่วมทุ่งผักบุ้ง"))
    sign_in(browser, "น้ํา" + "ท่วมทุ่งผักบุ้ง")
    assert is_signed_in(browser)


def test_old_hashes_are_made_anew(app: Flask, browser: PageBrowser) -> None:
    old = passwords._REAL_COST.hash(PASSWORD)
    make_person(email="owner@example.com", password_hash=old)
    sign_in(browser)
    assert db.session.scalars(select(Person.password_hash)).one() != old
    sign_in(PageBrowser(app))


# ---------------------------------------------------------------- where one goes next


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ("/en/identity/account?x=1", "/en/identity/account?x=1"),
        ("https://evil.example", None),
        ("//evil.example/x", None),
        ("/\\evil.example", None),
        ("/\t/evil.example", None),
        ("javascript:alert(1)", None),
        ("", None),
        ("th/identity/account", None),
    ],
)
def test_next_leads_only_into_this_site(asked: str, gone: str | None) -> None:
    assert sessions.safe_next(asked) == gone


def test_who_was_sent_to_sign_in_comes_back(browser: PageBrowser) -> None:
    owner()
    sent = browser.get("/th/identity/account/details", 303)
    back = browser.fill(
        browser.follow(sent),
        {"email": "owner@example.com", "password": PASSWORD},
        action="/th/identity/sign-in",
    )
    assert back.response.headers["Location"] == "/th/identity/account/details"


def test_after_a_form_sent_signed_out_one_comes_back_to_its_page(browser: PageBrowser) -> None:
    token = browser.get("/th/identity/register").field_values()["csrf_token"]
    sent = browser.post("/th/identity/account/sessions", {"csrf_token": token})
    assert sent.response.headers["Location"].endswith("sign-in?next=/th/identity/account")


def test_what_was_typed_while_signed_out_is_kept(browser: PageBrowser) -> None:
    token = browser.get("/th/identity/register").field_values()["csrf_token"]
    typed = {"csrf_token": token, "name": "ชื่อที่เพิ่งพิมพ์", "new_password": "never shown again"}
    page = browser.post("/th/identity/account/details", typed, 401)
    assert page.all("input", name="name")[0].attrs["value"] == "ชื่อที่เพิ่งพิมพ์"
    assert "never shown again" not in page.html


def test_officials_go_to_their_desk(browser: PageBrowser) -> None:
    person = owner()
    service_browser = sign_in(browser)
    citizens = service_browser.response.headers["Location"]
    with transaction():
        service.give_role(person_id=person.id, role="admin", actor=service.SYSTEM)
    assert sign_in(PageBrowser(browser.app)).response.headers["Location"] != citizens


# ---------------------------------------------------------------- guessing


def test_ten_wrong_tries_then_a_wait(browser: PageBrowser, clock: Clock) -> None:
    owner()
    for _ in range(10):
        sign_in(browser, "wrong guess here", status=422)
        clock.advance(seconds=30)
    refused = sign_in(browser, status=429)
    assert "10" in refused.all("div", class_="errsum")[0].text, "ten minutes are left of fifteen"
    assert not is_signed_in(browser)
    sign_in(browser, email="else@example.com", status=422)
    clock.advance(minutes=10, seconds=1)
    sign_in(browser)
    assert is_signed_in(browser)


def test_guessing_elsewhere_does_not_shut_the_owner_out(browser: PageBrowser) -> None:
    owner()
    attacker = PageBrowser(browser.app)
    for number in range(10):
        sign_in(attacker, "wrong guess here", sender=f"203.0.113.{number}", status=422)
    sign_in(attacker, sender="203.0.113.99", status=429)
    sign_in(browser, sender="198.51.100.1")
    assert is_signed_in(browser)
    sign_in(attacker, sender="203.0.113.99", status=429)


def test_many_networks_guessing_at_one_address_are_slowed(app: Flask, browser: PageBrowser) -> None:
    owner()
    for number in range(100):
        note_try("owner@example.com", f"203.0.{number}.1")
    sign_in(browser, sender="198.51.100.1", status=429)
    sign_in(browser, email="else@example.com", sender="203.0.7.1", status=422)


def test_one_network_guessing_at_many_addresses_is_slowed(app: Flask, browser: PageBrowser) -> None:
    owner()
    for number in range(100):
        note_try(f"person{number}@example.com", f"2001:db8:1:{number:x}::1")
    refused = sign_in(browser, sender="2001:db8:1:ffff::1", status=429)
    assert "15" in refused.all("div", class_="errsum")[0].text
    sign_in(browser, sender="2001:db8:2::1")


def note_try(email: str, sender: str) -> None:
    with browser_at(sender):
        throttle.note_try(throttle.SIGN_IN, email)


def browser_at(sender: str) -> RequestContext:
    return current_app.test_request_context("/th/", environ_base={"REMOTE_ADDR": sender})


@pytest.mark.parametrize(
    ("sender", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("not an address", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_networks(sender: str | None, network: str) -> None:
    assert throttle.network_of(sender) == network


def test_refused_tries_do_not_lengthen_the_wait(browser: PageBrowser, clock: Clock) -> None:
    owner()
    for _ in range(10):
        sign_in(browser, "wrong guess here", status=422)
    for _ in range(14):
        clock.advance(minutes=1)
        sign_in(browser, status=429)
    clock.advance(minutes=1)
    sign_in(browser)


def test_unknown_addresses_are_slowed_as_well(browser: PageBrowser) -> None:
    for _ in range(10):
        sign_in(browser, email="nobody@example.com", status=422)
    sign_in(browser, email="NOBODY@example.com", status=429)


def test_success_forgets_the_failures(browser: PageBrowser) -> None:
    owner()
    for _ in range(9):
        sign_in(browser, "wrong guess here", status=422)
    sign_in(browser)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_failures_are_kept_although_the_request_fails(browser: PageBrowser) -> None:
    sign_in(browser, status=422)
    row = db.session.scalars(select(Attempt)).one()
    assert "owner" not in row.address_digest
    assert "127.0.0" not in row.network_digest
    assert len({row.address_digest, row.network_digest}) == 2


def test_tries_at_the_same_moment_do_not_slip_through(app: Flask) -> None:
    passed: list[int] = []
    start = threading.Barrier(8)

    def guess() -> None:
        with app.app_context():
            start.wait()
            for _ in range(3):
                try:
                    throttle.note_try(throttle.SIGN_IN, "owner@example.com")
                    passed.append(1)
                except throttle.TooManyTries:
                    pass

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == throttle.SIGN_IN.counts[0].tries


# ---------------------------------------------------------------- sessions


def test_signing_in_twice_with_one_form_signs_in(browser: PageBrowser) -> None:
    """A second click drops the first answer: the second one must carry a session, too."""
    owner()
    page = browser.get("/th/identity/sign-in")
    values = {"email": "owner@example.com", "password": PASSWORD}
    browser.fill(page, values, action="/th/identity/sign-in")
    browser.client.delete_cookie("session")
    other = PageBrowser(browser.app)
    fresh = other.get("/th/identity/sign-in")
    other.fill(fresh, {**values, "key": page.field_values()["key"]}, action="/th/identity/sign-in")
    assert is_signed_in(other)


def test_signing_in_changes_the_cookie_and_keeps_nothing_of_the_former(browser: PageBrowser) -> None:
    owner()
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    sign_in(browser)
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_signing_in_ends_the_session_it_replaces(browser: PageBrowser) -> None:
    person = owner()
    browser.sign_in(person.id)
    elsewhere = browser.as_(person)
    with browser.client.session_transaction() as cookie:
        former = dict(cookie)
    sign_in(browser)
    assert is_signed_in(browser)
    assert is_signed_in(elsewhere)
    with browser.client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(former)
    assert not is_signed_in(browser)


def test_sign_out_ends_the_session_on_the_server(browser: PageBrowser) -> None:
    owner()
    sign_in(browser)
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)
    page = browser.get("/th/identity/account")
    gone = browser.follow(browser.fill(page, {}, action="/th/identity/sign-out"))
    assert gone.path == "/th/identity/signed-out"
    assert not is_signed_in(browser)
    with browser.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert not is_signed_in(browser)


def test_sign_out_needs_the_token_and_a_post(browser: PageBrowser) -> None:
    reader = browser.as_(owner())
    reader.get("/th/identity/sign-out", 405)
    reader.post("/th/identity/sign-out", {}, 400)
    assert is_signed_in(reader)


def test_a_revoked_session_ends_at_once(browser: PageBrowser) -> None:
    person = owner()
    here, there = browser.as_(person), browser.as_(person)
    page = here.get("/th/identity/account")
    (button,) = [b for b in page.all("button", name="session") if b.attrs["value"] != "others"]
    here.fill(page, {"session": button.attrs["value"]}, action="/th/identity/account/sessions")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_everywhere_else(browser: PageBrowser) -> None:
    person, somebody = owner(), browser.as_(make_person())
    here, others = browser.as_(person), [browser.as_(person) for _ in range(3)]
    page = here.get("/en/identity/account")
    here.fill(page, {"session": "others"}, action="/en/identity/account/sessions")
    assert is_signed_in(here)
    assert is_signed_in(somebody)
    assert not any(is_signed_in(other) for other in others)


def test_nobody_ends_the_session_of_another(browser: PageBrowser) -> None:
    victim = browser.as_(owner())
    digest = db.session.scalars(select(SignInSession.digest)).one()
    attacker = browser.as_(make_person())
    page = attacker.get("/th/identity/account")
    attacker.fill(page, {"session": digest}, action="/th/identity/account/sessions")
    assert is_signed_in(victim)


def test_sessions_end_after_two_weeks(browser: PageBrowser, clock: Clock) -> None:
    owner()
    sign_in(browser)
    clock.advance(days=13, hours=23)
    assert is_signed_in(browser)
    clock.advance(hours=1)
    assert not is_signed_in(browser)


def test_an_ended_role_ends_at_once(browser: PageBrowser) -> None:
    make_person("admin")
    admin = make_person("admin")
    reader = browser.as_(admin)
    reader.get("/th/identity/programme-roles")
    grant = next(g for g in queries.programme_holders({"admin"}) if g.person_id == admin.id)
    with transaction():
        service.end_role(grant_id=grant.grant_id, actor=service.SYSTEM)
    reader.get("/th/identity/programme-roles", 403)


def test_an_erased_person_is_signed_out(browser: PageBrowser, clock: Clock) -> None:
    person = owner()
    reader = browser.as_(person)
    with transaction():
        db.session.execute(update(Person).where(Person.id == person.id).values(erased_at=clock()))
    assert not is_signed_in(reader)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:149.0) Gecko/20100101 Firefox/149.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/146.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_devices_are_told_in_two_words(header: str, words: str) -> None:
    assert sessions.device_words(header) == words


def test_agency_roles_reach_the_viewer_in_one_statement(browser: PageBrowser) -> None:
    agency = make_agency()
    person = make_person("officer", agency)
    page = browser.as_(person).get("/th/identity/signed-out")
    assert page.statements == 1
