"""The folder of one test run, shared by all its processes and removed at its end."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tests.support.postgres import Cluster

VARIABLE = "RUAMKHIT_TEST_RUN"
PREFIX = "ruamkhit-tests-"


def begin() -> Path:
    """Make the run's folder and tell the processes to come; clear up after killed runs."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _alive(folder):
            _remove(folder)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)
    os.environ[VARIABLE] = str(folder)
    return folder


def folder() -> Path:
    """The folder of the run this process belongs to."""
    return Path(os.environ[VARIABLE])


def end() -> None:
    """Stop what the run started and remove its folder."""
    _remove(Path(os.environ.pop(VARIABLE)))


def _alive(folder: Path) -> bool:
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _remove(folder: Path) -> None:
    Cluster(folder / "postgresql").stop()
    shutil.rmtree(folder, ignore_errors=True)
