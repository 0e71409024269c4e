"""Exhibits are made from the ledger, once each, in its order; documents by hand are marked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.config import current_settings
from app.core import files
from app.core.db import begin_write, db, transaction
from app.evidence import background
from app.evidence.criteria import criteria
from app.evidence.kinds_of_evidence import evidence_kinds
from app.evidence.models import Document, Exhibit
from app.evidence.routes import pages
from app.i18n import _l
from app.issues import kinds as registry
from app.issues.kinds import ExhibitText, Kind
from app.issues.models import Activity, Issue
from app.ledger.facts import Citizen, Fact, FileDigest, Place, RoleHolder, all_facts
from app.ledger.merkle import leaf_hash
from app.ledger.models import Entry, Head
from app.ledger.record import record
from app.ledger.sequence import Sequencer
from app.web import once
from app.work import tick
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import give_role, make_activity, make_agency, make_issue, make_person

EACH = Fact(
    "exhibittest.paper.published", _l("A paper was published."), exhibit="each", demonstrates=("notice",)
)
FOLDED = Fact("exhibittest.word.said", _l("Said."), exhibit="folded", demonstrates=("comment_set",))
QUIET = Fact("exhibittest.word.unsaid", _l("Unsaid."))


@pytest.fixture
def spoken_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that tells its folded exhibit in words of its own."""

    def told(activity_id: int) -> ExhibitText:
        return ExhibitText(f"กล่าวไว้ในกิจกรรม {activity_id}", f"Said in activity {activity_id}")

    kind = Kind(
        code="spoken",
        name=_l("Spoken"),
        description=_l("Spoken"),
        levels=frozenset({2}),
        stages=("views",),
        setup="",
        manage="",
        page="",
        summary=lambda activities, viewer: {},
        ready=lambda activity_id: (),
        duties=lambda activity: (),
        exhibits=told,
        erase=lambda person_id: 0,
    )
    monkeypatch.setitem(registry._kinds, "spoken", kind)


def place(issue: Issue, activity: Activity) -> Place:
    return Place(f"agency/{issue.agency_id}", issue.agency_id, issue.id, activity.id, 2, "views")


def say(issue: Issue, activity: Activity, fact: Fact = FOLDED, n: int = 1) -> str:
    with transaction():
        return record(fact, subject=f"comment/{n}", actor=Citizen(n), place=place(issue, activity)).id


@pytest.mark.usefixtures("spoken_kind")
def test_each_and_folded(app: Flask) -> None:
    issue = make_issue()
    activity = make_activity(issue, "spoken")
    say(issue, activity, EACH)
    for n in range(3):
        say(issue, activity, FOLDED, n)
    say(issue, activity, QUIET)
    tick()
    rows = db.session.scalars(select(Exhibit).order_by(Exhibit.number)).all()
    assert [(row.number, row.form, row.count) for row in rows] in (
        [(1, "each", 1), (2, "folded", 3)],
        [(1, "folded", 3), (2, "each", 1)],
    )
    folded = next(row for row in rows if row.form == "folded")
    assert folded.text_en == f"Said in activity {activity.id}"
    assert folded.demonstrates == ["comment_set"]


@pytest.mark.usefixtures("spoken_kind")
def test_the_folded_digest_can_be_worked_out_from_the_log(app: Flask) -> None:
    issue = make_issue()
    activity = make_activity(issue, "spoken")
    for n in range(5):
        say(issue, activity, FOLDED, n)
        if n % 2:
            tick()
    tick()
    digest = bytes(32)
    for body in db.session.scalars(select(Entry.body).where(Entry.fact == FOLDED.name).order_by(Entry.idx)):
        digest = hashlib.sha256(digest + leaf_hash(body.encode())).digest()
    exhibit = db.session.scalars(select(Exhibit)).one()
    assert (exhibit.count, exhibit.digest) == (5, digest.hex())


@pytest.mark.usefixtures("spoken_kind")
def test_collectors_at_once_make_each_exhibit_once(app: Flask) -> None:
    issue = make_issue()
    activity = make_activity(issue, "spoken")
    for n in range(20):
        say(issue, activity, EACH if n % 2 else FOLDED, n)
    from_sequencer = tick  # Numbering first, without the collector's part being lost.
    from_sequencer()

    def run() -> None:
        with app.app_context():
            background.run()
            db.session.remove()

    for n in range(20, 40):
        say(issue, activity, EACH, n)
    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tick()
    assert db.session.scalar(select(func.count()).select_from(Exhibit)) == 31
    numbers = list(db.session.scalars(select(Exhibit.number).order_by(Exhibit.number)))
    assert numbers == list(range(1, 32))


def test_two_agencies_number_separately(app: Flask) -> None:
    for _ in range(2):
        issue = make_issue()
        say(issue, make_activity(issue, "comments"), EACH)
    tick()
    assert list(db.session.scalars(select(Exhibit.number))) == [1, 1]


@pytest.mark.usefixtures("spoken_kind")
def test_pages_in_both_languages_and_by_level(browser: PageBrowser) -> None:
    issue = make_issue()
    activity = make_activity(issue, "spoken")
    say(issue, activity, EACH)
    say(issue, activity)
    tick()
    thai = browser.get(f"/th/evidence/issue/{issue.id}")
    assert "ฐ-1" in thai.text
    assert "กล่าวไว้ในกิจกรรม" in thai.text
    english = browser.get(f"/en/evidence/issue/{issue.id}")
    assert "Said in activity" in english.text
    assert "Said in activity" not in browser.get(f"/en/evidence/issue/{issue.id}?level=5").text
    for exhibit_id in db.session.scalars(select(Exhibit.id)):
        for lang in ("th", "en"):
            assert browser.get(f"/{lang}/evidence/{exhibit_id}").status == 200
    assert browser.get(f"/th/evidence/agency/{issue.agency_id}").statements <= 3


@pytest.mark.usefixtures("spoken_kind")
def test_evidence_of_a_draft_is_nobodys_to_see(browser: PageBrowser) -> None:
    issue = make_issue(published=False)
    say(issue, make_activity(issue, "spoken"), EACH)
    tick()
    exhibit_id = db.session.scalar(select(Exhibit.id))
    browser.get(f"/th/evidence/{exhibit_id}", status=404)
    browser.get(f"/th/evidence/issue/{issue.id}", status=404)
    assert "ฐ-1" not in browser.get(f"/th/evidence/agency/{issue.agency_id}").text


def document_values(**other: object) -> dict[str, object]:
    """What an officer fills in; a file is (content, name)."""
    values = {
        "kind": "policy_order",
        "title_th": "คำสั่งจังหวัดที่ 12/2569",
        "title_en": "Provincial order 12/2026",
        "dated_on-day": "๓",
        "dated_on-month": "2",
        "dated_on-year": "๒๕๖๙",
        "level": "1",
        "sectors": ["people", "vulnerable"],
        "file": (b"%PDF-1.4\n%order\n%%EOF\n", "order.pdf"),
        **other,
    }
    if isinstance(values["file"], tuple):
        content, name = values["file"]
        values["file"] = (io.BytesIO(content), name)
    return values


def test_a_document_by_hand_becomes_an_exhibit(browser: PageBrowser) -> None:
    agency = make_agency()
    officer = browser.as_(make_person("officer", agency))
    path = f"/th/evidence/agency/{agency.id}/add"
    sent = officer.submit(path, document_values())
    assert officer.follow(sent).status == 200
    tick()
    page = officer.get("/th/evidence/own")
    assert "คำสั่งจังหวัดที่ 12/2569" in page.text
    assert "เจ้าหน้าที่เพิ่มเอง" in page.text
    exhibit = db.session.scalars(select(Exhibit)).one()
    assert exhibit.demonstrates == ["policy_order"]
    shown = browser.get(f"/en/evidence/{exhibit.id}").text
    assert "3 Feb 2026" in shown, "the date on the document"
    assert "People of the area, Vulnerable groups" in shown
    links = [link for link in browser.get(f"/en/evidence/{exhibit.id}").links() if "/file/" in link]
    with browser.client.get(links[0]) as answer:
        content = answer.data
    assert content == b"%PDF-1.4\n%order\n%%EOF\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_th": ""},
        {"title_th": "ก" * 201},
        {"kind": "no_such_kind"},
        {"dated_on-year": "2599"},
        {"dated_on-day": "31", "dated_on-month": "2"},
        {"level": "9"},
        {"level": ""},
        {"sectors": []},
        {"sectors": ["no_such_sector"]},
        {"file": (b"", "empty.pdf")},
        {"file": (b"<html><script>alert(1)</script>", "page.pdf")},
        {"file": (b"MZ\x90\x00", "tool.exe")},
        {"file": (b"<svg onload=alert(1)>", "image.svg")},
        {"file": None},
    ],
)
def test_a_wrong_document_is_refused_at_its_field(browser: PageBrowser, wrong: dict[str, object]) -> None:
    agency = make_agency()
    officer = browser.as_(make_person("officer", agency))
    page = officer.submit(f"/th/evidence/agency/{agency.id}/add", document_values(**wrong), status=422)
    assert page.errors()
    if "title_th" not in wrong:
        assert "คำสั่งจังหวัดที่ 12/2569" in page.html, "what was typed is kept"
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0


def test_the_same_document_sent_twice_is_kept_once(browser: PageBrowser) -> None:
    agency = make_agency()
    officer = browser.as_(make_person("officer", agency))
    path = f"/th/evidence/agency/{agency.id}/add"
    page = officer.get(path)
    first = officer.fill(page, document_values(), action=path)
    again = officer.fill(page, document_values(), action=path)
    assert first.response.headers["Location"] == again.response.headers["Location"]
    other = officer.fill(page, document_values(title_th="อีกฉบับ"), action=path, status=409)
    assert "อีกฉบับ" in other.html
    assert db.session.scalar(select(func.count()).select_from(Document)) == 1


def test_who_may_add_documents(browser: PageBrowser) -> None:
    agency, other = make_agency(), make_agency()
    path = f"/th/evidence/agency/{agency.id}/add"
    browser.get(path, status=303)
    browser.as_(make_person()).get(path, status=403)
    browser.as_(make_person("executive", agency)).get(path, status=403)
    browser.as_(make_person("officer", other)).get(path, status=404)
    browser.as_(make_person("officer", agency)).get(path)


def test_files_are_served_only_for_their_visible_exhibit(browser: PageBrowser) -> None:
    issue = make_issue(published=False)
    activity = make_activity(issue, "comments")
    with transaction():
        record(
            EACH,
            subject="paper/1",
            actor=RoleHolder("officer", 1),
            place=place(issue, activity),
            files=[FileDigest("ab" * 32, 3, "text/plain")],
        )
    tick()
    exhibit_id = db.session.scalar(select(Exhibit.id))
    browser.get(f"/th/evidence/{exhibit_id}/file/{'ab' * 32}", status=404)
    browser.get(f"/th/evidence/{exhibit_id}/file/{'cd' * 32}", status=404)


def test_every_declared_kind_of_evidence_has_a_name(app: Flask) -> None:
    known = set(evidence_kinds())
    for fact in all_facts():
        assert set(fact.demonstrates) <= known, fact.name


def test_entries_hold_no_text_a_person_typed(browser: PageBrowser) -> None:
    agency = make_agency()
    browser.as_(make_person("officer", agency)).submit(
        f"/th/evidence/agency/{agency.id}/add", document_values()
    )
    body = db.session.scalar(select(Entry.body).where(Entry.fact == "evidence.document.added")) or ""
    assert "คำสั่ง" not in body
    assert json.loads(body)["data"] == {
        "dated_on": "2026-02-03",
        "evidence_kind": "policy_order",
        "sectors": ["people", "vulnerable"],
    }


def test_a_discarded_draft_shows_nothing(browser: PageBrowser, clock: Clock) -> None:
    issue = make_issue(published=False, annulled_at=clock())
    page = browser.get(f"/en/evidence/issue/{issue.id}", status=404)
    assert issue.title_en not in page.html


@pytest.mark.usefixtures("spoken_kind")
def test_what_is_folded_is_counted_when_it_closes(browser: PageBrowser, clock: Clock) -> None:
    """A running count of ballots or answers is nobody's to see."""
    issue = make_issue()
    activity = make_activity(issue, "spoken")
    for n in range(7):
        say(issue, activity, FOLDED, n)
    tick()
    exhibit = db.session.scalars(select(Exhibit)).one()
    pages = (f"/en/evidence/issue/{issue.id}", f"/en/evidence/{exhibit.id}")
    for path in pages:
        page = browser.get(path)
        assert "7 entries" not in page.text
        assert "counted when it closes" in page.text
        assert exhibit.digest not in page.html
    clock.advance(days=11)
    for path in pages:
        assert "7 entries" in browser.get(path).text


@pytest.mark.usefixtures("spoken_kind")
def test_exhibits_are_looked_up_by_criterion_sector_and_period(browser: PageBrowser, clock: Clock) -> None:
    """Each choice keeps what it should, all of them together too, in one statement more or less than none."""
    agency = make_agency()
    people = make_issue(agency, groups=[{"sector": "people", "th": "ชาวบ้าน", "en": None}])
    traders = make_issue(agency, groups=[{"sector": "private", "th": "ผู้ค้า", "en": None}])
    say(people, make_activity(people, "spoken", level=2), EACH)
    tick()
    clock.advance(days=200)
    say(traders, make_activity(traders, "spoken", level=2), EACH)
    tick()
    before, after = db.session.scalars(select(Exhibit.id).order_by(Exhibit.number)).all()
    path = f"/en/evidence/agency/{people.agency_id}"
    asking = [code for code, one in criteria().items() if any("notice" in asked.kinds for asked in one.asked)]
    silent = [code for code in criteria() if code not in asking]
    assert asking
    assert silent
    plain = browser.get(path)
    for chosen, expected in (
        ({}, {before, after}),
        ({"sector": "people"}, {before}),
        ({"sector": "private"}, {after}),
        ({"sector": "media"}, set()),
        ({"year": 2569}, {before}),
        ({"year": 2570}, {after}),
        ({"criterion": asking[0]}, {before, after}),
        ({"criterion": silent[0]}, set()),
        ({"criterion": asking[0], "sector": "private", "year": 2570, "level": 2}, {after}),
        ({"criterion": "x", "sector": "x", "year": 1, "level": 99, "stage": "x"}, {before, after}),
    ):
        page = browser.get(f"{path}?{urlencode(chosen)}")
        shown = {
            int(found[1]) for link in page.links() if (found := re.fullmatch(r"/en/evidence/(\d+)", link))
        }
        assert shown == expected, chosen
        assert page.statements == plain.statements
        if not expected:
            assert "No evidence fits what you chose." in page.text
            assert path in page.links()
    page = browser.get(f"{path}?sector=private&year=2570")
    assert any(
        "level=2" in link and "sector=private" in link and "year=2570" in link for link in page.links()
    )


@pytest.mark.parametrize("after", ["99999999999999999999", "-1", "x"])
def test_a_senseless_page_mark_does_no_harm(browser: PageBrowser, after: str) -> None:
    agency = make_agency()
    browser.get(f"/en/evidence/agency/{agency.id}?after={after}")


def test_one_agency_whose_log_cannot_be_read_stops_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        issue = make_issue()
        say(issue, make_activity(issue, "comments"), EACH)
    Sequencer.for_settings(current_settings()).run()
    first, second = sorted(db.session.scalars(select(Head.log)))
    db.session.rollback()
    batch = background._batch

    def failing(log: str) -> int:
        if log == first:
            raise RuntimeError("this log cannot be read")
        return batch(log)

    with monkeypatch.context() as patch:
        patch.setattr(background, "_batch", failing)
        with pytest.raises(RuntimeError, match="cannot be read"):
            background.run()
    assert [f"agency/{n}" for n in db.session.scalars(select(Exhibit.agency_id))] == [second]
    db.session.rollback()
    assert background.run() == 1


def test_a_file_is_stored_before_the_writing_begins(
    browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing and flushing 10 MB would hold SQLite's one writer's lock meanwhile."""
    agency = make_agency()
    officer = browser.as_(make_person("officer", agency))
    steps: list[str] = []
    monkeypatch.setattr(pages, "store", lambda *given: steps.append("store") or files.store(*given))
    monkeypatch.setattr(once, "begin_write", lambda: steps.append("lock") or begin_write())
    officer.submit(f"/th/evidence/agency/{agency.id}/add", document_values())
    assert steps == ["store", "lock"]


def test_an_officer_of_two_agencies_reaches_both(browser: PageBrowser) -> None:
    one, two, foreign = make_agency(), make_agency(), make_agency()
    person = make_person("officer", one)
    give_role(person, "officer", two)
    officer = browser.as_(person)
    page = officer.get("/en/evidence/own")
    for agency in (one, two):
        path = f"/en/evidence/own?agency={agency.id}"
        assert path in page.links()
        store = officer.get(path)
        assert f"/en/evidence/agency/{agency.id}/add" in store.links()
        assert f"/en/evidence/own?level=2&agency={agency.id}" in [
            link.replace("&amp;", "&") for link in store.links()
        ]
    officer.get(f"/en/evidence/own?agency={foreign.id}", status=404)
