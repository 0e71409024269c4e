"""Publications as a kind of activity: what other rooms may ask of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.activities.publications import service
from app.activities.publications.models import Version
from app.activities.publications.passages import address_of, document_id_of, passage, subject_of
from app.activities.publications.queries import (
    Shelf,
    public_counts,
    published_counts,
    published_versions,
    shelf_of,
    shelves_of,
    to_be_found,
)
from app.i18n import _, _l, _n, speaking
from app.i18n.bilingual import Bilingual
from app.identity.viewer import Viewer
from app.issues.contracts import Address, Found, Outcome
from app.issues.kinds import ActivityView, Duty, ExhibitText, Kind, Summary

MOST_DOCUMENTS, MOST_UPDATES = 10, 3
"""How many the issue page lists; the activity's own page has them all."""

_ACTIVITY = re.compile(r"activity/([0-9]{1,9})")


def summarise(activities: Sequence[ActivityView], viewer: Viewer) -> Mapping[int, Summary]:
    """Each activity's documents and newest updates; the agency's own people also see what is prepared."""
    own = [activity.id for activity in activities if viewer.may("issues.see_drafts", activity.agency_id)]
    found = shelves_of([activity.id for activity in activities], own)
    return {activity.id: _summary(activity, found[activity.id]) for activity in activities}


def _summary(activity: ActivityView, shelf: Shelf) -> Summary:
    action = None
    if activity.state == "open" and shelf.newest is not None:
        action = (_l("Read the documents"), url_for("publications.show", activity_id=activity.id))
    return Summary(
        template="publications/_summary.html",
        context={
            "activity": activity,
            "documents": shelf.documents[:MOST_DOCUMENTS],
            "updates": shelf.updates[:MOST_UPDATES],
            "shelf": shelf,
        },
        line=_line(shelf),
        action=action,
    )


def _line(shelf: Shelf) -> str:
    """How much people can read: "3 documents"; updates are counted where there is no document."""
    documents = sum(item.published_at is not None for item in shelf.documents)
    updates = sum(item.published_at is not None for item in shelf.updates)
    if documents or not updates:
        return _n("%(num)s document", "%(num)s documents", documents)
    return _n("%(num)s update", "%(num)s updates", updates)


def ready(activity_id: int) -> Sequence[Any]:
    """There must be something to read on the day it opens, and a summary of each draft law."""
    documents = shelf_of(activity_id, prepared=True).documents
    if not documents:
        return (_l("Prepare at least one document"),)
    return [
        _l("Write the summary of “%(title)s” in plain language", title=item.title)
        for item in documents
        if not item.complete
    ]


def duties(activity: ActivityView) -> Sequence[Duty]:
    """People were promised information, so there must be some."""
    return (
        Duty(
            _l("Publish at least one document"),
            url_for("publications.manage", activity_id=activity.id),
            met=bool(shelf_of(activity.id).documents),
        ),
    )


def exhibits(activity_id: int) -> ExhibitText:
    """How much was published. Each version is an exhibit of its own; this tells of all of them."""
    documents, versions = published_counts(activity_id)

    def told() -> str:
        read = _n("%(num)s document or update", "%(num)s documents and updates", documents)
        kept = _n("%(num)s version", "%(num)s versions", versions)
        return _("%(documents)s, %(versions)s", documents=read, versions=kept)

    with speaking("th"):
        thai = told()
    with speaking("en"):
        return ExhibitText(th=thai, en=told())


def found(subjects: Sequence[str]) -> Mapping[str, Found]:
    """What search shows of documents ("publication/12") and of the activities themselves, if public now."""
    documents = {document_id_of(subject) for subject in subjects} - {None}
    activities = {int(found[1]) for found in map(_ACTIVITY.fullmatch, subjects) if found}
    results: dict[str, Found] = {}
    for row in to_be_found([ident for ident in documents if ident], list(activities)):
        if row.id in activities:
            shown = _found_activity(row)
            results[shown.subject] = shown
        if row.Version is not None:
            shown = _found_document(row.id, row.Version)
            results[shown.subject] = shown
    return results


def _found_activity(row: Any) -> Found:
    title = Bilingual(row.title_th, row.title_en)
    address = Address("publications.show", {"activity_id": row.id})
    return Found(f"activity/{row.id}", row.id, title, "", None if row.title_en else "th", address)


def _found_document(activity_id: int, version: Version) -> Found:
    summary = version.summary or Bilingual("")
    words = (summary.th, version.body_th, summary.en, version.body_en)
    return Found(
        subject=subject_of(version.document_id),
        activity_id=activity_id,
        title=version.title,
        words="\n".join(text for text in words if text),
        lang=None if version.body_en else "th",
        address=Address("publications.document", {"document_id": version.document_id}),
    )


def outcomes(activity_ids: Sequence[int]) -> Sequence[Outcome]:
    """Every published version: what people said may have led to it."""
    return [
        Outcome(
            subject=subject_of(row.document_id),
            version=row.number,
            title=Bilingual(row.title_th, row.title_en),
            address=address_of(row.document_id, row.number),
            at=row.published_at,
        )
        for row in published_versions(activity_ids)
    ]


KIND = Kind(
    code="publications",
    name=_l("Documents and updates"),
    description=_l("People read what the agency knows and plans. Every version stays, with what changed."),
    # To tell people something promises no more than that they will know it.
    levels=frozenset({1}),
    stages=("informed", "act", "monitor", "benefit"),
    setup="publications.manage",
    manage="publications.manage",
    page="publications.show",
    summary=summarise,
    ready=ready,
    duties=duties,
    exhibits=exhibits,
    erase=service.erase,
    counts=public_counts,
    found=found,
    outcomes=outcomes,
    passages=passage,
)
