"""The office: inviting to an activity, printing letters, recording that they were posted."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.db import db
from app.i18n import speaking
from app.i18n.dates import local_day
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.kinds import ActivityView
from app.outreach import queries, service
from app.outreach.codes import WAYS
from app.outreach.forms.inviting import InviteForm, PostedForm, template_texts
from app.outreach.links import qr_code, reply_address
from app.outreach.mails import language_of
from app.outreach.models import Contact
from app.outreach.routes.blueprint import bp, handle, own
from app.outreach.service.inviting import chosen
from app.outreach.turnout import FIRST

PERMISSION = "outreach.invite"


@bp.route("/issue/<int:issue_id>/invite", methods=["GET", "POST"])
@requires("outreach.invite")
def invite(issue_id: int) -> ResponseReturnValue:
    """Choose whom to ask to what, write the invitation, check it, send it."""
    issue, activities = own(issue_id, PERMISSION)
    viewer = current_viewer()
    open_to = [one for one in activities if one.state in ("upcoming", "open")]
    contacts = queries.contacts_of(issue_id, limit=queries.MOST_NAMED + 1)
    first = _asked_for(open_to)
    form = InviteForm(
        data={"activity_id": first.id, **template_texts(issue, first)} if first is not None else {}
    ).offer(
        [first] if first is not None else [], queries.register_groups(issue), contacts[: queries.MOST_NAMED]
    )

    def page() -> str:
        return render_template(
            "outreach/invite.html",
            form=form,
            issue=issue,
            activities=open_to,
            first=first,
            many=len(contacts) > queries.MOST_NAMED,
        )

    if request.method == "POST" and request.form.get("step") != "send":
        if request.form.get("step") == "edit":
            return page()
        return _check(form, issue_id, open_to) if form.validate_on_submit() else (page(), 422)
    return handle(
        form,
        "outreach.invite",
        act=lambda: service.invite(activity_id=form.activity_id.data, viewer=viewer, choice=form.choice()),
        to=lambda sent: url_for("outreach.sending", sending_id=sent.sending.id),
        page=page,
    )


@bp.route("/sendings/<int:sending_id>", methods=["GET", "POST"])
@requires("outreach.invite")
def sending(sending_id: int) -> ResponseReturnValue:
    """A sending: when, by what, to how many of each sector; letters are recorded as posted here."""
    found = queries.sending_of(sending_id)
    issue, _activities = own(found.issue_id, PERMISSION)
    view = next(one for one in queries.sendings_of(issue.id) if one.sending.id == sending_id)
    viewer, form = current_viewer(), PostedForm(posted_on=local_day(now()))
    return handle(
        form,
        "outreach.posted",
        act=lambda: service.post_letters(
            sending_id=sending_id, viewer=viewer, posted_on=form.posted_on.data or local_day(now())
        ),
        to=lambda _sending: url_for("outreach.sending", sending_id=sending_id),
        page=lambda: render_template(
            "outreach/sending.html",
            form=form,
            issue=issue,
            view=view,
            sending=view.sending,
            sectors=SECTORS,
            order=[*FIRST, *(code for code in SECTORS if code not in FIRST)],
            ways=WAYS,
        ),
    )


@bp.get("/sendings/<int:sending_id>/letters")
@requires("outreach.invite")
def letters(sending_id: int) -> str:
    """The letters, one A4 page each, until they are posted."""
    found = queries.sending_of(sending_id)
    issue, _activities = own(found.issue_id, PERMISSION)
    pages = []
    for contact, token in queries.letters_of(sending_id):
        lang = language_of(contact)
        address = reply_address(token, lang)
        with speaking(lang):
            words = render_template(
                "outreach/_letter.html",
                contact=contact,
                sending=found,
                issue=issue,
                address=address,
                code=qr_code(address),
                day=local_day(now()),
            )
        pages.append((lang, words))
    return render_template("outreach/letters.html", issue=issue, sending=found, pages=pages)


def _asked_for(activities: list[ActivityView]) -> ActivityView | None:
    """The activity named in the form or the address, or the first one; its words begin the invitation."""
    wanted = request.form.get("activity_id", type=int) or request.args.get("activity", type=int)
    return next((one for one in activities if one.id == wanted), activities[0] if activities else None)


def _check(form: InviteForm, issue_id: int, activities: list[ActivityView]) -> ResponseReturnValue:
    """What would be sent, to how many of each sector; nothing is written."""
    issue, _all = own(issue_id, PERMISSION)
    activity = next(one for one in activities if one.id == form.activity_id.data)
    contacts: list[Contact] = list(db.session.scalars(chosen(activity, form.choice())))
    picked = set(form.contacts.data or ())
    whole = set(form.groups.data or ())
    numbers = {code: sum(contact.sector == code for contact in contacts) for code in SECTORS}
    wanted = queries.wanted_number(issue_id, whole, picked)
    return render_template(
        "outreach/check.html",
        form=form,
        issue=issue,
        activity=activity,
        numbers={code: number for code, number in numbers.items() if number},
        total=len(contacts),
        left_out=wanted - len(contacts),
        sectors=SECTORS,
        ways=WAYS,
    )
