"""Names kept apart from the text they stand in."""

from __future__ import annotations

import lzma
from itertools import pairwise
from pathlib import Path

import pytest

from kb.model import EntityType, Mention, Span
from kb.training.corpus import NAMES_PATH, read_annotated_corpus, write_names

LINES = "Iklan.\nSri Wahyuni tiba di Kupang. Ia diam.\nTidak ada nama.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return the path of a corpus of three paragraphs."""
    path = tmp_path / "corpus.txt.xz"
    path.write_bytes(lzma.compress(LINES.encode()))
    return path


def test_names_come_back_to_their_text(corpus: Path, tmp_path: Path) -> None:
    """What was written is read as tagged sentences; paragraphs that nobody annotated are left out."""
    names = tmp_path / "names.tsv"
    sri, kupang = Mention(Span(0, 11), EntityType.PER), Mention(Span(20, 26), EntityType.LOC)
    write_names({2: (), 1: (sri, kupang)}, corpus, names)
    assert dict(read_annotated_corpus(corpus, names)) == {
        1: [
            (
                ("Sri", "B-PER"),
                ("Wahyuni", "I-PER"),
                ("tiba", "O"),
                ("di", "O"),
                ("Kupang", "B-LOC"),
                (".", "O"),
            ),
            (("Ia", "O"), ("diam", "O"), (".", "O")),
        ],
        2: [(("Tidak", "O"), ("ada", "O"), ("nama", "O"), (".", "O"))],
    }
    assert "Sri" not in names.read_text()


def test_another_corpus_is_refused(corpus: Path, tmp_path: Path) -> None:
    """Line numbers are good for one text only."""
    names = tmp_path / "names.tsv"
    write_names({1: ()}, corpus, names)
    corpus.write_bytes(lzma.compress(b"Teks lain.\n"))
    with pytest.raises(ValueError, match=r"not the corpus"):
        list(read_annotated_corpus(corpus, names))


def test_the_annotation_holds_no_text() -> None:
    """The file in the repository has numbers and types only, names in order and apart."""
    header, *rows = NAMES_PATH.read_text("ascii").splitlines()
    assert header.startswith("# sha256 ")
    numbers = [int(row.partition("\t")[0]) for row in rows]
    assert numbers == sorted(set(numbers))
    for row in rows:
        spans = []
        for name in row.partition("\t")[2].split():
            place, kind = name.split(":")
            start, length = map(int, place.split("+"))
            assert length > 0
            assert kind in "POL"
            spans.append((start, start + length))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
