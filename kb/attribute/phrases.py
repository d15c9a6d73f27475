"""Speaker phrases: the words beside a cue that name or stand for the speaker.

After a tag the phrase begins at once (`kata Ketua DPR Rina Wulan di Jakarta`); before a verb it is the subject of
the verb's clause, which may be cut off by appositions and relative clauses (`Rina Wulan, yang memimpin DPR,
mengatakan`). Both end in `read_phrase`, which reads one noun phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import takewhile

from kb.attribute.reading import Reading
from kb.lexicon import word_list, word_set
from kb.model import EntityType, Span

BREAK = re.compile(r"[,.;:?!…\n\"“”«»„]|[-–—](?=\s|$)|(?<=\s)[-–—]|\(")


FULL_BREAK = re.compile(r"[.;:?!\n\"“”«»]|(?<=\s)[-–—]+(?=\s)|\)\s*[-–—]")


class PhraseKind(StrEnum):
    """What a speaker phrase is."""

    NAME = "name"
    PRONOUN = "pronoun"
    SUFFIX = "suffix"
    ROLE = "role"
    JOINT = "joint"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker phrase; `mention` is a place in the document's mentions, `role` what stands beside a name."""

    kind: PhraseKind
    span: Span
    mention: int | None = None
    role: Span | None = None


def span_of(reading: Reading, first: int, last: int) -> Span:
    """Return the span from one word to another, both included, without a bracket that stays open."""
    start, end = reading.words[first].start, reading.words[last].end
    bracket = reading.body.rfind("(", start, end)
    if bracket > start and ")" not in reading.body[bracket:end]:
        end = bracket
        while reading.body[end - 1].isspace():
            end -= 1
    return Span(start, end)


def name_phrase(reading: Reading, mention: int, role: Span | None = None) -> Phrase:
    """Return the phrase that a mention (a place in the document's mentions) is, with what stands beside it."""
    return Phrase(PhraseKind.NAME, reading.mentions[mention].span, mention, role)


def read_phrase(reading: Reading, first: int, end: int) -> Phrase | None:
    """Read the words ``[first, end)`` as one speaker phrase; None if they are none."""
    words = reading.words
    if first >= end:
        return None
    whole = span_of(reading, first, end - 1)
    if words[first].lower in _pronouns() and (
        end - first == 1 or words[first].text[0].islower() or not words[first + 1].capital
    ):
        return Phrase(PhraseKind.PRONOUN, span_of(reading, first, first))
    described = is_description(reading, first)
    people = [i for i in reading.mentions_in(whole) if reading.mentions[i].type is EntityType.PER]
    if people:
        phrase = _person_phrase(reading, first, end, people)
        if phrase is not None:
            return phrase
    start = skip_titles(reading, first)
    i = reading.mention_over(words[start].start)
    if words[first].lower in word_set("media_heads") and not words[first].capital:
        return _headed_phrase(reading, first, whole)
    if words[first].lower in word_set("document_heads"):
        inside = list(reading.mentions_in(whole))
        if inside and reading.mentions[inside[-1]].span.end == whole.end and not people:
            return name_phrase(reading, inside[-1])
        return None
    if i is not None and not people and reading.mentions[i].span.start >= words[first].start:
        return joint_phrase(reading, i, whole) or name_phrase(reading, i)
    if described or words[first].lower in word_set("org_heads") | word_set("media_heads"):
        return _headed_phrase(reading, first, whole)
    return _untagged_name(reading, first, end)


def _person_phrase(reading: Reading, first: int, end: int, people: list[int]) -> Phrase | None:
    """Read a phrase with a person's name in it: the name itself, or the description of somebody else."""
    words, mention = reading.words, reading.mentions[people[0]]
    at = reading.word_at(mention.span.start)
    whole = span_of(reading, first, end - 1)
    if at == skip_titles(reading, first):
        joint = joint_phrase(reading, people[0], whole)
        return joint or name_phrase(reading, people[0])
    if at > first and words[at - 1].lower in word_set("namings"):  # `penumpang bernama Rina itu`
        naming = word_set("namings") | {"yang"}
        called = list(takewhile(lambda w: w.lower not in naming, words[first:at]))
        told = Span(called[0].start, called[-1].end) if called else None
        return name_phrase(reading, people[0], told)
    if words[end - 1].lower in word_set("definite"):  # `kakak Rina Wulan itu`
        return Phrase(PhraseKind.ROLE, whole)
    if any(w.lower == "yang" for w in words[first:at]):
        return Phrase(PhraseKind.ROLE, whole)
    of_kin = at > first + 2 and _heads_kin(reading, first)
    if of_kin or words[at - 1 - (words[at - 1].lower == "dari")].lower in word_set("kin"):
        return Phrase(PhraseKind.ROLE, whole)
    if is_description(reading, first) or words[first].capital or words[first].lower in word_set("org_heads"):
        last = people[-1] if _adjacent_or_bracketed(reading, people) else people[0]
        behind = max(first, reading.word_at(reading.mentions[last].span.start) - 1)
        role = close_bracket(reading.body, Span(words[first].start, words[behind].end))
        return name_phrase(reading, last, role)
    ends = mention.span.end >= words[end - 1].end
    if ends and words[at - 1].lower not in word_set("prepositions") | word_set("speaker_ends"):
        return name_phrase(reading, people[0])  # `tiba-tiba Rina mengaku`
    return None


def _heads_kin(reading: Reading, first: int) -> bool:
    """Whether a description begins with a word of kin that is neither a title nor an office (`putra mahkota`)."""
    word = reading.words[first].lower
    office = f"{word} {reading.words[first + 1].lower}" in role_heads()
    return word in word_set("kin") and word not in title_words() and not office


def _adjacent_or_bracketed(reading: Reading, people: list[int]) -> bool:
    """Whether the last of several names is the speaker's own (`ajudan Rina Budi Santoso` is not settled: the first)."""
    return (
        len(people) > 1
        and reading.gap_before(reading.word_at(reading.mentions[people[-1]].span.start)).strip() == ""
    )


def joint_phrase(reading: Reading, i: int, whole: Span) -> Phrase | None:
    """Read names joined by `dan`, `serta` or commas as one speaker."""
    end = reading.mentions[i].span.end
    last = i
    for j in range(i + 1, len(reading.mentions)):
        mention = reading.mentions[j]
        if mention.span.start >= whole.end:
            break
        between = reading.body[end : mention.span.start].strip()
        if mention.type is not reading.mentions[i].type:
            break
        if not re.fullmatch(
            r",|,?\s*(?:dan|serta|maupun|bersama)(?:\s+(?:[a-z]+\s+){0,2})?|\([^)]*\)", between
        ):
            break
        last, end = j, mention.span.end
    if last == i or not re.search(
        r"\b(?:dan|serta|maupun|bersama)\b", reading.body[reading.mentions[i].span.end : end]
    ):
        return None
    return Phrase(
        PhraseKind.JOINT,
        Span(whole.start if _starts_joint(reading, whole) else reading.mentions[i].span.start, end),
    )


def _starts_joint(reading: Reading, whole: Span) -> bool:
    return reading.words[reading.word_at(whole.start)].lower in ("baik", "para")


def joint_before(reading: Reading, last: int) -> Phrase | None:
    """Read the names that end at a mention and are joined by `dan` or `maupun`, one of them right before the last."""
    first = last
    while first and _is_joined(reading, first - 1, first):
        first -= 1
        gap = reading.body[reading.mentions[first].span.end : reading.mentions[first + 1].span.start]
        if first + 1 == last and not re.search(r"\b(?:dan|serta|maupun)\b", gap):
            return None
    if first == last:
        return None
    start = reading.mentions[first].span.start
    at = reading.word_at(start)
    if at and reading.words[at - 1].lower == "baik":
        start = reading.words[at - 1].start
    return Phrase(PhraseKind.JOINT, Span(start, reading.mentions[last].span.end))


def _is_joined(reading: Reading, one: int, other: int) -> bool:
    """Whether two names of one type have only a comma or a conjunction between them."""
    a, b = reading.mentions[one], reading.mentions[other]
    between = reading.body[a.span.end : b.span.start].strip()
    return a.type is b.type and re.fullmatch(r",|,?\s*(?:dan|serta|maupun)", between) is not None


def _headed_phrase(reading: Reading, first: int, whole: Span) -> Phrase:
    """Read a phrase headed by a role or a common noun for an organisation."""
    words = reading.words
    if words[first].lower in word_set("media_heads") | {"kelompok", "lembaga", "organisasi", "pihak", "kubu"}:
        inside = [i for i in reading.mentions_in(whole) if reading.mentions[i].type is EntityType.ORG]
        if inside and reading.mentions[inside[-1]].span.end == whole.end:
            return name_phrase(reading, inside[-1])
    return _named_at_end(reading, first, whole) or Phrase(PhraseKind.ROLE, whole)


def _named_at_end(reading: Reading, first: int, whole: Span) -> Phrase | None:
    """Read a name that the tagger passed over at the end of a description (`Wakil Ketua Komisi XI Sutaryono`)."""
    words = reading.words
    last = reading.words_in(whole)[-1]
    if last - first < 2:
        return None
    name = words[last]
    plain = name.text[0].isupper() and name.text[1:].islower() and len(name.text) > 3
    before = words[last - 1]
    parted = before.text.islower() or reading.mention_over(before.start) is not None or before.text.isupper()
    if not plain or not parted or reading.mention_over(name.start) is not None:
        return None
    if name.lower in _never_a_name() or name.lower in reading.small_words:
        return None
    return Phrase(PhraseKind.NAME, Span(name.start, name.end), None, span_of(reading, first, last - 1))


@cache
def _never_a_name() -> frozenset[str]:
    return role_heads() | word_set("never_names") | word_set("never_last") | word_set("weekdays")


def _untagged_name(reading: Reading, first: int, end: int) -> Phrase | None:
    """Read capitalised words that the tagger passed over as a name; one word that begins a sentence is none."""
    j = skip_titles(reading, first)
    start = j
    if reading.words[j].lower in word_set("never_names") | word_set("weekdays"):
        return None
    while j < end and reading.words[j].capital:
        j += 1
    glued = j < len(reading.words) and not reading.gap_before(j)
    if j == start or (j == start + 1 and _begins_sentence(reading, start) and not glued):
        return None
    return Phrase(PhraseKind.NAME, span_of(reading, start, j - 1))


def _begins_sentence(reading: Reading, at: int) -> bool:
    return reading.sentence_over(reading.words[at].start).start == reading.words[at].start


def is_description(reading: Reading, at: int) -> bool:
    """Whether the word at `at` begins a description of somebody (`ketua`, `seorang`, `para`)."""
    words = reading.words
    lower = words[at].lower
    pair = f"{lower} {words[at + 1].lower}" if at + 1 < len(words) else ""
    if lower in word_set("unnamed"):
        return True
    return any(w.removesuffix("nya") in role_heads() for w in (lower, pair))


def first_person_in(reading: Reading, first: int, end: int) -> int | None:
    """Return the first person named in the words ``[first, end)``."""
    span = Span(reading.words[first].start, reading.words[end - 1].end)
    return next((i for i in reading.mentions_in(span) if reading.mentions[i].type is EntityType.PER), None)


def skip_titles(reading: Reading, at: int) -> int:
    """Return the place of the first word at or after `at` that is no title (`Prof`, `Pak`)."""
    titles = title_words()
    while at + 1 < len(reading.words) and reading.words[at].lower in titles:
        if reading.mention_over(reading.words[at].start) is not None:
            break
        at += 1
    return at


def open_gap(reading: Reading, at: int) -> str:
    """Return the gap before a word, without the dot of a title, an initial or a degree (`Dr. Rina`, `S.Gz`)."""
    gap = reading.break_before(at)
    if at and gap in (",", ".") and reading.words[at - 1].text.isdigit() and reading.words[at].text.isdigit():
        return " "  # `1,94 meter`
    if at and gap.startswith("."):
        before = reading.words[at - 1]
        if gap == "." or len(before.text) == 1 or before.lower in title_words():
            return gap[1:] or " "
    return gap


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(line.split()[0] for line in word_list("pronouns"))


def close_bracket(body: str, span: Span) -> Span:
    """Return a span with the bracket that was opened in it (`Dewan Perwakilan Rakyat (DPR`)."""
    opened = span.of(body).rfind("(") > span.of(body).rfind(")")
    return Span(span.start, span.end + 1) if opened and body.startswith(")", span.end) else span


def role_heads() -> frozenset[str]:
    """Return the words that head a description of somebody by office, work or kin."""
    return word_set("roles")


@cache
def title_words() -> frozenset[str]:
    """Return the words that titles are made of, lower-case."""
    return frozenset(w for line in word_set("titles") for w in line.replace(".", "").split())
