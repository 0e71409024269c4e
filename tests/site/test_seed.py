"""The demo content as the rooms' verbs wrote it: whole, provable, and nothing invented said of anybody real."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.activities.comments.models import Comment, Theme
from app.activities.forums.models import Minutes as ForumMinutes
from app.activities.forums.models import Registration, Session
from app.activities.panels.models import Decision, Meeting, Member, Minutes
from app.activities.publications.models import File, Version
from app.activities.surveys.models import Answer, Option
from app.activities.surveys.models import Response as SurveyResponse
from app.activities.votes.models import Ballot, Mark, Poll, Result
from app.activities.votes.models import Option as Choice
from app.agencies.models import Agency
from app.assessment.models import Assessment, LinkedExhibit
from app.awards.models import Assignment, Review
from app.awards.service import outcome_of, waiting_for
from app.config import Settings
from app.core import clock as app_clock
from app.core.clock import now
from app.core.db import db
from app.core.mail import OutgoingMail
from app.evidence.models import Exhibit
from app.identity.models import Person, RoleGrant
from app.issues.models import Activity, Commitment, Issue, Response
from app.issues.windows import activity_state
from app.ledger.audit import verify_everything
from app.ledger.models import Entry
from app.site.demo.archive import FILE
from app.site.demo.content import read
from app.site.demo.seed import seed
from tests.conftest import START, empty_tables
from tests.support.browser import FreshClient, Page, PageBrowser
from tests.support.clock import Clock

pytestmark = pytest.mark.xdist_group("seed")

KEYS = (
    *("citizen", "citizen2", "citizen3", "officer", "executive", "moderator", "officer_other_agency"),
    *("evaluator", "evaluator2", "committee", "admin"),
)
LANGS = ("th", "en")


@pytest.fixture(scope="module")
def seeded(built_app: Flask) -> Iterator[Flask]:
    """The application with the demo content, written once for the module."""
    app_clock.use(Clock(START))
    with built_app.app_context():
        assert seed()
        yield built_app
        db.session.remove()
        # Signing in happens in the demonstration's own application, whose engine nobody watches.
        built_app.extensions["touched_tables"].add("identity_sessions")
        empty_tables(built_app.extensions["touched_tables"])
    app_clock.use(None)


@pytest.fixture(scope="module")
def demo_app(seeded: Flask, settings: Settings) -> Iterator[Flask]:
    """The same database, seen by an application whose settings say that this is the demonstration."""
    app = create_app(replace(settings, env="demo"))
    app.test_client_class = FreshClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def rows(seeded: Flask) -> Iterator[Any]:
    """Counts the rows of a table that meet the conditions."""

    def count(model: type[Any], *where: Any) -> int:
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    yield count
    db.session.rollback()


def invented(key: str) -> Issue:
    title = read(f"{key}.issue.json")["title"]["th"]
    return db.session.execute(select(Issue).where(Issue.title_th == title)).scalar_one()


def test_it_is_written_once(rows: Any) -> None:
    before = rows(Entry)
    assert seed() is False
    assert rows(Entry) == before


def test_every_log_is_sound_and_nothing_waits(seeded: Flask) -> None:
    report = verify_everything(seeded.config["SETTINGS"])
    assert report.sound, list(report.lines())
    assert all(log.waiting == 0 and log.numbered for log in report.logs)


def test_each_log_tells_the_past_in_its_order(seeded: Flask) -> None:
    entries = db.session.execute(select(Entry.log, Entry.at).order_by(Entry.log, Entry.idx)).all()
    for (log, at), (next_log, next_at) in pairwise(entries):
        assert log != next_log or at[:10] <= next_at[:10]
    assert max(at for _log, at in entries) <= now().strftime("%Y-%m-%dT%H:%M:%SZ")


def test_four_issues_are_published_and_open_to_people(seeded: Flask) -> None:
    issues = db.session.scalars(select(Issue).where(Issue.source.is_(None))).all()
    assert {issue.level for issue in issues} == {2, 3, 5}
    assert len(issues) == 4
    states = Counter(
        activity_state(activity, issue, now())
        for issue in issues
        for activity in db.session.scalars(select(Activity).where(Activity.issue_id == issue.id))
    )
    # Open: the information of three issues, which has no end; comments, a survey, a forum and a vote.
    assert states == {"open": 7, "upcoming": 1, "closed": 6}


def test_people_spoke_and_were_answered(rows: Any) -> None:
    assert rows(Comment) == 25
    assert rows(Comment, Comment.parent_id.is_not(None)) == 1
    assert rows(Comment, Comment.about.like("publication/%@1")) == 1
    assert rows(Comment, Comment.question_id.is_not(None)) == 4
    assert rows(Comment, Comment.supports > 0) == 3
    assert rows(Theme) == rows(Theme, Theme.verdict.is_not(None)) == 8
    assert rows(Theme, Theme.outcome.like("publication/%@2")) == 5
    assert rows(Comment, Comment.theme_id.is_not(None)) == 17
    assert rows(Comment, Comment.verdict.is_not(None)) == 20
    assert rows(Comment, Comment.hidden_at.is_not(None)) == 1
    assert rows(Comment, Comment.lang == "en") == 2
    assert rows(SurveyResponse) == 48 + 21
    assert rows(Version) == 5 + 1 + 1
    assert rows(File) == 2
    response = db.session.get_one(Response, invented("flood-wall").id)
    assert response.published_at is not None


def test_panels_met_and_decided(rows: Any) -> None:
    assert rows(Member) == 12 + 8
    assert rows(Meeting) == 6
    assert rows(Minutes, Minutes.adopted_at.is_not(None)) == 5
    assert rows(Decision) == 7 + 5
    assert rows(Decision, Decision.source_id.is_not(None)) == 3


def test_forums_were_held_and_one_is_to_come(rows: Any) -> None:
    assert rows(Session) == 2 + 1
    assert rows(Registration, Registration.arrived_at.is_not(None)) == 19 + 25 + 9
    assert rows(Registration, Registration.state == "waiting") == 1 + 1
    assert rows(ForumMinutes, ForumMinutes.published_at.is_not(None)) == 2
    assert rows(Session, Session.sequence > 0) == 1


def test_as_many_ballots_as_people_who_voted(rows: Any) -> None:
    polls = db.session.scalars(select(Poll.activity_id)).all()
    assert len(polls) == 2
    for poll_id, ballots in zip(sorted(polls), (41, 26), strict=True):
        assert rows(Ballot, Ballot.poll_id == poll_id) == rows(Mark, Mark.poll_id == poll_id) == ballots
    assert all(poll.roll_size == 60 and poll.announced_at for poll in db.session.scalars(select(Poll)))


def test_the_result_is_the_one_of_the_content(seeded: Flask) -> None:
    result, told = db.session.execute(select(Result)).scalar_one(), read("flood-wall.vote.json")["result"]
    assert (result.roll, result.ballots, result.abstained) == (60, told["voted"], told["abstained"])
    assert result.outcome == "decided"
    assert dict(map(tuple, result.counts))[result.winner_id] == told["winner_votes"]


def test_five_promises_two_of_them_kept(rows: Any) -> None:
    assert rows(Commitment) == 5
    assert rows(Commitment, Commitment.done_at.is_not(None)) == 2


def test_there_is_evidence_of_every_level(rows: Any) -> None:
    flood_wall = invented("flood-wall")
    for level in (1, 2, 3, 4, 5):
        assert rows(Exhibit, Exhibit.issue_id == flood_wall.id, Exhibit.level == level) > 0
    assert rows(Exhibit, Exhibit.document_id.is_not(None)) == 13


def test_each_item_assessed_rests_on_evidence(seeded: Flask) -> None:
    assessment = db.session.execute(select(Assessment)).scalar_one()
    assert assessment.submitted_at is not None
    linked = set(db.session.scalars(select(LinkedExhibit.item)))
    assert linked == {item["item"] for item in read("flood-wall.self-assessment.json")["items"]}


def test_both_evaluators_have_scored_and_the_committee_may_release(rows: Any) -> None:
    review = db.session.execute(select(Review)).scalar_one()
    assert review.released_at is None
    assert waiting_for(review.id) == 0
    assert rows(Assignment, Assignment.submitted_at.is_not(None)) == 2
    outcome = outcome_of(review)
    assert [sheet.total for sheet in outcome.sheets] == [Fraction("72.2"), Fraction(70)]
    assert outcome.total == Fraction("71.1")
    assert outcome.band is not None
    assert outcome.band.code == "good"


def test_every_demo_person_is_there_and_signs_in(demo_app: Flask) -> None:
    people = demo_app.test_client().get("/demo/people.json").json
    assert [person["key"] for person in people] == list(KEYS)
    for key in KEYS:
        visitor = PageBrowser(demo_app)
        visitor.follow(visitor.post("/demo/sign-in", {"person": key, "lang": "en"}))
        assert visitor.get("/th/identity/account")


def test_nobody_invented_has_a_password(rows: Any) -> None:
    assert rows(Person) == 11 + 57 + 1
    assert rows(Person, Person.password_hash != "") == 0
    assert rows(Person, ~Person.email.endswith("@demo.invalid")) == 0


def test_mail_of_the_past_was_sent_in_the_past(seeded: Flask) -> None:
    mails = db.session.scalars(select(OutgoingMail)).all()
    waiting = [mail for mail in mails if mail.sent_at is None]
    assert len(waiting) == 3
    assert all((now() - mail.created_at).days <= 7 for mail in waiting)
    assert all(not mail.body for mail in mails if mail.sent_at)


def test_what_is_invented_says_so_and_what_is_real_is_left_alone(rows: Any) -> None:
    invented_agencies = set(db.session.scalars(select(Agency.id).where(Agency.demo)))
    assert len(invented_agencies) == 2
    for issue in db.session.scalars(select(Issue)):
        assert issue.invented == (issue.agency_id in invented_agencies) == (issue.source is None)
    for real in db.session.scalars(select(Agency).where(~Agency.demo)):
        assert (real.kind, real.name_en, real.contact_th, real.area_code) == ("other", None, "", None)
    granted = set(db.session.scalars(select(RoleGrant.agency_id).where(RoleGrant.agency_id.is_not(None))))
    assert granted <= invented_agencies
    assert rows(Exhibit, Exhibit.agency_id.not_in(invented_agencies)) == 0


def test_the_archive_is_as_published(seeded: Flask) -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        published = {row["source_id"]: row for row in csv.DictReader(file)}
    names = {agency.id: agency.name_th for agency in db.session.scalars(select(Agency))}
    imported = db.session.scalars(select(Issue).where(Issue.source == "law.go.th")).all()
    assert {issue.source_ref for issue in imported} == set(published)
    assert len(imported) == 38
    for issue in imported:
        row = published[issue.source_ref or ""]
        assert (issue.title_th, names[issue.agency_id]) == (row["title"], row["agency"])
        assert issue.source_replies == int(row["answer_count"])
        assert (issue.level, issue.promise_th, issue.title_en, issue.summary_th) == (None, None, None, "")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", ["flood-wall", "canal-gate", "flood-plan", "park"])
def test_the_issue_pages_open(seeded: Flask, lang: str, key: str) -> None:
    issue = invented(key)
    page = PageBrowser(seeded).get(f"/{lang}/issues/{issue.id}")
    assert (issue.title_th if lang == "th" else issue.title_en) in page.text
    assert "สาธิต" in page.text if lang == "th" else "demo" in page.text


@pytest.mark.parametrize("lang", LANGS)
def test_an_archived_consultation_names_its_source(seeded: Flask, lang: str) -> None:
    issue = db.session.scalars(select(Issue).where(Issue.source_replies > 0)).first()
    assert issue is not None
    page = PageBrowser(seeded).get(f"/{lang}/issues/{issue.id}")
    assert "law.go.th" in page.html
    assert f"{issue.source_replies:,}" in page.text


def _in_rows(page: Page) -> list[str]:
    """The rows of a page's tables, without what lies between their cells."""
    return ["".join(row.text.split()) for row in page.all("tr")]


def _line(*cells: Any) -> str:
    return "".join("".join(str(cell).split()) for cell in cells)


def _of(lang: str, row: Any, name: str) -> str:
    """A text of a row in the page's language, the Thai one where there is no other."""
    return str((lang == "en" and getattr(row, f"{name}_en")) or getattr(row, f"{name}_th"))


@pytest.mark.parametrize("lang", LANGS)
def test_the_hearing_report_of_a_closed_hearing_is_whole(seeded: Flask, lang: str) -> None:
    """Held to rows counted here: themes, answers, sessions, decisions, votes, and who took part in each activity."""
    issue = invented("flood-wall")
    page = PageBrowser(seeded).get(f"/{lang}/issues/{issue.id}/report")
    rows = _in_rows(page)
    activities = {
        row.id: row for row in db.session.scalars(select(Activity).where(Activity.issue_id == issue.id))
    }

    def few(model: type[Any], *where: Any) -> Any:
        mine = model.activity_id.in_(activities)
        return db.session.scalars(select(model).where(mine, *where).order_by(model.id)).all()

    took_part = Counter(
        row.activity_id for row in few(Comment, Comment.withdrawn_at.is_(None)) if row.state == "shown"
    )
    took_part += Counter(row.activity_id for row in few(SurveyResponse))
    took_part += Counter(row.activity_id for row in few(Member, Member.left_at.is_(None)))
    sessions = few(Session)
    for session in sessions:
        came = (Registration.session_id == session.id, Registration.arrived_at.is_not(None))
        people = db.session.scalar(select(func.count()).select_from(Registration).where(*came)) or 0
        took_part[session.activity_id] += people
        assert any(row.startswith(_line(_of(lang, session, "title"))) and str(people) in row for row in rows)
    took_part += Counter(db.session.scalars(select(Mark.poll_id).where(Mark.poll_id.in_(activities))))
    assert len(took_part) == 6
    for ident, people in took_part.items():
        title = _line(_of(lang, activities[ident], "title"))
        assert any(row.startswith(title) and row.endswith(str(people)) for row in rows), title
    assert str(took_part.total()) in page.text

    themes = few(Theme, Theme.removed_at.is_(None))
    for theme in themes:
        start = _line(_of(lang, theme, "title"), theme.comments)
        assert any(row.startswith(start) and _line(_of(lang, theme, "reason")) in row for row in rows), start
    for decision in few(Decision):
        assert any(row.startswith(_line(_of(lang, decision, "text"))) for row in rows)
    assert len(themes) > 5
    assert len(sessions) == 2

    chosen = Counter(answer.option_id for answer in few(Answer, Answer.kind.in_(("single", "multiple"))))
    options = db.session.scalars(
        select(Option).where(Option.id.in_(ident for ident in chosen if ident))
    ).all()
    assert len(options) > 10
    for option in options:
        people = chosen[option.id]
        assert any(row.startswith(_line(_of(lang, option, "name"), people)) for row in rows), (
            option.name_en,
            people,
        )

    cast = Counter(
        db.session.scalars(
            select(Ballot.option_id).where(Ballot.poll_id.in_(activities), Ballot.option_id.is_not(None))
        )
    )
    for option in db.session.scalars(select(Choice).where(Choice.poll_id.in_(activities))):
        assert _line(_of(lang, option, "name"), cast[option.id]) in rows

    answer = db.session.execute(select(Response).where(Response.issue_id == issue.id)).scalar_one()
    for part in ("heard", "decided", "will_do"):
        assert _line(_of(lang, answer, part)) in _line(page.text)
    for commitment in db.session.scalars(select(Commitment).where(Commitment.issue_id == issue.id)):
        assert any(row.startswith(_line(_of(lang, commitment, "text"))) for row in rows)


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_names_the_one_gap_to_its_officers(seeded: Flask, lang: str) -> None:
    """What clauses 7, 9, 11 and 12 ask for is there, but for what did not happen."""
    issue = invented("flood-wall")
    officers = select(RoleGrant.person_id).where(
        RoleGrant.agency_id == issue.agency_id, RoleGrant.role == "officer"
    )
    officer = db.session.get_one(Person, db.session.scalars(officers).first())
    page = PageBrowser(seeded).as_(officer).get(f"/{lang}/issues/{issue.id}/report")
    missing = page.html[page.html.index('aria-labelledby="r-missing"') :]
    assert missing[: missing.index("</section>")].count("<li>") == 1, (
        "the one sector that was truly never reached"
    )
    assert ("never reached: Media" if lang == "en" else "สื่อมวลชน") in page.text
    assert ("not stated by the agency" if lang == "en" else "หน่วยงานไม่ได้ระบุ") not in page.text
