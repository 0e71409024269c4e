"""Recomputes a log from what is stored and names what does not hold. Reads no database and no key.

Every entry is hashed anew and compared with its leaf and its columns; every signed checkpoint is
compared with the tree of the entries before it. What this cannot see: an unnumbered entry that
was deleted, and a log cut back together with its last checkpoints. Against the second, keep
checkpoints outside the installation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import rfc8785

from app.ledger.checkpoint import Checkpoint, NoteError, open_checkpoint, read_vkey
from app.ledger.merkle import Frontier, leaf_hash

LARGEST_BODY = 65_535
"""Bytes. Said here again: what checks must not learn the rules from what wrote."""

FaultKind = Literal[
    "leaf",  # the leaf column is not the hash of the body
    "size",  # the body does not fit a bundle
    "form",  # the body is not canonical JSON
    "column",  # a column says something else than the body
    "gap",  # numbers are missing
    "order",  # a number appears twice or out of order
    "checkpoint",  # a checkpoint that is malformed, forged or misfiled
    "root",  # a signed root that these entries do not give
    "missing",  # a checkpoint signs entries that are not here
    "uncovered",  # numbered entries that no checkpoint signs
]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as a row holds it.

    `idx` is its place in the log, None while it waits. `columns` are the columns that repeat
    values of the body, under the body's names, in the body's types (an absent value is None).
    """

    id: str
    idx: int | None
    body: bytes
    leaf: bytes
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold. Where it is a range of entries, `idx` is the first of them."""

    kind: FaultKind
    log: str
    entry_id: str | None
    idx: int | None
    detail: str

    def __str__(self) -> str:
        place = "" if self.idx is None else f" entry {self.idx}"
        name = "" if self.entry_id is None else f" ({self.entry_id})"
        return f"{self.log}{place}{name}: {self.kind}: {self.detail}"


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was read of one log, and every fault in the order of its discovery."""

    log: str
    numbered: int
    waiting: int
    checkpoints: int
    signed_size: int
    """The largest size under a valid signature."""
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def first_bad(self) -> Fault | None:
        """The first fault that names an entry or a place in the log, else the first fault."""
        named = (fault for fault in self.faults if fault.entry_id or fault.idx is not None)
        return next(named, self.faults[0] if self.faults else None)


def verify_log(
    log: str,
    origin: str,
    vkey: str | None,
    entries: Iterable[StoredEntry],
    checkpoints: Iterable[tuple[int, bytes]],
) -> LogReport:
    """Check one log in a single pass.

    `vkey` is None for a log that has no key, and so can have no checkpoint to believe.
    `entries`: the numbered ones by number, then those that wait. `checkpoints`: (size, signed
    note) by size. Both are read once and never held. NoteError when `vkey` is unreadable;
    ValueError when the checkpoints are not handed over by size.
    """
    if vkey is not None:
        read_vkey(vkey)
    audit = _Audit(log, origin, vkey, checkpoints)
    for entry in entries:
        audit.take(entry)
    return audit.finish()


class _Audit:
    """The state of one pass over one log."""

    def __init__(
        self, log: str, origin: str, vkey: str | None, checkpoints: Iterable[tuple[int, bytes]]
    ) -> None:
        self.log, self.origin, self.vkey = log, origin, vkey
        self.faults: list[Fault] = []
        self.numbered = self.waiting = self.checkpoints = 0
        self.signed_size = 0
        self._rest: Iterator[tuple[int, bytes]] = iter(checkpoints)
        self._next_checkpoint = next(self._rest, None)
        self._end = 0  # the number that the next entry must have
        self._last_id: str | None = None
        self._tree = Frontier()
        # Where a body and its leaf column disagree, either may be the original; both trees grow
        # until a signed root tells. Normally there is one tree only.
        self._tree_of_columns: Frontier | None = None
        self._whole = True  # no number was missing so far
        self._trusted_size = 0  # up to here a signed root agrees
        self._root_is_wrong = False

    def take(self, entry: StoredEntry) -> None:
        """Check one entry by itself, then its place."""
        self._check_due(self._end)
        leaf = leaf_hash(entry.body)
        for kind, detail in _faults_of_entry(self.log, entry, leaf):
            self._blame(kind, detail, entry.id, entry.idx)
        if entry.idx is None:
            self.waiting += 1
        else:
            self.numbered += 1
            self._place(entry, entry.idx, leaf)

    def finish(self) -> LogReport:
        """Check what lies beyond the last entry and report."""
        self._check_due(self._end)
        while self._next_checkpoint is not None:
            self._check_due(self._next_checkpoint[0])
        if self.signed_size > self._end:
            first, last = self._end, self.signed_size - 1
            self._blame("missing", f"{_range(first, last)} signed but not stored", None, first)
        elif self.signed_size < self._end:
            first, last = self.signed_size, self._end - 1
            self._blame("uncovered", f"{_range(first, last)} under no checkpoint", None, first)
        return LogReport(
            self.log,
            self.numbered,
            self.waiting,
            self.checkpoints,
            self.signed_size,
            tuple(self.faults),
        )

    def _place(self, entry: StoredEntry, idx: int, leaf: bytes) -> None:
        if idx < self._end:
            detail = f"number {idx} comes again or too late; {self._end} was next"
            self._blame("order", detail, entry.id, idx)
            return
        if idx > self._end:
            detail = f"{_range(self._end, idx - 1)} missing; later roots cannot be recomputed"
            self._blame("gap", detail, None, self._end)
            self._whole = False
        self._grow(leaf, entry.leaf)
        self._end, self._last_id = idx + 1, entry.id

    def _grow(self, leaf: bytes, column: bytes) -> None:
        if leaf != column and self._tree_of_columns is None:
            self._tree_of_columns = self._tree.copy()
        self._tree.push(leaf)
        if self._tree_of_columns is not None:
            self._tree_of_columns.push(column)

    def _check_due(self, end: int) -> None:
        """Check the checkpoints of sizes up to `end`."""
        while (due := self._next_checkpoint) is not None and due[0] <= end:
            self.checkpoints += 1
            self._check(*due)
            self._next_checkpoint = next(self._rest, None)
            if self._next_checkpoint is not None and self._next_checkpoint[0] < due[0]:
                raise ValueError("checkpoints must be handed over by size")

    def _check(self, size: int, note: bytes) -> None:
        try:
            if self.vkey is None:
                raise NoteError("the log has no key to check it with")
            checkpoint = open_checkpoint(note, self.vkey)
        except NoteError as error:
            self._blame("checkpoint", f"checkpoint of size {size}: {error}")
            return
        if (checkpoint.origin, checkpoint.size) != (self.origin, size):
            said = f"{checkpoint.origin} at size {checkpoint.size}"
            self._blame("checkpoint", f"checkpoint filed under size {size} speaks of {said}")
            return
        self.signed_size = max(self.signed_size, size)
        if self._whole and size == self._tree.size:
            self._compare(checkpoint)

    def _compare(self, checkpoint: Checkpoint) -> None:
        if self._agrees(checkpoint.root):
            self._trusted_size, self._root_is_wrong = checkpoint.size, False
        elif not self._root_is_wrong:
            self._blame_range(checkpoint.size)
            # All later roots stand on these entries: they cannot agree either.
            self._root_is_wrong = True

    def _agrees(self, root: bytes) -> bool:
        """Whether bodies or leaf columns give this root; the ones that do are the originals."""
        if self._tree.root() == root:
            self._tree_of_columns = None
            return True
        if self._tree_of_columns is not None and self._tree_of_columns.root() == root:
            self._tree, self._tree_of_columns = self._tree_of_columns, None
            return True
        return False

    def _blame_range(self, size: int) -> None:
        first, last = self._trusted_size, size - 1
        if first > last:
            self._blame("root", f"another root is signed for size {size}, which agreed before")
            return
        alone = self._last_id if first == last else None
        detail = f"{_range(first, last)} changed: they do not give the root signed at size {size}"
        self._blame("root", detail, alone, first)

    def _blame(
        self, kind: FaultKind, detail: str, entry_id: str | None = None, idx: int | None = None
    ) -> None:
        self.faults.append(Fault(kind, self.log, entry_id, idx, detail))


def _faults_of_entry(log: str, entry: StoredEntry, leaf: bytes) -> Iterator[tuple[FaultKind, str]]:
    """What is wrong with an entry by itself."""
    if leaf != entry.leaf:
        yield "leaf", f"the body hashes to {leaf.hex()}, the leaf column is {entry.leaf.hex()}"
    if len(entry.body) > LARGEST_BODY:
        yield "size", f"the body has {len(entry.body)} bytes, {LARGEST_BODY} at most"
    body = _canonical(entry.body)
    if body is None:
        yield "form", "the body is not a canonical JSON object (RFC 8785)"
        return
    for name, value in {**entry.columns, "id": entry.id, "log": log}.items():
        said = body.get(name)
        if not _same(said, value):
            yield "column", f"{name} is {_short(said)} in the body, {_short(value)} in its column"


def _canonical(body: bytes) -> dict[str, Any] | None:
    """The object in this body if the bytes are its one canonical spelling."""
    try:
        value = json.loads(body.decode())
        spelled = rfc8785.dumps(value)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and spelled == body else None


def _same(said: object, stored: object) -> bool:
    """Equal, and of one type: in JSON neither true nor 1.0 is the number 1."""
    return type(said) is type(stored) and said == stored


def _short(value: object) -> str:
    return repr(value)[:80]


def _range(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first}..{last}"
