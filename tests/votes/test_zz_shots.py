import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.votes.make import *
from tests.support.browser import PageBrowser
from tests.support.make import make_person

def cookie_of(browser):
    return {c.key: c.value for c in browser.client._cookies.values()}

def test_shots(app, clock, live_url, new_page, engine_name, browser):
    if engine_name != "sqlite": pytest.skip("x")
    fresh = make_vote(3)
    ready_ = prepared(make_vote(25))
    vote = opened(clock, people=41, question_th="ท่านเลือกให้สร้างกำแพงกันน้ำ ตลาดเก่าท่าช้าง แบบใด", question_en="Which flood wall should be built at Tha Chang old market?")
    missed = fresh
    prep = make_vote(3); prepared(prep, binding=True)
    unprep = make_vote(3)
    decided = opened(clock, people=60)
    tie = opened(clock, people=30)
    cast_all(vote, [1]*6)
    cast_all(decided, [1]*10+[2]*22+[3]*6+[None]*3)
    cast_all(tie, [1]*10+[2]*10)
    end = decided.activity.closes_at
    now_ = clock()
    declared(decided, clock); declared(tie, clock)
    clock.set(now_)
    voter = vote.voters[10]
    pages = [
     ("show", f"votes/{vote.id}", None), ("right", f"votes/{vote.id}/right", voter), ("notright", f"votes/{vote.id}/right", make_person()),
     ("ballot", f"votes/{vote.id}/ballot", voter), ("check", f"votes/{vote.id}/ballot", voter), ("bad", f"votes/{vote.id}/ballot", voter),
     ("voted", f"votes/{vote.id}/voted", vote.voters[0]), ("sent", f"votes/{vote.id}/sent", vote.voters[0]),
     ("result", f"votes/{decided.id}/result", None), ("tie", f"votes/{tie.id}/result", None),
     ("issue", f"issues/{vote.issue.id}", None), ("issue-decided", f"issues/{decided.issue.id}", None),
     ("desk", "votes/desk", vote.officer), ("manage", f"votes/{vote.id}/manage", vote.officer),
     ("setup", f"votes/{prep.id}/setup", prep.officer), ("setup0", f"votes/{unprep.id}/setup", unprep.officer),
     ("question", f"votes/{prep.id}/question", prep.officer), ("rule", f"votes/{prep.id}/rule", prep.officer),
     ("commitment", f"votes/{prep.id}/commitment", prep.officer), ("roll", f"votes/{prep.id}/roll", prep.officer),
     ("rollbad", f"votes/{prep.id}/roll", prep.officer),
     ("freeze", f"votes/{prep.id}/freeze", prep.officer), ("missed", f"votes/{missed.id}/manage", missed.officer),
     ("declare", f"votes/{vote.id}/declare", vote.officer),
    ]
    bad = 0
    import os
    only = os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else None
    for name, path, person in pages:
        if only and name not in only: continue
        cookies = []
        if person is not None:
            b = browser.as_(person)
            cookies = [{"name": k, "value": v, "url": live_url} for k, v in cookie_of(b).items()]
        for lang in ("th", "en"):
            for width, scheme in ((390, "light"), (1280, "dark" if lang == "en" else "light"), (320, "light")):
                pg = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="th-TH")
                if cookies: pg.context.add_cookies(cookies)
                r = pg.goto(f"{live_url}/{lang}/{path}")
                assert r.status == 200, (name, r.status)
                if name == "check":
                    pg.locator("input[type=radio]").nth(1).check(); pg.locator("main button[type=submit]").click(); pg.wait_for_load_state()
                if name == "bad":
                    pg.locator("main button[type=submit]").click(); pg.wait_for_load_state()
                if name == "rollbad":
                    pg.locator("textarea").fill("a@b.c\n\nnonsense\nperson1@example.com\na@b.c"); pg.locator("main button[type=submit]").click(); pg.wait_for_load_state()
                if pg.evaluate("document.documentElement.scrollWidth > innerWidth"): print("SIDEWAYS", name, lang, width); bad += 1
                if width != 320:
                    for v in Axe().run(pg).response["violations"]:
                        bad += 1
                        print("AXE", name, lang, width, scheme, v["id"], v["help"], [n["html"][:200] for n in v["nodes"][:3]])
                    pg.screenshot(path=f"/tmp/vshots/{name}-{lang}-{width}.png", full_page=True)
                pg.context.close()
    print("findings", bad)
