"""From a self-assessment to a released result: frozen, blind, exact."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.agencies.models import Agency
from app.assessment.models import Assessment, SelfScore
from app.assessment.rubric import DEFAULT, rubric
from app.awards.models import Assignment, Review, Score
from app.core.db import db
from app.evidence.models import Exhibit
from app.identity.models import Person
from app.ledger.models import Entry, Opening
from app.work import tick
from tests.evidence.test_exhibits import document_values
from tests.support.browser import PageBrowser
from tests.support.make import give_role, make_agency, make_person

CODES = [item.code for item in rubric(*DEFAULT).items]


@dataclass
class Cast:
    """The people of an evaluation, each with a browser."""

    agency: Agency
    officer: PageBrowser
    executive: PageBrowser
    admin: PageBrowser
    committee: PageBrowser
    evaluators: list[PageBrowser]
    evaluator_people: list[Person]


@pytest.fixture
def cast(browser: PageBrowser) -> Cast:
    agency = make_agency()
    people = [make_person("evaluator"), make_person("evaluator")]
    return Cast(
        agency,
        browser.as_(make_person("officer", agency)),
        browser.as_(make_person("executive", agency)),
        browser.as_(make_person("admin")),
        browser.as_(make_person("committee")),
        [browser.as_(person) for person in people],
        people,
    )


def assess(cast: Cast, score: int = 4, without: tuple[str, ...] = ()) -> int:
    """Write a whole self-assessment through the pages; return its id."""
    cast.officer.submit(f"/th/evidence/agency/{cast.agency.id}/add", document_values())
    tick()
    exhibit = db.session.scalar(select(Exhibit.id))
    begun = cast.officer.submit("/th/assessment/", {"year": "๒๕๖๙"})
    assessment_id = int(begun.response.headers["Location"].rpartition("/")[2])
    for code in CODES:
        values = {"score": str(score), "reason": f"เหตุผลของ {code} [ฐ-1]"}
        if code not in without:
            values["exhibits"] = str(exhibit)
        cast.officer.submit(f"/th/assessment/{assessment_id}/{code}", values)
    return assessment_id


def open_and_assign(cast: Cast, assessment_id: int) -> int:
    page = cast.admin.get("/th/awards/manage")
    opened = cast.admin.fill(page, {}, action=f"/th/awards/manage/open/{assessment_id}")
    path = opened.response.headers["Location"]
    for person in cast.evaluator_people:
        cast.admin.submit(path, {"person_id": str(person.id)})
    return int(path.rpartition("/")[2])


def score_everything(evaluator: PageBrowser, task_id: int, score: int, **other: int) -> None:
    for code in CODES:
        given = other.get(code.replace("-", "_"), score)
        evaluator.submit(
            f"/th/awards/tasks/{task_id}/items/{code}", {"score": str(given), "reason": f"ตรวจแล้ว {code}"}
        )
    evaluator.submit(f"/th/awards/tasks/{task_id}/submit", {})


def tasks() -> list[int]:
    return list(db.session.scalars(select(Assignment.id).order_by(Assignment.id)))


def test_the_whole_way(cast: Cast, browser: PageBrowser) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/en/assessment/{assessment_id}/submit", {})
    stored = db.session.get_one(Assessment, assessment_id)
    assert hashlib.sha256((stored.frozen or "").encode()).hexdigest() == stored.digest

    review_id = open_and_assign(cast, assessment_id)
    first, second = tasks()
    score_everything(cast.evaluators[0], first, 4)
    waiting = cast.committee.get(f"/th/awards/committee/{review_id}")
    assert "80.00" not in waiting.text, "nothing is shown before all have submitted"
    score_everything(cast.evaluators[1], second, 5)

    page = cast.committee.get(f"/en/awards/committee/{review_id}")
    assert "80.00 + 100.00" in page.text
    assert "90.00" in page.text
    assert "Excellent" in page.text
    browser.get(f"/en/awards/{review_id}", status=404)
    cast.committee.submit(f"/en/awards/committee/{review_id}", {})
    public = browser.get(f"/en/awards/{review_id}")
    assert "90.00 of 100 points" in public.text
    assert cast.agency.name_en in browser.get("/en/awards/").text
    assert "ดีเยี่ยม" in browser.get(f"/th/awards/{review_id}").text

    tick()
    released = json.loads(
        db.session.scalar(select(Entry.body).where(Entry.fact == "awards.result.released")) or "{}"
    )
    assert released["log"] == "programme"
    assert released["data"]["total_hundredths"] == 9000
    assert released["data"]["digest"] == db.session.get_one(Review, review_id).digest


def test_an_item_without_evidence_counts_one_at_most(cast: Cast) -> None:
    assessment_id = assess(cast, without=("LEAD-1",))
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    review_id = open_and_assign(cast, assessment_id)
    for evaluator, task in zip(cast.evaluators, tasks(), strict=True):
        score_everything(evaluator, task, 5)
    page = cast.committee.get(f"/en/awards/committee/{review_id}")
    assert "94.40" in page.text
    assert "5, without evidence" in page.text


def test_evaluators_are_blind_to_each_other(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    open_and_assign(cast, assessment_id)
    first, second = tasks()
    path = f"/th/awards/tasks/{first}/items/LEAD-1"
    cast.evaluators[0].submit(path, {"score": "5", "reason": "ความลับของคนแรก"})
    cast.evaluators[1].get(path, status=404)
    cast.evaluators[1].get(f"/th/awards/tasks/{first}", status=404)
    seen = cast.evaluators[1].get(f"/th/awards/tasks/{second}/items/LEAD-1")
    assert "ความลับของคนแรก" not in seen.html
    for entry in db.session.scalars(select(Entry.body).where(Entry.fact == "awards.item.scored")):
        body = json.loads(entry)
        assert (body["data"], body["subject"]) == ({}, None), "a score stays sealed"
    assert db.session.scalar(select(func.count()).select_from(Opening).where(Opening.sealed.is_not(None)))


def test_a_submitted_assessment_cannot_be_changed(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    late = cast.officer.submit(
        f"/th/assessment/{assessment_id}/LEAD-1", {"score": "5", "reason": "ขอแก้"}, status=422
    )
    assert "ขอแก้" in late.html
    assert db.session.get_one(SelfScore, (assessment_id, "LEAD-1")).score == 4
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {}, status=422)


def test_nothing_is_submitted_unfinished(cast: Cast) -> None:
    begun = cast.officer.submit("/th/assessment/", {"year": "2569"})
    assessment_id = int(begun.response.headers["Location"].rpartition("/")[2])
    page = cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {}, status=422)
    assert "LEAD-1" in page.text
    cast.officer.submit("/th/assessment/", {"year": "2569"}, status=422)
    assert db.session.scalar(select(func.count()).select_from(Assessment)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"score": ""}, {"score": "6"}, {"score": "-1"}, {"score": "x"}, {"reason": ""}, {"reason": "ก" * 4001}],
)
def test_bad_scores_are_refused_at_the_field(cast: Cast, wrong: dict[str, str]) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    open_and_assign(cast, assessment_id)
    values = {"score": "3", "reason": "เหตุผลที่พิมพ์ไว้", **wrong}
    page = cast.evaluators[0].submit(f"/th/awards/tasks/{tasks()[0]}/items/LEAD-1", values, status=422)
    assert page.errors()
    if "reason" not in wrong:
        assert "เหตุผลที่พิมพ์ไว้" in page.html
    assert db.session.scalar(select(func.count()).select_from(Score)) == 0


def test_another_agencys_exhibit_or_assessment_does_not_exist(cast: Cast, browser: PageBrowser) -> None:
    assessment_id = assess(cast)
    other = make_agency()
    stranger = browser.as_(make_person("officer", other))
    stranger.get(f"/th/assessment/{assessment_id}", status=404)
    stranger.get(f"/th/assessment/{assessment_id}/LEAD-1", status=404)
    begun = stranger.submit("/th/assessment/", {"year": "2569"})
    own = begun.response.headers["Location"]
    foreign = db.session.scalar(select(Exhibit.id).where(Exhibit.agency_id == cast.agency.id))
    stranger.submit(f"{own}/LEAD-1", {"score": "3", "reason": "x", "exhibits": str(foreign)}, status=422)


def test_an_evaluator_who_works_for_the_agency_is_refused(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    adviser = make_person("evaluator")
    give_role(adviser, "officer", cast.agency)
    review_id = open_and_assign(cast, assessment_id)
    page = cast.admin.submit(f"/th/awards/manage/{review_id}", {"person_id": str(adviser.id)}, status=422)
    assert page.errors()


def test_a_task_can_be_taken_back_until_it_is_submitted(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    review_id = open_and_assign(cast, assessment_id)
    first, second = tasks()
    cast.admin.submit(f"/th/awards/manage/{review_id}/relieve/{first}", {})
    assert tasks() == [second]
    score_everything(cast.evaluators[1], second, 3)
    cast.admin.submit(f"/th/awards/manage/{review_id}/relieve/{second}", {}, status=422)


DOORS = [
    ("/th/awards/tasks", {"evaluator"}),
    ("/th/awards/committee", {"committee"}),
    ("/th/awards/manage", {"admin"}),
    ("/th/assessment/", {"officer", "executive"}),
]


@pytest.mark.parametrize(("path", "allowed"), DOORS)
def test_who_may_enter(app: Flask, browser: PageBrowser, path: str, allowed: set[str]) -> None:
    agency = make_agency()
    browser.get(path, status=303)
    for role in ("officer", "executive", "moderator", "evaluator", "committee", "admin", None):
        own = agency if role in ("officer", "executive", "moderator") else None
        browser.as_(make_person(role, own)).get(path, status=200 if role in allowed else 403)
