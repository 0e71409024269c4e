"""What goes wrong at the form: a clear message at the field, what was typed is kept, nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.activities.votes.models import Ballot, Mark, Poll
from app.activities.votes.queries import poll_of, roll_size
from app.core.db import db
from app.core.ids import new_key
from app.identity.consents import CURRENT_CONSENT
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_agency, make_person
from tests.votes.make import Vote, frozen, make_vote, opened, prepared

SCRIPT = "<script>alert('1')</script><b>x"


def stored() -> tuple[int, int]:
    return tuple(db.session.scalar(select(func.count()).select_from(of)) or 0 for of in (Mark, Ballot))  # type: ignore[return-value]


def checked(browser: PageBrowser, vote: Vote, option: str) -> Page:
    page = browser.get(f"/th/votes/{vote.id}/ballot")
    return browser.fill(page, {"option": option}, action=f"/th/votes/{vote.id}/check", status=200)


def cast(browser: PageBrowser, vote: Vote, page: Page, status: int = 303, **values: Any) -> Page:
    given = {"consent": CURRENT_CONSENT, **values}
    return browser.fill(page, given, action=f"/th/votes/{vote.id}/cast", status=status)


# ---------------------------------------------------------------- the ballot


@pytest.mark.parametrize("option", ["", "0", "-1", "999999", "abstain2", "1 OR 1=1", SCRIPT, "๑", "1.0"])
def test_an_unknown_choice_is_refused(app: Flask, browser: PageBrowser, clock: Clock, option: str) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = own.get(f"/th/votes/{vote.id}/ballot")
    answer = own.fill(page, {"option": option}, action=f"/th/votes/{vote.id}/check", status=422)
    assert len(answer.errors()) == 1
    answer = cast(own, vote, page, status=422, option=option)
    assert len(answer.errors()) == 1
    assert SCRIPT not in answer.html
    assert stored() == (0, 0)


def test_an_option_of_another_vote_is_refused(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    other = frozen(make_vote())
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = own.get(f"/th/votes/{vote.id}/ballot")
    cast(own, vote, page, status=422, option=str(other.options[0].id))
    assert stored() == (0, 0)


def test_without_consent_nothing_is_sent_and_the_choice_is_kept(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    vote = opened(clock)
    own, option = browser.as_(vote.voters[0]), vote.options[1]
    page = checked(own, vote, str(option.id))
    answer = own.fill(page, {}, action=f"/th/votes/{vote.id}/cast", status=422)
    assert len(answer.errors()) == 1
    assert option.name_th in answer.text
    assert answer.field_values()["option"] == str(option.id)
    old = own.fill(page, {"consent": "2560-1"}, action=f"/th/votes/{vote.id}/cast", status=422)
    assert len(old.errors()) == 1
    assert stored() == (0, 0)
    cast(own, vote, answer)
    assert stored() == (1, 1)


def test_a_vote_that_closed_meanwhile_says_so(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    clock.set(vote.activity.closes_at or clock())
    answer = cast(own, vote, page, status=422)
    assert "ปิด" in " ".join(e.text for e in answer.all("div", class_="errsum"))
    assert stored() == (0, 0)


def test_a_vote_that_has_not_opened_takes_no_ballot(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    clock.advance(days=-2)
    cast(own, vote, page, status=422)
    assert stored() == (0, 0)


def test_a_missing_token_is_told_and_the_ballot_can_be_sent_again(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    kept = cast(own, vote, page, status=400, csrf_token=None)
    assert stored() == (0, 0)
    values = kept.field_values()
    assert values["option"] == str(vote.options[0].id)
    own.post(f"/th/votes/{vote.id}/cast", values)
    assert stored() == (1, 1)


def test_the_same_ballot_twice_is_one(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    first, second = cast(own, vote, page), cast(own, vote, page)
    assert (
        first.response.headers["Location"]
        == second.response.headers["Location"]
        == f"/th/votes/{vote.id}/sent"
    )
    assert stored() == (1, 1)


def test_another_choice_under_the_same_key_is_refused_then_told_that_one_counts(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    vote = opened(clock)
    own, (first, second, _third) = browser.as_(vote.voters[0]), vote.options
    page = checked(own, vote, str(first.id))
    cast(own, vote, page)
    conflict = cast(own, vote, page, status=409, option=str(second.id))
    assert second.name_th in conflict.text
    again = cast(own, vote, conflict)
    assert again.response.headers["Location"] == f"/th/votes/{vote.id}/voted"
    assert db.session.scalars(select(Ballot.option_id)).all() == [first.id]


def test_a_key_of_another_form_is_refused(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    cast(own, vote, page, status=422, key="short")
    cast(own, vote, page, status=422, blind="")
    assert stored() == (0, 0)


def test_what_once_stores_of_a_ballot_cannot_be_tried_out(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    """The digest of a submission contains something that is kept nowhere."""
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = checked(own, vote, str(vote.options[0].id))
    blind = page.field_values()["blind"]
    cast(own, vote, page)
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert blind not in str(tuple(row))


# ---------------------------------------------------------------- preparing

QUESTION = {
    "question_th": "แบบใด",
    "option1_name_th": "ก",
    "option2_name_th": "ข",
    "option3_name_th": None,
    "option3_name_en": None,
}
RULE = {"quorum_percent": "30", "threshold": "majority", "base": "valid", "legal_basis": "agency_own"}
COMMITMENT = {
    "binding": "y",
    "commitment_th": "เริ่ม",
    "owner_th": "จังหวัด",
    "due_on-day": "31",
    "due_on-month": "12",
    "due_on-year": "2569",
}


TYPED = ("question_th", "option1_name_th", "option2_name_th", "quorum_percent", "commitment_th", "owner_th")


@pytest.mark.parametrize(
    ("part", "good", "bad", "field"),
    [
        ("question", QUESTION, {"question_th": ""}, "question_th"),
        ("question", QUESTION, {"question_th": "\u200b \u200b"}, "question_th"),
        ("question", QUESTION, {"question_th": "ก" * 301}, "question_th"),
        ("question", QUESTION, {"option2_name_th": ""}, "option1_name_th"),
        ("question", QUESTION, {"option2_name_th": "ก"}, "option1_name_th"),
        ("question", QUESTION, {"option2_name_th": "", "option2_name_en": "B"}, "option2_name_th"),
        ("question", QUESTION, {"option1_detail_en": "cheap"}, "option1_detail_th"),
        ("question", QUESTION, {"option1_name_th": "ก" * 201}, "option1_name_th"),
        ("rule", RULE, {"quorum_percent": ""}, "quorum_percent"),
        ("rule", RULE, {"quorum_percent": "many"}, "quorum_percent"),
        ("rule", RULE, {"quorum_percent": "100.01"}, "quorum_percent"),
        ("rule", RULE, {"quorum_percent": "33.333"}, "quorum_percent"),
        ("rule", RULE, {"threshold": "most"}, "threshold"),
        ("rule", RULE, {"threshold": "share", "threshold_percent": ""}, "threshold_percent"),
        ("rule", RULE, {"threshold": "share", "threshold_percent": "0"}, "threshold_percent"),
        ("rule", RULE, {"base": ""}, "base"),
        ("rule", RULE, {"legal_basis": ""}, "legal_basis"),
        ("rule", RULE, {"legal_basis": "none"}, "legal_basis"),
        ("commitment", COMMITMENT, {"binding": None}, "binding"),
        ("commitment", COMMITMENT, {"commitment_th": ""}, "commitment_th"),
        ("commitment", COMMITMENT, {"owner_th": "ก" * 121}, "owner_th"),
        ("commitment", COMMITMENT, {"due_on-day": ""}, "due_on-day"),
        ("commitment", COMMITMENT, {"due_on-day": "31", "due_on-month": "2"}, "due_on-day"),
        ("commitment", COMMITMENT, {"due_on-day": "28", "due_on-month": "4"}, "due_on-day"),
    ],
)
def test_a_part_is_refused_at_its_field(
    app: Flask, browser: PageBrowser, part: str, good: dict[str, Any], bad: dict[str, Any], field: str
) -> None:
    vote = make_vote()
    office, path = browser.as_(vote.officer), f"/th/votes/{vote.id}/{part}"
    answer = office.submit(path, {**good, **bad}, status=422)
    links = [link.attrs["href"] for link in answer.all("a") if link.attrs.get("href", "").startswith("#")]
    assert f"#{field}" in links
    shown = answer.field_values()
    for name, value in {**good, **bad}.items():
        if value and name in TYPED and "\u200b" not in value:
            assert shown[name] == value
    assert db.session.get(Poll, vote.id) is None
    office.submit(path, good)
    assert db.session.get(Poll, vote.id) is not None


def test_html_is_shown_as_text(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    parts: dict[str, Any] = {
        "question_th": SCRIPT,
        "question_en": SCRIPT,
        "options": [
            {"name_th": SCRIPT, "name_en": SCRIPT, "detail_th": SCRIPT, "detail_en": SCRIPT},
            {"name_th": "ข", "name_en": None, "detail_th": None, "detail_en": None},
        ],
        "commitment_th": SCRIPT,
        "owner_th": SCRIPT,
    }
    vote = opened(clock, **parts)
    own = browser.as_(vote.voters[0])
    for lang in ("th", "en"):
        for page in ("", "/right", "/ballot"):
            answer = own.get(f"/{lang}/votes/{vote.id}{page}")
            assert "<script>alert" not in answer.html
            assert "&lt;script&gt;" in answer.html
        assert "<script>alert" not in browser.get(f"/{lang}/issues/{vote.issue.id}").html
    assert "<script>alert" not in checked(own, vote, str(vote.options[0].id)).html


def test_twelve_options_fit_and_the_form_offers_no_more(app: Flask, browser: PageBrowser) -> None:
    vote = make_vote()
    office, path = browser.as_(vote.officer), f"/en/votes/{vote.id}/question"
    rows = {f"option{n}_name_th": f"ข้อ {n}" for n in range(1, 13)}
    office.submit(path, {"question_th": "ใด", **rows, "option13_name_th": "เกิน"})
    assert len(poll_of(vote.id).options) == 12
    page = office.get(path)
    assert len(page.all("legend")) == 12


def test_a_wrong_list_comes_back_with_its_lines(app: Flask, browser: PageBrowser) -> None:
    vote = prepared(make_vote())
    office = browser.as_(vote.officer)
    text = f"\n{vote.voters[0].email}\n{SCRIPT}\nnobody@example.com"
    for lang in ("th", "en"):
        answer = office.submit(f"/{lang}/votes/{vote.id}/roll", {"addresses": text}, status=422)
        cells = [cell.text for cell in answer.all("th", scope="row")]
        assert cells == ["3"]
        assert "<script>alert" not in answer.html
        assert "nobody@example.com" in answer.field_values()["addresses"]
    assert roll_size(vote.id) == 3
    assert office.submit(f"/th/votes/{vote.id}/roll", {"addresses": ""}, status=422).errors()


def test_freezing_needs_the_tick_and_all_parts(app: Flask, browser: PageBrowser) -> None:
    vote = prepared(make_vote())
    office, path = browser.as_(vote.officer), f"/th/votes/{vote.id}/freeze"
    assert office.submit(path, {}, status=422).errors()
    assert not poll_of(vote.id).frozen
    unready = make_vote()
    office = browser.as_(unready.officer)
    page = office.get(f"/th/votes/{unready.id}/freeze")
    assert page.all("form", method="post") == [] or "checked" not in page.field_values()
    values = {
        "checked": "y",
        "key": new_key(),
        "csrf_token": office.get("/th/votes/desk").field_values()["csrf_token"],
    }
    office.post(f"/th/votes/{unready.id}/freeze", values, status=422)
    assert not poll_of(unready.id).frozen


def test_another_agencys_vote_does_not_exist(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = frozen(make_vote())
    other = browser.as_(make_person("officer", make_agency()))
    for page in ("setup", "question", "rule", "commitment", "roll", "freeze", "manage", "declare"):
        other.get(f"/th/votes/{vote.id}/{page}", status=404)
        if page not in ("setup", "manage"):
            token = other.get("/th/votes/desk").field_values()["csrf_token"]
            other.post(f"/th/votes/{vote.id}/{page}", {"csrf_token": token, "key": new_key()}, status=404)
    assert "กิจกรรม" not in other.get("/th/votes/desk").text


def test_a_draft_and_a_missing_vote_do_not_exist(app: Flask, browser: PageBrowser) -> None:
    draft = prepared(make_vote(published=False))
    own = browser.as_(draft.voters[0])
    for page in ("", "/right", "/ballot", "/result", "/roll.txt"):
        own.get(f"/th/votes/{draft.id}{page}", status=404)
        own.get(f"/th/votes/99999{page}", status=404)
    assert browser.as_(draft.officer).get(f"/th/votes/{draft.id}").status == 200
