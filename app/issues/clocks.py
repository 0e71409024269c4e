"""The clocks of a hearing, looked back upon: notice, summary, promised answer, each with whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.clock import now
from app.i18n import Lazy, _l
from app.i18n.dates import local_day
from app.issues.kinds import ActivityView
from app.issues.models import Response
from app.issues.notice import RULES, Rule, due_by, held, notice_days
from app.issues.queries import IssueView


@dataclass(frozen=True)
class Clock:
    """One clock: `told` are sentences, `due` the last day and `done` the day it was done on.

    `kept` is None while the day has not come and it is not done, and where no rule asks for it. `rule` is the rule
    of the legal basis that sets it.
    """

    words: Lazy
    kept: bool | None
    told: Sequence[Any] = ()
    due: date | None = None
    done: date | None = None
    rule: Rule | None = None


def clocks_of(
    issue: IssueView, activities: Sequence[ActivityView], answer: Response | None
) -> Sequence[Clock]:
    """Every clock that applies to the issue."""
    answered = local_day(answer.published_at) if answer is not None and answer.published_at else None
    return [*_notice(issue, activities), *_answers(issue, activities, answered)]


def _notice(issue: IssueView, activities: Sequence[ActivityView]) -> Iterator[Clock]:
    rules = held(issue, activities)
    days = notice_days(issue, activities)
    if days is not None and not any(each.rule.start == "announced" for each in rules):
        told = [_l("Days from the announcement to the first hearing: %(days)s.", days=days)]
        yield Clock(_l("Notice"), None, told)
    for each in rules:
        yield Clock(_l("Notice"), each.kept, each.told, rule=each.rule)


def _answers(issue: IssueView, activities: Sequence[ActivityView], answered: date | None) -> Iterator[Clock]:
    if due := due_by(issue, activities):
        yield _by(_l("Summary due by the legal basis"), due, answered, RULES["summary_15"])
    if issue.answer_by is not None:
        yield _by(_l("Answer promised by the agency"), issue.answer_by, answered)


def _by(words: Lazy, due: date, done: date | None, rule: Rule | None = None) -> Clock:
    kept = done <= due if done is not None else False if local_day(now()) > due else None
    return Clock(words, kept, due=due, done=done, rule=rule)
