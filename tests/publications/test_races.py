"""Several at once: two corrections, two workers, a correction beside the worker. Real threads, real locks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask

from app.activities.publications import service
from app.activities.publications.background import run
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from tests.publications.make import (
    Scene,
    entries,
    make_document,
    make_scene,
    stored_file,
    text,
    versions,
    viewer_of,
)

WRITERS = 8


def at_once(app: Flask, acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the refusal it met; all begin together, each in a session of its own."""
    together = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        with app.app_context():
            together.wait()
            try:
                return act()
            except (DomainError, NotFound) as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def revising(document_id: int, viewer: Any, seen: int | None = None) -> Callable[[], int]:
    content = text(note="แก้พร้อมกัน", files=[stored_file()])

    def act() -> int:
        with transaction():
            version = service.revise_document(
                document_id=document_id, viewer=viewer, content=content, seen=seen
            )
        return version.number

    return act


def test_officers_revising_at_once_get_numbers_of_their_own(app: Flask, scene: Scene) -> None:
    document, viewer = make_document(scene), viewer_of(scene.officer)
    done = at_once(app, [revising(document.id, viewer) for _ in range(WRITERS)])
    assert sorted(done) == list(range(2, WRITERS + 2))
    assert [version.number for version in versions()] == list(range(1, WRITERS + 2))
    numbers = [entry["data"]["number"] for entry in entries("version.published")]
    assert sorted(numbers) == list(range(2, WRITERS + 2))


def test_of_those_who_read_the_same_version_one_is_first(app: Flask, scene: Scene) -> None:
    document, viewer = make_document(scene), viewer_of(scene.officer)
    done = at_once(app, [revising(document.id, viewer, seen=1) for _ in range(2)])
    assert [n for n in done if n == 2] == [2]
    assert sum(isinstance(n, DomainError) for n in done) == 1
    assert len(versions()) == 2


def test_two_workers_publish_once(app: Flask, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    for _ in range(3):
        make_document(scene)
    clock.advance(days=1)
    assert sum(at_once(app, [run, run, run])) == 3
    assert len(entries("document.published")) == 3


def test_a_correction_beside_the_worker_follows_what_was_prepared(app: Flask, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    document, viewer = make_document(scene), viewer_of(scene.officer)
    clock.advance(days=1)
    at_once(app, [run, revising(document.id, viewer)])
    assert [(v.number, v.published_at is not None) for v in versions()] == [(1, True), (2, True)]
    assert len(entries("document.published")) == len(entries("version.published")) == 1


def test_removing_beside_replacing_leaves_all_or_nothing(app: Flask) -> None:
    scene = make_scene(opens_in=1)
    document, viewer = make_document(scene), viewer_of(scene.officer)

    def remove() -> str:
        with transaction():
            service.remove_document(document_id=document.id, viewer=viewer)
        return "removed"

    done = at_once(app, [remove, revising(document.id, viewer)])
    assert done[0] == "removed"
    assert versions() == []
