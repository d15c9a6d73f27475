"""The tag behind a quotation: `“…,” kata S`, `“…,” katanya`, `“…,” demikian pernyataan S`, `“…,” dia menambahkan`."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.attribute import cues
from kb.attribute.agents import described_after, phrase_after
from kb.attribute.drafts import Draft
from kb.attribute.marks import Quoted
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.relays import cited_behind, skip_relay_words
from kb.attribute.subjects import phrase_before
from kb.lexicon import word_set
from kb.model import QuoteKind, Span

_CLOSE_GAP = re.compile(r"[\s,.;”\"’']*(?:[-–—]\s*)?")


def choose_tagged(reading: Reading, quoted: Quoted) -> Draft | None:
    """Read the tag behind a stretch: `kata S`, `katanya`, `demikian pernyataan S`, `dia menambahkan`."""
    if not quoted.inner:
        return None
    limit = _limit_behind(reading, quoted)
    content = quoted.inner
    at = reading.word_at(quoted.outer.end)
    if not quoted.closed:
        found = _tag_inside(reading, quoted)
        if found is None:
            return None
        at, content = found
        limit = quoted.outer.end
    if at >= len(reading.words):
        return None
    words = reading.words
    gap = reading.body[quoted.outer.end if quoted.closed else content.end : words[at].start]
    if not _CLOSE_GAP.fullmatch(gap) or (
        "." in gap and words[at].capital
    ):  # behind a full stop: a new sentence
        return None
    tag_at = at
    while words[at].lower in ("demikian", "begitu", "begitulah", "demikianlah") and at + 1 < len(words):
        at += 1
    readers = (_suffixed_tag, _bare_tag, _noun_tag, _clause_tag, _relay_tag)
    for read in (*readers, _thus_tag) if at > tag_at else readers:
        draft = read(reading, content, at, limit)
        if draft is not None:
            phrase = draft.phrase and cited_behind(reading, draft.phrase, limit)
            return replace(draft, anchor=quoted.outer.start, phrase=phrase)
    return None


def _limit_behind(reading: Reading, quoted: Quoted) -> int:
    """Return where the tag of a stretch must end: at the paragraph's end or the next quoted stretch."""
    paragraph = reading.paragraphs[reading.paragraph_number(quoted.outer.start)]
    end = paragraph.end
    at = reading.word_at(quoted.outer.end)
    if at < len(reading.words) and reading.words[at].start >= end and cues.tag(reading.words[at].lower):
        end = reading.paragraphs[reading.paragraph_number(reading.words[at].start)].end
    following = reading.quoted_from(quoted.outer.end)
    return min(following.outer.start, end) if following else end


def _tag_inside(reading: Reading, quoted: Quoted) -> tuple[int, Span] | None:
    """Find the tag that follows a stretch whose closing mark is lost (`“Kami siap, kata Rina.`)."""
    for at in reading.words_in(quoted.inner):
        tag = cues.tag(reading.words[at].lower)
        if tag and tag.safe and re.search(r"[,.?!]\s*$", reading.gap_before(at)):
            end = reading.words[at - 1].end if at else quoted.inner.start
            return at, Span(quoted.inner.start, end)
    return None


def _suffixed_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    word = reading.words[at]
    tag = cues.tag(word.lower) or cues.misspelt_tag(word.lower)
    span = Span(word.start, word.end)
    if word.start >= limit or tag is None:
        return None
    if not tag.suffixed:
        following = reading.words[at + 1] if at + 1 < len(reading.words) else None
        if following is None or following.lower != "nya":
            return None
        span = Span(word.start, following.end)
    phrase = Phrase(PhraseKind.SUFFIX, span)
    return Draft(QuoteKind.DIRECT, content, "direct-tag-nya", content.start, span, tag.polarity, phrase)


def _bare_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    word = reading.words[at]
    tag = cues.tag(word.lower) or cues.misspelt_tag(word.lower)
    if word.start >= limit or tag is None or tag.suffixed:
        return None
    first = at + 1
    skipped = word_set("tag_fillers") | word_set("speech_nouns") | word_set("speech_noun_adjectives")
    while first < len(reading.words) and reading.words[first].text in skipped:
        first += 1
    phrase = phrase_after(reading, first, limit)
    if phrase is None and reading.body[content.end - 1] in ",.?!":
        phrase = described_after(reading, first, limit)
    head = reading.words[first].lower if first < len(reading.words) else ""
    pointed = head in word_set("definite") and first > at + 1  # `lanjut pernyataan tersebut`
    documented = head in word_set("document_heads")  # `tulis petitum itu`: nobody's words
    if phrase is None and not (tag.safe or pointed or documented):
        return None
    return Draft(
        QuoteKind.DIRECT,
        content,
        "direct-tag",
        content.start,
        Span(word.start, word.end),
        tag.polarity,
        phrase,
        carries=phrase is None and not documented,
    )


def _noun_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    """Read `demikian pernyataan (resmi|bersama|tertulis) S`."""
    words = reading.words
    if words[at].start >= limit or words[at].lower not in word_set("speech_nouns"):
        return None
    first = at + 1
    while first < len(words) and words[first].lower in word_set("speech_noun_adjectives") | {"dari", "oleh"}:
        first += 1
    phrase = phrase_after(reading, first, limit)
    pointed = first < len(words) and words[first].lower in word_set("definite")  # `bunyi pernyataan tersebut`
    if phrase is None and not pointed:
        return None
    return Draft(
        QuoteKind.DIRECT,
        content,
        "direct-noun",
        content.start,
        Span(words[at].start, words[at].end),
        phrase=phrase,
        carries=phrase is None,
    )


def _thus_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    """Read `“…,” demikian S (dalam pernyataannya)`."""
    words = reading.words
    phrase = phrase_after(reading, at, limit)
    if phrase is None or phrase.mention is None:
        return None
    span = Span(words[at - 1].start, words[at - 1].end)
    return Draft(QuoteKind.DIRECT, content, "direct-noun", content.start, span, phrase=phrase)


def _clause_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    """Read a whole clause as a tag: `“…,” dia menambahkan.`, `“…,” Rina Wulan menjelaskan.`"""
    words = reading.words
    for j in range(at + 1, min(at + 9, len(words))):
        if words[j].start >= limit or re.search(r"[.;:?!]\s", reading.gap_before(j)):
            return None
        verb = cues.verb(words[j].lower)
        if verb is None:
            continue
        phrase = phrase_before(reading, j, words[at].start)
        following = words[j + 1].lower if j + 1 < len(words) else ""
        ends = re.match(r"\s*(?:[.,]|$|\n)", reading.gap_after(j)) or following in word_set("prepositions")
        leads = words[j].end < limit < len(reading.body) and reading.body[limit] in "\"“”'‘«"
        if leads and reading.body[content.end - 1] == "." and not reading.words_in(Span(words[j].end, limit)):
            return None  # `“….” Rina menambahkan, “…”`
        if phrase is None or not ends or words[at].lower in word_set("subordinators"):
            return None
        return Draft(
            QuoteKind.DIRECT,
            content,
            "direct-clause",
            content.start,
            Span(words[j].start, words[j].end),
            verb.polarity,
            phrase,
        )
    return None


def _relay_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    """Read `“…,” dikutip dari M` with nobody else named."""
    words = reading.words
    if words[at].lower in ("seperti", "sebagaimana"):
        at += 1
    if at >= len(words) or words[at].start >= limit or not cues.is_relay(words[at].lower):
        return None
    phrase = phrase_after(reading, skip_relay_words(reading, at + 1), limit)
    if phrase is None:
        return None
    return Draft(
        QuoteKind.DIRECT,
        content,
        "direct-relay",
        content.start,
        Span(words[at].start, words[at].end),
        phrase=phrase,
    )
