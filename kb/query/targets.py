"""What a person means when deciding on something: one entity, one quote or some mentions of one article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from kb.errors import NotFound
from kb.link.selectors import find_words, make_selector, quote_hash
from kb.model import Span
from kb.query.meant import who_is_meant
from kb.query.pages import article_named
from kb.query.rows import ArticlePage, EntityRow, QuoteRow


def entity_meant(connection: Connection, name: str) -> EntityRow:
    """Return the one entity of this uid, or that goes by this name in full; NotFound if none or several do."""
    meant = who_is_meant(connection, name)
    if len(meant.whole) == 1:
        return meant.whole[0]
    if meant.whole:
        raise NotFound(name, f"may be {_listed(meant.whole)}", "give a uid")
    raise NotFound(name, "nobody of that name in full", f"did you mean {_listed(meant.part[:3])}?")


def quote_meant(connection: Connection, ref: str, words: str) -> tuple[QuoteRow, dict[str, Any]]:
    """Return a quote of an article and how a decision finds it again.

    `words` is its number as ``kb article`` shows it (``2`` or ``#2``) or words of it. NotFound if no quote or
    several are meant.
    """
    page = article_named(connection, ref)
    number = words.removeprefix("#")
    if number.isdigit():
        found = [page.quotes[int(number) - 1]] if 0 < int(number) <= len(page.quotes) else []
    else:
        found = [quote for quote in page.quotes if find_words(quote.text, words)]
    if len(found) != 1:
        what = "no quote" if not found else f"{len(found)} quotes"
        raise NotFound(
            words, f"{what} of {page.article.article} so", f"kb article {page.article.article} numbers them"
        )
    quote = found[0]
    return quote, _place(page, Span(quote.start, quote.end)) | {"hash": quote_hash(quote.text)}


def mentions_meant(connection: Connection, ref: str, text: str, nth: int | None) -> Mapping[str, Any]:
    """Return how a decision finds the mentions of an article that are printed so: all, or the nth from 1."""
    page = article_named(connection, ref)
    spans = [Span(mention.start, mention.end) for mention in page.mentions if mention.text == text]
    if not spans or (nth is not None and not 0 < nth <= len(spans)):
        n_found = f"{len(spans)} mentions" if spans else "no mention"
        raise NotFound(
            text, f"{n_found} in {page.article.article}", f"kb article {page.article.article} shows them"
        )
    place = _place(page, spans[(nth or 1) - 1])
    return place if nth is not None else place | {"prefix": None, "suffix": None}


def _place(page: ArticlePage, span: Span) -> dict[str, Any]:
    selector = make_selector(page.body, span)
    return {
        "article": page.article.article,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }


def _listed(rows: tuple[EntityRow, ...]) -> str:
    return " or ".join(f"{row.name} ({row.uid}, {row.n_mentions} mentions)" for row in rows)
