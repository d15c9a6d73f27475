"""Media that relay: apart from the speaker (`seperti dikutip M`), or the speaker where nobody else is named."""

from __future__ import annotations

from kb.attribute import cues
from kb.attribute.agents import phrase_after
from kb.attribute.contents import inside_any, past_time, trim_content
from kb.attribute.drafts import Draft
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import EntityType, QuoteKind, Span

_AS = frozenset(("seperti", "sebagaimana"))
MAX_DISTANCE = 600
"""How many code points from the cue a medium is looked for."""


def skip_relay_words(reading: Reading, at: int) -> int:
    """Return the place of the medium's name behind `dikutip dari laman`."""
    while at + 1 < len(reading.words) and reading.words[at].text in word_set("relay_words"):
        at += 1
    return at


def choose_medium(reading: Reading, draft: Draft) -> Span | None:
    """Return the medium named in the sentence of a draft's cue, unless it is the speaker itself."""
    if draft.cue is None or draft.phrase is None or cues.is_relay(draft.cue.of(reading.body).lower()):
        return None
    whole = reading.sentence_over(draft.cue.start)
    sentence = Span(
        max(whole.start, draft.cue.start - MAX_DISTANCE), min(whole.end, draft.cue.end + MAX_DISTANCE)
    )
    for at in reading.words_in(sentence):
        word = reading.words[at]
        if (
            not cues.is_relay(word.lower)
            or reading.quoted_over(word.start)
            or draft.content.covers(Span(*word[:2]))
        ):
            continue
        first = skip_relay_words(reading, at + 1)
        phrase = phrase_after(reading, first, sentence.end) if first < len(reading.words) else None
        if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.span.overlaps(draft.phrase.span):
            continue
        if phrase.mention is None or reading.mentions[phrase.mention].type is EntityType.ORG:
            return phrase.span
    return None


def cited_behind(reading: Reading, phrase: Phrase, limit: int) -> Phrase:
    """Return who is cited by a medium in a speaker's place (`tulis Harian Teluk, mengutip Rina`), else the phrase."""
    words = reading.words
    at = reading.word_at(phrase.span.end)
    medium = phrase.mention is not None and reading.mentions[phrase.mention].type is EntityType.ORG
    if (
        not medium
        or at >= len(words)
        or words[at].start >= limit
        or words[at].lower not in ("mengutip", "menukil")
    ):
        return phrase
    cited = phrase_after(reading, at + 1, limit)
    person = cited is not None and (
        cited.kind is PhraseKind.ROLE
        or (cited.mention is not None and reading.mentions[cited.mention].type is EntityType.PER)
    )
    return cited if cited is not None and person else phrase


def choose_relayed(reading: Reading, sentence: Span, contents: list[Span]) -> Draft | None:
    """`Dikutip M, C` and `C, mengutip S`, in a sentence where nobody else speaks."""
    words = reading.words
    for at in reading.words_in(sentence):
        if (
            not cues.is_relay(words[at].lower)
            or inside_any(words[at].start, contents)
            or reading.quoted_over(words[at].start)
        ):
            continue
        impersonal = _impersonal_clause(reading, sentence, at)
        if impersonal is not None:
            return _said_by_nobody(reading, sentence, at, impersonal)
        first = skip_relay_words(reading, at + 1)
        phrase = phrase_after(reading, first, sentence.end) if first < len(words) else None
        if phrase is None or phrase.kind not in (PhraseKind.NAME, PhraseKind.JOINT):
            return None
        n_before = len(reading.words_in(Span(sentence.start, words[at].start)))
        if n_before <= 1 or _only(reading, sentence, at, word_set("lead_ins") | _AS):
            content = Span(_past_phrase(reading, phrase, sentence), sentence.end)
        elif "," in reading.gap_before(at) or words[at - 1].lower in _AS:
            content = Span(sentence.start, words[at - (words[at - 1].lower in _AS)].start)
        else:
            return None
        content = trim_content(reading, content)
        lower = [words[i].lower for i in reading.words_in(content)]
        if len(lower) < 4 or not cues.shows_clause(lower) or any(content.overlaps(c) for c in contents):
            return None
        kind = QuoteKind.MIXED if reading.quoted_in(content) else QuoteKind.INDIRECT
        return Draft(
            kind,
            content,
            "indirect-relay",
            sentence.start,
            Span(words[at].start, words[at].end),
            phrase=phrase,
        )
    return None


def _impersonal_clause(reading: Reading, sentence: Span, at: int) -> int | None:
    """Return where the clause begins behind a leading passive without a medium; None where there is no such passive.

    `Sebelumnya diberitakan, C`; `Dikabarkan bahwa C`
    """
    words = reading.words
    if words[at].lower not in word_set("cues_impersonal") or at + 2 >= len(words):
        return None
    if not _only(reading, sentence, at, word_set("lead_ins") | word_set("adverbs") | _AS):
        return None
    after = at + 1 + (words[at + 1].lower == "sebelumnya")
    i = reading.mention_over(words[after].start)
    medium = i is not None and reading.mentions[i].type is EntityType.ORG
    direct = "," not in reading.gap_before(after) and words[after].lower not in ("bahwa", "jika")
    if direct and (medium or words[after].text in word_set("relay_words") or words[after].capital):
        return None
    return after + (words[after].lower == "bahwa")


def _only(reading: Reading, sentence: Span, at: int, allowed: frozenset[str]) -> bool:
    """Whether nothing but the allowed words stands in the sentence before a word."""
    places = reading.words_in(Span(sentence.start, reading.words[at].start))
    return all(reading.words[i].lower in allowed for i in places)


def _said_by_nobody(reading: Reading, sentence: Span, at: int, first: int) -> Draft | None:
    """Return what the passive at `at` reports from the word at `first` on."""
    words = reading.words
    content = trim_content(reading, Span(words[first].start, sentence.end))
    if not cues.is_clause(reading.lowered(reading.words_in(content))):
        return None
    kind = QuoteKind.MIXED if reading.quoted_in(content) else QuoteKind.INDIRECT
    return Draft(kind, content, "indirect-impersonal", sentence.start, Span(words[at].start, words[at].end))


def _past_phrase(reading: Reading, phrase: Phrase, sentence: Span) -> int:
    """Return where the clause begins behind `Dikutip M, Rabu (1/2),`."""
    places = reading.words_in(Span(phrase.span.end, sentence.end))
    comma = next((k for k in places if "," in reading.gap_before(k)), None)
    between = reading.lowered(range(places.start, places.stop if comma is None else comma))
    if between and between[0] not in word_set("prepositions") and cues.is_clause(["", *between]):
        return reading.words[places.start].start  # `Mengutip M harga naik`
    return sentence.end if comma is None else past_time(reading, comma, sentence)
