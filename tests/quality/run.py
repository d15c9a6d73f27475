"""Score the program against gold articles: ingest, export, and hand the exports to the benchmark's judge.

    python tests/quality/run.py BENCH [--errors N] [--gold NAME ...]

BENCH holds ``score.py`` and ``gold/*.jsonl``, one ``{"id", "text", ...}`` a line. Each gold file gets a
database of its own in a temporary folder; only ids and texts are shown to the program.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARTIAL = 4  # the program's exit code when some articles were kept as failures: scored as they are


def kb(*args: str, database: Path, output: Path | None = None) -> None:
    """Run the program; its answer goes to `output`."""
    command = [sys.executable, "-m", "kb", "--db", str(database), *args]
    stdout = output.open("wb") if output else None
    code = subprocess.run(command, stdout=stdout, check=False).returncode
    if code not in (0, PARTIAL):
        sys.exit(f"kb {' '.join(args)}: exit {code}")


def write_texts(gold: Path, texts: Path) -> int:
    """Write the ids and texts of a gold file, nothing else of it; return how many there are."""
    # Lines end at "\n" only: a JSON string may hold U+2028 and the like as they are.
    records = [json.loads(line) for line in gold.read_text("utf-8-sig").split("\n") if line.strip()]
    shown = (json.dumps({"id": r["id"], "text": r["text"]}, ensure_ascii=False) for r in records)
    texts.write_text("\n".join(shown) + "\n", "utf-8")
    return len(records)


def score(bench: Path, gold: Path, *, errors: int) -> None:
    """Print the judge's tables for one gold file."""
    with tempfile.TemporaryDirectory(prefix="kb-quality-") as folder:
        texts, quotes, mentions, base = (
            Path(folder, name) for name in ("texts.jsonl", "quotes.jsonl", "mentions.jsonl", "base.sqlite3")
        )
        n_articles = write_texts(gold, texts)
        started_at = time.monotonic()
        kb("ingest", str(texts), database=base)
        seconds = time.monotonic() - started_at
        kb("export", "quotes", "--format", "jsonl", database=base, output=quotes)
        kb("export", "mentions", "--format", "jsonl", database=base, output=mentions)
        print(f"\n== {gold.stem}: {n_articles} articles, {seconds:.0f} s to ingest ==", flush=True)
        judge = [sys.executable, str(bench / "score.py"), str(gold)]
        judge += ["--quotes", str(quotes), "--mentions", str(mentions)]
        subprocess.run([*judge, *(["--errors", str(errors)] if errors else [])], check=True)


def main() -> None:
    """Score the named gold files of a benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N errors of each file")
    parser.add_argument(
        "--gold", nargs="+", default=["seeds", "dev"], metavar="NAME", help="default: seeds dev"
    )
    args = parser.parse_args()
    for name in args.gold:
        score(args.bench, args.bench / "gold" / f"{name}.jsonl", errors=args.errors)


if __name__ == "__main__":
    main()
