"""Write the data dictionary: ``python -m kb.store.dictionary > docs/schema.md`` (``make schema``).

All of it comes of the comments in the code. The page is kept in the repository, so that it is read where it is needed
and so that a view that loses a column is seen as a changed line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kb.store.columns import UtcDateTime, metadata
from kb.store.tables import SCHEMA
from kb.store.views import CONTRACT, VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

    from kb.store.views import View

_HEAD = """\
# The schema

Written by `make schema` from the comments in the code. Views, contract {major}.{minor}; tables, migration {schema}.

Ask the views. The tables below change with any release; the views are the contract:

- within a major number no view goes, and no column goes, changes its place, its type or what it means;
- a minor number more means that columns were added, each at the end of its view, or views;
- `SELECT major, minor FROM v_contract` tells which version a base has; `kb db upgrade` brings it to that of kb.

Views show current articles only, as their outlets have them now, without what people rejected, with merges and \
decisions followed; `v_article_history` and `v_provenance` show older states too. They answer alike on SQLite and \
PostgreSQL. SQLite keeps a `date` and a `timestamp` as text (`2026-07-01`, `2026-07-01 06:05:00.000000`), a \
`boolean` as 0 or 1; all timestamps are UTC. `end` is a word of SQL: write `q.end` or `"end"`. \
[questions.md](questions.md) has twenty worked questions.
"""

_GROUPS = {
    "What was published": ("outlet", "article", "article_url", "revision", "body"),
    "What is found in it": (
        *("pipeline", "annotation", "local_entity", "mention", "quote", "speaker_candidate"),
    ),
    "Who that is, and what people decided": (
        *("entity", "alias", "external_id", "seed", "link", "quote_cluster", "quote_cluster_member"),
        *("quote_bucket", "decision", "quote_judgement", "mention_judgement"),
    ),
    "How it came in": ("run", "feed", "fetch", "reading", "failure", "tombstone"),
    "What is derived for speed": (
        "report",
        "naming",
        "open_quote",
        "entity_count",
        "alias_word",
        "speaker_word",
        "touched",
        "linking",
    ),
}
"""The tables by what they are about, as the diagrams have them; a test holds that none is left out."""


def dictionary() -> Iterator[str]:
    """Yield the lines of the data dictionary."""
    major, minor = CONTRACT
    yield from _HEAD.format(major=major, minor=minor, schema=SCHEMA).splitlines()
    yield from ("", "## Views")
    for view in VIEWS:
        yield from _view(view)
    yield from (
        "",
        "## Tables",
        "",
        "What the views are made of. An arrow points to the table that is referred to.",
    )
    for group, names in _GROUPS.items():
        yield from ("", f"### {group}", "", *_diagram(names))
        for name in names:
            yield from _table(metadata.tables[name])


def _view(view: View) -> Iterator[str]:
    rows = ((f"`{column.name}`", column.type, column.comment) for column in view.columns)
    yield from (
        "",
        f"### {view.name}",
        "",
        f"{view.comment}.",
        "",
        *_grid(("column", "type", "meaning"), rows),
    )


def _table(table: Table) -> Iterator[str]:
    rows = ((f"`{column.name}`", _type(column), _meaning(column)) for column in table.columns)
    grid = _grid(("column", "type", "meaning"), rows)
    yield from ("", f"#### {table.name}", "", f"{table.comment}.", "", *grid)


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _type(column: Column[object]) -> str:
    name = "timestamp" if isinstance(column.type, UtcDateTime) else str(column.type).lower()
    return name if column.nullable else f"{name}, not null"


def _meaning(column: Column[object]) -> str:
    keys = ", ".join(f"`{key.target_fullname}`" for key in column.foreign_keys)
    key = "key" if column.primary_key and column.name != "id" else ""
    return "; ".join(filter(None, (column.comment or "", f"→ {keys}" if keys else "", key)))


def _diagram(names: tuple[str, ...]) -> Iterator[str]:
    """Yield a diagram of these tables and of those that they refer to."""
    yield from ("```mermaid", "erDiagram")
    for name in names:
        columns = [column for column in metadata.tables[name].columns if column.foreign_keys]
        for column in columns:
            (key,) = column.foreign_keys
            many = "}o--o|" if column.nullable else "}o--||"
            yield f"    {name} {many} {key.column.table.name} : {column.name.removesuffix('_id')}"
        if not columns:
            yield f"    {name}"
    yield "```"


if __name__ == "__main__":
    sys.stdout.write("\n".join(dictionary()) + "\n")
