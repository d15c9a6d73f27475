"""The command line's frame: the application, its global options, and what every command shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group
from typer.models import CommandInfo

from kb import __version__
from kb.cli.commands import COMMANDS
from kb.cli.starting import importing
from kb.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, read_timeout_s

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports the module of the one that is called."""

    default: str | None = None
    """The command that a call names that names none: ``kb article ID`` shows it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        within = "" if self.name == "kb" else f"{self.name} "
        paths = (path for path in COMMANDS if path.startswith(within))
        names = {path.removeprefix(within): path for path in paths}
        self._paths = {name: path for name, path in names.items() if " " not in name}
        not_loaded: Any = None
        self.commands = dict.fromkeys(self._paths, not_loaded)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return the command of this name; None if there is none."""
        return _load(self._paths[cmd_name]) if cmd_name in self._paths else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands with what each does, as the list of them has it: nothing is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[path].line) for name, path in self._paths.items()])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Name the default command where there is one and none is named."""
        if self.default and (not args or args[0] not in (*self._paths, *ctx.help_option_names)):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


class _Showing(LazyGroup):
    default = "show"


class _Listing(LazyGroup):
    default = "list"


def _make_group(name: str, kind: type[LazyGroup] = LazyGroup, *, help: str | None = None) -> typer.Typer:
    """Return a group of commands; one without a default command shows its help when it is called alone."""
    return typer.Typer(
        name=name,
        cls=kind,
        help=help or COMMANDS[name].line,
        no_args_is_help=kind.default is None,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


front = _make_group(
    "kb", help="Read Indonesian news, find who is reported as saying what, and answer questions about it."
)
"""The program."""
app = typer.Typer()
"""Where the modules put their commands; one without a group stands right after ``kb``."""
article_app = _make_group(
    "article", _Showing, help=f"{COMMANDS['article'].line}\n\nExample: kb article antara-0412"
)
failures_app = _make_group("failures", _Listing)
curate_app = _make_group("curate")
database_app = _make_group("db")
feed_app = _make_group("feed")
pipeline_app = _make_group("pipeline")
schedule_app = _make_group("schedule")


def group_apps() -> dict[str, typer.Typer]:
    """Return the groups of commands by their names."""
    groups = (article_app, curate_app, database_app, failures_app, feed_app, pipeline_app, schedule_app)
    return {str(group.info.name): group for group in groups}


def _load(path: str) -> Any:
    """Import a command's module, which puts it where it belongs, and return the command; a group as it is."""
    groups = group_apps()
    if path in groups:
        return get_group(groups[path])
    with importing():
        import_module(f"kb.cli.{COMMANDS[path].module}")
    *group, name = path.split()
    of_group = groups[group[0]] if group else app
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.registered_commands = [one for one in of_group.registered_commands if _name_of(one) == name]
    return get_command(alone)


def _name_of(command: CommandInfo) -> str | None:
    return command.name or (command.callback and command.callback.__name__)


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


@front.callback()
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
    """Keep the database that was named before the command."""
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
    with importing():
        from kb.store.database import check_schema, open_database  # noqa: PLC0415  (the help needs no database)

    engine = open_database(url)
    check_schema(engine)
    return engine


@contextmanager
def asking(url: str, *, for_long: bool = False) -> Iterator[Connection]:
    """Give a connection to read with, for a question or, without a limit of time, `for_long`; raises as `find_base`."""
    base, seconds = find_base(url), 0.0 if for_long else read_timeout_s()
    from kb.store.database import in_one_state, limit_time, reading  # noqa: PLC0415

    with reading(in_one_state(base)) as connection:
        limit_time(connection, seconds)
        yield connection


@contextmanager
def deciding(url: str, *, dry_run: bool = False) -> Iterator[Connection]:
    """Give a connection whose writes are kept at the end, or on a dry run undone; raises as `find_base`."""
    base = find_base(url)
    from kb.store.database import writing  # noqa: PLC0415

    with writing(base) as connection:
        yield connection
        if dry_run:
            connection.rollback()
            typer.echo("dry run: nothing was written", err=True)
