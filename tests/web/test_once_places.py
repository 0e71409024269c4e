"""Where a form's sender was sent is kept whole, however long, and without what would open a door by itself."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from sqlalchemy import select

from app.core.db import db
from app.core.ids import new_key
from app.web.forms import Form
from app.web.once import Submission, once

LONG = "คำที่หา" * 200
SECRET = new_key()


class Button(Form):
    """A button."""


def sent(app: Flask, path: str, key: str, **place: Any) -> str:
    """Send a form with this key to `path`, which leads to a place; where the sender is sent."""
    with app.test_request_context(path, method="POST", data={"key": key}):
        form = Button(meta={"csrf": False})
        answer: Any = once(
            form, "test", act=lambda: None, to=lambda _n: url_for(lang="en", **place), again=lambda: ""
        )
        db.session.commit()
        assert answer.status_code == 303
        return str(answer.location)


def test_an_address_is_kept_whole(app: Flask) -> None:
    """PostgreSQL refuses what is longer than its column."""
    key = new_key()
    place = {"endpoint": "comments.theme_desk", "activity_id": 1, "word": LONG}
    first = sent(app, "/en/comments/1/themes/new", key, **place)
    assert len(first) > 5_000
    assert sent(app, "/en/comments/1/themes/new", key, **place) == first


def test_no_secret_is_kept_and_the_same_form_still_leads_there(app: Flask) -> None:
    doors = {
        "surveys.link_check": {"activity_id": 1},
        "forums.arrive": {},
        "comments.appeal": {},
    }
    for endpoint, values in doors.items():
        key = new_key()
        with app.test_request_context("/en/"):
            path = url_for(endpoint, lang="en", token=SECRET, **values)
        place = {"endpoint": endpoint, "token": SECRET, **values}
        first = sent(app, path, key, **place)
        assert first == path
        kept = db.session.scalars(select(Submission.location).where(Submission.key == key)).one()
        assert SECRET not in kept
        assert kept.endswith(path.partition(SECRET)[2])
        assert sent(app, path, key, **place) == first
