"""What leads to a quotation: `S mengatakan, “…”`, `S: “…”`, `Kata S, “…”`, `Spanduk bertuliskan “…”`."""

from __future__ import annotations

import re

from kb.attribute import cues
from kb.attribute.agents import phrase_after
from kb.attribute.drafts import Draft
from kb.attribute.marks import Quoted
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.subjects import phrase_before
from kb.lexicon import word_set
from kb.model import QuoteKind, Span

ENDS_SENTENCE = re.compile(r"\s*[.!?…]?\s*(?:$|\n|\(|\[|(?=[A-Z“\"”]))")
MIN_FLOATING = 3
"""Fewest words of a stretch without a tag of its own that is taken for speech."""


def choose_led(reading: Reading, quoted: Quoted) -> Draft | None:
    """Read what leads to a stretch: `S mengatakan, “…”`, `S: “…”`, `Kata S, “…”`, `Spanduk bertuliskan “…”`."""
    if not quoted.opened:
        return None
    before = _before(reading, quoted)
    lead = reading.body[before.start : before.end].rstrip()
    places = reading.words_in(before)
    if not places or not lead:
        return None
    colon = lead.endswith(":")
    closed = reading.body[quoted.inner.end - 1] in ",.?!" or ENDS_SENTENCE.match(
        reading.body[quoted.outer.end :][:3]
    )
    whole = colon or bool(closed) or quoted.outer.end >= len(reading.body)
    if not whole or len(reading.words_in(quoted.inner)) < 2:
        return None
    return (
        _document_lead(reading, quoted, places)
        or _verb_lead(reading, quoted, places, colon=colon)
        or (_tag_lead(reading, quoted, places) if lead.endswith((":", ",")) else None)
        or (_label_lead(reading, quoted, places) if colon else None)
    )


def _before(reading: Reading, quoted: Quoted) -> Span:
    """Return the words of the sentence before a stretch; a colon at the end of the paragraph before leads on."""
    start = quoted.outer.start
    number = reading.paragraph_number(start)
    if number and reading.paragraphs[number].start == start:
        above = reading.paragraphs[number - 1]
        if reading.body[above.start : above.end].rstrip().endswith(":"):
            return Span(reading.sentence_over(above.end - 1).start, start)
    return Span(reading.sentence_over(start).start, start)


def _document_lead(reading: Reading, quoted: Quoted, places: range) -> Draft | None:
    """A document or sign that reads a full sentence: speech of nobody."""
    word = reading.words[places[-1]]
    if word.lower not in word_set("cues_document"):
        return None
    inner = [reading.words[i].lower for i in reading.words_in(quoted.inner)]
    if len(inner) < 3 or not cues.shows_clause(inner):
        return None
    return Draft(
        QuoteKind.DIRECT, quoted.inner, "direct-document", quoted.outer.start, Span(word.start, word.end)
    )


def _verb_lead(reading: Reading, quoted: Quoted, places: range, *, colon: bool) -> Draft | None:
    """`S mengatakan (kepada pers di K) (bahwa|,|:) “…”`"""
    words = reading.words
    for j in range(places[-1], places[0] - 1, -1):
        verb = cues.verb(words[j].lower)
        if verb is None:
            continue
        between = words[j + 1 : places[-1] + 1]
        if between and not _is_adjunct([w.lower for w in between], colon=colon):
            return None
        phrase = phrase_before(reading, j, reading.sentence_over(words[j].start).start)
        if phrase is None and words[places[0]].lower in word_set("documents"):
            span = Span(words[j].start, words[j].end)
            return Draft(QuoteKind.DIRECT, quoted.inner, "direct-document", quoted.outer.start, span)
        if phrase is None:
            return None
        return Draft(
            QuoteKind.DIRECT,
            quoted.inner,
            "direct-verb",
            words[places[0]].start,
            Span(words[j].start, words[j].end),
            verb.polarity,
            phrase,
        )
    return None


def _is_adjunct(words: list[str], *, colon: bool) -> bool:
    """Whether the words between a verb and a quotation are only addressee, place, time or `bahwa`."""
    if "bahwa" in words[:-1]:
        return False
    words = [w for w in words if w not in ("bahwa", "juga", "pula", "lagi") and w not in word_set("manners")]
    if not words or words[0] in word_set("prepositions") | word_set("time_words"):
        return True
    return colon and len(words) <= 12


def _tag_lead(reading: Reading, quoted: Quoted, places: range) -> Draft | None:
    """`Kata S, “…”` and `Ujarnya: “…”`"""
    words = reading.words
    at = places[0]
    tag = cues.tag(words[at].lower)
    if tag is None or len(places) > 12:
        return None
    span = Span(words[at].start, words[at].end)
    phrase = (
        Phrase(PhraseKind.SUFFIX, span) if tag.suffixed else phrase_after(reading, at + 1, quoted.outer.start)
    )
    if phrase is None:
        return None
    return Draft(QuoteKind.DIRECT, quoted.inner, "direct-tag-first", span.start, span, tag.polarity, phrase)


def _label_lead(reading: Reading, quoted: Quoted, places: range) -> Draft | None:
    """`Rina Wulan: “…”`, `pernyataan S: “…”`"""
    words = reading.words
    noun = next((j for j in reversed(places) if words[j].lower in word_set("speech_nouns")), None)
    if noun is not None:
        first = noun + 1
        while first < len(words) and words[first].lower in word_set("speech_noun_adjectives"):
            first += 1
        phrase = phrase_after(reading, first, quoted.outer.start)
        span = Span(words[noun].start, words[noun].end)
        return Draft(
            QuoteKind.DIRECT,
            quoted.inner,
            "direct-noun-first",
            words[places[0]].start,
            span,
            phrase=phrase,
            carries=phrase is None,
        )
    if len(places) <= 8:
        phrase = phrase_after(reading, places[0], quoted.outer.start)
        if phrase is not None and phrase.kind is PhraseKind.NAME:
            return Draft(
                QuoteKind.DIRECT, quoted.inner, "direct-label", words[places[0]].start, phrase=phrase
            )
    if (
        cues.shows_clause([words[j].lower for j in places])
        and len(reading.words_in(quoted.inner)) >= MIN_FLOATING
    ):
        return Draft(QuoteKind.DIRECT, quoted.inner, "direct-colon", quoted.outer.start, carries=True)
    return None
