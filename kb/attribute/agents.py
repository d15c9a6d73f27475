"""The speaker phrase behind a cue: `kata Ketua DPR Rina Wulan di Jakarta`, `menurut juru bicara X, Rina Wulan,`."""

from __future__ import annotations

from kb.attribute.phrases import (
    BREAK,
    Phrase,
    PhraseKind,
    first_person_in,
    is_description,
    joint_phrase,
    name_phrase,
    open_gap,
    read_phrase,
    role_heads,
    skip_titles,
    span_of,
)
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import EntityType, Span
from kb.names import role_short_forms

MAX_PHRASE = 25
"""Most words of a speaker phrase."""
MAX_SEGMENTS = 3
"""How many segments between commas a title may have."""


def phrase_after(reading: Reading, at: int, limit: int) -> Phrase | None:
    """Return the speaker phrase that begins at word `at` and ends before position `limit`; None if none does."""
    words = reading.words
    if at >= len(words) or words[at].start >= limit:
        return None
    end = _end_after(reading, at, limit)
    phrase = read_phrase(reading, at, end)
    if phrase is None:
        return None
    kin = {w.lower() for w in phrase.role.of(reading.body).split()} if phrase.role else set[str]()
    if phrase.kind is PhraseKind.NAME and phrase.mention is not None and kin & word_set("kin"):
        named = apposed_name(reading, end, limit)  # `kata bapak angkat Rina, Budi Santoso`
        if named is not None:
            return name_phrase(reading, named, span_of(reading, at, end - 1))
    if phrase.kind is PhraseKind.NAME and phrase.mention is not None:
        return joint_phrase(reading, phrase.mention, Span(phrase.span.start, limit)) or phrase
    if words[end - 1].lower in word_set("definite"):  # `menurut surat kabar itu, Rina …` names nobody
        return phrase
    if phrase.kind is PhraseKind.ROLE or (phrase.kind is PhraseKind.NAME and phrase.mention is None):
        papers = word_set("media_heads") | word_set("document_heads")
        named = None if words[at].lower in papers else apposed_name(reading, end, limit)
        if named is None:
            named = _apposed_organisation(reading, phrase, end, limit)
        if named is not None:
            return name_phrase(reading, named, span_of(reading, at, end - 1))
    return phrase


def described_after(reading: Reading, at: int, limit: int) -> Phrase | None:
    """Return the description behind a tag whose head we do not know (`kata mempelai pria itu`): any noun will do.

    Only behind a quotation, where nothing but a speaker can follow a tag without a comma.
    """
    words = reading.words
    if at >= len(words) or words[at].start >= limit or reading.gap_before(at) != " ":
        return None
    stops = word_set("prepositions") | word_set("adverbs") | word_set("manners") | word_set("speaker_ends")
    stops |= word_set("definite") | word_set("document_heads") | {"yang"}
    if not words[at].text.islower() or not words[at].text.isalpha() or words[at].lower in stops:
        return None
    end = _end_after(reading, at, limit)
    named = apposed_name(reading, end, limit)
    if named is not None:
        return name_phrase(reading, named, span_of(reading, at, end - 1))
    return Phrase(PhraseKind.ROLE, span_of(reading, at, end - 1))


def _end_after(reading: Reading, at: int, limit: int) -> int:
    """Return the place behind the last word of the phrase that begins at `at`."""
    words = reading.words
    described = is_description(reading, at)
    relative = words[at].text in word_set("persons") and at + 1 < len(words) and words[at + 1].text == "yang"
    j = at
    while j < len(words) and words[j].start < limit and j - at < MAX_PHRASE:
        inside_name = reading.mention_over(words[j].start)
        begun = inside_name is not None and reading.mentions[inside_name].span.start < words[j].start
        if j > at and not begun:
            behind = _past_bracket(reading, j)
            if described and behind is not None and behind - at < MAX_PHRASE:
                j = behind
                continue
            if BREAK.search(open_gap(reading, j)):
                break
            if described and words[j].text in word_set("definite"):  # `dosen hukum ini`
                return j + 1
            if not relative and _ends_before(reading, at, j):  # but `pria yang pernah bermain dengan Rina`
                break
        j += 1
    return j


def _ends_before(reading: Reading, at: int, j: int) -> bool:
    """Whether the phrase that begins at `at` is over before the word at `j`."""
    words, described = reading.words, is_description(reading, at)
    if _is_office(reading, at, j) and words[j].lower in word_set("prepositions"):
        return True
    if words[at].text in word_set("org_heads") and words[j].text in word_set("adverbs") | word_set(
        "quantities"
    ):
        return True  # `menurut militer telah …`: a clause goes on
    stays = described and words[j].text in word_set("joiners") and first_person_in(reading, at, j) is None
    if words[j].text in word_set("speaker_ends") and not stays:
        return not (words[j].lower == "dan" and _joins(reading, j))
    return words[j].lower == "yang" and not described


def _is_office(reading: Reading, first: int, end: int) -> bool:
    """Whether words are an office complete in one word (`kata Mendagri di Ambon`, but `kata peneliti di Ambon`)."""
    return end == first + 1 and reading.words[first].lower in role_short_forms()


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
        reading.words[nxt].capital
        or reading.words[at - 1].lower in role_heads()
        or is_description(reading, nxt)
    )


def _apposed_organisation(reading: Reading, phrase: Phrase, at: int, limit: int) -> int | None:
    """Return the organisation between commas behind a common noun for it (`menurut lembaga siaran, TVX, …`)."""
    words = reading.words
    heads = word_set("org_heads") | word_set("media_heads")
    if phrase.kind is not PhraseKind.ROLE or at >= len(words) or words[at].start >= limit:
        return None
    i = reading.mention_over(words[at].start)
    if (
        i is None
        or reading.gap_before(at).strip() != ","
        or words[reading.word_at(phrase.span.start)].lower not in heads
    ):
        return None
    mention = reading.mentions[i]
    closed = reading.body[mention.span.end : mention.span.end + 1] in (",", "")
    return i if mention.type is EntityType.ORG and mention.span.start == words[at].start and closed else None


def apposed_name(reading: Reading, at: int, limit: int) -> int | None:
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
