"""Copy a whole base into an empty one of either engine: equal row for row, or nothing.

The source is read in one snapshot and the destination written in one transaction, table by table, parents first, row
by row: a copy takes the memory of a thousand rows, however large the base. Row numbers stay. What the columns hold is
moved as it is: lists (JSON) as the text that they were written as, so that SQL's NULL and JSON's null stay two things.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    MetaData,
    Select,
    Table,
    Text,
    cast,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import DataError, IntegrityError

from kb.errors import DatabaseProblem
from kb.store.bulk import insert_values
from kb.store.columns import metadata
from kb.store.database import (
    check_schema,
    keep_journal,
    outside_transactions,
    reading,
    schema_version,
    shown,
    upgrade,
    writing,
)
from kb.store.lock import holding_lock

_AT_ONCE = 1000  # rows that are fetched together
_CACHE = "PRAGMA cache_size = -200000"  # KiB of SQLite's pages: indexes are written at random places
_ROUND = 1 << 256

Told = Callable[[int, int], None]
"""Hears how many there are done, and of how many."""


@dataclass(slots=True)
class Contents:
    """What a table holds, as two numbers: equal in two bases exactly if the same rows are in them, in any order."""

    n_rows: int = 0
    digest: int = 0

    def watch(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Pass the rows on and count them in: the sum of their hashes does not depend on their order."""
        for row in rows:
            self.n_rows += 1
            hashed = hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()
            self.digest = (self.digest + int.from_bytes(hashed)) % _ROUND
            yield row


def make_empty(destination: Engine) -> None:
    """Bring a database without any table to this program's schema. Raises DatabaseProblem if it has rows already."""
    if schema_version(destination) is None:
        upgrade(destination)
    check_schema(destination)
    with reading(destination) as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is not None:
                raise DatabaseProblem(
                    shown(destination), "has rows in it already", "copy into a new or an empty database"
                )


def copy_base(source: Engine, destination: Engine, *, told: Told = lambda _n_done, _n_all: None) -> int:
    """Copy all rows into an empty base (see `make_empty`) and return how many; `told` hears how far it is.

    Raises DatabaseProblem, and leaves nothing, if a table does not take its rows or has others afterwards;
    AnotherRun if a run is at work in the destination.
    """
    with holding_lock(destination):
        keep_journal(destination, "DELETE")  # an empty file is written once so, not once more from the log
        try:
            with reading(source) as original, writing(destination) as copy:
                if copy.dialect.name == "sqlite":
                    copy.execute(text(_CACHE))
                n_rows = _copy_tables(original, copy, told)
        finally:
            keep_journal(destination, "WAL")
        with outside_transactions(destination) as execute:
            execute("ANALYZE" if destination.dialect.name == "sqlite" else "VACUUM (ANALYZE)")
    return n_rows


def contents_of(connection: Connection, table: Table) -> Contents:
    """Return what a table of the base holds."""
    contents = Contents()
    for _ in contents.watch(_stream(connection, table)):
        pass
    return contents


def _copy_tables(original: Connection, copy: Connection, told: Told) -> int:
    counts = (select(func.count()).select_from(table) for table in metadata.sorted_tables)
    n_all, n_done = sum(original.execute(count).scalar_one() for count in counts), 0
    for table in metadata.sorted_tables:
        sent = Contents()
        told_of = partial(_tell, told, n_done, n_all)
        _copy_table(copy, table, sent.watch(_telling(_stream(original, table), told_of)))
        if contents_of(copy, table) != sent:
            raise DatabaseProblem(
                _subject(copy, table), "holds other rows than were sent", "report it: a bug"
            )
        n_done += sent.n_rows
    told(n_done, n_all)
    return n_done


def _copy_table(copy: Connection, table: Table, rows: Iterable[Any]) -> None:
    try:
        insert_values(copy, _as_text(table), table.c.keys(), rows)
    except (DataError, IntegrityError) as error:
        what = str(error.orig).strip().splitlines()[0]
        mend = "kb db check says more of what it came from"
        raise DatabaseProblem(_subject(copy, table), f"does not take a row ({what})", mend) from error
    _number_on(copy, table)


def _subject(copy: Connection, table: Table) -> str:
    return f"{shown(copy.engine)}, table {table.name}"


def _stream(connection: Connection, table: Table) -> Iterator[Any]:
    """Yield a table's rows without holding more than a few."""
    yield from connection.execute(_all_rows(connection, table).execution_options(yield_per=_AT_ONCE))


def _all_rows(connection: Connection, table: Table) -> Select[Any]:
    """Select all rows, so that one comes after those that it points to in its own table."""
    read: Any = type_coerce if connection.dialect.name == "sqlite" else cast
    columns = [
        read(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.c
    ]
    own = [key.parent.is_not(None) for key in table.foreign_keys if key.column.table is table]
    return select(*columns).order_by(*own, *([table.c.id] if "id" in table.c else ()))


def _as_text(table: Table) -> Table:
    """Return the table with its lists as the texts that they are written as."""
    columns = (
        Column(column.name, Text() if isinstance(column.type, JSON) else column.type) for column in table.c
    )
    return Table(table.name, MetaData(), *columns)


def _tell(told: Told, n_before: int, n_all: int, n_rows: int) -> None:
    told(n_before + n_rows, n_all)


def _telling(rows: Iterable[Any], told: Callable[[int], None]) -> Iterator[Any]:
    for n_rows, row in enumerate(rows):
        if n_rows % _AT_ONCE == 0:
            told(n_rows)
        yield row


def _number_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after the last one; SQLite does so by itself."""
    if connection.dialect.name == "postgresql" and "id" in table.c:
        last = select(func.max(table.c.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
