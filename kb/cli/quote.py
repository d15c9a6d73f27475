"""The command that shows one quote, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from kb import query
from kb.cli import pages
from kb.cli.app import DatabaseUrl, app, asking
from kb.cli.marks import Page, show
from kb.cli.output import PageFormat, PageFormatOption, open_page, write_rows
from kb.query import FetchOrigin, PipelineOrigin, Provenance, QuotePage, RevisionOrigin, RunOrigin

SHORT = 12
"""Hexadecimal digits of a hash on a page."""


@app.command("quote")
def show_quote(
    ref: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's id, or ARTICLE#NUMBER in one word.")
    ],
    db: DatabaseUrl,
    words: Annotated[
        str | None,
        typer.Argument(metavar="NUMBER", help="Its number in `kb article`, or words that only it has."),
    ] = None,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Show where it comes from, back to the bytes that were read.")
    ] = False,
    format: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show one quote; with --provenance the rule, pipeline, revision, fetch and run that it comes of.

    Example: kb quote antara-0412 3 --provenance
    """
    if words is None:
        ref, _, words = ref.rpartition("#")
    if not ref:
        raise typer.BadParameter("give its number as well: ARTICLE NUMBER or ARTICLE#NUMBER")
    with asking(db) as connection:
        page = query.quote_page(connection, ref, words, with_provenance=provenance)
    if format == PageFormat.TABLE:
        _show(open_page(), page)
    else:
        write_rows([page], PageFormat.JSONL, row_type=QuotePage)


def _show(page: Page, found: QuotePage) -> None:
    pages.show_numbered(page, found.number, found.quote)
    around = f"{found.quote.article}, {found.quote.outlet or 'unknown outlet'}"
    show(page, ("in        ", "dim"), around, indent=2)
    for name, fact in _facts(found.provenance) if found.provenance else ():
        show(page, (f"{name:10}", "dim"), fact, indent=2)


def _facts(origin: Provenance) -> Iterator[tuple[str, str]]:
    """Yield what led to a quote, from the quote back to the bytes."""
    evidence = "; ".join(origin.evidence) or "nothing noted"
    yield "rule", f"{origin.rule} {origin.confidence:.2f}, by: {evidence}"
    for one in origin.candidates:
        yield "may be", f"{one.name} {one.score:.2f} {one.entity_uid or '(not linked)'}"
    for decided in origin.decisions:
        why = f": {decided.why}" if decided.why else ""
        yield "decided", f"{decided.uid} {decided.verb}, {decided.at:%Y-%m-%d %H:%M} UTC, {decided.by}{why}"
    yield "annotated", f"{origin.annotated_at:%Y-%m-%d %H:%M} UTC"
    yield "pipeline", _pipeline(origin.pipeline)
    yield "run", _run(origin.run)
    yield from _revision(origin.revision)


def _pipeline(made: PipelineOrigin) -> str:
    packages = (f"{name} {version}" for name, version in sorted(made.packages.items()))
    models = (f"{name} {sha256[:SHORT]}" for name, sha256 in sorted(made.models.items()))
    return ", ".join([made.digest[:SHORT], f"rules {made.rules[:SHORT]}", *packages, *models])


def _revision(held: RevisionOrigin) -> Iterator[tuple[str, str]]:
    yield "revision", f"{held.number} ({held.cause}), seen {held.seen_at:%Y-%m-%d %H:%M} UTC"
    yield "text", f"sha256 {held.body_sha256}"
    yield "reader", held.reader or "not kept then"
    yield "bytes", f"sha256 {held.raw_sha256}"
    if held.fetch:
        yield from _fetch(held.fetch)
    elif held.origin:
        yield "read from", held.origin
    yield "run", _run(held.run)


def _fetch(fetched: FetchOrigin) -> Iterator[tuple[str, str]]:
    status = f"status {fetched.status}" if fetched.status else None
    size = None if fetched.n_bytes is None else f"{fetched.n_bytes} bytes"
    led = f"led to {fetched.final_url}" if fetched.final_url else None
    parts = (fetched.address, led, status, size, f"{fetched.fetched_at:%Y-%m-%d %H:%M} UTC")
    yield "fetched", ", ".join(filter(None, parts))
    if fetched.feed:
        yield "feed", fetched.feed


def _run(done: RunOrigin) -> str:
    where = f" on {done.host}" if done.host else ""
    started = f"{done.started_at:%Y-%m-%d %H:%M} UTC"
    return f"{done.run} ({done.state}): {done.command}, kb {done.version}, {started}{where}"
