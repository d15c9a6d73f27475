"""One line of JSONL to a record. Fields that kb has no noun for are kept."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

from kb.errors import BadEncoding, BadRecord, BinaryInput
from kb.ingest.addresses import canonical_url
from kb.ingest.article import Record
from kb.ingest.body import normalise
from kb.ingest.credits import split_names
from kb.ingest.dates import parse_published
from kb.ingest.outlets import choose_outlet
from kb.ingest.plain import decode
from kb.ingest.raws import ID_LENGTH, Raw

_FIELDS = frozenset({"id", "text", "title", "url", "outlet", "published_at", "authors"})


def read_record(raw: Raw) -> Record:
    """Read one line (without its end) as a record.

    Raises BadRecord for what is no record, and the errors of `plain.decode`.
    """
    subject = raw.subject
    fields = _parse_object(decode(raw.content, subject=subject), subject)
    _check_characters(fields, subject)
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadRecord(subject, "has no usable text", 'give it a "text" that is a string and not empty')
    printed = _read_string(fields, "published_at", subject)
    published = parse_published(printed) if printed else None
    outlet = _read_string(fields, "outlet", subject)
    url = _read_string(fields, "url", subject)
    canonical = canonical_url(url) if url else None
    return Record(
        id=_read_id(fields, subject) or raw.sha256[:ID_LENGTH],
        text=text,
        sha256=raw.sha256,
        subject=subject,
        origin=raw.origin,
        title=_read_string(fields, "title", subject),
        url=url,
        outlet=(choose_outlet(outlet) or outlet) if outlet else None,
        published=published,
        authors=_read_authors(fields, subject),
        extra={name: value for name, value in fields.items() if name not in _FIELDS}
        | ({"published_at": printed} if printed and not published else {}),
        urls=(canonical,) if canonical else (),
    )


def is_record(line: bytes) -> bool:
    """Whether the line parses as a JSON object."""
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _parse_object(text: str, subject: str) -> dict[str, Any]:
    try:
        fields = json.loads(text, parse_constant=_refuse, parse_float=_read_float)
    except json.JSONDecodeError as error:
        raise BadRecord(subject, f"is no JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise BadRecord(subject, f"is no usable JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadRecord(subject, f"is a JSON {type(fields).__name__}, not an object")
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _read_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        _refuse(text)
    return number


def _check_characters(fields: Mapping[str, Any], subject: str) -> None:
    """Refuse what JSON can escape and no database can hold: NUL and half a surrogate pair."""
    text = "\n".join(_strings(fields))
    if "\0" in text:
        raise BinaryInput(subject, "holds NUL characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadEncoding(subject, "holds half a surrogate pair, which is no character") from error


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.items() for part in item for text in _strings(part)]
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []


def _read_string(fields: Mapping[str, Any], name: str, subject: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRecord(subject, f'"{name}" is a JSON {type(value).__name__}, not a string')
    return " ".join(normalise(value).split()) or None if value else None


def _read_id(fields: Mapping[str, Any], subject: str) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _read_string(fields, "id", subject)


def _read_authors(fields: Mapping[str, Any], subject: str) -> tuple[str, ...]:
    value = fields.get("authors")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(name for name in map(normalise, value) if name)
    if isinstance(value, list):
        raise BadRecord(subject, '"authors" holds something that is no string')
    return split_names(_read_string(fields, "authors", subject) or "")
