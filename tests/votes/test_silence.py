"""Nothing the program writes about a failure tells how somebody voted."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from app.activities.votes.models import Ballot
from app.core.db import db
from app.core.faults import told

CHOICE = 40_000 + 713


def failure(app: Flask) -> DBAPIError:
    """A ballot the database refuses: it names a poll and an option that are not there."""
    row = {"id": "f" * 32, "poll_id": None, "option_id": CHOICE}
    known = {column.name for column in Ballot.__table__.columns}
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(insert(Ballot.__table__).values({k: v for k, v in row.items() if k in known}))
    db.session.rollback()
    return caught.value


def test_the_statement_is_told_without_its_values(app: Flask) -> None:
    assert f"parameters: {CHOICE}" not in str(failure(app))
    assert "hide_parameters" in str(failure(app))


def test_a_crash_is_logged_without_what_the_database_says(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL quotes the refused row in its message; the log gets the place and the kind of the fault."""
    error = failure(app)
    with caplog.at_level(logging.ERROR):
        logging.getLogger("test").error("unhandled\n%s", told(error))
    assert str(CHOICE) not in caplog.text
    assert "test_silence.py" in caplog.text
    assert "IntegrityError" in caplog.text


def test_the_error_page_uses_it(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        db.session.execute(text("SELECT :choice FROM no_such_table"), {"choice": str(CHOICE)})

    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.site.routes.render_template", lambda *_args, **_context: fail())
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/th/privacy")
    db.session.rollback()
    assert answer.status_code == 500
    assert "unhandled error at site.privacy" in caplog.text
    assert str(CHOICE) not in caplog.text
