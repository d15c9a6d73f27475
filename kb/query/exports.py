"""What can be exported, row by row: by which question, with which filters, and what made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, distinct, func, select

from kb.errors import BadQuestion
from kb.query.cooccurrence import CooccurrenceRow, cooccurrence
from kb.query.current import current_annotation, current_articles
from kb.query.meant import entities
from kb.query.pages import article_meant, articles
from kb.query.quotes import all_mentions, all_quotes, conditions_of
from kb.query.rows import ArticleRow, EntityRow, MentionRow, QuoteFilter, QuoteRow
from kb.store.tables import annotation, article, pipeline


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """Which rows to export; None lets everything pass. See `kb.query.QuoteFilter`; `article` is an article's id."""

    article: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    kind: str | None = None

    def given(self) -> dict[str, str]:
        """Return the filters that are set, as text."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: str(value) for name, value in named if value is not None}


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of rows: their class, what gives them (for an article's id and a filter), the filters that they have."""

    row_type: type
    ask: Callable[[Connection, str | None, QuoteFilter], Iterator[Any]]
    filters: frozenset[str]


@dataclass(frozen=True, slots=True)
class PipelineWithin:
    """A pipeline that annotated texts of an export; `n_texts` counts them, `n_articles` who prints them."""

    digest: str
    rules: str
    n_texts: int
    n_articles: int


def export_rows(connection: Connection, what: str, where: ExportFilter) -> Iterator[Any]:
    """Yield rows of the class that `EXPORTS` names, only some of them in memory at a time.

    Quotes and mentions are in the order of article ids (code points) and of the text, articles the newest first,
    entities the most mentioned first, pairs those of the most articles first. Raises BadQuestion and NotFound.
    """
    export = export_of(what, where)
    return export.ask(connection, article_ref(connection, where), _of_quotes(where))


def export_of(what: str, where: ExportFilter) -> Export:
    """Return what gives these rows; BadQuestion where there are none such or a filter is not theirs."""
    if what not in EXPORTS:
        raise BadQuestion(what, "is nothing to export", f"one of {', '.join(EXPORTS)}")
    refused = sorted(set(where.given()) - EXPORTS[what].filters)
    if refused:
        known = ", ".join(sorted(EXPORTS[what].filters)) or "none"
        raise BadQuestion(what, f"cannot be filtered by {', '.join(refused)}", f"filters: {known}")
    return EXPORTS[what]


def pipelines_within(connection: Connection, where: ExportFilter) -> list[PipelineWithin]:
    """Return what annotated the articles that a filter lets pass, by digest."""
    statement = (
        select(
            pipeline.c.digest,
            pipeline.c.rules,
            func.count(distinct(annotation.c.id)),
            func.count(distinct(article.c.id)),
        )
        .select_from(current_articles())
        .join(annotation, current_annotation())
        .join(pipeline, pipeline.c.id == annotation.c.pipeline_id)
        .where(*conditions_of(QuoteFilter(since=where.since, until=where.until, outlet=where.outlet)))
        .group_by(pipeline.c.digest, pipeline.c.rules)
        .order_by(pipeline.c.digest)
    )
    ref = article_ref(connection, where)
    if ref is not None:
        statement = statement.where(article.c.ref == ref)
    return [PipelineWithin(*row) for row in connection.execute(statement)]


def article_ref(connection: Connection, where: ExportFilter) -> str | None:
    """Return the id of the article that a filter names; NotFound if there is none."""
    return None if where.article is None else article_meant(connection, where.article)


def _of_quotes(where: ExportFilter) -> QuoteFilter:
    return QuoteFilter(where.kind, where.since, where.until, where.outlet)


def _articles(connection: Connection, ref: str | None, where: QuoteFilter) -> Iterator[ArticleRow]:
    return articles(connection, article_ref=ref, outlet=where.outlet, since=where.since, until=where.until)


def _entities(connection: Connection, _ref: str | None, _where: QuoteFilter) -> Iterator[EntityRow]:
    return entities(connection)


def _within(question: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    return lambda connection, ref, where: question(connection, article_ref=ref, where=where)


_OF_ARTICLES = frozenset({"article", "since", "until", "outlet"})

EXPORTS = {
    "quotes": Export(QuoteRow, _within(all_quotes), _OF_ARTICLES | {"kind"}),
    "mentions": Export(MentionRow, _within(all_mentions), _OF_ARTICLES),
    "entities": Export(EntityRow, _entities, frozenset()),
    "articles": Export(ArticleRow, _articles, _OF_ARTICLES),
    "cooccurrence": Export(CooccurrenceRow, _within(cooccurrence), _OF_ARTICLES),
}
"""All that has rows; provenance has records of its own (`kb.query.provenance_records`)."""
