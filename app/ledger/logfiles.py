"""The files of a published log: tiles, bundles, and the checkpoint that covers them.

They lie in `var/ledger/<log>/` and are served as they are. They follow from the database, but what was
published is never taken back: `OtherHistory` tells that the database holds less, or something else.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.files import write_whole
from app.ledger.checkpoint import Checkpoint
from app.ledger.merkle import root_of
from app.ledger.tiles import WIDTH, TileTree, bundle, hashes_in, tile_path, tiles_between, unbundle

CHECKPOINT = "checkpoint"

Row = tuple[bytes, bytes]
"""An entry's bytes and its leaf."""

ReadRows = Callable[[int, int], Iterable[Row]]
"""The entries from one place up to, not including, another."""


class OtherHistory(RuntimeError):
    """What was published and the database disagree; the message says what to do."""


@dataclass(frozen=True)
class LogFiles:
    """The files of one log."""

    folder: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Write alone: who is second waits, in whatever process, and so never puts an older checkpoint back."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def read(self, path: str) -> bytes:
        """The content of a file; OSError where there is none."""
        return (self.folder / path).read_bytes()

    def read_checkpoint(self) -> bytes:
        """The published checkpoint as it was signed; OSError before the first."""
        return self.read(CHECKPOINT)

    @property
    def begun(self) -> bool:
        """Whether anything of this log was ever published here."""
        return (self.folder / CHECKPOINT).exists()

    def write_tiles(self, old: int, new: int, read: ReadRows) -> None:
        """Write what a log of `new` entries has more than one of `old`; `read(first, end)` gives its entries.

        Written again after an interruption, the same files come out.
        """
        tops: dict[int, dict[int, bytes]] = {}
        for level, number, width in tiles_between(old, new):
            if level == 0:
                hashes = self._write_bundle(number, width, read)
            else:
                below = tops.get(level - 1, {})
                hashes = [
                    below.get(child) or root_of(hashes_in(self.read(tile_path(level - 1, child))))
                    for child in range(number * WIDTH, number * WIDTH + width)
                ]
            self._write(tile_path(level, number, width), b"".join(hashes))
            if width == WIDTH:
                tops.setdefault(level, {})[number] = root_of(hashes)

    def write_checkpoint(self, note: bytes) -> None:
        """The last file of a publication: from now on everybody may ask for the tiles under it."""
        self._write(CHECKPOINT, note)

    def drop_partial_tiles(self, old: int, new: int) -> None:
        """Remove partial tiles of which the full one is published: readers find the same hashes in it."""
        for level, number, width in tiles_between(old, new):
            if width == WIDTH:
                for kind in (level, "entries") if level == 0 else (level,):
                    shutil.rmtree(self.folder / f"{tile_path(kind, number)}.p", ignore_errors=True)

    def tree(self, size: int) -> TileTree:
        """The tree of the first `size` entries, for proofs."""
        return TileTree(self.read, size)

    def entries(self, number: int, size: int) -> list[bytes]:
        """The entries of a bundle in a log of `size` entries."""
        width = min(WIDTH, size - number * WIDTH)
        try:
            content = self.read(tile_path("entries", number, width))
        except FileNotFoundError:
            content = self.read(tile_path("entries", number))
        return list(unbundle(content))[:width]

    def _write_bundle(self, number: int, width: int, read: ReadRows) -> Sequence[bytes]:
        rows = list(read(number * WIDTH, number * WIDTH + width))
        if len(rows) != width:
            raise OtherHistory(f"bundle {number} has {len(rows)} entries in the database instead of {width}")
        self._write(tile_path("entries", number, width), bundle([entry for entry, _leaf in rows]))
        return [leaf for _entry, leaf in rows]

    def _write(self, path: str, content: bytes) -> None:
        write_whole(self.folder / path, content)


def refuse_other_history(
    log: str, stands: Checkpoint, size: int, root_at: Callable[[int], bytes | None]
) -> int:
    """How many entries stand published; raises `OtherHistory` unless they begin what the database holds.

    `stands` is the published checkpoint, `size` the numbered entries in the database, `root_at` the root it
    has signed at a size.
    """
    if stands.size > size:
        raise OtherHistory(
            f"log {log}: {stands.size} entries are published, the database has {size}. "
            "An older copy was restored: run `ruamkhit replay` to take the missing entries from the files"
        )
    if root_at(stands.size) != stands.root:
        raise OtherHistory(
            f"log {log}: the {stands.size} published entries are not those of the database. "
            "It belongs to another installation, or was changed; nothing will be signed over it"
        )
    return stands.size
