"""The open data: its contract, its pages, its refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from tests.support.browser import PageBrowser
from tests.support.make import make_agency, make_issue

PATH = "/api/v1/issues"


def fetched(client: FlaskClient, query: str = "") -> dict[str, Any]:
    response = client.get(PATH + query)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    answer: dict[str, Any] = response.get_json()
    return answer


def test_a_published_issue_is_told_in_full(client: FlaskClient) -> None:
    agency = make_agency(short="อท")
    opens, closes = now() - timedelta(days=1), now() + timedelta(days=9)
    issue = make_issue(agency, level=3, opens_at=opens, closes_at=closes, title_en=None)
    make_issue(agency, published=False)
    assert fetched(client) == {
        "issues": [
            {
                "id": issue.id,
                "number": issue.number,
                "title": {"th": issue.title_th, "en": None},
                "level": 3,
                "agency": {"id": agency.id, "th": agency.name_th, "en": agency.name_en},
                "window": {"opens_at": "2026-04-17T03:00:00+00:00", "closes_at": "2026-04-27T03:00:00+00:00"},
                "state": "open",
                "source": None,
                "url": {
                    "th": f"http://localhost/th/issues/{issue.id}",
                    "en": f"http://localhost/en/issues/{issue.id}",
                },
            }
        ],
        "next": None,
    }


def test_every_address_leads_to_its_issue(client: FlaskClient, app: Flask) -> None:
    make_issue()
    urls = fetched(client)["issues"][0]["url"]
    for lang, url in urls.items():
        page = PageBrowser(app).get(url.removeprefix("http://localhost"))
        assert f'<html lang="{lang}"' in page.html


def test_it_is_the_same_for_every_reader_and_sets_no_cookie(client: FlaskClient) -> None:
    make_issue()
    answers = [client.get(PATH, headers={"Accept-Language": lang}) for lang in ("th", "en", "")]
    assert len({answer.data for answer in answers}) == 1
    assert all("Set-Cookie" not in answer.headers for answer in answers)


def test_following_next_shows_every_issue_once(client: FlaskClient) -> None:
    agency = make_agency()
    made = [make_issue(agency, published_at=now() - timedelta(hours=n % 2)).id for n in range(25)]
    seen: list[int] = []
    query: str | None = "?limit=10&level=5"
    sizes = []
    while query is not None:
        answer = fetched(client, query)
        seen += [issue["id"] for issue in answer["issues"]]
        sizes.append(len(answer["issues"]))
        query = answer["next"] and answer["next"].removeprefix(f"http://localhost{PATH}")
    assert sizes == [10, 10, 5]
    assert sorted(seen) == sorted(made)
    assert len(set(seen)) == 25


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=", "limit"),
        ("limit=๙", "limit"),
        ("limit=1e2", "limit"),
        ("limit=5&limit=6", "limit"),
        ("level=6", "level"),
        ("level=0", "level"),
        ("agency=-1", "agency"),
        ("agency=99999999999999999999", "agency"),
        ("state=draft", "state"),
        ("province=99", "province"),
        ("province=%00", "province"),
        ("archive=maybe", "archive"),
        ("after=x", "after"),
        ("after=99999999999999999999-1", "after"),
        ("colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/json"
    assert response.get_json()["parameter"] == parameter


def test_filters_are_those_of_the_list(client: FlaskClient) -> None:
    agency = make_agency()
    wanted = make_issue(agency, level=2, province_code="10")
    make_issue(agency, level=3, province_code="10")
    make_issue(level=2)
    answer = fetched(client, f"?level=2&province=10&agency={agency.id}&state=open&archive=without")
    assert [issue["id"] for issue in answer["issues"]] == [wanted.id]


def test_a_hundred_issues_cost_one_statement(app: Flask) -> None:
    agency = make_agency()
    for _n in range(30):
        make_issue(agency)
    page = PageBrowser(app).get(f"{PATH}?limit=100")
    assert len(page.response.get_json()["issues"]) == 30
    assert page.statements == 1


def test_thai_stands_as_thai(client: FlaskClient) -> None:
    issue = make_issue(make_agency())
    assert issue.title_th in client.get(PATH).get_data(as_text=True)
