"""What pages cost: the same with one document and with a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, insert

from app.activities.publications.kind import KIND, MOST_DOCUMENTS, MOST_UPDATES
from app.activities.publications.models import Document, File, Version
from app.core.clock import now
from app.core.db import db, transaction
from app.identity.viewer import ANONYMOUS
from app.issues.queries import issue_with_activities
from app.ledger.guard import note_recorded
from tests.publications.make import Scene, make_document, make_version, stored_file, text, typed, viewer_of
from tests.support.browser import PageBrowser
from tests.support.make import make_activity


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent within."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def make_many(scene: Scene, count: int) -> None:
    """Many published documents and updates at once, past the verb, with a file each and three versions."""
    columns = text(note="แก้").columns() | {"written_at": now(), "published_at": now()}
    file = stored_file()
    with transaction():
        for n in range(count):
            form = "update" if n % 2 else "document"
            document = Document(activity_id=scene.id, form=form, current=3, created_at=now())
            db.session.add(document)
            db.session.flush()
            rows = [{**columns, "document_id": document.id, "number": number} for number in (1, 2, 3)]
            ids = db.session.scalars(insert(Version).returning(Version.id), rows).all()
            shared = {"sha256": file.sha256, "name": file.name, "size": file.size, "media": file.media}
            db.session.execute(insert(File), [{**shared, "version_id": ident} for ident in ids])
        note_recorded(db.session.connection(), "publications")


def costs(browser: PageBrowser, scene: Scene, document: Document) -> dict[str, int]:
    officer = browser.as_(scene.officer)
    return {
        "list": browser.get(scene.path()).statements,
        "document": browser.get(f"/th/publications/documents/{document.id}").statements,
        "office": officer.get(scene.path("/manage")).statements,
        "form": officer.get(scene.path(f"/revise/{document.id}")).statements,
        "issue": browser.get(f"/th/issues/{scene.issue.id}").statements,
    }


def test_pages_cost_the_same_whatever_was_published(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene, files=[stored_file()])
    at_one = costs(browser, scene, document)
    make_many(scene, 100)
    for _ in range(5):
        make_version(scene, document)
    assert costs(browser, scene, document) == at_one
    assert at_one == {"list": 2, "document": 4, "office": 3, "form": 6, "issue": 3}


def test_publishing_costs_the_same_whatever_was_published(scene: Scene, browser: PageBrowser) -> None:
    officer = browser.as_(scene.officer)
    path = scene.path("/add/document")
    first = officer.submit(path, typed())
    make_many(scene, 100)
    assert officer.submit(path, typed()).statements == first.statements <= 12


def test_the_issue_page_gets_its_part_in_one_statement(scene: Scene, browser: PageBrowser) -> None:
    second = make_activity(scene.issue, "publications", opens_in=2)
    make_many(scene, 100)
    _issue, activities = issue_with_activities(scene.issue.id)
    for viewer in (ANONYMOUS, viewer_of(scene.officer)):
        with browser.app.test_request_context("/th/"), statements(db.engine) as sent:
            summaries = KIND.summary(activities, viewer)
        assert len(sent) == 1, sent
        assert set(summaries) == {scene.id, second.id}
        assert str(summaries[scene.id].line) == "เอกสาร 50 ฉบับ"
        context = summaries[scene.id].context
        assert (len(context["documents"]), len(context["updates"])) == (MOST_DOCUMENTS, MOST_UPDATES)
        assert summaries[scene.id].action is not None
        assert summaries[second.id].action is None
        assert "html" not in sent[0], "a list reads no texts"
        assert "body" not in sent[0]


def test_an_anonymous_page_is_the_same_for_everyone_and_sets_no_cookie(
    scene: Scene, browser: PageBrowser
) -> None:
    document = make_document(scene)
    for path in (scene.path(), f"/en/publications/documents/{document.id}"):
        first, second = browser.get(path), PageBrowser(browser.app).get(path)
        assert first.html == second.html
        assert "Set-Cookie" not in first.response.headers
        assert "csrf_token" not in first.html
