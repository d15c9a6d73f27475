"""How the name tagger is trained."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from stanza.models import ner_tagger
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer

from kb.training import ner
from kb.training.ner import TrainingSet, predict_tags, train_ner
from kb.training.tagged import TaggedSentence

SENTENCES: list[TaggedSentence] = [
    (("Sri", "B-PER"), ("Wahyuni", "I-PER"), ("tiba", "O"), ("di", "O"), ("Kupang", "B-LOC"), (".", "O")),
    (("Kupang", "B-LOC"), ("hujan", "O"), (".", "O")),
    (("Dinas", "B-ORG"), ("Laut", "I-ORG"), ("Kupang", "I-ORG"), ("dan", "O"), ("Sri", "B-PER")),
    (("Ia", "O"), ("diam", "O")),
]


@pytest.fixture(scope="module")
def vectors_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of word vectors for a few words."""
    folder = tmp_path_factory.mktemp("vectors")
    words = ["di", "dan", "kupang", "tiba", "."]
    rows = [
        " ".join([word, *(f"{(i * 7 + d) % 11 / 11:.3f}" for d in range(100))])
        for i, word in enumerate(words)
    ]
    (folder / "v.txt").write_text("\n".join([f"{len(words)} 100", *rows]) + "\n")
    Pretrain(str(folder / "v.pt"), str(folder / "v.txt"), max_vocab=-1, save_to_file=True).load()
    return folder / "v.pt"


@pytest.mark.slow
def test_letters_read_once_make_no_difference(vectors_path: Path) -> None:
    """The loss of a batch is that of Stanza's own batch of the same sentences."""
    vectors = Pretrain(str(vectors_path))
    args = ner_tagger.parse_args(ner.SETTINGS.split())
    vocab = ner._make_vocab(SENTENCES, vectors)
    model = Trainer(args=args, vocab=vocab, pretrain=vectors, device="cpu").model.eval()
    ordered = sorted(SENTENCES, key=len, reverse=True)
    with ner._letters_read_once(model), torch.no_grad():
        ours, _, _ = model(*ner._encode(ordered, vocab))
    document = Document(
        [[{"id": n, "text": w, "ner": t} for n, (w, t) in enumerate(s, 1)] for s in SENTENCES]
    )
    (batch,) = DataLoader(document, 10, args, vocab=vocab, evaluation=True)
    trainer = Trainer(args=args, vocab=vocab, pretrain=vectors, device="cpu")
    trainer.model = model
    assert trainer.update(batch, eval=True) == pytest.approx(ours.item(), rel=1e-5)


@pytest.mark.slow
def test_a_tagger_learns_its_sentences(vectors_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some epochs over four sentences the tagger gives them their tags back."""
    monkeypatch.setattr(ner, "WARM_UP", 5)
    kept: list[list[list[str]]] = []
    data = TrainingSet(SENTENCES * 64, [], SENTENCES)
    train_ner(data, vectors_path, epochs=20, seed=1, keep=lambda t: kept.append(predict_tags(t, SENTENCES)))
    assert kept[-1][0] == ["B-PER", "E-PER", "O", "O", "S-LOC", "O"]
    assert kept[-1][2] == ["B-ORG", "I-ORG", "E-ORG", "O", "S-PER"]


@pytest.mark.parametrize(
    ("bio", "bioes"),
    [
        pytest.param("O B-PER O", "O S-PER O", id="one word"),
        pytest.param("B-PER I-PER I-PER", "B-PER I-PER E-PER", id="three words"),
        pytest.param("B-LOC B-LOC I-LOC", "S-LOC B-LOC E-LOC", id="neighbours"),
    ],
)
def test_tags_are_turned_into_stanzas(bio: str, bioes: str) -> None:
    """A name's first, inner, last and only words have tags of their own."""
    assert list(ner._to_bioes(tuple(("x", tag) for tag in bio.split()))) == bioes.split()
