"""The room's blueprint, and what its doors share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.core.errors import DomainError
from app.identity import throttle
from app.identity.viewer import current_viewer
from app.web.forms import Form

bp = Blueprint("identity", __name__, url_prefix="/identity")

TOO_MANY = 429
GONE = 410


def page(template: str, form: Form | None = None, **values: Any) -> str:
    """A page of this room."""
    return render_template(f"identity/{template}.html", form=form, **values)


def refused(template: str, form: Form, error: DomainError, **values: Any) -> ResponseReturnValue:
    """The form's page with what is wrong: 429 where somebody has to wait, else 422."""
    form.blame(error)
    return page(template, form, **values), refusal_status(error)


def refusal_status(error: DomainError) -> int:
    """429 where somebody has to wait, else 422."""
    return TOO_MANY if isinstance(error, throttle.TooManyTries) else 422


def own_id() -> int:
    """The id of who is signed in."""
    person_id = current_viewer().person_id
    if person_id is None:
        abort(403)
    return person_id


def hours(span: timedelta) -> int:
    """A span in whole hours, to be told."""
    return int(span.total_seconds() // 3600)
