"""Answers to JSON Lines, JSON and CSV: from an iterator of rows to a stream, one row in memory at a time.

A row is a frozen dataclass, whose fields, in their order, are the names that users build on, or a mapping of such
names. None is ``null`` in JSON and an empty cell in CSV; days and times are ISO 8601 (times in UTC, ending in ``Z``),
bytes hexadecimal.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import Enum
from operator import attrgetter
from types import NoneType
from typing import Any, TextIO, cast

LIST_SEPARATOR = "; "  # between the parts of a CSV cell that holds several


def record_of(row: object) -> dict[str, Any]:
    """Return a row's fields with their values as JSON has them; rows inside rows become objects."""
    named = (
        row.items() if isinstance(row, Mapping) else zip(field_names(type(row)), _values(row), strict=True)
    )
    return {name: value if type(value) in _JSON_AS_IT_IS else _plain(value) for name, value in named}


_JSON_AS_IT_IS = frozenset({str, int, bool, NoneType})
_CSV_AS_IT_IS = frozenset({str, int, float, NoneType})  # what csv writes as we would; most cells are such


def field_names(row_type: type[Any]) -> tuple[str, ...]:
    """Return the field names of a row's class, in order."""
    return tuple(field.name for field in fields(row_type))


def _names(row: object) -> tuple[str, ...]:
    return tuple(row) if isinstance(row, Mapping) else _reader_of(row)[0]


def _values(row: object) -> tuple[object, ...]:
    return tuple(row.values()) if isinstance(row, Mapping) else _reader_of(row)[1](row)


def _reader_of(row: object) -> _Reader:
    """Return the names of a row's fields and what reads them, found once for each class."""
    if type(row) not in _READERS:
        names = field_names(type(row))
        read = attrgetter(*names)
        _READERS[type(row)] = names, read if len(names) > 1 else lambda row: (read(row),)
    return _READERS[type(row)]


_Reader = tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]
_READERS: dict[type, _Reader] = {}


def write_jsonl(rows: Iterable[object], stream: TextIO) -> int:
    """Write one JSON object a line; return how many."""
    n_rows = 0
    for row in rows:
        stream.write(_json(record_of(row)) + "\n")
        n_rows += 1
    return n_rows


def write_json(rows: Iterable[object], stream: TextIO) -> int:
    """Write one JSON array, an object a line; return how many."""
    n_rows = 0
    stream.write("[")
    for row in rows:
        stream.write((",\n " if n_rows else "\n ") + _json(record_of(row)))
        n_rows += 1
    stream.write("\n]\n" if n_rows else "]\n")
    return n_rows


def write_csv(rows: Iterable[object], stream: TextIO, *, row_type: type | Sequence[str]) -> int:
    """Write a header and a line a row (RFC 4180 quoting, LF between rows); return how many rows.

    `row_type` is the rows' class; of mappings, their names in order.
    """
    n_rows = 0
    writer = csv.writer(_Lines(stream), lineterminator="\r\n")  # quotes a cell with either of them in it
    writer.writerow(field_names(row_type) if isinstance(row_type, type) else row_type)
    for row in rows:
        writer.writerow(
            [value if type(value) in _CSV_AS_IT_IS else _cell(_plain(value)) for value in _values(row)]
        )
        n_rows += 1
    return n_rows


class _Lines:
    """Ends what csv writes, a line at a time, with LF alone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        """Write one line."""
        return self._stream.write(line[:-2] + "\n")


def write_sections(records: Iterable[tuple[str, str, object]], stream: TextIO) -> int:
    """Write records (section, name, value) as one JSON object of sections, each an object by name; return how many.

    Records of a section follow each other and have names of their own in it, so that none needs to be kept.
    """
    n_records, section = 0, None
    stream.write("{")
    for into, name, value in records:
        if into == section:
            stream.write(",")
        else:
            stream.write(("\n}," if section is not None else "") + f"\n{_json(into)}: {{")
        stream.write(f"\n {_json(name)}: {_json(value)}")
        n_records, section = n_records + 1, into
    stream.write("\n}\n}\n" if section is not None else "}\n")
    return n_records


_json = json.JSONEncoder(ensure_ascii=False).encode


def _plain(value: object) -> Any:
    """Return a value as JSON has it; what it has no word for (an interval, a number that is none) as text."""
    if value is None or (isinstance(value, str | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if hasattr(value, "__dataclass_fields__"):
        return record_of(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in cast(Sequence[object], value)]
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    return value.hex() if isinstance(value, bytes) else str(value)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(part if isinstance(part, str) else _json(part) for part in value)
    return _json(value) if isinstance(value, dict | bool) else value
