"""The commands about what did not go through: see it, try it again, let it be."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from kb.cli.app import DatabaseUrl, asking, deciding, failures_app, find_base
from kb.cli.marks import Page, clean, show
from kb.cli.output import Format, FormatOption, PageFormat, PageFormatOption, open_page, write_rows
from kb.cli.pages import counted
from kb.cli.running import AcceptLoss, AllowPrivate, AnyLanguage, Workers, watch
from kb.errors import NotFound
from kb.store.failures import Payload, StoredFailure, ignore_failures, load_failure, load_failures

HEAD_BYTES = 600
"""Bytes of a payload that are shown: enough to see what it is."""

MENDS = {
    "fetch": "kb sync tries it again by itself, ever more rarely; `kb failures retry {id}` does so now",
    "ingest": "mend the file, or let its publisher mend it, and read it again; `kb failures retry {id}` reads the "
    "bytes that were kept, `--any-language` with it takes another language",
    "guard": "see what the feed gives now; if it is right, run the same command with --accept-loss",
    "link": "run the same command again",
}
"""How to mend what failed at a stage; what broke inside kb waits for another version of it."""
_BROKE = "kb broke on it: `kb failures retry {id}` after the next upgrade; the program's authors want to know of it"

Number = Annotated[int, typer.Argument(metavar="ID", help="Its number in `kb failures`.")]


@dataclass(frozen=True, slots=True)
class FailurePage:
    """A failure with how to mend it and what was kept to try it again; None where no bytes came."""

    failure: StoredFailure
    mend: str
    n_bytes: int | None
    read_as: Mapping[str, Any] | None
    head: str | None


@failures_app.command("list")
def list_failures(
    db: DatabaseUrl,
    resolved: Annotated[
        bool, typer.Option("--all", help="Those too that went through later or are ignored.")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """List the inputs that did not go through: where, why, how often tried. `kb failures` alone does the same.

    Example: kb failures list --format csv
    """
    with asking(db) as connection:
        found = load_failures(connection, resolved=resolved)
    if format != Format.TABLE:
        write_rows(found, format, row_type=StoredFailure)
        return
    page = open_page()
    for failure in found:
        _show_line(page, failure)
    if not found:
        show(page, "No failures.")


@failures_app.command("show")
def show_failure(
    failure_id: Number,
    db: DatabaseUrl,
    *,
    payload: Annotated[
        bool, typer.Option("--payload", help="Only the bytes that were kept, as such.")
    ] = False,
    format: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show what went wrong with an input, how to mend it, and how the bytes that were kept begin.

    Example: kb failures show 12
    """
    with asking(db) as connection:
        failure, kept = load_failure(connection, failure_id)
    if payload:
        _write_payload(failure, kept)
    elif format == PageFormat.TABLE:
        _show_page(open_page(), _page_of(failure, kept))
    else:
        write_rows([_page_of(failure, kept)], PageFormat.JSONL, row_type=FailurePage)


@failures_app.command()
def retry(
    db: DatabaseUrl,
    failure_ids: Annotated[
        list[int] | None, typer.Argument(metavar="ID", help="Numbers in `kb failures`.")
    ] = None,
    *,
    all_open: Annotated[
        bool, typer.Option("--all", help="All that are open, but those of the loss guard.")
    ] = False,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
    accept_loss: AcceptLoss = False,
    workers: Workers = 1,
) -> None:
    """Try again what failed: from the bytes that were kept, else from where it was found.

    Example: kb failures retry 12 13
    """
    from kb import pipeline  # noqa: PLC0415 (questions need no pipeline)

    if bool(failure_ids) == all_open:
        raise typer.BadParameter("give numbers, or --all")
    engine, ids = find_base(db), failure_ids or _all_open(db)
    options = pipeline.Options(workers, any_language, accept_loss, allow_private)
    watch(lambda report: pipeline.retry(engine, ids, options=options, report=report))


@failures_app.command()
def ignore(
    failure_ids: Annotated[list[int], typer.Argument(metavar="ID", help="Numbers in `kb failures`.")],
    db: DatabaseUrl,
    undo: Annotated[bool, typer.Option("--undo", help="List and try them again after all.")] = False,
) -> None:
    """Let failures be: they are listed no more, and nothing tries them again by itself.

    Example: kb failures ignore 12
    """
    with deciding(db) as connection:
        ignore_failures(connection, failure_ids, ignored=not undo)


def _all_open(db: str) -> list[int]:
    with asking(db) as connection:
        return [failure.id for failure in load_failures(connection) if failure.stage != "guard"]


def _page_of(failure: StoredFailure, kept: Payload | None) -> FailurePage:
    mend = MENDS.get(failure.stage, _BROKE).format(id=failure.id)
    if kept is None:
        return FailurePage(failure, mend, None, None, None)
    head = kept.content[:HEAD_BYTES].decode(errors="replace")
    return FailurePage(failure, mend, len(kept.content), dict(kept.read_as), head)


def _write_payload(failure: StoredFailure, kept: Payload | None) -> None:
    if kept is None:
        raise NotFound(str(failure.id), "no bytes were kept with it", "kb failures show tells why it failed")
    sys.stdout.buffer.write(kept.content)
    sys.stdout.buffer.flush()


def _show_line(page: Page, failure: StoredFailure) -> None:
    tried = "" if failure.attempts == 1 else f"  {failure.attempts} times"
    settled = "  resolved" if failure.resolved_at else "  ignored" if failure.ignored_at else ""
    head = f"{failure.id:>5}  {failure.failed_at:%Y-%m-%d %H:%M}Z  {failure.stage}{tried}{settled}  "
    show(page, head + clean(failure.message))


def _show_page(page: Page, one: FailurePage) -> None:
    failure = one.failure
    show(page, (failure.message, "bold"))
    facts = {
        "stage": f"{failure.stage}, {failure.error}",
        "subject": failure.subject,
        "tried": f"{counted(failure.attempts, 'time')}, last {failure.failed_at:%Y-%m-%d %H:%M}Z",
        "resolved": failure.resolved_at and f"{failure.resolved_at:%Y-%m-%d %H:%M}Z",
        "ignored": failure.ignored_at and f"{failure.ignored_at:%Y-%m-%d %H:%M}Z",
        "mend": one.mend,
        "kept": None
        if one.n_bytes is None
        else f"{counted(one.n_bytes, 'byte')} ({(one.read_as or {})['form']})",
    }
    for name, fact in facts.items():
        if fact:
            show(page, (f"{name:10}", "dim"), fact, indent=2)
    if one.head:
        show(page)
        show(page, one.head + ("…" if (one.n_bytes or 0) > HEAD_BYTES else ""), indent=4)
