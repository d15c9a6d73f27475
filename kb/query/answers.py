"""Who said what: the answers of everybody whom a name may mean, each apart."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kb.errors import NotFound
from kb.query.described import answers_described
from kb.query.meant import Meant, counts_of, who_is_meant
from kb.query.quotes import EVERYTHING
from kb.query.rows import Answer, EntityRow, QuoteFilter
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
        answers += answers_described(connection, name, where, limit)
    if missing and not answers:
        raise missing
    yield from answers
    for entity in meant.part if meant.is_given else ():
        yield Answer(entity.name, entity, (), n_quotes=0)


def _answer(
    connection: Connection, entity: EntityRow, where: QuoteFilter, *, limit: int | None, cluster: bool
) -> Answer:
    theirs = [entity.uid]
    if cluster:
        said = tuple(statements_by(connection, theirs, where, limit=limit))
    else:
        said = tuple(map(with_reports, quotes_by(connection, theirs, where, limit=limit)))
    counts = counts_of(connection, entity.uid)
    n_quotes, n_statements = counts.n_quotes, counts.n_statements
    if where != EVERYTHING:
        n_quotes = count_quotes_by(connection, theirs, where)
        n_statements = count_statements_by(connection, theirs, where) if cluster else 0
    return Answer(
        entity.name,
        entity,
        said,
        n_quotes=n_quotes,
        n_statements=n_statements if cluster else n_quotes,
        n_open=counts.n_open,
    )
