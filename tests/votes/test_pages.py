"""The pages of a vote, from the officer's preparation to the result, in both languages."""

from __future__ import annotations

import re

import pytest
from flask import Flask, render_template
from sqlalchemy import func, select

from app.activities.votes.kind import summarise
from app.activities.votes.models import Ballot, Mark
from app.activities.votes.queries import poll_of
from app.core.db import db
from app.core.ids import new_key
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import ANONYMOUS
from app.issues.models import Commitment
from app.issues.queries import activity_with_issue
from tests.support.browser import Page, PageBrowser
from tests.support.browser import _counted as counted
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.votes.make import Vote, cast_all, change, content, declared, make_vote, opened

LANGUAGES = ("th", "en")


def ballots() -> int:
    return db.session.scalar(select(func.count()).select_from(Ballot)) or 0


def choose(browser: PageBrowser, lang: str, vote: Vote, option: str) -> Page:
    """Steps 2 and 3: the page to check before sending."""
    page = browser.get(f"/{lang}/votes/{vote.id}/ballot")
    return browser.fill(page, {"option": option}, action=f"/{lang}/votes/{vote.id}/check", status=200)


def send(browser: PageBrowser, lang: str, vote: Vote, check: Page, status: int = 303, **values: str) -> Page:
    action = f"/{lang}/votes/{vote.id}/cast"
    return browser.fill(check, {"consent": CURRENT_CONSENT, **values}, action=action, status=status)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_question_to_the_result(app: Flask, browser: PageBrowser, clock: Clock, lang: str) -> None:
    vote = make_vote(3)
    office = browser.as_(vote.officer)
    base = f"/{lang}/votes/{vote.id}"
    assert office.get(f"{base}/setup").all("a", href=f"{base}/question")
    parts = content()
    office.submit(
        f"{base}/question",
        {
            "question_th": parts["question_th"],
            "question_en": parts["question_en"],
            "option1_name_th": "แบบ ก",
            "option1_name_en": "Design A",
            "option1_detail_th": "142 ล้านบาท",
            "option3_name_th": "แบบ ข",
        },
    )
    office.submit(
        f"{base}/rule",
        {"quorum_percent": "๓๐", "threshold": "majority", "base": "valid", "legal_basis": "agency_own"},
    )
    office.submit(
        f"{base}/commitment",
        {
            "binding": "y",
            "commitment_th": "เริ่มก่อสร้าง",
            "commitment_en": "Building begins",
            "owner_th": "จังหวัด",
            "owner_en": "The province",
            "due_on-day": "31",
            "due_on-month": "12",
            "due_on-year": "2569",
        },
    )
    addresses = "\n".join(person.email for person in vote.voters)
    done = office.follow(office.submit(f"{base}/roll", {"addresses": addresses}))
    assert done.all("a", href=f"{base}/freeze")
    for part in ("question", "rule", "commitment", "roll"):
        office.get(f"{base}/{part}")
    office.follow(office.submit(f"{base}/freeze", {"checked": "y"}))
    assert office.get(f"{base}/setup").all("a", href=f"{base}/question") == []

    public = browser.get(base)
    assert public.h1 == (parts["question_th"] if lang == "th" else parts["question_en"])
    digest = poll_of(vote.id).poll.roll_digest or ""
    assert digest in public.html
    clock.advance(days=2)

    for person, option in zip(vote.voters, ("1", "1", "2"), strict=True):
        own = browser.as_(person)
        assert own.get(f"{base}/right").all("a", href=f"{base}/ballot")
        ident = str(vote.options[int(option) - 1].id)
        check = choose(own, lang, vote, ident)
        sent = own.follow(send(own, lang, vote, check))
        assert sent.path == f"{base}/sent"
        assert "แบบ ก" not in sent.text
        assert "Design A" not in sent.text
    again = browser.as_(vote.voters[0])
    voted = again.follow(send(again, lang, vote, check, option=str(vote.options[1].id), key=new_key()))
    assert voted.path == f"{base}/voted"
    assert ("ท่านลงมติแล้ว" if lang == "th" else "You have already voted") in voted.h1
    assert ballots() == 3

    manage = office.get(f"{base}/manage")
    assert ("ไม่ถึง 5 คน" if lang == "th" else "fewer than 5") in manage.text
    clock.set(vote.activity.closes_at or clock())
    result = office.follow(office.submit(f"{base}/declare", {}))
    assert result.path == f"{base}/result"
    open_result = browser.get(f"{base}/result")
    assert open_result.h1 == ("ประชาชนเลือก แบบ ก" if lang == "th" else "People decided: Design A")
    for words in ("66.7", "100.0%"):
        assert words in open_result.text
    office.get(f"{base}/manage")
    office.get(f"/{lang}/votes/desk")
    browser.get(base)


def test_an_anonymous_page_is_the_same_for_everyone(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    anonymous = browser.get(f"/th/votes/{vote.id}")
    assert "Set-Cookie" not in anonymous.response.headers
    cast_all(vote, [1])
    assert browser.get(f"/th/votes/{vote.id}").html == anonymous.html
    signed_in = browser.as_(vote.voters[0]).get(f"/th/votes/{vote.id}")
    main = re.compile(r"<main.*</main>", re.S)
    assert main.search(signed_in.html)[0] == main.search(anonymous.html)[0]  # type: ignore[index]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ballot_starts_empty_each_time(app: Flask, browser: PageBrowser, clock: Clock, lang: str) -> None:
    vote = opened(clock)
    own = browser.as_(vote.voters[0])
    page = own.get(f"/{lang}/votes/{vote.id}/ballot")
    assert "checked" not in page.html
    assert len(page.all("input", type="radio")) == 4
    empty = own.fill(page, {}, action=f"/{lang}/votes/{vote.id}/check", status=422)
    assert empty.errors() == ["เลือก 1 ข้อ" if lang == "th" else "Choose one line"]
    assert "checked" not in empty.html


def test_the_right_is_explained_in_every_case(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    from_outside = browser.as_(make_person())
    vote = make_vote()
    own = browser.as_(vote.voters[0])
    path = f"/th/votes/{vote.id}/right"
    assert own.get(path).h1 == "การลงมตินี้ยังไม่พร้อม"
    vote = opened(clock)
    path, own = f"/th/votes/{vote.id}/right", browser.as_(vote.voters[0])
    assert from_outside.get(path).h1 == "ท่านไม่มีชื่อในบัญชีผู้มีสิทธิลงมติเรื่องนี้"
    assert own.get(path).h1 == "ท่านมีสิทธิลงมติ"
    line = own.get(path)
    leaves = browser.get(f"/th/votes/{vote.id}/roll.txt")
    assert leaves.response.mimetype == "text/plain"
    assert any(leaf in line.html for leaf in leaves.html.split())
    cast_all(vote, [1])
    assert own.get(path).h1 == "ท่านลงมติแล้ว"
    clock.advance(days=20)
    assert own.get(path).h1 == "ท่านลงมติแล้ว"
    assert browser.as_(vote.voters[1]).get(path).h1 == "ปิดลงมติแล้ว"
    declared(vote, clock)
    assert own.get(path).all("a", href=f"/th/votes/{vote.id}/result")


def test_pages_of_the_voter_lead_back_who_may_not_vote(
    app: Flask, browser: PageBrowser, clock: Clock
) -> None:
    vote = opened(clock)
    base = f"/th/votes/{vote.id}"
    stranger = browser.as_(make_person())
    for page in ("ballot", "check", "cast", "sent", "voted"):
        assert stranger.get(f"{base}/{page}", status=303).response.headers["Location"] == f"{base}/right"
        assert "sign-in" in browser.get(f"{base}/{page}", status=303).response.headers["Location"]
    stranger.post(f"{base}/check", {"csrf_token": "x"}, status=400)
    cast_all(vote, [1])
    own = browser.as_(vote.voters[0])
    assert own.get(f"{base}/ballot", status=303).response.headers["Location"] == f"{base}/right"
    own.get(f"{base}/sent")


def test_an_unheld_vote_says_so(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = make_vote()
    clock.advance(days=2)
    assert "เตรียมไม่ทัน" in browser.get(f"/th/votes/{vote.id}").text
    own = browser.as_(vote.voters[0])
    assert "ประกาศลงมติใหม่" in own.get(f"/th/votes/{vote.id}/right").text
    office = browser.as_(vote.officer)
    for page in ("setup", "manage", "declare", "freeze"):
        office.get(f"/th/votes/{vote.id}/{page}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("choices", [[], [1, 2], [None, None, None], [1, 1, 2]])
def test_a_result_shows_every_step(
    app: Flask, browser: PageBrowser, clock: Clock, lang: str, choices: list[int | None]
) -> None:
    vote = opened(clock, threshold="share", threshold_percent=60, base="roll", quorum_percent=50)
    cast_all(vote, choices)
    declared(vote, clock)
    page = browser.get(f"/{lang}/votes/{vote.id}/result")
    assert len(page.all("dd", class_="ch")) == 6
    assert len(page.all("tr")) == 4
    decided = len(choices) == 3 and choices[0] is not None
    assert (("ผลผูกพันหน่วยงาน" if lang == "th" else "The result binds the agency.") in page.text) == decided
    again = "ต้องจัดลงมติใหม่" if lang == "th" else "must hold another vote"
    assert again in page.text


def test_a_commitment_is_shown_as_overdue_and_done(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    cast_all(vote, [1, 1])
    declared(vote, clock)
    path = f"/th/votes/{vote.id}/result"
    assert "เกินกำหนด" not in browser.get(path).text
    clock.advance(days=100)
    assert "เกินกำหนด" in browser.get(path).text
    change(db.session.scalars(select(Commitment)).one(), done_at=clock())
    assert "เกินกำหนด" not in browser.get(path).text
    assert "ทำแล้ว" in browser.get(path).text


def test_while_open_nobody_sees_how_people_chose(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock, people=30)
    before = browser.as_(vote.officer).get(f"/th/votes/{vote.id}/manage")
    cast_all(vote, [1] * 17 + [2] * 4)
    after = browser.as_(vote.officer).get(f"/th/votes/{vote.id}/manage")
    assert after.text == before.text.replace("ไม่ถึง 5 คน", "21")
    for page in ("result", "declare"):
        browser.as_(vote.officer).get(f"/th/votes/{vote.id}/{page}", status=404 if page == "result" else 200)


def test_the_issue_page_has_the_vote(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock)
    for lang in LANGUAGES:
        page = browser.get(f"/{lang}/issues/{vote.issue.id}")
        assert page.all("a", href=f"/{lang}/votes/{vote.id}/right")
    cast_all(vote, [1, 1])
    declared(vote, clock)
    for lang in LANGUAGES:
        page = browser.get(f"/{lang}/issues/{vote.issue.id}")
        assert page.all("a", href=f"/{lang}/votes/{vote.id}/result")


def test_a_ballot_costs_the_same_for_the_last_of_many(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    vote = opened(clock, people=120)
    option = str(vote.options[0].id)
    first, last = browser.as_(vote.voters[0]), browser.as_(vote.voters[-1])
    costs = [send(first, "th", vote, choose(first, "th", vote, option)).statements]
    cast_all(Vote(vote.agency, vote.issue, vote.activity, vote.officer, vote.voters[1:-1]), [1, 2] * 59)
    costs.append(send(last, "th", vote, choose(last, "th", vote, option)).statements)
    assert costs == [9, 9]


def test_the_summary_is_one_statement(app: Flask, clock: Clock) -> None:
    votes = [opened(clock), make_vote(), opened(clock, people=40)]
    cast_all(votes[2], [1] * 30)
    views = [activity_with_issue(vote.id, "votes")[0] for vote in votes]
    with app.test_request_context("/th/"), counted(db.engine) as statements:
        found = summarise(views, ANONYMOUS)
        for view in views:
            render_template(found[view.id].template, **found[view.id].context)
    assert statements == [1]


def test_pages_cost_the_same_whatever_the_size(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    few, many = opened(clock, people=2), opened(clock, people=150)
    for vote, choices in ((few, [1]), (many, [1, 2] * 60)):
        cast_all(vote, choices)
    pages = ("", "/right", "/ballot", "/manage", "/setup", "/roll.txt")

    def costs(vote: Vote, pages: tuple[str, ...]) -> list[int]:
        reader = browser.as_(vote.voters[-1])
        office = browser.as_(vote.officer)
        who = {"/manage": office, "/setup": office}
        return [who.get(page, reader).get(f"/th/votes/{vote.id}{page}").statements for page in pages]

    assert costs(few, pages) == costs(many, pages)
    assert max(costs(few, pages)) <= 5
    for vote in (few, many):
        declared(vote, clock)
    assert costs(few, ("/result",)) == costs(many, ("/result",))
    marks = db.session.scalar(select(func.count()).select_from(Mark))
    assert marks == 121
