"""Numbering, checkpoints and `ruamkhit verify`: every entry gets one place, every change is named."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from app.config import current_settings
from app.core.db import db, transaction
from app.i18n import _l
from app.ledger.audit import Report, verify_everything
from app.ledger.checkpoint import open_checkpoint
from app.ledger.facts import SYSTEM, Citizen, Fact, Place
from app.ledger.guard import SEQUENCER
from app.ledger.keys import KeyStoreError
from app.ledger.merkle import root_of
from app.ledger.models import CheckpointRow, Entry, Head
from app.ledger.record import record
from app.ledger.sequence import Sequencer, ShorterHistory
from app.work import tick

FACT = Fact("ledgertest.thing.done", _l("Done."), data=frozenset({"n"}))
A, B = Place("agency/1", 1, 5), Place("agency/2", 2, 6)


def act(place: Place, n: int) -> str:
    with transaction():
        return record(FACT, subject=f"thing/{n}", actor=Citizen(n), place=place, data={"n": n}).id


def verify() -> Report:
    db.session.rollback()
    db.session.expire_all()
    return verify_everything(current_settings())


def sequencer() -> Sequencer:
    return Sequencer.for_settings(current_settings())


def tamper(sql: str, **values: object) -> None:
    """Change the database as someone with its password would: past the program and its guard."""
    with db.engine.connect() as connection:
        assert connection.execute(text(sql), values).rowcount >= 1
        connection.commit()


def test_entries_are_numbered_without_gaps_log_by_log(app: Flask) -> None:
    ids = [act(A if n % 3 else B, n) for n in range(12)]
    assert sequencer().run() == len(ids)
    rows = db.session.execute(select(Entry.log, Entry.idx).order_by(Entry.log, Entry.idx)).all()
    assert rows == [("agency/1", n) for n in range(8)] + [("agency/2", n) for n in range(4)]
    assert sequencer().run() == 0


def test_the_checkpoint_signs_the_root_of_the_leaves(app: Flask) -> None:
    for n in range(5):
        act(A, n)
    sequencer().run()
    act(A, 5)
    sequencer().run()
    leaves = list(db.session.scalars(select(Entry.leaf).order_by(Entry.idx)))
    notes = list(db.session.scalars(select(CheckpointRow.note).order_by(CheckpointRow.size)))
    vkey = sequencer().keys.vkey("agency/1", sequencer().origin("agency/1"))
    opened = [open_checkpoint(note.encode(), vkey) for note in notes]
    assert [(c.size, c.root) for c in opened] == [(n, root_of(leaves[:n])) for n in (5, 6)]
    assert opened[0].origin == "localhost/ledger/agency/1"


def test_two_sequencers_at_once_number_each_entry_once(app: Flask) -> None:
    for n in range(60):
        act(A, n)
    counts: list[int] = []

    def run() -> None:
        with app.app_context():
            counts.append(sequencer().run())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 60
    assert sorted(db.session.scalars(select(Entry.idx))) == list(range(60))
    assert verify().sound


def test_a_shorter_history_is_never_signed(app: Flask) -> None:
    for n in range(3):
        act(A, n)
    sequencer().run()
    tamper("UPDATE ledger_heads SET size = 2")
    act(A, 3)
    with pytest.raises(ShorterHistory):
        sequencer().run()


def test_verification_of_an_honest_ledger(app: Flask) -> None:
    for n in range(7):
        act(A, n)
    tick()
    act(A, 7)
    report = verify()
    assert report.sound
    assert [(log.numbered, log.waiting) for log in report.logs] == [(7, 1)]


CHANGES = {
    "body": "UPDATE ledger_entries SET body = replace(body, 'thing/4', 'thing/9') WHERE id = :id",
    "subject": "UPDATE ledger_entries SET subject = 'thing/9' WHERE id = :id",
    "fact": "UPDATE ledger_entries SET fact = 'ledgertest.thing.dome' WHERE id = :id",
    "actor": "UPDATE ledger_entries SET actor = 'system' WHERE id = :id",
    "at": "UPDATE ledger_entries SET at = '2026-04-18T03:00:01Z' WHERE id = :id",
    "issue": "UPDATE ledger_entries SET issue = 6 WHERE id = :id",
    "level": "UPDATE ledger_entries SET level = 3 WHERE id = :id",
}


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "waiting"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_entry_is_named(app: Flask, change: str, numbered: bool) -> None:
    ids = [act(A, n) for n in range(8)]
    if numbered:
        sequencer().run()
    tamper(CHANGES[change], id=ids[4])
    report = verify()
    assert not report.sound
    assert ids[4] in "\n".join(report.lines())
    assert report.logs[0].faults[0].entry_id == ids[4]


def test_every_single_byte_of_an_entry_matters(app: Flask) -> None:
    """Each byte of one stored entry in turn, as the issue asks."""
    ids = [act(A, n) for n in range(3)]
    sequencer().run()
    body = db.session.scalar(select(Entry.body).where(Entry.id == ids[1])) or ""
    for place in range(0, len(body), 7):
        changed = body[:place] + chr(ord(body[place]) ^ 1) + body[place + 1 :]
        tamper("UPDATE ledger_entries SET body = :body WHERE id = :id", body=changed, id=ids[1])
        report = verify()
        assert not report.sound, f"byte {place}"
        assert ids[1] in "\n".join(report.lines()), f"byte {place}"
    tamper("UPDATE ledger_entries SET body = :body WHERE id = :id", body=body, id=ids[1])
    assert verify().sound


def test_a_removed_entry_is_seen(app: Flask) -> None:
    ids = [act(A, n) for n in range(8)]
    sequencer().run()
    tamper("DELETE FROM ledger_openings WHERE entry_id = :id", id=ids[3])
    tamper("DELETE FROM ledger_entries WHERE id = :id", id=ids[3])
    assert not verify().sound


def test_swapped_places_are_seen(app: Flask) -> None:
    ids = [act(A, n) for n in range(4)]
    sequencer().run()
    places = dict(db.session.execute(select(Entry.id, Entry.idx)).all())
    for ident, place in ((ids[0], 99), (ids[1], places[ids[0]]), (ids[0], places[ids[1]])):
        tamper("UPDATE ledger_entries SET idx = :idx WHERE id = :id", idx=place, id=ident)
    assert not verify().sound


def test_a_rewritten_checkpoint_is_seen(app: Flask) -> None:
    for n in range(4):
        act(A, n)
    sequencer().run()
    tamper(
        "UPDATE ledger_checkpoints SET note = replace(note, chr(10) || '4', chr(10) || '5')"
        if db.engine.dialect.name == "postgresql"
        else "UPDATE ledger_checkpoints SET note = replace(note, char(10) || '4', char(10) || '5')"
    )
    assert not verify().sound


def test_a_log_without_its_checkpoints_is_not_sound(app: Flask) -> None:
    act(A, 1)
    sequencer().run()
    with db.engine.connect() as connection:
        connection.execute(delete(CheckpointRow), execution_options={SEQUENCER: True})
        connection.commit()
    assert not verify().sound


def test_bytes_that_are_no_text_are_named_too(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL itself refuses to store them.
    ids = [act(A, n) for n in range(3)]
    sequencer().run()
    tamper(
        "UPDATE ledger_entries SET body = CAST(x'FF' || CAST(body AS BLOB) AS TEXT) WHERE id = :id", id=ids[1]
    )
    report = verify()
    assert ids[1] in "\n".join(report.lines())


def test_a_moved_head_is_seen(app: Flask) -> None:
    for n in range(3):
        act(A, n)
    sequencer().run()
    tamper("UPDATE ledger_heads SET size = 2")
    assert not verify().sound


def test_a_lost_key_stops_the_signing(app: Flask) -> None:
    act(A, 1)
    sequencer().run()
    for file in (current_settings().var_dir / "keys").glob("agency.1.*"):
        file.rename(file.with_suffix(".lost"))
    act(A, 2)
    with pytest.raises(KeyStoreError):
        sequencer().run()
    for file in (current_settings().var_dir / "keys").glob("agency.1.lost"):
        file.rename(file.with_suffix(".pem"))


def test_one_log_that_cannot_be_signed_stops_no_other(app: Flask) -> None:
    programme = Place.programme()
    act(A, 1)
    sequencer().run()
    (key,) = (current_settings().var_dir / "keys").glob("agency.1.pem")
    lost = key.rename(key.with_suffix(".lost"))
    act(A, 2)
    act(programme, 3)
    with pytest.raises(KeyStoreError, match="agency/1"):
        sequencer().run()
    waiting = db.session.execute(select(Entry.log).where(Entry.idx.is_(None))).scalars().all()
    assert waiting == ["agency/1"], "the programme's log, later in the alphabet, was numbered"
    lost.rename(key)
    assert sequencer().run() == 1
    assert verify().sound


def test_a_log_keeps_its_name_when_the_address_changes(app: Flask) -> None:
    """`PORT=8080 make demo` after `make demo`: the older checkpoints are not foreign."""
    act(A, 1)
    sequencer().run()
    moved = replace(current_settings(), base_url="http://127.0.0.1:8080")
    act(A, 2)
    act(B, 3)
    Sequencer.for_settings(moved).run()
    assert Sequencer.for_settings(moved).origin("agency/1") == "localhost/ledger/agency/1"
    assert sequencer().origin("agency/2") == "127.0.0.1:8080/ledger/agency/2"
    db.session.rollback()
    for settings in (current_settings(), moved):
        assert verify_everything(settings).sound


def test_only_what_the_log_itself_has_signed_tells_its_name(app: Flask) -> None:
    act(A, 1)
    sequencer().run()
    act(A, 2)
    sequencer().run()
    tamper("UPDATE ledger_checkpoints SET note = replace(note, 'localhost', 'elsewhere') WHERE size = 1")
    assert sequencer().origin("agency/1") == "localhost/ledger/agency/1"
    faults = verify().logs[0].faults
    assert [fault.kind for fault in faults] == ["checkpoint"], "the one that was changed, and no other"


def test_a_head_alone_names_a_log(app: Flask) -> None:
    assert verify().logs == []
    with transaction():
        record(FACT, subject="thing/1", actor=SYSTEM, place=Place.programme())
    tick()
    assert [log.log for log in verify().logs] == ["programme"]
    assert db.session.get(Head, "programme") is not None
