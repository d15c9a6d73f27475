"""The migrations, up and down, on real databases with rows in them."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory
from invented import FLOOD, HARBOUR, dump, ingest, make_article
from sqlalchemy import CheckConstraint, Engine, MetaData, func, insert, inspect, select, text

from kb.errors import SchemaMismatch
from kb.store import tables
from kb.store.check import find_differences
from kb.store.columns import metadata
from kb.store.database import (
    alembic_config,
    check_schema,
    downgrade,
    open_database,
    reading,
    schema_version,
    upgrade,
    writing,
)


def test_migrated_schema_is_that_of_the_tables(database: Engine) -> None:
    """What the migrations make and what the tables say do not differ, column comments included."""
    assert find_differences(database) == []


def test_migrated_checks_are_those_of_the_tables(database: Engine) -> None:
    """Alembic does not compare CHECKs: every one of the tables is in the migrated base under its name."""
    with reading(database) as connection:
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            declared = [str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)]
            migrated = [str(c["name"]) for c in inspector.get_check_constraints(table.name)]
            assert sorted(migrated) == sorted(declared), table.name


def test_every_constraint_and_index_has_a_name(database: Engine) -> None:
    """A later migration can take away any constraint, because it knows what it is called."""
    reflected = MetaData()
    with reading(database) as connection:
        reflected.reflect(connection, only=list(metadata.tables))
    for table in reflected.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


def test_schema_constant_is_the_newest_migration(database: Engine) -> None:
    """The number that queries compare with, without Alembic, is the head of migrations/."""
    with reading(database) as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
    assert script.get_current_head() == tables.SCHEMA == schema_version(database)


def test_down_and_up_on_a_populated_base(migrated_database: Engine) -> None:
    """All migrations go down and up again on a base with articles in it, and it can be filled as before."""
    articles = [make_article("a", HARBOUR), make_article("b", FLOOD)]
    ingest(migrated_database, *articles)
    before = {name: len(rows) for name, rows in dump(migrated_database).items()}
    downgrade(migrated_database, to="base")
    assert schema_version(migrated_database) is None
    with reading(migrated_database) as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    upgrade(migrated_database)
    check_schema(migrated_database)
    ingest(migrated_database, *articles)
    assert {name: len(rows) for name, rows in dump(migrated_database).items()} == before


def test_a_base_of_the_first_tables_keeps_its_quotes(migrated_database: Engine) -> None:
    """A base from before addressee and occasion loses no row on the way up, nor one of today on the way down."""
    ingest(migrated_database, make_article("a", HARBOUR), make_article("b", FLOOD))
    before = dump(migrated_database, without=(tables.linking, tables.quote_bucket))
    downgrade(migrated_database, to="0001")
    assert schema_version(migrated_database) == "0001"
    upgrade(migrated_database)
    after = dump(migrated_database, without=(tables.linking, tables.quote_bucket))
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    with reading(migrated_database) as connection:
        kept = connection.execute(select(tables.quote.c.text, tables.quote.c.occasion)).all()
    assert len(kept) == len(before["quote"]) > 0
    assert all(text and occasion is None for text, occasion in kept)


def test_upgrading_twice_keeps_every_row(migrated_database: Engine) -> None:
    """An upgrade of a base that stands at the newest schema changes nothing."""
    ingest(migrated_database, make_article("a", HARBOUR))
    before = dump(migrated_database, without=())
    upgrade(migrated_database)
    assert dump(migrated_database, without=()) == before


def test_a_broken_migration_leaves_the_base_as_it_was(
    migrated_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All steps are one transaction: what breaks halfway takes nothing away."""
    ingest(migrated_database, make_article("a", HARBOUR))
    before = dump(migrated_database, without=())

    from alembic import op  # noqa: PLC0415

    monkeypatch.setattr(op, "drop_table", _after(3, op.drop_table))
    with pytest.raises(RuntimeError):
        downgrade(migrated_database, to="base")
    monkeypatch.undo()
    assert dump(migrated_database, without=()) == before
    check_schema(migrated_database)


def _after(n: int, work):  # type: ignore[no-untyped-def]
    calls = iter(range(n))

    def limited(*args, **options):  # type: ignore[no-untyped-def]
        if next(calls, None) is None:
            raise RuntimeError("cut off")
        return work(*args, **options)

    return limited


def test_foreign_keys_hold_after_migrating(migrated_database: Engine) -> None:
    """Foreign keys rest while SQLite migrates, and are held again on the very same engine afterwards."""
    with pytest.raises(Exception, match=r"(?i)foreign key"), writing(migrated_database) as connection:
        connection.execute(insert(tables.alias).values(entity_id=99, name="x", name_key="x", origin="seed"))


def test_base_without_tables_is_told_from_one_of_another_schema(empty_database: Engine) -> None:
    """The user reads whether to upgrade the base or the program."""
    with pytest.raises(SchemaMismatch, match="no tables"):
        check_schema(empty_database)
    upgrade(empty_database)
    check_schema(empty_database)
    with writing(empty_database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch, match="newer"):
        check_schema(empty_database)


def test_opening_again_finds_what_was_written(empty_url: str) -> None:
    """A base survives the process that made it."""
    first = open_database(empty_url, create=True)
    upgrade(first)
    ingest(first, make_article("a", HARBOUR))
    first.dispose()
    again = open_database(empty_url)
    with reading(again) as connection:
        assert connection.execute(select(func.count()).select_from(tables.quote)).scalar_one() == 1
    again.dispose()
