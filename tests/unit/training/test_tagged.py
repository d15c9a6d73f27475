"""How tagged data is read."""

from __future__ import annotations

import json
from pathlib import Path

from kb.training.tagged import read_annotated, read_bio
from kb.training.treebank import join_sentences, read_treebank

TREEBANK = """# text = Ia membacanya.
1\tIa\t_
2-3\tmembacanya\t_
2\tmembaca\t_
3\tnya\t_
4\t.\t_

"""


def test_forms_are_tagged_longest_first(tmp_path: Path) -> None:
    """Each whole-word occurrence of a form is a name; a part of a longer form or of a word is none."""
    entities = [
        {"type": "ORG", "name": "Bank Nusa", "surface": []},
        {"type": "LOC", "name": "Nusa", "surface": []},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": "1", "text": "Bank Nusa di Nusa.\nNusantara.", "entities": entities}))
    ((_, (first, second)),) = read_annotated(path)
    assert first == (("Bank", "B-ORG"), ("Nusa", "I-ORG"), ("di", "O"), ("Nusa", "B-LOC"), (".", "O"))
    assert [tag for _, tag in second] == ["O", "O"]


def test_sentences_are_parted_by_blank_lines(tmp_path: Path) -> None:
    """A BIO file gives its sentences; blank lines more or less make no difference."""
    path = tmp_path / "set.bio"
    path.write_text("Ani\tB-PER\npergi\tO\n\n\nIa\tO\n")
    assert read_bio(path) == [(("Ani", "B-PER"), ("pergi", "O")), (("Ia", "O"),)]


def test_a_treebank_gives_surface_words(tmp_path: Path) -> None:
    """A multiword token is one word, and joined sentences keep their places."""
    path = tmp_path / "set.conllu"
    path.write_text(TREEBANK * 2)
    text, sentences = join_sentences(read_treebank(path))
    assert text == "Ia membacanya. Ia membacanya."
    assert [t.of(text) for s in sentences for t in s.tokens] == ["Ia", "membacanya", "."] * 2
