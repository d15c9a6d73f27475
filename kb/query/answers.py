"""Who said what: the answers of everybody whom a name may mean, each apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection

from kb.errors import NotFound
from kb.names import fold
from kb.query.entities import Meant, who_is_meant
from kb.query.quotes import EVERYTHING, count_open_quotes, count_quotes_by, quotes_by, quotes_described
from kb.query.rows import Answer, EntityRow, QuoteFilter, QuoteRow


def who_said(
    connection: Connection, name: str, where: QuoteFilter = EVERYTHING, *, limit: int | None = None
) -> Iterator[Answer]:
    """Yield what everybody whom `name` may mean has said; NotFound if there is nobody.

    Speakers that texts only describe (``kantor berita negara KCNA``) answer where no entity of that name is
    quoted at all. Where a list of seeds or a person says whom a short name means, others of whose name it is a
    part are told of, but their quotes are not given. `limit` is the number of statements of each.
    """
    try:
        meant = who_is_meant(connection, name)
    except NotFound as nobody:
        missing: NotFound | None = nobody
        meant = Meant((), ())
    else:
        missing = None
    asked = meant.whole if meant.is_given else (*meant.whole, *meant.part)
    answers = [_answer(connection, entity, where, limit) for entity in asked]
    if not any(entity.n_quotes for entity in asked):
        answers += _described(connection, name, where, limit)
    if missing and not answers:
        raise missing
    yield from answers
    for entity in meant.part if meant.is_given else ():
        yield Answer(entity.name, entity, (), n_quotes=0)


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
