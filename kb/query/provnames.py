"""What the things of a base are called in PROV: the same in every base that has them, and how values are written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

PREFIXES = {"kb": "urn:x-kb:", "xsd": "http://www.w3.org/2001/XMLSchema#"}


def name_of(kind: str, *parts: str | int) -> str:
    """Return the qualified name of a thing: its kind and what tells it from others of that kind."""
    return "kb:" + "/".join([kind, *(quote(str(part), safe="") for part in parts)])


def article_name(ref: str) -> str:
    """Return the name of an article."""
    return name_of("article", ref)


def revision_name(ref: str, number: int) -> str:
    """Return the name of one state of an article."""
    return name_of("revision", ref, number)


def raw_name(sha256: str) -> str:
    """Return the name of bytes that were read."""
    return name_of("bytes", sha256)


def body_name(sha256: str) -> str:
    """Return the name of a text."""
    return name_of("body", sha256)


def annotation_name(body: str, pipeline: str, kind: str = "annotation") -> str:
    """Return the name of what a pipeline (digest) made of a body (hash), or of the making (`kind` annotating)."""
    return name_of(kind, body, pipeline)


def quote_name(body: str, pipeline: str, ordinal: int) -> str:
    """Return the name of a quote, by its place among those of its annotation, from 0."""
    return name_of("quote", body, pipeline, ordinal)


def run_name(started_at: datetime) -> str:
    """Return the name of a run; a base has one at a time."""
    return name_of("run", time_of(started_at))


def fetch_name(fetched_at: datetime, address: str) -> str:
    """Return the name of a reading of an address."""
    return name_of("fetch", time_of(fetched_at), hashlib.sha256(address.encode()).hexdigest()[:16])


def time_of(moment: datetime) -> str:
    """Return a time as XML Schema has it, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def typed(kind: str) -> Mapping[str, str]:
    """Return a qualified name as a value."""
    return {"$": kind, "type": "xsd:QName"}


def known(**attributes: Any) -> dict[str, Any]:
    """Return attributes of kb's namespace, those that are not known left out; times become typed."""
    return {f"kb:{name}": _value(value) for name, value in attributes.items() if value is not None}


def _value(value: Any) -> Any:
    return {"$": time_of(value), "type": "xsd:dateTime"} if isinstance(value, datetime) else value
