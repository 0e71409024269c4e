"""Comments of every sort for the stage: questions to answer, visitors, replies, edits, files, keyed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.activities.comments import background, service
from app.activities.comments.service.keying import Arrival
from app.activities.publications.passages import subject_of
from app.core.clock import now
from app.core.db import transaction
from app.i18n.dates import local_day
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from tests.publications.make import stored_file

QUESTIONS = (("ท่านห่วงเรื่องใดที่สุด", "What worries you most?"), ("ควรเริ่มที่ใดก่อน", None))


def ask(activity_id: int, officer: Viewer) -> None:
    """A thread with everything one can have: questions, stances, files, and open to all."""
    service.prepare_thread(
        activity_id=activity_id,
        viewer=officer,
        question_th="ท่านเห็นอย่างไรกับแบบทั้งสอง",
        question_en="What do you think of the two designs?",
        who="open",
        stances=True,
        files=True,
    )
    for thai, english in QUESTIONS:
        service.add_question(activity_id=activity_id, viewer=officer, text_th=thai, text_en=english)


def talk(activity_id: int, document_id: int, people: Mapping[str, Viewer]) -> dict[str, int]:
    """Comments by their names; three authors have one each that is still to be answered."""
    written = {key: _write(activity_id, people[key]) for key in ("citizen", "citizen2", "citizen3")}
    written["reply"] = _reply(written["citizen3"], people["citizen2"])
    for number in range(3):
        _reply(written["citizen3"], people[f"p0{number + 1}"])
    _edit(written["citizen"], people["citizen"])
    subject = {"subject": subject_of(document_id), "version": 1}
    written["passage"] = _write(activity_id, people["p04"], files=[stored_file()], **subject)
    written["withdrawn"] = _write(activity_id, people["p05"])
    with transaction():
        service.withdraw_comment(comment_id=written["withdrawn"], viewer=people["p05"])
        service.give_support(comment_id=written["citizen3"], viewer=people["citizen"])
    for name in ("admitted", "pending"):
        written[name] = _visit(activity_id)
    with transaction():
        service.admit_comment(comment_id=written["admitted"], viewer=people["moderator"])
        service.hide_comment(
            comment_id=written["citizen2"],
            viewer=people["moderator"],
            reason="personal_data",
            note="ขอให้ลบเบอร์โทรก่อนส่งใหม่",
        )
    written["hidden"] = _write(activity_id, people["p06"])
    written["flagged"] = _write(activity_id, people["p07"], body="โทรหาผมได้ที่ 081-234-5678 ไอ้เหี้ย")
    with transaction():
        service.hide_comment(
            comment_id=written["hidden"],
            viewer=people["moderator"],
            reason="off_topic",
            note="คนละเรื่องกัน ขอให้ส่งใหม่",
        )
        service.lodge_appeal(comment_id=written["citizen2"], words="เป็นเบอร์ของร้านผมเอง ติดป้ายอยู่แล้ว")
    while background.run():
        pass
    written["keyed"] = _key_in(activity_id, people["officer"])
    return written | _put_together(activity_id, document_id, people)


def _put_together(activity_id: int, document_id: int, people: Mapping[str, Viewer]) -> dict[str, int]:
    """Two themes: one answered, with what changed, and one the agency has yet to decide."""
    officer = people["officer"]
    with_lights = [_write(activity_id, people[key], body="ขอไฟส่องสว่างริมเขื่อน") for key in ("p06", "p07")]
    ramps = _write(activity_id, people["p08"], body="ขอทางลาดให้รถเข็นลงริมน้ำ")
    made = {}
    for key, title, ids in (("theme", "ไฟส่องสว่างริมเขื่อน", with_lights), ("theme2", "ทางลาดลงริมน้ำ", [ramps])):
        with transaction():
            made[key] = service.make_theme(
                activity_id=activity_id, viewer=officer, title_th=title, title_en=None, comment_ids=ids
            ).id
    answer = {"viewer": officer, "reason_en": None, "revision": 0}
    with transaction():
        service.answer_theme(
            theme_id=made["theme"],
            verdict="adopted",
            reason_th="เพิ่มไฟส่องสว่างตลอดแนวเขื่อนแล้ว",
            due_on=None,
            outcome=f"{subject_of(document_id)}@1",
            **answer,  # type: ignore[arg-type]
        )
        service.answer_theme(
            theme_id=made["theme2"],
            verdict="under_review",
            reason_th="กำลังสำรวจจุดที่ทำทางลาดได้",
            due_on=local_day(now()) + timedelta(days=30),
            **answer,  # type: ignore[arg-type]
        )
    return {**made, "grouped": with_lights[0]}


def _content(**values: object) -> service.Content:
    return service.Content(
        **{"body": "ความเห็นสำหรับทดลองหน้าจอ", "relation": "lives", "stance": "for", **values}  # type: ignore[arg-type]
    )


def _write(activity_id: int, viewer: Viewer, **values: object) -> int:
    with transaction():
        return service.submit_comment(
            activity_id=activity_id,
            viewer=viewer,
            content=_content(**values),
            consent_version=CURRENT_CONSENT,
        ).id


def _reply(comment_id: int, viewer: Viewer) -> int:
    with transaction():
        return service.reply_to_comment(
            comment_id=comment_id,
            viewer=viewer,
            content=service.Content(body="เห็นด้วย แต่ควรมีคนเฝ้าตอนกลางคืน"),
            consent_version=CURRENT_CONSENT,
        ).id


def _edit(comment_id: int, viewer: Viewer) -> None:
    with transaction():
        service.edit_comment(
            comment_id=comment_id, viewer=viewer, content=_content(body="ความเห็นที่แก้แล้ว"), edits=0
        )


def _visit(activity_id: int) -> int:
    with transaction():
        return service.receive_comment(
            activity_id=activity_id,
            content=_content(body="ความเห็นจากคนที่ไม่มีบัญชี"),
            email=None,
            consent_version=CURRENT_CONSENT,
        ).id


def _key_in(activity_id: int, officer: Viewer) -> int:
    arrival = Arrival(
        "meeting", local_day(now()) - timedelta(days=1), "spoken", place="ศาลาประชาคมหมู่ที่ 4", origin_id=None
    )
    with transaction():
        return service.key_in_comment(
            activity_id=activity_id,
            viewer=officer,
            content=service.Content(body="ขอทางลาดทุกจุด", name="ลุงบุญ"),
            arrival=arrival,
        ).id
