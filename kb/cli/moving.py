"""The commands that bring a whole base somewhere else: a copy, a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, database_app, find_base
from kb.cli.progress import counting
from kb.store.database import open_database, shown


@database_app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="SRC", help="The base to read: a URL or an SQLite file.")],
    destination: Annotated[str, typer.Argument(metavar="DST", help="Where to: new, or without a row.")],
) -> None:
    """Copy a whole base into an empty one, from either engine to either: all of it, or nothing.

    Row numbers stay, and what was written is compared with what was read, so that both bases answer alike.

    Example: kb db copy kb.sqlite3 postgresql://localhost/berita
    """
    from kb.store.copy import copy_base, make_empty  # noqa: PLC0415

    original = find_base(source)
    made = open_database(destination, create=True)
    make_empty(made)
    with counting("rows") as told:
        n_rows = copy_base(original, made, told=told)
    typer.echo(f"{shown(made)}: {n_rows:,} rows, equal to those of {shown(original)}", err=True)


@database_app.command()
def backup(
    db: DatabaseUrl,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The SQLite file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write the base, as it is at this moment, into one SQLite file; others may go on writing.

    The file is verified before it gets its name. It is a base like any other: `kb db copy` brings it back.

    Example: kb db backup 2026-03-04.sqlite3
    """
    from kb.store.backup import back_up  # noqa: PLC0415

    engine = find_base(db)
    with counting("pages" if engine.dialect.name == "sqlite" else "rows") as told:
        back_up(engine, path, force=force, told=told)
    typer.echo(f"{path}: {path.stat().st_size:,} bytes, verified", err=True)
