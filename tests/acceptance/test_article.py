"""One article from outside: shown, its history told, forgotten."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from program import Door, environment
from stories import Said, Story, tell

from kb.store.database import open_database, writing

pytestmark = pytest.mark.slow

FIRST = Story(
    "dermaga-1",
    "Budi Santoso mengatakan dermaga selesai.\n\nSiti hadir.",
    {"Budi Santoso": ("PER",), "Siti": ("PER",)},
    [Said("dermaga selesai", "Budi Santoso", "Budi Santoso", "mengatakan")],
)
SECOND = replace(
    FIRST,
    body="Budi Santoso mengatakan dermaga retak.\n\nSiti hadir.",
    said=[replace(FIRST.said[0], content="dermaga retak")],
)


@pytest.fixture
def told(tmp_path: Path, empty_base: Path) -> Door:
    """Return the program beside a base that has the article in two states, and another one."""
    shutil.copy(empty_base, tmp_path)
    engine = open_database(str(tmp_path / "kb.sqlite3"))
    with writing(engine) as connection:
        for story in (FIRST, SECOND, replace(FIRST, id="history", body=f"Kabar. {FIRST.body}")):
            tell(connection, story)
    engine.dispose()
    return Door(tmp_path)


@pytest.mark.parametrize(
    "call",
    [
        ["article", "dermaga-1", "--format", "json"],
        ["article", "--format", "json", "dermaga-1"],
        ["article", "show", "dermaga-1", "-f", "json"],
        ["article", "--db", "kb.sqlite3", "derm", "-f", "json"],
    ],
    ids=" ".join,
)
def test_the_word_show_may_be_left_out(told: Door, call: list[str]) -> None:
    """``kb article ID`` shows the article, wherever its options stand."""
    assert json.loads(told(*call).stdout)["article"]["article"] == "dermaga-1"


def test_an_article_called_as_a_command(told: Door) -> None:
    """An article whose id is a command's name is shown by saying show."""
    assert (
        json.loads(told("article", "show", "history", "-f", "json").stdout)["article"]["article"] == "history"
    )
    assert told("article", "history").code == 2


def test_history_and_diff_read_well_in_a_pipe(told: Door) -> None:
    """A line a revision, and the paragraphs that differ under plus and minus, without colour."""
    history = told("article", "history", "dermaga-1").stdout
    assert history.count("1 quote +1 -1\n") == 1
    assert "changed by its publisher · 86% alike · text" in history
    diff = told("article", "diff", "dermaga-1").stdout
    assert "- Budi Santoso mengatakan dermaga selesai.\n+ Budi Santoso mengatakan dermaga retak.\n" in diff
    assert "New quotes:\n+ Budi Santoso · indirect · mengatakan: dermaga retak\n" in diff
    assert "\x1b" not in history + diff
    assert json.loads(told("article", "diff", "dermaga-1", "1", "2", "-f", "json").stdout)["quotes_gone"]


@pytest.mark.parametrize("call", [["dermaga-1", "1"], ["dermaga-1#1"], ["dermaga-1", "retak"]], ids=" ".join)
def test_a_quote_with_where_it_comes_from(told: Door, call: list[str]) -> None:
    """A quote is called by its number, in one word with the article or two, or by words of it."""
    assert told("quote", *call).stdout.startswith("#1 Budi Santoso · indirect · mengatakan · story 0.90\n")
    page = told("quote", *call, "--provenance").stdout
    assert "rule      story 0.90" in page
    assert "revision  2 (publisher), seen 20" in page
    assert told("quote", "dermaga-1").code == 2


def test_export_of_one_article(told: Door) -> None:
    """Quotes and provenance can be exported of one article alone; provenance is JSON whatever it is read by."""
    quotes = told("export", "quotes", "--article", "dermaga-1").stdout
    assert [json.loads(line)["article"] for line in quotes.splitlines()] == ["dermaga-1"]
    prov = json.loads(told("export", "prov", "--article", "derm").stdout)
    assert "kb:revision/dermaga-1/2" in prov["entity"]
    assert len(json.loads(told("export", "prov").stdout)["entity"]) > len(prov["entity"])
    assert told("export", "prov", "--format", "csv").code == 2


def test_forgetting_needs_a_yes(told: Door) -> None:
    """Where nobody can be asked, nothing is forgotten without --yes; with it, it is, and only once."""
    why = ("--why", "putusan", "--by", "Rini")
    assert told("article", "forget", "dermaga-1", *why).code == 2
    assert told("article", "dermaga-1").code == 0
    answer = told("article", "forget", "dermaga-1", *why, "--yes")
    assert (answer.code, answer.stdout, answer.stderr) == (0, "", "dermaga-1: forgotten\n")
    assert told("article", "dermaga-1").code == 1
    again = told("article", "forget", "dermaga-1", *why)
    assert (again.code, again.stderr) == (1, "dermaga-1: was forgotten already\n")


def test_only_a_whole_id_is_forgotten(told: Door) -> None:
    """The beginning of an id is not enough to erase by."""
    assert told("article", "forget", "derm", "--why", "salah", "--yes").code == 1
    assert told("article", "dermaga-1").code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "code", "is_there"), [("y\n", 0, False), ("n\n", 1, True)], ids=["yes", "no"]
)
def test_on_a_terminal_it_is_asked(told: Door, answer: str, code: int, is_there: bool) -> None:
    """On a terminal kb says what would go and asks."""
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    call = [sys.executable, "-m", "kb", "article", "forget", "dermaga-1", "--why", "putusan"]
    run = subprocess.run(
        call, cwd=told.folder, env=environment(), stdin=theirs, capture_output=True, text=True, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert run.returncode == code
    assert "Forget dermaga-1 (2 revisions, 1 quote) for good?" in run.stderr
    assert (told("article", "dermaga-1").code == 0) is is_there
