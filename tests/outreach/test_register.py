"""The register: who may be written to, on which ground, until when; seen by nobody but the agency's officers."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db, transaction
from app.core.mail import OutgoingMail
from app.i18n.dates import local_day
from app.ledger.guard import note_recorded
from app.outreach import background, service
from app.outreach.models import Contact, Group
from tests.outreach.make import (
    ADDRESS,
    EMAIL,
    NAME,
    Scene,
    entries,
    make_contact,
    make_contacts,
    make_sending,
)
from tests.support.browser import PageBrowser
from tests.support.clock import Clock

VALUES: dict[str, Any] = {
    "name": NAME,
    "organisation": "กลุ่มผู้ใช้น้ำ",
    "sector": "vulnerable",
    "group": "ผู้เช่าบ้าน",
    "email": "Somying@Example.com",
    "address": ADDRESS,
    "phone": "081 000 0000",
    "lang": "th",
    "source": "รายชื่อกลุ่มผู้ใช้น้ำ",
    "ground": "consent",
    "given": "spoken",
    "given_on-day": "1",
    "given_on-month": "4",
    "given_on-year": "2569",
}
KEPT = {key: VALUES[key] for key in VALUES if key.startswith(("source", "ground", "given"))}


def stored() -> list[Contact]:
    db.session.rollback()
    return db.session.query(Contact).order_by(Contact.id).all()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_contact_is_entered_corrected_and_erased(scene: Scene, browser: PageBrowser, lang: str) -> None:
    officer = browser.as_(scene.officer)
    listed = officer.follow(officer.submit(scene.path("/register/new", lang), VALUES))
    assert NAME in listed.text
    assert EMAIL in listed.text
    [contact] = stored()
    assert contact.email == EMAIL
    assert db.session.get_one(Group, contact.group_id).name_th == "ผู้เช่าบ้าน"
    path = scene.path(f"/register/{contact.id}", lang)
    page = officer.get(path)
    assert page.field_values()["group"] == "ผู้เช่าบ้าน"
    officer.fill(page, {"phone": "089 999 9999"}, action=path)
    assert stored()[0].phone == "089 999 9999"
    officer.submit(f"{path}/erase", {})
    [gone] = stored()
    personal = (gone.name, gone.email, gone.address, gone.phone, gone.organisation, gone.source)
    assert personal == (None,) * 6
    assert (gone.sector, gone.erased_by) == ("vulnerable", "office")
    officer.get(path, 404)
    assert NAME not in officer.get(scene.path("/register", lang)).text
    facts = sorted(entry["fact"] for entry in entries("contact"))
    assert facts == [f"outreach.contact.{word}" for word in ("added", "corrected", "erased")]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": " "}, "Write the name."),
        ({"name": "ก" * 121}, "Shorten this by 1 character"),
        ({"sector": ""}, "Choose the sector."),
        ({"sector": "ghosts"}, "Choose one of the answers shown."),
        ({"sector": "people"}, "This group belongs to another sector."),
        ({"group": "กลุ่มลับ"}, "Choose one of the answers shown."),
        ({"email": "somying"}, "Enter an e-mail address"),
        ({"email": "", "address": "", "phone": ""}, "Give an e-mail address, a postal address"),
        ({"lang": "fr"}, "Choose one of the answers shown."),
        ({"source": ""}, "Say from where the agency has this contact."),
        ({"ground": None}, "Say why the agency may keep this contact."),
        ({"ground": "habit"}, "Choose one of the answers shown."),
        ({"given": ""}, "Say how consent was given."),
        ({"given_on-day": "", "given_on-month": "", "given_on-year": ""}, "Say on which day consent was"),
        ({"given_on-year": "2570"}, "This day is still to come."),
        ({"keep_until-year": "2568"}, "Choose a day to come"),
        ({"key": "short"}, "too old"),
    ],
)
def test_a_contact_that_will_not_do(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    sent = {**VALUES, **values}
    page = browser.as_(scene.officer).submit(scene.path("/register/new"), sent, status=422)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert page.field_values()["organisation"] == VALUES["organisation"]
    assert not stored()


def test_an_address_stands_in_a_register_once(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/register/new")
    page = officer.get(path)
    officer.fill(page, VALUES, action=path)
    officer.fill(page, VALUES, action=path)
    again = officer.submit(path, VALUES, status=422)
    assert "This e-mail address is in the register already." in again.text
    assert len(stored()) == 1


def test_the_table_itself_refuses_what_is_not_whole(scene: Scene) -> None:
    contact = make_contact(scene)
    for change in (
        "name = NULL",
        "given = NULL",
        "erased_at = added_at",
        "email = NULL",
        "sector = 'ghosts'",
    ):
        with pytest.raises(IntegrityError), transaction():
            note_recorded(db.session.connection(), "outreach")
            db.session.execute(text(f"UPDATE outreach_contacts SET {change} WHERE id = {contact.id}"))


def test_groups_get_their_sizes_and_more_join_them(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/register/groups")
    page = officer.get(path)
    assert page.field_values()["th_0"] == "ผู้ค้าในตลาด"
    more = officer.fill(page, {"step": "more"}, action=path, status=200)
    values = {"people_0": "๑๒๐", "people_1": "0", "sector_3": "media", "th_3": "วิทยุชุมชน"}
    officer.fill(more, values, action=path)
    rows = db.session.query(Group).order_by(Group.id).all()
    assert [(row.name_th, row.people) for row in rows] == [
        ("ผู้ค้าในตลาด", 120),
        ("ผู้เช่าบ้าน", 0),
        ("นักวิชาการน้ำ", None),
        ("วิทยุชุมชน", None),
    ]
    [entry] = entries("register")
    assert entry["fact"] == "outreach.register.stated"
    assert entry["data"]["groups"] == 4
    twice = officer.submit(path, {"th_1": "ผู้ค้าในตลาด"}, status=422)
    assert "This group stands here twice" in twice.text
    assert "Enter a whole number" in officer.submit(path, {"people_0": "หลาย"}, status=422).text


# ---------------------------------------------------------------- files

THAI_FILE = "ชื่อ,ภาคส่วน,กลุ่ม,อีเมล,ที่อยู่,ภาษา,สีที่ชอบ\n" + "\n".join(
    ["สมชาย,ประชาชนในพื้นที่,ผู้ค้าในตลาด,somchai@example.com,,ไทย,แดง", "Ann,vulnerable,,ann@example.com,,English,"]
)


def load(browser: PageBrowser, scene: Scene, content: str | bytes, status: int = 303, **values: Any) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    sent = {**KEPT, **values, "file": (io.BytesIO(raw), "list.csv")}
    return browser.as_(scene.officer).submit(
        scene.path("/register/import"), sent, status=status, content_type="multipart/form-data"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_taken_in_whole(scene: Scene, browser: PageBrowser, encoding: str, separator: str) -> None:
    from_thai = THAI_FILE.replace("ประชาชนในพื้นที่", "people").replace(",", separator)
    load(browser, scene, from_thai.encode(encoding))
    first, second = stored()
    assert (first.name, first.sector, first.lang) == ("สมชาย", "people", "th")
    assert (second.name, second.sector, second.lang) == ("Ann", "vulnerable", "en")
    assert first.given == "spoken"
    [entry] = entries("contact.imported")
    assert entry["data"] == {}, "how many of each sector is sealed"


def test_the_thai_of_older_excel_is_read(scene: Scene, browser: PageBrowser) -> None:
    load(browser, scene, "ชื่อ,ภาคส่วน,อีเมล\r\nสมชาย,vulnerable,a@example.com\r\n".encode("cp874"))
    assert stored()[0].name == "สมชาย"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_sectors_are_known_by_their_words(scene: Scene, browser: PageBrowser, lang: str) -> None:
    words = {"th": "กลุ่มเปราะบาง", "en": "Vulnerable groups"}[lang]
    load(browser, scene, f"name,sector,phone\nสมชาย,{words},0810000000\n")
    assert stored()[0].sector == "vulnerable"


def test_every_bad_row_is_named_and_nothing_is_half_loaded(scene: Scene, browser: PageBrowser) -> None:
    make_contact(scene, email="here@example.com")
    rows = [
        "name,sector,e-mail,group,language",
        "Good,people,good@example.com,,",
        ",people,a@example.com,,",
        "NoSector,ghosts,b@example.com,,",
        "BadMail,people,not-an-address,,",
        "Twice,people,good@example.com,,",
        "Here,people,here@example.com,,",
        "NoGroup,people,c@example.com,กลุ่มลับ,",
        "Tongue,people,d@example.com,,Latin",
        "Unreachable,people,,,",
        f"{'x' * 121},people,e@example.com,,",
    ]
    page = load(browser, scene, "\n".join(rows), 422)
    named = [e.text for e in page.all("th", scope="row")]
    assert named == ["3", "4", "5", "6", "9", "11"]
    for words in ("There is no name.", "The sector is none of ours.", "e-mail address cannot be read"):
        assert words in page.text
    assert "not-an-address" not in page.text
    assert len(stored()) == 1
    left = [rows[n] for n in (0, 1, 6, 7, 9)]
    page = load(browser, scene, "\n".join(left), 422)
    assert [e.text for e in page.all("th", scope="row")] == ["3", "4", "5"]
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is"),
        ("name,e-mail\nA,a@example.com", "ภาคส่วน (sector)"),
        ("name,sector,name\nA,people,B", "stands here twice"),
        ("name,sector\n", "There is no contact in the file."),
        (b"\xff\xfe\xfc\xfd\xdb", "cannot be read"),
    ],
)
def test_a_file_that_is_no_such_table(
    scene: Scene, browser: PageBrowser, content: str | bytes, message: str
) -> None:
    page = load(browser, scene, content, 422)
    if content:
        assert message in page.text
    assert not stored()


def test_a_file_without_a_ground_is_refused(scene: Scene, browser: PageBrowser) -> None:
    assert "Say how consent was given." in load(browser, scene, THAI_FILE, 422, given="").text
    assert not stored()


def test_what_is_downloaded_can_be_taken_in_again(scene: Scene, browser: PageBrowser) -> None:
    make_contact(scene, name="=1+1", phone="+66 81 000 0000", address=ADDRESS, group="ผู้ค้าในตลาด")
    answer = browser.as_(scene.officer).client.get(scene.path("/register/export", "th"))
    content = answer.get_data()
    assert content.startswith("\ufeff".encode())
    assert b",=1" not in content
    assert b"'=1+1" in content
    [contact] = stored()
    assert f",{contact.keep_until.day} " in content.decode(), "a day as people read it, not as machines do"
    assert f" {contact.keep_until.year + 543}" in content.decode()
    english = browser.as_(scene.officer).client.get(scene.path("/register/export")).get_data(as_text=True)
    assert f" {contact.keep_until.year}" in english
    officer = browser.as_(scene.officer)
    [before] = stored()
    officer.submit(scene.path(f"/register/{before.id}/erase"), {})
    load(browser, scene, content)
    after = stored()[-1]
    assert (after.name, after.phone, after.address) == ("=1+1", "+66 81 000 0000", ADDRESS)
    assert after.group_id == before.group_id


# ---------------------------------------------------------------- time and erasure


def test_a_contact_goes_on_its_day(scene: Scene, clock: Clock) -> None:
    contact = make_contact(scene, keep_until=local_day(now()) + timedelta(days=30))
    make_sending(scene, [contact])
    assert background.run() == 0
    clock.advance(days=30)
    assert background.run() == 1
    [gone] = stored()
    assert (gone.name, gone.erased_by) == (None, "retention")
    assert background.run() == 0
    assert db.session.query(OutgoingMail).count() == 0, "the address is gone from the mails too"


def test_the_room_holds_nothing_of_people_with_accounts(scene: Scene) -> None:
    make_contact(scene)
    assert service.erase(scene.officer.id) == 0


def test_the_register_goes_page_by_page(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outreach.queries.PAGE", 4)
    make_contacts(scene, 5)
    make_contacts(scene, 2, "vulnerable")
    officer = browser.as_(scene.officer)
    page = officer.get(scene.path("/register"))
    assert "คนที่ 3" in page.text
    assert "คนที่ 4" not in page.text
    [following] = [href for href in page.links() if "after=" in href]
    assert "คนที่ 6" in officer.get(following).text
    only = officer.get(scene.path("/register?sector=vulnerable"))
    assert "คนที่ 5" in only.text
    assert "คนที่ 0" not in only.text
