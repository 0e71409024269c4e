"""Reading about a vote and its result; checking one's right, choosing, checking the ballot, sending it."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.votes import queries, service
from app.activities.votes.forms import BallotForm, SendForm
from app.activities.votes.routes.blueprint import bp
from app.activities.votes.service import KIND_CODE
from app.core.clock import now
from app.core.errors import NotFound
from app.i18n.dates import local_day
from app.identity.permissions import public, requires
from app.identity.viewer import current_viewer
from app.issues.queries import visible_activity
from app.issues.told import credits_in
from app.web.once import once


@bp.get("/<int:activity_id>")
@public
def show(activity_id: int) -> str:
    """The question, the options, the rule and what the result binds the agency to. The same for everyone."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return render_template(
        "votes/show.html", activity=activity, issue=issue, view=queries.poll_of(activity_id)
    )


@bp.get("/<int:activity_id>/result")
@public
def result(activity_id: int) -> str:
    """The declared result, with every step of its arithmetic."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    view = queries.poll_of(activity_id)
    if view.result is None:
        raise NotFound
    return render_template(
        "votes/result.html",
        activity=activity,
        issue=issue,
        view=view,
        result=view.result,
        commitments=queries.commitments_of(activity_id),
        today=local_day(now()),
        credits=credits_in(issue.id).get(f"vote/{activity_id}", ()),
    )


@bp.get("/<int:activity_id>/roll.txt")
@public
def leaves(activity_id: int) -> Response:
    """The frozen roll's leaves in hex, one a line: their digest is the published one, and nobody is named."""
    visible_activity(activity_id, KIND_CODE, current_viewer())
    if not queries.poll_of(activity_id).frozen:
        raise NotFound
    lines = [leaf.hex() + "\n" for leaf in queries.roll_leaves(activity_id)]
    return Response("".join(lines), mimetype="text/plain")


@bp.get("/<int:activity_id>/right")
@requires("votes.cast")
def right(activity_id: int) -> str:
    """Whether the viewer may vote: step 1."""
    viewer = current_viewer()
    activity, issue = visible_activity(activity_id, KIND_CODE, viewer)
    return render_template(
        "votes/right.html",
        activity=activity,
        issue=issue,
        view=queries.poll_of(activity_id),
        right=queries.right_of(activity_id, viewer.person_id),
        person_id=viewer.person_id,
    )


@bp.get("/<int:activity_id>/ballot")
@requires("votes.cast")
def ballot(activity_id: int) -> ResponseReturnValue:
    """The ballot, with nothing chosen: step 2. Who may not vote now is told why."""
    booth = _booth(activity_id)
    if not _may_vote(booth):
        return _to_right(activity_id)
    return _choose_page(booth, BallotForm(options=booth["view"].options))


@bp.route("/<int:activity_id>/check", methods=["GET", "POST"])
@requires("votes.cast")
def check(activity_id: int) -> ResponseReturnValue:
    """The ballot as it would be sent: step 3. Nothing is written."""
    booth = _booth(activity_id)
    if request.method == "GET" or not _may_vote(booth):
        return _to_right(activity_id)
    form = BallotForm(options=booth["view"].options)
    if not form.validate():
        return _choose_page(booth, form), 422
    return _check_page(booth, SendForm(options=booth["view"].options))


@bp.route("/<int:activity_id>/cast", methods=["GET", "POST"])
@requires("votes.cast")
def cast(activity_id: int) -> ResponseReturnValue:
    """Put the ballot in. A second one of the same person changes nothing and is told so."""
    if request.method == "GET":
        return _to_right(activity_id)
    form = SendForm(options=queries.poll_of(activity_id).options)

    def again() -> str:
        return (_choose_page if form.option.errors else _check_page)(_booth(activity_id), form)

    return once(
        form,
        "votes.cast",
        act=lambda: service.cast_ballot(
            activity_id=activity_id,
            viewer=current_viewer(),
            option_id=form.option_id,
            consent_version=form.consent.version,
        ),
        to=lambda counted: url_for("votes.sent" if counted else "votes.voted", activity_id=activity_id),
        again=again,
    )


@bp.get("/<int:activity_id>/sent")
@requires("votes.cast")
def sent(activity_id: int) -> ResponseReturnValue:
    """The receipt: that the ballot is in, and what happens next. It does not say what was chosen."""
    return _after(activity_id, "votes/sent.html")


@bp.get("/<int:activity_id>/voted")
@requires("votes.cast")
def voted(activity_id: int) -> ResponseReturnValue:
    """For who has voted already: the first ballot counts."""
    return _after(activity_id, "votes/voted.html")


def _booth(activity_id: int) -> dict[str, Any]:
    """What the pages of the ballot show: activity, issue, poll."""
    activity, issue = visible_activity(activity_id, KIND_CODE, current_viewer())
    return {"activity": activity, "issue": issue, "view": queries.poll_of(activity_id)}


def _may_vote(booth: dict[str, Any]) -> bool:
    """Whether the viewer may put a ballot in at this moment."""
    if booth["activity"].state != "open" or not booth["view"].frozen:
        return False
    standing = queries.right_of(booth["activity"].id, current_viewer().person_id)
    return standing.on_roll and not standing.voted


def _to_right(activity_id: int) -> ResponseReturnValue:
    return redirect(url_for("votes.right", activity_id=activity_id), 303)


def _choose_page(booth: dict[str, Any], form: BallotForm) -> str:
    return render_template("votes/ballot.html", form=form, **booth)


def _check_page(booth: dict[str, Any], form: BallotForm) -> str:
    return render_template("votes/check.html", form=form, **booth)


def _after(activity_id: int, template: str) -> ResponseReturnValue:
    if not queries.right_of(activity_id, current_viewer().person_id).voted:
        return _to_right(activity_id)
    return render_template(template, **_booth(activity_id))
