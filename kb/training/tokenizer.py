"""Train the tokenizer: ``python -m kb.training.tokenizer DATA OUT.pt``.

Stanza's character tagger (Qi et al. 2018) learns words and sentences from UD Indonesian (GSD dev, CSUI train,
PUD; surface words) and from news paragraphs that `kb.training.cut` cuts by rule: our annotated articles and a
sample of the corpus. The paragraph features are left out, since the training text is one long paragraph.
"""

from __future__ import annotations

import argparse
import logging
import lzma
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from stanza.models import tokenizer as stanza_tokenizer
from stanza.models.common.utils import set_random_seed
from stanza.models.tokenization.data import DataLoader
from stanza.models.tokenization.trainer import Trainer

from kb.model import Sentence
from kb.training.cut import find_sentences
from kb.training.packing import pack_model
from kb.training.tagged import is_held_out, read_texts
from kb.training.treebank import join_sentences, move_sentence, read_treebank

STEPS = 2400
SEED = 7
TREEBANKS = ("id_gsd-ud-dev", "id_csui-ud-train", "id_pud-ud-test")
TREEBANK_WEIGHT = 2  # how often the treebanks stand in the training text
SAMPLE = 5000  # paragraphs of the corpus
GLUED = 0.03  # of the sentences lose the space before them (``selesai.Kata``)
SETTINGS = (
    "--lang id --shorthand id_kb --batch_size 12 --max_seqlen 400 --lr0 2e-3 --no_use_mwt "
    "--last_char_drop_prob 0.05 --split_mwt_prob 0"
)
FEATURES = ["space_before", "capitalized", "numeric"]
log = logging.getLogger(__name__)


def read_training(data_path: Path) -> Iterator[tuple[str, Sentence]]:
    """Yield the sentences to learn from, each with the text it stands in alone."""
    for name in TREEBANKS * TREEBANK_WEIGHT:
        yield from read_treebank(data_path / "ud" / f"{name}.conllu")
    articles = read_texts(data_path / "ner" / "kbnews.train.jsonl")
    own = [line for article_id, text in articles if not is_held_out(article_id) for line in text.split("\n")]
    for paragraph in [*own, *sample_corpus(data_path / "corpus.txt.xz", SAMPLE)]:
        for sentence in find_sentences(paragraph):
            yield (
                paragraph[sentence.span.start : sentence.span.end],
                move_sentence(sentence, -sentence.span.start),
            )


def sample_corpus(path: Path, n: int) -> list[str]:
    """Return `n` paragraphs of running text, drawn evenly from the corpus."""
    with lzma.open(path, "rt", encoding="utf-8", errors="ignore") as lines:
        kept = [line.strip() for line in lines if 80 < len(line) < 1500 and line.rstrip()[-1:] in '.?!"”']
    return random.Random(SEED).sample(kept, n)


def train_tokenizer(sentences: Sequence[tuple[str, Sentence]], *, steps: int = STEPS) -> Trainer:
    """Return a tokenizer trained for `steps` batches, the learning rate falling linearly."""
    set_random_seed(SEED)
    args = stanza_tokenizer.parse_args(SETTINGS.split())
    args |= {"feat_funcs": FEATURES, "feat_dim": len(FEATURES), "num_dict_feat": 0}
    with tempfile.TemporaryDirectory() as folder:
        files = {"txt": str(Path(folder, "text")), "label": str(Path(folder, "labels"))}
        _write_labelled(sentences, Path(files["txt"]), Path(files["label"]))
        loader = DataLoader(args, input_files=files, mwt_expansions={})
    args["vocab_size"] = len(loader.vocab)
    trainer = Trainer(args=args, vocab=loader.vocab, device="cpu")
    for step in range(steps):
        trainer.change_lr(args["lr0"] * max(0.01, 1 - step / steps))
        loss = trainer.update(loader.next(unit_dropout=args["unit_dropout"]))
        if step % 100 == 0:
            log.info("step %d of %d: loss %.4f", step, steps, loss)
    return trainer


def _write_labelled(sentences: Sequence[tuple[str, Sentence]], text_path: Path, label_path: Path) -> None:
    """Write the text and, for each character, 0 (inside), 1 (ends a word) or 2 (ends a sentence)."""
    chosen = [
        pair for pair in sentences if pair[0][-1] in ".?!\"”’')"
    ]  # no headlines: their end is a line's end
    random.Random(SEED).shuffle(chosen)
    text, placed = join_sentences(chosen)
    labels = bytearray(b"0" * len(text))
    for sentence in placed:
        for token in sentence.tokens:
            labels[token.end - 1] = ord("1")
        labels[sentence.span.end - 1] = ord("2")
    glued = {s.span.start - 1 for s in placed[1:] if random.random() < GLUED}
    kept = [i for i in range(len(text)) if i not in glued]
    text_path.write_text("".join(text[i] for i in kept), encoding="utf-8")
    label_path.write_text("".join(chr(labels[i]) for i in kept), encoding="utf-8")


def main() -> None:
    """Parse the command line, train and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    train_tokenizer(list(read_training(args.data)), steps=args.steps).save(str(args.out))
    pack_model(args.out)


if __name__ == "__main__":
    main()
