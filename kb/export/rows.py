"""Answers to JSON Lines, JSON and CSV: from an iterator of rows to a stream, one row in memory at a time.

A row is a frozen dataclass, whose fields, in their order, are the names that users build on, or a mapping of such
names. None is ``null`` in JSON and an empty cell in CSV; days and times are ISO 8601 (times in UTC, ending in ``Z``),
bytes hexadecimal.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TextIO, cast

LIST_SEPARATOR = "; "  # between the parts of a CSV cell that holds several


def record_of(row: object) -> dict[str, Any]:
    """Return a row's fields with their values as JSON has them; rows inside rows become objects."""
    if isinstance(row, Mapping):
        return {name: _plain(value) for name, value in row.items()}
    return {name: _plain(getattr(row, name)) for name in field_names(type(row))}


def field_names(row_type: type) -> tuple[str, ...]:
    """Return the field names of a row's class, in order."""
    return tuple(field.name for field in fields(row_type))


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
    names, n_rows = field_names(row_type) if isinstance(row_type, type) else row_type, 0
    writer = csv.writer(stream, lineterminator="\n")
    quoting_all = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    for row in rows:
        values = row.values() if isinstance(row, Mapping) else (getattr(row, name) for name in names)
        cells = [_cell(_plain(value)) for value in values]
        has_return = any(isinstance(cell, str) and "\r" in cell for cell in cells)  # ends a row if unquoted
        (quoting_all if has_return else writer).writerow(cells)
        n_rows += 1
    return n_rows


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
