"""What is measured of surveys: answering, results and broken-down results, what is given out as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from app.activities.surveys import background
from app.identity.consents import CURRENT_CONSENT
from scripts.bench.measure import Measured, Meter, side_by_side
from scripts.bench.pages import opening
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_person
from tests.surveys.make import Scene, set_window


def of_surveys(app: Flask, meter: Meter, surveys: Sequence[tuple[Scene, int]], rounds: int) -> list[Measured]:
    """The pages of a survey, at both sizes: while it is open, then once it has closed."""
    (small, few), (large, many) = surveys
    scenes, reader = (small, large), PageBrowser(app)
    readers, officers = (reader, reader), [reader.as_(scene.officer) for scene in scenes]

    def one(name: str, visitors: Sequence[PageBrowser], path: str, **how: Any) -> Measured:
        paths = [scene.path(_filled(scene, path), "th") for scene in scenes]
        return side_by_side(name, meter, opening(visitors, paths), how.pop("rounds", rounds), **how)

    issues = [f"/th/issues/{scene.issue.id}" for scene in scenes]
    found = [side_by_side("survey: issue page", meter, opening(readers, issues), rounds)]
    found.append(one("survey: its page", readers, ""))
    for name, act in {"save a page of answers": _save, "send the answers": _send}.items():
        small_one, large_one = (_acting(act, reader, scene) for scene in scenes)
        found.append(side_by_side(f"survey: {name}", meter, (small_one, large_one), rounds))
    for scene in scenes:
        set_window(scene, -20, -1)
    while background.run():
        pass  # What the worker does once a survey has closed.
    found.append(one("survey: results", readers, "/results"))
    found.append(one("survey: cross-tab", readers, "/compare?by={0}&question={2}"))
    found.append(one("survey: cross-tab by province", readers, "/compare?by={4}&question={1}"))
    found.append(one("survey: office", officers, "/manage"))
    found.append(one("survey: words", officers, "/words/{3}"))
    found.append(
        one("survey: full export, of a row", officers, "/full-export.csv", rounds=3, per=(few, many))
    )
    return found


def _filled(scene: Scene, path: str) -> str:
    return path.format(*(question.id for question in scene.questions))


def _acting(
    act: Callable[[PageBrowser, Scene], Any], reader: PageBrowser, scene: Scene
) -> Callable[[], None]:
    """Each time somebody else does it."""

    def acted() -> None:
        act(reader.as_(make_person()), scene)

    return acted


def _save(person: PageBrowser, scene: Scene) -> Page:
    design, worries, trust, forgotten, _place = scene.questions
    values = {
        design.field: str(design.choices[0]),
        worries.field: [str(worries.choices[1])],
        trust.field: "4",
        forgotten.field: "ขอให้คิดถึงคนที่ไม่มีรถด้วย",
        "step": "check",
    }
    path = scene.path("/answer", "th")
    return person.fill(person.get(path), values, action=path)


def _send(person: PageBrowser, scene: Scene) -> Page:
    check = person.follow(_save(person, scene))
    return person.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check", "th"))
