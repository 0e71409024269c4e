"""What was typed is never lost to an old page or an ended session: it is shown and can be sent again."""

from __future__ import annotations

from sqlalchemy import func, select, update

from app.core.clock import now
from app.core.db import db
from app.evidence.models import Document
from app.identity.models import SignInSession
from tests.evidence.test_exhibits import document_values
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person

PATH = "/th/assessment/"


def officer_of(browser: PageBrowser) -> PageBrowser:
    return browser.as_(make_person("officer", make_agency()))


def test_a_missing_token_keeps_what_was_typed_and_stores_nothing(browser: PageBrowser) -> None:
    officer = officer_of(browser)
    values = {**officer.get(PATH).field_values(), "year": "ปีที่ยาวกว่ายี่สิบตัวอักษรแน่นอน", "csrf_token": ""}
    page = officer.post(PATH, values, status=400)
    assert "ปีที่ยาวกว่ายี่สิบตัวอักษรแน่นอน" in page.text
    again = officer.fill(page, {"year": "2569"}, action=PATH)
    assert again.status == 303


def test_no_password_comes_back(browser: PageBrowser) -> None:
    values = {"email": "a-very-long-address@example.com", "password": "correct horse battery staple"}
    page = browser.post("/th/identity/sign-in", values, status=400)
    assert "a-very-long-address@example.com" in page.html
    assert "correct horse" not in page.html


def test_an_ended_session_keeps_what_was_typed(browser: PageBrowser) -> None:
    agency = make_agency()
    person = make_person("officer", agency)
    officer = browser.as_(person)
    path = f"/th/evidence/agency/{agency.id}/add"
    form = officer.get(path)
    db.session.execute(update(SignInSession).values(revoked_at=now()))
    db.session.commit()
    values = {k: v for k, v in document_values(title_th="คำสั่งที่พิมพ์ไว้ก่อนหมดเวลา").items() if k != "file"}
    page = officer.fill(form, values, action=path, status=401)
    assert "คำสั่งที่พิมพ์ไว้ก่อนหมดเวลา" in page.text
    assert any("/identity/sign-in" in link for link in page.links())
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0
    officer.sign_in(person.id)
    back = officer.fill(page, {}, action=path, status=422)
    assert "คำสั่งที่พิมพ์ไว้ก่อนหมดเวลา" in back.html, "only the file has to be chosen again"
