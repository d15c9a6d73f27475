"""The pages about an article's revisions: one after the other, and two side by side."""

from __future__ import annotations

from collections.abc import Iterable

from kb.cli.marks import Page, show
from kb.cli.pages import counted
from kb.query import DiffLine, DiffPage, FoundQuote, HistoryPage, RevisionRow

_STYLES = {"-": "red", "+": "green", "…": "dim", " ": "dim"}
_CAUSES = {
    "first": "first seen",
    "publisher": "changed by its publisher",
    "reader": "read by a newer kb",
    "both": "changed by its publisher, read by a newer kb",
}


def show_history(page: Page, history: HistoryPage) -> None:
    """Show when an article was seen and where, then its revisions, the oldest first."""
    show(page, (history.article, "bold"))
    seen = f"{history.first_seen_at:%Y-%m-%d %H:%M} to {history.last_seen_at:%Y-%m-%d %H:%M} UTC"
    show(page, ("seen      ", "dim"), seen, indent=2)
    if history.gone_at:
        gone = f"since {history.gone_at:%Y-%m-%d %H:%M} UTC: its outlet took it away"
        show(page, ("gone      ", "dim"), (gone, "red"), indent=2)
    for number, address in enumerate(history.addresses):
        show(page, ("also at   " if number else "address   ", "dim"), address, indent=2)
    show(page)
    for row in history.revisions:
        _show_revision(page, row)


def _show_revision(page: Page, row: RevisionRow) -> None:
    alike = None if row.similarity is None else f"{row.similarity:.0%} alike"
    changed = ", ".join(row.changed) or None
    moved = "".join(
        f" {sign}{n}"
        for sign, n in (("+", row.n_quotes_new), ("-", row.n_quotes_gone))
        if n and row.number > 1
    )
    parts = (_CAUSES[row.cause], alike, changed, f"{counted(row.n_quotes, 'quote')}{moved}")
    show(
        page,
        (f"{row.number:>3}  ", "bold cyan"),
        f"{row.seen_at:%Y-%m-%d %H:%M}  ",
        " · ".join(filter(None, parts)),
    )


def show_diff(page: Page, diff: DiffPage) -> None:
    """Show what differs between two revisions: what the page says of itself, its paragraphs, its quotes."""
    alike = f"revision {diff.before} to {diff.after} · {diff.similarity:.0%} alike"
    show(page, (diff.article, "bold"), f" · {alike}")
    for field in diff.fields:
        _show_lines(page, f"{field.name}:", (("-", field.before), ("+", field.after)))
    if diff.text:
        show(page)
    for line in diff.text:
        _show_line(page, line)
    for title, quotes in (("New quotes:", diff.quotes_new), ("Quotes that are gone:", diff.quotes_gone)):
        sign = "+" if quotes is diff.quotes_new else "-"
        if quotes:
            _show_lines(page, title, [(sign, _told(quote)) for quote in quotes])
    if diff.quotes_changed:
        pairs = ((("-", _told(one.before)), ("+", _told(one.after))) for one in diff.quotes_changed)
        _show_lines(page, "Quotes told otherwise:", [line for pair in pairs for line in pair])
    if not (diff.fields or diff.text or diff.quotes_new or diff.quotes_gone or diff.quotes_changed):
        show(page, "Nothing differs.")


def _show_line(page: Page, line: DiffLine) -> None:
    """Show a paragraph with its sign, the words that only it has in colour; all of it where all of it is new."""
    style = _STYLES[line.sign]
    rest = style if line.sign == " " or not line.changed else ""
    parts, at = [(f"{line.sign} ", style)], 0
    for start, end in line.changed:
        parts += [(line.text[at:start], rest), (line.text[start:end], f"bold {style}")]
        at = end
    show(page, *parts, (line.text[at:], rest))


def _show_lines(page: Page, title: str, lines: Iterable[tuple[str, object]]) -> None:
    show(page)
    show(page, (title, "bold"))
    for sign, value in lines:
        show(page, (f"{sign} ", _STYLES[sign]), (_value(value), _STYLES[sign]))


def _value(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "nothing" if value is None else str(value)


def _told(quote: FoundQuote) -> str:
    """Return a quote in one line: who, how, what."""
    who = " · ".join(filter(None, (quote.speaker or "speaker open", quote.kind, quote.cue)))
    return f"{who}: {quote.text}"
