"""What one name can be to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NameRelation(StrEnum):
    """Why two names may be one entity's."""

    SAME = "same key"
    RUN_TOGETHER = "words run together"
    PARTICLE = "small word left out"
    KIND = "word for its kind left out"
    SPELT_OUT = "short word for the full one"
    SPELLING = "spelt nearly so"
    REORDERED = "same words in another order"
    ABBREVIATION = "abbreviation"
    INITIALS = "initials for words"
    PART = "part of the longer name"

    @property
    def is_short(self) -> bool:
        """Whether one of the names says less than the other, so that it can be short for a third one too."""
        return self in {
            NameRelation.ABBREVIATION,
            NameRelation.INITIALS,
            NameRelation.PART,
            NameRelation.KIND,
        }


@dataclass(frozen=True, slots=True)
class Likeness:
    """What one name can be to another, and how likely both are one entity's.

    `score` is 0 to 1 and set by hand: it orders what a person looks at and decides nothing.
    """

    relation: NameRelation
    score: float
