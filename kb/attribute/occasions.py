"""To whom something was said, and on what occasion (`kata Rina kepada wartawan usai rapat di Ambon, Rabu`).

Both stand beside the cue and its speaker, outside what is reported: behind a tag, between subject and verb, between
verb and content, or in front of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from kb.attribute import cues
from kb.attribute.contents import trim_tail
from kb.attribute.drafts import Draft
from kb.attribute.marks import trimmed
from kb.attribute.phrases import is_description
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import Span

REACH = 400
"""How many code points beside the cue are looked at; keeps the time linear."""
MAX_ADDRESSEE = 9
"""Most words of an addressee."""

_TO = frozenset(("kepada", "pada", "ke"))
_BEFORE = frozenset(("hadapan", "depan", "muka"))
_COMMA = re.compile(r"[,(]")
_STRONG_BREAK = re.compile(r"[;:?!\"“”«»]|[.](?=\s|$)")


def choose_addressee(reading: Reading, draft: Draft) -> Span | None:
    """Return the words for those who are spoken to (`kepada X`, `di hadapan X`); None where the text gives none."""
    for _, region in _regions(reading, draft):
        for at in reading.words_in(region):
            first = _first_of_addressee(reading, at)
            if first is not None and reading.words[first].start < region.end:
                return _addressee(reading, first, region.end)
    return None


def _first_of_addressee(reading: Reading, at: int) -> int | None:
    """Return the place behind `kepada`, `pada` or `ke` (with people who listen behind it) or `di hadapan`."""
    words = reading.words
    if at + 1 >= len(words) or words[at].lower not in _TO | _BEFORE:
        return None
    if words[at].lower in _BEFORE:
        before = at and words[at - 1].lower == "di"
        return at + 1 if before and words[at + 1].lower in word_set("listeners") else None
    listens = words[at].lower == "kepada" or words[at + 1].lower in word_set("listeners")
    return at + 1 if listens else None


def _addressee(reading: Reading, first: int, limit: int) -> Span | None:
    words = reading.words
    stops = word_set("prepositions") | word_set("weekdays") | word_set("clause_openers") | {"yang"}
    end = first
    while end < len(words) and words[end].start < limit and end - first < MAX_ADDRESSEE:
        inside = reading.break_before(end) == " " and end > first
        if end > first and _COMMA.search(reading.break_before(end)):
            break
        if words[end].lower in stops and not (inside and words[end].capital):
            break
        end += 1
    return Span(words[first].start, words[end - 1].end) if end > first else None


def choose_occasion(reading: Reading, draft: Draft) -> Span | None:
    """Return the words for when, where and on what occasion it was said; None where the text gives none."""
    for place, region in _regions(reading, draft):
        first = _first_of_occasion(reading, region, place)
        span = None if first is None else _occasion(reading, first, region.end)
        if span and (place is not Place.BEHIND_CONTENT or not reading.words_in(Span(span.end, region.end))):
            return span
    return None


def _first_of_occasion(reading: Reading, region: Span, place: Place) -> int | None:
    """Return the first place that tells time, place or occasion, past a description of the speaker."""
    words, places = reading.words, reading.words_in(region)
    described = False
    for at in places:
        if cues.is_relay(words[at].lower):  # the day of the relay is not that of the speaking
            return None
        if _COMMA.search(reading.break_before(at)):
            described = is_description(reading, at)
        described |= words[at].lower == "yang"
        if place is Place.BEHIND_CONTENT and at > places.start:
            return None
        fronted = place is Place.FRONT
        if not described and _opens_occasion(reading, at) and not (fronted and words[at].lower == "di"):
            return at
        if fronted and words[at].lower not in word_set("lead_ins"):  # `Terkait hal itu, …` is none
            return None
    return None


def _opens_occasion(reading: Reading, at: int) -> bool:
    words = reading.words
    word, following = words[at].lower, [w.lower for w in words[at + 1 : at + 5]]
    if word in word_set("weekdays"):
        return True
    if not following or reading.mention_over(words[at].start) is not None:
        return False
    if word in word_set("occasions") | word_set("met"):
        return following[0] not in ("ini", "itu")
    if word == "di":
        return following[0] not in _BEFORE
    if word in ("dalam", "pada", "lewat", "melalui", "via"):
        dated = word_set("weekdays").intersection(following[:2]) or following[0].isdigit()
        return bool(dated or word_set("events").intersection(following))
    return False


def _occasion(reading: Reading, first: int, limit: int) -> Span | None:
    words = reading.words
    end = first + 1
    while end < len(words) and words[end].start < limit:
        gap = reading.break_before(end)
        if words[end].lower in word_set("occasion_ends") or _STRONG_BREAK.search(gap):
            break
        if "," in gap and not _goes_on(reading, end):
            break
        end += 1
    close = reading.body.find(")", words[end - 1].end, min(limit, words[end - 1].end + 2))
    span = Span(words[first].start, close + 1 if close >= 0 else words[end - 1].end)
    return trimmed(reading.body, trim_tail(reading.body, span), " ,.;:\n") or None


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether what follows a comma is still time or place (`di Ambon, Maluku, Rabu (1/2)`)."""
    word = reading.words[at]
    if reading.mention_over(word.start) is not None or word.text.isdigit() or _opens_occasion(reading, at):
        return True
    return word.lower in word_set("time_words")


class Place(Enum):
    """Where a stretch stands in the cue's sentence."""

    BEHIND = "behind cue and speaker"
    BETWEEN = "between subject and verb"
    BEHIND_CONTENT = "behind what is reported"
    FRONT = "before the subject"


def _regions(reading: Reading, draft: Draft) -> Iterator[tuple[Place, Span]]:
    """Yield the stretches of the cue's sentence outside content, cue and speaker, the nearest to the cue first."""
    cue, phrase, content = draft.cue, draft.phrase, draft.content
    if cue is None:
        return
    sentence = reading.sentence_over(cue.start)
    speaker = phrase.span if phrase and sentence.covers(phrase.span) else cue
    role = phrase.role if phrase and phrase.role and sentence.covers(phrase.role) else speaker
    behind, front = max(cue.end, speaker.end), min(role.start, speaker.start)
    stretches = [(Place.BEHIND, Span(behind, min(sentence.end, behind + REACH)))]
    if speaker.end < cue.start:
        stretches.append((Place.BETWEEN, Span(speaker.end, cue.start)))
    if content.start >= cue.end:
        stretches.append((Place.BEHIND_CONTENT, Span(content.end, min(sentence.end, content.end + REACH))))
        if front < cue.start:
            stretches.append((Place.FRONT, Span(max(sentence.start, front - REACH), front)))
    for place, stretch in stretches:
        outside = _outside(reading, stretch, content)
        if outside:
            yield place, outside


def _outside(reading: Reading, region: Span, content: Span) -> Span:
    """Return the part of a stretch before the content and before the next quotation; empty where none is."""
    if content.start < region.start < content.end:
        return Span(region.start, region.start)
    quoted = reading.quoted_from(region.start)
    ends = [region.end, *(c for c in (content.start,) if c >= region.start)]
    return Span(region.start, max(region.start, min([*ends, *([quoted.outer.start] if quoted else [])])))
