"""Areas: provinces, districts and sub-districts as pages need them."""

from __future__ import annotations

import pytest
from flask import Flask

from app.agencies import queries
from app.core.errors import NotFound
from app.i18n import speaking


def test_provinces_then_what_lies_in_them(app: Flask) -> None:
    with speaking("th"):
        names = [area.name_th for area in queries.areas_under(None)]
        assert len(names) == 77
        assert names[0] == "กระบี่"
        assert names[-1] == "อุบลราชธานี"
        assert {area.kind for area in queries.areas_under("15")} == {"district"}
        assert {area.parent for area in queries.areas_under("1501")} == {"1501"}
        assert list(queries.areas_under("150101")) == []


def test_choices_of_a_province_group_by_district(app: Flask) -> None:
    with speaking("th"):
        groups = queries.area_choices("15")
    assert [code for code, _name in groups["อ่างทอง"]] == ["15"]
    assert groups["เมืองอ่างทอง"][0][0] == "1501"
    assert all(code.startswith("1501") for code, _name in groups["เมืองอ่างทอง"])


@pytest.mark.parametrize("code", ["", "99", "1501", "%", "__"])
def test_only_provinces_have_choices(app: Flask, code: str) -> None:
    assert queries.area_choices(code) == {}


def test_choices_follow_the_readers_alphabet(app: Flask) -> None:
    with speaking("en"):
        names = [name for _code, name in queries.province_choices()]
    assert names == sorted(names)
    assert names[0] == "Amnat Charoen"


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("15", "จังหวัดอ่างทอง", "Ang Thong"),
        ("1501", "อำเภอเมืองอ่างทอง จังหวัดอ่างทอง", "Mueang Ang Thong, Ang Thong"),
        ("10", "กรุงเทพมหานคร", "Bangkok"),
        ("1001", "เขตพระนคร กรุงเทพมหานคร", "Phra Nakhon, Bangkok"),
    ],
)
def test_full_names(app: Flask, code: str, thai: str, english: str) -> None:
    name = queries.area_name(code)
    assert (name.th, name.en) == (thai, english)


def test_a_sub_district_of_bangkok(app: Flask) -> None:
    assert queries.area_name("100101").th.startswith("แขวง")


def test_an_unknown_area(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.area_name("999999")
