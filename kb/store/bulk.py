"""Write many rows at once, as fast as the driver can: COPY on PostgreSQL, a prepared INSERT on SQLite.

All in the caller's transaction. Values are converted as the columns' types say; what a statement sent through
SQLAlchemy pays for each row (naming its parameters, returning its id) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from kb.store.touched import chunks

_ROWS_OF_A_COPY = 100_000  # the server remembers each row's foreign keys until its COPY ends

_Binders = list[tuple[int, Callable[[Any], Any]]]


def insert_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows that all name the same columns, the first row's; return how many.

    Columns that are not named get their default in the database, or NULL. Rows are taken one by one, so that there
    may be more of them than fit in memory. Values are plain ones: no expressions.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return 0
    names = tuple(first)
    values = (tuple(row[name] for name in names) for row in chain([first], remaining))
    return insert_values(connection, table, names, values)


def insert_values(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows whose values stand in the order of the columns `names`; return how many."""
    write = _copy_in if connection.dialect.name == "postgresql" else _execute_many
    return write(connection, table, names, _converted(connection, table, names, rows))


def insert_numbered(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows as `insert_rows` does, numbered in their order; return their row numbers."""
    if not rows:
        return []
    ids = take_ids(connection, table, len(rows))
    insert_rows(connection, table, ({"id": id_, **row} for id_, row in zip(ids, rows, strict=True)))
    return ids


def take_ids(connection: Connection, table: Table, n: int) -> list[int]:
    """Return the next `n` row numbers of a table, ascending, for rows that this transaction then inserts.

    On SQLite they are nobody else's because the transaction that asks is the one that may write.
    """
    if connection.dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        taken = select(sequence).select_from(func.generate_series(1, n))
        return list(connection.execute(taken).scalars())
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return list(range(last + 1, last + n + 1))


def _execute_many(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {_listed(connection, table, names)} VALUES ({marks})"
    n_rows = 0
    for part in chunks(rows):
        connection.exec_driver_sql(statement, list(map(tuple, part)))
        n_rows += len(part)
    return n_rows


def _copy_in(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    statement = f"COPY {_listed(connection, table, names)} FROM STDIN"
    driver: Any = connection.connection.driver_connection
    remaining, n_rows = iter(rows), 0
    with _errors(connection, statement), driver.cursor() as cursor:
        for first in remaining:
            with cursor.copy(statement) as copy:
                for row in chain([first], islice(remaining, _ROWS_OF_A_COPY - 1)):
                    copy.write_row(row)
            n_rows += cursor.rowcount
    return n_rows


@contextmanager
def _errors(connection: Connection, statement: str) -> Iterator[None]:
    """Raise what the driver raises as SQLAlchemy does for its own statements."""
    driver = connection.dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        raise DBAPIError.instance(statement, None, error, driver.Error) from error


def _listed(connection: Connection, table: Table, names: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(table.name)} ({', '.join(map(quote, names))})"


def _converted(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterable[Sequence[Any]]:
    binders = _find_binders(connection, table, names)
    return _convert(rows, binders) if binders else rows


def _find_binders(connection: Connection, table: Table, names: Sequence[str]) -> _Binders:
    """Return what converts values before they are written, with their places; most columns need nothing."""
    dialect = connection.dialect
    found = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return [(place, binder) for place, binder in enumerate(found) if binder]


def _convert(rows: Iterable[Sequence[Any]], binders: _Binders) -> Iterator[list[Any]]:
    for row in rows:
        values = list(row)
        for place, bind in binders:
            values[place] = bind(values[place])
        yield values
