"""The commands that look into the database itself: whether it is whole, and how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.app import DatabaseUrl, Exit, database_app, find_base
from kb.cli.marks import Page, show
from kb.cli.output import Format, FormatOption, open_page, write_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kb.store.integrity import Checked


@database_app.command()
def check(
    db: DatabaseUrl,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make again what derives: words, reports, counts.")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Read the whole base and say of each thing whether it is as it must be; exit code 1 if one is not.

    References, schema, texts and their hashes, every quote and mention against its text, full text, reports, counts.
    Without --fix nothing is changed.

    Example: kb db check
    """
    from kb.store.integrity import Checked, find_wrongs  # noqa: PLC0415

    engine = find_base(db)
    if fix:
        _mend(engine)
    page, found = open_page() if format == Format.TABLE else None, []
    for one in find_wrongs(engine):
        found.append(one)
        if page is not None:
            _show_checked(page, one)
    if page is None:
        write_rows(found, format, row_type=Checked)
    if not all(one.is_ok for one in found):
        raise typer.Exit(Exit.ERROR)


def _mend(engine: Engine) -> None:
    from kb.linking import relink  # noqa: PLC0415
    from kb.store.database import writing  # noqa: PLC0415
    from kb.store.lock import holding_lock  # noqa: PLC0415
    from kb.store.mending import mend_derived  # noqa: PLC0415

    with holding_lock(engine), writing(engine) as connection:
        mend_derived(connection)
        relink(connection)


def _show_checked(page: Page, one: Checked) -> None:
    level = ("ok   ", "green") if one.is_ok else ("wrong", "bold red")
    show(page, level, f" {one.check:9}{one.what}" + (f"; {one.mend}" if one.mend else ""))


@database_app.command()
def stats(db: DatabaseUrl, format: FormatOption = Format.TABLE) -> None:
    """Say how large the base is and of what: tables, indexes, articles by outlet, quotes by kind, pipelines.

    Example: kb db stats --format csv
    """
    from kb.store.sizes import Size, sizes  # noqa: PLC0415

    found = sizes(find_base(db))
    if format != Format.TABLE:
        write_rows(found, format, row_type=Size)
        return
    page = open_page()
    for size in found:
        n = "" if size.n is None else f"{size.n:,}"
        n_bytes = "" if size.n_bytes is None else f"{size.n_bytes / 2**20:,.1f} MiB"
        show(page, f"{size.what:10}{n:>12}{n_bytes:>14}  {size.name}")
