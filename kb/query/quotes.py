"""All columns of a quote, what a filter lets pass, and all quotes and mentions for an export."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from kb.names import fold, name_key
from kb.query.current import (
    by_code_point,
    current_annotation,
    current_articles,
    mention_stands,
    standing,
    stream,
)
from kb.query.rows import MentionRow, QuoteFilter, QuoteRow
from kb.store.columns import among_named, as_list
from kb.store.tables import (
    alias,
    annotation,
    article,
    body,
    entity,
    entity_count,
    link,
    local_entity,
    mention,
    outlet,
    quote,
    quote_cluster,
    quote_cluster_member,
    quote_judgement,
    revision,
)

EVERYTHING = QuoteFilter()
_ARTICLES_AT_ONCE = 200  # whose quotes or mentions an export has in memory
_SHORT = 3  # letters: a word so short counts only as a whole word, or AS would be found in masing-masing


def count_open_quotes(connection: Connection, entity_uid: str) -> int:
    """Return how many quotes of unclear speaker have this entity among their candidates."""
    counted = select(entity_count.c.n_open).join(entity).where(entity.c.uid == entity_uid)
    return connection.execute(counted).scalar() or 0


def all_quotes(
    connection: Connection, *, article_ref: str | None = None, where: QuoteFilter = EVERYTHING
) -> Iterator[QuoteRow]:
    """Yield every quote of every current article (or of one), by article id and place in its text."""
    order = (by_code_point(connection, article.c.ref), quote.c.start_char, quote.c.ordinal)
    statement = select_quotes().where(*conditions_of(where)).order_by(*order)
    for ids in article_ids(connection, article_ref=article_ref, where=where):
        yield from map(as_quote, connection.execute(statement.where(article.c.id.in_(ids))))


def all_mentions(
    connection: Connection, *, article_ref: str | None = None, where: QuoteFilter = EVERYTHING
) -> Iterator[MentionRow]:
    """Yield every mention of every current article (or of one), by article id and place in its text.

    Of `where` only what it says of articles counts.
    """
    statement = (
        select(
            article.c.ref,
            mention.c.type,
            mention.c.text,
            mention.c.start_char,
            mention.c.end_char,
            local_entity.c.name,
            _shown.c.uid,
            _shown.c.name,
        )
        .select_from(current_articles())
        .join(annotation, current_annotation())
        .join(mention, mention.c.annotation_id == annotation.c.id)
        .outerjoin(local_entity, local_entity.c.id == mention.c.local_entity_id)
        .outerjoin(link, link.c.local_entity_id == local_entity.c.id)
        .outerjoin(_named, _named.c.id == link.c.entity_id)
        .outerjoin(_shown, _shown.c.id == func.coalesce(_named.c.merged_into_id, _named.c.id))
        .where(mention_stands())
        .order_by(by_code_point(connection, article.c.ref), mention.c.start_char, mention.c.ordinal)
    )
    for ids in article_ids(connection, article_ref=article_ref, where=where):
        rows = connection.execute(statement.where(article.c.id.in_(ids)))
        yield from (MentionRow(*row) for row in rows)


def article_ids(
    connection: Connection, *, article_ref: str | None = None, where: QuoteFilter = EVERYTHING
) -> Iterator[list[int]]:
    """Yield the row numbers of current articles by their ids, some at a time.

    Sorting them alone, and then the rows of a few, an engine needs no room for all rows with the texts beside them.
    """
    statement = (
        select(article.c.id)
        .join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .outerjoin(outlet, outlet.c.id == revision.c.outlet_id)
        .where(*conditions_of(articles_only(where)))
        .order_by(by_code_point(connection, article.c.ref))
    )
    if article_ref is not None:
        statement = statement.where(article.c.ref == article_ref)
    ids = (row.id for row in stream(connection, statement))
    while part := list(islice(ids, _ARTICLES_AT_ONCE)):
        yield part


def articles_only(where: QuoteFilter) -> QuoteFilter:
    """Return what a filter says of articles."""
    return QuoteFilter(since=where.since, until=where.until, outlet=where.outlet)


def member_ids(connection: Connection, entity_uids: Collection[str]) -> list[int]:
    """Return the row numbers of these entities, or of those they were merged into, with all that are merged into them.

    Read first, so that an engine knows how few they are when it plans what follows.
    """
    dialect = connection.dialect.name
    return list(connection.scalars(_members(dialect), {"uids": as_list(dialect, entity_uids)}))


@cache
def _members(dialect: str) -> Select[Any]:
    meant = select(standing() + 0).where(among_named(dialect, entity.c.uid, "uids"))
    stands_for = func.coalesce(_member.c.merged_into_id, _member.c.id)
    return select(_member.c.id).where(
        stands_for.in_(meant)
    )  # + 0: SQLite's index of an expression has no type


_member = entity.alias("member")


def has_decided_speaker() -> ColumnElement[bool]:
    """Return the condition that people decided who speaks, or that nobody can tell."""
    decided = exists().where(quote_judgement.c.quote_id == quote.c.id).correlate(quote)
    return decided.where(quote_judgement.c.speaker_by_id.is_not(None))


def _current_quotes() -> Any:
    return (
        current_articles()
        .join(annotation, current_annotation())
        .join(quote, quote.c.annotation_id == annotation.c.id)
    )


@cache
def select_quotes() -> Select[Any]:
    """Select QuoteRow's columns in their order, then what its context is cut from; rejected quotes are left out."""
    return (
        select(
            article.c.ref,
            quote.c.kind,
            quote.c.text,
            quote.c.start_char,
            quote.c.end_char,
            _decided(_shown.c.name, quote.c.speaker),
            _decided(case((_shown.c.type == "LOC", "ORG"), else_=_shown.c.type), quote.c.speaker_type),
            quote.c.speaker_mention_text,
            _shown.c.uid,
            _shown.c.name,
            quote.c.role,
            quote.c.cue_text,
            quote.c.polarity,
            quote.c.medium,
            quote.c.addressee,
            quote.c.occasion,
            _decided(literal("decision"), quote.c.rule),
            _decided(literal(1.0), quote.c.confidence),
            outlet.c.name,
            revision.c.published_on,
            revision.c.published_at,
            revision.c.title,
            revision.c.url,
            quote_cluster.c.uid.label("cluster"),
            *_CONTEXT,
        )
        .select_from(_current_quotes())
        .outerjoin(quote_judgement, quote_judgement.c.quote_id == quote.c.id)
        .outerjoin(link, link.c.local_entity_id == quote.c.speaker_local_entity_id)
        .outerjoin(_named, _named.c.id == _decided(quote_judgement.c.speaker_entity_id, link.c.entity_id))
        .outerjoin(_shown, _shown.c.id == func.coalesce(_named.c.merged_into_id, _named.c.id))
        .outerjoin(quote_cluster_member, quote_cluster_member.c.quote_id == quote.c.id)
        .outerjoin(quote_cluster, quote_cluster.c.id == quote_cluster_member.c.quote_cluster_id)
        .where(quote_judgement.c.rejected_by_id.is_(None))
    )


_named, _shown = entity.alias("named"), entity.alias("shown")
"""The entity that a speaker or mention was found to be, and the one that it stands for since it was merged."""


def _decided(decided: ColumnElement[Any], derived: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what people decided about the speaker, where they did, else what was derived."""
    return case((quote_judgement.c.speaker_by_id.is_not(None), decided), else_=derived)


_CONTEXT = (
    quote.c.id.label("quote_id"),
    quote_cluster_member.c.quote_cluster_id.label("cluster_id"),
    body.c.text.label("body_text"),
    annotation.c.sentences.label("sentences"),
    func.coalesce(quote.c.cue_start_char, quote.c.start_char).label("cue_start"),
    func.coalesce(quote.c.cue_end_char, quote.c.end_char).label("cue_end"),
    func.coalesce(quote.c.speaker_mention_start_char, quote.c.start_char).label("speaker_start"),
    func.coalesce(quote.c.speaker_mention_end_char, quote.c.end_char).label("speaker_end"),
)


def as_quote(row: Row[Any]) -> QuoteRow:
    """Return a row of `select_quotes` as it is answered, with the context cut from its body."""
    start = min(row.start_char, row.cue_start, row.speaker_start)
    end = max(row.end_char, row.cue_end, row.speaker_end)
    context = _context(row.body_text, row.sentences, start, end)
    return QuoteRow(*(*row[: -len(_CONTEXT)], context))


def _context(text: str, sentences: list[list[int]], start: int, end: int) -> str:
    """Return the sentences that ``[start, end)`` touches; its paragraphs where no sentence does."""
    touched = [(first, last) for first, last in sentences if first < end and start < last]
    first = min([start, *(first for first, _ in touched)])
    last = max([end, *(last for _, last in touched)])
    if not touched:
        first = text.rfind("\n", 0, start) + 1
        last = found if (found := text.find("\n", end)) >= 0 else len(text)
    return text[first:last]


def conditions_of(
    where: QuoteFilter, *, day: ColumnElement[date] = revision.c.published_on
) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter, on quote, mention and outlet, and on the column that has the day."""
    tests: dict[str, Callable[[Any], ColumnElement[bool]]] = {
        "kind": lambda kind: quote.c.kind == kind,
        "since": lambda first: day >= first,
        "until": lambda last: day <= last,
        "outlet": lambda name: outlet.c.name_key.contains(fold(name), autoescape=True),
        "about": _is_about,
        "min_confidence": lambda least: quote.c.confidence >= least,
    }
    wanted = {field: getattr(where, field) for field in tests}
    return [tests[field](value) for field, value in wanted.items() if value is not None]


def _is_about(subject: str) -> ColumnElement[bool]:
    """Return the condition that the content holds all words of `subject`, or mentions an entity that goes by it."""
    words = and_(*map(_holds_word, sorted(set(fold(subject).split()))))
    goes_by = select(standing()).join_from(alias, entity).where(alias.c.name_key == name_key(subject))
    named = select(entity.c.id).where(standing().in_(goes_by))
    within = (mention.c.start_char >= quote.c.start_char) & (mention.c.end_char <= quote.c.end_char)
    mentioned = (
        exists()
        .where(mention.c.annotation_id == quote.c.annotation_id, within)
        .where(_mention_link.c.local_entity_id == mention.c.local_entity_id)
        .where(_mention_link.c.entity_id.in_(named))
    )
    return or_(words, mentioned)


_mention_link = link.alias("mention_link")


def _holds_word(word: str) -> ColumnElement[bool]:
    if len(word) > _SHORT:
        return quote.c.folded.contains(word, autoescape=True)
    return (" " + quote.c.folded + " ").contains(f" {word} ", autoescape=True)
