"""The ground: locks hold what setup.cfg asks for, and do not say where they were made."""

import configparser
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]


def asked(*extras: str) -> list[Requirement]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    blocks = [config["options"]["install_requires"]]
    blocks += [config["options.extras_require"][extra] for extra in extras]
    return [Requirement(line) for block in blocks for line in block.split("\n") if line]


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text("utf-8")
    return {
        canonicalize_name(package): version
        for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("requirements.lock", ["build", "postgres"]),
        ("requirements-dev.lock", ["build", "postgres", "dev"]),
    ],
)
def test_the_lock_holds_what_setup_cfg_asks_for(name: str, extras: list[str]) -> None:
    versions = locked(name)
    wrong = [
        str(wish)
        for wish in asked(*extras)
        if versions.get(canonicalize_name(wish.name), "") not in wish.specifier
    ]
    assert not wrong, f"{name} is behind setup.cfg: run `make lock` ({', '.join(wrong)})"


def test_both_locks_agree() -> None:
    runtime, everything = locked("requirements.lock"), locked("requirements-dev.lock")
    assert runtime.items() <= everything.items(), "the locks disagree: run `make lock`"


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json", ".npmrc"])
def test_no_host_and_no_path_of_a_machine_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    places = r"^--.*|index-url|find-links|\"resolved\"|registry\s*=|file:.*"
    found = re.findall(places, text, re.MULTILINE)
    assert not found, f"{name} must not say where its packages came from: {found}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for block in re.split(r"\n(?=\S)", text):
        if "==" in block:
            assert "--hash=sha256:" in block, f"{name}: no hash for {block.splitlines()[0]}"
