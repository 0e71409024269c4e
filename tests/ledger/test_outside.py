"""What outsiders check with: our verifier in one file, and Go's packages, which know nothing of us."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.ledger.outside import verify
from tests.ledger.test_publish import acts, number_and_publish, publisher, restore
from tests.ledger.test_sequence import A, B, act
from tests.support.lanes import go, need

VERIFIER = ROOT / "app" / "ledger" / "outside" / "verify.py"
CROSSCHECK = Path(__file__).parent / "foreign" / "crosscheck.go"
SIZE = 520
PATIENCE = 300


@pytest.fixture
def copy(app: Flask, tmp_path: Path) -> Path:
    """Two published logs, copied as anybody may copy them."""
    acts(SIZE)
    act(B, 1)
    number_and_publish()
    return Path(shutil.copytree(publisher().sequencer.folder, tmp_path / "copy"))


def said(where: Path | str, *more: str) -> tuple[int, str]:
    """The verifier's status and last word, run as an outsider runs it: without our packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(where), *more],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()[-1]


def test_an_honest_copy_holds(copy: Path) -> None:
    assert said(copy, "--entries") == (0, "2 logs hold")


def log_of(copy: Path) -> Path:
    return copy / "agency" / "1"


def change(path: Path, at: int = 40) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def change_entry(copy: Path) -> None:
    path = log_of(copy) / "tile/entries/001"
    path.write_bytes(path.read_bytes().replace(b'"subject":"thing/', b'"subject":"thong/', 1))


def drop_entry(copy: Path) -> None:
    path = log_of(copy) / "tile/entries/002.p/8"
    path.write_bytes(path.read_bytes()[: -2 - int.from_bytes(path.read_bytes()[:2], "big")])


def swap_entries(copy: Path) -> None:
    path = log_of(copy) / "tile/entries/000"
    content = path.read_bytes()
    first = 2 + int.from_bytes(content[:2], "big")
    second = first + 2 + int.from_bytes(content[first : first + 2], "big")
    path.write_bytes(content[first:second] + content[:first] + content[second:])


def swap_files(copy: Path) -> None:
    one, other = log_of(copy) / "tile/entries/000", log_of(copy) / "tile/entries/001"
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def another_logs_checkpoint(copy: Path) -> None:
    shutil.copy(copy / "agency/2/checkpoint", log_of(copy) / "checkpoint")


def forge_size(copy: Path) -> None:
    path = log_of(copy) / "checkpoint"
    path.write_bytes(path.read_bytes().replace(b"\n520\n", b"\n519\n"))


def forge_key(copy: Path) -> None:
    listed = json.loads((copy / "logs.json").read_text())
    listed["logs"][0]["vkey"] = listed["logs"][0]["vkey"].replace("+", "+00", 1)
    (copy / "logs.json").write_text(json.dumps(listed))


TAMPERING: dict[str, tuple[Callable[[Path], object], str]] = {
    "an entry changed": (change_entry, "entry 256 is not the one the tile holds"),
    "an entry deleted": (drop_entry, "bundle 2 .*"),
    "entries reordered": (swap_entries, "entry 0 is not the one the tile holds"),
    "files swapped": (swap_files, "entry 0 is not the one the tile holds"),
    "a hash changed": (lambda copy: change(log_of(copy) / "tile/0/000"), "entry 1 is not .*"),
    "an upper tile changed": (
        lambda copy: change(log_of(copy) / "tile/1/000.p/2"),
        "tile 0 of level 1 is not made of the tiles below it",
    ),
    "a bundle missing": (
        lambda copy: (log_of(copy) / "tile/entries/001").unlink(),
        ".*tile/entries/001 is missing",
    ),
    "the signature changed": (
        lambda copy: (log_of(copy) / "checkpoint").write_bytes(
            re.sub(
                rb"(.)(.{20}\n)$",
                lambda m: (b"A" if m[1] != b"A" else b"B") + m[2],
                (log_of(copy) / "checkpoint").read_bytes(),
            )
        ),
        "the checkpoint's signature is wrong",
    ),
    "the size forged": (forge_size, "the checkpoint's signature is wrong"),
    "another log's checkpoint": (another_logs_checkpoint, "the checkpoint speaks for .*"),
    "the key forged": (forge_key, "the published key's id does not belong to it"),
    "no list": (lambda copy: (copy / "logs.json").unlink(), "there is no logs.json at .*"),
    "no checkpoint": (lambda copy: (log_of(copy) / "checkpoint").unlink(), "there is no checkpoint"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_every_tampering_is_named(copy: Path, name: str) -> None:
    tamper, words = TAMPERING[name]
    tamper(copy)
    status, last = said(copy)
    assert status == 1
    assert re.fullmatch(f"FAIL .*: {words}", last), last


def test_a_log_that_was_rewritten_is_found_by_who_looked_before(copy: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert said(copy, "--keep", str(kept))[0] == 0
    assert said(copy, "--keep", str(kept))[0] == 0
    restore(3)
    shutil.rmtree(publisher().sequencer.folder)  # The operator begins the files anew, over another history.
    acts(600)
    number_and_publish()
    folder = publisher().sequencer.folder
    assert said(folder)[0] == 0, "to a stranger it looks sound"
    status, last = said(folder, "--keep", str(kept))
    assert (status, last) == (
        1,
        "FAIL agency/1: the checkpoint of 520 entries seen before is no beginning of this log",
    )


def test_a_log_that_was_cut_back_is_found_by_who_looked_before(copy: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert said(copy, "--keep", str(kept))[0] == 0
    restore(300)
    shutil.rmtree(publisher().sequencer.folder)
    act(A, 1)
    number_and_publish()
    status, last = said(publisher().sequencer.folder, "--keep", str(kept))
    assert (status, last) == (
        1,
        "FAIL agency/1: the log is shorter than it was: 301 entries, 520 seen before",
    )


def test_another_key_is_found_by_who_looked_before(copy: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert said(copy, "--keep", str(kept))[0] == 0
    path = kept / "agency.1.vkey"
    path.write_text(path.read_text().replace("+", "+f", 1))
    status, last = said(copy, "--keep", str(kept))
    assert status == 1
    assert "signs with another key than before" in last


def test_a_site_is_checked_by_its_address(copy: Path, live_url: str) -> None:
    assert said(live_url) == (0, "2 logs hold")
    assert said(f"{live_url}/ledger/") == (0, "2 logs hold")
    assert said("http://127.0.0.1:1")[0] == 1


def test_a_proof_is_checked_alone(copy: Path, tmp_path: Path, app: Flask) -> None:
    client = app.test_client()
    for index in (0, 255, 256, SIZE - 1):
        answer = client.get(f"/ledger/agency/1/proof/{index}")
        assert answer.status_code == 200
        proof, entry = tmp_path / "proof", tmp_path / "entry"
        proof.write_bytes(answer.get_data())
        entry.write_bytes(publisher().sequencer.files("agency/1").entries(index // 256, SIZE)[index % 256])
        status, last = said(copy, "--proof", str(proof), str(entry))
        assert (status, last) == (
            0,
            f"ok   entry {index} of localhost/ledger/agency/1 is in the signed log of {SIZE}",
        )
        entry.write_bytes(entry.read_bytes()[:-1] + b" }")
        assert said(copy, "--proof", str(proof), str(entry))[0] == 1
    assert client.get(f"/ledger/agency/1/proof/{SIZE}").status_code == 404


@pytest.mark.parametrize(
    ("public_key", "message", "signature", "holds"),
    [  # RFC 8032 section 7.1, tests 1 and 2
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            True,
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            True,
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "73",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            False,
        ),
    ],
)
def test_signatures_are_checked_as_the_standard_says(
    public_key: str, message: str, signature: str, holds: bool
) -> None:
    found = verify.is_signed(bytes.fromhex(public_key), bytes.fromhex(message), bytes.fromhex(signature))
    assert found is holds


def test_a_signature_with_a_number_beyond_the_order_is_refused() -> None:
    """RFC 8032 section 5.1.7 step 1: else everybody could write a second signature from a first."""
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    number = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.is_signed(key, b"", signature[:32] + number.to_bytes(32, "little"))


def test_gos_packages_read_the_log(copy: Path) -> None:
    need(go())
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}
    for log in ("agency/1", "agency/2"):
        done = subprocess.run(
            ["go", "run", str(CROSSCHECK), str(copy / log), publisher().sequencer.vkey(log)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=PATIENCE,
            check=False,
        )
        size = SIZE if log == "agency/1" else 1
        assert done.stdout == f"ok {size} entries, {size} proofs\n", done.stdout + done.stderr
    change(copy / "agency/1/tile/0/000")
    done = subprocess.run(
        ["go", "run", str(CROSSCHECK), str(copy / "agency/1"), publisher().sequencer.vkey("agency/1")],
        capture_output=True,
        text=True,
        env=environment,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
