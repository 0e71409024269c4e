"""Publishing as an officer does it, reading as a citizen does, in both languages; every way to go wrong."""

from __future__ import annotations

from typing import Any

import pytest

from app.activities.publications.background import run
from app.activities.publications.models import Document, File
from app.core.db import db, transaction
from app.issues.models import Issue
from app.ledger.guard import note_recorded
from tests.publications.make import (
    CSV,
    ENGLISH,
    THAI,
    Scene,
    attached,
    entries,
    make_document,
    make_scene,
    make_version,
    stored_file,
    text,
    typed,
    versions,
)
from tests.support.browser import Page, PageBrowser
from tests.support.make import make_activity

ADD = "/add/document"


def add(
    browser: PageBrowser, scene: Scene, *, status: int = 303, form: str = "document", **values: Any
) -> Page:
    return browser.as_(scene.officer).submit(scene.path(f"/add/{form}"), typed(**values), status=status)


def document_path(document_id: int, lang: str = "en", rest: str = "") -> str:
    return f"/{lang}/publications/documents/{document_id}{rest}"


def download(browser: PageBrowser, path: str) -> Any:
    """The answer with a file, read to its end and closed."""
    answer = browser.get(path).response
    answer.close()
    return answer


def one_document() -> Document:
    db.session.rollback()
    return db.session.query(Document).one()


def close_issue(scene: Scene, **values: Any) -> None:
    with transaction():
        issue = db.session.get_one(Issue, scene.issue.id)
        for name, value in values.items():
            setattr(issue, name, value)
        db.session.flush()
        note_recorded(db.session.connection(), "issues")


@pytest.mark.parametrize(
    ("lang", "title", "words", "published"),
    [
        ("th", "รายละเอียดแบบร่างและค่าใช้จ่าย", THAI, "เผยแพร่ 18 เม.ย. 2569"),
        ("en", "Designs and costs in full", ENGLISH, "Published 18 Apr 2026"),
    ],
)
def test_what_is_written_while_open_is_public_at_once(
    scene: Scene, browser: PageBrowser, lang: str, title: str, words: str, published: str
) -> None:
    done = add(browser, scene, files=[attached(), attached(b"plain words", "readme.txt")])
    office = browser.as_(scene.officer).follow(done)
    assert "“Designs and costs in full” is published." in office.text

    listed = browser.get(scene.path("", lang))
    assert title in listed.text
    assert "CSV 1 KB, TXT 1 KB" in listed.text
    page = browser.get(document_path(one_document().id, lang))
    assert page.h1 == title
    assert words in page.text
    assert published in page.text

    [link] = [link for link in page.links() if link.endswith(stored_file().sha256)]
    answer = download(browser, link)
    assert answer.get_data() == CSV
    assert answer.headers["Content-Disposition"] == "attachment; filename=costs.csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/csv"


def test_an_update_stands_apart_newest_first(scene: Scene, browser: PageBrowser, clock: Any) -> None:
    make_document(scene, "เอกสารหนึ่ง")
    for n in (1, 2):
        add(browser, scene, form="update", title_en=f"News {n}")
        clock.advance(hours=1)
    page = browser.get(scene.path())
    assert page.text.index("เอกสารหนึ่ง") < page.text.index("News 2") < page.text.index("News 1")


def test_what_is_prepared_comes_out_when_the_activity_opens(
    app: Any, browser: PageBrowser, clock: Any
) -> None:
    scene = make_scene(published=False, opens_in=2)
    done = add(browser, scene, files=[attached()])
    assert (
        "is prepared. It is published when the activity opens" in browser.as_(scene.officer).follow(done).text
    )
    document = one_document()
    [link] = [
        link
        for link in browser.as_(scene.executive).get(document_path(document.id)).links()
        if link.endswith(stored_file().sha256)
    ]
    assert run() == 0
    close_issue(scene, published_at=clock())

    page = browser.get(scene.path())
    assert "opens 20 Apr 2026" in page.text
    assert "Designs and costs" not in page.text
    browser.get(document_path(document.id), 404)
    browser.get(link, 404)
    seen = browser.as_(scene.executive).get(document_path(document.id))
    assert "prepared and not public yet" in seen.text

    clock.advance(days=2)
    assert run() == 1
    assert run() == 0
    page = browser.get(document_path(document.id))
    assert "Published 20 Apr 2026" in page.text
    assert download(browser, link).get_data() == CSV
    assert [entry["actor"] for entry in entries("document.published")] == ["system"]


def test_nothing_prepared_comes_out_of_what_was_given_up(app: Any, clock: Any) -> None:
    for values in ({"annulled_at": True}, {"closed_at": True}):
        scene = make_scene(opens_in=1)
        make_document(scene)
        close_issue(scene, **dict.fromkeys(values, clock()))
    clock.advance(days=2)
    assert run() == 0
    assert entries("document.published") == []


def test_what_is_prepared_may_be_replaced_and_removed(app: Any, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=1)
    document = make_document(scene, files=[stored_file()])
    officer, path = browser.as_(scene.officer), scene.path(f"/revise/{document.id}")
    form = officer.get(path)
    assert form.h1 == "Change what is prepared"
    assert not form.all("input", name="note_th")
    officer.fill(form, {"title_en": "Replaced", "keep": [stored_file().sha256]}, action=path)
    [version] = versions()
    assert (version.number, version.title_en, version.published_at) == (1, "Replaced", None)
    assert db.session.query(File).count() == 1

    path = scene.path(f"/remove/{document.id}")
    question = officer.get(path)
    first = officer.fill(question, {}, action=path)
    again = officer.fill(question, {}, action=path)
    assert first.response.headers["Location"] == again.response.headers["Location"]
    assert versions() == []
    assert [entry["subject"] for entry in entries()] == [None, None, None], "all of it stays sealed"


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    scene: Scene, browser: PageBrowser, clock: Any
) -> None:
    document = make_document(scene, files=[stored_file()])
    clock.advance(days=1)
    officer, path = browser.as_(scene.officer), scene.path(f"/revise/{document.id}")
    form = officer.get(path)
    assert form.field_values()["keep"] == [stored_file().sha256]
    values = {"body_en": "Twelve openings were added.", "note_th": "เพิ่มช่องเปิด 12 จุด", "keep": None}
    officer.fill(form, {**values, "files": [attached(b"new", "new.txt")]}, action=path)

    page = browser.get(document_path(document.id))
    assert "Twelve openings" in page.text
    assert "Version 2, updated 19 Apr 2026" in page.text
    assert "เพิ่มช่องเปิด 12 จุด" in page.text
    assert "new.txt" in page.text
    assert "costs.csv" not in page.text
    assert [e.text for e in page.all("a", aria_current="page")] == ["Version 2"]
    assert "A newer version exists" not in page.text

    old = browser.get(document_path(document.id, rest="?version=1"))
    assert "A newer version exists" in old.text
    assert ENGLISH in old.text
    assert "costs.csv" in old.text
    assert "Version 2, updated" in browser.get(scene.path()).text
    assert "มีฉบับใหม่กว่านี้" in browser.get(document_path(document.id, "th", "?version=1")).text
    first, second = versions()
    assert (first.body_en, first.number, second.number) == (ENGLISH, 1, 2)


@pytest.mark.parametrize("asked", ["3", "2147483647"])
def test_an_unknown_version_does_not_exist(scene: Scene, browser: PageBrowser, asked: str) -> None:
    document = make_document(scene)
    browser.get(document_path(document.id, rest=f"?version={asked}"), 404)


@pytest.mark.parametrize("asked", ["x", "-1", "0", "9" * 30, ""])
def test_nonsense_shows_the_latest_version(scene: Scene, browser: PageBrowser, asked: str) -> None:
    document = make_document(scene)
    assert ENGLISH in browser.get(document_path(document.id, rest=f"?version={asked}")).text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title_th": ""}, "Write the title in Thai."),
        ({"title_th": " ​ "}, "Write the title in Thai."),
        ({"body_th": ""}, "Write the text in Thai."),
        ({"title_th": "ก" * 151}, "Shorten this by 1 character"),
        ({"title_en": "x" * 151}, "Shorten this by 1 character"),
        ({"body_th": "ก" * 60_001}, "Shorten this by 1 character"),
        ({"key": "short"}, "too old"),
        ({"files": [attached(b"MZ\0", "virus.exe")]}, "This kind of file is not accepted"),
        ({"files": [attached(b"not a pdf", "plan.pdf")]}, "This kind of file is not accepted"),
        ({"files": [attached(b"", "empty.txt")]}, "The file is empty"),
        ({"files": [attached(b"%d" % n, f"{n}.txt") for n in range(4)]}, "at most 3 files"),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(
    scene: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    fresh = {
        n: [attached(f[0].getvalue(), f[1]) for f in v] if n == "files" else v for n, v in values.items()
    }
    page = add(browser, scene, status=422, **fresh)
    assert message in page.text
    assert page.title.startswith("Correct 1 thing")
    assert page.all("textarea", name="body_en")[0].text.strip() == ENGLISH
    assert ("Choose the new files again" in page.text) == ("files" in values)
    assert versions() == []


def test_a_new_version_must_say_what_changed(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene)
    path = scene.path(f"/revise/{document.id}")
    page = browser.as_(scene.officer).submit(path, {"body_en": "Kept text"}, status=422)
    assert "Say in Thai what changed." in page.text
    assert "Kept text" in page.all("textarea", name="body_en")[0].text
    page = browser.as_(scene.officer).submit(path, {"note_th": "ก" * 301}, status=422)
    assert "Shorten this by 1 character" in page.text
    assert len(versions()) == 1


def test_kept_and_new_files_together_are_three_at_most(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene, files=[stored_file(b"%d" % n, f"{n}.txt") for n in range(3)])
    path = scene.path(f"/revise/{document.id}")
    values = {"note_th": "เพิ่มไฟล์", "files": [attached()]}
    page = browser.as_(scene.officer).submit(path, values, status=422)
    assert "at most 3 files" in page.text


def test_a_file_of_another_document_cannot_be_kept(scene: Scene, browser: PageBrowser) -> None:
    other = stored_file(b"of another document", "other.txt")
    make_document(scene, files=[other])
    document = make_document(scene, files=[stored_file()])
    values = {"note_th": "แก้ไฟล์", "keep": [other.sha256]}
    path = scene.path(f"/revise/{document.id}")
    page = browser.as_(scene.officer).submit(path, values, status=422)
    assert "Choose one of the answers" in page.text
    # A first version has nothing to keep, so what is sent for it is not read.
    add(browser, scene, keep=[other.sha256])
    assert db.session.query(File).count() == 2


def test_the_same_file_twice_is_attached_once(scene: Scene, browser: PageBrowser) -> None:
    add(browser, scene, files=[attached(), attached(name="again.csv")])
    db.session.rollback()
    assert db.session.query(File).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert('x')</script> and more",
        "<img src=x onerror=alert(1)> and more",
        "[click](javascript:alert(1)) & <b>bold</b>",
        "</article></main> the end of it",
    ],
)
def test_html_is_shown_as_text(scene: Scene, browser: PageBrowser, body: str) -> None:
    add(browser, scene, body_en=body, title_en=body)
    document = one_document()
    browser.as_(scene.officer).submit(
        scene.path(f"/revise/{document.id}"), {"note_th": body, "note_en": body}
    )
    for page in (browser.get(document_path(document.id)), browser.get(scene.path())):
        assert body in page.text
        assert not page.all("script")
        assert not page.all("img")
        assert "bold" not in [e.text for e in page.all("b")]


def test_paragraphs_and_lines_are_kept(scene: Scene, browser: PageBrowser) -> None:
    add(browser, scene, body_en="First line\nsecond line\n\n\n\nNew paragraph")
    html = browser.get(document_path(one_document().id)).html
    assert "<p>First line<br>second line</p><p>New paragraph</p>" in html


def test_a_thai_text_is_marked_on_an_english_page(scene: Scene, browser: PageBrowser) -> None:
    add(browser, scene, title_en="", body_en="")
    page = browser.get(document_path(one_document().id))
    assert "(Thai only)" in page.text
    assert page.all("div", lang="th")


def test_the_same_form_twice_is_one_document(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path(ADD)
    form = officer.get(path)
    first = officer.fill(form, typed(files=[attached()]), action=path)
    second = officer.fill(form, typed(files=[attached()]), action=path)
    assert first.response.headers["Location"] == second.response.headers["Location"]
    assert len(versions()) == len(entries("document.published")) == 1


def test_the_same_key_with_another_text_is_refused_and_kept(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path(ADD)
    form = officer.get(path)
    officer.fill(form, typed(), action=path)
    other = officer.fill(form, typed(body_en="Something quite different"), action=path, status=409)
    assert other.all("textarea", name="body_en")[0].text.strip() == "Something quite different"
    assert len(versions()) == 1
    officer.fill(other, {}, action=path)
    assert len(versions()) == 2


def test_an_old_token_keeps_the_text_and_offers_to_send_it(scene: Scene, browser: PageBrowser) -> None:
    officer, path = browser.as_(scene.officer), scene.path(ADD)
    values = officer.get(path).field_values() | typed()
    del values["csrf_token"]
    page = officer.post(path, values, 400)
    assert ENGLISH in page.text
    assert versions() == []
    officer.fill(page, {}, action=path)
    assert [version.body_en for version in versions()] == [ENGLISH]


@pytest.mark.parametrize(
    ("act", "message"),
    [("closed_at", "The issue is closed, so nothing"), ("annulled_at", "This was cancelled, so nothing")],
)
def test_after_the_end_nothing_is_published_and_the_text_is_kept(
    scene: Scene, browser: PageBrowser, clock: Any, act: str, message: str
) -> None:
    document = make_document(scene)
    officer, path = browser.as_(scene.officer), scene.path(ADD)
    form, revision = officer.get(path), officer.get(scene.path(f"/revise/{document.id}"))
    close_issue(scene, **{act: clock()})
    page = officer.fill(form, typed(), action=path, status=422)
    assert message in page.text
    assert page.all("textarea", name="body_en")[0].text.strip() == ENGLISH
    values = {"note_th": "แก้ทีหลัง"}
    officer.fill(revision, values, action=scene.path(f"/revise/{document.id}"), status=422)
    assert len(versions()) == 1
    desk = officer.get(scene.path("/manage"))
    assert "What was published stays." in desk.text
    assert not [link for link in desk.links() if "/add/" in link or "/revise/" in link]
    assert ENGLISH in browser.get(document_path(document.id)).text, "people can still read it"


def test_an_ended_activity_can_still_be_corrected(app: Any, browser: PageBrowser, clock: Any) -> None:
    scene = make_scene(closes_in=1)
    document = make_document(scene)
    clock.advance(days=2)
    make_version(scene, document)
    assert "Version 2" in browser.get(scene.path()).text
    assert "Ended, still there to read" in browser.get(scene.path()).text


def test_what_is_public_cannot_be_removed(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene)
    officer, path = browser.as_(scene.officer), scene.path(f"/remove/{document.id}")
    assert "What people have been able to read stays" in officer.get(path).text
    values = officer.get(scene.path(ADD)).field_values()
    refused = officer.post(path, {n: values[n] for n in ("key", "csrf_token")}, 422)
    assert "What people have been able to read stays" in refused.text
    assert len(versions()) == 1


def test_opening_and_correcting_before_the_worker_came(app: Any, browser: PageBrowser, clock: Any) -> None:
    scene = make_scene(opens_in=1)
    document = make_document(scene)
    clock.advance(days=1)
    path = scene.path(f"/revise/{document.id}")
    browser.as_(scene.officer).submit(path, {"note_th": "แก้คำผิด"})
    assert [(v.number, v.published_at is None) for v in versions()] == [(1, False), (2, False)]
    assert [e["actor"].split(":")[0] for e in entries() if e["data"]] == ["system", "officer"]
    assert run() == 0
    browser.as_(scene.officer).get(scene.path(f"/remove/{document.id}"))


def test_two_officers_do_not_undo_each_other_unawares(scene: Scene, browser: PageBrowser) -> None:
    document = make_document(scene)
    officer, path = browser.as_(scene.officer), scene.path(f"/revise/{document.id}")
    opened = officer.get(path)
    make_version(scene, document)
    mine = {"note_th": "แก้ของข้าพเจ้า"}
    refused = officer.fill(opened, mine, action=path, status=422)
    assert "Someone has published version 2 meanwhile" in refused.text
    assert len(versions()) == 2
    officer.fill(refused, {}, action=path)
    assert [version.number for version in versions()] == [1, 2, 3]


def test_an_activity_of_another_kind_publishes_nothing(scene: Scene, browser: PageBrowser) -> None:
    survey = make_activity(scene.issue, "surveys")
    officer = browser.as_(scene.officer)
    values = officer.get(scene.path(ADD)).field_values() | typed()
    officer.post(f"/en/publications/{survey.id}/add/document", values, 404)
    officer.get(scene.path("/add/leaflet"), 404)
    assert versions() == []


def test_a_file_belongs_to_its_version(scene: Scene, browser: PageBrowser) -> None:
    file, other = stored_file(), stored_file(b"other words", "other.txt")
    document = make_document(scene, files=[file])
    make_version(scene, document, files=[other])
    stranger = make_document(scene)
    download(browser, document_path(document.id, rest=f"/1/{file.sha256}"))
    download(browser, document_path(document.id, rest=f"/2/{other.sha256}"))
    for wrong in (f"/2/{file.sha256}", f"/3/{other.sha256}", "/1/" + "0" * 64, "/1/..", "/1/x"):
        browser.get(document_path(document.id, rest=wrong), 404)
    browser.get(document_path(stranger.id, rest=f"/1/{file.sha256}"), 404)


def test_the_html_is_stored_and_never_made_by_a_reader(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document(scene)

    def forbidden(*_: Any) -> str:
        raise AssertionError("a reader made a text's HTML anew")

    monkeypatch.setattr("app.activities.publications.sections.to_html", forbidden)
    assert versions()[0].html_th == f"<p>{THAI}</p>"
    assert f"<p>{THAI}</p>" in browser.get(document_path(document.id, "th")).html
    with pytest.raises(AssertionError):
        text()
