"""Doors of who holds one of the agency's links: no account, the secret in the address is the key.

Once somebody has begun by a link, it opens only to who shows the code they got; the browser keeps it in a cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.surveys import receipts
from app.activities.surveys.forms.answering import ActForm, CodeForm
from app.activities.surveys.links import holder
from app.activities.surveys.receipts import Door
from app.activities.surveys.routes import answering
from app.activities.surveys.routes.answering import Way
from app.activities.surveys.routes.blueprint import bp
from app.activities.surveys.service import KIND_CODE
from app.i18n import LANGUAGES
from app.identity.permissions import public
from app.identity.viewer import ANONYMOUS
from app.issues.queries import visible_activity
from app.web.once import once

CODE_KEPT = timedelta(days=90)
"""How long a browser keeps a code; after that it must be typed."""


@bp.get("/<int:activity_id>/link/<token>")
@public
def link_answer(activity_id: int, token: str) -> ResponseReturnValue:
    """A page of the questions as a form."""
    return _inside(activity_id, token, answering.show_page)


@bp.post("/<int:activity_id>/link/<token>")
@public
def link_submit(activity_id: int, token: str) -> ResponseReturnValue:
    """Save a page. The first by a link gives its sender their code."""
    way = _way(activity_id, token)
    fresh = receipts.fresh_code(token, request.form.get("key", ""))
    way = replace(way, respondent=replace(way.respondent, fresh=fresh))
    return _keeping(way, answering.save(way), fresh)


@bp.get("/<int:activity_id>/link/<token>/check")
@public
def link_check(activity_id: int, token: str) -> ResponseReturnValue:
    """Check before sending."""
    return _inside(activity_id, token, answering.check)


@bp.post("/<int:activity_id>/link/<token>/check")
@public
def link_send(activity_id: int, token: str) -> ResponseReturnValue:
    """Send the answers."""
    return _inside(activity_id, token, answering.send)


@bp.get("/<int:activity_id>/link/<token>/thanks")
@public
def link_thanks(activity_id: int, token: str) -> ResponseReturnValue:
    """The answers have arrived."""
    return _inside(activity_id, token, answering.thanks)


@bp.get("/<int:activity_id>/link/<token>/mine")
@public
def link_mine(activity_id: int, token: str) -> ResponseReturnValue:
    """A copy of the answers given by this link."""
    return _inside(activity_id, token, answering.copy)


@bp.get("/<int:activity_id>/link/<token>/mine.txt")
@public
def link_mine_text(activity_id: int, token: str) -> ResponseReturnValue:
    """The same as a file."""
    return _inside(activity_id, token, answering.copy_text)


@bp.post("/<int:activity_id>/link/<token>/correct")
@public
def link_correct(activity_id: int, token: str) -> ResponseReturnValue:
    """Begin to change the answers sent by this link."""
    return _inside(activity_id, token, answering.correct)


@bp.post("/<int:activity_id>/link/<token>/code")
@public
def link_code(activity_id: int, token: str) -> ResponseReturnValue:
    """Show one's code, on a device that does not know it."""
    way, form = _way(activity_id, token), CodeForm()
    code = receipts.read_code(form.code.data or "")
    answer = once(
        form,
        "surveys.code",
        act=lambda: receipts.check_code(respondent=way.respondent, code=code),
        to=lambda _none: way.url("answer"),
        again=lambda: _code_page(way, form),
    )
    return _keeping(way, answer, code)


@bp.post("/<int:activity_id>/link/<token>/anew")
@public
def link_anew(activity_id: int, token: str) -> ResponseReturnValue:
    """Throw away what was begun by this link and not sent, for who has lost the code."""
    way, form = _way(activity_id, token), ActForm()
    return once(
        form,
        "surveys.anew",
        act=lambda: receipts.begin_anew(activity_id=activity_id, respondent=way.respondent),
        to=lambda _none: way.url("answer"),
        again=lambda: _code_page(way, anew=form),
    )


def _way(activity_id: int, token: str) -> Way:
    found = holder(activity_id, token)
    who = replace(found, code=receipts.read_code(request.cookies.get(_cookie(found.token_id), "")))
    return Way(activity_id, who, "link_", receipts.door(activity_id, who))


def _inside(activity_id: int, token: str, page: Callable[[Way], ResponseReturnValue]) -> ResponseReturnValue:
    """The page, where the link opens it to this browser; else the one that asks for the code."""
    way = _way(activity_id, token)
    return page(way) if way.door is Door.OPEN else _code_page(way)


def _code_page(way: Way, form: CodeForm | None = None, anew: ActForm | None = None) -> str:
    activity, issue = visible_activity(way.activity_id, KIND_CODE, ANONYMOUS)
    return render_template(
        "surveys/code.html",
        way=way,
        answered=way.door is Door.ANSWERED,
        form=form or CodeForm(formdata=None),
        anew=anew or ActForm(formdata=None),
        activity=activity,
        issue=issue,
    )


def _keeping(way: Way, answer: ResponseReturnValue, code: str | None) -> ResponseReturnValue:
    """The answer; if the code is right, with the cookie that keeps it, in both languages and nowhere else."""
    token_id = way.respondent.token_id
    if code is None or token_id is None or not receipts.fits(token_id, code):
        return answer
    response = make_response(answer)
    for lang in LANGUAGES:
        response.set_cookie(
            _cookie(token_id),
            code,
            max_age=CODE_KEPT,
            path=url_for("surveys.show", lang=lang, activity_id=way.activity_id) + "/link/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _cookie(token_id: int | None) -> str:
    """Its name: several people of one household may answer by links of their own in one browser."""
    return f"link{token_id}"
