"""The packaged areas are whole: official codes, parents, clean names."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "app" / "agencies" / "data"
LENGTHS = {"province": 2, "district": 4, "subdistrict": 6}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def areas() -> list[dict[str, str]]:
    return rows("areas.csv")


def test_as_many_as_there_are(areas):
    kinds = Counter(row["kind"] for row in areas)
    assert kinds["province"] == 77
    assert kinds["district"] == 928
    assert kinds["subdistrict"] == 7438
    bangkok = [row for row in areas if row["code"].startswith("10")]
    assert Counter(row["kind"] for row in bangkok) == {
        "province": 1,
        "district": 50,
        "subdistrict": 180,
    }


def test_codes_are_unique_sorted_and_as_long_as_their_kind(areas):
    codes = [row["code"] for row in areas]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(rf"\d{{{LENGTHS[row['kind']]}}}", row["code"]) for row in areas)


def test_every_parent_is_there(areas):
    codes = {row["code"] for row in areas}
    assert all(row["parent"] == row["code"][:-2] for row in areas)
    assert all(row["parent"] in codes for row in areas if row["kind"] != "province")
    parents = {row["parent"] for row in areas}
    assert all(row["code"] in parents for row in areas if row["kind"] != "subdistrict")


def test_names_are_clean(areas):
    thai = re.compile(r"[\u0e01-\u0e4e.\-]+( [\u0e01-\u0e4e]+)*")
    english = re.compile(r"[A-Z][A-Za-z.\-]*( [A-Za-z.\-]+)*")
    assert [row for row in areas if not thai.fullmatch(row["name_th"])] == []
    assert [row for row in areas if not english.fullmatch(row["name_en"])] == []
    prefixed = [row for row in areas if row["code"].startswith("10") and row["name_th"][:3] == "เขต"]
    assert prefixed == []


def test_names_do_not_repeat_under_one_parent(areas):
    counted = Counter((row["parent"], row["name_th"]) for row in areas)
    assert [key for key, times in counted.items() if times > 1] == []


def test_postcodes_stand_with_subdistricts(areas):
    for row in areas:
        expected = r"\d{5}" if row["kind"] == "subdistrict" else ""
        assert re.fullmatch(expected, row["postcode"]), row


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("10", "กรุงเทพมหานคร"),
        ("15", "อ่างทอง"),
        ("1506", "วิเศษชัยชาญ"),
        ("150605", "ท่าช้าง"),
        ("3802", "พรเจริญ"),
        ("380106", "โคกก่อง"),
        ("5025", "กัลยาณิวัฒนา"),
        ("502503", "แจ่มหลวง"),
        ("96", "นราธิวาส"),
    ],
)
def test_known_codes(areas, code, name):
    assert {row["code"]: row["name_th"] for row in areas}[code] == name


def test_every_correction_says_why():
    corrections = rows("corrections.csv")
    assert {row["action"] for row in corrections} == {"add", "drop", "recode", "rename"}
    assert all(row["reason"] for row in corrections)
    assert len({row["code"] for row in corrections}) == len(corrections)


def test_every_province_has_a_region_abbreviations_and_a_tile(areas):
    extra = rows("provinces_extra.csv")
    provinces = [row["code"] for row in areas if row["kind"] == "province"]
    assert [row["code"] for row in extra] == provinces
    assert {row["region"] for row in extra} == {"north", "central", "northeast", "south"}
    assert len({row["abbr_th"] for row in extra}) == len({row["abbr_en"] for row in extra}) == 77
    assert len({(row["x"], row["y"]) for row in extra}) == 77
    assert all(int(row["x"]) >= 1 and int(row["y"]) >= 1 for row in extra)
