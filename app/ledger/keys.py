"""The logs' signing keys: one Ed25519 key for each log, made once, kept encrypted on disk.

A key file is two ordinary PEM blocks: the private key (PKCS #8, encrypted) and the public key in
clear, so that whoever verifies needs no secret. The passphrase is derived from the installation's
secret and the log's name, so a file cannot pass for another log's. The derivation (HKDF) adds no
strength: the secret must be random, 128 bits or more.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from app.ledger import checkpoint

LOG_NAME = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
PURPOSE = b"ruamkhit/ledger-signing-key/v1\n"
PUBLIC_MARK = b"-----BEGIN PUBLIC KEY-----"
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, InternalError)
"""What the library raises for bytes that do not decrypt to a key, depending on what they become."""


class KeyStoreError(Exception):
    """A signing key that is missing, cannot be opened or cannot exist; the message says which."""


class KeyStore:
    """The signing keys in one folder. Threads and processes may share the folder freely."""

    def __init__(self, folder: Path, secret: str) -> None:
        """`secret` is the installation's; an empty one is refused with ValueError."""
        if not secret:
            raise ValueError("the key store needs a secret")
        self._folder = folder
        self._secret = secret
        self._keys: dict[str, Ed25519PrivateKey] = {}
        self._lock = Lock()

    def signing_key(self, log: str, *, create: bool = True) -> Ed25519PrivateKey:
        """The log's key, made on first use; loaded once in the life of this object.

        Pass `create=False` for a log that has signed before: a lost key must then be an error
        and not a silent second key. KeyStoreError when it is missing or cannot be opened.
        """
        with self._lock:
            if log not in self._keys:
                path = self._path(log)
                if create and not path.exists():
                    self._create(path, log)
                self._keys[log] = self._load(path, log)
            return self._keys[log]

    def public_key(self, log: str) -> Ed25519PublicKey:
        """The public half, read without the secret; KeyStoreError when there is no key yet."""
        return _public_half(_read(self._path(log), log), log)

    def vkey(self, log: str, origin: str) -> str:
        """The verifier key to publish, under the log's origin. Makes no key."""
        return checkpoint.vkey(origin, self.public_key(log))

    def _path(self, log: str) -> Path:
        """`agency/12` is kept in `agency.12.pem`; no log's name has a dot, so none collide."""
        if not LOG_NAME.fullmatch(log):
            raise KeyStoreError(f"{log!r} is not the name of a log.")
        return self._folder / (log.replace("/", ".") + ".pem")

    def _passphrase(self, log: str) -> bytes:
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE + log.encode())
        return derive.derive(self._secret.encode()).hex().encode()

    def _create(self, path: Path, log: str) -> None:
        """Write a fresh key whole, then give it its name, which only one process can do."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = self._fresh_key_file(log)
        with _written_aside(self._folder, content) as aside, suppress(FileExistsError):
            os.link(aside, path)
        # The loser of a race flushes too: it is about to sign with a key that must survive.
        _flush_folder(self._folder)

    def _fresh_key_file(self, log: str) -> bytes:
        key = Ed25519PrivateKey.generate()
        encryption = BestAvailableEncryption(self._passphrase(log))
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return private + public

    def _load(self, path: Path, log: str) -> Ed25519PrivateKey:
        stored = _read(path, log)
        try:
            key = load_pem_private_key(stored, self._passphrase(log))
        except UNREADABLE:
            raise KeyStoreError(
                f"The signing key of {log} cannot be opened: the secret is not the one it was "
                f"stored under, or {path.name} was changed."
            ) from None
        # The encryption carries no check of its own: a changed byte could give another key.
        if not isinstance(key, Ed25519PrivateKey) or key.public_key() != _public_half(stored, log):
            raise KeyStoreError(f"The signing key of {log} is damaged: {path.name} was changed.")
        return key


def _read(path: Path, log: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyStoreError(f"There is no signing key for {log}: {path} is missing.") from None


def _public_half(stored: bytes, log: str) -> Ed25519PublicKey:
    with suppress(*UNREADABLE):
        key = load_pem_public_key(stored[stored.find(PUBLIC_MARK) :])
        if isinstance(key, Ed25519PublicKey):
            return key
    raise KeyStoreError(f"The key file of {log} holds no readable public key.")


@contextmanager
def _written_aside(folder: Path, content: bytes) -> Iterator[Path]:
    """A private file with this content, safe on disk, that is gone afterwards."""
    path = folder / f".new-{secrets.token_hex(8)}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield path
    finally:
        path.unlink()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
