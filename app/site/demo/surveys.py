"""The invented surveys: their questions, and answers dealt out by the rules of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.activities.surveys import arranging, building, service
from app.activities.surveys.queries import questionnaire
from app.activities.surveys.questionnaire import QuestionDraft, QuestionView, Reply
from app.i18n.bilingual import Bilingual
from app.identity.consents import CURRENT_CONSENT
from app.site.demo.acts import Act, Plan
from app.site.demo.content import Part, both, day_of_row, spread

Rows = Sequence[Mapping[str, Any]]
"""What each row answers, by the question's key: keys of options, a step, or words."""


def prepare(plan: Plan) -> None:
    """Write the survey's introduction and its questions."""
    building.describe_survey(
        activity_id=plan.activity_id,
        viewer=plan.officer,
        intro=both(plan.content["intro"]),
        satisfaction=False,
    )
    added: dict[str, int] = {}
    for question in plan.content["questions"]:
        stored = building.add_question(
            activity_id=plan.activity_id, viewer=plan.officer, draft=_draft(question)
        )
        added[question["key"]] = stored.id
        if condition := question.get("if"):
            arranging.add_condition(
                activity_id=plan.activity_id,
                viewer=plan.officer,
                question_id=stored.id,
                draft=arranging.ConditionDraft(
                    added[condition["question"]], condition["test"], value=condition["value"]
                ),
            )


def acts(plan: Plan) -> Iterator[Act]:
    """Every answer, by somebody else of the crowd; the demo people are left to answer for themselves."""
    answers = plan.content["answers"]
    for number, row in enumerate(_rows(answers)):
        at = {**day_of_row(answers["days"], number), "time": answers["time"]}
        yield plan.act(at, _answer, row, f"p{number + 1:02}")


def _draft(question: Part) -> QuestionDraft:
    text, number = question["text"], question["kind"] == "number"  # A number is stored in hundredths.
    return QuestionDraft(
        kind=question["kind"],
        text=Bilingual(text["th"], text["en"]),
        required=question["required"],
        options=tuple(
            Bilingual(option["name"]["th"], option["name"]["en"]) for option in question.get("options", [])
        ),
        max_picks=question.get("max_choices"),
        low=both(question.get("low")),
        high=both(question.get("high")),
        max_length=question.get("max_length"),
        unit=both(question.get("unit")),
        least=question["min"] * 100 if number else None,
        most=question["max"] * 100 if number else None,
        places=0 if number else None,
    )


def _rows(answers: Part) -> Rows:
    columns = {key: _column(rule, answers["rows"]) for key, rule in answers["questions"].items()}
    return [{key: column[row] for key, column in columns.items()} for row in range(answers["rows"])]


def _column(rule: Part, rows: int) -> list[Any]:
    if "texts" in rule:
        written = {text["row"]: text["text"][text["lang"]] for text in rule["texts"]}
        return [written.get(row, "") for row in range(rows)]
    if "combinations" in rule:
        return spread({tuple(part["choices"]): part["rows"] for part in rule["combinations"]}, rule["step"])
    return [(key,) for key in spread(rule["counts"], rule["step"])]


def _answer(plan: Plan, row: Mapping[str, Any], person: str) -> None:
    asked = zip(plan.content["questions"], questionnaire(plan.activity_id).questions, strict=True)
    service.submit_response(
        activity_id=plan.activity_id,
        viewer=plan.scene.people[person],
        replies=[
            _reply(question, view, row[question["key"]])
            for question, view in asked
            if _is_asked(question, row)
        ],
        consent_version=CURRENT_CONSENT,
    )


def _is_asked(question: Part, row: Mapping[str, Any]) -> bool:
    """Whether somebody who answers like this is asked. The content asks by `at_most` of a scale alone."""
    condition = question.get("if")
    return condition is None or int(row[condition["question"]][0]) <= condition["value"]


def _reply(question: Part, view: QuestionView, answer: Any) -> Reply:
    if view.kind == "text":
        return Reply(view.id, words=answer)
    if view.kind == "number":
        return Reply(view.id, amount=int(answer[0]) * 100)
    if view.kind == "scale":
        return Reply(view.id, picks=tuple(int(step) for step in answer))
    keys = [option["key"] for option in question["options"]]
    return Reply(view.id, picks=tuple(view.options[keys.index(key)].id for key in answer))
