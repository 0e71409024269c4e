"""Who holds office: given and ended on the record, and only by those who may."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.errors import DomainError
from app.identity import queries, service
from app.identity.models import Person, RoleGrant
from app.identity.roles import AGENCY_ROLES, PROGRAMME_ROLES
from app.ledger.facts import SYSTEM
from app.ledger.guard import Unrecorded
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_agency, make_person

PATH = "/th/identity/programme-roles"


def entries() -> list[dict[str, object]]:
    return [
        json.loads(body) for body in db.session.scalars(select(Entry.body).order_by(Entry.at, Entry.fact))
    ]


def give(browser: PageBrowser, email: str, role: str, status: int = 303) -> Page:
    return browser.submit(PATH, {"email": email, "role": role}, status=status)


def test_giving_and_ending_a_programme_role(browser: PageBrowser) -> None:
    admin, person = make_person("admin"), make_person(email="evaluator@example.com", name="ผู้ประเมิน")
    desk = browser.as_(admin)
    page = desk.follow(give(desk, "Evaluator@example.com", "evaluator"))
    assert "ผู้ประเมิน" in page.text
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    end = f"{PATH}/{grant.id}/end"
    asked = desk.get(end)
    assert "ผู้ประเมิน" in asked.text
    db.session.expire_all()
    assert db.session.get(RoleGrant, grant.id).ended_at is None, "the question alone ends nothing"
    desk.follow(desk.fill(asked, {}, action=end))
    db.session.expire_all()
    assert db.session.get(RoleGrant, grant.id).ended_at is not None
    give(desk, "evaluator@example.com", "evaluator")


def test_a_demo_person_may_be_given_a_role(browser: PageBrowser) -> None:
    person = make_person(email="citizen@demo.invalid")
    give(browser.as_(make_person("admin")), "citizen@demo.invalid", "evaluator")
    assert queries.holds_role(person.id, "evaluator", None)


def test_the_log_names_the_grant_and_not_the_person(browser: PageBrowser) -> None:
    admin, person = make_person("admin"), make_person(email="secret@example.com", name="ไม่ควรอยู่ในบันทึก")
    give(browser.as_(admin), person.email, "committee")
    (entry,) = entries()
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    own = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == admin.id)).one()
    assert entry["fact"] == "identity.role.given"
    assert entry["log"] == "programme"
    assert entry["subject"] == f"grant/{grant.id}"
    assert entry["actor"] == f"admin:{own.id}"
    assert entry["data"] == {"role": "committee", "agency": None}
    assert "secret" not in json.dumps(entry)
    assert person.name not in json.dumps(entry, ensure_ascii=False)


def test_a_role_cannot_be_given_without_an_entry(app: Flask) -> None:
    person = make_person()

    def sneak() -> None:
        with transaction():
            db.session.add(RoleGrant(person_id=person.id, role="admin", given_at=person.created_at))

    with pytest.raises(Unrecorded):
        sneak()


@pytest.mark.parametrize("role", sorted(AGENCY_ROLES | {"owner", "person", ""}))
def test_no_other_role_can_be_given_here(browser: PageBrowser, role: str) -> None:
    admin, person = make_person("admin"), make_person()
    page = give(browser.as_(admin), person.email, role, status=422)
    assert page.errors()
    assert page.all("input", name="email")[0].attrs["value"] == person.email
    assert not db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).all()


def test_who_has_no_account_gets_no_role(browser: PageBrowser) -> None:
    page = give(browser.as_(make_person("admin")), "nobody@example.com", "evaluator", status=422)
    assert page.all("input", name="email")[0].attrs["aria-invalid"] == "true"


def test_a_role_is_held_once(browser: PageBrowser) -> None:
    admin, person = make_person("admin"), make_person("evaluator")
    page = give(browser.as_(admin), person.email, "evaluator", status=422)
    assert page.all("input", name="email")[0].attrs["aria-invalid"] == "true"
    assert len(entries()) == 0


def test_sending_twice_gives_once(browser: PageBrowser) -> None:
    desk, person = browser.as_(make_person("admin")), make_person()
    page = desk.get(PATH)
    for _ in range(2):
        desk.fill(page, {"email": person.email, "role": "evaluator"}, action=PATH)
    assert len(entries()) == 1


def test_the_last_administrator_stays(browser: PageBrowser) -> None:
    admin = make_person("admin")
    grant = db.session.scalars(select(RoleGrant)).one()
    page = browser.as_(admin).submit(f"{PATH}/{grant.id}/end", {}, status=422)
    assert page.all("div", class_="errsum")
    db.session.expire_all()
    assert db.session.scalars(select(RoleGrant)).one().ended_at is None


def test_two_administrators_cannot_end_each_other(app: Flask) -> None:
    make_person("admin")
    make_person("admin")
    grants = list(db.session.scalars(select(RoleGrant.id).order_by(RoleGrant.id)))
    db.session.remove()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def end(grant_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    service.end_role(grant_id=grant_id, actor=SYSTEM)
                outcomes.append("ended")
            except DomainError:
                outcomes.append("refused")

    threads = [threading.Thread(target=end, args=(grant_id,)) for grant_id in grants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "refused"]
    assert len(queries.programme_holders({"admin"})) == 1


def test_an_agencys_role_is_not_ended_here(browser: PageBrowser) -> None:
    admin = make_person("admin")
    make_person("officer", make_agency())
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == "officer")).one()
    desk = browser.as_(admin)
    desk.get(f"{PATH}/{grant.id}/end", 404)
    desk.get(f"{PATH}/999999/end", 404)


@pytest.mark.parametrize("role", [None, *sorted((AGENCY_ROLES | PROGRAMME_ROLES) - {"admin"})])
def test_only_administrators_give_roles(browser: PageBrowser, role: str | None) -> None:
    agency = make_agency() if role in AGENCY_ROLES else None
    make_person("admin")
    reader = browser.as_(make_person(role, agency))
    grant = db.session.scalars(select(RoleGrant.id).order_by(RoleGrant.id)).first()
    for path in (PATH, f"{PATH}/{grant}/end"):
        reader.get(path, 403)
        reader.post(
            path, {"csrf_token": reader.get("/th/identity/account").field_values()["csrf_token"]}, 403
        )


def test_visitors_are_sent_to_sign_in(browser: PageBrowser) -> None:
    page = browser.get(PATH, 303)
    assert "/th/identity/sign-in" in page.response.headers["Location"]


def test_create_admin_for_the_command_line(app: Flask) -> None:
    with transaction():
        person = service.create_admin(email="Root@Example.com", name="ผู้ดูแล", password="a long pass phrase")
    assert person.email == "root@example.com"
    assert [holder.role for holder in queries.programme_holders({"admin"})] == ["admin"]
    assert service.check_sign_in(email="root@example.com", password="a long pass phrase")
    assert entries()[0]["actor"] == "system"


def test_create_admin_gives_an_existing_account_the_role(app: Flask) -> None:
    person = make_person(email="root@example.com", password_hash="kept")
    with transaction():
        service.create_admin(email="root@example.com", name="x", password="another pass phrase")
    assert db.session.scalars(select(Person.password_hash)).one() == "kept"
    assert queries.holds_role(person.id, "admin", None)


def test_create_admin_refuses_a_weak_password(app: Flask) -> None:
    with pytest.raises(DomainError), transaction():
        service.create_admin(email="root@example.com", name="x", password="1234567890")
    assert not db.session.scalars(select(Person)).all()
