"""The 18 provinces awarded in B.E. 2554, as the programme's own page lists them."""

import csv
import json
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"


@pytest.fixture(scope="module")
def awards() -> dict:
    return json.loads((APP / "awards" / "data" / "awards-2554.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def provinces() -> dict[str, str]:
    with (APP / "agencies" / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["code"]: row["name_th"] for row in rows if row["kind"] == "province"}


def test_twelve_three_and_three(awards):
    assert awards["year_be"] == 2554
    assert [(band["code"], len(band["provinces"])) for band in awards["bands"]] == [
        ("excellent", 12),
        ("good", 3),
        ("commended", 3),
    ]


def test_codes_are_the_official_ones(awards, provinces):
    listed = [province for band in awards["bands"] for province in band["provinces"]]
    assert len({province["code"] for province in listed}) == 18
    for province in listed:
        assert provinces[province["code"]] == province["name"]["th"]
        assert province["name"]["en"]


def test_the_bands_are_those_of_the_rubric(awards):
    rubric_path = APP / "assessment" / "rubrics" / "pgov-default-1.json"
    rubric = json.loads(rubric_path.read_text(encoding="utf-8"))
    names = {band["code"]: band["name"] for band in rubric["bands"]}
    assert all(names[band["code"]] == band["name"] for band in awards["bands"])


def test_the_source_is_named(awards):
    assert awards["invented"] is False
    assert awards["source"]["publisher"] == "สำนักงาน ก.พ.ร."
    assert awards["source"]["section"] == "3.1"
