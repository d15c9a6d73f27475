"""Searching in quotes and articles: the same answers on both engines as words compared one by one give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event
from stories import Said, Story, tell

from kb import query
from kb.curation import decide
from kb.errors import BadSearch
from kb.model import QuoteKind, Verb
from kb.names import fold
from kb.query import QuoteFilter, QuoteRow, read_wanted, search
from kb.query.wanted import MOST_BYTES
from kb.store import tables
from kb.store.database import open_base, open_database, outside_transactions, reading, writing


def story(ref: str, *quotes: str, on: date | None = None, at: datetime | None = None, **others: str) -> Story:
    """Return an article in which Sari says these."""
    said = [Said(quote, "Sari Wulandari", "Sari", None, QuoteKind.DIRECT) for quote in quotes]
    body = "Sari Wulandari hadir. " + " ".join(f"“{quote}” kata Sari." for quote in quotes)
    return Story(ref, body, {"Sari Wulandari": ("PER", "Sari")}, said, on=on, at=at, **others)


STORIES = (
    story(
        "cabai-1", "Harga cabai naik lagi,", "Stok beras aman.", on=date(2024, 6, 18), outlet="Kabar Teluk"
    ),
    story("cabai-2", "Cabai rawit itu naik harga", on=date(2024, 6, 20), outlet="Warta Pasar"),
    story("beras-1", "Beras impor tiba, harga turun", on=date(2024, 6, 19), outlet="Warta Pasar"),
    story("amin-1", "Ma’ruf Al-Amin meninjau Pangkalan", "Penumpang Kim Jong-un panik", outlet="Kabar Teluk"),
    replace(
        story("jagung-1", "Jagung: Rp5.000 per kilogram", on=date(2024, 6, 19)),
        names={"Budi Tarigan": ("PER",), "Sari Wulandari": ("PER", "Sari")},
        body="Budi Tarigan menyebut Jagung: Rp5.000 per kilogram. Sari diam. Sari Wulandari pulang.",
        said=[Said("Jagung: Rp5.000 per kilogram", "Budi Tarigan", "Budi Tarigan", "menyebut")],
    ),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Return a connection to a base that has the stories, told once."""
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("search") / "kb.sqlite3")
    else:
        server = open_database(request.getfixturevalue("postgresql_url"))
        with outside_transactions(server) as execute:
            execute("CREATE DATABASE kb_search ENCODING 'UTF8' TEMPLATE template0")
        url = server.url.set(database="kb_search").render_as_string(hide_password=False)
        server.dispose()
    engine = open_base(url)
    with writing(engine) as connection:
        tell(connection, *STORIES)
    with reading(engine) as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        pytest.param("harga", ["cabai-2", "beras-1", "cabai-1"], id="a word, the newest first"),
        pytest.param("HARGA cabai", ["cabai-2", "cabai-1"], id="all words, in any order and case"),
        pytest.param('"harga cabai"', ["cabai-1"], id="a phrase"),
        pytest.param("“naik harga”", ["cabai-2"], id="in typographic marks"),
        pytest.param("pang*", ["amin-1"], id="a beginning"),
        pytest.param('"al amin meninjau pang*"', ["amin-1"], id="a phrase with a beginning"),
        pytest.param("pang", [], id="whole words only"),
        pytest.param("jagung OR beras", ["beras-1", "jagung-1", "cabai-1"], id="alternatives; a day's by their ids"),
        pytest.param("harga jagung OR cabai", ["cabai-2", "cabai-1"], id="and a word beside them"),
        pytest.param("harga -impor", ["cabai-2", "cabai-1"], id="without a word"),
        pytest.param('harga -"cabai naik"', ["cabai-2", "beras-1"], id="without a phrase"),
        pytest.param("harga -ca*", ["beras-1"], id="without a beginning"),
        pytest.param("ma'ruf", ["amin-1"], id="an apostrophe"),
        pytest.param("MARUF al-amin", ["amin-1"], id="and a hyphen"),
        pytest.param("jong-un", ["amin-1"], id="a printed token of two words"),
        pytest.param("un-jong", [], id="which is a phrase"),
        pytest.param("Rp5.000", ["jagung-1"], id="an amount"),
        pytest.param("harga NOT cabai", [], id="NOT is a word"),
        pytest.param("folded:harga", [], id="no column"),
        pytest.param("NEAR(harga cabai)", [], id="no NEAR"),
    ],
)  # fmt: skip
def test_forms(asked: Connection, text: str, refs: list[str]) -> None:
    """Each documented form finds what it says, the newest first, those of a day by id, undated ones last."""
    assert [quote.article for quote in query.quotes_with(asked, text)] == refs


@pytest.mark.parametrize(
    ("text", "where", "refs"),
    [
        pytest.param("harga", {"since": date(2024, 6, 19)}, ["cabai-2", "beras-1"], id="since"),
        pytest.param("harga", {"until": date(2024, 6, 18)}, ["cabai-1"], id="until"),
        pytest.param("harga OR maruf", {"outlet": "kabar"}, ["cabai-1", "amin-1"], id="outlet"),
        pytest.param("jagung OR beras", {"kind": "indirect"}, ["jagung-1"], id="kind"),
        pytest.param("harga", {"min_confidence": 0.95}, [], id="confidence"),
        pytest.param("naik", {"about": "rawit"}, ["cabai-2"], id="about"),
    ],
)
def test_conditions(asked: Connection, text: str, where: dict[str, Any], refs: list[str]) -> None:
    """The conditions of who-said narrow a search."""
    assert [quote.article for quote in query.quotes_with(asked, text, QuoteFilter(**where))] == refs
    limited = query.quotes_with(asked, text, QuoteFilter(**where), limit=1)
    assert [quote.article for quote in limited] == refs[:1]


def test_speakers(asked: Connection) -> None:
    """Of these speakers means of these only; of nobody, nothing."""
    budi = query.entity_meant(asked, "Budi Tarigan")
    by_budi = query.quotes_with(asked, "jagung OR beras", speakers=[budi.uid])
    assert [quote.article for quote in by_budi] == ["jagung-1"]
    assert list(query.quotes_with(asked, "jagung", speakers=[])) == []


def test_articles(asked: Connection) -> None:
    """Articles are found by their whole text, each with a piece around the first word that was found."""
    rows = list(query.articles_with(asked, "sari -harga"))
    assert [row.article for row in rows] == ["jagung-1", "amin-1"]
    assert (
        rows[0].snippet
        == "Budi Tarigan menyebut Jagung: Rp5.000 per kilogram. Sari diam. Sari Wulandari pulang."
    )
    where = QuoteFilter(outlet="warta", since=date(2024, 6, 20))
    assert [row.article for row in query.articles_with(asked, "sari", where)] == ["cabai-2"]


def test_a_snippet_is_cut_at_words(database: Engine) -> None:
    """Of a long text the words around the first place are shown, with an ellipsis where it goes on."""
    body = "awal kalimat panjang " * 40 + "lalu cabai\n\nmerah " + "sampai akhir halaman " * 40
    with writing(database) as connection:
        tell(connection, Story("panjang-1", body))
        (row,) = query.articles_with(connection, "cabai")
    assert "lalu cabai merah sampai" in row.snippet
    assert (row.snippet[0], row.snippet[-1]) == ("…", "…")
    assert set(row.snippet.strip("…").split()) <= set(body.split())
    assert len(row.snippet) < 200


def test_only_what_is_printed_now_is_found(database: Engine) -> None:
    """Old revisions and rejected quotes are not found; a text that two articles print is found in both."""
    with writing(database) as connection:
        tell(connection, story("satu", "Cabai hijau", "Cabai putih"))
        tell(
            connection,
            story("satu", "Cabai merah", "Cabai putih"),
            story("dua", "Cabai merah", "Cabai putih"),
        )
        _, place = query.quote_meant(connection, "satu", "Cabai putih")
        decide(connection, Verb.REJECT_QUOTE, place, by="uji")
    with reading(database) as connection:
        said = [(quote.article, quote.text) for quote in query.quotes_with(connection, "cabai")]
        assert [row.article for row in query.articles_with(connection, "hijau")] == []
    assert ("dua", "Cabai merah") in said
    assert ("satu", "Cabai merah") in said
    assert not [one for one in said if "hijau" in one[1] or one == ("satu", "Cabai putih")]


def test_rank_is_bounded(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best of the newest come first; an older one that is better is not among them."""
    monkeypatch.setattr(search, "RANKED", 3)
    best = story("a-lama", "cabai cabai cabai", on=date(2024, 1, 1))
    some = [story(f"b-{n}", "cabai " * n + "itu", on=date(2024, 2, n)) for n in (1, 2, 3)]
    with writing(database) as connection:
        tell(connection, best, *some)
        rows = query.quotes_with(connection, "cabai", rank=True)
        assert [quote.article for quote in rows] == ["b-3", "b-2", "b-1"]
        assert [q.article for q in query.quotes_with(connection, "cabai", rank=True, limit=1)] == ["b-3"]
        assert [a.article for a in query.articles_with(connection, "cabai", rank=True)] == [
            "b-3",
            "b-2",
            "b-1",
        ]


WORDS = ("cabai", "ca", "beras", "Jong-un", "ma’ruf", "maruf", "un", "é", "3,5", "OR", "NOT")
BITS = (*WORDS, "ca*", "jong*", '"ca beras"', '"beras ca*"', "-un", '-"cabai ca"', "-be*", "-", '"', "(", "*")
SAYINGS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
DAYS = st.sampled_from([None, date(2024, 5, 1), date(2024, 5, 2)])
HOURS = st.sampled_from([None, 3, 15])


@st.composite
def bases(draw: st.DrawFn) -> Sequence[Story]:
    """Return a few articles, some of them of one day, one time, one text, or undated."""
    stories = []
    for number in range(draw(st.integers(1, 6))):
        day, hour = draw(DAYS), draw(HOURS)
        at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC) if day and hour else None
        quotes = draw(st.lists(SAYINGS, min_size=1, max_size=3, unique=True))
        stories.append(
            story(
                f"{draw(st.sampled_from('aB_'))}{number}", *(f"{quote}." for quote in quotes), on=day, at=at
            )
        )
    return stories


SEARCHES = st.lists(st.sampled_from(BITS), min_size=1, max_size=4).map(" ".join)
BOUNDS = st.tuples(st.integers(1, 6), st.integers(0, 6), st.integers(1, 12))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=bases(), searches=st.lists(SEARCHES, min_size=4, max_size=4), bounds=BOUNDS)
def test_engines_agree(
    database: Engine,
    monkeypatch: pytest.MonkeyPatch,
    stories: Sequence[Story],
    searches: Sequence[str],
    bounds: tuple[int, int, int],
) -> None:
    """Whatever is asked of whatever base, each engine gives what words compared one by one give, in that order."""
    for name, bound in zip(("FEW", "COMMON", "MANY"), bounds, strict=True):
        monkeypatch.setattr(search, name, bound)
    with writing(database) as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        tell(connection, *stories)
        said = sorted(query.all_quotes(connection), key=newest)
        for typed in searches:
            try:
                wanted = read_wanted(typed)
            except BadSearch:
                continue
            fitting = [quote for quote in said if wanted.fits(fold(quote.text))]
            bodies = {one.id: fold(one.body) for one in stories}
            named = [row.article for row in query.articles(connection) if wanted.fits(bodies[row.article])]
            for limit in (None, 2):
                assert list(query.quotes_with(connection, typed, limit=limit)) == fitting[:limit]
                told = [row.article for row in query.articles_with(connection, typed, limit=limit)]
                assert told == named[:limit]


def newest(quote: QuoteRow) -> tuple[object, ...]:
    """Return the place of a quote in the order of answers."""
    day, at = quote.published_on, quote.published_at
    hour = at is None, -at.timestamp() if at else 0
    return day is None, -day.toordinal() if day else 0, *hour, quote.article, quote.start


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    typed=st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(BITS), st.text(max_size=3))).map(" ".join))
)
def test_nothing_typed_breaks_it(asked: Connection, typed: str) -> None:
    """Any text whatever finds something, or nothing, or is refused in one line."""
    try:
        rows = list(query.quotes_with(asked, typed))
    except BadSearch:
        return
    list(query.articles_with(asked, typed, limit=1))
    assert len(rows) <= 6


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("zz{} ", id="words"),
        pytest.param("zz{}* ", id="beginnings"),
        pytest.param("zz{} OR ", id="alternatives"),
        pytest.param("-zz{} zz ", id="unwanted"),
        pytest.param('"zz z{}" ', id="phrases"),
        pytest.param("z{:0>1999} ", id="one word"),
    ],
)
def test_long_searches(asked: Connection, typed: str) -> None:
    """As many words as are allowed do not break an engine's own limits."""
    whole = "".join(map(typed.format, range(500)))[:MOST_BYTES]
    assert list(query.quotes_with(asked, whole)) == []
    assert list(query.articles_with(asked, whole)) == []


@pytest.mark.parametrize(
    ("few", "common", "read"),
    [
        pytest.param(0, 100, {"quote_search", "body_search"}, id="rare"),
        pytest.param(0, 10, {"ix_report_newest", "ix_revision_published_on"}, id="common"),
        pytest.param(50, 0, {"ix_report_newest", "ix_revision_published_on"}, id="among the newest"),
    ],
)
def test_indexes_answer(
    database: Engine, monkeypatch: pytest.MonkeyPatch, few: int, common: int, read: set[str]
) -> None:
    """A rare word is found by the index of words, a common one along the index of days: no table is read through."""
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "COMMON", common)
    with writing(database) as connection:
        tell(
            connection,
            *(story(f"hari-{n}", f"cabai ke {n}", on=date(2024, 1, 1 + n % 28)) for n in range(60)),
        )
        with plans_of(connection) as plans:
            assert len(list(query.quotes_with(connection, "cabai -ri*", limit=2))) == 2
            assert len(list(query.articles_with(connection, "cabai -ri*", limit=2))) == 2
        text = "\n".join(plans)
    assert all(index in text for index in read), text
    big = ("SCAN report\n", "SCAN quote\n", "SCAN body\n", "SCAN revision\n", "Seq Scan on", "SCAN r\n")
    assert not [scan for scan in big if scan in f"{text}\n"], text


@contextmanager
def plans_of(connection: Connection) -> Iterator[list[str]]:
    """Fill a list with the plans of all that is asked meanwhile, as PostgreSQL makes them for large tables."""
    asked: list[tuple[str, Any]] = []
    plans: list[str] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        for way in ("seqscan", "sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    event.listen(connection, "before_cursor_execute", note)
    yield plans
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    for statement, parameters in asked:
        plans += (str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))
