"""The published logs as files (c2sp.org/tlog-tiles), a proof of each entry, and the verifier for outsiders.

A tile never changes, so anybody may keep it for ever; the checkpoint is asked for anew each time. Nothing here
reads the database.
"""

from __future__ import annotations

import re
from base64 import b64encode

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from app.config import ROOT, current_settings
from app.core.errors import NotFound
from app.identity.permissions import public
from app.ledger.checkpoint import Checkpoint, NoteError, text_of_note
from app.ledger.keys import LOG_NAME
from app.ledger.logfiles import CHECKPOINT, LogFiles
from app.ledger.publish import LIST
from app.ledger.tiles import BadTile

unprefixed = Blueprint("ledger", __name__, url_prefix="/ledger")

TILE = re.compile(r"(entries|[0-9]{1,2})/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?")
VERIFIER = ROOT / "app" / "ledger" / "outside" / "verify.py"
TEXT = "text/plain; charset=utf-8"


@unprefixed.after_request
def _for_everyone(response: Response) -> Response:
    """Let a verifier in somebody else's page read what is public anyway."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@unprefixed.get("/logs.json")
@public
def logs() -> ResponseReturnValue:
    """The published logs with the keys that sign them."""
    path = current_settings().var_dir / "ledger" / LIST
    return _answer(path.read_bytes() if path.exists() else b'{"logs": []}', "application/json")


@unprefixed.get("/verify.py")
@public
def verifier() -> ResponseReturnValue:
    """The verifier in one file, which needs Python alone."""
    response = _answer(VERIFIER.read_bytes(), "text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=verify.py"
    return response


@unprefixed.get("/<path:log>/checkpoint")
@public
def checkpoint(log: str) -> ResponseReturnValue:
    """The newest signed checkpoint of a log."""
    return _file(_files(log), CHECKPOINT, TEXT)


@unprefixed.get("/<path:log>/tile/<path:rest>")
@public
def tile(log: str, rest: str) -> ResponseReturnValue:
    """A tile of hashes, or a bundle of entries."""
    if not TILE.fullmatch(rest):
        raise NotFound
    return _file(_files(log), f"tile/{rest}", "application/octet-stream")


@unprefixed.get("/<path:log>/proof/<int:index>")
@public
def proof(log: str, index: int) -> ResponseReturnValue:
    """That an entry stands in the log, as c2sp.org/tlog-proof: it can be checked offline, years later."""
    files = _files(log)
    try:
        note = files.read(CHECKPOINT)
        found = Checkpoint.parse(text_of_note(note))
        hashes = files.tree(found.size).inclusion_proof(index)
    except (FileNotFoundError, IndexError):
        raise NotFound from None
    except (NoteError, BadTile) as fault:
        current_app.logger.error("log %s cannot be read: %s", log, fault)
        raise NotFound from None
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(b64encode(one).decode() for one in hashes), ""]
    return Response("\n".join(lines) + "\n" + note.decode(), content_type=TEXT)


def _files(log: str) -> LogFiles:
    if not LOG_NAME.fullmatch(log):
        raise NotFound
    return LogFiles(current_settings().var_dir / "ledger" / log)


def _file(files: LogFiles, path: str, media: str) -> Response:
    try:
        return _answer(files.read(path), media)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise NotFound from None


def _answer(content: bytes, media: str) -> Response:
    """A file with its ETag, or word that the reader's copy is still good."""
    response = Response(content, content_type=media)
    response.add_etag()
    response.make_conditional(request)
    return response
