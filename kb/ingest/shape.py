"""The shape of a line: whether it reads like a sentence or like a headline."""

from __future__ import annotations

import re

LONG_LINE = 160
"""Characters; a longer line is a paragraph, however it ends."""

FEWEST_WORDS = 5
"""Words that a paragraph has before it is taken for one by its shape alone."""

HEADLINE_WORDS = range(2, 31)
LONGEST_HEADLINE = 220

_SENTENCE_END = re.compile(r"(?:[.!?…:;,][\"”’'»)\]]*|[\"”’»]|[(\[][\w\s/.,*-]{2,40}[)\]])$")
_HEADLINE_START = re.compile(r"[\"“”‘'’«(\[#]*[A-Z0-9À-Þ]|[a-z]+[A-Z]")
_NO_HEADLINE_END = re.compile(r"[.,;:)\]]$|[-–—]$")
_DOUBTFUL_END = re.compile(r"[!?][\"”’'»]*$|[\"”’'»]$")
_INNER_END = re.compile(r"[a-z]{4}[.][\"”’]?\s+[\"“”‘]?[A-Z]")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def is_sentence(line: str) -> bool:
    """Whether the line reads like a paragraph of a body."""
    if is_title(line):
        return False
    return len(line) > LONG_LINE or (n_words(line) >= FEWEST_WORDS and bool(_SENTENCE_END.search(line)))


def is_title(line: str) -> bool:
    """Whether the line reads like a headline: no full stop; if it asks or cries out, in title case."""
    if n_words(line) not in HEADLINE_WORDS or len(line) > LONGEST_HEADLINE:
        return False
    if not _HEADLINE_START.match(line) or _NO_HEADLINE_END.search(line) or _INNER_END.search(line):
        return False
    return not _DOUBTFUL_END.search(line) or _is_title_case(line)


def n_words(line: str) -> int:
    """Count the words of a line."""
    return len(line.split())


def _is_title_case(line: str) -> bool:
    words = _LONG_WORD.findall(line)
    return sum(word[0].isupper() for word in words) >= 0.7 * len(words) if words else False
