"""Searching: what is found, in which order, and that nothing stays findable that is no longer public."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text

from app.cli import reindex_command
from app.core.clock import now
from app.core.db import db, transaction
from app.i18n.bilingual import Bilingual
from app.issues import facts
from app.issues.models import Activity, Issue, Response
from app.issues.queries import issue_place
from app.ledger.facts import SYSTEM
from app.ledger.guard import note_recorded
from app.ledger.record import record
from app.search import background
from app.search.background import all_mentions, reindex
from app.search.models import WORDS, Cursor, Document
from app.search.queries import _found, search
from app.search.service import Mention, prepare, write
from app.search.words import wanted_words
from app.work import tick
from tests.search.talks import Talks
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_activity, make_issue, saved


def subjects(query: str, kind: str | None = None) -> list[str]:
    db.session.remove()
    return [hit.shown.subject for hit in search(query, kind).hits]


def size() -> tuple[int, int]:
    """How many documents there are, and how many rows of words."""
    db.session.remove()
    documents = db.session.scalar(select(func.count()).select_from(Document)) or 0
    return documents, db.session.scalar(text(f"SELECT count(*) FROM {WORDS}")) or 0


def test_a_part_of_a_word_finds_it(talks: Talks, activity: Activity) -> None:
    talks.say(activity, "word/1", "น้ำท่วมตลาดเก่าทุกปี")
    talks.say(activity, "word/2", "ป้าขายขนมหน้าวัด")
    talks.say(activity, "word/3", "ป่าชุมชนถูกตัด")
    tick()
    assert subjects("ท่วม") == ["word/1"]
    assert subjects("นํ้าท่วม") == ["word/1"]
    assert subjects("ตลาด น้ำท่วม") == ["word/1"]
    assert subjects("ป่า") == ["word/3"]
    assert subjects("ป้า") == ["word/2"]
    assert subjects("ตลาด ป่า") == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "' OR 1",
        "title : x",
        "a* NEAR(b)",
        "(",
        "\\",
        "x' | 'y",
        "NOT",
        "AND OR",
        "{line}",
        "%",
        "a\x00b",
        "😀",
    ],
)
def test_what_looks_like_an_operator_is_only_a_word(talks: Talks, activity: Activity, query: str) -> None:
    talks.say(activity, "word/1", "ไม่มีอะไร")
    tick()
    assert subjects(query) == []


def test_titles_come_first_then_the_newest(talks: Talks, activity: Activity, clock: Clock) -> None:
    talks.say(activity, "word/1", "เขื่อน", title=Bilingual("เขื่อนกั้นน้ำ"))
    for n in (2, 3):
        clock.advance(hours=1)
        talks.say(activity, f"word/{n}", "อยากได้เขื่อน")
    tick()
    assert subjects("เขื่อน") == ["word/1", "word/3", "word/2"]


def test_the_title_of_the_activity_finds_the_activity_alone(talks: Talks, activity: Activity) -> None:
    talks.say(activity, f"activity/{activity.id}", "")
    talks.say(activity, "word/1", "ไม่เห็นด้วย")
    tick()
    assert subjects(activity.title_th) == [f"activity/{activity.id}"]


def test_a_thing_with_two_subjects_is_told_once(talks: Talks, activity: Activity) -> None:
    for subject in ("word/1", f"activity/{activity.id}"):
        talks.say(activity, subject, "ทางเท้า", anchor="same")
    talks.say(activity, "word/2", "ทางเท้าแคบ")
    tick()
    assert len(subjects("ทางเท้า")) == 2


def test_pages_follow_each_other_without_a_gap(talks: Talks, activity: Activity, clock: Clock) -> None:
    for n in range(1, 15):
        title = Bilingual("สะพาน") if n % 5 == 0 else None
        talks.say(activity, f"word/{n}", "สะพาน", title=title)
        clock.advance(minutes=n % 2)
    tick()
    whole = subjects("สะพาน")
    assert len(set(whole)) == 14
    assert set(whole[:2]) == {"word/5", "word/10"}
    for limit in (1, 2, 3, 7):
        seen: list[str] = []
        after = None
        while True:
            page = search("สะพาน", after=after, limit=limit)
            seen += [hit.shown.subject for hit in page.hits]
            if page.next is None:
                break
            after = page.next
        assert seen == whole


def test_only_one_kind_is_looked_in(talks: Talks, activity: Activity) -> None:
    issue = make_issue(title_th="สะพานลอย")
    talks.say(activity, "word/1", "สะพานลอย")
    list(reindex(all_mentions()))
    assert sorted(subjects("สะพานลอย")) == [f"issue/{issue.id}", "word/1"]
    assert subjects("สะพานลอย", "talks") == ["word/1"]
    assert subjects("สะพานลอย", "issue") == [f"issue/{issue.id}"]
    assert subjects("สะพานลอย", "votes") == []


# ---------------------------------------------------------------- what is public now


def test_what_was_taken_back_is_gone_at_once_and_then_from_the_index(
    talks: Talks, activity: Activity
) -> None:
    talks.say(activity, "word/1", "ถอนแล้ว")
    tick()
    before = size()
    shown = talks.said.pop("word/1")
    assert subjects("ถอน") == []
    assert size() == before
    talks.said["word/1"] = shown
    talks.take_back(activity, "word/1")
    tick()
    assert size() == (before[0] - 1, before[1] - 1)


def test_words_that_were_changed_are_found_as_they_are_now(talks: Talks, activity: Activity) -> None:
    talks.say(activity, "word/1", "ถนนพัง")
    tick()
    before = size()
    talks.say(activity, "word/1", "สะพานพัง")
    tick()
    assert size() == before
    assert (subjects("ถนน"), subjects("สะพาน")) == ([], ["word/1"])


def test_an_entry_counts_once_and_unchanged_words_are_left_alone(talks: Talks, activity: Activity) -> None:
    talks.say(activity, "word/1", "ถนนพัง")
    tick()
    assert background.run() == 0
    with transaction():
        db.session.execute(text(f"DELETE FROM {WORDS}"))
    talks.tell(activity, "word/1")
    tick()
    assert size()[1] == 0
    list(reindex(all_mentions()))
    assert subjects("ถนน") == ["word/1"]


def test_what_another_indexer_read_meanwhile_is_not_written(
    talks: Talks, activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks.say(activity, "word/1", "ถนนพัง")
    true_prepare = background.prepare
    quicker: list[int] = []

    def slow(mentions):
        prepared = true_prepare(mentions)
        if not quicker:
            quicker.append(1)
            del talks.said["word/1"]
            assert background.run() > 0
        return prepared

    monkeypatch.setattr(background, "prepare", slow)
    tick()
    assert quicker
    assert subjects("ถนน") == []
    assert db.session.scalar(select(Document.id).where(Document.subject == "word/1")) is None


def test_a_draft_is_found_once_it_is_published(talks: Talks, clock: Clock) -> None:
    issue = make_issue(published=False, title_th="ร่างเรื่องคลอง")
    activity = make_activity(issue, talks.code)
    talks.say(activity, "word/1", "ขุดลอกคลอง")
    found, talks.said = talks.said, {}
    tick()
    assert subjects("คลอง") == []
    talks.said = found
    publish(issue)
    tick()
    assert subjects("คลอง") == [f"issue/{issue.id}", "word/1"]


def publish(issue: Issue) -> None:
    with transaction():
        stored = db.session.get_one(Issue, issue.id)
        stored.published_at = now()
        place = issue_place(stored)
        data = {"level": 2}
        record(facts.PUBLISHED, subject=f"issue/{issue.id}", actor=SYSTEM, place=place, data=data)


def test_an_issue_is_found_by_its_answer_once_that_is_published(app: Flask, clock: Clock) -> None:
    issue = make_issue()
    response = Response(
        issue_id=issue.id,
        heard_th="ได้ยินเรื่องเสียงดัง",
        decided_th="ย้ายเครื่องสูบ",
        will_do_th="ทำ",
        plans=[],
        written_at=clock(),
    )
    saved(response)
    list(reindex(all_mentions()))
    assert subjects("เครื่องสูบ") == []
    with transaction():
        db.session.get_one(Response, issue.id).published_at = clock()
        note_recorded(db.session.connection(), "issues")
    list(reindex(all_mentions()))
    assert subjects("เครื่องสูบ") == [f"issue/{issue.id}"]


# ---------------------------------------------------------------- making the index anew


def test_reindexing_can_be_stopped_and_begun_again(
    talks: Talks, activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "BATCH", 3)
    for n in range(1, 11):
        talks.say(activity, f"word/{n}", "น้ำเสีย")
    tick()
    expected = subjects("น้ำเสีย")
    with transaction():
        db.session.execute(text(f"DELETE FROM {WORDS}"))
        db.session.execute(text("DELETE FROM search_documents"))
    steps = reindex(all_mentions())
    assert next(steps) == 3
    steps.close()
    assert 0 < size()[0] < 10
    mentions = all_mentions()
    assert sum(reindex(mentions)) == len(mentions)
    assert sorted(subjects("น้ำเสีย")) == sorted(expected)
    assert size()[0] == size()[1]


def test_reindexing_takes_out_what_is_gone_and_what_belongs_to_nothing(
    talks: Talks, activity: Activity
) -> None:
    talks.say(activity, "word/1", "เก่า")
    tick()
    list(reindex(all_mentions()))
    before = size()[0]
    del talks.said["word/1"]
    with transaction():
        made_up = {"sqlite": "(rowid, line) VALUES (77, 'x')", "postgresql": "VALUES (77, '''x''', '''x''')"}
        db.session.execute(text(f"INSERT INTO {WORDS} {made_up[db.engine.dialect.name]}"))
    list(reindex(all_mentions()))
    assert size() == (before - 1, before - 1)


def test_the_command_writes_the_index_anew(talks: Talks, activity: Activity, app: Flask) -> None:
    talks.say(activity, "word/1", "ทางเท้า")
    result = CliRunner().invoke(reindex_command, obj=SimpleNamespace(app=lambda: app))
    assert result.exit_code == 0, result.output
    assert subjects("ทางเท้า") == ["word/1"]


def test_the_cursor_stands_at_the_end_of_the_log(talks: Talks, activity: Activity) -> None:
    talks.say(activity, "word/1", "ก")
    tick()
    cursors = {cursor.log: cursor.next_idx for cursor in db.session.scalars(select(Cursor))}
    assert list(cursors.values()) == [1]


# ---------------------------------------------------------------- cost


def test_ten_thousand_things_cost_what_twenty_do(talks: Talks, activity: Activity, app: Flask) -> None:
    issue = make_issue(title_th="น้ำท่วม")
    talks.say(activity, "word/1", "น้ำท่วมถนน")
    list(reindex(all_mentions()))
    tick()
    path = "/th/search?q=น้ำท่วม"
    few = PageBrowser(app).get(path)
    fill(talks, activity, 10_000)
    many = PageBrowser(app).get(path)
    assert few.statements == many.statements <= 5
    assert len(many.all("ol", class_="found")) == 1
    assert f'href="/th/issues/{issue.id}"' in many.html
    assert 'rel="next"' in many.html
    assert [hit.shown.subject for hit in search("เสาไฟที่ 7777").hits] == ["word/7777"]
    plan = explained("7777")
    if db.engine.dialect.name == "sqlite":
        assert plan.count("SCAN search_words VIRTUAL TABLE INDEX") == 2
        assert "SCAN search_documents" not in plan
    else:
        assert "Bitmap Index Scan on ix_search_words_title" in plan
        assert "Bitmap Index Scan on ix_search_words_words" in plan
        assert "Seq Scan on search" not in plan


def fill(talks: Talks, activity: Activity, count: int) -> None:
    """Many things said, put straight before the indexer."""
    words = ["น้ำท่วมบ้าน", "ป่าชุมชน", "ตลาดสด", "ทางเท้าแคบ", "ฝุ่นควัน"]
    mentions = []
    for n in range(10, 10 + count):
        talks.say_quietly(activity, f"word/{n}", words[n % 5] + f" เสาไฟที่ {n}")
        mentions.append(Mention(f"word/{n}", activity.issue_id, activity.id, now()))
    for start in range(0, count, 1000):
        prepared = prepare(mentions[start : start + 1000])
        with transaction():
            write(prepared)


def explained(query: str) -> str:
    db.session.remove()
    sqlite = db.engine.dialect.name == "sqlite"
    if not sqlite:
        with transaction():
            db.session.execute(text("ANALYZE search_words, search_documents"))
    statement = _found(wanted_words(query), None, None, 21)
    compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    rows = db.session.execute(
        text(("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ") + escaped(str(compiled)))
    )
    return "\n".join(str(row[-1]) for row in rows)


def escaped(statement: str) -> str:
    return statement.replace(":", "\\:").replace("%%", "%")
