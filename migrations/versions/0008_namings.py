"""Keep which articles name whom.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMINGS = """
INSERT INTO naming (entity_id, article_id, n_mentions)
SELECT link.entity_id, revision.article_id,
       sum(CASE WHEN mention.id IS NOT NULL AND judged.mention_id IS NULL THEN 1 ELSE 0 END)
FROM revision
JOIN annotation ON annotation.body_id = revision.body_id AND annotation.is_current
JOIN local_entity ON local_entity.annotation_id = annotation.id
JOIN link ON link.local_entity_id = local_entity.id
LEFT JOIN mention ON mention.local_entity_id = local_entity.id
LEFT JOIN mention_judgement AS judged ON judged.mention_id = mention.id
WHERE revision.is_current
GROUP BY link.entity_id, revision.article_id
"""


def upgrade() -> None:
    """Add the table and fill it from what the base has."""
    op.create_table(
        "naming",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="as linked, before merges"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article that names it now"),
        sa.Column(
            "n_mentions", sa.Integer(), nullable=False, comment="how often, without what people rejected"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_naming_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_naming_article_id_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "article_id", name=op.f("pk_naming")),
        comment="Which articles name an entity: what its counts and its neighbours are found by",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_naming_article_id"), "naming", ["article_id"])
    op.execute(NAMINGS)


def downgrade() -> None:
    """Take it away; it can be made again."""
    op.drop_table("naming")
