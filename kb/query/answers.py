"""Who said what: the answers of everybody whom a name may mean, each apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection

from kb.errors import NotFound
from kb.names import fold
from kb.query.meant import Meant, who_is_meant
from kb.query.quotes import EVERYTHING, count_open_quotes, quotes_described
from kb.query.rows import Answer, EntityRow, QuoteFilter, QuoteRow
from kb.query.said import count_quotes_by, count_statements_by, quotes_by, statements_by, with_reports


def who_said(
    connection: Connection,
    name: str,
    where: QuoteFilter = EVERYTHING,
    *,
    limit: int | None = None,
    cluster: bool = True,
) -> Iterator[Answer]:
    """Yield what everybody whom `name` may mean has said; NotFound if there is nobody.

    A statement that several articles report is given once, with all of its reports, unless told not to `cluster`.

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
    answers = [_answer(connection, entity, where, limit=limit, cluster=cluster) for entity in asked]
    if not any(entity.n_quotes for entity in asked):
        answers += _described(connection, name, where, limit)
    if missing and not answers:
        raise missing
    yield from answers
    for entity in meant.part if meant.is_given else ():
        yield Answer(entity.name, entity, (), n_quotes=0)


def _answer(
    connection: Connection, entity: EntityRow, where: QuoteFilter, *, limit: int | None, cluster: bool
) -> Answer:
    theirs = [entity.uid]
    n_quotes = count_quotes_by(connection, theirs, where)
    if cluster:
        said = tuple(statements_by(connection, theirs, where, limit=limit))
    else:
        said = tuple(map(with_reports, quotes_by(connection, theirs, where, limit=limit)))
    return Answer(
        entity.name,
        entity,
        said,
        n_quotes=n_quotes,
        n_statements=count_statements_by(connection, theirs, where) if cluster else n_quotes,
        n_open=count_open_quotes(connection, entity.uid),
    )


def _described(connection: Connection, name: str, where: QuoteFilter, limit: int | None) -> Iterator[Answer]:
    by_speaker = sorted(quotes_described(connection, name, where), key=_speaker)
    for _, group in groupby(by_speaker, key=_speaker):
        quotes = tuple(map(with_reports, group))
        n_quotes = len(quotes)
        yield Answer(quotes[0].speaker or name, None, quotes[:limit], n_quotes, n_statements=n_quotes)


def _speaker(quote: QuoteRow) -> str:
    return fold(quote.speaker or "")
