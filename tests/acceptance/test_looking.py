"""``kb timeline`` and ``kb network`` from outside: lines to read, rows to work with, pictures to print."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from invented import FLOOD, HARBOUR, STRIKE, ingest, make_article
from program import Door

from kb.store.database import open_database


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory, empty_base: Path) -> Door:
    """Return the program beside a base in which Budi Santoso is quoted twice."""
    folder = tmp_path_factory.mktemp("looking")
    shutil.copy(empty_base, folder)
    engine = open_database(str(folder / "kb.sqlite3"))
    ingest(
        engine,
        *(
            make_article(id_, body)
            for id_, body in zip("abcd", (HARBOUR, HARBOUR, FLOOD, STRIKE), strict=True)
        ),
    )
    engine.dispose()
    return Door(folder)


def test_timeline_has_figures_beside_its_bars(looking: Door) -> None:
    """A line has the period, how often quoted, how often named, and a bar; in a pipe as well, without colour."""
    lines = looking("timeline", "Budi Santoso", "--by", "month").stdout.splitlines()
    assert lines[0] == "Budi Santoso · PER · by month"
    period, n_quotes, n_mentions, bar = lines[-1].split()
    assert (period, n_quotes, n_mentions, set(bar)) == ("2024-06", "2", "6", {"█"})
    assert max(map(len, lines)) <= 100


def test_parts_are_told_apart_without_colour(looking: Door) -> None:
    """Each part has a column of its own and a bar of its own sign, which the last line explains."""
    lines = looking("timeline", "Budi Santoso", "--split", "outlet").stdout.splitlines()
    assert "quotes" in lines[2]
    assert looking("timeline", "Budi Santoso", "--split", "kind", "--kind", "direct").code == 0


def test_network_lists_ties_and_those_among_them(looking: Door) -> None:
    """Neighbours stand with the number of articles and of sentences; the ties among them follow."""
    lines = looking("network", "Rantau").stdout.splitlines()
    assert lines[0].startswith("Rantau · LOC · ")
    assert any(line.startswith("Budi Santoso ") and line.split()[2:4] == ["2", "4"] for line in lines)


@pytest.mark.parametrize("command", ["timeline", "network"])
def test_rows_have_the_numbers(looking: Door, command: str) -> None:
    """Every format of rows has the same rows."""
    jsonl = [json.loads(line) for line in looking(command, "Rantau", "-f", "jsonl").stdout.splitlines()]
    csv = looking(command, "Rantau", "-f", "csv").stdout.splitlines()
    assert json.loads(looking(command, "Rantau", "-f", "json").stdout) == jsonl
    assert csv[0].split(",") == list(jsonl[0])
    assert len(csv) == len(jsonl) + 1


@pytest.mark.parametrize("command", ["timeline", "network"])
def test_picture_is_written(looking: Door, command: str) -> None:
    """--svg writes a picture that names the base, and nothing to read."""
    path = looking.folder / f"{command}.svg"
    answer = looking(command, "Budi Santoso", "--svg", path)
    assert (answer.code, answer.stdout) == (0, "")
    assert "kb.sqlite3" in path.read_text("utf-8")


def test_nobody_and_several_are_one_line(looking: Door) -> None:
    """A name that nobody bears is one line on stderr, exit code 1."""
    answer = looking("timeline", "Tak Dikenal")
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
