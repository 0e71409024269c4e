"""The invented panels: seats applied for and given, meetings called, held, minuted, and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.activities.panels import decisions, meetings, minutes, preparing, seating, service
from app.activities.panels.decisions import DecisionContent
from app.activities.panels.models import Minutes, SeatGroup
from app.activities.panels.preparing import GroupContent
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.site.demo.acts import Act, Plan
from app.site.demo.content import Part, columns, read

Ids = dict[Any, int]


def prepare(plan: Plan) -> None:
    """Set the panel's purpose and its seats."""
    content = plan.content
    preparing.prepare_panel(
        activity_id=plan.activity_id,
        viewer=plan.officer,
        content=columns(
            purpose=content["purpose"], choosing=content["how_drawn"], agreement=content.get("agreement")
        ),
        groups=[_group(plan, seat) for seat in content["seats"]],
    )


def acts(plan: Plan) -> Iterator[Act]:
    """Applications and seats first, then every meeting."""
    members: Ids = {}
    seating_of = plan.content["seating"]
    for seat in plan.content["seats"]:
        for person in seat["members"]:
            yield from _seating(plan, seating_of, seat, person, members)
    for meeting in plan.content["meetings"]:
        yield from _meeting(plan, meeting, members)


def _group(plan: Plan, seat: Part) -> GroupContent:
    group = plan.groups[seat["group"]]
    name = group["name"]
    return GroupContent(id=None, sector=group["sector"], th=name["th"], en=name["en"], seats=seat["seats"])


def _seating(plan: Plan, how: Part, seat: Part, person: str, members: Ids) -> Iterator[Act]:
    if plan.scene.people[person].grants:
        yield plan.act(how["answered"], _name, seat, person, members)
        return
    applied: Ids = {}
    yield plan.act(how["applied"], _apply, how, seat, person, applied)
    yield plan.act(how["answered"], _seat, how, person, applied, members)


def _apply(plan: Plan, how: Part, seat: Part, person: str, applied: Ids) -> None:
    viewer = plan.scene.people[person]
    application = service.apply_for_seat(
        activity_id=plan.activity_id,
        viewer=viewer,
        group_id=_group_id(plan, seat),
        reason=how["reason"]["th"],
        show_name=person not in how["unnamed"],
        consent_version=CURRENT_CONSENT,
    )
    applied[person] = application.id


def _seat(plan: Plan, how: Part, person: str, applied: Ids, members: Ids) -> None:
    member = seating.seat_applicant(
        application_id=applied[person], viewer=plan.officer, note=how["note"]["th"]
    )
    members[person] = member.id


def _name(plan: Plan, seat: Part, person: str, members: Ids) -> None:
    """Who holds office sits for the agency, named by it."""
    agencies = {agency["key"]: agency["name"]["th"] for agency in read("agencies.json")["agencies"]}
    member = seating.name_representative(
        activity_id=plan.activity_id,
        group_id=_group_id(plan, seat),
        viewer=plan.officer,
        name=plan.scene.people[person].name,
        organisation=agencies[plan.agency],
        show_name=True,
    )
    members[person] = member.id


def _group_id(plan: Plan, seat: Part) -> int:
    """The group of these seats; groups stand in the order of the content."""
    place = plan.content["seats"].index(seat)
    group = select(SeatGroup.id).where(SeatGroup.activity_id == plan.activity_id, SeatGroup.position == place)
    ident: int = db.session.execute(group).scalar_one()
    return ident


def _meeting(plan: Plan, meeting: Part, members: Ids) -> Iterator[Act]:
    called: Ids = {}
    yield plan.act(meeting["called"], _call, meeting, called)
    if meeting["present"] is not None:
        yield plan.act(meeting["ends"], _hold, meeting, called, members)
        yield plan.act(meeting["adopted"], _adopt, called)


def _call(plan: Plan, meeting: Part, called: Ids) -> None:
    moment = plan.scene.calendar.moment
    row = meetings.call_meeting(
        activity_id=plan.activity_id,
        viewer=plan.officer,
        content=columns(place=meeting["place"])
        | {
            "starts_at": moment(meeting["starts"]),
            "ends_at": moment(meeting["ends"]),
            "agenda": meeting["agenda"],
        },
    )
    called["meeting"] = row.id


def _hold(plan: Plan, meeting: Part, called: Ids, members: Ids) -> None:
    """Note who came, what was decided, and what was said."""
    meeting_id = called["meeting"]
    meetings.record_attendance(
        meeting_id=meeting_id,
        viewer=plan.officer,
        came=[members[person] for person in meeting["present"]],
        absences={members[row["member"]]: row["reason"]["th"] for row in meeting["absent"]},
        officials=meeting["officials"],
    )
    for decision in meeting["decisions"]:
        content = _decision(plan, decision)
        decisions.make_decision(meeting_id=meeting_id, viewer=plan.officer, content=content)
    draft = minutes.draft_minutes(
        meeting_id=meeting_id, viewer=plan.officer, **columns(text=meeting["minutes"])
    )
    called["minutes"] = draft.id


def _decision(plan: Plan, decision: Part) -> DecisionContent:
    source = decision.get("source")
    content: DecisionContent = columns(
        text=decision["text"], reason=decision["reason"], said=decision.get("said")
    ) | {
        "verdict": decision["outcome"],
        "due_on": None,
        "source_id": plan.scene.activities[source] if source else None,
    }
    return content


def _adopt(plan: Plan, called: Ids) -> None:
    draft = db.session.get_one(Minutes, called["minutes"])
    minutes.adopt_minutes(minutes_id=draft.id, viewer=plan.officer, digest=minutes.draft_digest(draft))
