"""Score the shipped models: ``python -m kb.training.evaluate DATA``.

Names: micro F1 of exact spans on each test set, words as the set cuts them. Words and sentences: F1 of exact
spans on running text, the sentences of the treebank joined by spaces, surface words.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.trainer import Trainer

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


def score_names(data_path: Path, folder: Path) -> Iterator[Row]:
    """Yield a row of F1 by type for each tagged set."""
    pretrain = Pretrain(str(folder / "vectors.pt"))
    trainer = Trainer(model_file=str(folder / "ner.pt"), pretrain=pretrain, args={}, device="cpu")
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
    args = parser.parse_args()
    torch.set_num_threads(1)
    print(make_table(list(score_names(args.data, args.models))), end="\n\n")
    print(make_table(list(score_cuts(args.data, args.models))))


if __name__ == "__main__":
    main()
