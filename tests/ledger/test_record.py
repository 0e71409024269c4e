"""Recording: the entry as it is written, what it hides, and the guard that refuses to forget one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from app.agencies.models import Agency
from app.core.db import db, transaction
from app.i18n import _l
from app.issues.models import Issue
from app.ledger.facts import SYSTEM, Actor, BadFact, Citizen, Fact, FileDigest, Place, RoleHolder
from app.ledger.guard import Unrecorded, WrittenOnce
from app.ledger.merkle import leaf_hash
from app.ledger.models import Entry, Opening
from app.ledger.openings import Disclosure, verify_opening
from app.ledger.record import Told, commitment, record, record_all
from tests.support.make import make_agency, make_issue

SHOWN = Fact("agencies.test.shown", _l("Shown."), data=frozenset({"verdict", "n"}))
HIDDEN = Fact("agencies.test.hidden", _l("Hidden."), data=frozenset({"score"}), visibility="sealed")
DAILY = Fact("agencies.test.daily", _l("By day."), precision="day")
ELSEWHERE = Fact("othertestroom.thing.done", _l("Done."))
PLACE = Place("agency/7", 7, 12, 34, 2, "views")
FILE = FileDigest("ab" * 32, 12, "text/plain")


def test_an_entry_has_the_frozen_shape(app: Flask) -> None:
    with transaction():
        entry = record(
            SHOWN,
            subject="comment/5",
            actor=RoleHolder("officer", 3),
            place=PLACE,
            data={"verdict": "adopted", "n": 2},
            files=[FILE],
        )
    body = json.loads(entry.body)
    assert body == {
        "v": 1,
        "id": entry.id,
        "log": "agency/7",
        "fact": "agencies.test.shown",
        "at": "2026-04-18T03:00:00Z",
        "actor": "officer:3",
        "issue": 12,
        "activity": 34,
        "subject": "comment/5",
        "level": 2,
        "stage": "views",
        "data": {"verdict": "adopted", "n": 2},
        "files": [{"sha256": "ab" * 32, "size": 12, "media": "text/plain"}],
        "commit": None,
    }
    assert entry.idx is None


def test_what_an_office_does_within_a_second_is_numbered_in_its_order(app: Flask) -> None:
    with transaction():
        made = [record(SHOWN, subject=f"thing/{n}", actor=SYSTEM, place=PLACE).id for n in range(50)]
    assert made == sorted(made)


@pytest.mark.parametrize(("fact", "actor"), [(SHOWN, Citizen(1)), (DAILY, SYSTEM)])
def test_an_id_tells_no_moment_of_a_person(app: Flask, fact: Fact, actor: Actor) -> None:
    with transaction():
        made = [record(fact, subject=f"thing/{n}", actor=actor, place=PLACE).id for n in range(50)]
    assert made != sorted(made)
    assert len({ident[:4] for ident in made}) > 40


def test_a_citizen_is_a_fresh_commitment_each_time(app: Flask) -> None:
    with transaction():
        entries = [record(SHOWN, subject=f"comment/{n}", actor=Citizen(41), place=PLACE) for n in (1, 2)]
    actors = [json.loads(entry.body)["actor"] for entry in entries]
    assert actors[0] != actors[1]
    assert "41" not in json.loads(entries[0].body)["actor"].replace(actors[0], "")
    opening = db.session.get(Opening, entries[0].id)
    assert opening is not None
    assert actors[0] == "citizen:" + commitment(opening.actor_salt, b"person/41")


def test_private_content_is_only_committed_to(app: Flask) -> None:
    with transaction():
        entry = record(SHOWN, subject="comment/1", actor=Citizen(1), place=PLACE, private={"text": "น้ำท่วม"})
    assert "น้ำท่วม" not in entry.body
    opening = db.session.get(Opening, entry.id)
    assert opening is not None
    assert json.loads(entry.body)["commit"] == commitment(opening.commit_salt, '{"text":"น้ำท่วม"}'.encode())


def test_a_sealed_fact_shows_neither_place_nor_data(app: Flask) -> None:
    with transaction():
        entry = record(
            HIDDEN, subject="score/9", actor=RoleHolder("evaluator", 2), place=PLACE, data={"score": 4}
        )
    body = json.loads(entry.body)
    assert (body["issue"], body["activity"], body["subject"], body["level"], body["stage"]) == (None,) * 5
    assert (body["data"], body["files"]) == ({}, [])
    opening = db.session.get(Opening, entry.id)
    assert opening is not None
    assert opening.sealed is not None
    assert body["commit"] == commitment(opening.commit_salt, opening.sealed.encode())
    assert json.loads(opening.sealed)["data"] == {"score": 4}


def test_a_fact_may_tell_only_the_day(app: Flask) -> None:
    with transaction():
        entry = record(DAILY, subject="activity/1", actor=SYSTEM, place=PLACE)
    assert json.loads(entry.body)["at"] == "2026-04-18"


@pytest.mark.parametrize("data", [{"text": "x"}, {"verdict": "มีข้อความ"}, {"verdict": 1.5}, {"n": {"a": 1}}])
def test_undeclared_or_free_data_is_refused(app: Flask, data: dict[str, object]) -> None:
    with pytest.raises(BadFact):
        record(SHOWN, subject="comment/1", actor=SYSTEM, place=PLACE, data=data)


def _orm_change(agency: Agency) -> None:
    agency.name_th = "ชื่อใหม่"
    db.session.flush()


def _core_change(agency: Agency) -> None:
    db.session.execute(update(Agency).where(Agency.id == agency.id).values(name_th="ชื่อใหม่"))


def _bulk_change(agency: Agency) -> None:
    db.session.connection().execute(update(Agency.__table__).values(name_th="ชื่อใหม่"))


def _deletion(agency: Agency) -> None:
    db.session.delete(agency)
    db.session.flush()


@pytest.mark.parametrize("change", [_orm_change, _core_change, _bulk_change, _deletion])
def test_a_change_without_an_entry_does_not_commit(app: Flask, change: Callable[[Agency], None]) -> None:
    agency = make_agency()
    with pytest.raises(Unrecorded, match="agencies_agencies"), transaction():
        change(db.session.get_one(Agency, agency.id))
    db.session.expire_all()
    assert db.session.get_one(Agency, agency.id).name_th != "ชื่อใหม่"


def test_a_change_with_an_entry_of_its_room_commits(app: Flask) -> None:
    agency = make_agency()
    with transaction():
        db.session.get_one(Agency, agency.id).name_th = "ชื่อใหม่"
        record(SHOWN, subject=f"agency/{agency.id}", actor=SYSTEM, place=Place.programme())
    assert db.session.scalar(select(Agency.name_th)) == "ชื่อใหม่"


def test_an_entry_of_another_room_does_not_excuse(app: Flask) -> None:
    agency = make_agency()
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Agency, agency.id).name_th = "ชื่อใหม่"
        record(ELSEWHERE, subject="thing/1", actor=SYSTEM, place=PLACE)


def test_a_statement_that_changes_no_row_needs_no_entry(app: Flask) -> None:
    make_agency()
    with transaction():
        db.session.execute(update(Agency).where(Agency.id == -1).values(name_th="ไม่มี"))


def test_derived_columns_need_no_entry(app: Flask) -> None:

    issue = make_issue()
    with transaction():
        db.session.get_one(Issue, issue.id).opens_at = issue.created_at
    with transaction():
        db.session.execute(update(Issue).values(closes_at=issue.created_at))
    with pytest.raises(Unrecorded), transaction():
        db.session.execute(update(Issue).values(closes_at=issue.created_at, title_th="อื่น"))


def test_entries_can_be_neither_changed_nor_deleted(app: Flask) -> None:
    with transaction():
        entry = record(SHOWN, subject="comment/1", actor=SYSTEM, place=PLACE)
    with pytest.raises(WrittenOnce), transaction():
        db.session.execute(update(Entry).values(body="{}"))
    with pytest.raises(WrittenOnce), transaction():
        db.session.delete(db.session.get_one(Entry, entry.id))
    with pytest.raises(WrittenOnce), transaction():
        db.session.get_one(Entry, entry.id).fact = "a.b.c"


def test_an_insert_counts_too(app: Flask) -> None:
    row = {"short": "ก", "name_th": "ก", "kind": "other", "valid_from": make_agency().valid_from}
    with pytest.raises(Unrecorded), transaction():
        db.session.execute(insert(Agency).values(**row))


def test_an_entry_that_was_rolled_back_excuses_nothing(app: Flask) -> None:
    agency = make_agency()
    with pytest.raises(Unrecorded), transaction():
        db.session.get_one(Agency, agency.id).name_th = "ชื่อใหม่"
        db.session.flush()
        inner = db.session.begin_nested()
        record(SHOWN, subject="agency/1", actor=SYSTEM, place=Place.programme())
        inner.rollback()
    with transaction():
        db.session.get_one(Agency, agency.id).name_th = "ชื่อใหม่"
        with db.session.begin_nested():
            record(SHOWN, subject="agency/1", actor=SYSTEM, place=Place.programme())


def test_many_are_recorded_as_one_is(app: Flask) -> None:
    """Each with its own salts, opening its own commitment, counted by the guard."""
    told = [Told(f"comment/{n}", {"n": n}, {"text": f"words {n}"}) for n in range(5)]
    with transaction():
        record_all(SHOWN, told, actor=Citizen(9), place=PLACE)
        record_all(SHOWN, [], actor=Citizen(9), place=PLACE)
    entries = sorted(db.session.scalars(select(Entry)), key=lambda entry: str(entry.subject))
    openings = {opening.entry_id: opening for opening in db.session.scalars(select(Opening))}
    assert [entry.subject for entry in entries] == [one.subject for one in told]
    assert len({opening.commit_salt for opening in openings.values()}) == 5
    for one, entry in zip(told, entries, strict=True):
        body, opening = json.loads(entry.body), openings[entry.id]
        assert body["data"] == one.data
        assert entry.leaf == leaf_hash(entry.body.encode())
        shown = Disclosure(opening.actor_salt, 9, opening.commit_salt, one.private)
        assert verify_opening(body, shown) == []
    with pytest.raises(BadFact):
        record_all(SHOWN, [Told("comment/1", {"secret": 1})], actor=SYSTEM, place=PLACE)
