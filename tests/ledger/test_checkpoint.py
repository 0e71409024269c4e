"""Signed notes and checkpoints against the printed example, and against everything malformed."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.checkpoint import (
    Checkpoint,
    NoteError,
    open_checkpoint,
    open_note,
    read_vkey,
    sign_checkpoint,
    sign_note,
    vkey,
)
from app.ledger.merkle import EMPTY_ROOT, leaf_hash

# The worked example of the signed-note specification.
EXAMPLE_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n"
    "\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
    "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

ORIGIN = "ruamkhit.example/ledger/agency/12"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
VKEY = vkey(ORIGIN, KEY.public_key())
CHECKPOINT = Checkpoint(ORIGIN, 20_852_163, leaf_hash(b"root"))
NOTE = sign_checkpoint(CHECKPOINT, KEY)


def encoded(data: bytes) -> str:
    return b64encode(data).decode()


def line_by(key: Ed25519PrivateKey, name: str, text: str) -> bytes:
    """Another signer's line under the same text."""
    return sign_note(text, name, key).removeprefix(text.encode() + b"\n")


def test_the_printed_example_opens() -> None:
    assert open_note(EXAMPLE_NOTE.encode(), EXAMPLE_VKEY) == "This is an example message.\n"


def test_a_verifier_key_has_the_form_of_the_printed_one() -> None:
    read = read_vkey(EXAMPLE_VKEY)
    assert (read.name, read.key_id.hex()) == ("example.com/foo", "530d903a")
    assert vkey(read.name, read.public_key) == EXAMPLE_VKEY


def test_a_key_id_is_the_hash_of_name_type_and_key() -> None:
    raw = KEY.public_key().public_bytes_raw()
    expected = sha256(ORIGIN.encode() + b"\n\x01" + raw).digest()[:4]
    assert VKEY.split("+", 2) == [ORIGIN, expected.hex(), encoded(b"\x01" + raw)]


def test_a_checkpoint_is_three_lines_and_one_signature() -> None:
    text, _, signature = NOTE.decode().partition("\n\n")
    assert text.split("\n") == [ORIGIN, "20852163", encoded(CHECKPOINT.root)]
    assert signature.startswith(f"— {ORIGIN} ")
    assert signature.count("\n") == 1
    assert open_checkpoint(NOTE, VKEY) == CHECKPOINT


def test_an_empty_tree_can_be_signed() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert open_checkpoint(sign_checkpoint(empty, KEY), VKEY) == empty


def test_lines_of_other_signers_are_skipped() -> None:
    text = CHECKPOINT.to_text()
    head, own = text.encode() + b"\n", NOTE.removeprefix(text.encode() + b"\n")
    witness = line_by(STRANGER, "witness.example/w1", text)
    namesake = line_by(STRANGER, ORIGIN, text)  # our name, but another key's id
    same_id = f"— other.example {encoded(read_vkey(VKEY).key_id + bytes(64))}\n".encode()
    post_quantum = f"— pq.example {encoded(bytes(2424))}\n".encode()
    foreign = witness + namesake + same_id + post_quantum
    for lines in (foreign + own, own + foreign, witness + own + namesake, own + own):
        assert open_checkpoint(head + lines, VKEY) == CHECKPOINT
    with pytest.raises(NoteError, match="no signature by"):
        open_checkpoint(head + foreign, VKEY)


def test_a_wrong_signature_by_the_log_rejects_the_note_beside_a_right_one() -> None:
    other_text = Checkpoint(ORIGIN, 5, CHECKPOINT.root).to_text()
    wrong = line_by(KEY, ORIGIN, other_text)
    with pytest.raises(NoteError, match="is wrong"):
        open_checkpoint(NOTE + wrong, VKEY)


def test_sixteen_signatures_are_read_and_a_thousand_are_not() -> None:
    witness = line_by(STRANGER, "witness.example/w1", CHECKPOINT.to_text())
    assert open_checkpoint(NOTE + witness * 15, VKEY) == CHECKPOINT
    with pytest.raises(NoteError, match="more than"):
        open_checkpoint(NOTE + witness * 1000, VKEY)


def test_a_forgery_with_another_key_is_refused() -> None:
    with pytest.raises(NoteError, match="no signature by"):
        open_checkpoint(sign_checkpoint(CHECKPOINT, STRANGER), VKEY)
    stolen_id = read_vkey(VKEY).key_id + STRANGER.sign(CHECKPOINT.to_text().encode())
    forged = f"{CHECKPOINT.to_text()}\n— {ORIGIN} {encoded(stolen_id)}\n".encode()
    with pytest.raises(NoteError, match="is wrong"):
        open_checkpoint(forged, VKEY)


def test_a_checkpoint_of_another_log_is_refused_even_under_the_right_key() -> None:
    other = Checkpoint("ruamkhit.example/ledger/programme", 3, EMPTY_ROOT)
    with pytest.raises(NoteError, match="speaks for"):
        open_checkpoint(sign_note(other.to_text(), ORIGIN, KEY), VKEY)


def test_every_single_bit_of_a_note_counts() -> None:
    for bit in range(len(NOTE) * 8):
        changed = bytearray(NOTE)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoteError):
            open_checkpoint(bytes(changed), VKEY)


def test_every_shorter_note_is_refused() -> None:
    for end in range(len(NOTE)):
        with pytest.raises(NoteError):
            open_checkpoint(NOTE[:end], VKEY)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    with pytest.raises(NoteError):
        open_note(raw, VKEY)


@settings(max_examples=200)
@given(st.text(max_size=80).map(lambda text: text + "\n"))
def test_any_text_that_can_be_signed_comes_back(text: str) -> None:
    try:
        note = sign_note(text, "some.example/ชื่อ", KEY)
    except (NoteError, UnicodeEncodeError):
        return
    assert open_note(note, vkey("some.example/ชื่อ", KEY.public_key())) == text


def test_a_text_may_hold_empty_lines() -> None:
    text = "หนึ่ง\n\nสอง\n\n"
    assert open_note(sign_note(text, ORIGIN, KEY), VKEY) == text


@pytest.mark.parametrize("text", ["", "\n", "no newline", "tab\there\n", "a\r\n", "nul\x00\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign_note(text, ORIGIN, KEY)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "a\u00a0b", "a\u3000b", "a\tb"])
def test_a_bad_name_is_no_name(name: str) -> None:
    with pytest.raises(NoteError):
        vkey(name, KEY.public_key())
    with pytest.raises(NoteError):
        sign_note("text\n", name, KEY)
    with pytest.raises(NoteError):
        sign_checkpoint(Checkpoint(name, 1, EMPTY_ROOT), KEY)


ROOT_LINE = encoded(EMPTY_ROOT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\n{ROOT_LINE}",
        f"{ORIGIN}\n5\n{ROOT_LINE}\nextension\n",
        f"{ORIGIN}\n5\n{ROOT_LINE}\n\n",
        f"\n5\n{ROOT_LINE}\n",
        f"{ORIGIN}\n05\n{ROOT_LINE}\n",
        f"{ORIGIN}\n+5\n{ROOT_LINE}\n",
        f"{ORIGIN}\n-5\n{ROOT_LINE}\n",
        f"{ORIGIN}\n 5\n{ROOT_LINE}\n",
        f"{ORIGIN}\n5_0\n{ROOT_LINE}\n",
        f"{ORIGIN}\n๕\n{ROOT_LINE}\n",
        f"{ORIGIN}\n\n{ROOT_LINE}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT_LINE}\n",
        f"{ORIGIN}\n5\n{ROOT_LINE[:-1]}\n",
        f"{ORIGIN}\n5\n{ROOT_LINE}=\n",
        f"{ORIGIN}\n5\n {ROOT_LINE}\n",
        f"{ORIGIN}\n5\n{encoded(bytes(31))}\n",
        f"{ORIGIN}\n5\n{encoded(bytes(33))}\n",
        f"{ORIGIN}\n5\n{encoded(bytes([255]) * 32).replace('/', '_')}\n",
        # The last letter's two unused bits set: other letters, the same 32 bytes.
        f"{ORIGIN}\n5\n{encoded(bytes(32))[:-2]}B=\n",
        f"{ORIGIN}\n5\nไทย\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize("size", [-1, 10**19])
def test_an_impossible_size_is_not_signed(size: int) -> None:
    with pytest.raises(NoteError):
        sign_checkpoint(Checkpoint(ORIGIN, size, EMPTY_ROOT), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        EXAMPLE_VKEY.replace("530d", "530e"),
        EXAMPLE_VKEY.replace("530d903a", "530D903A"),
        EXAMPLE_VKEY.replace("foo", "bar"),
        EXAMPLE_VKEY[:-1],
        EXAMPLE_VKEY[:-4],
        EXAMPLE_VKEY.replace("+Ae", "+Be"),
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        open_note(EXAMPLE_NOTE.encode(), text)


@pytest.mark.parametrize(
    "line",
    [
        b"-- name AAAAAAAA\n",
        "— name\n".encode(),
        "— name AAAAAAAA more\n".encode(),
        "—  name AAAAAAAA\n".encode(),
        "— name not*base64\n".encode(),
        "— name AAAAAA==\n".encode(),  # an id without a signature
        "— na+me AAAAAAAA\n".encode(),
        b"\n",
        b"no newline at the end",
    ],
)
def test_a_malformed_signature_line_rejects_the_note(line: bytes) -> None:
    with pytest.raises(NoteError):
        open_checkpoint(NOTE + line, VKEY)
