"""The answers as data, at addresses that stay, once the survey has closed."""

from __future__ import annotations

from flask import Response, jsonify, stream_with_context
from flask.typing import ResponseReturnValue

from app.activities.surveys import export as exports
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.core.errors import NotFound
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity, visible_activity


@bp.get("/<int:activity_id>/export.<any(csv,xlsx,json):form>")
@public
def export(activity_id: int, form: str) -> ResponseReturnValue:
    """The numbers of the results, as the results page shows them."""
    activity, _issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return _given(activity_id, activity.state, form, full=False)


@bp.get("/<int:activity_id>/full-export.<any(csv,xlsx,json):form>")
@requires("surveys.manage")
def full_export(activity_id: int, form: str) -> ResponseReturnValue:
    """Every response, with what people wrote: for its agency alone."""
    activity, _issue = own_activity(activity_id, KIND_CODE, "surveys.manage", current_viewer())
    return _given(activity_id, activity.state, form, full=True)


@bp.get("/<int:activity_id>/code-book.json")
@public
def code_book(activity_id: int) -> ResponseReturnValue:
    """What everything in the exports stands for."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    return jsonify(exports.code_book(questionnaire(activity_id)))


def _given(activity_id: int, state: str, form: str, *, full: bool) -> ResponseReturnValue:
    if state != "closed":
        raise NotFound
    name = f"survey-{activity_id}{'-full' if full else ''}.{form}"
    return Response(
        stream_with_context(exports.written(activity_id, form, full=full)),
        content_type=exports.FORMS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
