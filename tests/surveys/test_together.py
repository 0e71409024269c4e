"""Pairs of questions counted beforehand: what a page reads is always what the answers say."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activities.surveys import background, service
from app.activities.surveys import together as counting
from app.activities.surveys.comparing import comparables, groupings
from app.activities.surveys.models import Survey, Together
from app.activities.surveys.queries import questionnaire, together
from app.activities.surveys.replies import Reply
from app.activities.surveys.respondent import person
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from tests.support.browser import PageBrowser
from tests.support.make import make_person
from tests.surveys.make import (
    DESIGN,
    TRUST,
    WORRIES,
    Scene,
    any_draft,
    make_responses,
    make_scene,
    random_reply,
    set_window,
    viewer_of,
)
from tests.surveys.test_statements import asked_of_the_database


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A survey of four is a large one here."""
    for module in (together, counting, service):
        monkeypatch.setattr(module, "MANY", 4)


def close(scene: Scene) -> None:
    set_window(scene, -20, -1)


def work() -> int:
    """Everything the worker finds to count."""
    done = 0
    while found := background.run():
        done += found
    return done


def kept(scene: Scene) -> int:
    db.session.rollback()
    return db.session.query(Together).filter_by(activity_id=scene.id).count()


def assert_as_the_answers_say(scene: Scene) -> int:
    """Every pair read as a page reads it, and counted anew; how many pairs there are."""
    db.session.rollback()
    survey, seen = questionnaire(scene.id), 0
    for by in groupings(survey):
        for question in comparables(survey, by):
            now = together.together_now(question, by)
            assert together.together(survey, question, by) == now
            seen += 1
    db.session.rollback()
    return seen


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_kept_is_what_a_recount_finds(app: Flask, data: st.DataObject) -> None:
    scene = make_scene(drafts=(DESIGN, *data.draw(st.lists(any_draft(), min_size=1, max_size=4))))
    for _ in range(data.draw(st.integers(4, 7))):
        send(scene, [reply for q in scene.questions if (reply := random_reply(data.draw, q))])
    close(scene)
    counted, pairs = work(), assert_as_the_answers_say(scene)
    enough = questionnaire(scene.id).responses >= 4
    assert counted == kept(scene) == (pairs if enough else 0)
    assert work() == 0, "what is counted is not counted again"


def send(scene: Scene, replies: list[Reply]) -> None:
    """Answers of somebody new; those that leave out what is required are not sent."""
    viewer = viewer_of(make_person())
    try:
        with transaction():
            service.submit_response(
                activity_id=scene.id, viewer=viewer, replies=replies, consent_version=CURRENT_CONSENT
            )
    except service.DomainError:
        pass


def test_nothing_is_counted_while_people_answer_nor_of_few(app: Flask) -> None:
    scene = make_scene(drafts=(DESIGN, WORRIES, TRUST))
    make_three(scene, 4)
    assert work() == kept(scene) == 0, "open"
    small = make_scene(drafts=(DESIGN, WORRIES, TRUST))
    make_three(small, 3)
    close(small)
    assert work() == kept(small) == 0, "few"
    close(scene)
    assert work() == kept(scene) == assert_as_the_answers_say(scene) == 4


def make_three(scene: Scene, people: int) -> None:
    design, worries, _trust = scene.questions
    for n in range(people):
        picks = [(design.choices[n % 2],), (worries.choices[0],), (1 + n % 5,)]
        send(scene, [Reply(q.id, picks=p) for q, p in zip(scene.questions, picks, strict=True)])


def test_more_answers_or_corrected_ones_are_counted_anew(app: Flask, scene: Scene) -> None:
    make_responses(scene, 4)
    last = make_person()
    make_responses(scene, 1, design=1)
    viewer = viewer_of(last)
    close(scene)
    pairs = work()
    set_window(scene, -20, 5)
    make_one(scene, last)
    close(scene)
    assert assert_as_the_answers_say(scene) == pairs, "before the worker has come"
    assert work() == pairs
    set_window(scene, -20, 5)
    trust = scene.questions[2]
    replies = [
        Reply(scene.questions[0].id, picks=(scene.questions[0].choices[2],)),
        Reply(trust.id, picks=(1,)),
    ]
    with transaction():
        service.correct_response(
            activity_id=scene.id, respondent=person(viewer), replies=replies, consent_version=CURRENT_CONSENT
        )
    assert kept(scene) == 0
    close(scene)
    assert assert_as_the_answers_say(scene) == work() == assert_as_the_answers_say(scene)


def make_one(scene: Scene, somebody: object) -> None:
    from_them = viewer_of(somebody)  # type: ignore[arg-type]
    first, _second, third, _fourth = scene.questions
    replies = [Reply(first.id, picks=(first.choices[0],)), Reply(third.id, picks=(5,))]
    with transaction():
        service.submit_response(
            activity_id=scene.id, viewer=from_them, replies=replies, consent_version=CURRENT_CONSENT
        )


def test_the_page_is_the_same_and_reads_no_answer(
    app: Flask, scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for design in (0, 1):
        make_responses(scene, 25, design=design)
    close(scene)
    first, third = scene.questions[0].id, scene.questions[2].id
    path = scene.path(f"/compare?by={first}&question={third}")
    live = browser.get(path)
    work()
    sent = asked_of_the_database(lambda: browser.get(path))
    assert not [statement for statement in sent if "surveys_answers" in statement]
    assert browser.get(path).html == live.html


def test_an_annulled_survey_is_not_counted(app: Flask) -> None:
    scene, gone = make_scene(), make_scene()
    for one in (scene, gone):
        make_responses(one, 4)
    close(scene)
    close(gone)
    with transaction():
        issue = db.session.get_one(Issue, gone.issue.id)
        issue.annulled_at = issue.created_at
        note_recorded(db.session.connection(), "issues")
    assert work() == kept(scene) > 0
    assert kept(gone) == 0
    assert db.session.get_one(Survey, scene.id).compared == 4
