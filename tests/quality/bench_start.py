"""Seconds from the call to the last line of the newest quotes of a person, beside programs that do only that.

``make bench-start``. All calls are processes of their own, warm (bytecode compiled, the base in memory), in
interleaved rounds, so that a busy machine slows all of them alike. The goal: `kb who-said` takes at most 1.2 times
what `start/minimal.py` takes, which asks the same with typer and SQLAlchemy and can do nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from generated_base import fill
from sqlalchemy import func, select
from start.bare import QUERY

from kb.store.database import open_base, reading
from kb.store.tables import alias, report

START = Path(__file__).parent / "start"
ROOT = Path(__file__).resolve().parents[2]
GOAL = 1.2
YARDSTICK = "minimal typer + SQLAlchemy"


def main() -> int:
    """Make a base, time all calls, print a line for each; exit code 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--quotes", type=int, default=5_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-start-") as folder:
        base = str(Path(folder) / "kb.sqlite3")
        name = _make_base(base, options.quotes)
        times = _time_all(_calls(base, name), options.rounds, folder)
    _print(times)
    slowest = max(median(times[call]) for call in times if call.startswith("kb who-said"))
    return 0 if slowest <= GOAL * median(times[YARDSTICK]) else 1


def _make_base(path: str, n_quotes: int) -> str:
    """Fill a base and return the name of somebody with more than 20 quotes in it."""
    engine = open_base(path)
    fill(engine, n_quotes)
    often = (
        select(report.c.entity_id)
        .where(report.c.entity_id.is_not(None))
        .group_by(report.c.entity_id)
        .order_by(func.count().desc(), report.c.entity_id)
        .limit(1)
    )
    fullest = select(alias.c.name_key).where(alias.c.entity_id == often.scalar_subquery())
    with reading(engine) as connection:
        name = str(connection.scalars(fullest.order_by(func.length(alias.c.name_key).desc())).first())
    engine.dispose()
    return name


def _calls(base: str, name: str) -> dict[str, list[str]]:
    python, kb = sys.executable, [sys.executable, "-m", "kb", "--db", base]
    sqlite_utils = [python, "-m", "sqlite_utils", "query", base, QUERY, "-p", "name", name, "--nl"]
    return {
        "python -c pass": [python, "-c", "pass"],
        "bare sqlite3": [python, str(START / "bare.py"), base, name],
        YARDSTICK: [python, str(START / "minimal.py"), name, "--db", base],
        "sqlite-utils query": sqlite_utils,
        "kb who-said, a page": [*kb, "who-said", name],
        "kb who-said, jsonl": [*kb, "who-said", name, "--format", "jsonl", "--limit", "20"],
        "kb --help": [*kb, "--help"],
        "kb --version": [*kb, "--version"],
    }


def _time_all(calls: dict[str, list[str]], n_rounds: int, folder: str) -> dict[str, list[float]]:
    """Return the seconds of each call in each round; a first round, which warms, is not counted."""
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    }  # e.g. unbuffered
    environment = kept | {"PYTHONPATH": paths}
    times: dict[str, list[float]] = {call: [] for call in calls}
    for _ in range(n_rounds + 1):
        for call, words in calls.items():
            began = perf_counter()
            subprocess.run(words, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True)
            times[call].append(perf_counter() - began)
    return {call: taken[1:] for call, taken in times.items()}


def _print(times: dict[str, list[float]]) -> None:
    least = median(times[YARDSTICK])
    print(f"{'':28}  median     p95   of the minimal script")
    for call, taken in times.items():
        share = median(taken) / least
        met = (
            ""
            if not call.startswith("kb who-said")
            else f"  (goal {GOAL}: {'met' if share <= GOAL else 'missed'})"
        )
        print(f"{call:28} {median(taken):6.3f}s {quantiles(taken, n=20)[-1]:6.3f}s   {share:5.2f}{met}")


if __name__ == "__main__":
    sys.exit(main())
