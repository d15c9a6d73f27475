"""Indirect and mixed speech: reported clauses, with or without a part in quotation marks.

Every sentence is searched for cues outside its direct quotations: verbs with a subject before them
(`S mengatakan (bahwa|,) C`), `menurut S`, tags behind or inside a clause (`C, kata S`; `C1, kata dia, C2`), passives
with -nya, and media that report (`Dikutip M, C`). One cue gives one item; the outermost cue of a sentence takes
what is nested in its content, and coordinated cues (`… dan menuduh …`) share the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kb.attribute import cues
from kb.attribute.direct import skip_relay_words
from kb.attribute.drafts import Draft
from kb.attribute.marks import trimmed
from kb.attribute.phrases import (
    Phrase,
    PhraseKind,
    is_description,
    phrase_after,
    phrase_before,
    read_phrase,
    span_of,
)
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import EntityType, Polarity, QuoteKind, Span

_LIKE = frozenset(("seperti", "sebagaimana", "demikian"))
_FIRST_PERSON = frozenset(("kami", "saya", "kita", "aku"))
_CREDIT = re.compile(
    r"(?:(?<=[.!?”\"])\s*[(\[][\w\s/.,@-]{2,40}[)\]]|\s*[(\[][a-z]{2,}(?:\s?/\s?[a-z]+)+[)\]])\.?\s*$"
)
_TRAILING_RELAY = re.compile(
    r",?\s*(?:seperti|sebagaimana)?\s*\b(?:dikutip|dilansir|dilaporkan|diberitakan|mengutip|melansir)\b[^,.]*(?:,[^,.]*)?\.?$"
)
_TRAILING_TIME = re.compile(
    r"(?:,|\s+pada)\s*(?:hari\s+)?(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)\b[^,]{0,12}(?:\([\d/]+\))?[^,]{0,20}$"
)
_PUNCTUATION = " \t\n\u00a0,.;:—–-"
MIN_CONTENT = 2
"""Fewest words of a reported clause."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue in a sentence: word `at`, its speaker phrase, and the content that its own pattern gives it."""

    at: int
    rule: str
    polarity: Polarity
    phrase: Phrase | None
    content: Span
    needs: str = "clause"
    shared: bool = False
    start: int = 0  # where the words of this cue's clause begin, subject included


def find_indirect(reading: Reading, direct: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for each reported clause, in order."""
    direct = list(direct)
    contents = sorted(d.content for d in direct)
    used = {reading.word_at(d.cue.start) for d in direct if d.cue}
    for sentence in reading.sentences:
        inside = [d for d in direct if d.cue and sentence.covers(d.cue)]
        hits = [h for h in _find_hits(reading, sentence, contents, used)]
        yield from _drafts_of(reading, sentence, _outermost(reading, hits, inside), contents)


def _find_hits(reading: Reading, sentence: Span, contents: list[Span], used: set[int]) -> Iterator[_Hit]:
    places = [i for i in reading.words_in(sentence) if not _inside(reading.words[i].start, contents)]
    for i in places:
        if i in used or (reading.quoted_over(reading.words[i].start) is not None):
            continue
        for find in (_according_hit, _tag_hit, _verb_hit, _passive_hit):
            hit = find(reading, sentence, i)
            if hit is not None:
                yield hit
                break


def _inside(position: int, spans: list[Span]) -> bool:
    return any(s.start <= position < s.end for s in spans)


# --- verbs -----------------------------------------------------------------------------------------------------


def _verb_hit(reading: Reading, sentence: Span, at: int) -> _Hit | None:
    """`S V (bahwa|,) C`, or `C, S V.`"""
    words = reading.words
    verb = cues.verb(words[at].lower) or _verb_with_noun(reading, sentence, at) or _open_verb(reading, at)
    if verb is None:
        return None
    shared = (
        at > 0 and words[at - 1].lower in word_set("coordinators") and words[at - 1].start >= sentence.start
    )
    start = _clause_floor(reading, sentence, at)
    phrase = None if shared else phrase_before(reading, at, start)
    if phrase is None and not shared:
        return None
    begin = min(words[at].start, phrase.span.start) if phrase else _coordinator(reading, at)
    content = Span(_content_start(reading, sentence, at), sentence.end)
    if _is_empty(reading, content) and phrase is not None:
        if phrase.span.start > sentence.start and "," in reading.gap_before(
            reading.word_at(phrase.span.start)
        ):
            return _Hit(
                at,
                "indirect-post-verb",
                verb.polarity,
                phrase,
                Span(start, phrase.span.start),
                verb.needs,
                start=begin,
            )
        return None
    inserted = _inserted_content(reading, sentence, at, phrase)
    if inserted is not None:
        return _Hit(at, "indirect-post-verb", verb.polarity, phrase, inserted, verb.needs, start=begin)
    return _Hit(at, "indirect-verb", verb.polarity, phrase, content, verb.needs, shared, begin)


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


def _clause_floor(reading: Reading, sentence: Span, at: int) -> int:
    """Return where a subject may begin at the earliest: behind the last direct quotation, or at the sentence."""
    floor = sentence.start
    for quoted in reading.quoted_in(sentence):
        if (
            quoted.closed
            and quoted.outer.end <= reading.words[at].start
            and len(reading.words_in(quoted.inner)) > 4
        ):
            floor = quoted.outer.end
    dateline = reading.document.dateline
    if dateline and dateline.start <= floor < dateline.end:
        floor = dateline.end
    return floor


def _inserted_content(reading: Reading, sentence: Span, at: int, phrase: Phrase | None) -> Span | None:
    """Return C of `C, S V, (setelah|saat) …`: a clause before a short subject, and no clause behind the verb."""
    if phrase is None or "," not in reading.gap_after(at):
        return None
    first = reading.word_at(phrase.span.start)
    follows = reading.words[at + 1].lower if at + 1 < len(reading.words) else ""
    if first == 0 or "," not in reading.gap_before(first) or follows not in word_set("after_inserted"):
        return None
    if is_description(reading, reading.word_at(sentence.start)):
        return None
    before = Span(_clause_floor(reading, sentence, at), phrase.span.start)
    words = [reading.words[i].lower for i in reading.words_in(before)]
    return (
        before
        if len(words) > 4 and cues.shows_clause(words) and words[0] not in word_set("subordinators")
        else None
    )


def _content_start(reading: Reading, sentence: Span, at: int) -> int:
    """Return where the content begins behind a verb: past `bahwa`, a comma, an addressee, the occasion."""
    words, j = reading.words, at + 1
    places = reading.words_in(Span(words[at].end, sentence.end))
    if not places:
        return sentence.end
    if words[j].lower in ("juga", "pula", "lagi") and j + 1 in places:
        j += 1
    if words[j].lower == "bahwa":
        return _after(reading, j, sentence)
    if reading.gap_before(j).strip().startswith((",", ":")):
        return _past_time(reading, j, sentence)
    if words[j].lower == "kepada":
        opener = next(
            (
                k
                for k in places[:20]
                if words[k].lower in word_set("clause_openers") and words[k].lower != "bahwa"
            ),
            None,
        )
        that_too = next((k for k in places[:20] if words[k].lower == "bahwa"), None)
        if opener is not None and (that_too is None or opener < that_too):
            return words[opener].start
    if words[j].lower in word_set("that_nouns"):
        opener = next((k for k in places[:9] if words[k].lower in ("agar", "supaya", "bahwa")), None)
        if opener is not None and words[opener].lower != "bahwa":
            return words[opener].start
    if words[j].lower in word_set("adjunct_heads") | word_set("that_nouns"):
        that = next(
            (
                k
                for k in places[:30]
                if words[k].lower == "bahwa" and reading.quoted_over(words[k].start) is None
            ),
            None,
        )
        if that is not None:
            return _after(reading, that, sentence)
        if words[j].lower in word_set("adjunct_heads"):
            comma = next((k for k in places[1:25] if "," in reading.gap_before(k)), None)
            if comma is not None:
                return _past_time(reading, comma, sentence)
    mark = reading.gap_before(j)
    return words[j].start - (len(mark) - len(mark.lstrip())) if not mark.strip() else _with_mark(reading, j)


def _with_mark(reading: Reading, at: int) -> int:
    """Return the start of a word with the opening mark that stands before it."""
    gap = reading.gap_before(at)
    return reading.words[at].start - len(gap.lstrip())


def _after(reading: Reading, at: int, sentence: Span) -> int:
    """Return where the words behind `bahwa` or a comma begin, opening mark included."""
    if at + 1 >= len(reading.words) or reading.words[at + 1].start >= sentence.end:
        return sentence.end
    gap = reading.gap_before(at + 1).lstrip(" ,:")
    return reading.words[at + 1].start - len(gap)


def _past_time(reading: Reading, at: int, sentence: Span) -> int:
    """Return the start of the content at word `at`, past a time or place between commas (`, Rabu (1/2), bahwa`)."""
    words = reading.words
    j = at
    for _ in range(2):
        lower = words[j].lower
        if lower in word_set("weekdays") or (
            lower in ("di", "pada", "dalam") and not _clause_until_comma(reading, j, sentence)
        ):
            comma = next(
                (
                    k
                    for k in reading.words_in(Span(words[j].end, sentence.end))[:12]
                    if "," in reading.gap_before(k)
                ),
                None,
            )
            if comma is None:
                break
            j = comma
    if words[j].lower == "bahwa":
        return _after(reading, j, sentence)
    return words[j].start - len(reading.gap_before(j).lstrip(" ,:"))


def _clause_until_comma(reading: Reading, at: int, sentence: Span) -> bool:
    lower = []
    for k in reading.words_in(Span(reading.words[at].start, sentence.end)):
        if k > at and "," in reading.gap_before(k):
            break
        lower.append(reading.words[k].lower)
    return cues.shows_clause(lower)


def _is_empty(reading: Reading, span: Span) -> bool:
    words = [reading.words[i].lower for i in reading.words_in(span)]
    return len(words) < MIN_CONTENT and not reading.quoted_in(span)


# --- menurut, kata, passives -----------------------------------------------------------------------------------


def _according_hit(reading: Reading, sentence: Span, at: int) -> _Hit | None:
    """`Menurut S, C`; `C, menurut S`; `C1, menurut S, C2`; `menurutnya`."""
    words = reading.words
    if words[at].lower == "menurutnya":
        phrase: Phrase | None = Phrase(PhraseKind.SUFFIX, Span(words[at].start, words[at].end))
        end = at + 1
    elif words[at].lower == "menurut" and at + 1 < len(words) and words[at + 1].start < sentence.end:
        first = at + 1
        while first < len(words) - 1 and words[first].lower in word_set("according_words"):
            first += 1
        if words[first].lower in word_set("not_speakers"):
            return None
        phrase = phrase_after(reading, first, sentence.end)
        if phrase is None:
            return None
        end = max(reading.word_at(phrase.span.end), at + 1)
    else:
        return None
    content = _around(reading, sentence, at, end, phrase)
    return (
        _Hit(at, "indirect-according", Polarity.ASSERTS, phrase, content, start=words[at].start)
        if content
        else None
    )


def _around(reading: Reading, sentence: Span, at: int, end: int, phrase: Phrase | None) -> Span | None:
    """Return the clause around an inserted tag: what stands behind it, before it, or both."""
    words = reading.words
    before = Span(_clause_floor(reading, sentence, at), words[at].start)
    n_before = len(reading.words_in(before))
    behind = (
        Span(words[end].start - len(reading.gap_before(end).lstrip(" ,)")), sentence.end)
        if end < len(words)
        else None
    )
    if behind is None or not reading.words_in(behind):
        behind = None
    if n_before == 0 or (n_before <= 3 and behind is not None):
        return behind
    if behind is None:
        return before
    return _longer(reading, at, end, before, behind)


def _longer(reading: Reading, at: int, end: int, before: Span, behind: Span) -> Span:
    """Choose between the two sides of an inserted tag.

    An aside behind the tag (time, place, occasion) leaves the side before it; a fronted phrase before the tag
    leaves the side behind it; a clause that the tag cuts in two is taken whole.
    """
    words = reading.words
    first = [words[i].lower for i in reading.words_in(before)]
    second = [words[i].lower for i in reading.words_in(behind)]
    if "," not in reading.gap_before(end) and words[end].lower in word_set("speaker_ends"):
        return before
    if cues.shows_clause(first):
        openers = word_set("prepositions") | word_set("weekdays") | {"yang", "seperti", "sambil"}
        if second[0] in openers or not cues.shows_clause(second):
            return before
    fronted = first[0] in word_set("prepositions") | word_set("subordinators") | word_set("lead_ins")
    if "," in reading.gap_before(end) and (fronted or len(second) >= len(first)):
        return behind
    return Span(before.start, behind.end)


def _tag_hit(reading: Reading, sentence: Span, at: int) -> _Hit | None:
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
        if not comma and not (first and tag.safe):
            if not tag.safe or tag.form != "kata":
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
    content = _around(reading, sentence, at, end, phrase)
    return _Hit(at, "indirect-tag", tag.polarity, phrase, content, start=words[at].start) if content else None


def _tag_speaker(phrase: Phrase, *, comma: bool, safe: bool) -> bool:
    """Whether a phrase behind a tag without marks is sure enough to be a speaker."""
    if not comma or not safe:
        return phrase.mention is not None or phrase.kind is PhraseKind.PRONOUN
    return True


def _passive_hit(reading: Reading, sentence: Span, at: int) -> _Hit | None:
    """`Dijelaskan (oleh) S, C`; `C, (seperti) disampaikan S`; `Dikatakannya, C`; `Disebutkan, C` (nobody)."""
    words = reading.words
    lower = words[at].lower
    n_before = len(reading.words_in(Span(sentence.start, words[at].start)))
    if cues.is_passive_suffixed(lower):
        if n_before and words[at - 1].lower in word_set("prepositions") | {"yang"}:
            return None
        phrase: Phrase | None = Phrase(PhraseKind.SUFFIX, Span(words[at].start, words[at].end))
        end = at + 1
    elif (
        not cues.is_passive(lower)
        or _points_back(reading, sentence, n_before)
        or (n_before and words[at - 1].lower in ("yang", "telah", "akan", "juga"))
    ):
        return None
    elif reading.gap_after(at).strip().startswith(",") and n_before <= 3:
        content = Span(_content_start(reading, sentence, at), sentence.end)
        return _Hit(at, "indirect-impersonal", Polarity.ASSERTS, None, content, start=words[at].start)
    else:
        first = at + 2 if at + 1 < len(words) and words[at + 1].lower == "oleh" else at + 1
        phrase = phrase_after(reading, first, sentence.end)
        like = n_before > 0 and words[at - 1].lower in _LIKE
        inserted = n_before <= 2 or "," in reading.gap_before(at) or like
        named = phrase is not None and (phrase.mention is not None or phrase.kind is PhraseKind.PRONOUN)
        if phrase is None or not inserted or not (named or like):
            return None
        end = reading.word_at(phrase.span.end)
    if n_before and words[at - 1].lower in _LIKE:
        content_or_none: Span | None = Span(_clause_floor(reading, sentence, at), words[at - 1].start)
    else:
        content_or_none = _around(reading, sentence, at, end, phrase)
    if content_or_none is None:
        return None
    return _Hit(at, "indirect-passive", Polarity.ASSERTS, phrase, content_or_none, start=words[at].start)


def _points_back(reading: Reading, sentence: Span, n_before: int) -> bool:
    """Whether the words before a passive only point to what was said (`Hal itu disampaikan S`)."""
    words = reading.words[reading.word_at(sentence.start) :][:n_before]
    return 0 < n_before <= 4 and all(w.lower in word_set("pointers") for w in words)


# --- one sentence ----------------------------------------------------------------------------------------------


def _outermost(reading: Reading, hits: list[_Hit], direct: list[Draft]) -> list[_Hit]:
    """Drop hits nested in the content of another, cut contents at coordinated hits, share subjects."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: h.at):
        if hit.shared:
            phrase = _shared_phrase(reading, hit, kept, direct)
            if phrase is None:
                continue
            hit = replace(hit, phrase=phrase)
        if kept and kept[-1].rule == "indirect-verb" and hit.at < reading.word_at(kept[-1].content.start):
            continue
        if kept and kept[-1].content.start <= reading.words[hit.at].start < kept[-1].content.end:
            if hit.rule == "indirect-according" and hit.content.end <= reading.words[hit.at].start:
                kept[-1] = replace(
                    kept[-1], content=Span(kept[-1].content.start, reading.words[hit.at].start)
                )
                continue
            if not (_splits(reading, hit, kept[-1]) if hit.shared else _coordinated(reading, hit)):
                continue
            kept[-1] = replace(
                kept[-1], content=Span(kept[-1].content.start, _before_conjunction(reading, hit))
            )
        if kept and hit.rule != "indirect-verb" and hit.content.covers(kept[-1].content):
            kept.pop()
        kept.append(hit)
    return kept


def _shared_phrase(reading: Reading, hit: _Hit, kept: list[_Hit], direct: list[Draft]) -> Phrase | None:
    if kept:
        return kept[-1].phrase
    before = [d for d in direct if d.cue and d.cue.end <= reading.words[hit.at].start and d.phrase]
    if before:
        return before[-1].phrase
    sentence = reading.sentence_over(reading.words[hit.at].start)
    return sentence_subject(reading, sentence)


def _splits(reading: Reading, hit: _Hit, before: _Hit) -> bool:
    """Whether a verb behind `dan` is the speaker's (`menyebut A dan menuduh B`), not the reported clause's own.

    Behind a full clause a plain `dan meminta X` goes on with that clause; `dan mengatakan bahwa` does not.
    """
    first = reading.words[reading.word_at(hit.start)].lower
    if first not in ("dan", "serta") or hit.needs in ("clause", "that"):
        return True
    inner = [reading.words[i].lower for i in reading.words_in(Span(before.content.start, hit.start))]
    return not cues.is_clause(inner)


def _coordinated(reading: Reading, hit: _Hit) -> bool:
    """Whether a cue with a subject of its own begins a clause beside the one before it, not inside it."""
    first = reading.word_at(hit.start)
    return first > 0 and reading.words[first - 1].lower in word_set("contrasts")


def _before_conjunction(reading: Reading, hit: _Hit) -> int:
    first = reading.word_at(hit.start)
    if not hit.shared:
        first -= 1
    return reading.words[first].start


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
        if j >= places.stop or words[j].lower not in word_set("prepositions") | word_set(
            "subordinators"
        ) | word_set("weekdays"):
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
    return read_phrase(reading, j, end)


def _ends_subject(reading: Reading, first: int, at: int) -> bool:
    word = reading.words[at]
    if reading.mention_over(word.start) is not None:
        return False
    if at > first and re.search(r"[,;:(]", reading.gap_before(at)):
        return True
    return word.lower in word_set("adverbs") | {"yang", "dan"} - {"dan"} or cues.shows_clause([word.lower])


def _drafts_of(reading: Reading, sentence: Span, hits: list[_Hit], contents: list[Span]) -> Iterator[Draft]:
    n = 0
    for hit in hits:
        content = _trim(reading, hit.content)
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
        draft = _relay_draft(reading, sentence, contents)
        if draft is not None:
            yield draft


def _kind(reading: Reading, hit: _Hit, content: Span) -> QuoteKind:
    if reading.quoted_in(content):
        return QuoteKind.MIXED
    words = {reading.words[i].lower for i in reading.words_in(content)}
    if hit.rule == "indirect-tag" and words & _FIRST_PERSON:
        return QuoteKind.DIRECT
    return QuoteKind.INDIRECT


def _without_marks(reading: Reading, content: Span) -> Span:
    return trimmed(reading.body, content, ' "“”')


def _trim(reading: Reading, content: Span) -> Span:
    """Take the outlet's credit, a relaying medium, the day of speaking and closing punctuation off a content."""
    body = reading.body
    end = content.end
    for pattern in (_CREDIT, _TRAILING_RELAY, _TRAILING_TIME):
        m = pattern.search(body[content.start : end])
        if m and m.start() > 0:
            end = content.start + m.start()
    return trimmed(body, Span(content.start, max(content.start, end)), _PUNCTUATION)


def _says_something(reading: Reading, hit: _Hit, content: Span) -> bool:
    """Whether a content is what its cue needs (``cues_verb.txt``)."""
    places = reading.words_in(content)
    words = [reading.words[i].lower for i in places]
    quoted = bool(reading.quoted_in(content))
    if len(words) < MIN_CONTENT:
        return False
    if quoted:
        return True
    if hit.needs == "marked" or words[0] in word_set("empty_objects"):
        return False
    if hit.rule != "indirect-verb":
        return cues.shows_clause(words) or len(words) > 5
    if hit.needs in ("denied", "any") or _is_led_in(reading, hit, content):
        return True
    if hit.needs == "demand":
        return cues.shows_clause(words)
    if "sebagai" in words[1:8] and (hit.needs == "name" or words[0] in ("diri", "dirinya")):
        return True
    return cues.is_clause(words)


def _is_led_in(reading: Reading, hit: _Hit, content: Span) -> bool:
    """Whether `bahwa` or a comma stands between the cue and its content."""
    lead = reading.body[reading.words[hit.at].end : content.start]
    return "," in lead or "bahwa" in lead


def _relay_draft(reading: Reading, sentence: Span, contents: list[Span]) -> Draft | None:
    """`Dikutip M, C` and `C, mengutip S`, in a sentence where nobody else speaks."""
    words = reading.words
    for at in reading.words_in(sentence):
        if (
            not cues.is_relay(words[at].lower)
            or _inside(words[at].start, contents)
            or reading.quoted_over(words[at].start)
        ):
            continue
        first = skip_relay_words(reading, at + 1)
        phrase = phrase_after(reading, first, sentence.end) if first < len(words) else None
        if phrase is None or phrase.kind not in (PhraseKind.NAME, PhraseKind.JOINT):
            return None
        leads = len(reading.words_in(Span(sentence.start, words[at].start))) <= 1
        if leads:
            content = Span(_past_phrase(reading, phrase, sentence), sentence.end)
        elif "," in reading.gap_before(at) or words[at - 1].lower in ("seperti", "sebagaimana"):
            content = Span(
                sentence.start, words[at - (words[at - 1].lower in ("seperti", "sebagaimana"))].start
            )
        else:
            return None
        content = _trim(reading, content)
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


def _past_phrase(reading: Reading, phrase: Phrase, sentence: Span) -> int:
    """Return where the clause begins behind `Dikutip M, Rabu (1/2),`."""
    places = reading.words_in(Span(phrase.span.end, sentence.end))
    comma = next((k for k in places if "," in reading.gap_before(k)), None)
    return sentence.end if comma is None else _past_time(reading, comma, sentence)


def is_person(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase names a person."""
    return phrase.mention is not None and reading.mentions[phrase.mention].type is EntityType.PER
