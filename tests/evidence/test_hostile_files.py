"""Files sent to do harm: none ends a worker, none is shown inside our pages, no program and no place is kept."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.core.db import db
from app.core.errors import DomainError
from app.core.files import path_of, store
from app.evidence.models import Document, Exhibit
from app.work import tick
from tests.evidence.test_exhibits import document_values
from tests.support.browser import PageBrowser
from tests.support.hostile import HTML, PDF, SCRIPT, hostile_files, office, picture
from tests.support.make import make_agency, make_person

FILES = list(hostile_files())
REFUSED = ("called pdf", "zip bomb", "very many", "docx cut", "pdf cut", "docx with", "xlsx with", "squared")
MOST_MEMORY = 450 * 1024 * 1024


def test_there_are_as_many_as_promised() -> None:
    assert len(FILES) >= 150
    assert len({what for what, _name, _content in FILES}) == len(FILES)


def test_none_is_shown_and_none_ends_a_worker(browser: PageBrowser) -> None:
    """All of them by one officer, one after another: what becomes of each is told by its title."""
    agency = make_agency()
    officer = browser.as_(make_person("officer", agency))
    path = f"/th/evidence/agency/{agency.id}/add"
    for number, (what, name, content) in enumerate(FILES):
        given = document_values(title_en=f"Document {number}")
        values = officer.get(path).field_values() | given | {"file": FileStorage(BytesIO(content), name)}
        # Encoded here: the test client would leave the temporary file of a large form open.
        boundary, body = encode_multipart(values)
        media = f"multipart/form-data; boundary={boundary}"
        answer = officer.client.post(path, data=body, content_type=media, buffered=True)
        assert answer.status_code in (303, 413, 422), (what, answer.status_code)
        assert "Set-Cookie: a=b" not in str(answer.headers), what
    while tick():
        pass
    kept = db.session.execute(select(Document.title_en, Document.sha256, Document.media)).all()
    exhibits = db.session.scalars(select(Exhibit.id)).all()
    db.session.rollback()
    named = [FILES[int(row.title_en.split()[1])][0] for row in kept]
    assert not [what for what in named if any(sign in what for sign in REFUSED)], "kept what must be refused"
    assert len(exhibits) == len(kept) > 30
    for row in kept:
        _holds_nothing_hidden(row.sha256, row.media)
    for exhibit_id in exhibits:
        _is_only_downloaded(browser, exhibit_id)


def _holds_nothing_hidden(sha256: str, media: str) -> None:
    content = path_of(sha256).read_bytes()
    if media.startswith("image/"):
        assert SCRIPT not in content
        assert b"PK\x03\x04" not in content
        assert b"Exif" not in content


def _is_only_downloaded(browser: PageBrowser, exhibit_id: int) -> None:
    href = next(one for one in browser.get(f"/en/evidence/{exhibit_id}").links() if "/file/" in one)
    file = browser.client.get(href, buffered=True)
    assert file.status_code == 200
    assert file.headers["Content-Disposition"].startswith("attachment; filename=")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.mimetype not in ("text/html", "image/svg+xml", "text/xml", "application/xml")
    assert "default-src 'none'" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize("what", ["zip bomb", "zip in zip", "false sizes", "picture of 100000 squared"])
def test_a_bomb_takes_no_more_memory_than_a_large_file(app: Flask, what: str) -> None:
    name, content = next((name, content) for one, name, content in FILES if one == what)
    tracemalloc.start()
    try:
        with suppress(DomainError):
            store(BytesIO(content), name)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("แผนที่.PNG", picture(size=(40, 20)), "image/png"),
        ("photo.jpeg", picture("JPEG", (40, 20)), "image/jpeg"),
        ("order.pdf", PDF, "application/pdf"),
        ("plan.docx", office({"word/a.xml": b"x" * 5_000}), None),
        ("table.xlsx", office({}, "xl/workbook.xml"), None),
        ("printed.xlsx", office({"xl/printerSettings/printerSettings1.bin": b"A4"}, "xl/workbook.xml"), None),
        ("names.docx", office({"word/data.json": b"{}", "customXml/my.js.xml": b"<x/>"}), None),
        ("list.csv", "ชื่อ,จำนวน\n".encode("cp874"), "text/csv"),
        ("note.txt", "บันทึก".encode(), "text/plain"),
    ],
)
def test_what_people_send_is_taken(app: Flask, name: str, content: bytes, media: str | None) -> None:
    kept = store(BytesIO(content), name)
    assert media in (None, kept.media)
    assert path_of(kept.sha256).stat().st_size == kept.size


def test_a_picture_and_a_page_is_a_picture_alone(app: Flask) -> None:
    kept = store(BytesIO(picture() + HTML), "x.png")
    assert b"html" not in path_of(kept.sha256).read_bytes()
