"""The connections to a base: nothing can be written, closed columns read as NULL, no question takes too long."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from datasette.database import Database
from datasette.utils import sqlite_timelimit

from kb.store.database import reading, shown

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

NAME = "base"
"""What the base is called in addresses, whatever its file is called."""

CLOSED_PAGES = frozenset({"decision", "failure", "tombstone", "v_curation", "v_failure"})
"""Tables and views that are not shown: without their closed columns nothing of use is left."""

CLOSED_COLUMNS = {
    "decision": {"decided_by", "why", "arguments"},
    "failure": {"subject", "message", "payload", "payload_as"},
    "feed": {"address"},
    "fetch": {"address", "final_url", "error"},
    "reading": {"place"},
    "revision": {"raw_text", "origin", "furniture", "extra"},
    "run": {"command", "host", "pid", "error"},
    "tombstone": {"sha256", "forgotten_by", "why"},
}
"""Columns that read as NULL, in views too: people who decided, what was to be forgotten, whole pages of publishers,
what could not be read, names of machines, paths, addresses that may hold a key."""

_REFUSED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
"""Other files; that this one is not written is ``mode=ro``, and full text needs the right to declare its tables."""

Found = TypeVar("Found")


class Base(Database):  # type: ignore[misc]  # Datasette has no types
    """The one database of a site. `ask` answers kb's own questions, `execute` is Datasette's."""

    def __init__(self, datasette: Any, engine: Engine) -> None:
        self.engine = engine
        super().__init__(datasette, path=str(Path(shown(engine)).resolve()), is_mutable=True)

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Return a connection that can only read. Datasette's own does not quote the path."""
        if write:
            raise sqlite3.OperationalError("this base is served to be read")
        connection = sqlite3.connect(f"{Path(self.path).as_uri()}?mode=ro", uri=True, check_same_thread=False)
        connection.set_authorizer(_authorize)
        self._all_file_connections.append(connection)
        return connection

    async def ask(self, question: Callable[[Connection], Found]) -> Found:
        """Return what a question to the base answers, asked in a thread of Datasette's within its time limit."""
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._ask, question)

    def _ask(self, question: Callable[[Connection], Found]) -> Found:
        with reading(self.engine) as connection:
            driver = connection.connection.driver_connection
            connection.exec_driver_sql("PRAGMA query_only = ON")
            with sqlite_timelimit(driver, self.ds.sql_time_limit_ms):
                return question(connection)


def _authorize(
    action: int, first: str | None, second: str | None, _schema: str | None, _by: str | None
) -> int:
    """Say what a statement may do, column by column (https://www.sqlite.org/c3ref/set_authorizer.html)."""
    if action in _REFUSED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and (second or "").lower() in CLOSED_COLUMNS.get(
        (first or "").lower(), ()
    ):
        return sqlite3.SQLITE_IGNORE  # reads as NULL
    return sqlite3.SQLITE_OK
