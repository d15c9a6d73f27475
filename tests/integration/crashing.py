"""A program that is killed: it imports kb once and forks a child for each run, so that a run starts at once.

Each line of its standard input is a JSON object: ``url`` of the base; ``statement``: the child kills itself (SIGKILL)
when it is about to send its statement of this number to the database; ``seconds``: its parent does so after so long;
``stops``: it holds still there until it is killed by an order ``kill``, its ``pid``; ``model``: it annotates again by
the model of that name. What came of it is one line of JSON again: ``code`` (negative: the signal), ``seconds``,
``statements``, ``said``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rooms
from sqlalchemy import Engine, event

from kb import pipeline
from kb.errors import KbError
from kb.pipeline import ingest, reingest, sync
from kb.store.database import open_base
from kb.way import saving


class Silent:
    """A report that nobody hears."""

    def began(self, run_id: int, command: str) -> None:
        """Take no notice."""

    def planned(self, n_inputs: int) -> None:
        """Hear nothing."""

    def advanced(self, n_inputs: int) -> None:
        """Hear nothing."""

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Hear nothing."""


class Statements:
    """Counts what is sent to a database; gives this process a signal before the one of a number."""

    def __init__(self, engine: Engine, last: int | None, end: signal.Signals) -> None:
        self.n, self._last, self._end = 0, last, end
        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine, moment, self._count)

    def _count(self, *_what: object) -> None:
        self.n += 1
        if self.n == self._last:
            os.kill(os.getpid(), self._end)


def run_once(order: Mapping[str, Any], answer: int) -> None:
    """Read what is due, and say on the file `answer` how it went."""
    engine = open_base(order["url"])
    end = signal.SIGSTOP if order.get("stops") else signal.SIGKILL
    statements, code, said = Statements(engine, order.get("statement"), end), 0, ""
    try:
        if model := order.get("model"):
            rooms.put_rooms(pytest.MonkeyPatch(), attribute=rooms.attribute_anew, model=model)
            reingest(engine, report=Silent())
        else:
            sync(engine, all_due=True, report=Silent())
    except KbError as error:
        code, said = 1, str(error)
    engine.dispose()
    os.write(answer, json.dumps({"code": code, "said": said, "statements": statements.n}).encode())


def run_child(order: Mapping[str, Any]) -> dict[str, Any]:
    """Run once in a child, killed where the order says so."""
    began, (answers, answer) = time.monotonic(), os.pipe()
    child = os.fork()
    if not child:
        try:
            run_once(order, answer)
        finally:
            os._exit(0)
    os.close(answer)
    if order.get("stops"):
        os.close(answers)
        os.waitpid(child, os.WUNTRACED)
        return {"pid": child}
    if order.get("seconds") is not None:
        time.sleep(order["seconds"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(answers, "rb") as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    given = json.loads(said) if said else {"code": code, "said": "", "statements": None}
    return {**given, "seconds": time.monotonic() - began}


def kill_child(pid: int) -> dict[str, Any]:
    """Kill a child that holds still."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return {"code": os.waitstatus_to_exitcode(status)}


def main() -> None:
    """Warm up, so that a child has nothing to import, and take orders."""
    patch = pytest.MonkeyPatch()
    rooms.put_rooms(patch)
    patch.setattr(pipeline, "BATCH", 16)
    patch.setattr(saving, "LINKING_SHARE", 1.0)  # each batch on its own: models would take seconds for one
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder, "a.jsonl")
        story.write_text(json.dumps({"text": rooms.tell_story(1), "published_at": "2024-06-18"}))
        ingest(open_base(f"{folder}/kb.sqlite3"), [str(story)], report=Silent())
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(kill_child(order["kill"]) if "kill" in order else run_child(order)), flush=True)


if __name__ == "__main__":
    main()
