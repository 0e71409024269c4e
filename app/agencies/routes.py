"""Doors: the public register, and the administrators' screens for agencies and their members."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies import queries, service
from app.agencies.forms import AgencyForm, EndAgencyForm, EndRoleForm, MemberForm
from app.agencies.models import KINDS
from app.agencies.reference import provinces
from app.agencies.words import KIND_WORDS
from app.core.errors import NotFound
from app.i18n import _l
from app.identity.permissions import public, requires
from app.identity.queries import Holder, agency_holders, grant_holder
from app.identity.roles import ROLE_DUTIES, ROLE_WORDS
from app.identity.viewer import current_viewer
from app.web.nav import NavItem, announce
from app.web.once import once
from app.web.pages import row_id

bp = Blueprint("agencies", __name__, url_prefix="/agencies")

MANAGE, MEMBERS, OWN_MEMBERS = "agencies.manage", "agencies.members", "agencies.own_members"

announce(
    NavItem(_l("Programme"), _l("Agencies"), "agencies.manage", MANAGE, order=710),
    NavItem(_l("Agency"), _l("Staff and roles"), "agencies.own_members", OWN_MEMBERS, order=610),
)


def _page(template: str, **values: Any) -> str:
    return render_template(
        f"agencies/{template}.html",
        kind_words=KIND_WORDS,
        role_words=ROLE_WORDS,
        role_duties=ROLE_DUTIES,
        after=request.args.get("after"),
        **values,
    )


# ---------------------------------------------------------------- for everyone


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    kind, province = request.args.get("kind", ""), request.args.get("province", "")
    kind = kind if kind in KINDS else ""
    province = province if province in provinces() else ""
    return _page(
        "index",
        agencies=queries.agency_list(kind=kind, province=province, past=row_id("past")),
        chosen={"kind": kind, "province": province},
        provinces=queries.province_choices(),
    )


@bp.get("/<int:agency_id>")
@public
def show(agency_id: int) -> ResponseReturnValue:
    return _page("show", page=queries.agency_page(agency_id))


# ---------------------------------------------------------------- the register


@bp.get("/manage")
@requires(MANAGE)
def manage() -> ResponseReturnValue:
    return _page("manage", agencies=queries.agency_list(ended=True, past=row_id("past")))


@bp.get("/new")
@requires(MANAGE)
def new() -> ResponseReturnValue:
    return _page("edit", form=AgencyForm(), agency=None)


@bp.post("/new")
@requires(MANAGE)
def create() -> ResponseReturnValue:
    form = AgencyForm()
    if request.form.get("step") == "area":
        return _page("edit", form=form, agency=None)
    return once(
        form,
        "agencies.create",
        act=lambda: service.create_agency(details=form.details(), actor=current_viewer().acting(MANAGE)),
        to=lambda agency: url_for("agencies.members", agency_id=agency.id, after="created"),
        again=lambda: _page("edit", form=form, agency=None),
    )


@bp.get("/<int:agency_id>/edit")
@requires(MANAGE)
def edit(agency_id: int) -> ResponseReturnValue:
    agency = queries.agency_by_id(agency_id)
    return _page("edit", form=AgencyForm(agency), agency=agency)


@bp.post("/<int:agency_id>/edit")
@requires(MANAGE)
def change(agency_id: int) -> ResponseReturnValue:
    agency = queries.agency_by_id(agency_id)
    form = AgencyForm(agency)
    if request.form.get("step") == "area":
        return _page("edit", form=form, agency=agency)
    return once(
        form,
        "agencies.change",
        act=lambda: service.change_agency(
            agency_id=agency_id, details=form.details(), actor=current_viewer().acting(MANAGE)
        ),
        to=lambda _agency: url_for("agencies.show", agency_id=agency_id, after="changed"),
        again=lambda: _page("edit", form=form, agency=queries.agency_by_id(agency_id)),
    )


@bp.get("/<int:agency_id>/end")
@requires(MANAGE)
def end(agency_id: int) -> ResponseReturnValue:
    return _page("end", form=EndAgencyForm(), page=queries.agency_page(agency_id))


@bp.post("/<int:agency_id>/end")
@requires(MANAGE)
def confirm_end(agency_id: int) -> ResponseReturnValue:
    form = EndAgencyForm()
    return once(
        form,
        "agencies.end",
        act=lambda: service.end_agency(
            agency_id=agency_id,
            last_day=form.last_day.data,
            actor=current_viewer().acting(MANAGE),
        ),
        to=lambda _agency: url_for("agencies.show", agency_id=agency_id, after="ended"),
        again=lambda: _page("end", form=form, page=queries.agency_page(agency_id)),
    )


# ---------------------------------------------------------------- who works there


@bp.get("/members")
@requires(OWN_MEMBERS)
def own_members() -> ResponseReturnValue:
    own = [queries.agency_by_id(agency_id) for agency_id in current_viewer().agencies(OWN_MEMBERS)]
    return _page("own_members", agencies=[(agency, agency_holders(agency.id)) for agency in own])


@bp.get("/<int:agency_id>/members")
@requires(MEMBERS)
def members(agency_id: int) -> ResponseReturnValue:
    return _members_page(MemberForm(), agency_id)


def _members_page(form: MemberForm, agency_id: int) -> str:
    page = queries.agency_page(agency_id)
    return _page("members", form=form, page=page, holders=agency_holders(agency_id))


@bp.post("/<int:agency_id>/members")
@requires(MEMBERS)
def give_role(agency_id: int) -> ResponseReturnValue:
    form = MemberForm()
    return once(
        form,
        "agencies.give_role",
        act=lambda: service.give_member_role(
            agency_id=agency_id,
            email=str(form.email.data),
            role=form.role.data,
            actor=current_viewer().acting(MEMBERS),
        ),
        to=lambda _grant: url_for("agencies.members", agency_id=agency_id, after="given"),
        again=lambda: _members_page(form, agency_id),
    )


@bp.get("/<int:agency_id>/members/<int:grant_id>/end")
@requires(MEMBERS)
def end_role(agency_id: int, grant_id: int) -> ResponseReturnValue:
    return _end_role_page(EndRoleForm(), _member(agency_id, grant_id))


def _end_role_page(form: EndRoleForm, holder: Holder) -> str:
    agency = queries.agency_by_id(holder.agency_id or 0)
    return _page("end_role", form=form, holder=holder, agency=agency)


@bp.post("/<int:agency_id>/members/<int:grant_id>/end")
@requires(MEMBERS)
def confirm_end_role(agency_id: int, grant_id: int) -> ResponseReturnValue:
    form, holder = EndRoleForm(), _member(agency_id, grant_id)
    return once(
        form,
        "agencies.end_role",
        act=lambda: service.end_member_role(
            agency_id=agency_id, grant_id=grant_id, actor=current_viewer().acting(MEMBERS)
        ),
        to=lambda _grant: url_for("agencies.members", agency_id=agency_id, after="ended"),
        again=lambda: _end_role_page(form, holder),
    )


def _member(agency_id: int, grant_id: int) -> Holder:
    holder = grant_holder(grant_id)
    if holder.agency_id != agency_id:
        raise NotFound
    return holder
