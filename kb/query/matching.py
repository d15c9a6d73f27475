"""What an index of words answers, on each engine: the rows of a table whose folded text may be one searched for.

Both indexes know words and beginnings of words, not their order: a phrase is asked for as its words, and an unwanted
phrase not at all. `Wanted.fits` decides then. Nothing of a search but its folded words, each in quotes, reaches an
engine, in a bound value. https://www.sqlite.org/fts5.html, https://www.postgresql.org/docs/current/datatype-textsearch.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    Connection,
    Select,
    Table,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as plain_table
from sqlalchemy.dialects.postgresql import TSQUERY

from kb.query.wanted import Term, Wanted


def matches(connection: Connection, of: Table, wanted: Wanted) -> CTE:
    """Return the `id` of each row of a table that the index finds.

    PostgreSQL is told to plan it for itself: asked for a few rows of it, or for the newest, it would rather read the
    whole table.
    """
    found = _in_fts5(of, wanted) if connection.dialect.name == "sqlite" else _in_gin(of, wanted)
    return found.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")


def has_more_matches(connection: Connection, of: Table, wanted: Wanted, *, than: int) -> bool:
    """Whether the index finds more rows than so many; no more than those are counted."""
    found = matches(connection, of, wanted)
    some = select(found.c.id).limit(than + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one() > than


def _in_fts5(of: Table, wanted: Wanted) -> Select[Any]:
    index = plain_table(f"{of.name}_search", column("rowid"))
    asked: BindParameter[str] = bindparam("wanted", as_fts5(wanted))
    return select(index.c.rowid.label("id")).where(literal_column(index.name).op("MATCH")(asked))


def _in_gin(of: Table, wanted: Wanted) -> Select[Any]:
    indexed = func.array_to_tsvector(func.string_to_array(of.c.folded, literal_column("' '")))
    return select(of.c.id).where(indexed.op("@@")(cast(bindparam("wanted", as_tsquery(wanted)), TSQUERY)))


def as_fts5(wanted: Wanted) -> str:
    """Return what FTS5 is asked: words in double quotes, with its own operators between."""
    return _written(wanted, '"{}"', '"{}"*', both=" AND ", either=" OR ", but_not=" NOT ")


def as_tsquery(wanted: Wanted) -> str:
    """Return what PostgreSQL is asked: lexemes in single quotes, with its own operators between."""
    return _written(wanted, "'{}'", "'{}':*", both=" & ", either=" | ", but_not=" & !")


def _written(wanted: Wanted, whole: str, beginning: str, *, both: str, either: str, but_not: str) -> str:
    def write(term: Term) -> str:
        *first, last = term.words
        forms = [
            *(whole.format(word) for word in first),
            (beginning if term.is_beginning else whole).format(last),
        ]
        return both.join(dict.fromkeys(forms))

    def joined(parts: Iterable[str], sign: str) -> str:
        return sign.join(f"({part})" for part in dict.fromkeys(parts))

    positive = joined((joined(map(write, group), either) for group in wanted.groups), both)
    single = [write(term) for term in wanted.unwanted if len(term.words) == 1]
    return f"({positive}){but_not}({joined(single, either)})" if single else positive
