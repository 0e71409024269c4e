"""The front of the house: home, help and policies, the choice of a language, the health of the system."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.agencies.queries import province_choices
from app.core.mail import given_up
from app.i18n.locale import choose_language
from app.identity.permissions import public
from app.issues.archive import SOURCES
from app.issues.levels import LEVELS
from app.issues.listing import Filters, list_issues, open_actions
from app.issues.outcomes import list_outcomes

bp = Blueprint("site", __name__)
unprefixed = Blueprint("front", __name__)

SHOWN_OPEN, SHOWN_OUTCOMES = 6, 3


@bp.get("/")
@public
def home() -> str:
    """What is open now, what became of what people said, and the five ways of taking part."""
    listed = list_issues(Filters(state="open", archive="without"), limit=SHOWN_OPEN)
    outcomes, _more = list_outcomes(limit=SHOWN_OUTCOMES)
    return render_template(
        "site/home.html",
        listed=listed,
        actions=open_actions(listed.rows),
        outcomes=outcomes,
        provinces=province_choices(),
        sources=SOURCES,
    )


@bp.get("/help")
@public
def help() -> str:
    """How to take part, in plain words."""
    return render_template("site/help.html", levels=LEVELS)


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is known about people here, why, for how long, and their rights."""
    return render_template("site/privacy.html")


@bp.get("/moderation")
@public
def moderation() -> str:
    """How comments are looked after."""
    return render_template("site/moderation.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """For whom the site works, what does not work yet, whom to tell."""
    return render_template("site/accessibility.html")


@unprefixed.get("/")
@public
def choose() -> ResponseReturnValue:
    """Send a visitor to the home page in the language their browser asks for."""
    lang = choose_language(request.headers.get("Accept-Language"))
    response = redirect(url_for("site.home", lang=lang), 302)
    response.vary.add("Accept-Language")
    return response


@unprefixed.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Whether the application and its database answer, and how many mails could not be sent."""
    try:
        undelivered = given_up()
    except SQLAlchemyError:
        return {"status": "failing", "database": "unreachable"}, 503
    return {"status": "ok", "database": "ok", "mails_given_up": undelivered}
