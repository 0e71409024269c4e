"""Doors of who was invited: no account, the secret in the address is the key, and it tells nothing of them."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.errors import NotFound
from app.i18n.dates import last_day, local_day
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.kinds import kind_of
from app.issues.models import Activity
from app.issues.queries import issue_with_activities, visible_issue
from app.outreach import queries, service
from app.outreach.codes import ANSWERS
from app.outreach.forms.channels import ButtonForm
from app.outreach.forms.inviting import ReplyForm
from app.outreach.links import digest_of
from app.outreach.models import Contact, Sending
from app.outreach.routes.blueprint import bp, handle
from app.outreach.service.replying import invited_by


@bp.route("/reply/<token>", methods=["GET", "POST"])
@public
def reply(token: str) -> ResponseReturnValue:
    """Say whether one comes, or send a view instead; what was replied before can be changed here."""
    form = ReplyForm()
    return handle(
        form,
        "outreach.reply",
        act=lambda: service.reply(token=token, answer=form.answer.data),
        # What a form led to is stored: an address with the secret would tie the reply to who was asked.
        to=lambda given: url_for("outreach.replied", activity_id=given.activity_id, answer=given.answer),
        page=lambda: _page(token, form),
    )


@bp.get("/replied/<int:activity_id>/<answer>")
@public
def replied(activity_id: int, answer: str) -> str:
    """Word that a reply has arrived; the address tells nothing of who sent it."""
    found = db.session.get(Activity, activity_id)
    if found is None or answer not in ANSWERS:
        raise NotFound
    issue, activities = visible_issue(found.issue_id, current_viewer())
    activity = next((one for one in activities if one.id == activity_id), None)
    if activity is None:
        raise NotFound
    return render_template(
        "outreach/replied.html",
        issue=issue,
        activity=activity,
        answer=answer,
        answers=ANSWERS,
        page=url_for(kind_of(activity.kind).page, activity_id=activity_id),
    )


@bp.post("/reply/<token>/leave")
@public
def leave(token: str) -> ResponseReturnValue:
    """Leave the register: one press, and name and addresses are gone."""
    form = ButtonForm()
    return handle(
        form,
        "outreach.leave",
        act=lambda: service.leave_register(token=token),
        to=lambda _none: url_for("outreach.left"),
        page=lambda: _page(token, ReplyForm()),
    )


@bp.get("/left")
@public
def left() -> str:
    """Word that one has left."""
    return render_template("outreach/left.html")


def _page(token: str, form: ReplyForm) -> str:
    invited = invited_by(token)
    sending = db.session.get_one(Sending, invited.sending_id)
    issue, activities = issue_with_activities(sending.issue_id)
    activity = next(one for one in activities if one.id == invited.activity_id)
    given = queries.reply_of(digest_of(token, "reply"))
    if given is not None and not form.is_submitted():
        form.answer.data = given.answer
    return render_template(
        "outreach/reply.html",
        form=form,
        button=ButtonForm(),
        token=token,
        issue=issue,
        activity=activity,
        first=local_day(activity.opens_at),
        given=given,
        last=last_day(activity.closes_at) if activity.closes_at else None,
        kept=db.session.get_one(Contact, invited.contact_id).erased_at is None,
        takes=activity.state in ("upcoming", "open"),
        page=url_for(kind_of(activity.kind).page, activity_id=activity.id),
        answers=ANSWERS,
    )
