"""Builders of real rows on the real database: `make_agency()`, `make_person()`, `make_issue()`, ...

Each commits, so that requests see the rows. Room builders live in `tests/<room>/make.py` where a room needs more.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.models import Person, RoleGrant
from app.issues.models import Activity, Issue
from app.ledger.guard import note_recorded

_numbers = itertools.count(1)


def saved(*rows: Any) -> None:
    """Store rows as they are, past the verbs; the guard is told that this is a test's doing.

    Afterwards the rows belong to no session, so their values can be read whatever happens to it.
    """
    db.session.rollback()
    with transaction():
        db.session.add_all(rows)
        db.session.flush()
        for row in rows:
            if room := row.__table__.info.get("recorded"):
                note_recorded(db.session.connection(), room)
    for row in rows:
        db.session.expunge(row)


def make_agency(**values: Any) -> Agency:
    n = next(_numbers)
    agency = Agency(
        **{
            "short": f"ท{n}",
            "name_th": f"หน่วยงานทดสอบ {n}",
            "name_en": f"Test agency {n}",
            "kind": "province",
            "area_code": "15",
            "valid_from": date(2020, 1, 1),
            "contact_th": "โทร 035 000 000",
            "contact_en": "Call 035 000 000",
            **values,
        }
    )
    saved(agency)
    return agency


def make_person(role: str | None = None, agency: Agency | None = None, **values: Any) -> Person:
    """A verified person; with `role` also its grant (in `agency` for an agency role)."""
    n = next(_numbers)
    person = Person(
        **{
            "email": f"person{n}@example.com",
            "name": f"คนทดสอบ {n}",
            "created_at": now(),
            "verified_at": now(),
            **values,
        }
    )
    saved(person)
    if role:
        give_role(person, role, agency)
    return person


def give_role(person: Person, role: str, agency: Agency | None = None) -> RoleGrant:
    grant = RoleGrant(person_id=person.id, role=role, agency_id=agency.id if agency else None, given_at=now())
    saved(grant)
    return grant


def make_issue(agency: Agency | None = None, *, published: bool = True, **values: Any) -> Issue:
    """An issue at level 5 unless said otherwise, published an hour ago."""
    n = next(_numbers)
    agency = agency or make_agency()
    issue = Issue(
        **{
            "agency_id": agency.id,
            "number": f"{agency.short}-2569-{500 + n}",  # Past those the verbs give in a test.
            "title_th": f"เรื่องทดสอบที่ {n}",
            "title_en": f"Test issue {n}",
            "summary_th": "น้ำท่วมตลาดเก่าทุกปี จังหวัดยังไม่ได้เลือกแบบ",
            "summary_en": "The old market floods every year. No design has been chosen.",
            "area_code": "15",
            "province_code": "15",
            "groups": [{"sector": "people", "th": "ผู้ค้าในตลาด", "en": "Market traders"}],
            "legal_basis": "agency_own",
            "level": 5,
            "promise_th": "เราจะทำตามที่ท่านลงมติ",
            "promise_en": "We will do what you decide.",
            "created_at": now() - timedelta(days=2),
            "published_at": now() - timedelta(hours=1) if published else None,
            **values,
        }
    )
    saved(issue)
    return issue


def make_activity(
    issue: Issue, kind: str, *, opens_in: float = -1, closes_in: float | None = 10, **values: Any
) -> Activity:
    """An activity of `issue`, open from yesterday for ten days unless said otherwise (days from now)."""
    defaults = {
        "publications": (1, "informed"),
        "comments": (2, "views"),
        "surveys": (2, "needs"),
        "panels": (3, "solutions"),
        "votes": (5, "decide"),
    }
    level, stage = defaults.get(kind, (2, "views"))
    activity = Activity(
        **{
            "issue_id": issue.id,
            "kind": kind,
            "level": level,
            "stage": stage,
            "title_th": f"กิจกรรม {kind}",
            "title_en": f"Activity {kind}",
            "opens_at": now() + timedelta(days=opens_in),
            "closes_at": None if closes_in is None else now() + timedelta(days=closes_in),
            "created_at": now(),
            **values,
        }
    )
    saved(activity)
    with transaction():
        stored = db.session.get_one(Issue, issue.id)
        stored.opens_at = min(filter(None, (stored.opens_at, activity.opens_at)))
        if activity.closes_at:
            stored.closes_at = max(filter(None, (stored.closes_at, activity.closes_at)))
    return activity
