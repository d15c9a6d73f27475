"""Tagged tokens as the model gives them -> sentences that cover the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.model import Sentence, Span

_WORDS = re.compile(r"\S+")
_CLOSING = frozenset("\"”’')]»")


@dataclass(frozen=True, slots=True)
class TaggedToken:
    """A token of the body and its BIOES tag (``O``, ``S-PER``, ``B-ORG`` ...)."""

    span: Span
    tag: str


def make_sentences(body: str, tagged: Sequence[Sequence[TaggedToken]]) -> tuple[Sentence, ...]:
    """Return the sentences with their tokens.

    Whatever the model gives, tokens are in order, not empty, without white space inside, and nothing but
    white space lies between them. A reporting tag in lower case after a closing mark (``?" tanya Budi.``)
    goes on with the sentence before it.
    """
    sentences: list[list[Span]] = []
    end = 0
    for tokens in tagged:
        found = list(_cover(body, end, tokens))
        if found:
            end = found[-1].end
            if sentences and _goes_on(body, sentences[-1][-1], found[0]):
                sentences[-1] += found
            else:
                sentences.append(found)
    if rest := list(_words(body, end, len(body))):
        sentences.append(rest)
    return tuple(Sentence(Span(tokens[0].start, tokens[-1].end), tuple(tokens)) for tokens in sentences)


def _cover(body: str, end: int, tokens: Iterable[TaggedToken]) -> Iterator[Span]:
    """Yield the tokens from `end` on, and the words that the model left out before them."""
    for token in tokens:
        start = max(end, token.span.start)
        yield from _words(body, end, start)
        yield from _words(body, start, token.span.end)
        end = max(start, token.span.end)


def _words(body: str, start: int, end: int) -> Iterator[Span]:
    return (Span(*match.span()) for match in _WORDS.finditer(body, start, max(start, end)))


def _goes_on(body: str, last: Span, first: Span) -> bool:
    """Whether a new sentence's first token goes on with the old sentence's last."""
    if "\n" in body[last.end : first.start]:
        return False
    return last.of(body)[-1] in _CLOSING and first.of(body)[0].islower()
