"""One issue in full, search, and the contract that describes them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.i18n.bilingual import Bilingual
from app.issues import kinds as registry
from app.issues.models import Activity
from app.search.background import all_mentions, reindex
from app.work import tick
from tests.api.contract import faults
from tests.search.talks import Talks
from tests.support.browser import PageBrowser
from tests.support.make import make_activity, make_agency, make_issue, make_person

API = "/api/v1"


@pytest.fixture
def talks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Talks:
    fake = Talks()
    monkeypatch.setitem(registry._kinds, fake.code, fake.kind())
    return fake


def said(talks: Talks, words: str = "น้ำท่วมตลาด", **values: Any) -> Activity:
    activity = make_activity(make_issue(make_agency(short="อท"), level=2, **values), talks.code)
    talks.say(activity, "word/1", words, title=Bilingual("ตลาดท่วม", "The market floods"))
    tick()
    return activity


def fetched(client: FlaskClient, path: str, status: int = 200) -> dict[str, Any]:
    response = client.get(API + path)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in response.headers
    answer: dict[str, Any] = response.get_json()
    return answer


# ---------------------------------------------------------------- one issue


def test_an_issue_is_told_in_full(talks: Talks, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = said(talks, answer_by=date(2026, 6, 1), legal_basis="agency_own")
    kind = talks.kind()
    counted = replace(kind, page="panels.show", counts=lambda ids: {ident: {"words": 12} for ident in ids})
    monkeypatch.setitem(registry._kinds, talks.code, counted)
    answer = fetched(client, f"/issues/{activity.issue_id}")
    activities = answer.pop("activities")
    assert answer["level"] == 2
    assert answer["summary"]["en"] == "The old market floods every year. No design has been chosen."
    assert answer["promise"]["th"] == "เราจะทำตามที่ท่านลงมติ"
    assert (answer["legal_basis"], answer["answer_by"]) == ("agency_own", "2026-06-01")
    assert answer["area"]["code"] == "15"
    assert answer["state"] == "open"
    assert activities == [
        {
            "id": activity.id,
            "kind": "talks",
            "level": 2,
            "stage": "views",
            "title": {"th": "กิจกรรม talks", "en": "Activity talks"},
            "window": {
                "opens_at": activity.opens_at.isoformat(),
                "closes_at": activity.closes_at.isoformat() if activity.closes_at else None,
            },
            "state": "open",
            "counts": {"words": 12},
            "url": {lang: f"http://localhost/{lang}/panels/{activity.id}" for lang in ("th", "en")},
        }
    ]


def test_a_draft_does_not_exist_whoever_asks(app: Flask, client: FlaskClient) -> None:
    agency = make_agency()
    draft = make_issue(agency, published=False)
    assert fetched(client, f"/issues/{draft.id}", 404)["error"] == 404
    officer = PageBrowser(app).as_(make_person("officer", agency))
    assert officer.client.get(f"{API}/issues/{draft.id}").status_code == 404
    assert fetched(client, "/issues/999999", 404)["message"]


def test_an_issue_taken_over_from_elsewhere_has_no_promise(client: FlaskClient) -> None:
    issue = make_issue(
        level=None, promise_th=None, promise_en=None, source="law.go.th", source_ref="1", legal_basis=""
    )
    answer = fetched(client, f"/issues/{issue.id}")
    assert (answer["level"], answer["promise"], answer["legal_basis"]) == (None, None, None)
    assert_promised(client, f"/issues/{issue.id}", "Issue")


def test_a_hundred_activities_cost_what_one_does(talks: Talks, app: Flask) -> None:
    issue = make_issue()
    make_activity(issue, talks.code)
    one = PageBrowser(app).get(f"{API}/issues/{issue.id}").statements
    for _n in range(20):
        make_activity(issue, talks.code)
    many = PageBrowser(app).get(f"{API}/issues/{issue.id}")
    assert len(many.response.get_json()["activities"]) == 21
    assert many.statements == one


# ---------------------------------------------------------------- search


def test_search_answers_with_title_kind_url_and_snippet(talks: Talks, client: FlaskClient) -> None:
    activity = said(talks)
    found = fetched(client, f"/search?q={quote('ท่วม')}&lang=th")
    result = found["results"][0]
    assert result == {
        "title": "ตลาดท่วม",
        "lang": "th",
        "kind": "talks",
        "url": f"http://localhost/th/issues/{activity.issue_id}#word-1",
        "snippet": "น้ำท่วมตลาด",
        "snippet_lang": "th",
        "issue": {
            "id": activity.issue_id,
            "title": result["issue"]["title"],
            "url": f"http://localhost/th/issues/{activity.issue_id}",
        },
    }
    english = fetched(client, f"/search?q={quote('ท่วม')}&lang=en")["results"][0]
    assert (english["title"], english["lang"], english["snippet_lang"]) == ("The market floods", "en", "th")
    assert english["url"] == f"http://localhost/en/issues/{activity.issue_id}#word-1"
    assert fetched(client, f"/search?q={quote('ป่า')}") == {"results": [], "next": None}


def test_what_was_taken_back_is_gone_from_it_at_once(talks: Talks, client: FlaskClient) -> None:
    said(talks)
    talks.said.clear()
    assert fetched(client, f"/search?q={quote('ท่วม')}&kind=talks")["results"] == []


def test_following_next_shows_everything_once(client: FlaskClient) -> None:
    agency = make_agency()
    made = {make_issue(agency, published_at=now() - timedelta(hours=n % 2)).id for n in range(7)}
    list(reindex(all_mentions()))
    seen: list[int] = []
    path: str | None = f"/search?q={quote('น้ำท่วม')}&limit=3&lang=en&kind=issue"
    while path is not None:
        answer = fetched(client, path)
        seen += [result["issue"]["id"] for result in answer["results"]]
        path = answer["next"] and answer["next"].removeprefix(f"http://localhost{API}")
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("?q=", "q"),
        ("?q=%20!%20", "q"),
        ("?q=" + "a" * 201, "q"),
        ("?q=a&lang=de", "lang"),
        ("?q=a&kind=x", "kind"),
        ("?q=a&limit=101", "limit"),
        ("?q=a&after=3-1", "after"),
        ("?q=a&after=1-99999999999999999999", "after"),
        ("?q=a&q=b", "q"),
        ("?q=a&page=2", "page"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client: FlaskClient, query: str, parameter: str) -> None:
    answer = fetched(client, "/search" + query, 400)
    assert answer["parameter"] == parameter
    assert not list(faults(answer, *promised(client, "Refusal")))


# ---------------------------------------------------------------- the contract


def promised(client: FlaskClient, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    schemas = fetched(client, "/openapi.json")["components"]["schemas"]
    return schemas[name], schemas


def assert_promised(client: FlaskClient, path: str, name: str) -> None:
    assert not list(faults(fetched(client, path), *promised(client, name)))


def test_answers_are_as_the_contract_says(talks: Talks, client: FlaskClient) -> None:
    activity = said(talks, closes_at=None, summary_en=None, area_code=None)
    assert_promised(client, f"/issues/{activity.issue_id}", "Issue")
    assert_promised(client, "/issues?limit=1", "Issues")
    assert_promised(client, f"/search?q={quote('ท่วม')}", "Results")
    assert_promised(client, f"/search?q={quote('ท่วม')}&limit=1", "Results")


def test_the_contract_names_every_address_and_parameter(app: Flask, client: FlaskClient) -> None:
    document = fetched(client, "/openapi.json")
    assert document["openapi"] == "3.1.0"
    rules = {
        rule.rule.replace("<int:issue_id>", "{id}").removeprefix(API)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
    }
    assert set(document["paths"]) == rules - {"/openapi.json"}
    for path in ("/issues", "/search"):
        named = {one["name"] for one in document["paths"][path]["get"]["parameters"]}
        message = fetched(client, f"{path}?colour=red", 400)["message"]
        assert named == set(message.removeprefix("unknown; known are ").split(", "))


def test_every_reference_in_the_contract_leads_somewhere(client: FlaskClient) -> None:
    document = fetched(client, "/openapi.json")
    schemas = document["components"]["schemas"]
    found = list(references(document))
    assert found
    assert all(name.removeprefix("#/components/schemas/") in schemas for name in found)


def references(part: Any) -> Any:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from references(item)
