"""The four orders of a list: what stands where, page by page, each read from one end of an index."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import event, text, update

from app.activities.comments import queries
from app.activities.comments.models import Comment
from app.activities.comments.queries import SORTS, Filter
from app.activities.comments.queries import lists as lists_module
from app.core.clock import now
from app.core.db import db, transaction
from app.ledger.guard import note_recorded
from tests.comments.make import (
    Scene,
    make_answer,
    make_comment,
    make_hidden,
    make_many,
    make_question,
    support,
)
from tests.support.browser import PageBrowser
from tests.support.make import make_person

INDEXES = {
    ("newest", False): "ix_comments_comments_newest",
    ("supported", False): "ix_comments_comments_supported",
    ("unanswered", False): "ix_comments_comments_waiting",
    ("answered", False): "ix_comments_comments_answered",
    ("newest", True): "ix_comments_comments_about_newest",
    ("supported", True): "ix_comments_comments_about_supported",
    ("unanswered", True): "ix_comments_comments_about_waiting",
    ("answered", True): "ix_comments_comments_about_answered",
}


def order_of(browser: PageBrowser, scene: Scene, sort: str) -> list[int]:
    page = browser.get(scene.path(f"?sort={sort}"))
    return [int(found) for found in re.findall(r'<li id="comment-(\d+)">', page.html)]


def test_each_order_shows_what_it_says(scene: Scene, browser: PageBrowser, clock) -> None:
    first, second, third, fourth = (make_comment(scene) for _ in range(4))
    for _ in range(2):
        support(second, make_person())
    support(first, make_person())
    make_answer(scene, fourth)
    clock.advance(minutes=1)
    make_answer(scene, first)
    make_hidden(scene, third)
    ids = [comment.id for comment in (first, second, third, fourth)]
    assert order_of(browser, scene, "newest") == [ids[3], ids[2], ids[1], ids[0]]
    assert order_of(browser, scene, "supported") == [ids[1], ids[0], ids[3], ids[2]]
    assert order_of(browser, scene, "unanswered") == [ids[1]]
    assert order_of(browser, scene, "answered") == [ids[0], ids[3]]
    assert order_of(browser, scene, "nonsense") == order_of(browser, scene, "newest")


@pytest.mark.parametrize("sort", SORTS)
def test_pages_join_without_gap_or_double(
    app: Flask, scene: Scene, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(scene, 23)
    monkeypatch.setattr(lists_module, "PAGE", 5)
    seen: list[int] = []
    mark = None
    with app.test_request_context("/th/"):
        while True:
            page = queries.comments_page(scene.id, Filter(sort), mark)
            seen += page.ids
            mark = page.next
            if mark is None:
                break
    db.session.rollback()
    listed = db.session.query(Comment).filter(SORTS[sort].list_of == scene.id).all()
    assert len(seen) == len(set(seen)) == len(listed) > 5
    key = SORTS[sort].by
    values = [((getattr(row, key.key) if key is not None else 0), row.id) for row in listed]
    assert seen == [ident for _value, ident in sorted(values, reverse=True)]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filtered", [False, True])
def test_every_page_is_read_from_one_index(app: Flask, scene: Scene, sort: str, filtered: bool) -> None:
    question = make_question(scene)
    fill(scene, 1500, question.id if filtered else None)
    analyse()
    chosen = Filter(sort, question.about if filtered else "")
    with app.test_request_context("/th/"):
        first = queries.comments_page(scene.id, chosen)
        for mark in (None, str(first.next)):
            plan = plan_of(scene, chosen, mark)
            assert INDEXES[sort, filtered] in plan or _guessed(sort, filtered, mark, plan), plan
            assert not WASTEFUL.search(plan), plan


WASTEFUL = re.compile(
    r"Sort|TEMP B-TREE|Seq Scan on comments_comments|SCAN comments_comments(?! USING)"  # Themes are few.
)


def _guessed(sort: str, filtered: bool, mark: str | None, plan: str) -> bool:
    """The one page whose index PostgreSQL may choose wrongly: a weakness of the query, not of this test.

    It guesses a comparison of pairs by their first column alone. After a mark at no support it expects a
    single row, so that the index without the question looks as cheap as the one with it.
    """
    after_no_support = filtered and sort == "supported" and (mark or "").startswith("0-")
    return after_no_support and "Index Scan Backward" in plan and INDEXES[sort, False] in plan


def test_a_page_deep_among_equals_reads_no_more_than_the_first(app: Flask, scene: Scene) -> None:
    """All have the same support: the pair of key and id leads to the place, without reading what is before."""
    fill(scene, 1500, supports=False)
    analyse()
    if db.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL tells how many rows a plan read")
    last = db.session.scalar(text("SELECT min(id) FROM comments_comments")) or 0
    with app.test_request_context("/th/"):
        plan = plan_of(scene, Filter("supported"), f"0-{last + 200}", "EXPLAIN (ANALYZE, COSTS OFF) ")
    removed = [int(found) for found in re.findall(r"Rows Removed by Filter: (\d+)", plan)]
    assert sum(removed) == 0, plan


def test_the_lists_follow_the_comments(scene: Scene) -> None:
    fill(scene, 40)
    db.session.rollback()
    for comment in db.session.query(Comment):
        before = (comment.listed_in, comment.waiting_in, comment.answered_in)
        comment.arrange()
        assert (comment.listed_in, comment.waiting_in, comment.answered_in) == before
    db.session.rollback()


def fill(scene: Scene, count: int, question_id: int | None = None, *, supports: bool = True) -> None:
    """A long thread past the verbs: every third answered, supports spread over a few numbers."""
    about = {"question_id": question_id, "about": f"question/{question_id}", "about_th": "ข้อ"}
    if question_id:  # A tenth is on the question.
        make_many(scene, count * 9 // 10)
        count //= 10
    make_many(scene, count, **(about if question_id else {}))
    ids = db.session.scalars(db.select(Comment.id).order_by(Comment.id)).all()
    with transaction():
        if supports:
            for number in (1, 2):
                some = [ident for ident in ids if ident % 7 == number]
                db.session.execute(update(Comment).where(Comment.id.in_(some)).values(supports=number))
        answered = ids[::3]
        for part, at in zip((answered[::2], answered[1::2]), (0, 5), strict=True):
            db.session.execute(
                update(Comment)
                .where(Comment.id.in_(part))
                .values(
                    verdict="adopted",
                    reason_th="ใช้",
                    revision=1,
                    answered_at=now() + timedelta(minutes=at),
                    settled_at=now() + timedelta(minutes=at),
                    answered_in=scene.id,
                    waiting_in=None,
                )
            )
        note_recorded(db.session.connection(), "comments")
    assert all(a < b for a, b in pairwise(ids))


def analyse() -> None:
    """PostgreSQL gathers its statistics by itself; nobody does it for SQLite."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def plan_of(scene: Scene, chosen: Filter, mark: str | None, explain: str = "") -> str:
    """How the engine reads a page."""
    captured: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        captured.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    queries.comments_page(scene.id, chosen, mark)
    event.remove(db.engine, "before_cursor_execute", note)
    statement, parameters = captured[-1]
    prefix = explain or ("EXPLAIN " if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN ")
    rows = db.session.connection().exec_driver_sql(prefix + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)
