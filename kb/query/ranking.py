"""Which of some texts tell most of what is searched for: BM25, computed here so that every engine agrees.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), https://doi.org/10.1561/1500000019
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from kb.query.wanted import Wanted

_K1, _B = 1.2, 0.75  # the usual ones: Robertson and Zaragoza, 3.5


def ranked(texts: Sequence[str], wanted: Wanted) -> list[int]:
    """Return the places of these folded texts, the best first; of those as good, the one that stands before.

    How rare a term is counts among these texts only: of the words that all have, those that a text repeats decide, and
    of alternatives the rarer one.
    """
    counts = [[term.count(text) for term in wanted.terms] for text in texts]
    weights = [_weight(sum(map(bool, column)), len(texts)) for column in zip(*counts, strict=True)]
    lengths = [text.count(" ") + 1 for text in texts]
    average = sum(lengths) / max(len(lengths), 1)

    def score(number: int) -> float:
        norm = _K1 * (1 - _B + _B * lengths[number] / average)
        return sum(w * n * (_K1 + 1) / (n + norm) for w, n in zip(weights, counts[number], strict=True))

    return sorted(range(len(texts)), key=lambda number: -score(number))


def _weight(n_having: int, n_all: int) -> float:
    """Return how much it says that a text has a term (never less than nothing, as Lucene has it)."""
    return log(1 + (n_all - n_having + 0.5) / (n_having + 0.5))
