"""Where a reported clause begins and ends: without addressee, occasion, place and day of the speaking."""

from __future__ import annotations

import re

from kb.attribute import cues
from kb.attribute.marks import trimmed
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import Span

_CREDIT = re.compile(
    r"(?:(?<=[.!?”\"])\s*[(\[][\w\s/.,@-]{2,120}[)\]]|\s*[(\[][a-z]{2,}(?:\s?/\s?[a-z]+)+[)\]])\.?\s*$"
)


_TRAILING_RELAY = re.compile(
    r",?\s*(?:seperti|sebagaimana)?\s*\b(?:dikutip|dilansir|dilaporkan|diberitakan|mengutip|melansir)\b[^,.]*(?:,[^,.]*)?\.?$"
)


_TRAILING_TIME = re.compile(
    r"(?:,|\s+pada)\s*(?:hari\s+)?(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)\b[^,]{0,12}(?:\([\d/]+\))?[^,]{0,20}$"
)


_TRAILING_SILENCE = re.compile(
    r",?\s*\b(?:tetapi|namun|tapi|tanpa|meski)\s+(?:ia\s+|dia\s+)?(?:(?:tidak|tak|enggan|belum|menolak)\s+)?"
    r"(?:me(?:me)?rinci|menjelaskan|menyebut(?:kan)?|mengungkap(?:kan)?|berkomentar|menyertakan|menanggapi)\b.*$"
)
_THAT = re.compile(r"bahwa\s+")
_PUNCTUATION = " \t\n\u00a0,.;:—–-"


MAX_QUOTED = 8
"""How many quoted stretches of a sentence are looked at for the one that a clause follows."""

MIN_CONTENT = 2
"""Fewest words of a reported clause."""


def clause_floor(reading: Reading, sentence: Span, at: int) -> int:
    """Return where a subject may begin at the earliest: behind the last direct quotation, or at the sentence."""
    floor = sentence.start
    for n, quoted in enumerate(reading.quoted_before(reading.words[at].start)):
        if quoted.outer.start < sentence.start or n == MAX_QUOTED:
            break
        if (
            quoted.closed
            and quoted.outer.end <= reading.words[at].start
            and len(reading.words_in(quoted.inner)) > 4
        ):
            floor = quoted.outer.end
            break
    dateline = reading.document.dateline
    if dateline and dateline.start <= floor < dateline.end:
        floor = dateline.end
    return floor


def content_start(reading: Reading, sentence: Span, at: int) -> int:
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
        return past_time(reading, j, sentence)
    start = _past_adjunct(reading, sentence, j)
    return _with_mark(reading, j) if start is None else start


def _past_adjunct(reading: Reading, sentence: Span, at: int) -> int | None:
    """Return where the content begins behind `kepada X`, `dalam jumpa pers`, `pesan kepada X`; None for none."""
    words = reading.words
    head = words[at].lower
    reach = {"kepada": 20}.get(head, 9 if head in word_set("that_nouns") else 0)
    places = reading.words_in(Span(words[at].start, sentence.end))
    openers = word_set("clause_openers") if head == "kepada" else frozenset(("agar", "supaya", "bahwa"))
    opener = _first_of(reading, places[:reach], openers)
    if opener is not None and words[opener].lower != "bahwa":
        between = [words[k].lower for k in range(at + 1, opener)]
        if not cues.is_clause(between):
            return words[opener].start
        return words[at + 1].start if head == "kepada" else None
    if head not in word_set("adjunct_heads") | word_set("that_nouns"):
        return None
    that = _first_of(reading, places[:30], frozenset(("bahwa",)))
    if that is not None:
        return _after(reading, that, sentence)
    comma = next((k for k in places[1:25] if "," in reading.gap_before(k)), None)
    if comma is None or head not in word_set("adjunct_heads"):
        return None
    return past_time(reading, comma, sentence)


def _first_of(reading: Reading, places: range, wanted: frozenset[str]) -> int | None:
    """Return the first place outside quotations whose word is wanted."""
    for k in places:
        if reading.words[k].lower in wanted and reading.quoted_over(reading.words[k].start) is None:
            return k
    return None


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


def past_time(reading: Reading, at: int, sentence: Span) -> int:
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
    return words[j].start - len(reading.gap_before(j).lstrip(" ,:)"))


def _clause_until_comma(reading: Reading, at: int, sentence: Span) -> bool:
    lower = []
    for k in reading.words_in(Span(reading.words[at].start, sentence.end)):
        if k > at and "," in reading.gap_before(k):
            break
        lower.append(reading.words[k].lower)
    return cues.shows_clause(lower)


def is_empty(reading: Reading, span: Span) -> bool:
    """Whether a stretch holds fewer than `MIN_CONTENT` words and no quotation."""
    words = [reading.words[i].lower for i in reading.words_in(span)]
    return len(words) < MIN_CONTENT and not reading.quoted_in(span)


def content_around(reading: Reading, sentence: Span, at: int, end: int) -> Span | None:
    """Return the clause around an inserted tag: what stands behind it, before it, or both."""
    words = reading.words
    before = Span(clause_floor(reading, sentence, at), words[at].start)
    n_before = len(reading.words_in(before))
    behind = (
        Span(words[end].start - len(reading.gap_before(end).lstrip(" ,)")), sentence.end)
        if end < len(words)
        else None
    )
    if behind is None or not reading.words_in(behind):
        behind = None
    if n_before == 0:
        return behind
    if (
        n_before <= 3 and behind is not None
    ):  # `Namun, kata S, C`; but `Kejadian itu, kata S murni salah paham` is one
        return behind if "," in reading.gap_before(end) or n_before == 1 else Span(before.start, behind.end)
    if behind is None:
        return before
    return _longer(reading, end, before, behind)


def _longer(reading: Reading, end: int, before: Span, behind: Span) -> Span:
    """Choose between the two sides of an inserted tag.

    An aside behind the tag (time, place, occasion) leaves the side before it; a fronted phrase before the tag
    leaves the side behind it; a clause that the tag cuts in two is taken whole.
    """
    words = reading.words
    first, second = (reading.lowered(reading.words_in(span)) for span in (before, behind))
    if "," not in reading.gap_before(end) and words[end].lower in word_set("speaker_ends"):
        return before
    if cues.shows_clause(first) and second[:2] != ["saat", "ini"]:
        openers = word_set("prepositions") | word_set("weekdays") | {"yang", "seperti", "sambil"}
        if second[0] in openers or not cues.shows_clause(second):
            return before
    fronted = first[0] in word_set("prepositions") | word_set("subordinators") | word_set("lead_ins")
    if "," in reading.gap_before(end) and (fronted or len(second) >= len(first)):
        return behind
    return Span(before.start, behind.end)


def trim_content(reading: Reading, content: Span) -> Span:
    """Take the outlet's credit, a relaying medium, the day of speaking and closing punctuation off a content."""
    body = reading.body
    kept = _cut_tail(body, content, (_CREDIT, _TRAILING_RELAY, _TRAILING_SILENCE, _TRAILING_TIME))
    trimmed_content = trimmed(body, kept, _PUNCTUATION)
    that = _THAT.match(body, trimmed_content.start, trimmed_content.end)
    return Span(that.end(), trimmed_content.end) if that else trimmed_content


def trim_tail(body: str, span: Span) -> Span:
    """Take the outlet's credit and a relaying medium off the end of a stretch."""
    return _cut_tail(body, span, (_CREDIT, _TRAILING_RELAY))


def _cut_tail(body: str, span: Span, patterns: tuple[re.Pattern[str], ...]) -> Span:
    end = span.end
    for pattern in patterns:
        m = pattern.search(body[span.start : end])
        if m and m.start() > 0:
            end = span.start + m.start()
    return Span(span.start, end)


def inside_any(position: int, spans: list[Span]) -> bool:
    """Whether a position lies in one of the spans."""
    return any(s.start <= position < s.end for s in spans)
