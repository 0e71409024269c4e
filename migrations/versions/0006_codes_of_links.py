"""A keyed hash of the code of who has begun to answer a survey by a link.

Revision 0006, after 0005. Answers sent by a link before this have no code, so nobody can open or change them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "surveys_receipts",
        sa.Column("token_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["surveys_tokens.id"], name=op.f("fk_surveys_receipts_token_id")
        ),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_surveys_receipts")),
    )


def downgrade() -> None:
    op.drop_table("surveys_receipts")
