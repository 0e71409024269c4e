"""Backup and restore: under load, into an empty place, every table and file equal; a changed copy refused."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app import backup, create_app
from app.backup import BackupError, back_up, restore
from app.config import Settings, current_settings
from app.core.db import db
from app.core.files import store
from app.ledger.audit import verify_everything
from app.work import tick
from tests.ledger.test_sequence import A, act
from tests.support.make import make_agency, make_issue, make_person
from tests.support.postgres import Cluster


@pytest.fixture
def elsewhere(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """An empty place on the same engine."""
    if db.engine.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'restored' / 'ruamkhit.db'}"
        yield replace(current_settings(), var_dir=tmp_path / "restored", database_url=url)
        return
    cluster: Cluster = request.getfixturevalue("postgresql_cluster")
    name = f"restored_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"  # Each test process has its own.
    cluster.drop_database(name)
    url = cluster.create_database(name)
    yield replace(current_settings(), var_dir=tmp_path / "restored", database_url=url)
    cluster.drop_database(name)


def quiet(_words: str) -> None:
    pass


def fill() -> None:
    make_issue(make_agency(name_th="เทศบาลตำบลป่าโมก"))
    make_person(name="สมหญิง ใจดี")
    for n in range(300):
        act(A, n)
    store(BytesIO("ประกาศ".encode()), "notice.txt")
    while tick():
        pass


def tables() -> dict[str, str]:
    """A digest of the rows of every table there is, in the order of their text."""
    digests = {}
    with db.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            digests[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def files(var_dir: Path) -> dict[str, str]:
    return {
        path.relative_to(var_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("files", "keys", "ledger")
        for path in (var_dir / part).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@contextmanager
def brought_back(settings: Settings, folder: Path) -> Iterator[None]:
    """Within: the application on what was restored; afterwards none of its connections is left."""
    with create_app(settings).app_context():
        restore(settings, folder, quiet)
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def test_everything_comes_back_as_it_was(app: Flask, elsewhere: Settings, tmp_path: Path) -> None:
    fill()
    back_up(current_settings(), tmp_path / "copy", quiet)
    before, kept = tables(), files(current_settings().var_dir)
    assert len(before) > 60
    assert kept
    with brought_back(elsewhere, tmp_path / "copy"):
        assert tables() == before
        assert files(elsewhere.var_dir).items() >= kept.items()
        assert verify_everything(elsewhere).sound
        act(A, 301)
        while tick():
            pass
        assert verify_everything(elsewhere).sound, "it goes on where it stood"


def test_under_load_what_was_acknowledged_before_is_in_it(
    app: Flask, elsewhere: Settings, tmp_path: Path
) -> None:
    fill()
    before = [act(A, n) for n in range(20)]
    stop = threading.Event()

    def work() -> None:
        with app.app_context():
            while not stop.is_set():
                store(BytesIO(act(A, 1).encode()), "note.txt")
            db.session.remove()

    def publish() -> None:
        with app.app_context():
            while not stop.is_set():
                tick()

    threads = [threading.Thread(target=work), threading.Thread(target=publish)]
    for thread in threads:
        thread.start()
    try:
        back_up(current_settings(), tmp_path / "copy", quiet)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    with brought_back(elsewhere, tmp_path / "copy"):
        with db.engine.connect() as connection:
            found = set(connection.execute(text("SELECT id FROM ledger_entries")).scalars())
        assert set(before) <= found
        assert verify_everything(elsewhere).sound
        while tick():
            pass  # The copy is never behind its own published logs.
        assert verify_everything(elsewhere).sound


def test_only_into_an_empty_place(app: Flask, elsewhere: Settings, tmp_path: Path) -> None:
    fill()
    back_up(current_settings(), tmp_path / "copy", quiet)
    with pytest.raises(BackupError, match="is there already"):
        back_up(current_settings(), tmp_path / "copy", quiet)
    with pytest.raises(BackupError, match="is not empty: it holds"):
        restore(current_settings(), tmp_path / "copy", quiet)
    taken = replace(elsewhere, database_url=current_settings().database_url)
    with pytest.raises(BackupError, match=r"is there already|not empty"):
        restore(taken, tmp_path / "copy", quiet)


def test_a_changed_or_unfinished_copy_is_refused(app: Flask, elsewhere: Settings, tmp_path: Path) -> None:
    fill()
    copy = tmp_path / "copy"
    back_up(current_settings(), copy, quiet)
    name = next(one["path"] for one in json.loads((copy / "backup.json").read_text())["files"])
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(BackupError, match="was changed"):
        restore(elsewhere, copy, quiet)
    (copy / name).write_bytes(content)
    (copy / "added").write_bytes(b"x")
    with pytest.raises(BackupError, match="was changed: added"):
        restore(elsewhere, copy, quiet)
    for broken in ("{", "[]", "{}", '{"format": 1, "files": [{"x": 1}]}'):
        (copy / "backup.json").write_text(broken)
        with pytest.raises(BackupError, match=r"backup\.json is broken"):
            restore(elsewhere, copy, quiet)
    (copy / "backup.json").unlink()
    with pytest.raises(BackupError, match=r"backup\.json is missing"):
        restore(elsewhere, copy, quiet)
    assert not (elsewhere.var_dir / "files").exists()


def test_what_failed_half_way_can_be_tried_again(
    app: Flask, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    copy = tmp_path / "copy"
    back_up(current_settings(), copy, quiet)
    there = sorted(path.name for path in elsewhere.var_dir.glob("*"))

    def full_disk(*_given: object) -> None:
        raise OSError("No space left on device")

    with create_app(elsewhere).app_context():
        with monkeypatch.context() as broken:
            broken.setattr(backup, "_load", full_disk)
            with pytest.raises(OSError, match="No space"):
                restore(elsewhere, copy, quiet)
        assert sorted(path.name for path in elsewhere.var_dir.glob("*")) == there
        assert restore(elsewhere, copy, quiet) > 0
        db.engine.dispose()


def test_the_other_kind_of_database_is_refused(app: Flask, elsewhere: Settings, tmp_path: Path) -> None:
    fill()
    back_up(current_settings(), tmp_path / "copy", quiet)
    sqlite = db.engine.dialect.name == "sqlite"
    other = (
        "postgresql+psycopg://nobody@/nothing?host=/nowhere" if sqlite else f"sqlite:///{tmp_path / 'x.db'}"
    )
    with pytest.raises(BackupError, match="other kind of database"):
        restore(replace(elsewhere, database_url=other), tmp_path / "copy", quiet)
