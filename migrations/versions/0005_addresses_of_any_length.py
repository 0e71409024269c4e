"""Where a form's sender was sent may be an address of any length; the ones kept with a secret in them go.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SECRET_IN_IT = ("%/surveys/%/link/%", "%/forums/arrive/%", "%/comments/appeal/%")


def upgrade() -> None:
    with op.batch_alter_table("web_submissions", schema=None) as batch_op:
        batch_op.alter_column(
            "location", existing_type=sa.String(length=500), type_=sa.Text(), existing_nullable=False
        )
    kept = sa.table("web_submissions", sa.column("location", sa.Text()))
    # A form sent again then hears that it was sent before.
    op.execute(
        sa.update(kept)
        .where(sa.or_(*(kept.c.location.like(shape) for shape in SECRET_IN_IT)))
        .values(location="")
    )


def downgrade() -> None:
    kept = sa.table("web_submissions", sa.column("location", sa.Text()))
    op.execute(sa.update(kept).where(sa.func.length(kept.c.location) > 500).values(location=""))
    with op.batch_alter_table("web_submissions", schema=None) as batch_op:
        batch_op.alter_column(
            "location", existing_type=sa.Text(), type_=sa.String(length=500), existing_nullable=False
        )
