"""Look for test sentences in the training text: ``python -m kb.training.overlap DATA [GOLD.jsonl ...]``.

A training sentence is named whose six-word sequences stand, half of them or more, in a test set of ``DATA/ner`` or
in a gold article. None should be: what was learnt by heart is not measured.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.training.evaluate import TAGGED_SETS
from kb.training.ner import read_training
from kb.training.tagged import TaggedSentence, read_bio

LENGTH = 6
SHARE = 0.5
_WORD = re.compile(r"\w+")
Sequences = set[tuple[str, ...]]


def find_sequences(text: str) -> Sequences:
    """Return the sequences of `LENGTH` words of a text, case and punctuation left out."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1)}


def find_overlaps(sentences: Iterable[TaggedSentence], known: Sequences) -> Iterator[str]:
    """Yield the sentences of which `SHARE` of the sequences are `known`."""
    for sentence in sentences:
        text = " ".join(word for word, _ in sentence)
        sequences = find_sequences(text)
        if sequences and len(sequences & known) >= SHARE * len(sequences):
            yield text


def read_tests(data_path: Path, gold_paths: Iterable[Path]) -> Iterator[str]:
    """Yield the texts that were not to be trained on."""
    for name in TAGGED_SETS:
        yield from (" ".join(w for w, _ in s) for s in read_bio(data_path / "ner" / f"{name}.bio"))
    for path in gold_paths:
        rows = (json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip())
        yield from (paragraph for row in rows for paragraph in row["text"].split("\n"))


def main() -> None:
    """Parse the command line and print what is found, each sentence once, cut short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path, nargs="*")
    args = parser.parse_args()
    known = {s for text in read_tests(args.data, args.gold) for s in find_sequences(text)}
    training = read_training(args.data)
    sentences = dict.fromkeys([*training.sure, *training.noisy])
    found = list(find_overlaps(sentences, known))
    for text in found:
        print(text[:60])
    print(f"{len(found)} of {len(sentences)} training sentences")


if __name__ == "__main__":
    main()
