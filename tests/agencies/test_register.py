"""The register of agencies: kept by administrators, on the record, read by everyone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.agencies import queries, service
from app.agencies.models import Agency
from app.agencies.service import AgencyDetails
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.text import sort_key
from app.identity.models import RoleGrant
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_agency, make_person

NEW = "/th/agencies/new"
TYPED = {
    "name_th": "จังหวัดอ่างทอง",
    "name_en": "Ang Thong Province",
    "short": "อท",
    "kind": "province",
    "province": "15",
    "valid_from-day": "1",
    "valid_from-month": "4",
    "valid_from-year": "๒๕๕๐",
    "contact_th": "ศาลากลางจังหวัดอ่างทอง\nโทร 035 000 000",
}


@pytest.fixture
def desk(browser: PageBrowser) -> PageBrowser:
    """An administrator's browser."""
    return browser.as_(make_person("admin"))


def entries() -> list[dict[str, Any]]:
    return [
        json.loads(body) for body in db.session.scalars(select(Entry.body).order_by(Entry.fact, Entry.at))
    ]


def create(desk: PageBrowser, status: int = 303, **changes: str | None) -> Page:
    return desk.submit(NEW, {**TYPED, **changes}, status=status)


def agencies() -> list[Agency]:
    db.session.expire_all()
    return list(db.session.scalars(select(Agency).order_by(Agency.id)))


# ---------------------------------------------------------------- adding


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_agency_is_added_and_shown(desk: PageBrowser, browser: PageBrowser, lang: str) -> None:
    parent = make_agency(name_th="กระทรวงมหาดไทย", kind="ministry")
    sent = desk.submit(f"/{lang}/agencies/new", {**TYPED, "parent_id": str(parent.id)})
    assert desk.follow(sent).path.endswith("/members")
    agency = agencies()[1]
    assert (agency.area_code, agency.valid_from, agency.valid_until) == ("15", date(2007, 4, 1), None)

    page = browser.get(f"/{lang}/agencies/{agency.id}")
    assert page.h1 == (TYPED["name_th"] if lang == "th" else TYPED["name_en"])
    assert "035 000 000" in page.text
    assert ("กระทรวงมหาดไทย" if lang == "th" else "Test agency") in page.text
    assert ("จังหวัดอ่างทอง" if lang == "th" else "Ang Thong") in page.text


def test_the_entry_holds_codes_and_no_names(desk: PageBrowser) -> None:
    create(desk)
    (agency,) = agencies()
    grant = db.session.scalars(select(RoleGrant.id)).one()
    (entry,) = entries()
    assert entry["fact"] == "agencies.agency.created"
    assert entry["log"] == "programme"
    assert entry["subject"] == f"agency/{agency.id}"
    assert entry["actor"] == f"admin:{grant}"
    assert entry["data"] == {
        "kind": "province",
        "parent": None,
        "area": "15",
        "valid_from": "2007-04-01",
        "valid_until": None,
    }
    assert len(entry["commit"]) == 64
    assert "อ่างทอง" not in json.dumps(entry, ensure_ascii=False)


def test_the_area_is_chosen_in_two_steps_without_a_script(desk: PageBrowser) -> None:
    first = desk.get(NEW)
    assert not first.all("select", name="area_code")
    second = desk.fill(first, {**TYPED, "step": "area"}, action=NEW, status=200)
    assert not agencies(), "asking for the districts stores nothing"
    assert second.all("input", name="name_th")[0].attrs["value"] == TYPED["name_th"]
    codes = [e.attrs["value"] for e in second.all("option")]
    assert {"1501", "150101"} <= set(codes)
    desk.fill(second, {"area_code": "150101"}, action=NEW)
    assert agencies()[0].area_code == "150101"


def test_another_province_lets_go_of_the_former_district(desk: PageBrowser) -> None:
    page = desk.fill(desk.get(NEW), {**TYPED, "step": "area"}, action=NEW, status=200)
    desk.fill(page, {"province": "50", "area_code": "150101"}, action=NEW)
    assert agencies()[0].area_code == "50"


def test_an_agency_of_the_whole_country(desk: PageBrowser, browser: PageBrowser) -> None:
    create(desk, province="", kind="ministry")
    (agency,) = agencies()
    assert agency.area_code is None
    browser.get(f"/th/agencies/{agency.id}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_th": " "}, "name_th"),
        ({"name_th": "ก" * 151}, "name_th"),
        ({"name_en": "a" * 151}, "name_en"),
        ({"short": ""}, "short"),
        ({"short": "อ ท"}, "short"),
        ({"short": "x/y"}, "short"),
        ({"short": "ก" * 13}, "short"),
        ({"kind": "empire"}, "kind"),
        ({"kind": None}, "kind"),
        ({"province": "99"}, "province"),
        ({"parent_id": "424242"}, "parent_id"),
        ({"parent_id": "' OR 1=1"}, "parent_id"),
        ({"valid_from-day": "31"}, "valid_from-day"),
        ({"valid_from-year": ""}, "valid_from-year"),
        ({"contact_th": "ก" * 301}, "contact_th"),
    ],
)
def test_bad_input_is_named_keeps_the_rest_and_stores_nothing(
    desk: PageBrowser, changes: dict[str, str | None], field: str
) -> None:
    page = create(desk, 422, **changes)
    assert page.errors(), f"no message at {field}"
    kept = page.field_values()
    for name in {"name_en", "contact_th"} - changes.keys():
        assert kept.get(name, "") == TYPED[name]
    assert not agencies()
    assert not entries()


def test_the_last_day_is_not_before_the_first(desk: PageBrowser) -> None:
    last = {"last_day-day": "31", "last_day-month": "3", "last_day-year": "2550"}
    assert create(desk, 422, **last).errors()
    create(desk, **{**last, "last_day-day": "1", "last_day-month": "4"})
    assert agencies()[0].valid_until == date(2007, 4, 2)


def test_an_abbreviation_is_used_once(desk: PageBrowser) -> None:
    create(desk)
    page = create(desk, 422, name_th="อีกแห่ง")
    assert page.all("input", name="short")[0].attrs["aria-invalid"] == "true"
    assert len(agencies()) == 1


def test_sending_twice_adds_one(desk: PageBrowser) -> None:
    page = desk.get(NEW)
    places = [desk.fill(page, TYPED, action=NEW).response.headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert len(agencies()) == len(entries()) == 1


def test_html_is_only_text(desk: PageBrowser, browser: PageBrowser) -> None:
    create(desk, name_th="<script>x</script>", contact_th="<img src=x onerror=y>")
    page = browser.get(f"/th/agencies/{agencies()[0].id}")
    assert "<script>x" not in page.html
    assert "<img src=x" not in page.html


def test_a_missing_token_stores_nothing_and_keeps_what_was_typed(desk: PageBrowser) -> None:
    page = desk.post(NEW, {**TYPED, "key": "a" * 32}, 400)
    assert page.all("input", name="name_th")[0].attrs["value"] == TYPED["name_th"]
    assert not agencies()


# ---------------------------------------------------------------- changing and ending


def test_changing_an_agency(desk: PageBrowser) -> None:
    create(desk)
    (agency,) = agencies()
    path = f"/th/agencies/{agency.id}/edit"
    page = desk.get(path)
    kept = page.field_values()
    assert kept["area_code"] == "15"
    assert kept["valid_from-year"] == "2550"
    desk.follow(desk.fill(page, {"name_en": "Ang Thong"}, action=path))
    assert agencies()[0].name_en == "Ang Thong"
    assert [entry["fact"] for entry in entries()] == ["agencies.agency.changed", "agencies.agency.created"]


def test_saving_unchanged_records_nothing(desk: PageBrowser) -> None:
    create(desk)
    desk.submit(f"/th/agencies/{agencies()[0].id}/edit", {})
    assert len(entries()) == 1


def test_an_agency_does_not_stand_under_itself(desk: PageBrowser) -> None:
    top = make_agency()
    below = make_agency(parent_id=top.id)
    path = f"/th/agencies/{top.id}/edit"
    offered = [option.text for option in desk.get(path).all("option")]
    assert str(below.name) in offered
    assert str(top.name) not in offered
    page = desk.submit(path, {"parent_id": str(below.id)}, status=422)
    assert page.all("select", name="parent_id")[0].attrs["aria-invalid"] == "true"


def test_ending_an_agency_and_undoing_it(desk: PageBrowser, browser: PageBrowser) -> None:
    agency = make_agency()
    path = f"/th/agencies/{agency.id}/end"
    desk.get(path)
    day = {"last_day-day": "17", "last_day-month": "4", "last_day-year": "2569"}
    desk.follow(desk.submit(path, day))
    assert agencies()[0].valid_until == date(2026, 4, 18)
    assert str(agency.name) not in browser.get("/th/agencies/").text
    assert browser.get(f"/th/agencies/{agency.id}").all("div", class_="warn")
    assert str(agency.name) in desk.get("/th/agencies/manage").text

    clear = {f"last_day-{part}": "" for part in ("day", "month", "year")}
    desk.submit(f"/th/agencies/{agency.id}/edit", clear)
    assert agencies()[0].valid_until is None
    assert [entry["fact"] for entry in entries()] == ["agencies.agency.changed", "agencies.agency.ended"]


@pytest.mark.parametrize("year", ["", "2400", "x"])
def test_a_bad_last_day(desk: PageBrowser, year: str) -> None:
    agency = make_agency()
    day = {"last_day-day": "1", "last_day-month": "1", "last_day-year": year}
    page = desk.submit(f"/th/agencies/{agency.id}/end", day, status=422)
    assert page.errors()
    assert agencies()[0].valid_until is None


def test_the_verbs_hold_the_rules_without_the_forms(desk: PageBrowser) -> None:
    details = AgencyDetails(
        short="ก", name_th="ก", kind="other", valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 2)
    )
    with pytest.raises(DomainError), transaction():
        service.create_agency(details=details, actor=SYSTEM)


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_public_list_is_in_dictionary_order(browser: PageBrowser, lang: str) -> None:
    for name in ("เชียงใหม่", "กระบี่", "แพร่", "ขอนแก่น"):
        make_agency(name_th=name, name_en=None if name == "แพร่" else f"E {name}")
    page = browser.get(f"/{lang}/agencies/")
    if lang == "th":
        places = [page.text.index(name) for name in ("กระบี่", "ขอนแก่น", "เชียงใหม่", "แพร่")]
        assert places == sorted(places)
    else:
        assert page.all("span", lang="th"), "a name without English stands in Thai, and says so"


def test_the_list_by_type_and_province(browser: PageBrowser) -> None:
    make_agency(name_th="กรมหนึ่ง", kind="department", area_code=None)
    make_agency(name_th="เทศบาลหนึ่ง", kind="local", area_code="150101")
    assert "กรมหนึ่ง" in browser.get("/th/agencies/?kind=department").text
    assert "เทศบาลหนึ่ง" not in browser.get("/th/agencies/?kind=department").text
    page = browser.get("/th/agencies/?province=15")
    assert "เทศบาลหนึ่ง" in page.text
    assert "กรมหนึ่ง" not in page.text
    assert "กรมหนึ่ง" in browser.get("/th/agencies/?kind=nonsense&province=%25").text


@pytest.mark.parametrize("lang", ["th", "en"])
def test_page_after_page_shows_every_agency_once_in_order(
    browser: PageBrowser, desk: PageBrowser, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["แพร่", "เชียงใหม่", "กระบี่", "กระบี่", "ขอนแก่น", "เกาะสมุย", "ไชยา"]
    made = [make_agency(name_th=name, name_en=None if n % 3 else f"E{9 - n}") for n, name in enumerate(names)]
    whole = [_ids(reader.get(f"/{lang}/agencies/{path}"), made) for reader, path in _lists(browser, desk)]
    monkeypatch.setattr(queries, "PAGE", 2)
    for (reader, path), all_at_once in zip(_lists(browser, desk), whole, strict=True):
        page = reader.get(f"/{lang}/agencies/{path}")
        found = _ids(page, made)
        for _page in range(3):
            [following] = page.all("a", rel="next")
            page = reader.get(following.attrs["href"])
            found += _ids(page, made)
        assert not page.all("a", rel="next")
        assert found == all_at_once
        assert sorted(found) == sorted(agency.id for agency in made)
        keys = {agency.id: sort_key(str(agency.name.pick(lang)[0])) for agency in made}
        assert [keys[ident] for ident in found] == sorted(keys.values())


def _lists(browser: PageBrowser, desk: PageBrowser) -> list[tuple[PageBrowser, str]]:
    return [(browser, ""), (desk, "manage")]


def _ids(page: Page, made: list[Agency]) -> list[int]:
    """The agencies a page lists, in its order."""
    addresses = {f"/agencies/{agency.id}": agency.id for agency in made}
    return [addresses[link[3:]] for link in page.links() if link[3:] in addresses]


def test_a_mark_of_no_agency_begins_at_the_beginning(browser: PageBrowser) -> None:
    agency = make_agency()
    for mark in ("4711", "x", "-1", "99999999999999999999"):
        assert str(agency.name_en) in browser.get(f"/en/agencies/?past={mark}").text


def test_a_new_name_has_its_place_in_the_order(desk: PageBrowser, app: Flask) -> None:
    agency = make_agency(name_th="แพร่")
    with transaction():
        held = db.session.get_one(Agency, agency.id)
        held.name_th = "กระบี่"
        note_recorded(db.session.connection(), "agencies")
    assert (held.order_th, held.order_en) == (sort_key("กระบี่"), sort_key(str(held.name_en)))


def test_an_unknown_agency(browser: PageBrowser, desk: PageBrowser) -> None:
    browser.get("/th/agencies/4711", 404)
    browser.get("/th/agencies/99999999999999999999", 404)
    for path in ("edit", "end", "members"):
        desk.get(f"/th/agencies/4711/{path}", 404)


def test_statements_of_the_public_pages(browser: PageBrowser) -> None:
    for _ in range(20):
        agency = make_agency()
    assert browser.get("/th/agencies/").statements == 1
    assert browser.get(f"/th/agencies/{agency.id}").statements == 2
    assert browser.as_(make_person()).get(f"/th/agencies/{agency.id}").statements == 3


# ---------------------------------------------------------------- who may


ACTORS = ("visitor", "citizen", "officer", "executive", "moderator", "evaluator", "committee", "admin")
PATHS = {
    "/th/agencies/": set(ACTORS),
    "/th/agencies/{id}": set(ACTORS),
    "/th/agencies/manage": {"admin"},
    "/th/agencies/new": {"admin"},
    "/th/agencies/{id}/edit": {"admin"},
    "/th/agencies/{id}/end": {"admin"},
    "/th/agencies/{id}/members": {"admin"},
    "/th/agencies/members": {"executive"},
}


@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_open_what(browser: PageBrowser, actor: str) -> None:
    agency = make_agency()
    reader = browser
    if actor != "visitor":
        role = None if actor == "citizen" else actor
        at = agency if actor in ("officer", "executive", "moderator") else None
        reader = browser.as_(make_person(role, at))
    for path, allowed in PATHS.items():
        refused = 303 if actor == "visitor" else 403
        reader.get(path.format(id=agency.id), 200 if actor in allowed else refused)
        if "admin" in allowed and len(allowed) == 1 and actor not in allowed | {"visitor"}:
            token = {"csrf_token": "a" * 40}
            assert reader.client.post(path.format(id=agency.id), data=token).status_code in (400, 403, 405)
    assert db.session.scalar(select(func.count()).select_from(Agency)) == 1
