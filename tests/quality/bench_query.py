"""How long questions take in a large base: ``python tests/quality/bench_query.py [--quotes N] [--engine NAME]``.

A base of so many invented quotes (`generated.py`) is made in SQLite and in PostgreSQL, each fresh and removed at the
end, with kb's own seeds and 1,000 clusters of ten reports. Asked in this process, over one connection, all rows taken:

    who-said       the newest 20 statements of somebody, the name looked up first: of the most quoted, and of others
    text           the newest 20 quotes with a rare word, with a common one, with a phrase
    speakers       the 20 most quoted of all, and of an outlet in a month (views)
    cluster        all reports of a statement (view)
    articles, entities, entity     the newest 20, the 20 most mentioned, the page of the most quoted
    merge          `kb curate merge` of the two most quoted, with its commit, undone again

The ratio is to looking a quote up by its row number on the same connection. p95 is the nearest rank; ``cpu`` is the
median of this process's CPU time, in which a PostgreSQL server's work and other programs do not count. Then rows a
second of kb's bulk writer beside the driver's own (`bulk_load.py`), in an empty base. ``--base URL`` asks a base that
is there.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from bench_merge import (
    ENGINES,
    MERGE_GOAL,
    Person,
    Times,
    count_rows,
    find_pairs,
    fresh_base,
    make_base,
    merge,
    undo,
)
from bulk_load import measure_load
from sqlalchemy import Connection, Engine, bindparam, func, select, text

from kb import query
from kb.store.database import open_database, reading, writing
from kb.store.reports import refresh_counts
from kb.store.tables import article, entity, entity_count, quote, quote_cluster, report

NEWEST = 20
SAID_GOAL = 0.01  # seconds, p95
LOAD_GOAL = 0.5  # of the driver's own rate
BASELINE = "baseline: a quote by its row number"
ENOUGH = 60.0  # seconds for one question in all its rounds
N_MERGES = 15
N_CLUSTERS, N_REPORTS = 1000, 10

_TOP = text("SELECT name, n_quotes FROM v_entity ORDER BY n_quotes DESC, uid LIMIT 20")
_TOP_OF = text(
    "SELECT entity_name, n_quotes FROM v_speaker_outlet_month WHERE outlet = :outlet AND month = :month "
    "ORDER BY n_quotes DESC, speaker_entity LIMIT 20"
)
_CLUSTER = text("SELECT * FROM v_quote_cluster WHERE cluster = :uid ORDER BY published_on, article")


@dataclass(frozen=True)
class Question:
    """Something asked in rounds: `ask` gets the number of the round and returns how much there was."""

    name: str
    ask: Callable[[int], int]
    goal: float | None = None
    n_rounds: int = 100


def questions(connection: Connection) -> Iterator[Question]:
    """Yield what is asked, the baseline first."""
    of_id = select(quote.c.text).where(quote.c.id == bindparam("id"))
    ids = some(connection, quote.c.id, 500)
    names = [name for (name,) in _speakers(connection)]
    (most,) = connection.execute(_by_quotes(entity.c.name).limit(1)).scalars()
    outlet_names = connection.scalars(text("SELECT name FROM outlet ORDER BY id")).all()
    clusters = connection.scalars(select(quote_cluster.c.uid).limit(500)).all()
    yield Question(
        BASELINE, lambda n: len(connection.scalars(of_id, {"id": ids[n % len(ids)]}).all()), n_rounds=500
    )
    yield Question("who-said, the most quoted", lambda _: _said(connection, most), SAID_GOAL, 200)
    yield Question("who-said, random speakers", lambda n: _said(connection, names[n]), SAID_GOAL, len(names))
    for kind, wanted in _searches(connection).items():
        yield Question(f"text, {kind}", partial(_found, connection, wanted))
    yield Question("speakers of all", lambda _: _rows(connection, _TOP))
    yield Question(
        "speakers of an outlet and month",
        lambda n: _rows(
            connection, _TOP_OF, outlet=outlet_names[n % len(outlet_names)], month=f"2024-{n % 12 + 1:02}"
        ),
    )
    yield Question(
        "cluster, all its reports", lambda n: _rows(connection, _CLUSTER, uid=clusters[n % len(clusters)])
    )
    yield Question("articles, newest 20", lambda _: len(list(query.articles(connection, limit=NEWEST))))
    yield Question(
        "entities, 20 most mentioned", lambda _: len(list(query.entities(connection, limit=NEWEST)))
    )
    yield Question("entity, page of the most quoted", lambda _: len(_page(connection, most).quotes))
    yield Question("a name nobody bears", lambda _: len(query.near_names(connection, f"{most}ra")))


def _said(connection: Connection, name: str) -> int:
    return sum(len(answer.quotes) for answer in query.who_said(connection, name, limit=NEWEST))


def _found(connection: Connection, wanted: Sequence[str], n: int) -> int:
    return len(list(query.quotes_with(connection, wanted[n % len(wanted)], limit=NEWEST)))


def _rows(connection: Connection, statement: Any, **parameters: Any) -> int:
    return len(connection.execute(statement, parameters).all())


def _page(connection: Connection, name: str) -> query.EntityPage:
    return query.entity_page(connection, query.entities_named(connection, name)[0])


def _by_quotes(column: Any) -> Any:
    joined = select(column).join(entity_count, entity_count.c.entity_id == entity.c.id)
    return joined.order_by(entity_count.c.n_quotes.desc(), entity.c.uid)


def _speakers(connection: Connection) -> list[Any]:
    """Return the names of 300 people who are quoted, drawn by chance."""
    rows = connection.execute(
        _by_quotes(entity.c.name).where(entity_count.c.n_quotes > 0, entity.c.type == "PER")
    )
    return random.Random(1).sample(found := rows.all(), min(300, len(found)))


def _searches(connection: Connection) -> dict[str, list[str]]:
    """Return words and phrases of quotes by how many quotes have them."""
    texts = [
        connection.scalars(select(quote.c.folded).where(quote.c.id == id_)).one().split()
        for id_ in some(connection, quote.c.id, 300)
    ]
    seen: dict[str, int] = {}
    for words in texts:
        for word in set(words):
            seen[word] = seen.get(word, 0) + 1
    by_count = sorted(seen, key=lambda word: (seen[word], word))
    phrases = [f'"{" ".join(words[2:4])}"' for words in texts if len(words) > 3][:50]
    return {"rare words": by_count[:50], "common words": by_count[-5:], "phrases": phrases}


def some(connection: Connection, column: Any, n: int) -> list[int]:
    """Return row numbers of a table whose rows are numbered from 1, drawn by chance."""
    last = connection.execute(select(func.max(column))).scalar_one()
    return random.Random(2).sample(range(1, last + 1), min(n, last))


def measure(question: Question) -> tuple[Times, int]:
    """Return how long each round took, without the first (which makes the statements), and how much the last found."""
    times = Times()
    n_found = question.ask(0)
    for n in range(question.n_rounds):
        with times.of(question.name):
            n_found = question.ask(n)
        if sum(times.seconds[question.name]) > ENOUGH and n >= 4:
            break
    return times, n_found


def measure_merge(name: str, engine: Engine, one: Person, into: Person) -> Times:
    """Return how long it takes to merge two, with the commit; each is undone."""
    times = Times()
    for _ in range(N_MERGES):
        with times.of(name), writing(engine) as connection:
            decision = merge(connection, one, into)
        with writing(engine) as connection:
            undo(connection, decision)
    return times


def show(name: str, times: Times, base: float, n_found: object, goal: float | None) -> None:
    """Print a row of the table."""
    p50, p95 = (times.percentile(name, share) for share in (0.5, 0.95))
    n, cpu = len(times.seconds[name]), median(times.cpu_seconds[name])
    beside = "" if goal is None else f"goal {goal * 1000:.0f} ms: {'met' if p95 < goal else 'missed'}"
    print(
        f"{name:36}{n:5}{p50 * 1000:10.2f}{p95 * 1000:10.2f}{cpu * 1000:9.2f}{p50 / base:9.1f}{n_found!s:>7}  {beside}"
    )


def make_clusters(engine: Engine) -> None:
    """Let the first ten quotes of each of the most quoted be a statement with ten reports."""
    with writing(engine) as connection:
        most = connection.scalars(_by_quotes(entity.c.id).limit(N_CLUSTERS)).all()
        for n, row in enumerate(most):
            theirs = (
                select(report.c.quote_id).where(report.c.entity_id == row).distinct().order_by("quote_id")
            )
            quotes = connection.scalars(theirs.limit(N_REPORTS)).all()
            uid = connection.execute(
                quote_cluster.insert().values(uid=f"karang-{n}").returning(quote_cluster.c.id)
            )
            _add_members(connection, uid.scalar_one(), quotes)
        refresh_counts(connection, most)


def _add_members(connection: Connection, cluster_id: int, quotes: Sequence[int]) -> None:
    member = quote_cluster.metadata.tables["quote_cluster_member"]
    rows = [
        {"quote_cluster_id": cluster_id, "quote_id": row, "relation": "reprint" if n else "first"}
        for n, row in enumerate(quotes)
    ]
    connection.execute(member.insert(), rows)


def run(engine: Engine) -> None:
    """Ask everything and print."""
    with reading(engine) as connection:
        n_rows = {t.name: count_rows(connection, t) for t in (article, entity, quote, report)}
        print(f"\n{engine.dialect.name}: " + ", ".join(f"{n:,} {name}" for name, n in n_rows.items()))
        print(f"{'':36}{'n':>5}{'p50 ms':>10}{'p95 ms':>10}{'cpu ms':>9}{'ratio':>9}{'rows':>7}", flush=True)
        base = 0.0
        for question in questions(connection):
            times, n_found = measure(question)
            base = base or times.percentile(BASELINE, 0.5)
            show(question.name, times, base, n_found, question.goal)
            sys.stdout.flush()
        one, into = find_pairs(connection)["most quoted"]
    name = "merge of the two most quoted"
    show(name, measure_merge(name, engine, one, into), base, "", MERGE_GOAL)


def run_load(engine_name: str, n_quotes: int) -> None:
    """Write rows in bulk and print how fast."""
    with fresh_base(engine_name) as engine:
        rates = measure_load(engine, n_quotes)
    met = "met" if rates.ratio >= LOAD_GOAL else "missed"
    print(
        f"bulk load of {rates.n_rows:,} rows: {rates.kb:,.0f} rows a second, the driver alone {rates.raw:,.0f}: "
        f"ratio {rates.ratio:.2f}, goal {LOAD_GOAL}: {met}"
    )


@contextmanager
def base_of(engine_name: str, n_quotes: int) -> Iterator[Engine]:
    """Give a generated base with clusters."""
    with fresh_base(engine_name) as engine:
        make_base(engine, n_quotes)
        make_clusters(engine)
        yield engine


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument(
        "--load-quotes", type=int, default=20_000, help="quotes written to measure the bulk load"
    )
    parser.add_argument("--engine", action="append", choices=ENGINES, help="both if not told")
    parser.add_argument("--base", metavar="URL", help="ask this generated base")
    args = parser.parse_args()
    if args.base:
        run(open_database(args.base))
        return
    for name in args.engine or ENGINES:
        with base_of(name, args.quotes) as engine:
            run(engine)
        run_load(name, args.load_quotes)


if __name__ == "__main__":
    main()
