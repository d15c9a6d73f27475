"""The Stanza pipeline behind an annotator; the only module at run time that imports stanza and torch."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import stanza
import torch
from stanza.models.common import utils as stanza_utils

from kb.annotate.annotator import Tag, TaggedBody
from kb.annotate.chunks import find_chunks
from kb.annotate.sentences import TaggedToken
from kb.model import Span

_TOKENIZER_BATCH = 64  # paragraphs
_TAGGER_BATCH = 32  # sentences


def load_tagger(folder: Path) -> Tag:
    """Load the models of `folder` and return what tags a body with them."""
    torch.set_num_threads(1)  # two threads on two busy cores are four times slower; scale by processes
    with _no_optimizer():
        pipeline = _make_pipeline(folder)
    return lambda bodies: _tag(pipeline, bodies)


def _make_pipeline(folder: Path) -> stanza.Pipeline:
    logging.getLogger("stanza").setLevel(logging.ERROR)
    return stanza.Pipeline(
        "id",
        dir=str(folder),
        processors="tokenize,ner",
        download_method=None,
        use_gpu=False,
        logging_level="ERROR",
        tokenize_model_path=str(folder / "tokenize.pt"),
        tokenize_batch_size=_TOKENIZER_BATCH,
        ner_model_path=str(folder / "ner.pt"),
        ner_pretrain_path=str(folder / "vectors.pt"),
        ner_forward_charlm_path=None,
        ner_backward_charlm_path=None,
        ner_batch_size=_TAGGER_BATCH,
    )


@contextmanager
def _no_optimizer() -> Iterator[None]:
    """Keep Stanza from building an optimizer for each model it loads: that imports a compiler, for 2 s."""
    kept = stanza_utils.get_optimizer, stanza_utils.get_split_optimizer
    stanza_utils.get_optimizer = lambda *_, **__: None
    stanza_utils.get_split_optimizer = lambda *_, **__: {}
    try:
        yield
    finally:
        stanza_utils.get_optimizer, stanza_utils.get_split_optimizer = kept


def _tag(pipeline: stanza.Pipeline, bodies: Sequence[str]) -> Sequence[TaggedBody]:
    """Return the tagged sentences of each body; all their chunks go through the processors together."""
    chunks = [
        (i, chunk) for i, body in enumerate(bodies) for chunk in find_chunks(body) if chunk.of(body).strip()
    ]
    documents = pipeline.bulk_process([chunk.of(bodies[i]) for i, chunk in chunks]) if chunks else []
    tagged: list[list[list[TaggedToken]]] = [[] for _ in bodies]
    for (i, chunk), document in zip(chunks, documents, strict=True):
        tagged[i] += [
            [_read_token(token, chunk.start) for token in sentence.tokens] for sentence in document.sentences
        ]
    return tagged


def _read_token(token: Any, offset: int) -> TaggedToken:
    return TaggedToken(Span(offset + token.start_char, offset + token.end_char), token.ner)
