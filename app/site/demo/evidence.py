"""Documents of what happened outside the platform, added to the evidence by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from app.core.files import store
from app.evidence.service import add_document
from app.site.demo.acts import Act, Scene
from app.site.demo.content import Part, columns, read


def document_acts(scene: Scene, issue: str) -> Iterator[Act]:
    """Each document of an issue on its day."""
    agency = read(f"{issue}.issue.json")["agency"]
    for document in read(f"{issue}.documents.json")["documents"]:
        at = scene.calendar.moment(document["at"])
        yield Act(at, partial(_add, scene, issue, agency, document))


def _add(scene: Scene, issue: str, agency: str, document: Part) -> None:
    agency_id = scene.agencies[agency]
    add_document(
        agency_id=agency_id,
        issue_id=scene.issues[issue],
        kind=document["evidence_kind"],
        dated_on=scene.calendar.day(document["at"]),
        level=document["level"],
        stage=None,
        sectors=document["sectors"],
        file=store(BytesIO(document["content"]["th"].encode()), document["filename"]),
        actor=scene.holder("officer", agency).acting("evidence.add", agency_id),
        **columns(title=document["title"]),
    )
