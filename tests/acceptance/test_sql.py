"""``kb sql`` from outside: where the query comes from, what comes out, what goes wrong; and what the guides promise."""

from __future__ import annotations

import csv
import doctest
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from program import ROOT, Answer, Door, Program, asked, environment
from stories import Said, Story, tell
from test_ask import on_terminal

from kb.store.database import open_database, writing

COUNT = "SELECT count(*) AS n FROM article"
ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT {} FROM c"
LONG = "tanggul di sepanjang sungai itu akan ditinggikan setengah meter " * 4
STORIES = tuple(
    Story(
        f"hari-{n:03}",
        f"Sari Wulandari mengatakan {LONG} hari ke-{n}.",
        {"Sari Wulandari": ("PER",)},
        [Said(f"{LONG} hari ke-{n}", "Sari Wulandari", "Sari Wulandari", "mengatakan")],
        title='Tanggul\x1b[31m, "dan" hujan',
    )
    for n in range(120)
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_base: Path) -> Door:
    """Return the program beside a base with some articles."""
    program = Door(tmp_path_factory.mktemp("told"))
    shutil.copy(empty_base, program.folder)
    engine = open_database(str(program.folder / "kb.sqlite3"))
    with writing(engine) as connection:
        tell(connection, *STORIES)
    engine.dispose()
    return program


@pytest.fixture
def sql(told: Door) -> Callable[..., Answer]:
    """Return ``kb sql``."""
    return lambda *words: told("sql", *words)


def test_query_comes_from_anywhere(told: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The query is the argument, a file, or what stands on standard input."""
    (tmp_path / "tanya.sql").write_text(f"-- berapa?\n{COUNT};\n", "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(COUNT))
    for words in ((COUNT,), ("--file", str(tmp_path / "tanya.sql")), ("-",)):
        assert asked(told, "sql", *words) == [{"n": 120}]


@pytest.mark.parametrize(
    "words", [(), (COUNT, "--file", "tanya.sql"), (COUNT, "-p", "n")], ids=["none", "two", "half"]
)
def test_wrong_usage(sql: Callable[..., Answer], words: tuple[str, ...]) -> None:
    """No query, two of them, or a parameter without a value are wrong usage."""
    answer = sql(*words)
    assert (answer.code, answer.stdout) == (2, "")


def test_formats_have_the_same_rows(sql: Callable[..., Answer]) -> None:
    """JSON, JSON Lines and CSV have the same columns and values; columns of one name are told apart."""
    query = "SELECT ref, ref, NULL AS kosong, 1.5 AS n, x'00ff' AS isi FROM article ORDER BY ref LIMIT 2"
    first = {"ref": "hari-000", "ref_2": "hari-000", "kosong": None, "n": 1.5, "isi": "00ff"}
    rows = json.loads(sql(query, "--format", "json").stdout)
    assert rows[0] == first
    assert [json.loads(line) for line in sql(query, "--format", "jsonl").stdout.splitlines()] == rows
    cells = list(csv.DictReader(io.StringIO(sql(query, "--format", "csv").stdout)))
    assert cells[0] == {"ref": "hari-000", "ref_2": "hari-000", "kosong": "", "n": "1.5", "isi": "00ff"}


def test_page_in_a_pipe_cuts_nothing(sql: Callable[..., Answer]) -> None:
    """In a pipe each row is one line, with all of its text and no control character."""
    page = sql("SELECT q.text, r.title, NULL AS kosong FROM quote q, revision r ORDER BY 1, 2 LIMIT 3").stdout
    assert [len(page.splitlines()), page.count(LONG.strip())] == [5, 3]
    assert "\x1b" not in page
    assert page.splitlines()[2].endswith("NULL")


def test_page_says_that_there_is_more(sql: Callable[..., Answer]) -> None:
    """A page has a hundred rows, or as many as asked for, and says if there are more; rows are all."""
    assert sql("SELECT ref FROM article").stdout.splitlines()[-1].startswith("… more than 100: --limit")
    assert len(sql("SELECT ref FROM article", "--limit", "120").stdout.splitlines()) == 122
    assert len(sql("SELECT ref FROM article", "--format", "csv").stdout.splitlines()) == 121
    assert len(sql("SELECT ref FROM article", "--format", "csv", "--limit", "5").stdout.splitlines()) == 6


def test_no_row_still_names_the_columns(sql: Callable[..., Answer]) -> None:
    """An answer without rows says which columns it would have."""
    nothing = "SELECT ref, id FROM article WHERE 1 = 0"
    assert sql(nothing).stdout == "No rows (ref, id).\n"
    assert sql(nothing, "--format", "csv").stdout == "ref,id\n"
    assert sql(nothing, "--format", "json").stdout == "[]\n"


@pytest.mark.slow  # the program is started, on a terminal
def test_page_on_a_terminal(told: Door) -> None:
    """On a terminal a table is wrapped to it; more columns than fit are shown a field a line."""
    table = on_terminal(told, "sql", "SELECT ref, text FROM article, quote LIMIT 2", NO_COLOR="1")
    assert max(map(len, table.splitlines())) <= 60
    assert table.split()[:2] == ["ref", "text"]
    wide = "SELECT ref, text AS a, text AS b, text AS c, text AS d FROM article, quote LIMIT 2"
    records = on_terminal(told, "sql", wide, NO_COLOR="1")
    assert max(map(len, records.splitlines())) <= 60
    assert records.startswith("row 1\n  ref")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(
            ("SELECT tak_ada FROM article",), "SQL, line 1, column 8: no such column", id="no column"
        ),
        pytest.param(("DELETE FROM article",), "not authorized; it may only read", id="writes"),
        pytest.param(("--file", "tak-ada.sql"), "tak-ada.sql: No such file", id="no file"),
        pytest.param(("--schema", "v_qoute"), "did you mean v_quote", id="no view"),
        pytest.param(
            (
                "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c",
                "--timeout",
                "0.2",
            ),
            "stopped after 0.2 seconds",
            id="endless",
        ),
    ],
)
def test_errors_are_one_line(sql: Callable[..., Answer], words: tuple[str, ...], error: str) -> None:
    """What goes wrong ends with exit code 1 and one line."""
    answer = sql(*words)
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert error in answer.stderr


def test_schema_lists_all_there_is(told: Door, sql: Callable[..., Answer]) -> None:
    """The schema names every view and table of the base, each column with its meaning, without asking a base."""
    listed = {row["name"]: row for row in asked(told, "sql", "--schema")}
    there = asked(told, "sql", "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    ours = {row["name"] for row in there if not re.search(r"_search|^sqlite_|^alembic_", str(row["name"]))}
    assert set(listed) == ours
    for name, row in listed.items():
        columns = {column["name"] for column in row["columns"]}
        found = asked(told, "sql", f"SELECT name FROM pragma_table_info('{name}')")
        assert columns == {one["name"] for one in found}, name
    page = sql("--schema", "v_quote").stdout.splitlines()
    assert page[0].split() == ["name", "type", "comment"]
    assert page[2].startswith("quote_id") or page[2].startswith("article")
    assert Door(told.folder.parent)("sql", "--schema", "--format", "csv").stdout.startswith(
        "name,kind,comment\nv_"
    )


@pytest.mark.slow
def test_rows_are_written_as_they_come(told: Door) -> None:
    """What has no end can be read in a pipe until one has enough."""
    call = f'{sys.executable} -m kb sql "{ENDLESS.format("n")}" --format jsonl | head -3'
    run = subprocess.run(
        call, shell=True, cwd=told.folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.stdout == '{"n": 1}\n{"n": 2}\n{"n": 3}\n'
    assert run.stderr == ""


@pytest.mark.slow  # the sample articles are ingested
def test_guide_to_python_is_right(sample_kb: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples of docs/python.md give what stands there, on the sample articles."""
    monkeypatch.chdir(sample_kb.folder)
    result = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.slow
def test_guide_to_sql_is_right(sample_kb: Program) -> None:
    """All commands of docs/sql.md run on the sample articles."""
    guide = (ROOT / "docs" / "sql.md").read_text("utf-8")
    (sample_kb.folder / "question.sql").write_text("SELECT kind FROM v_quote", "utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if "kb " in line]
    assert len(lines) > 6
    for line in lines:
        command = re.sub(r"\bkb (?=sql|export)", f"{sys.executable} -m kb ", line)
        run = subprocess.run(
            command,
            shell=True,
            cwd=sample_kb.folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, (line, run.stderr)
    check = "import json, hashlib; m = json.load(open('quotes.parquet.manifest.json')); "
    check += "print(m['sha256'] == hashlib.sha256(open(m['file'], 'rb').read()).hexdigest())"
    run = subprocess.run(
        [sys.executable, "-c", check], cwd=sample_kb.folder, capture_output=True, text=True, check=True
    )
    assert run.stdout == "True\n"
