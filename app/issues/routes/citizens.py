"""What everyone may read: the list, an issue, its results and its timeline."""

from __future__ import annotations

import re
from typing import Any

from flask import render_template, request, url_for

from app.agencies.queries import province_choices
from app.agencies.reference import provinces
from app.agencies.sectors import SECTORS
from app.core.clock import now
from app.core.ids import LARGEST_ID
from app.i18n import _
from app.i18n.bilingual import bi, bi_plain
from app.i18n.dates import local_day
from app.identity.permissions import public
from app.identity.viewer import current_viewer
from app.issues.archive import SOURCES
from app.issues.heard import heard_page
from app.issues.levels import ANNUL_REASONS, LEGAL_BASES, LEVELS, STAGES
from app.issues.listing import (
    Filters,
    list_issues,
    open_actions,
    publishing_agencies,
)
from app.issues.notice import SURENESS
from app.issues.outcomes import list_outcomes
from app.issues.page import IssuePage, draw, issue_page
from app.issues.queries import visible_issue
from app.issues.routes.blueprint import bp
from app.issues.timeline import announced_changes, timeline_of
from app.issues.verdicts import VERDICTS
from app.web.keyset import Cursor

FILTERS = ("province", "level", "state", "agency", "archive")
STATES = ("open", "upcoming", "closed")
ARCHIVES = ("with", "without", "only")
PLACE = re.compile(r"([0-9TZ:-]{10,20})_([0-9a-f]{32})")
"""An entry's time and id: where a page of the timeline ended."""


@bp.get("/")
@public
def index() -> str:
    """Published issues, newest first."""
    filters = _filters()
    listed = list_issues(filters, _cursor())
    asked: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return render_template(
        "issues/index.html",
        filters=filters,
        listed=listed,
        actions=open_actions(listed.rows),
        sources=SOURCES,
        provinces=province_choices(),
        agencies=[(agency_id, bi_plain(name)) for agency_id, name in publishing_agencies()],
        level_choices=[(code, level.verb) for code, level in LEVELS.items()],
        next_url=url_for("issues.index", after=listed.next, **asked) if listed.next else None,
        first_url=url_for("issues.index", **asked) if request.args.get("after") else None,
    )


@bp.get("/results")
@public
def results() -> str:
    """What the agencies did with what people said."""
    outcomes, following = list_outcomes(_cursor())
    next_url = url_for("issues.results", after=following) if following else None
    return render_template("issues/results.html", outcomes=outcomes, next_url=next_url)


@bp.get("/<int:issue_id>")
@public
def show(issue_id: int) -> str:
    """One issue with everything that happened in it."""
    page = issue_page(issue_id, current_viewer())
    province = provinces().get(page.issue.province_code or "")
    return render_template(
        "issues/show.html",
        page=page,
        issue=page.issue,
        part_html=lambda part: draw(part, page.issue),
        places=_places(page),
        today=local_day(now()),
        province=province,
        source=SOURCES.get(page.issue.source or "", page.issue.source),
        sectors=SECTORS,
        legal_bases=LEGAL_BASES,
        annul_reasons=ANNUL_REASONS,
        levels=LEVELS,
        stages=STAGES,
        sureness=SURENESS,
        date_changes=announced_changes,
    )


@bp.get("/<int:issue_id>/heard")
@public
def heard(issue_id: int) -> str:
    """What we heard: who spoke, what changed, what did not and why, and when the rest is due."""
    page = heard_page(issue_id, current_viewer())
    return render_template("issues/heard.html", page=page, issue=page.issue, verdicts=VERDICTS)


@bp.get("/<int:issue_id>/timeline")
@public
def timeline(issue_id: int) -> str:
    """The transparency log's entries about an issue, newest first."""
    issue, activities = visible_issue(issue_id, current_viewer())
    titles = {activity.id: activity.title for activity in activities}
    entries, mark = timeline_of(issue_id, titles, _last_seen())
    return render_template(
        "issues/timeline.html",
        issue=issue,
        entries=entries,
        next_url=url_for("issues.timeline", issue_id=issue_id, before=mark) if mark else None,
    )


def _places(page: IssuePage) -> list[tuple[Any, str]]:
    """The links within the page."""
    places: list[tuple[Any, str]] = [(_("Steps"), "#steps")]
    places += [(bi(part.activity.title), f"#activity-{part.activity.id}") for part in page.sections]
    return places + ([(_("The agency's answer"), "#answer")] if page.answer else [])


def _filters() -> Filters:
    """What the address asks for; a value that means nothing asks for nothing."""
    args = request.args
    state, archive, province = args.get("state"), args.get("archive"), args.get("province")
    level, agency = args.get("level", type=int), args.get("agency", type=int)
    return Filters(
        province=province if province in provinces() else None,
        level=level if level in LEVELS else None,
        state=state if state in STATES else None,  # type: ignore[arg-type]
        agency_id=agency if agency and 0 < agency <= LARGEST_ID else None,
        archive=archive if archive in ARCHIVES else "with",  # type: ignore[arg-type]
    )


def _cursor() -> Cursor | None:
    try:
        return Cursor.parse(request.args.get("after", ""))
    except ValueError:
        return None


def _last_seen() -> tuple[str, str] | None:
    found = PLACE.fullmatch(request.args.get("before", ""))
    return (found[1], found[2]) if found else None
