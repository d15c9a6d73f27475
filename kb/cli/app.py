"""The command line's frame: the application, its global options, and what every command shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kb import __version__
from kb.settings import DATABASE_VARIABLE, DEFAULT_DATABASE
from kb.store.database import check_schema, in_one_state, open_database, reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

app = typer.Typer(
    name="kb",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database_app = typer.Typer(name="db", no_args_is_help=True, help="Look after the database itself.")
app.add_typer(database_app)
curate_app = typer.Typer(
    name="curate",
    no_args_is_help=True,
    help="Decide who is who and who said what; nothing decided is ever lost.",
)
app.add_typer(curate_app)


class DefaultGroup(TyperGroup):
    """A group of commands in which a call that names none of them is one of `default`: ``kb article ID`` shows it."""

    default: str

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Name the default command where none is named."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


class _Showing(DefaultGroup):
    default = "show"


article_app = typer.Typer(
    name="article",
    cls=_Showing,
    help="Show an article, how it changed, or forget it for good.\n\nExample: kb article antara-0412",
)
app.add_typer(article_app)
pipeline_app = typer.Typer(
    name="pipeline", no_args_is_help=True, help="See what annotated the texts, and what another would change."
)
app.add_typer(pipeline_app)
feed_app = typer.Typer(
    name="feed", no_args_is_help=True, help="Say what `kb sync` is to read, and how often."
)
app.add_typer(feed_app)
schedule_app = typer.Typer(name="schedule", no_args_is_help=True, help="Let a timer run `kb sync`.")
app.add_typer(schedule_app)


class _Listing(DefaultGroup):
    default = "list"


failures_app = typer.Typer(
    name="failures", cls=_Listing, help="See what did not go through, try it again, or let it be."
)
app.add_typer(failures_app)


class Exit(IntEnum):
    """What the exit code tells a script; 2, wrong usage, is typer's own."""

    OK = 0
    ERROR = 1
    PARTIAL = 4
    BUSY = 5
    SCHEMA = 6
    MODEL = 7
    INTERRUPTED = 130


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kb {__version__}")
        raise typer.Exit


@app.callback()
def kb(
    context: typer.Context,
    database: Annotated[
        str,
        typer.Option(
            "--db",
            metavar="URL",
            envvar=DATABASE_VARIABLE,
            help="Database: an SQLAlchemy URL, or the path of an SQLite file. Also after the command.",
        ),
    ] = DEFAULT_DATABASE,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read Indonesian news, find who is reported as saying what, and answer questions about it."""
    context.obj = database


def _own_or_global(context: typer.Context, own: str | None) -> str:
    """Return the database named after the command, else the one named before it or in the environment."""
    return str(context.find_root().obj) if own is None else own


DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="URL",
        default_factory=lambda: None,  # not given: the callback looks further up
        callback=_own_or_global,
        show_default=False,
        help="Database URL or SQLite file; wins over kb --db and KB_DATABASE.",
    ),
]
"""The type of a command's parameter ``db: DatabaseUrl`` (no default): in the command always a URL or path."""


def find_base(url: str) -> Engine:
    """Return the base that is there; NoDatabase or SchemaMismatch if there is none that we understand."""
    engine = open_database(url)
    check_schema(engine)
    return engine


@contextmanager
def asking(url: str) -> Iterator[Connection]:
    """Give a connection to read with; raises as `find_base`."""
    with reading(in_one_state(find_base(url))) as connection:
        yield connection


@contextmanager
def deciding(url: str, *, dry_run: bool = False) -> Iterator[Connection]:
    """Give a connection whose writes are kept at the end, or on a dry run undone; raises as `find_base`."""
    with writing(find_base(url)) as connection:
        yield connection
        if dry_run:
            connection.rollback()
            typer.echo("dry run: nothing was written", err=True)
