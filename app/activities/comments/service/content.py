"""What somebody says in a comment, checked against what its thread takes in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.activities.comments.codes import RELATIONS, STANCES
from app.activities.comments.models import Comment
from app.activities.comments.render import language_of
from app.activities.comments.service.shared import Held, check_code
from app.agencies.reference import provinces
from app.agencies.sectors import SECTORS
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.files import StoredFile
from app.i18n import LANGUAGES, Language, _, _l, current_language, speaking
from app.i18n.bilingual import Bilingual
from app.issues.contracts import Passage
from app.issues.kinds import all_kinds
from app.issues.models import Activity


@dataclass(frozen=True)
class Content:
    """A comment's words and what its author added: where they stand, who they are, what it is about.

    `question_id` or the passage (`subject`, `version`, `section`, `quote`), never both; neither is a comment
    on the whole issue.
    """

    body: str
    name: str | None = None
    relation: str | None = None
    stance: str | None = None
    sector: str | None = None
    area_code: str | None = None
    question_id: int | None = None
    subject: str | None = None
    version: int | None = None
    section: str = ""
    quote: str = ""
    files: Sequence[StoredFile] = ()


def write_into(comment: Comment, content: Content, held: Held) -> None:
    """Put the content into a new comment. Raises `DomainError` where the thread does not take it."""
    write_words(comment, content, held)
    if content.files and not held.thread.files:
        raise DomainError(_l("This activity takes no files."), "files")
    if held.question is not None:
        comment.question_id, comment.about = held.question.id, held.question.about
        comment.about_th, comment.about_en = held.question.text_th, held.question.text_en
    elif content.subject is not None:
        _anchor(comment, passage_in(content, held.activity.issue_id))


def write_words(comment: Comment, content: Content, held: Held) -> None:
    """Put what its author may change later into a comment."""
    check_code(content.relation, RELATIONS, "relation")
    check_code(content.stance, STANCES, "stance")
    check_code(content.sector, SECTORS, "sector")
    if content.area_code is not None and content.area_code not in provinces():
        raise DomainError(_l("Choose a province from the list."), "area_code")
    if content.stance is not None and not held.thread.stances:
        raise DomainError(_l("This activity does not ask who is for or against."), "stance")
    comment.body, comment.lang = content.body, language_of(content.body)
    comment.digest = digest_of(content.body)
    comment.name, comment.relation, comment.stance = content.name, content.relation, content.stance
    comment.sector, comment.area_code = content.sector, content.area_code
    comment.worded = False


def digest_of(body: str) -> str:
    """A digest that is the same for the same words, whatever their case and spaces."""
    return hashlib.sha256("".join(body.casefold().split()).encode()).hexdigest()


def find_passage(
    subject: str, version: int, section: str, quote: str, lang: Language | None = None
) -> Passage | None:
    """Ask every kind that has documents for a passage; None if none knows it or it is not public."""
    for kind in all_kinds():
        if kind.passages is not None:
            found = kind.passages(subject, version, section, quote, lang or current_language())
            if found is not None:
                return found
    return None


def passage_in(content: Content, issue_id: int) -> Passage:
    """The passage a comment is about, if it is one of this issue. Raises `NotFound`."""
    passage = find_passage(str(content.subject), content.version or 0, content.section, content.quote)
    if passage is None or _issue_of(passage) != issue_id:
        raise NotFound
    return passage


def about_key(subject: str, version: int) -> str:
    """The version of a document in one word, as `Comment.about` holds it."""
    return f"{subject}@{version}"


def passage_words(passage: Passage) -> Bilingual:
    """A passage in words: the document, its version, the section."""
    words: dict[str, str] = {}
    for lang in LANGUAGES:
        with speaking(lang):
            title = _("%(title)s, version %(number)s", title=passage.title.pick()[0], number=passage.version)
        section = passage.section_title.pick(lang)[0] if passage.section else ""
        words[lang] = " · ".join(filter(None, (title, section)))
    return Bilingual(words["th"], words["en"] if passage.title.en else None)


def _anchor(comment: Comment, passage: Passage) -> None:
    words = passage_words(passage)
    comment.about = about_key(passage.subject, passage.version)
    comment.section, comment.quote = passage.section, passage.quote or None
    comment.about_th, comment.about_en = words.th, words.en


def _issue_of(passage: Passage) -> int | None:
    return db.session.scalar(select(Activity.issue_id).where(Activity.id == passage.activity_id))
