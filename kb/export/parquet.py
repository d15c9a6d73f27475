"""Answers to Parquet: in groups of rows, with column types that come of the rows' class, not of what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from types import NoneType
from typing import IO, Any, get_args, get_origin, get_type_hints

from kb.errors import NotInstalled
from kb.export.rows import field_names

_GROUP = 10_000  # rows: of quotes some 10 MB in memory


def write_parquet(rows: Iterable[object], stream: IO[bytes], *, row_type: type) -> int:
    """Write rows of one class; return how many. NotInstalled without pyarrow.

    Days are date32, times timestamp[us, UTC], tuples lists; only what the class allows to be None may be null.
    """
    arrow = _pyarrow()
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    schema, names = schema_of(row_type), field_names(row_type)
    n_rows, rest = 0, iter(rows)
    with ParquetWriter(stream, schema, compression="zstd") as writer:
        while part := list(islice(rest, _GROUP)):
            columns = {name: [getattr(row, name) for row in part] for name in names}
            writer.write_table(arrow.Table.from_pydict(columns, schema))
            n_rows += len(part)
    return n_rows


def schema_of(row_type: type) -> Any:
    """Return the Arrow schema of a class of rows."""
    arrow, hints = _pyarrow(), get_type_hints(row_type)
    return arrow.schema([_field(arrow, name, hints[name]) for name in field_names(row_type)])


def _field(arrow: Any, name: str, hint: Any) -> Any:
    parts = get_args(hint)
    may_be_none = NoneType in parts
    (kind,) = [part for part in parts if part is not NoneType] if may_be_none else [hint]
    return arrow.field(name, _type(arrow, kind), nullable=may_be_none)


def _type(arrow: Any, kind: Any) -> Any:
    if get_origin(kind) is tuple:
        return arrow.list_(_type(arrow, get_args(kind)[0]))
    types = {
        str: arrow.string(),
        int: arrow.int64(),
        float: arrow.float64(),
        bool: arrow.bool_(),
        date: arrow.date32(),
        datetime: arrow.timestamp("us", tz="UTC"),
    }
    return types[kind]


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415  (optional, and slow to import)
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "parquet", "pyarrow is not installed", "pip install 'kb-indonesia[parquet]'"
        ) from error
    return pyarrow
