"""The invented issues: drafted by an officer, published by an executive, answered, and what was promised done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any

from app.identity.viewer import Viewer
from app.issues import responses, schedule, service
from app.issues.content import IssueContent
from app.issues.schedule import ActivityContent
from app.site.demo import comments, commitments, forums, outreach, panels, publications, surveys, votes
from app.site.demo.acts import Act, Plan, Scene
from app.site.demo.content import FOLDER, Part, columns, read

KINDS: dict[str, ModuleType] = {
    "comments": comments,
    "forums": forums,
    "panels": panels,
    "publications": publications,
    "surveys": surveys,
    "votes": votes,
}
"""A module has `acts(plan)`, and `prepare(plan)` where the activity is set up with the draft."""


def issue_acts(scene: Scene, key: str) -> Iterator[Act]:
    """Everything that has happened in an issue so far."""
    content = read(f"{key}.issue.json")
    drafted = scene.calendar.moment(content["drafted"])
    plans = [(part["kind"], _plan(scene, content, part)) for part in content["activities"]]
    yield Act(drafted, partial(_draft, scene, content))
    for kind, plan in plans:
        if hasattr(KINDS[kind], "prepare"):
            yield Act(drafted + timedelta(hours=1), partial(KINDS[kind].prepare, plan))
        yield from KINDS[kind].acts(plan)
    yield Act(drafted + timedelta(hours=4), partial(_propose, scene, content))
    yield Act(scene.calendar.moment(content["published"]), partial(_publish, scene, content))
    if (FOLDER / f"{key}.response.json").exists():
        yield from _response_acts(scene, content, read(f"{key}.response.json"))
    if (FOLDER / f"{key}.outreach.json").exists():
        yield from outreach.outreach_acts(scene, key)


def _plan(scene: Scene, issue: dict[str, Any], part: Part) -> Plan:
    groups = {group["key"]: group for group in issue["groups"]}
    return Plan(scene, part["key"], issue["agency"], read(part["file"]), groups)


def _officer(scene: Scene, issue: Part) -> Viewer:
    return scene.holder("officer", issue["agency"])


def _draft(scene: Scene, issue: dict[str, Any]) -> None:
    agency_id = scene.agencies[issue["agency"]]
    actor = _officer(scene, issue).acting("issues.draft", agency_id)
    content = IssueContent(
        area_code=issue["area"],
        groups=[{"sector": group["sector"], **group["name"]} for group in issue["groups"]],
        legal_basis=issue["legal_basis"],
        level=issue["level"],
        answer_by=scene.calendar.day(issue["answer_by"]),
        particulars=issue.get("particulars", {}),
        **columns(title=issue["title"], summary=issue["summary"], promise=issue["promise"]),
    )
    drafted = service.draft_issue(agency_id=agency_id, content=content, actor=actor, invented=True)
    scene.issues[issue["key"]] = drafted.id
    for part in issue["activities"]:
        added = schedule.add_activity(
            issue_id=drafted.id, kind=part["kind"], content=_programme(scene, part), actor=actor
        )
        scene.activities[part["key"]] = added.id


def _programme(scene: Scene, part: Part) -> ActivityContent:
    content: ActivityContent = columns(title=part["title"]) | {
        "level": part["level"],
        "stage": part["stage"],
        "opens_at": scene.calendar.moment(part["opens"]),
        "closes_at": scene.calendar.moment(part["closes"]) if part["closes"] else None,
    }
    return content


def _propose(scene: Scene, issue: Part) -> None:
    actor = _officer(scene, issue).acting("issues.draft", scene.agencies[issue["agency"]])
    service.propose_issue(issue_id=scene.issues[issue["key"]], actor=actor)


def _publish(scene: Scene, issue: Part) -> None:
    executive = scene.holder("executive", issue["agency"])
    actor = executive.acting("issues.publish", scene.agencies[issue["agency"]])
    service.publish_issue(issue_id=scene.issues[issue["key"]], actor=actor)


def _response_acts(scene: Scene, issue: dict[str, Any], content: dict[str, Any]) -> Iterator[Act]:
    yield Act(scene.calendar.moment(content["written"]), partial(_write_response, scene, issue, content))
    yield Act(scene.calendar.moment(content["published"]), partial(_publish_response, scene, issue))
    for made in content["commitments"]:
        if made["done"]:
            at = scene.calendar.moment(made["done"])
            yield Act(at, partial(commitments.carry_out, scene, issue["key"], _officer(scene, issue), made))


def _write_response(scene: Scene, issue: Part, content: Part) -> None:
    responses.write_response(
        issue_id=scene.issues[issue["key"]],
        content=columns(heard=content["heard"], decided=content["decided"], will_do=content["will_do"]),
        plans=[
            columns(text=made["text"], owner=made["owner"]) | {"due_on": scene.calendar.day(made["due"])}
            for made in content["commitments"]
        ],
        actor=_respondent(scene, issue),
    )


def _publish_response(scene: Scene, issue: Part) -> None:
    responses.publish_response(issue_id=scene.issues[issue["key"]], actor=_respondent(scene, issue))


def _respondent(scene: Scene, issue: Part) -> Any:
    return _officer(scene, issue).acting("issues.respond", scene.agencies[issue["agency"]])
