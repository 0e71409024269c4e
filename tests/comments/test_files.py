"""Files on comments: accepted by content, pictures made anew, kept over a faulty form for a day."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from PIL.ExifTags import Base as Exif
from werkzeug.datastructures import FileStorage, MultiDict

from app.activities.comments import service
from app.activities.comments.attachments import stage_upload
from app.activities.comments.forms import writing as writing_forms
from app.activities.comments.models import Attachment, Comment
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.files import LARGEST_FILE, StoredFile, path_of
from app.core.pictures import UnreadablePicture, redraw
from app.core.staging import StagedFile, forget_old
from app.identity.consents import CURRENT_CONSENT
from app.ledger.models import Entry
from tests.comments.make import ENGLISH, Scene, make_comment, make_hidden, make_scene, make_thread
from tests.support.browser import Page, PageBrowser

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, place: bool = False) -> bytes:
    target = BytesIO()
    exif = Image.Exif()
    if place:
        exif[Exif.Make] = "Secret camera"
        exif[Exif.Orientation] = 6
    Image.new("RGB", size, "#0b5563").save(target, kind, exif=exif)
    return target.getvalue()


def test_what_must_be_unpacked_whole_may_have_fewer_pixels(app: Flask) -> None:
    """A telephone's JPEG of 30 megapixels is read at a fraction of its size; a PNG of as many fills the memory."""
    large = (6000, 5000)
    assert redraw(picture("JPEG", large), longest=2000).width == 2000
    for kind in ("PNG", "WEBP"):
        with pytest.raises(UnreadablePicture):
            redraw(picture(kind, large), longest=2000)


@pytest.fixture
def with_files(app: Flask) -> Scene:
    """An activity whose comments may carry files."""
    scene = make_scene()
    make_thread(scene, files=True)
    return scene


def check(
    browser: PageBrowser, scene: Scene, files: list[tuple[bytes, str]], status: int = 200, **values: object
) -> Page:
    path = scene.path("/new")
    filled = {**browser.get(path).field_values(), "body": ENGLISH, "step": "check", **values}
    data = MultiDict({key: value for key, value in filled.items() if value is not None})
    for content, name in files:
        data.add("files", (BytesIO(content), name))
    return browser.post(path, data, status, content_type="multipart/form-data")


def send(browser: PageBrowser, scene: Scene, page: Page, status: int = 303) -> Page:
    values = {"consent": CURRENT_CONSENT, "step": "send"}
    return browser.fill(page, values, action=scene.path("/new"), status=status)


def attached() -> list[Attachment]:
    db.session.rollback()
    return db.session.query(Attachment).order_by(Attachment.name).all()


def test_files_go_with_the_comment_and_can_be_taken_down(with_files: Scene, browser: PageBrowser) -> None:
    citizen = browser.as_(with_files.citizen)
    page = check(citizen, with_files, [(picture(), "ตลาด.jpg"), (PDF, "แผน.pdf")])
    assert "ตลาด.jpg" in page.text
    assert db.session.query(Comment).count() == 0
    send(citizen, with_files, page)
    assert [(file.name, file.media) for file in attached()] == [
        ("ตลาด.jpg", "image/jpeg"),
        ("แผน.pdf", "application/pdf"),
    ]
    shown = browser.get(with_files.path())
    assert "JPEG, 1 KB" in shown.text
    [link, _pdf] = [address for address in shown.links() if "/file/" in address]
    answer = browser.client.get(link)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data == path_of(attached()[0].sha256).read_bytes()
    answer.close()
    entry = db.session.query(Entry).filter_by(fact="comments.comment.submitted").one()
    assert attached()[0].sha256 in entry.body


def test_a_picture_loses_what_the_camera_wrote(with_files: Scene, browser: PageBrowser) -> None:
    citizen = browser.as_(with_files.citizen)
    original = picture(place=True)
    assert b"Secret camera" in original
    send(citizen, with_files, check(citizen, with_files, [(original, "x.jpg")]))
    kept = path_of(attached()[0].sha256).read_bytes()
    assert b"Secret camera" not in kept
    assert Image.open(BytesIO(kept)).size == (40, 60), "turned upright as the camera meant it"


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("WEBP", "image/jpeg")])
def test_the_content_decides_whatever_the_name_says(
    with_files: Scene, browser: PageBrowser, kind: str, media: str
) -> None:
    citizen = browser.as_(with_files.citizen)
    send(citizen, with_files, check(citizen, with_files, [(picture(kind), "note.exe")]))
    assert attached()[0].media == media


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"<svg onload='alert(1)'/>", "x.svg", "Attach a picture"),
        (b"MZ\x90\x00 program", "x.jpg", "Attach a picture"),
        (b"plain text is no picture", "x.pdf", "Attach a picture"),
        (b"", "x.png", "The file is empty"),
        (picture()[:300], "x.jpg", "cannot be read"),
    ],
)
def test_other_files_are_refused_and_the_text_is_kept(
    with_files: Scene, browser: PageBrowser, content: bytes, name: str, message: str
) -> None:
    page = check(browser.as_(with_files.citizen), with_files, [(content, name)], 422)
    assert message in page.text
    assert ENGLISH in page.text
    assert db.session.query(StagedFile).count() == 0


def test_what_is_too_large_is_refused_in_words(app: Flask) -> None:
    upload = FileStorage(BytesIO(b"%PDF-1.4" + b"0" * LARGEST_FILE), "x.pdf")
    with pytest.raises(DomainError) as refused:
        stage_upload(upload)
    assert refused.value.field == "files"
    assert "10 MB" in str(refused.value.message)


def test_a_file_is_not_asked_for_again_when_the_text_is_wrong(
    with_files: Scene, browser: PageBrowser
) -> None:
    citizen = browser.as_(with_files.citizen)
    page = check(citizen, with_files, [(picture(), "ตลาด.jpg")], 422, body="short")
    [kept] = [e for e in page.all("input", name="kept") if "checked" in e.attrs]
    assert "ตลาด.jpg" in page.text
    path = with_files.path("/new")
    again = citizen.fill(page, {"body": ENGLISH, "step": "check"}, action=path, status=200)
    assert kept.attrs["value"] in again.html
    send(citizen, with_files, again)
    assert [file.name for file in attached()] == ["ตลาด.jpg"]


def test_a_file_can_be_left_out_again(with_files: Scene, browser: PageBrowser) -> None:
    citizen, path = browser.as_(with_files.citizen), with_files.path("/new")
    page = check(citizen, with_files, [(picture(), "a.jpg"), (picture(size=(9, 9)), "b.jpg")])
    form = citizen.fill(page, {"step": "edit"}, action=path, status=200)
    keys = form.field_values()["kept"]
    page = citizen.fill(form, {"kept": keys[1:], "step": "check"}, action=path, status=200)
    send(citizen, with_files, page)
    assert [file.name for file in attached()] == ["b.jpg"]


def test_more_than_three_are_too_many(with_files: Scene, browser: PageBrowser) -> None:
    files = [(picture(size=(n, n)), f"{n}.jpg") for n in range(1, 5)]
    page = check(browser.as_(with_files.citizen), with_files, files, 422)
    assert "Attach at most 3 files" in page.text


def test_after_a_day_the_file_is_asked_for_again(with_files: Scene, browser: PageBrowser, clock) -> None:
    citizen = browser.as_(with_files.citizen)
    page = check(citizen, with_files, [(picture(), "a.jpg")])
    clock.advance(hours=25)
    late = send(citizen, with_files, page, 422)
    assert "kept for a day only" in late.text
    assert ENGLISH in late.html
    assert attached() == []
    check(citizen, with_files, [(picture(size=(8, 8)), "b.jpg")])
    with transaction():
        assert forget_old() == 1, "the worker forgets the old one"
    assert db.session.query(StagedFile).count() == 1


def test_where_files_are_not_asked_for_none_is_taken(scene: Scene, browser: PageBrowser) -> None:
    assert not browser.as_(scene.citizen).get(scene.path("/new")).all("input", type="file")
    with pytest.raises(DomainError) as refused:
        make_comment(scene, files=[StoredFile("0" * 64, 1, "image/png", "x.png")])
    assert refused.value.field == "files"


def test_files_go_from_view_with_their_comment(with_files: Scene, browser: PageBrowser) -> None:
    citizen = browser.as_(with_files.citizen)
    send(citizen, with_files, check(citizen, with_files, [(picture(), "a.jpg")]))
    [link] = [address for address in browser.get(with_files.path()).links() if "/file/" in address]
    browser.get(link.replace(attached()[0].sha256, "0" * 64), 404)
    make_hidden(with_files, db.session.query(Comment).one())
    browser.get(link, 404)
    assert "a.jpg" not in browser.get(with_files.path()).text
    with transaction():
        service.erase(with_files.citizen.id)
    assert attached() == []


@pytest.mark.parametrize("asked", [True, False])
def test_what_nobody_asked_for_is_not_even_unpacked(
    scene: Scene, browser: PageBrowser, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    """A picture that takes seconds to draw must not be drawn for who sends it where no files are taken."""
    make_thread(scene, who="open", files=asked)
    staged: list[object] = []
    staging = writing_forms.stage_upload
    monkeypatch.setattr(writing_forms, "stage_upload", lambda file: staged.append(file) or staging(file))
    check(browser.as_(scene.citizen), scene, [(picture(), "x.png")], 200)
    assert bool(staged) is asked
