"""The command that loads what kb is to know from the start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, app
from kb.cli.pages import counted
from kb.errors import BadSeeds
from kb.linking import load_list
from kb.store.database import open_base, writing
from kb.store.seed import OWN, find_seed_file, read_seeds


@app.command("seed")
def seed(
    db: DatabaseUrl,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A list of your own, JSONL."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="The list's name; else the file's.")
    ] = None,
    remove: Annotated[str | None, typer.Option(metavar="NAME", help="Forget the list of this name.")] = None,
) -> None:
    """Load entities that kb is to know: its own list, or one of yours in the same format (seeds/README.md).

    Loading a list again brings the base in step with it; what it says no more is forgotten.

    Example: kb seed ministers.jsonl
    """
    path = file or find_seed_file()
    if path is None and not remove:
        raise BadSeeds("kb", "its own list is missing", "install kb again")
    source = remove or name or (file.stem if file else OWN)
    seeds = () if remove or path is None else read_seeds(path)
    with writing(open_base(db)) as connection:
        n_changed = load_list(connection, seeds, source=source)
    typer.echo(f"{source}: {counted(len(seeds), 'entity')}, {n_changed} changed", err=True)
