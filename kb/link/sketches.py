"""What a statement is about, in a form that trimming and translating anew leave mostly alone, and its buckets.

A content word stands for its stem, roughly: ``pengembangan``, ``mengembangkan`` and ``berkembang`` are one. A feature
is a pair of stems that stand near each other, in either order. The smallest hashes of all features are the buckets:
a trim that keeps the share c of the features shares a bucket with the whole with a chance of 1 - (1 - c) ** N_BUCKETS.

The buckets that a store keeps are good as long as this file and its word lists are: after a change, make them anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kb.lexicon import word_list, word_set

N_BUCKETS = 12
_REACH = 2  # content words from one word of a pair to the other, at most
_MIN_STEMS = 3  # fewer say too little to be looked up by
_CACHED = 1 << 16  # words and pairs kept at hand; a language has about as many words

_ENDING = re.compile(r"(?<=\w{3})(?:nya|lah|kah|pun)$")
_SUFFIX = re.compile(r"(?<=\w{3})(?:i?k*an|k+|i)$")  # with a last k or i, which may be the word's own
_PREFIX = re.compile(
    r"^(?:(?:me|pe)(?:ng|ny|n|m|r)?|di|ter|ber|be(?=kerja)|[ks]e(?=[^aiueo]?[aiueo]))(?=\w{3})"
)
_FIRST = re.compile(
    r"^[kpstmn](?=[aiueo]\w)"
)  # the letters that meN- and peN- swallow or may be taken for theirs


def sketch(folded: str) -> tuple[int, ...]:
    """Return the buckets of a content as `kb.names.fold` gives it: at most `N_BUCKETS` signed 64-bit numbers.

    A function of the words alone, the same on every machine. A content of fewer than three content words has none.
    """
    words = stems(folded)
    if len(set(words)) < _MIN_STEMS:
        return ()
    return tuple(number for _, number in sorted({_rank(*pair) for pair in _find_pairs(words)})[:N_BUCKETS])


def stems(folded: str) -> tuple[str, ...]:
    """Return the stems of a folded content's content words in text order; of a word that is repeated at once one."""
    return tuple(stem for stem, _ in stems_with_negation(folded))


def stems_with_negation(folded: str) -> Iterator[tuple[str, bool]]:
    """Yield what `stems` returns, each with whether a negation stands before it and behind the last one."""
    negated, last = False, None
    for word in join_compounds(folded).split():
        negated |= word in word_set("statement_negations")
        if is_content(word):
            if word != last:
                yield find_stem(word), negated
            negated, last = False, word


@lru_cache(maxsize=_CACHED)
def is_content(word: str) -> bool:
    """Whether a folded word says what a statement is about: no function word, negation or number."""
    return not (
        word in word_set("stop_words")
        or word in word_set("statement_negations")
        or number_of(word) is not None
    )


def number_of(word: str) -> str | None:
    """Return what a folded word of number or the name of a day or month is compared as: digits where it has any."""
    return word if word[:1].isdigit() else _numbers().get(word)


@cache
def _numbers() -> dict[str, str]:
    rows = (line.split() for line in word_list("number_words"))
    return {word: rest[0] if rest else word for word, *rest in rows}


@lru_cache(maxsize=_CACHED)
def find_stem(word: str) -> str:
    """Return what the forms of a folded word mostly share (``membangun`` and ``pembangunannya``: ``bangun``).

    No dictionary form: first letters that meN- would swallow are taken off (``kirim``, ``mengirim``: ``irim``), and a
    few words that have nothing to do with each other have one stem (``menang``, ``tenang``).
    """
    bare = _SUFFIX.sub("", _ENDING.sub("", word))
    return _FIRST.sub("", _PREFIX.sub("", _PREFIX.sub("", bare)))


def join_compounds(folded: str) -> str:
    """Return a folded text with each compound as one word (``korea utara``, ``korut``: ``korea_utara``)."""
    pattern, forms = _compounds()
    return pattern.sub(lambda match: forms[match[0]], folded)


@cache
def _compounds() -> tuple[re.Pattern[str], dict[str, str]]:
    forms: dict[str, str] = {}
    for line in word_list("compounds"):
        printings = [printing.strip() for printing in line.split("=")]
        forms |= {
            printing: forms.get(printings[-1]) or printings[0].replace(" ", "_") for printing in printings
        }
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b"), forms


def _find_pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for i, word in enumerate(words):
        for other in words[i + 1 : i + 1 + _REACH]:
            if word != other:
                yield (word, other) if word < other else (other, word)


@lru_cache(maxsize=_CACHED)
def _rank(word: str, other: str) -> tuple[int, int]:
    """Return a pair's place among the pairs and its bucket: longer words, which are rarer, mostly come first."""
    digest = hashlib.blake2b(f"{word} {other}".encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return number // (len(word) + len(other)), number - (1 << 63)
