"""Builders for room publications: an activity with its people, and documents written through the verbs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from app.activities.publications import content, service
from app.activities.publications.content import Content
from app.activities.publications.models import Document, Version
from app.agencies.models import Agency
from app.core.db import db, transaction
from app.core.files import StoredFile, store
from app.i18n.bilingual import Bilingual
from app.identity.models import Person, RoleGrant
from app.identity.viewer import Grant, Viewer
from app.issues.models import Activity, Issue
from app.ledger.models import Entry
from tests.support.make import make_activity, make_agency, make_issue, make_person

THAI = "แนวกำแพงยาว 840 เมตร จากท่าเรือตลาดเก่าถึงสะพานท้ายตลาด"
ENGLISH = "The wall runs 840 metres from the old market pier to the bridge."
CSV = b"design,million_baht\nA,142\nB,186\n"

STATES: dict[str, dict[str, Any]] = {
    "draft": {"published": False},
    "upcoming": {"opens_in": 1},
    "open": {},
    "ended": {"opens_in": -5, "closes_in": -1},
}


@dataclass(frozen=True)
class Scene:
    """An open activity in a published issue, and who may have to do with it."""

    agency: Agency
    issue: Issue
    activity: Activity
    citizen: Person
    officer: Person
    executive: Person

    @property
    def id(self) -> int:
        return self.activity.id

    def path(self, rest: str = "", lang: str = "en") -> str:
        return f"/{lang}/publications/{self.id}{rest}"


def make_scene(*, opens_in: float = -1, closes_in: float | None = None, **values: Any) -> Scene:
    agency = make_agency()
    issue = make_issue(agency, **values)
    return Scene(
        agency=agency,
        issue=issue,
        activity=make_activity(issue, "publications", opens_in=opens_in, closes_in=closes_in),
        citizen=make_person(),
        officer=make_person("officer", agency),
        executive=make_person("executive", agency),
    )


def viewer_of(person: Person) -> Viewer:
    """The person as a verb knows them, with the roles they hold."""
    grants = db.session.query(RoleGrant).filter_by(person_id=person.id).order_by(RoleGrant.id)
    held = tuple(Grant(grant.id, grant.role, grant.agency_id) for grant in grants)
    return Viewer(person.id, person.name, held)


def stored_file(body: bytes = CSV, name: str = "costs.csv") -> StoredFile:
    return store(BytesIO(body), name)


def text(title: str = "รายละเอียดแบบร่าง", note: str | None = None, **values: Any) -> Content:
    """A version in both languages, without files unless given."""
    return content.write(
        **{
            "title": Bilingual(title, f"In English: {title}"),
            "body": Bilingual(THAI, ENGLISH),
            "note": Bilingual(note) if note else None,
            **values,
        }
    )


def make_document(
    scene: Scene, title: str = "รายละเอียดแบบร่าง", form: str = "document", **values: Any
) -> Document:
    """A document written by the officer through the verb, committed: public if the activity is open."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return service.add_document(
            activity_id=scene.id, viewer=viewer, form=form, content=text(title, **values)
        )


def make_version(scene: Scene, document: Document, note: str = "แก้ค่าดูแลรายปี", **values: Any) -> Version:
    """A new version by the officer through the verb, committed."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return service.revise_document(
            document_id=document.id, viewer=viewer, content=text(note=note, **values)
        )


LAW_THAI = """หลักการและเหตุผล

หมวด 1 บททั่วไป
มาตรา 1 ข้อบัญญัตินี้เรียกว่า “ข้อบัญญัติตลาด”
มาตรา 2 ให้ตลาดเปิดตั้งแต่ 05.00 น.
ถึง 20.00 น. ทุกวัน

หมวด 2 ค่าเช่า
มาตรา 3 ค่าเช่าแผงวันละ 30 บาท

# บทเฉพาะกาล
ผู้ค้าเดิมใช้สิทธิได้อีก 1 ปี"""
LAW_ENGLISH = """Principles and reasons

Chapter 1 General
Section 1 This by-law is called “the Market By-law”.
Section 2 The market opens from 5am
until 8pm every day.

Chapter 2 Rents
Section 3 A stall costs 30 baht a day.

# Transition
Present traders keep their stalls for 1 year."""
PLAIN = Bilingual("ตลาดเปิดทุกวัน ค่าเช่าวันละ 30 บาท", "The market opens every day. A stall costs 30 baht a day.")


def law(**values: Any) -> Content:
    """A draft law in eight sections, in both languages, with its summary."""
    return text(
        **{
            "title": "ร่างข้อบัญญัติตลาด",
            "body": Bilingual(LAW_THAI, LAW_ENGLISH),
            "summary": PLAIN,
            **values,
        }
    )


def make_law(scene: Scene, **values: Any) -> Document:
    """The draft law written by the officer through the verb, committed."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return service.add_document(
            activity_id=scene.id, viewer=viewer, form="draft_law", content=law(**values)
        )


def revise_law(scene: Scene, document: Document, **values: Any) -> Version:
    """A new version of the draft law, committed."""
    viewer = viewer_of(scene.officer)
    with transaction():
        return service.revise_document(
            document_id=document.id, viewer=viewer, content=law(**{"note": "แก้ร่าง", **values})
        )


def versions() -> list[Version]:
    """Every version there is, as the database has it."""
    db.session.rollback()
    query = db.session.query(Version).order_by(Version.document_id, Version.number)
    return query.populate_existing().all()


def entries(fact: str = "") -> list[dict[str, Any]]:
    """What the room has written into the ledger, in the order of writing."""
    db.session.rollback()
    rows = [json.loads(row.body) for row in db.session.query(Entry)]
    return [row for row in rows if row["fact"].startswith(f"publications.{fact}")]


def typed(**values: Any) -> dict[str, Any]:
    """What an officer types into the form."""
    return {
        "title_th": "รายละเอียดแบบร่างและค่าใช้จ่าย",
        "title_en": "Designs and costs in full",
        "body_th": THAI,
        "body_en": ENGLISH,
        **values,
    }


def attached(body: bytes = CSV, name: str = "costs.csv") -> tuple[BytesIO, str]:
    """A file as the test client sends it."""
    return BytesIO(body), name
