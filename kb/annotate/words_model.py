"""Text -> sentences of words, by a Stanza tokenizer model run in batches across articles.

A character tagger: each character goes on with a word, ends one, or ends a sentence. Paragraphs (what stands
between empty lines) are independent of each other. The words are those of Stanza's own ``TokenizeProcessor``,
without its objects and searches: `make bench-annotate` compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from stanza.models.common.vocab import PAD_ID
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import update_pred_regex

from kb.annotate.batches import cut_batches
from kb.model import Span

BATCH = 20_000  # characters and padding, run at once
WINDOW = 1_000  # characters seen of a longer paragraph at once; the next window begins after a sentence
TOO_LONG = "<UNK>"  # what a word of more than `WINDOW` characters is read as, as in Stanza
FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
_PARAGRAPH_END = re.compile(r"\n[\s\u0080-\u009f]*\n")
_SPACE = re.compile(r"[\s\u0080-\u009f]")
_MAY_BE_ADDRESS = re.compile(r"@|://|www\.|\.(?:gov|org|edu|net|co)")  # cheap, and true of every address
_GOES_ON, _ENDS_SENTENCE = 0, 2  # a model's labels; 1 ends a word


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its text as the model read it, one space for any white space inside, and where it stands."""

    text: str
    span: Span


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under way: its characters, where each stands, and what each came to so far."""

    text: int  # which of the texts
    characters: str  # white space runs as one space
    places: list[int]  # code points
    labels: list[int] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many characters the model sees next: a window, or all and, as in Stanza, a padding behind."""
        if len(self.characters) <= WINDOW:
            return len(self.characters) + 1
        return min(WINDOW, len(self.characters) - len(self.labels))


class WordsModel:
    """A tokenizer and sentence splitter."""

    def __init__(self, trainer: Trainer) -> None:
        if trainer.args["feat_funcs"] != FEATURES or trainer.args["use_mwt"]:
            raise ValueError("the tokenizer is not one of kb's")
        self._model = trainer.model.eval()
        self._vocab = trainer.vocab
        self._rows: dict[str, tuple[int, float, float, float]] = {}

    @torch.inference_mode()
    def cut(self, texts: Sequence[str]) -> list[list[list[Word]]]:
        """Return the sentences of each text; what one paragraph comes to does not depend on the others."""
        paragraphs = [p for i, text in enumerate(texts) for p in _find_paragraphs(i, text)]
        pending = paragraphs
        while pending:
            for batch in cut_batches([p.length for p in pending], limit=BATCH):
                self._label([pending[i] for i in batch])
            pending = [p for p in pending if len(p.labels) < len(p.characters)]
        cut: list[list[list[Word]]] = [[] for _ in texts]
        for paragraph in paragraphs:
            cut[paragraph.text] += _read_labels(paragraph)
        return cut

    def _label(self, batch: Sequence[_Paragraph]) -> None:
        """Label the next window of each paragraph, the longest first."""
        windows = [p.characters[len(p.labels) : len(p.labels) + WINDOW] for p in batch]
        lengths = [p.length for p in batch]
        units = np.full((len(batch), lengths[0]), PAD_ID, dtype=np.int64)
        features = np.zeros((len(batch), lengths[0], len(FEATURES)), dtype=np.float32)
        for row, (paragraph, window) in enumerate(zip(batch, windows, strict=True)):
            known = np.array([self._describe(c) for c in window], dtype=np.float32)
            units[row, : len(window)], features[row, : len(window), :3] = known[:, 0], known[:, 1:]
            features[row, 0, 4] = not paragraph.labels
            features[row, len(window) - 1, 3] = len(paragraph.labels) + len(window) == len(
                paragraph.characters
            )
        scores = self._model(torch.from_numpy(units), torch.from_numpy(features), lengths)
        found = scores.argmax(2).tolist()
        for paragraph, window, labels in zip(batch, windows, found, strict=True):
            paragraph.labels += _settled(
                labels[: len(window)], len(paragraph.characters) - len(paragraph.labels)
            )

    def _describe(self, character: str) -> tuple[int, float, float, float]:
        """Return the model's number for a character, and whether it is a space, a capital, a digit."""
        row = self._rows.get(character)
        if row is None:
            number = self._vocab.unit2id(character)
            row = number, character == " ", character.isupper(), character.isdecimal()
            self._rows[character] = row
        return row


def _find_paragraphs(number: int, text: str) -> Iterator[_Paragraph]:
    start = 0
    for end, following in [*(m.span() for m in _PARAGRAPH_END.finditer(text)), (len(text), 0)]:
        characters: list[str] = []
        places: list[int] = []
        for at, character in enumerate(text[start:end].rstrip(), start):
            plain = " " if _SPACE.match(character) else character
            if plain != " " or not characters or characters[-1] != " ":
                characters.append(plain)
                places.append(at)
        if characters:
            yield _Paragraph(number, "".join(characters), places)
        start = following


def _settled(labels: list[int], rest: int) -> list[int]:
    """Return the labels of a window up to its last sentence's end, all where nothing follows or none ends."""
    if rest <= WINDOW or _ENDS_SENTENCE not in labels:
        return labels
    return labels[: len(labels) - labels[::-1].index(_ENDS_SENTENCE)]


def _read_labels(paragraph: _Paragraph) -> Iterator[list[Word]]:
    """Yield the sentences of a labelled paragraph."""
    labels, characters = paragraph.labels, paragraph.characters
    labels[-1] = _ENDS_SENTENCE
    if _MAY_BE_ADDRESS.search(characters):
        labels = [int(label) for label in update_pred_regex(list(characters), np.array(labels))]
    sentence: list[Word] = []
    start = 0
    for at, label in enumerate(labels):
        if label == _GOES_ON:
            continue
        while start <= at and characters[start] == " ":
            start += 1
        if start <= at:
            text = characters[start : at + 1] if at - start < WINDOW else TOO_LONG
            sentence.append(Word(text, Span(paragraph.places[start], paragraph.places[at] + 1)))
        start = at + 1
        if label == _ENDS_SENTENCE and sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence
