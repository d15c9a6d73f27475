"""Open a database, bring it to the schema that this program works with, read and write in transactions.

A SQLite connection begins its transactions itself: ``BEGIN`` for readers, ``BEGIN IMMEDIATE`` for `writing`,
so that two writers queue up instead of failing halfway.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from kb.errors import DatabaseProblem, NoDatabase, SchemaMismatch
from kb.store.files import connect_to_read
from kb.store.problems import find_mend, is_about_database
from kb.store.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config

_BUSY_MS = 30_000
_LOCK_TIMEOUT = "30s"  # PostgreSQL's own: as long as SQLite waits
_MEND = "run `kb db upgrade`"


def open_database(url: str, *, create: bool = False) -> Engine:
    """Return an engine for a path, a ``sqlite:///`` or a ``postgresql://`` URL, tried with one connection.

    With `create` a missing SQLite file (and its folders) is made; a PostgreSQL database must be there. The
    schema is not looked at: see `check_schema` and `upgrade`.
    """
    address = _parse_url(url)
    if address.get_backend_name() == "sqlite":
        _prepare_file(address, create=create)
    try:
        engine = create_engine(address)
    except ModuleNotFoundError as error:
        raise DatabaseProblem(
            url, "its driver is not installed", "pip install 'kb-indonesia[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with reading(engine) as connection:
        connection.execute(text("SELECT count(*) FROM sqlite_master" if _is_sqlite(engine) else "SELECT 1"))
    if create:
        keep_journal(engine, "WAL")
    return engine


def open_to_read(url: str) -> Engine:
    """Return an engine for a base that is there (see `open_database`), none of whose connections can write.

    Raises NoDatabase and SchemaMismatch. An SQLite file may lie in a folder where nothing can be written.
    """
    address = _parse_url(url)
    if address.get_backend_name() != "sqlite":
        engine = in_one_state(open_database(url).execution_options(postgresql_readonly=True))
    else:
        _prepare_file(address, create=False)
        path = str(address.database)
        engine = create_engine(address, creator=lambda: connect_to_read(path))
        event.listen(engine, "begin", _begin_sqlite)
    check_schema(engine)
    return engine


def open_base(url: str) -> Engine:
    """Return the base at `url`, made and brought to this program's schema if there is none yet.

    Raises SchemaMismatch where there is one of another schema: only the user's word changes it.
    """
    engine = open_database(url, create=True)
    if schema_version(engine) is None:
        upgrade(engine)
    check_schema(engine)
    return engine


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Bring the schema to `to`, a revision of ``migrations/``; all or nothing."""
    from alembic import command  # noqa: PLC0415  (queries need no Alembic and start without it)

    from kb.store.roles import let_read_again  # noqa: PLC0415

    with _migrating(engine) as connection:
        command.upgrade(alembic_config(connection), to)
        if to == "head":
            let_read_again(connection)


def downgrade(engine: Engine, *, to: str) -> None:
    """Take the schema back to `to` (``base`` takes all tables away, and what is in them)."""
    from alembic import command  # noqa: PLC0415

    with _migrating(engine) as connection:
        command.downgrade(alembic_config(connection), to)


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for ``migrations/``, working on `connection`."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def schema_version(engine: Engine) -> str | None:
    """Return the migration that the database stands at; None if it has none of our tables."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def check_schema(engine: Engine) -> None:
    """Raise SchemaMismatch unless the database stands at the schema of this program."""
    version, subject = schema_version(engine), shown(engine)
    if version is None:
        raise SchemaMismatch(subject, "has no tables of kb yet", _MEND)
    if version > SCHEMA:
        raise SchemaMismatch(
            subject, f"has schema {version}, newer than this program's {SCHEMA}", "upgrade kb"
        )
    if version < SCHEMA:
        raise SchemaMismatch(subject, f"has schema {version}, this program needs {SCHEMA}", _MEND)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that may write: committed at the end, undone by any error."""
    with _problems(engine), engine.execution_options(kb_writes=True).begin() as connection:
        if not _is_sqlite(engine):
            _set_here(connection, "lock_timeout", _LOCK_TIMEOUT)
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to read with; what it sees does not change while it is open."""
    with _problems(engine), engine.connect() as connection:
        if not _is_sqlite(engine) and "isolation_level" not in connection.get_execution_options():
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def limit_time(connection: Connection, seconds: float) -> None:
    """Let PostgreSQL give up a statement of this transaction after so many seconds, 0: never; SQLite has no limit."""
    if connection.dialect.name == "postgresql":
        _set_here(connection, "statement_timeout", f"{round(seconds * 1000)}ms")


def _set_here(connection: Connection, name: str, value: str) -> None:
    connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})


def in_one_state(engine: Engine) -> Engine:
    """Return the engine for readers all of whose questions are answered from the state that the first one sees."""
    return engine if _is_sqlite(engine) else engine.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def outside_transactions(engine: Engine) -> Iterator[Callable[[str], list[Any]]]:
    """Give a function that runs one statement in no transaction (VACUUM) and returns its rows."""
    if _is_sqlite(engine):
        try:
            with reading(engine) as connection:
                yield lambda statement: _driver(connection).execute(statement).fetchall()
        except sqlite3.DatabaseError as error:
            raise DatabaseProblem(shown(engine), str(error), find_mend(error)) from error
        return
    with reading(engine.execution_options(isolation_level="AUTOCOMMIT")) as connection:
        yield lambda statement: _rows(connection.exec_driver_sql(statement))


def _rows(result: CursorResult[Any]) -> list[Any]:
    return list(result) if result.returns_rows else []


def shown(engine: Engine) -> str:
    """Return the database's address as a user may see it: a path, or a URL without its password."""
    return str(engine.url.database) if _is_sqlite(engine) else engine.url.render_as_string(hide_password=True)


def absolute_address(url: str) -> str:
    """Return a database's address (see `open_database`) that is the same in every folder, with its password."""
    address = _parse_url(url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return address.render_as_string(hide_password=False)
    address = address.set(database=os.path.abspath(address.database))
    return str(address.database) if not address.query else str(address)


def _parse_url(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        address = make_url(url)
        if address.drivername in {"postgresql", "postgres"}:
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        subject = re.sub("//[^/]*@", "//***@", url)  # no password in a message
        raise DatabaseProblem(subject, "is no database address", "give a path or postgresql://…") from error
    return address


def _prepare_file(address: URL, *, create: bool) -> None:
    if not address.database or address.database == ":memory:":
        return
    path = Path(address.database)
    try:
        if path.is_dir():
            raise DatabaseProblem(str(path), "is a folder", "give the path of a file")
        if path.exists():
            return
        if not create:
            raise NoDatabase(
                str(path), "there is no database", "ingest articles first, or name another with --db"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(str(path), "its folder cannot be used", error.strerror) from error


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the "begin" event begins, not the driver
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kb_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def keep_journal(engine: Engine, mode: str) -> None:
    """Let SQLite journal so: WAL lets readers read while one writes. The file remembers it; PostgreSQL has its own."""
    if _is_sqlite(engine):
        with outside_transactions(engine) as execute:
            execute(f"PRAGMA journal_mode = {mode}")


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all steps; on SQLite foreign keys rest meanwhile and are checked at its end."""
    with _problems(engine), engine.execution_options(kb_writes=True).connect() as connection:
        if not _is_sqlite(engine):
            with connection.begin():
                yield connection
            return
        _driver(connection).execute("PRAGMA foreign_keys = OFF")  # without effect inside a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise DatabaseProblem(shown(engine), f"migration left {len(broken)} rows without parent")
        finally:
            _driver(connection).execute("PRAGMA foreign_keys = ON")


def _driver(connection: Connection) -> Any:
    """Return the driver's connection, which begins no transaction of its own."""
    return connection.connection.driver_connection


@contextmanager
def _problems(engine: Engine) -> Iterator[None]:
    """Turn what the driver says about the database itself into one line; a bug in a statement stays a bug."""
    try:
        yield
    except DBAPIError as error:
        if is_about_database(error):
            raise _as_problem(engine, error) from error
        raise


def _as_problem(engine: Engine, error: DBAPIError) -> DatabaseProblem:
    what = str(error.orig).strip().splitlines()[0]
    return DatabaseProblem(shown(engine), what, find_mend(error))


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def migrations_folder() -> Path:
    """Return the folder of migrations: inside the wheel, or beside the package in a source checkout."""
    package = Path(str(files("kb")))
    for folder in (package / "migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseProblem(str(package), "its migrations are missing", "install kb again")
