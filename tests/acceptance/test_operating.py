"""Runs from outside: how they are watched, what failed in them, what is annotated again."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from program import Answer, Door, Program, asked, environment, found
from rooms import POISON, tag, tell_story

from kb.store.database import open_database, writing
from kb.store.runs import RunCounts, begin_run, end_run

pytestmark = pytest.mark.slow


def write_stories(door: Door, n: int) -> None:
    """Put so many invented articles into the program's folder."""
    for number in range(n):
        (door.folder / f"{number}.txt").write_text(tell_story(number), "utf-8")


def events(answer: Answer) -> list[str]:
    """Return the events of the log."""
    return re.findall(r"^\S+Z level=\w+ event=(\w+)", answer.stderr, re.M)


@pytest.mark.usefixtures("rooms")
def test_log_of_a_run_tells_its_events(door: Door) -> None:
    """Without a terminal stderr has an event a line with the run's number, and the summary at the end."""
    write_stories(door, 2)
    (door.folder / "kosong.txt").touch()
    answer = door("ingest", ".")
    assert (answer.code, answer.stdout) == (4, "")
    assert events(answer) == ["begin", "failed", "end"]
    assert all(" run=1 " in line for line in answer.stderr.splitlines()[:-1])
    assert " stage=ingest subject=kosong.txt message=" in answer.stderr
    assert answer.stderr.splitlines()[-1].startswith("2 articles: 2 new, 0 changed, 0 unchanged, 1 failed")


@pytest.mark.slow
def test_bar_is_on_a_terminal_only(kb: Program) -> None:
    """On a terminal a bar says how much of it is done; failures are plain lines, and there is no log."""
    (kb.folder / "kosong.txt").touch()
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "kb", "ingest", "kosong.txt"]
    variables = environment() | {"TERM": "xterm"}
    with subprocess.Popen(call, cwd=kb.folder, env=variables, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    assert running.returncode == 4
    assert "1 of 1 done" in shown
    assert "event=" not in shown
    lines = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line).strip() for line in shown.splitlines()]
    assert "kosong.txt: is empty" in " ".join(lines)
    assert lines[-1].startswith("0 articles: 0 new")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the other end is closed
        return b""


@pytest.fixture
def at_work(kb: Program) -> Iterator[subprocess.Popen[str]]:
    """Give a run that is at work: it waits for a pipe that nobody writes into."""
    kb("db", "upgrade")
    os.mkfifo(kb.folder / "pipa.jsonl")
    running = kb.start("ingest", "pipa.jsonl", new_session=True)
    door = Door(kb.folder)
    while not asked(door, "runs"):
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    yield running
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


@pytest.mark.slow
def test_second_run_leaves_with_5(kb: Program, at_work: subprocess.Popen[str]) -> None:
    """While a run is at work another one ends with exit code 5 in one line; what is at work is shown; once it is
    killed nothing is in the way, and what was cut off is told of."""
    answer = kb("sync")
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (5, "", 1)
    assert f"process {at_work.pid}" in answer.stderr
    door = Door(kb.folder)
    [run] = asked(door, "runs")
    assert (run["state"], run["pid"], run["command"]) == ("running", at_work.pid, "kb ingest pipa.jsonl")
    assert f"process {at_work.pid} on" in door("runs").stdout
    assert f"held by run 1 (kb ingest pipa.jsonl; process {at_work.pid}" in door("doctor").stdout

    os.killpg(at_work.pid, signal.SIGKILL)
    at_work.wait()
    assert [run["state"] for run in asked(door, "runs")] == ["interrupted"]
    assert found(door, "runs") == ("warn", "run 1 was cut off")
    assert door("sync").code == 0
    assert [(run["command"], run["state"]) for run in asked(door, "runs", "--limit", "1")] == [
        ("kb sync", "ok")
    ]


def test_failure_is_shown_tried_again_and_let_be(door: Door, rooms: Callable[..., None]) -> None:
    """A failure is listed by number, shown with how to mend it and its bytes, ignored and not, and settled at last."""
    (door.folder / "satu.txt").write_text(tell_story(1) + f"\nIni {POISON}.\n", "utf-8")
    assert door("ingest", "satu.txt").code == 4
    assert door("failures").stdout == door("failures", "list").stdout
    [row] = asked(door, "failures")
    assert (row["stage"], row["subject"], row["attempts"]) == ("annotate", "satu.txt", 1)
    page = door("failures", "show", "1").stdout
    assert f"kb failures retry {row['id']}" in page
    assert "Warga" in page
    assert door("failures", "show", "1", "--payload").stdout == (door.folder / "satu.txt").read_text("utf-8")

    door("failures", "ignore", "1")
    assert asked(door, "failures") == []
    assert [row["ignored_at"] is None for row in asked(door, "failures", "list", "--all")] == [False]
    door("failures", "ignore", "1", "--undo")

    (door.folder / "satu.txt").unlink()
    assert door("failures", "retry", "1").code == 4
    rooms(tag=lambda bodies: tag([body.replace(POISON, "garam") for body in bodies]))
    again = door("failures", "retry", "--all")
    assert again.code == 0
    assert "1 article: 1 new" in again.stderr
    assert asked(door, "failures") == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (["show", "7"], 1),
        (["retry", "7"], 1),
        (["ignore", "7"], 1),
        (["retry"], 2),
        (["retry", "1", "--all"], 2),
    ],
    ids=["show", "retry", "ignore", "retry nothing", "retry too much"],
)
def test_failure_that_is_none_is_told(door: Door, call: list[str], code: int) -> None:
    """A number that is no failure is one line; retry wants numbers or --all."""
    answer = door("failures", *call)
    assert (answer.code, answer.stdout) == (code, "")
    assert code == 2 or answer.stderr.count("\n") == 1


def test_plan_tells_what_reingestion_would_do(door: Door, rooms: Callable[..., None]) -> None:
    """The plan counts texts by pipeline and feed and says how long they take, and writes nothing; then it is done."""
    write_stories(door, 9)
    door("ingest", *[f"{n}.txt" for n in range(9)])
    rooms(model="2")
    before = (door.folder / "kb.sqlite3").read_bytes()
    [plan] = asked(door, "reingest", "--plan")
    stale = plan["stale"]
    assert (stale["n_texts"], stale["n_articles"]) == (9, 9)
    assert [share["n_texts"] for share in stale["pipelines"]] == [9]
    assert [(share["of"], share["n_texts"]) for share in stale["feeds"]] == [(str(door.folder), 9)]
    assert plan["measured_by"] == []
    assert plan["seconds"] == pytest.approx(9 / plan["texts_per_s"])
    assert (door.folder / "kb.sqlite3").read_bytes() == before
    assert "9 texts are annotated by another pipeline: kb reingest" in door("ingest", "0.txt").stderr
    assert found(door, "pipeline")[0] == "warn"
    assert "4 texts annotated again; 5 texts are" in door("reingest", "--limit", "4").stderr
    assert door("reingest").code == 0
    assert door("reingest", "--plan").stdout.startswith("Nothing to do")
    assert found(door, "pipeline")[0] == "ok"


def test_plan_takes_its_rate_from_earlier_runs(door: Door, rooms: Callable[..., None]) -> None:
    """Where a run on this machine annotated twenty texts or more, the plan goes by it."""
    write_stories(door, 3)
    door("ingest", ".")
    with writing(open_database(str(door.folder / "kb.sqlite3"))) as connection:
        for n_annotated in (19, 400):
            run_id = begin_run(connection, "kb ingest arsip")
            end_run(connection, run_id, RunCounts(annotated=n_annotated))
        connection.exec_driver_sql(
            "UPDATE run SET started_at = datetime(finished_at, '-40 seconds') || '.000000' WHERE id > 1"
        )
    rooms(model="2")
    [plan] = asked(door, "reingest", "--plan")
    assert plan["measured_by"] == [3]
    assert plan["texts_per_s"] == pytest.approx(10, abs=0.5)
    assert "as run 3 went" in door("reingest", "--plan").stdout
