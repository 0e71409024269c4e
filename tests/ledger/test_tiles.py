"""A log as files: names as c2sp.org/tlog-tiles gives them, and proofs read back from tiles alone."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.logfiles import LogFiles
from app.ledger.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from app.ledger.tiles import WIDTH, BadTile, bundle, tile_path, tiles_between, unbundle


def entry(n: int) -> bytes:
    return b'{"n":%d}' % n


def rows(first: int, end: int) -> list[tuple[bytes, bytes]]:
    return [(entry(n), leaf_hash(entry(n))) for n in range(first, end)]


def leaves(size: int) -> list[bytes]:
    return [leaf for _entry, leaf in rows(0, size)]


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 0, 1, "tile/0/000.p/1"),
        (1, 273, 112, "tile/1/273.p/112"),
        ("entries", 1234067, 256, "tile/entries/x001/x234/067"),
        (2, 1000, 8, "tile/2/x001/000.p/8"),
    ],
)
def test_paths_are_those_of_the_standard(level: int | str, number: int, width: int, path: str) -> None:
    assert tile_path(level, number, width) == path


def test_a_log_of_70_000_entries_has_the_tiles_of_the_standards_example() -> None:
    """c2sp.org/tlog-tiles: 256 full and one partial (112) of level 0, full 0/1.., one of level 1 with 17 ..."""
    tiles = list(tiles_between(0, 70_000))
    assert [tile for tile in tiles if tile[0] == 0 and tile[2] < WIDTH] == [(0, 273, 112)]
    assert sum(level == 0 for level, _n, _w in tiles) == 274
    assert [tile for tile in tiles if tile[0] == 1] == [(1, 0, 256), (1, 1, 17)]
    assert [tile for tile in tiles if tile[0] == 2] == [(2, 0, 1)]


def test_bundles_are_read_as_they_were_written() -> None:
    entries = [b"", b"a", b"b" * 65_535]
    assert list(unbundle(bundle(entries))) == entries
    for cut in (1, 3, 65_539):
        with pytest.raises(BadTile):
            list(unbundle(bundle(entries)[:-cut]))


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.integers(1, 300), min_size=1, max_size=5), data=st.data())
def test_however_it_grew_proofs_from_tiles_are_those_from_all_leaves(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], data: st.DataObject
) -> None:
    files, sizes = LogFiles(tmp_path_factory.mktemp("log")), list(accumulate(steps))
    for before, after in pairwise([0, *sizes]):
        files.write_tiles(before, after, rows)
        files.drop_partial_tiles(before, after)
    size = sizes[-1]
    every, tree = leaves(size), files.tree(size)
    assert tree.root() == root_of(every)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index)
    assert proof == inclusion_proof(every, index)
    assert verify_inclusion(every[index], index, size, proof, tree.root())
    old = data.draw(st.sampled_from(sizes))
    old_tree = files.tree(old)  # Read from what is there now: its partial tiles may have gone.
    assert old_tree.root() == root_of(every[:old])
    assert tree.consistency_proof(old) == consistency_proof(every, old)
    assert verify_consistency(old, size, tree.consistency_proof(old), old_tree.root(), tree.root())
    kept = [one for number in range(-(-size // WIDTH)) for one in files.entries(number, size)]
    assert kept == [entry(n) for n in range(size)]


def test_three_levels_of_tiles(tmp_path: Path) -> None:
    size = WIDTH * WIDTH + 5
    frontier = Frontier()
    for leaf in leaves(size):
        frontier.push(leaf)
    files = LogFiles(tmp_path)
    files.write_tiles(0, WIDTH * WIDTH - 1, rows)
    files.write_tiles(WIDTH * WIDTH - 1, size, rows)
    assert (tmp_path / "tile/2/000.p/1").exists()
    tree = files.tree(size)
    assert tree.root() == frontier.root()
    for index in (0, 255, 256, WIDTH * WIDTH - 1, WIDTH * WIDTH, size - 1):
        assert verify_inclusion(
            leaf_hash(entry(index)), index, size, tree.inclusion_proof(index), tree.root()
        )


def test_written_again_the_files_are_the_same(tmp_path: Path) -> None:
    once, again = LogFiles(tmp_path / "once"), LogFiles(tmp_path / "again")
    once.write_tiles(0, 600, rows)
    again.write_tiles(0, 300, rows)
    again.write_tiles(0, 600, rows)  # As after a kill before the checkpoint.

    def content(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    assert content(once.folder).items() <= content(again.folder).items()
