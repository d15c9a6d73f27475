"""The Python door: a base that is open for questions, the same as the commands ask, with the same answers.

    with kb.open("berita.sqlite3") as base:
        pandas.DataFrame(base.who_said("Ushakov", kind="direct"))

Rows are the frozen dataclasses of `kb.query`, whose fields are those of the commands' JSON. Questions with few rows
give lists, `export` and `sql` give iterators, which have one connection open until they are read to the end, or closed.
A `Base` may be shared by threads: each question has a connection of its own, and so sees one state of the base; an
iterator is of one thread at a time. What goes wrong is one of `kb.errors`, all of them a KbError.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from os import PathLike, fspath
from types import TracebackType
from typing import Any, Self

from kb import query
from kb.errors import BadQuestion
from kb.model import EntityType
from kb.query.exports import ExportFilter, export_of, export_rows
from kb.query.schema import RelationRow, relation_named, relations
from kb.store.asking import Answered, answering
from kb.store.database import open_to_read, reading

Day = date | str | None
"""A day, also as ``2024-06-18``; None: no condition."""


class Base:
    """A base that is open to read; nothing that is asked of it can change it.

    `url` is what ``kb --db`` takes: the path of an SQLite file or a ``postgresql://`` address. Raises NoDatabase,
    SchemaMismatch and DatabaseProblem.
    """

    def __init__(self, url: str | PathLike[str]) -> None:
        self._engine = open_to_read(fspath(url))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def who_said(
        self,
        name: str,
        *,
        kind: str | None = None,
        since: Day = None,
        until: Day = None,
        outlet: str | None = None,
        about: str | None = None,
        min_confidence: float | None = None,
        cluster: bool = True,
        limit: int | None = None,
    ) -> list[query.StatementRow]:
        """Return what everybody whom `name` may mean is reported as saying, as ``kb who-said`` does."""
        where = query.QuoteFilter(kind, _day(since), _day(until), outlet, about, min_confidence)
        with reading(self._engine) as connection:
            answers = query.who_said(connection, name, where, limit=limit, cluster=cluster)
            return [quote for answer in answers for quote in answer.quotes]

    def quotes(
        self,
        text: str,
        *,
        by: str | None = None,
        kind: str | None = None,
        since: Day = None,
        until: Day = None,
        outlet: str | None = None,
        min_confidence: float | None = None,
        rank: bool = False,
        limit: int | None = None,
    ) -> list[query.QuoteRow]:
        """Return the quotes that a search finds, as ``kb quotes`` does; `by` is a name."""
        where = query.QuoteFilter(kind, _day(since), _day(until), outlet, min_confidence=min_confidence)
        with reading(self._engine) as connection:
            speakers = None if by is None else [row.uid for row in query.entities_named(connection, by)]
            return list(query.quotes_with(connection, text, where, speakers=speakers, limit=limit, rank=rank))

    def entities(
        self, *, type: str | None = None, like: str | None = None, limit: int | None = None
    ) -> list[query.EntityRow]:
        """Return who and what articles name, as ``kb entities`` does; `type` is PER, ORG or LOC."""
        with reading(self._engine) as connection:
            return list(query.entities(connection, type=_type(type), like=like, limit=limit))

    def entity(self, name: str) -> list[query.EntityPage]:
        """Return what is known of everybody whom `name` may mean, as ``kb entity`` does."""
        with reading(self._engine) as connection:
            return [query.entity_page(connection, row) for row in query.entities_named(connection, name)]

    def articles(
        self,
        *,
        text: str | None = None,
        outlet: str | None = None,
        since: Day = None,
        until: Day = None,
        rank: bool = False,
        limit: int | None = None,
    ) -> list[query.ArticleRow]:
        """Return articles, with `text` those that a search finds, as ``kb articles`` does."""
        where = query.QuoteFilter(outlet=outlet, since=_day(since), until=_day(until))
        with reading(self._engine) as connection:
            if text is not None:
                return list(query.articles_with(connection, text, where, limit=limit, rank=rank))
            rows = query.articles(
                connection, outlet=outlet, since=where.since, until=where.until, limit=limit
            )
            return list(rows)

    def article(self, ref: str) -> query.ArticlePage:
        """Return an article with its mentions and quotes, as ``kb article`` does."""
        with reading(self._engine) as connection:
            return query.article_named(connection, ref)

    def article_history(self, ref: str) -> query.HistoryPage:
        """Return how an article changed, as ``kb article history`` does."""
        with reading(self._engine) as connection:
            return query.article_history(connection, ref)

    def article_diff(self, ref: str, before: int | None = None, after: int | None = None) -> query.DiffPage:
        """Return what differs between two revisions, as ``kb article diff`` does."""
        with reading(self._engine) as connection:
            return query.article_diff(connection, ref, before, after)

    def quote(self, ref: str, number: int | str, *, provenance: bool = False) -> query.QuotePage:
        """Return one quote, on wish with where it comes from, as ``kb quote`` does."""
        with reading(self._engine) as connection:
            return query.quote_page(connection, ref, str(number), with_provenance=provenance)

    def pipelines(self) -> list[query.PipelineRow]:
        """Return what annotated the texts, as ``kb pipeline list`` does."""
        with reading(self._engine) as connection:
            return query.pipelines(connection)

    def export(
        self,
        what: str,
        *,
        article: str | None = None,
        kind: str | None = None,
        since: Day = None,
        until: Day = None,
        outlet: str | None = None,
    ) -> Iterator[Any]:
        """Return an iterator of all rows of a kind, as ``kb export`` writes them, only some in memory at a time."""
        where = ExportFilter(article, _day(since), _day(until), outlet, kind)
        export_of(what, where)
        return self._rows(what, where)

    def _rows(self, what: str, where: ExportFilter) -> Generator[Any, None, None]:
        with reading(self._engine) as connection:
            yield from export_rows(connection, what, where)

    def sql(self, statement: str, /, *, timeout_s: float | None = 60.0, **parameters: object) -> Rows:
        """Return the rows of one SQL query, as ``kb sql`` does: a dict each, by the names of the columns.

        `parameters` are the values of ``:name``. `timeout_s` counts the seconds in which the database works on it.
        """
        return Rows(answering(self._engine, statement, parameters, timeout_s=timeout_s))

    def schema(self, name: str | None = None) -> list[RelationRow]:
        """Return the views and tables that there are to ask, or the one of this name, as ``kb sql --schema`` does."""
        return list(relations()) if name is None else [relation_named(name)]


class Rows(Iterator[dict[str, Any]]):
    """The rows of a SQL query, fetched as they are asked for; `columns` has their names, also where there is no row."""

    def __init__(self, answer: AbstractContextManager[Answered]) -> None:
        self._open = ExitStack()
        answered = self._open.enter_context(answer)
        self.columns = answered.columns
        self._rows = self._read(answered)

    def _read(self, answered: Answered) -> Generator[dict[str, Any], None, None]:
        with self._open:
            for row in answered.rows:
                yield dict(zip(self.columns, row, strict=True))

    def __next__(self) -> dict[str, Any]:
        """Return the next row."""
        return next(self._rows)

    def close(self) -> None:
        """Give the connection back before the last row was read; there are no more rows then."""
        self._rows.close()
        self._open.close()


def _day(day: Day) -> date | None:
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError as error:
        raise BadQuestion(str(day), "is no day", "write it as 2024-06-18") from error


def _type(type: str | None) -> EntityType | None:
    try:
        return None if type is None else EntityType(type)
    except ValueError as error:
        raise BadQuestion(str(type), "is no type", f"one of {', '.join(EntityType)}") from error
