"""The pages that a human reads: who said what, an article, an entity, lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kb.cli.marks import TYPE_STYLES, Page, marked_body, marked_words, show
from kb.query.rows import EntityRow

if TYPE_CHECKING:
    from kb.query import (
        Answer,
        ArticlePage,
        ArticleRow,
        EntityPage,
        FoundArticleRow,
        QuoteRow,
        StatementRow,
        Wanted,
    )

_UNDATED = "(no date) "  # as wide as a day
_NOTHING = "Nothing found."
_ELLIPSIS = "[…]"
_NAME_WIDTH = 40  # columns kept for names in a list; a longer name takes what it needs


def show_answers(page: Page, name: str, answers: Sequence[Answer]) -> None:
    """Show what each one whom `name` may mean has said, under a heading of their own."""
    speaking = [answer for answer in answers if answer.n_quotes]
    for answer in speaking:
        _show_answer(page, answer)
    silent = [
        f"{answer.name} ({answer.entity.type}{_with_quotes(answer.entity)})"
        for answer in answers
        if answer.entity and not answer.n_quotes and (answer.entity.n_mentions or not speaking)
    ]
    if silent:
        also = "Of that name too" if speaking else "Known, but no such quote found"
        show(page, f"{also}: {', '.join(silent)}")
    n_open = sum(answer.n_open for answer in answers)
    if n_open:
        show(page, (f"{counted(n_open, 'more quote')} may be by {name}: the text leaves it open.", "dim"))


def _with_quotes(row: EntityRow) -> str:
    return f", {counted(row.n_quotes, 'quote')}" if row.n_quotes else ""


def show_list(page: Page, rows: Iterable[EntityRow | ArticleRow]) -> None:
    """Show entities or articles, one a line; say so if there are none."""
    listed = list(rows)
    width = max((len(row.name) for row in listed if isinstance(row, EntityRow)), default=0)
    for row in listed:
        if isinstance(row, EntityRow):
            _show_entity_line(page, row, width=min(width, _NAME_WIDTH))
        else:
            _show_article_line(page, row)
    if not listed:
        show(page, _NOTHING)


def show_found_quotes(page: Page, quotes: Iterable[QuoteRow], wanted: Wanted) -> None:
    """Show quotes that were searched for; say so if there are none."""
    n_shown = 0
    for n_shown, quote in enumerate(quotes, start=1):  # noqa: B007
        _show_quote(page, quote, wanted=wanted)
    if not n_shown:
        show(page, _NOTHING)


def show_found_articles(page: Page, rows: Iterable[FoundArticleRow], wanted: Wanted) -> None:
    """Show articles that were searched for, each with a piece of its text; say so if there are none."""
    n_shown = 0
    for n_shown, row in enumerate(rows, start=1):  # noqa: B007
        _show_article_line(page, row)
        show(page, *marked_words(row.snippet, wanted), indent=4)
    if not n_shown:
        show(page, _NOTHING)


def show_more(page: Page, hint: str) -> None:
    """Say that a page does not show all there is."""
    show(page, (f"… {hint}", "dim"))


def show_entity_pages(page: Page, entities: Iterable[EntityPage]) -> None:
    """Show all that the base knows of each entity."""
    for entity in entities:
        _show_entity(page, entity)


def _show_entity(page: Page, entity: EntityPage) -> None:
    _show_heading(page, entity.entity)
    facts = {
        "also": "; ".join(entity.aliases),
        "ids": "; ".join((f"kb:{entity.entity.uid}", *entity.external_ids)),
        "note": entity.note,
        "offices": "; ".join(entity.offices),
        "with": "; ".join(f"{row.name} ({row.n_articles})" for row in entity.related),
    }
    _show_facts(page, facts)
    for article in entity.articles:
        _show_article_line(page, article, indent=2)
    for quote in entity.quotes:
        _show_quote(page, quote)
    show(page)


def show_article(page: Page, article: ArticlePage) -> None:
    """Show an article with its mentions and quotes marked in the body, then its quotes one by one."""
    row = article.article
    show(page, (row.title or row.article, "bold"))
    _show_facts(page, _facts_of(row))
    show(page)
    show(page, *marked_body(article))
    show(page)
    for number, quote in enumerate(article.quotes, start=1):
        show_numbered(page, number, quote)


def show_numbered(page: Page, number: int, quote: QuoteRow) -> None:
    """Show a quote of an article by its number there: who said it, how that was found, what was said."""
    show(page, (f"#{number} ", "bold cyan"), _attribution(quote))
    show(page, _content(quote), indent=4)


def counted(n: int, noun: str) -> str:
    """Return ``1 quote``, ``2 quotes``."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{n} {noun if n == 1 else plural}"


def _show_answer(page: Page, answer: Answer) -> None:
    if answer.entity:
        _show_heading(page, answer.entity)
    else:
        show(page, (answer.name, "bold"), f" · described, not named · {counted(answer.n_quotes, 'quote')}")
    for quote in answer.quotes:
        _show_quote(page, quote)
        _show_reports(page, quote)
    n_more = answer.n_statements - len(answer.quotes)
    if n_more:
        show_more(page, f"and {n_more} more: --limit {answer.n_statements} shows all")
    show(page)


def _show_heading(page: Page, row: EntityRow) -> None:
    show(page, (row.name, f"bold {TYPE_STYLES[row.type]}"), f" · {row.type} · {counts(row)}")


def _show_quote(page: Page, quote: QuoteRow, *, wanted: Wanted | None = None) -> None:
    """Show a quote; one that was searched for tells who said it, and has the words that were wanted in bold."""
    day = quote.published_on.isoformat() if quote.published_on else _UNDATED.strip()
    said = f"{_who(quote)} · {_manner(quote)}" if wanted else _manner(quote)
    content = marked_words(_content(quote), wanted) if wanted else [(_content(quote), "bold")]
    show(page)
    show(page, (day, "bold"), f" · {quote.outlet or 'unknown outlet'} · {said}", indent=2)
    show(page, *content, indent=4)
    around = quote.context.replace(quote.text, _ELLIPSIS, 1)
    if around.strip('“”"«» .,') != _ELLIPSIS:
        show(page, (around, "dim"), indent=4)
    show(page, ("→ ", "dim"), (quote.article, "cyan"), f" {quote.title or ''}".rstrip(), indent=4)


def _show_reports(page: Page, statement: StatementRow) -> None:
    """Show the other articles that report a statement, the first report first."""
    for report in statement.reports:
        if report.article != statement.article:
            day = report.published_on.isoformat() if report.published_on else _UNDATED.strip()
            how = f"{report.relation} · {day} · {report.outlet or 'unknown outlet'}"
            show(page, ("= ", "dim"), (report.article, "cyan"), (f" {how}", "dim"), indent=4)


def _content(quote: QuoteRow) -> str:
    return f"“{quote.text}”" if quote.kind == "direct" else quote.text


def _manner(quote: QuoteRow) -> str:
    """Return how it was said: kind, cue, what the cue does, in which role, to whom, when, relayed by whom."""
    polarity = quote.polarity if quote.polarity != "asserts" else None
    role = quote.role and f"as {quote.role}"
    addressee = quote.addressee and f"to {quote.addressee}"
    medium = quote.medium and f"via {quote.medium}"
    parts = (quote.kind, quote.cue, polarity, role, addressee, quote.occasion, medium)
    return " · ".join(part for part in parts if part)


def _attribution(quote: QuoteRow) -> str:
    """Return who said it and how that was found."""
    return f"{_who(quote)} · {_manner(quote)} · {quote.rule} {quote.confidence:.2f}"


def _who(quote: QuoteRow) -> str:
    who = quote.speaker or (
        f"speaker open: {quote.speaker_mention}" if quote.speaker_mention else "nobody named"
    )
    known_as = f" ({quote.entity_name})" if quote.entity_name not in (None, quote.speaker) else ""
    return f"{who}{known_as}"


def _show_entity_line(page: Page, row: EntityRow, *, width: int) -> None:
    name = (f"{row.name:{width}}", "bold")
    show(page, (row.type, TYPE_STYLES[row.type]), "  ", name, f"  {counts(row)}  ", (row.uid, "dim"))


def _show_article_line(page: Page, row: ArticleRow, *, indent: int = 0) -> None:
    day = row.published_on.isoformat() if row.published_on else _UNDATED
    found = f"({row.outlet or 'unknown outlet'} · {counted(row.n_quotes, 'quote')})"
    title = f"{row.title}  " if row.title else ""
    show(page, f"{day}  ", (row.article, "cyan"), f"  {title}", (found, "dim"), indent=indent)


def counts(row: EntityRow) -> str:
    """Return how often an entity is quoted and named, in how many articles."""
    n_quotes, n_mentions = counted(row.n_quotes, "quote"), counted(row.n_mentions, "mention")
    return f"{n_quotes}, {n_mentions} in {counted(row.n_articles, 'article')}"


def _facts_of(row: ArticleRow) -> dict[str, str | None]:
    day = row.published_on.isoformat() if row.published_on else None
    time = f"({row.published_at:%Y-%m-%d %H:%M} UTC)" if row.published_at else None
    published = " ".join(filter(None, (day, time)))
    return {
        "article": f"{row.article}, revision {row.revision}",
        "outlet": row.outlet,
        "published": published,
        "authors": "; ".join(row.authors),
        "editors": "; ".join(row.editors),
        "agency": row.agency,
        "url": row.url,
    }


def _show_facts(page: Page, facts: dict[str, str | None]) -> None:
    for name, fact in facts.items():
        if fact:
            show(page, (f"{name:10}", "dim"), fact, indent=2)
