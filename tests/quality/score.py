"""A small judge for our own gold articles: how much of what they mark the program finds.

Both sides are laid on the words of the gold text (case and punctuation make no difference), so a body that
lost or kept a line of furniture shifts nothing; a word that the gold text does not have counts against.

    exact       the same words
    overlap     words shared / words of either >= .5, one to one, best first
    end to end  overlap, and the right speaker
    mentions    the same words and the same type
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kb.model import Attribution, EntityType, Mention, Span

Gold = dict[str, Any]
"""One line of a gold file: ``id, text, attributions, entities``."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers among those that gold and program give; adds up over articles."""

    right: int = 0
    gold: int = 0
    given: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.gold + other.gold, self.given + other.given)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / (self.gold + self.given) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """What one article, or many added up, come to."""

    exact: Counts = Counts()
    overlap: Counts = Counts()
    end_to_end: Counts = Counts()
    mentions: Counts = Counts()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.exact + other.exact,
            self.overlap + other.overlap,
            self.end_to_end + other.end_to_end,
            self.mentions + other.mentions,
        )


def score_article(
    gold: Gold, body: str, attributions: Sequence[Attribution], mentions: Iterable[Mention]
) -> Scores:
    """Score what the program found in `body`, its own version of the gold text."""
    places = _Places(body, gold["text"])
    pairs = list(_find_pairs(gold, [places.of(a.content) for a in attributions]))
    n_gold, n_given = len(gold["attributions"]), len(attributions)
    speakers = sum(speaker_right(gold, gold["attributions"][g], attributions[p], body) for _, g, p in pairs)
    wanted, found = _find_gold_mentions(gold), {(places.of(m.span), m.type) for m in mentions}
    return Scores(
        Counts(sum(shared == 1 for shared, _, _ in pairs), n_gold, n_given),
        Counts(len(pairs), n_gold, n_given),
        Counts(speakers, n_gold, n_given),
        Counts(len(wanted & found), len(wanted), len(found)),
    )


def speaker_right(gold: Gold, wanted: Gold, given: Attribution, body: str) -> bool:
    """Whether the speaker is the wanted one: by a name the article has for them, by description for OTHER."""
    name, given_name = wanted["speaker"], given.speaker
    if name is None or wanted["speaker_type"] == "OTHER":
        described = given_name or (given.speaker_mention.of(body) if name and given.speaker_mention else "")
        texts = (name, wanted["speaker_mention"])
        return any(_dice(described, text) >= 0.5 for text in texts if text) if name else not described
    forms = next((_forms(e) for e in gold["entities"] if name in _forms(e)), [name])
    if any(_words(given_name) == _words(form) for form in forms):
        return True
    some, all_ = sorted((set(_words(given_name)), set(_words(name))), key=len)
    close = len(all_) <= len(some) + 3 if wanted["speaker_type"] == "PER" else _dice(given_name, name) >= 0.6
    return bool(some) and some <= all_ and close


class _Places:
    """Where the words of a body stand in the gold text."""

    def __init__(self, body: str, gold_text: str) -> None:
        self._starts = [m.start() for m in _WORD.finditer(body)]
        blocks = SequenceMatcher(None, _words(body), _words(gold_text), autojunk=False).get_matching_blocks()
        self._in_gold = {a + i: b + i for a, b, n in blocks for i in range(n)}

    def of(self, span: Span) -> frozenset[int]:
        """Return the gold positions of a span's words; a word that is not there has a negative place."""
        words = (i for i, start in enumerate(self._starts) if span.start <= start < span.end)
        return frozenset(self._in_gold.get(i, -i - 1) for i in words)


def _find_pairs(gold: Gold, given: Sequence[frozenset[int]]) -> Iterable[tuple[float, int, int]]:
    """Yield the share of words, the gold and the given place of each pair, one to one, best first."""
    places = _Places(gold["text"], gold["text"])
    wanted = [places.of(Span(a["start"], a["end"])) for a in gold["attributions"]]
    shares = (
        (len(w & p) / len(w | p), g, i) for g, w in enumerate(wanted) for i, p in enumerate(given) if w & p
    )
    taken: set[tuple[str, int]] = set()
    for share, g, i in sorted(shares, key=lambda pair: (-pair[0], *pair[1:])):
        if share >= 0.5 and taken.isdisjoint({("gold", g), ("given", i)}):
            taken |= {("gold", g), ("given", i)}
            yield share, g, i


def _find_gold_mentions(gold: Gold) -> set[tuple[frozenset[int], EntityType]]:
    """Return every place of every form of the article's entities; a longer form keeps a shorter one out."""
    text_words = _WORD.findall(gold["text"])
    found: set[tuple[frozenset[int], EntityType]] = set()
    taken: set[int] = set()
    forms = sorted(
        ((_WORD.findall(form), EntityType(e["type"])) for e in gold["entities"] for form in _forms(e)),
        key=lambda form: -len(form[0]),
    )
    for words, type_ in forms:
        for start in range(len(text_words) - len(words) + 1):
            place = frozenset(range(start, start + len(words)))
            if text_words[start : start + len(words)] == words and taken.isdisjoint(place):
                taken |= place
                found.add((place, type_))
    return found


def _forms(entity: Gold) -> list[str]:
    return [entity["name"], *entity["surface"]]


def _words(text: str | None) -> list[str]:
    return _WORD.findall((text or "").casefold())


def _dice(one: str | None, other: str | None) -> float:
    a, b = set(_words(one)), set(_words(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
