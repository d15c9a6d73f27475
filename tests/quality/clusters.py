"""Show which gold quotes are one statement: ``python tests/quality/clusters.py BENCH [--data DATA] [--sample N]``.

Contents and speakers are those of the gold attributions, days those that ingest finds. With ``--data`` it also
measures the buckets on the quoted stretches of ``corpus.txt.xz`` in DATA (no days; the name after a tag speaks) and
prints N pairs of different paragraphs for each relation, so that a person can judge them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import bench

from kb.ingest import read_articles
from kb.link import Cluster, Statement, cluster_statements, sketch
from kb.model import Article, QuoteKind
from kb.names import fold

QUOTED = re.compile(
    r"[“\"]([^“”\"\n]{15,})[”\"]"
    r"(?:,? (?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|imbuh|papar|lanjut|tambah|terang) "
    r"((?:[A-Z][\w.'-]+ ?){1,4}))?"
)


def read_gold(folder: Path) -> list[Statement]:
    """Return the statements of all gold articles, numbered from 0."""
    golds = bench.read_golds(folder, "seeds") | bench.read_golds(folder, "dev")
    days = read_days(golds)
    rows = [(id_, i, a) for id_, gold in golds.items() for i, a in enumerate(gold["attributions"])]
    return [
        Statement(
            number,
            f"{id_}:{i:04}",
            fold(a["content"]),
            QuoteKind(a["kind"]),
            a["speaker"] and fold(a["speaker"]),
            days[id_],
        )
        for number, (id_, i, a) in enumerate(rows)
    ]


def read_days(golds: dict[str, bench.Row]) -> dict[str, date | None]:
    """Return each gold article's day as ingest finds it."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        path = Path(folder, "texts.jsonl")
        path.write_text(
            "".join(json.dumps({"id": i, "text": g["text"]}) + "\n" for i, g in golds.items()), "utf-8"
        )
        articles = [a for a in read_articles([str(path)], any_language=True) if isinstance(a, Article)]
    return {a.id: a.published.on if a.published else None for a in articles}


def read_corpus(folder: Path) -> Iterator[Statement]:
    """Yield the quoted stretches of the corpus; a key begins with the number of the paragraph."""
    number = 0
    with lzma.open(folder / "corpus.txt.xz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            for match in QUOTED.finditer(line):
                speaker = match[2] and fold(match[2])
                key = f"{i:07}:{match.start(1):05}"
                yield Statement(number, key, fold(match[1]), QuoteKind.DIRECT, speaker)
                number += 1


def print_clusters(clusters: tuple[Cluster, ...], statements: list[Statement]) -> None:
    """Print each cluster with its members' relations."""
    by_id = {statement.id: statement for statement in statements}
    for cluster in clusters:
        print(f"\n{cluster.uid}")
        for member in cluster.members:
            one = by_id[member.statement]
            print(f"  {member.relation:13} {one.key}  {one.on}  {one.kind}  {one.speaker}\n    {one.folded}")


def print_sizes(statements: list[Statement]) -> None:
    """Print how full buckets are and how many statements each statement is compared with."""
    started = time.process_time()
    sketches = {one.id: sketch(one.folded) for one in statements}
    rate = len(statements) / (time.process_time() - started)
    buckets: dict[int, list[int]] = defaultdict(list)
    for id_, numbers in sketches.items():
        for number in numbers:
            buckets[number].append(id_)
    mates = [len({m for n in numbers for m in buckets[n]} - {id_}) for id_, numbers in sketches.items()]
    print(
        f"{len(statements)} quotes, {sum(not s for s in sketches.values())} without buckets; {rate:.0f} sketches/s"
    )
    print("statements in a bucket:", quantiles([len(ids) for ids in buckets.values()]))
    print("comparisons of a quote:", quantiles(mates), f"mean {sum(mates) / len(mates):.1f}")


def quantiles(values: list[int]) -> str:
    """Return median, 99th percentile and maximum in words."""
    ordered = sorted(values)
    return f"p50 {ordered[len(ordered) // 2]}, p99 {ordered[len(ordered) * 99 // 100]}, max {ordered[-1]}"


def print_sample(clusters: tuple[Cluster, ...], statements: list[Statement], n: int) -> None:
    """Print `n` members of each relation beside their clusters' firsts, of other paragraphs."""
    by_id = {statement.id: statement for statement in statements}
    pairs = defaultdict(list)
    for cluster in clusters:
        first = by_id[cluster.members[0].statement]
        for member in cluster.members[1:]:
            other = by_id[member.statement]
            if first.key[:7] != other.key[:7]:
                pairs[member.relation].append((first, other))
    for relation, found in sorted(pairs.items()):
        print(f"\n{relation}: {len(found)}")
        for pair in random.Random(1).sample(found, min(n, len(found))):
            print("-", *(f"[{one.key} {one.speaker}] {one.folded}" for one in pair), sep="\n    ")


def main() -> None:
    """Print the gold's clusters, and measure on raw news where it is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    args = parser.parse_args()
    statements = read_gold(args.bench)
    clusters = cluster_statements(statements)
    print(f"{len(statements)} gold quotes, {len(clusters)} clusters")
    print_clusters(clusters, statements)
    if args.data:
        statements = list(read_corpus(args.data))
        print_sizes(statements)
        started = time.process_time()
        clusters = cluster_statements(statements)
        print(f"{len(statements) / (time.process_time() - started):.0f} statements/s clustered")
        print(
            len(clusters), "clusters:", dict(Counter(m.relation.value for c in clusters for m in c.members))
        )
        print_sample(clusters, statements, args.sample)


if __name__ == "__main__":
    main()
