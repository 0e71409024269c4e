"""A test run that was killed leaves a dead server's folder; the next run must clear it and go on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import lanes, run
from tests.support.postgres import Cluster


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of its own, with a short name: a socket's path must fit into 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="rk-"))
    folder.chmod(0o711)  # the server's user must be able to walk here
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv(run.VARIABLE, os.environ[run.VARIABLE])
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def killed_run(temporary: Path) -> Path:
    """The folder of a run whose processes, its server among them, were killed."""
    lanes.need(lanes.postgresql())
    ended = subprocess.Popen(["true"])
    ended.wait()
    folder = temporary / f"{run.PREFIX}{ended.pid}-killed"
    folder.mkdir()
    folder.chmod(0o711)
    cluster = Cluster.start(folder / "postgresql")
    server = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, signal.SIGKILL)
    for _ in range(100):  # until whoever looks after orphans has taken it away
        if not Path(f"/proc/{server}").exists():
            break
        time.sleep(0.05)
    assert cluster.running, "the killed server's pid file is there: this is what must not stop us"
    return folder


def test_the_next_run_clears_up_after_a_killed_one(killed_run: Path) -> None:
    begun = run.begin()

    assert not killed_run.exists()
    assert begun.is_dir()
    run.end()
    assert not begun.exists()
