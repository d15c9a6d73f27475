"""The role that may only ask: what it reads, what it cannot, and that nothing of it is told in the open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from awkward import copied
from questions import PAGE, read_questions
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from viewed import rows_of

from kb import query
from kb.errors import DatabaseProblem
from kb.store.asking import answering
from kb.store.columns import metadata
from kb.store.database import check_schema, downgrade, open_database, reading, upgrade, writing
from kb.store.roles import HIDDEN_TABLES, SETTINGS, make_reader
from kb.store.views import VIEWS

pytestmark = pytest.mark.slow  # they need a PostgreSQL server

PASSWORD = "rahasia-%s-'\"\\ü"


@pytest.fixture(scope="module")
def base(filled_file: Path, postgresql_database: Callable[[], str]) -> Iterator[Engine]:
    """Return a PostgreSQL base with something in every table, whose reader was made."""
    engine = copied(open_database(str(filled_file)), postgresql_database())
    make_reader(engine, password=PASSWORD, timeout_s=7)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def reader(base: Engine) -> Iterator[Engine]:
    """Return the base as kb_reader sees it."""
    engine = open_database(as_reader(base))
    yield engine
    engine.dispose()


def as_reader(base: Engine) -> str:
    """Return the address of a base for kb_reader."""
    address = base.url.set(username="kb_reader", password=PASSWORD)
    return address.render_as_string(hide_password=False)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_can_be_read(base: Engine, reader: Engine, view) -> None:  # type: ignore[no-untyped-def]
    """The reader sees in every view what the owner sees."""
    with reading(base) as owner, reading(reader) as connection:
        assert rows_of(connection, view) == rows_of(owner, view)


def test_the_worked_questions_are_answered(base: Engine, reader: Engine) -> None:
    """Every question of docs/questions.md is answered as to the owner."""
    with reading(base) as owner, reading(reader) as connection:
        for question in read_questions(PAGE.read_text(encoding="utf-8")):
            asked = text(question.sql)
            assert connection.execute(asked).all() == owner.execute(asked).all(), question.title


def test_the_commands_questions_are_answered(base: Engine, reader: Engine) -> None:
    """Who said what, entities, articles, search, exports of rows, and SQL are answered as to the owner."""
    check_schema(reader)
    with reading(base) as owner, reading(reader) as connection:
        for ask in (
            lambda c: list(query.who_said(c, "Budi Santoso")),
            lambda c: list(query.entities(c)),
            lambda c: list(query.articles(c)),
            lambda c: list(query.quotes_with(c, "cabai")),
            lambda c: list(query.articles_with(c, "dermaga")),
            lambda c: list(query.all_quotes(c)),
            lambda c: list(query.all_mentions(c)),
            lambda c: [query.entity_page(c, row) for row in query.entities(c)],
            lambda c: query.article_named(c, "dermaga"),
        ):
            assert ask(connection) == ask(owner) != []
    with answering(reader, "SELECT count(*) AS n FROM v_quote", {}) as answered:
        assert list(answered.rows) != [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        *(
            "INSERT INTO outlet (name, name_key) VALUES ('x', 'x')",
            "UPDATE quote SET text = 'x'",
            "DELETE FROM decision",
        ),
        *(
            "TRUNCATE article",
            "CREATE TABLE x (i integer)",
            "CREATE TEMP TABLE x (i integer)",
            "DROP VIEW v_quote",
        ),
        *(
            "CREATE SCHEMA x",
            "CREATE ROLE x",
            "ALTER ROLE kb_reader SUPERUSER",
            "SELECT nextval('outlet_id_seq')",
        ),
        *("COPY quote TO PROGRAM 'cat'", "COPY quote TO '/tmp/x'", "CREATE EXTENSION vector"),
        *("SELECT raw_text FROM revision", "SELECT origin FROM revision", "SELECT * FROM revision"),
        *("SELECT pg_read_file('/etc/passwd')", "SELECT * FROM pg_authid", "SET ROLE postgres"),
        *(f'SELECT * FROM "{name}"' for name in sorted(HIDDEN_TABLES)),
    ],
)
def test_the_reader_cannot(reader: Engine, statement: str) -> None:
    """It is refused what writes, what leads out of the database, and what it should not see, read-only or not."""
    for first in ("SELECT 1", "SET TRANSACTION READ WRITE"):
        with reader.connect() as connection:
            connection.execute(text(first))
            with pytest.raises(DBAPIError) as refused:
                connection.exec_driver_sql(statement)
        assert getattr(refused.value.orig, "sqlstate", None) in ("42501", "25006"), statement


def test_its_sessions_are_set_for_asking(reader: Engine) -> None:
    """A session of it is read-only, gives up after a while, and plans the joins of the views together."""
    with reader.connect() as connection:
        shown = {name: connection.scalar(text(f"SHOW {name}")) for name in (*SETTINGS, "statement_timeout")}
    assert shown == {
        "default_transaction_read_only": "on",
        "idle_in_transaction_session_timeout": "10min",
        "lock_timeout": "5s",
        "join_collapse_limit": "16",
        "from_collapse_limit": "16",
        "statement_timeout": "7s",
    }


def test_what_went_wrong_with_it_is_put_right(base: Engine, reader: Engine) -> None:
    """A role that was given too much, or lost what it had, is as it was after the command ran again."""
    with writing(base) as connection:
        for statement in (
            *("ALTER ROLE kb_reader CREATEDB CREATEROLE", "GRANT pg_read_all_data TO kb_reader"),
            *(
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO kb_reader",
                "REVOKE SELECT ON v_quote FROM kb_reader",
            ),
            *(
                "GRANT SELECT (raw_text) ON revision TO kb_reader",
                "GRANT CREATE ON SCHEMA public TO kb_reader",
            ),
            "ALTER ROLE kb_reader NOLOGIN",
        ):
            connection.exec_driver_sql(statement)
    before = privileges(base)
    assert not make_reader(base, timeout_s=7)
    assert not make_reader(base, timeout_s=7)
    assert privileges(base) != before
    with reading(reader) as connection:
        assert connection.scalar(text("SELECT count(*) FROM v_quote"))
    for statement in ("SELECT raw_text FROM revision", "SELECT * FROM failure", "SELECT * FROM run"):
        test_the_reader_cannot(reader, statement)


def privileges(base: Engine) -> list[tuple[str, ...]]:
    """Return what the role has been granted on tables and columns, and what it is."""
    asked = "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'kb_reader'"
    with reading(base) as connection:
        granted = [tuple(row) for row in connection.execute(text(asked))]
        is_ = connection.execute(
            text("SELECT rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname = 'kb_reader'")
        )
        return sorted(granted) + [tuple(map(str, row)) for row in is_]


def test_it_reads_the_views_that_a_migration_makes(base: Engine, reader: Engine) -> None:
    """After the views went and came, as on any upgrade, the reader reads them as before."""
    downgrade(base, to="0005")
    upgrade(base)
    with reading(reader) as connection:
        assert connection.scalar(text("SELECT count(*) FROM v_quote"))


def test_it_writes_nothing_through_kb(reader: Engine) -> None:
    """What a command of kb would write is refused in one line that says how to mend it."""
    with pytest.raises(DatabaseProblem, match="use one that may write"), writing(reader) as connection:
        connection.execute(text("DELETE FROM outlet"))


def test_the_password_is_told_to_nobody(base: Engine) -> None:
    """The command reads the password from standard input: it is in no argument and in no output."""
    command = [sys.executable, "-m", "kb", "--db", base.url.render_as_string(hide_password=False)]
    done = subprocess.run(
        [*command, "db", "reader", "--password-stdin", "--timeout", "7"],
        input=f"{PASSWORD}\n",
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert PASSWORD not in done.stdout + done.stderr
    with reading(base) as connection:
        kept = connection.scalar(text("SELECT rolpassword FROM pg_authid WHERE rolname = 'kb_reader'"))
    assert str(kept).startswith("SCRAM-SHA-256$")


def test_sqlite_knows_no_roles(make_base: Callable[[str], Engine]) -> None:
    """On SQLite the command says what to do instead."""
    with pytest.raises(DatabaseProblem, match="kb db backup"):
        make_reader(make_base("sqlite"))


def test_every_table_was_decided_on() -> None:
    """The tables that are hidden are tables; a new table is read unless somebody hides it."""
    assert set(metadata.tables) > HIDDEN_TABLES
