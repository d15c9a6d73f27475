"""The medium that relays: `kata Ivan Petrov seperti dikutip Kantor Berita Laut`."""

from __future__ import annotations

from kb.attribute import cues
from kb.attribute.direct import skip_relay_words
from kb.attribute.drafts import Draft
from kb.attribute.phrases import PhraseKind, phrase_after
from kb.attribute.reading import Reading
from kb.model import EntityType, Span


def choose_medium(reading: Reading, draft: Draft) -> Span | None:
    """Return the medium named in the sentence of a draft's cue, unless it is the speaker itself."""
    if draft.cue is None or draft.phrase is None or cues.is_relay(draft.cue.of(reading.body).lower()):
        return None
    sentence = reading.sentence_over(draft.cue.start)
    for at in reading.words_in(sentence):
        word = reading.words[at]
        if (
            not cues.is_relay(word.lower)
            or reading.quoted_over(word.start)
            or draft.content.covers(Span(*word[:2]))
        ):
            continue
        first = skip_relay_words(reading, at + 1)
        phrase = phrase_after(reading, first, sentence.end) if first < len(reading.words) else None
        if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.span.overlaps(draft.phrase.span):
            continue
        if phrase.mention is None or reading.mentions[phrase.mention].type is EntityType.ORG:
            return phrase.span
    return None
