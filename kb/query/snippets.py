"""A piece of a long text around the first word that was searched for."""

from __future__ import annotations

from kb.query.wanted import Wanted

AROUND = 80
"""Code points on each side."""


def snippet(text: str, wanted: Wanted) -> str:
    """Return the words around the first place that fits, in one line, with an ellipsis where they were cut."""
    first = next(wanted.places_in(text), None)
    if first is None:
        return ""
    start, end = max(first.start - AROUND, 0), min(first.end + AROUND, len(text))
    before, after = text[start : first.start], text[first.end : end]
    if start:
        before = f"…{before.partition(' ')[2]}"
    if end < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return " ".join(f"{before}{first.of(text)}{after}".split())
