"""A benchmark's gold articles, read as kb reads articles, and its judge.

A row is what the judge calls a prediction: ``{"article", "kind", "text", "start", "end", "speaker",
"speaker_mention"}`` (offsets are code points of the body), here with ``rule`` and ``confidence`` beside it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from kb.annotate import load_annotator
from kb.ingest import read_articles
from kb.model import Annotation, Article, Document, EntityType, Mention, Span

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of each article."""


def parse_gold(description: str | None) -> argparse.Namespace:
    """Return the command line's benchmark folder (`bench`) and the name of one of its gold files (`gold`)."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--gold", default="dev", metavar="NAME")
    return parser.parse_args()


def read_golds(bench: Path, name: str) -> dict[str, Row]:
    """Return the gold articles of ``BENCH/gold/NAME.jsonl`` by id."""
    # Lines end at "\n" only: a JSON string may hold U+2028 and the like as they are.
    lines = (bench / "gold" / f"{name}.jsonl").read_text("utf-8-sig").split("\n")
    return {gold["id"]: gold for gold in map(json.loads, filter(str.strip, lines))}


def read_documents(golds: dict[str, Row]) -> dict[str, Document]:
    """Return each gold article as ingest and the models read it."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        path = Path(folder, "texts.jsonl")
        shown = (json.dumps({"id": g["id"], "text": g["text"]}) for g in golds.values())
        path.write_text("\n".join(shown) + "\n", "utf-8")
        articles = [a for a in read_articles([str(path)], any_language=True) if isinstance(a, Article)]
    documents = load_annotator().annotate(articles)
    return {article.id: document for article, document in zip(articles, documents, strict=True)}


def gold_mentions(body: str, entities: list[Row]) -> tuple[Mention, ...]:
    """Return every whole-word occurrence of the gold's forms, longest form first, in text order."""
    forms = sorted(
        ((f, e["type"]) for e in entities for f in {e["name"], *e["surface"]}), key=lambda t: -len(t[0])
    )
    taken, found = bytearray(len(body)), []
    for form, kind in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", body):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(form)
                found.append(Mention(Span(*match.span()), EntityType(kind)))
    return tuple(sorted(found, key=lambda mention: mention.span))


def rows_of(article_id: str, body: str, annotation: Annotation) -> list[Row]:
    """Return the attributions of an annotation as rows."""
    return [
        {
            "article": article_id,
            "kind": str(found.kind),
            "text": found.content.of(body),
            "start": found.content.start,
            "end": found.content.end,
            "speaker": found.speaker,
            "speaker_mention": found.speaker_mention and found.speaker_mention.of(body),
            "rule": found.rule,
            "confidence": found.confidence,
        }
        for found in annotation.attributions
    ]


def load_judge(bench: Path) -> ModuleType:
    """Return the benchmark's ``score.py`` as a module."""
    spec = importlib.util.spec_from_file_location("judge", bench / "score.py")
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    return judge


def print_scores(bench: Path, name: str, rows: Rows) -> None:
    """Let the judge print its tables."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as quotes:
        quotes.writelines(json.dumps(row) + "\n" for article in rows.values() for row in article)
        quotes.flush()
        gold = bench / "gold" / f"{name}.jsonl"
        subprocess.run([sys.executable, bench / "score.py", gold, "--quotes", quotes.name], check=True)


def scores_of(judge: ModuleType, golds: Iterable[Row], rows: Rows) -> Row:
    """Return the judge's summary over these articles."""
    counts = [dict(judge.score_article(gold, rows.get(gold["id"], []), [])) for gold in golds]
    return dict(judge.summary(counts))


def matched(judge: ModuleType, gold: Row, rows: list[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield each row with the gold item that it overlaps by half, matched as the judge does."""
    tokens = judge.tokens(gold["text"])
    hay, begins = [w for w, _, _ in tokens], [s for _, s, _ in tokens]
    wanted = [
        {i for i, (_, s, e) in enumerate(tokens) if s >= a["start"] and e <= a["end"]}
        for a in gold["attributions"]
    ]
    move, taken = judge.shift(rows, gold["text"]), set[int]()
    given = [judge.lay(r["text"], bisect_left(begins, r["start"] + move), hay, taken) for r in rows]
    pairs = sorted(
        ((len(w & g) / len(w | g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(given) if w & g),
        key=lambda pair: -pair[0],
    )
    golds_of: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap >= 0.5 and i not in golds_of.values() and j not in golds_of:
            golds_of[j] = i
    for j, row in enumerate(rows):
        yield row, gold["attributions"][golds_of[j]] if j in golds_of else None
