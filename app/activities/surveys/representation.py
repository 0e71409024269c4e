"""How the people who answered stand beside the population: the agency's table, with its source and year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert

from app.activities.surveys import facts
from app.activities.surveys.models import Population, PopulationPart
from app.activities.surveys.queries import question_in, questionnaire
from app.activities.surveys.questionnaire import QuestionView
from app.activities.surveys.results import Line, QuestionResult, labels, percent
from app.activities.surveys.service import KIND_CODE
from app.agencies.reference import provinces
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.i18n import _l
from app.i18n.bilingual import Bilingual
from app.i18n.dates import era_year
from app.i18n.digits import parse_int
from app.identity.viewer import Viewer
from app.issues.holds import hold
from app.issues.queries import activity_place
from app.ledger.record import record

DESCRIBED = frozenset({"single", "place"})
"""Questions of who somebody is: one answer each."""
LARGEST_TABLE = 200_000
"""Bytes."""

Counts = Sequence[tuple[int, str, int]]
"""(choice, its words, people)."""


@dataclass(frozen=True)
class Row:
    """A group's share of the population and of those who answered, in per cent; None where it is hidden."""

    label: Any
    population: Decimal
    answered: Decimal | None


@dataclass(frozen=True)
class Representation:
    """A question's groups beside the population."""

    question: QuestionView
    source: str
    year: int
    rows: tuple[Row, ...]

    @property
    def shown_year(self) -> int:
        """The year in the reader's era."""
        return era_year(self.year)


def read_table(content: bytes, question: QuestionView) -> Counts:
    """The agency's table: CSV with the columns category and count, one line a group of this question.

    A category is an answer's words in Thai or English, or a province's name or code. Raises `DomainError`
    naming the line.
    """
    known = _known(question)
    found: dict[int, tuple[str, int]] = {}
    for line, row in enumerate(_rows(_decoded(content)), 1):
        if not any(cell.strip() for cell in row) or (line == 1 and _is_heading(row)):
            continue
        if len(row) < 2:
            raise DomainError(
                _l("Line %(line)s: write the category, a comma and the number", line=line), "table"
            )
        choice = known.get(row[0].strip().casefold())
        if choice is None:
            raise DomainError(
                _l("Line %(line)s: “%(name)s” is no answer to this question", line=line, name=row[0][:60]),
                "table",
            )
        try:
            people = parse_int(row[1])
        except ValueError:
            people = -1
        if people < 0:
            raise DomainError(_l("Line %(line)s: the number cannot be read", line=line), "table")
        if choice in found:
            raise DomainError(_l("Line %(line)s: this category stands here twice", line=line), "table")
        found[choice] = (row[0].strip(), people)
    if len(found) < 2 or not sum(people for _name, people in found.values()):
        raise DomainError(_l("The table needs at least two categories with people in them"), "table")
    return [(choice, name, people) for choice, (name, people) in found.items()]


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of a table. Raises `DomainError` for what is none, as where a cell has no end."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from rows
    except csv.Error:
        raise DomainError(
            _l("The table cannot be read at line %(line)s. Save it as CSV again.", line=rows.line_num),
            "table",
        ) from None


def state_population(
    *, activity_id: int, question_id: int, viewer: Viewer, counts: Counts, source: str, year: int
) -> Population:
    """Set whom the answers to a question are compared with. `year` is of the Christian era."""
    activity = hold(activity_id)
    if activity.kind != KIND_CODE:
        raise NotFound
    question = question_in(questionnaire(activity_id), question_id)
    if question.kind not in DESCRIBED:
        raise DomainError(_l("Only a question of who people are can be compared with the population"))
    if not source:
        raise DomainError(_l("Say where the numbers are from"), "source")
    population = db.session.get(Population, question_id)
    if population is None:
        population = Population(question_id=question_id, activity_id=activity_id)
        db.session.add(population)
    population.source, population.year = source, year
    db.session.flush()
    db.session.execute(delete(PopulationPart).where(PopulationPart.question_id == question_id))
    rows = [
        {"question_id": question_id, "choice": choice, "label": name[:200], "people": people}
        for choice, name, people in counts
    ]
    db.session.execute(insert(PopulationPart), rows)
    record(
        facts.POPULATION_STATED,
        subject=f"survey/{activity_id}",
        actor=viewer.acting("surveys.prepare", activity.agency_id),
        place=activity_place(activity),
        data={"question": question.number, "year": year, "categories": len(rows)},
    )
    return population


def represented(
    results: Sequence[QuestionResult], stated: Mapping[int, tuple[Population, Mapping[int, PopulationPart]]]
) -> dict[int, Representation]:
    """The questions of which a population is stated, each beside it. Shares are of those who answered it
    with one of the categories; where a single result is hidden, it is hidden here too.
    """
    found = {}
    for result in results:
        if result.question.id in stated and not result.few:
            population, parts = stated[result.question.id]
            found[result.question.id] = _beside(result, population, parts)
    return found


def _beside(
    result: QuestionResult, population: Population, parts: Mapping[int, PopulationPart]
) -> Representation:
    lines = {line.choice: line for line in result.lines if line.choice is not None}
    everyone = sum(part.people for part in parts.values())
    hidden = any(choice not in lines or lines[choice].value is None for choice in parts)
    answered = sum(lines[choice].value or 0 for choice in parts if choice in lines)
    rows = [
        Row(
            label=_name(result.question, choice, part.label),
            population=percent(part.people, everyone),
            answered=_share(lines.get(choice), answered, hidden),
        )
        for choice, part in parts.items()
    ]
    return Representation(result.question, population.source, population.year, tuple(rows))


def _share(line: Line | None, answered: int, hidden: bool) -> Decimal | None:
    """Where a part is hidden, a share of those shown would say too much: the share of everyone is told."""
    if line is None or line.value is None or not answered:
        return None
    return line.percent if hidden else percent(line.value, answered)


def _name(question: QuestionView, choice: int, written: str) -> Any:
    if question.kind == "place":
        return provinces().get(f"{choice:02d}", written)
    return next((label for label, known in labels(question) if known == choice), written)


def _known(question: QuestionView) -> dict[str, int]:
    if question.kind == "place":
        named = [(name, int(code)) for code, name in provinces().items()]
        codes = {code: int(code) for code in provinces()}
    else:
        named = [(label, choice) for label, choice in labels(question)]
        codes = {}
    found: dict[str, int] = dict(codes)
    for name, choice in named:
        assert isinstance(name, Bilingual)
        found |= {text.strip().casefold(): choice for text in (name.th, name.en) if text}
    return found


def _is_heading(row: Sequence[str]) -> bool:
    return [cell.strip().lower() for cell in row[:2]] == ["category", "count"]


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_TABLE:
        raise DomainError(_l("The table is too large"), "table")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DomainError(_l("The table cannot be read. Save it as CSV (UTF-8)."), "table")
