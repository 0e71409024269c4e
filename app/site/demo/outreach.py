"""The invented outreach: channels, a register of people nobody is, invitations and their replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO

from sqlalchemy import select

from app.core.db import db
from app.core.files import store
from app.identity.viewer import Viewer
from app.outreach import service
from app.outreach.models import Group
from app.site.demo.acts import Act, Scene
from app.site.demo.content import Part, columns, read, spread

Officer = Callable[[], Viewer]
"""Who holds the office, asked at the moment of an act."""


def outreach_acts(scene: Scene, key: str) -> Iterator[Act]:
    """Everything an agency did to reach people of an issue."""
    issue, content = read(f"{key}.issue.json"), read(f"{key}.outreach.json")
    moment, officer = scene.calendar.moment, partial(scene.holder, "officer", issue["agency"])
    for channel in content["channels"]:
        recorded: list[int] = []
        yield Act(moment(channel["at"]), partial(_record, scene, key, officer, channel, recorded))
        if channel.get("correction"):
            at = moment(channel["correction"]["at"])
            yield Act(at, partial(_correct, scene, officer, channel, recorded))
    groups = {group["key"]: group for group in issue["groups"]}
    register = content["register"]
    yield Act(moment(register["at"]), partial(_register, scene, key, officer, register, groups))
    for sending in content["sendings"]:
        sent: list[service.Sent] = []
        yield Act(moment(sending["at"]), partial(_invite, scene, key, officer, sending, groups, sent))
        if sending["posted"]:
            yield Act(moment(sending["posted"]), partial(_post, scene, officer, sending, sent))
        yield Act(moment(sending["replies"]["at"]), partial(_reply, sending["replies"], sent))
    yield Act(moment(content["turnout"]), partial(_state, scene, key, officer))


def _told(scene: Scene, channel: Part) -> service.Told:
    """What is recorded of a channel; its last day may be to come, as that of a notice on a board."""
    told: service.Told = columns(what=channel["what"], place=channel["place"]) | {
        "channel": channel["channel"],
        "from_on": scene.calendar.day(channel["from"]),
        "until_on": scene.calendar.day(channel["until"]),
        "reached": channel["reached"],
        "known_by": channel["known_by"],
    }
    return told


def _record(scene: Scene, key: str, officer: Officer, channel: Part, recorded: list[int]) -> None:
    file = channel["file"]
    made = service.record_channel(
        issue_id=scene.issues[key],
        viewer=officer(),
        told=_told(scene, channel),
        file=store(BytesIO(file["content"].encode()), file["name"]) if file else None,
    )
    recorded.append(made.id)


def _correct(scene: Scene, officer: Officer, channel: Part, recorded: list[int]) -> None:
    correction = channel["correction"]
    service.correct_channel(
        announcement_id=recorded[0],
        viewer=officer(),
        told=_told(scene, {**channel, "reached": correction["reached"]}),
        file=None,
        **columns(note=correction["note"]),
    )


def _register(scene: Scene, key: str, officer: Officer, register: Part, groups: Mapping[str, Part]) -> None:
    issue_id, viewer = scene.issues[key], officer()
    sized: list[service.GroupContent] = [
        columns(name=groups[part["group"]]["name"])
        | {"sector": groups[part["group"]]["sector"], "people": part["people"]}
        for part in register["groups"]
    ]
    service.state_groups(issue_id=issue_id, viewer=viewer, groups=sized)
    rows, number = [], 0
    for part in register["groups"]:
        for _n in range(part["contacts"]):
            number += 1
            rows.append(service.ContactRow(number, _contact(scene, register, groups[part["group"]], number)))
    service.import_contacts(issue_id=issue_id, viewer=viewer, rows=rows)


def _contact(scene: Scene, register: Part, group: Part, number: int) -> service.ContactContent:
    return service.ContactContent(
        name=register["name"]["th"].format(n=number),
        organisation=None,
        sector=group["sector"],
        group=group["name"]["th"],
        email=register["email"].format(n=number),
        address=register["address"]["th"].format(n=number),
        phone=None,
        lang="th",
        source=register["source"]["th"],
        ground="consent",
        given=register["given"],
        given_on=scene.calendar.day(register["at"]),
        keep_until=scene.calendar.day(register["keep_until"]),
    )


def _invite(
    scene: Scene,
    key: str,
    officer: Officer,
    sending: Part,
    groups: Mapping[str, Part],
    sent: list[service.Sent],
) -> None:
    names = [groups[group]["name"]["th"] for group in sending["groups"]]
    ids = select(Group.id).where(Group.issue_id == scene.issues[key], Group.name_th.in_(names))
    choice: service.Choice = columns(subject=sending["subject"], text=sending["text"]) | {
        "way": sending["way"],
        "group_ids": list(db.session.scalars(ids)),
        "contact_ids": [],
    }
    activity_id = scene.activities[sending["activity"]]
    sent.append(service.invite(activity_id=activity_id, viewer=officer(), choice=choice))


def _post(scene: Scene, officer: Officer, sending: Part, sent: list[service.Sent]) -> None:
    service.post_letters(
        sending_id=sent[0].sending.id, viewer=officer(), posted_on=scene.calendar.day(sending["posted"])
    )


def _reply(replies: Part, sent: list[service.Sent]) -> None:
    """The replies dealt out over the sectors: every so many contacts, in the order of the register."""
    tokens = list(sent[0].tokens.values())
    answers = spread(replies["counts"], replies["step"])
    for place, answer in enumerate(answers):
        service.reply(token=tokens[place * len(tokens) // len(answers)], answer=answer)


def _state(scene: Scene, key: str, officer: Officer) -> None:
    service.state_turnout(issue_id=scene.issues[key], viewer=officer())
