"""What search finds of panels, and what open data counts: public things only, one statement each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, Text, and_, cast, func, literal, null, select, union_all

from app.activities.panels.models import Decision, Meeting, Minutes, Panel, SeatGroup
from app.core.clock import now
from app.core.db import db
from app.core.text import cut
from app.i18n import Language, _, speaking
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Address, Found, Heard, Outcome
from app.issues.models import Activity, Issue

TITLE = 120
"""Characters of a decision that stand as its title."""

_SUBJECT = re.compile(r"(activity|meeting|decision)/([0-9]{1,9})")

TEXTS = 8
"""Columns of text a part may fill: words in Thai and English by turns, with lists of lines as JSON last."""


def found_among(subjects: Sequence[str]) -> Mapping[str, Found]:
    """Panels ("activity/7"), meetings and decisions that people may read now."""
    ids: dict[str, list[int]] = {"activity": [], "meeting": [], "decision": []}
    for match in filter(None, map(_SUBJECT.fullmatch, subjects)):
        ids[match[1]].append(int(match[2]))
    parts = union_all(
        _panels(ids["activity"]),
        _groups(ids["activity"]),
        _meetings(ids["meeting"]),
        _decisions(ids["decision"]),
    ).subquery()
    rows: dict[str, list[Row[Any]]] = {}
    for row in db.session.execute(select(parts)):
        rows.setdefault(f"{row.thing}/{row.id}", []).append(row)
    return {subject: _found(subject, group) for subject, group in rows.items()}


def public_counts(activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """Seats, members, meetings that were not cancelled, those with adopted minutes, decisions.

    Members are counted however few: who sits for a group holds a public seat.
    """
    meetings = (Meeting.activity_id == Panel.activity_id, Meeting.cancelled_at.is_(None))
    minuted = (
        select(func.count(Minutes.meeting_id.distinct()))
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(*meetings, Minutes.adopted_at.is_not(None))
    )
    seated = SeatGroup.activity_id == Panel.activity_id
    rows = db.session.execute(
        select(
            Panel.activity_id,
            select(func.coalesce(func.sum(SeatGroup.seats), 0))
            .where(seated)
            .scalar_subquery()
            .label("seats"),
            select(func.coalesce(func.sum(SeatGroup.taken), 0))
            .where(seated)
            .scalar_subquery()
            .label("members"),
            select(func.count()).select_from(Meeting).where(*meetings).scalar_subquery().label("meetings"),
            minuted.scalar_subquery().label("minutes"),
            select(func.count())
            .select_from(Decision)
            .where(Decision.activity_id == Panel.activity_id)
            .scalar_subquery()
            .label("decisions"),
        ).where(Panel.activity_id.in_(activity_ids))
    )
    names = ("seats", "members", "meetings", "minutes", "decisions")
    return {row.activity_id: {name: int(getattr(row, name)) for name in names} for row in rows}


def outcomes_of(activity_ids: Sequence[int]) -> Sequence[Outcome]:
    """The decisions of these panels, each as it stands now: one statement."""
    rows = db.session.execute(
        select(Decision.id, Decision.activity_id, Decision.text_th, Decision.text_en, Decision.made_at)
        .where(Decision.activity_id.in_(activity_ids))
        .order_by(Decision.id)
    )
    return [
        Outcome(
            # Without its revision: what people said led to the decision, also when it is worded anew.
            subject=f"decision/{row.id}",
            version=None,
            title=Bilingual(cut(row.text_th, TITLE), cut(row.text_en, TITLE) if row.text_en else None),
            address=Address("panels.show", {"activity_id": row.activity_id, "_anchor": f"decision-{row.id}"}),
            at=row.made_at,
        )
        for row in rows
    ]


def heard_of(activity_ids: Sequence[int]) -> Mapping[int, Heard]:
    """Who sits in each panel, by sector."""
    rows = db.session.execute(
        select(SeatGroup.activity_id, SeatGroup.sector, func.sum(SeatGroup.taken).label("taken"))
        .where(SeatGroup.activity_id.in_(activity_ids))
        .group_by(SeatGroup.activity_id, SeatGroup.sector)
        .order_by(SeatGroup.activity_id, SeatGroup.sector)
    )
    sectors: dict[int, dict[str, int]] = {}
    for row in rows:
        if row.taken:
            sectors.setdefault(row.activity_id, {})[row.sector] = int(row.taken)
    return {ident: Heard(sum(parts.values()), {"sector": parts}) for ident, parts in sectors.items()}


# ---------------------------------------------------------------- the parts of the one statement


def _part(thing: str, ident: Any, title: tuple[Any, Any], *texts: Any, number: Any = None) -> Select[Any]:
    """One thing of a panel in an issue that is published."""
    filled = [*texts, *[cast(null(), Text)] * (TEXTS - len(texts))]
    return (
        select(
            literal(thing).label("thing"),
            ident.label("id"),
            Activity.id.label("activity_id"),
            (number if number is not None else literal(0)).label("number"),
            title[0].label("title_th"),
            title[1].label("title_en"),
            *(text.label(f"text_{n}") for n, text in enumerate(filled)),
        )
        .select_from(Activity)
        .join(Issue, Issue.id == Activity.issue_id)
        .where(Issue.published_at <= now(), Activity.annulled_at.is_(None))
    )


def _panels(ids: Sequence[int]) -> Select[Any]:
    texts = (Panel.purpose_th, Panel.purpose_en, Panel.choosing_th, Panel.choosing_en)
    title = (Activity.title_th, Activity.title_en)
    part = _part("activity", Activity.id, title, *texts, Panel.agreement_th, Panel.agreement_en)
    return part.join(Panel, Panel.activity_id == Activity.id).where(Activity.id.in_(ids))


def _groups(ids: Sequence[int]) -> Select[Any]:
    title = (Activity.title_th, Activity.title_en)
    part = _part("activity", Activity.id, title, SeatGroup.name_th, SeatGroup.name_en)
    return part.join(SeatGroup, SeatGroup.activity_id == Activity.id).where(Activity.id.in_(ids))


def _meetings(ids: Sequence[int]) -> Select[Any]:
    """A meeting with the newest of its minutes that were adopted."""
    newest = (
        select(func.max(Minutes.version))
        .where(Minutes.meeting_id == Meeting.id, Minutes.adopted_at.is_not(None))
        .correlate(Meeting)
        .scalar_subquery()
    )
    texts = (Meeting.place_th, Meeting.place_en, Minutes.text_th, Minutes.text_en)
    part = _part(
        "meeting",
        Meeting.id,
        (cast(null(), Text), cast(null(), Text)),
        *texts,
        Meeting.cancel_th,
        Meeting.cancel_en,
        cast(Meeting.agenda, Text),
        number=Meeting.number,
    )
    return (
        part.join(Meeting, Meeting.activity_id == Activity.id)
        .outerjoin(Minutes, and_(Minutes.meeting_id == Meeting.id, Minutes.version == newest))
        .where(Meeting.id.in_(ids))
    )


def _decisions(ids: Sequence[int]) -> Select[Any]:
    texts = (Decision.text_th, Decision.text_en, Decision.reason_th, Decision.reason_en)
    title = (Decision.text_th, Decision.text_en)
    more = (Decision.said_th, Decision.said_en, Decision.change_th, Decision.change_en)
    part = _part("decision", Decision.id, title, *texts, *more)
    return part.join(Decision, Decision.activity_id == Activity.id).where(Decision.id.in_(ids))


# ---------------------------------------------------------------- what is made of the rows


def _found(subject: str, rows: Sequence[Row[Any]]) -> Found:
    first = rows[0]
    return Found(
        subject=subject,
        activity_id=first.activity_id,
        title=_title(first),
        words="\n".join(word for row in rows for word in _words(row)),
        lang=None,
        address=_address(first),
    )


def _title(row: Row[Any]) -> Bilingual:
    if row.thing == "meeting":
        return Bilingual(_meeting_named(row.number, "th"), _meeting_named(row.number, "en"))
    en = cut(row.title_en, TITLE) if row.title_en else None
    return Bilingual(cut(row.title_th, TITLE), en)


def _meeting_named(number: int, lang: Language) -> str:
    with speaking(lang):
        return _("Meeting %(number)s", number=number)


def _words(row: Row[Any]) -> list[str]:
    texts = [text for n in range(TEXTS) if (text := getattr(row, f"text_{n}"))]
    if row.thing == "meeting":
        agenda = json.loads(row.text_6)
        texts.remove(row.text_6)
        texts += [line[lang] for lang in ("th", "en") for line in agenda if line.get(lang)]
    return texts


def _address(row: Row[Any]) -> Address:
    if row.thing == "meeting":
        return Address("panels.meeting", {"activity_id": row.activity_id, "meeting_id": row.id})
    if row.thing == "decision":
        return Address("panels.show", {"activity_id": row.activity_id, "_anchor": f"decision-{row.id}"})
    return Address("panels.show", {"activity_id": row.activity_id})
