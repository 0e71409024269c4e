"""Setting up a panel: its purpose, how its members are chosen, and the seats of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from sqlalchemy import select

from app.activities.panels import facts
from app.activities.panels.holds import KIND_CODE
from app.activities.panels.models import MOST_SEATS, Panel, SeatGroup
from app.agencies.sectors import SECTORS
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l, _n
from app.identity.viewer import Viewer
from app.issues.content import content_digest
from app.issues.holds import hold, hold_unopened
from app.issues.kinds import ActivityView
from app.issues.queries import activity_place
from app.ledger.record import record


class PanelContent(TypedDict):
    """What an officer says about a panel; `agreement_*` is what the agency binds itself to towards it."""

    purpose_th: str
    purpose_en: str | None
    choosing_th: str | None
    choosing_en: str | None
    agreement_th: str | None
    agreement_en: str | None


class GroupContent(TypedDict):
    """The seats of one group; `id` is that of a group already there, None for a new one."""

    id: int | None
    sector: str
    th: str
    en: str | None
    seats: int


def prepare_panel(
    *, activity_id: int, viewer: Viewer, content: PanelContent, groups: Sequence[GroupContent]
) -> Panel:
    """Set what the panel is for and who has how many seats on it; groups left out are removed.

    Raises `DomainError` once people may have applied, and where a group would lose taken seats. A panel
    nobody had prepared before its opening still can be.
    """
    activity = _hold_preparing(activity_id)
    _check(content, groups)
    panel = db.session.get(Panel, activity_id) or Panel(activity_id=activity_id)
    for name, value in content.items():
        setattr(panel, name, value)
    db.session.add(panel)
    db.session.flush()
    _set_groups(activity_id, groups)
    record(
        facts.PREPARED,
        subject=f"activity/{activity_id}",
        actor=viewer.acting("panels.prepare", activity.agency_id),
        place=activity_place(activity),
        data={
            "groups": len(groups),
            "seats": sum(group["seats"] for group in groups),
            "content": content_digest({**content, "groups": [_plain(group) for group in groups]}),
        },
    )
    return panel


def _hold_preparing(activity_id: int) -> ActivityView:
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    forgotten = activity.state == "open" and db.session.get(Panel, activity_id) is None
    return activity if forgotten else hold_unopened(activity_id)


def _check(content: PanelContent, groups: Sequence[GroupContent]) -> None:
    if not content["purpose_th"]:
        raise DomainError(_l("Say in Thai what the panel is for."), "purpose_th")
    if not groups:
        raise DomainError(_l("Name at least one group with its seats."), "th_0")
    for group in groups:
        if group["sector"] not in SECTORS or not group["th"]:
            raise DomainError(_l("Give each group a sector and a Thai name."))
        if not 1 <= group["seats"] <= MOST_SEATS:
            raise DomainError(_l("Give each group at least one seat."))


def _set_groups(activity_id: int, wanted: Sequence[GroupContent]) -> None:
    """Bring the groups in line with what is wanted, in its order; the rows are held against seating."""
    rows = db.session.scalars(
        select(SeatGroup).where(SeatGroup.activity_id == activity_id).with_for_update(key_share=True)
    ).all()
    known = {row.id: row for row in rows}
    kept = {group["id"] for group in wanted}
    for row in rows:
        if row.id not in kept:
            _remove(row)
    for position, group in enumerate(wanted):
        _set_group(activity_id, position, group, known)
    db.session.flush()


def _set_group(activity_id: int, position: int, group: GroupContent, known: Mapping[int, SeatGroup]) -> None:
    row = known.get(group["id"]) if group["id"] is not None else SeatGroup(activity_id=activity_id, taken=0)
    if row is None:
        raise NotFound
    if group["seats"] < row.taken:
        raise DomainError(
            _n(
                "“%(group)s” already has %(num)s member. Give it at least as many seats.",
                "“%(group)s” already has %(num)s members. Give it at least as many seats.",
                row.taken,
                group=row.name,
            )
        )
    row.position, row.sector, row.seats = position, group["sector"], group["seats"]
    row.name_th, row.name_en = group["th"], group["en"]
    db.session.add(row)


def _remove(row: SeatGroup) -> None:
    if row.taken:
        raise DomainError(_l("“%(group)s” already has members, so it cannot be removed.", group=row.name))
    db.session.delete(row)


def _plain(group: GroupContent) -> dict[str, object]:
    return {name: value for name, value in group.items() if name != "id"}
