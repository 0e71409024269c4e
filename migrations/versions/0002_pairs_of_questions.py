"""pairs of questions counted beforehand for large surveys

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
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


def downgrade() -> None:
    op.drop_column("surveys_surveys", "compared")
    op.drop_index("ix_surveys_together_activity_id", "surveys_together")
    op.drop_table("surveys_together")
