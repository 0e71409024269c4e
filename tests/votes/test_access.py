"""Who may do what, before, while and after a vote is open: one table."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.votes.models import Ballot
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_agency, make_person
from tests.votes.make import Vote, cast_all, declared, frozen, make_vote

ACTORS = (
    *("anonymous", "voter", "voted", "stranger", "officer", "executive", "moderator"),
    *("other_officer", "evaluator", "admin"),
)
PUBLIC = dict.fromkeys(ACTORS, 200)
SIGNED_IN = {**PUBLIC, "anonymous": 303}
OFFICE = {
    **dict.fromkeys(ACTORS, 403),
    "anonymous": 303,
    "officer": 200,
    "executive": 200,
    "other_officer": 404,
}
OFFICERS = {**OFFICE, "executive": 403}
FIXED = {**OFFICERS, "officer": 303}
TO_RIGHT = dict.fromkeys(ACTORS, 303)
MISSING = dict.fromkeys(ACTORS, 404)
SENT = {**TO_RIGHT, "voted": 200}

TABLE: dict[str, dict[str, dict[str, int]]] = {
    "": dict.fromkeys(("before", "open", "after", "declared"), PUBLIC),
    "/roll.txt": dict.fromkeys(("before", "open", "after", "declared"), PUBLIC),
    "/result": {**dict.fromkeys(("before", "open", "after"), MISSING), "declared": PUBLIC},
    "/right": dict.fromkeys(("before", "open", "after", "declared"), SIGNED_IN),
    "/ballot": {
        **dict.fromkeys(("before", "after", "declared"), TO_RIGHT),
        "open": {**TO_RIGHT, "voter": 200},
    },
    "/sent": {"before": TO_RIGHT, **dict.fromkeys(("open", "after", "declared"), SENT)},
    "/voted": {"before": TO_RIGHT, **dict.fromkeys(("open", "after", "declared"), SENT)},
    "/setup": dict.fromkeys(("before", "open", "after", "declared"), OFFICERS),
    "/roll": dict.fromkeys(("before", "open", "after", "declared"), FIXED),
    "/freeze": dict.fromkeys(("before", "open", "after", "declared"), OFFICERS),
    "/manage": dict.fromkeys(("before", "open", "after", "declared"), OFFICE),
    "/declare": dict.fromkeys(("before", "open", "after", "declared"), OFFICE),
}


def people(vote: Vote) -> dict[str, Any]:
    return {
        "anonymous": None,
        "voter": vote.voters[0],
        "voted": vote.voters[1],
        "stranger": make_person(),
        "officer": vote.officer,
        "executive": make_person("executive", vote.agency),
        "moderator": make_person("moderator", vote.agency),
        "other_officer": make_person("officer", make_agency()),
        "evaluator": make_person("evaluator"),
        "admin": make_person("admin"),
    }


@pytest.mark.parametrize("when", ["before", "open", "after", "declared"])
def test_the_table(app: Flask, browser: PageBrowser, clock: Clock, when: str) -> None:
    vote = frozen(make_vote(), quorum_percent=0)
    if when != "before":
        clock.advance(days=2)
        cast_all(Vote(vote.agency, vote.issue, vote.activity, vote.officer, vote.voters[1:2]), [1])
    if when in ("after", "declared"):
        clock.set(vote.activity.closes_at or clock())
    if when == "declared":
        declared(vote, clock)
    wrong = []
    for actor, person in people(vote).items():
        reader = browser.as_(person) if person else browser
        for page, table in TABLE.items():
            status = reader.client.get(f"/th/votes/{vote.id}{page}").status_code
            if status != table[when][actor]:
                wrong.append((actor, page, status, table[when][actor]))
    assert wrong == []


def test_who_is_not_on_the_roll_sends_in_vain(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    """With the ballot of a vote in which they may vote, sent to one in which they may not."""
    own, other = frozen(make_vote()), frozen(make_vote())
    clock.advance(days=2)
    reader = browser.as_(own.voters[0])
    page = reader.get(f"/th/votes/{own.id}/ballot")
    values = {"option": str(other.options[0].id), "consent": CURRENT_CONSENT}
    answer = reader.fill(page, values, action=f"/th/votes/{other.id}/cast", status=422)
    assert "ท่านไม่มีชื่อในบัญชีผู้มีสิทธิ" in answer.text
    back = reader.fill(page, values, action=f"/th/votes/{other.id}/check", status=303)
    assert back.response.headers["Location"] == f"/th/votes/{other.id}/right"
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == 0
