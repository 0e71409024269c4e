"""The tree against the recursive definitions of RFC 6962, written as the standard has them."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    consistency_proof,
    inclusion_path,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

SMALL = 40
LEAVES = [leaf_hash(b"%d" % number) for number in range(SMALL)]
ROOTS = [root_of(LEAVES[:size]) for size in range(SMALL + 1)]

leaf_lists = st.lists(st.binary(max_size=20), min_size=1, max_size=300).map(
    lambda entries: [leaf_hash(b"%d:" % place + entry) for place, entry in enumerate(entries)]
)


def literal_split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def literal_root(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = literal_split(len(leaves))
    joined = literal_root(leaves[:k]) + literal_root(leaves[k:])
    return sha256(b"\x01" + joined).digest()


def literal_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = literal_split(len(leaves))
    if m < k:
        return [*literal_path(m, leaves[:k]), literal_root(leaves[k:])]
    return [*literal_path(m - k, leaves[k:]), literal_root(leaves[:k])]


def literal_subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2; PROOF(m, D) is SUBPROOF(m, D, true)."""
    if m == len(leaves):
        return [] if whole else [literal_root(leaves)]
    k = literal_split(len(leaves))
    if m <= k:
        return [*literal_subproof(m, leaves[:k], whole), literal_root(leaves[k:])]
    return [*literal_subproof(m - k, leaves[k:], False), literal_root(leaves[:k])]


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def test_the_hashes_carry_the_standard_s_prefixes() -> None:
    assert leaf_hash(b"entry") == sha256(b"\x00entry").digest()
    assert node_hash(b"left", b"right") == sha256(b"\x01leftright").digest()
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()


def test_known_roots_of_the_certificate_transparency_test_data() -> None:
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    leaves = [leaf_hash(bytes.fromhex(entry)) for entry in entries]
    leaves.append(leaf_hash(bytes.fromhex("606162636465666768696a6b6c6d6e6f")))
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root_of(leaves).hex() == root


@settings(max_examples=60, deadline=None)
@given(leaf_lists, st.data())
def test_roots_and_proofs_equal_the_literal_recursion(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1), "index")
    old = data.draw(st.integers(1, size), "old")
    assert root_of(leaves) == literal_root(leaves)
    assert inclusion_proof(leaves, index) == literal_path(index, leaves)
    assert consistency_proof(leaves, old) == literal_subproof(old, leaves, True)


@settings(max_examples=60, deadline=None)
@given(leaf_lists, st.data())
def test_good_proofs_hold_and_changed_ones_do_not(leaves: list[bytes], data: st.DataObject) -> None:
    size, root = len(leaves), root_of(leaves)
    index = data.draw(st.integers(0, size - 1), "index")
    bit = data.draw(st.integers(0, 255), "bit")
    leaf, proof = leaves[index], inclusion_proof(leaves, index)
    assert verify_inclusion(leaf, index, size, proof, root)
    assert not verify_inclusion(flipped(leaf, bit), index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, flipped(root, bit))
    assert not verify_inclusion(leaf, index, size, [*proof, leaf], root)
    for place in range(len(proof)):
        without = proof[:place] + proof[place + 1 :]
        changed = [*proof[:place], flipped(proof[place], bit), *proof[place + 1 :]]
        assert not verify_inclusion(leaf, index, size, without, root)
        assert not verify_inclusion(leaf, index, size, changed, root)


@settings(max_examples=60, deadline=None)
@given(leaf_lists, st.data())
def test_good_consistency_holds_and_changed_does_not(leaves: list[bytes], data: st.DataObject) -> None:
    size, root = len(leaves), root_of(leaves)
    old = data.draw(st.integers(1, size), "old")
    bit = data.draw(st.integers(0, 255), "bit")
    old_root, proof = root_of(leaves[:old]), consistency_proof(leaves, old)
    assert verify_consistency(old, size, proof, old_root, root)
    assert not verify_consistency(old, size, proof, flipped(old_root, bit), root)
    assert not verify_consistency(old, size, proof, old_root, flipped(root, bit))
    assert not verify_consistency(old, size, [*proof, root], old_root, root)
    for place in range(len(proof)):
        without = proof[:place] + proof[place + 1 :]
        changed = [*proof[:place], flipped(proof[place], bit), *proof[place + 1 :]]
        assert not verify_consistency(old, size, without, old_root, root)
        assert not verify_consistency(old, size, changed, old_root, root)


@pytest.mark.parametrize("size", range(1, SMALL + 1))
def test_every_proof_of_a_small_tree_holds_for_its_own_leaf_alone(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        for claimed in range(-1, size + 1):
            held = verify_inclusion(LEAVES[index], claimed, size, proof, ROOTS[size])
            assert held == (claimed == index)


@pytest.mark.parametrize("size", range(1, SMALL + 1))
def test_every_consistency_proof_of_a_small_tree_holds_for_its_own_size_alone(size: int) -> None:
    for old in range(1, size + 1):
        proof = consistency_proof(LEAVES[:size], old)
        for claimed in range(size + 1):
            held = verify_consistency(old, size, proof, ROOTS[claimed], ROOTS[size])
            assert held == (claimed == old)
            other = verify_consistency(claimed, size, proof, ROOTS[old], ROOTS[size])
            assert other == (claimed == old)


def test_a_rewritten_history_has_no_consistency_proof() -> None:
    rewritten = [leaf_hash(b"other"), *LEAVES[1:]]
    for old in range(1, SMALL):
        proof = consistency_proof(rewritten, old)
        assert not verify_consistency(old, SMALL, proof, ROOTS[old], root_of(rewritten))


def test_the_empty_tree_begins_every_log() -> None:
    assert verify_consistency(0, 7, [], EMPTY_ROOT, ROOTS[7])
    assert verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    assert not verify_consistency(0, 7, [], ROOTS[7], ROOTS[7])
    assert not verify_consistency(0, 7, [ROOTS[1]], EMPTY_ROOT, ROOTS[7])
    assert not verify_consistency(8, 7, [], ROOTS[8], ROOTS[7])
    assert not verify_consistency(-1, 7, [], ROOTS[1], ROOTS[7])


def test_hashes_of_another_length_are_never_accepted() -> None:
    # node_hash only joins bytes: a boundary moved between two of them would leave it unchanged.
    left, right = LEAVES[0], LEAVES[1]
    assert not verify_inclusion(left + right[:1], 0, 2, [right[1:]], ROOTS[2])
    assert not verify_consistency(1, 2, [right[1:]], left + right[:1], ROOTS[2])


def test_there_is_no_path_to_what_does_not_exist() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(IndexError):
            inclusion_path(index, size)
    for old, new in ((0, 3), (4, 3), (-1, 3)):
        with pytest.raises(IndexError):
            consistency_path(old, new)


def test_paths_say_which_ranges_a_reader_must_hash() -> None:
    assert inclusion_path(4, 7) == [(5, 6), (6, 7), (0, 4)]
    assert consistency_path(3, 7) == [(2, 3), (3, 4), (0, 2), (4, 7)]
    assert consistency_path(4, 7) == [(4, 7)]
    assert consistency_path(7, 7) == []


def test_a_frontier_has_the_root_of_every_size_on_its_way() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(LEAVES):
        assert (frontier.size, frontier.root()) == (size, ROOTS[size])
        frontier.push(leaf)
    assert frontier.root() == ROOTS[SMALL]


@given(st.integers(0, SMALL), st.integers(0, SMALL))
def test_a_stored_frontier_grows_on_unchanged(size: int, more: int) -> None:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.push(leaf)
    stored = frontier.to_bytes()
    again = Frontier.from_bytes(stored)
    assert again == frontier
    for leaf in LEAVES[size:more]:
        again.push(leaf)
    assert again.root() == ROOTS[max(size, more)]
    assert frontier.to_bytes() == stored


def test_a_copied_frontier_grows_alone() -> None:
    frontier = Frontier()
    frontier.push(LEAVES[0])
    frontier.copy().push(LEAVES[1])
    assert frontier.root() == ROOTS[1]


@pytest.mark.parametrize(
    "stored",
    [b"", b"\x00" * 7, (1).to_bytes(8, "big"), (3).to_bytes(8, "big") + b"\x00" * 32, b"\x00" * 40],
)
def test_a_damaged_frontier_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Frontier.from_bytes(stored)


def test_a_hundred_thousand_leaves_have_one_root() -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(100_000)]
    root = root_of(leaves)
    frontier = Frontier()
    for leaf in leaves:
        frontier.push(leaf)
    assert frontier.root() == root
    proof = inclusion_proof(leaves, 77_777)
    assert len(proof) == 17
    assert verify_inclusion(leaves[77_777], 77_777, 100_000, proof, root)
