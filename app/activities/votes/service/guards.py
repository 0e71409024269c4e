"""What every verb of votes checks and how it records: its kind, the refusal in production, the fact."""

from __future__ import annotations

from app.config import current_settings
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.facts import Actor, Fact
from app.ledger.record import record

KIND_CODE = "votes"
NOT_SECRET = _l(
    "This version cannot hold a binding vote on a production system: its ballots are not secret from whoever "
    "runs the server."
)


def of_kind(activity: ActivityView) -> ActivityView:
    """The activity, if it is a vote. Raises `NotFound`."""
    if activity.kind != KIND_CODE:
        raise NotFound
    return activity


def refuse_in_production() -> None:
    """Every vote of this kind binds its agency, and no binding vote may rest on an operator's word."""
    if current_settings().production:
        raise DomainError(NOT_SECRET)


def record_fact(
    fact: Fact, activity: ActivityView, actor: Actor, *, data: dict[str, object] | None = None
) -> None:
    """The subject is the poll: of a ballot nothing more is said."""
    record(fact, subject=f"poll/{activity.id}", actor=actor, place=activity_place(activity), data=data)
