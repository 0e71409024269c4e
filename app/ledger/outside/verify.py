#!/usr/bin/env python3
"""Check published logs of Ruamkhit without trusting whoever publishes them.

    python3 verify.py https://example.go.th            every log of a site
    python3 verify.py FOLDER                           every log of a copy, offline

Needs Python 3.9 or newer and nothing else. Of every log it checks the signature of the checkpoint, that every
entry hashes into the tiles and these into the signed root, and that entries say which log they belong to. It
names the first fault and ends with status 1; with status 0 everything held.

    --keep FOLDER   compare with what this folder kept the last time, then keep the new checkpoints and keys
                    there: a log that was rewritten since, or signs with another key, is found
    --entries       also parse every entry and refuse any that is not written canonically (RFC 8785)
    --proof FILE ENTRY   check one inclusion proof (c2sp.org/tlog-proof) for the entry in a file

Formats: c2sp.org/tlog-tiles, tlog-checkpoint, signed-note; RFC 6962 hashing; Ed25519 of RFC 8032.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

WIDTH = 256
LOG_NAME = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")


EntryCheck = Callable[[int, bytes], None]
Point = tuple[int, int, int, int]


class Fault(Exception):
    """Something that does not hold; the message names it."""


# ---------------------------------------------------------------- hashing (RFC 6962 section 2.1)


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def top_of(hashes: list[bytes]) -> bytes:
    """The root over a complete tile."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


class Frontier:
    """A growing tree, remembered by its complete subtrees: it tells the root at every size on the way."""

    def __init__(self) -> None:
        self.hashes: list[bytes] = []
        self.size = 0

    def push(self, leaf: bytes) -> None:
        rest = self.size
        while rest & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            rest >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.hashes:
            return hashlib.sha256(b"").digest()
        found = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            found = node_hash(left, found)
        return found


# ---------------------------------------------------------------- Ed25519, checking only (RFC 8032 section 5.1.7)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def plus(a: Point, b: Point) -> Point:
    """The sum of two points in extended coordinates (X, Y, Z, T)."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    tt, zz = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, zz - tt, zz + tt, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = plus(found, point)
        point = plus(point, point)
        number >>= 1
    return found


def point_of(raw: bytes) -> Point | None:
    """The point these 32 bytes stand for, None for none."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != 64 or len(public_key) != 32:
        return False
    key, half, number = (
        point_of(public_key),
        point_of(signature[:32]),
        int.from_bytes(signature[32:], "little"),
    )
    if key is None or half is None or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    left = times(number, BASE)
    right = plus(half, times(int.from_bytes(digest, "little") % ORDER, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


# ---------------------------------------------------------------- checkpoints


def from_base64(text: str, what: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault(f"{what} is not base64") from None
    if base64.b64encode(found).decode() != text:
        raise Fault(what + " is not canonical base64")
    return found


def open_checkpoint(raw: bytes, vkey: str) -> tuple[int, bytes]:
    """(size, root) of a checkpoint that this key has signed for the log it names."""
    try:
        name, key_id, encoded = vkey.split("+", 2)
        text, gap, signatures = raw.decode().rpartition("\n\n")
    except (ValueError, UnicodeDecodeError):
        raise Fault("the checkpoint or its key is not text of the right form") from None
    material = from_base64(encoded, "the key")
    if material[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + material).hexdigest()[:8] != key_id:
        raise Fault("the published key's id does not belong to it")
    lines = text.split("\n")
    if not gap or len(lines) != 3:
        raise Fault("the checkpoint has not the three lines origin, size, root")
    if lines[0] != name:
        raise Fault(f"the checkpoint speaks for {lines[0]}, its key for {name}")
    _check_signed(text + "\n", signatures, name, key_id, material[1:])
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Fault("the checkpoint's size is not a plain number")
    return int(lines[1]), from_base64(lines[2], "the root")


def _check_signed(text: str, signatures: str, name: str, key_id: str, public_key: bytes) -> None:
    signed = False
    for line in signatures.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Fault("a signature line of the checkpoint is malformed")
        blob = from_base64(parts[2], "a signature")
        if parts[1] == name and blob[:4].hex() == key_id:
            if not is_signed(public_key, text.encode(), blob[4:]):
                raise Fault("the checkpoint's signature is wrong")
            signed = True
    if not signed:
        raise Fault("the checkpoint is not signed by the published key")


# ---------------------------------------------------------------- reading a log


class Place:
    """Where logs lie: a folder or an address."""

    def __init__(self, where: str) -> None:
        self.where = where.rstrip("/")
        self.remote = "://" in where

    def read(self, path: str) -> bytes | None:
        """The file at a path, None where there is none."""
        if not self.remote:
            try:
                with open(os.path.join(self.where, *path.split("/")), "rb") as file:
                    return file.read()
            except (FileNotFoundError, NotADirectoryError):
                return None
        try:
            with urllib.request.urlopen(self.where + "/" + path, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Fault(f"{path}: the server answers {error.code}") from None
        except OSError as error:
            raise Fault(f"{path} cannot be read: {error}") from None


def tile_path(level: int | str, number: int, width: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def read_tile(place: Place, log: str, level: int | str, number: int, width: int) -> bytes:
    """A tile or bundle; a partial one may have gone once the full one is there."""
    path = log + "/" + tile_path(level, number, width)
    found = place.read(path)
    if found is None and width < WIDTH:
        found = place.read(log + "/" + tile_path(level, number, WIDTH))
    if found is None:
        raise Fault(f"{path} is missing")
    return found


def entries_in(content: bytes, number: int) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        if at + 2 > len(content) or end > len(content):
            raise Fault(f"bundle {number} ends within an entry")
        yield content[at + 2 : end]
        at = end


def check_tree(
    place: Place, log: str, size: int, root: bytes, known: dict[int, bytes], check_entry: EntryCheck
) -> None:
    """Every entry into every tile into the root; `known` maps earlier sizes to their roots."""
    frontier = Frontier()
    tops: list[bytes] = []
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        entries = list(entries_in(read_tile(place, log, "entries", number, width), number))[:width]
        if len(entries) != width:
            raise Fault(f"bundle {number} holds {len(entries)} entries instead of {width}")
        for at, entry in enumerate(entries, number * WIDTH):
            check_entry(at, entry)
        hashes = [leaf_hash(entry) for entry in entries]
        stored = read_tile(place, log, 0, number, width)
        if stored[: 32 * width] != b"".join(hashes):
            wrong = next(n for n in range(width) if stored[32 * n : 32 * n + 32] != hashes[n])
            raise Fault(f"entry {number * WIDTH + wrong} is not the one the tile holds")
        for leaf in hashes:
            frontier.push(leaf)
            if frontier.size in known and known[frontier.size] != frontier.root():
                raise Fault(
                    f"the checkpoint of {frontier.size} entries seen before is no beginning of this log"
                )
        if width == WIDTH:
            tops.append(top_of(hashes))
    check_upper_tiles(place, log, tops)
    if frontier.root() != root:
        raise Fault("the entries do not have the root that was signed")
    if any(earlier > size for earlier in known):
        raise Fault(f"the log is shorter than it was: {size} entries, {max(known)} seen before")


def check_upper_tiles(place: Place, log: str, tops: list[bytes]) -> None:
    level = 1
    while tops:
        for number in range(-(-len(tops) // WIDTH)):
            hashes = tops[number * WIDTH : number * WIDTH + WIDTH]
            stored = read_tile(place, log, level, number, len(hashes))
            if stored[: 32 * len(hashes)] != b"".join(hashes):
                raise Fault(f"tile {number} of level {level} is not made of the tiles below it")
        whole = len(tops) // WIDTH * WIDTH
        tops = [top_of(tops[at : at + WIDTH]) for at in range(0, whole, WIDTH)]
        level += 1


def entry_check(log: str, thorough: bool) -> EntryCheck:
    """What is asked of an entry by itself: its log's name, and if wished its canonical form."""
    named = b'"log":"' + log.encode() + b'"'

    def check(at: int, entry: bytes) -> None:
        if named not in entry:
            raise Fault(f"entry {at} does not say that it belongs to this log")
        if thorough:
            try:
                body = json.loads(entry.decode())
            except ValueError:
                raise Fault(f"entry {at} is not JSON") from None
            written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            if not isinstance(body, dict) or written.encode() != entry:
                raise Fault(f"entry {at} is not canonical JSON")

    return check


# ---------------------------------------------------------------- one proof (c2sp.org/tlog-proof)


def is_included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def check_proof(raw: bytes, entry: bytes, vkeys: dict[str, str]) -> tuple[str, int, int]:
    """Check one proof; return (log's origin, index, size)."""
    head, gap, note = raw.partition(b"\n\n")
    lines = head.decode(errors="replace").split("\n")
    index = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[1] if len(lines) > 1 else "")
    if not gap or lines[0] != "c2sp.org/tlog-proof@v1" or index is None:
        raise Fault("the file is no inclusion proof")
    origin = note.split(b"\n", 1)[0].decode(errors="replace")
    if origin not in vkeys:
        raise Fault(f"no published key signs for {origin}")
    size, root = open_checkpoint(note, vkeys[origin])
    proof = [from_base64(line, "a hash of the proof") for line in lines[2:]]
    if not is_included(leaf_hash(entry), int(index[1]), size, proof, root):
        raise Fault("the proof does not lead from this entry to the signed root")
    return origin, int(index[1]), size


def prove(proof_file: str, entry_file: str, vkeys: dict[str, str]) -> str:
    with open(proof_file, "rb") as proof, open(entry_file, "rb") as entry:
        origin, index, size = check_proof(proof.read(), entry.read(), vkeys)
    return f"ok   entry {index} of {origin} is in the signed log of {size}"


# ---------------------------------------------------------------- all of it


def find_logs(where: str) -> tuple[Place, list[tuple[str, str]]]:
    """The place of the logs and their list, at the address itself or below /ledger."""
    for place in (Place(where), Place(where.rstrip("/") + "/ledger")):
        raw = place.read("logs.json")
        if raw is not None:
            try:
                logs = json.loads(raw.decode())["logs"]
                found = [(log["log"], log["vkey"]) for log in logs]
            except (ValueError, KeyError, TypeError):
                raise Fault("logs.json is not a list of logs") from None
            if not all(isinstance(name, str) and LOG_NAME.fullmatch(name) for name, _ in found):
                raise Fault("logs.json names a log that cannot exist")
            return place, found
    raise Fault(f"there is no logs.json at {where}")


def kept_before(folder: str | None, log: str, vkey: str) -> dict[int, bytes]:
    """{size: root} of the checkpoint kept of this log, after asking that its key is still the same."""
    if folder is None:
        return {}
    base = os.path.join(folder, log.replace("/", "."))
    try:
        with open(base + ".vkey") as file:
            before = file.read().strip()
        with open(base + ".checkpoint", "rb") as file:
            note = file.read()
    except FileNotFoundError:
        return {}
    if before != vkey:
        raise Fault(f"the log signs with another key than before; before it was {before}")
    size, root = open_checkpoint(note, vkey)
    return {size: root}


def keep(folder: str, log: str, vkey: str, note: bytes) -> None:
    os.makedirs(folder, exist_ok=True)
    base = os.path.join(folder, log.replace("/", "."))
    with open(base + ".vkey", "w") as file:
        file.write(vkey + "\n")
    with open(base + ".checkpoint", "wb") as file:
        file.write(note)


def check_log(place: Place, log: str, vkey: str, options: argparse.Namespace) -> tuple[int, bytes]:
    note = place.read(log + "/checkpoint")
    if note is None:
        raise Fault("there is no checkpoint")
    size, root = open_checkpoint(note, vkey)
    known = kept_before(options.keep, log, vkey)
    check_tree(place, log, size, root, known, entry_check(log, options.entries))
    return size, note


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check published logs.", add_help=True)
    parser.add_argument("where", help="address of a site, or folder with a copy")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--entries", action="store_true")
    parser.add_argument("--proof", nargs=2, metavar=("FILE", "ENTRY"))
    options = parser.parse_args(arguments)
    log = ""
    try:
        place, logs = find_logs(options.where)
        if options.proof:
            proof_file, entry_file = options.proof
            print(prove(proof_file, entry_file, {vkey.split("+", 1)[0]: vkey for _log, vkey in logs}))
            return 0
        for log, vkey in logs:
            size, note = check_log(place, log, vkey, options)
            if options.keep:
                keep(options.keep, log, vkey, note)
            print(f"ok   {log}: {size} entries")
    except (Fault, OSError) as fault:
        print(f"FAIL {log or options.where}: {fault}")
        return 1
    print(f"{len(logs)} logs hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
