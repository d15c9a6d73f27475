"""Searching from outside: `kb quotes` and `kb articles --text`."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from program import Door, asked
from stories import Said, Story, tell

from kb.cli import marks
from kb.model import QuoteKind
from kb.query import read_wanted
from kb.store.database import open_database, writing

STORIES = tuple(
    Story(
        f"hari-{n:02}",
        f"Budi Santoso mengatakan harga\x1b[31m cabai naik hari ke-{n}. “Bantuan pangan datang,” kata Siti Aminah.",
        {"Budi Santoso": ("PER",), "Siti Aminah": ("PER",)},
        [
            Said(f"harga\x1b[31m cabai naik hari ke-{n}", "Budi Santoso", "Budi Santoso", "mengatakan"),
            Said("Bantuan pangan datang,", "Siti Aminah", "Siti Aminah", "kata", QuoteKind.DIRECT),
        ],
        on=date(2024, 7, n),
        outlet="Warta Rantau",
    )
    for n in range(1, 26)
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_base: Path) -> Door:
    """Return the program beside a base that has the stories."""
    program = Door(tmp_path_factory.mktemp("told"))
    shutil.copy(empty_base, program.folder)
    engine = open_database(str(program.folder / "kb.sqlite3"))
    with writing(engine) as connection:
        tell(connection, *STORIES)
    engine.dispose()
    return program


def test_page(told: Door) -> None:
    """A page has the newest twenty with speaker, words and article, and says that there is more."""
    answer = told("quotes", '"naik hari" -pangan')
    assert (answer.code, answer.stderr) == (0, "")
    assert "2024-07-25 · Warta Rantau · Budi Santoso · indirect · mengatakan" in answer.stdout
    assert "naik hari ke-25\n" in answer.stdout
    assert "ke-5\n" not in answer.stdout
    assert "\x1b" not in answer.stdout
    assert "more than 20: --limit shows more" in answer.stdout


def test_rows(told: Door) -> None:
    """Rows are all given, in each format, narrowed by speaker, day and limit."""
    assert len(asked(told, "quotes", "cabai OR bant*")) == 50
    by_siti = asked(told, "quotes", "hari OR bantuan", "--by", "Siti", "--since", "2024-07-24")
    assert [(row["article"], row["text"]) for row in by_siti] == [
        ("hari-25", "Bantuan pangan datang,"),
        ("hari-24", "Bantuan pangan datang,"),
    ]
    assert len(asked(told, "quotes", "cabai", "--rank", "--limit", "3")) == 3
    table = list(csv.DictReader(io.StringIO(told("quotes", "cabai", "--format", "csv").stdout)))
    assert [row["article"] for row in table] == [row["article"] for row in asked(told, "quotes", "cabai")]


def test_articles(told: Door) -> None:
    """Articles are listed with a piece of their text, as a page and as rows."""
    page = told("articles", "--text", "ke-7").stdout.splitlines()
    assert page[0].startswith("2024-07-07  hari-07")
    assert "naik hari ke-7" in page[1]
    (row,) = asked(told, "articles", "--text", "ke-7")
    assert row["snippet"].startswith("Budi Santoso mengatakan harga")
    assert (
        asked(told, "articles", "--text", "cabai", "--rank", "--until", "2024-07-01")[0]["article"]
        == "hari-01"
    )


def test_nothing_found(told: Door) -> None:
    """Nothing found is no error; a page says so, rows are none."""
    for command in (["quotes", "durian"], ["articles", "--text", "durian"]):
        answer = told(*command)
        assert (answer.code, answer.stdout, answer.stderr) == (0, "Nothing found.\n", "")
        assert asked(told, *command) == []


@pytest.mark.parametrize(
    "typed", ["", "-", "*", "NEAR(a b)", 'a "b', "a & b | !c <-> d:*", "x:y ^z", "'; --", "😀 a"]
)
def test_nothing_typed_is_syntax(told: Door, typed: str) -> None:
    """Whatever is typed finds, or finds nothing, or is refused in one line."""
    answer = told("quotes", "--", typed)
    assert (answer.code, answer.stderr) == (0, "") or (answer.code, answer.stderr.count("\n")) == (1, 1)


def test_wrong_usage(told: Door) -> None:
    """Somebody unknown is exit code 1 with near names; --rank without a search is wrong usage."""
    unknown = told("quotes", "cabai", "--by", "Siti Aminahh")
    assert (unknown.code, unknown.stdout) == (1, "")
    assert "Siti Aminah?" in unknown.stderr
    assert told("articles", "--rank").code == 2


def test_words_are_marked() -> None:
    """The words that were found are bold on a terminal, and nothing else is."""
    parts = marks.marked_words("Harga cabai naik, cabai!", read_wanted("cabai -naik"))
    assert [part for part in parts if part[0]] == [
        ("Harga ", ""),
        ("cabai", "bold"),
        (" naik, ", ""),
        ("cabai", "bold"),
        ("!", ""),
    ]
