"""The office publishes what a meeting decided, and revises it with a reason."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import decisions as verbs
from app.activities.panels import queries
from app.activities.panels.codes import VERDICT_HINTS
from app.activities.panels.decisions import DecisionContent
from app.activities.panels.forms.decisions import DecisionForm, ReviseForm
from app.activities.panels.routes.blueprint import bp, handle, own
from app.core.clock import now
from app.i18n.bilingual import bi_plain
from app.identity.permissions import requires
from app.identity.viewer import current_viewer


@bp.route("/<int:activity_id>/meetings/<int:meeting_id>/decisions/new", methods=["GET", "POST"])
@requires("panels.decide")
def decide(activity_id: int, meeting_id: int) -> ResponseReturnValue:
    """Publish a decision of a meeting, with its reason."""
    viewer = current_viewer()
    activity, issue = own(activity_id, "panels.decide")
    meeting = queries.meeting_in(activity_id, meeting_id)
    form = DecisionForm().offer(_sources(activity_id, issue.id))
    return handle(
        form,
        "panels.decide",
        act=lambda: verbs.make_decision(meeting_id=meeting_id, viewer=viewer, content=form.content),
        to=lambda _decision: url_for("panels.manage", activity_id=activity_id, _anchor="decisions"),
        page=lambda: render_template(
            "panels/decide.html",
            form=form,
            activity=activity,
            meeting=meeting,
            decision=None,
            hints=VERDICT_HINTS,
            begun=meeting.starts_at <= now() and meeting.cancelled_at is None,
        ),
    )


@bp.route("/<int:activity_id>/decisions/<int:decision_id>/revise", methods=["GET", "POST"])
@requires("panels.decide")
def revise(activity_id: int, decision_id: int) -> ResponseReturnValue:
    """Replace a decision, saying why; what stood before stays readable."""
    viewer = current_viewer()
    activity, issue = own(activity_id, "panels.decide")
    decision, meeting = queries.decision_in(activity_id, decision_id)
    stored = {name: getattr(decision, name) for name in DecisionContent.__annotations__}
    form = ReviseForm(data={**stored, "revision": decision.revision})
    form.offer(_sources(activity_id, issue.id))

    def page() -> str:
        if form.form_errors:  # A colleague was faster: what they wrote is on the page now.
            form.revision.data = str(decision.revision)
        return render_template(
            "panels/decide.html",
            form=form,
            activity=activity,
            meeting=meeting,
            decision=decision,
            hints=VERDICT_HINTS,
            begun=True,
        )

    return handle(
        form,
        "panels.revise",
        act=lambda: verbs.revise_decision(
            decision_id=decision_id,
            viewer=viewer,
            content=form.content,
            change_th=str(form.change_th.data),
            change_en=form.change_en.data or None,
            revision=form.seen,
        ),
        to=lambda _decision: url_for("panels.manage", activity_id=activity_id, _anchor="decisions"),
        page=page,
    )


def _sources(activity_id: int, issue_id: int) -> list[tuple[int, str]]:
    return [(source.id, bi_plain(source.title)) for source in queries.sources_for(activity_id, issue_id)]
