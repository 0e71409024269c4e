"""People take part and are answered: comments, survey, panel, vote. Some of them without any script."""

from __future__ import annotations

from app.i18n import Language
from tests.journeys.support.cast import Loop
from tests.journeys.support.preparing import DESIGNS, SURVEY_ANSWERS
from tests.journeys.support.visitor import Visitor

CONSENT = 'input[name="consent"]'
COMMENT_TH = "แบบ ข ดี แต่ใครจะประกอบแผงตอนตีสาม"
COMMENT_EN = "A high wall hides the river from every stall."
REASON_TH = "จะฝึกอาสาสมัคร 40 คนและซ้อมปีละสองครั้ง"
REASON_EN = "Forty volunteers will be trained, with two drills a year."
REFUSED_TH = "แบบ ก ต้องสูง 2 เมตร เพราะน้ำปี 2554 สูง 1.8 เมตร"
REFUSED_EN = "Design A must be 2 metres high: the water of 2011 stood at 1.8."


def comment(loop: Loop, visitor: Visitor, words: str) -> None:
    """Write, check, send: by the issue's own button."""
    visitor.open(f"/comments/{loop.activities['comments']}")
    visitor.follow("Give your view")
    visitor.write("Your comment", words)
    visitor.tick("Name not shown")
    visitor.press("Check before sending")
    visitor.reads("Nothing has been sent yet.")
    visitor.reads_title(words)
    visitor.press("Send the comment", status=422)
    assert visitor.errors(), "without consent nothing is kept"
    visitor.page.locator(CONSENT).check()
    visitor.press("Send the comment")
    visitor.reads("Your comment was sent")
    visitor.follow("See your comment")
    visitor.reads_title(words)


def answer_comments(loop: Loop) -> None:
    """Each comment gets a verdict with its reason; both language's readers see it under the comment."""
    officer = loop.officer
    answers = (("Adopted", REASON_TH, REASON_EN), ("Not adopted", REFUSED_TH, REFUSED_EN))
    for verdict, thai, english in answers:
        officer.open("/comments/desk")
        officer.follow_title("ความเห็นต่อแบบทั้งสอง" if officer.lang == "th" else "Views on both designs")
        officer.follow("Answer")
        officer.tick(verdict)
        officer.write("Reason, in Thai", thai)
        officer.write("Reason, in English", english)
        officer.press("Publish the answer")
    for lang, visitor in loop.nobody.items():
        visitor.open(f"/comments/{loop.activities['comments']}")
        visitor.reads_title(COMMENT_TH, COMMENT_EN)
        visitor.reads_title(*((REASON_TH, REFUSED_TH) if lang == "th" else (REASON_EN, REFUSED_EN)))
        visitor.reads("The agency answered: %(verdict)s", verdict=visitor.say("Adopted"))
        visitor.reads("The agency answered: %(verdict)s", verdict=visitor.say("Not adopted"))


def answer_survey(loop: Loop, visitor: Visitor, design: int, words: str) -> None:
    place = visitor.lang == "en"
    visitor.open(f"/surveys/{loop.activities['surveys']}")
    visitor.follow("Answer the survey")
    visitor.tick_title(DESIGNS[design][place])
    visitor.tick_title(SURVEY_ANSWERS[0][place])
    visitor.tick_title("4")
    visitor.page.locator("#main textarea").fill(words)
    visitor.press("Check before sending")
    visitor.reads_title(DESIGNS[design][place], SURVEY_ANSWERS[0][place], words)
    visitor.page.locator(CONSENT).check()
    visitor.press("Send the answers")
    visitor.reads("Thank you for answering")


def cast_ballot(loop: Loop, visitor: Visitor, design: int) -> None:
    """Right, ballot, check, receipt."""
    visitor.open(loop.issue_path)
    visitor.follow("Check your right and vote")
    visitor.reads("You are on the roll and may vote")
    choose(visitor, design)
    send(visitor)
    visitor.reads("Your ballot is in")
    visitor.does_not_read(DESIGNS[0][visitor.lang == "en"], DESIGNS[1][visitor.lang == "en"])


def choose(visitor: Visitor, design: int) -> None:
    visitor.follow("Go to the ballot")
    assert visitor.page.locator("input[name=option]:checked").count() == 0, "nothing is chosen beforehand"
    visitor.page.get_by_role("radio", name=DESIGNS[design][visitor.lang == "en"]).check()
    visitor.press("Check the ballot")
    visitor.reads("Your ballot has not been sent yet.")


def send(visitor: Visitor) -> None:
    visitor.page.locator(CONSENT).check()
    visitor.press("Send the ballot")


def vote_twice(loop: Loop, visitor: Visitor) -> None:
    """Two windows, each with a ballot to send: the first counts, the second is told so."""
    second = Visitor(loop.app, visitor.page.context.new_page(), visitor.base, visitor.lang)
    for window, design in ((visitor, 1), (second, 0)):
        window.open(f"/votes/{loop.activities['votes']}/right")
        choose(window, design)
    send(visitor)
    visitor.reads("Your ballot is in")
    send(second)
    second.reads("You have already voted")
    second.reads(
        "Your first ballot is in and counts once. The one you have just sent was not taken, and nothing "
        "of it was kept."
    )
    second.open(f"/votes/{loop.activities['votes']}/ballot")
    second.reads("You have already voted")


def declare(loop: Loop) -> None:
    """After the end the officer counts and declares; everyone sees each step of the arithmetic."""
    officer = loop.officer
    officer.open(f"/votes/{loop.activities['votes']}/manage")
    officer.follow("Declare the result")
    officer.press("Count and declare the result")
    for lang, visitor in loop.nobody.items():
        visitor.open(loop.issue_path)
        visitor.follow("See how it was counted")
        _reads_the_count(visitor, lang)


def _reads_the_count(visitor: Visitor, lang: Language) -> None:
    visitor.reads("People decided: %(option)s", option=DESIGNS[1][lang == "en"])
    visitor.reads("%(share)s of %(roll)s, rounded up", share="60%" if lang == "en" else "ร้อยละ 60", roll=3)
    visitor.reads("met: %(have)s cast", have=3)
    visitor.reads("%(ballots)s cast − %(abstained)s that chose none", ballots=3, abstained=0)
    visitor.reads("more than half of %(size)s", size=3)
    visitor.reads("reached: %(have)s", have=2)
    rows = visitor.page.locator("table.bars tbody tr").all_text_contents()
    found = [[word for word in ("2", "1", "66.7", "33.3") if word in row] for row in rows]
    assert found == [["2", "66.7"], ["1", "33.3"]], rows
