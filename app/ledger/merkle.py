"""The hash tree under every log: RFC 6962 section 2.1, unchanged in RFC 9162, with SHA-256.

A *leaf* here is always a leaf hash, 32 bytes. Proofs are first planned as ranges of leaves
(`inclusion_path`, `consistency_path`) and then filled with the hash of each range. The functions
below fill them from a list of leaf hashes; a reader of stored tiles can fill the same ranges.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
SIZE_BYTES = 8

Range = tuple[int, int]
"""Leaves `first` up to, not including, `end`."""


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte leaf of an entry's bytes."""
    return sha256(LEAF_PREFIX + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node from the hashes of its two children."""
    return sha256(NODE_PREFIX + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, in order; the hash of nothing when there are none."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        # A last node without a partner rises unchanged: that is where the standard's split at
        # the largest power of two puts it as well.
        odd = level[-1:] if len(level) % 2 else []
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


@dataclass(slots=True)
class Frontier:
    """A growing tree remembered by its complete subtrees only, largest first.

    It holds one hash for each 1 bit of `size`, so a log of a million entries needs 20 at most.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def push(self, leaf: bytes) -> None:
        """Append one leaf hash: about two hashes on average, log2(size) at worst."""
        rest = self.size
        while rest & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            rest >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root at the present size."""
        if not self.hashes:
            return EMPTY_ROOT
        result = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            result = node_hash(left, result)
        return result

    def copy(self) -> "Frontier":
        """A frontier that grows on its own."""
        return Frontier(self.size, list(self.hashes))

    def to_bytes(self) -> bytes:
        """For a database column: the size as 8 bytes, big-endian, then the hashes."""
        return self.size.to_bytes(SIZE_BYTES, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Frontier":
        """Read back `to_bytes`; ValueError when the length does not fit the size."""
        size = int.from_bytes(stored[:SIZE_BYTES], "big")
        if len(stored) != SIZE_BYTES + HASH_SIZE * size.bit_count():
            raise ValueError(f"a frontier of {len(stored)} bytes does not fit its size {size}")
        starts = range(SIZE_BYTES, len(stored), HASH_SIZE)
        return cls(size, [stored[start : start + HASH_SIZE] for start in starts])


def inclusion_path(index: int, size: int) -> list[Range]:
    """The sibling ranges that join leaf `index` to the root of `size` leaves, deepest first.

    IndexError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    first, end, siblings = 0, size, []
    while end - first > 1:
        middle = _split(first, end)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((first, middle))
            first = middle
    return siblings[::-1]


def consistency_path(old: int, new: int) -> list[Range]:
    """The ranges that prove that the tree of `old` leaves is the beginning of the tree of `new`.

    The first range is the subtree that ends at `old`, left out when that is the whole old tree
    (the verifier has its root already); its siblings follow, deepest first. IndexError unless
    1 <= old <= new.
    """
    if not 1 <= old <= new:
        raise IndexError(f"no consistency proof from size {old} to size {new}")
    first, end, siblings = 0, new, []
    while end != old:
        middle = _split(first, end)
        if old <= middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((first, middle))
            first = middle
    if first > 0:
        siblings.append((first, end))
    return siblings[::-1]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of RFC 9162 section 2.1.3.1 for one leaf among all."""
    return [root_of(leaves[first:end]) for first, end in inclusion_path(index, len(leaves))]


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """The proof of RFC 9162 section 2.1.4.1 that the first `old` leaves still begin the log."""
    return [root_of(leaves[first:end]) for first, end in consistency_path(old, len(leaves))]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True when the proof joins this leaf, at this index, to the root of `size` leaves."""
    if not 0 <= index < size or not _are_hashes([leaf, *proof]):
        return False
    path = inclusion_path(index, size)
    if len(path) != len(proof):
        return False
    result = leaf
    for (first, _end), sibling in zip(path, proof, strict=True):
        on_the_right = first > index
        result = node_hash(result, sibling) if on_the_right else node_hash(sibling, result)
    return result == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """True when the proof shows that the tree of `old` leaves begins the tree of `new` leaves.

    Every log begins with the empty one: for `old` 0 the proof is empty and the old root is the
    hash of nothing.
    """
    if old == 0:
        return new >= 0 and not proof and old_root == EMPTY_ROOT
    if not 1 <= old <= new or not _are_hashes([old_root, new_root, *proof]):
        return False
    path = consistency_path(old, new)
    if len(path) != len(proof):
        return False
    steps = list(zip(path, proof, strict=True))
    # The subtree that ends at `old` is either given first or is the old tree itself.
    given_first = bool(path) and path[0][1] == old
    seed = steps.pop(0)[1] if given_first else old_root
    seen_old = seen_new = seed
    for (first, _end), sibling in steps:
        if first < old:
            seen_old = node_hash(sibling, seen_old)
            seen_new = node_hash(sibling, seen_new)
        else:
            seen_new = node_hash(seen_new, sibling)
    return seen_old == old_root and seen_new == new_root


def _split(first: int, end: int) -> int:
    """Where the standard cuts a range in two: after the largest power of two below its length."""
    return first + (1 << ((end - first - 1).bit_length() - 1))


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
