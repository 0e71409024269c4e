"""What people said in an activity, what the agency answered, what a moderator took from view."""

from __future__ import annotations

from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.activities.comments.codes import CONSENTS, HIDING_REASONS, RELATIONS, STANCES
from app.activities.comments.models.checks import one_of
from app.activities.comments.models.threads import COUNTS
from app.agencies.sectors import SECTORS
from app.core.db import db, recorded
from app.i18n.bilingual import Bilingual
from app.issues.channels import ARRIVALS
from app.issues.verdicts import VERDICTS

MOST_CHARACTERS = 2_000
"""Of a comment, as readers count them."""

MOST_CODE_POINTS = 16_000
"""What the form lets 2,000 characters take at most (eight signs each); Thai takes about 3,000."""

FROM_VIEW = "erased_at IS NULL AND withdrawn_at IS NULL"
DERIVED = (
    "supports",
    "replies",
    "listed_in",
    "waiting_in",
    "answered_in",
    "theme_verdict",
    "theme_news",
    "settled_at",
    "worded",
    "html_th",
    "html_en",
    "html_version",
)
"""Columns that follow from the rest of the table: their change alone needs no entry in the ledger."""


class Comment(db.Model):
    """One comment with its answer.

    `parent_id` is set in a reply, with its `place` under that comment; `replied` counts the places given.
    `name` is the name to show, None for "not shown". `lang` is the language of `body`, told from its
    letters; `digest` finds the same text again. `edits` counts how often the author changed it; what it
    said before stands in `Edition`.

    `about` says what it is on: "" the whole issue, "question/12", or the version of a document,
    "publication/7@3", then with the `section` and perhaps the `quote` meant. `about_th` and `about_en` are
    the words for it.

    `channel` is how it came in. `unverified`: through the open form, without an account; it waits until
    a moderator admits or refuses it. `moderated_by` is the person who hid or refused it: never the one who
    decides an appeal. What an officer keyed in has `keyed_by` (the grant), the day it came,
    how consent was given, and where (`origin_place`, or another activity of the issue, `origin_id`).

    `revision` counts the answers given: 1 is the first, more are corrections or what came of
    a review. `answered_by` is the id of the officer's grant. `html_th` and `html_en` are the whole
    article as pages show it, made by `render.dress` whenever the rest of the row changes.
    An erased comment keeps neither its author nor the words.

    `theme_id` is the theme it belongs to; a reply belongs to none. `theme_verdict` is that theme's, while it
    has one. A comment counts as answered by its own answer or its theme's, and `settled_at` is when: of its
    own answer, where it has one. `theme_news`: the author is yet to be told of the theme's answer.
    `outcome` is the key of what changed because of it ("publication/12@3").

    `listed_in`, `waiting_in` and `answered_in` hold the activity's id while the comment stands in that
    list of it: indexes begin with them, so a page of any list is read from one end of an index.
    """

    __tablename__ = "comments_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("issues_activities.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments_comments.id"))
    place: Mapped[int | None]
    replied: Mapped[int] = mapped_column(default=0, server_default="0")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"))
    name: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = mapped_column(String(64), default="", server_default="")
    relation: Mapped[str | None] = mapped_column(String(12))
    stance: Mapped[str | None] = mapped_column(String(8))
    sector: Mapped[str | None] = mapped_column(String(16))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("agencies_areas.code"))
    consent_version: Mapped[str | None] = mapped_column(String(20))
    sent_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edits: Mapped[int] = mapped_column(default=0, server_default="0")
    withdrawn_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    question_id: Mapped[int | None] = mapped_column(ForeignKey("comments_questions.id"))
    about: Mapped[str] = mapped_column(String(80), default="", server_default="")
    section: Mapped[str] = mapped_column(String(100), default="", server_default="")
    quote: Mapped[str | None] = mapped_column(Text)
    about_th: Mapped[str | None] = mapped_column(Text)
    about_en: Mapped[str | None] = mapped_column(Text)

    channel: Mapped[str] = mapped_column(String(8), default="web", server_default="web")
    unverified: Mapped[bool] = mapped_column(default=False, server_default=false())
    email: Mapped[str | None] = mapped_column(String(254))
    admitted_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    refused_reason: Mapped[str | None] = mapped_column(String(16))
    keyed_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))
    received_on: Mapped[date | None]
    consent_how: Mapped[str | None] = mapped_column(String(8))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("issues_activities.id"))
    origin_place: Mapped[str | None] = mapped_column(Text)

    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(16))
    hidden_note: Mapped[str | None] = mapped_column(Text)
    moderated_by: Mapped[int | None] = mapped_column(ForeignKey("identity_people.id"))

    verdict: Mapped[str | None] = mapped_column(String(12))
    due_on: Mapped[date | None]
    reason_th: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("identity_grants.id"))
    revision: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(80))

    theme_id: Mapped[int | None]
    theme_verdict: Mapped[str | None] = mapped_column(String(12))
    theme_news: Mapped[bool] = mapped_column(default=False, server_default=false())
    settled_at: Mapped[datetime | None]

    supports: Mapped[int] = mapped_column(default=0, server_default="0")
    replies: Mapped[int] = mapped_column(default=0, server_default="0")
    listed_in: Mapped[int | None]
    waiting_in: Mapped[int | None]
    answered_in: Mapped[int | None]
    worded: Mapped[bool] = mapped_column(default=False, server_default=false())
    html_th: Mapped[str] = mapped_column(Text)
    html_en: Mapped[str] = mapped_column(Text)
    html_version: Mapped[str] = mapped_column(String(16))

    __table_args__ = (
        UniqueConstraint("parent_id", "place"),
        ForeignKeyConstraint(
            ["activity_id", "theme_id"],
            ["comments_themes.activity_id", "comments_themes.id"],
            name="fk_comments_comments_theme",
        ),
        CheckConstraint("theme_id IS NULL OR parent_id IS NULL", name="replies_have_no_theme"),
        CheckConstraint(one_of("theme_verdict", VERDICTS), name="theme_verdict_known"),
        CheckConstraint(
            "(theme_verdict IS NULL OR theme_id IS NOT NULL) AND (theme_verdict IS NOT NULL OR NOT theme_news)",
            name="theme_answer_of_a_theme",
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (verdict IS NULL AND theme_verdict IS NULL)", name="settled_when_answered"
        ),
        CheckConstraint("outcome IS NULL OR verdict IS NOT NULL", name="outcome_of_an_answer"),
        CheckConstraint("(parent_id IS NULL) = (place IS NULL)", name="replies_have_a_place"),
        CheckConstraint("parent_id IS NULL OR (replied = 0 AND about = '')", name="one_level_deep"),
        CheckConstraint("supports >= 0 AND replies >= 0 AND replies <= replied", name="counts_not_negative"),
        CheckConstraint(f"length(body) <= {MOST_CODE_POINTS}", name="body_not_endless"),
        CheckConstraint("lang IN ('th', 'en')", name="lang_known"),
        CheckConstraint(one_of("relation", RELATIONS), name="relation_known"),
        CheckConstraint(one_of("stance", STANCES), name="stance_known"),
        CheckConstraint(one_of("sector", SECTORS), name="sector_known"),
        CheckConstraint(one_of("channel", ARRIVALS), name="channel_known"),
        CheckConstraint(
            "(question_id IS NOT NULL) = (about LIKE 'question/%') AND (section = '' OR about <> '')"
            " AND (about = '') = (about_th IS NULL)",
            name="about_whole",
        ),
        CheckConstraint(
            "(person_id IS NOT NULL) = (erased_at IS NULL AND NOT unverified AND channel = 'web')",
            name="author_until_erased",
        ),
        CheckConstraint("channel <> 'web' OR consent_version IS NOT NULL", name="consent_given"),
        CheckConstraint(
            "(keyed_by IS NOT NULL) = (channel NOT IN ('web', 'import'))"
            " AND (keyed_by IS NULL) = (consent_how IS NULL) AND (keyed_by IS NULL) = (received_on IS NULL)",
            name="keyed_in_whole",
        ),
        CheckConstraint(one_of("consent_how", CONSENTS), name="consent_how_known"),
        CheckConstraint(
            "(unverified OR (admitted_at IS NULL AND refused_at IS NULL))"
            " AND (admitted_at IS NULL OR refused_at IS NULL)"
            " AND (refused_at IS NULL) = (refused_reason IS NULL)",
            name="admitted_or_refused",
        ),
        CheckConstraint(one_of("refused_reason", HIDING_REASONS), name="refused_reason_known"),
        CheckConstraint("(edits = 0) = (edited_at IS NULL)", name="edits_have_a_time"),
        CheckConstraint(
            "erased_at IS NULL OR (body = '' AND name IS NULL AND email IS NULL AND digest = '')",
            name="erased_is_empty",
        ),
        CheckConstraint(one_of("hidden_reason", HIDING_REASONS), name="hidden_reason_known"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_for_a_reason"),
        CheckConstraint(
            "moderated_by IS NULL OR hidden_at IS NOT NULL OR refused_at IS NOT NULL",
            name="moderated_for_something",
        ),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict_known"),
        CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL)"
            " AND (verdict IS NULL) = (revision = 0)",
            name="answer_whole",
        ),
        CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)", name="review_has_a_date"
        ),
        Index("ix_comments_comments_activity_id", "activity_id", "id"),
        Index("ix_comments_comments_person_id", "person_id", "id"),
        Index("ix_comments_comments_digest", "activity_id", "digest"),
        Index("ix_comments_comments_html_version", "html_version"),
        Index(
            "ix_comments_comments_unworded",
            "id",
            sqlite_where=text("worded = 0"),
            postgresql_where=text("NOT worded"),
        ),
        Index(
            "ix_comments_comments_pending",
            "activity_id",
            "id",
            sqlite_where=text("unverified = 1 AND admitted_at IS NULL AND refused_at IS NULL"),
            postgresql_where=text("unverified AND admitted_at IS NULL AND refused_at IS NULL"),
        ),
        Index(
            "ix_comments_comments_hidden",
            "activity_id",
            "id",
            sqlite_where=text("hidden_at IS NOT NULL"),
            postgresql_where=text("hidden_at IS NOT NULL"),
        ),
        Index("ix_comments_comments_newest", "listed_in", "id"),
        Index("ix_comments_comments_supported", "listed_in", "supports", "id"),
        Index("ix_comments_comments_waiting", "waiting_in", "id"),
        Index("ix_comments_comments_answered", "answered_in", "settled_at", "id"),
        Index("ix_comments_comments_about_newest", "listed_in", "about", "id"),
        Index("ix_comments_comments_section_newest", "listed_in", "about", "section", "id"),
        Index("ix_comments_comments_about_supported", "listed_in", "about", "supports", "id"),
        Index("ix_comments_comments_about_waiting", "waiting_in", "about", "id"),
        Index("ix_comments_comments_about_answered", "answered_in", "about", "settled_at", "id"),
        Index("ix_comments_comments_theme_id", "theme_id", "id"),
        Index("ix_comments_comments_ungrouped", "listed_in", "theme_id", "id"),
        Index(
            "ix_comments_comments_outcome",
            "activity_id",
            sqlite_where=text("outcome IS NOT NULL"),
            postgresql_where=text("outcome IS NOT NULL"),
        ),
        Index(
            "ix_comments_comments_theme_news",
            "id",
            sqlite_where=text("theme_news = 1"),
            postgresql_where=text("theme_news"),
        ),
        recorded("comments", derived=DERIVED),
    )

    @property
    def state(self) -> str:
        """One of "pending", "refused", "withdrawn", "erased", "shown" and "hidden"."""
        if self.unverified and self.admitted_at is None:
            return "pending" if self.refused_at is None else "refused"
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.erased_at is not None:
            return "erased"
        return "shown" if self.hidden_at is None else "hidden"

    @property
    def has_place(self) -> bool:
        """Whether pages list it: also hidden and erased ones, a withdrawn one only if others stand on it."""
        if self.state == "withdrawn":
            return bool(self.replies or self.verdict)
        return self.state in ("shown", "hidden", "erased")

    @property
    def answered(self) -> bool:
        """Whether the agency has answered it, or its theme."""
        return self.verdict is not None or self.theme_verdict is not None

    def arrange(self) -> None:
        """Put the comment into the lists it stands in now. A reply stands under its comment alone."""
        if self.verdict is not None:
            self.settled_at = self.answered_at
        elif self.theme_verdict is None:
            self.settled_at = None
        listed, counted = self.has_place and self.parent_id is None, self.tally
        self.listed_in = self.activity_id if listed else None
        self.waiting_in = self.activity_id if listed and counted["waiting"] else None
        self.answered_in = self.activity_id if listed and counted["answered"] else None

    def html(self, lang: str) -> Markup:
        """The stored article in a language."""
        return Markup(self.html_th if lang == "th" else self.html_en)

    @property
    def tally(self) -> dict[str, int]:
        """What this comment adds to each of its thread's counts."""
        state = self.state
        shown = state == "shown"
        counted = {
            "shown": shown,
            "replies": shown and self.parent_id is not None,
            "waiting": shown and not self.answered and self.parent_id is None,
            "answered": self.answered and self.hidden_at is None,
            "reviewing": shown and self.verdict == "under_review",
            "hidden": state == "hidden",
            "erased": state == "erased",
            "withdrawn": state == "withdrawn",
            "unverified": shown and bool(self.unverified),
            "pending": state == "pending",
            "refused": state == "refused",
        }
        return {name: int(counted[name]) for name in COUNTS}

    @property
    def features(self) -> frozenset[tuple[str, str]]:
        """The (feature, code) pairs this comment adds one to (see `Tally`); none unless it is shown."""
        if self.state != "shown":
            return frozenset()
        # The channel of most is the website's: their number is what the others leave of all.
        pairs = {
            "channel": self.channel if self.channel != "web" else None,
            "stance": self.stance,
            "sector": self.sector,
            "area": self.area_code,
            "about": self.about,
            "section": f"{self.about}#{self.section}" if self.section else None,
        }
        return frozenset((feature, code) for feature, code in pairs.items() if code)

    @property
    def reason(self) -> Bilingual | None:
        return Bilingual(self.reason_th, self.reason_en) if self.reason_th else None

    @property
    def about_words(self) -> Bilingual | None:
        return Bilingual(self.about_th, self.about_en) if self.about_th else None
