"""What binds the agency: asking for publication, publishing, raising the promise, closing, annulling."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.i18n.bilingual import Bilingual, bi
from app.identity.permissions import requires
from app.issues import service
from app.issues.content import draft_digest, parts_digest
from app.issues.duties import duties_of
from app.issues.forms import AnnulForm, ConfirmForm, RaiseForm, options, publish_form, reason_of
from app.issues.levels import LEGAL_BASES, LEVELS
from app.issues.models import Issue
from app.issues.notice import SURENESS, breaches
from app.issues.queries import IssueView, activities_of, answer_of
from app.issues.readiness import ANSWERED_FROM, missing_for_publication
from app.issues.routes.blueprint import bp, handle, own


@bp.route("/<int:issue_id>/propose", methods=["GET", "POST"])
@requires("issues.draft")
def propose(issue_id: int) -> ResponseReturnValue:
    """Ask an executive to publish a draft."""
    issue, _activities, actor = own(issue_id, "issues.draft")
    form = ConfirmForm()
    return handle(
        form,
        "issues.propose",
        act=lambda: service.propose_issue(issue_id=issue_id, actor=actor),
        to=lambda _issue: url_for("issues.prepare", issue_id=issue_id),
        page=lambda: render_template("issues/propose.html", form=form, issue=issue),
    )


@bp.route("/<int:issue_id>/publish", methods=["GET", "POST"])
@requires("issues.publish")
def publish(issue_id: int) -> ResponseReturnValue:
    """Check what will be promised in public, then publish it."""
    _issue, _activities, actor = own(issue_id, "issues.publish")
    row = db.session.get_one(Issue, issue_id)
    broken = breaches(row, activities_of(row)) if row.published_at is None else []
    form = publish_form(breach.rule for breach in broken)()

    def page() -> str:
        issue, activities, _actor = own(issue_id, "issues.publish")
        row = db.session.get_one(Issue, issue_id)
        form.stands_on(draft_digest(row, activities))
        return render_template(
            "issues/publish.html",
            form=form,
            issue=issue,
            activities=activities,
            gaps=missing_for_publication(row, activities_of(row)) if request.method == "GET" else [],
            breaches=broken,
            sureness=SURENESS,
            duty=LEVELS[issue.level or 1].duty,
            group_names=[bi(Bilingual(group["th"], group["en"])) for group in issue.groups],
            legal_bases=LEGAL_BASES,
        )

    return handle(
        form,
        "issues.publish",
        act=lambda: service.publish_issue(
            issue_id=issue_id,
            actor=actor,
            seen=form.seen.data or "",
            reasons={breach.rule.code: reason_of(form, f"why_{breach.rule.code}") for breach in broken},
        ),
        to=lambda _issue: url_for("issues.prepare", issue_id=issue_id),
        page=page,
    )


@bp.route("/<int:issue_id>/raise", methods=["GET", "POST"])
@requires("issues.publish")
def raise_level(issue_id: int) -> ResponseReturnValue:
    """Promise more than was promised at publication."""
    issue, _activities, actor = own(issue_id, "issues.publish")
    form = RaiseForm(data=_promise_of(issue))
    if issue.answer_by is not None and (issue.level or 0) >= ANSWERED_FROM:
        del form.answer_by
    form.level.choices = options((code, LEVELS[code].verb) for code in LEVELS if code > (issue.level or 0))
    return handle(
        form,
        "issues.raise",
        act=lambda: service.raise_level(
            issue_id=issue_id,
            level=form.level.data,
            promise_th=form.promise_th.data or "",
            promise_en=form.promise_en.data or None,
            answer_by=form.answer_by.data if "answer_by" in form else None,
            actor=actor,
        ),
        to=lambda _issue: url_for("issues.prepare", issue_id=issue_id),
        page=lambda: render_template("issues/raise.html", form=form, issue=issue, levels=LEVELS),
    )


@bp.route("/<int:issue_id>/close", methods=["GET", "POST"])
@requires("issues.close")
def close(issue_id: int) -> ResponseReturnValue:
    """Show what is still owed; end the issue when nothing is."""
    issue, activities, actor = own(issue_id, "issues.close")
    form = ConfirmForm()

    def page() -> str:
        return render_template(
            "issues/close.html",
            form=form,
            issue=issue,
            duties=duties_of(issue.id, issue.level, activities),
            commitments=answer_of(issue_id)[1],
        )

    return handle(
        form,
        "issues.close",
        act=lambda: service.close_issue(issue_id=issue_id, actor=actor),
        to=lambda _issue: url_for("issues.show", issue_id=issue_id),
        page=page,
    )


@bp.route("/<int:issue_id>/annul", methods=["GET", "POST"])
@requires("issues.close")
def annul(issue_id: int) -> ResponseReturnValue:
    """End an issue without an answer, for a reason everyone is told; discard a draft."""
    issue, _activities, actor = own(issue_id, "issues.close")
    form = AnnulForm()
    published = issue.published_at is not None

    def page() -> str:
        issue, _activities, _actor = own(issue_id, "issues.close")
        form.stands_on(parts_digest(db.session.get_one(Issue, issue_id), ()))
        return render_template("issues/annul.html", form=form, issue=issue)

    return handle(
        form,
        "issues.annul",
        act=lambda: service.annul_issue(
            issue_id=issue_id, reason=form.reason.data, actor=actor, seen=form.seen.data or ""
        ),
        to=lambda _issue: url_for("issues.show", issue_id=issue_id) if published else url_for("issues.desk"),
        page=page,
    )


def _promise_of(issue: IssueView) -> dict[str, Any]:
    if issue.promise is None:
        return {}
    return {"promise_th": issue.promise.th, "promise_en": issue.promise.en, "answer_by": issue.answer_by}
