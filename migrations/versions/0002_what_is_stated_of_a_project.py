"""what is stated of a project

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
    with op.batch_alter_table("issues_issues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("particulars", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("issues_issues", schema=None) as batch_op:
        batch_op.drop_column("particulars")
