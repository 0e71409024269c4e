"""The room's pages in a real browser, on a phone and at a desk, in both languages; resumed from one to the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import func, select

from app.activities.surveys import building, ready_made, service
from app.activities.surveys.models import Response
from app.activities.surveys.questionnaire import QuestionDraft
from app.activities.surveys.replies import Reply
from app.core.db import db, transaction
from app.i18n import Language
from app.identity.consents import CURRENT_CONSENT
from tests.journeys.support.looking import Looker, looker
from tests.support.browser import PageBrowser
from tests.support.clock import Clock
from tests.support.make import make_person
from tests.surveys.make import Scene, make_scene, set_window, viewer_of
from tests.surveys.test_answering import KINDS, in_pages
from tests.surveys.test_desk import key

WIDTHS = (390, 1280)


@pytest.fixture
def lang(engine_name: str) -> Language:
    """Thai on one engine, English on the other: which database the words come from does not change how they look."""
    return "th" if engine_name == "sqlite" else "en"


@pytest.fixture
def axe_at(lang: Language) -> tuple[int, ...]:
    """The width at which axe looks: Thai on the phone, English on the desk."""
    return (WIDTHS[0] if lang == "th" else WIDTHS[1],)


def eyes_of(app: Flask, chromium: Browser, url: str, person: Any, **options: Any) -> Looker:
    """A browser in which this person is signed in."""
    eyes = looker(chromium, WIDTHS, **options)
    client = PageBrowser(app, person.id).client
    cookie = client.get_cookie("session")
    assert cookie is not None
    eyes.context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
    return eyes


def test_the_pages_are_sound(
    app: Flask,
    browser: PageBrowser,
    chromium: Browser,
    live_url: str,
    clock: Clock,
    lang: Language,
    axe_at: tuple[int, ...],
) -> None:
    scene, paged, building_ = make_scene(drafts=KINDS), in_pages(), make_scene(opens_in=2)
    first = building_.questions[0]
    citizen = eyes_of(app, chromium, live_url, scene.citizen, axe_at=axe_at)
    officer = eyes_of(app, chromium, live_url, building_.officer, axe_at=axe_at)
    for path in ("", "/answer"):
        citizen.look(live_url + scene.path(path, lang), lang)
        citizen.look(live_url + paged.path(path, lang), lang)
    fourth = building_.questions[3].id
    for path in (
        "/setup",
        "/add",
        *(f"/add/{kind}" for kind in ("matrix", "ranking", "number", "date", "place", "single")),
        "/page",
        f"/question/{fourth}/shown",
        f"/question/{fourth}/shown?on={first.id}",
        "/preview",
        "/ready-made",
        "/population",
        f"/population/{first.id}",
    ):
        officer.look(live_url + building_.path(path, lang), lang)
    sheets = make_scene()
    for person, trust in ((sheets.officer, 1), (make_person("officer", sheets.agency), 5)):
        moved: Any = key(browser.as_(person), sheets, 1, trust=trust)
    desk = eyes_of(app, chromium, live_url, sheets.officer, axe_at=axe_at)
    for path in ("/paper", "/paper/key"):
        desk.look(live_url + sheets.path(path, lang), lang)
    desk.look(live_url + moved.response.headers["Location"].replace("/en/", f"/{lang}/"), lang)
    faults = [*citizen.faults, *officer.faults, *desk.faults]
    assert not faults, "\n".join(faults)


def test_results_of_every_kind_are_sound(
    app: Flask, chromium: Browser, live_url: str, clock: Clock, lang: Language, axe_at: tuple[int, ...]
) -> None:
    scene = answered_by_many()
    clock.advance(days=11)
    eyes = eyes_of(app, chromium, live_url, scene.officer, axe_at=axe_at)
    by, compared = scene.questions[0].id, scene.questions[1].id
    for path in ("/results", "/manage", f"/compare?by={by}&question={compared}", "/trend"):
        eyes.look(live_url + scene.path(path, lang), lang)
    assert not eyes.faults, "\n".join(eyes.faults)


def answered_by_many() -> Scene:
    """A survey of every kind, answered by sixty people in many ways."""
    drafts: list[QuestionDraft] = [*KINDS, replace(KINDS[0], kind="multiple", max_picks=2, required=False)]
    scene = make_scene(drafts=(), opens_in=2, satisfaction=True)
    viewer = viewer_of(scene.officer)
    with transaction():
        for draft in drafts:
            building.add_question(activity_id=scene.id, viewer=viewer, draft=draft)
        ready_made.add_sector(activity_id=scene.id, viewer=viewer)
    set_window(scene, -1, 10)
    scene.read()
    for n in range(60):
        with transaction():
            service.submit_response(
                activity_id=scene.id,
                viewer=viewer_of(make_person()),
                replies=_replies(scene, n),
                consent_version=CURRENT_CONSENT,
                seconds=60 + n,
            )
    return scene


def _replies(scene: Scene, n: int) -> list[Reply]:
    s, m, r, number, day, place, t, several, sector = scene.questions
    return [
        Reply(s.id, picks=(s.options[n % 2].id,)),
        Reply(m.id, cells=tuple((row.id, 1 + n % 5) for row in m.rows)),
        Reply(r.id, picks=tuple(r.options[(n + k) % 3].id for k in range(3))),
        Reply(number.id, amount=n % 10 * 100),
        Reply(day.id, day=date(2026, 1 + n % 3, 1)),
        Reply(place.id, area="150101" if n % 3 else "500101"),
        Reply(t.id, cells=((t.rows[0].id, t.options[n % 2].id),)),
        Reply(several.id, picks=(several.options[n % 2].id,)),
        Reply(sector.id, picks=(sector.options[n % 2].id,)),
    ]


def test_begun_on_a_phone_and_finished_at_a_desk(
    app: Flask, chromium: Browser, live_url: str, scene: Scene
) -> None:
    phone = eyes_of(app, chromium, live_url, scene.citizen, has_touch=True, is_mobile=True)
    page = phone.page
    page.goto(live_url + scene.path("/answer", "th"))
    page.get_by_label("แผงถอดประกอบ").tap()
    page.get_by_label("4", exact=True).tap()
    page.locator("#main textarea").fill("ต้นโพธิ์")
    page.get_by_role("button", name="เก็บไว้ ตอบต่อภายหลัง").tap()
    page.get_by_text("แต่ยังไม่ได้ส่ง").wait_for()
    desk = eyes_of(app, chromium, live_url, scene.citizen).page
    desk.goto(live_url + scene.path("", "th"))
    desk.get_by_role("link", name="ตอบต่อ").click()
    assert desk.locator("#main textarea").input_value() == "ต้นโพธิ์"
    assert desk.get_by_label("แผงถอดประกอบ").is_checked()
    desk.get_by_role("button", name="ตรวจทานก่อนส่ง").click()
    desk.locator("input[name=consent]").check()
    desk.get_by_role("button", name="ส่งคำตอบ").click()
    desk.get_by_text("ขอบคุณที่ตอบแบบสำรวจ").first.wait_for()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
