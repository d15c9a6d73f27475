"""Score tagged sentences and cut text: exact spans, micro-averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

ALL = "all"


@dataclass(frozen=True, slots=True)
class Score:
    """How many things were right, proposed and wanted."""

    right: int
    proposed: int
    wanted: int

    @property
    def f1(self) -> float:
        """F1 in percent; 100 where nothing was wanted and nothing proposed."""
        total = self.proposed + self.wanted
        return 200 * self.right / total if total else 100.0


def score_sets(proposed: Iterable[Hashable], wanted: Iterable[Hashable]) -> Score:
    """Compare two sets of spans."""
    first, second = set(proposed), set(wanted)
    return Score(len(first & second), len(first), len(second))


def score_tags(proposed: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> dict[str, Score]:
    """Compare the names of two taggings (BIO or BIOES) of the same sentences, by type and in all."""
    right, first, second = Counter[str](), Counter[str](), Counter[str]()
    for one, other in zip(proposed, wanted, strict=True):
        names, gold = set(find_names(one)), set(find_names(other))
        for names_of, count in ((names & gold, right), (names, first), (gold, second)):
            count.update(kind for kind, _, _ in names_of)
            count[ALL] += len(names_of)
    return {kind: Score(right[kind], first[kind], second[kind]) for kind in sorted(first | second)}


def find_names(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield type, first word and word after the last of each name in a BIO or BIOES tagging."""
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        place, _, tagged = tag.partition("-")
        if kind and (place in {"O", "B", "S"} or tagged != kind):
            yield kind, start, at
            kind = ""
        if tagged and not kind:
            start, kind = at, tagged
