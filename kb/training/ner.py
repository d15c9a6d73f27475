"""Train the name tagger: ``python -m kb.training.ner DATA VECTORS.pt OUT.pt``.

A BiLSTM-CRF with a character LSTM (Lample et al. 2016) in Stanza's own implementation and format, trained on
``DATA/ner``: our annotated news and the two open sets, of politics and of Wikipedia. It differs from Stanza's
loop in that batches are made of sentences of like length, the learning rate falls linearly, words are printed
in capitals at random each epoch (datelines, headlines), and the moving average of the weights is kept.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import set_random_seed
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer

from kb.training.packing import pack_model
from kb.training.scores import ALL, score_tags
from kb.training.tagged import TaggedSentence, is_held_out, read_annotated, read_bio

EPOCHS = 14
SEED = 7
AVERAGING = 0.998  # weight of the past in the moving average, one step
NOISY_SHARE = 0.5  # of the less sure sentences, drawn anew each epoch
CAPITALS = 0.04  # of sentences are printed in capitals each epoch
CAPITAL_NAMES = 0.02  # of sentences have their names printed in capitals
POOL = 20  # batches that are sorted by length together
SETTINGS = (
    "--shorthand id_kb --word_emb_dim 100 --char_emb_dim 50 --char_hidden_dim 100 --hidden_dim 256 "
    "--dropout 0.5 --word_dropout 0.02 --optim adam --lr 2e-3 --batch_size 16 --max_batch_words 800"
)
log = logging.getLogger(__name__)


class _Bucketed(DataLoader):  # type: ignore[misc]
    """Batches of sentences of like length, in random order."""

    def chunk_batches(self, data: list[Any]) -> list[Any]:
        if self.eval:
            return super().chunk_batches(data)  # type: ignore[no-any-return]
        pool, batches = POOL * self.batch_size, []
        for start in range(0, len(data), pool):
            batches += super().chunk_batches(sorted(data[start : start + pool], key=lambda s: len(s[0])))
        random.shuffle(batches)
        return batches


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Sentences to train on, those of them whose tags are less sure, and those to choose the model by."""

    sure: Sequence[TaggedSentence]
    noisy: Sequence[TaggedSentence]
    held_out: Sequence[TaggedSentence]

    def draw(self) -> list[TaggedSentence]:
        """Return the sentences of one epoch: the sure ones and a new share of the others."""
        share = round(NOISY_SHARE * len(self.noisy))
        return [*self.sure, *random.sample(list(self.noisy), share)]


def read_training(data_path: Path) -> TrainingSet:
    """Read the training set of ``DATA/ner``."""
    folder = data_path / "ner"
    sure, held_out = read_bio(folder / "ugm_merged.train.bio"), read_bio(folder / "ugm_merged.dev.bio")
    for article_id, sentences in read_annotated(folder / "kbnews.train.jsonl"):
        (held_out if is_held_out(article_id) else sure).extend(sentences)
    return TrainingSet(sure, read_bio(folder / "nergrit.train.bio"), held_out)


def train_ner(data: TrainingSet, vectors_path: Path, *, epochs: int = EPOCHS, seed: int = SEED) -> Trainer:
    """Return a trained tagger: of the averaged weights after each epoch, those best on the held-out part."""
    set_random_seed(seed)
    args = ner_tagger.parse_args([*SETTINGS.split(), "--seed", str(seed)])
    pretrain = Pretrain(str(vectors_path))
    vocab = _make_loader([*data.sure, *data.noisy], args, pretrain).vocab
    trainer = Trainer(args=args, vocab=vocab, pretrain=pretrain, device="cpu")
    average, best, best_f1 = copy.deepcopy(trainer.model.state_dict()), None, -1.0
    step = 0
    for epoch in range(epochs):
        batches = _make_loader([_in_capitals(s) for s in data.draw()], args, pretrain, vocab)
        for n, batch in enumerate(batches):
            _set_rate(trainer, args["lr"] * max(0.02, 1 - (epoch + n / len(batches)) / epochs))
            trainer.update(batch)
            step += 1
            _update_average(average, trainer.model.state_dict(), min(AVERAGING, step / (step + 10)))
        f1 = _score_weights(trainer, average, data.held_out)
        log.info("epoch %d of %d, step %d: held-out F1 %.2f", epoch + 1, epochs, step, f1)
        if f1 > best_f1:
            best, best_f1 = copy.deepcopy(average), f1
    trainer.model.load_state_dict(best)
    return trainer


def predict_tags(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> list[list[str]]:
    """Return the BIOES tags that a tagger gives to the words of `sentences`."""
    loader = DataLoader(_document(sentences), 64, trainer.args, vocab=trainer.vocab, evaluation=True)
    return [tags for batch in loader for tags in trainer.predict(batch)]


def _make_loader(
    sentences: Sequence[TaggedSentence], args: dict[str, Any], pretrain: Pretrain, vocab: Any = None
) -> DataLoader:
    words = args["max_batch_words"]
    return _Bucketed(_document(sentences), args["batch_size"], args, pretrain, vocab, max_batch_words=words)


def _in_capitals(sentence: TaggedSentence) -> TaggedSentence:
    chance = random.random()
    if chance < CAPITALS:
        return tuple((word.upper(), tag) for word, tag in sentence)
    if chance < CAPITALS + CAPITAL_NAMES:
        return tuple((word.upper() if tag != "O" else word, tag) for word, tag in sentence)
    return sentence


def _document(sentences: Sequence[TaggedSentence]) -> Document:
    return Document([[{"id": n, "text": w, "ner": t} for n, (w, t) in enumerate(s, 1)] for s in sentences])


def _set_rate(trainer: Trainer, rate: float) -> None:
    for group in trainer.optimizer.param_groups:
        group["lr"] = rate


def _update_average(average: dict[str, torch.Tensor], weights: dict[str, torch.Tensor], past: float) -> None:
    for name, value in weights.items():
        if value.is_floating_point() and not name.startswith("word_emb."):
            average[name].lerp_(value, 1 - past)


def _score_weights(
    trainer: Trainer, weights: dict[str, torch.Tensor], held_out: Sequence[TaggedSentence]
) -> float:
    """Return the F1 of the tagger with `weights` in place of its own, which come back afterwards."""
    own = copy.deepcopy(trainer.model.state_dict())
    trainer.model.load_state_dict(weights)
    scores = score_tags(predict_tags(trainer, held_out), [[tag for _, tag in s] for s in held_out])
    trainer.model.load_state_dict(own)
    log.info("  %s", json.dumps({kind: round(score.f1, 1) for kind, score in scores.items()}))
    return scores[ALL].f1


def main() -> None:
    """Parse the command line, train and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    trainer = train_ner(read_training(args.data), args.vectors, epochs=args.epochs, seed=args.seed)
    trainer.save(str(args.out))
    pack_model(args.out)


if __name__ == "__main__":
    main()
