"""What the agencies publish in the demonstration: documents with their versions and files, and updates."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from sqlalchemy import select

from app.activities.publications import service
from app.activities.publications.content import Content, write
from app.activities.publications.models import Document, Version
from app.core.db import db
from app.core.files import StoredFile, store
from app.i18n.bilingual import Bilingual
from app.site.demo.acts import Act, Plan
from app.site.demo.content import Part, both


def prepare(plan: Plan) -> None:
    """Write the first item, without which there would be nothing to open; it waits for the opening."""
    first = plan.content["items"][0]
    _add(plan, first, first["versions"][0])


def acts(plan: Plan) -> Iterator[Act]:
    """Every version of every item at its moment."""
    for item in plan.content["items"]:
        for version in item["versions"]:
            yield plan.act(version["at"], _publish, item, version)


def _publish(plan: Plan, item: Part, version: Part) -> None:
    document_id = _document_id(plan, item)
    if document_id is None:
        _add(plan, item, version)
    elif version["number"] == 1:
        service.publish_prepared(document_id)
    else:
        content = _content(item, version)
        service.revise_document(document_id=document_id, viewer=plan.officer, content=content)


def _add(plan: Plan, item: Part, version: Part) -> None:
    content = _content(item, version)
    service.add_document(
        activity_id=plan.activity_id, viewer=plan.officer, form=item["kind"], content=content
    )


def _document_id(plan: Plan, item: Part) -> int | None:
    ident: int | None = db.session.scalar(
        select(Document.id)
        .join(Version, Version.document_id == Document.id)
        .where(Document.activity_id == plan.activity_id, Version.title_th == item["title"]["th"])
        .limit(1)
    )
    return ident


def _content(item: Part, version: Part) -> Content:
    return write(
        title=_text(item["title"]),
        body=_text(version["body"]),
        note=both(version["note"]) if version["number"] > 1 else None,
        files=[_file(attached) for attached in version["attachments"]],
    )


def _text(text: Part) -> Bilingual:
    return Bilingual(text["th"], text["en"])


def _file(attached: Part) -> StoredFile:
    return store(BytesIO(attached["content"].encode()), attached["filename"])
