"""Links and seeds in a real base: the same for the same articles, and written only where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from invented import FLOOD, HARBOUR, NEWER, STRIKE, dump, ingest, link, make_article
from sqlalchemy import Engine, select

from kb.errors import BadSeeds
from kb.model import EntityType, Seed
from kb.store import tables
from kb.store.database import reading, writing
from kb.store.seed import find_seed_file, load_seeds, parse_seed, read_seeds, save_seeds

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC
ARTICLES = tuple(make_article(str(n), body) for n, body in enumerate((HARBOUR, FLOOD, STRIKE, HARBOUR)))
SEEDS = (
    Seed(PER, "Hj. Siti Aminah Putri", ("Siti Aminah",), "Q1"),
    Seed(LOC, "Kota Rantau", ("Rantau",), None, "dikarang"),
)


def who_is_who(database: Engine) -> dict[str, set[Any]]:
    """Return entities, aliases and links by what they mean, without row numbers."""
    e, a, le = tables.entity.c, tables.alias.c, tables.local_entity.c
    linked = (
        select(tables.body.c.sha256, le.type, le.name, e.uid, tables.link.c.rule)
        .select_from(tables.link)
        .join(tables.local_entity)
        .join(tables.entity)
        .join(tables.annotation, tables.annotation.c.id == le.annotation_id)
        .join(tables.body)
    )
    with reading(database) as connection:
        return {
            "entities": set(connection.execute(select(e.uid, e.type, e.name, e.name_key, e.origin)).tuples()),
            "aliases": set(
                connection.execute(select(e.uid, a.name, a.name_key, a.origin).join(tables.alias)).tuples()
            ),
            "links": set(connection.execute(linked).tuples()),
        }


def seed(database: Engine, seeds: Sequence[Seed]) -> int:
    """Save seeds; return how many rows that changed."""
    with writing(database) as connection:
        return save_seeds(connection, seeds)


def relink(database: Engine) -> int:
    """Link again; return how many rows that changed."""
    with writing(database) as connection:
        return link(connection)


def _clear(database: Engine) -> None:
    with writing(database) as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())


def test_any_order_gives_the_same_entities(database: Engine) -> None:
    """The same articles in any order, at once or one by one, give the same entities, aliases and links."""
    seed(database, SEEDS)
    ingest(database, *ARTICLES)
    expected = who_is_who(database)
    assert expected["links"]
    for order in list(permutations(ARTICLES))[1::6]:
        _clear(database)
        seed(database, SEEDS)
        for article in order:
            ingest(database, article)
        assert who_is_who(database) == expected


def test_linking_again_writes_nothing(database: Engine) -> None:
    """A second run over unchanged data changes no row."""
    seed(database, SEEDS)
    ingest(database, *ARTICLES)
    before = dump(database, without=())
    assert relink(database) == 0
    assert dump(database, without=()) == before


def test_a_resolved_short_name_finds_its_person_and_an_open_one_stays_apart(database: Engine) -> None:
    """``Budi`` is an alias of Budi Santoso in the one article, a person of its own in the other."""
    ingest(database, *ARTICLES)
    names = {
        (name, origin) for _, type_, name, _, origin in who_is_who(database)["entities"] if type_ == "PER"
    }
    assert names == {("Budi Santoso", "text"), ("Budi", "text"), ("Siti Aminah", "text")}
    with reading(database) as connection:
        e, a = tables.entity.c, tables.alias.c
        called_budi = select(e.name).join(tables.alias).where(a.name_key == "budi")
        assert set(connection.execute(called_budi).scalars()) == {"Budi Santoso", "Budi"}


def test_a_corrected_article_takes_its_old_names_away(database: Engine) -> None:
    """The base says what current articles say: as if the old text had never been."""
    ingest(database, make_article("a", STRIKE))
    expected = who_is_who(database)
    _clear(database)
    ingest(database, make_article("a", FLOOD))
    ingest(database, make_article("a", STRIKE))
    assert who_is_who(database) == expected


def test_seeds_loaded_later_gather_what_they_know(database: Engine) -> None:
    """Seeds before or after the articles make no difference."""
    seed(database, SEEDS)
    ingest(database, *ARTICLES)
    expected = who_is_who(database)
    _clear(database)
    ingest(database, *ARTICLES)
    assert who_is_who(database) != expected
    seed(database, SEEDS)
    relink(database)
    assert who_is_who(database) == expected


def test_seeds_taken_away_leave_no_trace(database: Engine) -> None:
    """What a seed file does not say any more is as if it had never said it."""
    ingest(database, *ARTICLES)
    expected = who_is_who(database)
    seed(database, SEEDS)
    relink(database)
    seed(database, ())
    relink(database)
    assert who_is_who(database) == expected
    with reading(database) as connection:
        assert connection.execute(select(tables.external_id)).all() == []


def test_seeds_come_back_as_they_went_in_and_loading_twice_writes_nothing(database: Engine) -> None:
    """The base holds what the file holds, once."""
    assert seed(database, SEEDS) > 0
    before = dump(database, without=())
    assert seed(database, tuple(reversed(SEEDS))) == 0
    assert dump(database, without=()) == before
    with reading(database) as connection:
        assert set(load_seeds(connection)) == set(SEEDS)


def test_a_changed_seed_is_changed_in_the_base(database: Engine) -> None:
    """Aliases, id and note follow the file; a Wikidata id may move from one seed to another."""
    seed(database, SEEDS)
    changed = (
        Seed(PER, "Hj. Siti Aminah Putri", ("Aminah",)),
        Seed(LOC, "Kota Rantau", ("Rantau", "Rantau Kota"), "Q1"),
    )
    seed(database, changed)
    with reading(database) as connection:
        assert set(load_seeds(connection)) == set(changed)


def test_a_newer_pipeline_moves_the_links_with_it(database: Engine) -> None:
    """Annotating everything again gives the same entities and uids."""
    ingest(database, *ARTICLES)
    expected = who_is_who(database)
    ingest(database, *ARTICLES, pipeline=NEWER)
    assert who_is_who(database) == expected


def test_foreign_keys_are_clean(database: Engine) -> None:
    """No row points to one that is not there, after all that a base goes through."""
    seed(database, SEEDS)
    ingest(database, *ARTICLES)
    ingest(database, make_article("0", STRIKE), pipeline=NEWER)
    seed(database, ())
    relink(database)
    with reading(database) as connection:
        for table in tables.metadata.sorted_tables:
            for key in table.foreign_keys:
                child, parent = key.parent, key.column
                lost = select(child).where(child.is_not(None), child.not_in(select(parent)))
                assert connection.execute(lost).all() == [], f"{table.name}.{child.name}"
        if database.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_the_shipped_seeds_load(database: Engine) -> None:
    """The seed file of the package is read and loaded whole, and no name in it stands for two of a type."""
    path = find_seed_file()
    assert path is not None
    seeds = read_seeds(path)
    seed(database, seeds)
    with reading(database) as connection:
        assert set(load_seeds(connection)) == {replace(s, aliases=tuple(sorted(s.aliases))) for s in seeds}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"type": "PER"}',
        '{"type": "X", "name": "A"}',
        '{"type": "PER", "name": ""}',
        '{"name": 1}',
    ],
)
def test_a_line_that_is_no_seed_is_named(line: str) -> None:
    """A broken seed file says where it is broken."""
    with pytest.raises(BadSeeds, match=r"entities\.jsonl:7"):
        parse_seed(line, "entities.jsonl:7")


def test_two_seeds_with_one_wikidata_id_are_refused(tmp_path: Any) -> None:
    """An id stands for one entity."""
    path = tmp_path / "entities.jsonl"
    path.write_text(
        '{"type": "PER", "name": "A", "wikidata": "Q1"}\n{"type": "ORG", "name": "B", "wikidata": "Q1"}\n'
    )
    with pytest.raises(BadSeeds, match="Q1"):
        read_seeds(path)
