"""The office: preparing a vote part by part, fixing it, seeing it through, declaring the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.votes import queries, service
from app.activities.votes.content import PollContent, missing
from app.activities.votes.forms import (
    CommitmentForm,
    DeclareForm,
    FreezeForm,
    QuestionForm,
    RollForm,
    RuleForm,
)
from app.activities.votes.routes.blueprint import bp
from app.activities.votes.service import KIND_CODE
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.queries import activity_view, own_activity
from app.web.forms import Form
from app.web.nav import NavItem, announce
from app.web.once import once

announce(NavItem(_l("Issues"), _l("Votes"), "votes.desk", "votes.manage", order=35))


@bp.get("/desk")
@requires("votes.manage")
def desk() -> str:
    """The office's votes and how far each has come."""
    rows = queries.desk(current_viewer().agencies("votes.manage"))
    votes = [
        {"activity": activity_view(activity, issue), "issue": issue, "frozen": frozen_at, "outcome": outcome}
        for activity, issue, frozen_at, outcome in rows
    ]
    return render_template("votes/desk.html", votes=votes)


@bp.get("/<int:activity_id>/setup")
@requires("votes.prepare")
def setup(activity_id: int) -> str:
    """The parts of a vote, and which are done."""
    return render_template("votes/setup.html", **_at_work(activity_id, "votes.prepare", gaps=True))


@bp.route("/<int:activity_id>/question", methods=["GET", "POST"])
@requires("votes.prepare")
def question(activity_id: int) -> ResponseReturnValue:
    """The question and the options."""
    at_work = _at_work(activity_id, "votes.prepare")
    form = QuestionForm(obj=at_work["view"].poll)
    if request.method == "GET":
        form.show(at_work["view"].options)

    def content() -> PollContent:
        return {
            "question_th": str(form.question_th.data),
            "question_en": form.question_en.data or None,
            "options": form.options,
        }

    return _part(form, "question", content, at_work)


@bp.route("/<int:activity_id>/rule", methods=["GET", "POST"])
@requires("votes.prepare")
def rule(activity_id: int) -> ResponseReturnValue:
    """Quorum, threshold and the ground in law."""
    at_work = _at_work(activity_id, "votes.prepare")
    form = RuleForm(obj=at_work["view"].poll)
    if request.method == "GET":
        form.show(at_work["view"].poll)

    def content() -> PollContent:
        return {
            "quorum_percent": form.quorum_percent.data,
            "threshold": str(form.threshold.data),
            "threshold_percent": form.share,
            "base": str(form.base.data),
            "legal_basis": str(form.legal_basis.data),
        }

    return _part(form, "rule", content, at_work)


@bp.route("/<int:activity_id>/commitment", methods=["GET", "POST"])
@requires("votes.prepare")
def commitment(activity_id: int) -> ResponseReturnValue:
    """What the agency binds itself to."""
    at_work = _at_work(activity_id, "votes.prepare")
    form = CommitmentForm(obj=at_work["view"].poll)

    def content() -> PollContent:
        return {
            "binding": bool(form.binding.data),
            "commitment_th": str(form.commitment_th.data),
            "commitment_en": form.commitment_en.data or None,
            "owner_th": str(form.owner_th.data),
            "owner_en": form.owner_en.data or None,
            "due_on": form.due_on.data,
        }

    return _part(form, "commitment", content, at_work)


@bp.route("/<int:activity_id>/roll", methods=["GET", "POST"])
@requires("votes.prepare")
def roll(activity_id: int) -> ResponseReturnValue:
    """Who may vote: a pasted list takes the place of the one before."""
    at_work = _at_work(activity_id, "votes.prepare")
    if request.method == "GET" and not _changeable(at_work):
        return redirect(url_for("votes.setup", activity_id=activity_id), 303)
    form = RollForm()
    if request.method == "GET":
        form.addresses.data = "\n".join(queries.roll_addresses(activity_id) or ())

    def page() -> str:
        return render_template("votes/roll.html", form=form, size=queries.roll_size(activity_id), **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "votes.roll",
        act=lambda: service.load_roll(
            activity_id=activity_id, viewer=current_viewer(), addresses=str(form.addresses.data)
        ),
        to=lambda _size: url_for("votes.setup", activity_id=activity_id),
        again=page,
    )


@bp.route("/<int:activity_id>/freeze", methods=["GET", "POST"])
@requires("votes.prepare")
def freeze(activity_id: int) -> ResponseReturnValue:
    """Everything once more, then fixed for good."""
    form = FreezeForm()

    def page() -> str:
        at_work = _at_work(activity_id, "votes.prepare", gaps=True)
        return render_template("votes/freeze.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    own_activity(activity_id, KIND_CODE, "votes.prepare", current_viewer())
    return once(
        form,
        "votes.freeze",
        act=lambda: service.freeze_roll(activity_id=activity_id, viewer=current_viewer()),
        to=lambda _poll: url_for("votes.manage", activity_id=activity_id),
        again=page,
    )


@bp.get("/<int:activity_id>/manage")
@requires("votes.manage")
def manage(activity_id: int) -> str:
    """Where the vote stands: turnout while it is open, never how people chose."""
    viewer = current_viewer()
    at_work = _at_work(activity_id, "votes.manage")
    agency_id = at_work["issue"].agency_id
    return render_template(
        "votes/manage.html",
        turnout=queries.turnout(activity_id),
        may_prepare=viewer.may("votes.prepare", agency_id),
        may_declare=viewer.may("votes.declare", agency_id),
        **at_work,
    )


@bp.route("/<int:activity_id>/declare", methods=["GET", "POST"])
@requires("votes.declare")
def declare(activity_id: int) -> ResponseReturnValue:
    """Count and declare, once the vote has ended."""
    at_work = _at_work(activity_id, "votes.declare")
    form = DeclareForm()

    def page() -> str:
        return render_template("votes/declare.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        "votes.declare",
        act=lambda: service.declare_result(activity_id=activity_id, viewer=current_viewer()),
        to=lambda _result: url_for("votes.result", activity_id=activity_id),
        again=page,
    )


def _part(
    form: Form, name: str, content: Callable[[], PollContent], at_work: dict[str, Any]
) -> ResponseReturnValue:
    """The page of one part of the preparation, and its saving; once all is fixed the overview shows it."""
    activity_id = at_work["activity"].id
    if request.method == "GET" and not _changeable(at_work):
        return redirect(url_for("votes.setup", activity_id=activity_id), 303)

    def page() -> str:
        return render_template(f"votes/{name}.html", form=form, **at_work)

    if request.method == "GET":
        return page()
    return once(
        form,
        f"votes.{name}",
        act=lambda: service.prepare_poll(activity_id=activity_id, viewer=current_viewer(), content=content()),
        to=lambda _poll: url_for("votes.setup", activity_id=activity_id),
        again=page,
    )


def _changeable(at_work: dict[str, Any]) -> bool:
    return not at_work["view"].frozen and at_work["activity"].state in ("draft", "upcoming")


def _at_work(activity_id: int, permission: str, *, gaps: bool = False) -> dict[str, Any]:
    """An activity with its issue and poll, for an office page; with `gaps` what is missing, too."""
    activity, issue = own_activity(activity_id, KIND_CODE, permission, current_viewer())
    view = queries.poll_of(activity_id)
    found: dict[str, Any] = {"activity": activity, "issue": issue, "view": view}
    if gaps:
        people = view.poll.roll_size or queries.roll_size(activity_id)
        found |= {"people": people, "gaps": list(missing(view, people, activity))}
    return found
