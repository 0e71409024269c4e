"""The lanes: what some tests need from outside Python. A pytest plugin, and a command.

A test whose lane is missing is skipped; the end of the run says so loudly, and with CI=true a
skipped lane fails the run. `python -m tests.support.lanes` prints the missing Debian packages.
"""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import run
from tests.support.postgres import Cluster, server_programs, server_user, shared_cluster

GO_PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
LANE_SKIPPED = 10
"""The exit status of a run that had to have all lanes; pytest's own end at 5."""


@dataclass(frozen=True)
class Lane:
    """Something a test may need; `missing` says what is wrong, or is empty.

    Without an `optional` one CI does not fail: not every machine can have it.
    """

    name: str
    package: str
    missing: str
    optional: bool = False

    @property
    def reason(self) -> str:
        return f"lane {self.name}: {self.missing}"


def postgresql() -> Lane:
    return Lane("postgresql", "postgresql", _postgresql_fault())


def chromium() -> Lane:
    fault = "" if chromium_path() else "no chromium on the PATH"
    return Lane("chromium", "chromium", fault)


def go() -> Lane:
    """Go with its own transparency packages, a foreign reader of our logs."""
    found = shutil.which("go") and GO_PACKAGES.is_dir()
    fault = "" if found else "no go, or none of its sumdb packages"
    return Lane("go", "golang-go golang-golang-x-mod-dev", fault, optional=True)


def all_lanes() -> tuple[Lane, ...]:
    return postgresql(), chromium(), go()


def chromium_path() -> str | None:
    """The browser of the machine: the tests bring none of their own."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def need(lane: Lane) -> None:
    """Skip the test that is being set up if the lane is missing."""
    if lane.missing:
        pytest.skip(lane.reason)


def _postgresql_fault() -> str:
    if server_programs() is None:
        return "no PostgreSQL server programs (initdb, pg_ctl)"
    user = server_user()
    if user and user not in {entry.pw_name for entry in pwd.getpwall()}:
        return f"PostgreSQL does not run as root and there is no user {user!r}"
    return ""


@pytest.fixture(scope="session")
def postgresql_cluster() -> Cluster:
    """The private PostgreSQL of this run: one for all its processes, started when first needed."""
    need(postgresql())
    return shared_cluster(run.folder())


@pytest.fixture(scope="session")
def postgresql_url(postgresql_cluster: Cluster) -> Iterator[str]:
    """The address of an empty database that belongs to this test process."""
    name = f"ruamkhit_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    postgresql_cluster.drop_database(name)
    yield postgresql_cluster.create_database(name)
    postgresql_cluster.drop_database(name)


def pytest_configure(config: pytest.Config) -> None:
    if _leads(config):
        run.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _leads(config) and run.VARIABLE in os.environ:
        run.end()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a lane that was skipped is a failure, not a footnote, and no second run makes up for it."""
    if _leads(session.config) and _strict() and any(not lane.optional for lane in _skipped(session.config)):
        session.exitstatus = LANE_SKIPPED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for lane, count in _skipped(config).items():
        line = f"LANE SKIPPED: {count} tests did not run, {lane.reason}"
        if _strict() and not lane.optional:
            line += " (a failure, for CI is true)"
        terminalreporter.write_line("")
        terminalreporter.write_line(f"!!!!!! {line} !!!!!!", red=True, bold=True)


def _skipped(config: pytest.Config) -> dict[Lane, int]:
    """How many tests each missing lane kept from running. Seen by the leading process alone."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    counts = {
        lane: sum(lane.reason in str(report.longrepr) for report in reports)
        for lane in all_lanes()
        if lane.missing
    }
    return {lane: count for lane, count in counts.items() if count}


def _leads(config: pytest.Config) -> bool:
    """Whether this is the process that was started by hand, not one that xdist started."""
    return not hasattr(config, "workerinput")


def _strict() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def main() -> None:
    """The missing Debian packages, a line each: what must be there, what may be."""
    for optional in (False, True):
        missing = (lane for lane in all_lanes() if lane.missing and lane.optional is optional)
        print(" ".join(lane.package for lane in missing))


if __name__ == "__main__":
    main()
