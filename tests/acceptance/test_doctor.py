"""Whether all is well, from outside: each thing that can be amiss is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from program import FEED, REFUSED, Door, Program, found

from kb.store.database import open_database, reading, writing
from kb.store.touched import touch

pytestmark = pytest.mark.slow


def break_feed(door: Door) -> None:
    """Let a feed fail."""
    door("feed", "add", REFUSED)
    door("sync", "--now")


def be_late(door: Door) -> None:
    """Let a feed be read two days ago, and be due for long."""
    door("feed", "add", str(door.folder), "--every", "1h")
    door("sync")
    with writing(open_database(str(door.folder / "kb.sqlite3"))) as connection:
        long_ago = (datetime.now(UTC) - timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.exec_driver_sql(f"UPDATE feed SET last_read_at = '{long_ago}'")
        connection.exec_driver_sql(f"UPDATE run SET started_at = '{long_ago}'")


def leave_marks(door: Door) -> None:
    """Leave a mark that nothing was linked for."""
    with writing(open_database(str(door.folder / "kb.sqlite3"))) as connection:
        touch(connection, "block", ["PER wiyasa"])


def orphan(door: Door) -> None:
    """Let a row point to nothing."""
    with reading(open_database(str(door.folder / "kb.sqlite3"))) as connection:
        base = connection.connection.driver_connection
        assert base is not None
        base.executescript(
            "PRAGMA foreign_keys = OFF; INSERT INTO fetch (run_id, address, fetched_at) "
            "VALUES (99, 'x', '2026-01-01 00:00:00.000000')"
        )


TROUBLES: dict[str, tuple[Callable[[Door], object], str, str, str]] = {
    "failing feed": (break_feed, "feed", "warn", "could not be read, once since"),
    "open failure": (break_feed, "failures", "warn", "1 open: 1 at fetch"),
    "feed never read": (lambda door: door("feed", "add", FEED), "feed", "warn", "was never read"),
    "no sync yet": (lambda door: door("feed", "add", FEED), "sync", "warn", "has never run"),
    "overdue feed": (be_late, "feed", "warn", "is due since"),
    "sync long ago": (be_late, "sync", "warn", "has not run since"),
    "unlinked changes": (leave_marks, "links", "warn", "1 changes are not linked"),
    "row without parent": (orphan, "integrity", "fail", "of fetch points to nothing in run"),
}


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize("case", TROUBLES)
def test_doctor_finds_what_is_amiss(door: Door, case: str) -> None:
    """What is amiss is told in a line with how to mend it; it exits with 1 only if something fails."""
    spoil, check, level, what = TROUBLES[case]
    healthy = door("doctor")
    assert (healthy.code, {line.split()[0] for line in healthy.stdout.splitlines()}) == (0, {"ok"})
    spoil(door)
    answer = door("doctor")
    [line] = [line for line in answer.stdout.splitlines() if what in line]
    assert line.split()[:2] == [level, check]
    assert "; " in line
    assert answer.code == (1 if level == "fail" else 0)


def test_doctor_without_a_base_or_its_schema_fails(tmp_path: Path) -> None:
    """No base, no base of ours and a file that is none are each a line that fails."""
    door = Door(tmp_path)
    assert door("doctor").code == 1
    assert list(tmp_path.iterdir()) == []
    for content in (b"", b"Warga desa menanam padi." * 100):
        (tmp_path / "kb.sqlite3").write_bytes(content)
        answer = door("doctor")
        assert answer.code == 1
        assert answer.stdout.splitlines()[-1].startswith("fail database")


def test_doctor_tells_of_missing_models(door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package without its models fails, and the rest is still told."""
    monkeypatch.setattr("kb.annotate.find_model_folder", lambda: tmp_path)
    answer = door("doctor")
    assert answer.code == 1
    assert answer.stdout.splitlines()[0].startswith("fail models")
    assert found(door, "failures") == ("ok", "none open")


@pytest.mark.slow
def test_doctor_loads_no_models_and_writes_nothing(kb: Program) -> None:
    """The real program looks at a base without torch, and the base stays as it was, byte by byte."""
    kb("db", "upgrade")
    before = (kb.folder / "kb.sqlite3").read_bytes()
    answer = kb("doctor", variables={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines()}
    assert answer.code == 0, answer.stdout
    assert imported.isdisjoint({"torch", "stanza", "numpy"})
    assert (kb.folder / "kb.sqlite3").read_bytes() == before
