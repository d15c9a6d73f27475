"""Cues inserted in what they report: `menurut S`, `kata S`, `dijelaskan S`, before, behind or inside the clause."""

from __future__ import annotations

from kb.attribute import cues
from kb.attribute.agents import phrase_after
from kb.attribute.contents import clause_floor, content_around, content_start
from kb.attribute.hits import Hit
from kb.attribute.phrases import BREAK, Phrase, PhraseKind, is_description
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import Polarity, Span

_LIKE = frozenset(("seperti", "sebagaimana", "demikian"))


def choose_according_hit(reading: Reading, sentence: Span, at: int) -> Hit | None:
    """`Menurut S, C`; `C, menurut S`; `C1, menurut S, C2`; `menurutnya`; `Berdasarkan keterangan S, C`."""
    words = reading.words
    if words[at].lower == "menurutnya":
        phrase: Phrase | None = Phrase(PhraseKind.SUFFIX, Span(words[at].start, words[at].end))
        end = at + 1
    elif words[at].lower == "menurut" or _opens_testimony(reading, sentence, at):
        first = at + 1
        while first < len(words) - 1 and words[first].lower in word_set("according_words"):
            first += 1
        if first >= len(words) or words[first].start >= sentence.end:
            return None
        if words[first].lower in word_set("not_speakers"):
            return None
        phrase = phrase_after(reading, first, sentence.end)
        if phrase is None:
            return None
        end = _past_apposition(reading, sentence, max(reading.word_at(phrase.span.end), at + 1))
    else:
        return None
    content = content_around(reading, sentence, at, end)
    relative = at > 1 and words[at - 1].lower == "yang" and "," in reading.gap_before(at - 1)
    if content and relative and end < len(words):  # `…, yang menurut Rina C`
        content = Span(words[end].start, sentence.end) if words[end].start < sentence.end else None
    if content and "," in reading.gap_before(end) and cues.tag(words[reading.word_at(content.start)].lower):
        return None  # `Menurut saksi, kata Rina, C` is told by Rina
    return (
        Hit(at, "indirect-according", Polarity.ASSERTS, phrase, content, start=words[at].start)
        if content
        else None
    )


def _opens_testimony(reading: Reading, sentence: Span, at: int) -> bool:
    """Whether `berdasarkan keterangan`, `dari pengakuan` with a speaker behind it stands first in its clause."""
    words = reading.words
    if words[at].lower not in ("berdasarkan", "dari", "merujuk") or at + 2 >= len(words):
        return False
    if words[at + 1].lower not in word_set("testimonies") or BREAK.search(reading.gap_before(at + 2)):
        return False
    if words[at + 2].lower in word_set("definite"):
        return False
    before = reading.words_in(Span(sentence.start, words[at].start))
    if before and cues.verb(words[at - 1].lower):  # `Rina mengatakan, berdasarkan keterangan saksi, C`
        return False
    return "," in reading.gap_before(at) or all(words[i].lower in word_set("lead_ins") for i in before)


def _past_apposition(reading: Reading, sentence: Span, at: int) -> int:
    """Return the place behind a description between commas (`menurut Rina Wulan, ketua panitia, …`) or an addressee
    (`menurut Rina Wulan kepada polisi, …`)."""
    words = reading.words
    if at >= len(words):
        return at
    described = "," in reading.gap_before(at) and is_description(reading, at)
    if not described and words[at].lower != "kepada":
        return at
    for j in range(at + 1, min(at + 12, len(words))):
        if words[j].start >= sentence.end or cues.is_predicate(words[j].lower):
            return at
        if "," in reading.break_before(j):
            return j
    return at


def choose_tag_hit(reading: Reading, sentence: Span, at: int) -> Hit | None:
    """`C, kata S, (Rabu …)`; `C1, kata dia, C2`; `Kata S, C`; `C, katanya.`"""
    words = reading.words
    tag = cues.tag(words[at].lower)
    if tag is None:
        return None
    first = words[at].start == sentence.start or not words[at].text[0].islower()
    comma = "," in reading.gap_before(at) or reading.gap_before(at).strip().endswith(("?", "!"))
    if tag.suffixed:
        comma_behind = reading.gap_after(at).strip().startswith((",", ".")) or at + 1 == len(words)
        if not (comma and (comma_behind or words[at + 1].lower in word_set("prepositions"))):
            return None
        phrase: Phrase | None = Phrase(PhraseKind.SUFFIX, Span(words[at].start, words[at].end))
        end = at + 1
    else:
        if not comma and not (first and tag.safe) and tag.form != "kata":
            return None
        phrase = phrase_after(reading, at + 1, sentence.end)
        if phrase is None or not _tag_speaker(phrase, comma=comma, safe=tag.safe):
            return None
        end = reading.word_at(phrase.span.end)
        if (
            first
            and at == reading.word_at(sentence.start)
            and (end >= len(words) or "," not in reading.gap_before(end))
        ):
            return None
    content = content_around(reading, sentence, at, end)
    return Hit(at, "indirect-tag", tag.polarity, phrase, content, start=words[at].start) if content else None


def _tag_speaker(phrase: Phrase, *, comma: bool, safe: bool) -> bool:
    """Whether a phrase behind a tag without marks is sure enough to be a speaker."""
    if not comma or not safe:
        return phrase.mention is not None or phrase.kind is PhraseKind.PRONOUN
    return True


def choose_passive_hit(reading: Reading, sentence: Span, at: int) -> Hit | None:
    """`Dijelaskan (oleh) S, C`; `C, (seperti) disampaikan S`; `Dikatakannya, C`; `Disebutkan, C` (nobody)."""
    words = reading.words
    lower = words[at].lower
    n_before = len(reading.words_in(Span(sentence.start, words[at].start)))
    if cues.is_passive_suffixed(lower):
        if n_before and words[at - 1].lower in word_set("prepositions") | {"yang"}:
            return None
        if _points_back(reading, sentence, n_before):
            return None
        phrase: Phrase | None = Phrase(PhraseKind.SUFFIX, Span(words[at].start, words[at].end))
        end = at + 1
    elif (
        not cues.is_passive(lower)
        or _points_back(reading, sentence, n_before)
        or (n_before and words[at - 1].lower in ("yang", "telah", "akan", "juga"))
    ):
        return None
    elif n_before <= 3 and _is_impersonal(reading, at):
        content = Span(content_start(reading, sentence, at), sentence.end)
        return Hit(at, "indirect-impersonal", Polarity.ASSERTS, None, content, start=words[at].start)
    else:
        first = at + 2 if at + 1 < len(words) and words[at + 1].lower == "oleh" else at + 1
        phrase = phrase_after(reading, first, sentence.end)
        like = n_before > 0 and words[at - 1].lower in _LIKE
        inserted = n_before <= 2 or "," in reading.gap_before(at) or like
        named = phrase is not None and (phrase.mention is not None or phrase.kind is PhraseKind.PRONOUN)
        if phrase is None or not inserted or not (named or like):
            return None
        end = reading.word_at(phrase.span.end)
    if n_before and words[at - 1].lower in _LIKE and "," not in reading.gap_before(end):
        content_or_none: Span | None = Span(clause_floor(reading, sentence, at), words[at - 1].start)
    else:
        content_or_none = content_around(reading, sentence, at, end)
    if content_or_none is None:
        return None
    return Hit(at, "indirect-passive", Polarity.ASSERTS, phrase, content_or_none, start=words[at].start)


def _is_impersonal(reading: Reading, at: int) -> bool:
    """Whether a comma follows a passive, or the `pula` behind it (`Disebutkan pula, C`)."""
    words = reading.words
    more = at + 1 < len(words) and words[at + 1].lower in ("pula", "juga", "sebelumnya")
    return reading.gap_after(at + more).strip().startswith(",")


def _points_back(reading: Reading, sentence: Span, n_before: int) -> bool:
    """Whether the words before a passive only point to what was said (`Hal itu disampaikan S`, `Pesan ini …`)."""
    if not 0 < n_before <= 4:
        return False
    first = reading.word_at(sentence.start)
    words = reading.words[first : first + n_before]
    subject = words[-1].lower in word_set("definite") and words[0].lower not in word_set("prepositions")
    return subject or all(w.lower in word_set("pointers") for w in words)
