"""What speakers said whom texts only describe: they are no entities, but found by the words of the description."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.names import fold, name_key
from kb.query.current import stream
from kb.query.quotes import EVERYTHING, as_quote, has_decided_speaker
from kb.query.rows import Answer, QuoteFilter, QuoteRow
from kb.query.said import full_rows, newest_reports, with_reports
from kb.store.tables import quote, speaker_word


def quotes_described(
    connection: Connection, name: str, where: QuoteFilter = EVERYTHING
) -> Iterator[QuoteRow]:
    """Yield the quotes of speakers whom a text only describes, in words that hold all of `name`.

    They are no entities: ``kantor berita negara`` may be another one in every article.
    """
    return map(as_quote, full_rows(connection, _keys(connection, name, where)))


def answers_described(
    connection: Connection, name: str, where: QuoteFilter, limit: int | None
) -> Iterator[Answer]:
    """Yield what `quotes_described` gives by description, each with its newest quotes."""
    for _, group in groupby(sorted(_keys(connection, name, where), key=_folded), key=_folded):
        keys = list(group)
        quotes = tuple(with_reports(as_quote(row)) for row in full_rows(connection, keys[:limit]))
        yield Answer(keys[0].speaker, None, quotes, n_quotes=len(keys), n_statements=len(keys))


def _keys(connection: Connection, name: str, where: QuoteFilter) -> Iterator[Row[Any]]:
    """Yield the keys of what was said by those described so, with the description, the newest first."""
    words = sorted(set(name_key(name).split()))
    if not words:
        return iter(())
    called = (select(speaker_word.c.quote_id).where(speaker_word.c.word == word) for word in words)
    said = newest_reports(connection.dialect.name, where).add_columns(quote.c.speaker)
    holds = (quote.c.id.in_(quotes) for quotes in called)
    return stream(connection, said.where(*holds, ~has_decided_speaker()))


def _folded(key: Row[Any]) -> str:
    return fold(key.speaker)
