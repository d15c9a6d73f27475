"""Read UD treebanks (CoNLL-U) as text with surface words: a multiword token counts as one word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.model import Sentence, Span


def read_treebank(path: Path) -> Iterator[tuple[str, Sentence]]:
    """Yield the text of each sentence and its words, offsets counted in that text."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), None)
        if text:
            words = tuple(_find_words(text, _surface_words(lines)))
            yield text, Sentence(Span(words[0].start, words[-1].end), words)


def join_sentences(sentences: Iterable[tuple[str, Sentence]]) -> tuple[str, list[Sentence]]:
    """Return one text with a space between its sentences, and the sentences at their places in it."""
    texts: list[str] = []
    placed, at = [], 0
    for text, sentence in sentences:
        placed.append(move_sentence(sentence, at))
        texts.append(text)
        at += len(text) + 1
    return " ".join(texts), placed


def move_sentence(sentence: Sentence, by: int) -> Sentence:
    """Return the sentence `by` code points further on."""
    spans = tuple(Span(t.start + by, t.end + by) for t in sentence.tokens)
    return Sentence(Span(sentence.span.start + by, sentence.span.end + by), spans)


def _surface_words(lines: Iterable[str]) -> Iterator[str]:
    inside = 0  # the last word of the multiword token that is open
    for line in lines:
        number, _, rest = line.partition("\t")
        if not rest or "." in number or line.startswith("#"):
            continue
        if "-" in number:
            inside = int(number.split("-")[1])
        elif int(number) <= inside:
            continue
        yield rest.split("\t", 1)[0]


def _find_words(text: str, words: Iterable[str]) -> Iterator[Span]:
    at = 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        yield Span(start, at)
