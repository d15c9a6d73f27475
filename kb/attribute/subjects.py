"""The speaker phrase before a cue: the subject of its clause.

Appositions, relative clauses and phrases of place may stand between the two (`Rina Wulan, yang memimpin DPR,
mengatakan`). What stands before a verb is cut at commas and read from the right.
"""

from __future__ import annotations

import re

from kb.attribute import cues
from kb.attribute.agents import apposed_name
from kb.attribute.phrases import (
    BREAK,
    FULL_BREAK,
    Phrase,
    PhraseKind,
    _pronouns,
    first_person_in,
    is_description,
    joint_before,
    name_phrase,
    open_gap,
    read_phrase,
    span_of,
)
from kb.attribute.reading import Reading, Word
from kb.lexicon import word_set
from kb.model import EntityType, Span
from kb.names import is_degree

_BREAK_OF_SEGMENT = re.compile(r"[,.;:?!\n]")
MAX_SUBJECT = 45
"""How many words before a verb are searched for its subject."""


def phrase_before(reading: Reading, cue_at: int, start: int) -> Phrase | None:
    """Return the subject of the verb at `cue_at` in the clause that begins at or after position `start`.

    None if the verb is negated, unreal, or has no subject that can speak.
    """
    words = reading.words
    j = cue_at - 1
    low = max(reading.word_at(start), cue_at - MAX_SUBJECT)
    j = _before_adverbs(reading, j, low)
    if j < low or words[j].lower in word_set("negations") | word_set("unreal"):
        return None
    relative = words[j].lower == "yang"
    if relative:
        j -= 1
    if j < low:
        return None
    phrase = _subject(reading, low, j, relative=relative)
    if phrase is not None and _is_condition(reading, phrase):
        return None
    return phrase


def _is_condition(reading: Reading, phrase: Phrase) -> bool:
    """Whether a subject's clause is a condition (`Seandainya Rina berkata jujur, …`)."""
    before = reading.word_at(phrase.span.start) - 1
    return before >= 0 and reading.words[before].lower in word_set("conditions")


def _before_adverbs(reading: Reading, at: int, low: int) -> int:
    """Return the place before the adverbs that end at `at` (`juga`, `secara terbuka`, `dengan tegas`, `saat itu`)."""
    words, j = reading.words, at
    while j >= low and not BREAK.search(reading.gap_after(j)):
        if j > low and _is_adverbial(words[j], words[j - 1].lower):
            j -= 2
        elif words[j].lower in word_set("adverbs"):
            j -= 1
        else:
            break
    return j


def _is_adverbial(word: Word, head: str) -> bool:
    """Whether two words are an adverbial of manner or time (`secara terbuka`, `saat itu`)."""
    if word.lower in ("itu", "ini"):
        return head in ("saat", "kala", "waktu", "baru-baru", "hari", "belakangan", "sebelum")
    return head in ("secara", "dengan") and not word.capital


def _subject(reading: Reading, low: int, last: int, *, relative: bool) -> Phrase | None:
    """Read the subject that ends at or before word `last`: its segments between commas, from the right."""
    words = reading.words
    if words[last].lower in _pronouns():
        return Phrase(PhraseKind.PRONOUN, span_of(reading, last, last))
    if words[last].lower in word_set("definite"):
        described = _definite_description(reading, low, last)
        if described is not None:
            return described
    segments = _segments(reading, low, last)
    while len(segments) > 1 and is_degree(
        span_of(reading, segments[-1][0], segments[-1][1] - 1).of(reading.body)
    ):
        segments.pop()
    if not segments:
        return None
    first, end = segments[-1]
    closed = "," in reading.gap_after(last)
    if (
        len(segments) > 1
        and not (relative and "," not in reading.gap_after(last))
        and (_is_aside(reading, first, end, closed=closed) or _follows_name(reading, segments))
    ):
        owner = _aside_owner(reading, segments)
        if owner is not None:
            return owner
    if relative and not _has_person(reading, first, end):
        return None
    return _read_core(reading, first, end)


def _definite_description(reading: Reading, low: int, last: int) -> Phrase | None:
    """Read `peraih medali saat berpasangan dengan Rina ini`: from its head at a boundary to its `ini`."""
    for j in range(last - 1, low - 1, -1):
        gap = open_gap(reading, j)
        if j > low and not BREAK.search(gap):
            continue
        first = j
        while first < last and reading.words[first].lower in word_set("lead_ins"):
            first += 1
        if first + 2 < last and reading.words[first].lower in (
            "dengan",
            "secara",
        ):  # `Dengan tegas politikus itu …`
            first += 2
        named = first_person_in(reading, first, last + 1)
        if named is not None and _is_core(reading, first, reading.mentions[named].span):
            return _read_core(reading, first, last + 1)
        if is_description(reading, first):
            return read_phrase(reading, first, last + 1)
        if FULL_BREAK.search(gap):
            return None
    return None


def _is_core(reading: Reading, first: int, name: Span) -> bool:
    """Whether a name, not a description, is what a subject is about: it begins it, or a relative clause follows it."""
    after = reading.word_at(name.end)
    return name.start == reading.words[first].start or reading.words[after].lower == "yang"


def _segments(reading: Reading, low: int, last: int) -> list[tuple[int, int]]:
    """Cut the words before a verb at commas and at words that begin a clause; return ``[first, end)`` pairs."""
    segments: list[tuple[int, int]] = []
    end = last + 1
    j = last
    while j >= low:
        gap = open_gap(reading, j)
        opens_clause = _begins_clause(reading, j) and not _inside_relative(reading, low, j)
        if (
            opens_clause
            and j > low
            and not FULL_BREAK.search(gap)
            and _is_occasion(reading, low, j, last, segments)
        ):
            segments, end = [], j
        elif opens_clause:
            if j + 1 < end:
                segments.append((j + 1, end))
            return segments[::-1]
        if j == low or FULL_BREAK.search(gap):
            segments.append((j, end))
            return segments[::-1]
        if "," in gap:
            segments.append((j, end))
            end = j
        j -= 1
    return segments[::-1]


def _is_occasion(reading: Reading, low: int, at: int, last: int, behind: list[tuple[int, int]]) -> bool:
    """Whether a clause of time from `at` to `last` is an aside on its subject (`Rina saat ditemui, mengatakan`).

    It has no subject of its own: a passive stands first in it, or nobody is named in it and it begins with an active
    verb or ends at a comma. What stands `behind` it, cut at commas from the right, is no subject either.
    """
    words = reading.words
    if words[at].lower not in word_set("occasions") or at == last:
        return False
    closed = "," in reading.gap_after(last)
    if behind and not _is_aside(reading, *behind[0], closed=closed):
        return False
    head = words[at + 1].lower
    alone = not _has_person(reading, at + 1, last + 1)
    verbal = (head.startswith("di") or (head.startswith("me") and alone)) and cues.is_predicate(head)
    before = [word.lower for word in words[low:at]]
    named = not all(word in word_set("lead_ins") | word_set("adverbs") for word in before)
    return named and (verbal or (closed and alone)) and not cues.is_clause(reading.lowered(range(low, at)))


def _begins_clause(reading: Reading, at: int) -> bool:
    """Whether the word at `at` begins a clause and so ends the search for a subject."""
    return reading.words[at].lower in word_set("subordinators")


def _inside_relative(reading: Reading, low: int, at: int) -> bool:
    """Whether `at` stands in a relative clause on the subject (`Rina yang dipilih saat rapat itu mengatakan`)."""
    for j in range(at - 1, low, -1):
        if _BREAK_OF_SEGMENT.search(reading.break_before(j + 1)):
            return False
        if reading.words[j].lower == "yang":
            return True
    return False


def _is_aside(reading: Reading, first: int, end: int, *, closed: bool) -> bool:
    """Whether the segment before a verb is an aside on the subject (`…, yang memimpin sidang, mengatakan`)."""
    head = reading.words[first].lower
    if head in ("yang", "selaku", "sebagai", "dari", "yakni", "yaitu", "atau"):
        return True
    if head in word_set("companions") | word_set("weekdays"):
        return True
    if _has_person(reading, first, end):
        return False
    if head in word_set("prepositions") or head.isdigit() or _is_place(reading, first):
        return True
    return closed and (is_description(reading, first) or not reading.words[first].capital)


def _is_place(reading: Reading, first: int) -> bool:
    """Whether a segment begins with a place that tells where the organisation before it is (`Polres X, Papua, …`)."""
    here, before = (reading.mention_over(reading.words[at].start) for at in (first, max(0, first - 1)))
    if here is None or before is None or here == before or "," not in reading.gap_before(first):
        return False
    return (
        reading.mentions[here].type is EntityType.LOC
        and reading.mentions[before].type is not EntityType.PER
        and reading.mentions[before].span.end <= reading.mentions[here].span.start
    )


def _follows_name(reading: Reading, segments: list[tuple[int, int]]) -> bool:
    """Whether the last segment describes the person named just before (`Rina Wulan, ibu dari Bima Wulan, mengatakan`),
    or holds only degrees (`Rina Wulan, M.Si, mengatakan`)."""
    (first, end), (last_first, last_end) = segments[-2], segments[-1]
    last = end - 1
    while last > first and reading.words[last].text.isdigit():  # an age in brackets is no part of the name
        last -= 1
    i = reading.mention_over(reading.words[last].start)
    if i is None or reading.mentions[i].type is not EntityType.PER:
        return False
    words = [w.text for w in reading.words[last_first:last_end]]
    if all(len(w) <= 3 for w in words):
        return True
    opening = word_set("prepositions") | word_set("subordinators")
    head = reading.words[first].lower
    return not (head in opening or _is_verb(head)) and is_description(reading, last_first)


def _is_verb(word: str) -> bool:
    """Whether a lower-case word begins a fronted phrase with a verb (`Mengutip M`, `Didampingi S`)."""
    return word.startswith(("me", "di", "ber", "ter")) and cues.is_predicate(word)


def _aside_owner(reading: Reading, segments: list[tuple[int, int]]) -> Phrase | None:
    """Return the subject that an aside belongs to: the nearest earlier segment with a name."""
    for n in range(len(segments) - 2, -1, -1):
        first, end = segments[n]
        head = reading.words[first].lower
        if head in word_set("prepositions") or _is_place(reading, first):
            continue
        if _is_verb(head):  # `Mengutip M, Selasa, presiden mengatakan`
            return None
        span = span_of(reading, first, end - 1)
        if reading.mentions_in(span) or is_description(reading, first):
            apposed = n and is_description(reading, first) and _follows_name(reading, segments[: n + 1])
            return _read_core(reading, *segments[n - 1 if apposed else n])
    return None


def _has_person(reading: Reading, first: int, end: int) -> bool:
    return first_person_in(reading, first, end) is not None


def _past_fronted(reading: Reading, first: int, end: int) -> int:
    """Return the subject's place behind a fronted phrase without a comma (`Dalam rapat itu Menteri Rina …`)."""
    if reading.words[min(first, end - 1)].lower not in word_set("prepositions"):
        return first
    for j in range(first + 2, end):
        if reading.words[j - 1].lower in word_set("definite"):
            named = reading.mention_over(reading.words[j].start)
            if named is not None or is_description(reading, j):
                return j
    return first


def _read_core(reading: Reading, first: int, end: int) -> Phrase | None:
    """Read a subject without its relative clause (`Rina yang memimpin rapat`) and leading adverbs."""
    words = reading.words
    while first < end and words[first].lower in word_set("lead_ins"):
        first += 1
    first = _past_fronted(reading, first, end)
    if first >= end:
        return None
    if words[end - 1].lower in word_set("definite") and not words[first].capital:
        return (
            Phrase(PhraseKind.ROLE, span_of(reading, first, end - 1))
            if is_description(reading, first)
            else read_phrase(reading, first, end)
        )
    cut = next(
        (
            j
            for j in range(first + 1, end)
            if words[j].text in ("yang", "selaku", "atau", "dalam", "melalui", "lewat", "hari")
        ),
        end,
    )
    phrase = read_phrase(reading, first, cut)
    if phrase is not None and phrase.kind is PhraseKind.NAME and phrase.mention is not None:
        return joint_before(reading, phrase.mention) or phrase
    if phrase is not None and phrase.kind is PhraseKind.ROLE and cut < end:
        definite = words[end - 1].lower in word_set("definite")
        unnamed = words[first].lower in word_set("unnamed") | word_set("plurals") | word_set("quantities")
        alone = unnamed and not _has_person(reading, first, end)
        if definite or (alone and words[cut].lower == "yang"):  # `seorang warga yang menolak disebut namanya`
            return Phrase(PhraseKind.ROLE, span_of(reading, first, end - 1))
    return phrase


def sentence_subject(reading: Reading, sentence: Span) -> Phrase | None:
    """Return the subject that a sentence begins with, past its lead-in and phrases of time and place."""
    words = reading.words
    start = sentence.start
    dateline = reading.document.dateline
    if dateline and dateline.start <= start < dateline.end:
        start = dateline.end
    places = reading.words_in(Span(start, sentence.end))
    j = places.start
    for _ in range(3):
        while j < places.stop and words[j].lower in word_set("lead_ins"):
            j += 1
        if j >= places.stop or not (
            words[j].lower in word_set("prepositions") | word_set("subordinators") | word_set("weekdays")
            or _is_time(reading, j)
        ):
            break
        comma = next(
            (k for k in range(j + 1, min(j + 25, places.stop)) if "," in reading.gap_before(k)), None
        )
        if comma is None:
            return None
        j = comma
    end = next((k for k in range(j, min(j + 20, places.stop)) if _ends_subject(reading, j, k)), None)
    if end is None or end == j:
        return None
    phrase = read_phrase(reading, j, end)
    if phrase is None and words[j].lower in word_set("quantities") and end - j > 1:
        phrase = Phrase(PhraseKind.ROLE, span_of(reading, j, end - 1))
    described = phrase is not None and (phrase.kind is PhraseKind.ROLE or phrase.mention is None)
    named = apposed_name(reading, end, sentence.end) if described else None
    if named is None:
        return phrase
    return name_phrase(reading, named, span_of(reading, j, end - 1))


def _is_time(reading: Reading, at: int) -> bool:
    """Whether a count of time begins at a word (`Beberapa jam kemudian, …`)."""
    words = reading.words
    if at + 1 >= len(words) or words[at].lower not in word_set("quantities"):
        return False
    return words[at + 1].lower in word_set("time_units")


def _ends_subject(reading: Reading, first: int, at: int) -> bool:
    word = reading.words[at]
    if reading.mention_over(word.start) is not None:
        return False
    if at > first and re.search(r"[,;:(]", reading.gap_before(at)):
        return True
    return word.lower in word_set("adverbs") | {"yang", "dan"} - {"dan"} or cues.shows_clause([word.lower])
