"""Publishing: what stands there is signed, grows only, and is led on after an older copy was restored."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, func, select, text, update

from app.config import current_settings
from app.core.db import db, transaction
from app.ledger.audit import verify_everything
from app.ledger.checkpoint import NoteError, open_checkpoint
from app.ledger.guard import SEQUENCER
from app.ledger.logfiles import LogFiles, OtherHistory
from app.ledger.merkle import Frontier
from app.ledger.models import CheckpointRow, Entry, Head, Opening
from app.ledger.publish import Publisher
from app.ledger.replay import replay
from app.ledger.sequence import Sequencer
from app.ledger.tiles import tile_path
from tests.ledger.test_sequence import A, B, act

LOG = "agency/1"


def publisher() -> Publisher:
    return Publisher.for_settings(current_settings())


def number_and_publish() -> int:
    publisher().sequencer.run()
    return publisher().run()


def files() -> LogFiles:
    return publisher().sequencer.files(LOG)


def published_size() -> int:
    sequencer = publisher().sequencer
    return open_checkpoint(files().read_checkpoint(), sequencer.vkey(LOG)).size


def acts(number: int) -> None:
    for n in range(number):
        act(A, n)


def restore(size: int) -> None:
    """The database as it was when the log had `size` entries: what came later is not there."""
    frontier = Frontier()
    for leaf in db.session.scalars(
        select(Entry.leaf).where(Entry.log == LOG, Entry.idx < size).order_by(Entry.idx)
    ):
        frontier.push(leaf)
    later = select(Entry.id).where(Entry.log == LOG, Entry.idx >= size)
    quiet = {"synchronize_session": False, SEQUENCER: True}
    with transaction():
        db.session.execute(delete(Opening).where(Opening.entry_id.in_(later)), execution_options=quiet)
        for statement in (
            delete(Entry).where(Entry.log == LOG, Entry.idx >= size),
            delete(CheckpointRow).where(CheckpointRow.log == LOG, CheckpointRow.size > size),
            update(Head)
            .where(Head.log == LOG)
            .values(size=size, published=size, frontier=frontier.to_bytes()),
        ):
            db.session.execute(statement, execution_options=quiet)
    db.session.expire_all()


def test_what_is_numbered_is_published_and_the_logs_are_listed(app: Flask) -> None:
    acts(3)
    act(B, 0)
    assert number_and_publish() == 4
    assert number_and_publish() == 0
    assert published_size() == 3
    bodies = list(db.session.scalars(select(Entry.body).where(Entry.log == LOG).order_by(Entry.idx)))
    assert files().entries(0, 3) == [body.encode() for body in bodies]
    listed = json.loads((publisher().sequencer.folder / "logs.json").read_bytes())["logs"]
    assert [log["log"] for log in listed] == ["agency/1", "agency/2"]
    assert listed[0]["vkey"] == publisher().sequencer.vkey(LOG)
    assert listed[0]["origin"] == "localhost/ledger/agency/1"


def test_a_partial_tile_goes_when_the_full_one_is_there(app: Flask) -> None:
    acts(200)
    number_and_publish()
    assert (files().folder / tile_path(0, 0, 200)).exists()
    acts(60)
    number_and_publish()
    assert not (files().folder / tile_path(0, 0, 200)).exists()
    assert (files().folder / tile_path(0, 0)).exists()
    assert (files().folder / tile_path("entries", 1, 4)).exists()
    assert len(files().entries(0, 200)) == 200


def test_an_older_copy_signs_nothing_until_it_was_replayed(app: Flask) -> None:
    acts(300)
    number_and_publish()
    before = files().read_checkpoint()
    restore(255)
    act(A, 999)
    with pytest.raises(OtherHistory, match=r"300 entries are published, the database has 255.*replay"):
        publisher().sequencer.run()
    db.session.rollback()
    assert publisher().run() == 0
    assert files().read_checkpoint() == before
    assert not db.session.scalar(select(func.count()).where(Entry.idx >= 255, Entry.log == LOG))
    db.session.rollback()

    (done,) = replay(publisher().sequencer)
    assert (done.log, done.put_back, done.placed) == (LOG, 45, 0)
    assert replay(publisher().sequencer) == []
    assert number_and_publish() == 1
    assert published_size() == 301
    sequencer = publisher().sequencer
    tree = files().tree(301)
    old = open_checkpoint(before, sequencer.vkey(LOG))
    assert files().tree(300).root() == old.root
    assert tree.root() == open_checkpoint(files().read_checkpoint(), sequencer.vkey(LOG)).root
    db.session.expire_all()
    assert verify_everything(current_settings()).sound


def test_what_waited_in_the_copy_takes_the_place_it_was_given(app: Flask) -> None:
    acts(5)
    number_and_publish()
    with db.engine.begin() as connection:  # The copy was made while two of the entries still waited.
        connection.execute(text("UPDATE ledger_entries SET idx = NULL WHERE idx >= 3"))
        connection.execute(text("DELETE FROM ledger_checkpoints"))
        connection.execute(text("DELETE FROM ledger_heads"))
        connection.execute(text("UPDATE ledger_entries SET idx = NULL"))
    db.session.expire_all()
    (done,) = replay(publisher().sequencer)
    assert (done.put_back, done.placed) == (0, 5)
    assert verify_everything(current_settings()).sound


def test_what_waits_with_another_content_is_no_place_for_what_was_published(app: Flask) -> None:
    acts(3)
    number_and_publish()
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger_checkpoints"))
        connection.execute(text("DELETE FROM ledger_heads"))
        connection.execute(text("UPDATE ledger_entries SET idx = NULL"))
        connection.execute(
            text("UPDATE ledger_entries SET leaf = :leaf WHERE id = (SELECT min(id) FROM ledger_entries)"),
            {"leaf": b"0" * 32},
        )
    db.session.expire_all()
    with pytest.raises(OtherHistory, match="another content"):
        replay(publisher().sequencer)


def test_the_copy_of_another_installation_is_refused(app: Flask) -> None:
    acts(4)
    number_and_publish()
    restore(0)
    for n in range(100, 104):
        act(A, n)
    other = Sequencer(
        publisher().sequencer.keys, "localhost", publisher().sequencer.folder.parent / "elsewhere"
    )
    assert other.run() == 4
    act(A, 104)
    with pytest.raises(OtherHistory, match="not those of the database"):
        publisher().sequencer.run()
    with pytest.raises(OtherHistory, match="not those of the database"):
        publisher().run()


def test_replaying_a_log_that_does_not_continue_is_refused(app: Flask) -> None:
    acts(4)
    number_and_publish()
    restore(0)
    act(A, 50)
    other = Sequencer(
        publisher().sequencer.keys, "localhost", publisher().sequencer.folder.parent / "elsewhere"
    )
    other.run()
    with pytest.raises(OtherHistory, match="do not continue"):
        replay(publisher().sequencer)
    assert db.session.scalar(select(Head.size)) == 1


def test_a_checkpoint_nobody_signed_is_not_believed(app: Flask) -> None:
    acts(2)
    number_and_publish()
    path = files().folder / "checkpoint"
    path.write_bytes(path.read_bytes().replace(b"\n2\n", b"\n1\n"))
    act(A, 3)
    with pytest.raises(NoteError):
        publisher().sequencer.run()


def test_lost_files_are_written_anew(app: Flask) -> None:
    acts(300)
    number_and_publish()
    shutil.rmtree(publisher().sequencer.folder)
    act(A, 300)
    assert number_and_publish() == 301
    assert published_size() == 301
    assert (files().folder / tile_path(0, 0)).exists()


def test_cut_off_before_the_checkpoint_it_is_published_the_next_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts(3)
    publisher().sequencer.run()

    def cut_off(_self: LogFiles, _note: bytes) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(LogFiles, "write_checkpoint", cut_off)
        with pytest.raises(OSError, match="No space"):
            publisher().run()
    assert not files().begun
    assert publisher().run() == 3


def test_the_command_says_what_it_did(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    acts(3)
    number_and_publish()
    restore(1)
    from app import cli  # noqa: PLC0415 - reads the settings when it is loaded

    context = type("Context", (), {"settings": current_settings(), "app": lambda _self: app})()
    answer = CliRunner().invoke(cli.replay_command, obj=context)
    assert answer.exit_code == 0, answer.output
    assert "agency/1: 2 entries put back, 0 that waited have their place" in answer.output
