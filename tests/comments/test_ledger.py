"""What the ledger knows of comments: that they happened, never who wrote them or what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.activities.comments import service
from app.activities.comments.models import Comment
from app.activities.comments.render import dress
from app.core.db import db, transaction
from app.ledger.guard import Unrecorded
from app.ledger.models import Entry, Opening
from app.ledger.openings import Disclosure, verify_opening
from tests.comments.make import ENGLISH, THAI, Scene, make_answer, make_comment, make_hidden, viewer_of
from tests.support.browser import PageBrowser
from tests.support.make import make_person


def entries(fact: str = "") -> list[dict[str, Any]]:
    db.session.rollback()
    rows = db.session.query(Entry).order_by(Entry.subject, Entry.fact)
    return [json.loads(row.body) for row in rows if row.fact.startswith(f"comments.{fact}")]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def test_two_comments_of_one_person_share_nothing_that_others_do_not(scene: Scene, clock: Any) -> None:
    other = make_person()
    make_comment(scene, name="สมหญิง ใจดี")
    clock.advance(minutes=7)
    make_comment(scene, other, name="สมหญิง ใจดี")
    clock.advance(minutes=7)
    make_comment(scene, name="สมหญิง ใจดี")
    first, others, second = entries("comment.submitted")
    common = {value for value in leaves(first) if value is not None} & set(leaves(second))
    assert common <= set(leaves(others)), "a value ties the two comments to one citizen"
    assert first["actor"] != second["actor"]
    assert first["commit"] != second["commit"], "the same text and name, another salt"


def test_no_entry_holds_words_names_or_people(scene: Scene) -> None:
    comment = make_comment(scene, name="สมหญิง ใจดี", relation="farms")
    make_answer(scene, comment, "under_review")
    make_hidden(scene, comment)
    with transaction():
        service.show_again(comment_id=comment.id, viewer=viewer_of(scene.moderator))
    found = entries()
    assert [entry["fact"].split(".")[-1] for entry in found] == [
        "answered",
        "hidden",
        "submitted",
        "unhidden",
    ]
    written = json.dumps(found, ensure_ascii=False)
    for secret in (THAI, "สมหญิง", scene.citizen.email, "ช่องเปิด", "เพื่อนบ้าน", "person/", "farms"):
        assert secret not in written
    data = {entry["fact"].split(".")[-1]: entry["data"] for entry in found}
    assert data == {
        "submitted": {"lang": "th"},
        "answered": {"verdict": "under_review", "revision": 1, "due_on": "2026-05-01"},
        "hidden": {"reason": "personal_data"},
        "unhidden": {"reason": "personal_data"},
    }
    actors = {entry["fact"].split(".")[-1]: re.sub(r":.*", "", entry["actor"]) for entry in found}
    assert actors == {
        "submitted": "citizen",
        "answered": "officer",
        "hidden": "moderator",
        "unhidden": "moderator",
    }
    for entry in found:
        assert (entry["issue"], entry["activity"]) == (scene.issue.id, scene.id)
        assert entry["subject"] == f"comment/{comment.id}"


def test_the_author_can_prove_their_comment(scene: Scene) -> None:
    comment = make_comment(scene, name=None)
    [entry] = entries("comment.submitted")
    opening = db.session.get_one(Opening, entry["id"])
    shown = Disclosure(
        actor_salt=opening.actor_salt,
        person_id=scene.citizen.id,
        commit_salt=opening.commit_salt,
        content={"text": comment.body, "name": None},
    )
    assert verify_opening(entry, shown) == []


def test_erasing_takes_words_author_and_salts(scene: Scene, browser: PageBrowser) -> None:
    plain = make_comment(scene, name="สมหญิง ใจดี", relation="lives")
    answered = make_answer(scene, make_comment(scene, body=ENGLISH))
    hidden = make_hidden(scene, make_comment(scene))
    stays = make_comment(scene, make_person(), body="Somebody else's view")
    ids = {comment.id for comment in (plain, answered, hidden)}
    with transaction():
        assert service.erase(scene.citizen.id) == 3

    db.session.rollback()
    for ident in ids:
        comment = db.session.get_one(Comment, ident, populate_existing=True)
        left = (comment.person_id, comment.name, comment.relation, comment.hidden_note, comment.body)
        assert left == (None, None, None, None, "")
        assert comment.state == "erased"
    page = browser.get(scene.path())
    assert page.text.count("The author has had this comment erased.") == 3
    assert ENGLISH not in page.text
    assert "The agency answered: Adopted" in page.text, "what the agency said stays"
    assert stays.body in page.text

    openable = db.session.query(Entry).join(Opening, Opening.entry_id == Entry.id)
    assert {(entry.fact.split(".")[-1], entry.subject) for entry in openable} == {
        ("submitted", f"comment/{stays.id}"),
        ("answered", f"comment/{answered.id}"),
        ("erased", None),
    }
    assert service.erase(scene.citizen.id) == 0


def test_an_erasure_does_not_link_a_persons_comments_in_public(scene: Scene) -> None:
    for _ in range(2):
        make_comment(scene)
    with transaction():
        service.erase(scene.citizen.id)
    erased = entries("comment.erased")
    assert len(erased) == 2
    for entry in erased:
        assert entry["subject"] is None
        assert entry["activity"] is None
        assert len(entry["at"]) == 10, "the day, not the moment"


def test_a_change_past_the_verbs_is_refused(scene: Scene) -> None:
    comment = make_comment(scene)
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Comment, comment.id).body = "Something else entirely"
    with transaction():
        dress(db.session.get_one(Comment, comment.id))  # Derived columns need no entry.
