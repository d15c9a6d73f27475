"""Names that we annotated in the corpus, kept apart from its text: ``kb/training/corpus_names.tsv``.

A line of the file is one paragraph of the corpus: its line number there, counted from 0, and its names, each as
``START+LENGTH:TYPE`` in code points (``1204<TAB>0+5:P 17+12:O``; P, O, L). A paragraph without names stands there
too. The first line gives the SHA-256 of the unpacked corpus, since line numbers mean nothing in another one.
"""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kb.model import EntityType, Mention, Span
from kb.training.tagged import TaggedSentence, tag_sentences

NAMES_PATH = Path(__file__).with_name("corpus_names.tsv")
_TYPES = {kind[0]: kind for kind in EntityType}
_NAME = re.compile(r"(\d+)\+(\d+):([POL])")
Names = Mapping[int, tuple[Mention, ...]]


def read_annotated_corpus(
    corpus_path: Path, names_path: Path = NAMES_PATH
) -> Iterator[tuple[int, list[TaggedSentence]]]:
    """Yield the line number and the tagged sentences of each annotated paragraph of an xz-packed corpus.

    Raises ValueError where the corpus is not the one that was annotated.
    """
    with names_path.open(encoding="ascii") as lines:
        sha256 = next(lines).removeprefix("# sha256 ").strip()
        names = dict(map(_read_names, lines))
    text = lzma.decompress(corpus_path.read_bytes())
    if hashlib.sha256(text).hexdigest() != sha256:
        raise ValueError(f"{corpus_path} is not the corpus that {names_path.name} belongs to")
    for number, line in enumerate(text.decode("utf-8", "ignore").split("\n")):
        if number in names:
            yield number, list(tag_sentences(line, names[number]))


def write_names(names: Names, corpus_path: Path, names_path: Path = NAMES_PATH) -> None:
    """Write the names of paragraphs of a corpus, by line number."""
    sha256 = hashlib.sha256(lzma.decompress(corpus_path.read_bytes())).hexdigest()
    rows = (f"{number}\t{_write_names(names[number])}\n" for number in sorted(names))
    names_path.write_text("".join([f"# sha256 {sha256}\n", *rows]), "ascii")


def _read_names(row: str) -> tuple[int, tuple[Mention, ...]]:
    number, _, names = row.partition("\t")
    found = ((int(start), int(length), kind) for start, length, kind in _NAME.findall(names))
    return int(number), tuple(Mention(Span(start, start + n), _TYPES[kind]) for start, n, kind in found)


def _write_names(mentions: Iterable[Mention]) -> str:
    return " ".join(f"{m.span.start}+{len(m.span)}:{m.type[0]}" for m in mentions)
