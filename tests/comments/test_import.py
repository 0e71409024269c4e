"""Taking comments over from files: row by row, once each, cut off and begun again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.activities.comments import commands
from app.activities.comments.models import Comment, ImportedRow
from app.activities.comments.service.importing import Row, import_rows
from app.cli import main
from app.core.db import db, transaction
from app.ledger.models import Entry
from tests.comments.make import Scene, counted_anew, make_scene, tallied_anew, tallies, thread_counts
from tests.comments.test_statements import statements

DATA = Path(os.environ.get("RUAMKHIT_DATA", "../shared/data"))


class Context:
    """What the command gets from `ruamkhit`: here the test's own application."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def app(self) -> Flask:
        return self._app


def run(app: Flask, file: Path, scene: Scene, *options: str) -> Result:
    db.session.remove()
    arguments = [str(file), "--activity", str(scene.id), *options]
    return CliRunner().invoke(commands.import_comments, arguments, obj=Context(app))


def comments() -> list[Comment]:
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id).all()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "comments.csv"
    path.write_text(
        "text,lang,author,at\n"
        "ขอช่องเปิดหน้าร้าน,,สมหญิง,2026-04-01T09:00+07:00\n"
        '"Two lines,\nwith a comma",en,,\n'
        ",th,nobody,\n"
        "Wrong language,fr,,\n"
        "Wrong time,,,yesterday\n"
        f"{'x' * 2001},,,\n"
        "=1+1,,,2026-04-02\n",
        encoding="utf-8",
    )
    return path


def test_rows_become_comments_and_faults_are_named(app: Flask, scene: Scene, file: Path) -> None:
    done = run(app, file, scene)
    assert done.exit_code == 1
    assert "3 comments taken in, 0 were there already, 4 rows with faults" in done.output
    for line, words in ((5, "no text"), (6, "th or en"), (7, "a date and time"), (8, "longer than 2,000")):
        assert f"line {line}: " in done.output
        assert words in done.output
    first, second, third = comments()
    assert (first.name, first.lang, first.channel) == ("สมหญิง", "th", "import")
    assert first.sent_at.isoformat() == "2026-04-01T02:00:00+00:00"
    assert second.body == "Two lines,\nwith a comma"
    assert third.sent_at.isoformat() == "2026-04-01T17:00:00+00:00", "Bangkok's midnight"
    assert all(comment.person_id is None and not comment.unverified for comment in comments())
    assert thread_counts(scene) == counted_anew(scene)
    assert tallies(scene) == tallied_anew(scene) == {("channel", "import"): 3}
    told = db.session.query(Entry).filter_by(fact="comments.comment.imported").order_by(Entry.at).all()
    assert {entry.subject for entry in told} == {f"comment/{comment.id}" for comment in comments()}


def test_read_again_it_adds_nothing(app: Flask, scene: Scene, file: Path, tmp_path: Path) -> None:
    run(app, file, scene)
    again = run(app, file, scene)
    assert "0 comments taken in, 3 were there already" in again.output
    copy = tmp_path / "another name.csv"
    copy.write_bytes(file.read_bytes())
    assert "0 comments taken in" in run(app, copy, scene).output
    assert thread_counts(scene)["shown"] == 3
    elsewhere = make_scene()
    assert "3 comments taken in" in run(app, file, elsewhere).output


def test_a_run_that_was_cut_off_goes_on_where_it_stood(
    app: Flask, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("".join(f"Comment number {n} of many\n" for n in range(10)), encoding="utf-8")
    monkeypatch.setattr(commands, "BATCH", 4)
    real, calls = commands.import_rows, []

    def failing(**values: object) -> int:
        calls.append(values)
        if len(calls) == 2:
            raise RuntimeError("the machine was switched off")
        return real(**values)

    monkeypatch.setattr(commands, "import_rows", failing)
    assert isinstance(run(app, file, scene, "--format", "lines").exception, RuntimeError)
    assert len(comments()) == 4
    done = run(app, file, scene, "--format", "lines")
    assert "6 comments taken in, 4 were there already" in done.output
    assert [comment.body for comment in comments()] == [f"Comment number {n} of many" for n in range(10)]
    assert db.session.query(ImportedRow).count() == 10
    assert thread_counts(scene) == counted_anew(scene)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"comment\nhello there\n", "no column text"),
        ("text\nสวัสดี\n".encode("cp874"), "not in UTF-8"),
        (b"", "no column text"),
    ],
)
def test_what_is_not_such_a_file_is_refused(
    app: Flask, scene: Scene, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    done = run(app, file, scene)
    assert done.exit_code == 1
    assert words in done.output
    assert comments() == []


def test_a_draft_and_no_activity_take_nothing(app: Flask, file: Path) -> None:
    draft = make_scene(published=False)
    assert "not public yet" in run(app, file, draft).output
    missing = CliRunner().invoke(
        commands.import_comments, [str(file), "--activity", "999999"], obj=Context(app)
    )
    assert "there is no comments activity 999999" in missing.output
    assert comments() == []


def test_the_command_stands_in_its_group() -> None:
    told = CliRunner().invoke(main, ["import", "comments", "--help"])
    assert told.exit_code == 0
    assert "--activity" in told.output


@pytest.mark.skipif(not (DATA / "polis").exists(), reason="no data for tests")
def test_the_comments_of_polis(app: Flask, scene: Scene) -> None:
    file = DATA / "polis" / "brexit-consensus" / "comments.csv"
    done = run(app, file, scene, "--format", "polis")
    assert "refused by the moderators" in done.output or done.exit_code == 0
    taken = comments()
    assert len(taken) > 20
    assert all(comment.lang == "en" and comment.name is None for comment in taken)
    assert thread_counts(scene) == counted_anew(scene)


@pytest.mark.skipif(not (DATA / "thai-text-wisesight").exists(), reason="no data for tests")
def test_thai_messages_line_by_line(app: Flask, scene: Scene, tmp_path: Path) -> None:
    lines = (DATA / "thai-text-wisesight" / "q.txt").read_text(encoding="utf-8").splitlines()[:60]
    file = tmp_path / "q.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    run(app, file, scene, "--format", "lines")
    assert len(comments()) == len([line for line in lines if line.strip()])
    assert thread_counts(scene) == counted_anew(scene)


def test_a_batch_costs_the_same_statements_however_many_its_rows(app: Flask, scene: Scene) -> None:
    """No row is flushed, looked up or recorded by itself."""
    sent = []
    for batch in (1, 20, 300):
        rows = [Row(1_000 * batch + n, f"Comment {n}") for n in range(batch)]
        with statements(db.engine) as found, transaction():
            assert import_rows(activity_id=scene.id, sha256="0" * 64, rows=rows) == batch
        assert len(db.session.query(Entry).all()) == len(comments())
        db.session.rollback()
        sent.append(len([one for one in found if "RETURNING" not in one]))
    assert len(set(sent)) == 1, sent
