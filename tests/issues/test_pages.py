"""The public pages: lists, an issue, results, timeline; in both languages and with few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.identity.viewer import ANONYMOUS
from app.issues import archive, responses, schedule, service
from app.issues.models import Commitment, Issue
from app.issues.queries import visible_activity
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from tests.issues.conftest import Office, dated
from tests.issues.fake_kind import CODE
from tests.issues.test_service import ANSWER, answer, plan
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity, make_agency, make_issue

Make = Callable[..., Issue]
LANGS = ("th", "en")


def at(issue: Issue, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/issues/{issue.id}{rest}"


# ---------------------------------------------------------------- an issue


@pytest.mark.parametrize("lang", LANGS)
def test_an_issue_shows_its_promise_and_what_to_do(browser: PageBrowser, published: Make, lang: str) -> None:
    issue = published()
    page = browser.get(at(issue, lang=lang))
    assert page.h1 == {"th": "กำแพงกันน้ำควรสร้างแบบไหน", "en": "Which flood wall?"}[lang]
    assert issue.number in page.text
    assert issue.promise_th in page.text or issue.promise_en in page.text
    activity_id = issue_activity(issue)
    assert f"/act/{activity_id}" in page.links()
    assert page.all("section", id=f"activity-{activity_id}")
    assert f"fake {activity_id} of {issue.number}" in page.text
    assert "7 of them" in page.text
    assert f"/{lang}/issues/{issue.id}/timeline" in page.links()


def issue_activity(issue: Issue) -> int:
    return min(row.id for row in db.session.query(schedule.Activity).filter_by(issue_id=issue.id))


def test_a_reader_is_told_how_it_stands(browser: PageBrowser, published: Make, clock: Clock) -> None:
    issue = published()
    assert "10 days left" in browser.get(at(issue)).text
    clock.advance(days=11)
    assert "Waiting for the agency's answer" in browser.get(at(issue)).text
    answer(issue, plan(20))
    page = browser.get(at(issue))
    assert "The agency has answered" in page.text
    assert "เพิ่มช่องเปิด" in page.text
    assert "Change the design" in page.text
    assert "Under way" in page.text
    clock.advance(days=30)
    assert "Overdue" in browser.get(at(issue)).text
    with transaction():
        commitment = db.session.query(Commitment).one()
        responses.mark_commitment_done(commitment_id=commitment.id, actor=SYSTEM)
    page = browser.get(at(issue))
    assert "Overdue" not in page.text


def test_a_late_answer_is_said_to_be_late(browser: PageBrowser, published: Make, clock: Clock) -> None:
    issue = published()
    clock.advance(days=41)
    assert "late" in browser.get(at(issue)).text


def test_an_annulled_issue_says_why(browser: PageBrowser, published: Make) -> None:
    issue = published()
    with transaction():
        service.annul_issue(issue_id=issue.id, reason="emergency", actor=SYSTEM)
    page = browser.get(at(issue))
    assert "An emergency made it impossible" in page.text
    assert not [link for link in page.links() if link.startswith("/act/")]


def test_a_cancelled_activity_is_shown_only_if_it_was_announced(
    browser: PageBrowser, draft: Make, clock: Clock
) -> None:
    issue = draft()
    with transaction():
        never = schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(opens_in=3), actor=SYSTEM)
        schedule.remove_activity(activity_id=never.id, actor=SYSTEM)
        told = schedule.add_activity(issue_id=issue.id, kind=CODE, content=dated(opens_in=3), actor=SYSTEM)
        service.publish_issue(issue_id=issue.id, actor=SYSTEM)
    clock.advance(minutes=1)
    with transaction():
        schedule.remove_activity(activity_id=told.id, actor=SYSTEM)
    page = browser.get(at(issue))
    assert page.all("section", id=f"activity-{told.id}")
    assert not page.all("section", id=f"activity-{never.id}")
    assert "Cancelled" in page.text


def test_thai_only_content_is_marked_on_an_english_page(browser: PageBrowser, published: Make) -> None:
    issue = published(title_en=None, summary_en=None)
    page = browser.get(at(issue))
    h1 = next(e for e in page.elements if e.tag == "h1")
    assert "กำแพง" in h1.text
    assert any(e.attrs.get("lang") == "th" and "กำแพง" in e.text for e in page.elements if e.tag == "span")
    assert "(Thai only)" in page.text


def test_script_in_any_text_is_shown_and_not_run(browser: PageBrowser, published: Make) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    issue = published(
        title_th=evil,
        title_en=evil,
        summary_th=evil,
        summary_en=evil,
        groups=[{"sector": "people", "th": evil, "en": evil}],
    )
    for path in (at(issue), "/en/issues/", at(issue, "/timeline"), "/th/"):
        page = browser.get(path)
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
    assert evil in browser.get(at(issue)).h1


def test_a_draft_exists_only_for_its_own_agency(browser: PageBrowser, draft: Make, office: Office) -> None:
    issue = draft()
    for rest in ("", "/timeline"):
        browser.get(at(issue, rest), status=404)
        browser.as_(office.citizen).get(at(issue, rest), status=404)
        browser.as_(office.stranger).get(at(issue, rest), status=404)
        assert browser.as_(office.officer).get(at(issue, rest)).status == 200


@pytest.mark.parametrize("number", ["0", "99999", "9" * 30, "x", "-1"])
def test_an_unknown_issue_is_not_found(browser: PageBrowser, office: Office, number: str) -> None:
    for rest in ("", "/timeline"):
        browser.get(f"/en/issues/{number}{rest}", status=404)


def test_a_public_page_sets_no_cookie_and_names_nobody(
    browser: PageBrowser, published: Make, office: Office
) -> None:
    issue = published()
    for path in (at(issue), at(issue, "/timeline"), "/en/issues/", "/en/issues/results"):
        page = browser.get(path)
        assert "Set-Cookie" not in page.response.headers
        assert office.officer.name not in page.html


# ---------------------------------------------------------------- the archive

ARCHIVED = archive.ArchiveRow("280", 0, "ร่างพระราชบัญญัติ", date(2020, 12, 27), date(2021, 1, 26), 0)


def import_one(**values: Any) -> Issue:
    agency = make_agency()
    row = archive.ArchiveRow(**{**ARCHIVED.__dict__, "agency_id": agency.id, **values})
    with transaction():
        return archive.import_archive(source="law.go.th", rows=[row], sha256="0" * 64, actor=SYSTEM)[0]


@pytest.mark.parametrize("lang", LANGS)
def test_an_imported_issue_shows_what_its_source_published_and_no_more(
    browser: PageBrowser, office: Office, lang: str
) -> None:
    issue = import_one(replies=12)
    page = browser.get(at(issue, lang=lang))
    said = {"en": "No promise was recorded", "th": "ไม่มีบันทึกคำมั่น"}[lang]
    assert said in page.text
    assert "law.go.th" in page.text
    assert "280" in page.text
    assert "12" in page.text
    assert not page.all("blockquote", class_="promise")
    assert said in browser.get(f"/{lang}/issues/?archive=only").text


def test_an_import_is_recorded_once_and_adds_nothing_twice(office: Office) -> None:
    agency = make_agency()
    rows = [
        archive.ArchiveRow(str(n), agency.id, "ก", date(2021, 1, 1), date(2021, 1, 15), n) for n in range(3)
    ]
    counts = []
    for _round in range(2):
        with transaction():
            done = archive.import_archive(source="law.go.th", rows=rows, sha256="0" * 64, actor=SYSTEM)
            counts.append(len(done))
    assert counts == [3, 0]


def test_an_imported_issue_cannot_be_worked_on(browser: PageBrowser, office: Office) -> None:
    issue = import_one(agency_id=office.agency.id)
    for rest in ("/prepare", "/edit/texts", "/response"):
        browser.as_(office.officer).get(at(issue, rest), status=404)
    browser.as_(office.executive).get(at(issue, "/close"), status=404)


# ---------------------------------------------------------------- lists


def test_the_list_shows_published_issues_only(browser: PageBrowser, published: Make, draft: Make) -> None:
    shown, hidden = published(title_en="Shown"), draft(title_en="Hidden")
    page = browser.get("/en/issues/")
    assert f"/en/issues/{shown.id}" in page.links()
    assert f"/en/issues/{hidden.id}" not in page.links()


def listed(page: Any) -> list[int]:
    heads = [e.attrs["href"] for e in page.all("a") if e.attrs.get("href", "").startswith("/en/issues/")]
    found = [int(href.rsplit("/", 1)[1]) for href in heads if href.rsplit("/", 1)[1].isdigit()]
    return list(dict.fromkeys(found))


def test_the_list_is_filtered(browser: PageBrowser, office: Office) -> None:
    here = make_agency()
    there = make_agency(area_code="10")
    day = timedelta(days=1)
    rows = {
        "open": make_issue(here, level=2, opens_at=now() - day, closes_at=now() + day),
        "upcoming": make_issue(here, level=3, opens_at=now() + day, closes_at=now() + 2 * day),
        "over": make_issue(there, level=5, opens_at=now() - 2 * day, closes_at=now(), province_code="10"),
        "closed": make_issue(there, level=5, closed_at=now(), province_code="10"),
        "archived": import_one(),
    }
    ids = {name: row.id for name, row in rows.items()}
    expected = {
        "state=open": ["open"],
        "state=upcoming": ["upcoming"],
        "state=closed": ["over", "closed", "archived"],
        "level=5": ["over", "closed"],
        "province=10": ["over", "closed"],
        f"agency={here.id}": ["open", "upcoming"],
        "archive=only": ["archived"],
        "archive=without": ["open", "upcoming", "over", "closed"],
        "state=closed&archive=without&level=5": ["over", "closed"],
        "": list(ids),
    }
    for query, names in expected.items():
        assert set(listed(browser.get(f"/en/issues/?{query}"))) == {ids[n] for n in names}, query


@pytest.mark.parametrize(
    "query",
    [
        "province=99",
        "level=9",
        "level=x",
        "state=hot",
        "agency=99999999999999999999",
        "agency=-1",
        "archive=%00",
        "after=x",
        "after=99999999999999999-999999999999999999",
        "after=0-0",
        "_external=1&_scheme=x&lang=th&_anchor=y",
        "province=15&province=10",
    ],
)
def test_a_senseless_filter_does_no_harm(browser: PageBrowser, published: Make, query: str) -> None:
    published()
    browser.get(f"/en/issues/?{query}")
    browser.get(f"/en/issues/results?{query}")
    browser.get(f"/th/?{query}")


def test_pages_of_the_list_show_every_issue_once(browser: PageBrowser, office: Office) -> None:
    agency = make_agency()
    same_moment = now() - timedelta(hours=1)
    made = [make_issue(agency, published_at=same_moment).id for _n in range(45)]
    seen: list[int] = []
    path: str | None = "/en/issues/?level=5"
    while path:
        page = browser.get(path)
        seen += listed(page)
        following = [e for e in page.all("a") if e.attrs.get("rel") == "next"]
        path = following[0].attrs["href"] if following else None
        assert path is None or "level=5" in path
    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize("person", [None, "citizen", "officer"])
def test_the_list_costs_the_same_with_500_issues(
    browser: PageBrowser, office: Office, person: str | None
) -> None:
    reader = browser.as_(getattr(office, person)) if person else browser
    agency = make_agency()
    make_many(agency.id, 20)
    few = {path: reader.get(path).statements for path in ("/en/issues/", "/en/issues/?state=open", "/en/")}
    make_many(agency.id, 480)
    many = {path: reader.get(path).statements for path in few}
    assert few == many
    assert max(many.values()) <= 6


def make_many(agency_id: int, count: int) -> None:
    """Many rows at once; a builder that commits each would take a minute."""
    with transaction():
        rows = [
            {
                "agency_id": agency_id,
                "number": f"m-{now().timestamp()}-{count}-{n}",
                "title_th": "เรื่อง",
                "summary_th": "สรุป",
                "groups": [],
                "legal_basis": "agency_own",
                "level": 2,
                "promise_th": "ฟัง",
                "created_at": now(),
                "published_at": now() - timedelta(minutes=n),
                "opens_at": now() - timedelta(days=1),
                "closes_at": now() + timedelta(days=9),
                "invented": False,
            }
            for n in range(count)
        ]
        db.session.execute(Issue.__table__.insert(), rows)
        note_recorded(db.session.connection(), "issues")


# ---------------------------------------------------------------- what an issue page costs


@pytest.mark.parametrize("person", [None, "citizen", "officer"])
def test_an_issue_page_costs_the_same_with_ten_activities(
    browser: PageBrowser, published: Make, office: Office, person: str | None
) -> None:
    issue = published(level=5)
    reader = browser.as_(getattr(office, person)) if person else browser
    one = reader.get(at(issue)).statements
    for _n in range(9):
        make_activity(issue, CODE, level=2)
    ten = reader.get(at(issue)).statements
    assert one == ten
    session = 0 if person is None else 1
    assert ten == session + 3, "the issue with its activities, the answer, one for the kind"


# ---------------------------------------------------------------- results and timeline


@pytest.mark.parametrize("lang", LANGS)
def test_results_show_what_was_said_and_done(browser: PageBrowser, published: Make, lang: str) -> None:
    empty = browser.get(f"/{lang}/issues/results")
    assert not empty.all("article")
    issue = published()
    answer(issue, plan(10), plan(20))
    page = browser.get(f"/{lang}/issues/results")
    assert len(page.all("article", class_="ysd")) == 1
    assert ANSWER["heard_th"] in page.text
    assert ANSWER["decided_th"] in page.text
    assert "0" in page.text


def test_results_go_from_page_to_page(browser: PageBrowser, published: Make, clock: Clock) -> None:
    made = []
    for _n in range(22):
        issue = published()
        answer(issue)
        made.append(issue.id)
        clock.advance(minutes=1)
    first = browser.get("/en/issues/results")
    following = next(e.attrs["href"] for e in first.all("a") if e.attrs.get("rel") == "next")
    seen = listed_answers(first) + listed_answers(browser.get(following))
    assert seen == made[::-1]


def listed_answers(page: Any) -> list[int]:
    hrefs = [href for href in page.links() if href.endswith("#answer")]
    return [int(href.split("/")[-1].split("#")[0]) for href in hrefs]


@pytest.mark.parametrize("lang", LANGS)
def test_the_timeline_tells_entries_in_words(browser: PageBrowser, published: Make, lang: str) -> None:
    issue = published()
    answer(issue, plan(9))
    page = browser.get(at(issue, "/timeline", lang))
    said = {"en": "The issue was published with its promise", "th": "เผยแพร่เรื่องพร้อมคำมั่น"}[lang]
    assert said in page.text
    assert len(page.all("code", class_="digest")) == 4
    assert page.statements == 2


def test_the_timeline_goes_from_page_to_page(browser: PageBrowser, published: Make) -> None:
    issue = published()
    for n in range(60):
        with transaction():
            service.revise_issue(issue_id=issue.id, content={"title_th": f"ก{n}"}, actor=SYSTEM)
    first = browser.get(at(issue, "/timeline"))
    following = next(e.attrs["href"] for e in first.all("a") if e.attrs.get("rel") == "next")
    ids = [e.text for page in (first, browser.get(following)) for e in page.all("code", class_="digest")]
    assert len(ids) == len(set(ids)) == 62, "all have the same second, none is skipped or repeated"


@pytest.mark.parametrize("before", ["x", "_", "2026-04-18T03:00:00Z_", "%00_%00", "_" + "0" * 32])
def test_a_senseless_place_in_the_timeline_does_no_harm(
    browser: PageBrowser, published: Make, before: str
) -> None:
    browser.get(at(published(), f"/timeline?before={before}"))


def test_windows_are_shown_as_days_in_bangkok(browser: PageBrowser, office: Office) -> None:
    issue = make_issue(office.agency)
    make_activity(
        issue,
        CODE,
        opens_at=datetime(2026, 4, 9, 17, 0, tzinfo=UTC),
        closes_at=datetime(2026, 4, 30, 17, 0, tzinfo=UTC),
    )
    assert "10–30 เม.ย. 2569" in browser.get(at(issue, lang="th")).text
    assert "until 30 Apr 2026" in browser.get(at(issue)).text


def test_a_discarded_draft_and_a_removed_activity_stay_unseen(
    browser: PageBrowser, draft: Make, office: Office, clock: Clock
) -> None:
    """Both are annulled, like what was ended in public, yet nobody outside ever knew of them."""
    discarded, living = draft(), draft()
    hidden = [issue_activity(discarded)]
    with transaction():
        removed = schedule.add_activity(issue_id=living.id, kind=CODE, content=dated(), actor=SYSTEM)
        schedule.remove_activity(activity_id=removed.id, actor=SYSTEM)
        service.annul_issue(issue_id=discarded.id, reason="mistake", actor=SYSTEM)
        service.publish_issue(issue_id=living.id, actor=SYSTEM)
    hidden.append(removed.id)
    clock.advance(minutes=1)
    browser.get(at(discarded), status=404)
    browser.get(at(discarded, "/timeline"), status=404)
    for activity_id in hidden:
        with pytest.raises(NotFound):
            visible_activity(activity_id, CODE, ANONYMOUS)
    assert visible_activity(issue_activity(living), CODE, ANONYMOUS)[0].state == "open"
