"""What makes two names likely to be one entity's: for a person to decide, never for linking."""

from __future__ import annotations

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
