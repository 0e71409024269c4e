"""What was submitted and what was released stays: shown as it was frozen, and `verify` names what differs."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from app import rooms
from app.assessment.models import Assessment, SelfScore
from app.assessment.rubric import DEFAULT, rubric
from app.assessment.scoring import decide, work_out
from app.awards.models import Review
from app.awards.outcome import read_outcome, told_outcome
from app.config import current_settings
from app.core.db import db
from app.ledger.audit import Report, verify_everything
from app.work import tick
from tests.awards.test_conflicts import under_review
from tests.awards.test_evaluation import CODES, Cast, assess, score_everything, tasks
from tests.awards.test_evaluation import cast as cast
from tests.support.browser import PageBrowser


def verify() -> Report:
    db.session.remove()
    return verify_everything(current_settings(), rooms.checks())


def change(statement: str, **values: object) -> None:
    """Change the database as someone with its password would."""
    with db.engine.begin() as connection:
        assert connection.execute(text(statement), values).rowcount == 1


def released(cast: Cast) -> int:
    review_id = under_review(cast)
    for evaluator, task, score in zip(cast.evaluators, tasks(), (4, 5), strict=True):
        score_everything(evaluator, task, score)
    cast.committee.submit(f"/en/awards/committee/{review_id}", {})
    tick()
    return review_id


def test_an_outcome_reads_back_as_it_was_told() -> None:
    default = rubric(*DEFAULT)
    scores = [dict.fromkeys(CODES, 5) | {"ISSUE-1": n, "LEAD-2": 2} for n in (0, 1, 3)]
    outcome = decide(default, [work_out(default, given, set(CODES) - {"RES-1"}) for given in scores])
    told = json.loads(json.dumps(told_outcome(outcome)))
    assert read_outcome(default, told) == outcome


def test_the_public_page_shows_what_was_frozen(cast: Cast, browser: PageBrowser) -> None:
    """Rows beside it that change afterwards, by whatever hand, change nothing on it."""
    review_id = released(cast)
    before = browser.get(f"/en/awards/{review_id}").text
    assert "80.00 + 100.00" in before
    change(
        "UPDATE awards_scores SET score = 0 WHERE item = 'LEAD-1' AND assignment_id = :task", task=tasks()[0]
    )
    assert browser.get(f"/en/awards/{review_id}").text == before
    assert cast.committee.get(f"/en/awards/committee/{review_id}").text.count("80.00 + 100.00") == 1


def test_one_byte_of_a_submitted_self_assessment_is_named(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    assert verify().sound
    frozen = db.session.get_one(Assessment, assessment_id).frozen or ""
    for place in range(0, len(frozen), 97):
        letter = "x" if frozen[place] != "x" else "y"
        changed = frozen[:place] + letter + frozen[place + 1 :]
        change("UPDATE assessment_assessments SET frozen = :frozen", frozen=changed)
        report = verify()
        assert not report.sound, place
        assert f"assessment/{assessment_id}: hashes to" in "\n".join(report.lines())
    change("UPDATE assessment_assessments SET frozen = :frozen", frozen=frozen)
    assert verify().sound


ASSESSED = {
    "digest": "UPDATE assessment_assessments SET digest = replace(digest, substr(digest, 1, 1), 'x')",
    "year": "UPDATE assessment_assessments SET year = 2570",
    "score": "UPDATE assessment_scores SET score = 5 WHERE item = 'LEAD-2'",
    "reason": "UPDATE assessment_scores SET reason = reason || '.' WHERE item = 'LEAD-2'",
    "link": "DELETE FROM assessment_exhibits WHERE item = 'LEAD-2'",
}


@pytest.mark.parametrize("statement", ASSESSED.values(), ids=ASSESSED)
def test_what_pages_show_of_an_assessment_is_compared(cast: Cast, statement: str) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    assert verify().sound
    change(statement)
    report = verify()
    assert not report.sound
    assert f"     assessment/{assessment_id}" in "\n".join(report.lines())


def test_an_assessment_that_was_withdrawn_behind_the_ledger_is_named(cast: Cast) -> None:
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    change("UPDATE assessment_assessments SET submitted_at = NULL, frozen = NULL, digest = NULL")
    assert f"assessment/{assessment_id}: an entry says" in "\n".join(verify().lines())


RELEASED = {
    "outcome": "UPDATE awards_reviews SET outcome = replace(outcome, '\"given\"\\:4', '\"given\"\\:5')",
    "digest": "UPDATE awards_reviews SET digest = replace(digest, substr(digest, 1, 1), 'x')",
    "band": "UPDATE awards_reviews SET band = 'commended'",
    "score": "UPDATE awards_scores SET score = 0 WHERE item = 'LEAD-1' AND score = 4",
}


@pytest.mark.parametrize("statement", RELEASED.values(), ids=RELEASED)
def test_what_was_released_is_compared(cast: Cast, statement: str) -> None:
    review_id = released(cast)
    assert db.session.get_one(Review, review_id).band == "excellent"
    assert verify().sound, list(verify().lines())
    change(statement)
    report = verify()
    assert not report.sound
    assert f"     review/{review_id}" in "\n".join(report.lines())


def test_bytes_that_are_no_text_are_named_too(cast: Cast) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL itself refuses to store them.
    assessment_id = assess(cast)
    cast.executive.submit(f"/th/assessment/{assessment_id}/submit", {})
    change("UPDATE assessment_assessments SET frozen = CAST(x'FF' || CAST(frozen AS BLOB) AS TEXT)")
    change("UPDATE assessment_scores SET reason = CAST(x'FF' AS TEXT) WHERE item = 'LEAD-1'")
    told = "\n".join(verify().lines())
    assert f"assessment/{assessment_id}: hashes to" in told
    assert f"assessment/{assessment_id} item LEAD-1" in told


def test_a_draft_is_nobodys_business(cast: Cast) -> None:
    assessment_id = assess(cast)
    tick()
    change("UPDATE assessment_scores SET score = 5 WHERE item = 'LEAD-1'")
    report = verify()
    assert report.sound
    assert db.session.get_one(SelfScore, (assessment_id, "LEAD-1")).score == 5
    assert [room.compared for room in report.rooms if room.room == "assessment"] == [0]
