"""Whether what a base holds is true: a line for each question that can be asked of every row.

`check_up` of kb.health looks at how a base is worked with, in a moment; this reads all of it. What is wrong with what
derives from other rows can be made again: `kb.store.mending`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, inspect, select, text

from kb.errors import DatabaseProblem
from kb.names import fold
from kb.store.check import find_differences
from kb.store.columns import metadata
from kb.store.condition import SHOWN, find_damage, is_writable
from kb.store.database import reading, writing
from kb.store.reports import (
    find_wrong_counts,
    find_wrong_namings,
    find_wrong_open_quotes,
    find_wrong_reports,
)
from kb.store.tables import (
    WRITTEN_BY_HAND,
    annotation,
    article,
    body,
    entity,
    mention,
    quote,
    revision,
)
from kb.store.words import find_wrong_words

SEARCHED = (quote, body)
_TRIGGERS = frozenset(
    f"{table.name}_search_{event}" for table in SEARCHED for event in ("insert", "delete", "update")
)
_SPANS = ((quote, ""), (quote, "cue_"), (quote, "speaker_mention_"), (mention, ""))
_AT_ONCE = 1000  # rows that are fetched together

_BACKUP = "restore a backup: kb db copy FILE NEW"
_AGAIN = "kb reingest makes it again"
_FIX = "kb db check --fix makes it again"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found; `mend` is None where all is well."""

    check: str
    is_ok: bool
    what: str
    mend: str | None = None


def find_wrongs(engine: Engine) -> Iterator[Checked]:
    """Yield what each check finds in a base of this program's schema; nothing is changed."""
    yield _checked("file", "sound, and every reference leads somewhere", _BACKUP, _find_damage(engine))
    made = "migrate a new base (kb db upgrade) and copy into it"
    yield _checked("schema", "tables, indexes and views are this program's", made, _find_differences(engine))
    for name, well, mend, find in _CHECKS:
        yield _checked(name, well, mend, _found_by(find, engine))
    yield _checked("search", "the full text is that of the rows", _FIX, _find_lost_words(engine))


def _checked(name: str, well: str, mend: str, wrongs: Iterable[str]) -> Checked:
    remaining = iter(wrongs)
    try:
        shown = list(islice(remaining, SHOWN))
        n_more = sum(1 for _ in remaining)
    except DatabaseProblem as problem:
        return Checked(name, False, f"cannot be looked at: {problem.what}", problem.mend or mend)
    if not shown:
        return Checked(name, True, well)
    return Checked(name, False, ", ".join(shown) + (f" and {n_more:,} more" if n_more else ""), mend)


def _found_by(find: _Find, engine: Engine) -> Iterator[str]:
    with reading(engine) as connection:
        yield from find(connection)


def _find_damage(engine: Engine) -> Iterator[str]:
    yield from find_damage(engine)
    if engine.dialect.name == "postgresql":
        with reading(engine) as connection:
            yield from connection.scalars(text(_UNUSABLE))
            for table in metadata.sorted_tables:
                yield from _find_orphans(connection, table)


_UNUSABLE = """
SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid
UNION ALL
SELECT 'constraint ' || conname || ' was never validated' FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
"""


def _find_orphans(connection: Connection, table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        child, parent = table.alias(), key.column.table.alias()
        points = child.c[key.parent.name]
        lost = (
            select(points)
            .select_from(child.outerjoin(parent, parent.c[key.column.name] == points))
            .where(points.is_not(None), parent.c[key.column.name].is_(None))
        )
        for number in _stream(connection, lost):
            yield f"{table.name}.{key.parent.name} {number[0]} points to nothing"


def _find_differences(engine: Engine) -> Iterator[str]:
    yield from find_differences(engine)
    with reading(engine) as connection:
        if connection.dialect.name == "sqlite":
            named = set(connection.scalars(text("SELECT name FROM sqlite_master")))
            wanted = {
                name.removeprefix("ix_") if name.endswith("_search") else name for name in WRITTEN_BY_HAND
            }
            wanted |= _TRIGGERS
        else:
            inspector = inspect(connection)
            found = (inspector.get_indexes(table.name) for table in metadata.sorted_tables)
            named, wanted = {index["name"] for some in found for index in some}, set(WRITTEN_BY_HAND)
    yield from (f"{name} is missing" for name in sorted(wanted - named))


def _find_misplaced(connection: Connection) -> Iterator[str]:
    """Yield quotes and mentions that are not what their text has there (law 1: body[start:end] == text)."""
    for table, prefix in _SPANS:
        start, end = table.c[f"{prefix}start_char"], table.c[f"{prefix}end_char"]
        printed = func.substr(body.c.text, start + 1, end - start)
        wrong = (
            select(table.c.id)
            .join(annotation, annotation.c.id == table.c.annotation_id)
            .join(body, body.c.id == annotation.c.body_id)
            .where(printed != table.c[f"{prefix}text"])
        )
        what = {"": table.name, "cue_": "cue of quote", "speaker_mention_": "speaker of quote"}[prefix]
        yield from (f"{what} {row[0]} is not what stands there" for row in _stream(connection, wrong))


def _find_not_current(connection: Connection) -> Iterator[str]:
    """Yield articles without one current revision, and texts whose annotations have no current one."""
    for parent, child, key in (
        (article, revision, revision.c.article_id),
        (body, annotation, annotation.c.body_id),
    ):
        n_current = func.count().filter(child.c.is_current)
        wrong = select(key, n_current).group_by(key).having(n_current != 1)
        for id_, n in _stream(connection, wrong):
            yield f"{parent.name} {id_} has {n} current {child.name}s"
    bare = select(article.c.id).where(
        ~select(revision.c.id).where(revision.c.article_id == article.c.id).exists()
    )
    yield from (f"article {row[0]} has no revision" for row in _stream(connection, bare))


def _find_changed_texts(connection: Connection) -> Iterator[str]:
    for id_, sha256, words in _stream(connection, select(body.c.id, body.c.sha256, body.c.text)):
        if hashlib.sha256(words.encode()).hexdigest() != sha256:
            yield f"body {id_} is not the text of its hash"


def _find_unfolded(connection: Connection) -> Iterator[str]:
    for table in SEARCHED:
        yield from (f"{table.name} {id_} has other words" for id_ in find_wrongly_folded(connection, table))


def find_wrongly_folded(connection: Connection, table: Table) -> Iterator[int]:
    """Yield the row numbers whose words to search in are not those of their text."""
    rows = _stream(connection, select(table.c.id, table.c.text, table.c.folded))
    return (id_ for id_, words, folded in rows if fold(words) != folded)


def _find_long_merges(connection: Connection) -> Iterator[str]:
    into = entity.alias()
    wrong = (
        select(entity.c.id)
        .join(into, into.c.id == entity.c.merged_into_id)
        .where(into.c.merged_into_id.is_not(None))
    )
    yield from (f"entity {row[0]} was merged into a merged one" for row in _stream(connection, wrong))


def _find_lost_words(engine: Engine) -> Iterator[str]:
    """Yield full-text tables that do not have the words of their rows; they are not looked at in a read-only file.

    https://www.sqlite.org/fts5.html#the_integrity_check_command; PostgreSQL keeps its index itself.
    """
    if engine.dialect.name != "sqlite" or not is_writable(engine):
        return
    for table in SEARCHED:
        name = f"{table.name}_search"
        try:
            with writing(engine) as connection:
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except DatabaseProblem:
            yield f"{name} has other words"


def _find_wrong_words(connection: Connection) -> Iterator[str]:
    return (f"{table.name} {id_} has other words" for table, id_ in find_wrong_words(connection))


def _find_wrong_reports(connection: Connection) -> Iterator[str]:
    return (f"quote {quote_id} in article {id_}" for quote_id, id_ in find_wrong_reports(connection))


def _find_wrong_namings(connection: Connection) -> Iterator[str]:
    return (f"entity {entity_id} in article {id_}" for entity_id, id_ in find_wrong_namings(connection))


def _find_wrong_open_quotes(connection: Connection) -> Iterator[str]:
    return (f"entity {entity_id}, quote {id_}" for entity_id, id_ in find_wrong_open_quotes(connection))


def _find_wrong_counts(connection: Connection) -> Iterator[str]:
    return (f"entity {id_}" for id_ in find_wrong_counts(connection))


def _stream(connection: Connection, rows: Any) -> Iterator[Any]:
    yield from connection.execute(rows.execution_options(yield_per=_AT_ONCE))


_Find = Callable[[Connection], Iterator[str]]

_CHECKS: tuple[tuple[str, str, str, _Find], ...] = (
    ("texts", "every text is the one of its hash", _BACKUP, _find_changed_texts),
    ("spans", "every quote, cue, speaker and mention stands where it says", _AGAIN, _find_misplaced),
    ("current", "one revision of each article and one annotation of each text", _BACKUP, _find_not_current),
    (
        "merges",
        "no entity was merged into a merged one",
        "take the merge back: kb curate undo",
        _find_long_merges,
    ),
    ("folded", "the words to search in are those of the texts", _FIX, _find_unfolded),
    ("words", "names and described speakers are found by their words", _FIX, _find_wrong_words),
    ("reports", "who said what is as it derives", _FIX, _find_wrong_reports),
    ("namings", "who is named where is as it derives", _FIX, _find_wrong_namings),
    ("open quotes", "whose unclear quotes may be is as it derives", _FIX, _find_wrong_open_quotes),
    ("counts", "entities are counted right", _FIX, _find_wrong_counts),
)
"""The name of each, what is so where nothing is found, how to mend it, what finds it."""
