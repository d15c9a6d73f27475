"""The column types and constraints that the tables are built from; every constraint gets a name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    any_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: refuses naive datetimes and always gives aware ones back (SQLite drops zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return `value` in UTC; ValueError if it has no zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"naive datetime {value.isoformat()}: a stored time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the stored moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column() -> Column[int]:
    """Return a surrogate primary key. It is local to one base: nothing outside it may rely on it."""
    return Column("id", Integer, primary_key=True, comment="row number, of meaning only inside this base")


def reference(table: str, comment: str, *, name: str | None = None, **options: Any) -> Column[Any]:
    """Return a foreign key column to `table`'s id, called ``<table>_id`` unless told, NOT NULL unless told.

    `ondelete` is the action of the foreign key; `index` makes the index that a delete of the parent needs.
    """
    key = ForeignKey(f"{table}.id", ondelete=options.pop("ondelete", None))
    settings = {"nullable": False, "index": True, **options}
    return Column(name or f"{table}_id", Integer, key, comment=comment, **settings)


def span_columns(prefix: str, of: str, *, nullable: bool = False) -> tuple[Any, ...]:
    """Return start, end and text columns of a span, with the CHECKs that hold them together.

    With an empty `prefix` they are called ``start_char``, ``end_char`` and ``text``.
    """
    start, end, text = f"{prefix}start_char", f"{prefix}end_char", f"{prefix}text"
    law = f"{start} >= 0 AND {end} > {start} AND length({text}) = {end} - {start}"
    if nullable:
        law = f"({start} IS NULL AND {end} IS NULL AND {text} IS NULL) OR ({law})"
    return (
        Column(start, Integer, nullable=nullable, comment=f"first code point of {of}"),
        Column(end, Integer, nullable=nullable, comment=f"code point after the last one of {of}"),
        Column(text, Text, nullable=nullable, comment=f"{of}, as body[start:end] has it"),
        CheckConstraint(law, name=f"{prefix}span"),
    )


def one_of(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return the named CHECK that `column` holds one of `values` (NULL passes where the column allows it)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def share(column: str) -> CheckConstraint:
    """Return the named CHECK that `column` lies between 0 and 1."""
    return CheckConstraint(f"{column} >= 0 AND {column} <= 1", name=column)


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return whether `column` is one of many values, as one parameter: a list of a thousand costs as much to write
    out as to look up."""
    dialect = connection.dialect.name
    return _is_listed(dialect, column, literal(as_list(dialect, values), _list_type(dialect, column)))


def among_named(dialect: str, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return `among` for a statement that is made once: the parameter `name` is to be given `as_list`."""
    return _is_listed(dialect, column, bindparam(name, type_=_list_type(dialect, column)))


def as_list(dialect: str, values: Iterable[Any]) -> Any:
    """Return values as the one parameter that an engine takes for many."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)


def _list_type(dialect: str, column: ColumnElement[Any]) -> Any:
    return Text() if dialect == "sqlite" else ARRAY(column.type)


def _is_listed(dialect: str, column: ColumnElement[Any], listed: ColumnElement[Any]) -> ColumnElement[bool]:
    if dialect == "sqlite":
        return column.in_(select(func.json_each(listed).table_valued("value").c.value))
    return column == any_(listed)
