"""The office's desk: its panels, one panel at work, and its set-up."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.activities.panels import preparing, queries
from app.activities.panels.codes import VERDICT_MARKS
from app.activities.panels.decisions import JOINT
from app.activities.panels.forms.setup import PANEL_TEXTS, SetupBase, setup_form
from app.activities.panels.queries import PanelView
from app.activities.panels.routes.blueprint import bp, handle, own
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.i18n import _l
from app.identity.permissions import requires
from app.identity.viewer import current_viewer
from app.issues.forms import row_count
from app.issues.queries import IssueView
from app.issues.verdicts import VERDICTS
from app.web.nav import NavItem, announce

LEAST_GROUPS = 4
MORE_GROUPS = 3

announce(NavItem(_l("Issues"), _l("Panels"), "panels.desk", "panels.manage", order=35))


@bp.get("/desk")
@requires("panels.manage")
def desk() -> str:
    """The agency's panels, with what waits in each."""
    rows = queries.desk(current_viewer().agencies("panels.manage"))
    return render_template("panels/desk.html", rows=rows)


@bp.get("/<int:activity_id>/manage")
@requires("panels.manage")
def manage(activity_id: int) -> str:
    """One panel at work: applications, members, meetings, decisions."""
    activity, issue = own(activity_id, "panels.manage")
    return render_template(
        "panels/manage.html",
        activity=activity,
        issue=issue,
        panel=queries.panel_of(activity_id),
        roster=queries.roster(activity_id),
        former=queries.former_representatives(activity_id),
        meetings=queries.meetings_of(activity_id),
        decisions=queries.decisions_of(activity_id),
        counts=queries.counts_of(activity_id),
        sectors=SECTORS,
        verdicts=VERDICTS,
        verdict_marks=VERDICT_MARKS,
        joint=activity.level >= JOINT,
        moment=now(),
    )


@bp.route("/<int:activity_id>/setup", methods=["GET", "POST"])
@requires("panels.prepare")
def setup(activity_id: int) -> ResponseReturnValue:
    """Say what the panel is for and who has how many seats, before people can apply."""
    activity, issue = own(activity_id, "panels.prepare")
    panel = queries.panel_of(activity_id)
    form = _setup_form(panel, issue)

    def page() -> str:
        return render_template(
            "panels/setup.html",
            form=form,
            activity=activity,
            issue=issue,
            panel=panel,
            joint=activity.level >= JOINT,
            fixed=activity.state not in ("draft", "upcoming") and panel is not None,
        )

    if request.method == "POST" and request.form.get("step") == "more":
        return page()
    done = url_for("panels.manage", activity_id=activity_id)
    if activity.state == "draft":
        done = url_for("issues.prepare", issue_id=issue.id)
    return handle(
        form,
        "panels.setup",
        act=lambda: preparing.prepare_panel(
            activity_id=activity_id, viewer=current_viewer(), content=form.content, groups=form.groups
        ),
        to=lambda _panel: done,
        page=page,
    )


def _setup_form(panel: PanelView | None, issue: IssueView) -> SetupBase:
    """The form filled with the panel; before there is one, with the groups the issue names."""
    rows = _stored_rows(panel) if panel else [dict(group) for group in issue.groups]
    count = row_count(request.form.get("rows"), len(rows), LEAST_GROUPS)
    if request.form.get("step") == "more":
        count = row_count(str(count + MORE_GROUPS), 0, 0)
    data: dict[str, Any] = {f"{name}_{n}": value for n, row in enumerate(rows) for name, value in row.items()}
    if panel:
        data |= {name: getattr(panel.panel, name) for name in PANEL_TEXTS}
    form: SetupBase = setup_form(count, [group["th"] for group in issue.groups])(data=data)
    form.rows.data = str(count)
    return form


def _stored_rows(panel: PanelView) -> list[dict[str, Any]]:
    return [
        {
            "id": str(group.id),
            "sector": group.sector,
            "th": group.name_th,
            "en": group.name_en,
            "seats": group.seats,
        }
        for group in panel.groups
    ]
