"""What the commands that decide show: a decision, what it changed, the log, the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kb.cli.marks import TYPE_STYLES, Page, show
from kb.cli.pages import counted, counts
from kb.curation import LogRow, State
from kb.model import Decision, Verb
from kb.query import EntityRow, PairRow

_STATE_STYLES = {State.UNDONE: "dim", State.CONFLICT: "bold red", State.ORPHANED: "bold yellow"}
_MOST_WORDS = 60  # code points of a quote in a line of the log


@dataclass(frozen=True, slots=True)
class LogRecord:
    """A decision with what has become of it, as a row of data."""

    uid: str
    state: str
    because: str | None
    verb: str
    at: datetime
    by: str
    why: str | None
    arguments: dict[str, Any]


def log_record(row: LogRow) -> LogRecord:
    """Return a line of the log as a row of data."""
    one = row.decision
    return LogRecord(
        one.uid, str(row.state), row.because, str(one.verb), one.at, one.by, one.why, dict(one.arguments)
    )


def show_log(page: Page, rows: Iterable[LogRow]) -> None:
    """Show decisions, two lines each: which, what, and what has become of it; then who, when and why."""
    listed = list(rows)
    for row in listed:
        one = row.decision
        style = _STATE_STYLES.get(row.state, "green")
        because = f" by {row.because}" if row.because else ""
        show(page, (one.uid, "cyan"), "  ", (f"{row.state}{because}", style), f"  {describe(one)}")
        why = f": {one.why}" if one.why else ""
        show(page, (f"{one.at:%Y-%m-%d %H:%M} UTC, {one.by}{why}", "dim"), indent=4)
    if not listed:
        show(page, "No decisions.")


def show_queue(page: Page, pairs: Iterable[PairRow]) -> None:
    """Show pairs, three lines each: why, then both with what is at stake; the commands that decide stand below."""
    listed = list(pairs)
    for pair in listed:
        show(page, (f"{pair.score:.2f}", "bold"), f"  {pair.reason}")
        for type_, name, n_quotes, n_mentions, uid in (
            (pair.type, pair.name, pair.n_quotes, pair.n_mentions, pair.uid),
            (pair.other_type, pair.other_name, pair.other_n_quotes, pair.other_n_mentions, pair.other_uid),
        ):
            said = f" · {counted(n_quotes, 'quote')}, {counted(n_mentions, 'mention')}  "
            show(page, (type_, TYPE_STYLES[type_]), f"  {name}{said}", (uid, "cyan"), indent=4)
    hint = "kb curate merge UID INTO · kb curate apart UID OTHER" if listed else "Nothing to decide."
    show(page, (hint, "dim"))


def show_decision(page: Page, decision: Decision) -> None:
    """Show a decision that was just made, in one line."""
    show(page, (decision.uid, "cyan"), f"  {describe(decision)}")


def show_change(page: Page, before: EntityRow | None, after: EntityRow | None) -> None:
    """Show what an entity was and has come to, where that differs."""
    if after is None or before == after:
        return
    head = (after.name, f"bold {TYPE_STYLES[after.type]}")
    was = f"was {before.name} · {before.type} · {counts(before)}" if before else "new"
    show(page, head, f" · {after.type} · {counts(after)}  ", (f"({was})", "dim"), indent=2)
    show(page, (after.uid, "dim"), indent=2)


def describe(decision: Decision) -> str:
    """Return what a decision says, in one line."""
    arguments = decision.arguments
    match decision.verb:
        case Verb.MERGE:
            return f"merge {_named(arguments['entity'])} into {_named(arguments['into'])}"
        case Verb.APART:
            return f"keep {_named(arguments['entity'])} and {_named(arguments['other'])} apart"
        case Verb.SPLIT:
            told = f" ({arguments['told_by']})" if arguments["told_by"] else ""
            articles = f"{counted(len(arguments['articles']), 'article')}: {', '.join(arguments['articles'])}"
            return f"split {_named(arguments['entity'])}: {_named(arguments['into'])}{told} in {articles}"
        case Verb.ALIAS:
            return f"call {_named(arguments['entity'])} {arguments['name']} as well"
        case Verb.RENAME:
            return f"show {_named(arguments['entity'])} as {arguments['name']}"
        case Verb.RETYPE:
            return f"hold {_named(arguments['entity'])} for {arguments['type']}"
        case Verb.UNDO:
            return f"undo {arguments['decision']}"
        case Verb.SET_SPEAKER:
            who = _named(arguments["speaker"]) if arguments["speaker"] else "nobody known"
            return f"set the speaker of {_place(arguments)} to {who}"
        case _:
            return f"{str(decision.verb).replace('-', ' ')} {_place(arguments)}"


def _named(known: Mapping[str, str]) -> str:
    return f"{known['name']} [{known['uid']}]"


def _place(arguments: Mapping[str, Any]) -> str:
    words = arguments["exact"]
    shown = words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"
    return f"“{shown}” in {arguments['article']}"
