"""How fast all quotes leave a large base, in how much memory: ``python tests/quality/bench_export.py [--quotes N]``.

Bases of a tenth of N and of N invented quotes (`generated.py`) are made in SQLite and in PostgreSQL, each fresh and
removed at the end. Then, each in a process of its own that writes to a file:

    raw csv    a loop over the driver's cursor (server-side on PostgreSQL): the columns of `kb export quotes` but the
               context, unordered, each row to csv.writer
    csv ...    what `kb export quotes` does, with the manifest's hash, in each format; then the other exports

``ratio`` is rows a second over those of the raw loop on the same base; ``peak`` is the process's largest resident set
(``VmHWM``), ``at a tenth`` the same in the base of a tenth. Constant memory means that they are alike.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_merge import ENGINES, fresh_base, make_base
from sqlalchemy import Engine

from kb.export import write_file
from kb.query.exporting import Exporting
from kb.store.database import open_to_read, reading

CASES = (
    *(("raw", "csv"), ("quotes", "csv"), ("quotes", "jsonl"), ("quotes", "parquet")),
    *(("mentions", "csv"), ("articles", "csv"), ("entities", "csv"), ("cooccurrence", "csv")),
)
GOAL_MIB = 64  # that ten times as many rows may take more

RAW = """
SELECT article.ref, quote.kind, quote.text, quote.start_char, quote.end_char, quote.speaker, quote.speaker_type,
    quote.speaker_mention_text, entity.uid, entity.name, quote.role, quote.cue_text, quote.polarity, quote.medium,
    quote.addressee, quote.occasion, quote.rule, quote.confidence, outlet.name, revision.published_on,
    revision.published_at, revision.title, revision.url
FROM article
JOIN revision ON revision.article_id = article.id AND revision.is_current
JOIN annotation ON annotation.body_id = revision.body_id AND annotation.is_current
JOIN quote ON quote.annotation_id = annotation.id
LEFT JOIN outlet ON outlet.id = revision.outlet_id
LEFT JOIN link ON link.local_entity_id = quote.speaker_local_entity_id
LEFT JOIN entity ON entity.id = link.entity_id
"""


def measure(url: str, what: str, format: str) -> dict[str, Any]:
    """Write an export in a process of its own; return its seconds, rows, bytes and peak of memory."""
    call = [sys.executable, __file__, "--one", url, what, format]
    run = subprocess.run(call, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def export(url: str, what: str, format: str, path: Path) -> dict[str, Any]:
    """Write an export to a file, here; return what `measure` does."""
    engine = open_to_read(url)
    started_at = time.perf_counter()
    if what == "raw":
        n_rows, n_bytes = write_raw(engine, path), path.stat().st_size
    else:
        asked = Exporting(what, format=format)
        with reading(engine) as connection:
            written = write_file(
                path,
                lambda stream: asked.write(connection, stream),
                lambda written: asked.manifest(connection, path.name, written),
            )
        n_rows, n_bytes = written.n_rows, written.n_bytes
    seconds = time.perf_counter() - started_at
    return {"seconds": seconds, "rows": n_rows, "bytes": n_bytes, "peak": peak_mib()}


def peak_mib() -> float:
    """Return the largest resident set of this process; `ru_maxrss` would be that of who started it, too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def write_raw(engine: Engine, path: Path) -> int:
    """Write the rows of the driver's cursor."""
    n_rows = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for row in raw_rows(engine):
            writer.writerow(row)
            n_rows += 1
    return n_rows


def raw_rows(engine: Engine) -> Iterator[Any]:
    """Yield the rows of the driver's cursor, some fetched at a time."""
    driver = engine.raw_connection().driver_connection
    assert driver is not None
    cursor = driver.cursor() if engine.dialect.name == "sqlite" else driver.cursor("raw")
    cursor.execute(RAW)
    while rows := cursor.fetchmany(1000):
        yield from rows


def run(name: str, n_quotes: int) -> None:
    """Fill both bases of an engine, measure and print."""
    peaks: dict[tuple[str, str], float] = {}
    for n in (n_quotes // 10, n_quotes):
        with fresh_base(name) as engine:
            make_base(engine, n)
            url = engine.url.render_as_string(hide_password=False)
            engine.dispose()
            measured = {case: measure(url, *case) for case in CASES}
        if n < n_quotes:
            peaks = {case: told["peak"] for case, told in measured.items()}
    raw = measured["raw", "csv"]["rows"] / measured["raw", "csv"]["seconds"]
    print(f"\n{name}: {n_quotes:,} quotes")
    print(
        f"{'':22}{'rows':>11}{'s':>8}{'rows/s':>10}{'MB/s':>7}{'ratio':>7}{'peak MiB':>10}{'at a tenth':>12}"
    )
    for case, told in measured.items():
        speed = told["rows"] / told["seconds"]
        more = told["peak"] - peaks[case]
        goal = "" if case[0] == "raw" else f"  more by {more:.0f}: {'met' if more < GOAL_MIB else 'missed'}"
        print(
            f"{' '.join(case):22}{told['rows']:>11,}{told['seconds']:>8.1f}{speed:>10,.0f}"
            f"{told['bytes'] / told['seconds'] / 1e6:>7.1f}{speed / raw:>7.2f}{told['peak']:>10.0f}"
            f"{peaks[case]:>12.0f}{goal}",
            flush=True,
        )


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--engine", action="append", choices=ENGINES, help="both if not told")
    parser.add_argument(
        "--one", nargs=3, metavar=("URL", "WHAT", "FORMAT"), help="export here, for measuring"
    )
    args = parser.parse_args()
    if args.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(export(*args.one, Path(folder) / "export")))
        return
    for name in args.engine or ENGINES:
        run(name, args.quotes)


if __name__ == "__main__":
    main()
