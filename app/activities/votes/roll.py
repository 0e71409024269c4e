"""The roll as it is pasted and as it is fixed: e-mail addresses in, a digest out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.core.errors import DomainError
from app.core.text import normalise_line
from app.i18n import _l, _n
from app.identity.queries import clean_email

LONGEST_ADDRESS = 254
"""Characters of an address that can be delivered to (RFC 5321, erratum 1690)."""

_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
_LINE_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class BadRow:
    """A line of the list that cannot be taken: its number as pasted, what stands in it, and why."""

    line: int
    text: str
    reason: Any


class BadRoll(DomainError):
    """Some lines of the list are wrong, so nothing of it was taken; `rows` has each of them."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__(_Told(len(rows)), "addresses")
        self.rows = list(rows)


class _Told:
    """The message over the rows, made when it is shown."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        return _n(
            "%(num)s line cannot be taken, so nothing was stored. Correct it and send the list again.",
            "%(num)s lines cannot be taken, so nothing was stored. Correct them and send the list again.",
            self.number,
        )


@dataclass(frozen=True)
class Pasted:
    """A pasted list: the line of each address, and the lines that are wrong in themselves."""

    lines: dict[str, int]
    faults: list[BadRow]


def read_roll(text: str) -> Pasted:
    """Read a list of one address a line; empty lines are passed over, and counted."""
    lines: dict[str, int] = {}
    faults = []
    for number, line in enumerate(_LINE_BREAK.split(text), 1):
        written = normalise_line(line).strip(" ,;")
        address = clean_email(written)
        if not written:
            continue
        if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
            faults.append(BadRow(number, written, _l("This is not an e-mail address")))
        elif address in lines:
            faults.append(BadRow(number, written, _l("Already in line %(line)s", line=lines[address])))
        else:
            lines[address] = number
    return Pasted(lines, faults)


def leaf_of(person_id: int, salt: bytes) -> bytes:
    """SHA-256(salt ‖ "person/<id>"): tells nobody who it is without the salt."""
    return sha256(salt + f"person/{person_id}".encode()).digest()


def roll_digest(leaves: Iterable[bytes]) -> str:
    """SHA-256 in hex over the sorted leaves: it does not depend on the order in which people were listed."""
    return sha256(b"".join(sorted(leaves))).hexdigest()
