"""Checkpoints: what a log signs about itself, in the formats of c2sp.org.

A checkpoint (c2sp.org/tlog-checkpoint) says "log so-and-so has this many entries, under this
root". It travels as a signed note (c2sp.org/signed-note): a text, an empty line, then one line
for each signature. The log signs with Ed25519 under its origin as the key's name; others
(witnesses) may add lines of their own, which we skip.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from app.ledger.merkle import HASH_SIZE

ED25519 = b"\x01"
KEY_ID_SIZE = 4
SIGNATURE_SIZE = 64
MAX_SIGNATURES = 100
"""Lines read at most; the standard wants 16 or more accepted and a limit somewhere."""

DASH = "\u2014"
SIZE_FORM = re.compile(r"0|[1-9][0-9]{0,18}")
"""Decimal without leading zeros; 19 digits hold every tree that can exist."""


class NoteError(ValueError):
    """A note, a key or a checkpoint that must not be believed; the message names the fault."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who is believed: a key's name, its short id and the key."""

    name: str
    key_id: bytes
    public_key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One log's size and root at a moment."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the three lines; NoteError for anything that `to_text` would not have written.

        The standard allows extension lines but advises against them, and ours has none.
        """
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] != "":
            raise NoteError("a checkpoint has exactly three lines: origin, size, root")
        origin, size, root = lines[:3]
        _check_name(origin)
        if not SIZE_FORM.fullmatch(size):
            raise NoteError(f"the tree size {size[:30]!r} is not a plain decimal number")
        digest = _from_base64(root, "the root hash")
        if len(digest) != HASH_SIZE:
            raise NoteError(f"the root hash has {len(digest)} bytes instead of {HASH_SIZE}")
        return cls(origin, int(size), digest)


def vkey(name: str, public_key: Ed25519PublicKey) -> str:
    """The verifier key as published: `name+key id in hex+base64(type and key)`."""
    _check_name(name)
    raw = public_key.public_bytes_raw()
    return f"{name}+{_key_id(name, raw).hex()}+{_base64(ED25519 + raw)}"


@lru_cache(maxsize=256)
def read_vkey(text: str) -> Verifier:
    """Read a published verifier key; NoteError when its parts do not fit together."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NoteError("a verifier key has three parts joined by +")
    name, key_id, encoded = parts
    _check_name(name)
    material = _from_base64(encoded, "the verifier key")
    if material[:1] != ED25519 or len(material) != 33:
        raise NoteError("the verifier key is not an Ed25519 key")
    raw = material[1:]
    if key_id != _key_id(name, raw).hex():
        raise NoteError("the verifier key's id does not belong to its name and key")
    return Verifier(name, _key_id(name, raw), Ed25519PublicKey.from_public_bytes(raw))


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> bytes:
    """The text with one signature under `name`; NoteError when the text cannot be a note's."""
    _check_name(name)
    _check_characters(text)
    if not text.endswith("\n") or text == "\n":
        raise NoteError("a note's text is not empty and ends with a newline")
    raw = key.public_key().public_bytes_raw()
    signature = _base64(_key_id(name, raw) + key.sign(text.encode()))
    return f"{text}\n{DASH} {name} {signature}\n".encode()


def open_note(raw: bytes, vkey: str) -> str:
    """The text of a note that this key has signed; NoteError, naming the fault, otherwise.

    Signatures by other keys are skipped. One by this key that fails rejects the whole note,
    even beside one that holds.
    """
    verifier = read_vkey(vkey)
    text, lines = _parts(raw)
    ours = [signature for line in lines if (signature := _signature_by(verifier, line))]
    if not ours:
        raise NoteError(f"no signature by {verifier.name} {verifier.key_id.hex()}")
    for signature in ours:
        try:
            verifier.public_key.verify(signature, text.encode())
        except InvalidSignature:
            raise NoteError(f"the signature by {verifier.name} is wrong") from None
    return text


def text_of_note(raw: bytes) -> str:
    """The text of a note, whoever signed it: for notes that were verified before they were kept."""
    return _parts(raw)[0]


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """The checkpoint as a note signed by its log: the key's name is the origin."""
    text = checkpoint.to_text()
    Checkpoint.parse(text)
    return sign_note(text, checkpoint.origin, key)


def open_checkpoint(raw: bytes, vkey: str) -> Checkpoint:
    """The checkpoint that this log signed; NoteError for a foreign or malformed one."""
    checkpoint = Checkpoint.parse(open_note(raw, vkey))
    name = read_vkey(vkey).name
    if checkpoint.origin != name:
        raise NoteError(f"the checkpoint speaks for {checkpoint.origin}, not for {name}")
    return checkpoint


def signed_origin(notes: Iterable[bytes], ending: str, key: Ed25519PublicKey) -> str | None:
    """The origin in the first of these checkpoints that this key has signed, or None if it signed none.

    The origin names the key that signs it, so a checkpoint tells its own origin; it must have this ending.
    """
    for note in notes:
        origin = note.split(b"\n", 1)[0].decode(errors="replace")
        with suppress(NoteError):
            if origin.endswith(ending):
                return open_checkpoint(note, vkey(origin, key)).origin
    return None


def _parts(raw: bytes) -> tuple[str, list[str]]:
    """A note's text and its signature lines, divided at the last empty line."""
    try:
        note = raw.decode()
    except UnicodeDecodeError:
        raise NoteError("the note is not UTF-8") from None
    _check_characters(note)
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not text or not signatures.endswith("\n"):
        raise NoteError("not a signed note: text, empty line, signature lines")
    lines = signatures[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(f"more than {MAX_SIGNATURES} signatures")
    return text + "\n", lines


def _signature_by(verifier: Verifier, line: str) -> bytes | None:
    """The signature on this line when it is the verifier's; None for another key's."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH:
        raise NoteError(f"malformed signature line {line[:60]!r}")
    _check_name(parts[1])
    blob = _from_base64(parts[2], "a signature")
    key_id, signature = blob[:KEY_ID_SIZE], blob[KEY_ID_SIZE:]
    if not signature:
        raise NoteError(f"malformed signature line {line[:60]!r}")
    if parts[1] != verifier.name or key_id != verifier.key_id:
        return None
    return signature


def _key_id(name: str, raw_key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + raw_key).digest()[:KEY_ID_SIZE]


def _check_name(name: str) -> None:
    _check_characters(name)
    if not name or "+" in name or "\n" in name or any(sign.isspace() for sign in name):
        raise NoteError(f"{name[:60]!r} cannot name a key: it is empty or holds a space or a +")


def _check_characters(text: str) -> None:
    if any(sign < " " and sign != "\n" for sign in text):
        raise NoteError("a note holds no control characters")


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _from_base64(text: str, what: str) -> bytes:
    """Strict: one spelling for each value, so that no changed bit goes unseen."""
    try:
        data = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise NoteError(f"{what} is not base64") from None
    if _base64(data) != text:
        raise NoteError(f"{what} is not canonical base64")
    return data
