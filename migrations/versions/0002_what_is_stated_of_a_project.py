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


# Without a batch: copying the table would drop it, and what points at its rows forbids that on SQLite.


def upgrade() -> None:
    op.add_column("issues_issues", sa.Column("particulars", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("issues_issues", "particulars")
