"""Files no row names go after two days; what is named, young, or stored again meanwhile stays."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from app import work
from app.config import current_settings
from app.core import orphans, staging
from app.core.clock import now
from app.core.db import db, transaction
from app.core.files import StoredFile, path_of, store
from app.core.orphans import KEPT_FOR, sweep_files
from app.core.pauses import Pause
from app.work import throw_away
from tests.support.clock import Clock


@pytest.fixture(autouse=True)
def empty(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No files of other tests, and no pause that they began."""
    shutil.rmtree(current_settings().var_dir / "files", ignore_errors=True)
    monkeypatch.setattr(work, "pause", Pause(timedelta(hours=1)))


def kept(words: bytes, days: float) -> StoredFile:
    """A stored file that was last wanted so many days ago."""
    file = store(BytesIO(words), "note.txt")
    age(path_of(file.sha256), days)
    return file


def age(path: Path, days: float) -> None:
    moment = now().timestamp() - days * 86400
    os.utime(path, (moment, moment))


def there(*files: StoredFile) -> list[bool]:
    return [path_of(file.sha256).exists() for file in files]


def test_what_no_row_names_goes_once_it_is_old(app: Flask) -> None:
    young, old, staged = kept(b"young", 1.9), kept(b"old", 2.1), kept(b"staged", 9)
    staging.stage(staged)
    assert sweep_files() == 1
    assert there(young, old, staged) == [True, False, True]
    assert sweep_files() == 0


def test_a_form_never_sent_leaves_nothing(app: Flask, clock: Clock) -> None:
    file = kept(b"an identity card", 0)
    key = staging.stage(file)
    clock.advance(hours=23)
    throw_away()
    assert staging.staged([key])
    clock.advance(hours=2)
    throw_away()
    db.session.rollback()
    assert db.session.query(staging.StagedFile).count() == 0
    clock.advance(days=2)
    throw_away()
    assert there(file) == [False]


def test_every_room_keeps_digests_under_the_name_that_is_looked_for(app: Flask) -> None:
    """A table that named its files otherwise would lose them."""
    named = {f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.c}
    digests = {name for name in named if "sha256" in name}
    found = {f"{table.name}.sha256" for table in orphans._tables()}
    assert digests - found == {"comments_imported_rows.file_sha256"}, (
        "a file somebody imported, not one we keep"
    )
    assert len(found) > 7


def test_what_is_stored_again_while_we_look_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is put aside it is touched; after that it is written anew. Neither is lost."""
    file = kept(b"wanted again", 9)
    rename = os.rename

    def touched_first(old: Path, new: Path) -> None:
        store(BytesIO(b"wanted again"), "note.txt")
        rename(old, new)

    monkeypatch.setattr(orphans.os, "rename", touched_first)
    assert sweep_files() == 0
    assert there(file) == [True]
    age(path_of(file.sha256), 9)

    def touched_after(old: Path, new: Path) -> None:
        rename(old, new)
        store(BytesIO(b"wanted again"), "note.txt")

    monkeypatch.setattr(orphans.os, "rename", touched_after)
    assert sweep_files() == 1
    assert there(file) == [True]


def test_what_a_cut_off_sweep_put_aside_comes_back(app: Flask) -> None:
    file = kept(b"put aside", 1)
    path = path_of(file.sha256)
    os.rename(path, path.with_name(orphans.LEAVING + path.name))
    assert sweep_files() == 0
    assert there(file) == [True]


def test_the_young_are_younger_than_any_form(app: Flask) -> None:
    with transaction():
        assert KEPT_FOR > staging.KEPT_FOR
