"""Reporting words: which words announce speech, and what they do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

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


def verb(word: str) -> Verb | None:
    """Return the reporting verb that a lower-case word is."""
    return _verbs().get(word)


def is_passive(word: str) -> bool:
    """Whether a word is a passive of saying (`disampaikan`)."""
    return word in word_set("cues_passive")


def is_passive_suffixed(word: str) -> bool:
    """Whether a word is a passive of saying with -nya for its agent (`disebutkannya`)."""
    return word.endswith("nya") and word[:-3] in word_set("cues_passive")


def is_relay(word: str) -> bool:
    """Whether a word names a medium that relays (`dikutip`)."""
    return word in word_set("cues_relay")


_VERB_SHAPE = re.compile(r"^(?:me[mnly]?|ber|be|di|ter|te)\w{3,}$|^ke\w{3,}an$|^\w{3,}(?:kan|lah|kah)$")


def shows_clause(words: Iterable[str]) -> bool:
    """Whether lower-case words hold something like a predicate."""
    predicates, not_verbs = word_set("predicates"), word_set("not_verbs")
    return any(w in predicates or (w not in not_verbs and _VERB_SHAPE.match(w)) for w in words)
