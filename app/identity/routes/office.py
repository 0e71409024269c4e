"""Programme roles: evaluators, the committee, administrators."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app.i18n import _l
from app.identity import queries, service
from app.identity.forms import LinkForm, ProgrammeRoleForm
from app.identity.permissions import requires
from app.identity.queries import Holder
from app.identity.roles import PROGRAMME_ROLES, ROLE_DUTIES, ROLE_WORDS
from app.identity.routes.blueprint import bp, page
from app.identity.viewer import current_viewer
from app.web.nav import NavItem, announce
from app.web.once import once

PERMISSION = "identity.programme_roles"

announce(
    NavItem(
        _l("Programme"), _l("Evaluators and committee"), "identity.programme_roles", PERMISSION, order=720
    )
)


@bp.get("/programme-roles")
@requires(PERMISSION)
def programme_roles() -> ResponseReturnValue:
    return _list_page(ProgrammeRoleForm())


def _list_page(form: ProgrammeRoleForm) -> str:
    return page(
        "programme_roles",
        form,
        holders=queries.programme_holders(PROGRAMME_ROLES),
        role_words=ROLE_WORDS,
        role_duties=ROLE_DUTIES,
        after=request.args.get("after"),
    )


@bp.post("/programme-roles")
@requires(PERMISSION)
def give_programme_role() -> ResponseReturnValue:
    form = ProgrammeRoleForm()
    return once(
        form,
        "identity.give_role",
        act=lambda: service.give_role(
            person_id=queries.registered_person(str(form.email.data)).id,
            role=form.role.data,
            actor=current_viewer().acting(PERMISSION),
        ),
        to=lambda _grant: url_for("identity.programme_roles", after="given"),
        again=lambda: _list_page(form),
    )


@bp.get("/programme-roles/<int:grant_id>/end")
@requires(PERMISSION)
def end_programme_role(grant_id: int) -> ResponseReturnValue:
    return page("end_role", LinkForm(), holder=_holder(grant_id), role_words=ROLE_WORDS)


@bp.post("/programme-roles/<int:grant_id>/end")
@requires(PERMISSION)
def confirm_end_programme_role(grant_id: int) -> ResponseReturnValue:
    form, holder = LinkForm(), _holder(grant_id)
    return once(
        form,
        "identity.end_role",
        act=lambda: service.end_role(grant_id=grant_id, actor=current_viewer().acting(PERMISSION)),
        to=lambda _grant: url_for("identity.programme_roles", after="ended"),
        again=lambda: page("end_role", form, holder=holder, role_words=ROLE_WORDS),
    )


def _holder(grant_id: int) -> Holder:
    """The grant of a programme role; an agency's are ended on the agency's page."""
    holder = queries.grant_holder(grant_id)
    if holder.agency_id is not None:
        abort(404)
    return holder
