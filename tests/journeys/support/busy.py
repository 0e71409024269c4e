"""One issue in which much has happened: activities made by each room's own builders, gathered in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert, update

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded
from tests.comments import make as comments
from tests.forums import make as forums
from tests.panels import make as panels
from tests.publications import make as publications
from tests.support.clock import Clock
from tests.support.make import make_agency, make_issue
from tests.surveys import make as surveys
from tests.votes import make as votes


def with_comments(count: int) -> comments.Scene:
    """An issue with a document and so many comments."""
    scene = comments.make_scene()
    papers = publications.make_scene()
    publications.make_document(papers)
    move_into(scene.issue, papers.id)
    comments.make_many(scene, count)
    return scene


def with_all_kinds(clock: Clock, comment_count: int, busy: int) -> Issue:
    """An issue with all six kinds at work, a panel for either level; `busy` times as much in each."""
    vote = votes.opened(clock, people=3 * busy)
    votes.cast_all(vote, [1, 2, 1] * busy)
    scene = comments.make_scene()
    comments.make_many(scene, comment_count)
    papers = publications.make_scene()
    survey = surveys.make_scene()
    for _ in range(busy):
        publications.make_document(papers)
    surveys.make_responses(survey, 5 * busy)
    seated = [_panel(level, busy) for level in (3, 4)]
    move_into(vote.issue, scene.id, papers.id, survey.id, _forum(busy), *seated)
    return vote.issue


def _panel(level: int, busy: int) -> int:
    scene = panels.make_scene(level=level, seats=busy)
    for _ in range(busy):
        panels.make_member(scene, panels.make_person())
        held = panels.make_meeting(scene, days=-1)
        panels.make_minutes(scene, held)
        panels.make_decision(scene, held)
    return scene.id


def _forum(busy: int) -> int:
    scene = forums.make_scene(session=False)
    for number in range(busy):
        session = forums.make_session(scene, days=2 + number)
        forums.make_registration(scene, forums.make_person(), session.id)
    return scene.id


def move_into(issue: Issue, *activity_ids: int) -> None:
    """Make activities part of another issue, past the verbs."""
    with transaction():
        where = Activity.id.in_(activity_ids)
        db.session.execute(update(Activity).where(where).values(issue_id=issue.id))
        note_recorded(db.session.connection(), "issues")


def many_issues(count: int, agency: Agency | None = None) -> Agency:
    """So many published issues with an open activity each, in one agency."""
    agency = agency or make_agency()
    sample = make_issue(agency, answer_by=date(2026, 6, 1))
    columns = [column.key for column in Issue.__table__.columns if column.key != "id"]
    row = {name: getattr(sample, name) for name in columns}
    rows = [{**row, "number": f"{row['number']}-{n}"} for n in range(count - 1)]
    with transaction():
        ids = [sample.id, *db.session.scalars(insert(Issue).returning(Issue.id), rows)]
        db.session.execute(insert(Activity), [_open(ident) for ident in ids])
        note_recorded(db.session.connection(), "issues")
    return agency


def _open(issue_id: int) -> dict[str, Any]:
    return {
        "issue_id": issue_id,
        "kind": "comments",
        "level": 2,
        "stage": "views",
        "title_th": "ความเห็น",
        "title_en": "Comments",
        "opens_at": now(),
        "closes_at": None,
        "created_at": now(),
    }
