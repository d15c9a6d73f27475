"""Mark whose reports and counts change.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = "'block', 'body', 'cluster', 'entity', 'report', 'seeds'"
FORMER_KINDS = "'block', 'body', 'cluster', 'seeds'"
KEY = "block, row number of an entity or a body (report: what it reports), uid of a cluster, list of seeds"
FORMER_KEY = "block, row number of a body, uid of a cluster, list of seeds"


def upgrade() -> None:
    """Let more be marked."""
    _let_mark(KINDS, KEY, FORMER_KEY)


def downgrade() -> None:
    """Mark as before; reports and counts go with their tables, or are made again on the way up."""
    op.execute("DELETE FROM touched WHERE kind IN ('entity', 'report')")
    _let_mark(FORMER_KINDS, FORMER_KEY, KEY)


def _let_mark(kinds: str, comment: str, former: str) -> None:
    with op.batch_alter_table("touched") as batch_op:
        batch_op.drop_constraint(op.f("ck_touched_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_touched_kind"), f"kind IN ({kinds})")
        batch_op.alter_column("key", comment=comment, existing_comment=former)
