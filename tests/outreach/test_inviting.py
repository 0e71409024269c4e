"""Inviting: each contact once, the sending recorded, a link that tells nothing, replies without a name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.mail import OutgoingMail
from app.outreach import service
from app.outreach.links import digest_of
from app.outreach.models import Contact, Invited, Reply, Sending
from tests.outreach.make import (
    ADDRESS,
    CODE,
    EMAIL,
    NAME,
    PAGE,
    Scene,
    choice,
    entries,
    make_contact,
    make_contacts,
    make_reply,
    make_scene,
    make_sending,
)
from tests.panels.make import at_once
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity

LINK = re.compile(r"http://localhost(/\w\w/outreach/reply/([0-9a-f]{32}))")


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return db.session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def send(browser: PageBrowser, scene: Scene, values: dict[str, Any], lang: str = "en") -> Any:
    """Through the page that checks, as an officer does."""
    officer, path = browser.as_(scene.officer), scene.path("/invite", lang)
    check = officer.submit(path, {**values, "step": "check"}, status=200)
    return officer.follow(officer.fill(check, {"step": "send"}, action=path))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_invitation_goes_out_by_mail(scene: Scene, browser: PageBrowser, lang: str) -> None:
    thai = make_contact(scene, group="ผู้ค้าในตลาด")
    english = make_contact(scene, name="Ann", email="ann@example.com", lang="en", sector="vulnerable")
    unreachable = make_contact(scene, email=None, phone="081", name="ไม่มีอีเมล")
    values = {"groups": [str(thai.group_id)], "contacts": [str(english.id), str(unreachable.id)]}
    page = send(browser, scene, values, lang)
    assert page.path.startswith(f"/{lang}/outreach/sendings/")
    first, second = mails()
    assert (first.recipient, second.recipient) == (EMAIL, "ann@example.com")
    assert f"เรียน {NAME}" in first.body
    assert "Dear Ann" in second.body
    assert "/en/outreach/reply/" in second.body
    assert "/th/outreach/reply/" in first.body
    address = LINK.search(first.body)
    assert address
    assert EMAIL not in address[0]
    assert db.session.query(Invited).count() == 2
    assert all(row.token is None for row in db.session.query(Invited))


def test_the_check_says_who_is_left_out_and_writes_nothing(scene: Scene, browser: PageBrowser) -> None:
    mailed, by_phone = make_contact(scene), make_contact(scene, email=None, phone="081")
    officer, path = browser.as_(scene.officer), scene.path("/invite")
    values = {"contacts": [str(mailed.id), str(by_phone.id)], "step": "check"}
    check = officer.submit(path, values, status=200)
    assert "1 contact chosen is left out" in check.text
    assert not mails()
    back = officer.fill(check, {"step": "edit"}, action=path, status=200)
    assert back.field_values()["text_th"] == check.field_values()["text_th"]


def test_nobody_is_asked_twice(scene: Scene, browser: PageBrowser) -> None:
    contacts = make_contacts(scene, 3)
    make_sending(scene, contacts[:2])
    sent = make_sending(scene, contacts)
    assert list(sent.tokens) == [contacts[2].id]
    with pytest.raises(DomainError):
        make_sending(scene, contacts)
    officer, path = browser.as_(scene.officer), scene.path("/invite")
    values = {"contacts": [str(contacts[0].id)], "step": "send"}
    assert "Nobody is left to invite" in officer.submit(path, values, status=422).text
    assert len(mails()) == 3
    assert db.session.query(Sending).count() == 2


def test_two_officers_at_once_ask_each_contact_once(app: Flask, scene: Scene) -> None:
    contacts = make_contacts(scene, 12)
    viewer, ids = scene.viewer, [contact.id for contact in contacts]

    def act() -> Any:
        with transaction():
            return len(
                service.invite(
                    activity_id=scene.activity.id, viewer=viewer, choice=choice(contact_ids=ids)
                ).tokens
            )

    done = at_once(app, [act] * 4)
    assert sorted(answer for answer in done if isinstance(answer, int)) == [12]
    assert len(mails()) == 12


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"contacts": None}, "Choose a group or a contact."),
        ({"contacts": ["999999"]}, ""),
        ({"activity_id": "999999"}, "Choose one of the answers shown."),
        ({"way": "pigeon"}, "Choose one of the answers shown."),
        ({"subject_th": ""}, "Write the invitation in Thai."),
        ({"text_th": " "}, "Write the invitation in Thai."),
        ({"text_en": "x" * 3001}, "Shorten this by 1 character"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_an_invitation_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str, step: str
) -> None:
    contact = make_contact(scene)
    sent = {"contacts": [str(contact.id)], "subject_en": "Kept", "step": step, **values}
    page = browser.as_(scene.officer).submit(scene.path("/invite"), sent, status=422)
    assert message in page.text
    assert page.field_values()["subject_en"] == "Kept"
    assert not mails()


def test_another_registers_contact_cannot_be_asked(scene: Scene, heard: Any) -> None:
    other = make_scene()
    contact = make_contact(other)
    with pytest.raises(DomainError):
        make_sending(scene, [contact])


@pytest.mark.parametrize("window", [{"published": False}, {"opens_in": -5, "closes_in": -1}])
def test_nobody_is_invited_to_a_draft_or_to_what_is_over(
    app: Flask, heard: Any, browser: PageBrowser, window: dict[str, Any]
) -> None:
    scene = make_scene(**window)
    contact = make_contact(scene)
    with pytest.raises(DomainError):
        make_sending(scene, [contact])
    assert "People can be invited once" in browser.as_(scene.officer).get(scene.path("/invite")).text


def test_the_words_are_those_of_the_activity_chosen(scene: Scene, browser: PageBrowser) -> None:
    make_contact(scene)
    other = make_activity(scene.issue, CODE, title_th="เวทีที่สอง", title_en="Second forum")
    officer = browser.as_(scene.officer)
    page = officer.get(scene.path(f"/invite?activity={other.id}"))
    values = page.field_values()
    assert values["activity_id"] == str(other.id)
    assert "Second forum" in values["text_en"]
    assert "closes on 28 Apr 2026" in values["text_en"], "the last day, not the day after"
    assert "เวทีที่สอง" in values["text_th"]
    assert scene.path(f"/invite?activity={scene.activity.id}") in page.links()


def test_large_numbers_of_a_sending_are_public_and_small_ones_are_not(scene: Scene) -> None:
    make_sending(scene, [*make_contacts(scene, 6), *make_contacts(scene, 7, "academic")])
    make_sending(scene, [*make_contacts(scene, 6), *make_contacts(scene, 2, "vulnerable")])
    told = sorted((entry["data"]["number"], entry["data"]["sectors"]) for entry in entries("invitation.made"))
    assert told == [(8, []), (13, ["academic", "people"])]


# ---------------------------------------------------------------- letters


def test_letters_are_printed_and_then_posted(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    contact = make_contact(scene, email=None, address=ADDRESS)
    page = send(browser, scene, {"way": "letter", "contacts": [str(contact.id)]})
    officer = browser.as_(scene.officer)
    letters = officer.get(f"{page.path}/letters")
    assert "12 หมู่ 4 ตำบลท่าช้าง" in letters.text
    assert letters.all("article", class_="letter")[0].attrs["lang"] == "th"
    found = LINK.search(letters.html)
    assert found
    assert letters.all("svg")
    assert not mails()
    assert "ผู้ค้า" not in browser.get(scene.path()).text
    early = {"posted_on-day": "1", "posted_on-month": "1", "posted_on-year": "2569"}
    assert "Give a day from the printing" in officer.submit(page.path, early, status=422).text
    officer.submit(page.path, {})
    assert "posted already" in officer.get(f"{page.path}/letters").text
    assert db.session.query(Invited).one().token is None
    assert browser.get(found[1]).h1
    [entry] = entries("invitation.posted")
    assert entry["data"] == {"posted_on": "2026-04-18", "number": None}


# ---------------------------------------------------------------- replies


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_reply_needs_no_account_and_can_be_changed(scene: Scene, browser: PageBrowser, lang: str) -> None:
    sent = make_sending(scene, [make_contact(scene)])
    [token] = sent.tokens.values()
    path = f"/{lang}/outreach/reply/{token}"
    page = browser.get(path)
    assert NAME not in page.text
    assert EMAIL not in page.text
    done = browser.submit(path, {"answer": "coming"})
    assert {"th": "มาร่วม", "en": "Will come"}[lang] in browser.follow(done).text
    assert {"th": "มาร่วม", "en": "Will come"}[lang] in browser.get(path).text
    browser.submit(path, {"answer": "view"})
    assert [row.answer for row in db.session.query(Reply)] == ["view"]
    with browser.app.test_request_context(f"/{lang}/"):
        assert url_for(PAGE, activity_id=scene.activity.id) in browser.get(path).links()
    assert browser.submit(path, {"answer": "maybe"}, status=422).errors()


def test_nothing_in_the_tables_ties_a_reply_to_a_contact(scene: Scene) -> None:
    sent = make_sending(scene, make_contacts(scene, 2))
    token = next(iter(sent.tokens.values()))
    make_reply(token)
    reply, digests = db.session.query(Reply).one(), {row.digest for row in db.session.query(Invited)}
    assert reply.key not in digests
    assert reply.key == digest_of(token, "reply")
    columns = set(Reply.__table__.columns.keys())
    assert columns == {"key", "activity_id", "sector", "answer"}
    assert all(row.token is None for row in db.session.query(Invited))


def test_no_table_keeps_the_secret_of_a_link(scene: Scene, browser: PageBrowser) -> None:
    sent = make_sending(scene, [make_contact(scene)])
    [token] = sent.tokens.values()
    db.session.query(OutgoingMail).update({"body": ""})  # As delivering it does.
    db.session.commit()
    browser.submit(f"/en/outreach/reply/{token}", {"answer": "coming"})
    browser.get(f"/en/outreach/replied/{scene.activity.id}/maybe", 404)
    browser.get("/en/outreach/replied/999999/coming", 404)
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            assert token not in repr(tuple(row)), table.name


def test_after_the_end_no_reply_is_taken(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    sent = make_sending(scene, [make_contact(scene)])
    [token] = sent.tokens.values()
    path = f"/en/outreach/reply/{token}"
    page = browser.get(path)
    clock.advance(days=11)
    late = browser.fill(page, {"answer": "coming"}, action=path, status=422)
    assert "can no longer be taken in" in late.text
    assert db.session.query(Reply).count() == 0


@pytest.mark.parametrize("token", ["a" * 32, "short", "A" * 32, "0" * 31 + "ก"])
def test_a_link_that_is_none(scene: Scene, browser: PageBrowser, token: str) -> None:
    browser.get(f"/en/outreach/reply/{token}", 404)


def test_one_press_and_the_register_knows_them_no_more(scene: Scene, browser: PageBrowser) -> None:
    contact = make_contact(scene)
    sent = make_sending(scene, [contact])
    token = sent.tokens[contact.id]
    make_reply(token)
    page = browser.get(f"/en/outreach/reply/{token}")
    done = browser.fill(page, {"answer": None}, action=f"/en/outreach/reply/{token}/leave")
    assert "You have left the register" in browser.follow(done).h1
    gone = db.session.query(Contact).one()
    assert (gone.name, gone.email, gone.erased_by) == (None, None, "self")
    assert not mails(), "the mail that waited goes to nobody"
    assert "You have left" in browser.get(f"/en/outreach/reply/{token}").text
    assert db.session.query(Reply).count() == 1
    assert db.session.query(Invited).count() == 1
    with pytest.raises(DomainError):
        make_sending(scene, [contact])
