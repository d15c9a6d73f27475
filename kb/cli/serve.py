"""The command that shows a base in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.app import DatabaseUrl, app, find_base
from kb.errors import DatabaseProblem, KbError

if TYPE_CHECKING:
    pass

_LOOPBACK = "127.0.0.1"
_OPEN_TO_ALL = "kb serve: whoever reaches this address reads the base; there is no login and no encryption"


@app.command()
def serve(
    db: DatabaseUrl,
    host: Annotated[
        str, typer.Option(help="The address to listen at; any but this one can be reached from outside.")
    ] = _LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port there; 0 takes a free one.")] = 8001,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Answer to this host name only, and to its own. May be repeated."),
    ] = None,
    sql: Annotated[bool, typer.Option(help="Let readers ask in SQL, for three seconds a question.")] = True,
    open: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:
    """Show an SQLite base as web pages that can only be read, until Ctrl-C. Needs kb-indonesia[web].

    Example: kb serve --open
    """
    if db.startswith("postgres"):
        raise DatabaseProblem(
            "kb serve",
            "shows bases of SQLite only",
            "copy it first: kb db copy postgresql://… copy.sqlite3, then kb serve --db copy.sqlite3",
        )
    try:
        from kb.serve import server  # noqa: PLC0415  (an extra, and slow to import)
    except ModuleNotFoundError as error:
        raise KbError(
            "kb serve", f"{error.name} is not installed", "pip install 'kb-indonesia[web]'"
        ) from error
    engine = find_base(db)
    with server.open_socket(host, port) as listening:
        address = server.address_of(listening)
        typer.echo(f"{address}  (Ctrl-C ends it)", err=True)
        if not server.is_loopback(host):
            typer.echo(_OPEN_TO_ALL, err=True)
        if open:
            typer.launch(address)
        names = {host.lower(), "localhost", _LOOPBACK, "::1"} if server.is_loopback(host) or name else set()
        names.update(one.lower() for one in name or ())
        server.run(server.make_server(engine, allow_sql=sql, names=names), listening)
