"""What an issue page costs in SQL statements with the real kinds: a promise of the product, on both engines."""

from __future__ import annotations

import pytest

from app.activities import kind_rooms
from app.activities.comments.models import Comment, Thread
from app.agencies.models import Agency
from app.core.clock import now
from app.core.db import db
from app.identity.models import Person
from app.issues.models import Activity, Issue
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_agency, make_issue, make_person, saved

BESIDES_KINDS = 3
"""Statements of the page, whatever is in the issue; each kind present adds one."""

DOCUMENT_AND_COMMENTS = 6


def make_comments(activity: Activity, person: Person, count: int) -> None:
    thread = Thread(activity_id=activity.id, shown=count)
    saved(
        thread,
        *(
            Comment(
                activity_id=activity.id,
                person_id=person.id,
                body="ขอช่องเปิด",
                lang="th",
                consent_version="1",
                sent_at=now(),
                revision=0,
                html_th=f"<article><p>ความเห็นที่ {n}</p></article>",
                html_en=f"<article><p>Comment {n}</p></article>",
                html_version="test",
            )
            for n in range(count)
        ),
    )


@pytest.fixture
def issue(browser: PageBrowser) -> Issue:
    return make_issue(make_agency())


def readers(browser: PageBrowser, issue: Issue) -> list[PageBrowser]:
    """Somebody passing by, and an officer of the agency."""
    return [browser, browser.as_(make_person("officer", db.session.get_one(Agency, issue.agency_id)))]


def test_a_page_with_a_document_and_comments(browser: PageBrowser, issue: Issue) -> None:
    make_activity(issue, "publications")
    comments = make_activity(issue, "comments")
    person = make_person()
    path = f"/en/issues/{issue.id}"
    people = readers(browser, issue)
    bare = [reader.get(path).statements for reader in people]
    make_comments(comments, person, 100)
    full = [reader.get(path).statements for reader in people]
    assert bare == full
    assert max(full) <= DOCUMENT_AND_COMMENTS


@pytest.mark.parametrize("state", ["open", "over", "closed"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_page_with_every_kind(browser: PageBrowser, issue: Issue, state: str, lang: str) -> None:
    for kind in kind_rooms():
        make_activity(issue, kind, opens_in=-20, closes_in=-1 if state == "over" else 5)
    if state == "closed":
        issue.closed_at = now()
        saved(issue)
    pages = [reader.get(f"/{lang}/issues/{issue.id}") for reader in readers(browser, issue)]
    assert max(page.statements for page in pages) <= BESIDES_KINDS + len(kind_rooms())
    for page in pages:
        assert len([e for e in page.all("section") if e.attrs.get("id", "").startswith("activity-")]) == 6
        assert len([e for e in page.elements if e.tag == "h2"]) >= 6


@pytest.mark.parametrize("absent", kind_rooms())
def test_a_kind_that_is_not_there_costs_nothing(browser: PageBrowser, issue: Issue, absent: str) -> None:
    present = [kind for kind in kind_rooms() if kind != absent]
    for kind in present:
        make_activity(issue, kind)
    pages = [reader.get(f"/en/issues/{issue.id}") for reader in readers(browser, issue)]
    assert max(page.statements for page in pages) <= BESIDES_KINDS + len(present)


def test_two_of_each_kind_cost_what_one_does(browser: PageBrowser, issue: Issue) -> None:
    for kind in kind_rooms():
        make_activity(issue, kind)
    path = f"/en/issues/{issue.id}"
    people = readers(browser, issue)
    once = [reader.get(path).statements for reader in people]
    for kind in kind_rooms():
        make_activity(issue, kind)
    assert [reader.get(path).statements for reader in people] == once
