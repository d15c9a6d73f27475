"""Make the views that researchers build on, and say what each column means.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

from kb.store.views.frozen import create_views, drop_views

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COMMENTS = {
    ("annotation", "made_at"): "when it was derived",
    ("article", "first_seen_at"): "when it was first read",
    ("decision", "verb"): "what was decided: kb.model.Verb",
    ("decision", "why"): "in their words",
    ("entity", "type"): "PER, ORG or LOC",
    ("failure", "attempts"): "how often it failed",
    ("failure", "stage"): "of the way, where it failed",
    ("fetch", "fetched_at"): "when",
    ("local_entity", "type"): "PER, ORG or LOC, as that text has it",
    ("quote", "kind"): "direct, indirect, or mixed",
    ("revision", "dateline_end_char"): "code point after its last one",
    ("revision", "dateline_outlet"): "the medium that it names",
    ("revision", "dateline_place"): "the place that it names",
    ("revision", "title"): "its heading, as the page has it",
    ("revision", "url"): "its address, as the page or its reader gives it",
    ("run", "started_at"): "when it began",
    ("tombstone", "forgotten_at"): "when",
    ("tombstone", "why"): "in their words",
    ("touched", "kind"): "what is named by the key",
}
"""What earlier migrations left out; SQLite keeps no comments."""


def upgrade() -> None:
    """Make the views; on PostgreSQL, add the comments."""
    if op.get_bind().dialect.name == "postgresql":
        for (table, column), comment in COMMENTS.items():
            op.execute(f"COMMENT ON COLUMN \"{table}\".{column} IS '{comment}'")
    create_views(op.get_bind(), revision)


def downgrade() -> None:
    """Take both away."""
    drop_views(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table, column in COMMENTS:
            op.execute(f'COMMENT ON COLUMN "{table}".{column} IS NULL')
