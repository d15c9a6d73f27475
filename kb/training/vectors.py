"""Train the word vectors: ``python -m kb.training.vectors CORPUS.txt.xz OUT.pt``.

Skip-gram with negative sampling (Mikolov et al. 2013) over lower-cased words, one paragraph of the
corpus a training sentence. The result is a Stanza ``pretrain`` file: `MAX_WORDS` rows of `DIMENSIONS`
32-bit floats, most frequent word first, behind Stanza's four special rows.
"""

from __future__ import annotations

import argparse
import lzma
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gensim.models import Word2Vec
from stanza.models.common.pretrain import Pretrain

DIMENSIONS = 100
EPOCHS = 5
MIN_COUNT = 5
MAX_WORDS = 60_000
MAX_PARAGRAPH = 2_000  # words a training sentence; gensim drops what stands after 10,000
WORD = re.compile(r"\w+(?:[-'’./,]\w+)*|[^\w\s]")


def read_words(corpus_path: Path) -> Iterator[list[str]]:
    """Yield the lower-cased words of each paragraph of an xz-packed corpus, one paragraph a line."""
    with lzma.open(corpus_path, "rt", encoding="utf-8", errors="ignore") as lines:
        for line in lines:
            words = WORD.findall(line.lower())
            if words:
                yield words[:MAX_PARAGRAPH]


def train_vectors(corpus_path: Path, out_path: Path, *, epochs: int = EPOCHS, workers: int = 2) -> None:
    """Write a Stanza pretrain file trained on `corpus_path`."""
    with tempfile.TemporaryDirectory() as folder:
        text_path, vector_path = Path(folder, "words.txt"), Path(folder, "vectors.txt")
        with text_path.open("w", encoding="utf-8") as out:
            out.writelines(" ".join(words) + "\n" for words in read_words(corpus_path))
        model = Word2Vec(
            corpus_file=str(text_path), vector_size=DIMENSIONS, window=5, sg=1, negative=5, sample=1e-4,
            min_count=MIN_COUNT, max_final_vocab=MAX_WORDS, epochs=epochs, workers=workers, seed=1,
        )  # fmt: skip
        model.wv.save_word2vec_format(str(vector_path))
        out_path.unlink(missing_ok=True)  # Pretrain never overwrites
        Pretrain(str(out_path), str(vector_path), max_vocab=-1, save_to_file=True).load()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    train_vectors(args.corpus, args.out, epochs=args.epochs)


if __name__ == "__main__":
    main()
