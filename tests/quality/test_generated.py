"""The generated base is what ingesting and linking its articles would have made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from generated import make_world, write_texts
from generated_base import fill, save_texts
from sqlalchemy import Connection, Engine, Table, delete, func, select, text

from kb.linking import relink
from kb.model import EntityType, Seed
from kb.store import tables
from kb.store.database import open_base, reading, writing
from kb.store.seed import save_seeds

N_QUOTES = 300
SEEDS = (Seed(EntityType.LOC, "Rantau", ("Kota Rantau",)),)
TEXTS = (
    tables.outlet,
    tables.article,
    tables.body,
    tables.revision,
    tables.annotation,
    tables.local_entity,
    tables.mention,
    tables.quote,
    tables.speaker_candidate,
)
WORLD = (tables.entity, tables.alias, tables.link)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return a small generated base."""
    engine = open_base(str(tmp_path_factory.mktemp("generated") / "kb.sqlite3"))
    fill(engine, N_QUOTES, seeds=SEEDS)
    yield engine
    engine.dispose()


def test_rows_have_their_parents(base: Engine) -> None:
    """The base is sound: no row misses its parent, and SQLite finds nothing wrong with its file."""
    with reading(base) as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]


def test_it_has_as_many_quotes_as_asked_for(base: Engine) -> None:
    """There are so many quotes, a seventh of that bodies, and some articles that reprint one."""
    with reading(base) as connection:
        n_quotes, n_bodies, n_articles = (
            _count(connection, t) for t in (tables.quote, tables.body, tables.article)
        )
    assert n_quotes == N_QUOTES
    assert n_bodies == pytest.approx(N_QUOTES / 7, rel=0.2)
    assert n_articles == n_bodies + n_bodies // 20


def test_spans_are_true(base: Engine) -> None:
    """Each mention, quote, cue and speaker's name is what the body has between its offsets."""
    spans = [(tables.mention, ""), *((tables.quote, prefix) for prefix in ("", "cue_", "speaker_mention_"))]
    with reading(base) as connection:
        for table, prefix in spans:
            start, end, printed = (table.c[f"{prefix}{part}"] for part in ("start_char", "end_char", "text"))
            rows = connection.execute(
                select(tables.body.c.text, start, end, printed)
                .join_from(table, tables.annotation)
                .join(tables.body)
                .where(printed.is_not(None))
            ).all()
            assert len(rows) > N_QUOTES // 2
            assert all(body[first:last] == words for body, first, last, words in rows)


def test_linking_changes_nothing(base: Engine) -> None:
    """Linking finds nothing to do, and when told to link everything again it leaves every row as it is."""
    before = _rows(base, (*WORLD, tables.linking))
    with writing(base) as connection:
        assert _count(connection, tables.touched) == 0
        relink(connection)
    assert _rows(base, (*WORLD, tables.linking)) == before
    with writing(base) as connection:
        connection.execute(delete(tables.linking))
        relink(connection)
    assert _rows(base, (*WORLD, tables.linking)) == before


@pytest.mark.slow
def test_the_pipeline_would_make_the_same(base: Engine, tmp_path: Path) -> None:
    """The same texts, saved one by one and linked at the end, make the same rows."""
    other = open_base(str(tmp_path / "kb.sqlite3"))
    with writing(other) as connection:
        save_seeds(connection, SEEDS)
        save_texts(connection, write_texts(make_world(N_QUOTES, known=SEEDS), N_QUOTES))
        relink(connection)
    assert _rows(other, TEXTS) == _rows(base, TEXTS)
    assert _who_is_who(other) == _who_is_who(base)
    other.dispose()


@pytest.mark.slow
def test_the_same_seed_makes_the_same_base() -> None:
    """Texts are a function of the seed and the size; another seed makes others."""
    world = make_world(N_QUOTES)
    texts = list(write_texts(world, N_QUOTES))
    assert texts == list(write_texts(make_world(N_QUOTES), N_QUOTES))
    assert texts != list(write_texts(world, N_QUOTES, seed=2))
    assert make_world(N_QUOTES, seed=2) != world


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _rows(engine: Engine, tables_: Iterable[Table]) -> list[list[tuple[Any, ...]]]:
    """Return all that tables hold, moments of writing apart, in the order of their keys."""
    with reading(engine) as connection:
        return [
            [tuple(row) for row in connection.execute(select(*_columns(table)).order_by(*table.primary_key))]
            for table in tables_
        ]


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if not column.name.endswith("_at") or column.name == "published_at"]


def _who_is_who(engine: Engine) -> tuple[set[Any], ...]:
    """Return entities, names and links by uid: row numbers of entities depend on the order of linking."""
    e, a, k = tables.entity.c, tables.alias.c, tables.link.c
    statements = (
        select(e.uid, e.type, e.name, e.name_key, e.origin, e.merged_into_id),
        select(e.uid, a.name, a.name_key, a.origin).join_from(tables.alias, tables.entity),
        select(e.uid, k.local_entity_id, k.rule).join_from(tables.link, tables.entity),
    )
    with reading(engine) as connection:
        return tuple({tuple(row) for row in connection.execute(statement)} for statement in statements)
