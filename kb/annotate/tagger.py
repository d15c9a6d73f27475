"""Bodies -> tagged tokens, by two Stanza models: one for words and sentences, one for names."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import torch
from stanza.models.common import utils as stanza_utils
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer as NamesTrainer
from stanza.models.tokenization.trainer import Trainer as WordsTrainer

from kb.annotate.annotator import Tag, TaggedBody
from kb.annotate.chunks import find_chunks
from kb.annotate.names_model import NamesModel
from kb.annotate.sentences import TaggedToken
from kb.annotate.words_model import Word, WordsModel
from kb.model import Span


def load_tagger(folder: Path) -> Tag:
    """Load the models of `folder` and return what tags bodies with them, on one thread."""
    torch.set_num_threads(1)  # two threads on two busy cores are four times slower; scale by processes
    words, names = load_trainers(folder)
    return make_tag(WordsModel(words), NamesModel(names))


def load_trainers(folder: Path) -> tuple[WordsTrainer, NamesTrainer]:
    """Load the tokenizer and the name tagger of `folder` as Stanza holds them."""
    logging.getLogger("stanza").setLevel(logging.ERROR)
    with _quick_loading():
        vectors = Pretrain(str(folder / "vectors.pt"))
        words = WordsTrainer(model_file=str(folder / "tokenize.pt"), device="cpu")
        names = NamesTrainer(model_file=str(folder / "ner.pt"), pretrain=vectors, args={}, device="cpu")
    return words, names


def make_tag(words: WordsModel, names: NamesModel) -> Tag:
    """Return what tags bodies with two models."""
    return lambda bodies: _tag(words, names, bodies)


@contextmanager
def _quick_loading() -> Iterator[None]:
    """Spare Stanza what costs seconds and loads nothing: an optimizer for each model, and the slow unpickler.

    An optimizer imports a compiler. PyTorch's unpickler for files of unknown origin is written in Python; ours were
    checked against the package's list of hashes, which makes them as good as its code.
    """
    kept = stanza_utils.get_optimizer, stanza_utils.get_split_optimizer, torch.load
    stanza_utils.get_optimizer = lambda *_, **__: None
    stanza_utils.get_split_optimizer = lambda *_, **__: {}
    torch.load = lambda *args, **options: kept[2](*args, **options | {"weights_only": False})
    try:
        yield
    finally:
        stanza_utils.get_optimizer, stanza_utils.get_split_optimizer, torch.load = kept


def _tag(words: WordsModel, names: NamesModel, bodies: Sequence[str]) -> Sequence[TaggedBody]:
    """Return the tagged sentences of each body; all their chunks go through the models together."""
    chunks = [(i, chunk) for i, body in enumerate(bodies) for chunk in find_chunks(body)]
    cut = words.cut([chunk.of(bodies[i]) for i, chunk in chunks])
    tags = iter(names.tag([[word.text for word in sentence] for sentence in chain.from_iterable(cut)]))
    tagged: list[list[list[TaggedToken]]] = [[] for _ in bodies]
    for (i, chunk), sentences in zip(chunks, cut, strict=True):
        tagged[i] += [_place(sentence, next(tags), chunk.start) for sentence in sentences]
    return tagged


def _place(sentence: Sequence[Word], tags: Sequence[str], offset: int) -> list[TaggedToken]:
    return [
        TaggedToken(Span(offset + word.span.start, offset + word.span.end), tag)
        for word, tag in zip(sentence, tags, strict=True)
    ]
