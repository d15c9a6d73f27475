"""The indexes over a part of a table's rows.

Apart from the tables, since SQLAlchemy loads an engine's whole dialect to take its options: a question, which needs no
index to be asked, would pay for PostgreSQL's on SQLite.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, text

from kb.store.tables import annotation, failure, revision


def _where(name: str, condition: str, *columns: Column[object], unique: bool = False) -> Index:
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _unique_where(name: str, condition: str, *columns: Column[object]) -> Index:
    return _where(name, condition, *columns, unique=True)


failure_open = _unique_where("uq_failure_open", "resolved_at IS NULL", failure.c.stage, failure.c.subject)
revision_current = _unique_where("uq_revision_current", "is_current", revision.c.article_id)
annotation_current = _unique_where("uq_annotation_current", "is_current", annotation.c.body_id)
annotation_pipeline = _where("ix_annotation_current_pipeline", "is_current", annotation.c.pipeline_id)
