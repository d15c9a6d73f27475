"""Keep what questions read first: who said what in which article, how much there is of everybody, words to search.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from kb.names import fold

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REPORTS = """
INSERT INTO report (quote_id, article_id, outlet_id, entity_id, published_on, published_at)
SELECT quote.id, revision.article_id, revision.outlet_id,
       CASE WHEN judged.speaker_by_id IS NOT NULL THEN judged.speaker_entity_id ELSE link.entity_id END,
       revision.published_on, revision.published_at
FROM revision
JOIN annotation ON annotation.body_id = revision.body_id AND annotation.is_current
JOIN quote ON quote.annotation_id = annotation.id
LEFT JOIN quote_judgement AS judged ON judged.quote_id = quote.id
LEFT JOIN link ON link.local_entity_id = quote.speaker_local_entity_id
WHERE revision.is_current AND judged.rejected_by_id IS NULL
"""

COUNTS = """
INSERT INTO entity_count (entity_id, n_mentions, n_articles, n_quotes, n_statements, n_open)
SELECT entity.id, coalesce(named.n_mentions, 0), coalesce(named.n_articles, 0),
       coalesce(said.n_quotes, 0), coalesce(said.n_statements, 0), coalesce(unclear.n_open, 0)
FROM entity
LEFT JOIN (
    SELECT coalesce(member.merged_into_id, member.id) AS id, count(*) AS n_mentions,
           count(DISTINCT revision.article_id) AS n_articles
    FROM link
    JOIN entity AS member ON member.id = link.entity_id
    JOIN mention ON mention.local_entity_id = link.local_entity_id
    JOIN annotation ON annotation.id = mention.annotation_id AND annotation.is_current
    JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
    WHERE NOT EXISTS (SELECT 1 FROM mention_judgement WHERE mention_judgement.mention_id = mention.id)
    GROUP BY coalesce(member.merged_into_id, member.id)
) AS named ON named.id = entity.id
LEFT JOIN (
    SELECT coalesce(member.merged_into_id, member.id) AS id, count(*) AS n_quotes,
           count(DISTINCT coalesce(same.quote_cluster_id, -report.quote_id)) AS n_statements
    FROM report
    JOIN entity AS member ON member.id = report.entity_id
    LEFT JOIN quote_cluster_member AS same ON same.quote_id = report.quote_id
    GROUP BY coalesce(member.merged_into_id, member.id)
) AS said ON said.id = entity.id
LEFT JOIN (
    SELECT coalesce(member.merged_into_id, member.id) AS id, count(DISTINCT quote.id) AS n_open
    FROM speaker_candidate
    JOIN quote ON quote.id = speaker_candidate.quote_id
    JOIN annotation ON annotation.id = quote.annotation_id AND annotation.is_current
    JOIN revision ON revision.body_id = annotation.body_id AND revision.is_current
    JOIN link ON link.local_entity_id = speaker_candidate.local_entity_id
    JOIN entity AS member ON member.id = link.entity_id
    WHERE quote.speaker IS NULL
      AND NOT EXISTS (SELECT 1 FROM quote_judgement WHERE quote_judgement.quote_id = quote.id)
    GROUP BY coalesce(member.merged_into_id, member.id)
) AS unclear ON unclear.id = entity.id
WHERE entity.merged_into_id IS NULL
  AND (named.id IS NOT NULL OR said.id IS NOT NULL OR unclear.id IS NOT NULL)
"""

NEWEST = {
    "sqlite": "published_on DESC, published_at DESC",  # its NULLs are the smallest: last already
    "postgresql": "published_on DESC NULLS LAST, published_at DESC NULLS LAST",
}
SEARCHED = ("quote", "body")


def upgrade() -> None:
    """Add the tables, fill them from what the base has, and index the words of quotes and bodies."""
    _make_tables()
    _fold_bodies()
    op.execute(REPORTS)
    op.execute(COUNTS)
    dialect = op.get_bind().dialect.name
    op.execute(f"CREATE INDEX ix_report_speaker ON report (entity_id, {NEWEST[dialect]})")
    op.execute(f"CREATE INDEX ix_report_newest ON report ({NEWEST[dialect]})")
    op.execute("CREATE INDEX ix_entity_standing ON entity ((coalesce(merged_into_id, id)))")
    for table in SEARCHED:
        (_index_words_in_fts5 if dialect == "sqlite" else _index_words_in_gin)(table)


def downgrade() -> None:
    """Take away what was added; all of it can be made again."""
    dialect = op.get_bind().dialect.name
    for table in SEARCHED:
        if dialect == "sqlite":
            for event in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_{event}")
            op.execute(f"DROP TABLE {table}_search")
        else:
            op.execute(f"DROP INDEX ix_{table}_search")
    op.execute("DROP INDEX ix_entity_standing")
    op.drop_table("entity_count")
    op.drop_table("report")
    op.drop_index("ix_entity_name", "entity")
    with op.batch_alter_table("body") as batch_op:
        batch_op.drop_column("folded")


def _make_tables() -> None:
    op.create_table(
        "report",
        sa.Column("quote_id", sa.Integer(), nullable=False, comment="what was said"),
        sa.Column("article_id", sa.Integer(), nullable=False, comment="the article that prints it now"),
        sa.Column("outlet_id", sa.Integer(), nullable=True, comment="NULL where the page does not tell"),
        sa.Column(
            "entity_id",
            sa.Integer(),
            nullable=True,
            comment="the speaker as linked or, where people decided, as decided; before merges; NULL: none known",
        ),
        sa.Column("published_on", sa.Date(), nullable=True, comment="of the article, as its revision has it"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True, comment="likewise"),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_report_quote_id_quote"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_report_article_id_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_report_outlet_id_outlet")),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_report_entity_id_entity"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("quote_id", "article_id", name=op.f("pk_report")),
        comment="A quote that an article prints now: what questions about who said what read first",
    )
    op.create_index(op.f("ix_report_article_id"), "report", ["article_id"])
    op.create_index(op.f("ix_report_outlet_id"), "report", ["outlet_id"])
    op.create_table(
        "entity_count",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="an entity that is merged into none"),
        sa.Column("n_mentions", sa.Integer(), nullable=False, comment="in current articles"),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="current articles that name it"),
        sa.Column("n_quotes", sa.Integer(), nullable=False, comment="reports of what it said"),
        sa.Column("n_statements", sa.Integer(), nullable=False, comment="the same, a cluster counted once"),
        sa.Column(
            "n_open", sa.Integer(), nullable=False, comment="quotes without a clear speaker that may be its"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_entity_count_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", name=op.f("pk_entity_count")),
        comment="How much the base has of an entity, with those merged into it; none: nothing",
    )
    op.create_index(op.f("ix_entity_count_n_mentions"), "entity_count", ["n_mentions"])
    op.create_index(op.f("ix_entity_count_n_quotes"), "entity_count", ["n_quotes"])
    op.create_index(op.f("ix_entity_name"), "entity", ["name"])


def _fold_bodies() -> None:
    """Add the words of all bodies, folded by the code of the day, as what is searched for will be."""
    comment = "kb.names.fold of the text, to search in"
    op.add_column("body", sa.Column("folded", sa.Text(), nullable=True, comment=comment))
    connection, last = op.get_bind(), 0
    body = sa.table("body", sa.column("id"), sa.column("text"), sa.column("folded"))
    some = sa.select(body.c.id, body.c.text).order_by(body.c.id).limit(500)
    write = sa.update(body).where(body.c.id == sa.bindparam("row")).values(folded=sa.bindparam("words"))
    while rows := connection.execute(some.where(body.c.id > last)).all():
        connection.execute(write, [{"row": row, "words": fold(text)} for row, text in rows])
        last = rows[-1][0]
    with op.batch_alter_table("body") as batch_op:
        batch_op.alter_column("folded", nullable=False, existing_type=sa.Text(), existing_comment=comment)


def _index_words_in_fts5(table: str) -> None:
    """Index ``folded``: words between spaces, which is how the tokeniser ``ascii`` parts them, without positions.

    https://www.sqlite.org/fts5.html (external content tables, detail=none)
    """
    name = f"{table}_search"
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(folded, content='{table}', content_rowid='id', "
        "tokenize='ascii', detail='none', columnsize=0)"
    )
    op.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
    add = f"INSERT INTO {name} (rowid, folded) VALUES (new.id, new.folded);"
    take = f"INSERT INTO {name} ({name}, rowid, folded) VALUES ('delete', old.id, old.folded);"
    op.execute(f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {take} END")
    op.execute(f"CREATE TRIGGER {name}_update AFTER UPDATE OF folded ON {table} BEGIN {take} {add} END")


def _index_words_in_gin(table: str) -> None:
    """Index ``folded``, its words as they stand: PostgreSQL's own parser would part them in its own way."""
    words = "array_to_tsvector(string_to_array(folded, ' '))"
    op.execute(f"CREATE INDEX ix_{table}_search ON {table} USING gin ({words})")
