"""What the verifier must notice: a right log is built, then spoiled in one way at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.checkpoint import Checkpoint, NoteError, sign_checkpoint, vkey
from app.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of
from app.ledger.openings import Disclosure, verify_opening
from app.ledger.verify import LogReport, StoredEntry, verify_log

LOG = "agency/12"
ORIGIN = "ruamkhit.example/ledger/agency/12"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
VKEY = vkey(ORIGIN, KEY.public_key())
COLUMNS = ("fact", "at", "actor", "issue", "activity", "subject", "level", "stage")

Checkpoints = list[tuple[int, bytes]]


def ident(number: int) -> str:
    return f"{number:032x}"


def body_of(number: int) -> dict[str, object]:
    return {
        "v": 1,
        "id": ident(number),
        "log": LOG,
        "fact": "comments.comment.sent",
        "at": f"2026-04-{number % 28 + 1:02d}T09:30:00Z",
        "actor": "citizen:" + sha256(b"%d" % number).hexdigest(),
        "issue": 4,
        "activity": None,
        "subject": f"comment/{number}",
        "level": 2,
        "stage": "plan",
        "data": {"words": number, "language": "th"},
        "files": [],
        "commit": None,
    }


def stored(body: dict[str, object], idx: int | None) -> StoredEntry:
    encoded = rfc8785.dumps(body)  # type: ignore[arg-type]
    columns = {name: body[name] for name in COLUMNS}
    return StoredEntry(str(body["id"]), idx, encoded, leaf_hash(encoded), columns)


def make_entry(number: int, idx: int | None) -> StoredEntry:
    return stored(body_of(number), idx)


def signed(size: int, leaves: list[bytes], key: Ed25519PrivateKey = KEY) -> tuple[int, bytes]:
    return size, sign_checkpoint(Checkpoint(ORIGIN, size, root_of(leaves[:size])), key)


def make_log(sizes: list[int], waiting: int = 0) -> tuple[list[StoredEntry], Checkpoints]:
    """Entries up to the last of `sizes`, a checkpoint at each, and some entries still waiting."""
    size = sizes[-1]
    entries = [make_entry(number, number) for number in range(size)]
    leaves = [entry.leaf for entry in entries]
    entries += [make_entry(size + number, None) for number in range(waiting)]
    return entries, [signed(size, leaves) for size in sizes]


def check(entries: list[StoredEntry], checkpoints: Checkpoints) -> LogReport:
    return verify_log(LOG, ORIGIN, VKEY, iter(entries), iter(checkpoints))


def found(report: LogReport) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.idx) for fault in report.faults]


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def altered(entry: StoredEntry) -> StoredEntry:
    """Body, leaf and columns changed so that they still fit each other."""
    body = json.loads(entry.body)
    return stored({**body, "level": 5}, entry.idx)


ENTRIES, CHECKPOINTS = make_log([3, 4, 8], waiting=2)


def test_a_right_log_passes() -> None:
    report = check(ENTRIES, CHECKPOINTS)
    assert report.ok
    assert report.first_bad is None
    assert (report.numbered, report.waiting, report.checkpoints) == (8, 2, 3)
    assert report.signed_size == 8


def test_an_empty_log_passes() -> None:
    assert check([], []).ok
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert check([], [(0, sign_checkpoint(empty, KEY))]).ok
    assert check([make_entry(0, None)], []).ok


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 70), min_size=1), st.integers(0, 3))
def test_any_history_of_batches_passes(sizes: set[int], waiting: int) -> None:
    assert check(*make_log(sorted(sizes), waiting)).ok


@pytest.mark.parametrize("place", [5, 9])
def test_every_single_bit_of_a_body_counts(place: int) -> None:
    entry = ENTRIES[place]
    for bit in range(len(entry.body) * 8):
        spoiled = ENTRIES.copy()
        spoiled[place] = replace(entry, body=flipped(entry.body, bit))
        report = check(spoiled, CHECKPOINTS)
        first = report.first_bad
        assert first is not None
        assert (first.kind, first.entry_id, first.idx) == ("leaf", entry.id, entry.idx)
        # The signed roots vouch for the leaf column, so no other entry falls under suspicion.
        assert {fault.entry_id for fault in report.faults} == {entry.id}


@pytest.mark.parametrize("place", [0, 5, 7, 9])
def test_every_single_bit_of_a_leaf_counts(place: int) -> None:
    entry = ENTRIES[place]
    for bit in range(256):
        spoiled = ENTRIES.copy()
        spoiled[place] = replace(entry, leaf=flipped(entry.leaf, bit))
        (fault,) = check(spoiled, CHECKPOINTS).faults
        assert (fault.kind, fault.entry_id, fault.idx) == ("leaf", entry.id, entry.idx)


@pytest.mark.parametrize("place", range(3))
def test_every_single_bit_of_a_checkpoint_counts(place: int) -> None:
    size, note = CHECKPOINTS[place]
    for bit in range(len(note) * 8):
        spoiled = CHECKPOINTS.copy()
        spoiled[place] = (size, flipped(note, bit))
        report = check(ENTRIES, spoiled)
        assert report.faults[0].kind == "checkpoint"
        assert f"size {size}" in report.faults[0].detail


@pytest.mark.parametrize("leaf", [b"", bytes(31), bytes(33)])
def test_a_leaf_of_another_length_is_named(leaf: bytes) -> None:
    spoiled = ENTRIES.copy()
    spoiled[5] = replace(ENTRIES[5], leaf=leaf)
    assert found(check(spoiled, CHECKPOINTS)) == [("leaf", 5)]


def test_changing_body_and_leaf_alike_breaks_the_signed_root() -> None:
    spoiled = ENTRIES.copy()
    spoiled[6] = altered(ENTRIES[6])
    (fault,) = check(spoiled, CHECKPOINTS).faults
    assert (fault.kind, fault.entry_id, fault.idx) == ("root", None, 4)
    assert "entries 4..7 changed" in fault.detail


def test_the_range_is_named_by_the_entry_when_it_holds_one() -> None:
    spoiled = ENTRIES.copy()
    spoiled[3] = altered(ENTRIES[3])
    (fault,) = check(spoiled, CHECKPOINTS).faults
    assert (fault.kind, fault.entry_id, fault.idx) == ("root", ENTRIES[3].id, 3)
    assert str(fault).startswith(f"{LOG} entry 3 ({ENTRIES[3].id}): root: entry 3 changed")


def test_several_changes_are_told_apart_by_the_signed_roots() -> None:
    entries, checkpoints = make_log([4, 8, 12, 16, 20])
    entries[1] = replace(entries[1], leaf=bytes(32))
    entries[5] = replace(entries[5], body=entries[5].body + b" ")
    entries[9] = replace(entries[9], leaf=bytes(32))
    entries[13] = altered(entries[13])
    report = check(entries, checkpoints)
    assert found(report) == [("leaf", 1), ("leaf", 5), ("form", 5), ("leaf", 9), ("root", 12)]
    assert "entries 12..15" in report.faults[-1].detail


def test_a_changed_body_beside_a_changed_leaf_still_breaks_the_root() -> None:
    spoiled = ENTRIES.copy()
    spoiled[0] = replace(spoiled[0], body=flipped(spoiled[0].body, 3))
    spoiled[1] = replace(spoiled[1], leaf=bytes(32))
    report = check(spoiled, CHECKPOINTS)
    assert report.first_bad is not None
    assert report.first_bad.entry_id == ENTRIES[0].id
    assert ("root", 0) in found(report)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_differs_from_the_body_is_named(name: str) -> None:
    for place in (5, 9):
        spoiled = ENTRIES.copy()
        columns = {**ENTRIES[place].columns, name: "something else"}
        spoiled[place] = replace(ENTRIES[place], columns=columns)
        (fault,) = check(spoiled, CHECKPOINTS).faults
        assert (fault.kind, fault.entry_id) == ("column", ENTRIES[place].id)
        assert fault.detail.startswith(f"{name} is ")


@pytest.mark.parametrize("stored_value", [True, 4.0, "4", None])
def test_a_column_of_another_type_is_not_equal(stored_value: object) -> None:
    columns = {**ENTRIES[5].columns, "issue": stored_value}
    spoiled = [*ENTRIES[:5], replace(ENTRIES[5], columns=columns), *ENTRIES[6:]]
    assert found(check(spoiled, CHECKPOINTS)) == [("column", 5)]


def test_an_entry_under_another_id_or_log_is_named() -> None:
    renamed = [*ENTRIES[:5], replace(ENTRIES[5], id=ident(99)), *ENTRIES[6:]]
    report = check(renamed, CHECKPOINTS)
    assert [(fault.kind, fault.entry_id) for fault in report.faults] == [("column", ident(99))]
    moved = stored({**body_of(5), "log": "agency/13"}, 5)
    report = check([*ENTRIES[:5], moved, *ENTRIES[6:]], CHECKPOINTS)
    assert found(report) == [("column", 5), ("root", 4)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":9007199254740993}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'{"a":1,"a":1}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 60_000,
        b'{"a":' + b"9" * 5_000 + b"}",
    ],
)
def test_a_body_that_is_not_canonical_json_is_named(body: bytes) -> None:
    entry = StoredEntry(ident(0), 0, body, leaf_hash(body), {})
    report = check([entry], [signed(1, [entry.leaf])])
    assert found(report) == [("form", 0)]


def test_a_body_must_fit_a_bundle() -> None:
    padding = 65_535 - len(rfc8785.dumps({**body_of(0), "data": ""}))  # type: ignore[dict-item]
    for extra, faults in ((0, []), (1, [("size", 0)])):
        entry = stored({**body_of(0), "data": "x" * (padding + extra)}, 0)
        assert len(entry.body) == 65_535 + extra
        assert found(check([entry], [signed(1, [entry.leaf])])) == faults


def test_a_deleted_entry_leaves_a_gap() -> None:
    for place in range(7):
        report = check(ENTRIES[:place] + ENTRIES[place + 1 :], CHECKPOINTS)
        assert found(report) == [("gap", place)]
        assert report.faults[0].detail.startswith(f"entry {place} missing")


def test_deleted_last_entries_are_missed_by_the_checkpoint() -> None:
    report = check(ENTRIES[:6] + ENTRIES[8:], CHECKPOINTS)
    assert found(report) == [("missing", 6)]
    assert report.faults[0].detail == "entries 6..7 signed but not stored"
    assert found(check([], CHECKPOINTS)) == [("missing", 0)]


def test_deleting_and_renumbering_breaks_the_root() -> None:
    kept = ENTRIES[:2] + [replace(entry, idx=(entry.idx or 0) - 1) for entry in ENTRIES[3:8]]
    report = check(kept, CHECKPOINTS)
    assert found(report) == [("root", 0), ("missing", 7)]
    assert "entries 0..2" in report.faults[0].detail


def test_swapped_numbers_break_the_root() -> None:
    spoiled = ENTRIES.copy()
    spoiled[4], spoiled[5] = replace(ENTRIES[5], idx=4), replace(ENTRIES[4], idx=5)
    assert found(check(spoiled, CHECKPOINTS)) == [("root", 4)]


def test_a_number_given_twice_is_named() -> None:
    again = replace(make_entry(50, 3), idx=3)
    report = check([*ENTRIES[:4], again, *ENTRIES[4:]], CHECKPOINTS)
    assert [(fault.kind, fault.entry_id, fault.idx) for fault in report.faults] == [("order", ident(50), 3)]
    report = check([*ENTRIES[:3], again, *ENTRIES[3:]], CHECKPOINTS)
    assert found(report) == [("root", 3), ("order", 3)]
    assert report.first_bad is not None
    assert report.first_bad.entry_id == ident(50)


def test_entries_handed_over_out_of_order_are_named() -> None:
    shuffled = [ENTRIES[1], ENTRIES[0], *ENTRIES[2:]]
    assert ("order", 0) in found(check(shuffled, CHECKPOINTS))


def test_an_inserted_copy_breaks_the_root() -> None:
    inserted = [*ENTRIES[:4], replace(make_entry(50, 4), idx=4)]
    inserted += [replace(entry, idx=(entry.idx or 0) + 1) for entry in ENTRIES[4:8]]
    report = check(inserted, CHECKPOINTS)
    assert found(report) == [("root", 4), ("uncovered", 8)]


def test_numbered_entries_must_be_under_a_checkpoint() -> None:
    report = check(ENTRIES, CHECKPOINTS[:2])
    assert found(report) == [("uncovered", 4)]
    assert report.faults[0].detail == "entries 4..7 under no checkpoint"
    assert found(check(ENTRIES, [])) == [("uncovered", 0)]


def test_a_checkpoint_forged_with_another_key_covers_nothing() -> None:
    leaves = [entry.leaf for entry in ENTRIES[:8]]
    report = check(ENTRIES, [*CHECKPOINTS[:2], signed(8, leaves, STRANGER)])
    assert found(report) == [("checkpoint", None), ("uncovered", 4)]
    assert "no signature by" in report.faults[0].detail


def test_rewriting_entries_and_checkpoints_with_another_key_is_noticed() -> None:
    spoiled = [altered(entry) for entry in ENTRIES]
    leaves = [entry.leaf for entry in spoiled[:8]]
    report = check(spoiled, [signed(size, leaves, STRANGER) for size in (3, 4, 8)])
    assert found(report) == [("checkpoint", None)] * 3 + [("uncovered", 0)]


def test_a_checkpoint_filed_under_another_size_is_noticed() -> None:
    report = check(ENTRIES, [(3, CHECKPOINTS[1][1]), *CHECKPOINTS[1:]])
    assert found(report) == [("checkpoint", None)]
    assert "filed under size 3 speaks of" in report.faults[0].detail


def test_a_checkpoint_of_another_log_under_the_same_key_is_noticed() -> None:
    report = verify_log(LOG, "ruamkhit.example/ledger/agency/1", VKEY, ENTRIES, CHECKPOINTS)
    assert {fault.kind for fault in report.faults} == {"checkpoint", "uncovered"}


def test_two_roots_signed_for_one_size_are_a_fork() -> None:
    fork = sign_checkpoint(Checkpoint(ORIGIN, 4, EMPTY_ROOT), KEY)
    report = check(ENTRIES, [*CHECKPOINTS[:2], (4, fork), CHECKPOINTS[2]])
    assert found(report) == [("root", None)]
    assert "another root is signed for size 4" in report.faults[0].detail


def test_a_single_wrong_root_does_not_hide_a_later_change() -> None:
    entries, checkpoints = make_log([4, 8, 12])
    checkpoints[0] = (4, sign_checkpoint(Checkpoint(ORIGIN, 4, bytes(32)), KEY))
    entries[10] = altered(entries[10])
    report = check(entries, checkpoints)
    assert found(report) == [("root", 0), ("root", 8)]
    assert "entries 0..3" in report.faults[0].detail


def test_a_wrong_root_at_size_nothing_is_noticed() -> None:
    wrong = sign_checkpoint(Checkpoint(ORIGIN, 0, bytes(32)), KEY)
    assert found(check(ENTRIES, [(0, wrong), *CHECKPOINTS])) == [("root", None)]


def test_a_log_without_a_key_may_have_waiting_entries_only() -> None:
    waiting = [make_entry(0, None), replace(make_entry(1, None), leaf=bytes(32))]
    assert verify_log(LOG, ORIGIN, None, waiting[:1], []).ok
    assert found(verify_log(LOG, ORIGIN, None, waiting, [])) == [("leaf", None)]
    report = verify_log(LOG, ORIGIN, None, ENTRIES, CHECKPOINTS[2:])
    assert found(report) == [("checkpoint", None), ("uncovered", 0)]
    assert "no key" in report.faults[0].detail


def test_what_waits_is_checked_too() -> None:
    spoiled = ENTRIES.copy()
    spoiled[9] = replace(ENTRIES[9], body=flipped(ENTRIES[9].body, 7 * 8))
    report = check(spoiled, CHECKPOINTS)
    assert report.first_bad is not None
    assert (report.first_bad.entry_id, report.first_bad.idx) == (ENTRIES[9].id, None)


def test_the_caller_s_own_mistakes_are_errors_and_not_faults() -> None:
    with pytest.raises(ValueError, match="by size"):
        check(ENTRIES, CHECKPOINTS[::-1])
    with pytest.raises(NoteError):
        verify_log(LOG, ORIGIN, "no key", ENTRIES, CHECKPOINTS)


Spoiler = Callable[[list[StoredEntry], int], None]


def _delete(entries: list[StoredEntry], place: int) -> None:
    del entries[place]


def _repeat(entries: list[StoredEntry], place: int) -> None:
    entries.insert(place, entries[place])


def _alter(entries: list[StoredEntry], place: int) -> None:
    entries[place] = altered(entries[place])


def _renumber(entries: list[StoredEntry], place: int) -> None:
    entries[place] = replace(entries[place], idx=(entries[place].idx or 0) + 1)


def _swap_bodies(entries: list[StoredEntry], place: int) -> None:
    other = (place + 1) % len(entries)
    one, two = entries[place], entries[other]
    entries[place], entries[other] = replace(two, idx=one.idx), replace(one, idx=two.idx)


@settings(max_examples=150, deadline=None)
@given(
    st.sets(st.integers(1, 40), min_size=1),
    st.lists(
        st.tuples(
            st.sampled_from([_delete, _repeat, _alter, _renumber, _swap_bodies]),
            st.integers(0, 10**6),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_no_spoiled_log_passes(sizes: set[int], spoilers: list[tuple[Spoiler, int]]) -> None:
    entries, checkpoints = make_log(sorted(sizes))
    original = entries.copy()
    for spoil, place in spoilers:
        if entries:
            spoil(entries, place % len(entries))
    assert check(entries, checkpoints).ok == (entries == original)


def test_a_hundred_thousand_entries_are_read_one_by_one() -> None:
    size, every = 100_000, 5_000
    entries, checkpoints = make_log(list(range(every, size + 1, every)))

    def one_by_one() -> Iterator[StoredEntry]:
        yield from entries

    report = verify_log(LOG, ORIGIN, VKEY, one_by_one(), checkpoints)
    assert report.ok
    assert report.numbered == size


SALT, OTHER_SALT = bytes(range(32)), bytes(range(1, 33))
CONTENT = {"reason": "เหตุผล", "score": 4}
OPENED_BODY = {
    **body_of(0),
    "actor": "citizen:" + sha256(SALT + b"person/17").hexdigest(),
    "commit": sha256(OTHER_SALT + rfc8785.dumps(CONTENT)).hexdigest(),  # type: ignore[arg-type]
}
SHOWN = Disclosure(SALT, 17, OTHER_SALT, CONTENT)


def test_the_right_salts_open_an_entry() -> None:
    assert verify_opening(OPENED_BODY, SHOWN) == []
    assert verify_opening(OPENED_BODY, Disclosure(actor_salt=SALT, person_id=17)) == []
    assert verify_opening(OPENED_BODY, Disclosure(commit_salt=OTHER_SALT, content=CONTENT)) == []
    assert verify_opening(OPENED_BODY, Disclosure()) == []


@pytest.mark.parametrize(
    "shown",
    [
        replace(SHOWN, actor_salt=OTHER_SALT),
        replace(SHOWN, actor_salt=None),
        replace(SHOWN, actor_salt=SALT + b"person/1", person_id=7),
        replace(SHOWN, person_id=18),
        replace(SHOWN, person_id=None),
    ],
)
def test_another_person_or_salt_does_not_open_the_actor(shown: Disclosure) -> None:
    assert verify_opening(OPENED_BODY, shown) == ["the actor is not this person under this salt"]


@pytest.mark.parametrize(
    "shown",
    [
        replace(SHOWN, commit_salt=SALT),
        replace(SHOWN, commit_salt=None),
        replace(SHOWN, commit_salt=OTHER_SALT[:-1]),
        replace(SHOWN, content={**CONTENT, "score": 5}),
        replace(SHOWN, content=None),
    ],
)
def test_another_content_or_salt_does_not_open_the_commitment(shown: Disclosure) -> None:
    expected = ["the commitment is not to this content under this salt"]
    assert verify_opening(OPENED_BODY, shown) == expected


def test_a_salt_of_another_length_opens_nothing() -> None:
    body = {**OPENED_BODY, "actor": "citizen:" + sha256(SALT[:16] + b"person/17").hexdigest()}
    assert verify_opening(body, Disclosure(actor_salt=SALT[:16], person_id=17))


def test_an_entry_without_commitments_cannot_be_opened() -> None:
    officer = {**body_of(0), "actor": "officer:3", "commit": None}
    assert len(verify_opening(officer, SHOWN)) == 2
    assert verify_opening(officer, Disclosure()) == []
