"""What PostgreSQL lets a stranger's statement do: read, as the role that asks.

The statement is declared as a cursor, by the protocol that takes one statement only: the grammar then allows nothing
but a query (no COPY, no DO, no COMMIT, no INSERT in a WITH), the transaction is READ ONLY (no table, not even a
temporary one that is written to by a query, no ``nextval``, no large object), and it cannot be made otherwise once
a query runs. ``statement_timeout`` is set before each batch of rows to what is left of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Engine

from kb.errors import BadStatement, DatabaseProblem, KbError
from kb.store.asked import Asked
from kb.store.database import shown
from kb.store.problems import find_mend

_BATCH = 1000  # rows fetched at a time
_LOCK_MS = 5_000  # no wait for a lock is longer: a migration may hold one
_CURSOR = "kb_sql"
_DECLARED = f'DECLARE "{_CURSOR}" CURSOR FOR '  # what psycopg writes before the statement; positions count it
_CANCELLED = "57014"  # SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html
_OF_THE_SERVER = ("08", "53", "57P", "58", "XX")


@contextmanager
def answer_postgresql(asked: Asked) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Give the names of the columns and the rows of a statement's answer."""
    import psycopg  # noqa: PLC0415  (optional, and slow to import)

    with closing(_own_connection(asked.engine)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        setting, cursor = connection.cursor(), connection.cursor(_CURSOR)
        with _words_of_engine(asked), asked.clock.running():
            _set(setting, "TimeZone", "UTC")
            _set(setting, "lock_timeout", f"{_LOCK_MS}ms")
            _set(setting, "statement_timeout", f"{asked.clock.left_ms}ms")
            cursor.execute(*_with_parameters(asked.statement, asked.parameters))
            columns = [column.name for column in cursor.description or ()]
        yield columns, _rows(asked, setting, cursor)


def _own_connection(engine: Engine) -> Any:
    """Return a connection of the driver that goes back to no pool: a query may leave settings and locks in it."""
    pooled = engine.raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    return connection


def _rows(asked: Asked, setting: Any, cursor: Any) -> Iterator[tuple[Any, ...]]:
    while True:
        with _words_of_engine(asked), asked.clock.running():
            _set(setting, "statement_timeout", f"{asked.clock.left_ms}ms")
            rows = cursor.fetchmany(_BATCH)
        yield from rows
        if len(rows) < _BATCH:
            return


def _set(cursor: Any, name: str, value: str) -> None:
    cursor.execute("SELECT set_config(%s, %s, true)", (name, value))


def _with_parameters(statement: str, parameters: dict[str, object]) -> tuple[str, dict[str, object] | None]:
    """Return a statement and its parameters as the driver wants them: ``%(name)s`` for each ``:name`` that is given.

    Numbers go as text without a type, which PostgreSQL then takes from what they stand beside, as SQLite does.
    """
    if not parameters:
        return statement, None
    given = {
        name: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for name, value in parameters.items()
    }
    parts = (
        f"%({part[1:]})s" if _is_given(part, given) else part.replace("%", "%%") for part in _parts(statement)
    )
    return "".join(parts), given


_PART = re.compile(
    r"""
      \b[eE]'(?:[^'\\]|\\.|'')*'?                       # a string with backslashes
    | '[^']*'?                                           # a string, or the half of one with '' in it
    | "[^"]*"?                                           # a name
    | \$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)             # a dollar-quoted string
    | --[^\n]* | /\*.*?(?:\*/|\Z)                        # comments
    | :: | :[A-Za-z_]\w*                                 # a cast, a parameter
    | \w+ | .
    """,
    re.VERBOSE | re.DOTALL,
)


def _parts(statement: str) -> Iterator[str]:
    return (found[0] for found in _PART.finditer(statement))


def _is_given(part: str, parameters: dict[str, object]) -> bool:
    return part[0] == ":" and part[1:] in parameters


@contextmanager
def _words_of_engine(asked: Asked) -> Iterator[None]:
    import psycopg  # noqa: PLC0415

    try:
        yield
    except psycopg.Error as error:
        raise _as_problem(asked, error) from error
    except UnicodeEncodeError as error:
        raise BadStatement("SQL", "is not all text: it holds half a character") from error


def _as_problem(asked: Asked, error: Any) -> KbError:
    code, diagnosis = error.sqlstate or "", error.diag
    what = diagnosis.message_primary or str(error).strip().splitlines()[0]
    if code == _CANCELLED and asked.clock.limit_s:
        return asked.clock.out_of_time()
    is_lost = not code and type(error).__name__ in ("OperationalError", "InterfaceError")
    if is_lost or code.startswith(_OF_THE_SERVER):
        return DatabaseProblem(shown(asked.engine), what, find_mend(error))
    position = diagnosis.statement_position
    at = int(position) - 1 - len(_DECLARED) if position else -1
    return BadStatement(asked.place(_as_written(asked, at)), what, diagnosis.message_hint)


def _as_written(asked: Asked, at: int) -> int | None:
    """Return where that stands in the statement which the server has at `at`, having got ``$1`` for ``:name``."""
    n_before, numbers = 0, dict.fromkeys(asked.parameters, 0)
    for part in _parts(asked.statement) if at >= 0 else ():
        n_sent = len(part)
        if _is_given(part, asked.parameters):
            numbers[part[1:]] = numbers[part[1:]] or max(numbers.values()) + 1
            n_sent = len(f"${numbers[part[1:]]}")
        if at < n_sent:
            return n_before + at
        n_before, at = n_before + len(part), at - n_sent
    return n_before if at == 0 else None
