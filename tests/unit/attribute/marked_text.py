"""Documents out of marked-up text, and what is said in them told in a few words.

    [PER Rina Wulan] mengatakan, stok aman.      names stand in brackets with their type
    <JAKARTA, KORAN — >Stok aman.                 a dateline stands in angle brackets
    Satu kalimat.|Kalimat lain.                   a bar cuts sentences where the simple splitter would not

Paragraphs are separated by a blank line. `direct`, `indirect` and `mixed` state one attribution: its content
without closing punctuation, its speaker, and any further field by name; `found` answers with the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pytest

from kb.attribute import attribute
from kb.model import Annotation, Attribution, Document, EntityType, Mention, Sentence, Span

Said = dict[str, Any]

_MARKUP = re.compile(r"\[(?P<type>PER|ORG|LOC) (?P<name>[^\]]+)\]|(?P<bar>\|\s?)|(?P<side>[<>])")
_SENTENCE_END = re.compile(r"[.!?]+[\"”’)]*\s+(?=[\"“”‘«(]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:^|\s|\()(?:dr|drg|Dr|Prof|Ir|KH|H|No|Rp|Jl|a\.n|[A-Z])\.\s+$")
_CLOSING = " \t\n.,;:?!…"


def document(marked: str) -> Document:
    """Return the document that a marked-up text stands for."""
    body, at = "", 0
    mentions, bars, sides = [], [], []
    for m in _MARKUP.finditer(marked):
        body += marked[at : m.start()]
        at = m.end()
        if m["name"]:
            mentions.append(Mention(Span(len(body), len(body + m["name"])), EntityType(m["type"])))
            body += m["name"]
        elif m["side"]:
            sides.append(len(body))
        else:
            body += " "
            bars.append(len(body))
    body += marked[at:]
    return Document(body, tuple(_sentences(body, bars)), tuple(mentions), Span(*sides) if sides else None)


def _sentences(body: str, bars: list[int]) -> Iterator[Sentence]:
    for line in re.finditer(r"[^\n]+", body):
        start = line.start()
        inside = [bar for bar in bars if line.start() < bar < line.end()]
        for end in sorted({*inside, *_ends(body, line.span())}):
            yield _sentence(body, start, end)
            start = end
        if body[start : line.end()].strip():
            yield _sentence(body, start, line.end())


def _ends(body: str, line: tuple[int, int]) -> Iterator[int]:
    for m in _SENTENCE_END.finditer(body, *line):
        if not _ABBREVIATION.search(body[line[0] : m.end()]):
            yield m.end()


def _sentence(body: str, start: int, end: int) -> Sentence:
    end -= len(body[start:end]) - len(body[start:end].rstrip())
    tokens = (Span(*m.span()) for m in re.compile(r"\w+|[^\w\s]").finditer(body, start, end))
    return Sentence(Span(start, end), tuple(tokens))


def direct(content: str, speaker: str | None, **more: object) -> Said:
    """State words as said; `more` are further fields (`cue`, `mention`, `type`, `polarity`, `medium`, …)."""
    return {"kind": "direct", "content": content, "speaker": speaker, **more}


def indirect(content: str, speaker: str | None, **more: object) -> Said:
    """State a paraphrase."""
    return {"kind": "indirect", "content": content, "speaker": speaker, **more}


def mixed(content: str, speaker: str | None, **more: object) -> Said:
    """State a paraphrase with words as said in it."""
    return {"kind": "mixed", "content": content, "speaker": speaker, **more}


def found(marked: str, like: tuple[Said, ...]) -> list[Said]:
    """Return what is found in a text, each with the fields that its counterpart in `like` states."""
    read = document(marked)
    annotation = attribute(read)
    rows = [_row(read.body, annotation, a) for a in annotation.attributions]
    plain = direct("", None)
    return [{key: row[key] for key in wanted or plain} for row, wanted in zip_longest(rows, like) if row]


def _row(body: str, annotation: Annotation, a: Attribution) -> Said:
    return {
        "kind": str(a.kind),
        "content": a.content.of(body).strip(_CLOSING),
        "speaker": a.speaker,
        "cue": a.cue and a.cue.of(body),
        "mention": a.speaker_mention and a.speaker_mention.of(body),
        "type": a.speaker_type and str(a.speaker_type),
        "polarity": str(a.polarity),
        "role": a.role,
        "medium": a.medium,
        "addressee": a.addressee,
        "occasion": a.occasion,
        "rule": a.rule,
        "candidates": {annotation.entities[c.entity].name for c in a.candidates},
    }


def example(name: str, marked: str, *wanted: Said, fails: str | None = None) -> Any:
    """Return a named example: a text and all that is said in it; `fails` tells why it is not read yet."""
    marks = [pytest.mark.xfail(strict=True, reason=fails)] if fails else []
    return pytest.param(marked, wanted, id=name, marks=marks)
