"""How fast attribution is without the models: ``python tests/quality/bench_attribute.py [BENCH] [--rounds N]``.

The articles are read, cut and tagged first, untimed. Then three ways go over the same documents in one process, on
one thread, in alternating order:

- ``words``: one pass of a regular expression over the words of each body, the least any reader does;
- ``cue``: the baseline of ``baselines.py``, a regular expression on cues with the last named speaker;
- ``kb``: what `kb ingest` does with a document.

Speed is in articles and words a second of CPU time, the best of the rounds; ratios are to ``cue``. Without a
benchmark folder the sample articles are read.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from baselines import find_cued

from kb.annotate import load_annotator
from kb.attribute import attribute
from kb.attribute.coreference import group_mentions
from kb.ingest import read_articles
from kb.model import Article, Document

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"\w+")


def read_documents(bench: Path | None) -> list[Document]:
    """Return the documents of a benchmark's gold articles, without one those of the samples."""
    source = ROOT / "seeds" / "articles" if bench is None else bench / "gold"
    articles = [read for read in read_articles([str(source)]) if isinstance(read, Article)]
    return list(load_annotator().annotate(articles))


def read_words(document: Document) -> object:
    """Find the words."""
    return WORD.findall(document.body)


def read_cues(document: Document) -> object:
    """Run the baseline."""
    return list(find_cued(document, group_mentions(document.body, document.mentions)))


def measure(documents: Sequence[Document], rounds: int) -> dict[str, float]:
    """Return the least CPU seconds that each way takes for all documents."""
    ways: dict[str, Callable[[Document], object]] = {"words": read_words, "cue": read_cues, "kb": attribute}
    best = dict.fromkeys(ways, float("inf"))
    for n in range(rounds):
        for name in sorted(ways, reverse=bool(n % 2)):
            started_at = time.process_time()
            for document in documents:
                ways[name](document)
            best[name] = min(best[name], time.process_time() - started_at)
    return best


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    documents = read_documents(args.bench)
    n_words = sum(len(document.body.split()) for document in documents)
    print(f"{len(documents)} articles, {n_words} words, one thread, best of {args.rounds}")
    best = measure(documents, args.rounds)
    for name, seconds in best.items():
        print(
            f"{name:6} {len(documents) / seconds:8.0f} articles, {n_words / seconds:9.0f} words a CPU-second; "
            f"{best['cue'] / seconds:.3f} times the speed of cue"
        )


if __name__ == "__main__":
    main()
