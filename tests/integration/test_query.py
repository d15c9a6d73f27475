"""Questions to a base with a few invented stories, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from stories import Said, Story, tell

from kb import query
from kb.errors import NotFound
from kb.model import EntityType, QuoteKind, Seed
from kb.query import QuoteFilter
from kb.store.database import reading, writing

FLOOD = Story(
    "banjir-1",
    "Teluk Asri — Camat Teluk Asri, Sari Wulandari, mengatakan air mulai surut. Warga lega.\n\n"
    "“Posko AS tetap dibuka,” kata Sari. Ia menyebut Ma’ruf Al-Amin masih di lokasi.\n\n"
    "Dinas Sosial meminta warga bersabar.",
    {
        "Sari Wulandari": ("PER", "Sari"),
        "Ma’ruf Al-Amin": ("PER",),
        "Teluk Asri": ("LOC",),
        "Dinas Sosial": ("ORG",),
        "AS": ("LOC",),
    },
    [
        Said("air mulai surut", "Sari Wulandari", "Sari Wulandari", "mengatakan"),
        Said("Posko AS tetap dibuka,", "Sari Wulandari", "Sari", "kata", QuoteKind.DIRECT),
        Said("Ma’ruf Al-Amin masih di lokasi", "Sari Wulandari", "Ia", "menyebut", confidence=0.4),
        Said("warga bersabar", "Dinas Sosial", "Dinas Sosial", "meminta"),
    ],
    on=date(2024, 6, 18),
    at=datetime(2024, 6, 17, 23, 0, tzinfo=UTC),
    outlet="Kabar Teluk",
    title="Air Surut",
)
MARKET = Story(
    "pasar-1",
    "Kepala pasar Agus Santoso mengatakan harga cabai turun. Menurut dia, stok aman.",
    {"Agus Santoso": ("PER", "Santoso")},
    [
        Said("harga cabai turun", "Agus Santoso", "Agus Santoso", "mengatakan"),
        Said("stok aman", None, "dia", "Menurut", candidates=["Agus Santoso"]),
    ],
    on=date(2024, 6, 20),
    outlet="Warta Pasar",
)
SCHOOL = Story(
    "sekolah-1",
    "Guru Budi Santoso mengatakan kelas dimulai Senin. Sari Wulandari hadir.",
    {"Budi Santoso": ("PER",), "Sari Wulandari": ("PER",)},
    [Said("kelas dimulai Senin", "Budi Santoso", "Budi Santoso", "mengatakan")],
)
SONG = Story(
    "lagu-1",
    "Penyanyi Budi Santoso Wijaya mengatakan albumnya selesai. Amerika Serikat menanti.",
    {"Budi Santoso Wijaya": ("PER",), "Amerika Serikat": ("LOC",)},
    [Said("albumnya selesai", "Budi Santoso Wijaya", "Budi Santoso Wijaya", "mengatakan")],
    on=date(2024, 6, 19),
)
STORIES = (FLOOD, MARKET, SCHOOL, SONG)
SEEDS = (Seed(EntityType.LOC, "Amerika Serikat", ("AS", "Paman Sam"), wikidata="Q30", note="negara"),)


@pytest.fixture
def asked(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base that has the stories."""
    with writing(database) as connection:
        tell(connection, *STORIES, seeds=SEEDS)
    with reading(database) as connection:
        yield connection


def names(connection: Connection, name: str) -> list[str]:
    return [row.name for row in query.entities_named(connection, name)]


def said(connection: Connection, name: str, **where: object) -> list[str]:
    answers = query.who_said(connection, name, QuoteFilter(**where))  # type: ignore[arg-type]
    return [quote.text for answer in answers for quote in answer.quotes]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Sari Wulandari", ["Sari Wulandari"], id="in full"),
        pytest.param("Wulandari", ["Sari Wulandari"], id="a part that no article prints alone"),
        pytest.param("wulandari sari", ["Sari Wulandari"], id="words in another order"),
        pytest.param("Ibu SARI", ["Sari Wulandari"], id="case and title"),
        pytest.param("maruf al amin", ["Ma’ruf Al-Amin"], id="without apostrophe and hyphen"),
        pytest.param("Ma'ruf Alamin", ["Ma’ruf Al-Amin"], id="run together"),
        pytest.param("Máruf", ["Ma’ruf Al-Amin"], id="diacritics"),
        pytest.param("Paman Sam", ["Amerika Serikat"], id="an alias of the seeds"),
        pytest.param("dinas sosial", ["Dinas Sosial"], id="an organisation"),
        pytest.param("Teluk", ["Teluk Asri"], id="part of a place"),
        pytest.param(
            "Santoso", ["Agus Santoso", "Budi Santoso", "Budi Santoso Wijaya"], id="short name of three"
        ),
        pytest.param("Budi Santoso", ["Budi Santoso"], id="in full beats a longer name"),
        pytest.param("Budi Wijaya", ["Budi Santoso Wijaya"], id="first and last word"),
    ],
)
def test_name_finds_entity(asked: Connection, name: str, found: list[str]) -> None:
    """Names are found however they are printed; who shares a short name is listed apart."""
    assert names(asked, name) == found


def test_uid_finds_entity(asked: Connection) -> None:
    """A uid names its entity too."""
    (sari,) = query.entities_named(asked, "Sari")
    assert query.entities_named(asked, sari.uid) == [sari]


def test_unknown_name_suggests_near_ones(asked: Connection) -> None:
    """A name that nobody bears is NotFound, with names that are spelt nearly so."""
    with pytest.raises(NotFound, match="Sari Wulandari"):
        names(asked, "Sari Wulandary")
    for name in ("Zzyzx", "%", "_", "’", "…"):
        with pytest.raises(NotFound):
            names(asked, name)


def test_who_said_keeps_namesakes_apart(asked: Connection) -> None:
    """Two people of one short name get an answer each."""
    answers = {a.name: [q.text for q in a.quotes] for a in query.who_said(asked, "Santoso")}
    assert answers == {
        "Agus Santoso": ["harga cabai turun"],
        "Budi Santoso": ["kelas dimulai Senin"],
        "Budi Santoso Wijaya": ["albumnya selesai"],
    }


def test_quote_row_is_complete(asked: Connection) -> None:
    """A quote says who, how, when and where, with the sentence around it."""
    (sari,) = query.entities_named(asked, "Sari")
    quote = list(query.quotes_by(asked, [sari.uid]))[1]
    assert (quote.article, quote.kind, quote.cue) == ("banjir-1", "direct", "kata")
    assert FLOOD.body[quote.start : quote.end] == quote.text == "Posko AS tetap dibuka,"
    assert (quote.speaker, quote.speaker_mention, quote.speaker_type) == ("Sari Wulandari", "Sari", "PER")
    assert (quote.speaker_entity, quote.entity_name) == (sari.uid, "Sari Wulandari")
    assert (quote.outlet, quote.title, quote.published_on) == ("Kabar Teluk", "Air Surut", date(2024, 6, 18))
    assert quote.published_at == datetime(2024, 6, 17, 23, 0, tzinfo=UTC)
    assert quote.context == "“Posko AS tetap dibuka,” kata Sari."


@pytest.mark.parametrize(
    ("where", "found"),
    [
        pytest.param({"kind": QuoteKind.DIRECT}, ["Posko AS tetap dibuka,"], id="kind"),
        pytest.param({"since": date(2024, 6, 19)}, [], id="since the next day"),
        pytest.param({"since": date(2024, 6, 18), "until": date(2024, 6, 18), "kind": "direct"},
                     ["Posko AS tetap dibuka,"], id="the local day, not the UTC one"),
        pytest.param({"until": date(2024, 6, 17)}, [], id="until the day before"),
        pytest.param({"outlet": "kabar", "kind": "direct"}, ["Posko AS tetap dibuka,"], id="outlet in part"),
        pytest.param({"outlet": "Warta Pasar"}, [], id="another outlet"),
        pytest.param({"about": "POSKO"}, ["Posko AS tetap dibuka,"], id="a word"),
        pytest.param({"about": "surut air"}, ["air mulai surut"], id="all words, in any order"),
        pytest.param({"about": "buka"}, ["Posko AS tetap dibuka,"], id="the root of a word"),
        pytest.param({"about": "al amin"}, ["Ma’ruf Al-Amin masih di lokasi"], id="a folded name"),
        pytest.param({"about": "Amerika Serikat"}, ["Posko AS tetap dibuka,"], id="a name by its alias"),
        pytest.param({"about": "kas"}, [], id="a short word only as a whole"),
        pytest.param({"about": "100%"}, [], id="no wildcard"),
        pytest.param({"min_confidence": 0.5}, ["air mulai surut", "Posko AS tetap dibuka,"], id="confidence"),
    ],
)  # fmt: skip
def test_filters(asked: Connection, where: dict[str, object], found: list[str]) -> None:
    """Each condition takes away just what does not meet it."""
    assert said(asked, "Sari", **where) == found


def test_newest_first_and_undated_last(asked: Connection) -> None:
    """Quotes come newest first; those of undated articles come last, and pass no day."""
    uids = [row.uid for name in ("Santoso", "Sari") for row in query.entities_named(asked, name)]
    days = [quote.published_on for quote in query.quotes_by(asked, uids)]
    assert days == [date(2024, 6, 20), date(2024, 6, 19), *[date(2024, 6, 18)] * 3, None]
    assert None not in [q.published_on for q in query.quotes_by(asked, uids, QuoteFilter(since=date.min))]


def test_limit_leaves_the_count(asked: Connection) -> None:
    """A limit shortens the list of each speaker, not the number that is told."""
    (answer,) = query.who_said(asked, "Sari", limit=2)
    assert (len(answer.quotes), answer.n_quotes) == (2, 3)


def test_open_speaker_is_nobody_s_quote(asked: Connection) -> None:
    """A quote of unclear speaker is not given to its candidate, but counted there."""
    (answer,) = query.who_said(asked, "Agus Santoso")
    assert (answer.n_quotes, answer.n_open) == (1, 1)
    (open_quote,) = [q for q in query.all_quotes(asked) if q.speaker is None]
    assert (open_quote.text, open_quote.speaker_mention, open_quote.speaker_entity) == (
        "stok aman",
        "dia",
        None,
    )


def test_syndicated_text_counts_for_each_article(database: Engine) -> None:
    """Two articles that share a text have a row each, in exports, answers and counts."""
    with writing(database) as connection:
        tell(connection, SCHOOL, replace(SCHOOL, id="sekolah-2", outlet="Antarmuka"))
    with reading(database) as connection:
        assert [q.article for q in query.all_quotes(connection)] == ["sekolah-1", "sekolah-2"]
        assert len(list(query.all_mentions(connection))) == 4
        (budi,) = query.entities_named(connection, "Budi")
        assert (budi.n_mentions, budi.n_quotes, budi.n_articles) == (2, 2, 2)


def test_only_current_states_answer(database: Engine) -> None:
    """An old revision and an old annotation are kept, but do not answer."""
    changed = replace(MARKET, body="Agus Santoso mengatakan harga naik.", said=(
        [Said("harga naik", "Agus Santoso", "Agus Santoso", "mengatakan")]
    ))  # fmt: skip
    with writing(database) as connection:
        tell(connection, MARKET, SCHOOL)
        tell(connection, changed)
        tell(connection, replace(SCHOOL, said=()), rules="newer")
    with reading(database) as connection:
        assert [quote.text for quote in query.all_quotes(connection)] == ["harga naik"]
        assert {row.name: row.n_quotes for row in query.entities(connection)} == {
            "Agus Santoso": 1,
            "Budi Santoso": 0,
            "Sari Wulandari": 0,
        }
        assert query.article_named(connection, "pasar-1").article.revision == 2


def test_exports_are_in_order_and_true(asked: Connection) -> None:
    """Exported rows stand in the order of article ids and of the text, and are what the text has there."""
    bodies = {story.id: story.body for story in STORIES}
    rows = [*query.all_quotes(asked)], [*query.all_mentions(asked)]
    for found in rows:
        assert [(r.article, r.start) for r in found] == sorted((r.article, r.start) for r in found)
        assert all(bodies[r.article][r.start : r.end] == r.text for r in found)
    short = next(mention for mention in rows[1] if mention.text == "AS")
    assert (short.entity, short.entity_name, short.type) == ("AS", "Amerika Serikat", "LOC")


def test_article_ids_sort_by_code_point(database: Engine) -> None:
    """Article ids have the same order on every engine, whatever its locale."""
    with writing(database) as connection:
        tell(connection, *(replace(SCHOOL, id=ref) for ref in ("b", "a-2", "B", "a 1", "ä", "_")))
    with reading(database) as connection:
        assert [q.article for q in query.all_quotes(connection)] == ["B", "_", "a 1", "a-2", "b", "ä"]


def test_entities_by_type_and_part_of_name(asked: Connection) -> None:
    """Entities are listed most mentioned first, by type and by part of a name or alias."""
    rows = list(query.entities(asked))
    assert rows[0].name == "Sari Wulandari"
    assert (rows[0].n_mentions, rows[0].n_quotes, rows[0].n_articles) == (3, 3, 2)
    assert {row.name for row in query.entities(asked, type=EntityType.ORG)} == {"Dinas Sosial"}
    assert [row.name for row in query.entities(asked, like="paman")] == ["Amerika Serikat"]
    assert [row.name for row in query.entities(asked, limit=1)] == ["Sari Wulandari"]


def test_entity_page(asked: Connection) -> None:
    """An entity's page has its aliases, ids, company, newest articles and quotes."""
    (row,) = query.entities_named(asked, "Amerika Serikat")
    page = query.entity_page(asked, row)
    assert (page.aliases, page.external_ids, page.note) == (("AS", "Paman Sam"), ("wikidata:Q30",), "negara")
    assert [article.article for article in page.articles] == ["lagu-1", "banjir-1"]
    assert {related.name for related in page.related} >= {"Sari Wulandari", "Budi Santoso Wijaya"}
    (sari,) = query.entities_named(asked, "Sari")
    assert query.entity_page(asked, sari).related[0].n_articles == 1
    assert len(query.entity_page(asked, sari).quotes) == 3


def test_articles_by_day_and_outlet(asked: Connection) -> None:
    """Articles are listed newest first, undated ones last, by local day and outlet."""
    assert [a.article for a in query.articles(asked)] == ["pasar-1", "lagu-1", "banjir-1", "sekolah-1"]
    assert [a.article for a in query.articles(asked, since=date(2024, 6, 19))] == ["pasar-1", "lagu-1"]
    assert [a.article for a in query.articles(asked, until=date(2024, 6, 18))] == ["banjir-1"]
    (flood,) = query.articles(asked, outlet="kabar teluk")
    assert (flood.n_quotes, flood.n_mentions, flood.n_chars) == (4, 7, len(FLOOD.body))


def test_article_by_id_or_its_beginning(asked: Connection) -> None:
    """An article is found by its id or by a beginning that only it has; else NotFound says what there is."""
    page = query.article_named(asked, "banjir")
    assert (page.body, len(page.mentions), len(page.quotes)) == (FLOOD.body, 7, 4)
    with pytest.raises(NotFound, match="banjir-1"):
        query.article_named(asked, "banjir-2")
    with pytest.raises(NotFound, match="lagu-1 or pasar-1"):
        query.article_named(asked, "")


def test_described_speakers_answer_where_nobody_named_does(database: Engine) -> None:
    """A speaker whom texts only describe answers by the words of the description, each description apart."""
    sirens = Story(
        "sirene-1",
        "Juru bicara pelabuhan Rantau mengatakan sirene rusak. Kantor Berita Antarmuka mencatatnya.",
        {"Kantor Berita Antarmuka": ("ORG",)},
        [Said("sirene rusak", None, "Juru bicara pelabuhan Rantau", "mengatakan", described=True)],
    )
    with writing(database) as connection:
        tell(connection, sirens, MARKET)
    with reading(database) as connection:
        (answer,) = query.who_said(connection, "pelabuhan rantau")
        assert (answer.name, answer.entity) == ("Juru bicara pelabuhan Rantau", None)
        assert [quote.text for quote in answer.quotes] == ["sirene rusak"]
        assert [answer.n_quotes for answer in query.who_said(connection, "Antarmuka")] == [0]
        with pytest.raises(NotFound):
            list(query.who_said(connection, "pelabuhan Semu"))


@pytest.mark.slow
def test_exports_of_many_rows_are_whole(database: Engine) -> None:
    """An export that takes many fetches gives every row once."""
    with writing(database) as connection:
        tell(connection, *(replace(SCHOOL, id=f"sekolah-{n:04}") for n in range(1100)))
    with reading(database) as connection:
        assert [q.article for q in query.all_quotes(connection)] == [f"sekolah-{n:04}" for n in range(1100)]
        assert sum(1 for _ in query.all_mentions(connection)) == 2200


def test_who_said_reads_by_index(asked: Connection) -> None:
    """What somebody said is found by indexes: no table is read through, only lists of parameters."""
    if asked.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of its tables, and these are small")
    statements = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        statements.append((statement, parameters))

    event.listen(asked, "before_cursor_execute", note)
    list(query.who_said(asked, "Budi Santoso"))
    event.remove(asked, "before_cursor_execute", note)
    plans = [
        step[-1]
        for statement, parameters in statements
        for step in asked.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert any("ix_report_speaker" in step for step in plans)
    assert not [step for step in plans if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]


def test_a_name_as_it_stands_beats_one_without_its_titles(database: Engine) -> None:
    """``H Amin`` in full is found as such; only a name that nobody bears is read without its titles."""
    story = Story("kapal-1", "H Amin naik. Amin turun.", {"H Amin": ("ORG",), "Amin": ("ORG",)})
    with writing(database) as connection:
        tell(connection, story)
        assert [row.name for row in query.entities_named(connection, "H Amin")] == ["H Amin"]
        assert [row.name for row in query.entities_named(connection, "Haji Amin")] == ["Amin"]
