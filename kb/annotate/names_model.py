"""Words of sentences -> BIOES tags, by a Stanza NER model run in batches across articles.

What the model knows of a word by itself (its vector, what was learnt of it, its letters) does not depend on its
neighbours. It is computed once a word form and kept, which leaves the LSTM over the sentence as the only work
for a word seen before. The tags are those of Stanza's own ``NERProcessor``; `make bench-annotate` compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
import torch
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.trainer import Trainer, fix_singleton_tags
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from kb.annotate.batches import cut_batches

BATCH = 4_000  # words and padding, run at once
LETTERS = 100_000  # letters and padding, read at once
KEPT = 40_000  # word forms whose inputs are kept: 50 MB


class NamesModel:
    """A BiLSTM-CRF name tagger over word vectors and a character LSTM."""

    def __init__(self, trainer: Trainer) -> None:
        if trainer.args["charlm"] or trainer.args["bert_model"] or trainer.args["connect_output_layers"]:
            raise ValueError("the tagger is not one of kb's")
        self._model = trainer.model.eval()
        self._vocab = trainer.vocab
        self._lower = trainer.args["lowercase"]
        self._transitions = self._model.crits[0]._transitions.detach().numpy()
        self._rows: dict[str, int] = {}
        self._inputs = torch.empty(0)

    @torch.inference_mode()
    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return a BIOES tag for each word; what one sentence gets does not depend on the others."""
        tags: list[list[str]] = [[] for _ in sentences]
        for batch in cut_batches([len(words) for words in sentences], limit=BATCH):
            found = self._tag_batch([sentences[i] for i in batch])
            for i, sentence_tags in zip(batch, found, strict=True):
                tags[i] = sentence_tags
        return tags

    def _tag_batch(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[str]]:
        """Yield the tags of sentences, the longest first."""
        model, lengths = self._model, [len(words) for words in sentences]
        rows = np.zeros((len(sentences), lengths[0]), dtype=np.int64)
        for row, ids in zip(rows, self._look_up(sentences), strict=True):
            row[: len(ids)] = ids
        packed = pack_padded_sequence(self._inputs[torch.from_numpy(rows)], lengths, batch_first=True)
        size = 2 * model.args["num_layers"], len(sentences), model.args["hidden_dim"]
        start = (
            model.taggerlstm_h_init.expand(size).contiguous(),
            model.taggerlstm_c_init.expand(size).contiguous(),
        )
        hidden, _ = model.taggerlstm(packed, lengths, hx=start)
        scores = PackedSequence(model.tag_clfs[0](hidden.data), hidden.batch_sizes)
        padded, _ = pad_packed_sequence(scores, batch_first=True)
        for ids, length in zip(
            _decode(padded.numpy(), hidden.batch_sizes.tolist(), self._transitions), lengths, strict=True
        ):
            tags = self._vocab["tag"].unmap([(max(i, VOCAB_PREFIX_SIZE),) for i in ids[:length].tolist()])
            yield fix_singleton_tags([tag[0] for tag in tags])

    def _look_up(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """Yield for each sentence the rows of `_inputs` of its words."""
        if len(self._rows) > KEPT:
            self._rows, self._inputs = {}, torch.empty(0)
        new = sorted(set(chain.from_iterable(sentences)) - self._rows.keys())
        for batch in cut_batches([len(word) for word in new], limit=LETTERS):
            inputs = self._make_inputs([new[i] for i in batch])
            self._inputs = torch.cat([self._inputs, inputs]) if len(self._inputs) else inputs
            self._rows |= {new[i]: row for row, i in enumerate(batch, len(self._rows))}
        for words in sentences:
            yield [self._rows[word] for word in words]

    def _make_inputs(self, words: Sequence[str]) -> torch.Tensor:
        """Return what the sentence LSTM reads for each word, words x input size; the longest word comes first."""
        model, vocab = self._model, self._vocab
        forms = [word.lower() if self._lower else word for word in words]
        known, learnt = torch.tensor(vocab["word"].map(forms)), torch.tensor(vocab["delta"].map(forms))
        learnt[(learnt == UNK_ID) & (known != UNK_ID)] = PAD_ID
        lengths = [len(word) for word in words]
        letters = torch.full((len(words), lengths[0]), PAD_ID)
        for row, word in zip(letters, words, strict=True):
            row[: len(word)] = torch.tensor(vocab["char"].map(list(word)))
        spelling = model.charmodel(letters, None, list(range(len(words))), [len(words)], lengths)
        inputs = torch.cat([model.word_emb(known) + model.delta_emb(learnt), spelling.data], dim=1)
        return model.input_transform(inputs) if model.input_transform else inputs


def _decode(scores: Any, sizes: Sequence[int], transitions: Any) -> Any:
    """Return the best tag ids, sentences x words, by Viterbi over all sentences at once.

    `scores` are sentences x words x tags, `sizes` the number of sentences that have a first word, a second, …
    """
    trellis, back = scores[:, 0].copy(), np.zeros(scores.shape[:2] + scores.shape[2:], dtype=np.int32)
    for t in range(1, len(sizes)):
        n = sizes[t]
        paths = trellis[:n, :, None] + transitions
        back[:n, t] = paths.argmax(1)
        trellis[:n] = scores[:n, t] + paths.max(1)
    best = np.zeros(scores.shape[:2], dtype=np.int64)
    here = trellis.argmax(1)
    for t in range(len(sizes) - 1, -1, -1):
        n = sizes[t]
        best[:n, t] = here[:n]
        if t:
            here[:n] = np.take_along_axis(back[:n, t], here[:n, None], 1)[:, 0]
    return best
