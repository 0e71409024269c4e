"""Which questions somebody is asked, by what they answered before. One pure rule for pages and for storing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.activities.surveys.replies import Replies, Reply


@dataclass(frozen=True)
class ConditionView:
    """Something an earlier question's answer must pass: see `codes.TESTS`. `value` is a step or hundredths."""

    id: int
    source_id: int
    test: str
    options: frozenset[int] = frozenset()
    value: int | None = None

    def holds(self, reply: Reply | None) -> bool:
        """Whether the answer passes. Nobody's answer passes nothing: what was not asked is not known."""
        if reply is None or not reply.given:
            return False
        if self.test == "is":
            return bool(self.options & set(reply.picks))
        if self.test == "is_not":
            return not self.options & set(reply.picks)
        if self.test == "answered":
            return True
        given = reply.amount if reply.amount is not None else max(reply.picks, default=None)
        if given is None or self.value is None:
            return False
        return given >= self.value if self.test == "at_least" else given <= self.value


class Asked(Protocol):
    """A question as the rule sees it: its own conditions, and its page's."""

    @property
    def id(self) -> int: ...

    @property
    def conditions(self) -> tuple[ConditionView, ...]: ...

    @property
    def page_conditions(self) -> tuple[ConditionView, ...]: ...


def shown(questions: Sequence[Asked], replies: Replies) -> dict[int, Reply | None]:
    """The questions that are shown, in their order, each with its reply or None.

    Goes through the questions once from the first to the last: a condition sees only the answer to a
    question that was itself shown, so one that is hidden takes along what depends on it.
    """
    found: dict[int, Reply | None] = {}
    for question in questions:
        every = (*question.page_conditions, *question.conditions)
        if all(condition.holds(found.get(condition.source_id)) for condition in every):
            found[question.id] = replies.get(question.id)
    return found


def kept(questions: Sequence[Asked], replies: Replies) -> dict[int, Reply]:
    """Of these replies, those to questions that are shown: what may be stored."""
    return {
        ident: reply
        for ident, reply in shown(questions, replies).items()
        if reply is not None and reply.given
    }


@dataclass(frozen=True)
class Dependence:
    """That a question, or a page, is shown only by the answer to another question."""

    source_id: int
    question_id: int | None = None
    page_id: int | None = None


def out_of_order(
    order: Sequence[tuple[int, int | None]], dependences: Iterable[Dependence]
) -> list[Dependence]:
    """Those that would ask for an answer not yet given, with the questions in this order.

    `order` holds (question, its page). A question needs its source before it; a page needs its source
    before its first question. What depends on a question that is gone is out of order too.
    """
    places = {question: place for place, (question, _page) in enumerate(order)}
    begins: dict[int | None, int] = {}
    for place, (_question, page) in enumerate(order):
        begins.setdefault(page, place)
    wrong = []
    for dependence in dependences:
        if dependence.question_id is not None:
            target = places.get(dependence.question_id, len(order))
        else:
            target = begins.get(dependence.page_id, len(order))
        if places.get(dependence.source_id, len(order)) >= target:
            wrong.append(dependence)
    return wrong
