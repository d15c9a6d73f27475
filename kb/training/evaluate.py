"""Score the shipped models: ``python -m kb.training.evaluate DATA [--ner FILE] [--int8]``.

Names: micro F1 of exact spans on each test set, words as the set cuts them. Words and sentences: F1 of exact
spans on running text, the sentences of the treebank joined by spaces, surface words. With ``--int8`` the
tagger's matrices are cut to 8-bit integers first, to see what that costs; `make bench-annotate` says what it brings.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer
from torch.ao.quantization import quantize_dynamic

from kb.annotate.files import find_model_folder
from kb.annotate.sentences import make_sentences
from kb.annotate.tagger import load_tagger
from kb.training.ner import predict_tags
from kb.training.scores import Score, score_sets, score_tags
from kb.training.tagged import read_bio
from kb.training.treebank import join_sentences, read_treebank

TAGGED_SETS = ("ugm_merged.test", "idner2k_original.test", "nerui.test", "nergrit.test", "mdee_gold.test")
TREEBANKS = ("id_csui-ud-test", "id_gsd-ud-test")
Row = dict[str, Any]


def score_names(
    data_path: Path, folder: Path, *, ner_path: Path | None = None, int8: bool = False
) -> Iterator[Row]:
    """Yield a row of F1 by type for each tagged set; of the tagger in `ner_path` if it is named."""
    pretrain = Pretrain(str(folder / "vectors.pt"))
    path = ner_path or folder / "ner.pt"
    trainer = Trainer(model_file=str(path), pretrain=pretrain, args={}, device="cpu")
    if int8:
        trainer.model = quantize_dynamic(trainer.model, {torch.nn.LSTM, torch.nn.Linear})  # type: ignore[no-untyped-call]
    for name in TAGGED_SETS:
        sentences = read_bio(data_path / "ner" / f"{name}.bio")
        scores = score_tags(predict_tags(trainer, sentences), [[tag for _, tag in s] for s in sentences])
        yield {"set": name, "sentences": len(sentences)} | {
            kind: round(s.f1, 1) for kind, s in scores.items()
        }


def score_cuts(data_path: Path, folder: Path) -> Iterator[Row]:
    """Yield a row of F1 of words and sentences for each treebank."""
    tag = load_tagger(folder)
    for name in TREEBANKS:
        text, wanted = join_sentences(read_treebank(data_path / "ud" / f"{name}.conllu"))
        proposed = make_sentences(text, tag([text])[0])
        words = score_sets(_words(proposed), _words(wanted))
        sentences = score_sets((s.span for s in proposed), (s.span for s in wanted))
        yield {"set": name, "sentences": len(wanted), "word": _round(words), "sentence": _round(sentences)}


def _words(sentences: Any) -> Iterator[Any]:
    return (token for sentence in sentences for token in sentence.tokens)


def _round(score: Score) -> float:
    return round(score.f1, 2)


def make_table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table, the columns those of the first row."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(str(row.get(name, "")) for name in names) + " |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Parse the command line and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, default=find_model_folder())
    parser.add_argument("--ner", type=Path, help="another tagger's file")
    parser.add_argument("--int8", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = list(score_names(args.data, args.models, ner_path=args.ner, int8=args.int8))
    print(make_table(rows), end="\n\n")
    if args.int8:
        return
    print(make_table(list(score_cuts(args.data, args.models))))


if __name__ == "__main__":
    main()
