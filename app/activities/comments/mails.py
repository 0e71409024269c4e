"""What the author of a comment is told by mail, in their own language."""

from __future__ import annotations

from typing import Literal

from flask import render_template
from itsdangerous import BadSignature, URLSafeSerializer

from app.activities.comments.codes import HIDING_REASONS
from app.activities.comments.models import Appeal, Comment
from app.config import current_settings
from app.core.db import db
from app.core.mail import enqueue
from app.i18n import Language, _, speaking
from app.identity.models import Person
from app.issues.kinds import ActivityView
from app.issues.verdicts import VERDICTS
from app.web.pages import address_of

News = Literal["answered", "hidden", "unhidden", "admitted", "refused"]


def tell_author(comment: Comment, activity: ActivityView, news: News) -> None:
    """Put the mail in the queue; an author who has left, or whose address nobody knows, is told nothing."""
    recipient = _recipient(comment)
    if recipient is None:
        return
    to, lang = recipient
    with speaking(lang):
        body = render_template(
            f"comments/mail/{news}.txt",
            comment=comment,
            activity=activity,
            verdict=VERDICTS.get(comment.verdict or ""),
            hiding_reason=HIDING_REASONS.get(comment.hidden_reason or comment.refused_reason or ""),
            address=_address(comment, lang),
            appeal=_appeal_address(comment, lang) if news in ("hidden", "refused") else None,
            leave=_leave(comment, lang),
        )
        enqueue(to=to, subject=_subject(news), body=body, lang=lang)


def tell_of_appeal(comment: Comment, activity: ActivityView, appeal: Appeal) -> None:
    """Tell the author what became of the appeal, and why."""
    recipient = _recipient(comment)
    if recipient is None:
        return
    to, lang = recipient
    with speaking(lang):
        body = render_template(
            "comments/mail/appeal_decided.txt",
            comment=comment,
            activity=activity,
            appeal=appeal,
            address=_address(comment, lang),
            leave=_leave(comment, lang),
        )
        subject = _("Your comment is shown again") if appeal.overturned else _("Your appeal was not granted")
        enqueue(to=to, subject=subject, body=body, lang=lang)


def has_address(comment: Comment) -> bool:
    """Whether the author can be told anything."""
    return _recipient(comment) is not None


def appeal_token(comment_id: int) -> str:
    """What stands for a comment in the link to its appeal: signed, so that only a mail or its author has it."""
    return _signer("appeal").dumps(comment_id)


def no_mail_token(comment_id: int) -> str:
    """The same for the page that ends the mails about a comment sent without an account."""
    return _signer("no_mail").dumps(comment_id)


def leave_address(comment_id: int, lang: Language) -> str:
    """That page, as a mail names it."""
    return address_of("comments.no_mail", lang, token=no_mail_token(comment_id))


def comment_of_token(token: str, purpose: Literal["appeal", "no_mail"]) -> int | None:
    """The comment a link is for, None for one we did not sign, or signed for something else."""
    try:
        return int(_signer(purpose).loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_settings().secret_key, salt=f"comments.{purpose}")


def _appeal_address(comment: Comment, lang: Language) -> str | None:
    """The page of the one appeal, None where it has been decided."""
    if db.session.get(Appeal, comment.id) is not None:
        return None
    return address_of("comments.appeal", lang, token=appeal_token(comment.id))


def _leave(comment: Comment, lang: Language) -> str | None:
    """Nothing proves that an address left without an account is its sender's, so its owner can end the mails."""
    return leave_address(comment.id, lang) if comment.email is not None else None


def _recipient(comment: Comment) -> tuple[str, Language] | None:
    """The author's address and language; what came without an account may have left an address."""
    if comment.email is not None:
        return comment.email, "en" if comment.lang == "en" else "th"
    person = db.session.get(Person, comment.person_id) if comment.person_id else None
    if person is None or person.erased_at is not None:
        return None
    return person.email, "en" if person.lang == "en" else "th"


def _subject(news: News) -> str:
    if news == "answered":
        return _("Your comment has an answer")
    if news == "hidden":
        return _("Your comment was taken from view")
    if news == "admitted":
        return _("Your comment is shown now")
    if news == "refused":
        return _("Your comment was not admitted")
    return _("Your comment is shown again")


def _address(comment: Comment, lang: Language) -> str:
    """Where the author follows their comments; without an account, the comment itself."""
    if comment.person_id is not None:
        return address_of("comments.mine", lang)
    return address_of("comments.one", lang, activity_id=comment.activity_id, comment_id=comment.id)
