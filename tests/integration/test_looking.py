"""How often somebody is quoted over time, and with whom they are named: the same figures on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from invented import FLOOD, HARBOUR, PRAISE, STRIKE, ingest, make_article
from sqlalchemy import Connection, Engine

from kb import query
from kb.errors import NotFound
from kb.kinds import EntityType, Precision
from kb.model import Published
from kb.query import QuoteFilter, Split, Step
from kb.store.database import reading


def day(text: str) -> Published:
    """Return when a page that says only this day was published."""
    return Published(date.fromisoformat(text), Precision.DAY)


@pytest.fixture
def base(database: Engine) -> Engine:
    """Return a base in which Budi Santoso is quoted on three days of June and in an article without a day."""
    ingest(
        database,
        make_article("a", HARBOUR, published=day("2024-06-03")),
        make_article("b", HARBOUR, published=day("2024-06-03"), outlet="Kabar Pesisir"),
        make_article("c", HARBOUR, published=day("2024-06-05"), outlet="Kabar Pesisir"),
        make_article("d", HARBOUR, published=day("2024-06-19")),
        make_article("e", HARBOUR, published=None),
        make_article("f", FLOOD, published=day("2024-06-04")),
        make_article("g", STRIKE, published=day("2024-06-04")),
    )
    return database


def uid_of(connection: Connection, name: str) -> str:
    """Return the uid of the one who goes by this name."""
    return query.entity_meant(connection, name).uid


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.WEEK, {"2024-W23": 3, "2024-W24": 0, "2024-W25": 1}),
        (Step.MONTH, {"2024-06": 4}),
        (Step.YEAR, {"2024": 4}),
    ],
)
def test_quotes_are_counted_by_period(base: Engine, step: Step, expected: dict[str, int]) -> None:
    """Each report counts in the period of its article's day; periods without any are there with zeros."""
    with reading(base) as connection:
        found = query.timeline(connection, uid_of(connection, "Budi Santoso"), step=step)
    assert {row.period: row.n_quotes for row in found.rows} == expected
    assert found.n_undated[0] == 1


def test_step_is_the_finest_that_is_not_too_fine(base: Engine) -> None:
    """Without a step seventeen days are shown by day, and asked for over thirty years by year."""
    with reading(base) as connection:
        uid = uid_of(connection, "Budi Santoso")
        short = query.timeline(connection, uid)
        long = query.timeline(connection, uid, QuoteFilter(since=date(2000, 1, 1)))
    assert (short.step, len(short.rows), short.rows[0].since) == (Step.DAY, 17, date(2024, 6, 3))
    assert (long.step, len(long.rows), long.rows[0].period) == (Step.YEAR, 25, "2000")


def test_mentions_are_counted_beside(base: Engine) -> None:
    """Mentions of current articles count on their days: three in each print of the text about the harbour."""
    with reading(base) as connection:
        found = query.timeline(connection, uid_of(connection, "Rantau"), step=Step.DAY)
    named = {row.period: row.n_mentions for row in found.rows if row.n_mentions}
    assert named == {"2024-06-03": 4, "2024-06-04": 1, "2024-06-05": 2, "2024-06-19": 2}


def test_quotes_are_parted(base: Engine) -> None:
    """By outlet each period has a row for each outlet, the most quoting first; by kind mentions are not counted."""
    with reading(base) as connection:
        uid = uid_of(connection, "Budi Santoso")
        by_outlet = query.timeline(connection, uid, step=Step.MONTH, split=Split.OUTLET)
        by_kind = query.timeline(connection, uid, step=Step.MONTH, split=Split.KIND)
    assert {row.part: row.n_quotes for row in by_outlet.rows} == {"Kabar Pesisir": 2, "Warta Rantau": 2}
    assert [(row.part, row.n_quotes, row.n_mentions) for row in by_kind.rows] == [("direct", 4, None)]


@pytest.mark.parametrize(
    ("where", "n"),
    [
        (QuoteFilter(since=date(2024, 6, 4)), 2),
        (QuoteFilter(until=date(2024, 6, 4)), 2),
        (QuoteFilter(outlet="pesisir"), 2),
        (QuoteFilter(kind="direct"), 4),
        (QuoteFilter(kind="indirect"), 0),
    ],
    ids=["since", "until", "outlet", "kind", "no such"],
)
def test_quotes_are_filtered(base: Engine, where: QuoteFilter, n: int) -> None:
    """Days, outlet and kind hold."""
    with reading(base) as connection:
        found = query.timeline(connection, uid_of(connection, "Budi Santoso"), where, step=Step.YEAR)
    assert sum(row.n_quotes for row in found.rows) == n


def test_neighbours_are_those_named_in_the_same_articles(base: Engine) -> None:
    """Who is named beside somebody is counted by article and by sentence, and has ties of its own."""
    with reading(base) as connection:
        found = query.network(connection, uid_of(connection, "Rantau"))
    near = {tie.other_name: (tie.n_articles, tie.n_sentences) for tie in found.ties}
    assert near["Budi Santoso"] == (5, 10)
    assert near["Siti Aminah"][0] == 1
    assert found.n_neighbours == len(near)


def test_who_talks_about_whom(base: Engine) -> None:
    """A quote in which another one is named counts for the pair, in the direction in which it was said."""
    ingest(base, make_article("h", PRAISE), make_article("i", PRAISE))
    with reading(base) as connection:
        found = query.network(connection, uid_of(connection, "Siti Aminah"), type=EntityType.PER)
    tie = next(tie for tie in found.ties if tie.other_name == "Budi Santoso")
    assert (tie.name, tie.n_said, tie.n_said_back) == ("Siti Aminah", 0, 2)


def test_network_is_narrowed(base: Engine) -> None:
    """The type, the least number of articles and the limit hold for the neighbours."""
    with reading(base) as connection:
        uid = uid_of(connection, "Siti Aminah")
        bodies = query.network(connection, uid, type=EntityType.ORG)
        close = query.network(connection, uid_of(connection, "Rantau"), least=2)
        one = query.network(connection, uid, limit=1)
    assert {tie.other_name for tie in bodies.ties} == {"Serikat Buruh Rantau", "Kantor Berita Antarmuka"}
    assert [tie.n_articles for tie in bodies.between] == [1]
    assert [tie.other_name for tie in close.ties] == ["Budi Santoso"]
    assert (len(one.ties), one.n_neighbours) > (1, 1)


def test_nobody_of_that_uid(base: Engine) -> None:
    """A uid that the base does not have is said so."""
    with reading(base) as connection, pytest.raises(NotFound, match="no entity"):
        query.timeline(connection, "PER-0000000000000000")
