"""The kinds that kb's nouns come in: what a name names, how words are reported, what a person can decide.

Apart from `kb.model`, since the tables and the options of commands need the kinds alone.
"""

from __future__ import annotations

from enum import StrEnum


class EntityType(StrEnum):
    """What a name names."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"


class SpeakerType(StrEnum):
    """Who speaks: a person, an organisation (or a state or place that speaks), or somebody only described."""

    PER = "PER"
    ORG = "ORG"
    OTHER = "OTHER"


class QuoteKind(StrEnum):
    """How words are reported: as said, paraphrased, or paraphrased with a part as said."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """What the cue does with the content: ``membantah`` denies it, ``meminta`` demands it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    DEMANDS = "demands"
    PROMISES = "promises"


class Precision(StrEnum):
    """How exactly a page dates itself."""

    MINUTE = "minute"
    DAY = "day"


class Verb(StrEnum):
    """What a person can decide."""

    MERGE = "merge"
    APART = "apart"
    SPLIT = "split"
    ALIAS = "alias"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT_MENTION = "reject-mention"
    REJECT_QUOTE = "reject-quote"
    SET_SPEAKER = "set-speaker"
    UNDO = "undo"
