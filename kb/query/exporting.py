"""Write an export to a stream, and tell in a manifest what was written."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any, TextIO, get_args, get_type_hints

from sqlalchemy import Connection

from kb import __version__
from kb.errors import BadQuestion
from kb.export import (
    Written,
    field_names,
    record_of,
    write_csv,
    write_jsonl,
    write_parquet,
    write_sections,
)
from kb.query.exports import ExportFilter, article_ref, export_of, export_rows, pipelines_within
from kb.query.prov import provenance_records
from kb.store.tables import SCHEMA
from kb.store.views.contract import CONTRACT

FORMATS = ("jsonl", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class Exporting:
    """What to write, and how: `what` is one of `kb.query.exports.EXPORTS`, or ``prov``, which is no rows but JSON.

    Raises BadQuestion where that does not fit together.
    """

    what: str
    where: ExportFilter = field(default_factory=ExportFilter)
    format: str = "jsonl"

    def __post_init__(self) -> None:
        """Refuse what cannot be, before anything is opened."""
        if self.format not in FORMATS:
            raise BadQuestion(self.format, "is no format of exports", f"one of {', '.join(FORMATS)}")
        if self.what != "prov":
            export_of(self.what, self.where)
        elif self.format != "jsonl":
            raise BadQuestion("prov", "is no rows", "leave --format away: it is written as PROV-JSON")
        elif set(self.where.given()) - {"article"}:
            raise BadQuestion("prov", "is of all articles or of one", "filter it by --article alone")

    def write(self, connection: Connection, stream: IO[bytes]) -> int:
        """Write it; return how many rows, of provenance how many records."""
        if self.what == "prov":
            records = provenance_records(connection, article_ref(connection, self.where))
            return _as_text(stream, lambda text: write_sections(records, text))
        row_type, rows = (
            export_of(self.what, self.where).row_type,
            export_rows(connection, self.what, self.where),
        )
        if self.format == "parquet":
            return write_parquet(rows, stream, row_type=row_type)
        if self.format == "csv":
            return _as_text(stream, lambda text: write_csv(rows, text, row_type=row_type))
        return _as_text(stream, lambda text: write_jsonl(rows, text))

    def manifest(self, connection: Connection, name: str | None, written: Written) -> dict[str, Any]:
        """Return what to keep beside a file of this `name`: what it holds, of what, made by what."""
        return {
            "file": name,
            "what": self.what,
            "filters": self.where.given(),
            "format": "prov-json" if self.what == "prov" else self.format,
            "columns": self._columns(),
            "n_rows": written.n_rows,
            "n_bytes": written.n_bytes,
            "sha256": written.sha256,
            "made_at": record_of({"at": datetime.now(UTC)})["at"],
            "kb": __version__,
            "schema": SCHEMA,
            "views": ".".join(map(str, CONTRACT)),
            "engine": connection.dialect.name,
            "pipelines": [record_of(one) for one in pipelines_within(connection, self.where)],
        }

    def _columns(self) -> dict[str, str]:
        """Return the types of the columns by their names, in Python's words."""
        if self.what == "prov":
            return {}
        row_type = export_of(self.what, self.where).row_type
        return {name: _words(get_type_hints(row_type)[name]) for name in field_names(row_type)}


def _words(hint: Any) -> str:
    """Return a type as it is written: ``str | None``, ``tuple[str, ...]``."""
    return (
        hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint).replace("datetime.", "")
    )


def _as_text(stream: IO[bytes], write: Callable[[TextIO], int]) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    n_rows = write(text)
    text.flush()
    text.detach()
    return n_rows
