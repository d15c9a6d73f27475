"""What the rules for direct and indirect speech hand to the joiner: a stretch, its cue, its speaker phrase."""

from __future__ import annotations

from dataclasses import dataclass

from kb.attribute.phrases import Phrase
from kb.model import Polarity, QuoteKind, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution whose speaker is not resolved yet.

    `anchor` is where the reader stands when the speaker is looked for: names behind it are not known yet.
    `phrase` None with `carries` takes the speaker over from the attribution before, with `leads` from the one
    behind (`¶“…¶“…,” kata S`); None without either is nobody.
    """

    kind: QuoteKind
    content: Span
    rule: str
    anchor: int
    cue: Span | None = None
    polarity: Polarity = Polarity.ASSERTS
    phrase: Phrase | None = None
    carries: bool = False
    leads: bool = False
