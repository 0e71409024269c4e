"""How often files are brought without an account is counted like other tries.

Revision 0002.
"""

from __future__ import annotations

from alembic import op

from app.migrate import tables_remade

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('sign_in', 'mail', 'comment')"
AFTER = "kind IN ('sign_in', 'mail', 'comment', 'files')"


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM identity_attempts WHERE kind = 'files'")
    allow(BEFORE)


def allow(kinds: str) -> None:
    name = "ck_identity_attempts_kind_known"
    with tables_remade(op.get_bind()), op.batch_alter_table("identity_attempts") as table:
        table.drop_constraint(op.f(name), type_="check")
        table.create_check_constraint(op.f(name), kinds)
