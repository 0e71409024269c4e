"""From evidence to the award: exhibits at five levels, the self-assessment, blind scores, the band."""

from __future__ import annotations

from app.assessment.rubric import DEFAULT, rubric
from app.i18n.bilingual import bi_plain
from tests.journeys.support.cast import Loop
from tests.journeys.support.visitor import Visitor

RUBRIC = rubric(*DEFAULT)
ITEMS = [item.code for item in RUBRIC.items]
FIRST, SECOND = 4, 5
"""What each evaluator gives for every item: 80 and 100 points, 90 in the mean."""

SECRET = "เหตุผลของผู้ตรวจคนแรก"


def find_evidence(loop: Loop) -> None:
    """Every level has its exhibits, and one of them can be checked against the log."""
    for visitor in loop.nobody.values():
        visitor.open(loop.issue_path)
        visitor.follow("What this issue proves")
        for level in range(1, 6):
            visitor.open(f"/evidence/issue/{loop.issue_id}?level={level}")
            assert visitor.page.locator("ul.docs > li").count(), f"no exhibit at level {level}"
        visitor.page.locator("ul.docs > li a").first.click()
        visitor.reads("How this can be checked")
        visitor.reads("Digest of the exhibit")


def assess(loop: Loop) -> None:
    """The officer scores all items with the exhibits suggested for each; the executive submits."""
    officer = loop.officer
    officer.open("/assessment/")
    officer.write("Year (Buddhist era)", "๒๕๖๙" if officer.lang == "th" else "2569")
    officer.press("Begin")
    loop.assessment_id = int(officer.path.split("/")[3])
    officer.page.locator("table.data a").first.click()
    for code in ITEMS:
        assert officer.path.endswith(f"/{code}"), "saving leads to the next item"
        _choose_suggested(officer, code)
        officer.page.get_by_role("radio", name="4").check()
        officer.write("Reason", f"ทำครบตามแผน หลักฐานอยู่ในข้อ {code}")
        last = code == ITEMS[-1]
        officer.press("Save" if last else "Save and go to the next item")
    executive = loop.executive
    executive.open(f"/assessment/{loop.assessment_id}")
    executive.follow("Check and submit")
    executive.press("Submit the self-assessment")
    executive.reads("Submitted")
    executive.reads("Digest")


def _choose_suggested(officer: Visitor, code: str) -> None:
    """Tick the first suggested exhibit; where the five activities suggest none, another one."""
    boxes = officer.page.locator("#exhibits input[type=checkbox]")
    if officer.page.locator("#exhibits > .pick").count() == 0:
        officer.page.locator("#exhibits summary").click()
    assert boxes.count(), f"no exhibit to choose from for {code}"
    boxes.first.check()


def open_evaluation(loop: Loop) -> None:
    """The programme opens the evaluation and gives two people the task."""
    admin = loop.admin
    admin.open("/awards/manage")
    admin.press("Open the evaluation")
    loop.review_id = int(admin.path.split("/")[4])
    for name in ("evaluator", "evaluator2"):
        admin.page.get_by_label(admin.say("Evaluator"), exact=True).select_option(loop.people[name].name)
        admin.press("Give the task")


def score_blind(loop: Loop) -> None:
    """Both score every item beside its evidence; neither sees the other, nobody sees a first result."""
    first, second = loop.evaluators
    _score(loop, first, FIRST, SECRET)
    committee = loop.committee
    committee.open(f"/awards/committee/{loop.review_id}")
    committee.reads("Not every evaluator has submitted yet")
    committee.does_not_read("80.00")
    _score(loop, second, SECOND, "ตรวจแล้ว")


def _score(loop: Loop, evaluator: Visitor, score: int, reason: str) -> None:
    evaluator.open("/awards/tasks")
    evaluator.follow_title(loop.agency.name_th if evaluator.lang == "th" else loop.agency.name_en or "")
    evaluator.page.locator("table.data a").first.click()
    for code in ITEMS:
        assert evaluator.path.endswith(f"/{code}"), "saving leads to the next item"
        assert score == FIRST or SECRET not in evaluator.text, "evaluators are blind to each other"
        assert evaluator.page.locator("ul.docs > li").count(), "the evidence stands beside the form"
        evaluator.page.get_by_role("radio", name=str(score)).check()
        evaluator.write("Reason and evidence used", reason)
        last = code == ITEMS[-1]
        evaluator.press("Save" if last else "Save and go to the next item")
    evaluator.follow("Check and submit")
    evaluator.press("Submit the scores")


def release(loop: Loop) -> None:
    """The sub-committee sees total and band with their arithmetic, and releases them to everyone."""
    committee = loop.committee
    nobody = loop.nobody["th"]
    nobody.page.goto(f"{nobody.base}/th/awards/{loop.review_id}")
    nobody.does_not_read("90.00")
    committee.open("/awards/committee")
    committee.page.locator("ul.docs a").first.click()
    with loop.app.test_request_context(f"/{committee.lang}/"):
        band = bi_plain(RUBRIC.bands[0].name)
    committee.reads_title("80.00 + 100.00", "90.00", band, "× 4 ÷ 5 =", "× 5 ÷ 5 =")
    committee.press("Release the result")
    for lang, visitor in loop.nobody.items():
        with loop.app.test_request_context(f"/{lang}/"):
            band = bi_plain(RUBRIC.bands[0].name)
        visitor.open("/awards/")
        visitor.reads_title(band)
        visitor.follow_title(loop.agency.name_th if lang == "th" else loop.agency.name_en or "")
        visitor.reads_title("90.00", band)
