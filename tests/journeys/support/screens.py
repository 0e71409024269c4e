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

from app.activities.panels.models import Application, Attachment, Decision, Meeting, Member
from app.activities.publications.models import Document, Version
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
from tests.journeys.support.examples import Examples, examples
from tests.journeys.support.rows import first_id, newest_id
from tests.journeys.support.stage import TOKEN, Stage

NO_SCREEN = {
    "static": "files, not pages",
    "front.choose": "leads on to the first page in the browser's language",
    "front.healthz": "JSON for machines",
    **{
        f"ledger.{name}": "files for machines" for name in ("checkpoint", "logs", "proof", "tile", "verifier")
    },
    "comments.moderated_data": "JSON for machines",
    "survey_data.answers": "a download",
    "survey_data.code_book": "JSON for machines",
    **{f"api.{name}": "JSON for machines" for name in ("find", "issue", "issues", "openapi")},
    "comments.data": "a download",
    "comments.feed": "XML for feed readers",
    "comments.file": "a download",
    "comments.outcome": "leads on to what changed",
    "comments.passage": "leads on to the passage of the document",
    "comments.table": "a download",
    "demo_plain.people_json": "JSON for machines",
    "evidence.file": "a download",
    "forums.calendar_entry": "a file for calendars",
    "forums.material": "a download",
    "forums.own_calendar": "a file for calendars",
    "forums.photo": "a picture",
    "issues.report_themes": "a download",
    "notifications.one_click": "leads on to the page with the button",
    "outreach.export": "a download",
    "outreach.file": "a download",
    "panels.file": "a download",
    "publications.file": "a download",
    "surveys.full_export": "a download",
    "surveys.link_mine_text": "a download",
    "surveys.mine_text": "a download",
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
    given, special = _arguments(stage), _examples(stage)
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_SCREEN:
            found += _of_rule(app, rule, given, special.get(rule.endpoint, [{}]))
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
        "exhibit_id": first_id(Exhibit, Exhibit.issue_id.is_not(None)),
        "assessment_id": first_id(Assessment, Assessment.submitted_at.is_(None)),
        "item_code": rubric(*DEFAULT).items[0].code,
        "review_id": first_id(Review, Review.released_at.is_not(None)),
        "task_id": first_id(Assignment, Assignment.submitted_at.is_(None)),
        "token": TOKEN,
        "version": CURRENT_CONSENT,
        "commitment_id": first_id(Commitment, Commitment.done_at.is_(None)),
        "document_id": _document(stage.live),
        "application_id": first_id(Application, Application.state == "waiting"),
        "attachment_id": newest_id(Attachment),
        "decision_id": newest_id(Decision),
        "meeting_id": _meeting(stage, held=True),
        "member_id": newest_id(Member),
    }


def _examples(stage: Stage) -> Examples:
    """Examples that a page needs for itself, and more than one where it shows different things."""
    return {
        **examples(stage),
        **_people(),
        **_proving(stage),
        **_issues(stage),
        **_panels(stage),
        **_publications(stage),
        **_votes(stage),
    }


def _people() -> Examples:
    return {
        "agencies.end_role": [{"grant_id": first_id(RoleGrant, RoleGrant.role == "moderator")}],
        "identity.end_programme_role": [{"grant_id": first_id(RoleGrant, RoleGrant.role == "evaluator")}],
        "identity.reset": [{}, {"token": "gone", "status": 410}],
        "identity.verify": [{}, {"token": "gone", "status": 410}],
        "identity.sign_in": [{}, {"next": "/th/comments/mine"}],
    }


def _proving(stage: Stage) -> Examples:
    unreleased = select(Review.id).where(Review.released_at.is_(None)).order_by(Review.id)
    to_release, in_waiting = db.session.scalars(unreleased).all()
    return {
        "assessment.show": [
            {},
            {"assessment_id": first_id(Assessment, Assessment.submitted_at.is_not(None))},
        ],
        "awards.assign": [{"review_id": to_release}],
        "awards.relieve": [{"review_id": in_waiting}],
        "awards.decide": [{"review_id": to_release}, {"review_id": in_waiting}, {}],
        "awards.task": [{}, {"task_id": first_id(Assignment, Assignment.submitted_at.is_not(None))}],
        "evidence.agency": [{}, {"level": 2}, {"agency_id": stage.here.agencies["town"], "level": 3}],
        "evidence.show": [{}, {"exhibit_id": first_id(Exhibit, Exhibit.document_id.is_not(None))}],
    }


def _issues(stage: Stage) -> Examples:
    draft = stage.draft
    draft_issue, draft_activity = {"issue_id": stage.draft_id}, {"activity_id": draft["comments"]}
    issues = {key: {"issue_id": ident} for key, ident in stage.here.issues.items()}
    return {
        "issues.add_activity": [draft_issue, *({**draft_issue, "kind": kind} for kind in draft)],
        "issues.annul": [{}, draft_issue],
        "issues.edit": [
            {**draft_issue, "part": part}
            for part in ("texts", "area", "groups", "ground", "particulars", "promise")
        ],
        "issues.edit_activity": [draft_activity],
        "issues.remove_activity": [draft_activity],
        "issues.index": [{}, {"state": "open"}, {"province": "10", "level": 5}],
        "issues.prepare": [{}, draft_issue],
        "issues.propose": [draft_issue],
        "issues.publish": [draft_issue],
        "issues.raise_level": [{"issue_id": first_id(Issue, Issue.level == 2, Issue.source.is_(None))}],
        "issues.report": [{"who": "officer"}],
        "issues.show": [
            {},
            {**draft_issue, "who": "officer"},
            *issues.values(),
            {"issue_id": first_id(Issue, Issue.source.is_not(None))},
        ],
        "issues.timeline": [{}, *list(issues.values())[:1]],
    }


def _panels(stage: Stage) -> Examples:
    draft, to_come = stage.draft, {"meeting_id": _meeting(stage, held=False)}
    live_panel = Member.activity_id == stage.live["panels"]
    return {
        "panels.applied": [{"who": "citizen"}],
        "panels.apply": [{"who": "citizen3"}, {"who": "citizen"}],
        "panels.cancel": [to_come],
        "panels.change": [to_come],
        "panels.leave": [{"who": "citizen2"}],
        "panels.remove_name": [{"member_id": first_id(Member, live_panel, Member.organisation.is_not(None))}],
        "panels.name": [{"who": "citizen2"}],
        "panels.mine": [{"who": "citizen2"}],
        "panels.setup": [{"activity_id": draft["panels"]}, {}],
    }


def _publications(stage: Stage) -> Examples:
    draft = stage.draft
    return {
        "publications.add": [{"form_code": form} for form in ("document", "draft_law", "update")],
        "publications.changes": [{"document_id": _changed_document()}],
        "publications.remove": [{"activity_id": draft["publications"], "document_id": _document(draft)}],
        "publications.manage": [{}, {"activity_id": draft["publications"]}],
    }


def _votes(stage: Stage) -> Examples:
    draft, here = stage.draft, stage.here
    return {
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


def _document(activities: Mapping[str, int]) -> Any:
    return first_id(Document, Document.activity_id == activities["publications"])


def _changed_document() -> Any:
    return db.session.scalar(
        select(Version.document_id).where(Version.number == 2, Version.published_at.is_not(None)).limit(1)
    )


def _meeting(stage: Stage, *, held: bool) -> Any:
    adopted = Meeting.attended_at.is_not(None) if held else Meeting.attended_at.is_(None)
    return first_id(Meeting, Meeting.activity_id == stage.live["panels"], adopted)
