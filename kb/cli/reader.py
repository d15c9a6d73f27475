"""The command that makes the role of those who only ask."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, database_app, find_base
from kb.errors import DatabaseProblem


@database_app.command()
def reader(
    db: DatabaseUrl,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Set its password: the first line of standard input.")
    ] = False,
    timeout: Annotated[
        int, typer.Option(min=0, metavar="SECONDS", help="How long its statements may take; 0: no limit.")
    ] = 60,
) -> None:
    """Make or repair kb_reader, the PostgreSQL role that may ask this database and change nothing.

    It reads the views, and the tables behind the commands' questions but for raw pages, failures and runs.

    Example: kb db reader --password-stdin < password.txt
    """
    from kb.store.database import shown  # noqa: PLC0415
    from kb.store.roles import READER, make_reader  # noqa: PLC0415

    engine = find_base(db)
    is_new = make_reader(engine, password=_read_password() if password_stdin else None, timeout_s=timeout)
    done = "made" if is_new else "put right"
    about = "" if password_stdin else "; its password is as it was" if not is_new else "; it has no password"
    typer.echo(f"{shown(engine)}: role {READER} {done}{about}", err=True)


def _read_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, err=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise DatabaseProblem("password", "is empty", "write it on the first line of standard input")
    return password
