"""What the log says of an answer: that it came, on which day, and nothing that leads to a person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.activities.surveys import service
from app.activities.surveys.models import Answer, Option, Question, Response, Survey, Tally
from app.activities.surveys.queries import answered_on, questionnaire, standings
from app.config import current_settings
from app.core.db import db, transaction
from app.evidence import background as collector
from app.evidence.models import Exhibit
from app.ledger.guard import Unrecorded
from app.ledger.models import Entry, Opening
from app.ledger.record import commitment
from app.ledger.sequence import Sequencer
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import Scene, make_response, make_responses, make_scene


def bodies(fact: str = "surveys.response.submitted") -> list[dict[str, Any]]:
    db.session.rollback()
    rows = db.session.scalars(select(Entry).where(Entry.fact == fact).order_by(Entry.subject))
    return [json.loads(row.body) for row in rows]


def test_an_answer_tells_the_day_and_which_questions(scene: Scene) -> None:
    response = make_response(scene, worries=(0,), words="ที่จอดเรือ")
    [body] = bodies()
    assert body["at"] == "2026-04-18"
    assert body["subject"] == f"response/{response.id}"
    assert (body["activity"], body["level"], body["stage"]) == (scene.id, 2, "views")
    assert body["data"] == {"content": questionnaire(scene.id).digest()}
    assert body["actor"].startswith("citizen:")
    assert "ที่จอดเรือ" not in json.dumps(body, ensure_ascii=False)


def test_no_two_entries_of_a_person_can_be_linked(app: Flask) -> None:
    person = make_person()
    first, second = make_scene(), make_scene()
    for scene in (first, second):
        make_response(scene, person, words="คำเดียวกัน")
    one, other = bodies()
    same = {key for key in one if one[key] == other[key] and one[key] not in (None, [], {})}
    # What is alike is alike for everyone who answered that day. Ids of responses are never used twice.
    assert same <= {"v", "fact", "at", "level", "stage"}
    assert not any(key in body for body in (one, other) for key in ("person", "person_id"))


def test_the_commitment_opens_to_the_answers(scene: Scene) -> None:
    make_response(scene, design=1, trust=5, words="คำ")
    [body] = bodies()
    opening = db.session.get_one(Opening, body["id"])
    first, _second, third, fourth = scene.questions
    answers = {
        str(first.id): [first.options[1].id, ""],
        str(third.id): [5, ""],
        str(fourth.id): ["คำ"],
    }
    content = json.dumps(answers, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert opening.commit_salt is not None
    assert body["commit"] == commitment(opening.commit_salt, content)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"stage": "needs"}, "needs_survey"),
        ({"stage": "views"}, None),
        ({"stage": "monitor", "satisfaction": True}, "satisfaction_survey"),
        ({"stage": "needs", "satisfaction": True}, "satisfaction_survey"),
    ],
)
def test_the_purpose_tells_what_it_speaks_for(app: Flask, values: dict[str, Any], kind: str | None) -> None:
    scene = make_scene(**values)
    make_responses(scene, 6)
    assert {body["data"].get("evidence_kind") for body in bodies()} == {kind}
    Sequencer.for_settings(current_settings()).run()
    collector.run()
    exhibit = db.session.scalars(select(Exhibit).where(Exhibit.form == "folded")).one()
    assert exhibit.demonstrates == sorted({"survey_result", *([kind] if kind else [])})
    assert exhibit.count == 6
    assert (exhibit.text_th, exhibit.text_en) == ("มีผู้ตอบแบบสำรวจ 6 คน", "6 people answered the survey")


@pytest.mark.parametrize(
    "statement",
    [
        insert(Survey).values(activity_id=1, satisfaction=False),
        update(Survey).values(satisfaction=True),
        update(Question).values(required=False),
        update(Option).values(name_th="อื่น"),
        update(Response).values(consent_version="x"),
        update(Answer).values(shuffle=1),
        delete(Tally),
    ],
)
def test_nothing_changes_without_an_entry(scene: Scene, statement: Any) -> None:
    make_response(scene)
    if statement.is_insert:
        other = make_scene(drafts=())
        statement = insert(Survey).values(activity_id=other.id, satisfaction=False, responses=0)
    with pytest.raises(Unrecorded), transaction():
        db.session.execute(statement)


def test_counting_alone_needs_no_entry(scene: Scene) -> None:
    make_response(scene)
    with transaction():
        db.session.execute(update(Tally).values(n=Tally.n + 1))
        db.session.execute(update(Survey).values(responses=Survey.responses + 1))


def test_erasing_takes_the_person_and_the_words_and_leaves_the_counts(scene: Scene, clock: Clock) -> None:
    other_scene, other = make_scene(), make_person()
    make_response(scene, words="ลุงสมพรบ้านเลขที่ 5")
    make_response(scene, other, words="คำของคนอื่น")
    make_response(other_scene, scene.citizen, words="อีกเรื่อง")
    before = {(row.question_id, row.choice): row.n for row in db.session.scalars(select(Tally))}
    clock.advance(hours=5)
    with transaction():
        assert service.erase(scene.citizen.id) == 2
    db.session.rollback()
    assert [row.person_id for row in db.session.scalars(select(Response))].count(None) == 2
    assert [row.words for row in db.session.scalars(select(Answer)) if row.words] == ["คำของคนอื่น"]
    assert {(row.question_id, row.choice): row.n for row in db.session.scalars(select(Tally))} == before
    erased = bodies("surveys.response.erased")
    assert len(erased) == 2
    for body in erased:
        assert (body["subject"], body["activity"], body["at"]) == (None, None, "2026-04-18")
    openings = {
        body["id"]: db.session.get(Opening, body["id"]) for body in bodies("surveys.response.submitted")
    }
    assert sum(opening is None for opening in openings.values()) == 2
    with transaction():
        assert service.erase(scene.citizen.id) == 0


def test_an_erased_answer_is_no_readers_own(scene: Scene) -> None:
    """An erased response belongs to nobody: the next reader without a name has not answered."""
    make_response(scene)
    with transaction():
        service.erase(scene.citizen.id)
    assert answered_on(scene.id, None) is None
    assert standings([scene.id], None)[scene.id].answered_on is None
