"""Interviews printed as questions and answers: unmarked direct speech, told by a sentence that announces them.

Berikut petikan wawancara dengan Rina Wulan.
Rina: Kami mulai bulan depan.              a label names who speaks
Siapa yang membayar?                       a paragraph that ends in a question mark is the interviewer's
Semua pihak ikut menanggung.               what follows it is the answer of whoever was announced
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.attribute.drafts import Draft
from kb.attribute.marks import trimmed
from kb.attribute.phrases import Phrase, PhraseKind
from kb.attribute.reading import Reading
from kb.lexicon import word_set
from kb.model import EntityType, QuoteKind, Span

_LABEL = re.compile(r"(?P<label>[^\W\d][^:?!.,\n]{0,40}):\s+(?=\S)")
_DOUBLE_MARK = re.compile('["“”]')
_ANSWER = frozenset(("jawab", "jawaban", "j", "a"))
LONGEST_QUESTION = 60
"""Words; a longer paragraph is no question, though it ends in a question mark."""


def find_interviews(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each answer of the interviews that a body announces, in order."""
    number = 0
    while number < len(reading.paragraphs):
        announced = _announced(reading, reading.paragraphs[number])
        number += 1
        if announced is not None and number < len(reading.paragraphs):
            answers = list(_answers(reading, number, announced))
            yield from answers
            number += len(answers)


def _announced(reading: Reading, paragraph: Span) -> int | None:
    """Return the person whose interview a paragraph's last sentence announces (`Berikut tanya jawab dengan S`)."""
    if _DOUBLE_MARK.search(reading.body, paragraph.start, paragraph.end):
        return None
    sentence = reading.sentence_over(paragraph.end - 1)
    words = {reading.words[i].lower for i in reading.words_in(sentence)}
    if "berikut" not in words or not words & word_set("interviews"):
        return None
    people = [i for i in reading.mentions_in(sentence) if reading.mentions[i].type is EntityType.PER]
    return people[-1] if people else None


def _answers(reading: Reading, number: int, announced: int) -> Iterator[Draft]:
    """Yield the answers from a paragraph on, until one that tells of the speaker or quotes."""
    name = set(reading.mentions[announced].span.of(reading.body).split())
    asked = False
    for paragraph in reading.paragraphs[number:]:
        label = _LABEL.match(reading.body, paragraph.start, paragraph.end)
        named = label is not None and bool(name & set(label["label"].split()))
        answers = named or (label is not None and label["label"].lower() in _ANSWER)
        inside = Span(label.end() if label and answers else paragraph.start, paragraph.end)
        if _tells(reading, inside, name):
            return
        if not answers and (label is not None or _is_question(reading, paragraph)):
            asked = True
            continue
        if not answers and not asked:
            return
        mention = reading.mentions[announced].span
        if label and named:
            mention = Span(label.start(), label.end("label"))
        content = trimmed(reading.body, inside)
        phrase = Phrase(PhraseKind.NAME, mention, announced)
        yield Draft(QuoteKind.DIRECT, content, "direct-interview", paragraph.start, phrase=phrase)


def _is_question(reading: Reading, paragraph: Span) -> bool:
    text = paragraph.of(reading.body).rstrip()
    return text.endswith("?") and len(text.split()) <= LONGEST_QUESTION


def _tells(reading: Reading, span: Span, name: set[str]) -> bool:
    """Whether a paragraph is no answer: it quotes, or names whom it should be said by."""
    words = span.of(reading.body)
    return _DOUBLE_MARK.search(words) is not None or bool(name & set(re.findall(r"\w+", words)))
