"""What is measured of comments: the pages people and officers open, what they send, what is given out as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from app.activities.comments import service
from app.core.db import transaction
from scripts.bench.comments import answer_values
from scripts.bench.measure import Measured, Meter, side_by_side
from tests.comments.make import Scene, viewer_of, write_and_send
from tests.support.browser import PageBrowser
from tests.support.make import make_person

Pair = tuple[Callable[[], Any], Callable[[], Any]]
THREAD_PAGES = {
    "comments: newest": "?sort=newest",
    "comments: most supported": "?sort=supported",
    "comments: waiting for an answer": "?sort=unanswered",
    "comments: answered": "?sort=answered",
}


def of_comments(
    app: Flask,
    meter: Meter,
    threads: Sequence[tuple[Scene, int]],
    themes: Sequence[tuple[int, int]],
    rounds: int,
) -> list[Measured]:
    """The pages of an issue with comments, at both sizes."""
    (small, few), (large, many) = threads
    scenes, ids = (small, large), tuple(ident for ident, _inside in themes)
    reader = PageBrowser(app)

    def one(name: str, visitors: Sequence[Any], paths: Sequence[str], **how: Any) -> Measured:
        return side_by_side(name, meter, opening(visitors, paths), rounds, **how)

    readers = (reader, reader)
    found = [one("issue page", readers, [f"/th/issues/{scene.issue.id}" for scene in scenes])]
    for name, query in THREAD_PAGES.items():
        first = [scene.path(query, "th") for scene in scenes]
        found.append(one(name, readers, first))
        found.append(one(f"{name}, next page", readers, [_next(reader, path) for path in first]))
    found.append(one("comments: themes", readers, [scene.path("/themes", "th") for scene in scenes]))
    inside = [scene.path(f"/themes/{ident}", "th") for scene, ident in zip(scenes, ids, strict=True)]
    found.append(one("comments: a theme", readers, inside))
    found.append(one("comments: a theme, next page", readers, [_next(reader, path) for path in inside]))
    moderators = [reader.as_(scene.moderator) for scene in scenes]
    for name in ("pending", "flagged", "hidden"):
        paths = [f"/th/comments/moderation?show={name}"] * 2
        found.append(one(f"moderation: {name}", moderators, paths))
    officers = [reader.as_(scene.officer) for scene in scenes]
    for name, path in {"desk": "/manage", "themes": "/themes/desk"}.items():
        found.append(one(f"office: {name}", officers, [scene.path(path, "th") for scene in scenes]))
    fills = [f"{scene.path()}/themes/{ident}/fill" for scene, ident in zip(scenes, ids, strict=True)]
    found.append(one("office: what may go into a theme", officers, fills))
    found.append(one("office: the same by a word", officers, [f"{path}?word=ตลาดเก่า" for path in fills]))
    feeds = [scene.path("/comments.csv") for scene in scenes]
    found.append(one("comments: export, of a row", readers, feeds, per=(few, many)))
    small_one, large_one = (_sending(reader, scene) for scene in scenes)
    found.append(side_by_side("send a comment", meter, (small_one, large_one), rounds))
    answer_few, answer_many = (
        _answering(meter, scene, ident) for scene, ident in zip(scenes, ids, strict=True)
    )
    inside_of = (themes[0][1], themes[1][1])
    name = f"answer a theme of {inside_of[1]:,}, of a row"
    found.append(side_by_side(name, meter, (answer_few, answer_many), 3, per=inside_of))
    return found


def opening(visitors: Sequence[PageBrowser], paths: Sequence[str]) -> Pair:
    """Opening a page of each scene."""
    small, large = (_reading(visitor, path) for visitor, path in zip(visitors, paths, strict=True))
    return small, large


def _reading(visitor: PageBrowser, path: str) -> Callable[[], None]:
    def read() -> None:
        answer = visitor.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"

    return read


def _next(reader: PageBrowser, path: str) -> str:
    """Where the link to the following page leads."""
    return next(link for link in reader.get(path).links() if "before=" in link)


def _sending(reader: PageBrowser, scene: Scene) -> Callable[[], None]:
    def send() -> None:
        write_and_send(reader.as_(make_person()), scene, "ขอให้ทำทางเดินริมน้ำให้คนใช้รถเข็นได้", lang="th")

    return send


def _answering(meter: Meter, scene: Scene, theme_id: int) -> Callable[[], None]:
    viewer = viewer_of(scene.officer)

    def answer() -> None:
        values = answer_values(theme_id)
        with transaction():
            meter.call(lambda: service.answer_theme(viewer=viewer, **values))

    return answer
