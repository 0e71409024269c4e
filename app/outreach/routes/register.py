"""The office: the stakeholder register. Names and addresses stand on these pages alone, never in an address."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.sectors import SECTORS
from app.core.ids import LARGEST_ID
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.forms import row_count
from app.outreach import queries, reading_files, service
from app.outreach.codes import GIVEN, GROUNDS, MOST_CONTACTS
from app.outreach.forms.channels import ButtonForm
from app.outreach.forms.register import ContactForm, GroupsBase, ImportForm, groups_form
from app.outreach.models import Contact
from app.outreach.queries import GroupView
from app.outreach.routes.blueprint import bp, handle, own

PERMISSION = "outreach.keep_register"
LEAST_GROUPS, MORE_GROUPS = 3, 3


@bp.get("/issue/<int:issue_id>/register")
@requires("outreach.keep_register")
def register(issue_id: int) -> str:
    """The contacts of an issue, by pages; of one sector where the address asks for it."""
    issue, _activities = own(issue_id, PERMISSION)
    sector = request.args.get("sector")
    sector = sector if sector in SECTORS else None
    after = min(max(request.args.get("after", 0, type=int), 0), LARGEST_ID)
    found = queries.contacts_of(issue_id, sector=sector, after=after, limit=queries.PAGE + 1)
    return render_template(
        "outreach/register.html",
        issue=issue,
        contacts=found[: queries.PAGE],
        more=len(found) > queries.PAGE,
        groups={group.id: group for group in queries.register_groups(issue)},
        numbers=queries.contact_numbers(issue_id),
        sector=sector,
        sectors=SECTORS,
        grounds=GROUNDS,
        given=GIVEN,
    )


@bp.get("/issue/<int:issue_id>/register/export")
@requires("outreach.keep_register")
def export(issue_id: int) -> ResponseReturnValue:
    """The register as a table, for the agency itself."""
    issue, _activities = own(issue_id, PERMISSION)
    groups = {group.id: group.name.th for group in queries.register_groups(issue) if group.id}
    content = reading_files.write(queries.contacts_of(issue_id, limit=MOST_CONTACTS), groups)
    headers = {"Content-Disposition": f'attachment; filename="register-{issue_id}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


@bp.route("/issue/<int:issue_id>/register/groups", methods=["GET", "POST"])
@requires("outreach.keep_register")
def groups(issue_id: int) -> ResponseReturnValue:
    """The groups of the register and how many people each has."""
    issue, _activities = own(issue_id, PERMISSION)
    viewer, form = current_viewer(), _groups_form(queries.register_groups(issue))
    page = lambda: render_template("outreach/groups.html", form=form, issue=issue)  # noqa: E731
    if request.method == "POST" and request.form.get("step") == "more":
        return page()
    return handle(
        form,
        "outreach.groups",
        act=lambda: service.state_groups(issue_id=issue_id, viewer=viewer, groups=form.contents()),
        to=lambda _issue: url_for("outreach.office", issue_id=issue_id),
        page=page,
    )


@bp.route("/issue/<int:issue_id>/register/new", methods=["GET", "POST"])
@requires("outreach.keep_register")
def new_contact(issue_id: int) -> ResponseReturnValue:
    """Enter somebody."""
    issue, _activities = own(issue_id, PERMISSION)
    viewer, form = current_viewer(), ContactForm().offer(queries.register_groups(issue))
    return handle(
        form,
        "outreach.add_contact",
        act=lambda: service.add_contact(issue_id=issue_id, viewer=viewer, content=form.content()),
        to=lambda _contact: url_for("outreach.register", issue_id=issue_id),
        page=lambda: render_template("outreach/contact.html", form=form, issue=issue, contact=None),
    )


@bp.route("/issue/<int:issue_id>/register/<int:contact_id>", methods=["GET", "POST"])
@requires("outreach.keep_register")
def edit_contact(issue_id: int, contact_id: int) -> ResponseReturnValue:
    """Set right what stands of somebody."""
    issue, _activities = own(issue_id, PERMISSION)
    contact = queries.contact_of(contact_id, issue_id)
    named = queries.register_groups(issue)
    viewer = current_viewer()
    form = ContactForm(obj=contact, group=_group_name(contact, named)).offer(named)
    return handle(
        form,
        "outreach.correct_contact",
        act=lambda: service.correct_contact(contact_id=contact_id, viewer=viewer, content=form.content()),
        to=lambda _contact: url_for("outreach.register", issue_id=issue_id),
        page=lambda: render_template("outreach/contact.html", form=form, issue=issue, contact=contact),
    )


@bp.route("/issue/<int:issue_id>/register/<int:contact_id>/erase", methods=["GET", "POST"])
@requires("outreach.keep_register")
def erase_contact(issue_id: int, contact_id: int) -> ResponseReturnValue:
    """Erase somebody; their sector stays counted."""
    issue, _activities = own(issue_id, PERMISSION)
    form = ButtonForm()
    contact = queries.contact_of(contact_id, issue_id) if request.method == "GET" else None
    return handle(
        form,
        "outreach.erase_contact",
        act=lambda: _erase(issue_id, contact_id),
        to=lambda _contact: url_for("outreach.register", issue_id=issue_id),
        page=lambda: render_template("outreach/erase.html", form=form, issue=issue, contact=contact),
    )


@bp.route("/issue/<int:issue_id>/register/import", methods=["GET", "POST"])
@requires("outreach.keep_register")
def import_contacts(issue_id: int) -> ResponseReturnValue:
    """Take a file of contacts in, all of it or nothing."""
    issue, _activities = own(issue_id, PERMISSION)
    viewer, form = current_viewer(), ImportForm()
    return handle(
        form,
        "outreach.import",
        act=lambda: service.import_contacts(issue_id=issue_id, viewer=viewer, rows=form.rows),
        to=lambda _number: url_for("outreach.register", issue_id=issue_id),
        page=lambda: render_template(
            "outreach/import.html",
            form=form,
            issue=issue,
            headings=reading_files.HEADINGS,
            needed=reading_files.NEEDED,
            sectors=SECTORS,
        ),
    )


def _erase(issue_id: int, contact_id: int) -> Contact:
    queries.contact_of(contact_id, issue_id)
    return service.erase_contact(contact_id=contact_id, viewer=current_viewer())


def _group_name(contact: Contact, named: list[GroupView]) -> str:
    return next((group.name.th for group in named if group.id and group.id == contact.group_id), "")


def _groups_form(named: list[GroupView]) -> GroupsBase:
    count = row_count(request.form.get("rows"), len(named), LEAST_GROUPS)
    if request.form.get("step") == "more":
        count = row_count(str(count + MORE_GROUPS), 0, 0)
    data: dict[str, object] = {}
    for n, group in enumerate(named):
        values = {"sector": group.sector, "th": group.name.th, "en": group.name.en, "people": group.people}
        data |= {f"{name}_{n}": value for name, value in values.items()}
    form = groups_form(count)(data=data)
    form.rows.data = str(count)
    return form
