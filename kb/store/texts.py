"""What a text may hold to be kept in every database, and how like another it is."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_HALF_PAIR = re.compile("[\\ud800-\\udfff]")


def is_storable(text: str) -> bool:
    """Whether SQLite and PostgreSQL can both hold `text`."""
    return "\0" not in text and _HALF_PAIR.search(text) is None


def storable(text: str) -> str:
    """Return `text` with what no database can hold written out (a path may be of any bytes)."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", r"\x00")


MOST_WORDS = 5_000
"""Words of a text that are compared one by one; of a longer text its paragraphs are."""


def similarity(before: str, after: str) -> float:
    """Return which share of two texts is the same, 0 to 1: twice the common words by all words (Ratcliff-Obershelp)."""
    parts = (before.split(), after.split())
    if max(map(len, parts)) > MOST_WORDS:
        parts = (before.splitlines(), after.splitlines())
    return SequenceMatcher(None, *parts, autojunk=False).ratio()
