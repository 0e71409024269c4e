"""Pairs of questions counted beforehand for large surveys, agencies in the order of a stored key.

Revision 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.core.text import sort_key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "surveys_together",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["surveys_surveys.activity_id"], name=op.f("fk_surveys_together_activity_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["surveys_questions.id"], name=op.f("fk_surveys_together_by_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["surveys_questions.id"], name=op.f("fk_surveys_together_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "by_id", name=op.f("pk_surveys_together")),
    )
    op.create_index("ix_surveys_together_activity_id", "surveys_together", ["activity_id"])
    # The worker counts the surveys that have closed already: 0 says that nothing is counted.
    op.add_column("surveys_surveys", sa.Column("compared", sa.Integer(), server_default="0", nullable=False))
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    for name in ("order_th", "order_en"):
        op.add_column("agencies_agencies", sa.Column(name, bytewise, server_default="", nullable=False))
        op.create_index(f"ix_agencies_agencies_{name}", "agencies_agencies", [name, "id"])
    _order_agencies()


def _order_agencies() -> None:
    columns = ("id", "name_th", "name_en", "order_th", "order_en")
    agencies = sa.table("agencies_agencies", *(sa.column(name) for name in columns))
    connection = op.get_bind()
    rows = connection.execute(sa.select(agencies.c.id, agencies.c.name_th, agencies.c.name_en)).all()
    orders = [
        {"agency": row.id, "th": sort_key(row.name_th), "en": sort_key(row.name_en or row.name_th)}
        for row in rows
    ]
    if orders:
        connection.execute(
            sa.update(agencies)
            .where(agencies.c.id == sa.bindparam("agency"))
            .values(order_th=sa.bindparam("th"), order_en=sa.bindparam("en")),
            orders,
        )


def downgrade() -> None:
    for name in ("order_th", "order_en"):
        op.drop_index(f"ix_agencies_agencies_{name}", "agencies_agencies")
        op.drop_column("agencies_agencies", name)
    op.drop_column("surveys_surveys", "compared")
    op.drop_index("ix_surveys_together_activity_id", "surveys_together")
    op.drop_table("surveys_together")
