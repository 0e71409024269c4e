"""Every page of the product with one example of it: derived from the routes, filled in from the rows.

A new route is looked at as soon as it exists. If it asks for something no rule here knows, or should not be
looked at, the test says so: give it an example, or name it in `NO_SCREEN` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule

from app.activities.comments.models import Comment
from app.activities.panels.models import Application, Attachment, Decision, Meeting, Member
from app.activities.publications.models import Document
from app.activities.surveys.models import Question
from app.assessment.models import Assessment
from app.assessment.rubric import DEFAULT, rubric
from app.awards.models import Assignment, Review
from app.core.db import db
from app.evidence.models import Exhibit
from app.i18n import Language
from app.identity.consents import CURRENT_CONSENT
from app.identity.models import RoleGrant
from app.identity.permissions import PUBLIC, roles_with
from app.identity.roles import PERSON
from app.issues.models import Commitment, Issue
from tests.journeys.support.stage import TOKEN, Stage

NO_SCREEN = {
    "static": "files, not pages",
    "front.choose": "leads on to the first page in the browser's language",
    "front.healthz": "JSON for machines",
    "api.issues": "JSON for machines",
    "demo_plain.people_json": "JSON for machines",
    "evidence.file": "a download",
    "panels.file": "a download",
    "publications.file": "a download",
    "votes.leaves": "a text file to be digested",
    "votes.check": "reached by a form alone; a GET leads back to step 1",
    "votes.cast": "reached by a form alone; a GET leads back to step 1",
}
"""Routes answering GET that show no page of ours, each with the reason. Reviewed by hand."""

ROLE_KEYS = {PERSON: "citizen"}
"""The demo person who stands for a role, where the key is not the role's own name."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Screen:
    """A page to look at: where it is, and as whom (a demo person's key, or None signed out)."""

    endpoint: str
    who: str | None
    values: Values
    status: int = 200

    def address(self, app: Flask, lang: Language) -> str:
        with app.test_request_context(f"/{lang}/"):
            return url_for(self.endpoint, **self.values)


def screens(app: Flask, stage: Stage) -> list[Screen]:
    """Every page, as each role that may open it."""
    given, examples = _arguments(stage), _examples(stage)
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_SCREEN:
            found += _of_rule(app, rule, given, examples.get(rule.endpoint, [{}]))
    return found


def _of_rule(app: Flask, rule: Rule, given: Values, examples: list[dict[str, Any]]) -> Iterator[Screen]:
    room = rule.endpoint.partition(".")[0]
    for example in examples:
        wanted = rule.arguments - {"lang"}
        known = {**given, "activity_id": given.get(room), **example}
        unknown = sorted(name for name in wanted if known.get(name) is None)
        assert not unknown, f"{rule.endpoint}: say in screens.py what to show as {', '.join(unknown)}"
        query = {name: example[name] for name in example.keys() - wanted - {"who", "status"}}
        values = {name: known[name] for name in wanted} | query
        for who in _readers(app, rule.endpoint, example):
            yield Screen(rule.endpoint, who, values, example.get("status", 200))


def _readers(app: Flask, endpoint: str, example: Values) -> list[str | None]:
    if "who" in example:
        return [example["who"]]
    access = str(getattr(app.view_functions[endpoint], "access", PUBLIC))
    if access == PUBLIC:
        return [None]
    return [ROLE_KEYS.get(role, role) for role in sorted(roles_with(access))]


def _arguments(stage: Stage) -> dict[str, Any]:
    """What an argument of an address stands for unless an example says otherwise."""
    return {
        **stage.live,
        "agency_id": stage.here.agencies["province"],
        "issue_id": stage.live_id,
        "exhibit_id": _id(Exhibit, Exhibit.issue_id.is_not(None)),
        "assessment_id": _id(Assessment, Assessment.submitted_at.is_(None)),
        "item_code": rubric(*DEFAULT).items[0].code,
        "review_id": _id(Review, Review.released_at.is_not(None)),
        "task_id": _id(Assignment, Assignment.submitted_at.is_(None)),
        "token": TOKEN,
        "version": CURRENT_CONSENT,
        "commitment_id": _id(Commitment, Commitment.done_at.is_(None)),
        "document_id": _document(stage.live),
        "application_id": _id(Application, Application.state == "waiting"),
        "attachment_id": _newest(Attachment),
        "decision_id": _newest(Decision),
        "meeting_id": _meeting(stage, held=True),
        "member_id": _newest(Member),
    }


def _examples(stage: Stage) -> dict[str, list[dict[str, Any]]]:
    """Examples that a page needs for itself, and more than one where it shows different things."""
    draft, here = stage.draft, stage.here
    draft_issue = {"issue_id": stage.draft_id}
    draft_activity = {"activity_id": draft["comments"]}
    ended = {"activity_id": here.activities["flood-wall.survey"]}
    waiting = {"comment_id": _comment(stage, "citizen3")}
    question = {"question_id": _id(Question, Question.activity_id == draft["surveys"])}
    live_panel = Member.activity_id == stage.live["panels"]
    to_come = {"meeting_id": _meeting(stage, held=False)}
    issues = {key: {"issue_id": ident} for key, ident in here.issues.items()}
    unreleased = select(Review.id).where(Review.released_at.is_(None)).order_by(Review.id)
    to_release, in_waiting = db.session.scalars(unreleased).all()
    return {
        "agencies.end_role": [{"grant_id": _id(RoleGrant, RoleGrant.role == "moderator")}],
        "identity.end_programme_role": [{"grant_id": _id(RoleGrant, RoleGrant.role == "evaluator")}],
        "identity.reset": [{}, {"token": "gone", "status": 410}],
        "identity.verify": [{}, {"token": "gone", "status": 410}],
        "identity.sign_in": [{}, {"next": "/th/comments/mine"}],
        "assessment.show": [{}, {"assessment_id": _id(Assessment, Assessment.submitted_at.is_not(None))}],
        "awards.assign": [{"review_id": to_release}],
        "awards.relieve": [{"review_id": in_waiting}],
        "awards.decide": [{"review_id": to_release}, {"review_id": in_waiting}, {}],
        "awards.task": [{}, {"task_id": _id(Assignment, Assignment.submitted_at.is_not(None))}],
        "comments.answer": [waiting],
        "comments.hide": [waiting],
        "comments.unhide": [{"comment_id": _comment(stage, "citizen2")}],
        "comments.sent": [{"comment_id": _comment(stage, "citizen")}],
        "comments.setup": [{"activity_id": draft["comments"]}],
        "comments.show": [{}, {"activity_id": here.activities["flood-wall.comments"]}],
        "comments.manage": [{}, {"show": "hidden"}, {"show": "all"}],
        "evidence.agency": [{}, {"level": 2}, {"agency_id": here.agencies["town"], "level": 3}],
        "evidence.show": [{}, {"exhibit_id": _id(Exhibit, Exhibit.document_id.is_not(None))}],
        "issues.add_activity": [draft_issue, *({**draft_issue, "kind": kind} for kind in draft)],
        "issues.annul": [{}, draft_issue],
        "issues.edit": [
            {**draft_issue, "part": part} for part in ("texts", "area", "groups", "ground", "promise")
        ],
        "issues.edit_activity": [draft_activity],
        "issues.remove_activity": [draft_activity],
        "issues.index": [{}, {"state": "open"}, {"province": "10", "level": 5}],
        "issues.prepare": [{}, draft_issue],
        "issues.propose": [draft_issue],
        "issues.publish": [draft_issue],
        "issues.raise_level": [{"issue_id": _id(Issue, Issue.level == 2, Issue.source.is_(None))}],
        "issues.show": [
            {},
            {**draft_issue, "who": "officer"},
            *issues.values(),
            {"issue_id": _id(Issue, Issue.source.is_not(None))},
        ],
        "issues.timeline": [{}, *list(issues.values())[:1]],
        "panels.applied": [{"who": "citizen"}],
        "panels.apply": [{"who": "citizen3"}, {"who": "citizen"}],
        "panels.cancel": [to_come],
        "panels.change": [to_come],
        "panels.leave": [{"who": "citizen2"}],
        "panels.remove_name": [{"member_id": _id(Member, live_panel, Member.organisation.is_not(None))}],
        "panels.name": [{"who": "citizen2"}],
        "panels.mine": [{"who": "citizen2"}],
        "panels.setup": [{"activity_id": draft["panels"]}, {}],
        "publications.add": [{"form_code": form} for form in ("document", "update")],
        "publications.remove": [{"activity_id": draft["publications"], "document_id": _document(draft)}],
        "publications.manage": [{}, {"activity_id": draft["publications"]}],
        "surveys.add": [
            {"activity_id": draft["surveys"], "kind": kind}
            for kind in ("single", "multiple", "scale", "text")
        ],
        **{
            f"surveys.{page}": [{"activity_id": draft["surveys"], **question}]
            for page in ("change", "remove")
        },
        **{
            f"surveys.{page}": [{"activity_id": draft["surveys"]}] for page in ("setup", "choose", "describe")
        },
        "surveys.answer": [{"who": "citizen2"}, {"who": "citizen"}],
        "surveys.manage": [{}, ended],
        "surveys.results": [{}, ended],
        "surveys.words": [{**ended, "question_id": _text_question(ended)}],
        **{
            f"votes.{page}": [{"activity_id": draft["votes"]}]
            for page in ("commitment", "freeze", "question", "roll", "rule")
        },
        "votes.setup": [{"activity_id": draft["votes"]}, {}],
        "votes.show": [{}, {"activity_id": here.activities["park.vote"]}],
        "votes.ballot": [{"activity_id": here.activities["park.vote"], "who": "citizen"}],
        "votes.right": [
            {"activity_id": here.activities["park.vote"]},
            {"who": "officer"},
            {"who": "citizen2"},
        ],
        "votes.result": [{"activity_id": here.activities["flood-wall.vote"]}],
        "votes.sent": [{"who": "citizen2"}],
        "votes.voted": [{"who": "citizen2"}],
    }


def _id(model: Any, *where: Any) -> Any:
    """The first such row's id."""
    return db.session.scalar(select(model.id).where(*where).order_by(model.id).limit(1))


def _newest(model: Any) -> Any:
    return db.session.scalar(select(model.id).order_by(model.id.desc()).limit(1))


def _comment(stage: Stage, author: str) -> Any:
    own = Comment.person_id == stage.who(author).person_id
    return _id(Comment, own, Comment.activity_id == stage.live["comments"])


def _document(activities: Mapping[str, int]) -> Any:
    return _id(Document, Document.activity_id == activities["publications"])


def _meeting(stage: Stage, *, held: bool) -> Any:
    adopted = Meeting.attended_at.is_not(None) if held else Meeting.attended_at.is_(None)
    return _id(Meeting, Meeting.activity_id == stage.live["panels"], adopted)


def _text_question(example: Values) -> Any:
    return _id(Question, Question.activity_id == example["activity_id"], Question.kind == "text")
