"""The command that shows the ledger: which runs there were, and how they went."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, app, find_base
from kb.cli.marks import Page, show
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.cli.pace import lasting
from kb.store.lock import load_ledger
from kb.store.runs import StoredRun

_STYLES = {"ok": "green", "running": "bold cyan", "failed": "bold red"}
_COUNTED = ("new", "changed", "unchanged", "annotated", "failed", "gone")


@app.command()
def runs(
    db: DatabaseUrl,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    format: FormatOption = Format.TABLE,
) -> None:
    """List the runs, the newest first: when, what was asked for, how far it came and how it ended.

    Example: kb runs --limit 50
    """
    found = load_ledger(find_base(db), limit=limit)
    if format != Format.TABLE:
        write_rows(found, format, row_type=StoredRun)
        return
    page = open_page()
    for run in found:
        _show_run(page, run)
    if not found:
        show(page, "No runs.")


def _show_run(page: Page, run: StoredRun) -> None:
    state = (f"{run.state:11}", _STYLES.get(run.state, "yellow"))
    show(page, (f"{run.id:>5}  ", "cyan"), f"{run.started_at:%Y-%m-%d %H:%M}Z  ", state, f"  {run.command}")
    counts = ", ".join(f"{n} {name}" for name in _COUNTED if (n := getattr(run, f"n_{name}")))
    where = f"process {run.pid} on {run.host}" if run.state == "running" else None
    show(page, " · ".join(filter(None, (_took(run), counts or "nothing to do", where))), indent=7)
    if run.error:
        show(page, (run.error, "red"), indent=7)


def _took(run: StoredRun) -> str | None:
    """Return how long it took; of one that was cut off, until it last said something."""
    until = datetime.now(UTC) if run.state == "running" else run.finished_at or run.heartbeat_at
    return lasting((until - run.started_at).total_seconds()) if until else None
