"""The verbs of decisions: made by a meeting with their reason, and revised with another one."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from app.activities.panels import facts
from app.activities.panels.meetings import held_begun
from app.activities.panels.models import Decision
from app.core.clock import now
from app.core.db import db, lock
from app.core.errors import DomainError
from app.i18n import _l
from app.i18n.dates import local_day
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.models import Activity
from app.issues.queries import activity_place
from app.issues.verdicts import VERDICTS
from app.ledger.facts import Fact, RoleHolder
from app.ledger.record import record

JOINT = 4
"""The level from which agency and people decide together."""

KEPT = ("verdict", "text_th", "text_en", "reason_th", "reason_en")
"""What is kept of a decision when it is revised."""


class DecisionContent(TypedDict):
    """What was decided and why. `due_on` belongs to "under review" alone; `said_*` and `source_id` tell what
    people had said, and in which activity of the issue.
    """

    text_th: str
    text_en: str | None
    verdict: str
    due_on: date | None
    reason_th: str
    reason_en: str | None
    said_th: str | None
    said_en: str | None
    source_id: int | None


def make_decision(*, meeting_id: int, viewer: Viewer, content: DecisionContent) -> Decision:
    """Publish what a meeting decided. Raises `DomainError` where a rule is broken."""
    meeting, activity = held_begun(meeting_id)
    _check(content, activity)
    grant = viewer.acting("panels.decide", activity.agency_id)
    decision = Decision(
        activity_id=activity.id,
        meeting_id=meeting.id,
        made_at=now(),
        made_by=grant.grant_id,
        revision=1,
        earlier=[],
        **content,
    )
    db.session.add(decision)
    db.session.flush()
    _record(facts.DECISION_MADE, decision, activity, grant)
    return decision


def revise_decision(
    *,
    decision_id: int,
    viewer: Viewer,
    content: DecisionContent,
    change_th: str,
    change_en: str | None,
    revision: int,
) -> Decision:
    """Replace a decision, saying why; what stood before stays readable.

    `revision` is the one the officer has read, so that two do not overwrite each other unawares.
    """
    decision = lock(Decision, decision_id)
    _meeting, activity = held_begun(decision.meeting_id)
    _check(content, activity)
    if decision.revision != revision:
        raise DomainError(
            _l("Someone has revised this decision meanwhile. Read theirs before you replace it.")
        )
    grant = viewer.acting("panels.decide", activity.agency_id)
    before = {name: getattr(decision, name) for name in KEPT}
    decision.earlier = [*decision.earlier, {**before, "until": local_day(now()).isoformat()}]
    for name, value in content.items():
        setattr(decision, name, value)
    decision.change_th, decision.change_en = change_th, change_en
    decision.made_at, decision.made_by = now(), grant.grant_id
    decision.revision += 1
    db.session.flush()
    _record(facts.DECISION_REVISED, decision, activity, grant)
    return decision


def _check(content: DecisionContent, activity: ActivityView) -> None:
    due_on = content["due_on"]
    if content["verdict"] not in VERDICTS:
        raise DomainError(_l("Choose one of the answers on the page."), "verdict")
    if content["verdict"] == "under_review" and due_on is None:
        raise DomainError(_l("Name the day by which it will be decided."), "due_on")
    if content["verdict"] != "under_review" and due_on is not None:
        raise DomainError(_l("Only a matter under review names a day."), "due_on")
    if due_on is not None and due_on < local_day(now()):
        raise DomainError(_l("Choose a day that is still to come."), "due_on")
    if content["source_id"] is not None:
        _check_source(content, activity)


def _check_source(content: DecisionContent, activity: ActivityView) -> None:
    source = db.session.get(Activity, content["source_id"])
    if source is None or source.issue_id != activity.issue_id or source.id == activity.id:
        raise DomainError(_l("Choose one of the answers on the page."), "source_id")
    if not content["said_th"]:
        raise DomainError(_l("Say in Thai what people had said there."), "said_th")


def _record(fact: Fact, decision: Decision, activity: ActivityView, grant: RoleHolder) -> None:
    content = {name: getattr(decision, name) for name in DecisionContent.__annotations__}
    data: dict[str, object] = {
        "verdict": decision.verdict,
        "due_on": decision.due_on.isoformat() if decision.due_on else None,
        "revision": decision.revision,
        "source": decision.source_id,
        "content": content_digest(content),
    }
    if activity.level >= JOINT:
        data["evidence_kind"] = "joint_decision"
    elif decision.source_id is not None:
        data["evidence_kind"] = "options_with_trace"
    record(
        fact,
        subject=f"decision/{decision.id}",
        actor=grant,
        place=activity_place(activity),
        data=data,
    )
