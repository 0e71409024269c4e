"""Which parts of the hearing report are missing, by which rule, and where an officer fills them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for

from app.i18n import _l
from app.issues.contracts import Heard, Theme
from app.issues.kinds import ActivityView
from app.issues.models import Response
from app.issues.notice import RULES
from app.issues.particulars import stated
from app.issues.queries import IssueView
from app.issues.readiness import ANSWERED_FROM
from app.issues.reporting import Missing

CLAUSE_7 = _l("Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 7")
CLAUSE_9 = _l("Prime Minister's Office Regulation on Public Hearings B.E. 2548 (2005), clause 9")
ASSESSED = _l("Integrity and Transparency Assessment (ITA), item o25")


def missing_from(
    issue: IssueView,
    activities: Sequence[ActivityView],
    heard: Mapping[int, Heard],
    themes: Sequence[Theme],
    answer: Response | None,
) -> Iterator[Missing]:
    """Every part that is asked for and not there, in the order of the report."""
    prepare = url_for("issues.prepare", issue_id=issue.id)
    if not issue.contact.th:
        yield Missing(_l("The agency's contact"), CLAUSE_7, "M", prepare)
    particulars = url_for("issues.edit", issue_id=issue.id, part="particulars")
    for one in stated(issue.particulars):
        if one.text is None:
            yield Missing(one.words, CLAUSE_7, "M", particulars)
    if not any(activity.level >= ANSWERED_FROM for activity in activities):
        yield Missing(_l("An activity in which people are heard"), CLAUSE_9, "M", prepare)
    if not any(each.total for each in heard.values()):
        yield Missing(_l("Who took part"), ASSESSED, "H", prepare)
    yield from _unanswered(themes)
    if answer is None:
        response = url_for("issues.response", issue_id=issue.id)
        yield Missing(_l("The answer: what was heard and decided"), RULES["summary_15"].source, "M", response)
        yield Missing(_l("What the result is used for"), ASSESSED, "H", response)


def _unanswered(themes: Sequence[Theme]) -> Iterator[Missing]:
    for theme in themes:
        if theme.verdict is None:
            words = _l("The agency's answer to “%(title)s”", title=theme.title)
            yield Missing(words, ASSESSED, "H", theme.address.url())
