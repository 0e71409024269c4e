"""What the invented citizens say, what they are answered, and what a moderator takes from view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.activities.comments import service
from app.activities.comments.queries import asked_in
from app.activities.publications.models import Version
from app.activities.publications.passages import subject_of
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.identity.viewer import Viewer
from app.site.demo.acts import Act, Plan
from app.site.demo.content import FOLDER, Part, columns, read


def prepare(plan: Plan) -> None:
    """Set the questions people are asked, and whether they are asked where they stand."""
    given: dict[str, Any] = {"activity_id": plan.activity_id, "viewer": plan.officer}
    stances = plan.content.get("stances", False)
    service.prepare_thread(stances=stances, **given, **columns(question=plan.content["question"]))
    for question in plan.content.get("questions", []):
        service.add_question(**given, **columns(text=question["text"]))


def acts(plan: Plan) -> Iterator[Act]:
    """Every comment, and what became of it."""
    sent: dict[str, int] = {}
    for comment in plan.content["comments"]:
        yield plan.act(comment["at"], _send, comment, sent)
        for person in comment.get("supports", []):
            yield plan.act(comment["at"], _support, person, comment, sent)
        for reply in comment.get("replies", []):
            yield plan.act(reply["at"], _reply, reply, comment, sent)
        if "answer" in comment:
            yield plan.act(comment["answer"]["at"], _answer, comment, sent)
        if "hidden" in comment:
            yield plan.act(comment["hidden"]["at"], _hide, comment, sent)
    response = FOLDER / f"{_issue(plan)}.response.json"
    if response.exists():  # Put together and answered by theme, before the response that sums it up.
        answered = read(response.name)
        for point in answered["points"]:
            yield plan.act(answered["written"], _answer_theme, point, sent)


def _send(plan: Plan, comment: Part, sent: dict[str, int]) -> None:
    author = plan.scene.people[comment["author"]]
    content = replace(
        _words(comment, author),
        stance=comment.get("stance"),
        sector=comment.get("sector"),
        area_code=comment.get("area"),
        question_id=_question(plan, comment),
        **_passage(plan, comment),
    )
    written = service.submit_comment(
        activity_id=plan.activity_id, viewer=author, content=content, consent_version=CURRENT_CONSENT
    )
    sent[comment["key"]] = written.id


def _reply(plan: Plan, reply: Part, comment: Part, sent: dict[str, int]) -> None:
    author = plan.scene.people[reply["author"]]
    service.reply_to_comment(
        comment_id=sent[comment["key"]],
        viewer=author,
        content=_words(reply, author),
        consent_version=CURRENT_CONSENT,
    )


def _support(plan: Plan, person: str, comment: Part, sent: dict[str, int]) -> None:
    service.give_support(comment_id=sent[comment["key"]], viewer=plan.scene.people[person])


def _words(comment: Part, author: Viewer) -> service.Content:
    return service.Content(
        body=comment["text"][comment["lang"]],
        name=author.name if comment["show_name"] else None,
        relation=comment["relation"],
    )


def _question(plan: Plan, comment: Part) -> int | None:
    """The id of the question a comment answers: they were added in the order of the file."""
    if "question" not in comment:
        return None
    keys = [question["key"] for question in plan.content["questions"]]
    question, _number = asked_in(plan.activity_id).questions[keys.index(comment["question"])]
    return question.id


def _passage(plan: Plan, comment: Part) -> dict[str, Any]:
    """The passage a comment is on: words of a document of the same issue, known by its title."""
    passage = comment.get("passage")
    if passage is None:
        return {}
    return {
        "subject": subject_of(_document(plan, passage["document"])),
        "version": passage["version"],
        "quote": passage["quote"],
    }


def _answer(plan: Plan, comment: Part, sent: dict[str, int]) -> None:
    answer = comment["answer"]
    review_by = answer.get("review_by")
    service.answer_comment(
        comment_id=sent[comment["key"]],
        viewer=plan.officer,
        verdict=answer["verdict"],
        due_on=plan.scene.calendar.day(review_by) if review_by else None,
        revision=0,
        **columns(reason=answer["text"]),
    )


def _answer_theme(plan: Plan, point: Part, sent: dict[str, int]) -> None:
    theme = service.make_theme(
        activity_id=plan.activity_id,
        viewer=plan.officer,
        comment_ids=[sent[key] for key in point["comments"]],
        **columns(title=point["topic"]),
    )
    changed, review_by = point.get("changed"), point.get("review_by")
    service.answer_theme(
        theme_id=theme.id,
        viewer=plan.officer,
        verdict=point["verdict"],
        due_on=plan.scene.calendar.day(review_by) if review_by else None,
        revision=0,
        outcome=f"{subject_of(_document(plan, changed['document']))}@{changed['version']}"
        if changed
        else None,
        **columns(reason=point["text"]),
    )


def _issue(plan: Plan) -> str:
    """The key of the plan's issue, with which the names of its files begin."""
    return str(plan.content["activity"]).partition(".")[0]


def _document(plan: Plan, key: str) -> int:
    """The id of a document of the same issue, known by its title."""
    items = read(f"{_issue(plan)}.publications.json")["items"]
    title = next(item["title"]["th"] for item in items if item["key"] == key)
    return db.session.scalars(select(Version.document_id).where(Version.title_th == title).distinct()).one()


def _hide(plan: Plan, comment: Part, sent: dict[str, int]) -> None:
    hidden = comment["hidden"]
    service.hide_comment(
        comment_id=sent[comment["key"]],
        viewer=plan.scene.people[hidden["by"]],
        reason=hidden["reason"],
        note=hidden["note"]["th"],
    )
