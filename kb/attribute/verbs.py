"""Reporting verbs with their subject before them: `S mengatakan (bahwa|,) C`, `S … dan menuduh C`, `C, S V.`"""

from __future__ import annotations

from dataclasses import replace

from kb.attribute import cues
from kb.attribute.contents import clause_floor, content_start, is_empty
from kb.attribute.hits import Hit
from kb.attribute.phrases import Phrase
from kb.attribute.reading import Reading
from kb.attribute.subjects import phrase_before
from kb.lexicon import word_set
from kb.model import Polarity, Span


def choose_verb_hit(reading: Reading, sentence: Span, at: int) -> Hit | None:
    """`S V (bahwa|,) C`, or `C, S V.`"""
    words = reading.words
    verb = (
        cues.verb(words[at].lower)
        or cues.verb_with_object(words[at].lower)
        or _verb_with_noun(reading, sentence, at)
        or _open_verb(reading, at)
    )
    if verb is None:
        return None
    shared = _shares_subject(reading, sentence, at)
    start = clause_floor(reading, sentence, at)
    first = at
    if verb.polarity is Polarity.DENIES and at and words[at - 1].lower in ("tidak", "tak"):
        first, verb = (
            at - 1,
            replace(verb, polarity=Polarity.ASSERTS, needs="clause"),
        )  # `tak menampik` admits
    phrase = None if shared else phrase_before(reading, first, start)
    if phrase is None and not shared:
        return None
    begin = min(words[at].start, phrase.span.start) if phrase else _coordinator(reading, at)
    content = Span(content_start(reading, sentence, at), sentence.end)
    if is_empty(reading, content) and phrase is not None:
        if "," not in reading.gap_before(reading.word_at(phrase.span.start)):
            return None
        before = Span(start, phrase.span.start)
        if words[reading.word_at(start)].lower in word_set(
            "subordinators"
        ):  # `Saat diperiksa, Rina mengaku.`
            return None
        return Hit(at, "indirect-post-verb", verb.polarity, phrase, before, verb.needs, start=begin)
    inserted = _inserted_content(reading, sentence, at, phrase)
    if inserted is not None:
        return Hit(at, "indirect-post-verb", verb.polarity, phrase, inserted, verb.needs, start=begin)
    return Hit(at, "indirect-verb", verb.polarity, phrase, content, verb.needs, shared, begin)


def _verb_with_noun(reading: Reading, sentence: Span, at: int) -> cues.Verb | None:
    """Read a verb with a noun of saying that takes `bahwa` (`memberi isyarat bahwa`, `mengulangi tuduhan … bahwa`)."""
    words = reading.words
    lower = words[at].lower
    if not lower.startswith("me") or not cues.is_predicate(lower) or at + 2 >= len(words):
        return None
    if words[at + 1].lower not in word_set("that_nouns"):
        return None
    for k in range(at + 2, min(at + 9, len(words))):
        if words[k].start < sentence.end and words[k].lower in ("bahwa", "agar", "supaya"):
            return cues.Verb(
                lower, Polarity.ASSERTS if words[k].lower == "bahwa" else Polarity.DEMANDS, "that"
            )
    return None


def _open_verb(reading: Reading, at: int) -> cues.Verb | None:
    """Read any active verb with `bahwa` right behind it, unless it is one of thought or proof (`menyadari bahwa`)."""
    words = reading.words
    lower = words[at].lower
    if at + 1 >= len(words) or words[at + 1].lower != "bahwa" or reading.gap_after(at).strip():
        return None
    if not lower.startswith("me") or not cues.is_predicate(lower) or lower in word_set("thought_verbs"):
        return None
    return cues.Verb(lower, Polarity.ASSERTS, "judged")


def _shares_subject(reading: Reading, sentence: Span, at: int) -> bool:
    """Whether a verb follows `dan`, `seraya` or `namun` directly, adverbs aside."""
    j = reading.word_at(_coordinator(reading, at))
    return j < at and reading.words[j].start >= sentence.start


def _coordinator(reading: Reading, at: int) -> int:
    """Return where the coordinating word before a verb stands; the verb's own start if there is none."""
    j = at - 1
    while j >= 0 and reading.words[j].lower in word_set("adverbs") and not reading.gap_after(j).strip():
        j -= 1
    if j >= 0 and reading.words[j].lower in word_set("coordinators") and not reading.gap_after(j).strip():
        return reading.words[j].start
    return reading.words[at].start


def _inserted_content(reading: Reading, sentence: Span, at: int, phrase: Phrase | None) -> Span | None:
    """Return C of `C, S V, …`: a clause before a short subject, and no longer clause behind the verb."""
    if phrase is None or "," not in reading.gap_after(at):
        return None
    first = reading.word_at(phrase.span.start)
    low = max(first - 3, 1)  # `kantor berita KCNA`: common nouns before the name belong to the subject
    first = next((j for j in range(first, low - 1, -1) if "," in reading.gap_before(j)), 0)
    before = Span(clause_floor(reading, sentence, at), reading.words[first].start)
    if not _stands_alone(reading, before):
        return None
    behind = reading.lowered(reading.words_in(Span(reading.words[at].end, sentence.end)))
    aside = bool(behind) and (behind[0] in word_set("after_inserted") or not cues.is_clause(behind))
    return before if aside else None


def _stands_alone(reading: Reading, span: Span) -> bool:
    """Whether words are a clause of their own, no fronted phrase or description (`Ditemui terpisah, …`)."""
    places = reading.words_in(span)
    if len(places) < 5:
        return False
    words = reading.lowered(places)
    fronted = word_set("subordinators") | word_set("prepositions") | word_set("lead_ins")
    return words[0] not in fronted and not cues.is_predicate(words[0]) and cues.is_clause(words)
