"""The hearing report: the page, and its point-by-point answers as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.i18n import _
from app.i18n.bilingual import Bilingual
from app.i18n.dates import local_day
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.levels import LEGAL_BASES
from app.issues.notice import SURENESS
from app.issues.page import waivers_of
from app.issues.report import Report, report_of
from app.issues.reporting import Told
from app.issues.routes.blueprint import bp
from app.issues.timeline import announced_changes
from app.issues.verdicts import VERDICTS

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""


@bp.get("/<int:issue_id>/report")
@public
def report(issue_id: int) -> str:
    """The official summary of a hearing; before the answer a draft for the agency's officials."""
    found = report_of(issue_id, current_viewer())
    return render_template(
        "issues/report.html",
        report=found,
        groups=[
            {"sector": group["sector"], "name": Bilingual(group["th"], group["en"])}
            for group in found.issue.groups
        ],
        waivers=waivers_of(found.issue),
        office=current_viewer().may("issues.see_drafts", found.issue.agency_id),
        part_html=_drawn,
        today=local_day(now()),
        sectors=SECTORS,
        legal_bases=LEGAL_BASES,
        sureness=SURENESS,
        verdicts=VERDICTS,
        date_changes=announced_changes,
    )


@bp.get("/<int:issue_id>/report.csv")
@public
def report_themes(issue_id: int) -> ResponseReturnValue:
    """What was said, point by point, with verdict, reason and what changed: one theme a row."""
    found = report_of(issue_id, current_viewer())
    lines = io.StringIO()
    lines.write("\ufeff")
    csv.writer(lines).writerows([_guarded(cell) for cell in row] for row in _rows(found))
    name = f"response-matrix-{issue_id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(lines.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _rows(found: Report) -> Iterator[list[Any]]:
    heads = [_("Activity"), _("What was said"), _("Comments"), _("People"), _("Verdict")]
    yield [*heads, _("The agency's reason"), _("decided by"), _("What changed")]
    for section in found.sections:
        for theme in section.themes:
            yield [
                str(section.activity.title),
                str(theme.title),
                theme.comments,
                theme.people,
                str(VERDICTS[theme.verdict]) if theme.verdict else _("Not answered yet"),
                str(theme.reason or ""),
                theme.due_on.isoformat() if theme.due_on else "",
                str(theme.outcome.title) if theme.outcome else "",
            ]


def _drawn(told: Told) -> Markup:
    return Markup(render_template(told.template, **told.context))


def _guarded(cell: Any) -> Any:
    """A text that would be taken for a formula, made into text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell
