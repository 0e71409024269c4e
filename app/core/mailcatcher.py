"""A mail server for the demo and for tests: takes every mail on the loopback address, delivers none.

Each mail becomes one .eml file in a folder, named so that names sort by the time of arrival.
"""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LARGEST_MAIL = 1024 * 1024
_numbers = itertools.count(1)


class _Folder:
    """aiosmtpd's handler: writes a mail whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        name = f"{time.time_ns():020}-{next(_numbers):06}.eml"
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(envelope.original_content or b"")
        unfinished.rename(self.folder / name)
        return "250 Caught"


class _BoundController(Controller):
    """Listens on a socket that is already bound, so that port 0 can mean any free port."""

    def __init__(self, handler: _Folder, listener: socket.socket) -> None:
        self.listener = listener
        host, port = listener.getsockname()
        super().__init__(handler, hostname=host, port=port, data_size_limit=LARGEST_MAIL)

    def _create_server(self) -> Coroutine[Any, Any, Any]:
        return self.loop.create_server(self._factory_invoker, sock=self.listener)


@contextmanager
def catching(folder: Path, port: int = 0) -> Iterator[str]:
    """Catch mails into `folder` while the block runs; gives the address to send them to (`smtp://…`).

    Raises `OSError` when the port is taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    listener = socket.create_server((LOOPBACK, port))
    controller = _BoundController(_Folder(folder), listener)
    controller.start()
    try:
        yield f"smtp://{LOOPBACK}:{controller.port}"
    finally:
        controller.stop()


def caught(folder: Path) -> list[Path]:
    """The mails in `folder`, the newest first."""
    return sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []


def read_mail(path: Path) -> EmailMessage:
    """A caught mail, parsed."""
    return message_from_bytes(path.read_bytes(), policy=policy.default)
