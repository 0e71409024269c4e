"""The hearing report: every part in both languages, gaps told, small numbers hidden, few statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.bilingual import Bilingual
from app.issues import kinds, service
from app.issues.contracts import Address, Heard, Outcome, Table, Theme
from app.issues.hiding import shown
from app.issues.models import Activity, Issue
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from tests.issues.conftest import Office
from tests.issues.fake_kind import CODE
from tests.issues.test_service import ANSWER, answer, plan
from tests.support.browser import PageBrowser
from tests.support.clock import Clock

Make = Callable[..., Issue]
HEARD = {
    "sector": {"people": 20, "private": 3, "vulnerable": 7},
    "channel": {"web": 30},
    "area": {"150101": 18, "1502": 12},
}


def at(issue: Issue, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/issues/{issue.id}/report{rest}"


@pytest.fixture
def telling(told: Any) -> None:
    """The fake kind was taken part in by thirty and has a theme answered, one not, and a result."""

    def themes(ids: Sequence[int]) -> list[Theme]:
        page = Address("issues.index")
        done = Outcome("publication/1", 2, Bilingual("ร่าง 2", "Draft 2"), page, now())
        return [
            theme
            for ident in ids
            for theme in (
                Theme(
                    subject="theme/1",
                    activity_id=ident,
                    title=Bilingual("=กำแพงสูงไป", "=Too high"),
                    comments=12,
                    people=9,
                    address=page,
                    verdict="partly",
                    reason=Bilingual("ลดลงได้", "It can be lower"),
                    outcome=done,
                ),
                Theme("theme/2", ident, Bilingual("แพงไป", "Too dear"), 6, 6, page),
            )
        ]

    def tables(ids: Sequence[int]) -> dict[int, list[Table]]:
        return {ident: [Table("Count", ("Choice", "Votes"), [("A", 41), ("B", None)])] for ident in ids}

    kind = kinds.kind_of(CODE)
    kinds.register(
        replace(
            kind, heard=lambda ids: {ident: Heard(30, HEARD) for ident in ids}, themes=themes, report=tables
        )
    )


@pytest.fixture
def closed(telling: None, published: Make, clock: Clock, in_request: Callable[[], Any]) -> Issue:
    """A closed issue with an answer that came in time, one commitment and one particular stated."""
    issue = published(particulars={"cost": {"th": "สองล้านบาท", "en": "Two million baht"}})
    clock.advance(days=12)
    answer(issue, plan(30))
    with in_request():
        service.close_issue(issue_id=issue.id, actor=SYSTEM)
    return issue


WORDS = {
    "th": (
        *("สองล้านบาท", "หน่วยงานไม่ได้ระบุ", "กำแพงสูงไป", "ลดลงได้", "ร่าง 2", "ยังไม่ตอบ"),
        *("วันที่หน่วยงานรับปากว่าจะตอบ", "เป็นไปตามกำหนด", "การแจ้งประชาชน"),
    ),
    "en": (
        *("Two million baht", "not stated by the agency", "Too high", "It can be lower", "Draft 2"),
        *("Not answered yet", "Answer promised by the agency", "Kept", "How people were told", "Exhibits"),
    ),
}


@pytest.mark.parametrize("lang", ["th", "en"])
def test_everyone_reads_every_part_of_a_closed_issue(browser: PageBrowser, closed: Issue, lang: str) -> None:
    page = browser.get(at(closed, lang=lang))
    for words in WORDS[lang]:
        assert words in page.text, words
    for text in (ANSWER[f"heard_{lang}"] or ANSWER["heard_th"], "41", closed.number):
        assert text in page.text
    assert not any("edit/particulars" in link for link in page.links())


def test_it_is_reached_from_the_issue_and_its_answer(browser: PageBrowser, closed: Issue) -> None:
    links = browser.get(f"/en/issues/{closed.id}").links()
    assert links.count(f"/en/issues/{closed.id}/report") == 2


def test_before_the_answer_it_is_the_offices_draft(
    browser: PageBrowser, office: Office, telling: None, published: Make
) -> None:
    issue = published()
    browser.get(at(issue), status=404)
    browser.as_(office.citizen).get(at(issue), status=404)
    browser.as_(office.stranger).get(at(issue), status=404)
    page = browser.as_(office.officer).get(at(issue))
    assert "This is a draft" in page.text
    assert "Impacts on people" in page.text
    assert f"/en/issues/{issue.id}/edit/particulars" in page.links()
    assert f"/en/issues/{issue.id}/response" in page.links()
    assert "41" not in page.text, "what came of an activity is told once it has closed"


def test_small_numbers_are_hidden_with_what_would_give_them_away(browser: PageBrowser, closed: Issue) -> None:
    assert shown(HEARD["sector"]) == {"people": 20, "private": None, "vulnerable": None}
    rows = ["".join(row.text.split()) for row in browser.get(at(closed)).all("tr")]
    assert "Privatesectornotshown" in rows
    assert "Vulnerablegroupsnotshown" in rows
    assert "Peopleofthearea20" in rows


def test_the_table_for_a_spreadsheet_holds_no_formula(browser: PageBrowser, closed: Issue) -> None:
    response = browser.client.get(at(closed, ".csv"))
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[1][1:6] == ["'=Too high", "12", "9", "Partly adopted", "It can be lower"]
    assert len(rows) == 3


def test_twenty_activities_cost_as_many_statements_as_one(browser: PageBrowser, closed: Issue) -> None:
    few = browser.get(at(closed)).statements
    with transaction():
        first = db.session.query(Activity).filter_by(issue_id=closed.id).one()
        db.session.add_all(
            Activity(
                **{
                    column.key: getattr(first, column.key)
                    for column in Activity.__table__.columns
                    if column.key != "id"
                }
            )
            for _n in range(19)
        )
        note_recorded(db.session.connection(), "issues")
    assert browser.get(at(closed)).statements == few


def test_a_particular_is_written_in_thai_first(browser: PageBrowser, office: Office, draft: Make) -> None:
    issue = draft()
    officer, path = browser.as_(office.officer), f"/en/issues/{issue.id}/edit/particulars"
    wrong = officer.submit(path, {"cost_en": "Two million"}, status=422)
    assert any("Write this in Thai too" in error for error in wrong.errors())
    officer.submit(path, {"cost_th": "สองล้าน", "cost_en": "Two million"})
    db.session.expire_all()
    assert db.session.get_one(Issue, issue.id).particulars == {"cost": {"th": "สองล้าน", "en": "Two million"}}


def test_what_a_kind_has_set_up_is_part_of_what_is_signed(
    browser: PageBrowser, office: Office, draft: Make
) -> None:
    issue = draft()
    setup = {"digest": "one"}
    kinds.register(replace(kinds.kind_of(CODE), signed=lambda ids: dict.fromkeys(ids, setup["digest"])))
    executive = browser.as_(office.executive)
    page = executive.get(f"/en/issues/{issue.id}/publish")
    setup["digest"] = "two"
    again = executive.fill(page, {}, action=f"/en/issues/{issue.id}/publish", status=422)
    assert "changed or published meanwhile" in again.text
    db.session.expire_all()
    assert db.session.get_one(Issue, issue.id).published_at is None
