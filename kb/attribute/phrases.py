"""Speaker phrases: the words beside a cue that name or stand for the speaker.

After a tag the phrase begins at once (`kata Ketua DPR Rina Wulan di Jakarta`); before a verb it is the subject of
the verb's clause, which may be cut off by appositions and relative clauses (`Rina Wulan, yang memimpin DPR,
mengatakan`). Both end in `read_phrase`, which reads one noun phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.attribute.reading import Reading, Word
from kb.lexicon import word_list, word_set
from kb.model import EntityType, Span

_BREAK = re.compile(r"[,.;:?!…\n\"“”«»„]|[-–—](?=\s|$)|(?<=\s)[-–—]|\(")
_FULL_BREAK = re.compile(r"[.;:?!\n\"“”«»]|(?<=\s)[-–—]+(?=\s)|\)\s*[-–—]")
MAX_SEGMENTS = 3
"""How many segments between commas a title may have."""

MAX_SUBJECT = 45
"""How many words before a verb are searched for its subject."""


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
    """Return the span from one word to another, both included."""
    return Span(reading.words[first].start, reading.words[last].end)


def phrase_after(reading: Reading, at: int, limit: int) -> Phrase | None:
    """Return the speaker phrase that begins at word `at` and ends before position `limit`; None if none does."""
    words = reading.words
    if at >= len(words) or words[at].start >= limit:
        return None
    end = _end_after(reading, at, limit)
    phrase = read_phrase(reading, at, end)
    if phrase is None:
        return None
    if phrase.kind is PhraseKind.NAME and phrase.mention is not None:
        return _joint(reading, phrase.mention, Span(phrase.span.start, limit)) or phrase
    if phrase.kind is PhraseKind.ROLE or (
        phrase.kind is PhraseKind.NAME and words[at].lower in _role_heads()
    ):
        named = _apposed_name(reading, end, limit)
        if named is not None:
            return Phrase(PhraseKind.NAME, reading.mentions[named].span, named, span_of(reading, at, end - 1))
    return phrase


def _end_after(reading: Reading, at: int, limit: int) -> int:
    """Return the place behind the last word of the phrase that begins at `at`."""
    words, ends = reading.words, word_set("speaker_ends")
    described = is_description(reading, at)
    relative = words[at].text in word_set("persons") and at + 1 < len(words) and words[at + 1].text == "yang"
    j = at
    while j < len(words) and words[j].start < limit and j - at < 25:
        inside_name = reading.mention_over(words[j].start)
        begun = inside_name is not None and reading.mentions[inside_name].span.start < words[j].start
        if j > at and not begun:
            behind = _past_bracket(reading, j)
            if described and behind is not None and behind - at < 25:
                j = behind
                continue
            if _BREAK.search(_open_gap(reading, j)):
                break
            stays = (
                described
                and words[j].text in word_set("joiners")
                and _first_person_in(reading, at, j) is None
            )
            if relative:  # `pria yang pernah bermain dengan Rina`
                j += 1
                continue
            if words[j].text in ends and not stays and not (words[j].lower == "dan" and _joins(reading, j)):
                break
            if words[j].lower == "yang" and not described:
                break
        j += 1
    return j


def _open_gap(reading: Reading, at: int) -> str:
    """Return the gap before a word, without the dot of a title, an initial or a degree (`Dr. Rina`, `S.Gz`)."""
    gap = reading.break_before(at)
    if at and gap.startswith("."):
        before = reading.words[at - 1]
        if gap == "." or len(before.text) == 1 or before.lower in title_words():
            return gap[1:] or " "
    return gap


def _past_bracket(reading: Reading, at: int) -> int | None:
    """Return the place behind the bracket that opens before word `at`; None if none does or it does not close."""
    if reading.gap_before(at).strip() != "(":
        return None
    for j in range(at + 1, min(at + 8, len(reading.words))):
        gap = reading.gap_before(j)
        if ")" in gap:
            return j if gap.strip() == ")" else None
    return None


def _joins(reading: Reading, at: int) -> bool:
    """Whether the `dan` at `at` joins two names, or stands inside a longer description."""
    nxt = at + 1
    return nxt < len(reading.words) and (
        reading.words[nxt].capital or reading.words[at - 1].lower in _role_heads()
    )


def _first_person_in(reading: Reading, first: int, end: int) -> int | None:
    span = Span(reading.words[first].start, reading.words[end - 1].end)
    return next((i for i in reading.mentions_in(span) if reading.mentions[i].type is EntityType.PER), None)


def _apposed_name(reading: Reading, at: int, limit: int) -> int | None:
    """Return the person whose name follows a description behind a comma (`kata juru bicara X, Rina Wulan, …`).

    A title may itself hold commas (`Kepala Biro Humas, Data, dan Informasi, Rina`): capitalised segments are passed.
    """
    words = reading.words
    for _ in range(MAX_SEGMENTS):
        if at >= len(words) or words[at].start >= limit or reading.gap_before(at).strip() not in (",", "),"):
            return None
        first = skip_titles(reading, at)
        i = reading.mention_over(words[first].start)
        if i is not None and reading.mentions[i].type is EntityType.PER:
            return i if reading.mentions[i].span.start == words[first].start else None
        while (
            at < len(words)
            and words[at].start < limit
            and (words[at].capital or words[at].lower in ("dan", "serta"))
        ):
            i = reading.mention_over(words[at].start)
            if i is not None and reading.mentions[i].type is EntityType.PER:
                return i
            at += 1
            if at < len(words) and "," in reading.break_before(at):
                break
        else:
            return None
    return None


def skip_titles(reading: Reading, at: int) -> int:
    """Return the place of the first word at or after `at` that is no title (`Prof`, `Pak`)."""
    titles = title_words()
    while at + 1 < len(reading.words) and reading.words[at].lower in titles:
        if reading.mention_over(reading.words[at].start) is not None:
            break
        at += 1
    return at


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
            return Phrase(PhraseKind.NAME, reading.mentions[inside[-1]].span, inside[-1])
        return None
    if i is not None and not people and reading.mentions[i].span.start >= words[first].start:
        return _joint(reading, i, whole) or Phrase(PhraseKind.NAME, reading.mentions[i].span, i)
    if described or words[first].lower in word_set("org_heads") | word_set("media_heads"):
        return _headed_phrase(reading, first, whole)
    return _untagged_name(reading, first, end)


def _person_phrase(reading: Reading, first: int, end: int, people: list[int]) -> Phrase | None:
    """Read a phrase with a person's name in it: the name itself, or the description of somebody else."""
    words, mention = reading.words, reading.mentions[people[0]]
    at = reading.word_at(mention.span.start)
    whole = span_of(reading, first, end - 1)
    if at == skip_titles(reading, first):
        joint = _joint(reading, people[0], whole)
        return joint or Phrase(PhraseKind.NAME, mention.span, people[0])
    if at > first and words[at - 1].lower in word_set("namings"):  # `penumpang bernama Rina itu`
        return Phrase(PhraseKind.NAME, mention.span, people[0], Span(words[first].start, words[at - 1].end))
    if words[end - 1].lower in word_set("definite"):  # `kakak Rina Wulan itu`
        return Phrase(PhraseKind.ROLE, whole)
    if any(w.lower == "yang" for w in words[first:at]):
        return Phrase(PhraseKind.ROLE, whole)
    if words[at - 1].lower in word_set("kin"):
        return Phrase(PhraseKind.ROLE, whole)
    if is_description(reading, first) or words[first].capital or words[first].lower in word_set("org_heads"):
        last = people[-1] if _adjacent_or_bracketed(reading, people) else people[0]
        role = Span(
            words[first].start, words[max(first, reading.word_at(reading.mentions[last].span.start) - 1)].end
        )
        return Phrase(PhraseKind.NAME, reading.mentions[last].span, last, role)
    ends = mention.span.end >= words[end - 1].end
    if ends and words[at - 1].lower not in word_set("prepositions") | word_set("speaker_ends"):
        return Phrase(PhraseKind.NAME, mention.span, people[0])  # `tiba-tiba Rina mengaku`
    return None


def _adjacent_or_bracketed(reading: Reading, people: list[int]) -> bool:
    """Whether the last of several names is the speaker's own (`ajudan Rina Budi Santoso` is not settled: the first)."""
    return (
        len(people) > 1
        and reading.gap_before(reading.word_at(reading.mentions[people[-1]].span.start)).strip() == ""
    )


def _joint(reading: Reading, i: int, whole: Span) -> Phrase | None:
    """Read names joined by `dan`, `serta` or commas as one speaker."""
    end = reading.mentions[i].span.end
    last = i
    for j in range(i + 1, len(reading.mentions)):
        mention = reading.mentions[j]
        if mention.span.start >= whole.end:
            break
        between = reading.body[end : mention.span.start].strip()
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


def _headed_phrase(reading: Reading, first: int, whole: Span) -> Phrase:
    """Read a phrase headed by a role or a common noun for an organisation."""
    words = reading.words
    if words[first].lower in word_set("media_heads") | {"kelompok", "lembaga", "organisasi", "pihak", "kubu"}:
        inside = [i for i in reading.mentions_in(whole) if reading.mentions[i].type is EntityType.ORG]
        if inside and reading.mentions[inside[-1]].span.end == whole.end:
            return Phrase(PhraseKind.NAME, reading.mentions[inside[-1]].span, inside[-1])
    return Phrase(PhraseKind.ROLE, whole)


def _untagged_name(reading: Reading, first: int, end: int) -> Phrase | None:
    """Read capitalised words that the tagger passed over as a name; one word that begins a sentence is none."""
    j = skip_titles(reading, first)
    start = j
    if reading.words[j].lower in word_set("never_names"):
        return None
    while j < end and reading.words[j].capital:
        j += 1
    if j == start or (j == start + 1 and _begins_sentence(reading, start)):
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
    return lower in _role_heads() or pair in _role_heads()


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
    return _subject(reading, low, j, relative=relative)


def _before_adverbs(reading: Reading, at: int, low: int) -> int:
    """Return the place before the adverbs that end at `at` (`juga`, `secara terbuka`, `dengan tegas`, `saat itu`)."""
    words, j = reading.words, at
    while j >= low and not _BREAK.search(reading.gap_after(j)):
        if j > low and _is_adverbial(words[j], words[j - 1].lower):
            j -= 2
        elif words[j].lower in word_set("adverbs"):
            j -= 1
        else:
            break
    return j


def _is_adverbial(word: Word, head: str) -> bool:
    """Whether two words are an adverbial of manner or time (`secara terbuka`, `saat itu`)."""
    if head in ("saat", "kala", "waktu"):
        return word.lower in ("itu", "ini")
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
    if not segments:
        return None
    first, end = segments[-1]
    closed = "," in reading.gap_after(last)
    if len(segments) > 1 and (
        _is_aside(reading, first, end, closed=closed) or _follows_name(reading, segments)
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
        gap = _open_gap(reading, j)
        if j > low and not _BREAK.search(gap):
            continue
        first = j
        while first < last and reading.words[first].lower in word_set("lead_ins"):
            first += 1
        named = _first_person_in(reading, first, last + 1)
        if named is not None and reading.mentions[named].span.start == reading.words[first].start:
            return _read_core(reading, first, last + 1)
        if is_description(reading, first):
            return read_phrase(reading, first, last + 1)
        if _FULL_BREAK.search(gap):
            return None
    return None


def _segments(reading: Reading, low: int, last: int) -> list[tuple[int, int]]:
    """Cut the words before a verb at commas and at words that begin a clause; return ``[first, end)`` pairs."""
    segments, end = [], last + 1
    j = last
    while j >= low:
        gap = _open_gap(reading, j)
        opens_clause = words_begin_clause(reading, j) and not _inside_relative(reading, low, j)
        if opens_clause:
            if j + 1 < end:
                segments.append((j + 1, end))
            return segments[::-1]
        if j == low or _FULL_BREAK.search(gap):
            segments.append((j, end))
            return segments[::-1]
        if "," in gap:
            segments.append((j, end))
            end = j
        j -= 1
    return segments[::-1]


def words_begin_clause(reading: Reading, at: int) -> bool:
    """Whether the word at `at` begins a clause and so ends the search for a subject."""
    return reading.words[at].lower in word_set("subordinators")


def _inside_relative(reading: Reading, low: int, at: int) -> bool:
    """Whether `at` stands in a relative clause that began shortly before (`orang yang saat itu memimpin`)."""
    return any(w.lower == "yang" for w in reading.words[max(low, at - 2) : at])


def _is_aside(reading: Reading, first: int, end: int, *, closed: bool) -> bool:
    """Whether the segment before a verb is an aside on the subject (`…, yang memimpin sidang, mengatakan`)."""
    head = reading.words[first].lower
    if head in ("yang", "selaku", "sebagai", "dari", "yakni", "yaitu", "atau"):
        return True
    if _has_person(reading, first, end):
        return False
    if head in word_set("prepositions") or head.isdigit():
        return True
    return closed and (is_description(reading, first) or not reading.words[first].capital)


def _follows_name(reading: Reading, segments: list[tuple[int, int]]) -> bool:
    """Whether the last segment describes the person named just before (`Rina Wulan, ibu dari Bima Wulan, mengatakan`),
    or holds only degrees (`Rina Wulan, M.Si, mengatakan`)."""
    (first, end), (last_first, last_end) = segments[-2], segments[-1]
    i = reading.mention_over(reading.words[skip_titles(reading, first)].start)
    if i is None or reading.mentions[i].type is not EntityType.PER:
        return False
    if reading.mentions[i].span.end < reading.words[end - 1].end:
        return False
    words = [w.text for w in reading.words[last_first:last_end]]
    if all(len(w) <= 3 for w in words):
        return True
    return reading.words[last_first].text[0].islower() and is_description(reading, last_first)


def _aside_owner(reading: Reading, segments: list[tuple[int, int]]) -> Phrase | None:
    """Return the subject that an aside belongs to: the nearest earlier segment with a name."""
    for first, end in reversed(segments[:-1]):
        span = span_of(reading, first, end - 1)
        if reading.mentions_in(span) or is_description(reading, first):
            return _read_core(reading, first, end)
    return None


def _has_person(reading: Reading, first: int, end: int) -> bool:
    return _first_person_in(reading, first, end) is not None


def _read_core(reading: Reading, first: int, end: int) -> Phrase | None:
    """Read a subject without its relative clause (`Rina yang memimpin rapat`) and leading adverbs."""
    words = reading.words
    while first < end and words[first].lower in word_set("lead_ins"):
        first += 1
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
            if words[j].text in ("yang", "selaku", "atau", "dalam", "melalui", "lewat")
        ),
        end,
    )
    phrase = read_phrase(reading, first, cut)
    if (
        phrase is not None
        and phrase.kind is PhraseKind.ROLE
        and cut < end
        and words[end - 1].lower in word_set("definite")
    ):
        return Phrase(PhraseKind.ROLE, span_of(reading, first, end - 1))
    return phrase


def _pronouns() -> frozenset[str]:
    return frozenset(line.split()[0] for line in word_list("pronouns"))


def _role_heads() -> frozenset[str]:
    return word_set("roles")


def title_words() -> frozenset[str]:
    """Return the words that titles are made of, lower-case."""
    return frozenset(w for line in word_set("titles") for w in line.replace(".", "").split())
