"""The commands that say what `kb sync` reads, and how often."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, asking, deciding, feed_app
from kb.cli.intervals import parse_interval, shown_interval
from kb.cli.marks import Page, show
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.cli.pages import counted
from kb.cli.running import AllowPrivate
from kb.store import feeds
from kb.store.database import open_base, writing
from kb.store.feeds import FeedRow

_Addresses = Annotated[
    list[str], typer.Argument(metavar="ADDRESS", help="As `kb feed list` shows it, or as it was added.")
]
_STYLES = {"active": "green", "paused": "dim", "failing": "bold red"}


@feed_app.command()
def add(
    addresses: Annotated[
        list[str],
        typer.Argument(metavar="ADDRESS", help="http(s) addresses of feeds and pages; files and folders."),
    ],
    db: DatabaseUrl,
    *,
    every: Annotated[
        int, typer.Option(parser=parse_interval, metavar="TIME", help="How often to read it: 30m, 2h, 1d.")
    ] = "30m",  # type: ignore[assignment]  # typer parses it
    allow_private: AllowPrivate = False,
) -> None:
    """Put feeds, pages, files and folders on the schedule, due at once. Makes the database if there is none.

    What is there already takes the new interval, and a pause of it ends.

    Example: kb feed add https://kabarpagi.example/rss arsip/ --every 2h
    """
    from kb.way.sources import scheduled_address  # noqa: PLC0415 (a question needs no fetching)

    named = [scheduled_address(name) for name in addresses]
    with writing(open_base(db)) as connection:
        for address, kind in named:
            is_new = feeds.schedule_feed(
                connection, address, kind, every_minutes=every, allow_private=allow_private
            )
            typer.echo(
                f"{address}: {'added' if is_new else 'changed'}, every {shown_interval(every)}", err=True
            )


@feed_app.command("list")
def list_feeds(db: DatabaseUrl, format: FormatOption = Format.TABLE) -> None:
    """List what is on the schedule: its state, how often and when next it is read, how many articles it brought.

    Example: kb feed list --format csv
    """
    with asking(db) as connection:
        rows = feeds.load_feed_rows(connection)
    if format != Format.TABLE:
        write_rows(rows, format, row_type=FeedRow)
        return
    page = open_page()
    for row in rows:
        _show_feed(page, row)
    if not rows:
        show(page, "Nothing is on the schedule: kb feed add.")


@feed_app.command()
def remove(addresses: _Addresses, db: DatabaseUrl) -> None:
    """Take feeds off the schedule; what was read from them stays.

    Example: kb feed remove https://kabarpagi.example/rss
    """
    with deciding(db) as connection:
        for address in _known(addresses):
            feeds.unschedule_feed(connection, address)


@feed_app.command()
def pause(addresses: _Addresses, db: DatabaseUrl) -> None:
    """Leave feeds out of the schedule for now.

    Example: kb feed pause https://kabarpagi.example/rss
    """
    with deciding(db) as connection:
        for address in _known(addresses):
            feeds.pause_feed(connection, address)


@feed_app.command()
def resume(addresses: _Addresses, db: DatabaseUrl) -> None:
    """Read feeds again that were paused.

    Example: kb feed resume https://kabarpagi.example/rss
    """
    with deciding(db) as connection:
        for address in _known(addresses):
            feeds.pause_feed(connection, address, paused=False)


def _known(addresses: list[str]) -> list[str]:
    from kb.way.sources import scheduled_address  # noqa: PLC0415

    return [scheduled_address(name, is_new=False)[0] for name in addresses]


def _show_feed(page: Page, row: FeedRow) -> None:
    every = "" if row.every_minutes is None else f"every {shown_interval(row.every_minutes)}"
    due = "" if row.state == "paused" else f"due {_moment(row.due_at) or 'now'}"
    title = f"  {row.title}" if row.title else ""
    show(page, (f"{row.state:7}", _STYLES[row.state]), "  ", (row.address, "cyan"), title)
    private = "private addresses allowed" if row.allow_private else ""
    facts = (every, due, f"read {_moment(row.last_read_at) or 'never'}", counted(row.n_articles, "article"))
    show(page, " · ".join(filter(None, (*facts, private))), indent=9)
    if row.failing_since:
        since = f"failing since {_moment(row.failing_since)}, {counted(row.n_failed, 'time')}: kb failures"
        show(page, (since, "red"), indent=9)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M}Z"
