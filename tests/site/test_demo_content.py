"""The demo content keeps its shape: both languages, clean Thai, known codes, sums that come out."""

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

import pytest

from app.core.text import normalise

APP = Path(__file__).parents[2] / "app"
DEMO = APP / "site" / "demo"
CONTENT = DEMO / "content"
FILES = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(CONTENT.glob("*.json"))}
ISSUES = {name.split(".")[0]: data for name, data in FILES.items() if name.endswith(".issue.json")}
ACTIVITIES = {part["key"]: part for issue in ISSUES.values() for part in issue["activities"]}
DEMO_KEYS = {
    "citizen",
    "citizen2",
    "citizen3",
    "officer",
    "executive",
    "moderator",
    "officer_other_agency",
    "evaluator",
    "evaluator2",
    "committee",
    "admin",
}
STAGES = {"informed", "views", "needs", "solutions", "decide", "act", "monitor", "benefit"}
SECTORS = {
    "state",
    "private",
    "academic",
    "civil_society",
    "people",
    "media",
    "vulnerable",
    "service_user",
}
BASES = {
    "constitution_77",
    "constitution_58",
    "pm_regulation_2548",
    "law_drafting_2562",
    "decree_2546",
    "agency_own",
}
VERDICTS = {"adopted", "partly", "declined", "superseded", "under_review"}
STIFF = re.compile("ดำเนินการ|ทั้งนี้|ดังกล่าว|บูรณาการ|ซึ่ง")


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside, with the way to it."""
    yield path, value
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from walk(child, f"{path}/{key}")


def moment(value: dict[str, Any]) -> tuple[int, str]:
    return value["day"], value.get("time", "")


def crowd_keys() -> list[str]:
    crowd = FILES["crowd.json"]
    more = crowd["more"]
    named = [person["key"] for person in crowd["people"]]
    return named + [more["key"].format(n=n) for n in range(more["from"], more["to"] + 1)]


def span(part: dict[str, str]) -> list[str]:
    """The crowd's keys from one to another, both included."""
    keys = crowd_keys()
    return keys[keys.index(part["from"]) : keys.index(part["to"]) + 1]


@pytest.mark.parametrize("name", FILES)
def test_texts_stand_in_both_languages_and_are_clean(name):
    assert FILES[name]["invented"] is True
    for path, value in walk(FILES[name]):
        if isinstance(value, dict) and ("th" in value or "en" in value):
            assert set(value) == {"th", "en"}, path
            assert re.search("[\u0e00-\u0e7f]", value["th"]) or "," in value["th"], path
            assert not re.search("[\u0e00-\u0e7f]", value["en"]), path
        if isinstance(value, str):
            assert value == normalise(value), path
            assert "!" not in value, path
            assert not STIFF.search(value), path


@pytest.mark.parametrize("name", FILES)
def test_moments_are_days_and_times(name):
    for path, value in walk(FILES[name]):
        if isinstance(value, dict) and "day" in value:
            assert set(value) <= {"day", "time"}, path
            assert isinstance(value["day"], int), path
            assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value.get("time", "00:00")), path


def test_texts_name_no_dates():
    months = "ม.ค.|ก.พ.|มี.ค.|เม.ย.|พ.ค.|มิ.ย.|ก.ค.|ส.ค.|ก.ย.|ต.ค.|พ.ย.|ธ.ค."
    year = re.compile(r"\b(25[5-9]\d|20[12]\d)\b|" + re.escape(months).replace(r"\|", "|"))
    for name, data in FILES.items():
        for path, value in walk(data):
            if isinstance(value, str):
                assert not year.search(value.replace("decree_2546", "")), f"{name}{path}"


def test_the_demo_people_are_those_promised():
    people = FILES["people.json"]["people"]
    assert {person["key"] for person in people} == DEMO_KEYS
    assert all(person["email"].endswith("@demo.invalid") for person in people)
    assert len({person["email"] for person in people}) == len(people)
    keys = crowd_keys()
    assert len(set(keys) | DEMO_KEYS) == len(keys) + len(DEMO_KEYS)


def test_agencies_say_that_they_are_invented():
    for agency in FILES["agencies.json"]["agencies"]:
        assert "(สาธิต)" in agency["name"]["th"]
        assert "(demo)" in agency["name"]["en"]


def test_codes_are_known():
    with (APP / "agencies" / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["code"] for row in csv.DictReader(file)}
    agencies = {agency["key"] for agency in FILES["agencies.json"]["agencies"]}
    assert {agency["area"] for agency in FILES["agencies.json"]["agencies"]} <= areas
    for issue in ISSUES.values():
        assert issue["area"] in areas
        assert issue["agency"] in agencies
        assert issue["legal_basis"] in BASES
        assert {group["sector"] for group in issue["groups"]} <= SECTORS
    assert {group["sector"] for group in ISSUES["flood-wall"]["groups"]} == SECTORS


def test_activities_fit_their_issues():
    for issue in ISSUES.values():
        for part in issue["activities"]:
            assert part["stage"] in STAGES
            assert part["level"] <= issue["level"]
            assert FILES[part["file"]]["activity"] == part["key"]
            if part["closes"]:
                assert moment(part["opens"]) < moment(part["closes"])
            assert moment(issue["published"]) <= moment(part["opens"])
    assert {part["level"] for part in ISSUES["flood-wall"]["activities"]} == {1, 2, 3, 4, 5}


def test_the_four_issues_stand_where_the_demo_needs_them():
    def closes(key: str) -> int:
        return ACTIVITIES[key]["closes"]["day"]

    assert all(closes(part["key"]) < 0 for part in ISSUES["flood-wall"]["activities"] if part["closes"])
    assert closes("canal-gate.comments") > 0 > ACTIVITIES["canal-gate.comments"]["opens"]["day"]
    assert all(part["opens"]["day"] > 0 for part in ISSUES["flood-plan"]["activities"])
    assert closes("park.vote") > 0 > ACTIVITIES["park.vote"]["opens"]["day"]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".comments.json")])
def test_comments_and_answers(name):
    thread = FILES[name]
    activity = ACTIVITIES[thread["activity"]]
    groups = {group["key"] for group in ISSUES[name.split(".")[0]]["groups"]}
    options = {option["key"] for option in thread["options"]}
    authors = set(crowd_keys()) | DEMO_KEYS
    sent = [moment(comment["at"]) for comment in thread["comments"]]
    assert sent == sorted(sent)
    for comment in thread["comments"]:
        assert moment(activity["opens"]) < moment(comment["at"]) < moment(activity["closes"])
        assert comment["author"] in authors
        assert comment["group"] in groups
        assert comment["about"] in options
        assert comment["relation"] in {"lives", "trades", "farms", "passes", "other"}
        assert not ("question" in comment and "passage" in comment)
        assert comment.get("question") in {
            None,
            *(question["key"] for question in thread.get("questions", [])),
        }
        assert comment["author"] not in comment.get("supports", [])
        assert set(comment.get("supports", [])) <= authors
        for reply in comment.get("replies", []):
            assert reply["author"] in authors
            assert moment(comment["at"]) < moment(reply["at"]) < moment(activity["closes"])
        answer = comment.get("answer")
        if answer:
            assert answer["verdict"] in VERDICTS
            assert (answer["verdict"] == "under_review") == ("review_by" in answer)
            assert moment(answer["at"]) > moment(comment["at"])
        assert not (answer and comment.get("hidden"))


def test_the_flood_wall_shows_every_verdict():
    comments = FILES["flood-wall.comments.json"]["comments"]
    verdicts = [comment["answer"]["verdict"] for comment in comments if "answer" in comment]
    assert set(verdicts) == VERDICTS
    assert sum(comment["lang"] == "th" for comment in comments) >= 14
    assert sum(comment["lang"] == "en" for comment in comments) == 2
    assert [comment["key"] for comment in comments if "hidden" in comment] == ["c17"]
    shown = {comment["key"] for comment in comments if "answer" in comment}
    points = FILES["flood-wall.response.json"]["points"]
    answered = [key for point in points for key in point["comments"]]
    assert sorted(answered) == sorted(shown)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".survey.json")])
def test_survey_rules_make_whole_rows(name):
    survey = FILES[name]
    answers = survey["answers"]
    activity = ACTIVITIES[survey["activity"]]
    days = answers["days"]
    assert activity["opens"]["day"] < days["from"] <= days["to"] < activity["closes"]["day"]
    assert gcd(days["step"], days["to"] - days["from"] + 1) == 1
    for question in survey["questions"]:
        rule = answers["questions"][question["key"]]
        options = {option["key"] for option in question.get("options", [])}
        if question["kind"] == "text":
            assert all(0 <= text["row"] < answers["rows"] for text in rule["texts"])
            continue
        assert gcd(rule["step"], answers["rows"]) == 1
        if question["kind"] in ("multiple", "ranking"):
            parts = rule["combinations"]
            assert sum(part["rows"] for part in parts) == answers["rows"]
            assert all(set(part["choices"]) <= options for part in parts)
            assert all(
                1 <= len(part["choices"]) <= question.get("max_choices", len(options)) for part in parts
            )
            continue
        assert sum(rule["counts"].values()) == answers["rows"]
        known = options or {str(n) for n in range(question["min"], question["max"] + 1)}
        assert set(rule["counts"]) <= known


@pytest.mark.parametrize("name", [name for name in FILES if ".panel" in name])
def test_panels(name):
    panel = FILES[name]
    groups = {group["key"] for group in ISSUES[name.split(".")[0]]["groups"]}
    members = [member for seat in panel["seats"] for member in seat["members"]]
    assert len(set(members)) == len(members)
    assert set(members) <= set(crowd_keys()) | DEMO_KEYS
    assert {seat["group"] for seat in panel["seats"]} <= groups
    activity = ACTIVITIES[panel["activity"]]
    for meeting in panel["meetings"]:
        assert moment(activity["opens"]) < moment(meeting["starts"]) < moment(meeting["ends"])
        assert moment(meeting["ends"]) <= moment(activity["closes"])
        if meeting["present"] is None:
            continue
        absent = [row["member"] for row in meeting["absent"]]
        assert sorted(meeting["present"] + absent) == sorted(members)
        assert all(decision["outcome"] in VERDICTS for decision in meeting["decisions"])
        assert all(decision["reason"]["th"] for decision in meeting["decisions"])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".forum.json")])
def test_forums(name):
    forum = FILES[name]
    groups = {group["key"] for group in ISSUES[name.split(".")[0]]["groups"]}
    activity = ACTIVITIES[forum["activity"]]
    assert moment(forum["announced"]) < moment(activity["opens"])
    for session in forum["sessions"]:
        held = session.get("moved", session)
        people = session["registrations"]["people"]
        named = [one["person"] for one in people]
        cancelled = [one["person"] for one in session["cancels"]]
        assert len(set(named)) == len(named)
        assert set(named) <= set(crowd_keys()) | DEMO_KEYS
        assert {*cancelled, *session["absent"]} <= set(named)
        assert {one["group"] for one in [*people, *session["walk_ins"]]} <= groups
        first, last = session["registrations"]["from_day"], held["register_until"]["day"]
        assert activity["opens"]["day"] < first <= first + (len(named) - 1) // 2 < last
        assert moment(held["register_until"]) <= moment(held["starts"]) < moment(held["ends"])
        assert moment(held["ends"]) <= moment(activity["closes"])
        if session["minutes"] is None:
            assert held["starts"]["day"] > 0 > first + (len(named) - 1) // 2
            continue
        assert moment(held["ends"]) < moment(session["counted"]) < moment(session["minutes"]["published"])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".vote.json")])
def test_votes(name):
    vote = FILES[name]
    roll = [*span(vote["roll"]["members"]), *vote["roll"]["members"]["and"]]
    counts = vote["ballots"]["counts"]
    voters = span(vote["ballots"]["voters"])
    activity = ACTIVITIES[vote["activity"]]
    assert len(roll) == len(set(roll)) == 60
    assert set(voters) <= set(roll) - DEMO_KEYS
    assert set(counts) == {option["key"] for option in vote["options"]} | {"abstain"}
    assert sum(counts.values()) == len(voters)
    assert gcd(vote["ballots"]["step"], len(voters)) == 1
    fixed, frozen = moment(vote["rules_fixed"]), moment(vote["roll"]["frozen"])
    assert fixed < frozen < moment(activity["opens"])


def test_the_closed_votes_arithmetic():
    vote = FILES["flood-wall.vote.json"]
    result, counts = vote["result"], vote["ballots"]["counts"]
    assert result["voted"] == sum(counts.values())
    assert result["abstained"] == counts["abstain"]
    assert result["valid"] == result["voted"] - result["abstained"]
    assert result["winner_votes"] == counts[result["winner"]] == max(counts.values())
    share = Fraction(result["winner_votes"], result["valid"])
    turnout = Fraction(result["voted"], result["eligible"])
    assert f"{float(share) * 100:.1f}" == result["winner_percent_of_valid"]
    assert f"{float(turnout) * 100:.1f}" == result["turnout_percent"]
    assert turnout * 100 >= vote["rule"]["quorum_percent"]
    assert share * 100 > vote["rule"]["threshold_percent"]


def rubric() -> dict[str, Any]:
    path = APP / "assessment" / "rubrics" / "pgov-default-1.json"
    return json.loads(path.read_text("utf-8"))


def test_self_assessment_cites_what_exists():
    kinds = set(rubric()["evidence_kinds"])
    weights = {item["code"]: item["weight"] for part in rubric()["criteria"] for item in part["items"]}
    documents = {item["key"]: item for item in FILES["flood-wall.documents.json"]["documents"]}
    assert {item["evidence_kind"] for item in documents.values()} <= kinds
    assessed = FILES["flood-wall.self-assessment.json"]["items"]
    assert [item["item"] for item in assessed] == list(weights)
    for item in assessed:
        assert item["evidence"]
        for part in item["evidence"]:
            assert part.get("document") in documents or part.get("activity") in ACTIVITIES
            assert set(part.get("kinds", [])) <= kinds
    cycle = FILES["cycle.json"]["period"]
    for document in documents.values():
        assert cycle["from"]["day"] <= document["at"]["day"] <= cycle["to"]["day"]


def test_the_evaluators_totals():
    weights = {item["code"]: item["weight"] for part in rubric()["criteria"] for item in part["items"]}
    totals = []
    for evaluation in FILES["flood-wall.evaluations.json"]["evaluations"]:
        scores = {row["item"]: row["score"] for row in evaluation["scores"]}
        assert list(scores) == list(weights)
        totals.append(sum(Fraction(weights[code] * score, 5) for code, score in scores.items()))
    assert totals == [Fraction("72.2"), Fraction("70")]
    assert sum(totals) / 2 == Fraction("71.1")


def test_the_archive_is_the_38_published():
    with (DEMO / "archive.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len({row["source_id"] for row in rows}) == 38
    assert all(row["title"] and row["agency"] and row["start"] < row["end"] for row in rows)
    assert sum(int(row["answer_count"]) for row in rows) == 14947
    assert "ร่างพระราชบัญญัติล้มละลาท (ฉบับที่ ..) พ.ศ. ...." in {row["title"] for row in rows}
