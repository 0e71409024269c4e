"""What the invented citizens say, what they are answered, and what a moderator takes from view."""

from __future__ import annotations

from collections.abc import Iterator

from app.activities.comments import service
from app.identity.consents import CURRENT_CONSENT
from app.site.demo.acts import Act, Plan
from app.site.demo.content import Part, columns


def prepare(plan: Plan) -> None:
    """Set the question people are asked."""
    service.prepare_thread(
        activity_id=plan.activity_id, viewer=plan.officer, **columns(question=plan.content["question"])
    )


def acts(plan: Plan) -> Iterator[Act]:
    """Every comment, and what became of it."""
    sent: dict[str, int] = {}
    for comment in plan.content["comments"]:
        yield plan.act(comment["at"], _send, comment, sent)
        if "answer" in comment:
            yield plan.act(comment["answer"]["at"], _answer, comment, sent)
        if "hidden" in comment:
            yield plan.act(comment["hidden"]["at"], _hide, comment, sent)


def _send(plan: Plan, comment: Part, sent: dict[str, int]) -> None:
    author = plan.scene.people[comment["author"]]
    written = service.submit_comment(
        activity_id=plan.activity_id,
        viewer=author,
        content=service.Content(
            body=comment["text"][comment["lang"]],
            name=author.name if comment["show_name"] else None,
            relation=comment["relation"],
        ),
        consent_version=CURRENT_CONSENT,
    )
    sent[comment["key"]] = written.id


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


def _hide(plan: Plan, comment: Part, sent: dict[str, int]) -> None:
    hidden = comment["hidden"]
    service.hide_comment(
        comment_id=sent[comment["key"]],
        viewer=plan.scene.people[hidden["by"]],
        reason=hidden["reason"],
        note=hidden["note"]["th"],
    )
