"""The demonstration's own doors: sign in as an invented person, read the mails that were caught.

Registered only where the settings say that this is the demonstration (`rooms.open_doors`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.agencies.models import Agency
from app.config import current_settings
from app.core.db import begin_write, db
from app.core.mailcatcher import caught, read_mail
from app.i18n import LANGUAGES
from app.i18n.bilingual import Bilingual
from app.identity import sessions
from app.identity.models import Person, RoleGrant
from app.identity.permissions import public
from app.identity.roles import ROLE_WORDS
from app.identity.routes.signing_in import first_page
from app.web.pages import csrf

bp = Blueprint("demo", __name__, url_prefix="/demo")
unprefixed = Blueprint("demo_plain", __name__, url_prefix="/demo")

KEYS = (
    "citizen",
    "citizen2",
    "citizen3",
    "officer",
    "executive",
    "moderator",
    "officer_other_agency",
    "evaluator",
    "evaluator2",
    "committee",
    "admin",
)
"""The order in which the people are shown; others follow."""
MOST_MAILS = 50
CITIZEN = "citizen"


@dataclass(frozen=True)
class DemoPerson:
    """An invented person; `role` is "citizen" where they hold no office."""

    key: str
    name: str
    role: str
    agency: Bilingual | None


@dataclass(frozen=True)
class CaughtMail:
    """A mail nobody was sent. `lines` are its text; those in `links` are addresses of this site."""

    name: str
    to: str
    subject: str
    lang: str
    lines: list[str]
    links: frozenset[str]


@bp.get("")
@public
def people() -> ResponseReturnValue:
    return render_template("site/demo.html", people=_people(), role_words=ROLE_WORDS, next=_next())


@bp.get("/mail")
@public
def mails() -> ResponseReturnValue:
    paths = caught(_folder())[:MOST_MAILS]
    return render_template("site/demo_mails.html", mails=[_mail(path) for path in paths])


@unprefixed.get("/people.json")
@public
def people_json() -> ResponseReturnValue:
    return [{"key": person.key, "name": person.name, "role": person.role} for person in _people()]


@unprefixed.post("/sign-in")
@csrf.exempt
@public
def sign_in() -> ResponseReturnValue:
    """Sign in as a demo person by key; without CSRF, so that a script can do it."""
    found = db.session.execute(
        select(Person.id).where(Person.demo_key == request.form.get("person", ""))
    ).one_or_none()
    if found is None:
        abort(404)
    begin_write()
    viewer = sessions.open_session(found.id)
    if (lang := request.form.get("lang")) in LANGUAGES:
        g.lang = lang  # The page this came from has a language, the address of this view has none.
    return redirect(_next() or first_page(viewer), 303)


def _next() -> str | None:
    return sessions.safe_next(request.values.get("next"))


def _people() -> list[DemoPerson]:
    rows = db.session.execute(
        select(Person.demo_key, Person.name, RoleGrant.role, Agency.name_th, Agency.name_en)
        .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.ended_at.is_(None))
        .outerjoin(Agency, Agency.id == RoleGrant.agency_id)
        .where(Person.demo_key.is_not(None))
        .order_by(Person.id, RoleGrant.id)
    )
    found: dict[str, DemoPerson] = {}
    for key, name, role, name_th, name_en in rows:
        agency = Bilingual(name_th, name_en) if name_th else None
        found.setdefault(str(key), DemoPerson(str(key), name, role or CITIZEN, agency))
    return [found[key] for key in _in_order(found)]


def _in_order(keys: Iterable[str]) -> list[str]:
    known = {key: place for place, key in enumerate(KEYS)}
    return sorted(keys, key=lambda key: known.get(key, len(known)))


def _folder() -> Path:
    return current_settings().var_dir / "mail"


def _mail(path: Path) -> CaughtMail:
    message: EmailMessage = read_mail(path)
    body = message.get_body(("plain",))
    lines = body.get_content().splitlines() if body else []
    base = current_settings().base_url + "/"
    return CaughtMail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        lang=str(message["Content-Language"] or "th"),
        lines=lines,
        links=frozenset(line for line in lines if line.startswith(base) and " " not in line),
    )
