"""Who said what: the answers of everybody whom a name may mean, each apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection

from kb.errors import NotFound
from kb.names import fold
from kb.query.entities import entities_named
from kb.query.quotes import EVERYTHING, count_open_quotes, count_quotes_by, quotes_by, quotes_described
from kb.query.rows import Answer, EntityRow, QuoteFilter, QuoteRow


def who_said(
    connection: Connection, name: str, where: QuoteFilter = EVERYTHING, *, limit: int | None = None
) -> Iterator[Answer]:
    """Yield what everybody whom `name` may mean has said; NotFound if there is nobody.

    Speakers that texts only describe (``kantor berita negara KCNA``) answer where no entity of that name is
    quoted at all. `limit` is the number of quotes of each.
    """
    meant, missing = _meant(connection, name)
    answers = [_answer(connection, entity, where, limit) for entity in meant]
    if not any(entity.n_quotes for entity in meant):
        answers += _described(connection, name, where, limit)
    if missing and not answers:
        raise missing
    yield from answers


def _meant(connection: Connection, name: str) -> tuple[list[EntityRow], NotFound | None]:
    try:
        return entities_named(connection, name), None
    except NotFound as missing:
        return [], missing


def _answer(connection: Connection, entity: EntityRow, where: QuoteFilter, limit: int | None) -> Answer:
    return Answer(
        entity.name,
        entity,
        tuple(quotes_by(connection, [entity.uid], where, limit=limit)),
        n_quotes=count_quotes_by(connection, [entity.uid], where),
        n_open=count_open_quotes(connection, entity.uid),
    )


def _described(connection: Connection, name: str, where: QuoteFilter, limit: int | None) -> Iterator[Answer]:
    by_speaker = sorted(quotes_described(connection, name, where), key=_speaker)
    for _, group in groupby(by_speaker, key=_speaker):
        quotes = tuple(group)
        yield Answer(quotes[0].speaker or name, None, quotes[:limit], n_quotes=len(quotes))


def _speaker(quote: QuoteRow) -> str:
    return fold(quote.speaker or "")
