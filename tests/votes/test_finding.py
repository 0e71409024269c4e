"""What search finds of votes and open data counts: the question when it is fixed, turnout when it is over."""

from __future__ import annotations

from flask import Flask

from app.activities.votes.kind import KIND
from app.core.db import db
from app.search.queries import search
from app.work import tick
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.votes.make import cast_all, declared, frozen, make_vote, opened, prepared


def test_question_and_options_are_found_once_fixed(app: Flask, browser: PageBrowser) -> None:
    vote = make_vote()
    subject = f"activity/{vote.id}"
    prepared(vote)
    assert KIND.found([subject])[subject].words == ""
    frozen(vote)
    db.session.remove()
    item = KIND.found([subject, "poll/1", "activity/999"])[subject]
    assert vote.options[0].name_th in item.words
    with app.test_request_context():
        url = item.address.url("th")
    browser.get(url)
    tick()
    assert [hit.shown.subject for hit in search(vote.options[0].name_th).hits] == [subject]


def test_a_vote_in_a_draft_is_not_found(app: Flask) -> None:
    vote = frozen(make_vote(published=False))
    db.session.remove()
    assert KIND.found([f"activity/{vote.id}"]) == {}


def test_turnout_is_told_after_the_declaration_alone(app: Flask, clock: Clock) -> None:
    vote = opened(clock, people=10)
    assert KIND.counts([make_vote().id]) == {}
    cast_all(vote, [2, 2, 1, None, 2, 1])
    db.session.remove()
    assert KIND.counts([vote.id]) == {vote.id: {"roll": 10}}
    assert KIND.heard([vote.id]) == {}
    declared(vote, clock)
    db.session.remove()
    assert KIND.counts([vote.id]) == {vote.id: {"roll": 10, "ballots": 6, "abstained": 1}}
    assert KIND.heard([vote.id])[vote.id].total == 6


def test_few_ballots_are_not_told(app: Flask, clock: Clock) -> None:
    vote = opened(clock, people=10)
    cast_all(vote, [2, 2, 1])
    declared(vote, clock)
    db.session.remove()
    assert KIND.counts([vote.id]) == {vote.id: {"roll": 10}}
    assert KIND.heard([vote.id]) == {}
