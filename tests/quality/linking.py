"""Score linking across articles: ``python tests/quality/linking.py BENCH [--errors N]``.

All gold articles of BENCH go into one base (ids and texts only). A gold entity counts as found if a mention of its
article has one of its forms, folded, and its type (ORG and LOC may cross); the program takes it for the entity that
most of these mentions have. Over the found ones the program's entities are held against ``gold/entities.tsv``:

    pairwise  of the pairs that the program has as one, how many are one (P); of the pairs that are one, how many
              the program has (R): large clusters (the capital, the state) weigh by the square of their size
    B-cubed   the same for each gold entity's own cluster, then the mean: each gold entity weighs the same

``shared`` are the found ones that are the same as another found one. Beside the program stand two baselines that
know its mentions and what it takes for one entity within an article: ``apart`` links nothing across articles,
``same name`` links by the case-folded name that the article prints, within the program's type.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from run import kb, write_texts

from kb.names import fold

TRUTH = Path(__file__).parent / "gold" / "entities.tsv"
FILES = ("seeds", "dev")
Row = dict[str, Any]
Place = tuple[str, int, int]
"""Gold file, line and ordinal of a gold entity, from 0."""


@dataclass(frozen=True, slots=True)
class Item:
    """A found gold entity: what it is (`truth`), and what the program takes it for.

    `printed` is its type and name within the article, `uid` its entity of the world, with type and name to show;
    `others` are the names of further entities that the program has some of its mentions under.
    """

    article: str
    type: str
    name: str
    truth: Hashable
    uid: str
    shown: str
    printed: tuple[str, str]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall, 0 to 1; 1 where there is nothing to be wrong about."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


SYSTEMS: dict[str, Callable[[Item], Hashable]] = {
    "kb": lambda item: item.uid,
    "apart": lambda item: (item.article, item.printed),
    "same name": lambda item: (item.printed[0], item.printed[1].casefold()),
}


def pairwise(truth: Sequence[Hashable], given: Sequence[Hashable]) -> Figures:
    """Return the figures over all pairs of items; the two sequences have one label an item."""
    right, n_given, n_true = (
        _count_pairs(labels) for labels in (list(zip(truth, given, strict=True)), given, truth)
    )
    return Figures(right / n_given if n_given else 1.0, right / n_true if n_true else 1.0)


def b_cubed(truth: Sequence[Hashable], given: Sequence[Hashable]) -> Figures:
    """Return the mean over items of the share of its given, and of its true, cluster that is both."""
    shared = Counter(zip(truth, given, strict=True))
    n_true, n_given, n = Counter(truth), Counter(given), max(len(truth), 1)
    return Figures(
        sum(size * size / n_given[g] for (_, g), size in shared.items()) / n,
        sum(size * size / n_true[t] for (t, _), size in shared.items()) / n,
    )


def _count_pairs(labels: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def read_truth(path: Path, gold: Path) -> dict[Place, str]:
    """Return the label of each listed gold entity; end the program if `gold` is not what `path` belongs to."""
    for name in FILES:
        if hashlib.sha256((gold / f"{name}.jsonl").read_bytes()).hexdigest() not in path.read_text("ascii"):
            sys.exit(f"{gold / name}.jsonl is not the file that {path.name} belongs to (sha256)")
    return dict(_read_labels(line for line in path.read_text("ascii").splitlines() if line[0] != "#"))


def _read_labels(lines: Iterable[str]) -> Iterator[tuple[Place, str]]:
    for line in lines:
        place, items = line.split("\t")
        name, number = place.split(":")
        for item in items.split():
            ordinal, label = item.split("=")
            yield (name, int(number), int(ordinal)), label


def read_golds(gold: Path) -> Iterator[tuple[Place, str, Row]]:
    """Yield the place, article id and row of each gold entity."""
    for name in FILES:
        # Lines end at "\n" only: a JSON string may hold U+2028 and the like as they are.
        lines = filter(str.strip, (gold / f"{name}.jsonl").read_text("utf-8-sig").split("\n"))
        for number, article in enumerate(map(json.loads, lines)):
            for ordinal, entity in enumerate(article["entities"]):
                yield (name, number, ordinal), article["id"], entity


def read_mentions(gold: Path) -> list[Row]:
    """Return the mentions that the program exports after it has read all gold texts into one base."""
    with tempfile.TemporaryDirectory(prefix="kb-linking-") as folder:
        base, exported = Path(folder, "base.sqlite3"), Path(folder, "mentions.jsonl")
        texts = [Path(folder, f"{name}.jsonl") for name in FILES]
        for path in texts:
            write_texts(gold / path.name, path)
        kb("ingest", *map(str, texts), database=base)
        kb("export", "mentions", "--format", "jsonl", database=base, output=exported)
        return [json.loads(line) for line in exported.read_text("utf-8").split("\n") if line]


def find_items(
    golds: Iterable[tuple[Place, str, Row]], truth: Mapping[Place, str], mentions: Iterable[Row]
) -> Iterator[Item]:
    """Yield the gold entities that the mentions have; those that are not in `truth` are alone."""
    by_form: dict[tuple[str, bool, str], list[Row]] = defaultdict(list)
    for row in mentions:
        by_form[row["article"], row["type"] == "PER", fold(row["text"])].append(row)
    for place, article, entity in golds:
        # The fullest form first: it wins a tie.
        forms = dict.fromkeys(map(fold, (entity["name"], *entity["surface"])))
        rows = [row for form in forms for row in by_form[article, entity["type"] == "PER", form]]
        if rows:
            yield _make_item(article, entity, truth.get(place, place), rows)


def _make_item(article: str, entity: Row, truth: Hashable, rows: Sequence[Row]) -> Item:
    uids = Counter((r["entity_uid"], f"{r['entity_uid'][:3]} {r['entity_name']}") for r in rows).most_common()
    printed, _ = Counter((r["type"], r["entity"]) for r in rows).most_common(1)[0]
    (uid, shown), others = uids[0][0], tuple(name for (_, name), _ in uids[1:])
    return Item(article, entity["type"], entity["name"], truth, uid, shown, printed, others)


def print_figures(items: Sequence[Item]) -> None:
    """Print a table of the figures of program and baselines."""
    sizes = Counter(item.truth for item in items)
    parts = {"all": list(items)}
    parts |= {kind: [i for i in items if i.type == kind] for kind in ("PER", "ORG", "LOC")}
    parts["shared"] = [i for i in items if sizes[i.truth] > 1]
    print(f"\n{'':22}{'pairwise':>25}{'B-cubed':>21}")
    print(f"{'':15}{'n':>7}  {'P':>9}{'R':>7}{'F1':>7}{'P':>7}{'R':>7}{'F1':>7}")
    for system, label in SYSTEMS.items():
        for part, chosen in parts.items():
            truth, given = [i.truth for i in chosen], [label(i) for i in chosen]
            figures = pairwise(truth, given), b_cubed(truth, given)
            row = "".join(f"{v * 100:7.1f}" for f in figures for v in (f.precision, f.recall, f.f1))
            print(f"{system if part == 'all' else '':11}{part:6}{len(chosen):5}    {row}")


def find_mixed(
    items: Iterable[Item], whole: Callable[[Item], Hashable], part: Callable[[Item], Hashable]
) -> list[list[list[Item]]]:
    """Return each cluster of `whole` that has several of `part`, in these parts; most wrong pairs first."""
    clusters: dict[Hashable, dict[Hashable, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        clusters[whole(item)][part(item)].append(item)
    mixed = [sorted(parts.values(), key=len, reverse=True) for parts in clusters.values() if len(parts) > 1]
    return sorted(mixed, key=count_wrong, reverse=True)


def count_wrong(parts: Iterable[Sequence[Item]]) -> int:
    """Return how many pairs of items lie in two of the parts."""
    sizes = [len(part) for part in parts]
    return (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2


def print_errors(title: str, clusters: Sequence[Sequence[Sequence[Item]]], limit: int) -> None:
    """Print up to `limit` clusters by name, a line a part: gold names, the program's name, articles."""
    pairs = sum(map(count_wrong, clusters))
    print(f"\n{title}: {len(clusters)}, {pairs} pairs")
    for parts in clusters[:limit]:
        print(f"  {count_wrong(parts)} pairs")
        for part in parts:
            names, shown, articles = (
                sorted({str(getattr(item, field)) for item in part}) for field in ("name", "shown", "article")
            )
            more = f" +{len(articles) - 3}" if len(articles) > 3 else ""
            print(
                f"    {len(part):3}  {' / '.join(names)}  ->  {' / '.join(shown)}"
                f"  [{', '.join(a[:24] for a in articles[:3])}{more}]"
            )


def print_spread(items: Sequence[Item], limit: int) -> None:
    """Print up to `limit` gold entities that the program has as several in their own article."""
    print(f"\nseveral entities in one article: {len(items)}")
    for item in items[:limit]:
        print(f"  {item.name}  ->  {' / '.join((item.shown, *item.others))}  [{item.article[:24]}]")


def main() -> None:
    """Score linking over all gold articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N errors of each kind")
    args = parser.parse_args()
    gold = args.bench / "gold"
    truth, golds = read_truth(TRUTH, gold), list(read_golds(gold))
    wanted = [g for g in golds if truth.get(g[0]) != "?"]
    items = list(find_items(wanted, truth, read_mentions(gold)))
    spread = [item for item in items if item.others]
    print(
        f"{len(golds)} gold entities, {len(golds) - len(wanted)} left out, "
        f"{len(items)} found ({len(items) / len(wanted):.1%}), {len(spread)} of them as several entities"
    )
    print_figures(items)
    if args.errors:
        uid, same = SYSTEMS["kb"], lambda item: item.truth
        print_errors("wrong merges", find_mixed(items, uid, same), args.errors)
        print_errors("wrong splits", find_mixed(items, same, uid), args.errors)
        print_spread(spread, args.errors)


if __name__ == "__main__":
    main()
