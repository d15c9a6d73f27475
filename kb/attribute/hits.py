"""A cue found in a sentence, before it is settled which cues stand and how far their contents reach."""

from __future__ import annotations

from dataclasses import dataclass

from kb.attribute.phrases import Phrase
from kb.model import Polarity, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: word `at`, its speaker phrase, and the content that its own pattern gives it."""

    at: int
    rule: str
    polarity: Polarity
    phrase: Phrase | None
    content: Span
    needs: str = "clause"
    shared: bool = False
    start: int = 0  # where the words of this cue's clause begin, subject included
