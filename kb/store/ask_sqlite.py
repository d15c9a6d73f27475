"""What SQLite lets a stranger's statement do: read this one file.

Four of SQLite's own means stand behind each other: the file is opened with ``mode=ro``, ``query_only`` is set, an
authorizer is asked for each action of a statement while it is compiled and allows reading alone (no ATTACH, no
setting, no temporary table, no ``load_extension``; https://sqlite.org/c3ref/set_authorizer.html), and no other
file can be attached. A progress handler ends what takes too long.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import Any

from kb.errors import BadStatement, DatabaseProblem, KbError
from kb.store.asked import Asked
from kb.store.database import shown
from kb.store.files import connect_to_read
from kb.store.problems import find_mend

_BATCH = 1000  # rows fetched at a time
_STEPS = 10_000  # of SQLite's machine between two looks at the clock: under a millisecond
_LONGEST = 100_000_000  # bytes of one value or row

_DESCRIBING = frozenset(
    {
        *(
            "table_list",
            "table_info",
            "table_xinfo",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
        ),
        *("database_list", "collation_list", "function_list", "compile_options", "data_version"),
    }
)
"""Pragmas that only tell; full text asks for ``data_version`` itself."""

_LOADING = ("load_extension", "fts3_tokenizer")  # functions that run code of the caller's

_OF_THE_FILE = (
    "SQLITE_CORRUPT",
    "SQLITE_NOTADB",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "SQLITE_FULL",
)
_REFUSED = ("SQLITE_AUTH", "SQLITE_READONLY")


@contextmanager
def answer_sqlite(asked: Asked) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Give the names of the columns and the rows of a statement's answer."""
    _give_types()
    with closing(connect_to_read(str(asked.engine.url.database), typed=True)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_authorizer(_judge)
        connection.set_progress_handler(asked.clock.is_over, _STEPS)
        with _words_of_engine(asked), asked.clock.running():
            cursor = connection.execute(asked.statement, asked.parameters)
        if cursor.description is None:
            raise BadStatement("SQL", "says nothing that has an answer", "write a SELECT")
        yield [column[0] for column in cursor.description], _rows(asked, cursor)


def _rows(asked: Asked, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    while True:
        with _words_of_engine(asked), asked.clock.running():
            rows = cursor.fetchmany(_BATCH)
        if not rows:
            return
        yield from rows


def _judge(action: int, name: str | None, argument: str | None, *_: str | None) -> int:
    """Say whether a statement may do something, as SQLite's authorizer."""
    reads = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
    calls = action == sqlite3.SQLITE_FUNCTION and argument not in _LOADING
    tells = action == sqlite3.SQLITE_PRAGMA and str(name).lower() in _DESCRIBING
    # asked when a virtual table (full text, json_each) is opened; no statement may change sqlite_master so
    opens = action == sqlite3.SQLITE_UPDATE and name == "sqlite_master"
    return sqlite3.SQLITE_OK if reads or calls or tells or opens else sqlite3.SQLITE_DENY


@contextmanager
def _words_of_engine(asked: Asked) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _as_problem(asked, error) from error
    except UnicodeEncodeError as error:
        raise BadStatement("SQL", "is not all text: it holds half a character") from error


def _as_problem(asked: Asked, error: sqlite3.Error) -> KbError:
    code, what = getattr(error, "sqlite_errorname", ""), str(error)
    if code == "SQLITE_INTERRUPT":
        return asked.clock.out_of_time()
    if code.startswith(_OF_THE_FILE):
        return DatabaseProblem(shown(asked.engine), what, find_mend(error))
    if code.startswith(_REFUSED):
        return BadStatement("SQL", what, "it may only read: SELECT, WITH, VALUES, EXPLAIN")
    if what.startswith("Incorrect number of bindings") or what.startswith("You did not supply"):
        return BadStatement("SQL", what.rstrip("."), "give each :name a value with -p name=value")
    return BadStatement(asked.place(_find_fault(asked.statement, what)), what.rstrip("."))


def _find_fault(statement: str, what: str) -> int | None:
    """Return where that stands which SQLite complains of; Python's sqlite3 does not tell. None: twice, or nowhere."""
    named = re.search(r'near "(.+)": syntax error|no such (?:column|table|function): (\S+)', what)
    token = named and (named[1] or named[2])
    return statement.index(token) if token and statement.count(token) == 1 else None


def _give_types() -> None:
    """Let columns be given as what they are declared to be; of the connections that ask for it (``typed``)."""
    sqlite3.register_converter("DATE", lambda stored: date.fromisoformat(stored.decode()))
    sqlite3.register_converter("DATETIME", _as_moment)
    sqlite3.register_converter("BOOLEAN", lambda stored: stored != b"0")
    sqlite3.register_converter("JSON", json.loads)


def _as_moment(stored: bytes) -> datetime:
    moment = datetime.fromisoformat(stored.decode())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
