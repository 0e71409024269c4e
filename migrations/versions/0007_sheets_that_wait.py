"""Paper sheets settled after a survey's closing wait until several can be taken in together.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = "ck_surveys_sheets_state_known"


def upgrade() -> None:
    _let("'once', 'differs', 'ready', 'stored'")


def downgrade() -> None:
    """What waits goes back to where one reading is kept: it must be keyed a second time again."""
    sheets = sa.table("surveys_sheets", sa.column("state", sa.String()))
    op.execute(sa.update(sheets).where(sheets.c.state == "ready").values(state="once"))
    _let("'once', 'differs', 'stored'")


def _let(states: str) -> None:
    with op.batch_alter_table("surveys_sheets", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"state IN ({states})")
