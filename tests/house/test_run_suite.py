"""CI's runner of the suite: a second chance for a few, named aloud, and none for what fails twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import ROOT

LEAN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p xdist.plugin"}
STEADY = "def test_steady(): pass\n"
UNSTEADY = """
import pathlib, pytest
@pytest.mark.parametrize("word", ["ก[x]", "a::b @c"])
@pytest.mark.xdist_group("some")
def test_unsteady(word):
    seen = pathlib.Path(f"seen {word}")
    before = seen.exists()
    seen.touch()
    assert before
"""
BROKEN = "def test_broken(): assert False\n"
TORN_DOWN = """
import pytest
@pytest.fixture
def thing():
    yield
    assert False
def test_torn_down(thing): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder of tests of its own, with none of our settings."""
    (tmp_path / "pytest.ini").touch()
    return tmp_path


def run(suite: Path, *sources: str) -> tuple[int, list[str]]:
    """The exit status and the lines printed of a run of these tests."""
    for number, source in enumerate(sources):
        (suite / f"test_{number}.py").write_text(source, "utf-8")
    command = [sys.executable, str(ROOT / "scripts/run_suite.py"), "-n", "1", "--dist", "loadgroup"]
    done = subprocess.run(command, cwd=suite, env={**os.environ, **LEAN}, capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines()


def test_what_passes_at_once_runs_once(suite: Path) -> None:
    status, lines = run(suite, STEADY)
    assert status == 0
    assert "1 passed" in lines[-1]


def test_what_passes_the_second_time_is_named_last(suite: Path) -> None:
    status, lines = run(suite, STEADY, UNSTEADY)
    assert status == 0
    first, second, *named = lines[-4:]
    assert first.startswith("First run: ")
    assert "2 failed, 1 passed" in first
    assert "2 passed" in second
    assert all(line.startswith("UNSTEADY: test_1.py::test_unsteady[") for line in named)
    assert all(line.endswith("] passed only the second time") for line in named)


def test_what_fails_twice_fails_the_run(suite: Path) -> None:
    status, lines = run(suite, UNSTEADY, BROKEN, TORN_DOWN)
    assert status == 1
    named = ["FAILED TWICE: test_1.py::test_broken", "FAILED TWICE: test_2.py::test_torn_down"]
    assert lines[-2:] == named
    assert len([line for line in lines if line.startswith("UNSTEADY: ")]) == 2


@pytest.mark.parametrize("source", [BROKEN, "import nothing_such"])
def test_many_failures_and_broken_files_get_no_second_chance(suite: Path, source: str) -> None:
    status, lines = run(suite, *[source] * 6)
    assert status != 0
    assert not any(line.startswith(("First run", "UNSTEADY")) for line in lines)
