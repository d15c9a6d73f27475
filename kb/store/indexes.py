"""The indexes over a part of a table's rows.

Apart from the tables, since SQLAlchemy loads an engine's whole dialect to take its options: a question, which needs no
index to be asked, would pay for PostgreSQL's on SQLite.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, text

from kb.store.tables import annotation, failure, revision


def _where(condition: str, name: str, *columns: Column[object], unique: bool = True) -> Index:
    """Make an index over the rows of which `condition` is true."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


INDEXES = (
    _where("resolved_at IS NULL", "uq_failure_open", failure.c.stage, failure.c.subject),
    _where("is_current", "uq_revision_current", revision.c.article_id),
    _where("is_current", "uq_annotation_current", annotation.c.body_id),
    _where("is_current", "ix_annotation_current_pipeline", annotation.c.pipeline_id, unique=False),
)
