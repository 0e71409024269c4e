"""Fixtures of room search: a kind that says what a test puts into its mouth."""

from __future__ import annotations

import pytest
from flask import Flask

from app.issues import kinds as registry
from app.issues.models import Activity
from tests.search.talks import Talks
from tests.support.make import make_activity, make_issue


@pytest.fixture
def talks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Talks:
    fake = Talks()
    monkeypatch.setitem(registry._kinds, fake.code, fake.kind())
    return fake


@pytest.fixture
def activity(talks: Talks) -> Activity:
    """An activity of the fake kind in a published issue."""
    return make_activity(make_issue(summary_th="สรุป", summary_en=None), talks.code)
