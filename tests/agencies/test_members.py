"""Who works in an agency: given, ended, given again; seen by its executive, changed by administrators."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from app.agencies import service
from app.agencies.models import Agency
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.identity.models import RoleGrant
from app.identity.queries import agency_holders, holds_role
from app.ledger.facts import SYSTEM
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_agency, make_person


@pytest.fixture
def desk(browser: PageBrowser) -> PageBrowser:
    """An administrator's browser."""
    return browser.as_(make_person("admin"))


def give(desk: PageBrowser, agency: Agency, email: str, role: str | None, status: int = 303) -> Page:
    return desk.submit(f"/th/agencies/{agency.id}/members", {"email": email, "role": role}, status=status)


@pytest.mark.parametrize("role", ["officer", "executive", "moderator"])
def test_giving_ending_and_giving_again(desk: PageBrowser, role: str) -> None:
    agency, person = make_agency(), make_person(name="คนของหน่วยงาน")
    page = desk.follow(give(desk, agency, person.email.upper(), role))
    assert "คนของหน่วยงาน" in page.text
    assert holds_role(person.id, role, agency.id)

    (holder,) = agency_holders(agency.id)
    end = f"/th/agencies/{agency.id}/members/{holder.grant_id}/end"
    asked = desk.get(end)
    assert holds_role(person.id, role, agency.id), "the question alone ends nothing"
    desk.follow(desk.fill(asked, {}, action=end))
    db.session.rollback()
    assert not holds_role(person.id, role, agency.id)
    desk.submit(end, {}, status=422)

    give(desk, agency, person.email, role)
    facts = [json.loads(body) for body in db.session.scalars(select(Entry.body))]
    assert sorted(fact["fact"] for fact in facts) == [
        "identity.role.ended",
        "identity.role.given",
        "identity.role.given",
    ]
    assert all(fact["data"] == {"role": role, "agency": agency.id} for fact in facts)


def test_the_role_works_at_once_and_only_there(browser: PageBrowser, desk: PageBrowser) -> None:
    here, there, person = make_agency(), make_agency(), make_person()
    reader = browser.as_(person)
    reader.get("/th/agencies/members", 403)
    give(desk, here, person.email, "executive")
    page = reader.get("/th/agencies/members")
    assert str(here.name) in page.text
    assert str(there.name) not in page.text
    assert person.email not in page.text, "addresses are for administrators"


@pytest.mark.parametrize("role", ["admin", "evaluator", "committee", "person", "", None])
def test_no_programme_role_through_an_agency(desk: PageBrowser, role: str | None) -> None:
    agency, person = make_agency(), make_person()
    page = give(desk, agency, person.email, role, status=422)
    assert page.errors()
    assert page.all("input", name="email")[0].attrs["value"] == person.email
    assert not agency_holders(agency.id)


def test_only_people_with_an_account(desk: PageBrowser) -> None:
    page = give(desk, make_agency(), "nobody@example.com", "officer", status=422)
    assert page.all("input", name="email")[0].attrs["aria-invalid"] == "true"


def test_a_role_is_held_once_in_each_agency(desk: PageBrowser) -> None:
    one, two, person = make_agency(), make_agency(), make_person()
    give(desk, one, person.email, "officer")
    give(desk, one, person.email, "officer", status=422)
    give(desk, one, person.email, "executive")
    give(desk, two, person.email, "officer")


def test_no_role_in_an_agency_that_has_ended(desk: PageBrowser) -> None:
    agency, person = make_agency(valid_until=date(2026, 4, 18)), make_person()
    page = give(desk, agency, person.email, "officer", status=422)
    assert page.all("div", class_="errsum")


def test_a_grant_of_another_agency(desk: PageBrowser) -> None:
    one, two = make_agency(), make_agency()
    make_person("officer", two)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == "officer")).one()
    desk.get(f"/th/agencies/{one.id}/members/{grant.id}/end", 404)
    with pytest.raises(NotFound), transaction():
        service.end_member_role(agency_id=one.id, grant_id=grant.id, actor=SYSTEM)


def test_an_executive_changes_nobody(browser: PageBrowser) -> None:
    agency = make_agency()
    reader = browser.as_(make_person("executive", agency))
    officer = make_person("officer", agency)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == officer.id)).one()
    token = {"csrf_token": reader.get("/th/agencies/members").field_values()["csrf_token"]}
    reader.post(
        f"/th/agencies/{agency.id}/members", {**token, "email": officer.email, "role": "officer"}, 403
    )
    reader.post(f"/th/agencies/{agency.id}/members/{grant.id}/end", token, 403)
    assert len(agency_holders(agency.id)) == 2


@pytest.mark.parametrize("lang", ["th", "en"])
def test_pages_of_members(browser: PageBrowser, desk: PageBrowser, lang: str) -> None:
    agency = make_agency()
    executive = make_person("executive", agency)
    (holder,) = agency_holders(agency.id)
    desk.get(f"/{lang}/agencies/{agency.id}/members")
    desk.get(f"/{lang}/agencies/{agency.id}/members/{holder.grant_id}/end")
    desk.get(f"/{lang}/agencies/manage")
    desk.get(f"/{lang}/agencies/{agency.id}/edit")
    desk.get(f"/{lang}/agencies/{agency.id}/end")
    browser.as_(executive).get(f"/{lang}/agencies/members")


def test_the_side_menu_shows_what_one_may(browser: PageBrowser, desk: PageBrowser) -> None:
    links = desk.get("/th/agencies/manage").links()
    assert "/th/agencies/manage" in links
    assert "/th/identity/programme-roles" in links
    assert "/th/agencies/members" not in links
    reader = browser.as_(make_person("executive", make_agency()))
    links = reader.get("/th/agencies/members").links()
    assert "/th/agencies/members" in links
    assert "/th/agencies/manage" not in links
