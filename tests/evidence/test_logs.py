"""The published logs at their addresses: anybody may read them, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import db
from tests.ledger.test_publish import LOG, acts, files, number_and_publish
from tests.surveys.test_statements import asked_of_the_database

YEAR = "public, max-age=31536000, immutable"


def test_files_are_served_as_they_are(client: FlaskClient) -> None:
    acts(300)
    number_and_publish()
    for path, cached in {
        "checkpoint": "no-cache",
        "tile/0/000": YEAR,
        "tile/0/001.p/44": YEAR,
        "tile/1/000.p/1": YEAR,
        "tile/entries/000": YEAR,
        "tile/entries/001.p/44": YEAR,
    }.items():
        answer = client.get(f"/ledger/{LOG}/{path}")
        assert answer.status_code == 200, path
        assert answer.get_data() == files().read(path)
        assert answer.headers["Cache-Control"] == cached
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
    assert client.get("/ledger/logs.json").get_json()["logs"][0]["log"] == LOG
    verifier = client.get("/ledger/verify.py")
    assert verifier.get_data(as_text=True).startswith("#!/usr/bin/env python3")
    assert verifier.headers["Content-Disposition"] == "attachment; filename=verify.py"


def test_before_the_first_log_the_list_is_empty(client: FlaskClient) -> None:
    assert client.get("/ledger/logs.json").get_json() == {"logs": []}


@pytest.mark.parametrize(
    "path",
    [
        "agency/2/checkpoint",
        f"{LOG}/tile/0/002",
        f"{LOG}/tile/entries/000.p/299",
        f"{LOG}/tile/0/.new-x",
        f"{LOG}/tile/../checkpoint",
        f"{LOG}/.lock",
        "agency/../agency/1/checkpoint",
        "../keys/checkpoint",
        "%2e%2e/keys/agency.1.pem",
        f"{LOG}/proof/300",
        f"{LOG}/proof/99999999999999999999",
        f"{LOG}/proof/-1",
        "agency/2/proof/0",
        "..%2f..%2fruamkhit.db/checkpoint",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    acts(300)
    number_and_publish()
    answer = client.get(f"/ledger/{path}")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_no_address_asks_the_database(app: Flask) -> None:
    acts(3)
    number_and_publish()
    db.session.rollback()
    client = app.test_client()
    for path in (f"{LOG}/checkpoint", f"{LOG}/tile/0/000.p/3", f"{LOG}/proof/2", "logs.json", "verify.py"):
        assert asked_of_the_database(lambda path=path: client.get(f"/ledger/{path}")) == [], path
