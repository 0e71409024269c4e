"""The invented forums: sessions called, moved and held, who registered and came, and what was said there."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from sqlalchemy import select

from app.activities.forums import arrivals, materials, minutes, service, sessions
from app.activities.forums.content import SessionContent
from app.activities.forums.models import Minutes, Registration, Session
from app.core.db import db
from app.core.files import store
from app.identity.consents import CURRENT_CONSENT
from app.site.demo.acts import Act, Plan
from app.site.demo.content import Part, columns

WALK_IN = "ผู้ร่วมเวทีสาธิต {n}"


def prepare(plan: Plan) -> None:
    """Say what the forum is for, and call its sessions."""
    content = plan.content
    sessions.prepare_forum(
        activity_id=plan.activity_id,
        viewer=plan.officer,
        content=columns(purpose=content["purpose"]) | {"form": content["form"]},
    )
    for session in content["sessions"]:
        sessions.add_session(
            activity_id=plan.activity_id, viewer=plan.officer, content=_content(plan, session)
        )


def acts(plan: Plan) -> Iterator[Act]:
    """Each session from its announcement to its minutes."""
    for session in plan.content["sessions"]:
        yield plan.act(plan.content["announced"], _announce, session)
        if "material" in session:
            yield plan.act(session["material"]["at"], _put, session)
        registrations = session["registrations"]
        for number, one in enumerate(registrations["people"]):
            day = registrations["from_day"] + number // 2
            yield plan.act({"day": day, "time": registrations["time"]}, _register, session, one)
        if "moved" in session:
            yield plan.act(session["moved"]["at"], _move, session)
        for cancelled in session["cancels"]:
            yield plan.act(cancelled["at"], _cancel, session, cancelled["person"])
        if session["minutes"] is not None:
            yield from _held(plan, session)


def _held(plan: Plan, session: Part) -> Iterator[Act]:
    """Who came, and what was said."""
    starts = session.get("moved", session)["starts"]
    gone = {cancelled["person"] for cancelled in session["cancels"]} | set(session["absent"])
    for one in session["registrations"]["people"]:
        if one["person"] not in gone:
            yield plan.act(starts, _arrive, session, one["person"])
    yield plan.act(starts, _walk_in, session)
    yield plan.act(session["counted"], _count, session)
    yield plan.act(session["minutes"]["published"], _publish, session)


def _content(plan: Plan, session: Part) -> SessionContent:
    moment = plan.scene.calendar.moment
    content: SessionContent = columns(
        title=session["title"], place=session["place"], address=session["address"]
    ) | {
        "mode": session["mode"],
        "starts_at": moment(session["starts"]),
        "ends_at": moment(session["ends"]),
        "register_until": moment(session["register_until"]),
        "area_code": session["area"],
        "coordinates": session["coordinates"],
        "online_url": session.get("online_url"),
        "seats": session["seats"],
        "online_seats": session["online_seats"],
        "access": session["access"],
    }
    return content


def _session_id(plan: Plan, session: Part) -> int:
    """The session of this title."""
    wanted = select(Session.id).where(
        Session.activity_id == plan.activity_id, Session.title_th == session["title"]["th"]
    )
    ident: int = db.session.execute(wanted).scalar_one()
    return ident


def _registration_id(plan: Plan, session: Part, person: str) -> int:
    """This person's registration that was not cancelled."""
    own = (
        Registration.session_id == _session_id(plan, session),
        Registration.person_id == plan.scene.people[person].person_id,
        Registration.state != "cancelled",
    )
    ident: int = db.session.execute(select(Registration.id).where(*own)).scalar_one()
    return ident


def _announce(plan: Plan, session: Part) -> None:
    sessions.announce_session(_session_id(plan, session))


def _put(plan: Plan, session: Part) -> None:
    material = session["material"]
    materials.add_material(
        session_id=_session_id(plan, session),
        viewer=plan.officer,
        file=store(BytesIO(material["content"].encode()), material["filename"]),
        **columns(title=material["title"]),
    )


def _register(plan: Plan, session: Part, one: Part) -> None:
    person = plan.scene.people[one["person"]]
    service.register_for_session(
        session_id=_session_id(plan, session),
        viewer=person,
        name=person.name,
        sector=plan.groups[one["group"]]["sector"],
        way="online" if session["mode"] == "online" else "person",
        needs=service.Needs(codes=one.get("needs", ()), note=None),
        needs_agreed="needs" in one,
        consent_version=CURRENT_CONSENT,
    )


def _move(plan: Plan, session: Part) -> None:
    moved = {name: session["moved"][name] for name in ("starts", "ends", "register_until")}
    sessions.change_session(
        session_id=_session_id(plan, session),
        viewer=plan.officer,
        content=_content(plan, {**session, **moved}),
    )


def _cancel(plan: Plan, session: Part, person: str) -> None:
    service.cancel_registration(
        registration_id=_registration_id(plan, session, person), viewer=plan.scene.people[person]
    )


def _arrive(plan: Plan, session: Part, person: str) -> None:
    arrivals.confirm_arrival(registration_id=_registration_id(plan, session, person), viewer=plan.officer)


def _walk_in(plan: Plan, session: Part) -> None:
    rows = session["walk_ins"]
    sectors = [plan.groups[row["group"]]["sector"] for row in rows for _ in range(row["number"])]
    for number, sector in enumerate(sectors, 1):
        person = arrivals.WalkIn(name=WALK_IN.format(n=number), sector=sector, way="person")
        arrivals.add_walk_in(session_id=_session_id(plan, session), viewer=plan.officer, person=person)


def _count(plan: Plan, session: Part) -> None:
    arrivals.count_attendance(session_id=_session_id(plan, session), viewer=plan.officer)


def _publish(plan: Plan, session: Part) -> None:
    written = session["minutes"]
    draft = minutes.draft_minutes(
        session_id=_session_id(plan, session),
        viewer=plan.officer,
        points=[dict(point) for point in written["points"]],
        **columns(text=written["text"]),
    )
    minutes.publish_minutes(
        minutes_id=draft.id,
        viewer=plan.officer,
        digest=minutes.draft_digest(db.session.get_one(Minutes, draft.id)),
    )
