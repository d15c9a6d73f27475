"""What a base has to be asked for with SQL: its views, which stay as they are, and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import types

from kb.errors import NotFound
from kb.store.columns import metadata
from kb.store.tables import SCHEMA
from kb.store.views import VIEWS

__all__ = ["SCHEMA", "ColumnRow", "RelationRow", "relation_named", "relations"]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column: its type in words that both engines share."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A view or a table; `kind` says which."""

    name: str
    kind: str
    comment: str
    columns: tuple[ColumnRow, ...]


def relations() -> tuple[RelationRow, ...]:
    """Return all views, in the order in which they are to be read, then all tables by name."""
    return (*_views(), *sorted(_tables(), key=lambda table: table.name))


def relation_named(name: str) -> RelationRow:
    """Return one view or table; NotFound, with near names, if there is none."""
    by_name = {relation.name: relation for relation in relations()}
    if name.lower() not in by_name:
        near = get_close_matches(name.lower(), by_name, n=3)
        mend = f"did you mean {' or '.join(near)}?" if near else "`kb sql --schema` lists them"
        raise NotFound(name, "no view or table of that name", mend)
    return by_name[name.lower()]


def _views() -> list[RelationRow]:
    return [
        RelationRow(
            view.name, "view", view.comment, tuple(ColumnRow(c.name, c.type, c.comment) for c in view.columns)
        )
        for view in VIEWS
    ]


def _tables() -> list[RelationRow]:
    return [
        RelationRow(
            table.name,
            "table",
            table.comment or "",
            tuple(ColumnRow(c.name, _type(c.type), c.comment or "") for c in table.columns),
        )
        for table in metadata.tables.values()
    ]


def _type(type_: types.TypeEngine[object]) -> str:
    """Return a column's type in the words of the views."""
    while isinstance(type_, types.TypeDecorator):
        type_ = type_.impl_instance
    return next((word for kind, word in _WORDS if isinstance(type_, kind)), str(type_).lower())


_WORDS = (
    (types.String, "text"),
    (types.Integer, "integer"),
    (types.Float, "real"),
    (types.Boolean, "boolean"),
    (types.DateTime, "timestamp"),
    (types.Date, "date"),
    (types.JSON, "json"),
)
