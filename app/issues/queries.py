"""Reading issues and activities: plain rows, one statement a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.agencies.models import Agency, Area
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer
from app.issues.kinds import ActivityView
from app.issues.models import Activity, Commitment, Issue, Response
from app.issues.windows import State, activity_state, issue_state
from app.ledger.facts import Place


@dataclass(frozen=True)
class IssueView:
    """An issue as pages read it: one row, with the agency's and the area's names and its state now."""

    id: int
    number: str
    agency_id: int
    agency: Bilingual
    contact: Bilingual
    title: Bilingual
    summary: Bilingual
    area: Bilingual | None
    area_code: str | None
    province_code: str | None
    groups: Sequence[dict[str, Any]]
    legal_basis: str
    level: int | None
    promise: Bilingual | None
    answer_by: date | None
    proposed_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    annulled_at: datetime | None
    annul_reason: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    invented: bool
    source: str | None
    source_ref: str | None
    source_replies: int | None
    state: State
    waivers: Sequence[dict[str, Any]] = ()
    particulars: Mapping[str, Any] = field(default_factory=dict)


def issue_with_activities(issue_id: int) -> tuple[IssueView, list[ActivityView]]:
    """An issue and its activities in the order of their opening: one statement. Raises `NotFound`."""
    rows = db.session.execute(
        _with_names(select(Issue, Agency, Area, Activity))
        .outerjoin(Activity, and_(Activity.issue_id == Issue.id, _announced()))
        .where(Issue.id == issue_id)
        .order_by(Activity.opens_at, Activity.id)
    ).all()
    if not rows:
        raise NotFound
    issue = issue_view(rows[0])
    activities = [activity_view(row.Activity, row.Issue) for row in rows if row.Activity is not None]
    return issue, activities


def visible_issue(issue_id: int, viewer: Viewer) -> tuple[IssueView, list[ActivityView]]:
    """The same for a page anyone may open: a draft exists only for those who prepare it."""
    issue, activities = issue_with_activities(issue_id)
    if not _may_see(issue, viewer):
        raise NotFound
    return issue, activities


def own_issue(issue_id: int, permission: str, viewer: Viewer) -> tuple[IssueView, list[ActivityView]]:
    """The same for an office page: another agency's issue, or an imported one, does not exist there."""
    issue, activities = issue_with_activities(issue_id)
    if issue.source is not None or not viewer.may(permission, issue.agency_id):
        raise NotFound
    return issue, activities


def activities_of(issue: Issue) -> Sequence[Activity]:
    """An issue's activities that were not cancelled, in the order of their opening, for its verbs."""
    query = select(Activity).where(Activity.issue_id == issue.id, Activity.annulled_at.is_(None))
    afresh = query.execution_options(populate_existing=True)
    return db.session.scalars(afresh.order_by(Activity.opens_at, Activity.id)).all()


def activity_with_issue(activity_id: int, kind: str) -> tuple[ActivityView, IssueView]:
    """An activity of this kind and its issue: one statement. Raises `NotFound`."""
    row = db.session.execute(
        _with_names(select(Issue, Agency, Area, Activity))
        .join(Activity, Activity.issue_id == Issue.id)
        .where(Activity.id == activity_id, Activity.kind == kind, _announced())
    ).one_or_none()
    if row is None:
        raise NotFound
    return activity_view(row.Activity, row.Issue), issue_view(row)


def visible_activity(activity_id: int, kind: str, viewer: Viewer) -> tuple[ActivityView, IssueView]:
    """The same for a page anyone may open: a draft exists only for those who prepare it."""
    activity, issue = activity_with_issue(activity_id, kind)
    if not _may_see(issue, viewer):
        raise NotFound
    return activity, issue


def own_activity(
    activity_id: int, kind: str, permission: str, viewer: Viewer
) -> tuple[ActivityView, IssueView]:
    """The same for an office page: another agency's activity does not exist for the viewer."""
    activity, issue = activity_with_issue(activity_id, kind)
    if not viewer.may(permission, issue.agency_id):
        raise NotFound
    return activity, issue


def issue_place(issue: Issue | IssueView) -> Place:
    """Where facts about an issue as a whole belong."""
    return Place(
        log=f"agency/{issue.agency_id}",
        agency_id=issue.agency_id,
        issue_id=issue.id,
        level=issue.level,
    )


def activity_place(activity: ActivityView) -> Place:
    """Where facts about an activity belong."""
    return Place(
        log=f"agency/{activity.agency_id}",
        agency_id=activity.agency_id,
        issue_id=activity.issue_id,
        activity_id=activity.id,
        level=activity.level,
        stage=activity.stage,
    )


def issue_view(row: Any) -> IssueView:
    """The view of a row that holds Issue, Agency and Area."""
    issue, agency, area = row.Issue, row.Agency, row.Area
    return IssueView(
        id=issue.id,
        number=issue.number,
        agency_id=agency.id,
        agency=agency.name,
        contact=Bilingual(agency.contact_th, agency.contact_en),
        title=issue.title,
        summary=issue.summary,
        area=area.name if area is not None else None,
        area_code=issue.area_code,
        province_code=issue.province_code,
        groups=issue.groups,
        legal_basis=issue.legal_basis,
        level=issue.level,
        promise=issue.promise,
        answer_by=issue.answer_by,
        proposed_at=issue.proposed_at,
        published_at=issue.published_at,
        closed_at=issue.closed_at,
        annulled_at=issue.annulled_at,
        annul_reason=issue.annul_reason,
        opens_at=issue.opens_at,
        closes_at=issue.closes_at,
        invented=issue.invented,
        source=issue.source,
        source_ref=issue.source_ref,
        source_replies=issue.source_replies,
        state=issue_state(issue, now()),
        waivers=issue.waivers,
        particulars=issue.particulars,
    )


def activity_view(activity: Activity, issue: Issue) -> ActivityView:
    """The view of an activity, with its state at this moment."""
    return ActivityView(
        id=activity.id,
        issue_id=issue.id,
        agency_id=issue.agency_id,
        kind=activity.kind,
        level=activity.level,
        stage=activity.stage,
        title=activity.title,
        opens_at=activity.opens_at,
        closes_at=activity.closes_at,
        state=activity_state(activity, issue, now()),
        earlier=activity.earlier,
        created_at=activity.created_at,
    )


def _may_see(issue: IssueView, viewer: Viewer) -> bool:
    """Whether the issue exists for the viewer: a draft, and a discarded one, does for its agency alone."""
    return issue.published_at is not None or viewer.may("issues.see_drafts", issue.agency_id)


def _announced() -> ColumnElement[bool]:
    """Activities that count, and those cancelled after people had been told of them."""
    return or_(Activity.annulled_at.is_(None), Activity.annulled_at > Issue.published_at)


def _with_names(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Issue)
        .join(Agency, Agency.id == Issue.agency_id)
        .outerjoin(Area, Area.code == Issue.area_code)
    )


def issue_titles(agency_id: int) -> list[tuple[int, Bilingual]]:
    """The agency's own issues, newest first, to choose from."""
    rows = db.session.execute(
        select(Issue.id, Issue.title_th, Issue.title_en)
        .where(Issue.agency_id == agency_id, Issue.source.is_(None))
        .order_by(Issue.id.desc())
    )
    return [(row.id, Bilingual(row.title_th, row.title_en)) for row in rows]


def answer_of(issue_id: int) -> tuple[Response | None, list[Commitment]]:
    """The agency's answer to an issue, if written, and its commitments by their days: one statement."""
    rows = db.session.execute(
        select(Response, Commitment)
        .select_from(Issue)
        .outerjoin(Response, Response.issue_id == Issue.id)
        .outerjoin(Commitment, Commitment.issue_id == Issue.id)
        .where(Issue.id == issue_id)
        .order_by(Commitment.due_on, Commitment.id)
    ).all()
    commitments = [row.Commitment for row in rows if row.Commitment is not None]
    return (rows[0].Response if rows else None), commitments


def has_living_issues(agency_id: int) -> bool:
    """Whether an agency has published issues that are neither closed nor annulled: one statement."""
    living = select(Issue.id).where(
        Issue.agency_id == agency_id,
        Issue.source.is_(None),
        Issue.published_at.is_not(None),
        Issue.closed_at.is_(None),
        Issue.annulled_at.is_(None),
    )
    return bool(db.session.scalar(select(living.exists())))


def agencies_named(ids: Sequence[int]) -> list[tuple[int, Bilingual]]:
    """These agencies with their names: one statement."""
    query = select(Agency.id, Agency.name_th, Agency.name_en).where(Agency.id.in_(ids)).order_by(Agency.id)
    return [(row.id, Bilingual(row.name_th, row.name_en)) for row in db.session.execute(query)]
