"""What the author of a comment is told by mail, in their own language."""

from __future__ import annotations

from typing import Literal

from flask import render_template

from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Comment
from app.core.db import db
from app.core.mail import enqueue
from app.i18n import Language, _, speaking
from app.identity.models import Person
from app.issues.kinds import ActivityView
from app.issues.verdicts import VERDICTS
from app.web.pages import address_of

News = Literal["answered", "hidden", "unhidden"]


def tell_author(comment: Comment, activity: ActivityView, news: News) -> None:
    """Put the mail in the queue; an author who has left is told nothing."""
    person = db.session.get(Person, comment.person_id) if comment.person_id else None
    if person is None or person.erased_at is not None:
        return
    lang: Language = "en" if person.lang == "en" else "th"
    with speaking(lang):
        body = render_template(
            f"comments/mail/{news}.txt",
            comment=comment,
            activity=activity,
            verdict=VERDICTS.get(comment.verdict or ""),
            hiding_reason=HIDING_REASONS.get(comment.hidden_reason or ""),
            address=address_of("comments.mine", lang),
        )
        enqueue(to=person.email, subject=_subject(news), body=body, lang=lang)


def _subject(news: News) -> str:
    if news == "answered":
        return _("Your comment has an answer")
    if news == "hidden":
        return _("Your comment was taken from view")
    return _("Your comment is shown again")
