"""Doors of who holds one of the agency's links: no account, the secret in the address is the key."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.activities.surveys.links import holder
from app.activities.surveys.routes import answering
from app.activities.surveys.routes.answering import Way
from app.activities.surveys.routes.blueprint import bp
from app.identity.permissions import public


@bp.get("/<int:activity_id>/link/<token>")
@public
def link_answer(activity_id: int, token: str) -> str:
    """A page of the questions as a form."""
    return answering.show_page(_way(activity_id, token))


@bp.post("/<int:activity_id>/link/<token>")
@public
def link_submit(activity_id: int, token: str) -> ResponseReturnValue:
    """Save a page."""
    return answering.save(_way(activity_id, token))


@bp.get("/<int:activity_id>/link/<token>/check")
@public
def link_check(activity_id: int, token: str) -> ResponseReturnValue:
    """Check before sending."""
    return answering.check(_way(activity_id, token))


@bp.post("/<int:activity_id>/link/<token>/check")
@public
def link_send(activity_id: int, token: str) -> ResponseReturnValue:
    """Send the answers."""
    return answering.send(_way(activity_id, token))


@bp.get("/<int:activity_id>/link/<token>/thanks")
@public
def link_thanks(activity_id: int, token: str) -> ResponseReturnValue:
    """The answers have arrived."""
    return answering.thanks(_way(activity_id, token))


@bp.get("/<int:activity_id>/link/<token>/mine")
@public
def link_mine(activity_id: int, token: str) -> ResponseReturnValue:
    """A copy of the answers given by this link."""
    return answering.copy(_way(activity_id, token))


@bp.get("/<int:activity_id>/link/<token>/mine.txt")
@public
def link_mine_text(activity_id: int, token: str) -> ResponseReturnValue:
    """The same as a file."""
    return answering.copy_text(_way(activity_id, token))


@bp.post("/<int:activity_id>/link/<token>/correct")
@public
def link_correct(activity_id: int, token: str) -> ResponseReturnValue:
    """Begin to change the answers sent by this link."""
    return answering.correct(_way(activity_id, token))


def _way(activity_id: int, token: str) -> Way:
    return Way(activity_id, holder(activity_id, token), "link_")
