"""Read the name-tagged data: sentences of words with a BIO tag."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kb.model import EntityType, Mention, Span
from kb.training.cut import find_sentences

TaggedSentence = tuple[tuple[str, str], ...]  # (word, BIO tag)
HELD_OUT = 10  # one article in so many is kept for model selection


def read_bio(path: Path) -> list[TaggedSentence]:
    """Return the sentences of a file with a word, a tab and its tag on a line, a blank line between."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    return [
        tuple((line.split("\t")[0], line.split("\t")[1]) for line in block.splitlines())
        for block in blocks
        if block.strip()
    ]


def read_annotated(path: Path) -> Iterator[tuple[str, list[TaggedSentence]]]:
    """Yield the id and the tagged sentences of each article of a JSONL file with entity forms.

    Every whole-word occurrence of a form is a mention, the longest form first.
    """
    for row in _read_rows(path):
        paragraphs = row["text"].split("\n")
        yield row["id"], [s for p in paragraphs for s in tag_paragraph(p, row["entities"])]


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each article of a JSONL file, a paragraph a line."""
    yield from ((row["id"], row["text"]) for row in _read_rows(path))


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    yield from (json.loads(line) for line in lines if line.strip())


def is_held_out(article_id: str, *, one_in: int = HELD_OUT) -> bool:
    """Whether an article is kept for model selection: one in so many, by the hash of the id."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % one_in == 0


def tag_paragraph(text: str, entities: Iterable[dict[str, Any]]) -> Iterator[TaggedSentence]:
    """Yield the sentences of a paragraph, tagged with the names that stand in it."""
    yield from tag_sentences(text, find_mentions(text, entities))


def tag_sentences(text: str, mentions: Sequence[Mention]) -> Iterator[TaggedSentence]:
    """Yield the sentences of a paragraph with BIO tags; a mention takes every word that it touches."""
    for sentence in find_sentences(text):
        yield tuple(zip((t.of(text) for t in sentence.tokens), _tags(sentence.tokens, mentions), strict=True))


def find_mentions(text: str, entities: Iterable[dict[str, Any]]) -> list[Mention]:
    """Return where the forms of `entities` stand in `text`, in text order; the longest form wins."""
    forms = [(form, e["type"]) for e in entities for form in {e["name"], *e.get("surface", ())}]
    found: list[Mention] = []
    for form, kind in sorted(forms, key=lambda pair: (-len(pair[0]), pair)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            span = Span(*match.span())
            if not any(span.overlaps(m.span) for m in found):
                found.append(Mention(span, EntityType(kind)))
    return sorted(found, key=lambda m: m.span)


def _tags(tokens: Iterable[Span], mentions: Sequence[Mention]) -> Iterator[str]:
    open_mention: Mention | None = None
    for token in tokens:
        mention = next((m for m in mentions if m.span.overlaps(token)), None)
        if mention is None:
            yield "O"
        else:
            yield ("I-" if mention is open_mention else "B-") + mention.type
        open_mention = mention
