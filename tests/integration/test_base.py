"""The Python door: the same questions as the commands, the same rows, and what pandas makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas
import pytest
from harvest import make_harvest
from program import Door

import kb
from kb import errors
from kb.base import Base
from kb.export import record_of

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of a base with a few articles."""
    return make_harvest(request, request.param)


@pytest.fixture
def base(url: str) -> Iterator[Base]:
    """Return the base, open."""
    with kb.open(url) as base:
        yield base


SQL = "SELECT article, kind, published_on, :n + 1 AS n FROM v_quote WHERE outlet = :outlet ORDER BY 1, 2"

Ask = Callable[[Base], Any]

QUESTIONS: dict[str, tuple[tuple[str, ...], Ask]] = {
    "who-said": (("who-said", "Sari Wulandari"), lambda base: base.who_said("Sari Wulandari")),
    "who-said, filtered": (
        (
            *("who-said", "Sari", "--kind", "direct", "--since", "2026-03-01", "--until", "2026-03-02"),
            *(
                "--outlet",
                "lereng",
                "--about",
                "panen",
                "--min-confidence",
                "0.5",
                "--limit",
                "1",
                "--no-cluster",
            ),
        ),
        lambda base: base.who_said(
            "Sari",
            kind="direct",
            since="2026-03-01",
            until="2026-03-02",
            outlet="lereng",
            about="panen",
            min_confidence=0.5,
            limit=1,
            cluster=False,
        ),
    ),
    "quotes": (("quotes", "panen"), lambda base: base.quotes("panen")),
    "quotes, filtered": (
        ("quotes", "panen OR cabai", "--by", "Budi Karsa", "--kind", "indirect", "--rank", "--limit", "3"),
        lambda base: base.quotes("panen OR cabai", by="Budi Karsa", kind="indirect", rank=True, limit=3),
    ),
    "entities": (
        ("entities", "--type", "PER", "--like", "sari"),
        lambda base: base.entities(type="PER", like="sari"),
    ),
    "entity": (("entity", "Budi Karsa"), lambda base: base.entity("Budi Karsa")),
    "articles": (
        ("articles", "--since", "2026-03-02", "--limit", "5"),
        lambda base: base.articles(since="2026-03-02", limit=5),
    ),
    "articles with words": (("articles", "--text", "irigasi"), lambda base: base.articles(text="irigasi")),
    "article": (("article", "irigasi-1"), lambda base: [base.article("irigasi-1")]),
    "article history": (
        ("article", "history", "pasar-1"),
        lambda base: [base.article_history("pasar-1")],
    ),
    "article diff": (("article", "diff", "pasar-1"), lambda base: [base.article_diff("pasar-1")]),
    "quote": (
        ("quote", "irigasi-1", "2", "--provenance"),
        lambda base: [base.quote("irigasi-1", 2, provenance=True)],
    ),
    "pipeline list": (("pipeline", "list"), lambda base: base.pipelines()),
    "export quotes": (
        ("export", "quotes", "--kind", "direct", "--since", "2026-03-02"),
        lambda base: base.export("quotes", kind="direct", since="2026-03-02"),
    ),
    "export mentions": (
        ("export", "mentions", "--article", "irigasi-1"),
        lambda base: base.export("mentions", article="irigasi-1"),
    ),
    "export entities": (("export", "entities"), lambda base: base.export("entities")),
    "export articles": (
        ("export", "articles", "--outlet", "warta"),
        lambda base: base.export("articles", outlet="warta"),
    ),
    "export cooccurrence": (("export", "cooccurrence"), lambda base: base.export("cooccurrence")),
    "sql": (
        (
            *(
                "sql",
                "SELECT article, kind, published_on, :n + 1 AS n FROM v_quote WHERE outlet = :outlet ORDER BY 1, 2",
            ),
            *("-p", "n=4", "-p", "outlet=Kabar Lereng"),
        ),
        lambda base: base.sql(SQL, n=4, outlet="Kabar Lereng"),
    ),
    "sql --schema": (("sql", "--schema"), lambda base: base.schema()),
    "sql --schema v_quote": (("sql", "--schema", "v_quote"), lambda base: base.schema("v_quote")),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_door_and_command_give_the_same(url: str, base: Base, tmp_path: Path, question: str) -> None:
    """Each question has the same rows in Python as on the command line, and some."""
    words, ask = QUESTIONS[question]
    formats = () if words[0] == "export" else ("--format", "jsonl")
    answer = Door(tmp_path)("--db", url, *words, *formats)
    assert answer.code == 0, answer.stderr
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [json.loads(json.dumps(record_of(row))) for row in ask(base)] == told
    assert told


def test_pandas_takes_rows_as_they_are(base: Base) -> None:
    """Rows become a table with a column for each field, in their order; times are times, days can be made ones."""
    said = pandas.DataFrame(base.who_said("Sari Wulandari", cluster=False))
    assert list(said.columns)[:4] == ["article", "kind", "text", "start"]
    assert str(said["published_at"].dtype) == "datetime64[us, UTC]"
    days = pandas.to_datetime(said["published_on"]).dt.strftime("%Y-%m")
    assert said.groupby(days).size().to_dict() == {"2026-03": 3}


def test_pandas_takes_sql_as_it_is(base: Base) -> None:
    """The rows of a query become a table with its columns, the same from both engines, and of no rows one without."""
    counted = base.sql(
        "SELECT kind, count(*) AS n, avg(confidence) AS sure FROM v_quote GROUP BY kind ORDER BY kind"
    )
    table = pandas.DataFrame(counted)
    assert table.to_dict("list") == {"kind": ["direct", "indirect"], "n": [3, 2], "sure": [0.9, 0.9]}
    assert [str(kind) for kind in table.dtypes][1:] == ["int64", "float64"]
    nothing = base.sql("SELECT article, kind FROM v_quote WHERE 1 = 0")
    assert list(pandas.DataFrame(nothing, columns=nothing.columns).columns) == ["article", "kind"]


def test_export_is_read_as_it_is_asked_for(base: Base) -> None:
    """An iterator may be left before its end, and other questions asked meanwhile."""
    rows = base.export("quotes")
    first = next(rows)
    assert len(base.articles()) == 3
    assert [first, *rows] == list(base.export("quotes"))
    half = base.sql("SELECT ref FROM article")
    next(half)
    half.close()
    assert list(half) == []


def test_threads_share_a_base(base: Base) -> None:
    """Several threads ask one base at the same time, each with the answer that it has alone."""
    alone = base.who_said("Sari Wulandari")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: base.who_said("Sari Wulandari"), range(24)))
    assert answers == [alone] * 24


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        pytest.param(lambda base: base.who_said("Tak Dikenal Sama Sekali"), errors.NotFound, id="nobody"),
        pytest.param(lambda base: base.article("tak-ada"), errors.NotFound, id="no article"),
        pytest.param(lambda base: base.schema("v_tak_ada"), errors.NotFound, id="no view"),
        pytest.param(lambda base: base.articles(since="kemarin"), errors.BadQuestion, id="no day"),
        pytest.param(lambda base: base.entities(type="XXX"), errors.BadQuestion, id="no type"),
        pytest.param(lambda base: base.export("rumor"), errors.BadQuestion, id="nothing to export"),
        pytest.param(
            lambda base: base.export("entities", since="2026-01-01"), errors.BadQuestion, id="filter"
        ),
        pytest.param(lambda base: base.export("mentions", kind="direct"), errors.BadQuestion, id="no kind"),
        pytest.param(
            lambda base: list(base.export("quotes", article="tak-ada")), errors.NotFound, id="article"
        ),
        pytest.param(lambda base: base.sql("DELETE FROM quote"), errors.BadStatement, id="writes"),
        pytest.param(lambda base: base.quotes('"'), errors.KbError, id="search"),
    ],
)
def test_errors_are_of_kb(base: Base, ask: Ask, error: type[errors.KbError]) -> None:
    """What goes wrong is one of kb's own errors, raised where the question is asked."""
    with pytest.raises(error):
        ask(base)


@on_sqlite
def test_no_base_is_made(tmp_path: Path, url: str) -> None:
    """Opening what is not there is an error and makes nothing; a file without our tables is another one."""
    with pytest.raises(errors.NoDatabase):
        kb.open(tmp_path / "tak-ada.sqlite3")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "kosong.sqlite3").touch()
    with pytest.raises(errors.SchemaMismatch):
        kb.open(tmp_path / "kosong.sqlite3")
    assert url
