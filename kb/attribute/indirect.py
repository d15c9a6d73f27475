"""Indirect and mixed speech: reported clauses, with or without a part in quotation marks.

Every sentence is searched for cues outside its direct quotations: verbs with a subject before them
(`S mengatakan (bahwa|,) C`), `menurut S`, tags behind or inside a clause (`C, kata S`; `C1, kata dia, C2`), passives
with -nya, and media that report (`Dikutip M, C`). One cue gives one item; the outermost cue of a sentence takes
what is nested in its content, and coordinated cues (`… dan menuduh …`) share the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.attribute import cues
from kb.attribute.contents import MIN_CONTENT, inside_any, trim_content
from kb.attribute.drafts import Draft
from kb.attribute.hits import Hit
from kb.attribute.inserted import choose_according_hit, choose_passive_hit, choose_tag_hit
from kb.attribute.marks import trimmed
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.attribute.relays import choose_relayed
from kb.attribute.subjects import sentence_subject
from kb.attribute.verbs import choose_verb_hit
from kb.lexicon import word_set
from kb.model import QuoteKind, Span

_NAMED = (PhraseKind.NAME, PhraseKind.ROLE)
LONG = 6
"""Words of a content that a verb of saying may have without a predicate that we know."""
_FIRST_PERSON = frozenset(("kami", "saya", "kita", "aku"))


def find_indirect(reading: Reading, direct: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for each reported clause, in order."""
    drafts = sorted(direct, key=lambda d: d.content)
    used = {reading.word_at(d.cue.start) for d in drafts if d.cue}
    for sentence, near in _by_sentence(reading, drafts):
        contents = [d.content for d in near]
        tagged = [d for d in near if d.cue and sentence.covers(d.cue)]
        hits = list(_find_hits(reading, sentence, contents, used))
        relayed = choose_relayed(reading, sentence, contents) if hits else None
        if relayed is not None and _is_nested(reading, relayed, hits):
            yield relayed
            continue
        yield from _drafts_of(reading, sentence, _outermost(reading, hits, tagged), contents)


def _by_sentence(reading: Reading, drafts: list[Draft]) -> Iterator[tuple[Span, list[Draft]]]:
    """Yield each sentence with the direct drafts that touch it; one pass over both."""
    first = 0
    for sentence in reading.sentences:
        while first < len(drafts) and _end_of(drafts[first]) <= sentence.start:
            first += 1
        last = first
        while last < len(drafts) and drafts[last].content.start < sentence.end:
            last += 1
        yield sentence, drafts[first:last]


def _end_of(draft: Draft) -> int:
    return max(draft.content.end, draft.cue.end if draft.cue else 0)


def _find_hits(reading: Reading, sentence: Span, contents: list[Span], used: set[int]) -> Iterator[Hit]:
    places = [i for i in reading.words_in(sentence) if not inside_any(reading.words[i].start, contents)]
    for i in places:
        if i in used or (reading.quoted_over(reading.words[i].start) is not None):
            continue
        for find in (choose_according_hit, choose_tag_hit, choose_verb_hit, choose_passive_hit):
            hit = find(reading, sentence, i)
            if hit is not None:
                yield hit
                break


def _is_nested(reading: Reading, relayed: Draft, hits: list[Hit]) -> bool:
    """Whether cues stand only inside what a medium reports (`Dilansir M, kasus itu bermula saat Rina menuding …`)."""
    if not relayed.content.covers(Span(hits[0].start, hits[0].start)):
        return False
    return cues.is_clause(reading.lowered(reading.words_in(Span(relayed.content.start, hits[0].start))))


def _outermost(reading: Reading, hits: list[Hit], direct: list[Draft]) -> list[Hit]:
    """Drop hits nested in the content of another, cut contents at coordinated hits, share subjects."""
    kept: list[Hit] = []
    for found in sorted(hits, key=lambda h: h.at):
        phrase = _shared_phrase(reading, found, kept, direct) if found.shared else found.phrase
        if found.shared and phrase is None:
            continue
        hit = replace(found, phrase=phrase)
        if kept and _is_before_content(reading, hit, kept[-1]):
            continue
        if kept and kept[-1].content.start <= reading.words[hit.at].start < kept[-1].content.end:
            cut = _cut_before(reading, hit, kept[-1])
            if cut is None:
                continue
            kept[-1] = replace(kept[-1], content=Span(kept[-1].content.start, cut))
            if cut == reading.words[hit.at].start and not _reports_whole(reading, hit, kept[-1]):
                continue
        if kept and hit.rule != "indirect-verb" and hit.content.covers(kept[-1].content):
            kept.pop()
        kept.append(hit)
    return kept


def _reports_whole(reading: Reading, hit: Hit, before: Hit) -> bool:
    """Whether the tag behind a sentence is that of another, who tells all of it (`Rina meminta C, kata Budi.`)."""
    if hit.rule == "indirect-verb":
        return True
    phrases = (hit.phrase, before.phrase)
    named = [set(p.span.of(reading.body).split()) for p in phrases if p and p.kind in _NAMED]
    apart = len(named) == len(phrases) and named[0].isdisjoint(named[1])
    return apart and hit.content.covers(Span(before.start, before.content.start))


def _is_before_content(reading: Reading, hit: Hit, before: Hit) -> bool:
    """Whether a cue stands between a verb and its content (`mengatakan setelah mendarat bahwa …`)."""
    return before.rule == "indirect-verb" and hit.at < reading.word_at(before.content.start)


def _cut_before(reading: Reading, hit: Hit, before: Hit) -> int | None:
    """Return where the content that a cue stands in ends before it; None where the cue is nested in it."""
    if hit.rule in ("indirect-according", "indirect-tag") and hit.content.end <= reading.words[hit.at].start:
        return reading.words[hit.at].start
    if _splits(reading, hit, before) if hit.shared else _coordinated(reading, hit):
        return _before_conjunction(reading, hit)
    return None


def _shared_phrase(reading: Reading, hit: Hit, kept: list[Hit], direct: list[Draft]) -> Phrase | None:
    if kept:
        return kept[-1].phrase
    before = [d for d in direct if d.cue and d.cue.end <= reading.words[hit.at].start and d.phrase]
    if before:
        return before[-1].phrase
    sentence = reading.sentence_over(reading.words[hit.at].start)
    return sentence_subject(reading, sentence)


def _splits(reading: Reading, hit: Hit, before: Hit) -> bool:
    """Whether a verb behind `dan` is the speaker's (`menyebut A dan menuduh B`), not the reported clause's own.

    Behind a full clause a plain `dan meminta X` goes on with that clause; `dan mengatakan bahwa` does not.
    """
    first = reading.words[reading.word_at(hit.start)].lower
    if first not in ("dan", "serta") or hit.needs in ("clause", "that"):
        return True
    inner = reading.lowered(reading.words_in(Span(before.content.start, hit.start)))
    return not cues.is_clause(inner)


def _coordinated(reading: Reading, hit: Hit) -> bool:
    """Whether a cue with a subject of its own begins a clause beside the one before it, not inside it."""
    first = reading.word_at(hit.start)
    return first > 0 and reading.words[first - 1].lower in word_set("contrasts")


def _before_conjunction(reading: Reading, hit: Hit) -> int:
    first = reading.word_at(hit.start)
    if not hit.shared:
        first -= 1
    return reading.words[first].start


def _drafts_of(reading: Reading, sentence: Span, hits: list[Hit], contents: list[Span]) -> Iterator[Draft]:
    n = 0
    for hit in hits:
        content = trim_content(reading, hit.content)
        if any(content.overlaps(c) for c in contents) or not _says_something(reading, hit, content):
            continue
        n += 1
        kind = _kind(reading, hit, content)
        word = reading.words[hit.at]
        inner = _without_marks(reading, content) if kind is QuoteKind.DIRECT else content
        anchor = (
            sentence.start
            if hit.rule in ("indirect-tag", "indirect-according", "indirect-passive")
            else hit.start
        )
        yield Draft(kind, inner, hit.rule, anchor, Span(word.start, word.end), hit.polarity, hit.phrase)
    if not n:
        draft = choose_relayed(reading, sentence, contents)
        if draft is not None:
            yield draft


def _kind(reading: Reading, hit: Hit, content: Span) -> QuoteKind:
    if reading.quoted_in(content):
        return QuoteKind.MIXED
    words = {reading.words[i].lower for i in reading.words_in(content)}
    if hit.rule == "indirect-tag" and words & _FIRST_PERSON:
        return QuoteKind.DIRECT
    return QuoteKind.INDIRECT


def _without_marks(reading: Reading, content: Span) -> Span:
    return trimmed(reading.body, content, ' "“”')


def _says_something(reading: Reading, hit: Hit, content: Span) -> bool:
    """Whether a content is what its cue needs (``cues_verb.txt``)."""
    words = reading.lowered(reading.words_in(content))
    quoted = bool(reading.quoted_in(content))
    if len(words) < MIN_CONTENT:
        return False
    if quoted:
        return True
    if hit.needs == "marked" or words[0] in word_set("empty_objects"):
        return False
    if hit.rule != "indirect-verb":
        return cues.shows_clause(words) or len(words) > 2
    if hit.needs in ("denied", "any") or _is_led_in(reading, hit, content):
        return True
    if hit.needs == "demand":
        return cues.shows_clause(words)
    if "sebagai" in words[1:] and hit.needs == "name":
        return True
    if words[0].removesuffix("nya") in word_set("commitments") and "untuk" in words:
        return True
    return cues.is_clause(words) or (hit.needs == "long" and len(words) >= LONG)


def _is_led_in(reading: Reading, hit: Hit, content: Span) -> bool:
    """Whether `bahwa` or a comma stands between the cue and its content."""
    lead = reading.body[reading.words[hit.at].end : content.start]
    return "," in lead or "bahwa" in lead
