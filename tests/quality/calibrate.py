"""Fit and check confidence: ``python tests/quality/calibrate.py BENCH [DATA] [--write]``.

Every attribution that the program makes in the dev articles (and, with DATA, in those of ``outlets.py``) is right if
its stretch overlaps a gold one by half and its speaker is the right one. A logistic regression over the features of
`kb.attribute.confidence` is fitted with an L2 penalty of `PENALTY`; features seen fewer than `SEEN` times are left
out. The tables come from tenfold cross-validation over articles: no article is scored with weights that saw it.
``--write`` fits on everything and writes the weights to ``kb/wordlists/confidence.txt``.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import bench
import numpy as np
import outlets
from bench import Row
from numpy.typing import NDArray

from kb.attribute import attribute
from kb.attribute.confidence import find_features
from kb.model import Document, EntityType

WEIGHTS = Path(__file__).parents[2] / "kb" / "wordlists" / "confidence.txt"
PENALTY = 1.0
SEEN = 8
FOLDS = 10
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01)
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """An attribution with its features, and whether it is right."""

    article: str
    features: Weights
    right: bool


def find_cases(judge: ModuleType, golds: dict[str, Row], documents: dict[str, Document]) -> Iterator[Case]:
    """Yield a case for each attribution of the articles."""
    for id_, document in documents.items():
        annotation, gold = attribute(document), golds[id_]
        n_people = sum(entity.type is EntityType.PER for entity in annotation.entities)
        rows = bench.rows_of(id_, document.body, annotation)
        found = list(bench.matched(judge, gold, rows))
        for attribution, (row, item) in zip(annotation.attributions, found, strict=True):
            right = item is not None and judge.speaker_right(item, row, gold["entities"])
            yield Case(id_, dict(find_features(attribution, document.body, n_people)), right)


def fit(cases: Sequence[Case]) -> Weights:
    """Return the weights that make what is right likeliest: Newton's method, no weight far from nothing."""
    counts = Counter(name for case in cases for name in case.features)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(cases), len(names)))
    for row, case in enumerate(cases):
        for name, value in case.features.items():
            if name in place:
                x[row, place[name]] = value
    y: NDArray[np.float64] = np.array([case.right for case in cases], dtype=float)
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + PENALTY * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names))
        w -= np.linalg.solve(bend, slope)
    return {name: float(w[i]) for name, i in place.items()}


def predict(weights: Weights, case: Case) -> float:
    """Return how likely a case is right."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * x for name, x in case.features.items()))))


def cross_validate(cases: Sequence[Case]) -> list[tuple[float, bool]]:
    """Return each case's likelihood, by weights that did not see its article, and whether it is right."""
    articles = sorted({case.article for case in cases})
    random.Random(0).shuffle(articles)
    fold = {article: n % FOLDS for n, article in enumerate(articles)}
    scored = []
    for n in range(FOLDS):
        weights = fit([case for case in cases if fold[case.article] != n])
        scored += [(predict(weights, case), case.right) for case in cases if fold[case.article] == n]
    return scored


def print_reliability(name: str, scored: Sequence[tuple[float, bool]]) -> None:
    """Print how often each degree of confidence is right, and how well it tells right from wrong."""
    p, y = np.array([one for one, _ in scored]), np.array([right for _, right in scored], dtype=float)
    ranks = np.argsort(np.argsort(p, kind="stable"), kind="stable") + 1
    n_right = y.sum()
    area = (ranks[y == 1].sum() - n_right * (n_right + 1) / 2) / (n_right * (len(y) - n_right))
    brier, flat = ((p - y) ** 2).mean(), y.mean() * (1 - y.mean())
    print(
        f"\n{name}: {len(y)} attributions, {y.mean():.3f} right; Brier {brier:.4f} (always the mean: {flat:.4f}), "
        f"AUC {area:.3f}"
    )
    print(f"{'confidence':14}{'n':>6}  {'said':>5}  {'right':>5}  {'kept':>5}  {'right of those kept':>20}")
    for low, high in itertools.pairwise(BINS):
        inside, above = (p >= low) & (p < high), p >= low
        if inside.any():
            print(
                f"{low:.2f} to {min(high, 1):.2f}  {inside.sum():6}  {p[inside].mean():5.2f}  {y[inside].mean():5.2f}  "
                f"{above.mean():5.2f}  {y[above].mean():20.3f}"
            )


def write(weights: Weights, n_cases: int) -> None:
    """Write the weights as data of the package."""
    head = (
        "# Weights of the features of an attribution's confidence (kb.attribute.confidence): what their sum's\n"
        f"# logistic gives is the share of right ones. Written by `make calibrate` from {n_cases} attributions.\n"
    )
    WEIGHTS.write_text(head + "".join(f"{name} {weight:.3f}\n" for name, weight in sorted(weights.items())))


def main() -> None:
    """Check by cross-validation, and write the weights if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    judge, golds = bench.load_judge(args.bench), bench.read_golds(args.bench, "dev")
    dev = list(find_cases(judge, golds, bench.read_documents(golds)))
    print_reliability("dev, weights from dev", cross_validate(dev))
    cases = dev
    if args.data is not None:
        golds = outlets.read_golds(args.data)
        others = list(find_cases(judge, golds, bench.read_documents(golds)))
        weights = fit(dev)
        print_reliability("outlets, weights from dev", [(predict(weights, c), c.right) for c in others])
        cases = dev + others
        print_reliability("dev and outlets, weights from both", cross_validate(cases))
    if args.write:
        write(fit(cases), len(cases))


if __name__ == "__main__":
    main()
