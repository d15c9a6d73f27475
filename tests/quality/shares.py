"""Tell tagger faults from rule faults: ``python tests/quality/shares.py BENCH [--gold NAME]``.

Prints the judge's tables for attribution with the gold's names in place of the tagger's; then, with the tagger's
names again, the figures of each source (the part of an article's id before its number), and for each rule and each
way to a speaker: how many, how often the stretch is a gold one (overlap of half), how often the speaker is right
where it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from types import ModuleType

import bench
from bench import Row, Rows

from kb.attribute import attribute
from kb.model import Document


def predict(documents: dict[str, Document]) -> Rows:
    """Return the attributions of each document."""
    return {id_: bench.rows_of(id_, d.body, attribute(d)) for id_, d in documents.items()}


def with_gold_mentions(golds: dict[str, Row], documents: dict[str, Document]) -> dict[str, Document]:
    """Return the documents with the gold's names in place of the tagger's."""
    return {
        id_: replace(d, mentions=bench.gold_mentions(d.body, golds[id_]["entities"]))
        for id_, d in documents.items()
    }


def print_sources(judge: ModuleType, golds: dict[str, Row], rows: Rows) -> None:
    """Print a line of figures for each source."""
    sources: dict[str, list[Row]] = defaultdict(list)
    for id_, gold in golds.items():
        sources[re.sub(r"-.*", "", id_)].append(gold)
    print(f"\n{'source':16}{'articles':>9}{'gold':>6}  direct  indirect    all  wrong names")
    for source, articles in sorted(sources.items()):
        scores = bench.scores_of(judge, articles, rows)
        direct, indirect, all_ = (scores[kind]["e2e"]["f1"] * 100 for kind in ("direct", "indirect", "all"))
        n, wrong = scores["all"]["gold"], scores["wrong_name_rate"] * 100
        print(
            f"{source:16}{len(articles):9}{n:6}  {direct:6.1f}  {indirect:8.1f}  {all_:5.1f}  {wrong:11.1f}"
        )


def print_shares(judge: ModuleType, golds: dict[str, Row], rows: Rows) -> None:
    """Print counts and shares for each rule and each way to a speaker."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for gold in golds.values():
        for row, item in bench.matched(judge, gold, rows.get(gold["id"], [])):
            right = item is not None and judge.speaker_right(item, row, gold["entities"])
            rule, way = row["rule"].split("/")
            for key in (("rule", rule), ("speaker", way)):
                for place, value in enumerate((1, item is not None, right)):
                    counts[key][place] += value
    print(f"\n{'':28}{'n':>5}  stretch  speaker")
    for (what, name), (n, found, right) in sorted(counts.items(), key=lambda c: (c[0][0], -c[1][0])):
        print(f"{what:8}{name:20}{n:5}  {found / n:7.2f}  {right / found if found else 0:7.2f}")


def main() -> None:
    """Score one gold file with its own mentions, then its sources and rules with the tagger's."""
    args = bench.parse_gold(__doc__)
    golds, judge = bench.read_golds(args.bench, args.gold), bench.load_judge(args.bench)
    documents = bench.read_documents(golds)
    print("with gold mentions", flush=True)
    bench.print_scores(args.bench, args.gold, predict(with_gold_mentions(golds, documents)))
    rows = predict(documents)
    print_sources(judge, golds, rows)
    print_shares(judge, golds, rows)


if __name__ == "__main__":
    main()
