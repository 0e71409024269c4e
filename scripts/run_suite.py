"""Run the suite as CI does: a few tests that failed run once more, alone, and are named if they pass then.

Takes pytest's arguments. A test that fails twice fails the run; so do more than `MOST` failures, an error while
collecting and a missing lane, at once. Whoever runs `make test` gets no second chance.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MOST = 5
"""More failures than this are no matter of chance."""
TESTS_FAILED = 1
"""pytest's exit status where tests failed and nothing else was wrong."""
SUMMARY = re.compile(r"^.*\b(?:passed|failed|errors?)\b.* in [\d.]+s\b.*$", re.M)
GROUP = re.compile(r"@\w+$")
"""xdist puts the group to the name of a test."""
TAIL = 100_000


@dataclass(frozen=True)
class Outcome:
    """How a run of pytest ended: its exit status, its own summary line, the tests that failed."""

    status: int
    summary: str
    failed: tuple[str, ...]

    @property
    def passed(self) -> int:
        found = re.search(r"(\d+) passed", self.summary)
        return int(found[1]) if found else 0


def run(arguments: list[str]) -> Outcome:
    """Run pytest with its output shown as it comes."""
    with tempfile.TemporaryDirectory(prefix="run-suite-") as cache:
        command = [sys.executable, "-m", "pytest", *arguments, "-o", f"cache_dir={cache}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            said = b""
            while chunk := process.stdout.read1():  # type: ignore[union-attr]
                sys.stdout.buffer.write(chunk)
                sys.stdout.flush()
                said = (said + chunk)[-TAIL:]
        summaries = SUMMARY.findall(said.decode("utf-8", "replace"))
        return Outcome(
            process.returncode, summaries[-1].strip("= ") if summaries else "", failed_in(Path(cache))
        )


def failed_in(cache: Path) -> tuple[str, ...]:
    """The names of the tests that pytest remembers as failed."""
    kept = cache / "v/cache/lastfailed"
    names = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    return tuple(sorted({GROUP.sub("", name) for name in names}))


def main(arguments: list[str]) -> int:
    first = run(arguments)
    if first.status != TESTS_FAILED or not 0 < len(first.failed) <= MOST:
        return first.status
    print(f"\n{len(first.failed)} failed. Once more, alone:\n", flush=True)
    second = run(["-n", "0", *first.failed])
    steady = second.status == 0 and second.passed == len(first.failed)
    print(f"\nFirst run: {first.summary}\nSecond run: {second.summary}")
    for name in first.failed:
        again = name in second.failed
        if again or second.status in (0, TESTS_FAILED):
            print(f"FAILED TWICE: {name}" if again else f"UNSTEADY: {name} passed only the second time")
    return 0 if steady else second.status or TESTS_FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
