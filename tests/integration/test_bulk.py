"""Writing many rows at once: what is read again is what was written, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from awkward import ARTICLE, FAILURE, REVISION, TEXTS, make_parents
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from kb.store import tables
from kb.store.bulk import insert_rows, take_ids
from kb.store.database import reading, writing


@pytest.mark.parametrize(
    ("name", "row"), [("revision", REVISION), ("failure", FAILURE)], ids=["revision", "failure"]
)
def test_rows_are_those_that_single_inserts_write(database: Engine, name: str, row: dict[str, Any]) -> None:
    """Every kind of column (times, days, lists, bytes, flags, NULL) is written as SQLAlchemy itself writes it."""
    table = tables.metadata.tables[name]
    with writing(database) as connection:
        make_parents(connection)
        insert_rows(connection, table, [{"id": 7, **row}])
        in_bulk = connection.execute(select(table)).mappings().one()
        connection.execute(table.delete())
        connection.execute(insert(table), [{"id": 7, **row}])
        singly = connection.execute(select(table)).mappings().one()
    assert dict(in_bulk) == dict(singly)


def test_texts_come_back_as_they_went_in(database: Engine) -> None:
    """Quotes, backslashes, tabs, line ends, what ends a COPY, and letters of any script are kept."""
    rows = [{"name": text, "name_key": str(number)} for number, text in enumerate(TEXTS)]
    with writing(database) as connection:
        assert insert_rows(connection, tables.outlet, rows) == len(rows)
    with reading(database) as connection:
        kept = connection.scalars(select(tables.outlet.c.name).order_by(tables.outlet.c.id)).all()
    assert list(kept) == list(TEXTS)


def test_rows_are_taken_one_by_one(database: Engine) -> None:
    """Rows may come from a generator of any length; none at all are none."""
    with writing(database) as connection:
        assert insert_rows(connection, tables.outlet, iter(())) == 0
        rows = ({"name": f"Koran {n}", "name_key": f"koran {n}"} for n in range(2500))
        assert insert_rows(connection, tables.outlet, rows) == 2500
        assert connection.scalar(select(func.count()).select_from(tables.outlet)) == 2500


def test_what_is_not_named_gets_its_default(database: Engine) -> None:
    """A column that no row names has the database's default, or is NULL."""
    row = {"command": "uji", "version": "0", "state": "ok", "started_at": datetime(2026, 1, 2, tzinfo=UTC)}
    with writing(database) as connection:
        insert_rows(connection, tables.run, [row])
        kept = connection.execute(select(tables.run)).one()
    assert (kept.n_new, kept.finished_at) == (0, None)


def test_a_row_that_breaks_a_rule_is_undone_with_the_others(database: Engine) -> None:
    """A broken row is SQLAlchemy's own error, and nothing of its transaction stays."""
    rows = [{"name": "Kabar Pesisir", "name_key": "kabar pesisir"}] * 2
    with pytest.raises(IntegrityError), writing(database) as connection:
        insert_rows(connection, tables.outlet, rows)
    with reading(database) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.outlet)) == 0


def test_numbers_are_taken_in_one_go(database: Engine) -> None:
    """Numbers that were taken are ascending, nobody else's, and what is inserted afterwards is numbered after them."""
    with writing(database) as connection:
        first = take_ids(connection, tables.outlet, 3)
        rows = [{"id": id_, "name": f"Koran {id_}", "name_key": f"koran {id_}"} for id_ in first]
        insert_rows(connection, tables.outlet, rows)
        second = take_ids(connection, tables.outlet, 2)
        insert_rows(connection, tables.outlet, [{"id": second[0], "name": "Lain", "name_key": "lain"}])
        made = insert(tables.outlet).values(name="Akhir", name_key="akhir").returning(tables.outlet.c.id)
        last = connection.execute(made).scalar_one()
    assert first == sorted(set(first))
    assert first[-1] < second[0] < second[1]
    assert last > second[0]


def test_a_time_without_zone_is_refused(database: Engine) -> None:
    """The types' own rules hold: a naive time is an error here too."""
    row = dict(ARTICLE, first_seen_at=datetime(2026, 1, 2))
    with pytest.raises(ValueError, match="needs a zone"), writing(database) as connection:
        insert_rows(connection, tables.article, [row])
