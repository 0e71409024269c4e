"""Followers hear of sessions moved or called off, of minutes, and of panels' decisions.

Revision 0003.
"""

from __future__ import annotations

from alembic import op

from app.migrate import tables_remade

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = "what IN ('opening', 'announced', 'date_change', 'cancelled', 'answer', 'result', 'document', 'closed', 'ended')"
AFTER = BEFORE[:-1] + ", 'moved', 'called_off', 'minutes', 'decision')"
NEW = "('moved', 'called_off', 'minutes', 'decision')"


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    """What the older release has no sentence for is told no more, to whoever was not told yet."""
    op.execute(
        f"DELETE FROM notifications_told WHERE occasion_id IN (SELECT id FROM notifications_occasions WHERE what IN {NEW})"
    )
    op.execute(f"DELETE FROM notifications_occasions WHERE what IN {NEW}")
    allow(BEFORE)


def allow(news: str) -> None:
    name = "ck_notifications_occasions_what_known"
    with tables_remade(op.get_bind()), op.batch_alter_table("notifications_occasions") as table:
        table.drop_constraint(op.f(name), type_="check")
        table.create_check_constraint(op.f(name), news)
