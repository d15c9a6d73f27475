"""How fast words and names are found: ``python tests/quality/bench_annotate.py [BENCH] [--rounds N]``.

Four ways tag the same articles with the same model files in one process, on one thread:

- ``plain``: one call of a ``stanza.Pipeline`` an article, as Stanza's documentation shows it;
- ``bulk``: one ``bulk_process`` call over all;
- ``kb``: what `kb ingest` does, batches of `kb.pipeline.BATCH` articles;
- ``int8``: the same with the tagger's matrices cut to 8-bit integers, which kb does not do
  (``python -m kb.training.evaluate DATA --int8`` says what it costs).

Speed is in words (between white space) and articles a second of CPU time, the best of the rounds, whose order
alternates; ratios are to ``plain``. The output, every token's place and tag, is compared with ``plain``. Without a
benchmark folder the sample articles are read. Before that, what loading the models costs beside ``import torch``;
after it, whole runs of `kb ingest` by wall time, one process and two.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import stanza
import torch
from torch.ao.quantization import quantize_dynamic

from kb.annotate.annotator import Tag, TaggedBody
from kb.annotate.files import find_model_folder
from kb.annotate.names_model import NamesModel
from kb.annotate.tagger import load_trainers, make_tag
from kb.annotate.words_model import WordsModel
from kb.ingest import read_articles
from kb.model import Article
from kb.way.taking import BATCH

ROOT = Path(__file__).parents[2]
Output = list[list[list[tuple[int, int, str]]]]  # articles, sentences, tokens


def read_texts(bench: Path | None) -> list[str]:
    """Return the bodies of a benchmark's gold articles, without one those of the samples."""
    source = ROOT / "seeds" / "articles" if bench is None else bench / "gold"
    return [read.body for read in read_articles([str(source)]) if isinstance(read, Article)]


LOADING = """
import time
import torch
started_at = time.process_time()
from kb.annotate.files import find_model_folder
from kb.annotate.tagger import load_tagger
load_tagger(find_model_folder())(["Putri pulang ke Solo."])
print(time.process_time() - started_at)
"""


def time_loading(rounds: int) -> Iterator[str]:
    """Yield a line: CPU seconds from `import torch` to the first tagged text, in a process of its own."""
    command = [sys.executable, "-c", LOADING]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(rounds)]
    yield f"loading: {min(map(float, runs)):.2f} CPU-seconds beside import torch, Stanza's import included"


def load_plain(folder: Path) -> stanza.Pipeline:
    """Load the models as Stanza's documentation shows it."""
    return stanza.Pipeline(
        "id", dir=str(folder), processors="tokenize,ner", download_method=None, use_gpu=False, logging_level="ERROR",
        tokenize_model_path=str(folder / "tokenize.pt"), ner_model_path=str(folder / "ner.pt"),
        ner_pretrain_path=str(folder / "vectors.pt"), ner_forward_charlm_path=None, ner_backward_charlm_path=None,
    )  # fmt: skip


def read_document(document: Any) -> list[list[tuple[int, int, str]]]:
    """Return the place and tag of each token of each sentence."""
    return [[(t.start_char, t.end_char, t.ner) for t in s.tokens] for s in document.sentences]


def read_tagged(tagged: TaggedBody) -> list[list[tuple[int, int, str]]]:
    """Return the same of what kb found."""
    return [[(t.span.start, t.span.end, t.tag) for t in sentence] for sentence in tagged]


def make_ways() -> dict[str, Callable[[Sequence[str]], Output]]:
    """Load the models, once for Stanza's own pipeline and once for kb."""
    folder = find_model_folder()
    pipeline = load_plain(folder)
    words, names = load_trainers(folder)
    _, smaller = load_trainers(folder)
    smaller.model = quantize_dynamic(smaller.model, {torch.nn.LSTM, torch.nn.Linear})

    return {
        "plain": lambda texts: [read_document(pipeline(text)) for text in texts],
        "bulk": lambda texts: [read_document(d) for d in pipeline.bulk_process(list(texts))],
        "kb": _run_batches(make_tag(WordsModel(words), NamesModel(names))),
        "int8": _run_batches(make_tag(WordsModel(words), NamesModel(smaller))),
    }


def _run_batches(tag: Tag) -> Callable[[Sequence[str]], Output]:
    def run(texts: Sequence[str]) -> Output:
        batches = (texts[i : i + BATCH] for i in range(0, len(texts), BATCH))
        return [read_tagged(body) for batch in batches for body in tag(batch)]

    return run


def compare(texts: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield a line for each way: its speed, its ratio to the plain way, in how many articles its output differs."""
    ways = make_ways()
    best = dict.fromkeys(ways, float("inf"))
    outputs: dict[str, Output] = {}
    for n in range(rounds):
        for name in sorted(ways, reverse=bool(n % 2)):
            started_at = time.process_time()
            outputs[name] = ways[name](texts)
            best[name] = min(best[name], time.process_time() - started_at)
    n_words = sum(len(text.split()) for text in texts)
    yield f"{len(texts)} articles, {n_words} words, one thread, best of {rounds}"
    for name, seconds in best.items():
        differ = sum(a != b for a, b in zip(outputs[name], outputs["plain"], strict=True))
        yield (
            f"{name:6} {n_words / seconds:6.0f} words, {len(texts) / seconds:5.1f} articles a CPU-second; "
            f"{best['plain'] / seconds:.2f} times the plain way; output differs in {differ} articles"
        )


def time_ingest(texts: Sequence[str], copies: int) -> Iterator[str]:
    """Yield a line for whole runs over every text and altered copies of it, with one process and with two."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "articles.jsonl")
        rows = (
            {"id": f"{c}-{i}", "text": f"{text}\n\n({c})"}
            for c in range(copies)
            for i, text in enumerate(texts)
        )
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        seconds = []
        for workers in (1, 2):
            command = [
                sys.executable,
                "-m",
                "kb",
                "--db",
                str(Path(folder, f"{workers}.sqlite3")),
                "ingest",
                str(source),
            ]
            started_at = time.monotonic()
            subprocess.run([*command, "--workers", str(workers)], check=True, stderr=subprocess.DEVNULL)
            seconds.append(time.monotonic() - started_at)
            rate = copies * len(texts) / seconds[-1]
            yield f"kb ingest --workers {workers}: {seconds[-1]:.0f} s, {rate:.1f} articles a second, start-up included"
        yield f"two workers: {seconds[0] / seconds[1]:.2f} times one, on {os.cpu_count()} cores"


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=8, help="of the articles, for the whole runs")
    args = parser.parse_args()
    torch.set_num_threads(1)
    logging.getLogger("stanza").setLevel(logging.ERROR)
    texts = read_texts(args.bench)
    for line in time_loading(args.rounds):
        print(line, flush=True)
    for line in compare(texts, args.rounds):
        print(line, flush=True)
    for line in time_ingest(texts, args.copies):
        print(line, flush=True)


if __name__ == "__main__":
    main()
