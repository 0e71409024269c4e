"""Who was asked, who came, who stayed away: by sector, small numbers hidden, vulnerable groups first."""

from __future__ import annotations

import random

import pytest

from app.agencies.sectors import SECTORS
from app.issues.contracts import Heard
from app.issues.hiding import SMALLEST, shown
from app.outreach.turnout import UNTOLD, work_out
from app.work import tick
from tests.outreach.make import (
    ADDRESS,
    CODE,
    HeardKind,
    Scene,
    entries,
    make_channel,
    make_contact,
    make_contacts,
    make_group,
    make_reply,
    make_sending,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_activity


def heard_of(total: int, **sectors: int) -> Heard:
    return Heard(total, {"sector": sectors})


@pytest.mark.parametrize("lang", ["th", "en"])
def test_asked_replied_came(scene: Scene, browser: PageBrowser, heard: HeardKind, lang: str) -> None:
    make_group(scene, "ผู้ค้าในตลาด", "people", 120)
    sent = make_sending(scene, make_contacts(scene, 12, group="ผู้ค้าในตลาด"))
    for token in list(sent.tokens.values())[:6]:
        make_reply(token)
    heard.heard[scene.activity.id] = heard_of(40, people=17, academic=9)
    page = browser.get(scene.path(lang=lang))
    for number in ("12", "120", "17", "14"):
        assert number in page.text
    vulnerable = {"th": "กลุ่มเปราะบาง", "en": "Vulnerable groups"}[lang]
    never = {"th": "ยังไปไม่ถึง", "en": "Never reached"}[lang]
    assert never in page.text
    assert page.text.index(vulnerable) < page.text.index({"th": "ภาควิชาการ", "en": "Academics"}[lang])


def test_letters_count_once_they_are_posted(scene: Scene, browser: PageBrowser) -> None:
    contacts = [make_contact(scene, email=None, address=ADDRESS, name=f"n{n}") for n in range(7)]
    sent = make_sending(scene, contacts, way="letter")
    assert "Asked, but stayed away" not in browser.get(scene.path()).text
    browser.as_(scene.officer).submit(f"/en/outreach/sendings/{sent.sending.id}", {})
    assert "Asked, but stayed away: People of the area" in browser.get(scene.path()).text


def test_small_numbers_are_hidden_and_do_not_give_others_away(
    scene: Scene, browser: PageBrowser, heard: HeardKind
) -> None:
    heard.heard[scene.activity.id] = heard_of(33, people=23, vulnerable=3, academic=7)
    page = browser.get(scene.path())
    assert "23" in page.text
    assert page.text.count("not shown") >= 2
    values = [e.text for e in page.all("td", class_="n")]
    assert "3" not in values
    assert "7" not in values


@pytest.mark.parametrize("seed", range(40))
def test_what_is_hidden_is_two_or_more_making_five(seed: int) -> None:
    dice = random.Random(seed)
    counts = {code: dice.choice((0, 0, 1, 2, 3, 4, 5, 6, 9, 30)) for code in SECTORS}
    seen = shown(counts)
    hidden = [counts[code] for code, value in seen.items() if value is None]
    assert all(value is None or value == counts[code] for code, value in seen.items())
    assert not any(0 < value < SMALLEST for value in seen.values() if value is not None)
    more = [value for value in seen.values() if value]
    assert not hidden or not more or (len(hidden) > 1 and sum(hidden) >= SMALLEST)


def test_who_did_not_tell_a_sector_is_a_row_of_its_own() -> None:
    turnout = work_out(
        named=["vulnerable", "media"],
        asked={"media": 8},
        sizes={},
        replies={},
        came={"people": 9, UNTOLD: 20},
    )
    assert [line.sector for line in turnout.rows] == ["vulnerable", "people", "media"]
    assert turnout.untold == 20
    assert turnout.unreached == ["vulnerable"]
    assert turnout.stayed_away == ["media"]


def test_nobody_is_said_to_have_stayed_away_while_some_are_not_counted(
    scene: Scene, browser: PageBrowser, heard: HeardKind
) -> None:
    make_sending(scene, make_contacts(scene, 9))
    heard.heard[scene.activity.id] = Heard(20, {}, pending=True)
    page = browser.get(scene.path())
    assert "Not counted yet" in page.text
    assert "Asked, but stayed away" not in page.text
    assert "counted here when it has closed" in page.text
    turnout = work_out(named=["media"], asked={"people": 9}, sizes={}, replies={}, came={}, pending=True)
    assert {row.state for row in turnout.rows} == {"pending"}
    assert not turnout.unreached


def test_kinds_are_asked_once_each_however_many_activities(
    scene: Scene, browser: PageBrowser, heard: HeardKind
) -> None:
    make_channel(scene)
    make_contacts(scene, 3)
    paths = (scene.path(), scene.path("/office"), scene.path("/register"), scene.path("/invite"))
    officer = browser.as_(scene.officer)
    before = [officer.get(path).statements for path in paths]
    asked = heard.asked
    for _ in range(4):
        make_activity(scene.issue, CODE)
        make_channel(scene)
    make_sending(scene, make_contacts(scene, 20, "vulnerable"))
    assert [officer.get(path).statements for path in paths] == before
    assert heard.asked == 2 * asked
    assert browser.get(scene.path()).statements <= 7


def test_the_numbers_put_on_record_are_those_the_page_shows(
    scene: Scene, browser: PageBrowser, heard: HeardKind
) -> None:
    officer, path = browser.as_(scene.officer), scene.path("/office")
    page = officer.get(path)
    refused = officer.fill(page, {}, action=path, status=422)
    assert "Nobody has been asked" in refused.text
    make_sending(scene, make_contacts(scene, 9))
    heard.heard[scene.activity.id] = heard_of(33, people=23, vulnerable=3, academic=7)
    officer.submit(path, {})
    [entry] = entries("turnout")
    assert entry["data"] == {
        "sectors": ["vulnerable", "people", "academic"],
        "asked": [0, 9, 0],
        "replied": [0, 0, 0],
        "came": [None, 23, None],
    }
    tick()
    assert "Turnout by sector" in browser.get(f"/en/evidence/issue/{scene.id}").text
