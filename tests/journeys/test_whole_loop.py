"""The whole loop in a real browser: from an agency's promise to the award its kept promise earns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import text

from app.config import Settings
from app.core.db import db
from app.i18n import Language
from app.ledger.audit import verify_everything
from app.ledger.models import Entry
from tests.journeys.support import answering, meeting, preparing, proving, taking_part
from tests.journeys.support.cast import Loop, assemble
from tests.support.clock import Clock

OFFICE_LANGUAGE: dict[str, Language] = {"sqlite": "th", "postgresql": "en"}
"""The offices work in Thai on one engine and in English on the other; citizens do both on each."""


@pytest.fixture
def loop(app: Flask, clock: Clock, new_page: Callable[..., Page], live_url: str, engine_name: str) -> Loop:
    return assemble(app, clock, new_page, live_url, OFFICE_LANGUAGE[engine_name])


def test_the_whole_loop(loop: Loop, settings: Settings) -> None:
    prepare_and_publish(loop)
    take_part(loop)
    keep_the_promise(loop)
    prove_it(loop)
    nothing_can_be_changed_unseen(settings)


def prepare_and_publish(loop: Loop) -> None:
    preparing.draft(loop)
    preparing.add_activities(loop)
    preparing.prepare_document(loop)
    preparing.prepare_question(loop)
    preparing.prepare_survey(loop)
    preparing.prepare_panel(loop, "involve")
    preparing.prepare_panel(loop, "collaborate")
    preparing.prepare_vote(loop)
    preparing.publish(loop)
    preparing.fix_vote(loop)


def take_part(loop: Loop) -> None:
    loop.wait(days=2)
    taking_part.comment(loop, loop.citizen, taking_part.COMMENT_TH)
    taking_part.comment(loop, loop.citizen2, taking_part.COMMENT_EN)
    taking_part.answer_comments(loop)
    taking_part.answer_survey(loop, loop.citizen, 1, "ค่าดูแลแผง")
    taking_part.answer_survey(loop, loop.citizen2, 0, "Who pays for the upkeep?")
    for key in ("involve", "collaborate"):
        meeting.apply_for_a_seat(loop, loop.citizen2, key)
        meeting.give_the_seat(loop, key)
        meeting.call(loop, key)
    loop.wait(days=4)
    for key in ("involve", "collaborate"):
        meeting.note_who_came(loop, key)
        meeting.adopt_minutes(loop)
    meeting.decide(loop, "collaborate")
    loop.wait(days=14, hours=1)
    taking_part.cast_ballot(loop, loop.citizen, 1)
    taking_part.vote_twice(loop, loop.citizen2)
    taking_part.cast_ballot(loop, loop.citizen3, 0)
    loop.wait(days=3)
    taking_part.declare(loop)


def keep_the_promise(loop: Loop) -> None:
    answering.close_too_early(loop)
    answering.respond(loop)
    answering.close(loop)
    answering.carry_out(loop)


def prove_it(loop: Loop) -> None:
    loop.work()
    proving.find_evidence(loop)
    proving.assess(loop)
    proving.open_evaluation(loop)
    proving.score_blind(loop)
    proving.release(loop)
    loop.work()


def nothing_can_be_changed_unseen(settings: Settings) -> None:
    """The ledger recomputes as sound; one byte of one entry changed in the database is found and named."""
    assert verify_everything(settings).sound
    db.session.rollback()
    entry = db.session.query(Entry).filter_by(fact="comments.comment.submitted").first()
    assert entry is not None
    ident, body = entry.id, entry.body
    db.session.rollback()
    with db.engine.begin() as connection:
        changed = body.replace('"level":2', '"level":3')
        assert changed != body
        connection.execute(
            text("UPDATE ledger_entries SET body = :body WHERE id = :id"), {"body": changed, "id": ident}
        )
    report = verify_everything(settings)
    assert not report.sound
    [first, *_rest] = [fault for log in report.logs for fault in log.faults]
    assert ident in str(first)
