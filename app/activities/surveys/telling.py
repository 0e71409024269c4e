"""What room surveys tells others at length: to the report its results, to whoever publishes what they sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.activities.surveys.queries import questionnaire, tallies
from app.activities.surveys.results import QuestionResult, results_of
from app.i18n import _l
from app.issues.contracts import Table

HEADS = (_l("What was answered"), _l("People who answered"), _l("Per cent"))
FEW = _l("Fewer than 20 people answered, so the answers are not broken down.")


def tables_of(activity_ids: Sequence[int]) -> Mapping[int, Sequence[Table]]:
    """The results of these surveys. A survey is read whole: the same few statements for each of them."""
    return {activity_id: list(_tables(activity_id)) for activity_id in activity_ids}


def _tables(activity_id: int) -> Iterator[Table]:
    survey = questionnaire(activity_id)
    results = results_of(survey, tallies(activity_id))
    if results is None:
        yield Table(_l("Results of the survey"), HEADS, (), FEW)
        return
    for result in results:
        rows = list(_rows(result))
        yield Table(result.question.text, HEADS, rows, FEW if result.few else "")


def _rows(result: QuestionResult) -> Iterator[Sequence[Any]]:
    yield from ((line.label, line.value, _percent(line.percent)) for line in result.lines)
    for part in result.parts:
        for line in part.lines:
            label = _l("%(row)s: %(answer)s", row=part.label, answer=line.label)
            yield label, line.value, _percent(line.percent)


def _percent(share: Any) -> Any:
    return None if share is None else f"{share:.1f}%"


def signed_of(activity_ids: Sequence[int]) -> Mapping[int, str]:
    """The digest of each questionnaire, which is its version. A survey is read whole."""
    return {activity_id: questionnaire(activity_id).digest() for activity_id in activity_ids}
