"""Reporting words: which words announce speech, and what they do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kb.lexicon import word_list, word_set
from kb.model import Polarity


@dataclass(frozen=True, slots=True)
class Tag:
    """A bare tag (`kata`) or its -nya form (`katanya`)."""

    form: str
    polarity: Polarity
    safe: bool
    suffixed: bool


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb with its speaker before it; `needs` says what its content must be (``cues_verb.txt``)."""

    form: str
    polarity: Polarity
    needs: str


@cache
def _tags() -> dict[str, Tag]:
    tags = {}
    for line in word_list("cues_tag"):
        form, kind, polarity = line.split()
        tags[form] = Tag(form, Polarity(polarity), kind == "safe", suffixed=False)
        tags[form + "nya"] = Tag(form, Polarity(polarity), kind == "safe", suffixed=True)
    return tags


@cache
def _verbs() -> dict[str, Verb]:
    rows = (line.split() for line in word_list("cues_verb"))
    return {form: Verb(form, Polarity(polarity), needs) for form, polarity, needs in rows}


def tag(word: str) -> Tag | None:
    """Return the tag that a lower-case word is."""
    return _tags().get(word)


@cache
def safe_tags() -> frozenset[str]:
    """Return the tags that are hardly ever another word, without -nya."""
    return frozenset(form for form, found in _tags().items() if found.safe and not found.suffixed)


def misspelt_tag(word: str) -> Tag | None:
    """Return the safe tag that a lower-case word is one slip away from (`ujanya`, `tuturt`); five letters at least."""
    if len(word) < 5 or word in _tags():
        return None
    slips = _shortened(word)
    for form, found in _tags().items():
        near = (
            form in slips or word in _shortened(form) or (len(form) == len(word) and slips & _shortened(form))
        )
        if found.safe and len(form) >= 5 and near:
            return found
    return None


@cache
def _shortened(word: str) -> frozenset[str]:
    """Return a word with each of its letters left out in turn."""
    return frozenset(word[:i] + word[i + 1 :] for i in range(len(word)))


def verb(word: str) -> Verb | None:
    """Return the reporting verb that a lower-case word is."""
    return _verbs().get(word)


def verb_with_object(word: str) -> Verb | None:
    """Return the reporting verb that a lower-case word with -nya for its object is (`menuduhnya melanggar …`)."""
    found = verb(word.removesuffix("nya")) if word.endswith("nya") else None
    if found is None or found.needs not in ("name", "demand", "clause") or not found.form.startswith("me"):
        return None
    return Verb(word, found.polarity, "any") if found.form in word_set("object_verbs") else None


def is_passive(word: str) -> bool:
    """Whether a word is a passive of saying (`disampaikan`)."""
    return word in word_set("cues_passive")


def is_passive_suffixed(word: str) -> bool:
    """Whether a word is a passive of saying with -nya for its agent (`disebutkannya`)."""
    return word.endswith("nya") and word[:-3] in word_set("cues_passive")


def is_relay(word: str) -> bool:
    """Whether a word names a medium that relays (`dikutip`)."""
    return word in word_set("cues_relay")


_VERB_SHAPE = re.compile(r"^(?:me[mnly]?|ber|di|ter)\w{3,}$|^be(?:kerja|lajar|pergian)\w*$|^\w{3,}kan$")


def is_predicate(word: str) -> bool:
    """Whether a lower-case word looks like a predicate: a verb by its shape, or a word of ``predicates.txt``."""
    if word in word_set("predicates"):
        return True
    return word not in word_set("not_verbs") and _VERB_SHAPE.match(word) is not None


def shows_clause(words: Iterable[str]) -> bool:
    """Whether lower-case words hold something like a predicate."""
    return any(map(is_predicate, words))


def is_clause(words: Sequence[str]) -> bool:
    """Whether lower-case words are a clause, not a noun phrase with a relative clause (`alasan yang dipilihnya`).

    Each `yang` takes one group of predicates; what follows `untuk`, `karena` and the like is no main clause.
    """
    if words and words[0] in word_set("clause_openers"):
        return True
    groups = relatives = 0
    inside = purpose = relative = False
    for i, word in enumerate(words):
        if i and word in word_set("clause_enders") and not _is_now(words, i):
            break
        relatives += (relative or purpose) and is_predicate(word)
        relative = word == "yang" or (relative and word in word_set("adverbs"))
        purpose = word == "untuk"
        predicate = is_predicate(word) or (inside and word in word_set("adverbs"))
        groups += predicate and not inside
        inside = predicate
    return groups > relatives or (not relatives and _has_bare_predicate(words))


def _has_bare_predicate(words: Sequence[str]) -> bool:
    """Whether a closed noun phrase is followed by a word that goes on: a noun or adjective as predicate.

    `truk itu oleng`, `suaminya sehat`; not `truk itu di jalan`, nor `truk itu dan sopirnya`.
    """
    follows = (
        word_set("prepositions") | word_set("coordinators") | word_set("definite") | word_set("time_words")
    )
    follows |= word_set("clause_enders") | word_set("subordinators")
    for i, (word, after) in enumerate(pairwise(words[:9])):
        closed = word in word_set("definite") or (i == 0 and word.endswith("nya"))
        if closed and after not in follows and after not in word_set("goes_on") and not after.isdigit():
            return True
    return False


def _is_now(words: Sequence[str], at: int) -> bool:
    """Whether a word begins `saat ini` or `ketika itu`."""
    return at + 1 < len(words) and words[at + 1] in ("ini", "itu")
