"""How far the files of a log are written.

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
    with op.batch_alter_table("ledger_heads", schema=None) as batch_op:
        batch_op.add_column(sa.Column("published", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_ledger_heads_published_is_numbered"), "published BETWEEN 0 AND size"
        )


def downgrade() -> None:
    with op.batch_alter_table("ledger_heads", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_heads_published_is_numbered"), type_="check")
        batch_op.drop_column("published")
