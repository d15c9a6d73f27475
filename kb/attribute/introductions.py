"""Who is brought in without being quoted: subjects of sentences, and those to whom a sentence points back.

`Wakil Presiden Jusuf Kalla sudah angkat bicara.` makes him who a following `Dia` is; `Hal senada disampaikan S` says
that S spoke, though it quotes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.attribute.agents import phrase_after
from kb.attribute.cues import is_passive
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.subjects import sentence_subject
from kb.model import EntityType, Span

MAX_POINTER = 8
"""Within how many words of a sentence `Hal senada disampaikan` must stand."""


def find_introduced(reading: Reading) -> Iterator[tuple[Phrase, bool]]:
    """Yield the name phrases of those brought in, outside quotations, and whether the text says that they spoke."""
    for sentence in reading.sentences:
        for phrase, spoke in (
            (sentence_subject(reading, sentence), False),
            (_pointed_to(reading, sentence), True),
        ):
            if phrase is not None and _is_name(reading, phrase, person=not spoke):
                yield phrase, spoke


def _pointed_to(reading: Reading, sentence: Span) -> Phrase | None:
    """Return the agent of a passive of saying near the start of a sentence (`Demikian dikatakan (oleh) S`)."""
    words = reading.words
    for at in reading.words_in(sentence)[:MAX_POINTER]:
        if is_passive(words[at].lower):
            by = at + 1 < len(words) and words[at + 1].lower == "oleh"
            return phrase_after(reading, at + 1 + by, sentence.end)
    return None


def _is_name(reading: Reading, phrase: Phrase, *, person: bool) -> bool:
    if phrase.mention is None or phrase.kind is not PhraseKind.NAME or reading.quoted_over(phrase.span.start):
        return False
    return not person or reading.mentions[phrase.mention].type is EntityType.PER
