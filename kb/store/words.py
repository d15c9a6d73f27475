"""Write what is found by its words: names, and speakers whom texts only describe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, select, true

from kb.names import fold
from kb.store.bulk import insert_numbered, insert_values
from kb.store.tables import alias, alias_word, quote, speaker_word
from kb.store.touched import chunks


def add_aliases(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add names (rows of `alias` without their numbers) with their words."""
    ids = insert_numbered(connection, alias, rows)
    keys = zip(ids, (row["name_key"] for row in rows), strict=True)
    insert_values(connection, alias_word, ("alias_id", "word"), _pairs(keys))


def add_speaker_words(
    connection: Connection, ids: Iterable[int], quotes: Iterable[Mapping[str, Any]]
) -> None:
    """Add the words of the speakers whom these quotes (their numbers, and their rows) only describe."""
    insert_values(connection, speaker_word, ("quote_id", "word"), described_words(ids, quotes))


def described_words(ids: Iterable[int], quotes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Yield quote and word of the speakers whom these quotes only describe."""
    said = zip(ids, quotes, strict=True)
    return _pairs(
        (id_, fold(quote["speaker"]))
        for id_, quote in said
        if quote["speaker"] is not None and quote["speaker_local_entity_id"] is None
    )


def find_wrong_words(connection: Connection) -> Iterator[tuple[Table, int]]:
    """Yield the table and the row number of the names, and of the quotes, whose words are not as they would be made."""
    described = quote.c.speaker.is_not(None) & quote.c.speaker_local_entity_id.is_(None)
    named = select(alias.c.id, alias.c.name_key)
    said = select(quote.c.id, quote.c.speaker).where(described)
    yield from ((alias, id_) for id_ in _differing(connection, named, alias_word.c.alias_id, str))
    yield from ((quote, id_) for id_ in _differing(connection, said, speaker_word.c.quote_id, fold))


def _differing(
    connection: Connection, texts: Select[Any], key: Column[int], as_words: Callable[[str], str]
) -> Iterator[int]:
    """Yield the numbers of which the words beside `key` are not those of the texts (number, text), folded."""
    word, last = key.table.c.word, 0
    rows = connection.execute(texts.order_by(texts.selected_columns.id).execution_options(yield_per=1000))
    for part in chain(rows.partitions(), [()]):
        wanted = set(_pairs((id_, as_words(text)) for id_, text in part))
        reached = key <= part[-1][0] if part else true()
        present = set(connection.execute(select(key, word).where(key > last, reached)).tuples())
        yield from sorted({id_ for id_, _ in wanted ^ present})
        last = part[-1][0] if part else last


def mend_words(connection: Connection) -> None:
    """Make the words of names and of described speakers again where they are wrong."""
    wrong = list(find_wrong_words(connection))
    for table, word in ((alias, alias_word), (quote, speaker_word)):
        key = next(iter(word.foreign_keys)).parent
        for part in chunks(id_ for of, id_ in wrong if of is table):
            connection.execute(delete(word).where(key.in_(part)))
            found = connection.execute(select(table).where(table.c.id.in_(part))).mappings()
            rows = [dict(row) for row in found]
            ids = [row["id"] for row in rows]
            keys = ((row["id"], row["name_key"]) for row in rows) if table is alias else ()
            pairs = _pairs(keys) if table is alias else described_words(ids, rows)
            insert_values(connection, word, (key.name, "word"), pairs)


def _pairs(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((id_, word) for id_, key in keys for word in sorted(set(key.split())))
