"""Who is brought in without being quoted: subjects of sentences, and those to whom a sentence points back.

`Wakil Presiden Jusuf Kalla sudah angkat bicara.` makes him who a following `Dia` is; `Hal senada disampaikan S` says
that S spoke, though it quotes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from kb.attribute.agents import phrase_after
from kb.attribute.cues import is_passive, verb
from kb.attribute.phrases import BREAK, Phrase, PhraseKind, name_phrase
from kb.attribute.reading import Reading
from kb.attribute.subjects import sentence_subject
from kb.lexicon import word_set
from kb.model import EntityType, Span

MAX_POINTER = 8
"""Within how many words of a sentence `Hal senada disampaikan` must stand."""


class Standing(IntEnum):
    """What a place of the text says of somebody: what a sentence is about, or a speaker."""

    SUBJECT = 0
    SPOKE = 1


def find_introduced(reading: Reading) -> Iterator[tuple[Phrase, Standing]]:
    """Yield the phrases of those brought in, outside quotations, and what the text says of them."""
    for sentence in reading.sentences:
        subject = sentence_subject(reading, sentence)
        if subject is not None and (_is_name(reading, subject, person=True) or _is_plural(reading, subject)):
            spoke = _is_name(reading, subject, person=True) and _speaks(reading, subject)
            yield subject, Standing.SPOKE if spoke else Standing.SUBJECT
        newcomer = _only_newcomer(reading, sentence) if subject is None else None
        if newcomer is not None:
            yield newcomer, Standing.SUBJECT
        pointed_to = _pointed_to(reading, sentence)
        if pointed_to is not None and _is_name(reading, pointed_to, person=False):
            yield pointed_to, Standing.SPOKE


def _speaks(reading: Reading, subject: Phrase) -> bool:
    """Whether a subject's verb is one of speaking, whatever follows it (`Rina menyampaikan terima kasih.`)."""
    words = reading.words
    at = reading.word_at(subject.span.end)
    while at < len(words) and words[at].lower in word_set("adverbs"):
        at += 1
    apposed = subject.role is not None and reading.gap_before(at) == ", "
    if at >= len(words) or (BREAK.search(reading.gap_before(at)) and not apposed):
        return False
    return verb(words[at].lower) is not None or words[at].lower in word_set("cues_silent")


def _only_newcomer(reading: Reading, sentence: Span) -> Phrase | None:
    """Return the person whom a sentence names for the first time, if it names one only (`Gagasan itu dari Rina.`)."""
    people = [
        i
        for i in reading.mentions_in(sentence)
        if reading.mentions[i].type is EntityType.PER
        and not reading.quoted_over(reading.mentions[i].span.start)
    ]
    if len(people) != 1 or reading.in_credit(reading.mentions[people[0]].span.start):
        return None
    mention = reading.mentions[people[0]]
    words = mention.span.of(reading.body).split()
    before = reading.mentions[: people[0]]
    if len(words) < 2 or any(m.span.of(reading.body).split()[0] == words[0] for m in before):
        return None
    return name_phrase(reading, people[0])


def _is_plural(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase names or describes several (`Para pendukung`), to whom a following `mereka` points."""
    if phrase.kind not in (PhraseKind.ROLE, PhraseKind.JOINT) or reading.quoted_over(phrase.span.start):
        return False
    words = phrase.span.of(reading.body).lower().split()
    if words[0] in ("seorang", "salah"):
        return False
    many = word_set("unnamed") | word_set("plurals") | word_set("quantities")
    return phrase.kind is PhraseKind.JOINT or words[0] in many or words[0].isdigit() or "dan" in words


def _pointed_to(reading: Reading, sentence: Span) -> Phrase | None:
    """Return the agent of a passive of saying near the start of a sentence (`Demikian dikatakan (oleh) S`)."""
    words = reading.words
    for at in reading.words_in(sentence)[:MAX_POINTER]:
        if is_passive(words[at].lower):
            first = at + 1
            while first + 1 < len(words) and words[first].lower in ("oleh", "langsung", "juga", "pihak"):
                first += 1
            return phrase_after(reading, first, sentence.end)
    return None


def _is_name(reading: Reading, phrase: Phrase, *, person: bool) -> bool:
    if phrase.mention is None or phrase.kind is not PhraseKind.NAME or reading.quoted_over(phrase.span.start):
        return False
    return not person or reading.mentions[phrase.mention].type is EntityType.PER
