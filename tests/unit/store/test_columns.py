"""The type of stored times, and what stands in the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    CheckConstraint,
    Column,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    create_engine,
    insert,
    select,
)

from kb.store.columns import UtcDateTime, metadata
from kb.store.tables import WRITTEN_BY_HAND
from kb.store.texts import is_storable, storable

WIB = timezone(timedelta(hours=7))


def keep(moment: datetime | None) -> datetime | None:
    """Return `moment` as SQLite gives it back."""
    table = Table("moment", MetaData(), Column("at", UtcDateTime))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table).values(at=moment))
        return connection.execute(select(table.c.at)).scalar_one()


def test_a_moment_comes_back_aware_and_in_utc() -> None:
    """19 June 06:00 WIB is 18 June 23:00 UTC, on an engine that drops zones too."""
    kept = keep(datetime(2024, 6, 19, 6, tzinfo=WIB))
    assert kept == datetime(2024, 6, 18, 23, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    """A time without a zone is no moment."""
    with pytest.raises(Exception, match="naive datetime"):
        keep(datetime(2024, 6, 19, 6))


def test_no_moment_stays_none() -> None:
    """Nothing is made up."""
    assert keep(None) is None


def test_every_check_has_a_name_and_every_table_says_what_it_is() -> None:
    """A constraint without a name cannot be taken away on SQLite; a table without a comment is a riddle."""
    for table in metadata.sorted_tables:
        assert table.comment, table.name
        checks = [c for c in table.constraints if isinstance(c, CheckConstraint)]
        assert all(str(check.name).startswith(f"ck_{table.name}_") for check in checks)
        assert all(not column.references(column) or column.comment for column in table.c)


def test_every_foreign_key_column_is_indexed() -> None:
    """Deleting a parent never reads a whole table of children."""
    by_hand = {"report.entity_id": "ix_report_speaker"}
    assert WRITTEN_BY_HAND.issuperset(by_hand.values())
    for table in metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in table.indexes}
        keys = (c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint))
        leading |= {next(iter(key.columns)).name for key in keys}
        for column in table.c:
            name = f"{table.name}.{column.name}"
            assert not column.foreign_keys or column.name in leading or name in by_hand, name


@given(st.text(st.characters(), max_size=20))
def test_any_text_can_be_made_storable(text: str) -> None:
    """NULs and halves of surrogate pairs are written out, all else stays."""
    made = storable(text)
    assert is_storable(made)
    assert made == text or not is_storable(text)
