"""themes of comments

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.migrate import tables_remade

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


VERDICTS = "'adopted', 'partly', 'declined', 'superseded', 'under_review'"
CHECKS = {
    "replies_have_no_theme": "theme_id IS NULL OR parent_id IS NULL",
    "theme_verdict_known": f"theme_verdict IN ({VERDICTS})",
    "theme_answer_of_a_theme": "(theme_verdict IS NULL OR theme_id IS NOT NULL)"
    " AND (theme_verdict IS NOT NULL OR NOT theme_news)",
    "settled_when_answered": "(settled_at IS NULL) = (verdict IS NULL AND theme_verdict IS NULL)",
    "outcome_of_an_answer": "outcome IS NULL OR verdict IS NOT NULL",
}
ANSWERED = {
    "ix_comments_comments_answered": ["answered_in"],
    "ix_comments_comments_about_answered": ["answered_in", "about"],
}


def upgrade() -> None:
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
        "comments_told",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_comments_told_of_an_answer")),
        sa.ForeignKeyConstraint(["theme_id"], ["comments_themes.id"], name=op.f("fk_comments_told_theme_id")),
        sa.PrimaryKeyConstraint("theme_id", "revision", "reader", name=op.f("pk_comments_told")),
    )
    with tables_remade(op.get_bind()):
        with op.batch_alter_table("comments_comments") as batch_op:
            batch_op.add_column(sa.Column("outcome", sa.String(length=80), nullable=True))
            batch_op.add_column(sa.Column("theme_id", sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column("theme_verdict", sa.String(length=12), nullable=True))
            batch_op.add_column(
                sa.Column("theme_news", sa.Boolean(), server_default=sa.false(), nullable=False)
            )
            batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        op.execute("UPDATE comments_comments SET settled_at = answered_at WHERE verdict IS NOT NULL")
        with op.batch_alter_table("comments_comments") as batch_op:
            for name, columns in ANSWERED.items():
                batch_op.drop_index(name)
                batch_op.create_index(name, [*columns, "settled_at", "id"])
            batch_op.create_index("ix_comments_comments_theme_id", ["theme_id", "id"])
            batch_op.create_index("ix_comments_comments_ungrouped", ["listed_in", "theme_id", "id"])
            batch_op.create_index(
                "ix_comments_comments_outcome",
                ["activity_id"],
                sqlite_where=sa.text("outcome IS NOT NULL"),
                postgresql_where=sa.text("outcome IS NOT NULL"),
            )
            batch_op.create_index(
                "ix_comments_comments_theme_news",
                ["id"],
                sqlite_where=sa.text("theme_news = 1"),
                postgresql_where=sa.text("theme_news"),
            )
            batch_op.create_foreign_key(
                "fk_comments_comments_theme",
                "comments_themes",
                ["activity_id", "theme_id"],
                ["activity_id", "id"],
            )
            for name, condition in CHECKS.items():
                batch_op.create_check_constraint(op.f(f"ck_comments_comments_{name}"), condition)


def downgrade() -> None:
    with tables_remade(op.get_bind()):
        with op.batch_alter_table("comments_comments") as batch_op:
            for name in CHECKS:
                batch_op.drop_constraint(op.f(f"ck_comments_comments_{name}"), type_="check")
            batch_op.drop_constraint("fk_comments_comments_theme", type_="foreignkey")
            for name in ("ungrouped", "theme_news", "theme_id", "outcome"):
                batch_op.drop_index(f"ix_comments_comments_{name}")
            for name, columns in ANSWERED.items():
                batch_op.drop_index(name)
                batch_op.create_index(name, [*columns, "answered_at", "id"])
        with op.batch_alter_table("comments_comments") as batch_op:
            for name in ("settled_at", "theme_news", "theme_verdict", "theme_id", "outcome"):
                batch_op.drop_column(name)
        op.drop_table("comments_told")
        op.drop_table("comments_themes")
