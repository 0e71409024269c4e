"""Filling a survey with answers, as if they had been sent, with the counts the verbs keep of them."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from typing import Any

import click
from sqlalchemy import insert, update

from app.activities.surveys import facts
from app.activities.surveys.counting import keys
from app.activities.surveys.models import Answer, Response, Survey, Tally, Time
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, Questionnaire
from app.activities.surveys.replies import Reply
from app.activities.surveys.service import answer_rows, paired
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.bilingual import Bilingual
from app.i18n.dates import local_day
from app.identity.consents import CURRENT_CONSENT
from app.ledger.facts import Citizen, Place
from app.ledger.record import Told, record_all
from scripts.bench.comments import make_people, number_entries
from tests.surveys.make import DRAFTS, Scene

BATCH = 2_000
PROVINCE = QuestionDraft(
    kind="place", text=Bilingual("ท่านอยู่จังหวัดใด", "Your province"), required=False, depth="province"
)
ASKED = (*DRAFTS, PROVINCE)
AREAS = ("10", "14", "15", "40", "50", "83", "90")


def fill(scene: Scene, number: int) -> None:
    """Answers of so many people to the survey, which asks `ASKED`."""
    people, survey, chance = make_people(number), questionnaire(scene.id), random.Random(number)
    db.session.rollback()
    tallied: Counter[tuple[int, int, int]] = Counter()
    with click.progressbar(range(0, number, BATCH), label=f"{number:,} answers") as starts:
        for start in starts:
            with transaction():
                _store(scene, survey, people[start : start + BATCH], chance, tallied)
            db.session.expunge_all()
            number_entries()
    rows = [{"question_id": q, "part": p, "choice": c, "n": n} for (q, p, c), n in tallied.items()]
    with transaction():
        db.session.execute(insert(Tally), rows)
        db.session.execute(insert(Time).values(activity_id=scene.id, pace=9, n=number))
        counted = update(Survey).where(Survey.activity_id == scene.id).values(responses=number)
        db.session.execute(counted)
        _record(scene, [scene.id])


def _store(
    scene: Scene, survey: Questionnaire, people: list[int], chance: random.Random, tallied: Counter[Any]
) -> None:
    rows = [
        {
            "activity_id": scene.id,
            "person_id": person,
            "submitted_on": local_day(now()),
            "seconds": 95,
            "consent_version": CURRENT_CONSENT,
            "shuffle": secrets.randbelow(1 << 62),
        }
        for person in people
    ]
    made = db.session.scalars(insert(Response).returning(Response.id, sort_by_parameter_order=True), rows)
    ids = list(made.all())
    answers: list[dict[str, Any]] = []
    for ident in ids:
        given = paired(survey, _replies(survey, chance))
        tallied.update(keys(given))
        answers += answer_rows(ident, scene.id, given)
    db.session.execute(insert(Answer), answers)
    _record(scene, ids)


def _replies(survey: Questionnaire, chance: random.Random) -> list[Reply]:
    design, worries, trust, forgotten, province = survey.questions
    found = [
        Reply(design.id, picks=(chance.choice(design.choices),)),
        Reply(worries.id, picks=tuple(sorted(chance.sample(worries.choices, chance.choice((1, 2)))))),
        Reply(trust.id, picks=(chance.choice((2, 3, 4, 4, 5)),)),
        Reply(province.id, area=chance.choice(AREAS)),
    ]
    if chance.random() < 0.3:
        found.append(Reply(forgotten.id, words="ขอให้คิดถึงคนที่ไม่มีรถด้วย"))
    return found


def _record(scene: Scene, ids: list[int]) -> None:
    told = [Told(f"response/{ident}", {"content": "0" * 64}, {"answers": ident}) for ident in ids]
    place = Place(f"agency/{scene.agency.id}", scene.agency.id, scene.issue.id, scene.id, 2, "views")
    record_all(facts.SUBMITTED, told, actor=Citizen(1), place=place)
