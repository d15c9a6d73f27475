"""Tell tagger faults from rule faults: attribution with gold mentions, and how often each rule is right.

    python tests/quality/shares.py BENCH [--gold NAME]

Prints the judge's tables for attribution alone (the gold's names in place of the tagger's), then, for each rule and
for each way to a speaker: how many, how often the stretch is a gold one (overlap of half), how often the speaker is
right where it is. `kb/attribute/confidence.py` has its tables from here.
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
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.annotate import load_annotator
from kb.attribute import attribute
from kb.ingest import read_articles
from kb.model import Article, Document, EntityType, Mention, Span

Row = dict[str, Any]


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


def read_documents(golds: dict[str, Row]) -> Iterator[tuple[str, Document]]:
    """Yield each gold article as ingest and the tokenizer read it, with the gold's mentions."""
    with tempfile.TemporaryDirectory(prefix="kb-shares-") as folder:
        path = Path(folder, "texts.jsonl")
        shown = (json.dumps({"id": g["id"], "text": g["text"]}) for g in golds.values())
        path.write_text("\n".join(shown) + "\n", "utf-8")
        articles = [a for a in read_articles([str(path)], any_language=True) if isinstance(a, Article)]
    for article, document in zip(articles, load_annotator().annotate(articles), strict=True):
        mentions = gold_mentions(article.body, golds[article.id]["entities"])
        yield article.id, replace(document, mentions=mentions)


def predict(golds: dict[str, Row]) -> dict[str, list[Row]]:
    """Return the attributions of each article, as the judge reads them, with their rules."""
    rows: dict[str, list[Row]] = {}
    for article_id, document in read_documents(golds):
        rows[article_id] = [
            {
                "article": article_id,
                "kind": found.kind,
                "text": found.content.of(document.body),
                "start": found.content.start,
                "end": found.content.end,
                "speaker": found.speaker,
                "speaker_mention": found.speaker_mention and found.speaker_mention.of(document.body),
                "rule": found.rule,
            }
            for found in attribute(document).attributions
        ]
    return rows


def matched(judge: Any, gold: Row, rows: list[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield each prediction with the gold item that it overlaps by half, matched as the judge does."""
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


def print_shares(judge: Any, golds: dict[str, Row], rows: dict[str, list[Row]]) -> None:
    """Print counts and shares for each rule and each way to a speaker."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for gold in golds.values():
        for row, item in matched(judge, gold, rows.get(gold["id"], [])):
            right = item is not None and judge.speaker_right(item, row, gold["entities"])
            rule, way = row["rule"].split("/")
            for key in (("rule", rule), ("speaker", way)):
                for place, value in enumerate((1, item is not None, right)):
                    counts[key][place] += value
    print(f"\n{'':28}{'n':>5}  stretch  speaker")
    for (what, name), (n, found, right) in sorted(counts.items(), key=lambda c: (c[0][0], -c[1][0])):
        print(f"{what:8}{name:20}{n:5}  {found / n:7.2f}  {right / found if found else 0:7.2f}")


def main() -> None:
    """Score one gold file with its own mentions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--gold", default="dev", metavar="NAME")
    args = parser.parse_args()
    gold_path = args.bench / "gold" / f"{args.gold}.jsonl"
    golds = {g["id"]: g for g in map(json.loads, filter(str.strip, gold_path.read_text("utf-8").split("\n")))}
    rows = predict(golds)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as quotes:
        quotes.writelines(json.dumps(row) + "\n" for article in rows.values() for row in article)
        quotes.flush()
        judge_path = args.bench / "score.py"
        subprocess.run([sys.executable, judge_path, gold_path, "--quotes", quotes.name], check=True)
    spec = importlib.util.spec_from_file_location("judge", judge_path)
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    print_shares(judge, golds, rows)


if __name__ == "__main__":
    main()
