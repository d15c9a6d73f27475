"""The views, migrated and asked on both engines."""

from __future__ import annotations

import pytest
from alembic import op
from alembic.migration import MigrationContext
from alembic.operations import Operations
from invented import FLOOD, HARBOUR, ingest, make_article
from sqlalchemy import Connection, Engine, Text, inspect, text
from viewed import rows_of

from kb.store.check import find_differences
from kb.store.database import downgrade, reading, upgrade, writing
from kb.store.views import CONTRACT, VIEWS
from kb.store.views.frozen import create_views, drop_views

KINDS = {
    "integer": "integer",
    "bigint": "integer",
    "text": "text",
    "character varying": "text",
    "double precision": "real",
    "boolean": "boolean",
    "date": "date",
    "timestamp with time zone": "timestamp",
}


def test_migrated_views_are_those_of_the_code(database: Engine) -> None:
    """A base has the views of the code, word for word, and on PostgreSQL their comments."""
    assert find_differences(database) == []


@pytest.mark.parametrize("change", ["another", "drop", "add"])
def test_a_changed_view_is_found(migrated_database: Engine, change: str) -> None:
    """A view that differs from the code, is missing or is too many makes a line in `make check`."""
    with writing(migrated_database) as connection:
        if change != "add":
            connection.execute(text("DROP VIEW v_contract"))
        if change != "drop":
            name = "v_contract" if change == "another" else "v_another"
            connection.execute(text(f"CREATE VIEW {name} AS SELECT 1 AS big, 0 AS minor"))
    (found,) = find_differences(migrated_database)
    assert "v_contract" in found or "v_another" in found


def test_columns_stand_in_their_order_on_both_engines(database: Engine) -> None:
    """A view answers with the columns that the code names, in that order."""
    with reading(database) as connection:
        for view in VIEWS:
            answered = tuple(connection.execute(text(f"SELECT * FROM {view.name}")).keys())
            assert answered == tuple(column.name for column in view.columns), view.name


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_types_are_those_that_are_said(database: Engine) -> None:
    """PostgreSQL finds for each column the type that the code gives (SQLite's columns have none)."""
    asked = text("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :view")
    with reading(database) as connection:
        for view in VIEWS:
            found = {name: KINDS[type_] for name, type_ in connection.execute(asked, {"view": view.name})}
            assert found == {column.name: column.type for column in view.columns}, view.name


def test_the_contract_has_its_number_in_the_base(database: Engine) -> None:
    """SQL can read which version of the views a base has."""
    with reading(database) as connection:
        assert tuple(connection.execute(text("SELECT major, minor FROM v_contract")).one()) == CONTRACT


def test_views_go_and_come_on_a_populated_base(migrated_database: Engine) -> None:
    """A base with rows goes below the views and back, and they answer as before."""
    ingest(migrated_database, make_article("a", HARBOUR), make_article("b", FLOOD))
    with reading(migrated_database) as connection:
        before = {view.name: rows_of(connection, view) for view in VIEWS}
    downgrade(migrated_database, to="0005")
    with reading(migrated_database) as connection:
        assert inspect(connection).get_view_names() == []
    upgrade(migrated_database)
    with reading(migrated_database) as connection:
        assert {view.name: rows_of(connection, view) for view in VIEWS} == before
    assert len(before["v_mention"]) > 0


def test_a_later_migration_may_change_a_table_under_the_views(migrated_database: Engine) -> None:
    """What `kb.store.views.frozen` tells works: without taking the views away it does not, on either engine."""
    ingest(migrated_database, make_article("a", HARBOUR))
    with reading(migrated_database) as connection:
        before = {view.name: rows_of(connection, view) for view in VIEWS}
    with pytest.raises(Exception, match="v_"), writing(migrated_database) as connection:
        _change_a_column(connection)
    with writing(migrated_database) as connection:
        drop_views(connection)
        _change_a_column(connection)
        create_views(connection, "0006")
    with reading(migrated_database) as connection:
        assert {view.name: rows_of(connection, view) for view in VIEWS} == before


def _change_a_column(connection: Connection) -> None:
    """Give a column another type, as a migration would: SQLite makes the table anew for it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    with (
        Operations.context(MigrationContext.configure(connection)),
        op.batch_alter_table("failure") as batch_op,
    ):
        batch_op.alter_column("stage", type_=Text())
