"""The agency's part before anybody takes part: drafting at level 5, five kinds of activity, publishing."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.support.cast import Loop
from tests.journeys.support.visitor import Visitor

TITLE = ("ควรสร้างกำแพงกันน้ำแบบใดที่ตลาดเก่า", "Which flood wall should be built at the old market?")
PROMISE = ("เราจะสร้างแบบที่ท่านลงมติ", "We will build the design you vote for.")
PROMISE_LEVEL = "Decide"
DESIGNS = (("กำแพงคอนกรีต", "Concrete wall"), ("แผงถอดประกอบ", "Removable panels"))
SURVEY_ANSWERS = (("กำแพงสูงบังแม่น้ำ", "A high wall hides the river"), ("น้ำท่วมทุกปี", "Floods every year"))


@dataclass(frozen=True)
class Planned:
    """An activity to be added: days from now."""

    key: str
    kind: str
    level: str
    title: tuple[str, str]
    opens: int
    closes: int | None


PLAN = (
    Planned("publications", "Documents and updates", "Know", ("เอกสารโครงการ", "Project papers"), 1, None),
    Planned("comments", "Comments", "Comment", ("ความเห็นต่อแบบทั้งสอง", "Views on both designs"), 1, 15),
    Planned("surveys", "Survey", "Comment", ("แบบสำรวจผู้ค้า", "Survey of traders"), 1, 15),
    Planned("involve", "Panel", "Plan together", ("คณะร่วมวางแผน", "Planning panel"), 1, 15),
    Planned("collaborate", "Panel", "Do together", ("คณะร่วมทำงาน", "Working panel"), 1, 15),
    Planned("votes", "Binding vote", "Decide", ("ลงมติเลือกแบบ", "Vote on the design"), 20, 22),
)


def draft(loop: Loop) -> None:
    """The officer opens a draft and fills in its parts, one page each."""
    officer = loop.officer
    officer.open("/issues/desk")
    officer.follow("Open a new issue")
    officer.write("Title in Thai", TITLE[0])
    officer.write("Title in English", TITLE[1])
    officer.write("Summary in Thai", "น้ำท่วมตลาดเก่าทุกปี ยังไม่ได้เลือกแบบ")
    officer.write("Summary in English", "The old market floods every year. No design has been chosen.")
    officer.tick(PROMISE_LEVEL)
    officer.press("Save the draft")
    loop.issue_id = int(officer.path.split("/")[3])
    _area(officer)
    _groups(officer)
    officer.follow("Change", nth=3)
    officer.tick("The agency's own decision")
    officer.press("Save")
    officer.follow("Change", nth=5)
    officer.write("Promise in Thai", PROMISE[0])
    officer.write("Promise in English", PROMISE[1])
    officer.date("The agency answers by", loop.day(30))
    officer.press("Save")


def _area(officer: Visitor) -> None:
    officer.follow("Change", nth=1)
    officer.page.get_by_label(officer.say("Province"), exact=True).select_option("14")
    officer.press("Show its areas")
    officer.page.get_by_label(officer.say("Area"), exact=True).select_option("1401")
    officer.press("Save")


def _groups(officer: Visitor) -> None:
    officer.follow("Change", nth=2)
    for place, (sector, thai, english) in enumerate(
        (
            ("People of the area", "ผู้ค้าในตลาด", "Market traders"),
            ("People of the area", "ชาวบ้านริมคลอง", "People on the canal"),
        )
    ):
        officer.pick("Sector", sector, nth=place)
        officer.write("Name in Thai", thai, nth=place)
        officer.write("Name in English", english, nth=place)
    officer.press("Save")


def add_activities(loop: Loop) -> None:
    """The programme: one activity of each kind, a panel for either level."""
    officer = loop.officer
    for planned in PLAN:
        officer.open(f"{loop.issue_path}/prepare")
        officer.follow("Add an activity")
        officer.follow(planned.kind)
        officer.write("Title in Thai", planned.title[0])
        officer.write("Title in English", planned.title[1])
        officer.tick(planned.level)
        officer.date("First day", loop.day(planned.opens))
        if planned.closes is not None:
            officer.date("Last day", loop.day(planned.closes))
        officer.press("Save and set it up")
    loop.activities = dict(zip((p.key for p in PLAN), loop.activity_ids(), strict=True))


def prepare_document(loop: Loop) -> None:
    officer = loop.officer
    officer.open(f"/publications/{loop.activities['publications']}/manage")
    officer.follow("Add a document")
    officer.write("Title, in Thai", "รายงานการศึกษาแบบทั้งสอง")
    officer.write("Title, in English", "Study of both designs")
    officer.write("Text, in Thai", "แบบ ก ราคา 142 ล้านบาท แบบ ข ราคา 118 ล้านบาท")
    officer.write("Text, in English", "Design A costs 142 million baht, design B 118 million.")
    paper = {"name": "study.txt", "mimeType": "text/plain", "buffer": "รายงานการศึกษา".encode()}
    officer.page.get_by_label(officer.say("New files to attach")).set_input_files(paper)
    officer.press("Save")
    officer.reads_title("รายงานการศึกษาแบบทั้งสอง" if officer.lang == "th" else "Study of both designs")


def prepare_question(loop: Loop) -> None:
    officer = loop.officer
    officer.open(f"/comments/{loop.activities['comments']}/setup")
    officer.write("Question, in Thai", "ท่านเห็นอย่างไรกับแบบทั้งสอง")
    officer.write("Question, in English", "What do you think of the two designs?")
    officer.press("Save")


def prepare_survey(loop: Loop) -> None:
    """One question of each kind."""
    officer = loop.officer
    officer.open(f"/surveys/{loop.activities['surveys']}/setup")
    for kind, thai, english in (
        ("One answer", "ท่านเลือกแบบใด", "Which design do you choose?"),
        ("Several answers", "ท่านห่วงเรื่องใด", "What worries you?"),
        ("Scale of 1 to 5", "มั่นใจว่าจังหวัดจะทำตาม", "I trust the province to do it"),
        ("Own words", "มีเรื่องใดที่ยังไม่ได้คิดถึง", "What has been forgotten?"),
    ):
        officer.follow("Add a question")
        officer.follow(kind)
        officer.write("Question, in Thai", thai)
        officer.write("Question, in English", english)
        _answers(officer, kind)
        officer.press("Save the question")


def _answers(officer: Visitor, kind: str) -> None:
    if kind in ("One answer", "Several answers"):
        pairs = DESIGNS if kind == "One answer" else SURVEY_ANSWERS
        for number, (thai, english) in enumerate(pairs, 1):
            officer.write("Answer %(number)s, in Thai", thai, number=number)
            officer.write("Answer %(number)s, in English", english, number=number)
    elif kind == "Scale of 1 to 5":
        officer.write_all(
            {
                "What 1 means, in Thai": "ไม่มั่นใจเลย",
                "What 1 means, in English": "Not at all",
                "What 5 means, in Thai": "มั่นใจมาก",
                "What 5 means, in English": "Completely",
            }
        )
    else:
        officer.page.get_by_label(officer.say("Everyone must answer this question")).uncheck()


def prepare_panel(loop: Loop, key: str) -> None:
    """Purpose, how members are chosen, two seats for the first of the issue's groups."""
    officer = loop.officer
    officer.open(f"/panels/{loop.activities[key]}/setup")
    officer.write("What the panel is for, in Thai", "ปรับแบบให้ตลาดอยู่ได้")
    officer.write("What the panel is for, in English", "Change the designs so that the market can live")
    officer.write("Seats", "๒" if officer.lang == "th" else "2", nth=0)
    officer.press("Save")


def prepare_vote(loop: Loop) -> None:
    """Question, rule, commitment and roll; fixed before the issue is published."""
    officer = loop.officer
    officer.open(f"/votes/{loop.activities['votes']}/setup")
    officer.follow("Question and options")
    officer.write("Question, in Thai", "ท่านเลือกให้สร้างแบบใด")
    officer.write("Question, in English", "Which design should be built?")
    for number, (thai, english) in enumerate(DESIGNS, 1):
        officer.write("Option %(number)s, in Thai", thai, number=number)
        officer.write("Option %(number)s, in English", english, number=number)
    officer.press("Save")
    officer.follow("Quorum, threshold and legal basis")
    officer.write("Quorum, per cent of the roll", "๖๐" if officer.lang == "th" else "60")
    officer.tick("More than half")
    officer.tick("The ballots that chose an option")
    officer.pick("Legal basis", "The agency's own decision")
    officer.press("Save")
    officer.follow("What the agency will do with the result")
    officer.tick("We declare that the result of this vote binds the agency")
    officer.write("What will be done, in Thai", "เริ่มก่อสร้างตามแบบที่เลือก")
    officer.write("What will be done, in English", "Building of the chosen design begins")
    officer.write("Who does it, in Thai", "สำนักงานจังหวัด")
    officer.write("Who does it, in English", "Provincial office")
    officer.date("Done by", loop.day(90))
    officer.press("Save")
    officer.follow("Roll")
    roll = "\n".join(loop.people[name].email for name in ("citizen", "citizen2", "citizen3"))
    officer.write("E-mail addresses, one a line", roll)
    officer.press("Take this list")


def fix_vote(loop: Loop) -> None:
    """Rules and roll are frozen while the vote has not opened; nothing can be changed afterwards."""
    officer = loop.officer
    officer.open(f"/votes/{loop.activities['votes']}/setup")
    officer.follow("Check all and fix it")
    officer.tick("I have checked everything. I know that nothing can be changed after this.")
    officer.press("Fix for good")
    officer.open(f"/votes/{loop.activities['votes']}/setup")
    officer.reads("The rules and the roll are fixed")


def publish(loop: Loop) -> None:
    """The officer asks, the executive signs; before that nobody outside sees anything."""
    loop.officer.open(f"{loop.issue_path}/prepare")
    loop.officer.follow("Ask an executive to publish")
    loop.officer.press("Ask for publication")
    nobody = loop.nobody["th"]
    nobody.page.goto(f"{nobody.base}/th{loop.issue_path}")
    assert TITLE[0] not in nobody.text, "a draft is nobody's to read"
    executive = loop.executive
    executive.open("/issues/desk")
    executive.follow_title(TITLE[0] if executive.lang == "th" else TITLE[1])
    executive.follow("Check and publish")
    executive.press("Publish and promise this")
    for lang, visitor in loop.nobody.items():
        visitor.open(loop.issue_path)
        visitor.reads_title(TITLE[lang == "en"], PROMISE[lang == "en"])
