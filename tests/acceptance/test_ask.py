"""Questions from outside: the program beside a base with a few invented stories."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from program import Door, Program, environment
from stories import Said, Story, tell

from kb.model import QuoteKind
from kb.store.database import open_database, writing

LONG = "tanggul di sepanjang sungai itu akan ditinggikan setengah meter " * 4 + "sebelum musim hujan"
DIKE = Story(
    "tanggul-1",
    f"Bupati Rantau Budi Santoso mengatakan {LONG}.\n\n“Kami siap,” ujarnya.\n\nMenurut dia, dana cukup.",
    {"Budi Santoso": ("PER",), "Rantau": ("LOC",)},
    [
        Said(LONG, "Budi Santoso", "Budi Santoso", "mengatakan"),
        Said("Kami siap,", "Budi Santoso", "ujarnya", "ujarnya", QuoteKind.DIRECT),
        Said("dana cukup", None, "dia", "Menurut", candidates=["Budi Santoso"]),
    ],
    on=date(2024, 6, 18),
    outlet="Warta Rantau",
    title="Tanggul Ditinggikan",
)
MARKET = Story(
    "pasar-1",
    "Pedagang Agus Santoso mengatakan harga cabai\x1b[31m turun. Rantau ramai.",
    {"Agus Santoso": ("PER",), "Rantau": ("LOC",)},
    [Said("harga cabai\x1b[31m turun", "Agus Santoso", "Agus Santoso", "mengatakan")],
)
DAYS = tuple(
    Story(
        f"hari-{n:02}",
        f"Sari Wulandari mengatakan ini hari ke-{n}.",
        {"Sari Wulandari": ("PER",)},
        [Said(f"ini hari ke-{n}", "Sari Wulandari", "Sari Wulandari", "mengatakan")],
        on=date(2024, 7, n),
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
        tell(connection, DIKE, MARKET, *DAYS)
    engine.dispose()
    return program


def rows(program: Program, *args: str) -> list[dict[str, object]]:
    answer = program(*args, "--format", "jsonl")
    assert (answer.code, answer.stderr) == (0, "")
    return [json.loads(line) for line in answer.stdout.splitlines()]


def on_terminal(program: Program, *args: str, **variables: str) -> str:
    """Run kb on a terminal of 60 columns and return what it shows."""
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "kb", *args]
    shown = environment() | {"COLUMNS": "60", "TERM": "xterm-256color"} | variables
    with subprocess.Popen(call, cwd=program.folder, env=shown, stdin=theirs, stdout=theirs) as process:
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
    os.close(ours)
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_page_groups_namesakes(told: Program) -> None:
    """A short name of two people gives a page with a heading for each, and what each said under it."""
    answer = told("who-said", "santoso")
    assert (answer.code, answer.stderr) == (0, "")
    budi, agus = answer.stdout.index("Budi Santoso · PER"), answer.stdout.index("Agus Santoso · PER")
    assert budi < answer.stdout.index("“Kami siap,”") < agus < answer.stdout.index("harga cabai")


def test_page_tells_how_when_and_where(told: Program) -> None:
    """The page has day, outlet, kind, cue, the words around and the article."""
    page = told("who-said", "Budi Santoso").stdout
    for part in (
        "2024-06-18",
        "Warta Rantau",
        "direct",
        "ujarnya",
        "[…]",
        "tanggul-1",
        "Tanggul Ditinggikan",
    ):
        assert part in page
    assert "1 more quote may be by Budi Santoso" in page


def test_pipe_gets_whole_lines(told: Program) -> None:
    """In a pipe nothing is wrapped, cut or coloured, and no control character of an article passes."""
    page = told("who-said", "santoso").stdout
    assert f"    {LONG}\n" in page
    assert "\x1b" not in page


@pytest.mark.slow  # the program is started, more than once
def test_terminal_wraps_and_colours(told: Program) -> None:
    """On a terminal the page is wrapped to its width, with every word still there, in colour."""
    page = on_terminal(told, "who-said", "Budi Santoso")
    assert "\x1b[" in page
    plain = on_terminal(told, "who-said", "Budi Santoso", NO_COLOR="1")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 60
    assert LONG in " ".join(plain.split())


def test_page_is_limited_and_rows_are_not(told: Program) -> None:
    """A page shows the newest twenty quotes and says how many more; rows are all given."""
    page = told("who-said", "Sari").stdout
    assert "ini hari ke-25" in page
    assert "ini hari ke-5\n" not in page
    assert "and 5 more" in page
    assert len(rows(told, "who-said", "Sari")) == 25
    assert [row["article"] for row in rows(told, "who-said", "Sari", "--limit", "2")] == [
        "hari-25",
        "hari-24",
    ]


def test_formats_agree(told: Program) -> None:
    """JSON, JSON Lines and CSV give the same rows under the same field names."""
    lines = rows(told, "who-said", "santoso")
    assert json.loads(told("who-said", "santoso", "--format", "json").stdout) == lines
    table = list(csv.DictReader(io.StringIO(told("who-said", "santoso", "--format", "csv").stdout)))
    assert [list(row) for row in table] == [list(row) for row in lines]
    assert [row["text"] for row in table] == [row["text"] for row in lines]
    assert {row["entity_name"] for row in lines} == {"Budi Santoso", "Agus Santoso"}
    assert len({row["speaker_entity"] for row in lines}) == 2


def test_filters_reach_the_question(told: Program) -> None:
    """The options of who-said narrow the answer."""
    assert [r["text"] for r in rows(told, "who-said", "Budi", "--kind", "direct")] == ["Kami siap,"]
    assert [r["text"] for r in rows(told, "who-said", "Budi", "--about", "tanggul")] == [LONG]
    assert rows(told, "who-said", "Budi", "--outlet", "Kabar") == []
    days = rows(told, "who-said", "Sari", "--since", "2024-07-03", "--until", "2024-07-04")
    assert [row["published_on"] for row in days] == ["2024-07-04", "2024-07-03"]
    assert rows(told, "who-said", "Sari", "--min-confidence", "0.95") == []


def test_unknown_name_is_one_line(told: Program) -> None:
    """Nobody of that name: exit 1, one line on stderr with near names, nothing on stdout."""
    answer = told("who-said", "Sari Wulandary")
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr == "Sari Wulandary: nobody of that name; did you mean Sari Wulandari?\n"


def test_found_without_quotes_says_so(told: Program) -> None:
    """Somebody whom the base knows but does not quote is no error."""
    answer = told("who-said", "Rantau")
    assert (answer.code, answer.stdout) == (0, "Known, but no such quote found: Rantau (LOC)\n")
    assert rows(told, "who-said", "Rantau") == []


@pytest.mark.parametrize("day", ["18-06-2024", "kemarin", "2024-02-30"])
def test_wrong_day_is_wrong_usage(told: Program, day: str) -> None:
    """A day that is none is wrong usage: exit 2."""
    assert told("who-said", "Budi", "--since", day).code == 2


def test_missing_or_foreign_database(told: Program, tmp_path: Path) -> None:
    """Without a base, or with one that is not kb's, the answer is one line and its exit code."""
    missing = told("who-said", "Budi", "--db", str(tmp_path / "none.sqlite3"))
    assert (missing.code, missing.stdout, missing.stderr.count("\n")) == (1, "", 1)
    (tmp_path / "empty.sqlite3").touch()
    foreign = told("--db", str(tmp_path / "empty.sqlite3"), "articles")
    assert (foreign.code, foreign.stdout, foreign.stderr.count("\n")) == (6, "", 1)


def test_article_is_marked(told: Program) -> None:
    """An article shows mentions and quotes in its body, and each quote with speaker and rule."""
    page = told("article", "tanggul-1").stdout
    assert "Bupati [LOC Rantau] [PER Budi Santoso] mengatakan «tanggul" in page
    assert "“«Kami siap,»#2” ujarnya." in page
    assert "#2 Budi Santoso · direct · ujarnya · story 0.90" in page
    assert "#3 speaker open: dia · indirect" in page
    whole = json.loads(told("article", "tanggul", "--format", "json").stdout)
    assert (whole["body"], len(whole["quotes"]), len(whole["mentions"])) == (DIKE.body, 3, 2)


def test_lists(told: Program) -> None:
    """Entities and articles are listed, on a page with a word when there are more."""
    assert "PER  Sari Wulandari  25 quotes, 25 mentions in 25 articles" in told("entities").stdout
    assert [row["name"] for row in rows(told, "entities", "--type", "LOC")] == ["Rantau"]
    page = told("articles").stdout.splitlines()
    assert (len(page), page[-1]) == (21, "… more than 20: --limit shows more")
    assert len(rows(told, "articles")) == 27
    assert told("articles", "--outlet", "Nusantara").stdout == "Nothing found.\n"


def test_entity_page(told: Program) -> None:
    """An entity's page has its uid, company, articles and newest quotes."""
    page = told("entity", "Budi").stdout
    for part in ("Budi Santoso · PER", "kb:PER-", "Rantau (1)", "tanggul-1", "“Kami siap,”"):
        assert part in page
    (row,) = rows(told, "entity", "Budi")
    assert row["related"][0]["name"] == "Rantau"  # type: ignore[index]


def test_export_to_a_file(told: Program, tmp_path: Path) -> None:
    """An export has every row, on standard output or in a file."""
    quotes = rows(told, "export", "quotes")
    assert len(quotes) == 29
    answer = told("export", "quotes", "--out", str(tmp_path / "quotes.jsonl"))
    assert (answer.code, answer.stdout) == (0, "")
    assert [json.loads(line) for line in (tmp_path / "quotes.jsonl").open(encoding="utf-8")] == quotes
    mentions = told("export", "mentions", "--format", "csv").stdout.splitlines()
    assert mentions[0] == "article,type,text,start,end,entity,entity_uid,entity_name"
    assert len(mentions) == 1 + 25 + 4


def test_reader_that_leaves_early(told: Program) -> None:
    """Who reads only the first line of an answer gets no complaint."""
    call = f"{sys.executable} -m kb export quotes | head -n 1"
    run = subprocess.run(
        call, shell=True, cwd=told.folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert (run.stdout.count("\n"), run.stderr) == (1, "")


def test_questions_load_no_model_library(told: Program) -> None:
    """A question imports neither torch nor stanza, nor anything else that only ingest needs."""
    asked = (
        "import sys; sys.argv = ['kb', 'who-said', 'Budi']\n"
        "from kb.cli import main\n"
        "try: main()\n"
        "finally: print(sorted(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", asked], cwd=told.folder, capture_output=True, text=True, check=True
    )
    loaded = set(run.stderr.split("'"))
    assert "sqlalchemy" in loaded
    heavy = {"torch", "stanza", "numpy", "dateparser", "py3langid", "alembic", "kb.annotate", "kb.ingest"}
    assert not heavy & loaded


@pytest.mark.parametrize("command", ["who-said", "entities", "entity", "articles", "article", "export"])
def test_help_has_an_example(told: Program, command: str) -> None:
    """Each command's help shows an example of itself."""
    assert f"Example: kb {command}" in told(command, "--help").stdout
