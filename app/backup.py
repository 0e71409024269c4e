"""Backup and restore of a whole installation: database, stored files, published logs, signing keys.

The engines' own tools copy the database (SQLite's online backup, pg_dump), at one moment and while people go
on writing. The published logs are copied before it and the stored files after it: a copy then never holds an
entry less than its published log, nor a row whose file is missing. `backup.json` is written last; a folder
without it is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.engine import URL

from app.config import Settings
from app.core.clock import now
from app.core.db import db
from app.core.files import write_whole

MANIFEST = "backup.json"
FORMAT = 1
SQLITE, POSTGRESQL = "database.sqlite", "database.dump"
BEFORE, AFTER = ("ledger",), ("files", "keys", "secret")
"""What lies in `RUAMKHIT_VAR`, by when it is copied. Caught mails are left out."""

Told = Callable[[str], None]
"""Is told what is being done, for whoever waits."""


class BackupError(Exception):
    """It cannot be done; the message says why and what to do. Nothing that was there was changed."""


@dataclass(frozen=True)
class Kept:
    """A file of a backup as its manifest names it."""

    path: str
    sha512: str
    size: int


def back_up(settings: Settings, folder: Path, told: Told) -> int:
    """Copy the installation into a new folder; return how many files it holds. Raises `BackupError`."""
    if folder.exists():
        raise BackupError(f"{folder} is there already; name a folder that is not")
    folder.mkdir(parents=True, mode=0o700)
    for name in BEFORE:
        told(f"copying {name}")
        _copy(settings.var_dir / name, folder / name)
    told("copying the database")
    _dump(make_url(settings.database_url), folder)
    for name in AFTER:
        told(f"copying {name}")
        _copy(settings.var_dir / name, folder / name)
    told("computing digests")
    kept = [_kept(folder, path) for path in _files_below(folder)]
    manifest = {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="seconds"),
        "files": [vars(one) for one in kept],
    }
    write_whole(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return len(kept)


def restore(settings: Settings, folder: Path, told: Told) -> int:
    """Bring a backup back into an empty place; return how many files were checked. Raises `BackupError`."""
    told("checking the copy")
    kept = _checked(folder)
    there = [name for name in (*BEFORE, *AFTER) if (settings.var_dir / name).exists() and name != "secret"]
    if there:
        raise BackupError(f"{settings.var_dir} is not empty: it holds {', '.join(there)}")
    url = make_url(settings.database_url)
    dump = _dump_for(url, folder)
    brought: list[Path] = []
    try:
        for name in (*BEFORE, *AFTER):
            if (folder / name).exists():
                told(f"bringing {name} back")
                brought += [] if (settings.var_dir / name).exists() else [settings.var_dir / name]
                _copy(folder / name, settings.var_dir / name)
        told("bringing the database back")
        _load(url, dump)
    except BaseException:  # Nothing half done stays in the way of the next try.
        for path in brought:
            _remove(path)
        raise
    return len(kept)


# ---------------------------------------------------------------- the database


def _dump(url: URL, folder: Path) -> None:
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(folder / SQLITE)) as copy,
        ):
            source.backup(copy)
        return
    _tool("pg_dump", url, "--format=custom", "--no-owner", f"--file={folder / POSTGRESQL}")


def _dump_for(url: URL, folder: Path) -> Path:
    """The backup's copy of the database. Raises `BackupError` unless there is an empty place of its kind for it."""
    sqlite = url.get_backend_name() == "sqlite"
    dump = folder / (SQLITE if sqlite else POSTGRESQL)
    if not dump.exists():
        raise BackupError("the backup is of the other kind of database; set DATABASE_URL to one of its kind")
    if sqlite and Path(str(url.database)).exists():
        raise BackupError(f"{url.database} is there already; it would be overwritten")
    if not sqlite and inspect(db.engine).get_table_names():
        raise BackupError("the database is not empty; name an empty one in DATABASE_URL")
    return dump


def _load(url: URL, dump: Path) -> None:
    if url.get_backend_name() == "sqlite":
        write_whole(Path(str(url.database)), dump.read_bytes())
        return
    db.engine.dispose()
    options = ("--no-owner", "--single-transaction", "--exit-on-error")
    _tool("pg_restore", url, *options, "--dbname", str(url.database), str(dump))


def _tool(name: str, url: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools; the password is nowhere to be seen but in its environment."""
    program = shutil.which(name) or next(iter(_versioned(name)), None)
    if program is None:
        raise BackupError(f"{name} is missing; install PostgreSQL's client (Debian: postgresql-client)")
    query = url.query
    given = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode"),
    }
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip()}")


def _versioned(name: str) -> list[str]:
    """Debian keeps the tools of a server in a folder of its version; the newest first."""
    found = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return [str(path) for path in sorted(found, key=lambda path: path.parts[-3].zfill(3), reverse=True)]


# ---------------------------------------------------------------- files


def _copy(source: Path, target: Path) -> None:
    """Copy a file or folder; what vanishes meanwhile (a partial tile that became full) is left out."""
    if source.is_file():
        write_whole(target, source.read_bytes())
        target.chmod(source.stat().st_mode & 0o777)
        return
    for path in _files_below(source):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        write_whole(target / path.relative_to(source), content)
        (target / path.relative_to(source)).chmod(path.stat().st_mode & 0o777)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder, but for locks and what is just being written."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _kept(folder: Path, path: Path) -> Kept:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").hexdigest()
    return Kept(path.relative_to(folder).as_posix(), digest, path.stat().st_size)


def _checked(folder: Path) -> list[Kept]:
    """The files of a backup, each compared with its digest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        version, promised = manifest["format"], {Kept(**one) for one in manifest["files"]}
    except FileNotFoundError:
        raise BackupError(f"{folder} holds no whole backup: {MANIFEST} is missing") from None
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{folder} holds no whole backup: {MANIFEST} is broken") from None
    if version != FORMAT:
        raise BackupError("the backup was made by another version, which must restore it")
    found = {_kept(folder, path) for path in _files_below(folder) if path.name != MANIFEST}
    if promised != found:
        names = sorted({one.path for one in promised ^ found})
        raise BackupError(f"the backup was changed: {', '.join(names[:5])}")
    return sorted(found, key=lambda one: one.path)
