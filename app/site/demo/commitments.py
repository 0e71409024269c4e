"""What an agency bound itself to: made after a vote beside what the vote itself binds to, and carried out."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import db
from app.identity.viewer import Viewer
from app.issues import responses
from app.issues.models import Commitment, Issue
from app.site.demo.acts import Plan, Scene
from app.site.demo.content import Part, columns


def make(plan: Plan, content: Part) -> None:
    """Bind the agency to something that follows from the vote."""
    agency_id = plan.scene.agencies[plan.agency]
    responses.make_commitment(
        issue_id=plan.scene.issues[plan.key.split(".")[0]],
        activity_id=plan.activity_id,
        due_on=plan.scene.calendar.day(content["due"]),
        actor=plan.officer.acting("issues.respond", agency_id),
        **columns(text=content["text"], owner=content["owner"]),
    )


def carry_out(scene: Scene, issue: str, officer: Viewer, content: Part) -> None:
    """Say that the commitment with this text was carried out."""
    found = db.session.execute(
        select(Commitment.id, Issue.agency_id)
        .join(Issue, Issue.id == Commitment.issue_id)
        .where(Commitment.issue_id == scene.issues[issue], Commitment.text_th == content["text"]["th"])
    ).one()
    actor = officer.acting("issues.respond", found.agency_id)
    responses.mark_commitment_done(commitment_id=found.id, actor=actor)
