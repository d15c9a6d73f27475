"""The normal form of a body: NFC, one paragraph a line, one blank line between paragraphs, single spaces.

Words and quotation marks stay as printed. Every offset of kb counts code points of this form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Marks that print nothing: zero-width spaces and joiners, direction marks, soft hyphen, byte order mark.
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_HYPHENATED = re.compile(r"\w-$")

WIDEST_WRAP = 120
"""Columns: a longer line was not broken by a wrapping editor."""

FEWEST_BREAKS = 3
"""Lines broken for want of room that a text must have before it can be called wrapped."""

Block = list[str]


def normalise(text: str) -> str:
    """Bring `text` into normal form; each line that is not blank becomes a paragraph."""
    return make_body(line for block in find_blocks(text) for line in block)


def make_body(paragraphs: Iterable[str]) -> str:
    """Join paragraphs that are in normal form themselves."""
    return "\n\n".join(paragraphs)


def find_blocks(text: str) -> Iterator[Block]:
    """Yield runs of lines between blank lines, each line in normal form."""
    block: Block = []
    for line in map(_normal_line, _LINE_END.split(text)):
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _normal_line(line: str) -> str:
    visible = _INVISIBLE.sub("", _CONTROL.sub("", line))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def unwrap(blocks: Iterable[Block]) -> list[Block]:
    """Join the lines of hard-wrapped paragraphs.

    A line was broken by wrapping if the first word of the next would not have fitted into the text's width. A
    text is wrapped if most line breaks inside its blocks are of that kind and most of those are inside a
    sentence; otherwise it is left alone.
    """
    found = list(blocks)
    breaks = [pair for block in found for pair in pairwise(block)]
    width = max((len(line) for pair in breaks for line in pair), default=0)
    full = [after for line, after in breaks if _is_full(line, after, width)]
    goes_on = sum(after[0].islower() for after in full)
    if width > WIDEST_WRAP or len(full) < FEWEST_BREAKS:
        return found
    if len(full) < 0.6 * len(breaks) or goes_on < 0.5 * len(full):
        return found
    return [_unwrap_block(block, width) for block in found]


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _unwrap_block(block: Block, width: int) -> Block:
    joined = [block[0]]
    for line, after in pairwise(block):
        if _is_full(line, after, width):
            joined[-1] += after if _HYPHENATED.search(line) else f" {after}"
        else:
            joined.append(after)
    return joined
