"""The tables of the first release.

Revision 0001, the beginning of the history.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# The words of search stand in the engine's own full text, which SQLAlchemy has no form for.
MAKE_WORDS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_words USING fts5(title, line, more, kind, "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")",
    ),
    "postgresql": (
        "CREATE TABLE search_words (place BIGINT CONSTRAINT pk_search_words PRIMARY KEY, "
        "title TSVECTOR NOT NULL, words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_search_words_title ON search_words USING gin (title) WITH (fastupdate = off)",
        "CREATE INDEX ix_search_words_words ON search_words USING gin (words) WITH (fastupdate = off)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "agencies_areas",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("parent", sa.String(length=6), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name_th", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("postcode", sa.String(length=5), nullable=True),
        sa.CheckConstraint(
            "kind IN ('province', 'district', 'subdistrict')", name=op.f("ck_agencies_areas_kind_known")
        ),
        sa.ForeignKeyConstraint(["parent"], ["agencies_areas.code"], name=op.f("fk_agencies_areas_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agencies_areas")),
    )
    with op.batch_alter_table("agencies_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agencies_areas_parent"), ["parent"], unique=False)

    op.create_table(
        "core_outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bulk", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("leave_url", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outgoing_mail")),
    )
    with op.batch_alter_table("core_outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_outgoing_mail_waiting",
            ["bulk", "due_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.create_table(
        "core_staged_files",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_core_staged_files")),
    )
    with op.batch_alter_table("core_staged_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_staged_files_staged_at"), ["staged_at"], unique=False)

    op.create_table(
        "evidence_cursors",
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("next_idx", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_evidence_cursors")),
    )
    op.create_table(
        "identity_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("network_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('sign_in', 'mail', 'comment')", name=op.f("ck_identity_attempts_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_attempts")),
    )
    with op.batch_alter_table("identity_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_identity_attempts_address", ["address_digest", "kind", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_identity_attempts_at"), ["at"], unique=False)
        batch_op.create_index("ix_identity_attempts_network", ["network_digest", "kind", "at"], unique=False)

    op.create_table(
        "identity_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demo_key", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_people")),
        sa.UniqueConstraint("demo_key", name=op.f("uq_identity_people_demo_key")),
        sa.UniqueConstraint("email", name=op.f("uq_identity_people_email")),
    )
    op.create_table(
        "identity_registrations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_identity_registrations")),
    )
    with op.batch_alter_table("identity_registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_registrations_email"), ["email"], unique=False)

    op.create_table(
        "ledger_checkpoints",
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_ledger_checkpoints")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=True),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=True),
        sa.Column("activity", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("idx IS NULL OR idx >= 0", name=op.f("ck_ledger_entries_idx_not_negative")),
        sa.CheckConstraint("length(body) <= 65535", name=op.f("ck_ledger_entries_body_fits_a_bundle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("log", "idx", name=op.f("uq_ledger_entries_log_idx")),
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entries_issue_at", ["issue", "at"], unique=False)
        batch_op.create_index(
            "ix_ledger_entries_waiting",
            ["log"],
            unique=False,
            sqlite_where=sa.text("idx IS NULL"),
            postgresql_where=sa.text("idx IS NULL"),
        )

    op.create_table(
        "ledger_heads",
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("published", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "published BETWEEN 0 AND size", name=op.f("ck_ledger_heads_published_is_numbered")
        ),
        sa.CheckConstraint("size >= 0", name=op.f("ck_ledger_heads_size_not_negative")),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_ledger_heads")),
    )
    op.create_table(
        "notifications_cursors",
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("next_idx", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_notifications_cursors")),
    )
    op.create_table(
        "search_cursors",
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("next_idx", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_search_cursors")),
    )
    op.create_table(
        "web_submissions",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_web_submissions")),
    )
    op.create_table(
        "agencies_agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("short", sa.String(length=12), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=6), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("contact_th", sa.Text(), nullable=False),
        sa.Column("contact_en", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ministry', 'department', 'province', 'district', 'local', 'university', 'region', 'other')",
            name=op.f("ck_agencies_agencies_kind_known"),
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_agencies_agencies_parent_is_another")
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until > valid_from",
            name=op.f("ck_agencies_agencies_validity_ordered"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["agencies_areas.code"], name=op.f("fk_agencies_agencies_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agencies_agencies.id"], name=op.f("fk_agencies_agencies_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies_agencies")),
        sa.UniqueConstraint("short", name=op.f("uq_agencies_agencies_short")),
    )
    op.create_table(
        "identity_password_resets",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_identity_password_resets_person_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_identity_password_resets")),
    )
    with op.batch_alter_table("identity_password_resets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_password_resets_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "identity_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_identity_sessions_person_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_identity_sessions")),
    )
    with op.batch_alter_table("identity_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ledger_openings",
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("actor_salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("commit_salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_ledger_openings_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_ledger_openings")),
    )
    op.create_table(
        "assessment_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rubric_code", sa.String(length=40), nullable=False),
        sa.Column("rubric_version", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (frozen IS NULL) AND (frozen IS NULL) = (digest IS NULL)",
            name=op.f("ck_assessment_assessments_submitted_means_frozen"),
        ),
        sa.CheckConstraint(
            "period_from <= period_to", name=op.f("ck_assessment_assessments_period_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_assessment_assessments_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_assessments")),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "rubric_code",
            name=op.f("uq_assessment_assessments_agency_id_year_rubric_code"),
        ),
    )
    op.create_table(
        "comments_moderated",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "act IN ('hidden', 'shown_again', 'admitted', 'refused', 'upheld', 'overturned')",
            name=op.f("ck_comments_moderated_act_known"),
        ),
        sa.CheckConstraint(
            "reason IN ('', 'personal_data', 'threat', 'obscene', 'unlawful', 'advertising', 'off_topic')",
            name=op.f("ck_comments_moderated_reason_known"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_comments_moderated_counted")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_comments_moderated_agency_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", "month", "act", "reason", name=op.f("pk_comments_moderated")),
    )
    op.create_table(
        "identity_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role IN ('executive', 'moderator', 'officer')) = (agency_id IS NOT NULL)",
            name=op.f("ck_identity_grants_role_fits_scope"),
        ),
        sa.CheckConstraint(
            "role IN ('admin', 'committee', 'evaluator', 'executive', 'moderator', 'officer')",
            name=op.f("ck_identity_grants_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_identity_grants_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_identity_grants_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_grants")),
    )
    with op.batch_alter_table("identity_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_grants_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_identity_grants_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_identity_grants_in_agency",
            ["person_id", "role", "agency_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND agency_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_identity_grants_in_programme",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND agency_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND agency_id IS NULL"),
        )

    op.create_table(
        "issues_issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title_th", sa.String(length=1200), nullable=False),
        sa.Column("title_en", sa.String(length=1200), nullable=True),
        sa.Column("summary_th", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("area_code", sa.String(length=6), nullable=True),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=30), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("promise_th", sa.Text(), nullable=True),
        sa.Column("promise_en", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annul_reason", sa.String(length=20), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("source_ref", sa.String(length=40), nullable=True),
        sa.Column("source_replies", sa.Integer(), nullable=True),
        sa.Column("waivers", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("particulars", sa.JSON(), server_default="{}", nullable=False),
        sa.CheckConstraint(
            "closed_at IS NULL OR published_at IS NOT NULL",
            name=op.f("ck_issues_issues_closed_after_published"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_issues_issues_level_known")),
        sa.CheckConstraint(
            "source IS NOT NULL OR (level IS NOT NULL AND promise_th IS NOT NULL)",
            name=op.f("ck_issues_issues_promise_made"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_issues_issues_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["agencies_areas.code"], name=op.f("fk_issues_issues_area_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues_issues")),
        sa.UniqueConstraint("number", name=op.f("uq_issues_issues_number")),
        sa.UniqueConstraint("source", "source_ref", name=op.f("uq_issues_issues_source_source_ref")),
    )
    with op.batch_alter_table("issues_issues", schema=None) as batch_op:
        batch_op.create_index("ix_issues_issues_agency_id", ["agency_id"], unique=False)
        batch_op.create_index(
            "ix_issues_issues_province", ["province_code", "published_at", "id"], unique=False
        )
        batch_op.create_index("ix_issues_issues_published", ["published_at", "id"], unique=False)

    op.create_table(
        "issues_numbers",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_issues_numbers_agency_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", "year", name=op.f("pk_issues_numbers")),
    )
    op.create_table(
        "assessment_scores",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 5", name=op.f("ck_assessment_scores_score_on_scale")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment_assessments.id"], name=op.f("fk_assessment_scores_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "item", name=op.f("pk_assessment_scores")),
    )
    op.create_table(
        "awards_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("band", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(released_at IS NULL) = (outcome IS NULL) AND (outcome IS NULL) = (digest IS NULL)",
            name=op.f("ck_awards_reviews_released_means_frozen"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment_assessments.id"], name=op.f("fk_awards_reviews_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards_reviews")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_awards_reviews_assessment_id")),
    )
    op.create_table(
        "evidence_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title_th", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage IN ('informed', 'views', 'needs', 'solutions', 'decide', 'act', 'monitor', 'benefit')",
            name=op.f("ck_evidence_documents_stage_known"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_evidence_documents_level_known")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_evidence_documents_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_evidence_documents_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_documents")),
    )
    with op.batch_alter_table("evidence_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_documents_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_documents_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "issues_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("title_th", sa.String(length=800), nullable=False),
        sa.Column("title_en", sa.String(length=800), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earlier", sa.JSON(), server_default="[]", nullable=False),
        sa.CheckConstraint(
            "stage IN ('informed', 'views', 'needs', 'solutions', 'decide', 'act', 'monitor', 'benefit')",
            name=op.f("ck_issues_activities_stage_known"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_issues_activities_window_ordered")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_issues_activities_level_known")),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_issues_activities_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues_activities")),
    )
    with op.batch_alter_table("issues_activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issues_activities_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "issues_responses",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("heard_th", sa.Text(), nullable=False),
        sa.Column("heard_en", sa.Text(), nullable=True),
        sa.Column("decided_th", sa.Text(), nullable=False),
        sa.Column("decided_en", sa.Text(), nullable=True),
        sa.Column("will_do_th", sa.Text(), nullable=False),
        sa.Column("will_do_en", sa.Text(), nullable=True),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_issues_responses_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", name=op.f("pk_issues_responses")),
    )
    op.create_table(
        "notifications_follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lang IN ('th', 'en')", name=op.f("ck_notifications_follows_lang_known")),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (email IS NULL)", name=op.f("ck_notifications_follows_person_or_address")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_notifications_follows_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_notifications_follows_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_follows")),
        sa.UniqueConstraint("issue_id", "email", name="uq_notifications_follows_email"),
        sa.UniqueConstraint("issue_id", "person_id", name="uq_notifications_follows_person"),
        sa.UniqueConstraint("key", name=op.f("uq_notifications_follows_key")),
    )
    with op.batch_alter_table("notifications_follows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_follows_email"), ["email"], unique=False)
        batch_op.create_index("ix_notifications_follows_issue", ["issue_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notifications_follows_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notifications_requests",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_notifications_requests_issue_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_notifications_requests")),
    )
    with op.batch_alter_table("notifications_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_requests_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notifications_requests_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "notifications_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_notifications_rounds_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_rounds")),
    )
    with op.batch_alter_table("notifications_rounds", schema=None) as batch_op:
        batch_op.create_index(
            "uq_notifications_rounds_running",
            ["issue_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "outreach_announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.CheckConstraint("current >= 1", name=op.f("ck_outreach_announcements_current_counted")),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_outreach_announcements_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_announcements")),
    )
    with op.batch_alter_table("outreach_announcements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_announcements_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "outreach_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("name_th", sa.String(length=960), nullable=False),
        sa.Column("name_en", sa.String(length=960), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_outreach_groups_sector_known"),
        ),
        sa.CheckConstraint("people >= 0", name=op.f("ck_outreach_groups_people_counted")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues_issues.id"], name=op.f("fk_outreach_groups_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_groups")),
        sa.UniqueConstraint("issue_id", "name_th", name=op.f("uq_outreach_groups_issue_id_name_th")),
    )
    op.create_table(
        "awards_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["identity_grants.id"], name=op.f("fk_awards_assignments_grant_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_awards_assignments_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["awards_reviews.id"], name=op.f("fk_awards_assignments_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards_assignments")),
        sa.UniqueConstraint("review_id", "person_id", name=op.f("uq_awards_assignments_review_id_person_id")),
    )
    with op.batch_alter_table("awards_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_assignments_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_awards_assignments_review_id"), ["review_id"], unique=False)

    op.create_table(
        "comments_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.CheckConstraint("place BETWEEN 1 AND 20", name=op.f("ck_comments_questions_place_in_range")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_questions_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments_questions")),
        sa.UniqueConstraint("activity_id", "place", name=op.f("uq_comments_questions_activity_id_place")),
    )
    op.create_table(
        "comments_tallies",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_comments_tallies_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_tallies_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "feature", "code", name=op.f("pk_comments_tallies")),
    )
    op.create_table(
        "comments_themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason_th", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=80), nullable=True),
        sa.Column("outcome_th", sa.Text(), nullable=True),
        sa.Column("outcome_en", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=False),
        sa.Column("html_version", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)",
            name=op.f("ck_comments_themes_review_has_a_date"),
        ),
        sa.CheckConstraint("title_th <> ''", name=op.f("ck_comments_themes_has_a_title")),
        sa.CheckConstraint(
            "verdict IN ('adopted', 'partly', 'declined', 'superseded', 'under_review')",
            name=op.f("ck_comments_themes_verdict_known"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL) AND (verdict IS NULL) = (revision = 0) AND (verdict IS NOT NULL OR outcome IS NULL) AND (outcome IS NULL) = (outcome_th IS NULL)",
            name=op.f("ck_comments_themes_answer_whole"),
        ),
        sa.CheckConstraint("people BETWEEN 0 AND comments", name=op.f("ck_comments_themes_counts_add_up")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_themes_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["identity_grants.id"], name=op.f("fk_comments_themes_answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments_themes")),
        sa.UniqueConstraint("activity_id", "id", name=op.f("uq_comments_themes_activity_id_id")),
    )
    with op.batch_alter_table("comments_themes", schema=None) as batch_op:
        batch_op.create_index("ix_comments_themes_html_version", ["html_version"], unique=False)

    op.create_table(
        "comments_threads",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_th", sa.Text(), nullable=True),
        sa.Column("question_en", sa.Text(), nullable=True),
        sa.Column("who", sa.String(length=8), server_default="account", nullable=False),
        sa.Column("stances", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("files", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unverified", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pending", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("who IN ('account', 'open')", name=op.f("ck_comments_threads_who_known")),
        sa.CheckConstraint(
            "answered BETWEEN 0 AND shown + erased + withdrawn",
            name=op.f("ck_comments_threads_answered_are_readable"),
        ),
        sa.CheckConstraint(
            "question_en IS NULL OR question_th IS NOT NULL", name=op.f("ck_comments_threads_thai_first")
        ),
        sa.CheckConstraint("replies BETWEEN 0 AND shown", name=op.f("ck_comments_threads_replies_are_shown")),
        sa.CheckConstraint(
            "reviewing BETWEEN 0 AND answered", name=op.f("ck_comments_threads_reviewing_are_answered")
        ),
        sa.CheckConstraint(
            "shown >= 0 AND hidden >= 0 AND erased >= 0", name=op.f("ck_comments_threads_counts_not_negative")
        ),
        sa.CheckConstraint(
            "unverified BETWEEN 0 AND shown", name=op.f("ck_comments_threads_unverified_are_shown")
        ),
        sa.CheckConstraint("waiting BETWEEN 0 AND shown", name=op.f("ck_comments_threads_waiting_are_shown")),
        sa.CheckConstraint(
            "withdrawn >= 0 AND pending >= 0 AND refused >= 0",
            name=op.f("ck_comments_threads_others_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_threads_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_comments_threads")),
    )
    op.create_table(
        "evidence_exhibits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=6), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=True),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("demonstrates", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.CheckConstraint("form IN ('each', 'folded')", name=op.f("ck_evidence_exhibits_form_known")),
        sa.CheckConstraint("number > 0 AND count > 0", name=op.f("ck_evidence_exhibits_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_evidence_exhibits_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_evidence_exhibits_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["evidence_documents.id"], name=op.f("fk_evidence_exhibits_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_evidence_exhibits_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_evidence_exhibits_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_exhibits")),
        sa.UniqueConstraint("agency_id", "number", name=op.f("uq_evidence_exhibits_agency_id_number")),
        sa.UniqueConstraint("document_id", name=op.f("uq_evidence_exhibits_document_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_evidence_exhibits_entry_id")),
    )
    with op.batch_alter_table("evidence_exhibits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evidence_exhibits_agency_level", ["agency_id", "level", "number"], unique=False
        )
        batch_op.create_index("ix_evidence_exhibits_issue_id", ["issue_id", "number"], unique=False)
        batch_op.create_index(
            "uq_evidence_exhibits_folded",
            ["activity_id"],
            unique=True,
            sqlite_where=sa.text("form = 'folded'"),
            postgresql_where=sa.text("form = 'folded'"),
        )

    op.create_table(
        "forums_forums",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=11), nullable=False),
        sa.Column("purpose_th", sa.Text(), nullable=False),
        sa.Column("purpose_en", sa.Text(), nullable=True),
        sa.CheckConstraint("form IN ('forum', 'focus_group')", name=op.f("ck_forums_forums_form_known")),
        sa.CheckConstraint("purpose_th <> ''", name=op.f("ck_forums_forums_has_a_purpose")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_forums_forums_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_forums_forums")),
    )
    op.create_table(
        "issues_commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("text_th", sa.String(length=2400), nullable=False),
        sa.Column("text_en", sa.String(length=2400), nullable=True),
        sa.Column("owner_th", sa.String(length=800), nullable=False),
        sa.Column("owner_en", sa.String(length=800), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_issues_commitments_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_issues_commitments_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues_commitments")),
    )
    with op.batch_alter_table("issues_commitments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issues_commitments_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issues_commitments_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "notifications_occasions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "what <> 'opening' OR activity_id IS NOT NULL",
            name=op.f("ck_notifications_occasions_opening_of_an_activity"),
        ),
        sa.CheckConstraint(
            "what IN ('opening', 'announced', 'date_change', 'cancelled', 'answer', 'result', 'document', 'closed', 'ended')",
            name=op.f("ck_notifications_occasions_what_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_notifications_occasions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_notifications_occasions_issue_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["notifications_rounds.id"], name=op.f("fk_notifications_occasions_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_occasions")),
        sa.UniqueConstraint("source", name=op.f("uq_notifications_occasions_source")),
    )
    with op.batch_alter_table("notifications_occasions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notifications_occasions_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notifications_occasions_issue_id"), ["issue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notifications_occasions_round_id"), ["round_id"], unique=False)

    op.create_table(
        "outreach_announcement_versions",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("what_th", sa.Text(), nullable=False),
        sa.Column("what_en", sa.Text(), nullable=True),
        sa.Column("place_th", sa.String(length=2400), nullable=True),
        sa.Column("place_en", sa.String(length=2400), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("known_by", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("media", sa.String(length=100), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=True),
        sa.Column("note_th", sa.String(length=2400), nullable=True),
        sa.Column("note_en", sa.String(length=2400), nullable=True),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(known_by = 'unknown') = (reached IS NULL)",
            name=op.f("ck_outreach_announcement_versions_number_where_known"),
        ),
        sa.CheckConstraint(
            "channel IN ('website', 'notice_board', 'radio', 'loudspeaker', 'exhibition', 'newspaper', 'social_media', 'line', 'letter', 'meeting', 'other')",
            name=op.f("ck_outreach_announcement_versions_channel_known"),
        ),
        sa.CheckConstraint(
            "known_by IN ('counted', 'estimated', 'unknown')",
            name=op.f("ck_outreach_announcement_versions_known_by_known"),
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (file_name IS NULL)",
            name=op.f("ck_outreach_announcement_versions_file_whole"),
        ),
        sa.CheckConstraint(
            "number = 1 OR note_th IS NOT NULL",
            name=op.f("ck_outreach_announcement_versions_change_explained"),
        ),
        sa.CheckConstraint(
            "number > 1 OR NOT taken_back", name=op.f("ck_outreach_announcement_versions_first_stands")
        ),
        sa.CheckConstraint("reached >= 0", name=op.f("ck_outreach_announcement_versions_reached_counted")),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_outreach_announcement_versions_days_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["outreach_announcements.id"],
            name=op.f("fk_outreach_announcement_versions_announcement_id"),
        ),
        sa.PrimaryKeyConstraint("announcement_id", "number", name=op.f("pk_outreach_announcement_versions")),
    )
    op.create_table(
        "outreach_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=960), nullable=True),
        sa.Column("organisation", sa.String(length=960), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=480), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("source", sa.String(length=2400), nullable=True),
        sa.Column("ground", sa.String(length=10), nullable=False),
        sa.Column("given", sa.String(length=10), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "erased_by IN ('office', 'self', 'retention')", name=op.f("ck_outreach_contacts_erased_by_known")
        ),
        sa.CheckConstraint(
            "given IN ('writing', 'spoken', 'phone', 'email', 'online')",
            name=op.f("ck_outreach_contacts_given_known"),
        ),
        sa.CheckConstraint(
            "ground <> 'consent' OR (given IS NOT NULL AND given_on IS NOT NULL)",
            name=op.f("ck_outreach_contacts_consent_told"),
        ),
        sa.CheckConstraint("ground IN ('consent', 'law')", name=op.f("ck_outreach_contacts_ground_known")),
        sa.CheckConstraint("lang IN ('th', 'en')", name=op.f("ck_outreach_contacts_lang_known")),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_outreach_contacts_sector_known"),
        ),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (erased_by IS NULL)", name=op.f("ck_outreach_contacts_erased_by_somebody")
        ),
        sa.CheckConstraint(
            "(name IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_outreach_contacts_name_until_erased")
        ),
        sa.CheckConstraint(
            "erased_at IS NOT NULL OR email IS NOT NULL OR address IS NOT NULL OR phone IS NOT NULL",
            name=op.f("ck_outreach_contacts_can_be_reached"),
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (organisation IS NULL AND email IS NULL AND address IS NULL AND phone IS NULL AND source IS NULL)",
            name=op.f("ck_outreach_contacts_erased_is_empty"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["outreach_groups.id"], name=op.f("fk_outreach_contacts_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_outreach_contacts_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_contacts")),
    )
    with op.batch_alter_table("outreach_contacts", schema=None) as batch_op:
        batch_op.create_index("ix_outreach_contacts_issue_id", ["issue_id", "id"], unique=False)
        batch_op.create_index(
            "ix_outreach_contacts_keep_until",
            ["keep_until"],
            unique=False,
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )
        batch_op.create_index(
            "uq_outreach_contacts_email",
            ["issue_id", "email"],
            unique=True,
            sqlite_where=sa.text("email IS NOT NULL"),
            postgresql_where=sa.text("email IS NOT NULL"),
        )

    op.create_table(
        "outreach_replies",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=6), nullable=False),
        sa.CheckConstraint(
            "answer IN ('coming', 'cannot', 'view')", name=op.f("ck_outreach_replies_answer_known")
        ),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_outreach_replies_sector_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_outreach_replies_activity_id")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outreach_replies")),
    )
    with op.batch_alter_table("outreach_replies", schema=None) as batch_op:
        batch_op.create_index("ix_outreach_replies_activity_id", ["activity_id", "sector"], unique=False)

    op.create_table(
        "outreach_sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=6), nullable=False),
        sa.Column("subject_th", sa.String(length=1200), nullable=False),
        sa.Column("subject_en", sa.String(length=1200), nullable=True),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "way <> 'email' OR sent_on IS NOT NULL", name=op.f("ck_outreach_sendings_mail_leaves_at_once")
        ),
        sa.CheckConstraint("way IN ('email', 'letter')", name=op.f("ck_outreach_sendings_way_known")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_outreach_sendings_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_outreach_sendings_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_sendings")),
    )
    with op.batch_alter_table("outreach_sendings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_sendings_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "panels_panels",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose_th", sa.Text(), nullable=False),
        sa.Column("purpose_en", sa.Text(), nullable=True),
        sa.Column("choosing_th", sa.Text(), nullable=True),
        sa.Column("choosing_en", sa.Text(), nullable=True),
        sa.Column("agreement_th", sa.Text(), nullable=True),
        sa.Column("agreement_en", sa.Text(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("purpose_th <> ''", name=op.f("ck_panels_panels_has_a_purpose")),
        sa.CheckConstraint(
            "agreement_en IS NULL OR agreement_th IS NOT NULL",
            name=op.f("ck_panels_panels_agreement_thai_first"),
        ),
        sa.CheckConstraint(
            "choosing_en IS NULL OR choosing_th IS NOT NULL",
            name=op.f("ck_panels_panels_choosing_thai_first"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_panels_panels_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_panels_panels")),
    )
    op.create_table(
        "publications_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("sections", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form IN ('document', 'draft_law', 'update')", name=op.f("ck_publications_documents_form_known")
        ),
        sa.CheckConstraint("current >= 1", name=op.f("ck_publications_documents_current_counted")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_publications_documents_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications_documents")),
    )
    with op.batch_alter_table("publications_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publications_documents_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_search_documents_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues_issues.id"], name=op.f("fk_search_documents_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("subject", name=op.f("uq_search_documents_subject")),
    )
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_documents_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_documents_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "surveys_surveys",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("intro_th", sa.Text(), nullable=True),
        sa.Column("intro_en", sa.Text(), nullable=True),
        sa.Column("intro_en_of", sa.String(length=16), nullable=True),
        sa.Column("satisfaction", sa.Boolean(), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=8), server_default="person", nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.CheckConstraint("link IN ('person', 'token')", name=op.f("ck_surveys_surveys_link_known")),
        sa.CheckConstraint(
            "intro_en IS NULL OR intro_th IS NOT NULL", name=op.f("ck_surveys_surveys_thai_first")
        ),
        sa.CheckConstraint("repeats_id <> activity_id", name=op.f("ck_surveys_surveys_repeats_another")),
        sa.CheckConstraint("responses >= 0", name=op.f("ck_surveys_surveys_responses_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_surveys_surveys_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["repeats_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_surveys_repeats_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_surveys_surveys")),
    )
    with op.batch_alter_table("surveys_surveys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_surveys_repeats_id"), ["repeats_id"], unique=False)

    op.create_table(
        "votes_polls",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_th", sa.Text(), nullable=True),
        sa.Column("question_en", sa.Text(), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=True),
        sa.Column("threshold", sa.String(length=10), nullable=True),
        sa.Column("threshold_share", sa.Integer(), nullable=True),
        sa.Column("base", sa.String(length=10), nullable=True),
        sa.Column("legal_basis", sa.String(length=30), nullable=True),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("commitment_th", sa.Text(), nullable=True),
        sa.Column("commitment_en", sa.Text(), nullable=True),
        sa.Column("owner_th", sa.Text(), nullable=True),
        sa.Column("owner_en", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("roll_size", sa.Integer(), nullable=True),
        sa.Column("roll_digest", sa.String(length=64), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(coalesce(threshold, '') = 'share') = (threshold_share IS NOT NULL)",
            name=op.f("ck_votes_polls_threshold_whole"),
        ),
        sa.CheckConstraint("base IN ('valid', 'roll')", name=op.f("ck_votes_polls_base_known")),
        sa.CheckConstraint("threshold IN ('majority', 'share')", name=op.f("ck_votes_polls_threshold_known")),
        sa.CheckConstraint(
            "announced_at IS NULL OR frozen_at IS NOT NULL",
            name=op.f("ck_votes_polls_announced_after_frozen"),
        ),
        sa.CheckConstraint(
            "frozen_at IS NULL OR (question_th IS NOT NULL AND quorum IS NOT NULL AND threshold IS NOT NULL AND base IS NOT NULL AND legal_basis IS NOT NULL AND commitment_th IS NOT NULL AND owner_th IS NOT NULL AND due_on IS NOT NULL AND roll_size > 0 AND roll_digest IS NOT NULL)",
            name=op.f("ck_votes_polls_frozen_when_complete"),
        ),
        sa.CheckConstraint("quorum BETWEEN 0 AND 10000", name=op.f("ck_votes_polls_quorum_is_a_share")),
        sa.CheckConstraint(
            "threshold_share BETWEEN 1 AND 10000", name=op.f("ck_votes_polls_threshold_is_a_share")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_votes_polls_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_votes_polls")),
    )
    op.create_table(
        "assessment_exhibits",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment_assessments.id"],
            name=op.f("fk_assessment_exhibits_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["evidence_exhibits.id"], name=op.f("fk_assessment_exhibits_exhibit_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "item", "exhibit_id", name=op.f("pk_assessment_exhibits")),
    )
    op.create_table(
        "awards_scores",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 5", name=op.f("ck_awards_scores_score_on_scale")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["awards_assignments.id"], name=op.f("fk_awards_scores_assignment_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "item", name=op.f("pk_awards_scores")),
    )
    op.create_table(
        "comments_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("replied", sa.Integer(), server_default="0", nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=True),
        sa.Column("stance", sa.String(length=8), nullable=True),
        sa.Column("sector", sa.String(length=16), nullable=True),
        sa.Column("area_code", sa.String(length=6), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(length=80), server_default="", nullable=False),
        sa.Column("section", sa.String(length=100), server_default="", nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("about_th", sa.Text(), nullable=True),
        sa.Column("about_en", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=8), server_default="web", nullable=False),
        sa.Column("unverified", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_reason", sa.String(length=16), nullable=True),
        sa.Column("keyed_by", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("consent_how", sa.String(length=8), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("origin_place", sa.Text(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=16), nullable=True),
        sa.Column("hidden_note", sa.Text(), nullable=True),
        sa.Column("moderated_by", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason_th", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=80), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("theme_verdict", sa.String(length=12), nullable=True),
        sa.Column("theme_news", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("listed_in", sa.Integer(), nullable=True),
        sa.Column("waiting_in", sa.Integer(), nullable=True),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.Column("worded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=False),
        sa.Column("html_version", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)",
            name=op.f("ck_comments_comments_review_has_a_date"),
        ),
        sa.CheckConstraint(
            "(keyed_by IS NOT NULL) = (channel NOT IN ('web', 'import')) AND (keyed_by IS NULL) = (consent_how IS NULL) AND (keyed_by IS NULL) = (received_on IS NULL)",
            name=op.f("ck_comments_comments_keyed_in_whole"),
        ),
        sa.CheckConstraint(
            "(person_id IS NOT NULL) = (erased_at IS NULL AND NOT unverified AND channel = 'web')",
            name=op.f("ck_comments_comments_author_until_erased"),
        ),
        sa.CheckConstraint(
            "(question_id IS NOT NULL) = (about LIKE 'question/%') AND (section = '' OR about <> '') AND (about = '') = (about_th IS NULL)",
            name=op.f("ck_comments_comments_about_whole"),
        ),
        sa.CheckConstraint(
            "channel <> 'web' OR consent_version IS NOT NULL", name=op.f("ck_comments_comments_consent_given")
        ),
        sa.CheckConstraint(
            "channel IN ('web', 'meeting', 'paper', 'letter', 'phone', 'email', 'import')",
            name=op.f("ck_comments_comments_channel_known"),
        ),
        sa.CheckConstraint(
            "consent_how IN ('signed', 'spoken', 'sent')", name=op.f("ck_comments_comments_consent_how_known")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (body = '' AND name IS NULL AND email IS NULL AND digest = '')",
            name=op.f("ck_comments_comments_erased_is_empty"),
        ),
        sa.CheckConstraint(
            "hidden_reason IN ('personal_data', 'threat', 'obscene', 'unlawful', 'advertising', 'off_topic')",
            name=op.f("ck_comments_comments_hidden_reason_known"),
        ),
        sa.CheckConstraint("lang IN ('th', 'en')", name=op.f("ck_comments_comments_lang_known")),
        sa.CheckConstraint(
            "parent_id IS NULL OR (replied = 0 AND about = '')",
            name=op.f("ck_comments_comments_one_level_deep"),
        ),
        sa.CheckConstraint(
            "refused_reason IN ('personal_data', 'threat', 'obscene', 'unlawful', 'advertising', 'off_topic')",
            name=op.f("ck_comments_comments_refused_reason_known"),
        ),
        sa.CheckConstraint(
            "relation IN ('lives', 'trades', 'farms', 'passes', 'other')",
            name=op.f("ck_comments_comments_relation_known"),
        ),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_comments_comments_sector_known"),
        ),
        sa.CheckConstraint(
            "stance IN ('for', 'against', 'neutral', 'unsure')",
            name=op.f("ck_comments_comments_stance_known"),
        ),
        sa.CheckConstraint(
            "theme_verdict IN ('adopted', 'partly', 'declined', 'superseded', 'under_review')",
            name=op.f("ck_comments_comments_theme_verdict_known"),
        ),
        sa.CheckConstraint(
            "verdict IN ('adopted', 'partly', 'declined', 'superseded', 'under_review')",
            name=op.f("ck_comments_comments_verdict_known"),
        ),
        sa.CheckConstraint(
            "(edits = 0) = (edited_at IS NULL)", name=op.f("ck_comments_comments_edits_have_a_time")
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL)",
            name=op.f("ck_comments_comments_hidden_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (place IS NULL)", name=op.f("ck_comments_comments_replies_have_a_place")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (verdict IS NULL AND theme_verdict IS NULL)",
            name=op.f("ck_comments_comments_settled_when_answered"),
        ),
        sa.CheckConstraint(
            "(theme_verdict IS NULL OR theme_id IS NOT NULL) AND (theme_verdict IS NOT NULL OR NOT theme_news)",
            name=op.f("ck_comments_comments_theme_answer_of_a_theme"),
        ),
        sa.CheckConstraint(
            "(unverified OR (admitted_at IS NULL AND refused_at IS NULL)) AND (admitted_at IS NULL OR refused_at IS NULL) AND (refused_at IS NULL) = (refused_reason IS NULL)",
            name=op.f("ck_comments_comments_admitted_or_refused"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL) AND (verdict IS NULL) = (revision = 0)",
            name=op.f("ck_comments_comments_answer_whole"),
        ),
        sa.CheckConstraint("length(body) <= 16000", name=op.f("ck_comments_comments_body_not_endless")),
        sa.CheckConstraint(
            "moderated_by IS NULL OR hidden_at IS NOT NULL OR refused_at IS NOT NULL",
            name=op.f("ck_comments_comments_moderated_for_something"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR verdict IS NOT NULL", name=op.f("ck_comments_comments_outcome_of_an_answer")
        ),
        sa.CheckConstraint(
            "supports >= 0 AND replies >= 0 AND replies <= replied",
            name=op.f("ck_comments_comments_counts_not_negative"),
        ),
        sa.CheckConstraint(
            "theme_id IS NULL OR parent_id IS NULL", name=op.f("ck_comments_comments_replies_have_no_theme")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id", "theme_id"],
            ["comments_themes.activity_id", "comments_themes.id"],
            name="fk_comments_comments_theme",
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_comments_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["identity_grants.id"], name=op.f("fk_comments_comments_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["agencies_areas.code"], name=op.f("fk_comments_comments_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["keyed_by"], ["identity_grants.id"], name=op.f("fk_comments_comments_keyed_by")
        ),
        sa.ForeignKeyConstraint(
            ["moderated_by"], ["identity_people.id"], name=op.f("fk_comments_comments_moderated_by")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["issues_activities.id"], name=op.f("fk_comments_comments_origin_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comments_comments.id"], name=op.f("fk_comments_comments_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_comments_comments_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["comments_questions.id"], name=op.f("fk_comments_comments_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments_comments")),
        sa.UniqueConstraint("parent_id", "place", name=op.f("uq_comments_comments_parent_id_place")),
    )
    with op.batch_alter_table("comments_comments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comments_comments_about_answered", ["answered_in", "about", "settled_at", "id"], unique=False
        )
        batch_op.create_index("ix_comments_comments_about_newest", ["listed_in", "about", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_about_supported", ["listed_in", "about", "supports", "id"], unique=False
        )
        batch_op.create_index(
            "ix_comments_comments_about_waiting", ["waiting_in", "about", "id"], unique=False
        )
        batch_op.create_index("ix_comments_comments_activity_id", ["activity_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_answered", ["answered_in", "settled_at", "id"], unique=False
        )
        batch_op.create_index("ix_comments_comments_digest", ["activity_id", "digest"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_hidden",
            ["activity_id", "id"],
            unique=False,
            sqlite_where=sa.text("hidden_at IS NOT NULL"),
            postgresql_where=sa.text("hidden_at IS NOT NULL"),
        )
        batch_op.create_index("ix_comments_comments_html_version", ["html_version"], unique=False)
        batch_op.create_index("ix_comments_comments_newest", ["listed_in", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_outcome",
            ["activity_id"],
            unique=False,
            sqlite_where=sa.text("outcome IS NOT NULL"),
            postgresql_where=sa.text("outcome IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_comments_comments_pending",
            ["activity_id", "id"],
            unique=False,
            sqlite_where=sa.text("unverified = 1 AND admitted_at IS NULL AND refused_at IS NULL"),
            postgresql_where=sa.text("unverified AND admitted_at IS NULL AND refused_at IS NULL"),
        )
        batch_op.create_index("ix_comments_comments_person_id", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_section_newest", ["listed_in", "about", "section", "id"], unique=False
        )
        batch_op.create_index("ix_comments_comments_supported", ["listed_in", "supports", "id"], unique=False)
        batch_op.create_index("ix_comments_comments_theme_id", ["theme_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_theme_news",
            ["id"],
            unique=False,
            sqlite_where=sa.text("theme_news = 1"),
            postgresql_where=sa.text("theme_news"),
        )
        batch_op.create_index("ix_comments_comments_ungrouped", ["listed_in", "theme_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_unworded",
            ["id"],
            unique=False,
            sqlite_where=sa.text("worded = 0"),
            postgresql_where=sa.text("NOT worded"),
        )
        batch_op.create_index("ix_comments_comments_waiting", ["waiting_in", "id"], unique=False)

    op.create_table(
        "comments_told",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_comments_told_of_an_answer")),
        sa.ForeignKeyConstraint(["theme_id"], ["comments_themes.id"], name=op.f("fk_comments_told_theme_id")),
        sa.PrimaryKeyConstraint("theme_id", "revision", "reader", name=op.f("pk_comments_told")),
    )
    op.create_table(
        "evidence_files",
        sa.Column("exhibit_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["evidence_exhibits.id"], name=op.f("fk_evidence_files_exhibit_id")
        ),
        sa.PrimaryKeyConstraint("exhibit_id", "sha256", name=op.f("pk_evidence_files")),
    )
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_files_sha256"), ["sha256"], unique=False)

    op.create_table(
        "forums_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.String(length=800), nullable=False),
        sa.Column("title_en", sa.String(length=800), nullable=True),
        sa.Column("mode", sa.String(length=6), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("register_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_th", sa.String(length=800), nullable=True),
        sa.Column("place_en", sa.String(length=800), nullable=True),
        sa.Column("address_th", sa.String(length=2400), nullable=True),
        sa.Column("address_en", sa.String(length=2400), nullable=True),
        sa.Column("area_code", sa.String(length=6), nullable=True),
        sa.Column("coordinates", sa.String(length=40), nullable=True),
        sa.Column("online_url", sa.String(length=500), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("online_seats", sa.Integer(), nullable=False),
        sa.Column("seated", sa.Integer(), nullable=False),
        sa.Column("online_seated", sa.Integer(), nullable=False),
        sa.Column("access", sa.JSON(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_th", sa.Text(), nullable=True),
        sa.Column("cancel_en", sa.Text(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(mode = 'online') = (place_th IS NULL)", name=op.f("ck_forums_sessions_place_where_people_come")
        ),
        sa.CheckConstraint(
            "(mode = 'online') = (seats = 0)", name=op.f("ck_forums_sessions_seats_of_the_place")
        ),
        sa.CheckConstraint(
            "(mode = 'person') = (online_seats = 0)", name=op.f("ck_forums_sessions_seats_online")
        ),
        sa.CheckConstraint(
            "mode IN ('person', 'online', 'both')", name=op.f("ck_forums_sessions_mode_known")
        ),
        sa.CheckConstraint(
            "online_url IS NULL OR mode <> 'person'", name=op.f("ck_forums_sessions_address_of_the_online")
        ),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_th IS NULL)",
            name=op.f("ck_forums_sessions_cancelled_for_a_reason"),
        ),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR counted_at IS NULL", name=op.f("ck_forums_sessions_cancelled_or_held")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_forums_sessions_ends_after_start")),
        sa.CheckConstraint(
            "online_seated BETWEEN 0 AND online_seats",
            name=op.f("ck_forums_sessions_never_overbooked_online"),
        ),
        sa.CheckConstraint(
            "register_until <= starts_at", name=op.f("ck_forums_sessions_registers_before_the_start")
        ),
        sa.CheckConstraint("seated BETWEEN 0 AND seats", name=op.f("ck_forums_sessions_never_overbooked")),
        sa.CheckConstraint(
            "seats <= 5000 AND online_seats <= 5000", name=op.f("ck_forums_sessions_seats_bounded")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["forums_forums.activity_id"], name=op.f("fk_forums_sessions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["agencies_areas.code"], name=op.f("fk_forums_sessions_area_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_forums_sessions_uid")),
    )
    with op.batch_alter_table("forums_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_forums_sessions_announced_at", ["announced_at"], unique=False)
        batch_op.create_index("ix_forums_sessions_ends_at", ["ends_at"], unique=False)
        batch_op.create_index("ix_forums_sessions_starts_at", ["activity_id", "starts_at"], unique=False)

    op.create_table(
        "notifications_told",
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("follow_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_id"],
            ["notifications_follows.id"],
            name=op.f("fk_notifications_told_follow_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["notifications_occasions.id"], name=op.f("fk_notifications_told_occasion_id")
        ),
        sa.PrimaryKeyConstraint("occasion_id", "follow_id", name=op.f("pk_notifications_told")),
    )
    with op.batch_alter_table("notifications_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_told_follow_id"), ["follow_id"], unique=False)

    op.create_table(
        "outreach_invited",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_outreach_invited_sector_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_outreach_invited_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["outreach_contacts.id"], name=op.f("fk_outreach_invited_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["outreach_groups.id"], name=op.f("fk_outreach_invited_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["sending_id"], ["outreach_sendings.id"], name=op.f("fk_outreach_invited_sending_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_invited")),
        sa.UniqueConstraint(
            "activity_id", "contact_id", name=op.f("uq_outreach_invited_activity_id_contact_id")
        ),
        sa.UniqueConstraint("digest", name=op.f("uq_outreach_invited_digest")),
    )
    with op.batch_alter_table("outreach_invited", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_invited_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_invited_sending_id"), ["sending_id"], unique=False)

    op.create_table(
        "panels_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_th", sa.String(length=2400), nullable=False),
        sa.Column("place_en", sa.String(length=2400), nullable=True),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_th", sa.Text(), nullable=True),
        sa.Column("cancel_en", sa.Text(), nullable=True),
        sa.Column("officials", sa.JSON(), nullable=False),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_th IS NULL)",
            name=op.f("ck_panels_meetings_cancelled_for_a_reason"),
        ),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR attended_at IS NULL", name=op.f("ck_panels_meetings_cancelled_or_held")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_panels_meetings_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["panels_panels.activity_id"], name=op.f("fk_panels_meetings_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_meetings")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_panels_meetings_activity_id_number")),
        sa.UniqueConstraint("id", "activity_id", name=op.f("uq_panels_meetings_id_activity_id")),
    )
    with op.batch_alter_table("panels_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_panels_meetings_starts_at", ["activity_id", "starts_at"], unique=False)

    op.create_table(
        "panels_seat_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("name_th", sa.String(length=800), nullable=False),
        sa.Column("name_en", sa.String(length=800), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sector IN ('people', 'vulnerable', 'service_user', 'civil_society', 'private', 'academic', 'media', 'state')",
            name=op.f("ck_panels_seat_groups_sector_known"),
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 500", name=op.f("ck_panels_seat_groups_seats_counted")),
        sa.CheckConstraint(
            "taken BETWEEN 0 AND seats", name=op.f("ck_panels_seat_groups_taken_within_seats")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["panels_panels.activity_id"], name=op.f("fk_panels_seat_groups_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_seat_groups")),
        sa.UniqueConstraint("id", "activity_id", name=op.f("uq_panels_seat_groups_id_activity_id")),
    )
    with op.batch_alter_table("panels_seat_groups", schema=None) as batch_op:
        batch_op.create_index("ix_panels_seat_groups_activity_id", ["activity_id", "position"], unique=False)

    op.create_table(
        "publications_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.String(length=1200), nullable=False),
        sa.Column("title_en", sa.String(length=1200), nullable=True),
        sa.Column("body_th", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=True),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=True),
        sa.Column("headings", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("summary_th", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("note_th", sa.String(length=2400), nullable=True),
        sa.Column("note_en", sa.String(length=2400), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(body_en IS NULL) = (html_en IS NULL)", name=op.f("ck_publications_versions_html_of_each_body")
        ),
        sa.CheckConstraint(
            "number = 1 OR note_th IS NOT NULL", name=op.f("ck_publications_versions_change_explained")
        ),
        sa.CheckConstraint(
            "number = 1 OR published_at IS NOT NULL",
            name=op.f("ck_publications_versions_only_first_is_prepared"),
        ),
        sa.CheckConstraint(
            "summary_en IS NULL OR summary_th IS NOT NULL",
            name=op.f("ck_publications_versions_summary_in_thai"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["publications_documents.id"], name=op.f("fk_publications_versions_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications_versions")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_publications_versions_document_id_number")
        ),
    )
    with op.batch_alter_table("publications_versions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_publications_versions_waiting",
            ["document_id"],
            unique=False,
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "surveys_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_en_of", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_pages_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_pages")),
        sa.UniqueConstraint("id", "activity_id", name="uq_surveys_pages_of_survey"),
    )
    with op.batch_alter_table("surveys_pages", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_pages_activity_id", ["activity_id", "position"], unique=False)

    op.create_table(
        "surveys_times",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("pace", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n >= 0", name=op.f("ck_surveys_times_counted")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_times_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "pace", name=op.f("pk_surveys_times")),
    )
    op.create_table(
        "surveys_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_tokens_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_surveys_tokens_digest")),
        sa.UniqueConstraint("id", "activity_id", name="uq_surveys_tokens_of_survey"),
    )
    with op.batch_alter_table("surveys_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_tokens_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "votes_listed",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_listed_poll_id")
        ),
        sa.PrimaryKeyConstraint("poll_id", "address", name=op.f("pk_votes_listed")),
    )
    with op.batch_alter_table("votes_listed", schema=None) as batch_op:
        batch_op.create_index("ix_votes_listed_address", ["address"], unique=False)

    op.create_table(
        "votes_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("detail_th", sa.Text(), nullable=True),
        sa.Column("detail_en", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "detail_en IS NULL OR detail_th IS NOT NULL", name=op.f("ck_votes_options_thai_first")
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 12", name=op.f("ck_votes_options_position_on_ballot")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_options_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_options")),
        sa.UniqueConstraint("poll_id", "id", name=op.f("uq_votes_options_poll_id_id")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_votes_options_poll_id_position")),
    )
    op.create_table(
        "votes_roll",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["identity_people.id"], name=op.f("fk_votes_roll_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_roll_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_votes_roll")),
    )
    with op.batch_alter_table("votes_roll", schema=None) as batch_op:
        batch_op.create_index("ix_votes_roll_person_id", ["person_id"], unique=False)

    op.create_table(
        "comments_appeals",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hider_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("overturned", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decider_id IS NULL) AND (decided_at IS NULL) = (overturned IS NULL) AND (decided_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_comments_appeals_decided_whole"),
        ),
        sa.CheckConstraint(
            "decider_id IS NULL OR hider_id IS NULL OR decider_id <> hider_id",
            name=op.f("ck_comments_appeals_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_comments_appeals_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_appeals_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["decider_id"], ["identity_people.id"], name=op.f("fk_comments_appeals_decider_id")
        ),
        sa.ForeignKeyConstraint(
            ["hider_id"], ["identity_people.id"], name=op.f("fk_comments_appeals_hider_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comments_appeals")),
    )
    with op.batch_alter_table("comments_appeals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comments_appeals_waiting",
            ["agency_id", "lodged_at"],
            unique=False,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "comments_editions",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("stance", sa.String(length=8), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_comments_editions_numbered")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_editions_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comments_editions")),
    )
    op.create_table(
        "comments_files",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_files_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "sha256", name=op.f("pk_comments_files")),
    )
    op.create_table(
        "comments_flags",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(length=12), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "flag IN ('national_id', 'phone', 'email', 'rude', 'burst')",
            name=op.f("ck_comments_flags_flag_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_flags_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies_agencies.id"], name=op.f("fk_comments_flags_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_flags_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "flag", name=op.f("pk_comments_flags")),
    )
    with op.batch_alter_table("comments_flags", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comments_flags_open",
            ["agency_id", "comment_id"],
            unique=False,
            sqlite_where=sa.text("cleared_at IS NULL"),
            postgresql_where=sa.text("cleared_at IS NULL"),
        )

    op.create_table(
        "comments_imported_rows",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_imported_rows_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_imported_rows_comment_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "file_sha256", "row", name=op.f("pk_comments_imported_rows")),
    )
    with op.batch_alter_table("comments_imported_rows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comments_imported_rows_comment_id"), ["comment_id"], unique=False
        )

    op.create_table(
        "comments_supports",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_supports_comment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_comments_supports_person_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_comments_supports")),
    )
    with op.batch_alter_table("comments_supports", schema=None) as batch_op:
        batch_op.create_index("ix_comments_supports_person_id", ["person_id", "comment_id"], unique=False)

    op.create_table(
        "comments_words",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("comment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments_comments.id"], name=op.f("fk_comments_words_comment_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "word", "comment_id", name=op.f("pk_comments_words")),
    )
    with op.batch_alter_table("comments_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_words_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "forums_materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.String(length=800), nullable=False),
        sa.Column("title_en", sa.String(length=800), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_forums_materials_size_counted")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forums_sessions.id"], name=op.f("fk_forums_materials_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums_materials")),
        sa.UniqueConstraint("session_id", "sha256", name=op.f("uq_forums_materials_session_id_sha256")),
    )
    op.create_table(
        "forums_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=True),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("reason_th", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("attendance", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("text_th <> ''", name=op.f("ck_forums_minutes_has_a_text")),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (attendance IS NULL)",
            name=op.f("ck_forums_minutes_published_whole"),
        ),
        sa.CheckConstraint(
            "(version = 1) = (reason_th IS NULL)", name=op.f("ck_forums_minutes_corrected_for_a_reason")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_forums_minutes_version_counted")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["identity_grants.id"], name=op.f("fk_forums_minutes_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forums_sessions.id"], name=op.f("fk_forums_minutes_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums_minutes")),
        sa.UniqueConstraint("session_id", "version", name=op.f("uq_forums_minutes_session_id_version")),
    )
    with op.batch_alter_table("forums_minutes", schema=None) as batch_op:
        batch_op.create_index(
            "uq_forums_minutes_draft",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "forums_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt_th", sa.String(length=2400), nullable=False),
        sa.Column("alt_en", sa.String(length=2400), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("alt_th <> ''", name=op.f("ck_forums_photos_told_in_words")),
        sa.CheckConstraint(
            "removed_at IS NULL OR withdrawn_at IS NOT NULL",
            name=op.f("ck_forums_photos_removed_after_withdrawn"),
        ),
        sa.CheckConstraint(
            "size > 0 AND width > 0 AND height > 0", name=op.f("ck_forums_photos_size_counted")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["identity_grants.id"], name=op.f("fk_forums_photos_agreed_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forums_sessions.id"], name=op.f("fk_forums_photos_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums_photos")),
    )
    with op.batch_alter_table("forums_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forums_photos_session_id"), ["session_id"], unique=False)
        batch_op.create_index(
            "ix_forums_photos_unremoved",
            ["withdrawn_at"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
        )

    op.create_table(
        "forums_registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("needs_note", sa.Text(), nullable=True),
        sa.Column("needs_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=True),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_forums_registrations_cancelled_at_a_moment"),
        ),
        sa.CheckConstraint(
            "arrived_at IS NULL OR state <> 'cancelled'",
            name=op.f("ck_forums_registrations_came_or_cancelled"),
        ),
        sa.CheckConstraint(
            "state IN ('seated', 'waiting', 'cancelled', 'walk_in')",
            name=op.f("ck_forums_registrations_state_known"),
        ),
        sa.CheckConstraint("way IN ('person', 'online')", name=op.f("ck_forums_registrations_way_known")),
        sa.CheckConstraint(
            "(name IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_forums_registrations_name_until_erased")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (person_id IS NULL AND token IS NULL)",
            name=op.f("ck_forums_registrations_erased_is_empty"),
        ),
        sa.CheckConstraint(
            "needs_agreed_at IS NOT NULL OR needs_note IS NULL",
            name=op.f("ck_forums_registrations_needs_with_consent"),
        ),
        sa.CheckConstraint(
            "person_id IS NULL OR consent_version IS NOT NULL",
            name=op.f("ck_forums_registrations_registered_with_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_forums_registrations_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["forums_sessions.id"], name=op.f("fk_forums_registrations_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums_registrations")),
        sa.UniqueConstraint("token", name=op.f("uq_forums_registrations_token")),
    )
    with op.batch_alter_table("forums_registrations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_forums_registrations_needs",
            ["needs_agreed_at"],
            unique=False,
            sqlite_where=sa.text("needs_agreed_at IS NOT NULL"),
            postgresql_where=sa.text("needs_agreed_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_forums_registrations_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_forums_registrations_session_id", ["session_id", "state", "way", "id"], unique=False
        )
        batch_op.create_index(
            "uq_forums_registrations_live",
            ["session_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled' AND person_id IS NOT NULL"),
            postgresql_where=sa.text("state <> 'cancelled' AND person_id IS NOT NULL"),
        )

    op.create_table(
        "panels_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(decided_by IS NOT NULL) = (state IN ('seated', 'declined'))",
            name=op.f("ck_panels_applications_decided_by_the_agency"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)",
            name=op.f("ck_panels_applications_waiting_until_decided"),
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (reason = '' AND note IS NULL)",
            name=op.f("ck_panels_applications_erased_is_empty"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'seated', 'declined', 'withdrawn')",
            name=op.f("ck_panels_applications_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('seated', 'declined') OR note IS NOT NULL OR erased_at IS NOT NULL",
            name=op.f("ck_panels_applications_decided_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (erased_at IS NOT NULL)",
            name=op.f("ck_panels_applications_author_until_erased"),
        ),
        sa.CheckConstraint("length(reason) <= 4000", name=op.f("ck_panels_applications_reason_not_endless")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["panels_panels.activity_id"], name=op.f("fk_panels_applications_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["identity_grants.id"], name=op.f("fk_panels_applications_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "activity_id"],
            ["panels_seat_groups.id", "panels_seat_groups.activity_id"],
            name="fk_panels_applications_group",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_panels_applications_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_applications")),
    )
    with op.batch_alter_table("panels_applications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_panels_applications_activity_id", ["activity_id", "state", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_panels_applications_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_panels_applications_waiting",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "panels_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason_th", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("said_th", sa.Text(), nullable=True),
        sa.Column("said_en", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change_th", sa.Text(), nullable=True),
        sa.Column("change_en", sa.Text(), nullable=True),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'under_review') = (due_on IS NOT NULL)",
            name=op.f("ck_panels_decisions_review_has_a_date"),
        ),
        sa.CheckConstraint(
            "text_th <> '' AND reason_th <> ''", name=op.f("ck_panels_decisions_has_a_reason")
        ),
        sa.CheckConstraint(
            "verdict IN ('adopted', 'partly', 'declined', 'superseded', 'under_review')",
            name=op.f("ck_panels_decisions_verdict_known"),
        ),
        sa.CheckConstraint(
            "(revision = 1) = (change_th IS NULL)", name=op.f("ck_panels_decisions_revised_for_a_reason")
        ),
        sa.CheckConstraint(
            "said_en IS NULL OR said_th IS NOT NULL", name=op.f("ck_panels_decisions_said_thai_first")
        ),
        sa.CheckConstraint(
            "source_id IS NULL OR said_th IS NOT NULL",
            name=op.f("ck_panels_decisions_source_of_what_was_said"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["panels_panels.activity_id"], name=op.f("fk_panels_decisions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["identity_grants.id"], name=op.f("fk_panels_decisions_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "activity_id"],
            ["panels_meetings.id", "panels_meetings.activity_id"],
            name="fk_panels_decisions_meeting",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["issues_activities.id"], name=op.f("fk_panels_decisions_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_decisions")),
    )
    with op.batch_alter_table("panels_decisions", schema=None) as batch_op:
        batch_op.create_index("ix_panels_decisions_activity_id", ["activity_id", "id"], unique=False)
        batch_op.create_index("ix_panels_decisions_meeting_id", ["meeting_id", "id"], unique=False)

    op.create_table(
        "panels_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=True),
        sa.Column("reason_th", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("attendance", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("officials", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("text_th <> ''", name=op.f("ck_panels_minutes_has_a_text")),
        sa.CheckConstraint(
            "(adopted_at IS NULL) = (adopted_by IS NULL) AND (adopted_at IS NULL) = (attendance IS NULL) AND (adopted_at IS NULL) = (officials IS NULL)",
            name=op.f("ck_panels_minutes_adopted_whole"),
        ),
        sa.CheckConstraint(
            "(version = 1) = (reason_th IS NULL)", name=op.f("ck_panels_minutes_corrected_for_a_reason")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_panels_minutes_version_counted")),
        sa.ForeignKeyConstraint(
            ["adopted_by"], ["identity_grants.id"], name=op.f("fk_panels_minutes_adopted_by")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["panels_meetings.id"], name=op.f("fk_panels_minutes_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_minutes")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_panels_minutes_meeting_id_version")),
    )
    with op.batch_alter_table("panels_minutes", schema=None) as batch_op:
        batch_op.create_index(
            "uq_panels_minutes_draft",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("adopted_at IS NULL"),
            postgresql_where=sa.text("adopted_at IS NULL"),
        )

    op.create_table(
        "publications_files",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["publications_versions.id"], name=op.f("fk_publications_files_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "sha256", name=op.f("pk_publications_files")),
    )
    op.create_table(
        "surveys_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("about", sa.String(length=8), nullable=True),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_en_of", sa.String(length=16), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("max_picks", sa.Integer(), nullable=True),
        sa.Column("low_th", sa.String(length=80), nullable=True),
        sa.Column("low_en", sa.String(length=80), nullable=True),
        sa.Column("low_en_of", sa.String(length=16), nullable=True),
        sa.Column("high_th", sa.String(length=80), nullable=True),
        sa.Column("high_en", sa.String(length=80), nullable=True),
        sa.Column("high_en_of", sa.String(length=16), nullable=True),
        sa.Column("max_length", sa.Integer(), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("unit_th", sa.String(length=80), nullable=True),
        sa.Column("unit_en", sa.String(length=80), nullable=True),
        sa.Column("unit_en_of", sa.String(length=16), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("depth", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "(kind = 'multiple') = (max_picks IS NOT NULL)",
            name=op.f("ck_surveys_questions_picks_of_multiple"),
        ),
        sa.CheckConstraint(
            "(kind = 'number') = (least IS NOT NULL)", name=op.f("ck_surveys_questions_least_of_number")
        ),
        sa.CheckConstraint(
            "(kind = 'number') = (most IS NOT NULL)", name=op.f("ck_surveys_questions_most_of_number")
        ),
        sa.CheckConstraint(
            "(kind = 'number') = (places IS NOT NULL)", name=op.f("ck_surveys_questions_places_of_number")
        ),
        sa.CheckConstraint(
            "(kind = 'place') = (depth IS NOT NULL)", name=op.f("ck_surveys_questions_depth_of_place")
        ),
        sa.CheckConstraint(
            "(kind = 'text') = (max_length IS NOT NULL)", name=op.f("ck_surveys_questions_length_of_text")
        ),
        sa.CheckConstraint("about IN ('sector')", name=op.f("ck_surveys_questions_about_known")),
        sa.CheckConstraint(
            "depth IN ('province', 'district', 'subdistrict')", name=op.f("ck_surveys_questions_depth_known")
        ),
        sa.CheckConstraint(
            "kind = 'matrix' OR (kind = 'scale') = (low_th IS NOT NULL)",
            name=op.f("ck_surveys_questions_low_end_of_scale"),
        ),
        sa.CheckConstraint(
            "kind IN ('single', 'multiple', 'scale', 'matrix', 'ranking', 'number', 'date', 'place', 'text')",
            name=op.f("ck_surveys_questions_kind_known"),
        ),
        sa.CheckConstraint(
            "(low_th IS NULL) = (high_th IS NULL)", name=op.f("ck_surveys_questions_both_ends_of_scale")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_surveys_questions_days_ordered")),
        sa.CheckConstraint("least < most", name=op.f("ck_surveys_questions_number_ordered")),
        sa.CheckConstraint(
            "max_length BETWEEN 1 AND 2000", name=op.f("ck_surveys_questions_length_not_endless")
        ),
        sa.CheckConstraint("max_picks >= 1", name=op.f("ck_surveys_questions_picks_at_least_one")),
        sa.CheckConstraint("places BETWEEN 0 AND 2", name=op.f("ck_surveys_questions_places_known")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_questions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["page_id", "activity_id"],
            ["surveys_pages.id", "surveys_pages.activity_id"],
            name="fk_surveys_questions_page",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_questions")),
        sa.UniqueConstraint("id", "activity_id", "kind", name="uq_surveys_questions_answered"),
        sa.UniqueConstraint("id", "activity_id", name="uq_surveys_questions_of_survey"),
    )
    with op.batch_alter_table("surveys_questions", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_questions_activity_id", ["activity_id", "position"], unique=False)

    op.create_table(
        "surveys_responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=8), server_default="web", nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("shuffle", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("channel IN ('web', 'paper')", name=op.f("ck_surveys_responses_channel_known")),
        sa.CheckConstraint(
            "person_id IS NULL OR token_id IS NULL", name=op.f("ck_surveys_responses_person_or_link")
        ),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_surveys_responses_seconds_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_responses_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_surveys_responses_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_id", "activity_id"],
            ["surveys_tokens.id", "surveys_tokens.activity_id"],
            name="fk_surveys_responses_token",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_responses")),
        sa.UniqueConstraint(
            "activity_id", "person_id", name=op.f("uq_surveys_responses_activity_id_person_id")
        ),
        sa.UniqueConstraint("id", "activity_id", name="uq_surveys_responses_answered"),
        sa.UniqueConstraint("token_id", name=op.f("uq_surveys_responses_token_id")),
    )
    with op.batch_alter_table("surveys_responses", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_responses_export", ["activity_id", "shuffle"], unique=False)
        batch_op.create_index(batch_op.f("ix_surveys_responses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_ballots",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["poll_id", "option_id"],
            ["votes_options.poll_id", "votes_options.id"],
            name=op.f("fk_votes_ballots_poll_id_option_id"),
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_ballots_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("votes_ballots", schema=None) as batch_op:
        batch_op.create_index("ix_votes_ballots_count", ["poll_id", "option_id"], unique=False)

    op.create_table(
        "votes_marks",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "person_id"],
            ["votes_roll.poll_id", "votes_roll.person_id"],
            name=op.f("fk_votes_marks_poll_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_votes_marks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "votes_results",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("roll", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("quorum_needed", sa.Integer(), nullable=False),
        sa.Column("quorum_met", sa.Boolean(), nullable=False),
        sa.Column("base_size", sa.Integer(), nullable=False),
        sa.Column("threshold_needed", sa.Integer(), nullable=False),
        sa.Column("threshold_met", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("winner_id", sa.Integer(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(winner_id IS NOT NULL) = (outcome = 'decided')", name=op.f("ck_votes_results_winner_if_decided")
        ),
        sa.CheckConstraint(
            "outcome IN ('decided', 'no_quorum', 'no_votes', 'tie', 'below_threshold')",
            name=op.f("ck_votes_results_outcome_known"),
        ),
        sa.CheckConstraint(
            "abstained <= ballots AND ballots <= roll", name=op.f("ck_votes_results_no_more_than_roll")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id", "winner_id"],
            ["votes_options.poll_id", "votes_options.id"],
            name=op.f("fk_votes_results_poll_id_winner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_results_poll_id")
        ),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_votes_results")),
    )
    op.create_table(
        "panels_attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("title_th", sa.String(length=800), nullable=False),
        sa.Column("title_en", sa.String(length=800), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_panels_attachments_size_counted")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["panels_minutes.id"], name=op.f("fk_panels_attachments_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_attachments")),
        sa.UniqueConstraint("minutes_id", "sha256", name=op.f("uq_panels_attachments_minutes_id_sha256")),
    )
    op.create_table(
        "panels_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("organisation", sa.String(length=800), nullable=True),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=6), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended_by IN ('member', 'agency', 'erased')", name=op.f("ck_panels_members_ending_known")
        ),
        sa.CheckConstraint(
            "(application_id IS NULL) = (organisation IS NOT NULL)",
            name=op.f("ck_panels_members_applied_or_named"),
        ),
        sa.CheckConstraint(
            "(left_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_panels_members_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "(name IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_panels_members_name_until_erased")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR left_at IS NOT NULL", name=op.f("ck_panels_members_erased_has_left")
        ),
        sa.CheckConstraint("left_at >= seated_at", name=op.f("ck_panels_members_left_after_seated")),
        sa.CheckConstraint(
            "organisation IS NULL OR person_id IS NULL", name=op.f("ck_panels_members_named_has_no_account")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["panels_panels.activity_id"], name=op.f("fk_panels_members_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["panels_applications.id"], name=op.f("fk_panels_members_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "activity_id"],
            ["panels_seat_groups.id", "panels_seat_groups.activity_id"],
            name="fk_panels_members_group",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_panels_members_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels_members")),
        sa.UniqueConstraint("application_id", name=op.f("uq_panels_members_application_id")),
        sa.UniqueConstraint("id", "activity_id", name=op.f("uq_panels_members_id_activity_id")),
    )
    with op.batch_alter_table("panels_members", schema=None) as batch_op:
        batch_op.create_index(
            "ix_panels_members_activity_id", ["activity_id", "group_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_panels_members_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_panels_members_live",
            ["activity_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "surveys_conditions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("test", sa.String(length=8), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(test IN ('at_least', 'at_most')) = (value IS NOT NULL)",
            name=op.f("ck_surveys_conditions_value_compared"),
        ),
        sa.CheckConstraint(
            "test IN ('is', 'is_not', 'at_least', 'at_most', 'answered')",
            name=op.f("ck_surveys_conditions_test_known"),
        ),
        sa.CheckConstraint(
            "(question_id IS NULL) <> (page_id IS NULL)", name=op.f("ck_surveys_conditions_one_target")
        ),
        sa.CheckConstraint("source_id <> question_id", name=op.f("ck_surveys_conditions_not_of_itself")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_conditions_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["page_id", "activity_id"],
            ["surveys_pages.id", "surveys_pages.activity_id"],
            name="fk_surveys_conditions_page",
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "activity_id"],
            ["surveys_questions.id", "surveys_questions.activity_id"],
            name="fk_surveys_conditions_question",
        ),
        sa.ForeignKeyConstraint(
            ["source_id", "activity_id"],
            ["surveys_questions.id", "surveys_questions.activity_id"],
            name="fk_surveys_conditions_source",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_conditions")),
        sa.UniqueConstraint("id", "source_id", name="uq_surveys_conditions_tested"),
    )
    with op.batch_alter_table("surveys_conditions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_conditions_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "surveys_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["surveys_responses.id"], name=op.f("fk_surveys_corrections_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_corrections")),
    )
    with op.batch_alter_table("surveys_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_corrections_response_id"), ["response_id"], unique=False)

    op.create_table(
        "surveys_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("replies", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (token_id IS NULL)", name=op.f("ck_surveys_drafts_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_drafts_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_surveys_drafts_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["surveys_responses.id"], name=op.f("fk_surveys_drafts_response_id")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["surveys_tokens.id"], name=op.f("fk_surveys_drafts_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_drafts")),
        sa.UniqueConstraint("activity_id", "person_id", name=op.f("uq_surveys_drafts_activity_id_person_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_surveys_drafts_response_id")),
        sa.UniqueConstraint("token_id", name=op.f("uq_surveys_drafts_token_id")),
    )
    with op.batch_alter_table("surveys_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_drafts_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_surveys_drafts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "surveys_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=6), server_default="option", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_en_of", sa.String(length=16), nullable=True),
        sa.Column("other", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.CheckConstraint("part IN ('option', 'row')", name=op.f("ck_surveys_options_part_known")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["surveys_questions.id"], name=op.f("fk_surveys_options_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_options")),
        sa.UniqueConstraint("id", "question_id", name="uq_surveys_options_answered"),
    )
    with op.batch_alter_table("surveys_options", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_options_question_id", ["question_id", "position"], unique=False)

    op.create_table(
        "surveys_populations",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 1900 AND 2200", name=op.f("ck_surveys_populations_year_possible")),
        sa.ForeignKeyConstraint(
            ["question_id", "activity_id"],
            ["surveys_questions.id", "surveys_questions.activity_id"],
            name="fk_surveys_populations_question",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_surveys_populations")),
    )
    with op.batch_alter_table("surveys_populations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_populations_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "surveys_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'stored') = (response_id IS NOT NULL)",
            name=op.f("ck_surveys_sheets_stored_with_response"),
        ),
        sa.CheckConstraint(
            "state IN ('once', 'differs', 'stored')", name=op.f("ck_surveys_sheets_state_known")
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 999999", name=op.f("ck_surveys_sheets_number_possible")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_sheets_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["surveys_responses.id"], name=op.f("fk_surveys_sheets_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_sheets")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_surveys_sheets_activity_id_number")),
        sa.UniqueConstraint("response_id", name=op.f("uq_surveys_sheets_response_id")),
    )
    op.create_table(
        "surveys_tallies",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), server_default="0", autoincrement=False, nullable=False),
        sa.Column("choice", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n >= 0", name=op.f("ck_surveys_tallies_counted")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["surveys_questions.id"], name=op.f("fk_surveys_tallies_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "part", "choice", name=op.f("pk_surveys_tallies")),
    )
    op.create_table(
        "panels_attendance",
        sa.Column("meeting_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("absence", sa.String(length=2400), nullable=True),
        sa.CheckConstraint(
            "absence IS NULL OR NOT came", name=op.f("ck_panels_attendance_absence_of_the_absent")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "activity_id"],
            ["panels_meetings.id", "panels_meetings.activity_id"],
            name="fk_panels_attendance_meeting",
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "activity_id"],
            ["panels_members.id", "panels_members.activity_id"],
            name="fk_panels_attendance_member",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_panels_attendance")),
    )
    with op.batch_alter_table("panels_attendance", schema=None) as batch_op:
        batch_op.create_index("ix_panels_attendance_member_id", ["member_id"], unique=False)

    op.create_table(
        "surveys_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("area_code", sa.String(length=6), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("shuffle", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'date') = (day IS NOT NULL)", name=op.f("ck_surveys_answers_day_of_date")
        ),
        sa.CheckConstraint(
            "(kind = 'matrix') = (row_id IS NOT NULL)", name=op.f("ck_surveys_answers_row_of_matrix")
        ),
        sa.CheckConstraint(
            "(kind = 'number') = (amount IS NOT NULL)", name=op.f("ck_surveys_answers_amount_of_number")
        ),
        sa.CheckConstraint(
            "(kind = 'place') = (area_code IS NOT NULL)", name=op.f("ck_surveys_answers_area_of_place")
        ),
        sa.CheckConstraint(
            "CASE kind WHEN 'single' THEN option_id IS NOT NULL AND step IS NULL WHEN 'multiple' THEN option_id IS NOT NULL AND step IS NULL WHEN 'ranking' THEN option_id IS NOT NULL AND step IS NOT NULL WHEN 'scale' THEN option_id IS NULL AND step IS NOT NULL WHEN 'matrix' THEN (option_id IS NULL) <> (step IS NULL) ELSE option_id IS NULL AND step IS NULL END",
            name=op.f("ck_surveys_answers_marks_of_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('scale', 'matrix') OR step <= 5", name=op.f("ck_surveys_answers_step_on_scale")
        ),
        sa.CheckConstraint(
            "words IS NULL OR kind IN ('text', 'single', 'multiple')",
            name=op.f("ck_surveys_answers_words_where_written"),
        ),
        sa.CheckConstraint("length(words) <= 16000", name=op.f("ck_surveys_answers_words_not_endless")),
        sa.CheckConstraint("step BETWEEN 1 AND 20", name=op.f("ck_surveys_answers_step_known")),
        sa.ForeignKeyConstraint(
            ["area_code"], ["agencies_areas.code"], name=op.f("fk_surveys_answers_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["option_id", "question_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_answers_option",
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "activity_id", "kind"],
            ["surveys_questions.id", "surveys_questions.activity_id", "surveys_questions.kind"],
            name="fk_surveys_answers_question",
        ),
        sa.ForeignKeyConstraint(
            ["response_id", "activity_id"],
            ["surveys_responses.id", "surveys_responses.activity_id"],
            name="fk_surveys_answers_response",
        ),
        sa.ForeignKeyConstraint(
            ["row_id", "question_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_answers_row",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_answers")),
        sa.UniqueConstraint("response_id", "row_id", name=op.f("uq_surveys_answers_response_id_row_id")),
    )
    with op.batch_alter_table("surveys_answers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_surveys_answers_compared",
            ["question_id", "response_id", "option_id", "step", "area_code"],
            unique=False,
        )
        batch_op.create_index("ix_surveys_answers_question_id", ["question_id", "shuffle"], unique=False)
        batch_op.create_index(
            "uq_surveys_answers_one",
            ["response_id", "question_id"],
            unique=True,
            sqlite_where=sa.text("kind NOT IN ('multiple', 'ranking', 'matrix')"),
            postgresql_where=sa.text("kind NOT IN ('multiple', 'ranking', 'matrix')"),
        )
        batch_op.create_index(
            "uq_surveys_answers_option",
            ["response_id", "option_id"],
            unique=True,
            sqlite_where=sa.text("kind IN ('multiple', 'ranking')"),
            postgresql_where=sa.text("kind IN ('multiple', 'ranking')"),
        )
        batch_op.create_index(
            "uq_surveys_answers_rank",
            ["response_id", "question_id", "step"],
            unique=True,
            sqlite_where=sa.text("kind = 'ranking'"),
            postgresql_where=sa.text("kind = 'ranking'"),
        )

    op.create_table(
        "surveys_condition_options",
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["condition_id", "source_id"],
            ["surveys_conditions.id", "surveys_conditions.source_id"],
            name="fk_surveys_condition_options_condition",
        ),
        sa.ForeignKeyConstraint(
            ["option_id", "source_id"],
            ["surveys_options.id", "surveys_options.question_id"],
            name="fk_surveys_condition_options_option",
        ),
        sa.PrimaryKeyConstraint("condition_id", "option_id", name=op.f("pk_surveys_condition_options")),
    )
    op.create_table(
        "surveys_keyings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("replies", sa.JSON(), nullable=False),
        sa.Column("keyed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_surveys_keyings_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["surveys_sheets.id"], name=op.f("fk_surveys_keyings_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_keyings")),
        sa.UniqueConstraint("sheet_id", "person_id", name=op.f("uq_surveys_keyings_sheet_id_person_id")),
    )
    with op.batch_alter_table("surveys_keyings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_keyings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "surveys_population_parts",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_surveys_population_parts_people_not_negative")),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["surveys_populations.question_id"],
            name=op.f("fk_surveys_population_parts_question_id"),
        ),
        sa.PrimaryKeyConstraint("question_id", "choice", name=op.f("pk_surveys_population_parts")),
    )
    for statement in MAKE_WORDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("search_words")
    op.drop_table("surveys_population_parts")
    with op.batch_alter_table("surveys_keyings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_keyings_person_id"))

    op.drop_table("surveys_keyings")
    op.drop_table("surveys_condition_options")
    with op.batch_alter_table("surveys_answers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_surveys_answers_rank",
            sqlite_where=sa.text("kind = 'ranking'"),
            postgresql_where=sa.text("kind = 'ranking'"),
        )
        batch_op.drop_index(
            "uq_surveys_answers_option",
            sqlite_where=sa.text("kind IN ('multiple', 'ranking')"),
            postgresql_where=sa.text("kind IN ('multiple', 'ranking')"),
        )
        batch_op.drop_index(
            "uq_surveys_answers_one",
            sqlite_where=sa.text("kind NOT IN ('multiple', 'ranking', 'matrix')"),
            postgresql_where=sa.text("kind NOT IN ('multiple', 'ranking', 'matrix')"),
        )
        batch_op.drop_index("ix_surveys_answers_question_id")
        batch_op.drop_index("ix_surveys_answers_compared")

    op.drop_table("surveys_answers")
    with op.batch_alter_table("panels_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_panels_attendance_member_id")

    op.drop_table("panels_attendance")
    op.drop_table("surveys_tallies")
    op.drop_table("surveys_sheets")
    with op.batch_alter_table("surveys_populations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_populations_activity_id"))

    op.drop_table("surveys_populations")
    with op.batch_alter_table("surveys_options", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_options_question_id")

    op.drop_table("surveys_options")
    with op.batch_alter_table("surveys_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_drafts_person_id"))
        batch_op.drop_index(batch_op.f("ix_surveys_drafts_activity_id"))

    op.drop_table("surveys_drafts")
    with op.batch_alter_table("surveys_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_corrections_response_id"))

    op.drop_table("surveys_corrections")
    with op.batch_alter_table("surveys_conditions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_conditions_activity_id"))

    op.drop_table("surveys_conditions")
    with op.batch_alter_table("panels_members", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_panels_members_live",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_panels_members_person_id"))
        batch_op.drop_index("ix_panels_members_activity_id")

    op.drop_table("panels_members")
    op.drop_table("panels_attachments")
    op.drop_table("votes_results")
    op.drop_table("votes_marks")
    with op.batch_alter_table("votes_ballots", schema=None) as batch_op:
        batch_op.drop_index("ix_votes_ballots_count")

    op.drop_table("votes_ballots")
    with op.batch_alter_table("surveys_responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_responses_person_id"))
        batch_op.drop_index("ix_surveys_responses_export")

    op.drop_table("surveys_responses")
    with op.batch_alter_table("surveys_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_questions_activity_id")

    op.drop_table("surveys_questions")
    op.drop_table("publications_files")
    with op.batch_alter_table("panels_minutes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_panels_minutes_draft",
            sqlite_where=sa.text("adopted_at IS NULL"),
            postgresql_where=sa.text("adopted_at IS NULL"),
        )

    op.drop_table("panels_minutes")
    with op.batch_alter_table("panels_decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_panels_decisions_meeting_id")
        batch_op.drop_index("ix_panels_decisions_activity_id")

    op.drop_table("panels_decisions")
    with op.batch_alter_table("panels_applications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_panels_applications_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_panels_applications_person_id"))
        batch_op.drop_index("ix_panels_applications_activity_id")

    op.drop_table("panels_applications")
    with op.batch_alter_table("forums_registrations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_forums_registrations_live",
            sqlite_where=sa.text("state <> 'cancelled' AND person_id IS NOT NULL"),
            postgresql_where=sa.text("state <> 'cancelled' AND person_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_forums_registrations_session_id")
        batch_op.drop_index(batch_op.f("ix_forums_registrations_person_id"))
        batch_op.drop_index(
            "ix_forums_registrations_needs",
            sqlite_where=sa.text("needs_agreed_at IS NOT NULL"),
            postgresql_where=sa.text("needs_agreed_at IS NOT NULL"),
        )

    op.drop_table("forums_registrations")
    with op.batch_alter_table("forums_photos", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_forums_photos_unremoved",
            sqlite_where=sa.text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NOT NULL AND removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_forums_photos_session_id"))

    op.drop_table("forums_photos")
    with op.batch_alter_table("forums_minutes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_forums_minutes_draft",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("forums_minutes")
    op.drop_table("forums_materials")
    with op.batch_alter_table("comments_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_words_comment_id"))

    op.drop_table("comments_words")
    with op.batch_alter_table("comments_supports", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_supports_person_id")

    op.drop_table("comments_supports")
    with op.batch_alter_table("comments_imported_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_imported_rows_comment_id"))

    op.drop_table("comments_imported_rows")
    with op.batch_alter_table("comments_flags", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_comments_flags_open",
            sqlite_where=sa.text("cleared_at IS NULL"),
            postgresql_where=sa.text("cleared_at IS NULL"),
        )

    op.drop_table("comments_flags")
    op.drop_table("comments_files")
    op.drop_table("comments_editions")
    with op.batch_alter_table("comments_appeals", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_comments_appeals_waiting",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.drop_table("comments_appeals")
    with op.batch_alter_table("votes_roll", schema=None) as batch_op:
        batch_op.drop_index("ix_votes_roll_person_id")

    op.drop_table("votes_roll")
    op.drop_table("votes_options")
    with op.batch_alter_table("votes_listed", schema=None) as batch_op:
        batch_op.drop_index("ix_votes_listed_address")

    op.drop_table("votes_listed")
    with op.batch_alter_table("surveys_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_tokens_activity_id"))

    op.drop_table("surveys_tokens")
    op.drop_table("surveys_times")
    with op.batch_alter_table("surveys_pages", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_pages_activity_id")

    op.drop_table("surveys_pages")
    with op.batch_alter_table("publications_versions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_publications_versions_waiting",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("publications_versions")
    with op.batch_alter_table("panels_seat_groups", schema=None) as batch_op:
        batch_op.drop_index("ix_panels_seat_groups_activity_id")

    op.drop_table("panels_seat_groups")
    with op.batch_alter_table("panels_meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_panels_meetings_starts_at")

    op.drop_table("panels_meetings")
    with op.batch_alter_table("outreach_invited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_invited_sending_id"))
        batch_op.drop_index(batch_op.f("ix_outreach_invited_contact_id"))

    op.drop_table("outreach_invited")
    with op.batch_alter_table("notifications_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_told_follow_id"))

    op.drop_table("notifications_told")
    with op.batch_alter_table("forums_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_forums_sessions_starts_at")
        batch_op.drop_index("ix_forums_sessions_ends_at")
        batch_op.drop_index("ix_forums_sessions_announced_at")

    op.drop_table("forums_sessions")
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_files_sha256"))

    op.drop_table("evidence_files")
    op.drop_table("comments_told")
    with op.batch_alter_table("comments_comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_comments_waiting")
        batch_op.drop_index(
            "ix_comments_comments_unworded",
            sqlite_where=sa.text("worded = 0"),
            postgresql_where=sa.text("NOT worded"),
        )
        batch_op.drop_index("ix_comments_comments_ungrouped")
        batch_op.drop_index(
            "ix_comments_comments_theme_news",
            sqlite_where=sa.text("theme_news = 1"),
            postgresql_where=sa.text("theme_news"),
        )
        batch_op.drop_index("ix_comments_comments_theme_id")
        batch_op.drop_index("ix_comments_comments_supported")
        batch_op.drop_index("ix_comments_comments_section_newest")
        batch_op.drop_index("ix_comments_comments_person_id")
        batch_op.drop_index(
            "ix_comments_comments_pending",
            sqlite_where=sa.text("unverified = 1 AND admitted_at IS NULL AND refused_at IS NULL"),
            postgresql_where=sa.text("unverified AND admitted_at IS NULL AND refused_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_comments_comments_outcome",
            sqlite_where=sa.text("outcome IS NOT NULL"),
            postgresql_where=sa.text("outcome IS NOT NULL"),
        )
        batch_op.drop_index("ix_comments_comments_newest")
        batch_op.drop_index("ix_comments_comments_html_version")
        batch_op.drop_index(
            "ix_comments_comments_hidden",
            sqlite_where=sa.text("hidden_at IS NOT NULL"),
            postgresql_where=sa.text("hidden_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_comments_comments_digest")
        batch_op.drop_index("ix_comments_comments_answered")
        batch_op.drop_index("ix_comments_comments_activity_id")
        batch_op.drop_index("ix_comments_comments_about_waiting")
        batch_op.drop_index("ix_comments_comments_about_supported")
        batch_op.drop_index("ix_comments_comments_about_newest")
        batch_op.drop_index("ix_comments_comments_about_answered")

    op.drop_table("comments_comments")
    op.drop_table("awards_scores")
    op.drop_table("assessment_exhibits")
    op.drop_table("votes_polls")
    with op.batch_alter_table("surveys_surveys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_surveys_repeats_id"))

    op.drop_table("surveys_surveys")
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_documents_issue_id"))
        batch_op.drop_index(batch_op.f("ix_search_documents_activity_id"))

    op.drop_table("search_documents")
    with op.batch_alter_table("publications_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publications_documents_activity_id"))

    op.drop_table("publications_documents")
    op.drop_table("panels_panels")
    with op.batch_alter_table("outreach_sendings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_sendings_issue_id"))

    op.drop_table("outreach_sendings")
    with op.batch_alter_table("outreach_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_outreach_replies_activity_id")

    op.drop_table("outreach_replies")
    with op.batch_alter_table("outreach_contacts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outreach_contacts_email",
            sqlite_where=sa.text("email IS NOT NULL"),
            postgresql_where=sa.text("email IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_outreach_contacts_keep_until",
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )
        batch_op.drop_index("ix_outreach_contacts_issue_id")

    op.drop_table("outreach_contacts")
    op.drop_table("outreach_announcement_versions")
    with op.batch_alter_table("notifications_occasions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_occasions_round_id"))
        batch_op.drop_index(batch_op.f("ix_notifications_occasions_issue_id"))
        batch_op.drop_index(batch_op.f("ix_notifications_occasions_activity_id"))

    op.drop_table("notifications_occasions")
    with op.batch_alter_table("issues_commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issues_commitments_issue_id"))
        batch_op.drop_index(batch_op.f("ix_issues_commitments_activity_id"))

    op.drop_table("issues_commitments")
    op.drop_table("forums_forums")
    with op.batch_alter_table("evidence_exhibits", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_exhibits_folded",
            sqlite_where=sa.text("form = 'folded'"),
            postgresql_where=sa.text("form = 'folded'"),
        )
        batch_op.drop_index("ix_evidence_exhibits_issue_id")
        batch_op.drop_index("ix_evidence_exhibits_agency_level")

    op.drop_table("evidence_exhibits")
    op.drop_table("comments_threads")
    with op.batch_alter_table("comments_themes", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_themes_html_version")

    op.drop_table("comments_themes")
    op.drop_table("comments_tallies")
    op.drop_table("comments_questions")
    with op.batch_alter_table("awards_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awards_assignments_review_id"))
        batch_op.drop_index(batch_op.f("ix_awards_assignments_person_id"))

    op.drop_table("awards_assignments")
    op.drop_table("outreach_groups")
    with op.batch_alter_table("outreach_announcements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outreach_announcements_issue_id"))

    op.drop_table("outreach_announcements")
    with op.batch_alter_table("notifications_rounds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_notifications_rounds_running",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("notifications_rounds")
    with op.batch_alter_table("notifications_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_requests_expires_at"))
        batch_op.drop_index(batch_op.f("ix_notifications_requests_email"))

    op.drop_table("notifications_requests")
    with op.batch_alter_table("notifications_follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_follows_person_id"))
        batch_op.drop_index("ix_notifications_follows_issue")
        batch_op.drop_index(batch_op.f("ix_notifications_follows_email"))

    op.drop_table("notifications_follows")
    op.drop_table("issues_responses")
    with op.batch_alter_table("issues_activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issues_activities_issue_id"))

    op.drop_table("issues_activities")
    with op.batch_alter_table("evidence_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_documents_issue_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_documents_agency_id"))

    op.drop_table("evidence_documents")
    op.drop_table("awards_reviews")
    op.drop_table("assessment_scores")
    op.drop_table("issues_numbers")
    with op.batch_alter_table("issues_issues", schema=None) as batch_op:
        batch_op.drop_index("ix_issues_issues_published")
        batch_op.drop_index("ix_issues_issues_province")
        batch_op.drop_index("ix_issues_issues_agency_id")

    op.drop_table("issues_issues")
    with op.batch_alter_table("identity_grants", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_identity_grants_in_programme",
            sqlite_where=sa.text("ended_at IS NULL AND agency_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND agency_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_identity_grants_in_agency",
            sqlite_where=sa.text("ended_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND agency_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_identity_grants_person_id"))
        batch_op.drop_index(batch_op.f("ix_identity_grants_agency_id"))

    op.drop_table("identity_grants")
    op.drop_table("comments_moderated")
    op.drop_table("assessment_assessments")
    op.drop_table("ledger_openings")
    with op.batch_alter_table("identity_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_sessions_person_id"))

    op.drop_table("identity_sessions")
    with op.batch_alter_table("identity_password_resets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_password_resets_person_id"))

    op.drop_table("identity_password_resets")
    op.drop_table("agencies_agencies")
    op.drop_table("web_submissions")
    op.drop_table("search_cursors")
    op.drop_table("notifications_cursors")
    op.drop_table("ledger_heads")
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ledger_entries_waiting",
            sqlite_where=sa.text("idx IS NULL"),
            postgresql_where=sa.text("idx IS NULL"),
        )
        batch_op.drop_index("ix_ledger_entries_issue_at")

    op.drop_table("ledger_entries")
    op.drop_table("ledger_checkpoints")
    with op.batch_alter_table("identity_registrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_registrations_email"))

    op.drop_table("identity_registrations")
    op.drop_table("identity_people")
    with op.batch_alter_table("identity_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_identity_attempts_network")
        batch_op.drop_index(batch_op.f("ix_identity_attempts_at"))
        batch_op.drop_index("ix_identity_attempts_address")

    op.drop_table("identity_attempts")
    op.drop_table("evidence_cursors")
    with op.batch_alter_table("core_staged_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_staged_files_staged_at"))

    op.drop_table("core_staged_files")
    with op.batch_alter_table("core_outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_core_outgoing_mail_waiting",
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.drop_table("core_outgoing_mail")
    with op.batch_alter_table("agencies_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agencies_areas_parent"))

    op.drop_table("agencies_areas")
