"""Every kind of question answered in pages: several pages, conditions, links, corrections."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from app.activities.surveys import arranging, building, drafts, links, receipts, service
from app.activities.surveys.arranging import ConditionDraft
from app.activities.surveys.background import run as sweep
from app.activities.surveys.models import Answer, Draft, Receipt, Response, Token
from app.activities.surveys.queries import questionnaire, replies_of
from app.activities.surveys.questionnaire import QuestionDraft
from app.activities.surveys.replies import Reply
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.i18n import LANGUAGES
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from app.issues.models import Activity
from app.ledger.guard import note_recorded
from app.ledger.models import Entry
from tests.support.browser import Page, PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import (
    DESIGN,
    TRUST,
    Scene,
    counted,
    counted_anew,
    make_response,
    make_scene,
    random_reply,
    set_window,
    typed,
    viewer_of,
)

ABC = (Bilingual("ก", "A"), Bilingual("ข", "B"), Bilingual("ค", "C"))
ENDS: dict[str, Any] = {"low": Bilingual("น้อย", "Little"), "high": Bilingual("มาก", "Much")}


def draft(kind: str, text: str, *, required: bool = False, **values: Any) -> QuestionDraft:
    return QuestionDraft(kind=kind, text=Bilingual(text, text), required=required, **values)


KINDS = (
    draft("single", "s", options=ABC[:2], other=True, required=True),
    draft("matrix", "m", rows=ABC[:2], **ENDS),
    draft("ranking", "r", options=ABC),
    draft("number", "n", least=0, most=1_000, places=1, unit=Bilingual("คน", "people")),
    draft("date", "d"),
    draft("place", "p", depth="subdistrict"),
    draft("matrix", "t", rows=ABC[:1], options=ABC[:2]),
)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_kind_is_answered(app: Flask, browser: PageBrowser, lang: str) -> None:
    scene = make_scene(drafts=KINDS)
    s, m, r, n, d, p, t = scene.questions
    citizen, path = browser.as_(scene.citizen), scene.path("/answer", lang)
    page = citizen.get(path)
    assert s.other is not None
    values = {
        s.field: str(s.other.id),
        f"{s.field}-other": "เรือ",
        **{f"{m.field}-{row.id}": str(4 + place) for place, row in enumerate(m.rows)},
        **{f"{r.field}-{option.id}": str(rank) for option, rank in zip(r.options, (2, 3, 1), strict=True)},
        n.field: "๒.๕",
        f"{d.field}-day": "1",
        f"{d.field}-month": "2",
        f"{d.field}-year": "2569",
        f"{t.field}-{t.rows[0].id}": str(t.options[1].id),
    }
    for level, code, following in (("province", "15", "district"), ("district", "1501", "subdistrict")):
        values |= {f"{p.field}-{level}": code, "step": "place"}
        page = citizen.fill(page, values, action=path, status=200)
        assert f"{p.field}-{following}" in page.field_values(), "the next step appears"
    refused = citizen.fill(page, {**values, "step": "check"}, action=path, status=422)
    assert ("ตำบล" if lang == "th" else "sub-district") in " ".join(refused.errors())
    values |= {f"{p.field}-subdistrict": "150101", "step": "check"}
    check = citizen.follow(citizen.fill(page, values, action=path))
    for words in ("เรือ", "1. " + ("ค" if lang == "th" else "C"), "2.5"):
        assert words in check.text
    assert ("1 ก.พ. 2569" if lang == "th" else "1 Feb 2026") in check.text
    citizen.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check", lang))
    found = {reply.question_id: reply for reply in replies_of(db.session.scalars(select(Response.id)).one())}
    assert found[s.id] == Reply(s.id, picks=(s.other.id,), words="เรือ")
    assert found[m.id].cells == ((m.rows[0].id, 4), (m.rows[1].id, 5))
    assert found[r.id].picks == tuple(r.options[place].id for place in (2, 0, 1))
    assert (found[n.id].amount, str(found[d.id].day), found[p.id].area) == (250, "2026-02-01", "150101")
    assert found[t.id].cells == ((t.rows[0].id, t.options[1].id),)
    assert counted(scene) == counted_anew(scene)
    again = citizen.get(scene.path("/mine", lang))
    assert "เรือ" in again.text


def bad(scene: Scene) -> dict[str, tuple[dict[str, Any], str]]:
    s, m, r, n, d, p, _t = scene.questions
    other = s.other.id if s.other else 0
    first, second, third = (option.id for option in r.options)
    return {
        "other without words": ({s.field: str(other)}, "Write what you mean"),
        "words without other": ({f"{s.field}-other": "x"}, "Choose the last answer too"),
        "a rank twice": ({f"{r.field}-{first}": "1", f"{r.field}-{second}": "1"}, "place of its own"),
        "ranks missing": ({f"{r.field}-{third}": "1"}, "place of its own"),
        "no such rank": ({f"{r.field}-{third}": "4"}, "Choose one of the answers shown"),
        "no such step": ({f"{m.field}-{m.rows[0].id}": "6"}, "Choose one of the answers shown"),
        "too large": ({n.field: "10.1"}, "Enter a number from 0 to 10"),
        "too exact": ({n.field: "1.25"}, "Enter a number"),
        "no number": ({n.field: "many"}, "Enter a number"),
        "no day": ({f"{d.field}-day": "31", f"{d.field}-month": "2", f"{d.field}-year": "2569"}, "day"),
        "no such place": ({f"{p.field}-province": "99"}, "Choose one of the answers shown"),
        "half a place": ({f"{p.field}-province": "15"}, "Now choose the district"),
    }


def test_bad_answers_of_every_kind(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=KINDS)
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    good = {scene.questions[0].field: str(scene.questions[0].options[0].id), "step": "check"}
    for name, (changed, message) in bad(scene).items():
        page = citizen.fill(citizen.get(path), {**good, **changed}, action=path, status=422)
        assert any(message in error for error in page.errors()), (name, page.errors())
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def in_pages() -> Scene:
    """Three pages: a choice; a question by that choice and one that must be answered; a page by the choice."""
    scene = make_scene(drafts=(DESIGN,), opens_in=2)
    viewer = viewer_of(scene.officer)
    given: dict[str, Any] = {"activity_id": scene.id, "viewer": viewer}
    for name, asked in (
        ("สอง", (draft("text", "why", max_length=100), TRUST)),
        ("สาม", (draft("text", "more", max_length=100),)),
    ):
        with transaction():
            arranging.add_page(title=Bilingual(name, name), **given)
            for one in asked:
                building.add_question(draft=one, **given)
    scene.read()
    first, why, _trust, more = scene.questions
    by = ConditionDraft(first.id, "is", options=(first.options[0].id,))
    with transaction():
        arranging.add_condition(question_id=why.id, draft=by, **given)
        arranging.add_condition(page_id=more.page_id, draft=by, **given)
    set_window(scene, -1, 10)
    scene.read()
    return scene


def test_pages_follow_the_answers(app: Flask, browser: PageBrowser) -> None:
    scene = in_pages()
    first, why, trust, more = scene.questions
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")

    def go(page: Any, **values: Any) -> Any:
        return citizen.follow(citizen.fill(page, {"step": "next", **values}, action=path))

    page = citizen.get(path)
    assert set(page.field_values()) & {q.field for q in scene.questions} == set()
    assert "Page 1 of" in page.text
    page = go(page, **{first.field: str(first.options[0].id)})
    assert page.h1 == "สอง"
    assert "Page 2 of 3" in page.text
    page = go(page, **{why.field: "เพราะ", trust.field: "4"})
    assert page.h1 == "สาม"
    check = go(page, **{more.field: "อีก", "step": "check"})
    assert "เพราะ" in check.text
    assert "อีก" in check.text
    # Another first answer: both answers that depend on it go, and the person is told.
    page = go(citizen.get(f"{path}?page=1"), **{first.field: str(first.options[1].id)})
    assert "your answers to them were removed: 2, 4" in page.text
    check = go(page, step="check")
    assert "เพราะ" not in check.html
    citizen.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check"))
    stored = set(db.session.scalars(select(Answer.question_id)))
    assert stored == {first.id, trust.id}
    assert counted(scene) == counted_anew(scene)


def test_a_page_asks_more_where_an_answer_on_it_wants_more(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=(DESIGN, draft("text", "why", max_length=100, required=True)), opens_in=2)
    first, why = scene.questions
    with transaction():
        arranging.add_condition(
            activity_id=scene.id,
            viewer=viewer_of(scene.officer),
            question_id=why.id,
            draft=ConditionDraft(first.id, "is", options=(first.options[0].id,)),
        )
    set_window(scene, -1, 10)
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    page = citizen.get(path)
    assert why.field not in page.field_values()
    page = citizen.follow(
        citizen.fill(page, {first.field: str(first.options[0].id), "step": "check"}, action=path)
    )
    assert "led to more questions" in page.text
    assert why.field in page.field_values()
    refused = citizen.fill(page, {"step": "check"}, action=path, status=422)
    assert refused.errors()
    # Who takes the first answer back need not answer the second.
    check = citizen.follow(
        citizen.fill(page, {first.field: str(first.options[1].id), "step": "check"}, action=path)
    )
    assert check.h1 == "Check before sending"


def test_nobody_sends_past_what_must_be_answered(app: Flask, browser: PageBrowser) -> None:
    scene = in_pages()
    first = scene.questions[0]
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    values = {first.field: str(first.options[1].id), "step": "next"}
    page = citizen.follow(citizen.fill(citizen.get(path), values, action=path))
    assert citizen.get(scene.path("/check"), 302).response.headers["Location"] == f"{path}?page=2"
    given = {**page.field_values(), "consent": CURRENT_CONSENT}
    citizen.post(scene.path("/check"), given, 422)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


# ---------------------------------------------------------------- correcting


def test_answers_are_corrected_until_it_closes(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    make_response(scene, design=0, worries=(0, 1), words="เดิม")
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    page = citizen.follow(citizen.fill(citizen.get(scene.path("/mine")), {}, action=scene.path("/correct")))
    assert page.field_values()[scene.questions[3].field] == "เดิม"
    before = counted(scene)
    values = {**typed(scene, design=2, trust=1, words="ใหม่"), "step": "check"}
    check = citizen.follow(
        citizen.fill(page, {**dict.fromkeys(typed(scene, worries=(0,))), **values}, action=path)
    )
    assert counted(scene) == before, "the old answers count until the new ones are sent"
    citizen.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check"))
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == 1
    assert "ใหม่" in citizen.get(scene.path("/mine")).text
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.response.corrected")).one()
    assert entry.subject is not None
    assert entry.subject.startswith("correction/"), "nothing links it to the response"
    clock.advance(days=11)
    assert not citizen.get(scene.path("/mine")).all("form", action=scene.path("/correct"))
    citizen.post(scene.path("/correct"), {**page.field_values(), "key": "2" * 32}, 422)


def test_erasing_takes_corrections_and_unsent_answers(scene: Scene, browser: PageBrowser) -> None:
    make_response(scene)
    with transaction():
        service.correct_response(
            activity_id=scene.id,
            respondent=service.person(viewer_of(scene.citizen)),
            replies=[
                Reply(scene.questions[0].id, picks=(scene.questions[0].options[1].id,)),
                Reply(scene.questions[2].id, picks=(1,)),
            ],
            consent_version=CURRENT_CONSENT,
        )
    browser.as_(scene.citizen).submit(scene.path("/mine"), {}, action=scene.path("/correct"))
    with transaction():
        assert service.erase(scene.citizen.id) == 1
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert counted(scene) == counted_anew(scene)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_corrections_leave_exact_counts(app: Flask, data: st.DataObject) -> None:
    """Several people answer and correct in any order: the counts are those of the answers now stored."""
    scene = make_scene()
    people = [make_person() for _ in range(3)]
    sent = set()
    for _ in range(8):
        place = data.draw(st.integers(0, 2))
        answers = [r for q in scene.questions if (r := random_reply(data.draw, q)) is not None]
        given: dict[str, Any] = {
            "activity_id": scene.id,
            "replies": answers,
            "consent_version": CURRENT_CONSENT,
        }
        who = service.person(viewer_of(people[place]))
        verb = service.correct_response if place in sent else service.submit_response
        try:
            with transaction():
                verb(respondent=who, **given)
            sent.add(place)
        except DomainError:
            continue
        assert counted(scene) == counted_anew(scene)


def test_corrections_at_once_are_counted(app: Flask, scene: Scene) -> None:
    people = [make_person() for _ in range(8)]
    for place, person in enumerate(people):
        make_response(scene, person, design=place % 3, worries=(place % 3,), trust=1 + place % 5)
    errors: list[Exception] = []
    first, second, third, _fourth = scene.questions

    def correct(place: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    service.correct_response(
                        activity_id=scene.id,
                        respondent=service.person(viewer_of(people[place])),
                        replies=[
                            Reply(first.id, picks=(first.options[(place + 1) % 3].id,)),
                            Reply(second.id, picks=(second.options[(place + 2) % 3].id,)),
                            Reply(third.id, picks=(1 + (place + 1) % 5,)),
                        ],
                        consent_version=CURRENT_CONSENT,
                    )
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=correct, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert counted(scene) == counted_anew(scene)


# ---------------------------------------------------------------- closing


def test_closing_while_somebody_sends_loses_nothing(app: Flask, scene: Scene) -> None:
    """Either the answers came first and count, or the closing did and they are refused whole."""
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def send() -> None:
        with app.app_context():
            try:
                start.wait()
                outcomes.append(make_response(scene).id)
            except DomainError as error:
                outcomes.append(error)
            finally:
                db.session.remove()

    def close() -> None:
        with app.app_context():
            start.wait()
            with transaction():
                db.session.execute(update(Activity).where(Activity.id == scene.id).values(closes_at=now()))
                note_recorded(db.session.connection(), "issues")
            db.session.remove()

    threads = [threading.Thread(target=send), threading.Thread(target=close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [outcome] = outcomes
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == isinstance(outcome, int)


def test_what_was_never_sent_goes_when_it_closes(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    citizen.submit(path, {**typed(scene), "step": "later"})
    assert sweep() == 0
    clock.advance(days=11)
    assert sweep() == 1
    assert sweep() == 0
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


# ---------------------------------------------------------------- links


def by_links() -> Scene:
    scene = make_scene(opens_in=2)
    with transaction():
        building.describe_survey(
            activity_id=scene.id,
            viewer=viewer_of(scene.officer),
            intro=None,
            satisfaction=False,
            link="token",
        )
    set_window(scene, -1, 10)
    scene.read()
    return scene


def test_links_are_made_once_and_kept_as_hashes(app: Flask, browser: PageBrowser) -> None:
    scene = by_links()
    officer = browser.as_(scene.officer)
    form = officer.get(scene.path("/links"))
    page = officer.fill(form, {"number": "3"}, action=scene.path("/links"), status=200)
    tokens = re.findall(r"/link/([0-9a-f]{32})", page.html)
    assert len(tokens) == 3
    assert db.session.scalar(select(func.count()).select_from(Token)) == 3
    assert not set(tokens) & set(db.session.scalars(select(Token.digest)))
    file = officer.fill(page, {}, action=scene.path("/links.csv"), status=200).response
    assert all(token in file.get_data().decode("utf-8-sig") for token in tokens)
    assert not any(token in officer.get(scene.path("/links")).html for token in tokens)
    officer.fill(form, {"number": "3"}, action=scene.path("/links"), status=303)
    assert db.session.scalar(select(func.count()).select_from(Token)) == 3, "the same form makes no more"
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.links.made")).one()
    assert entry.subject is None
    for wrong in ("0", "5001", "x"):
        officer.submit(scene.path("/links"), {"number": wrong}, status=422)


def given_links(scene: Scene, number: int) -> list[str]:
    tokens = links.new_secrets(number)
    with transaction():
        links.make_links(activity_id=scene.id, viewer=viewer_of(scene.officer), tokens=tokens)
    return tokens


def code_on(page: Page) -> str:
    """The code a page shows."""
    [code] = re.findall(r"[0-9]{4}(?:\u00a0[0-9]{4}){3}(?=</b>)", page.html)
    return str(code)


def test_one_answer_with_each_link(app: Flask, browser: PageBrowser) -> None:
    scene = by_links()
    tokens = given_links(scene, 2)
    path = scene.path(f"/link/{tokens[0]}")
    values = {**typed(scene, words="ทางลิงก์"), "step": "later"}
    code = code_on(browser.follow(browser.submit(path, values)))
    phone = PageBrowser(app)
    phone.fill(phone.get(path), {"code": code}, action=f"{path}/code")
    form = phone.get(path)
    assert form.field_values()[scene.questions[3].field] == "ทางลิงก์", "resumed by link and code"
    check = phone.follow(phone.fill(form, {"step": "check"}, action=path))
    end = phone.follow(phone.fill(check, {"consent": CURRENT_CONSENT}, action=f"{path}/check"))
    assert end.h1 == "Thank you for answering"
    assert code_on(end) == code, "one code from the first page to the last"
    assert phone.get(path).h1 == "You have already answered"
    assert "ทางลิงก์" in browser.get(f"{path}/mine").text
    assert "ทางลิงก์" in browser.get(f"{path}/mine.txt").response.get_data(as_text=True)
    response = db.session.scalars(select(Response)).one()
    assert response.person_id is None
    assert response.token_id is not None
    page = phone.follow(phone.fill(phone.get(path), {}, action=f"{path}/correct"))
    check = phone.follow(phone.fill(page, {**typed(scene, design=2), "step": "check"}, action=path))
    phone.fill(check, {"consent": CURRENT_CONSENT}, action=f"{path}/check")
    assert counted(scene) == counted_anew(scene)
    assert counted(scene)[0, 0, 0] == 1
    assert phone.get(scene.path(f"/link/{tokens[1]}")).h1 != "You have already answered"


USED, BEGUN = "This link has been used to answer", "Somebody has begun to answer by this link"


def test_the_link_alone_opens_nobodys_answers(app: Flask, browser: PageBrowser) -> None:
    """Whoever made the link knows it."""
    scene = by_links()
    [token] = given_links(scene, 1)
    path = scene.path(f"/link/{token}")
    maker = browser.as_(scene.officer)
    early = maker.get(path)
    for head, step in ((BEGUN, "check"), (USED, "send")):
        if step == "check":
            check = browser.follow(browser.submit(path, {**typed(scene, words="ลับมาก"), "step": "check"}))
        else:
            browser.fill(check, {"consent": CURRENT_CONSENT}, action=f"{path}/check")
        for rest in ("", "?page=1", "/check", "/thanks", "/mine", "/mine.txt"):
            page = maker.get(path + rest)
            assert page.h1 == head, rest
            assert "ลับมาก" not in page.html
            assert page.response.headers["Cache-Control"] == "private, no-store"
        refused = maker.fill(early, {**typed(scene, words="แก้แทน"), "step": "next"}, action=path, status=422)
        assert "Somebody is answering by this link already" in refused.text
        assert "แก้แทน" in refused.html, "what was typed stays"
        assert "ลับมาก" not in refused.html
        maker.fill(early, {"step": "delete"}, action=path, status=422)
        for rest in ("/correct", "/check"):
            maker.post(f"{path}{rest}", {**early.field_values(), "consent": CURRENT_CONSENT}, status=200)
        for wrong in ("", "12", "0" * 16, "x" * 16):
            page = maker.fill(maker.get(path), {"code": wrong}, action=f"{path}/code", status=422)
            assert "ลับมาก" not in page.html
    assert not any(cookie.key.startswith("link") for cookie in maker.client._cookies.values())
    maker.fill(maker.get(path), {}, action=f"{path}/anew", status=422)
    answers = db.session.scalars(select(Answer.words).where(Answer.words.is_not(None))).all()
    assert answers == ["ลับมาก"]
    assert counted(scene)[0, 0, 0] == 1


def test_who_lost_the_code_begins_anew_while_nothing_is_sent(app: Flask, browser: PageBrowser) -> None:
    scene = by_links()
    [token] = given_links(scene, 1)
    path = scene.path(f"/link/{token}")
    browser.submit(path, {**typed(scene, words="เครื่องเก่า"), "step": "later"})
    phone = PageBrowser(app)
    page = phone.follow(phone.fill(phone.get(path), {}, action=f"{path}/anew"))
    assert "เครื่องเก่า" not in page.html
    check = phone.follow(phone.fill(page, {**typed(scene), "step": "check"}, action=path))
    phone.fill(check, {"consent": CURRENT_CONSENT}, action=f"{path}/check")
    assert phone.get(path).h1 == "You have already answered"
    assert browser.get(path).h1 == USED, "the old browser's code fits no more"


def test_a_first_page_sent_again_gives_the_same_code(app: Flask, browser: PageBrowser) -> None:
    """Its answer may be lost on the way; and the code is a cookie no script reads, for this survey alone."""
    scene = by_links()
    [token] = given_links(scene, 1)
    path = scene.path(f"/link/{token}")
    values = {**browser.get(path).field_values(), **typed(scene), "step": "later"}
    cookies = []
    for _ in range(2):
        lost = PageBrowser(app)
        lost.client._cookies.update(
            {key: cookie for key, cookie in browser.client._cookies.items() if cookie.key == "session"}
        )
        answer = lost.post(path, values)
        cookies.append([c for c in answer.response.headers.getlist("Set-Cookie") if c.startswith("link")])
        assert code_on(lost.follow(answer))
    assert [c.partition(";")[0] for c in cookies[0]] == [c.partition(";")[0] for c in cookies[1]]
    for cookie, lang in zip(cookies[0], LANGUAGES, strict=True):
        assert {"HttpOnly", "SameSite=Lax", f"Path=/{lang}/surveys/{scene.id}/link/"} <= set(
            cookie.split("; ")
        )
    [kept] = db.session.scalars(select(Receipt.digest))
    code = cookies[0][0].partition("=")[2].partition(";")[0]
    assert len(code) == 16
    assert code not in kept


def test_two_who_begin_at_once_by_a_link_do_not_share_answers(app: Flask) -> None:
    scene = by_links()
    [token] = given_links(scene, 1)
    start, outcomes = threading.Barrier(2), []
    asked = [scene.questions[0].id]

    def begin(code: str) -> None:
        with app.app_context():
            try:
                start.wait()
                with transaction():
                    drafts.save_page(
                        activity_id=scene.id,
                        respondent=replace(links.holder(scene.id, token), fresh=code),
                        asked=asked,
                        replies=[],
                        spent=1,
                    )
                outcomes.append(code)
            except receipts.NeedsCode:
                outcomes.append("")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=begin, args=(sign * 16,)) for sign in "12"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, outcomes)) == [False, True]


def test_codes_are_read_as_people_write_them(app: Flask) -> None:
    for written in ("1234 5678 9012 3456", "๑๒๓๔-๕๖๗๘-๙๐๑๒-๓๔๕๖", "1234567890123456"):
        assert receipts.read_code(written) == "1234567890123456"
    for wrong in ("", "1234", "1234 5678 9012 345a", "²" * 16):
        assert receipts.read_code(wrong) is None


def test_the_code_of_what_was_never_sent_goes_with_it(app: Flask, browser: PageBrowser, clock: Clock) -> None:
    scene = by_links()
    sent, unsent, thrown = (scene.path(f"/link/{token}") for token in given_links(scene, 3))
    for path in (sent, unsent, thrown):
        check = browser.follow(browser.submit(path, {**typed(scene), "step": "check"}))
        if path == sent:
            browser.fill(check, {"consent": CURRENT_CONSENT}, action=f"{path}/check")
    browser.submit(thrown, {"step": "delete"})
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 2
    clock.advance(days=11)
    db.session.rollback()
    assert sweep() == 1
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 1
    assert browser.get(f"{sent}/mine").h1 == "My answers", "after the closing too"


def test_nobody_comes_by_the_wrong_way(app: Flask, browser: PageBrowser) -> None:
    closed, open_ = by_links(), make_scene()
    for token in ("0" * 32, "nonsense", "A" * 32):
        browser.get(closed.path(f"/link/{token}"), 404)
    citizen = browser.as_(closed.citizen)
    assert "by invitation" in citizen.get(closed.path("/answer")).text
    with pytest.raises(DomainError):
        make_response(closed)
    tokens = links.new_secrets(1)
    with transaction():
        links.make_links(activity_id=closed.id, viewer=viewer_of(closed.officer), tokens=tokens)
    browser.get(open_.path(f"/link/{tokens[0]}"), 404)
    with pytest.raises(NotFound):
        links.holder(open_.id, tokens[0])
    with pytest.raises(DomainError), transaction():
        links.make_links(activity_id=open_.id, viewer=viewer_of(open_.officer), tokens=tokens)


# ---------------------------------------------------------------- preview, digest


def test_a_survey_without_questions_has_a_preview(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(drafts=(), opens_in=2)
    officer, path = browser.as_(scene.officer), scene.path("/preview")
    officer.fill(officer.get(path), {"step": "next"}, action=path, status=200)


def test_the_preview_shows_pages_and_stores_nothing(app: Flask, browser: PageBrowser) -> None:
    scene = in_pages()
    first, why, trust, _more = scene.questions
    officer, path = browser.as_(scene.officer), scene.path("/preview")
    page = officer.get(path)
    assert "Nothing of what you answer here is stored" in page.text
    page = officer.fill(
        page, {first.field: str(first.options[0].id), "step": "next"}, action=path, status=200
    )
    assert page.h1 == "สอง"
    page = officer.fill(page, {why.field: "x", trust.field: "3", "step": "next"}, action=path, status=200)
    assert page.h1 == "สาม"
    page = officer.fill(page, {"step": "back"}, action=path, status=200)
    assert page.field_values()[why.field] == "x"
    assert officer.fill(officer.get(path), {"step": "next"}, action=path, status=422).errors()
    for model in (Draft, Response):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    broken = officer.fill(page, {"state": "{]", trust.field: "3", "step": "next"}, action=path, status=200)
    assert broken.h1


@pytest.mark.parametrize(
    "state",
    [
        "{]",
        "5",
        '"x"',
        "[[1]]",
        "[null]",
        "[" * 50_000,
        '[{"question": [1]}]',
        '[{"question": 1, "picks": 7}]',
        '[{"question": QUESTION, "picks": [[1]]}]',
        '[{"question": QUESTION, "picks": [999999]}]',
        '[{"question": QUESTION, "cells": [[1]]}]',
        '[{"question": QUESTION, "day": 5}]',
        '[{"question": QUESTION, "words": {"a": 1}}]',
        '[{"question": QUESTION, "amount": NaN}]',
    ],
)
def test_a_preview_whose_state_is_garbage_begins_anew(app: Flask, browser: PageBrowser, state: str) -> None:
    scene = make_scene(drafts=KINDS, opens_in=2)
    officer, path = browser.as_(scene.officer), scene.path("/preview")
    for question in scene.questions:
        page = officer.get(path)
        values = {"state": state.replace("QUESTION", str(question.id)), "step": "next"}
        answer = officer.post(path, {**page.field_values(), **values, "asked": ""}, status=200)
        assert answer.h1


def test_buttons_of_nothing_are_no_crash(app: Flask, browser: PageBrowser) -> None:
    scene = make_scene(opens_in=2)
    officer, path = browser.as_(scene.officer), scene.path("/setup")
    for move in ("up-" + "9" * 60, "up-" + "9" * 5_000, "up-0"):
        officer.submit(path, {"move": move}, status=404)
    officer.submit(path, {"move": "down-²"}, status=400)


def test_the_version_is_the_digest_people_answered(scene: Scene) -> None:
    make_response(scene)
    entry = db.session.scalars(select(Entry).where(Entry.fact == "surveys.response.submitted")).one()
    assert questionnaire(scene.id).digest() in entry.body


def test_how_long_it_took(scene: Scene, browser: PageBrowser, clock: Clock) -> None:
    citizen, path = browser.as_(scene.citizen), scene.path("/answer")
    form = citizen.get(path)
    clock.advance(minutes=3)
    check = citizen.follow(citizen.fill(form, {**typed(scene), "step": "check"}, action=path))
    citizen.fill(check, {"consent": CURRENT_CONSENT}, action=scene.path("/check"))
    assert db.session.scalars(select(Response.seconds)).one() == 180
