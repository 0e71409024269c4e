"""The direction of the house: rooms import leftward only; kinds never meet; no circle is hidden in a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import ROOT

ORDER = [
    {"core"},
    {"i18n"},
    {"ledger"},
    {"web"},
    {"identity"},
    {"agencies"},
    {"issues"},
    {"activities", "evidence", "notifications", "outreach", "search"},
    {"assessment"},
    {"awards"},
    {"networks", "learning", "api", "site"},
]
"""From left to right, as docs/architecture.md draws it. Rooms of one set do not import each other."""

GROUND = {"config"}
"""Modules of `app/` itself that every room may use; the others (rooms, work, serve ...) put the house together."""

FILES = sorted((ROOT / "app").rglob("*.py"))

VERBS = {
    "activities/comments": {"background", "telling"},
    "activities/forums": {"sessions", "arrivals", "materials", "minutes", "photos"},
    "activities/panels": {"preparing", "seating", "meetings", "minutes", "decisions"},
    "activities/surveys": {
        "arranging",
        "background",
        "building",
        "counting",
        "drafts",
        "links",
        "paper",
        "ready_made",
        "receipts",
        "representation",
        "together",
    },
    "agencies": {"reference"},
    "evidence": {"background"},
    "identity": {"background", "leaving", "sessions", "throttle"},
    "issues": {"schedule", "responses", "archive"},
    "notifications": {"background", "collecting", "rounds"},
    "search": {"background"},
}
"""Modules beside `service` that write a room's tables: the table in docs/architecture.md."""

MACHINERY = {"core", "i18n", "ledger", "web"}
SEEDS = {"site"}
"""What lies under the rooms writes its own tables; the demo's seed writes its people."""


def room_of(parts: tuple[str, ...]) -> str:
    return parts[0] if parts else ""


def rank(room: str) -> int | None:
    return next((n for n, rooms in enumerate(ORDER) if room in rooms), None)


def imports(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, module path below `app`) of every import of our own, wherever it stands in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "app":
            base = tuple(node.module.split(".")[1:])
            for name in node.names:
                is_module = (ROOT / "app").joinpath(*base, name.name).exists() or (ROOT / "app").joinpath(
                    *base, f"{name.name}.py"
                ).exists()
                yield node.lineno, (*base, name.name) if is_module else base
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "app":
                    yield node.lineno, tuple(name.name.split(".")[1:])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_leftward(path: Path) -> None:
    parts = path.relative_to(ROOT / "app").parts
    room = room_of(parts)
    if len(parts) == 1:
        return  # create_app, cli and the like may use every room.
    here = rank(room)
    assert here is not None, f"app/{room} is no room of the plan: add it to docs/architecture.md and to ORDER"
    for line, target in imports(path):
        other = room_of(target)
        where = f"{path.relative_to(ROOT)}:{line}"
        if other in GROUND or not other:
            continue
        there = rank(other)
        assert there is not None, (
            f"{where} imports app.{'.'.join(target)}: rooms do not know how the house is put together"
        )
        if room == other == "activities":
            own, its = parts[1], target[1] if len(target) > 1 else parts[1]
            assert own == its, (
                f"{where}: the kind {own} imports its sibling {its}; ask through app.issues.kinds"
            )
        elif room != other:
            assert there < here, f"{where}: turn this arrow, {room} stands left of {other} or beside it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_hides_in_a_function(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [n.lineno for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, (
                f"{path.name}:{inner}: move the import to the top; if that makes a circle, turn an arrow"
            )


def test_only_one_door_leads_to_bleach() -> None:
    users = [p for p in FILES if "bleach" in {n.split(".")[0] for n in _outside_imports(p)}]
    assert users == [ROOT / "app" / "core" / "html.py"]


def test_rooms_use_the_houses_file_names() -> None:
    """A module is named by what it holds: a `views.py` or `utils.py` is a wrong turn."""
    wrong = {
        "views.py",
        "utils.py",
        "helpers.py",
        "controllers.py",
        "api.py",
        "schemas.py",
        "common.py",
        "misc.py",
    }
    found = [str(p.relative_to(ROOT)) for p in FILES if p.name in wrong]
    assert not found, f"rename after what it holds: {found}"


def test_every_module_says_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"the first line says what a module holds, for whoever looks for it: {silent}"


def test_only_verbs_write() -> None:
    """`service.py`, or a module named by what its verbs act on and listed in docs/architecture.md."""
    writers: dict[str, set[str]] = {}
    for path in FILES:
        parts = path.relative_to(ROOT / "app").parts
        length = 2 if parts[0] == "activities" else 1
        if len(parts) <= length or parts[0] in MACHINERY | SEEDS or not _writes(path):
            continue
        module = parts[length].removesuffix(".py")
        if module != "service":
            writers.setdefault("/".join(parts[:length]), set()).add(module)
    assert writers == VERBS, (
        "move the verb to its room's service.py, or list the module in docs/architecture.md"
    )


def test_time_is_asked_of_the_one_clock() -> None:
    for path in FILES:
        if path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (isinstance(node, ast.Attribute) and node.attr in ("utcnow", "today")) or (
                isinstance(node, ast.Attribute)
                and node.attr == "now"
                and isinstance(node.value, ast.Name)
                and node.value.id == "datetime"
            ):
                raise AssertionError(f"{path}:{node.lineno}: ask app.core.clock.now()")


def _writes(path: Path) -> bool:
    """Whether a module changes rows: through the session, or by a statement it executes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func) in {f"db.session.{verb}" for verb in ("add", "add_all", "delete", "merge")}:
            return True
        if isinstance(node.func, ast.Name) and node.func.id in ("insert", "update", "delete"):
            return True
    return False


def _outside_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names
