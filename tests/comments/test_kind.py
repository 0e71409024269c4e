"""What other rooms may ask of the kind."""

from __future__ import annotations

from flask import Flask

from app.activities.comments.kind import KIND
from app.activities.comments.service import erase
from app.core.db import transaction
from app.i18n import speaking
from app.issues.kinds import kind_of
from app.issues.queries import activity_with_issue
from tests.comments.make import Scene, make_answer, make_comment, make_hidden
from tests.support.make import make_person


def test_the_kind_is_registered_and_serves_consultation(app: Flask) -> None:
    assert kind_of("comments") is KIND
    assert KIND.levels == {2}
    assert {KIND.setup, KIND.manage, KIND.page} <= set(app.view_functions)


def test_an_unkept_review_stands_in_the_way_of_closing(app: Flask, scene: Scene) -> None:
    activity, _issue = activity_with_issue(scene.id, "comments")
    with app.test_request_context("/en/"):
        assert list(KIND.duties(activity)) == []
    pending = make_answer(scene, make_comment(scene), "under_review")
    make_comment(scene)
    with app.test_request_context("/en/"):
        owed = list(KIND.duties(activity))
    assert [duty.met for duty in owed] == [False, True]
    assert "show=review" in owed[0].url
    make_answer(scene, pending, "declined")
    with app.test_request_context("/en/"):
        assert [duty.met for duty in KIND.duties(activity)] == [True]


def test_the_exhibit_tells_what_was_heard_in_both_languages(scene: Scene) -> None:
    make_answer(scene, make_comment(scene))
    make_hidden(scene, make_comment(scene))
    make_comment(scene, make_person())
    with transaction():
        erase(scene.citizen.id)
    told = KIND.exhibits(scene.id)
    assert told.th == "รับฟังความเห็น 3 รายการ ตอบแล้ว 1 รายการ"
    assert told.en == "3 comments were heard, 1 was answered"


def test_the_name_and_the_purpose_are_translated(app: Flask) -> None:
    with speaking("th"):
        assert str(KIND.describe()[0]) == "ความเห็น"
