"""Answer a statement that anybody may have written: the engine itself reads only, and only for so long.

The statement's text is never looked at to decide whether it is harmless. See `ask_sqlite` and `ask_postgresql` for what
each engine refuses, and docs/sql.md for what it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Engine

from kb.errors import BadStatement
from kb.store.ask_postgresql import answer_postgresql
from kb.store.ask_sqlite import answer_sqlite
from kb.store.asked import Asked, Clock


@dataclass(frozen=True, slots=True)
class Answered:
    """What a statement gives: the names of its columns, each only once, and its rows, fetched as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def answering(
    engine: Engine, statement: str, parameters: Mapping[str, object], *, timeout_s: float | None = None
) -> Iterator[Answered]:
    """Give the answer to one statement, with `parameters` for ``:name``; it can be read until the context ends.

    `timeout_s` counts the seconds in which the engine works; None: no limit. Values are the same on both engines: days
    and times (aware, UTC) where a column holds them, numbers as int or float. Raises BadStatement, OutOfTime and
    DatabaseProblem.
    """
    if "\0" in statement:
        raise BadStatement("SQL", "holds a character that no statement can (U+0000)")
    answer = answer_sqlite if engine.dialect.name == "sqlite" else answer_postgresql
    with answer(Asked(engine, statement, dict(parameters), Clock(timeout_s))) as (columns, rows):
        yield Answered(tuple(_told_apart(columns)), (tuple(map(_plain, row)) for row in rows))


def _told_apart(names: list[str]) -> Iterator[str]:
    """Yield the names of columns; one that stood before gets a number that makes it another: ``id``, ``id_2``."""
    seen: set[str] = set()
    for name in names:
        shown = name if name not in seen else next(n for k in count(2) if (n := f"{name}_{k}") not in seen)
        seen.add(shown)
        yield shown


def _plain(value: Any) -> Any:
    """Return PostgreSQL's ``numeric`` as the number that SQLite gives for the same expression."""
    if not isinstance(value, Decimal):
        return value
    is_whole = value.is_finite() and value.as_tuple().exponent == 0
    return int(value) if is_whole else float(value)
