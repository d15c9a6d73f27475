"""What the engines make of questions that name somebody: an index serves them, and no large table is read whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from generated_base import fill
from questions import PAGE, Question, read_questions
from sqlalchemy import Connection, Engine, event, text

from kb import query
from kb.query.timelines import timeline
from kb.store.columns import metadata
from kb.store.database import open_database, outside_transactions, reading, upgrade, writing

pytestmark = pytest.mark.slow

N_QUOTES = 20_000
LARGE = frozenset(
    ("report", "quote", "mention", "body", "revision", "article", "annotation", "link", "local_entity")
) | {"entity", "alias"}
LISTED = """
INSERT INTO entity (id, uid, type, name, name_key, origin)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
SELECT -i, 'PER-' || i, 'PER', 'Nama ' || i, 'nama ' || i, 'seed' FROM n
"""
"""People whom only a list names: an engine reads whole what is small."""
CLUSTERED = (
    "INSERT INTO quote_cluster (id, uid) SELECT id, 'C-' || id FROM quote WHERE id % 5 = 0",
    "INSERT INTO quote_cluster_member (quote_id, quote_cluster_id, relation)"
    " SELECT id, id - id % 5, CASE id % 5 WHEN 0 THEN 'first' ELSE 'reprint' END"
    " FROM quote WHERE id % 5 < 3 AND id >= 5",
)
"""Statements that several quotes report."""
SMALL = frozenset(metadata.tables) - LARGE
NAMES = re.compile("'(Vladimir Putin|Kim Jong Un|Jens Stoltenberg|Ukraina|Korea Utara)'")
NAMING = [
    question for question in read_questions(PAGE.read_text(encoding="utf-8")) if NAMES.search(question.sql)
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine says that it will do: which tables it reads whole, which indexes it uses, and all of it."""

    whole: frozenset[str]
    indexes: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the generated base has much of."""

    people: tuple[str, ...]
    place: str


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return a base of 20,000 quotes on each engine, whose planner has looked at it."""
    path: Path = tmp_path_factory.mktemp("large") / "kb.sqlite3"
    url = str(path) if request.param == "sqlite" else request.getfixturevalue("fresh_postgresql_url")
    engine = open_database(url, create=True)
    upgrade(engine)
    fill(engine, N_QUOTES)
    with writing(engine) as connection:
        for statement in (LISTED, *CLUSTERED):
            connection.execute(text(statement))
    with outside_transactions(engine) as execute:
        execute("ANALYZE" if request.param == "sqlite" else "VACUUM (ANALYZE)")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def known(large: Engine) -> Known:
    """Return people that are quoted often, and a place that is named often.

    Not the most: where somebody says every fiftieth quote of a small base, to read it whole may be quicker.
    """
    most = "SELECT name FROM v_entity WHERE type = '{}' ORDER BY {} DESC, uid LIMIT 5 OFFSET 60"
    with reading(large) as connection:
        people = tuple(connection.scalars(text(most.format("PER", "n_quotes"))))
        return Known(people, str(connection.scalar(text(most.format("LOC", "n_mentions")))))


def test_questions_that_name_somebody_are_found() -> None:
    """Each question of the page that names somebody says which indexes serve it, and no other one does."""
    served = [
        question.title for question in read_questions(PAGE.read_text(encoding="utf-8")) if question.served
    ]
    assert [question.title for question in NAMING] == served
    assert len(served) >= 6


@pytest.mark.parametrize("question", NAMING, ids=lambda question: question.title.partition(".")[0])
def test_an_index_serves_a_question_that_names_somebody(
    large: Engine, known: Known, question: Question
) -> None:
    """A worked question that names somebody reads no large table whole and uses the indexes that the page names."""
    with reading(large) as connection:
        _on_fast_disk(connection)
        plan = plan_of(connection, _with_names(question.sql, known))
    assert not plan.whole, plan.words
    assert set(question.served) <= plan.indexes, plan.words


COMMANDS: Mapping[str, Callable[[Connection, query.EntityRow], object]] = {
    "who-said": lambda connection, one: list(query.who_said(connection, one.name, limit=20)),
    "quotes": lambda connection, one: list(
        query.quotes_with(connection, "dan", speakers=[one.uid], limit=20)
    ),
    "entity": query.entity_page,
    "timeline": lambda connection, one: timeline(connection, one.uid),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_name_somebody_read_no_table_whole(large: Engine, known: Known, command: str) -> None:
    """None of the statements behind a command reads a large table whole."""
    asked: list[tuple[str, Any]] = []
    with reading(large) as connection:
        _on_fast_disk(connection)
        with listening(connection, asked):
            COMMANDS[command](connection, query.entities_named(connection, known.people[0])[0])
        plans = [plan_of(connection, statement, values) for statement, values in asked]
    assert plans
    for (statement, _), plan in zip(asked, plans, strict=True):
        assert not plan.whole, f"{statement}\n{plan.words}"


def _on_fast_disk(connection: Connection) -> None:
    """Let PostgreSQL reckon with a disk without moving parts, as docs/postgresql.md advises."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL random_page_cost = 1.1"))


def _with_names(sql: str, known: Known) -> str:
    """Return a question about people of whom this base has much, in the place of those of the sample."""
    people = count()
    chosen: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        if found[1] == "Korea Utara":
            return f"'{known.place}'"
        return f"'{chosen.setdefault(found[1], known.people[next(people) % len(known.people)])}'"

    return NAMES.sub(other, sql)


@contextmanager
def listening(connection: Connection, asked: list[tuple[str, Any]]) -> Iterator[None]:
    """Note the statements that go to the engine meanwhile, with their values."""

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    yield
    event.remove(connection, "before_cursor_execute", note)


def plan_of(connection: Connection, sql: str, values: Any = ()) -> Plan:
    """Ask an engine what it will do."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        return _plan_of_sqlite(
            [str(row.detail) for row in rows], parts=re.findall(r"(\w+) AS \w* ?\n?\(", sql)
        )
    (found,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", values or None).one()
    return _plan_of_postgresql(found[0]["Plan"])


def _plan_of_sqlite(steps: Sequence[str], *, parts: Sequence[str]) -> Plan:
    """Read lines like ``SEARCH shown USING INDEX ix_entity_name (name=?)`` and ``SCAN report``.

    What a question makes itself (its `parts`, subqueries) may be read whole, and of full text only what fits is read.
    """
    scans = (step for step in steps if "VIRTUAL TABLE" not in step)
    whole = {found[1] for step in scans if (found := re.match(r"SCAN (\S+)", step))} - set(parts)
    indexes = {found[1] for step in steps if (found := re.search(r"USING (?:COVERING )?INDEX (\w+)", step))}
    large = {name for name in whole if name not in SMALL and not re.match(r"v_|anon_|\(|CONSTANT", name)}
    return Plan(frozenset(large), frozenset(indexes), "\n".join(steps))


def _plan_of_postgresql(top: Mapping[str, Any]) -> Plan:
    """Read nodes; an index that is read without a condition is read whole."""
    nodes = list(_nodes(top))
    whole = {
        node["Relation Name"] for node in nodes if node["Node Type"] in ("Seq Scan", "Parallel Seq Scan")
    }
    searched = [node for node in nodes if "Index Name" in node]
    whole |= {str(node.get("Relation Name")) for node in searched if "Index Cond" not in node}
    indexes = {node["Index Name"] for node in searched}
    return Plan(frozenset(whole & LARGE), frozenset(indexes), json.dumps(top, indent=1))


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)
