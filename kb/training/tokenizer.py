"""Train the tokenizer: ``python -m kb.training.tokenizer DATA OUT.pt``.

Stanza's character tagger (Qi et al. 2018) learns words and sentences from UD Indonesian (GSD dev, CSUI train,
PUD; surface words) and from news paragraphs that `kb.training.cut` cuts by rule: our annotated articles and a
sample of the corpus. It differs from Stanza's loop in that it sees paragraphs as they stand, not sentences
drawn at random, and in that the learning rate falls linearly.
"""

from __future__ import annotations

import argparse
import logging
import lzma
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from stanza.models import tokenizer as stanza_tokenizer
from stanza.models.common.utils import set_random_seed
from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.vocab import Vocab

from kb.model import Sentence
from kb.training.cut import find_sentences
from kb.training.packing import pack_model
from kb.training.tagged import is_held_out, read_texts
from kb.training.treebank import join_sentences, move_sentence, read_treebank

STEPS = 6000
SEED = 7
TREEBANKS = ("id_gsd-ud-dev", "id_csui-ud-train", "id_pud-ud-test")
TREEBANK_WEIGHT = 3  # how often the treebanks stand in the training text
SAMPLE = 5000  # paragraphs of the corpus
LONGEST = 400  # characters of a training paragraph; longer ones are cut between sentences
GLUED = 0.02  # of the sentences lose the space before them (``selesai.Kata``)
SETTINGS = "--lang id --shorthand id_kb --batch_size 16 --lr0 2e-3 --no_use_mwt"
Paragraph = tuple[str, list[Sentence]]
log = logging.getLogger(__name__)


def read_training(data_path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs to learn from."""
    chance = random.Random(SEED)
    for name in TREEBANKS * TREEBANK_WEIGHT:
        sentences = list(read_treebank(data_path / "ud" / f"{name}.conllu"))
        chance.shuffle(sentences)
        while sentences:
            n = chance.choice((1, 2, 3))
            yield join_sentences(sentences[:n])
            del sentences[:n]
    articles = read_texts(data_path / "ner" / "kbnews.train.jsonl")
    own = [line for article_id, text in articles if not is_held_out(article_id) for line in text.split("\n")]
    for paragraph in [*own, *sample_corpus(data_path / "corpus.txt.xz", SAMPLE)]:
        yield from _parts(paragraph.strip(), list(find_sentences(paragraph.strip())))


def sample_corpus(path: Path, n: int) -> list[str]:
    """Return `n` paragraphs of running text, drawn evenly from the corpus."""
    with lzma.open(path, "rt", encoding="utf-8", errors="ignore") as lines:
        kept = [line.strip() for line in lines if 80 < len(line) < 1500]
    return random.Random(SEED).sample(kept, n)


def train_tokenizer(paragraphs: Iterable[Paragraph], *, steps: int = STEPS) -> Trainer:
    """Return a tokenizer trained for `steps` batches."""
    set_random_seed(SEED)
    args = stanza_tokenizer.parse_args(SETTINGS.split())
    args |= {"feat_funcs": stanza_tokenizer.DEFAULT_FEAT_FUNCS, "num_dict_feat": 0}
    args["feat_dim"] = len(args["feat_funcs"])
    dataset = _make_dataset([_glue(paragraph) for paragraph in paragraphs], args)
    args["vocab_size"] = len(dataset.vocab)
    trainer = Trainer(args=args, vocab=dataset.vocab, device="cpu")
    encoded = [dataset.para_to_sentences(paragraph)[0] for paragraph in dataset.data]
    for step in range(steps):
        trainer.change_lr(args["lr0"] * max(0.01, 1 - step / steps))
        loss = trainer.update(_make_batch(encoded, dataset.vocab, args))
        if step % 100 == 0:
            log.info("step %d of %d: loss %.4f", step, steps, loss)
    return trainer


def _parts(text: str, sentences: Sequence[Sentence]) -> Iterator[Paragraph]:
    """Yield parts of whole sentences, none longer than `LONGEST` unless it is one sentence."""
    start = 0
    for end in range(1, len(sentences) + 1):
        first = sentences[start].span.start
        if end == len(sentences) or sentences[end].span.end - first > LONGEST:
            moved = [move_sentence(sentence, -first) for sentence in sentences[start:end]]
            yield text[first : first + moved[-1].span.end], moved
            start = end


def _glue(paragraph: Paragraph) -> tuple[str, str]:
    """Return the text and its labels, the space between two sentences lost now and then.

    A label says for each character: 0 inside, 1 ends a word, 2 ends a sentence.
    """
    text, sentences = paragraph
    labels = ["0"] * len(text)
    for sentence in sentences:
        for token in sentence.tokens:
            labels[token.end - 1] = "1"
        labels[sentence.span.end - 1] = "2"
    lost = {
        s.span.start - 1 for s in sentences[1:] if text[s.span.start - 1] == " " and random.random() < GLUED
    }
    kept = [i for i in range(len(text)) if i not in lost]
    return "".join(text[i] for i in kept), "".join(labels[i] for i in kept)


def _make_dataset(labelled: Sequence[tuple[str, str]], args: dict[str, Any]) -> TokenizationDataset:
    with tempfile.TemporaryDirectory() as folder:
        files = {"txt": str(Path(folder, "text")), "label": str(Path(folder, "labels"))}
        for place, name in enumerate(("txt", "label")):
            Path(files[name]).write_text("\n\n".join(pair[place] for pair in labelled), encoding="utf-8")
        dataset = TokenizationDataset(args, input_files=files, evaluation=True)
    dataset.vocab = Vocab(dataset.data, args["lang"])
    return dataset


def _make_batch(encoded: Sequence[Any], vocab: Vocab, args: dict[str, Any]) -> tuple[Any, ...]:
    """Draw paragraphs of like length and lay them side by side, some characters hidden."""
    pool = sorted(random.sample(encoded, 8 * args["batch_size"]), key=lambda p: len(p[0]))
    at = random.randrange(len(pool) - args["batch_size"])
    chosen = pool[at : at + args["batch_size"]]
    width = max(len(paragraph[0]) for paragraph in chosen)
    units = np.full((len(chosen), width), vocab.unit2id("<PAD>"), dtype=np.int64)
    labels = np.full((len(chosen), width), -1, dtype=np.int64)
    features = np.zeros((len(chosen), width, args["feat_dim"]), dtype=np.float32)
    for row, (unit, label, feature, _) in enumerate(chosen):
        units[row, : len(unit)], labels[row, : len(unit)], features[row, : len(unit)] = unit, label, feature
    hidden = (np.random.random_sample(units.shape) < args["unit_dropout"]) & (labels >= 0)
    units[hidden] = vocab.unit2id("<UNK>")
    texts = [[""] * width] * len(chosen)  # the trainer counts them only
    return torch.from_numpy(units), torch.from_numpy(labels), torch.from_numpy(features), texts


def main() -> None:
    """Parse the command line, train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    train_tokenizer(read_training(args.data), steps=args.steps).save(str(args.out))
    pack_model(args.out)


if __name__ == "__main__":
    main()
