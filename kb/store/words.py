"""Write what is found by its words: names, and speakers whom texts only describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from kb.names import fold
from kb.store.bulk import insert_numbered, insert_values
from kb.store.tables import alias, alias_word, speaker_word


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


def _pairs(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((id_, word) for id_, key in keys for word in sorted(set(key.split())))
