"""`ruamkhit demo`, as a newcomer runs it: one command, a real server, a real worker, on both engines."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from app.config import ROOT
from tests.conftest import ENGINES
from tests.support.postgres import Cluster

pytestmark = pytest.mark.xdist_group("demo")

PATIENCE = 180
"""Seconds until we give up waiting for something that takes a few on an idle machine."""
UP = "Stop with Ctrl-C"
GIVEN = {"DATABASE_URL", "SECRET_KEY", "BASE_URL", "MAIL_URL", "MAIL_FROM"}
"""Settings of whoever runs the tests, which the demo is not to see."""
KEYS = {
    *("citizen", "citizen2", "citizen3", "officer", "executive", "moderator", "officer_other_agency"),
    *("evaluator", "evaluator2", "committee", "admin"),
}


@dataclass
class Demo:
    """The command with its folder, port and database; started and stopped as often as a test likes."""

    folder: Path
    port: int
    database_url: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        outside = {name: value for name, value in os.environ.items() if name not in GIVEN}
        own = {"RUAMKHIT_VAR": str(self.folder / "var"), "PORT": str(self.port), "RUAMKHIT_ENV": "demo"}
        return {**outside, **own, **({"DATABASE_URL": self.database_url} if self.database_url else {})}

    @property
    def said(self) -> str:
        """What the last start has printed so far."""
        return (self.folder / "said.txt").read_text("utf-8")

    def begin(self) -> subprocess.Popen[bytes]:
        """Start it and do not wait."""
        with (self.folder / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "demo"],
                cwd=ROOT,
                env=self.environ,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def start(self) -> None:
        """Start it and wait until it says that it is up."""
        process = self.begin()
        wait_for(lambda: UP in self.said or process.poll() is not None, "the demo's start")
        assert process.poll() is None, self.said

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it as an operator does; return its exit status when everything it started has ended."""
        process = self.running.pop()
        family = descendants(process.pid)
        assert len(family) >= 3, "a web server with its workers and a worker were to run"
        process.send_signal(how)
        status = process.wait(timeout=PATIENCE)
        wait_for(lambda: not any(alive(pid) for pid in family), "the end of what the demo had started")
        return status

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill it at once; what it had started must end by itself."""
        self.running.remove(process)
        family = descendants(process.pid)
        process.kill()
        process.wait()
        wait_for(lambda: not any(alive(pid) for pid in family), "the end of what the demo had started")

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run another command of ours in the same surroundings."""
        return subprocess.run(
            [sys.executable, "-m", "app.cli", *arguments],
            cwd=ROOT,
            env={**self.environ, **more},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def browser(self) -> Browser:
        return Browser(f"http://127.0.0.1:{self.port}")


class Browser:
    """Opens pages of the running demo and keeps its cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor())

    def get(self, path: str) -> str:
        with closing(self.opener.open(self.base + path, timeout=PATIENCE)) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **values: str) -> str:
        """Send values; return the address where it led."""
        data = urlencode(values).encode()
        with closing(self.opener.open(self.base + path, data, timeout=PATIENCE)) as answer:
            return str(answer.url).removeprefix(self.base)


def wait_for(done: object, what: str) -> None:
    assert callable(done)
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def descendants(pid: int) -> list[int]:
    """The processes a process has started, and those they have."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [own for child in map(int, listed) for own in (child, *descendants(child))]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def free_port() -> int:
    """A port below those the system gives to connections: nobody takes it before the demo does.

    Each process looks in a part of its own.
    """
    first = 10_000 + os.getpid() % 1000 * 20
    for port in range(first, first + 20):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError(f"no port is free from {first} on")


@pytest.fixture(params=ENGINES)
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """The demo on an empty folder, and on PostgreSQL an empty database."""
    url = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgresql_cluster")
        cluster.drop_database("ruamkhit_demo")
        url = cluster.create_database("ruamkhit_demo")
    made = Demo(tmp_path, free_port(), url)
    yield made
    for process in made.running:
        family = [process.pid, *descendants(process.pid)] if process.poll() is None else []
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        process.wait()


def test_from_nothing_to_a_running_demo_and_again(demo: Demo) -> None:
    demo.start()
    for key in KEYS:
        assert f"  {key} " in demo.said
    assert f"http://127.0.0.1:{demo.port}/th/" in demo.said
    issues = check_what_a_newcomer_opens(demo)
    check_mail_is_caught(demo)

    second = demo.run("demo")
    assert second.returncode != 0
    assert f"port {demo.port} is in use" in second.stderr
    assert "Traceback" not in second.stderr

    assert demo.stop() == 0
    verified = demo.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr

    demo.start()
    assert "has been written" not in demo.said
    assert json.loads(demo.browser().get("/api/v1/issues")) == issues
    assert demo.stop(signal.SIGINT) == 0

    demo.start()
    demo.kill(demo.running[-1])
    assert demo.run("demo", "--reset").returncode == 0
    assert not (demo.folder / "var").exists()
    demo.start()
    assert "has been written" in demo.said
    assert demo.stop() == 0


def check_what_a_newcomer_opens(demo: Demo) -> object:
    """Health, the people, signing in as one of them; returns the issues as the API lists them."""
    visitor = demo.browser()
    assert json.loads(visitor.get("/healthz"))["status"] == "ok"
    assert {person["key"] for person in json.loads(visitor.get("/demo/people.json"))} == KEYS
    assert "ท่าช้าง" in visitor.get("/th/")
    assert visitor.post("/demo/sign-in", person="officer", lang="en").startswith("/en/")
    assert "อรทัย" in visitor.get("/th/identity/account")
    with pytest.raises(HTTPError) as refused:
        visitor.post("/demo/sign-in", person="nobody")
    assert refused.value.code == 404
    refused.value.close()
    issues = json.loads(visitor.get("/api/v1/issues"))
    assert issues
    return issues


def check_mail_is_caught(demo: Demo) -> None:
    """The worker sends what waits; the catcher keeps it; the page lists it in both languages."""
    folder = demo.folder / "var" / "mail"
    wait_for(lambda: len(list(folder.glob("*.eml"))) >= 3, "the waiting mails")
    for lang in ("th", "en"):
        assert "p21@demo.invalid" in demo.browser().get(f"/{lang}/demo/mail")


def test_it_does_not_run_in_production(demo: Demo) -> None:
    refused = demo.run("demo", RUAMKHIT_ENV="production")
    assert refused.returncode != 0
    assert "production" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.long
def test_a_killed_seeding_is_finished_by_the_next_start(demo: Demo) -> None:
    process = demo.begin()
    wait_for(lambda: "Preparing" in demo.said or process.poll() is not None, "the demo's beginning")
    time.sleep(3)
    demo.kill(process)
    demo.start()
    check_what_a_newcomer_opens(demo)
    assert demo.stop() == 0
    assert demo.run("verify").returncode == 0
