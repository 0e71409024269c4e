"""The agency keeps its promise: the published response, the commitment carried out, the issue closed."""

from __future__ import annotations

from tests.journeys.support.cast import Loop

HEARD = ("ท่านห่วงเรื่องวิวแม่น้ำ", "You worry about the view of the river")
DECIDED = ("ประชาชนเลือกแผงถอดประกอบ", "People chose the removable panels")
WILL_DO = ("จัดซื้อแผงและฝึกอาสาสมัคร", "Buy the panels and train the volunteers")
TRAINING = ("ฝึกอาสาสมัคร 40 คน", "Train forty volunteers")


def close_too_early(loop: Loop) -> None:
    """Before the response is published the page names what is owed and has no button."""
    executive = loop.executive
    executive.open(f"{loop.issue_path}/close")
    executive.reads("An issue is closed when the promise of its level has been kept.")
    assert executive.page.get_by_role("button", name=executive.say("Close the issue")).count() == 0
    token = executive.page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    answer = executive.page.request.post(
        f"{executive.base}/{executive.lang}{loop.issue_path}/close",
        form={"csrf_token": token, "key": "0" * 32},
        max_redirects=0,
    )
    assert answer.status == 422, answer.status
    loop.nobody["en"].open(loop.issue_path)
    loop.nobody["en"].does_not_read("What we will do")


def respond(loop: Loop) -> None:
    """What was heard, decided and will be done, with a commitment; checked, then published."""
    officer = loop.officer
    officer.open(f"{loop.issue_path}/response")
    for label, text in (
        ("What was heard", HEARD),
        ("What was decided", DECIDED),
        ("What will be done", WILL_DO),
    ):
        officer.write(f"{label}, in Thai", text[0])
        officer.write(f"{label}, in English", text[1])
    officer.write("What, in Thai", TRAINING[0])
    officer.write("What, in English", TRAINING[1])
    officer.write("Who, in Thai", "ปภ. จังหวัด")
    officer.write("Who, in English", "Provincial disaster office")
    officer.date("By which day", loop.day(20))
    officer.press("Save and check")
    officer.press("Publish the answer")
    for lang, visitor in loop.nobody.items():
        visitor.open(loop.issue_path)
        visitor.reads_title(*(text[lang == "en"] for text in (HEARD, DECIDED, WILL_DO, TRAINING)))


def carry_out(loop: Loop) -> None:
    """The commitment of the vote stands on the public page until the officer says that it was done."""
    officer = loop.officer
    officer.open("/issues/desk")
    officer.follow_title(TRAINING[officer.lang == "en"])
    officer.press("It has been carried out")


def close(loop: Loop) -> None:
    executive = loop.executive
    executive.open(f"{loop.issue_path}/prepare")
    executive.follow("See what is owed, and close")
    executive.reads("Every duty is met. The issue can be closed.")
    executive.press("Close the issue")
    for visitor in loop.nobody.values():
        visitor.open(loop.issue_path)
        visitor.reads("Closed")
