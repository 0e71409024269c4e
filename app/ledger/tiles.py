"""A log as files: the tiles and entry bundles of c2sp.org/tlog-tiles, and the tree read back from them.

A tile holds 256 hashes side by side, of the leaves (level 0) or of complete tiles one level below. The last
tile of a level is partial while it grows: its width is part of its name, so a file that was written once
never changes. Everything here is a function of the entries; whoever has the bundles can make the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from app.ledger.merkle import HASH_SIZE, Range, consistency_path, inclusion_path, node_hash, root_of

WIDTH = 256
HEIGHT = 8
LENGTH_BYTES = 2
"""Before each entry of a bundle, big-endian: an entry has 65,535 bytes at most."""

Read = Callable[[str], bytes]
"""The content of the file at a path below the log; OSError where there is none."""


class BadTile(ValueError):
    """A file of the log is not what its name promises; the message names it."""


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where a tile lies below its log; `level` is "entries" for a bundle. Long numbers are cut in threes."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after another, each behind its length."""
    return b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries)


def unbundle(content: bytes) -> Iterator[bytes]:
    """The entries of a bundle. Raises `BadTile` where it ends within one."""
    at = 0
    while at < len(content):
        start = at + LENGTH_BYTES
        end = start + int.from_bytes(content[at:start], "big")
        if start > len(content) or end > len(content):
            raise BadTile("a bundle ends within an entry")
        yield content[start:end]
        at = end


def tiles_between(old: int, new: int) -> Iterator[tuple[int, int, int]]:
    """(level, number, width) of every tile that a log of `new` entries has and one of `old` had not, lowest first."""
    level = 0
    while new >> (HEIGHT * level):
        before, after = old >> (HEIGHT * level), new >> (HEIGHT * level)
        if after > before:
            for number in range(before // WIDTH, -(-after // WIDTH)):
                yield level, number, min(WIDTH, after - number * WIDTH)
        level += 1


def hashes_in(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


class TileTree:
    """The tree of a log's first `size` entries, read from its tiles: what proofs are made of.

    Only what a proof needs is read, some twenty tiles in a log of millions.
    """

    def __init__(self, read: Read, size: int) -> None:
        self.size = size
        self._tile = lru_cache(maxsize=64)(lambda level, number: _tile(read, size, level, number))

    def root(self) -> bytes:
        """The root over all entries."""
        return self._hash((0, self.size)) if self.size else root_of([])

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The audit path of one entry (RFC 9162 section 2.1.3.1). IndexError when there is no such entry."""
        return [self._hash(span) for span in inclusion_path(index, self.size)]

    def consistency_proof(self, old: int) -> list[bytes]:
        """That the first `old` entries still begin the log (RFC 9162 section 2.1.4.1)."""
        return [self._hash(span) for span in consistency_path(old, self.size)]

    def _hash(self, span: Range) -> bytes:
        first, end = span
        count = end - first
        if count & (count - 1) or first % count:
            half = 1 << ((count - 1).bit_length() - 1)
            return node_hash(self._hash((first, first + half)), self._hash((first + half, end)))
        # A complete subtree is a run of neighbours in one tile of the level below its top.
        level = (count.bit_length() - 1) // HEIGHT
        start, run = first >> (HEIGHT * level), count >> (HEIGHT * level)
        within = start % WIDTH
        return root_of(self._tile(level, start // WIDTH)[within : within + run])


def _tile(read: Read, size: int, level: int, number: int) -> list[bytes]:
    width = min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH)
    path = tile_path(level, number, width)
    try:
        content = read(path)
    except OSError:
        # A partial tile may go once the full one is there, which begins with the same hashes.
        content = read(tile_path(level, number))[: HASH_SIZE * width]
    if len(content) != HASH_SIZE * width:
        raise BadTile(f"{path} has {len(content)} bytes")
    return hashes_in(content)
