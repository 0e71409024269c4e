"""Signing keys on disk: one for each log, whoever asks first; unreadable without the secret."""

from __future__ import annotations

import multiprocessing
import stat
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.ledger.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from app.ledger.keys import KeyStore, KeyStoreError
from app.ledger.merkle import EMPTY_ROOT

SECRET = "a secret of enough random characters"
PROCESSES = 4
ROUNDS = 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "keys"


@pytest.fixture
def store(folder: Path) -> KeyStore:
    return KeyStore(folder, SECRET)


def raw(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes_raw()


def test_a_key_is_made_once_and_found_again(store: KeyStore, folder: Path) -> None:
    key = store.signing_key("programme")
    assert store.signing_key("programme") is key
    assert raw(KeyStore(folder, SECRET).signing_key("programme")) == raw(key)
    assert [path.name for path in folder.iterdir()] == ["programme.pem"]


def test_each_log_has_its_own_key(store: KeyStore, folder: Path) -> None:
    logs = ["programme", "agency/1", "agency/12", "agency/1/2", "agency-1", "agency_1"]
    assert len({raw(store.signing_key(log)) for log in logs}) == len(logs)
    assert len(list(folder.iterdir())) == len(logs)


def test_only_the_owner_may_read(store: KeyStore, folder: Path) -> None:
    store.signing_key("agency/12")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "agency.12.pem").stat().st_mode) == 0o600


def test_the_key_is_not_on_disk_in_clear(store: KeyStore, folder: Path) -> None:
    key = store.signing_key("agency/12")
    stored = (folder / "agency.12.pem").read_bytes()
    assert stored.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert raw(key) not in stored
    assert SECRET.encode() not in stored


def test_a_wrong_secret_is_a_clear_error(store: KeyStore, folder: Path) -> None:
    store.signing_key("agency/12")
    # One wrong passphrase in a few hundred decrypts to something: it must be refused as well.
    for attempt in range(1000):
        with pytest.raises(KeyStoreError, match="agency/12 cannot be opened: the secret"):
            KeyStore(folder, f"{SECRET}{attempt}").signing_key("agency/12")
    with pytest.raises(ValueError, match="needs a secret"):
        KeyStore(folder, "")


def test_one_log_s_file_cannot_stand_in_for_another_s(store: KeyStore, folder: Path) -> None:
    store.signing_key("agency/12")
    (folder / "agency.12.pem").rename(folder / "agency.13.pem")
    with pytest.raises(KeyStoreError, match="agency/13 cannot be opened"):
        KeyStore(folder, SECRET).signing_key("agency/13")


def test_no_changed_byte_gives_another_key(store: KeyStore, folder: Path) -> None:
    log, path = "agency/12", folder / "agency.12.pem"
    key, stored = raw(store.signing_key(log)), path.read_bytes()
    refused = 0
    for place in range(len(stored)):
        path.write_bytes(stored[:place] + bytes([stored[place] ^ 1]) + stored[place + 1 :])
        try:
            assert raw(KeyStore(folder, SECRET).signing_key(log)) == key
        except KeyStoreError:
            refused += 1
    assert refused > len(stored) * 0.8
    path.write_bytes(b"")
    with pytest.raises(KeyStoreError):
        KeyStore(folder, SECRET).signing_key(log)


def test_a_lost_key_is_an_error_where_one_is_expected(store: KeyStore, folder: Path) -> None:
    for ask in (
        lambda: store.signing_key("agency/12", create=False),
        lambda: store.vkey("agency/12", "ruamkhit.example/ledger/agency/12"),
    ):
        with pytest.raises(KeyStoreError, match=r"no signing key for agency/12.*missing"):
            ask()
    assert not folder.exists()


def test_the_verifier_key_needs_no_secret(store: KeyStore, folder: Path) -> None:
    origin = "ruamkhit.example/ledger/agency/12"
    checkpoint = Checkpoint(origin, 0, EMPTY_ROOT)
    note = sign_checkpoint(checkpoint, store.signing_key("agency/12"))
    published = KeyStore(folder, "another secret").vkey("agency/12", origin)
    assert published == store.vkey("agency/12", origin)
    assert open_checkpoint(note, published) == checkpoint


@pytest.mark.parametrize(
    "log",
    ["", "/", "..", "../secret", "agency/", "/agency", "a//b", "a.b", "Agency/1", "a b", "ก\n"],
)
def test_a_name_that_could_leave_the_folder_is_refused(store: KeyStore, log: str) -> None:
    with pytest.raises(KeyStoreError, match="is not the name of a log"):
        store.signing_key(log)


def test_others_read_the_public_half(store: KeyStore, folder: Path) -> None:
    key = store.signing_key("programme")
    stored = (folder / "programme.pem").read_bytes()
    published = load_pem_public_key(stored[stored.index(b"-----BEGIN PUBLIC KEY-----") :])
    assert isinstance(published, Ed25519PublicKey)
    published.verify(key.sign(b"a checkpoint"), b"a checkpoint")


def _ask_together(folder: Path, barrier: Barrier, answers: multiprocessing.Queue[bytes]) -> None:
    barrier.wait()
    for number in range(ROUNDS):
        answers.put(b"%d:" % number + raw(KeyStore(folder, SECRET).signing_key(f"agency/{number}")))


def test_processes_that_start_together_end_with_the_same_keys(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(PROCESSES), context.Queue()
    workers = [
        context.Process(target=_ask_together, args=(folder, barrier, answers)) for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    seen = {answers.get(timeout=120) for _ in range(PROCESSES * ROUNDS)}
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    store = KeyStore(folder, SECRET)
    assert seen == {b"%d:" % number + raw(store.signing_key(f"agency/{number}")) for number in range(ROUNDS)}
    assert sorted(path.name for path in folder.iterdir()) == [
        f"agency.{number}.pem" for number in range(ROUNDS)
    ]


def test_threads_of_one_store_share_one_key(store: KeyStore) -> None:
    seen: list[Ed25519PrivateKey] = []
    threads = [Thread(target=lambda: seen.append(store.signing_key("programme"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 16
    assert len({id(key) for key in seen}) == 1
