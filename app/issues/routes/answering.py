"""The agency's answer: written by an officer, published, and its commitments carried out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.errors import NotFound
from app.i18n.bilingual import Bilingual
from app.identity.permissions import requires
from app.issues import responses
from app.issues.forms import CheckedForm, ConfirmForm, answer_form, row_count
from app.issues.models import Commitment, Response
from app.issues.queries import answer_of
from app.issues.readiness import heard_until
from app.issues.routes.blueprint import bp, handle, own

LEAST_PLANS = 2
MORE_PLANS = 2


@bp.route("/<int:issue_id>/response", methods=["GET", "POST"])
@requires("issues.respond")
def response(issue_id: int) -> ResponseReturnValue:
    """Write what was heard, what was decided and what will be done, with commitments."""
    _issue, _activities, actor = own(issue_id, "issues.respond")
    stored, _commitments = answer_of(issue_id)
    form = _form(stored)

    def page() -> str:
        issue, activities, _actor = own(issue_id, "issues.respond")
        present, _commitments = answer_of(issue_id)
        return render_template(
            "issues/response.html",
            form=form,
            issue=issue,
            stored=present,
            plans=_shown_plans(present),
            stale=form.stands_on(responses.answer_digest(present)),
            heard_until=heard_until(activities),
        )

    if request.method == "POST" and request.form.get("step") == "more":
        return page()
    published = stored is not None and stored.published_at is not None
    return handle(
        form,
        "issues.response",
        act=lambda: responses.write_response(
            issue_id=issue_id,
            content=_content(form),
            plans=_plans(form),
            actor=actor,
            seen=form.seen.data or "",
        ),
        to=lambda _response: url_for(
            "issues.show" if published else "issues.publish_response", issue_id=issue_id
        ),
        page=page,
    )


@bp.route("/<int:issue_id>/response/publish", methods=["GET", "POST"])
@requires("issues.respond")
def publish_response(issue_id: int) -> ResponseReturnValue:
    """Check the answer as people will read it, then publish it."""
    _issue, _activities, actor = own(issue_id, "issues.respond")
    if answer_of(issue_id)[0] is None:
        raise NotFound
    form = CheckedForm()

    def page() -> str:
        issue, activities, _actor = own(issue_id, "issues.respond")
        present, _commitments = answer_of(issue_id)
        form.stands_on(responses.answer_digest(present))
        return render_template(
            "issues/publish_response.html",
            form=form,
            issue=issue,
            answer=present,
            plans=_shown_plans(present),
            heard_until=heard_until(activities),
            edit=url_for("issues.response", issue_id=issue_id),
        )

    return handle(
        form,
        "issues.publish_response",
        act=lambda: responses.publish_response(issue_id=issue_id, actor=actor, seen=form.seen.data or ""),
        to=lambda _response: url_for("issues.show", issue_id=issue_id, _anchor="answer"),
        page=page,
    )


@bp.route("/commitments/<int:commitment_id>/done", methods=["GET", "POST"])
@requires("issues.respond")
def commitment_done(commitment_id: int) -> ResponseReturnValue:
    """Say that a commitment was carried out."""
    commitment = db.session.get(Commitment, commitment_id)
    if commitment is None:
        raise NotFound
    issue, _activities, actor = own(commitment.issue_id, "issues.respond")
    form = ConfirmForm()
    return handle(
        form,
        "issues.commitment_done",
        act=lambda: responses.mark_commitment_done(commitment_id=commitment_id, actor=actor),
        to=lambda _commitment: url_for("issues.show", issue_id=issue.id, _anchor="answer"),
        page=lambda: render_template(
            "issues/commitment_done.html", form=form, issue=issue, commitment=commitment
        ),
    )


def _form(stored: Response | None) -> Any:
    """The form filled with what is stored; a published answer's commitments are no longer written here."""
    plans = stored.plans if stored is not None and stored.published_at is None else []
    count = row_count(request.form.get("rows"), len(plans), LEAST_PLANS)
    if request.form.get("step") == "more":
        count = row_count(str(count + MORE_PLANS), 0, 0)
    data: dict[str, Any] = {name: getattr(stored, name, None) for name in responses.PARTS}
    for n, plan in enumerate(plans):
        data |= {f"{name}_{n}": value for name, value in plan.items()}
        data[f"due_on_{n}"] = date.fromisoformat(plan["due_on"])
    form = answer_form(count)(data=data)
    form.rows.data = str(count)
    return form


def _shown_plans(answer: Response | None) -> list[dict[str, Any]]:
    """The commitments written with an answer, as pages show them."""
    return [
        {
            "text": Bilingual(plan["text_th"], plan["text_en"]),
            "owner": Bilingual(plan["owner_th"], plan["owner_en"]),
            "due_on": date.fromisoformat(plan["due_on"]),
        }
        for plan in (answer.plans if answer is not None else [])
    ]


def _content(form: Any) -> responses.ResponseContent:
    values = {name: form[name].data or (None if name.endswith("_en") else "") for name in responses.PARTS}
    return responses.ResponseContent(**values)  # type: ignore[typeddict-item]


def _plans(form: Any) -> list[responses.Plan]:
    return [responses.Plan(**row) for row in form.filled()]  # type: ignore[typeddict-item]
