"""What a text may hold to be kept in every database: no NUL, no half of a surrogate pair."""

from __future__ import annotations

import re

_HALF_PAIR = re.compile("[\\ud800-\\udfff]")


def is_storable(text: str) -> bool:
    """Whether SQLite and PostgreSQL can both hold `text`."""
    return "\0" not in text and _HALF_PAIR.search(text) is None


def storable(text: str) -> str:
    """Return `text` with what no database can hold written out (a path may be of any bytes)."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", r"\x00")
