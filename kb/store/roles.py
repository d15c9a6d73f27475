"""PostgreSQL's role for those who only ask, `kb_reader`: what it may read, and what its sessions are set to.

What keeps it from writing is that it has no right to: that its transactions are read-only, and give up after a while,
are settings, which a session may change. It reads the views, which show what is not secret, and the tables that the
commands' questions go to; not what was fetched and failed with its bytes, nor the pages as they came in.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from kb.errors import DatabaseProblem
from kb.store import tables
from kb.store.database import shown, writing
from kb.store.views import VIEWS

READER = "kb_reader"

HIDDEN_TABLES = frozenset(
    {"failure", "feed", "fetch", "reading", "run", "tombstone", "linking", "touched", "quote_bucket"}
)
"""Raw bytes, addresses that may hold a key, command lines, machines, hashes of what was forgotten, kb's own notes."""

HIDDEN_COLUMNS = {"revision": frozenset({"raw_text", "origin", "extra"})}
"""The page as it came in, where it lay, and what else was in its record."""

SETTINGS = {
    "default_transaction_read_only": "on",
    "idle_in_transaction_session_timeout": "600s",
    "lock_timeout": "5s",
    "join_collapse_limit": "16",  # the views join more tables than the eight that are planned together
    "from_collapse_limit": "16",
}


def make_reader(engine: Engine, *, password: str | None = None, timeout_s: int = 60) -> bool:
    """Make the role, or put it right, for this database; return whether it was made.

    The password leaves this process as a SCRAM hash only; None leaves it as it is. Raises DatabaseProblem on SQLite,
    and where kb's user may not make roles or does not own the tables.
    """
    if engine.dialect.name != "postgresql":
        what = "is an SQLite file, which knows no roles"
        raise DatabaseProblem(shown(engine), what, "give readers a copy: kb db backup FILE")
    with writing(engine) as connection:
        is_new = not has_reader(connection)
        if is_new:
            _run(connection, f"CREATE ROLE {READER} LOGIN NOINHERIT")
        for statement in _attributes(connection):
            _run(connection, statement)
        if password is not None:
            _run(connection, f"ALTER ROLE {READER} PASSWORD '{_hashed(connection, password)}'")
        for statement in _settings(connection, timeout_s):
            _run(connection, statement)
        let_read(connection)
    return is_new


def has_reader(connection: Connection) -> bool:
    """Whether the server has the role."""
    found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": READER})
    return found.first() is not None


def let_read_again(connection: Connection) -> None:
    """Give the role anew what it may read, where it might read here before: what a migration makes is new to it."""
    asked = "SELECT has_table_privilege(oid, 'alembic_version', 'SELECT') FROM pg_roles WHERE rolname = :name"
    if connection.dialect.name == "postgresql" and connection.scalar(text(asked), {"name": READER}):
        let_read(connection)


def let_read(connection: Connection) -> None:
    """Give the role what it may read in this database, and nothing else; the owner of the tables can do that."""
    schema = _quoted(connection, str(connection.scalar(text("SELECT current_schema()"))))
    _run(connection, f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {READER}")
    _run(connection, f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {READER}")
    for table, hidden in HIDDEN_COLUMNS.items():  # rights on columns outlive those on their table
        _run(connection, f"REVOKE ALL ({', '.join(sorted(hidden))}) ON {schema}.{table} FROM {READER}")
    _run(connection, f"GRANT USAGE ON SCHEMA {schema} TO {READER}")
    for name, columns in _readable():
        which = f" ({', '.join(columns)})" if columns else ""
        _run(connection, f"GRANT SELECT{which} ON {schema}.{_quoted(connection, name)} TO {READER}")


def _readable() -> Iterator[tuple[str, list[str]]]:
    """Yield views and tables, each with its columns that may be read where not all may."""
    yield from ((view.name, []) for view in VIEWS)
    yield "alembic_version", []
    for name, table in tables.metadata.tables.items():
        hidden = HIDDEN_COLUMNS.get(name)
        if name not in HIDDEN_TABLES:
            yield name, [column.name for column in table.c if column.name not in hidden] if hidden else []


def _attributes(connection: Connection) -> Iterator[str]:
    """Yield what makes the role one that may log in and nothing else; what it is already takes no right."""
    asked = "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls "
    asked += f"FROM pg_roles WHERE rolname = '{READER}'"
    can_login, *others = connection.execute(text(asked)).one()
    if not can_login:
        yield f"ALTER ROLE {READER} LOGIN"
    names = ("SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS")
    yield from (f"ALTER ROLE {READER} NO{name}" for name, has in zip(names, others, strict=True) if has)
    member = "SELECT roleid::regrole::text FROM pg_auth_members "
    member += f"WHERE member = '{READER}'::regrole"
    yield from (f"REVOKE {group} FROM {READER}" for group in connection.scalars(text(member)))


def _settings(connection: Connection, timeout_s: int) -> Iterator[str]:
    database = _quoted(connection, str(connection.scalar(text("SELECT current_database()"))))
    schema = _quoted(connection, str(connection.scalar(text("SELECT current_schema()"))))
    yield f"REVOKE ALL ON DATABASE {database} FROM {READER}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {READER}"
    yield f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"  # every role has what PUBLIC has
    yield f"REVOKE ALL ON SCHEMA {schema} FROM {READER}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"  # PostgreSQL before 15 gave it
    for name, value in {**SETTINGS, "statement_timeout": f"{timeout_s}s"}.items():
        yield f"ALTER ROLE {READER} IN DATABASE {database} SET {name} = '{value}'"


def _hashed(connection: Connection, password: str) -> str:
    driver = connection.connection.driver_connection
    hashed: bytes = driver.pgconn.encrypt_password(password.encode(), READER.encode(), b"scram-sha-256")  # type: ignore[union-attr]
    return hashed.decode()


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
