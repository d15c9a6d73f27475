"""How fast unchanged articles are read again, beside a loop that only reads, hashes and parses them.

    make bench-reingest [ARTICLES=20000]

Both go over the same file of JSON Lines in alternating rounds, in this process and as processes of their own
(``kb ingest FILE``, ``python loop.py FILE``). Every line is hashed and looked up, every article's day of being seen is
written; a wrong count ends the benchmark with an error. The base is made by a fake annotator that finds nothing: what
an annotation holds is not read where nothing changed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from kb import pipeline
from kb.annotate import load_annotator
from kb.annotate.annotator import Annotator, TaggedBody
from kb.annotate.sentences import TaggedToken
from kb.model import Annotation, Span
from kb.pipeline import Options, ingest
from kb.store.database import open_base
from kb.way import workers
from kb.way.run import Outcome

WORDS = """
petani warga desa pasar harga panen gudang jalan sungai sekolah kepala bupati dinas pemerintah hujan musim tanam sawah
kebun kopi jagung beras pupuk pekan bulan tahun hari rapat rencana dana bantuan keluarga anak guru dokter akan sudah
belum masih telah dapat perlu ingin menurut karena sehingga untuk dari dengan pada oleh yang dan atau
"""

LOOP = """
import hashlib, json, sys
n = 0
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        hashlib.sha256(line).hexdigest()
        n += len(json.loads(line)["text"]) > 0
print(n)
"""


class Silent:
    """A report that tells nobody."""

    def began(self, run_id: int, command: str) -> None:
        """Say nothing."""

    def planned(self, n_inputs: int) -> None:
        """Say nothing."""

    def advanced(self, n_inputs: int) -> None:
        """Say nothing."""

    def failed(self, stage: str, subject: str, error: Exception) -> None:
        """Nothing may fail here."""
        raise SystemExit(f"{stage}: {subject}: {error}")


def main() -> None:
    """Make the file and the base, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--database", help="an empty postgresql:// database in place of a SQLite file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        path.write_text("".join(make_lines(asked.articles)), "utf-8")
        size = path.stat().st_size / asked.articles
        print(
            f"{asked.articles:,} articles of {size:,.0f} bytes, {asked.rounds} rounds, {os.cpu_count()} cores\n"
        )
        measure(path, asked.database or str(Path(folder, "kb.sqlite3")), asked.articles, asked.rounds)


def make_lines(n: int) -> Iterator[str]:
    """Yield records of invented reports, 2 to 4 KB each."""
    chance, words = random.Random(20260301), WORDS.split()
    for number in range(n):
        paragraphs = []
        for _ in range(chance.randint(7, 12)):
            sentence = " ".join(chance.choices(words, k=chance.randint(35, 55)))
            paragraphs.append(f"{sentence.capitalize()}.")
        record = {
            "id": f"warta-{number}",
            "title": " ".join(chance.choices(words, k=7)).title(),
            "url": f"https://warta.example/berita/{number}/{'-'.join(chance.choices(words, k=5))}",
            "outlet": "Warta Contoh",
            "published_at": f"2026-0{number % 9 + 1}-1{number % 10}T08:{number % 60:02}:00+07:00",
            "authors": ["Ratna Wiyasa"],
            "text": "\n\n".join(paragraphs),
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


def measure(path: Path, database: str, n: int, n_rounds: int) -> None:
    """Fill the base, then time kb and the loop by turns."""
    began = perf_counter()
    with_fake_models(lambda: fill(database, path, n))
    print(f"filled in {perf_counter() - began:.1f} s\n")
    here: tuple[list[float], list[float]] = ([], [])
    apart: tuple[list[float], list[float]] = ([], [])
    for _ in range(n_rounds):
        here[0].append(timed(lambda: loop(path, n)))
        here[1].append(timed(lambda: reingest(database, path, n)))
        apart[0].append(timed(lambda: run([sys.executable, "-c", LOOP, str(path)], str(n))))
        kb = [sys.executable, "-m", "kb", "--db", database, "ingest", str(path)]
        apart[1].append(timed(lambda kb=kb: run(kb, f"{n} unchanged, 0 failed")))  # type: ignore[misc]
    print(f"{'median, s (min to max)':24}{'loop':>22}{'kb':>22}{'ratio':>8}{'articles/s':>12}")
    for name, (plain, ours) in {"in this process": here, "whole processes": apart}.items():
        ratio = median(ours) / median(plain)
        print(f"{name:24}{shown(plain):>22}{shown(ours):>22}{ratio:>8.2f}{n / median(ours):>12,.0f}")


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that it takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def shown(seconds: Sequence[float]) -> str:
    """Return the median and the range."""
    return f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def loop(path: Path, n: int) -> None:
    """Read, hash and parse, as little as can be."""
    import hashlib  # noqa: PLC0415

    found = 0
    with path.open("rb") as lines:
        for line in lines:
            hashlib.sha256(line).hexdigest()
            found += len(json.loads(line)["text"]) > 0
    check(found == n, f"the loop found {found}")


def fill(database: str, path: Path, n: int) -> None:
    """Ingest the file for the first time."""
    outcome = ingest_file(database, path)
    check(outcome.articles.new == n, f"filled with {outcome.articles}")


def reingest(database: str, path: Path, n: int) -> None:
    """Ingest it again."""
    outcome = ingest_file(database, path)
    check((outcome.articles.unchanged, outcome.articles.failed) == (n, 0), f"read again: {outcome.articles}")


def ingest_file(database: str, path: Path) -> Outcome:
    """Ingest it."""
    engine = open_base(database)
    try:
        return ingest(engine, [str(path)], options=Options(), report=Silent())
    finally:
        engine.dispose()


def with_fake_models(work: Callable[[], None]) -> None:
    """Do the work with an annotator that finds nothing, under the versions of the real one."""
    real, attribute = load_annotator(), workers.attribute
    pipeline.load_annotator = lambda: Annotator(tag_nothing, real.packages, real.models)  # type: ignore[assignment]
    workers.attribute = lambda document: Annotation(sentences=document.sentences)  # type: ignore[assignment]
    work()
    pipeline.load_annotator, workers.attribute = load_annotator, attribute  # type: ignore[assignment]


def tag_nothing(bodies: Sequence[str]) -> list[TaggedBody]:
    """Tag each body as one sentence of one word that is no name."""
    return [[[TaggedToken(Span(0, len(body)), "O")]] for body in bodies]


def run(command: Sequence[str], expected: str) -> None:
    """Run a process and check what it says."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    check(expected in done.stdout + done.stderr, done.stdout + done.stderr)


def check(is_right: bool, what: str) -> None:
    """End with an error where a count is wrong."""
    if not is_right:
        raise SystemExit(what)


if __name__ == "__main__":
    main()
