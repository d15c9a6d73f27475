"""Train the name tagger: ``python -m kb.training.ner DATA VECTORS.pt OUT.pt``.

A BiLSTM-CRF with a character LSTM (Lample et al. 2016) in Stanza's own implementation and format, trained on
the paragraphs of ``DATA/corpus.txt.xz`` that we annotated (`kb.training.corpus`) and on ``DATA/ner``: our
annotated articles and two open sets, of politics and of Wikipedia. It differs from Stanza's loop in that batches
are made of sentences of like length, a word's letters are read once a batch, the learning rate rises for a
moment and then falls linearly, sentences are printed in capitals at random (datelines, headlines), and the
moving average of the weights is kept.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import set_random_seed
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.vocab import CharVocab, CompositeVocab, WordVocab
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_sequence

from kb.annotate.names_model import NamesModel
from kb.training.corpus import read_annotated_corpus
from kb.training.packing import pack_model
from kb.training.scores import ALL, score_tags
from kb.training.tagged import TaggedSentence, is_held_out, read_annotated, read_bio

EPOCHS = 4
SEED = 7
BATCH = 32  # sentences
POOL = 20  # batches that are sorted by length together
RATE = 2e-3
WARM_UP = 100  # steps
LONGEST_STEP = 5.0  # norm that gradients are cut to
AVERAGING = 0.998  # weight of the past in the moving average, one step
POLITICS = 4  # how often the open politics news stands in the training set
WIKIPEDIA = 0.5  # share of NERGrit, which is noisy, drawn anew each epoch
CAPITALS = 0.04  # of sentences are printed in capitals each epoch
CAPITAL_NAMES = 0.02  # of sentences have their names printed in capitals
TITLE_CASE = 0.03  # of sentences have each word begin with a capital
LEARNT = 3  # times a word form must occur to have a vector of its own learnt, added to its pretrained one
HELD_OUT = 50  # one in so many hundreds of corpus lines is kept for model selection
SETTINGS = (
    "--shorthand id_kb --word_emb_dim 100 --char_emb_dim 50 --char_hidden_dim 100 --hidden_dim 256 "
    "--dropout 0.5 --word_dropout 0.02"
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Sentences to train on, those of them whose tags are less sure, and those to choose the model by."""

    sure: Sequence[TaggedSentence]
    noisy: Sequence[TaggedSentence]
    held_out: Sequence[TaggedSentence]

    def draw(self) -> list[TaggedSentence]:
        """Return the sentences of one epoch: the sure ones and a new share of the others, in random order."""
        drawn = [*self.sure, *random.sample(list(self.noisy), round(WIKIPEDIA * len(self.noisy)))]
        random.shuffle(drawn)
        return drawn


def read_training(data_path: Path) -> TrainingSet:
    """Read the training set."""
    folder = data_path / "ner"
    sure = read_bio(folder / "ugm_merged.train.bio") * POLITICS
    held_out: list[TaggedSentence] = []
    for article_id, sentences in read_annotated(folder / "kbnews.train.jsonl"):
        (held_out if is_held_out(article_id) else sure).extend(sentences)
    for number, sentences in read_annotated_corpus(data_path / "corpus.txt.xz"):
        (held_out if is_held_out(str(number // 100), one_in=HELD_OUT) else sure).extend(sentences)
    return TrainingSet(sure, read_bio(folder / "nergrit.train.bio"), held_out)


def train_ner(
    data: TrainingSet, vectors_path: Path, *, epochs: int, seed: int, keep: Callable[[Trainer], None]
) -> None:
    """Train a tagger; `keep` is handed it with averaged weights after each epoch that is the best so far."""
    set_random_seed(seed)
    vectors = Pretrain(str(vectors_path))
    trainer = Trainer(
        args=ner_tagger.parse_args([*SETTINGS.split(), "--seed", str(seed)]),
        vocab=_make_vocab([*data.sure, *data.noisy], vectors),
        pretrain=vectors,
        device="cpu",
    )
    weights = [weight for weight in trainer.model.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(weights, betas=(0.9, 0.99), fused=True)
    average, best_f1 = _copy(weights), -1.0
    step = 0
    for epoch in range(epochs):
        batches = _cut_batches([_disguise(sentence) for sentence in data.draw()])
        trainer.model.train()
        with _letters_read_once(trainer.model):
            for n, batch in enumerate(batches):
                step += 1
                done = (epoch + n / len(batches)) / epochs
                _set_rate(optimizer, RATE * min(1, step / WARM_UP) * max(0.02, 1 - done))
                _update(trainer, optimizer, weights, batch)
                for mean, weight in zip(average, weights, strict=True):
                    mean.lerp_(weight.detach(), 1 - min(AVERAGING, step / (step + 10)))
        own = _copy(weights)
        _put(weights, average)
        f1 = _score(trainer, data.held_out)
        log.info("epoch %d of %d, step %d: held-out F1 %.2f", epoch + 1, epochs, step, f1)
        if f1 > best_f1:
            best_f1 = f1
            keep(trainer)
        _put(weights, own)


def predict_tags(trainer: Trainer, sentences: Sequence[TaggedSentence]) -> list[list[str]]:
    """Return the BIOES tags that a tagger gives to the words of `sentences`."""
    return NamesModel(trainer).tag([[word for word, _ in sentence] for sentence in sentences])


def _make_vocab(sentences: Sequence[TaggedSentence], vectors: Pretrain) -> MultiVocab:
    words = [[(word,) for word, _ in sentence] for sentence in sentences]
    tags = [[((tag,),) for tag in _to_bioes(sentence)] for sentence in sentences]  # one column of tags
    return MultiVocab(
        {
            "char": CharVocab(words, "id_kb"),
            "delta": WordVocab(words, "id_kb", cutoff=LEARNT, lower=True),
            "tag": CompositeVocab(tags, "id_kb", idx=0, sep=None),
            "word": vectors.vocab,
        }
    )


def _to_bioes(sentence: TaggedSentence) -> Iterator[str]:
    """Yield Stanza's tags for BIO tags."""
    following = [*(tag for _, tag in sentence[1:]), "O"]
    for (_, tag), after in zip(sentence, following, strict=True):
        place, _, kind = tag.partition("-")
        if not kind:
            yield "O"
        else:
            goes_on = after == f"I-{kind}"
            yield {"B": "SB", "I": "EI"}[place][goes_on] + "-" + kind


def _disguise(sentence: TaggedSentence) -> TaggedSentence:
    """Return the sentence as it is, or now and then in capitals, its names in capitals, or in title case."""
    chance = random.random()
    if chance < CAPITALS:
        return tuple((word.upper(), tag) for word, tag in sentence)
    if chance < CAPITALS + CAPITAL_NAMES:
        return tuple((word.upper() if tag != "O" else word, tag) for word, tag in sentence)
    if chance < CAPITALS + CAPITAL_NAMES + TITLE_CASE:
        return tuple((word[:1].upper() + word[1:], tag) for word, tag in sentence)
    return sentence


def _cut_batches(sentences: Sequence[TaggedSentence]) -> list[list[TaggedSentence]]:
    """Return batches of sentences of like length, in random order; in each the longest comes first."""
    batches = []
    for start in range(0, len(sentences), POOL * BATCH):
        pool = sorted(sentences[start : start + POOL * BATCH], key=len, reverse=True)
        batches += [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    random.shuffle(batches)
    return batches


def _update(
    trainer: Trainer, optimizer: Any, weights: Sequence[Any], batch: Sequence[TaggedSentence]
) -> None:
    optimizer.zero_grad()
    loss, _, _ = trainer.model(*_encode(batch, trainer.vocab))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(weights, LONGEST_STEP)
    optimizer.step()


def _encode(batch: Sequence[TaggedSentence], vocab: MultiVocab) -> tuple[Any, ...]:
    """Return what `NERTagger.forward` takes for sentences, the longest first; letters a word form, not a word."""
    words = [[word for word, _ in sentence] for sentence in batch]
    lengths = [len(sentence) for sentence in batch]
    forms = sorted(set(chain.from_iterable(words)), key=lambda form: (-len(form), form))
    rows = {form: row for row, form in enumerate(forms)}
    letters = pad_sequence([torch.tensor(vocab["char"].map(list(f))) for f in forms], batch_first=True)
    tags = pad_sequence(
        [torch.tensor(vocab["tag"].map([(t,) for t in _to_bioes(s)])) for s in batch], batch_first=True
    )
    places = torch.tensor([rows[word] for word in chain.from_iterable(words)])
    form_lengths = [len(form) for form in forms]
    return words, letters, None, tags, places, lengths, form_lengths, None, None, None, None


class _LettersReadOnce(torch.nn.Module):
    """A character model that reads each word form of a batch once and hands its state to every place of it."""

    def __init__(self, characters: CharacterModel) -> None:
        super().__init__()
        self.characters = characters

    def forward(
        self,
        letters: torch.Tensor,
        _: None,
        places: torch.Tensor,
        lengths: list[int],
        form_lengths: list[int],
    ) -> PackedSequence:
        n = len(form_lengths)
        read = self.characters(letters, None, list(range(n)), [n], form_lengths).data
        return pack_sequence(read[places].split(lengths))


@contextmanager
def _letters_read_once(model: Any) -> Iterator[None]:
    characters = model.charmodel
    model.charmodel = _LettersReadOnce(characters)
    try:
        yield
    finally:
        model.charmodel = characters


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _copy(weights: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    return [weight.detach().clone() for weight in weights]


def _put(weights: Sequence[torch.Tensor], values: Sequence[torch.Tensor]) -> None:
    with torch.no_grad():
        for weight, value in zip(weights, values, strict=True):
            weight.copy_(value)


def _score(trainer: Trainer, held_out: Sequence[TaggedSentence]) -> float:
    scores = score_tags(predict_tags(trainer, held_out), [[tag for _, tag in s] for s in held_out])
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
    logging.getLogger("stanza").setLevel(logging.ERROR)
    torch.set_num_threads(args.threads)

    def keep(trainer: Trainer) -> None:
        trainer.save(str(args.out))
        pack_model(args.out)

    train_ner(read_training(args.data), args.vectors, epochs=args.epochs, seed=args.seed, keep=keep)


if __name__ == "__main__":
    main()
