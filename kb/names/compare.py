"""What makes two names likely to be one entity's: for a person to decide, and for the short forms of bodies."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from kb.model import EntityType
from kb.names.bodies import compare_bodies
from kb.names.people import compare_people
from kb.names.relations import Likeness


def compare_names(entity_type: EntityType, one: str, other: str) -> Likeness | None:
    """Return what two names of one type can be to each other; None if they clearly name two.

    The order of the two makes no difference.
    """
    if entity_type is EntityType.PER:
        return compare_people(one, other)
    return compare_bodies(entity_type, one, other)


def likeness(one: str, other: str) -> float:
    """Return how alike two folded texts are, from 0 to 1 (rapidfuzz's normalised indel similarity)."""
    return ratio(one, other) / 100


def nearest(text: str, texts: Iterable[str], *, n: int, least: float) -> list[str]:
    """Return the `n` folded texts most like one, the most like first, none of a lower likeness than `least`."""
    found = process.extract(text, list(texts), scorer=ratio, limit=n, score_cutoff=100 * least)
    return [near for near, _, _ in found]
