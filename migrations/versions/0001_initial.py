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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outgoing_mail")),
    )
    with op.batch_alter_table("core_outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(
            "ix_core_outgoing_mail_waiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

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
        sa.CheckConstraint("kind IN ('sign_in', 'mail')", name=op.f("ck_identity_attempts_kind_known")),
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
        sa.CheckConstraint("size >= 0", name=op.f("ck_ledger_heads_size_not_negative")),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_ledger_heads")),
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
        info={"recorded": "agencies", "derived": frozenset()},
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
        info={"recorded": "assessment", "derived": frozenset()},
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
        info={"recorded": "identity", "derived": frozenset()},
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
        info={"recorded": "issues", "derived": frozenset({"closes_at", "opens_at"})},
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
        info={"recorded": "assessment", "derived": frozenset()},
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
        info={"recorded": "awards", "derived": frozenset()},
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
        info={"recorded": "evidence", "derived": frozenset()},
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
        info={"recorded": "issues", "derived": frozenset()},
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
        info={"recorded": "issues", "derived": frozenset()},
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
        info={"recorded": "awards", "derived": frozenset()},
    )
    with op.batch_alter_table("awards_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_assignments_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_awards_assignments_review_id"), ["review_id"], unique=False)

    op.create_table(
        "comments_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=16), nullable=True),
        sa.Column("hidden_note", sa.Text(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason_th", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("html_th", sa.Text(), nullable=False),
        sa.Column("html_en", sa.Text(), nullable=False),
        sa.Column("html_version", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(coalesce(verdict, '') = 'under_review') = (due_on IS NOT NULL)",
            name=op.f("ck_comments_comments_review_has_a_date"),
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (body = '' AND name IS NULL)",
            name=op.f("ck_comments_comments_erased_is_empty"),
        ),
        sa.CheckConstraint(
            "hidden_reason IN ('personal_data', 'threat', 'obscene', 'unlawful', 'advertising', 'off_topic')",
            name=op.f("ck_comments_comments_hidden_reason_known"),
        ),
        sa.CheckConstraint("lang IN ('th', 'en')", name=op.f("ck_comments_comments_lang_known")),
        sa.CheckConstraint(
            "relation IN ('lives', 'trades', 'farms', 'passes', 'other')",
            name=op.f("ck_comments_comments_relation_known"),
        ),
        sa.CheckConstraint(
            "verdict IN ('adopted', 'partly', 'declined', 'superseded', 'under_review')",
            name=op.f("ck_comments_comments_verdict_known"),
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL)",
            name=op.f("ck_comments_comments_hidden_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (erased_at IS NOT NULL)",
            name=op.f("ck_comments_comments_author_until_erased"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL) AND (verdict IS NULL) = (reason_th IS NULL) AND (verdict IS NULL) = (revision = 0)",
            name=op.f("ck_comments_comments_answer_whole"),
        ),
        sa.CheckConstraint("length(body) <= 16000", name=op.f("ck_comments_comments_body_not_endless")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_comments_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["identity_grants.id"], name=op.f("fk_comments_comments_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_comments_comments_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments_comments")),
        info={"recorded": "comments", "derived": frozenset({"html_en", "html_version", "html_th"})},
    )
    with op.batch_alter_table("comments_comments", schema=None) as batch_op:
        batch_op.create_index("ix_comments_comments_activity_id", ["activity_id", "id"], unique=False)
        batch_op.create_index("ix_comments_comments_html_version", ["html_version"], unique=False)
        batch_op.create_index("ix_comments_comments_person_id", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comments_comments_waiting",
            ["activity_id", "id"],
            unique=False,
            sqlite_where=sa.text("verdict IS NULL AND hidden_at IS NULL AND erased_at IS NULL"),
            postgresql_where=sa.text("verdict IS NULL AND hidden_at IS NULL AND erased_at IS NULL"),
        )

    op.create_table(
        "comments_threads",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_th", sa.Text(), nullable=True),
        sa.Column("question_en", sa.Text(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered BETWEEN 0 AND shown + erased", name=op.f("ck_comments_threads_answered_are_readable")
        ),
        sa.CheckConstraint(
            "question_en IS NULL OR question_th IS NOT NULL", name=op.f("ck_comments_threads_thai_first")
        ),
        sa.CheckConstraint(
            "reviewing BETWEEN 0 AND answered", name=op.f("ck_comments_threads_reviewing_are_answered")
        ),
        sa.CheckConstraint(
            "shown >= 0 AND hidden >= 0 AND erased >= 0", name=op.f("ck_comments_threads_counts_not_negative")
        ),
        sa.CheckConstraint("waiting BETWEEN 0 AND shown", name=op.f("ck_comments_threads_waiting_are_shown")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_comments_threads_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_comments_threads")),
        info={
            "recorded": "comments",
            "derived": frozenset({"waiting", "answered", "reviewing", "shown", "erased", "hidden"}),
        },
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
        info={"recorded": "issues", "derived": frozenset()},
    )
    with op.batch_alter_table("issues_commitments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issues_commitments_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issues_commitments_issue_id"), ["issue_id"], unique=False)

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
        info={"recorded": "panels", "derived": frozenset({"last_number"})},
    )
    op.create_table(
        "publications_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form IN ('document', 'update')", name=op.f("ck_publications_documents_form_known")
        ),
        sa.CheckConstraint("current >= 1", name=op.f("ck_publications_documents_current_counted")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_publications_documents_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications_documents")),
        info={"recorded": "publications", "derived": frozenset()},
    )
    with op.batch_alter_table("publications_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publications_documents_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "surveys_surveys",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("intro_th", sa.Text(), nullable=True),
        sa.Column("intro_en", sa.Text(), nullable=True),
        sa.Column("satisfaction", sa.Boolean(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "intro_en IS NULL OR intro_th IS NOT NULL", name=op.f("ck_surveys_surveys_thai_first")
        ),
        sa.CheckConstraint("responses >= 0", name=op.f("ck_surveys_surveys_responses_not_negative")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["issues_activities.id"], name=op.f("fk_surveys_surveys_activity_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_surveys_surveys")),
        info={"recorded": "surveys", "derived": frozenset({"responses"})},
    )
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
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "assessment", "derived": frozenset()},
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
        info={"recorded": "awards", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset({"taken"})},
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
        sa.ForeignKeyConstraint(
            ["document_id"], ["publications_documents.id"], name=op.f("fk_publications_versions_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications_versions")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_publications_versions_document_id_number")
        ),
        info={"recorded": "publications", "derived": frozenset()},
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
        "surveys_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("max_picks", sa.Integer(), nullable=True),
        sa.Column("low_th", sa.String(length=80), nullable=True),
        sa.Column("low_en", sa.String(length=80), nullable=True),
        sa.Column("high_th", sa.String(length=80), nullable=True),
        sa.Column("high_en", sa.String(length=80), nullable=True),
        sa.Column("max_length", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'multiple') = (max_picks IS NOT NULL)",
            name=op.f("ck_surveys_questions_picks_of_multiple"),
        ),
        sa.CheckConstraint(
            "(kind = 'scale') = (high_th IS NOT NULL)", name=op.f("ck_surveys_questions_high_end_of_scale")
        ),
        sa.CheckConstraint(
            "(kind = 'scale') = (low_th IS NOT NULL)", name=op.f("ck_surveys_questions_low_end_of_scale")
        ),
        sa.CheckConstraint(
            "(kind = 'text') = (max_length IS NOT NULL)", name=op.f("ck_surveys_questions_length_of_text")
        ),
        sa.CheckConstraint(
            "kind IN ('single', 'multiple', 'scale', 'text')", name=op.f("ck_surveys_questions_kind_known")
        ),
        sa.CheckConstraint(
            "max_length BETWEEN 1 AND 2000", name=op.f("ck_surveys_questions_length_not_endless")
        ),
        sa.CheckConstraint("max_picks >= 1", name=op.f("ck_surveys_questions_picks_at_least_one")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_questions_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_questions")),
        sa.UniqueConstraint("id", "activity_id", "kind", name="uq_surveys_questions_answered"),
        info={"recorded": "surveys", "derived": frozenset()},
    )
    with op.batch_alter_table("surveys_questions", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_questions_activity_id", ["activity_id", "position"], unique=False)

    op.create_table(
        "surveys_responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_responses_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_people.id"], name=op.f("fk_surveys_responses_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_responses")),
        sa.UniqueConstraint(
            "activity_id", "person_id", name=op.f("uq_surveys_responses_activity_id_person_id")
        ),
        sa.UniqueConstraint("id", "activity_id", name="uq_surveys_responses_answered"),
        info={"recorded": "surveys", "derived": frozenset()},
    )
    with op.batch_alter_table("surveys_responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surveys_responses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_listed",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["votes_polls.activity_id"], name=op.f("fk_votes_listed_poll_id")
        ),
        sa.PrimaryKeyConstraint("poll_id", "address", name=op.f("pk_votes_listed")),
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "votes", "derived": frozenset()},
    )
    with op.batch_alter_table("votes_roll", schema=None) as batch_op:
        batch_op.create_index("ix_votes_roll_person_id", ["person_id"], unique=False)

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
        info={"recorded": "panels", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset({"html_en", "html_th"})},
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
        info={"recorded": "publications", "derived": frozenset()},
    )
    op.create_table(
        "surveys_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["surveys_questions.id"], name=op.f("fk_surveys_options_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_options")),
        sa.UniqueConstraint("id", "question_id", name="uq_surveys_options_answered"),
        info={"recorded": "surveys", "derived": frozenset()},
    )
    with op.batch_alter_table("surveys_options", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_options_question_id", ["question_id", "position"], unique=False)

    op.create_table(
        "surveys_tallies",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_surveys_tallies_counted")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["surveys_questions.id"], name=op.f("fk_surveys_tallies_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "choice", name=op.f("pk_surveys_tallies")),
        info={"recorded": "surveys", "derived": frozenset({"n"})},
    )
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
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "votes", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset()},
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
        info={"recorded": "panels", "derived": frozenset()},
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
        "surveys_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("shuffle", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'scale') = (step IS NOT NULL)", name=op.f("ck_surveys_answers_step_on_scale")
        ),
        sa.CheckConstraint(
            "(kind IN ('single', 'multiple')) = (option_id IS NOT NULL)",
            name=op.f("ck_surveys_answers_option_where_picked"),
        ),
        sa.CheckConstraint(
            "words IS NULL OR kind = 'text'", name=op.f("ck_surveys_answers_words_where_written")
        ),
        sa.CheckConstraint("length(words) <= 16000", name=op.f("ck_surveys_answers_words_not_endless")),
        sa.CheckConstraint("step BETWEEN 1 AND 5", name=op.f("ck_surveys_answers_step_known")),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys_answers")),
        sa.UniqueConstraint(
            "response_id", "option_id", name=op.f("uq_surveys_answers_response_id_option_id")
        ),
        info={"recorded": "surveys", "derived": frozenset()},
    )
    with op.batch_alter_table("surveys_answers", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_answers_question_id", ["question_id", "shuffle"], unique=False)
        batch_op.create_index(
            "uq_surveys_answers_one",
            ["response_id", "question_id"],
            unique=True,
            sqlite_where=sa.text("kind <> 'multiple'"),
            postgresql_where=sa.text("kind <> 'multiple'"),
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
        info={"recorded": "panels", "derived": frozenset()},
    )
    with op.batch_alter_table("panels_attendance", schema=None) as batch_op:
        batch_op.create_index("ix_panels_attendance_member_id", ["member_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("panels_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_panels_attendance_member_id")

    op.drop_table("panels_attendance")
    with op.batch_alter_table("surveys_answers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_surveys_answers_one",
            sqlite_where=sa.text("kind <> 'multiple'"),
            postgresql_where=sa.text("kind <> 'multiple'"),
        )
        batch_op.drop_index("ix_surveys_answers_question_id")

    op.drop_table("surveys_answers")
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
    op.drop_table("surveys_tallies")
    with op.batch_alter_table("surveys_options", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_options_question_id")

    op.drop_table("surveys_options")
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
    with op.batch_alter_table("votes_roll", schema=None) as batch_op:
        batch_op.drop_index("ix_votes_roll_person_id")

    op.drop_table("votes_roll")
    op.drop_table("votes_options")
    with op.batch_alter_table("votes_listed", schema=None) as batch_op:
        batch_op.drop_index("ix_votes_listed_address")

    op.drop_table("votes_listed")
    with op.batch_alter_table("surveys_responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surveys_responses_person_id"))

    op.drop_table("surveys_responses")
    with op.batch_alter_table("surveys_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_questions_activity_id")

    op.drop_table("surveys_questions")
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
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_files_sha256"))

    op.drop_table("evidence_files")
    op.drop_table("awards_scores")
    op.drop_table("assessment_exhibits")
    op.drop_table("votes_polls")
    op.drop_table("surveys_surveys")
    with op.batch_alter_table("publications_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publications_documents_activity_id"))

    op.drop_table("publications_documents")
    op.drop_table("panels_panels")
    with op.batch_alter_table("issues_commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issues_commitments_issue_id"))
        batch_op.drop_index(batch_op.f("ix_issues_commitments_activity_id"))

    op.drop_table("issues_commitments")
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
    with op.batch_alter_table("comments_comments", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_comments_comments_waiting",
            sqlite_where=sa.text("verdict IS NULL AND hidden_at IS NULL AND erased_at IS NULL"),
            postgresql_where=sa.text("verdict IS NULL AND hidden_at IS NULL AND erased_at IS NULL"),
        )
        batch_op.drop_index("ix_comments_comments_person_id")
        batch_op.drop_index("ix_comments_comments_html_version")
        batch_op.drop_index("ix_comments_comments_activity_id")

    op.drop_table("comments_comments")
    with op.batch_alter_table("awards_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awards_assignments_review_id"))
        batch_op.drop_index(batch_op.f("ix_awards_assignments_person_id"))

    op.drop_table("awards_assignments")
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
