"""One answer a person, counted once: also when many answer at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.activities.surveys import service
from app.activities.surveys.models import Answer, Response, Tally
from app.activities.surveys.service import AlreadyAnswered
from app.core.db import db, transaction
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from app.ledger.guard import Unrecorded
from tests.support.browser import PageBrowser
from tests.support.make import make_person
from tests.surveys.make import (
    Scene,
    counted,
    counted_anew,
    make_response,
    make_responses,
    make_scene,
    replies,
    typed,
    viewer_of,
)


def at_once(app: Flask, tasks: list[Callable[[], object]]) -> list[object]:
    """Run the tasks in threads that start together; what each returned or raised, in order."""
    results: list[object] = [None] * len(tasks)
    start = threading.Barrier(len(tasks))

    def run(place: int) -> None:
        with app.app_context():
            start.wait()
            try:
                results[place] = tasks[place]()
            except Exception as error:
                results[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_what_is_kept_is_what_was_answered(scene: Scene) -> None:
    make_response(scene, design=0, worries=(0, 1), trust=5, words="คำ")
    make_responses(scene, 3, design=2, worries=(1,), trust=1)
    make_responses(scene, 2, design=2, trust=1, words="อื่น")
    first, second, third, fourth = scene.questions
    assert counted(scene) == counted_anew(scene)
    assert counted(scene) == {
        (0, 0, 0): 6,
        (first.id, Tally.WHOLE, Tally.ANYTHING): 6,
        (first.id, 0, first.options[0].id): 1,
        (first.id, 0, first.options[2].id): 5,
        (second.id, Tally.WHOLE, Tally.ANYTHING): 4,
        (second.id, 0, second.options[0].id): 1,
        (second.id, 0, second.options[1].id): 4,
        (third.id, Tally.WHOLE, Tally.ANYTHING): 6,
        (third.id, 0, 5): 1,
        (third.id, 0, 1): 5,
        (fourth.id, Tally.WHOLE, Tally.ANYTHING): 3,
    }


def test_twenty_answers_at_once_are_all_counted(app: Flask, scene: Scene) -> None:
    people = [viewer_of(make_person()) for _ in range(20)]
    given = [
        replies(
            scene,
            design=n % 3,
            worries=((n % 3, (n + 1) % 3), ())[n % 2],
            trust=1 + n % 5,
            words="ก" * (n % 2),
        )
        for n in range(20)
    ]
    # In one order for half of them and in the other for the rest: were the counts locked in the order of
    # the answers, these would wait for each other for ever.
    given = [part if n % 2 else part[::-1] for n, part in enumerate(given)]

    def sender(place: int) -> Callable[[], object]:
        def send() -> object:
            with transaction():
                return service.submit_response(
                    activity_id=scene.id,
                    viewer=people[place],
                    replies=given[place],
                    consent_version=CURRENT_CONSENT,
                ).id

        return send

    results = at_once(app, [sender(place) for place in range(20)])
    assert not [result for result in results if isinstance(result, Exception)]
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == 20


def test_one_person_ten_times_at_once_counts_once(app: Flask, scene: Scene) -> None:
    viewer = viewer_of(scene.citizen)
    given = replies(scene, worries=(0,), words="คำ")

    def send() -> object:
        with transaction():
            return service.submit_response(
                activity_id=scene.id, viewer=viewer, replies=given, consent_version=CURRENT_CONSENT
            ).id

    results = at_once(app, [send] * 10)
    kinds = Counter(type(result) for result in results)
    assert kinds == {int: 1, AlreadyAnswered: 9}, results
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == 1


def test_the_loser_of_a_race_reads_the_friendly_page(app: Flask, scene: Scene, browser: PageBrowser) -> None:
    """Two browsers of one person, both past the check page, press "send" together."""
    path = scene.path("/answer")
    browsers = [browser.as_(scene.citizen), browser.as_(scene.citizen)]
    forms = [
        {**one.follow(saved).field_values(), "consent": CURRENT_CONSENT}
        for one in browsers
        for saved in [one.fill(one.get(path), {**typed(scene), "step": "check"}, action=path)]
    ]
    tasks = [
        lambda one=one, form=form: one.client.post(scene.path("/check"), data=form)
        for one, form in zip(browsers, forms, strict=True)
    ]
    answers = at_once(app, tasks)
    assert sorted(answer.status_code for answer in answers) == [303, 422]  # type: ignore[attr-defined]
    loser = next(answer for answer in answers if answer.status_code == 422)  # type: ignore[attr-defined]
    assert "You have already answered" in loser.get_data(as_text=True)  # type: ignore[attr-defined]
    assert counted(scene)[0, 0, 0] == 1


def test_the_second_answer_is_refused_by_the_constraint(scene: Scene) -> None:
    make_response(scene)
    with pytest.raises(AlreadyAnswered):
        make_response(scene)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(
            insert(Response).values(
                activity_id=scene.id,
                person_id=scene.citizen.id,
                submitted_on=make_day(),
                consent_version="x",
            )
        )


def test_the_tables_refuse_answers_that_do_not_belong(scene: Scene) -> None:
    """Whatever a verb got wrong: another question's option, another survey's question, another kind."""
    elsewhere = make_scene()
    response_id = make_response(scene).id
    first, second, third, _fourth = scene.questions
    foreign = elsewhere.questions[0]
    base = {"response_id": response_id, "activity_id": scene.id, "shuffle": 1}
    picked = {**base, "question_id": second.id, "kind": "multiple", "option_id": second.options[0].id}
    bad = {
        "another question's option": {**picked, "option_id": first.options[0].id},
        "another survey's question": {
            **base,
            "question_id": foreign.id,
            "kind": "single",
            "option_id": foreign.options[0].id,
        },
        "another survey's response": {**picked, "activity_id": elsewhere.id},
        "another kind": {**picked, "kind": "single"},
        "no option": {**picked, "option_id": None},
        "an option on a scale": {**picked, "question_id": third.id, "kind": "scale", "step": 1},
        "a step beyond": {**base, "question_id": third.id, "kind": "scale", "step": 6},
        "words on a scale": {**base, "question_id": third.id, "kind": "scale", "step": 1, "words": "คำ"},
        "a second single answer": {
            **base,
            "question_id": first.id,
            "kind": "single",
            "option_id": first.options[1].id,
        },
    }
    for name, row in bad.items():
        assert refused(row), name


def refused(row: dict[str, object]) -> bool:
    """Whether the tables refuse this answer."""
    try:
        with transaction():
            db.session.execute(insert(Answer).values(row))
    except IntegrityError:
        return True
    except Unrecorded:
        return False
    return False


def test_a_refused_answer_leaves_nothing(scene: Scene) -> None:
    viewer = Viewer(scene.citizen.id, "x")
    with pytest.raises(service.DomainError), transaction():
        service.submit_response(
            activity_id=scene.id, viewer=viewer, replies=[], consent_version=CURRENT_CONSENT
        )
    assert counted_anew(scene) == {(0, 0, 0): 0}


def test_an_erased_persons_place_is_not_taken(scene: Scene) -> None:
    """Several erased people leave several nameless responses: the constraint is about people."""
    for _ in range(2):
        person = make_person()
        make_response(scene, person)
        with transaction():
            service.erase(person.id)
    nameless = select(func.count()).select_from(Response).where(Response.person_id.is_(None))
    assert db.session.scalar(nameless) == 2


def make_day() -> object:
    return db.session.scalar(select(Response.submitted_on).limit(1))


def test_tallies_cannot_go_below_one(scene: Scene) -> None:
    make_response(scene)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Tally).values(n=-1))
