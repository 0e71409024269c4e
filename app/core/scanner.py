"""Asking a virus scanner about a file: ClamAV's INSTREAM command, where the operator has set one."""

from __future__ import annotations

import socket
from contextlib import closing
from urllib.parse import urlsplit

PATIENCE_SECONDS = 30
CHUNK = 64 * 1024
LENGTH_BYTES = 4


class ScannerAway(Exception):
    """The scanner was set and cannot be asked: nothing is taken in unchecked."""


def finds_something(url: str, content: bytes) -> bool:
    """Whether the scanner at `tcp://host:port` or `unix:///path` objects; False where none is set.

    Raises `ScannerAway` when it does not answer, or not in a way that says that the content is clean.
    """
    if not url:
        return False
    try:
        with closing(_connected(url)) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for at in range(0, len(content), CHUNK):
                chunk = content[at : at + CHUNK]
                scanner.sendall(len(chunk).to_bytes(LENGTH_BYTES, "big") + chunk)
            scanner.sendall(bytes(LENGTH_BYTES))
            answer = _answer(scanner)
    except OSError as fault:
        raise ScannerAway(str(fault)) from fault
    if answer.endswith("FOUND"):
        return True
    if answer != "stream: OK":
        raise ScannerAway(answer)
    return False


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENCE_SECONDS)
        scanner.connect(parts.path)
        return scanner
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE_SECONDS)


def _answer(scanner: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (more := scanner.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()
