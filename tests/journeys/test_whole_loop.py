"""The whole loop in a real browser: from an agency's promise to the award its kept promise earns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.i18n import Language
from tests.journeys.support import preparing
from tests.journeys.support.cast import assemble
from tests.support.clock import Clock


@pytest.mark.parametrize("office", ["th"])
def test_the_whole_loop(
    app: Flask, clock: Clock, new_page: Callable[..., Page], live_url: str, office: Language
) -> None:
    loop = assemble(app, clock, new_page, live_url, office)
    preparing.draft(loop)
    preparing.add_activities(loop)
    preparing.prepare_document(loop)
    preparing.prepare_question(loop)
    preparing.prepare_survey(loop)
    preparing.prepare_vote(loop)
    preparing.fix_vote(loop)
    preparing.publish(loop)
