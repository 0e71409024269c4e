"""What an officer prepares for a vote: its parts, what must be true of them, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypedDict

from app.activities.votes.codes import BASES, THRESHOLDS
from app.activities.votes.models import FEWEST_OPTIONS, MOST_OPTIONS, Option, Poll
from app.activities.votes.queries import PollView
from app.core.clock import now
from app.core.errors import DomainError
from app.core.text import sort_key
from app.i18n import _l
from app.i18n.dates import last_day, local_day
from app.issues.content import content_digest
from app.issues.kinds import ActivityView
from app.issues.levels import LEGAL_BASES

LONGEST_COMMITMENT = 500
LONGEST_OWNER = 200
"""Code points that a commitment of an issue can hold."""

_POLL_PARTS = (
    *("question_th", "question_en", "quorum", "threshold", "threshold_share", "base", "legal_basis"),
    *("binding", "commitment_th", "commitment_en", "owner_th", "owner_en", "due_on"),
)
_OPTION_PARTS = ("id", "position", "name_th", "name_en", "detail_th", "detail_en")

Part = Literal["question", "rule", "commitment", "roll", "window"]


class OptionContent(TypedDict):
    """Something to choose, with an optional second line."""

    name_th: str
    name_en: str | None
    detail_th: str | None
    detail_en: str | None


class PollContent(TypedDict, total=False):
    """Parts of a vote; `prepare_poll` changes those it is given.

    Percentages have at most two digits after the point. `threshold` is a code of `THRESHOLDS`;
    `threshold_percent` belongs to "share" alone. `base` is a code of `BASES`. `due_on` is the day by
    which the result is carried out.
    """

    question_th: str
    question_en: str | None
    options: Sequence[OptionContent]
    quorum_percent: Decimal | int
    threshold: str
    threshold_percent: Decimal | int | None
    base: str
    legal_basis: str
    binding: bool
    commitment_th: str
    commitment_en: str | None
    owner_th: str
    owner_en: str | None
    due_on: date


@dataclass(frozen=True)
class Gap:
    """Something missing: the part in which it is filled, and in words."""

    part: Part
    words: Any


def apply_content(poll: Poll, content: PollContent, activity: ActivityView) -> None:
    """Put all parts but the options into the poll. Raises `DomainError` at the part that is wrong."""
    unknown = set(content) - set(PollContent.__annotations__)
    if unknown:
        raise ValueError(f"a vote has no {', '.join(sorted(unknown))}")
    _check_texts(content)
    _check_codes(content)
    if "options" in content:
        check_options(content["options"])
    if "due_on" in content:
        check_due(content["due_on"], activity)
    for name in content.keys() - {"options", "quorum_percent", "threshold_percent"}:
        setattr(poll, name, content[name])  # type: ignore[literal-required]
    if "quorum_percent" in content:
        poll.quorum = _hundredths(content["quorum_percent"], 0, "quorum_percent")
    if "threshold" in content:
        poll.threshold_share = _threshold_share(content)


def check_options(options: Sequence[OptionContent]) -> None:
    """Refuse too few or too many options, unnamed ones, and two that read the same."""
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        message = _l("Give %(fewest)s to %(most)s options", fewest=FEWEST_OPTIONS, most=MOST_OPTIONS)
        raise DomainError(message, "options")
    if not all(option["name_th"] for option in options):
        raise DomainError(_l("Name each option in Thai"), "options")
    names = [sort_key(option["name_th"]) for option in options]
    if len(set(names)) < len(names):
        raise DomainError(_l("Two options have the same name. People could not tell them apart."), "options")


def check_due(due_on: date, activity: ActivityView) -> None:
    """The result cannot be carried out before there is one."""
    earliest = last_day(activity.closes_at) if activity.closes_at else local_day(now())
    if due_on <= earliest:
        raise DomainError(_l("Choose a day after the vote has ended"), "due_on")


def missing(view: PollView, people: int, activity: ActivityView) -> Iterator[Gap]:
    """Every gap that stands in the way of fixing the rules and the roll; `people` are listed now."""
    poll = view.poll
    if activity.closes_at is None:
        yield Gap("window", _l("Say when the vote ends"))
    if not poll.question_th:
        yield Gap("question", _l("Write the question in Thai"))
    if len(view.options) < FEWEST_OPTIONS:
        yield Gap("question", _l("Give at least two options"))
    if poll.rule is None or not poll.legal_basis:
        yield Gap("rule", _l("Set the quorum, the threshold and the legal basis"))
    if not poll.binding:
        yield Gap("commitment", _l("Declare that the result binds the agency"))
    if not (poll.commitment_th and poll.owner_th and poll.due_on):
        yield Gap("commitment", _l("Say what will be done with the result, by whom and until when"))
    if not people:
        yield Gap("roll", _l("Put people on the roll"))


def poll_digest(poll: Poll, options: Sequence[Option]) -> str:
    """SHA-256 over the canonical JSON of the question, the options, the rule and the commitment."""
    of: dict[str, Any] = {name: getattr(poll, name) for name in _POLL_PARTS}
    of["options"] = [{part: getattr(option, part) for part in _OPTION_PARTS} for option in options]
    return content_digest(of)


def _check_texts(content: PollContent) -> None:
    required = {
        "question_th": _l("Write the question in Thai"),
        "commitment_th": _l("Say in Thai what will be done"),
        "owner_th": _l("Say in Thai who will do it"),
    }
    for name, message in required.items():
        if name in content and not content[name]:  # type: ignore[literal-required]
            raise DomainError(message, name)
    limits = {"commitment": LONGEST_COMMITMENT, "owner": LONGEST_OWNER}
    for name, text in content.items():
        limit = limits.get(name.removesuffix("_th").removesuffix("_en"))
        if limit and isinstance(text, str) and len(text) > limit:
            raise DomainError(_l("Shorten this text"), name)


def _check_codes(content: PollContent) -> None:
    codes = {"threshold": THRESHOLDS, "base": BASES, "legal_basis": LEGAL_BASES}
    for name, known in codes.items():
        if name in content and content[name] not in known:  # type: ignore[literal-required]
            raise DomainError(_l("Choose one of the answers shown."), name)


def _threshold_share(content: PollContent) -> int | None:
    percent = content.get("threshold_percent")
    if content["threshold"] != "share":
        return None
    if percent is None:
        raise DomainError(_l("Say how many per cent it takes"), "threshold_percent")
    return _hundredths(percent, 1, "threshold_percent")


def _hundredths(percent: Decimal | int, least: int, name: str) -> int:
    """A percentage in hundredths of a per cent, exactly."""
    exact = Decimal(percent) * 100
    if exact != int(exact) or not least * 100 <= exact <= 100 * 100:
        raise DomainError(_l("Enter a percentage from %(least)s to 100", least=least), name)
    return int(exact)
