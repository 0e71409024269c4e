"""A panel at work: somebody applies for a seat and gets it, the panel meets, minutes and decisions follow."""

from __future__ import annotations

from tests.journeys.support.cast import Loop
from tests.journeys.support.taking_part import CONSENT
from tests.journeys.support.visitor import Visitor

GROUP = ("ผู้ค้าในตลาด", "Market traders")
MINUTES = ("ที่ประชุมเห็นว่าต้องเห็นแม่น้ำจากทุกแผง", "The meeting found that every stall must see the river.")
SAID = ("กำแพงบังแม่น้ำ", "The wall hides the river")
DECISION = ("เว้นช่องให้เห็นแม่น้ำทุก 50 เมตร", "Leave a view of the river every 50 metres")
WHY = ("ผู้ค้าทุกกลุ่มขอให้เห็นแม่น้ำ", "All traders asked to see the river")


def apply_for_a_seat(loop: Loop, visitor: Visitor, key: str) -> None:
    visitor.open(f"/panels/{loop.activities[key]}")
    visitor.follow("Apply for a seat")
    visitor.tick_title(GROUP[visitor.lang == "en"])
    visitor.write("Why would you like this seat?", "I have sold fish here for thirty years.")
    visitor.page.locator(CONSENT).check()
    visitor.press("Send the application")
    visitor.reads("Your application was sent")


def give_the_seat(loop: Loop, key: str) -> None:
    officer = loop.officer
    officer.open(f"/panels/{loop.activities[key]}/applications")
    officer.follow("Answer")
    officer.tick("Give the seat")
    officer.write("Reason", "ตรงตามเกณฑ์ของกลุ่มผู้ค้า")
    officer.press("Answer, and tell the applicant")


def call(loop: Loop, key: str) -> None:
    """Called three days ahead, with an agenda; everyone can read it at once."""
    officer = loop.officer
    officer.open(f"/panels/{loop.activities[key]}/manage")
    officer.follow("Call a meeting")
    officer.moment("Beginning", loop.on(3, 9))
    officer.write("End, on the same day", "๑๒.๐๐" if officer.lang == "th" else "12.00")
    officer.write("Place, in Thai", "ศาลาประชาคม")
    officer.write("Place, in English", "Community hall")
    officer.write("Agenda, in Thai", "ดูแบบทั้งสอง\nปรับแบบ")
    officer.write("Agenda, in English", "Look at both designs\nChange them")
    officer.press("Call the meeting")
    for lang, visitor in loop.nobody.items():
        visitor.open(f"/panels/{loop.activities[key]}")
        visitor.reads_title("ศาลาประชาคม" if lang == "th" else "Community hall")


def note_who_came(loop: Loop, key: str) -> None:
    officer = loop.officer
    officer.open(f"/panels/{loop.activities[key]}/manage")
    officer.follow("Attendance")
    officer.page.locator("input[name=came]").first.check()
    officer.write("Officials who came, in Thai", "วิศวกรโยธา 2 คน")
    officer.write("Officials who came, in English", "Two civil engineers")
    officer.press("Save, then write the minutes")


def adopt_minutes(loop: Loop) -> None:
    """Written where the attendance left off, checked as everyone will read them, adopted."""
    officer = loop.officer
    officer.write("Minutes, in Thai", MINUTES[0])
    officer.write("Minutes, in English", MINUTES[1])
    officer.press("Save and check")
    officer.reads_title(*MINUTES)
    officer.press("Adopt the minutes")
    meeting = officer.path.removeprefix(f"/{officer.lang}")
    for lang, visitor in loop.nobody.items():
        visitor.open(meeting)
        visitor.reads_title(MINUTES[lang == "en"])
        visitor.reads_title("วิศวกรโยธา 2 คน" if lang == "th" else "Two civil engineers")


def decide(loop: Loop, key: str) -> None:
    """What people had said, what was decided, and why."""
    officer = loop.officer
    officer.open(f"/panels/{loop.activities[key]}/manage")
    officer.follow("Publish a decision")
    for label, text in (
        ("What people had said", SAID),
        ("Decision", DECISION),
        ("Reason", WHY),
    ):
        officer.write(f"{label}, in Thai", text[0])
        officer.write(f"{label}, in English", text[1])
    officer.tick("Adopted")
    officer.press("Publish the decision")
    for lang, visitor in loop.nobody.items():
        visitor.open(loop.issue_path)
        visitor.reads_title(DECISION[lang == "en"], WHY[lang == "en"])
