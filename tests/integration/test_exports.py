"""Exports of a base: which rows, in constant memory, with a manifest that says what made them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from generated_base import fill
from harvest import make_harvest
from program import Answer, Door
from pyarrow import parquet
from sqlalchemy import Connection, Engine, text

from kb.query.exports import EXPORTS, ExportFilter, export_rows
from kb.store.database import open_to_read, reading

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of a base with a few articles."""
    return make_harvest(request, request.param)


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    """Return a connection to it."""
    with reading(open_to_read(url)) as connection:
        yield connection


@pytest.fixture
def export(url: str, tmp_path: Path) -> Callable[..., Answer]:
    """Return `kb export` of the base, called in an empty folder."""
    return lambda *words: Door(tmp_path)("--db", url, "export", *words)


@pytest.mark.parametrize(
    ("where", "articles"),
    [
        pytest.param(ExportFilter(), ["irigasi-1", "irigasi-1", "irigasi-2", "pasar-1", "pasar-1"], id="all"),
        pytest.param(ExportFilter(kind="direct"), ["irigasi-1", "irigasi-2", "pasar-1"], id="kind"),
        pytest.param(ExportFilter(since=date(2026, 3, 3)), ["irigasi-2"], id="since"),
        pytest.param(ExportFilter(until=date(2026, 3, 2)), ["irigasi-1", "irigasi-1"], id="until"),
        pytest.param(ExportFilter(outlet="bukit"), ["irigasi-2"], id="outlet"),
        pytest.param(ExportFilter(article="pasar"), ["pasar-1", "pasar-1"], id="article, how only it begins"),
        pytest.param(ExportFilter(article="irigasi-1", kind="direct", outlet="warta"), [], id="several"),
    ],
)
def test_filters(connection: Connection, where: ExportFilter, articles: list[str]) -> None:
    """An export has the quotes that fit all of its filters, in the order of articles and texts."""
    assert [row.article for row in export_rows(connection, "quotes", where)] == articles


@pytest.mark.parametrize("what", ["mentions", "articles", "cooccurrence"])
def test_filters_of_articles(connection: Connection, what: str) -> None:
    """What is not quotes goes by the articles that pass: of one outlet there is something, of none nothing."""
    assert list(export_rows(connection, what, ExportFilter(outlet="lereng", until=date(2026, 3, 2))))
    assert not list(export_rows(connection, what, ExportFilter(outlet="tak ada")))
    everything = list(export_rows(connection, what, ExportFilter()))
    assert len(everything) > len(list(export_rows(connection, what, ExportFilter(article="pasar-1"))))


def test_pairs_are_those_of_the_view(connection: Connection) -> None:
    """Co-occurrence has each pair of v_cooccurrence once, with the same columns and values."""
    view = "SELECT uid, other_uid, n_articles FROM v_cooccurrence WHERE uid < other_uid"
    expected = {tuple(row) for row in connection.execute(text(view))}
    pairs = list(export_rows(connection, "cooccurrence", ExportFilter()))
    assert {(pair.uid, pair.other_uid, pair.n_articles) for pair in pairs} == expected
    assert len(pairs) == len(expected)
    columns = connection.execute(text("SELECT * FROM v_cooccurrence LIMIT 0")).keys()
    assert list(columns) == list(EXPORTS["cooccurrence"].row_type.__slots__)  # type: ignore[attr-defined]
    together = {frozenset((pair.name, pair.other_name)): pair for pair in pairs}
    found = together[frozenset(("Budi Karsa", "Sari Wulandari"))]
    assert (found.n_articles, found.first_on, found.last_on) == (1, date(2026, 3, 3), date(2026, 3, 3))
    assert together[frozenset(("Budi Karsa", "Lereng"))].first_on is None


@pytest.mark.parametrize("what", [*EXPORTS, "prov"])
def test_file_and_manifest(export: Callable[..., Answer], tmp_path: Path, what: str) -> None:
    """A file comes with a manifest that has its rows, bytes and hash, and the pipeline that annotated the texts."""
    assert export(what, "--out", "keluar.jsonl") == Answer(0, "", "")
    file = (tmp_path / "keluar.jsonl").read_bytes()
    told = json.loads((tmp_path / "keluar.jsonl.manifest.json").read_text("utf-8"))
    assert (told["n_bytes"], told["sha256"]) == (len(file), hashlib.sha256(file).hexdigest())
    assert (told["file"], told["what"], told["filters"]) == ("keluar.jsonl", what, {})
    assert [(one["rules"], one["n_texts"], one["n_articles"]) for one in told["pipelines"]] == [
        ("stories", 3, 3)
    ]
    assert all(told[name] for name in ("kb", "schema", "views", "made_at"))
    if what != "prov":
        rows = [json.loads(line) for line in file.splitlines()]
        assert (told["n_rows"], list(told["columns"])) == (len(rows), list(rows[0]))
    assert export(what).stdout.encode() == file


def test_manifest_tells_the_filters(export: Callable[..., Answer], tmp_path: Path) -> None:
    """The manifest says what was asked for, and counts only what is within."""
    assert (
        export("quotes", "--kind", "direct", "--since", "2026-03-03", "-f", "csv", "--out", "q.csv").code == 0
    )
    told = json.loads((tmp_path / "q.csv.manifest.json").read_text("utf-8"))
    assert (told["filters"], told["format"]) == ({"since": "2026-03-03", "kind": "direct"}, "csv")
    assert (told["n_rows"], told["pipelines"][0]["n_articles"]) == (1, 1)
    assert told["columns"]["published_on"] == "date | None"


def test_manifest_of_standard_output(export: Callable[..., Answer], tmp_path: Path) -> None:
    """What goes to standard output has a manifest if one is asked for, of the same bytes."""
    answer = export("entities", "--manifest", "m.json")
    told = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert told["sha256"] == hashlib.sha256(answer.stdout.encode()).hexdigest()
    assert told["file"] is None
    assert [path.name for path in tmp_path.iterdir()] == ["m.json"]


@pytest.mark.parametrize("what", EXPORTS)
def test_formats_have_the_same_rows(export: Callable[..., Answer], tmp_path: Path, what: str) -> None:
    """JSON Lines, CSV and Parquet hold the same rows with the same columns."""
    lines = [json.loads(line) for line in export(what).stdout.splitlines()]
    cells = list(csv.DictReader(io.StringIO(export(what, "--format", "csv").stdout)))
    assert export(what, "--format", "parquet", "--out", "x.parquet").code == 0
    table = parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert [list(row) for row in cells] == [list(row) for row in table] == [list(row) for row in lines]
    assert [{k: str(v) for k, v in row.items() if isinstance(v, str | int)} for row in lines] == [
        {k: v for k, v in row.items() if isinstance(line[k], str | int)}
        for row, line in zip(cells, lines, strict=True)
    ]
    assert [{k: _plain(v) for k, v in row.items()} for row in table] == lines


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return re.sub(r"\+00:00$", "Z", value.isoformat())
    return value


@on_sqlite
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("entities", "--since", "2026-03-03"), id="days of entities"),
        pytest.param(("mentions", "--kind", "direct"), id="kind of mentions"),
        pytest.param(("prov", "--format", "csv"), id="prov as CSV"),
        pytest.param(("prov", "--outlet", "x"), id="prov of an outlet"),
        pytest.param(("rumor",), id="nothing of that name"),
    ],
)
def test_what_does_not_fit_is_wrong_usage(
    export: Callable[..., Answer], tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A filter or format that rows do not have is refused before anything is written."""
    answer = export(*words, "--out", "x")
    assert (answer.code, answer.stdout) == (2, "")
    assert list(tmp_path.iterdir()) == []


WRITING = """
import re, sys
from datetime import date
from pathlib import Path
from kb.export import write_file
from kb.query.exporting import Exporting
from kb.query.exports import ExportFilter
from kb.store.database import open_to_read, reading
url, what, format, until, out = sys.argv[1:]
asked = Exporting(what, ExportFilter(until=date.fromisoformat(until)), format)
with reading(open_to_read(url)) as connection:
    written = write_file(Path(out), lambda stream: asked.write(connection, stream), lambda _: {})
print(written.n_rows, re.findall(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[0])
"""


def rows_and_peak(engine: Engine, what: str, format: str, until: date, folder: Path) -> tuple[int, float]:
    """Return how many rows an export has, and the largest memory in MiB of the process that writes it."""
    url = engine.url.render_as_string(hide_password=False)
    call = [sys.executable, "-c", WRITING, url, what, format, str(until), str(folder / f"keluar.{format}")]
    run = subprocess.run(call, capture_output=True, text=True, check=True)
    n_rows, peak = run.stdout.split()
    return int(n_rows), int(peak) / 1024


@pytest.mark.slow  # thousands of articles are made, and the interpreter started for each export
def test_memory_does_not_grow_with_the_rows(database: Engine, tmp_path: Path) -> None:
    """An export of many times as many rows, up to two hundred thousand of them, takes hardly more memory.

    64 MiB are allowed, a fraction of what the rows take: Parquet has one group of rows in memory, or a part of one.
    """
    fill(database, 60_000)
    with reading(database) as connection:
        days = "SELECT published_on FROM revision WHERE published_on IS NOT NULL ORDER BY published_on"
        ordered = [date.fromisoformat(str(day)) for day in connection.execute(text(days)).scalars()]
    early, late = ordered[len(ordered) // 10], ordered[-1]
    most = 0
    for what, format in (
        ("quotes", "jsonl"),
        ("quotes", "csv"),
        ("mentions", "parquet"),
        ("cooccurrence", "csv"),
    ):
        n_few, low = rows_and_peak(database, what, format, early, tmp_path)
        n_many, high = rows_and_peak(database, what, format, late, tmp_path)
        assert n_many > 4 * n_few, what
        assert high - low < 64, (what, format, n_few, low, n_many, high)
        most = max(most, n_many)
    assert most > 200_000
