"""The default rubric's data: weights add up, codes are unique, everything has a name in both languages."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "app" / "assessment" / "rubrics" / "pgov-default-1.json"


@pytest.fixture(scope="module")
def rubric() -> dict:
    return json.loads(PATH.read_text(encoding="utf-8"))


def items(rubric: dict) -> list[dict]:
    return [item for criterion in rubric["criteria"] for item in criterion["items"]]


def test_weights_add_up(rubric):
    assert sum(criterion["weight"] for criterion in rubric["criteria"]) == 100
    assert rubric["total_weight"] == 100
    for criterion in rubric["criteria"]:
        assert sum(item["weight"] for item in criterion["items"]) == criterion["weight"]


def test_codes_are_unique_and_items_carry_their_criterion(rubric):
    codes = [criterion["code"] for criterion in rubric["criteria"]]
    assert codes == ["LEAD", "ISSUE", "STAKE", "SUST", "PROC", "RES"]
    item_codes = [item["code"] for item in items(rubric)]
    assert len(set(item_codes)) == len(item_codes) == 15
    for criterion in rubric["criteria"]:
        assert all(item["code"].startswith(criterion["code"] + "-") for item in criterion["items"])


def test_the_four_seed_criteria_are_marked(rubric):
    marked = [criterion["code"] for criterion in rubric["criteria"] if criterion["seed"]]
    assert marked == ["LEAD", "ISSUE", "STAKE", "SUST"]


def test_every_evidence_kind_is_named_and_none_is_idle(rubric):
    used = {kind for item in items(rubric) for part in item["evidence"] for kind in part["kinds"]}
    assert used == set(rubric["evidence_kinds"])
    assert all(set(name) == {"th", "en"} for name in rubric["evidence_kinds"].values())
    levels = {part["level"] for item in items(rubric) for part in item["evidence"]}
    assert levels <= {None, 1, 2, 3, 4, 5}


def test_scale_and_bands(rubric):
    assert [step["score"] for step in rubric["scale"]] == [0, 1, 2, 3, 4, 5]
    assert [(band["code"], band["min"]) for band in rubric["bands"]] == [
        ("excellent", 80),
        ("good", 70),
        ("commended", 60),
    ]
    gate = rubric["bands"][0]["gate"]
    assert gate["kind"] == "min_seed_criterion_average"
    assert Decimal(gate["value"]) == Decimal("3.0")
    assert [band["gate"] for band in rubric["bands"][1:]] == [None, None]
    assert rubric["caps"] == {"text_without_evidence": 1}
    assert rubric["pass_mark"] == 60


def test_every_item_asks_something_and_names_its_origin(rubric):
    assert all(item["questions"] and item["provenance"] for item in items(rubric))
    assert {criterion["provenance"] for criterion in rubric["criteria"]} == {"seed", "filled_in"}
