"""Keeping a base up to date, from outside: what is on the schedule, what a timer is told, how runs are watched."""

from __future__ import annotations

import configparser
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from program import Answer, Door, Program, environment
from rooms import POISON, put_rooms, tag, tell_story

from kb import pipeline
from kb.store import feeds
from kb.store.database import open_database, reading, writing
from kb.store.lock import holding_lock
from kb.store.runs import RunCounts, begin_run, end_run
from kb.store.touched import touch

FEED = "https://kabar.example/rss"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """Return the program beside an empty base."""
    door = Door(tmp_path)
    assert door("db", "upgrade").code == 0
    return door


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts rooms in the place of the models; it was called once."""

    def put(**options: Any) -> None:
        put_rooms(monkeypatch, **options)
        monkeypatch.setattr("kb.planning.load_annotator", pipeline.load_annotator)

    put()
    return put


def asked(door: Door, *args: str | Path) -> list[dict[str, Any]]:
    """Ask for rows."""
    answer = door(*args, "--format", "jsonl")
    assert answer.code == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def write_stories(door: Door, n: int) -> None:
    """Put so many invented articles into the program's folder."""
    for number in range(n):
        (door.folder / f"{number}.txt").write_text(tell_story(number), "utf-8")


def events(answer: Answer) -> list[str]:
    """Return the events of the log."""
    return re.findall(r"^\S+Z level=\w+ event=(\w+)", answer.stderr, re.M)


def test_feeds_are_added_paused_resumed_and_removed(door: Door) -> None:
    """What is added stands on the list with its interval and state until it is removed."""
    (door.folder / "arsip").mkdir()
    assert door("feed", "add", FEED, "arsip/", "--every", "2h").code == 0
    rows = asked(door, "feed", "list")
    assert [(row["address"], row["kind"], row["every_minutes"], row["state"]) for row in rows] == [
        (FEED, "feed", 120, "active"),
        (str(door.folder / "arsip"), "files", 120, "active"),
    ]
    door("feed", "pause", FEED)
    assert [row["state"] for row in asked(door, "feed", "list")] == ["paused", "active"]
    door("feed", "resume", FEED)
    door("feed", "remove", "./arsip")
    assert [(row["address"], row["state"]) for row in asked(door, "feed", "list")] == [(FEED, "active")]
    again = door("feed", "remove", "arsip")
    assert (again.code, again.stderr.count("\n")) == (1, 1)
    assert "is not on the schedule" in again.stderr


def test_adding_again_changes_the_interval(door: Door) -> None:
    """A folder under three spellings is one; its last interval counts, and a pause ends."""
    for spelling, every in ((".", "1d"), ("./", "1h"), (str(door.folder) + "/../" + door.folder.name, "30m")):
        door("feed", "add", spelling, "--every", every)
        door("feed", "pause", spelling) if every == "1d" else None
    assert [(row["every_minutes"], row["state"]) for row in asked(door, "feed", "list")] == [(30, "active")]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("file:/etc/passwd", "only http and https"),
        ("ftp://kabar.example/rss", "only http and https"),
        ("https://ratna:rahasia@kabar.example/rss", "user or password"),
        ("tidak-ada/", "is not there"),
        ("-", "standard input"),
    ],
)
def test_what_cannot_be_scheduled_is_refused(door: Door, address: str, said: str) -> None:
    """An address that kb sync could not read is refused in one line, with all that was named beside it."""
    answer = door("feed", "add", FEED, address)
    assert (answer.code, answer.stderr.count("\n")) == (1, 1)
    assert said in answer.stderr
    assert "rahasia" not in answer.stderr
    assert asked(door, "feed", "list") == []


def test_list_tells_since_when_a_feed_fails(door: Door) -> None:
    """A feed that could not be read since it was last read says since when, and when it is tried again."""
    door("feed", "add", FEED)
    door("sync", "--now")  # kabar.example is no host: RFC 2606
    [row] = asked(door, "feed", "list")
    assert (row["state"], row["n_failed"]) == ("failing", 1)
    assert row["failing_since"] < row["due_at"]
    assert f"failing since {row['failing_since'][:10]}" in door("feed", "list").stdout


def units(text: str) -> dict[str, configparser.ConfigParser]:
    """Take the printed units apart, by their names."""
    found = {}
    for part in re.split(r"^(?=# kb-sync\.\w+$)", text, flags=re.M)[1:]:
        name, _, content = part.partition("\n")
        unit = configparser.ConfigParser(interpolation=None, delimiters="=", comment_prefixes="#")
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(content)
        found[name.removeprefix("# ")] = unit
    return found


@pytest.mark.parametrize(
    ("every", "calendar", "cron"),
    [
        ("15m", "*:0/15", "*/15 * * * *"),
        ("1h", "0/1:00", "0 */1 * * *"),
        ("6h", "0/6:00", "0 */6 * * *"),
        ("1d", "daily", "0 0 * * *"),
    ],
)
def test_timers_call_one_command(door: Door, every: str, calendar: str, cron: str) -> None:
    """systemd's timer and cron's line come round as often as asked, and call the same program on the same base."""
    printed = units(door("schedule", "print", "--systemd", "--every", every).stdout)
    assert set(printed) == {"kb-sync.service", "kb-sync.timer"}
    service, timer = printed["kb-sync.service"]["Service"], printed["kb-sync.timer"]["Timer"]
    assert (service["Type"], service["Nice"], timer["Persistent"]) == ("oneshot", "10", "true")
    assert timer["OnCalendar"] == calendar
    command = shlex.split(service["ExecStart"])
    assert command[-3:] == ["--db", str(door.folder / "kb.sqlite3"), "sync"]
    assert Path(command[0]).is_absolute()
    [line] = [
        line
        for line in door("schedule", "print", "--cron", "--every", every).stdout.splitlines()
        if not line.startswith("#")
    ]
    assert line == f"{cron} nice -n 10 {shlex.join(command)} 2>&1 | logger -t kb"


def test_timers_survive_odd_paths(tmp_path: Path) -> None:
    """A blank, a percent sign and a dollar sign in a path reach kb as they are, by systemd's rules and by cron's."""
    folder = tmp_path / "kabar 100% $baru"
    folder.mkdir()
    door = Door(folder)
    service = units(door("schedule", "print", "--systemd").stdout)["kb-sync.service"]["Service"]
    said = service["ExecStart"].replace("%%", "%").replace("$$", "$")
    assert shlex.split(said)[-2] == str(folder / "kb.sqlite3")
    line = door("schedule", "print", "--cron").stdout.splitlines()[-1]
    assert shlex.split(line.replace(r"\%", "%").partition(" 2>&1")[0])[-2] == str(folder / "kb.sqlite3")


@pytest.mark.parametrize(
    "call", [[], ["--systemd", "--cron"], ["--cron", "--every", "7m"], ["--cron", "--every", "2d"]]
)
def test_timer_that_cannot_be_is_wrong_usage(door: Door, call: list[str]) -> None:
    """One kind of timer is printed, for times that it can keep."""
    answer = door("schedule", "print", *call)
    assert (answer.code, answer.stdout) == (2, "")


def test_printed_command_runs_in_any_folder(kb: Program, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The command of the timer works on its base from elsewhere."""
    kb("db", "upgrade")
    line = kb("schedule", "print", "--cron").stdout.splitlines()[-1]
    command = shlex.split(line.partition("nice -n 10 ")[2].partition(" 2>&1")[0])
    elsewhere = tmp_path_factory.mktemp("lain")
    run = subprocess.run(
        command,
        cwd=elsewhere,
        env=environment() | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")
    assert list(elsewhere.iterdir()) == []
    assert [row["command"] for row in asked(Door(kb.folder), "runs")] == ["kb sync"]


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


def found(door: Door, check: str) -> tuple[str, str]:
    """Return what `kb doctor` says to a question: how bad it is, and what it is."""
    rows = [json.loads(line) for line in door("doctor", "--format", "jsonl").stdout.splitlines()]
    return next((row["level"], row["what"]) for row in rows if row["check"] == check)


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
    ids=" ".join,
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


def break_feed(door: Door) -> None:
    """Let a feed fail."""
    door("feed", "add", FEED)
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
    "failing feed": (break_feed, "feed", "warn", "could not be read 1 times"),
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


def test_doctor_loads_no_models_and_writes_nothing(kb: Program) -> None:
    """The real program looks at a base without torch, and the base stays as it was, byte by byte."""
    kb("db", "upgrade")
    before = (kb.folder / "kb.sqlite3").read_bytes()
    answer = kb("doctor", variables={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip() for line in answer.stderr.splitlines()}
    assert answer.code == 0, answer.stdout
    assert imported.isdisjoint({"torch", "stanza", "numpy"})
    assert (kb.folder / "kb.sqlite3").read_bytes() == before


def test_feeds_take_no_lock(door: Door) -> None:
    """While a run is at work feeds can be added and listed."""
    engine = open_database(str(door.folder / "kb.sqlite3"))
    with holding_lock(engine):
        assert door("feed", "add", FEED).code == 0
        with reading(engine) as connection:
            assert [one.address for one in feeds.load_feeds(connection)] == [FEED]
