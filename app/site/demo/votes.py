"""The invented votes: rules and roll fixed, ballots dealt out by the rules of the content, the result declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from app.activities.votes import service
from app.activities.votes.content import PollContent
from app.activities.votes.models import Option
from app.core.db import db
from app.identity.consents import CURRENT_CONSENT
from app.site.demo import commitments
from app.site.demo.acts import Act, Plan
from app.site.demo.content import columns, day_of_row, span, spread

THRESHOLDS = {("more_than", 50): "majority"}
BASES = {"valid_choices": "valid"}


def acts(plan: Plan) -> Iterator[Act]:
    """From the rules to the ballots, and to the result where there is one."""
    yield plan.act(plan.content["rules_fixed"], _prepare)
    yield plan.act(plan.content["roll"]["frozen"], _freeze)
    yield from _ballots(plan)
    if plan.content["result"]:
        yield from _result(plan)


def _prepare(plan: Plan) -> None:
    rule, promised = plan.content["rule"], plan.content["commitment"]
    content = PollContent(
        options=[columns(name=option["name"], detail=option["detail"]) for option in plan.content["options"]],
        quorum_percent=rule["quorum_percent"],
        threshold=THRESHOLDS[rule["threshold"], rule["threshold_percent"]],
        base=BASES[rule["base"]],
        legal_basis="agency_own",
        binding=plan.content["binding"],
        due_on=plan.scene.calendar.day(promised["due"]),
        **columns(question=plan.content["question"], commitment=promised["text"], owner=promised["owner"]),
    )
    service.prepare_poll(activity_id=plan.activity_id, viewer=plan.officer, content=content)


def _freeze(plan: Plan) -> None:
    members = plan.content["roll"]["members"]
    keys = [*span(list(_crowd(plan)), members), *members["and"]]
    addresses = "\n".join(plan.scene.emails[key] for key in keys)
    service.load_roll(activity_id=plan.activity_id, viewer=plan.officer, addresses=addresses)
    service.freeze_roll(activity_id=plan.activity_id, viewer=plan.officer)


def _crowd(plan: Plan) -> Iterator[str]:
    """The crowd's keys in order: p01, p02 ..."""
    return (key for key in plan.scene.people if key.startswith("p") and key[1:].isdigit())


def _ballots(plan: Plan) -> Iterator[Act]:
    ballots = plan.content["ballots"]
    voters = span(list(_crowd(plan)), ballots["voters"])
    choices = spread(ballots["counts"], ballots["step"])
    for number, (voter, choice) in enumerate(zip(voters, choices, strict=True)):
        at = {**day_of_row(ballots["days"], number), "time": ballots["time"]}
        yield plan.act(at, _vote, voter, choice)


def _vote(plan: Plan, voter: str, choice: str) -> None:
    service.cast_ballot(
        activity_id=plan.activity_id,
        viewer=plan.scene.people[voter],
        option_id=_option_id(plan, choice),
        consent_version=CURRENT_CONSENT,
    )


def _option_id(plan: Plan, choice: str) -> int | None:
    """The option of this key; options stand in the order of the content. None abstains."""
    keys = [option["key"] for option in plan.content["options"]]
    if choice not in keys:
        return None
    place = keys.index(choice) + 1
    option = select(Option.id).where(Option.poll_id == plan.activity_id, Option.position == place)
    ident: int = db.session.execute(option).scalar_one()
    return ident


def _result(plan: Plan) -> Iterator[Act]:
    declared = plan.content["result"]["declared"]
    yield plan.act(declared, _declare)
    after = plan.scene.calendar.moment(declared) + timedelta(minutes=30)
    issue = plan.key.split(".")[0]
    for made in plan.content["commitments"]:
        yield Act(after, partial(commitments.make, plan, made))
        if made["done"]:
            at = plan.scene.calendar.moment(made["done"])
            yield Act(at, partial(commitments.carry_out, plan.scene, issue, plan.officer, made))


def _declare(plan: Plan) -> Any:
    executive = plan.scene.holder("executive", plan.agency)
    return service.declare_result(activity_id=plan.activity_id, viewer=executive)
