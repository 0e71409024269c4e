"""Similar comments: found by Thai words, at a cost that does not grow, and one may support them instead."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import insert

from app.activities.comments import background
from app.activities.comments.models import Comment, Word
from app.activities.comments.queries.similar import same_text, similar_to
from app.activities.comments.words import telling_words
from app.core.db import db, transaction
from tests.comments.make import Scene, edited, make_comment, make_hidden, make_many, withdrawn
from tests.comments.test_statements import statements
from tests.support.browser import PageBrowser
from tests.support.make import make_person

FLOOD = "น้ำท่วมตลาดทุกปี อยากให้สร้างกำแพงกันน้ำแบบถอดได้"
LIKE_IT = "กำแพงกันน้ำแบบถอดได้ดีกว่า เพราะตลาดน้ำท่วมบ่อย"
OTHER = "ขอให้ขยายเวลารถเมล์สายในเมืองถึงสี่ทุ่ม"


def index() -> None:
    while background.run():
        pass
    db.session.rollback()


def test_words_are_thai_words_not_code_points() -> None:
    assert {"น้ำท่วม", "ตลาด", "กันน้ำ"} <= set(telling_words(FLOOD))
    assert "ป้า" in telling_words("ป้าขายของในตลาด")
    assert "ป่า" not in telling_words("ป้าขายของในตลาด")
    assert telling_words("ที่ และ ของ 123 ๑๒ a I the") == []


def test_the_most_alike_come_first_and_others_not_at_all(app: Flask, scene: Scene) -> None:
    alike, other = make_comment(scene, body=FLOOD), make_comment(scene, body=OTHER)
    index()
    with app.test_request_context("/th/"):
        assert [row.id for row in similar_to(scene.id, LIKE_IT)] == [alike.id]
        assert [row.id for row in similar_to(scene.id, OTHER)] == [other.id]
        assert similar_to(scene.id, "สวัสดี") == ()
        assert similar_to(scene.id, LIKE_IT, author_id=scene.citizen.id) == [], "one's own is no hint"
        assert similar_to(scene.id + 1, LIKE_IT) == []


def test_only_what_is_shown_now_is_named(app: Flask, scene: Scene) -> None:
    hidden, gone = make_comment(scene, body=FLOOD), make_comment(scene, body=FLOOD)
    changed, stays = make_comment(scene, body=FLOOD), make_comment(scene, body=FLOOD)
    index()
    make_hidden(scene, hidden)
    withdrawn(gone, scene.citizen)
    edited(changed, scene.citizen, OTHER)
    index()
    with app.test_request_context("/th/"):
        assert [row.id for row in similar_to(scene.id, LIKE_IT)] == [stays.id]
        assert [row.id for row in similar_to(scene.id, OTHER)] == [changed.id]
        assert {row.id for row in same_text(scene.id, f" {FLOOD}  ")} == {hidden.id, gone.id, stays.id}


def test_the_check_page_offers_to_support_one_instead(scene: Scene, browser: PageBrowser) -> None:
    ident = make_comment(scene, body=FLOOD).id
    index()
    neighbour = browser.as_(make_person())
    path = scene.path("/new", "th")
    check = neighbour.fill(neighbour.get(path), {"body": LIKE_IT, "step": "check"}, action=path, status=200)
    assert "มีผู้ให้ความเห็นคล้ายกันแล้ว" in check.text
    [button] = check.all("button", form="support")
    values = {"csrf_token": check.field_values()["csrf_token"], "want": "yes"}
    neighbour.post(button.attrs["formaction"], values)
    db.session.rollback()
    assert db.session.get_one(Comment, ident, populate_existing=True).supports == 1
    assert db.session.query(Comment).count() == 1


def test_it_costs_one_statement_and_reads_no_more_in_a_long_thread(app: Flask, scene: Scene) -> None:
    make_many(scene, 1500, worded=True)
    words = telling_words(FLOOD)
    ids = db.session.scalars(db.select(Comment.id)).all()
    rows = [{"activity_id": scene.id, "word": word, "comment_id": i} for i in ids for word in words]
    with transaction():
        db.session.execute(insert(Word), rows)
    with app.test_request_context("/th/"), statements(db.engine) as sent:
        found = similar_to(scene.id, LIKE_IT)
    assert len(sent) == 1
    assert sent[0].count("LIMIT") >= len(telling_words(LIKE_IT)[:12]), "each word's part is capped"
    assert len(found) == 3
    assert min(row.id for row in found) > ids[-1] - 201, "of the newest alone"
