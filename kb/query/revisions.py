"""How an article changed: its revisions one by one, and two of them side by side.

The quotes are those that the body's current annotation has, of an older body the last one it got; what people decided
about them is left aside, so that only the text and the pipeline are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.errors import NotFound
from kb.query.pages import article_meant
from kb.query.wording import DiffLine, diff_lines
from kb.store.tables import annotation, article, article_url, body, outlet, quote, revision
from kb.store.texts import similarity


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One state of an article, compared with the one before it.

    `cause` is who changed it (``first``, ``publisher``, ``reader`` for kb's own extractor, ``both``), `similarity`
    0 to 1 by words, `changed` what is not as it was; None and nothing for the first.
    """

    number: int
    seen_at: datetime
    cause: str
    similarity: float | None
    changed: tuple[str, ...]
    n_quotes: int
    n_quotes_new: int
    n_quotes_gone: int
    title: str | None
    reader: str | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """An article over time: `gone_at` is when its outlet took it away, `addresses` begin with the canonical one."""

    article: str
    first_seen_at: datetime
    last_seen_at: datetime
    gone_at: datetime | None
    addresses: tuple[str, ...]
    revisions: tuple[RevisionRow, ...]


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote as it was found in one state of a text."""

    text: str
    kind: str
    speaker: str | None
    cue: str | None


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """A quote of the same words in two states of a text, of another speaker, kind or cue."""

    before: FoundQuote
    after: FoundQuote


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Something that the page says about the article, other in two states."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class DiffPage:
    """What differs between two revisions (`before`, `after`: their numbers)."""

    article: str
    before: int
    after: int
    similarity: float
    fields: tuple[FieldChange, ...]
    text: tuple[DiffLine, ...]
    quotes_new: tuple[FoundQuote, ...]
    quotes_gone: tuple[FoundQuote, ...]
    quotes_changed: tuple[QuoteChange, ...]


@dataclass(frozen=True, slots=True)
class _QuoteDiff:
    new: tuple[FoundQuote, ...]
    gone: tuple[FoundQuote, ...]
    changed: tuple[QuoteChange, ...]


_Found = tuple[str, FoundQuote]  # the folded words of a quote, and the quote

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("published_on", "published_at"),
    "outlet": ("outlet",),
    "authors": ("authors",),
    "editors": ("editors",),
    "agency": ("agency",),
    "url": ("url",),
    "dateline": ("dateline_place", "dateline_outlet"),
    "extra": ("extra",),
}
"""What a page says besides its text, by the columns that hold it; of several the first that differs is shown."""


def article_history(connection: Connection, ref: str) -> HistoryPage:
    """Return how an article changed, the oldest revision first; NotFound if there is no such article."""
    found = article_meant(connection, ref)
    a, u = article.c, article_url.c
    head = select(a.id, a.first_seen_at, a.last_seen_at, a.gone_at).where(a.ref == found)
    article_id, first_seen, last_seen, gone = connection.execute(head).one()
    addresses = select(u.url).where(u.article_id == article_id).order_by(u.is_canonical.desc(), u.id)
    revisions = _revisions(connection, found)
    quotes = {one.body_id: _quotes(connection, one.body_id) for one in revisions}
    rows = (
        _compared(before, after, quotes) for before, after in zip([None, *revisions], revisions, strict=False)
    )
    return HistoryPage(found, first_seen, last_seen, gone, tuple(connection.scalars(addresses)), tuple(rows))


def article_diff(
    connection: Connection, ref: str, before: int | None = None, after: int | None = None
) -> DiffPage:
    """Return what differs between two revisions, by their numbers: the last and the one before it unless told.

    NotFound if there is no such article or revision.
    """
    found = article_meant(connection, ref)
    revisions = {one.number: one for one in _revisions(connection, found)}
    new = max(revisions) if after is None else after
    old = max(new - 1, 1) if before is None else before
    for number in (old, new):
        if number not in revisions:
            raise NotFound(found, f"has no revision {number}", f"kb article history {found} lists them")
    one, other = revisions[old], revisions[new]
    texts = [_text(connection, row.body_id) for row in (one, other)]
    said = _diff_quotes(*(_quotes(connection, row.body_id) for row in (one, other)))
    return DiffPage(
        found,
        old,
        new,
        similarity(*texts),
        tuple(_changed_fields(one, other)),
        tuple(diff_lines(*texts)),
        said.new,
        said.gone,
        said.changed,
    )


def _revisions(connection: Connection, ref: str) -> Sequence[Row[Any]]:
    r = revision.c
    wanted = (
        select(
            *(
                r.id,
                r.number,
                r.body_id,
                r.seen_at,
                r.cause,
                r.similarity,
                r.reader,
                r.title,
                r.url,
                r.authors,
            ),
            *(
                r.editors,
                r.agency,
                r.dateline_place,
                r.dateline_outlet,
                r.published_on,
                r.published_at,
                r.extra,
            ),
            outlet.c.name.label("outlet"),
        )
        .select_from(article)
        .join(revision, r.article_id == article.c.id)
        .outerjoin(outlet, outlet.c.id == r.outlet_id)
    )
    return connection.execute(wanted.where(article.c.ref == ref).order_by(r.number)).all()


def _text(connection: Connection, body_id: int) -> str:
    return str(connection.execute(select(body.c.text).where(body.c.id == body_id)).scalar_one())


def _quotes(connection: Connection, body_id: int) -> list[_Found]:
    q = quote.c
    current = (annotation.c.id == q.annotation_id) & annotation.c.is_current
    wanted = select(q.folded, q.text, q.kind, q.speaker, q.cue_text).join(annotation, current)
    rows = connection.execute(wanted.where(annotation.c.body_id == body_id).order_by(q.start_char, q.ordinal))
    return [(folded, FoundQuote(*found)) for folded, *found in rows]


def _compared(before: Row[Any] | None, after: Row[Any], quotes: Mapping[int, list[_Found]]) -> RevisionRow:
    said = _diff_quotes(quotes[before.body_id] if before else [], quotes[after.body_id])
    changed = [change.name for change in _changed_fields(before, after)] if before else []
    if before and before.body_id != after.body_id:
        changed.insert(0, "text")
    return RevisionRow(
        after.number,
        after.seen_at,
        after.cause,
        after.similarity,
        tuple(changed),
        len(quotes[after.body_id]),
        len(said.new),
        len(said.gone),
        after.title,
        after.reader,
    )


def _changed_fields(before: Row[Any], after: Row[Any]) -> Iterator[FieldChange]:
    for name, columns in _FIELDS.items():
        for was, is_now in ((before._mapping[column], after._mapping[column]) for column in columns):
            if was != is_now:
                yield FieldChange(name, was, is_now)
                break


def _diff_quotes(before: Iterable[_Found], after: Iterable[_Found]) -> _QuoteDiff:
    """Compare what was found in two texts; quotes of the same folded words are one, in the order of the texts."""
    left: dict[str, list[FoundQuote]] = defaultdict(list)
    for folded, one in before:
        left[folded].append(one)
    new, changed = [], []
    for folded, one in after:
        if not left[folded]:
            new.append(one)
        elif (was := left[folded].pop(0)) != replace(one, text=was.text):
            changed.append(QuoteChange(was, one))
    gone = (one for rest in left.values() for one in rest)
    return _QuoteDiff(tuple(new), tuple(gone), tuple(changed))
