"""Keep to whom and on what occasion something was said.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns; quotes found before have nothing in them until their articles are read again."""
    op.add_column(
        "quote", sa.Column("addressee", sa.Text(), nullable=True, comment="who was spoken to, as printed")
    )
    op.add_column(
        "quote",
        sa.Column(
            "occasion", sa.Text(), nullable=True, comment="when, where and at what it was said, as printed"
        ),
    )


def downgrade() -> None:
    """Take the two columns away."""
    op.drop_column("quote", "occasion")
    op.drop_column("quote", "addressee")
