"""Mark whose reports and counts change, and find names by their words, in indexes.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic import op

from kb.names import fold

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = "'block', 'body', 'cluster', 'entity', 'report', 'seeds'"
FORMER_KINDS = "'block', 'body', 'cluster', 'seeds'"
KEY = "block, row number of an entity or a body (report: what it reports), uid of a cluster, list of seeds"
FORMER_KEY = "block, row number of a body, uid of a cluster, list of seeds"

NEWEST = {
    "sqlite": "published_on DESC, published_at DESC",  # its NULLs are the smallest: last already
    "postgresql": "published_on DESC NULLS LAST, published_at DESC NULLS LAST",
}
WORDS = (
    (
        "alias_word",
        "alias",
        "Names by their words, in any order: Lavrov is one of Sergey Lavrov",
        "a word of the name's key",
        "the name",
    ),
    (
        "speaker_word",
        "quote",
        "Speakers whom a text only describes (kantor berita negara), by the words of it",
        "a word of it, folded",
        "whose speaker is called so",
    ),
)
NAMES = "SELECT id, name_key FROM alias WHERE id > :last ORDER BY id LIMIT 5000"
DESCRIBED = """
SELECT id, speaker FROM quote
WHERE id > :last AND speaker IS NOT NULL AND speaker_local_entity_id IS NULL ORDER BY id LIMIT 5000
"""


def upgrade() -> None:
    """Let more be marked; keep the words of names, and indexes for the newest articles and for names run together."""
    _let_mark(KINDS, KEY, FORMER_KEY)
    for table, of, *comments in WORDS:
        _make_words(table, of, *comments)
    _fill_words("alias_word", "alias_id", NAMES, str)
    _fill_words("speaker_word", "quote_id", DESCRIBED, fold)
    newest = NEWEST[op.get_bind().dialect.name]
    op.execute(f"CREATE INDEX ix_revision_newest ON revision ({newest}) WHERE is_current")
    op.execute("CREATE INDEX ix_alias_joined ON alias (replace(name_key, ' ', ''))")
    op.create_index(
        "ix_annotation_current_pipeline",
        "annotation",
        ["pipeline_id"],
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )


def downgrade() -> None:
    """Take away what was added; all of it can be made again."""
    op.drop_index("ix_annotation_current_pipeline", "annotation")
    op.execute("DROP INDEX ix_alias_joined")
    op.execute("DROP INDEX ix_revision_newest")
    op.drop_table("speaker_word")
    op.drop_table("alias_word")
    op.execute("DELETE FROM touched WHERE kind IN ('entity', 'report')")
    _let_mark(FORMER_KINDS, FORMER_KEY, KEY)


def _let_mark(kinds: str, comment: str, former: str) -> None:
    with op.batch_alter_table("touched") as batch_op:
        batch_op.drop_constraint(op.f("ck_touched_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_touched_kind"), f"kind IN ({kinds})")
        batch_op.alter_column("key", comment=comment, existing_comment=former)


def _make_words(table: str, of: str, comment: str, word: str, whose: str) -> None:
    column = f"{of}_id"
    op.create_table(
        table,
        sa.Column("word", sa.Text(), nullable=False, comment=word),
        sa.Column(column, sa.Integer(), nullable=False, comment=whose),
        sa.ForeignKeyConstraint(
            [column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", column, name=op.f(f"pk_{table}")),
        comment=comment,
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _fill_words(table: str, column: str, texts: str, key: Callable[[str], str]) -> None:
    words = sa.table(table, sa.column("word"), sa.column(column))
    for part in _parts(texts):
        rows = [{"word": word, column: row} for row, text in part for word in sorted(set(key(text).split()))]
        if rows:
            op.bulk_insert(words, rows)


def _parts(texts: str) -> Iterator[list[tuple[int, str]]]:
    last = 0
    while part := op.get_bind().execute(sa.text(texts), {"last": last}).tuples().all():
        yield list(part)
        last = part[-1][0]
