"""A backup: whole, of one moment, under its name only when it is verified, and a base like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from awkward import copied
from invented import dump
from sqlalchemy import Engine, insert

from kb.errors import DatabaseProblem
from kb.store import tables
from kb.store.backup import back_up
from kb.store.database import open_database, writing

Bases = Callable[[str], Engine]


def test_a_backup_is_the_base(make_base: Bases, engine_name: str, tmp_path: Path) -> None:
    """Every row of the base is in the file, which is alone in its folder and can be asked."""
    base, path = make_base(engine_name), tmp_path / "simpan" / "kb.sqlite3"
    path.parent.mkdir()
    back_up(base, path)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert dump(open_database(str(path)), without=()) == dump(base, without=())


def test_a_backup_can_be_brought_back(
    make_base: Bases, fresh_url: Callable[[str], str], engine_name: str, tmp_path: Path
) -> None:
    """A backup that is copied into a new database of the same engine is the base that it was made of."""
    base, path = make_base(engine_name), tmp_path / "simpan.sqlite3"
    back_up(base, path)
    back = copied(open_database(str(path)), fresh_url(engine_name))
    assert dump(back, without=()) == dump(base, without=())


def test_a_backup_is_of_one_moment_while_others_write(make_base: Bases, tmp_path: Path) -> None:
    """What another connection commits while pages are copied is not in the backup, and does not keep it from ending."""
    base, path = make_base("sqlite"), tmp_path / "simpan.sqlite3"
    before = dump(base, without=())
    other, steps = open_database(str(base.url.database)), []

    def write(n_done: int, _n_all: int) -> None:
        steps.append(n_done)
        with writing(other) as connection:
            name = f"Koran {len(steps)}"
            connection.execute(insert(tables.outlet).values(name=name, name_key=name))

    back_up(base, path, pages=10, told=write)
    assert len(steps) > 3
    assert dump(open_database(str(path)), without=()) == before
    assert len(dump(base)["outlet"]) == len(before["outlet"]) + len(steps)


def test_a_file_that_is_there_is_kept(make_base: Bases, tmp_path: Path) -> None:
    """A backup replaces no file unless told to, and never the base itself; nothing is left beside."""
    base, path = make_base("sqlite"), tmp_path / "simpan" / "catatan.txt"
    path.parent.mkdir()
    path.write_text("penting")
    with pytest.raises(DatabaseProblem, match="is there already"):
        back_up(base, path)
    assert path.read_text() == "penting"
    with pytest.raises(DatabaseProblem, match="is the database itself"):
        back_up(base, Path(str(base.url.database)), force=True)
    back_up(base, path, force=True)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert dump(open_database(str(path))) == dump(base)


def test_a_backup_that_breaks_off_leaves_nothing(make_base: Bases, tmp_path: Path) -> None:
    """A backup that is interrupted leaves no file, neither under its name nor another."""
    base, path = make_base("sqlite"), tmp_path / "simpan" / "kb.sqlite3"
    path.parent.mkdir()

    def stop(_n_done: int, _n_all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(base, path, pages=10, told=stop)
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_line(make_base: Bases, tmp_path: Path) -> None:
    """The user reads that the folder is missing."""
    with pytest.raises(DatabaseProblem, match="its folder is not there"):
        back_up(make_base("sqlite"), tmp_path / "tidak" / "kb.sqlite3")
