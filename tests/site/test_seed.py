"""The demo content as the rooms' verbs wrote it: whole, once, provable, and nothing invented said of anybody real."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.comments.models import Comment
from app.activities.surveys.models import Response as SurveyResponse
from app.activities.votes.models import Ballot, Mark, Result
from app.agencies.models import Agency
from app.assessment.models import Assessment, LinkedExhibit
from app.awards.models import Assignment, Review
from app.awards.service import outcome_of, waiting_for
from app.config import current_settings
from app.core import clock as app_clock
from app.core.clock import now
from app.core.db import db
from app.core.mail import OutgoingMail
from app.evidence.models import Exhibit
from app.identity.models import Person
from app.issues.models import Activity, Commitment, Issue, Response
from app.issues.windows import issue_state
from app.ledger.audit import verify_everything
from app.ledger.models import Entry
from app.site.demo import seed as seeding
from app.site.demo.archive import FILE
from app.site.demo.seed import seed
from tests.conftest import make_settings
from tests.support.browser import PageBrowser
from tests.support.clock import Clock

KEYS = (
    *("citizen", "citizen2", "citizen3", "officer", "executive", "moderator", "officer_other_agency"),
    *("evaluator", "evaluator2", "committee", "admin"),
)


def count(model: type[object], *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


@pytest.fixture
def seeded(app: Flask, clock: Clock) -> Iterator[Flask]:
    assert seed()
    yield app
    db.session.rollback()
