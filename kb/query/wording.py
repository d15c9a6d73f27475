"""What changed between two states of a text: paragraph by paragraph, and which words within them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from kb.store.texts import MOST_WORDS

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_Word = tuple[int, int, int]  # its paragraph, where it starts there, where it ends


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A paragraph: `sign` is ``-`` (was there), ``+`` (is there now), `` `` (unchanged, beside a change) or ``…``
    (unchanged ones left out, no text). `changed` are the ``[start, end)`` of its words that the other side has not.
    """

    sign: str
    text: str
    changed: tuple[tuple[int, int], ...] = ()


def diff_lines(before: str, after: str, *, context: int = 1) -> Iterator[DiffLine]:
    """Yield the paragraphs that differ, with so many unchanged ones around them; nothing where none differs."""
    old, new = _PARAGRAPH.findall(before), _PARAGRAPH.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before == after:
        return
    end = 0
    for group in matcher.get_grouped_opcodes(context):
        if group[0][1] > end:
            yield DiffLine("…", "")
        for tag, first, last, new_first, new_last in group:
            if tag == "equal":
                yield from (DiffLine(" ", paragraph) for paragraph in old[first:last])
            else:
                yield from _changed(old[first:last], new[new_first:new_last])
        end = group[-1][2]
    if end < len(old):
        yield DiffLine("…", "")


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    """Yield what stood in a place, then what stands there now."""
    of_old, of_new = _only(old, new)
    for sign, lines, words in (("-", old, of_old), ("+", new, of_new)):
        spans = {at: tuple(_joined(found)) for at, found in groupby(words, key=lambda word: word[0])}
        yield from (DiffLine(sign, line, spans.get(at, ())) for at, line in enumerate(lines))


def _only(old: Sequence[str], new: Sequence[str]) -> tuple[list[_Word], list[_Word]]:
    """Return the words that only one side has; none where there is no other side, or where it is too long to tell."""
    of_old, of_new = _words(old), _words(new)
    if not of_old or not of_new or max(len(of_old), len(of_new)) > MOST_WORDS:
        return [], []
    texts = (
        [old[at][start:end] for at, start, end in of_old],
        [new[at][start:end] for at, start, end in of_new],
    )
    matcher = SequenceMatcher(a=texts[0], b=texts[1], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    return (
        [word for _, first, last, _, _ in changes for word in of_old[first:last]],
        [word for *_, first, last in changes for word in of_new[first:last]],
    )


def _words(lines: Sequence[str]) -> list[_Word]:
    return [(at, *match.span()) for at, line in enumerate(lines) for match in _WORD.finditer(line)]


def _joined(words: Iterator[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the spans of words of one paragraph, those with but a space between them as one."""
    _, start, end = next(words)
    for _, first, last in words:
        if first > end + 1:
            yield start, end
            start = first
        end = last
    yield start, end
