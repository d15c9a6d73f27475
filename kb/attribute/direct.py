"""Direct speech: which quoted stretches are utterances, and which phrase names their speaker.

A quoted stretch is speech when a tag follows it (`“…,” kata S`), when a reporting verb, a colon or a noun of saying
leads to it (`S mengatakan, “…”`), or when it goes on from one that is (`“…,” kata S. “…”`, and whole paragraphs).
All others are titles, names, slogans, or fragments of a paraphrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.attribute import cues
from kb.attribute.drafts import Draft
from kb.attribute.marks import Quoted
from kb.attribute.phrases import Phrase, PhraseKind, phrase_after, phrase_before, span_of
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import Polarity, QuoteKind, Span

_CLOSE_GAP = re.compile(r"[\s,.;”\"’']*(?:[-–—]\s*)?")
_ENDS_SENTENCE = re.compile(r"\s*[.!?…]?\s*(?:$|\n|\(|\[|(?=[A-Z“\"”]))")
MIN_FLOATING = 3
"""Fewest words of a stretch without a tag of its own that is taken for speech."""


def find_direct(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each quoted stretch that is speech, in order."""
    last: Draft | None = None
    last_quoted: Quoted | None = None
    for quoted in reading.quoted:
        draft = (
            _tagged(reading, quoted) or _split(reading, quoted, last, last_quoted) or _led(reading, quoted)
        )
        if draft is None and _floats(reading, quoted, last, last_quoted):
            leads = _runs_on(reading, quoted)
            rule = "direct-running" if leads else "direct-floating"
            draft = Draft(
                QuoteKind.DIRECT, quoted.inner, rule, quoted.outer.start, carries=not leads, leads=leads
            )
        if draft is not None:
            last, last_quoted = draft, quoted
            yield draft


def _runs_on(reading: Reading, quoted: Quoted) -> bool:
    """Whether a stretch without a closing mark goes on in the next paragraph (`¶“…¶“…,” kata S`)."""
    number = reading.paragraph_number(quoted.outer.start) + 1
    if quoted.closed or number >= len(reading.paragraphs):
        return False
    if quoted.outer.start != reading.paragraphs[number - 1].start:
        return False
    following = reading.quoted_in(reading.paragraphs[number])
    return bool(following) and following[0].outer.start == reading.paragraphs[number].start


def _split(reading: Reading, quoted: Quoted, last: Draft | None, last_quoted: Quoted | None) -> Draft | None:
    """Read the second half of `“…,” kata S, “…”`: nothing but the tag stands between the two."""
    if last is None or last_quoted is None or last.cue is None or not quoted.opened:
        return None
    between = reading.body[last_quoted.outer.end : quoted.outer.start]
    if last.cue.start < last_quoted.outer.end or "\n" in between or not between.rstrip().endswith((",", ":")):
        return None
    if re.search(r"[.!?]\s", between) or len(between) > 160:
        return None
    return Draft(QuoteKind.DIRECT, quoted.inner, "direct-split", quoted.outer.start, carries=True)


def _tagged(reading: Reading, quoted: Quoted) -> Draft | None:
    """Read the tag behind a stretch: `kata S`, `katanya`, `demikian pernyataan S`, `dia menambahkan`."""
    limit = _limit_behind(reading, quoted)
    content = quoted.inner
    at = reading.word_at(quoted.outer.end)
    if not quoted.closed:
        found = _tag_inside(reading, quoted)
        if found is None:
            return None
        at, content = found
        limit = quoted.outer.end
    if at >= len(reading.words) or not _CLOSE_GAP.fullmatch(
        reading.body[content.end if not quoted.closed else quoted.outer.end : reading.words[at].start]
    ):
        return None
    words = reading.words
    while words[at].lower in ("demikian", "begitu", "begitulah", "demikianlah") and at + 1 < len(words):
        at += 1
    for read in (_suffixed_tag, _bare_tag, _noun_tag, _clause_tag, _relay_tag):
        draft = read(reading, content, at, limit)
        if draft is not None:
            return draft
    return None


def _limit_behind(reading: Reading, quoted: Quoted) -> int:
    """Return where the tag of a stretch must end: at the paragraph's end or the next quoted stretch."""
    paragraph = reading.paragraphs[reading.paragraph_number(quoted.outer.start)]
    end = paragraph.end
    at = reading.word_at(quoted.outer.end)
    if at < len(reading.words) and reading.words[at].start >= end and cues.tag(reading.words[at].lower):
        end = reading.paragraphs[reading.paragraph_number(reading.words[at].start)].end
    following = reading.quoted_in(Span(quoted.outer.end, end))
    return following[0].outer.start if following else end


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
    tag = cues.tag(word.lower)
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
    tag = cues.tag(word.lower)
    if word.start >= limit or tag is None or tag.suffixed:
        return None
    first = at + 1
    skipped = word_set("tag_fillers") | word_set("speech_nouns") | word_set("speech_noun_adjectives")
    while first < len(reading.words) and reading.words[first].text in skipped:
        first += 1
    phrase = phrase_after(reading, first, limit)
    if phrase is None and not tag.safe:
        return None
    return Draft(
        QuoteKind.DIRECT,
        content,
        "direct-tag",
        content.start,
        Span(word.start, word.end),
        tag.polarity,
        phrase,
        carries=phrase is None,
    )


def _noun_tag(reading: Reading, content: Span, at: int, limit: int) -> Draft | None:
    """Read `demikian pernyataan (resmi|bersama|tertulis) S`."""
    words = reading.words
    if words[at].start >= limit or words[at].lower not in word_set("speech_nouns"):
        return None
    first = at + 1
    while first < len(words) and words[first].lower in word_set("speech_noun_adjectives"):
        first += 1
    phrase = phrase_after(reading, first, limit)
    if phrase is None:
        return None
    return Draft(
        QuoteKind.DIRECT,
        content,
        "direct-noun",
        content.start,
        Span(words[at].start, words[at].end),
        phrase=phrase,
    )


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
        ends = re.match(r"\s*(?:[.,]|$|\n)", reading.gap_after(j)) or words[j + 1].lower in word_set(
            "prepositions"
        )
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


def skip_relay_words(reading: Reading, at: int) -> int:
    """Return the place of the medium's name behind `dikutip dari laman`."""
    while at + 1 < len(reading.words) and reading.words[at].text in word_set("relay_words"):
        at += 1
    return at


def _led(reading: Reading, quoted: Quoted) -> Draft | None:
    """Read what leads to a stretch: `S mengatakan, “…”`, `S: “…”`, `Kata S, “…”`, `Spanduk bertuliskan “…”`."""
    if not quoted.opened:
        return None
    sentence = reading.sentence_over(quoted.outer.start)
    before = Span(sentence.start, quoted.outer.start)
    lead = reading.body[before.start : before.end].rstrip()
    places = reading.words_in(before)
    if not places or not lead:
        return None
    colon = lead.endswith(":")
    whole = colon or _ENDS_SENTENCE.match(reading.body[quoted.outer.end :][:3] or "\n") is not None
    if not whole or len(reading.words_in(quoted.inner)) < 2:
        return None
    last = places[-1]
    for read in (_document_lead, _verb_lead, _tag_lead, _label_lead):
        draft = read(reading, quoted, places, colon=colon, comma=lead.endswith(","))
        if draft is not None:
            return draft
    return None if last else None


def _document_lead(
    reading: Reading, quoted: Quoted, places: range, *, colon: bool, comma: bool
) -> Draft | None:
    """A document or sign that reads a full sentence: speech of nobody."""
    word = reading.words[places[-1]]
    if word.lower not in word_set("cues_document"):
        return None
    inner = [reading.words[i].lower for i in reading.words_in(quoted.inner)]
    if len(inner) < 5 or not cues.shows_clause(inner):
        return None
    return Draft(
        QuoteKind.DIRECT, quoted.inner, "direct-document", quoted.outer.start, Span(word.start, word.end)
    )


def _verb_lead(reading: Reading, quoted: Quoted, places: range, *, colon: bool, comma: bool) -> Draft | None:
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
    words = [w for w in words if w not in ("bahwa", "juga", "pula", "lagi")]
    if not words or words[0] in word_set("prepositions") | word_set("time_words"):
        return True
    return colon and len(words) <= 12


def _tag_lead(reading: Reading, quoted: Quoted, places: range, *, colon: bool, comma: bool) -> Draft | None:
    """`Kata S, “…”` and `Ujarnya: “…”`"""
    words = reading.words
    at = places[0]
    tag = cues.tag(words[at].lower)
    if tag is None or not (colon or comma) or len(places) > 12:
        return None
    span = Span(words[at].start, words[at].end)
    phrase = (
        Phrase(PhraseKind.SUFFIX, span) if tag.suffixed else phrase_after(reading, at + 1, quoted.outer.start)
    )
    if phrase is None:
        return None
    return Draft(QuoteKind.DIRECT, quoted.inner, "direct-tag-first", span.start, span, tag.polarity, phrase)


def _label_lead(reading: Reading, quoted: Quoted, places: range, *, colon: bool, comma: bool) -> Draft | None:
    """`Rina Wulan: “…”`, `pernyataan S: “…”`"""
    if not colon:
        return None
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


def _floats(reading: Reading, quoted: Quoted, last: Draft | None, last_quoted: Quoted | None) -> bool:
    """Whether a stretch without a tag goes on speaking: whole paragraphs, and what follows a tagged one."""
    places = reading.words_in(quoted.inner)
    if not quoted.opened or len(places) < MIN_FLOATING or reading.words[places[0]].text[0].islower():
        return False
    number = reading.paragraph_number(quoted.outer.start)
    paragraph = reading.paragraphs[number]
    rest = reading.body[quoted.outer.end : paragraph.end].strip(" .,")
    if quoted.outer.start == paragraph.start and (not rest or rest.startswith(("(", "["))):
        return True
    before = reading.body[paragraph.start : quoted.outer.start].rstrip()
    ends_before = before.endswith((".", "!", "?", "”", '"')) or not before
    shaped = reading.body[quoted.inner.start].isupper() or not reading.body[quoted.inner.start].isalpha()
    if (
        not ends_before
        or not shaped
        or not _ENDS_SENTENCE.match(reading.body[quoted.outer.end :][:3] or "\n")
    ):
        return False
    if last is None or last_quoted is None:
        return quoted.outer.start == paragraph.start
    return True
