"""Examples of the rooms where people talk, answer and come together, and of those that reach and tell them."""

from __future__ import annotations

from typing import Any

from app.activities.comments.mails import appeal_token, no_mail_token
from app.activities.comments.models import Question as ThreadQuestion
from app.activities.forums.models import Registration
from app.activities.publications.models import Document
from app.activities.publications.passages import subject_of
from app.activities.surveys.codes import KINDS
from app.activities.surveys.models import Page, Question
from app.core.db import db
from tests.journeys.support.rows import first_id
from tests.journeys.support.stage import TOKEN, Stage

Examples = dict[str, list[dict[str, Any]]]


def examples(stage: Stage) -> Examples:
    """Examples that a page needs for itself, and more than one where it shows different things."""
    return {
        **_comments(stage),
        **_surveys_at_work(stage),
        **_surveys(stage),
        **_forums(stage),
        **_notifications(stage),
        **_outreach(stage),
        "search.find": [{}, *({"q": word} for word in ("กำแพง", "wall", "ไม่มีคำนี้เลย"))],
    }


def _comments(stage: Stage) -> Examples:
    ids, live, draft = stage.rows, stage.live["comments"], {"activity_id": stage.draft["comments"]}
    own, waiting = {"comment_id": ids["citizen"]}, {"comment_id": ids["citizen3"]}
    pending = {"comment_id": ids["pending"]}
    asked = first_id(ThreadQuestion, ThreadQuestion.activity_id == live)
    document = first_id(Document, Document.activity_id == stage.live["publications"])
    passage = {"subject": subject_of(document), "version": 1}
    theme, reviewed = {"theme_id": ids["theme"]}, {"theme_id": ids["theme2"]}
    return {
        **{f"comments.{name}_theme": [theme] for name in ("answer", "merge", "remove", "rename", "thin")},
        "comments.fill_theme": [reviewed, {**theme, "suggested": 1}, {**theme, "word": "ไม่มีคำนี้เลย"}],
        "comments.theme": [theme, reviewed],
        "comments.admit": [pending],
        "comments.appeal": [{"token": appeal_token(ids[name])} for name in ("citizen2", "hidden")],
        "comments.no_mail": [{"token": no_mail_token(ids[name])} for name in ("pending", "citizen")],
        "comments.decide": [{"comment_id": ids["citizen2"]}],
        "comments.moderated": [{}],
        "comments.moderation": [{}, *({"show": shown} for shown in ("flagged", "hidden"))],
        "comments.answer": [waiting, {"comment_id": ids["passage"]}],
        "comments.ask": [draft],
        "comments.edit": [own],
        "comments.hide": [waiting],
        "comments.history": [own],
        "comments.manage": [{}, *({"show": queue} for queue in ("hidden", "pending", "all"))],
        "comments.new": [{}, {"question": asked}, {"reply_to": ids["citizen3"]}, passage],
        "comments.one": [waiting, {"comment_id": ids["grouped"]}],
        "comments.received": [pending],
        "comments.reword": [
            {
                **draft,
                "question_id": first_id(ThreadQuestion, ThreadQuestion.activity_id == draft["activity_id"]),
            }
        ],
        "comments.sent": [own],
        "comments.setup": [draft, {}],
        "comments.show": [
            {},
            {"who": "citizen"},
            {"sort": "supported"},
            {"question": asked},
            passage,
            {"activity_id": stage.here.activities["flood-wall.comments"]},
        ],
        "comments.support": [waiting],
        "comments.unhide": [{"comment_id": ids["citizen2"]}],
        "comments.visit": [{}, passage],
        "comments.withdraw": [own],
    }


def _surveys_at_work(stage: Stage) -> Examples:
    """The office's pages: a draft being built, one that runs, one that is over."""
    draft, closed = {"activity_id": stage.draft["surveys"]}, {"activity_id": stage.more["closed"]}
    by_link = {"activity_id": stage.more["by_link"]}
    of_draft = Question.activity_id == draft["activity_id"]
    question = {**draft, "question_id": first_id(Question, of_draft)}
    conditional = {**draft, "question_id": first_id(Question, of_draft, Question.kind == "ranking")}
    page = {**draft, "page_id": first_id(Page, Page.activity_id == draft["activity_id"])}
    kinds = {kind: first_id(Question, of_draft, Question.kind == kind) for kind in KINDS}
    ended = {"activity_id": stage.here.activities["flood-wall.survey"]}
    text = first_id(Question, Question.activity_id == ended["activity_id"], Question.kind == "text")
    return {
        "surveys.add": [{**draft, "kind": kind} for kind in KINDS],
        "surveys.change": [{**draft, "question_id": ident} for ident in kinds.values()],
        "surveys.remove": [question],
        **{f"surveys.{name}": [draft] for name in ("begin_page", "choose", "describe", "ready")},
        **{f"surveys.{name}": [page] for name in ("page_conditions", "rename", "take_page")},
        "surveys.question_conditions": [conditional, {**conditional, "on": question["question_id"]}],
        "surveys.setup": [draft, by_link],
        "surveys.preview": [{}, draft],
        "surveys.links": [by_link, {}],
        "surveys.decide_sheet": [{"sheet_id": stage.rows["sheet"]}],
        "surveys.populations": [closed],
        "surveys.population": [{**closed, "question_id": stage.rows["sector"]}],
        "surveys.manage": [{}, ended, closed],
        "surveys.words": [{**ended, "question_id": text}],
    }


def _surveys(stage: Stage) -> Examples:
    """Answering, in every state of it, and what came of it."""
    closed, by_link = {"activity_id": stage.more["closed"]}, {"activity_id": stage.more["by_link"]}
    ended = {"activity_id": stage.here.activities["flood-wall.survey"]}
    new, half, done = ({**by_link, "token": stage.secrets[name]} for name in ("new", "half", "done"))
    begun, used = ({**by_link, "token": stage.secrets[name]} for name in ("begun", "used"))
    scale = first_id(Question, Question.activity_id == closed["activity_id"], Question.kind == "scale")
    compared = {**closed, "by": stage.rows["sector"]}
    return {
        "surveys.answer": [
            {"who": "citizen"},
            {"who": "citizen2"},
            *({"who": "citizen3", "page": number} for number in (1, 2)),
        ],
        "surveys.check": [{"who": "citizen3"}],
        "surveys.thanks": [{"who": "citizen2"}],
        "surveys.mine": [{"who": "citizen2"}],
        "surveys.show": [{}, {"who": "citizen2"}, {"who": "citizen3"}, ended, by_link],
        "surveys.link_answer": [new, done, {**half, "page": 1}, begun, used],
        "surveys.link_check": [half],
        "surveys.link_thanks": [done],
        "surveys.link_mine": [done],
        "surveys.results": [{}, ended, closed],
        "surveys.compare": [closed, {**compared, "question": scale}],
        "surveys.trend": [closed],
    }


def _forums(stage: Stage) -> Examples:
    ids = stage.rows
    held, to_come = {"session_id": ids["held"]}, {"session_id": ids["to_come"]}
    ticket = {"registration_id": ids["ticket"], "who": "citizen"}
    tokens = [{"token": db.session.get_one(Registration, ids[name]).token} for name in ("ticket", "arrived")]
    demo = {"activity_id": stage.here.activities["flood-wall.forum"]}
    return {
        "forums.arrive": tokens,
        **{f"forums.{name}": [to_come] for name in ("attach", "cancel", "change", "paper")},
        **{f"forums.{name}": [held] for name in ("minutes", "pictures", "publish", "walk_in")},
        "forums.key_in": [held, to_come],
        "forums.people": [held, to_come],
        "forums.cancel_registration": [ticket],
        "forums.ticket": [ticket, {"registration_id": ids["waiting"], "who": "citizen2"}],
        "forums.detach": [{"material_id": ids["material"]}],
        "forums.undo": [{"registration_id": ids["arrived"]}],
        "forums.withdraw": [{"photo_id": ids["photo"]}],
        "forums.register": [{**to_come, "who": who} for who in ("citizen3", "citizen")],
        "forums.session": [held, to_come],
        "forums.setup": [{"activity_id": stage.draft["forums"]}, {}],
        "forums.manage": [{}, {"activity_id": stage.draft["forums"]}],
        "forums.show": [{}, demo],
    }


def _notifications(stage: Stage) -> Examples:
    annulled = {"issue_id": next(iter(stage.here.issues.values()))}
    return {
        "notifications.confirm": [{"token": TOKEN}, {"token": "gone", "status": 410}],
        "notifications.issue": [{}, annulled, *({"who": who} for who in ("citizen", "citizen3"))],
        "notifications.leave": [{"key": stage.secrets["leave"]}, {"key": "gone", "status": 410}],
    }


def _outreach(stage: Stage) -> Examples:
    ids = stage.rows
    announcement, contact = {"announcement_id": ids["announcement"]}, {"contact_id": ids["contact"]}
    sending, letters = ({"sending_id": ids[name]} for name in ("sending", "letters"))
    return {
        **{f"outreach.{name}": [announcement] for name in ("correct_channel", "take_back")},
        **{f"outreach.{name}": [contact] for name in ("edit_contact", "erase_contact")},
        "outreach.issue": [{}, {"issue_id": stage.here.issues["flood-wall"]}],
        "outreach.register": [{}, {"sector": "people"}],
        "outreach.sending": [sending, letters],
        "outreach.letters": [letters],
        "outreach.reply": [{"token": stage.secrets[name]} for name in ("asked", "replied")],
        "outreach.replied": [{"activity_id": stage.live["comments"], "answer": "coming"}],
    }
