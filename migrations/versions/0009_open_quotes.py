"""Keep whose the quotes without a clear speaker may be.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN_QUOTES = """
INSERT INTO open_quote (entity_id, quote_id)
SELECT DISTINCT link.entity_id, quote.id
FROM speaker_candidate
JOIN quote ON quote.id = speaker_candidate.quote_id AND quote.speaker IS NULL
JOIN annotation ON annotation.id = quote.annotation_id AND annotation.is_current
JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
JOIN link ON link.local_entity_id = speaker_candidate.local_entity_id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id
WHERE judged.quote_id IS NULL
"""


def upgrade() -> None:
    """Add the table and fill it from what the base has."""
    op.create_table(
        "open_quote",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="who it may be, before merges"),
        sa.Column(
            "quote_id", sa.Integer(), nullable=False, comment="without a clear speaker, in a current article"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_open_quote_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_open_quote_quote_id_quote"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "quote_id", name=op.f("pk_open_quote")),
        comment="Quotes that nobody decided about, by whom they may be",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_open_quote_quote_id"), "open_quote", ["quote_id"])
    op.execute(OPEN_QUOTES)


def downgrade() -> None:
    """Take it away; it can be made again."""
    op.drop_table("open_quote")
