"""Opening a database: what the user is told when that fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from kb.errors import DatabaseProblem, NoDatabase
from kb.store.database import open_database, reading, shown, upgrade, writing


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}"], ids=["path", "URL"])
def test_a_missing_file_is_made_only_when_asked(tmp_path: Path, form: str) -> None:
    """A question never makes an empty base; `create` makes the folders too."""
    path = tmp_path / "new" / "folder" / "kb.sqlite3"
    url = form.format(path=path)
    with pytest.raises(NoDatabase, match="ingest"):
        open_database(url)
    assert not path.parent.exists()
    open_database(url, create=True).dispose()
    open_database(url).dispose()
    assert path.is_file()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """One line with the path, not a traceback."""
    path = tmp_path / "notes.txt"
    path.write_text("Ini bukan basis data. " * 100)
    with pytest.raises(DatabaseProblem, match=r"notes\.txt: file is not a database"):
        open_database(str(path))
    assert path.read_text().startswith("Ini bukan")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A path of the wrong kind is said to be one."""
    with pytest.raises(DatabaseProblem, match="is a folder"):
        open_database(str(tmp_path), create=True)


@pytest.mark.parametrize("url", ["mongodb://x/y", "nonsense://", "://", "mongodb://ani:rahasia@x/y"])
def test_an_address_of_something_else_is_refused(url: str) -> None:
    """An address that no engine of ours understands is refused, and its password not shown."""
    with pytest.raises(DatabaseProblem) as caught:
        open_database(url)
    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_unreachable_server_is_one_line_without_the_password(scheme: str) -> None:
    """The user reads which server did not answer, and nobody reads the password."""
    with pytest.raises(DatabaseProblem) as caught:
        open_database(f"{scheme}://ani:rahasia@127.0.0.1:1/kb?connect_timeout=2")
    assert "127.0.0.1:1" in str(caught.value)
    assert "rahasia" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_sqlite_is_opened_for_many_readers_and_with_foreign_keys(tmp_path: Path) -> None:
    """WAL, foreign keys and a patience of 30 seconds on every connection."""
    engine = open_database(str(tmp_path / "kb.sqlite3"), create=True)
    with reading(engine) as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert pragmas == ["wal", 1, 30_000]
    engine.dispose()


def test_a_reader_is_not_held_up_by_a_writer_and_sees_no_half(tmp_path: Path) -> None:
    """Readers see the base as it was until the writer is done."""
    engine = open_database(str(tmp_path / "kb.sqlite3"), create=True)
    upgrade(engine)
    with writing(engine) as writer:
        writer.execute(text("INSERT INTO outlet (name, name_key) VALUES ('Warta', 'warta')"))
        with reading(engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM outlet")).scalar_one() == 0
    with reading(engine) as reader:
        assert reader.execute(text("SELECT count(*) FROM outlet")).scalar_one() == 1
    engine.dispose()


def test_a_base_that_another_writer_holds_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits too long reads that the database is locked."""
    monkeypatch.setattr("kb.store.database._BUSY_MS", 10)
    path = tmp_path / "kb.sqlite3"
    engine = open_database(str(path), create=True)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseProblem, match="locked"), writing(engine):
        pass
    other.close()
    engine.dispose()


NOBODY = 65534
"""The user id of nobody, who may write nowhere."""


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A base that cannot be made is a problem of its place; root, who may write anywhere, tries as nobody."""
    script = (
        "import os, sys\n"
        "from kb.errors import DatabaseProblem\n"
        "from kb.store.database import open_database, upgrade\n"
        f"os.geteuid() or os.setuid({NOBODY})\n"
        "try:\n"
        "    upgrade(open_database(sys.argv[1], create=True))\n"
        "except DatabaseProblem as problem:\n"
        "    print(problem)\n"
    )
    folder = tmp_path / "shut"
    folder.mkdir(mode=0o500)
    tried = [sys.executable, "-c", script, str(folder / "kb.sqlite3")]
    answer = subprocess.run(tried, capture_output=True, text=True, check=False)
    assert answer.stdout.startswith(str(folder)), answer.stderr
    assert answer.stdout.count("\n") == 1


def test_an_address_is_shown_without_its_password(tmp_path: Path) -> None:
    """Messages name a SQLite base by its path."""
    engine = open_database(str(tmp_path / "kb.sqlite3"), create=True)
    assert shown(engine) == str(tmp_path / "kb.sqlite3")
    engine.dispose()
