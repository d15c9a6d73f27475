"""Whether two quotes are the same statement, and how one comes from the other.

    reprint         the same words
    trim            the words of one stand in the other in one run, or in two around something left out
    retranslation   other words for the same: most content words, mostly in one order, with the same numbers and
                    negations, nothing turned into its opposite, by one speaker or one unknown, within days

A wrong join is worse than two clusters: each rule asks for more where less is known of speaker and day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache

from kb.lexicon import word_list, word_set
from kb.link.sketches import number_of, stems_with_negation
from kb.model import QuoteKind
from kb.names import name_words

MAX_DAYS = 31
"""Days between two reports of one statement, at most."""
_RETOLD_DAYS = 10  # after which speakers repeat themselves in other words
_MIN_WORDS = {True: 5, None: 6, False: 12}  # of a reprint or trim, by whether the speakers are one
_MIN_STEMS = 3
_MIN_SHARED = 5  # stems of a retranslation
_MAX_GAP, _MIN_PIECE = 12, 3  # words left out of a trim, and on either side of them
_NEAR = 3  # words before a trim in which a negation turns it round: "tidak benar bahwa"
_CACHED = 1 << 16

# Stems that two contents share, of all that either has. Behind each: how many of the joins of two quoted stretches of
# corpus.txt.xz that were read on 2026-11-22 were right, by one reader, in the corpus that the rules were made on.
_COPIED = 0.75  # whoever speaks and whenever: a slip of the pen or a word less
_RETOLD = 0.6  # speakers unknown: 40 of 40, those of _COPIED among them, all stretches taken to be of one day
_RETOLD_BY_ONE = 0.45  # no days: 33 of the 35 read below 0.56
_HALF_RETOLD = 0.28  # no days, with a run of words in common: 25 of 30; on one day without a run: 12 of 20
_MIN_RUN = 7


class Relation(StrEnum):
    """What a report is to the first report of its statement."""

    FIRST = "first"
    REPRINT = "reprint"
    TRIM = "trim"
    RETRANSLATION = "retranslation"


@dataclass(frozen=True, slots=True)
class Statement:
    """A quote as clustering sees it.

    `id` is its row, of this base only; `key` is the same in every base (article, start and end) and breaks ties.
    `folded` is the content as `kb.names.fold` gives it; `speaker` the fullest name in its article, folded, None if
    that is unclear; `on` the earliest local day that an article printed it, None if no page tells.
    """

    id: int
    key: str
    folded: str
    kind: QuoteKind
    speaker: str | None = None
    on: date | None = None


def choose_relation(one: Statement, other: Statement) -> Relation | None:
    """Return what two reports are to each other, whichever comes first; None unless they are one statement."""
    days = abs((one.on - other.on).days) if one.on and other.on else None
    if days is not None and days > MAX_DAYS:
        return None
    shorter, longer = _read(one.folded), _read(other.folded)
    if (len(shorter.words), shorter.words) > (len(longer.words), longer.words):
        shorter, longer = longer, shorter
    if len(shorter.about & longer.about) < min(_MIN_SHARED, len(shorter.about) - 2):  # cheap, and so for most
        return None
    same_speaker = _is_same_speaker(one.speaker, other.speaker)
    if len(shorter.words) >= _MIN_WORDS[same_speaker] and len(shorter.about) >= _MIN_STEMS:
        if shorter.words == longer.words:
            return Relation.REPRINT
        if _is_trim(shorter, longer):
            return Relation.TRIM
    if same_speaker is not False and _is_retold(shorter, longer, same_speaker=same_speaker, days=days):
        return Relation.RETRANSLATION
    return None


@dataclass(frozen=True, slots=True)
class _Content:
    """What is compared of a content: `words` without the function words at both ends; `about` and `negated`
    are sets of stems."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    about: frozenset[str]
    negated: frozenset[str]
    negates: bool
    numbers: frozenset[str]


@lru_cache(maxsize=_CACHED)
def _read(folded: str) -> _Content:
    words, found = folded.split(), list(stems_with_negation(folded))
    inner = [i for i, word in enumerate(words) if word not in word_set("stop_words")]
    return _Content(
        tuple(words[inner[0] : inner[-1] + 1] if inner else ()),
        tuple(stem for stem, _ in found),
        frozenset(stem for stem, _ in found),
        frozenset(stem for stem, negated in found if negated),
        not word_set("statement_negations").isdisjoint(words),
        frozenset(number for number in map(number_of, words) if number),
    )


def _is_same_speaker(one: str | None, other: str | None) -> bool | None:
    """Whether one name is a part of the other or ends as it does; None where a speaker is unknown."""
    if one is None or other is None:
        return None
    words, others = _name(one), _name(other)
    if not words or not others:
        return one == other
    return words[-1] == others[-1] or set(words) <= set(others) or set(others) <= set(words)


@lru_cache(maxsize=_CACHED)
def _name(speaker: str) -> tuple[str, ...]:
    return tuple(word for word in name_words(speaker) if word not in word_set("stop_words"))


def _is_trim(shorter: _Content, longer: _Content) -> bool:
    """Whether the shorter's words stand in the longer, with no negation right before them or in what is left out."""
    if not longer.about.issuperset(shorter.stems[1:-1]):  # at the ends a compound may be cut
        return False
    run, words = shorter.words, longer.words
    for start in range(len(words) - len(run) + 1):
        before = words[max(0, start - _NEAR) : start]
        for gap in _find_gaps(run, words[start:]):
            if word_set("statement_negations").isdisjoint((*before, *gap)):
                return True
    return False


def _find_gaps(run: Sequence[str], words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what `words` have more than `run` where they begin with it: nothing, or one stretch in the middle."""
    head = next((i for i, (a, b) in enumerate(zip(run, words, strict=False)) if a != b), len(run))
    tail = run[head:]
    if not tail:
        yield ()
    elif head >= _MIN_PIECE <= len(tail):
        for end in range(head + 1, min(head + _MAX_GAP, len(words) - len(tail)) + 1):
            if words[end : end + len(tail)] == tail:
                yield words[head:end]


def _is_retold(shorter: _Content, longer: _Content, *, same_speaker: bool | None, days: int | None) -> bool:
    if shorter.numbers != longer.numbers or shorter.negates != longer.negates:
        return False
    one, other = shorter.about, longer.about
    shared = one & other
    if (
        len(shared) < _MIN_SHARED
        or shared & (shorter.negated ^ longer.negated)
        or _are_opposed(shorter, longer)
    ):
        return False
    likeness = len(shared) / len(one | other)
    ordered = _count_in_order(shorter.stems, longer.stems, shared) / len(shared)
    if likeness >= _COPIED and ordered >= 0.9 and len(shared) >= 8:
        return True
    if days is not None and days > _RETOLD_DAYS:
        return False
    if not same_speaker:
        return days is not None and likeness >= _RETOLD and ordered >= 0.8 and len(shared) >= 6
    if likeness >= _RETOLD_BY_ONE:
        return True
    contained = len(shared) / min(len(one), len(other))
    enough = likeness >= _HALF_RETOLD and contained >= 0.5 and ordered >= 0.8 and len(shared) >= 6
    return enough and _count_run(shorter.words, longer.words) >= _MIN_RUN


def _count_in_order(one: Sequence[str], other: Sequence[str], shared: frozenset[str]) -> int:
    """Return how many of two contents' shared stems, each at its first place, stand in one order in both."""
    firsts = list(dict.fromkeys(stem for stem in one if stem in shared))
    row = [0] * (len(firsts) + 1)
    for stem in dict.fromkeys(stem for stem in other if stem in shared):
        above = row[:]
        for i, own in enumerate(firsts):
            row[i + 1] = above[i] + 1 if own == stem else max(row[i], above[i + 1])
    return row[-1]


def _count_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest run of words that two contents share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _are_opposed(one: _Content, other: _Content) -> bool:
    """Whether the two have each a word of a pair of opposites, and not both have both."""
    words, others = set(one.words) - set(other.words), set(other.words) - set(one.words)
    return any(_opposites().get(word, frozenset()) & others for word in words)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    opposites: dict[str, frozenset[str]] = {}
    for pair in (line.split() for line in word_list("opposites")):
        for word, opposite in (pair, reversed(pair)):
            opposites[word] = opposites.get(word, frozenset()) | {opposite}
    return opposites
