"""Closed links: secrets the officer makes and gives out, kept as keyed hashes. One answer each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from app.activities.surveys import facts
from app.activities.surveys.codes import MOST_TOKENS
from app.activities.surveys.models import Response, Survey, Token
from app.activities.surveys.respondent import Respondent, token_digest
from app.activities.surveys.service import KIND_CODE
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.ids import new_key
from app.i18n import _l
from app.identity.viewer import Viewer
from app.issues.holds import hold
from app.issues.queries import activity_place
from app.ledger.record import record


@dataclass(frozen=True)
class LinkCounts:
    """How many links there are, and how many were used."""

    made: int
    used: int


def new_secrets(number: int) -> list[str]:
    """So many secrets, to be made into links by `make_links` and given out."""
    return [new_key() for _ in range(number)]


def make_links(*, activity_id: int, viewer: Viewer, tokens: list[str]) -> None:
    """Make links of these secrets. Only their keyed hashes are kept: nobody can read the links again."""
    if not 1 <= len(tokens) <= MOST_TOKENS:
        raise DomainError(_l("Enter a number from 1 to %(most)s", most=MOST_TOKENS), "number")
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    if activity.state in ("closed", "annulled"):
        raise DomainError(_l("The survey has ended: a link would open nothing"))
    survey = db.session.get(Survey, activity_id)
    if survey is None or survey.link != "token":
        raise DomainError(_l("This survey is open to everyone with an account. Change that first."))
    batch = db.session.scalar(select(func.max(Token.batch)).where(Token.activity_id == activity_id)) or 0
    rows = [
        {"activity_id": activity_id, "digest": token_digest(token), "batch": batch + 1} for token in tokens
    ]
    db.session.execute(insert(Token), rows)
    record(
        facts.LINKS_MADE,
        subject=f"survey/{activity_id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"number": len(tokens)},
    )


def link_counts(activity_id: int) -> LinkCounts:
    """How many links a survey has."""
    row = db.session.execute(
        select(func.count(Token.id), func.count(Response.id))
        .outerjoin(Response, Response.token_id == Token.id)
        .where(Token.activity_id == activity_id)
    ).one()
    return LinkCounts(row[0], row[1])


def holder(activity_id: int, token: str) -> Respondent:
    """Who holds this link of this survey, without a code. Raises `NotFound` for a secret that is none."""
    found = db.session.scalar(
        select(Token.id).where(Token.activity_id == activity_id, Token.digest == token_digest(token))
    )
    if found is None:
        raise NotFound
    return Respondent(token_id=found, token=token)
