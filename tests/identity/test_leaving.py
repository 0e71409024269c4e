"""Ending an account: nothing names the person any more, what was counted stays, the ledger stays sound."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from app.activities.comments.models import Comment, Thread
from app.activities.votes.models import Ballot, Mark
from app.assessment.models import Assessment
from app.awards.models import Assignment, Review
from app.cli import create_admin_command, erase_person_command
from app.config import Settings
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.identity import background, leaving, passwords, service
from app.identity.models import Person, RoleGrant
from app.ledger.audit import verify_everything
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry, Opening
from app.work import tick
from tests.comments import make as comments
from tests.identity.conftest import Mailbox
from tests.panels import make as panels
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_agency, make_person, saved
from tests.surveys import make as surveys
from tests.votes import make as votes

PATH = "/th/identity/account/end"
PASSWORD = "ฝนตกหนักทั้งคืนแล้วน้ำก็ขึ้น"
NAME = "สมหญิง ต้องไม่เหลือ"
EMAIL = "somying.leaves@example.com"
WORDS = ("ข้อความความเห็นลับ", "คำตอบแบบสำรวจลับ", "เหตุผลใบสมัครลับที่ยาวพอ", "ลาคลอดเป็นเรื่องลับ")


@pytest.fixture
def person(app: Flask) -> Person:
    hashed = passwords.hash_new(PASSWORD, email=EMAIL, name=NAME)
    return make_person(email=EMAIL, name=NAME, password_hash=hashed)


def everything() -> str:
    """Every value of every row of every table, as text."""
    db.session.rollback()
    values = [
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
    ]
    return "\n".join(values)


def live_everywhere(person: Person, clock: Clock) -> int:
    """The person acts in every room that keeps something of them; returns the vote's id."""
    scene = comments.make_scene()
    hidden = comments.make_comment(scene, person, body=f"{WORDS[0]} {NAME}", name=NAME)
    comments.make_hidden(scene, hidden)
    comments.make_answer(scene, comments.make_comment(scene, person, body=WORDS[0], name=NAME))
    surveys.make_response(surveys.make_scene(), person, words=WORDS[1])
    panel = panels.make_scene()
    member = panels.make_member(panel, person, reason=WORDS[2])
    meeting = panels.make_meeting(panel, -0.5)
    panels.make_attendance(panel, meeting, [], absences={member.id: WORDS[3]})
    vote = votes.make_vote()
    vote.voters.append(person)
    votes.frozen(vote)
    listed = votes.make_vote()
    votes.prepared(listed, roll=[person])
    give(person, "officer", scene.agency.id)
    clock.advance(days=2)
    votes.cast(vote, person, 1)
    return vote.id


def end(browser: PageBrowser, status: int = 303, password: str = PASSWORD) -> Any:
    return browser.submit(PATH, {"current_password": password}, status=status)


def test_nothing_names_who_has_left(
    person: Person, browser: PageBrowser, clock: Clock, mailbox: Mailbox, settings: Settings
) -> None:
    vote_id = live_everywhere(person, clock)
    tick()
    here, elsewhere = browser.as_(person), browser.as_(person)
    assert NAME in everything()
    page = here.follow(end(here))
    assert page.path == "/th/identity/ended"
    farewell = mailbox.newest()
    assert farewell["To"] == EMAIL
    assert NAME in farewell.get_content()
    told = everything()
    for gone in (NAME, EMAIL, *WORDS):
        assert gone not in told, f"{gone} is still stored"
    for reader in (here, elsewhere):
        assert "sign-in" in reader.get("/th/identity/account", 303).response.headers["Location"]
    tick()
    assert verify_everything(settings).sound
    stored = db.session.get_one(Person, person.id, populate_existing=True)
    assert stored.erased_at is not None
    assert stored.password_hash == ""
    held = db.session.scalars(select(RoleGrant.ended_at).where(RoleGrant.person_id == person.id)).all()
    assert held == [stored.erased_at]
    thread = db.session.scalars(select(Thread)).one()
    assert (thread.erased, thread.answered) == (2, 1), "what was heard and answered stays counted"
    for model in (Mark, Ballot):
        assert db.session.scalar(select(func.count()).select_from(model).where(model.poll_id == vote_id)) == 1


def test_the_salts_of_a_persons_entries_are_destroyed(person: Person, app: Flask, clock: Clock) -> None:
    live_everywhere(person, clock)
    with transaction():
        leaving.end_account(person_id=person.id)
    own = select(Entry.id).where(Entry.actor.startswith("citizen:"))
    assert db.session.scalars(own).all()
    assert not db.session.scalars(select(Opening.entry_id).where(Opening.entry_id.in_(own))).all()


def test_the_same_address_can_register_anew(person: Person, browser: PageBrowser, mailbox: Mailbox) -> None:
    end(browser.as_(person))
    with pytest.raises(DomainError):
        service.check_sign_in(email=EMAIL, password=PASSWORD)
    db.session.rollback()
    browser.submit("/th/identity/register", {"name": "คนใหม่", "email": EMAIL, "password": PASSWORD})
    browser.submit(mailbox.link(), {"password": PASSWORD})
    fresh = service.check_sign_in(email=EMAIL, password=PASSWORD)
    assert (fresh.id != person.id, fresh.name) == (True, "คนใหม่")


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_explains_and_changes_nothing(person: Person, browser: PageBrowser, lang: str) -> None:
    here = browser.as_(person)
    page = here.get(f"/{lang}/identity/account/end")
    assert len(page.all("h2")) >= 2
    assert f"/{lang}/identity/account/end" in here.get(f"/{lang}/identity/account").links()
    assert db.session.get_one(Person, person.id).erased_at is None


def test_only_with_the_password(person: Person, browser: PageBrowser) -> None:
    here = browser.as_(person)
    assert end(here, 422, "ไม่ใช่รหัสผ่านนี้แน่นอน").errors()
    assert end(here, 422, "").errors()
    assert db.session.get_one(Person, person.id).erased_at is None


def test_it_ends_once_however_often_it_is_sent(
    person: Person, browser: PageBrowser, mailbox: Mailbox
) -> None:
    here = browser.as_(person)
    form = here.get(PATH)
    here.fill(form, {"current_password": PASSWORD}, action=PATH)
    here.fill(form, {"current_password": PASSWORD}, action=PATH, status=400)
    assert len(mailbox.deliver()) == 1
    with pytest.raises(DomainError), transaction():
        leaving.end_account(person_id=person.id)


def test_who_has_an_evaluation_to_finish_is_told_first(person: Person, browser: PageBrowser) -> None:
    grant_id = give(person, "evaluator")
    assign(person.id, grant_id)
    here = browser.as_(person)
    page = here.get(PATH)
    assert "รอคะแนนจากท่าน" in page.text
    assert not page.all("input", name="current_password")
    form = {**here.get("/th/identity/account/password").field_values(), "current_password": PASSWORD}
    here.post(PATH, form, 422)
    with pytest.raises(DomainError), transaction():
        leaving.end_account(person_id=person.id)
    assert db.session.get_one(Person, person.id).erased_at is None


def test_the_last_administrator_stays(person: Person, browser: PageBrowser) -> None:
    give(person, "admin")
    end(browser.as_(person), 422)
    assert db.session.get_one(Person, person.id).erased_at is None
    give(make_person(), "admin")
    end(browser.as_(person))


def test_roles_end_on_the_record_under_the_role(person: Person, browser: PageBrowser) -> None:
    grant_id = give(person, "officer", make_agency().id)
    page = browser.as_(person).get(PATH)
    assert "เจ้าหน้าที่" in page.text
    end(browser.as_(person))
    (entry,) = db.session.scalars(select(Entry).where(Entry.fact == "identity.role.ended"))
    assert (entry.subject, entry.actor) == (f"grant/{grant_id}", f"officer:{grant_id}")


def test_what_a_request_under_way_wrote_afterwards_goes_too(person: Person, app: Flask, clock: Clock) -> None:
    scene = comments.make_scene()
    with transaction():
        leaving.end_account(person_id=person.id)
    comments.make_comment(scene, person, body=WORDS[0], name=NAME)
    clock.advance(minutes=5)
    background.pause.until = None
    background.run()
    assert WORDS[0] not in everything()
    assert db.session.execute(select(Comment.body, Comment.name, Comment.person_id)).one() == ("", None, None)


def test_nothing_is_put_back_into_an_empty_account(person: Person, app: Flask) -> None:
    with transaction():
        leaving.end_account(person_id=person.id)
    for verb in (
        lambda: service.change_details(person_id=person.id, name=NAME, lang="en"),
        lambda: service.change_password(person_id=person.id, password_hash="x", keep_token=""),
        lambda: service.welcome(person_id=person.id, password_hash="x"),
        lambda: service.give_role(person_id=person.id, role="admin", actor=SYSTEM),
    ):
        with pytest.raises(NotFound), transaction():
            verb()


# ---------------------------------------------------------------- the operator's commands


def command(app: Flask, what: Any, *arguments: str, typed: str = "") -> Result:
    db.session.remove()
    return CliRunner().invoke(what, list(arguments), obj=SimpleNamespace(app=lambda: app), input=typed)


def test_the_operator_erases_by_typing_the_address_again(person: Person, app: Flask) -> None:
    refused = command(app, erase_person_command, EMAIL, typed="other@example.com\n")
    assert refused.exit_code == 1
    assert EMAIL in everything()
    done = command(app, erase_person_command, "Somying.Leaves@example.com", typed=f"{EMAIL}\n")
    assert done.exit_code == 0, done.output
    stored = db.session.get_one(Person, person.id, populate_existing=True)
    assert stored.erased_at == now()
    assert command(app, erase_person_command, EMAIL, "--yes").exit_code == 1, "there is nobody any more"


def test_the_operator_may_say_yes_at_once_and_is_told_what_hinders(person: Person, app: Flask) -> None:
    give(person, "admin")
    refused = command(app, erase_person_command, EMAIL, "--yes")
    assert refused.exit_code == 1
    assert "administrator" in refused.output or "ผู้ดูแล" in refused.output
    give(make_person(), "admin")
    assert command(app, erase_person_command, EMAIL, "--yes").exit_code == 0
    ended = db.session.scalars(select(Entry.actor).where(Entry.fact == "identity.role.ended")).one()
    assert ended == "system"


def test_an_existing_account_is_not_asked_for_a_password_it_keeps(person: Person, app: Flask) -> None:
    done = command(app, create_admin_command, EMAIL)
    assert done.exit_code == 0, done.output
    assert "keeps" in done.output
    assert "Password" not in done.output
    assert service.check_sign_in(email=EMAIL, password=PASSWORD).name == NAME


def test_a_new_administrator_is_asked_for_name_and_password(app: Flask) -> None:
    typed = f"ผู้ดูแล\n{PASSWORD}\n{PASSWORD}\n"
    done = command(app, create_admin_command, "new@example.com", typed=typed)
    assert done.exit_code == 0, done.output
    assert service.check_sign_in(email="new@example.com", password=PASSWORD).name == "ผู้ดูแล"


def give(person: Person, role: str, agency_id: int | None = None) -> int:
    db.session.rollback()
    with transaction():
        return service.give_role(person_id=person.id, role=role, agency_id=agency_id, actor=SYSTEM).id


def assign(person_id: int, grant_id: int) -> None:
    """An evaluation that waits for the person's scores."""
    submitted = Assessment(
        agency_id=make_agency().id,
        year=2569,
        rubric_code="pmqa",
        rubric_version=1,
        period_from=now().date(),
        period_to=now().date(),
        opened_at=now(),
        submitted_at=now(),
        frozen="{}",
        digest="0" * 64,
    )
    saved(submitted)
    review = Review(assessment_id=submitted.id, opened_at=now())
    saved(review)
    saved(Assignment(review_id=review.id, person_id=person_id, grant_id=grant_id, assigned_at=now()))
