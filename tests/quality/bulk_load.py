"""Rows a second of kb's bulk writer, beside the same rows through the driver alone: part of `bench_query`.

The rows are those of generated articles, in the order in which they are written, the reports and words among them.
kb's writer (`kb.store.bulk`) gets them as kb has them, mappings of Python values; the driver gets tuples of values
that it takes as they are, to the same tables with all their indexes and triggers: sqlite3's ``executemany``, psycopg's
``COPY``. Each round is a transaction that is rolled back, the two in turn.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from generated import make_world, write_texts
from generated_base import _WRITTEN, _Writer
from sqlalchemy import Connection, Engine, Table

from kb.store.bulk import _find_binders, _listed, insert_rows
from kb.store.database import writing

ROUNDS = 3

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Rates:
    """Rows a second, medians of some rounds."""

    n_rows: int
    kb: float
    raw: float

    @property
    def ratio(self) -> float:
        """Return kb's rate in terms of the raw one."""
        return self.kb / self.raw


def measure_load(engine: Engine, n_quotes: int) -> Rates:
    """Write so many quotes, and all that hangs on them, into an empty base in both ways."""
    with writing(engine) as connection:
        writer = _Writer(connection)
    for text in write_texts(make_world(n_quotes), n_quotes):
        writer.add(*text)
    n_rows = sum(map(len, writer.rows.values()))
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, write in (("kb", _write_by_kb), ("raw", _write_raw)):
            times[name].append(write(engine, writer.rows))
    return Rates(n_rows, *(n_rows / median(times[name]) for name in ("kb", "raw")))


def _write_by_kb(engine: Engine, rows: Rows) -> float:
    with writing(engine) as connection:
        started_at = time.perf_counter()
        for table in _written(rows):
            insert_rows(connection, table, rows[table.name])
        seconds = time.perf_counter() - started_at
        connection.rollback()
    return seconds


def _write_raw(engine: Engine, rows: Rows) -> float:
    with writing(engine) as connection:
        prepared = []
        for table in _written(rows):
            given = rows[table.name]
            prepared.append((_statement(connection, table, given), _values(connection, table, given)))
        driver: Any = connection.connection.driver_connection
        write = _copy if engine.dialect.name == "postgresql" else _execute_many
        started_at = time.perf_counter()
        for statement, values in prepared:
            write(driver, statement, values)
        seconds = time.perf_counter() - started_at
        connection.rollback()
    return seconds


def _written(rows: Rows) -> Iterable[Table]:
    return (table for table in _WRITTEN if rows.get(table.name))


def _statement(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> str:
    listed = _listed(connection, table, tuple(rows[0]))
    if connection.dialect.name == "postgresql":
        return f"COPY {listed} FROM STDIN"
    return f"INSERT INTO {listed} VALUES ({', '.join('?' * len(rows[0]))})"


def _values(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return the rows as the driver takes them."""
    names = tuple(rows[0])
    binders = dict(_find_binders(connection, table, names))
    return [
        tuple(binders[n](row[name]) if n in binders else row[name] for n, name in enumerate(names))
        for row in rows
    ]


def _execute_many(driver: Any, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    driver.executemany(statement, values)


def _copy(driver: Any, statement: str, values: Iterable[tuple[Any, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)
