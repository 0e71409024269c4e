"""The answers as data, at addresses that stay, once the survey has closed."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.activities.surveys import export as exports
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.core.errors import NotFound
from app.i18n import Language, current_language, speaking
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import own_activity, visible_activity

unprefixed = Blueprint("survey_data", __name__, url_prefix="/data/surveys")
"""Addresses for programs: without a language, and the same for as long as the survey is kept."""


@unprefixed.get("/<int:activity_id>/answers.<any(csv,xlsx,json):form>")
@public
def answers(activity_id: int, form: str) -> ResponseReturnValue:
    """The numbers of a closed survey's results; words in Thai, with `?lang=en` in English."""
    activity, _issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    lang: Language = "en" if request.args.get("lang") == "en" else "th"
    return _given(activity_id, activity.state, form, full=False, lang=lang)


@unprefixed.get("/<int:activity_id>/code-book.json")
@public
def code_book(activity_id: int) -> ResponseReturnValue:
    """What everything in the answers stands for, in both languages."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    return jsonify(exports.code_book(questionnaire(activity_id)))


@bp.get("/<int:activity_id>/full-export.<any(csv,xlsx,json):form>")
@requires("surveys.manage")
def full_export(activity_id: int, form: str) -> ResponseReturnValue:
    """Every response, with what people wrote: for its agency alone."""
    activity, _issue = own_activity(activity_id, KIND_CODE, "surveys.manage", current_viewer())
    return _given(activity_id, activity.state, form, full=True)


def _given(
    activity_id: int, state: str, form: str, *, full: bool, lang: Language | None = None
) -> ResponseReturnValue:
    if state != "closed":
        raise NotFound
    name = f"survey-{activity_id}{'-full' if full else ''}.{form}"
    return Response(
        stream_with_context(_written(activity_id, form, full, lang or current_language())),
        content_type=exports.FORMS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _written(activity_id: int, form: str, full: bool, lang: Language) -> Iterator[bytes]:
    with speaking(lang):  # While it is written, not only while it is begun.
        yield from exports.written(activity_id, form, full=full)
