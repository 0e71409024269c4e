"""Pictures: made anew without what the camera wrote, shown with consent, gone when it is withdrawn."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.activities.forums import background
from app.activities.forums.models import Photo
from app.activities.forums.pictures import LONGEST_SIDE, store_picture
from app.core.db import db
from app.core.errors import DomainError
from app.core.files import path_of
from tests.forums.make import Scene, camera_picture, entries, make_photo
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_person


@pytest.fixture
def held(scene: Scene, clock: Any) -> Scene:
    """The scene's session, held."""
    clock.advance(days=4)
    return scene


def shown(path: str, browser: PageBrowser) -> Image.Image:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    content = answer.get_data()
    answer.close()
    assert answer.mimetype == "image/jpeg"
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_picture_is_shown_without_place_or_remark(held: Scene, browser: PageBrowser, lang: str) -> None:
    officer, at = browser.as_(held.officer), held.at("/photos", lang)
    sent = {"file": (camera_picture(), "IMG_1.JPG"), "alt_th": "ผู้ค้ายกมือ", "alt_en": "Hands up", "agreed": "y"}
    officer.post(at, officer.get(at).field_values() | sent)
    photo = db.session.query(Photo).one()
    picture = shown(held.path(f"/photos/{photo.id}", lang), browser)
    assert (picture.width, picture.height) == (480, 640), "turned as the camera said"
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "comment"}
    assert "สมหญิง".encode() not in picture.info["comment"]
    content = path_of(photo.sha256).read_bytes()
    assert b"MakerOfPhones" not in content
    assert b"Exif" not in content
    page = browser.get(held.at("", lang))
    [image] = page.all("img")
    assert image.attrs["alt"] == {"th": "ผู้ค้ายกมือ", "en": "Hands up"}[lang]
    [entry] = entries("photo.shown")
    assert entry["files"] == [], "what the ledger serves stays readable; a picture must not"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"alt_th": ""}, "Say in Thai what the picture shows."),
        ({"alt_th": "ก" * 301}, "Shorten this by 1 character"),
        ({"agreed": None}, "once everyone in it has agreed"),
        ({"file": (io.BytesIO(b""), "")}, "Choose the picture."),
        ({"file": (io.BytesIO(b"%PDF-1.4 not a picture"), "x.jpg")}, "no picture we can read"),
        ({"file": (io.BytesIO(b"GIF89a" + b"\0" * 40), "x.png")}, "no picture we can read"),
        ({"file": (io.BytesIO(b"<svg onload='alert(1)'/>"), "x.svg")}, "no picture we can read"),
    ],
)
def test_a_picture_that_will_not_do(
    held: Scene, browser: PageBrowser, values: dict[str, Any], message: str
) -> None:
    officer, at = browser.as_(held.officer), held.at("/photos")
    picture = values.get("file", (camera_picture(), "a.jpg"))
    if isinstance(picture[0], io.BytesIO):
        picture = (io.BytesIO(picture[0].getvalue()), picture[1])
    sent = {"alt_th": "ผู้ค้ายกมือ", "agreed": "y", **values, "file": picture}
    data = officer.get(at).field_values() | {k: v for k, v in sent.items() if v is not None}
    refused = officer.post(at, data, status=422)
    assert message in refused.text
    db.session.rollback()
    assert db.session.query(Photo).count() == 0


def test_a_large_picture_becomes_small_and_a_bomb_is_refused(app: Flask) -> None:
    picture = store_picture(camera_picture(size=(4000, 1000), place=False))
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    bomb.seek(0)
    with pytest.raises(DomainError):
        store_picture(bomb)
    cut_short = io.BytesIO(camera_picture().getvalue()[:400])
    with pytest.raises(DomainError):
        store_picture(cut_short)


def test_the_same_picture_twice_is_two_files(app: Flask) -> None:
    first, second = store_picture(camera_picture()), store_picture(camera_picture())
    assert first.file.sha256 != second.file.sha256, "so that withdrawing one deletes no other's"


def test_a_transparent_picture_gets_a_white_ground(app: Flask) -> None:
    see_through = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(see_through, "PNG")
    see_through.seek(0)
    with Image.open(path_of(store_picture(see_through).file.sha256)) as kept:
        assert min(kept.getpixel((10, 10))) > 250


def test_a_withdrawn_picture_is_gone_everywhere(held: Scene, browser: PageBrowser) -> None:
    photo, other = make_photo(held), make_photo(held)
    officer, at = browser.as_(held.officer), held.path(f"/photos/{photo.id}")
    form = officer.get(at + "/withdraw")
    officer.fill(form, {}, action=at + "/withdraw")
    officer.fill(form, {}, action=at + "/withdraw")
    for reader in (browser, officer, browser.as_(held.citizen)):
        reader.get(at, status=404)
    assert [image.attrs["src"] for image in browser.get(held.at()).all("img")] == [
        held.path(f"/photos/{other.id}")
    ]
    assert path_of(photo.sha256).exists()
    assert background.sweep() == 1
    assert not path_of(photo.sha256).exists()
    assert path_of(other.sha256).exists()
    assert background.sweep() == 0
    assert len(entries("photo.withdrawn")) == 1


def test_another_agency_shows_and_withdraws_nothing(held: Scene, browser: PageBrowser) -> None:
    photo = make_photo(held)
    other = browser.as_(make_person("officer", make_agency()))
    other.get(held.at("/photos"), status=404)
    other.get(held.path(f"/photos/{photo.id}/withdraw"), status=404)
