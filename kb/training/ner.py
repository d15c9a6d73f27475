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
from collections.abc import Iterator, Sequence
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


def read_training(data_path: Path) -> tuple[list[TaggedSentence], list[TaggedSentence]]:
    """Return the sentences to train on and those to choose the model by, of ``DATA/ner``."""
    folder = data_path / "ner"
    train: list[TaggedSentence] = []
    held_out = read_bio(folder / "ugm_merged.dev.bio")
    for article_id, sentences in read_annotated(folder / "kbnews.train.jsonl"):
        (held_out if is_held_out(article_id) else train).extend(sentences)
    train += read_bio(folder / "ugm_merged.train.bio") + read_bio(folder / "nergrit.train.bio")
    return train, held_out


def train_ner(
    train: Sequence[TaggedSentence],
    held_out: Sequence[TaggedSentence],
    vectors_path: Path,
    *,
    epochs: int = EPOCHS,
    seed: int = SEED,
) -> Trainer:
    """Return a trained tagger: of the averaged weights after each epoch, those best on `held_out`."""
    set_random_seed(seed)
    args = ner_tagger.parse_args([*SETTINGS.split(), "--seed", str(seed)])
    pretrain = Pretrain(str(vectors_path))
    first = _Bucketed(
        _document(train), args["batch_size"], args, pretrain, max_batch_words=args["max_batch_words"]
    )
    trainer = Trainer(args=args, vocab=first.vocab, pretrain=pretrain, device="cpu")
    average, best, best_f1 = copy.deepcopy(trainer.model.state_dict()), None, -1.0
    n_steps, step = epochs * len(first), 0
    for epoch in range(epochs):
        for batch in _batches(train, args, pretrain, first.vocab):
            _set_rate(trainer, args["lr"] * max(0.02, 1 - step / n_steps))
            trainer.update(batch)
            step += 1
            _update_average(average, trainer.model.state_dict(), min(AVERAGING, step / (step + 10)))
        f1 = _score_weights(trainer, average, held_out)
        log.info("epoch %d of %d, step %d: held-out F1 %.2f", epoch + 1, epochs, step, f1)
        if f1 > best_f1:
            best, best_f1 = copy.deepcopy(average), f1
    trainer.model.load_state_dict(best)
    return trainer


def predict_tags(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> list[list[str]]:
    """Return the BIOES tags that a tagger gives to the words of `sentences`."""
    pretrain_vocab = trainer.vocab
    loader = DataLoader(_document(sentences), 64, trainer.args, vocab=pretrain_vocab, evaluation=True)
    return [tags for batch in loader for tags in trainer.predict(batch)]


def _batches(
    sentences: Sequence[TaggedSentence], args: dict[str, Any], pretrain: Pretrain, vocab: Any
) -> Iterator[Any]:
    """Yield the batches of one epoch, some sentences re-printed in capitals."""
    printed = [_in_capitals(sentence) for sentence in sentences]
    yield from _Bucketed(
        _document(printed),
        args["batch_size"],
        args,
        pretrain,
        vocab=vocab,
        max_batch_words=args["max_batch_words"],
    )


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
    train, held_out = read_training(args.data)
    trainer = train_ner(train, held_out, args.vectors, epochs=args.epochs, seed=args.seed)
    trainer.save(str(args.out))
    pack_model(args.out)


if __name__ == "__main__":
    main()
