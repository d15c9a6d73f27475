"""What kb sync is to read and when, from outside: feeds on the schedule, and what a timer is told."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from program import FEED, REFUSED, Door, Program, asked, environment
from server import Answer, serving

from kb.store import feeds
from kb.store.database import open_database, reading
from kb.store.lock import holding_lock


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


@pytest.mark.usefixtures("rooms")
def test_list_tells_since_when_a_feed_fails(door: Door) -> None:
    """A feed that could not be read since it was last read says since when, and when it is tried again."""
    door("feed", "add", REFUSED)
    door("sync", "--now")
    [row] = asked(door, "feed", "list")
    assert (row["state"], row["n_failed"]) == ("failing", 1)
    assert row["failing_since"] < row["due_at"]
    assert f"failing since {row['failing_since'][:10]}" in door("feed", "list").stdout


@pytest.mark.usefixtures("rooms")
def test_feed_that_failed_is_tried_again_as_itself(door: Door) -> None:
    """Trying a feed's failure again reads the feed as its schedule has it, and settles failure and feed."""
    empty = "<rss version='2.0'><channel><title>Kabar Desa</title></channel></rss>"
    with serving() as site:
        door("feed", "add", site.url("/rss"), "--allow-private")
        assert door("sync").code == 4
        site.put("/rss", Answer(empty, content_type="application/rss+xml"))
        assert door("failures", "retry", "1").code == 0
    assert asked(door, "failures") == []
    [row] = asked(door, "feed", "list")
    assert (row["state"], row["title"], row["failing_since"]) == ("active", "Kabar Desa", None)


@pytest.mark.usefixtures("rooms")
def test_feed_named_again_settles_its_failure(door: Door) -> None:
    """A feed that is on no schedule, and failed when it was named, is settled when it is named again and read."""
    empty = "<rss version='2.0'><channel><title>Kabar Desa</title></channel></rss>"
    with serving() as site:
        assert door("ingest", site.url("/rss"), "--allow-private").code == 4
        site.put("/rss", Answer(empty, content_type="application/rss+xml"))
        assert door("ingest", site.url("/rss"), "--allow-private").code == 0
    assert asked(door, "failures") == []


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


@pytest.mark.slow
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


def test_feeds_take_no_lock(door: Door) -> None:
    """While a run is at work feeds can be added and listed."""
    engine = open_database(str(door.folder / "kb.sqlite3"))
    with holding_lock(engine):
        assert door("feed", "add", FEED).code == 0
        with reading(engine) as connection:
            assert [one.address for one in feeds.load_feeds(connection)] == [FEED]
