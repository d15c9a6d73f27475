"""Where articles are annotated: in this process, or spread over several.

The seam is narrow: an article goes in, its annotation comes out or what broke. Nothing here knows a database.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context, parent_process
from typing import Protocol

from kb.annotate import Annotator, load_annotator
from kb.attribute import attribute
from kb.errors import ModelMissing
from kb.model import Annotation, Article, Document

SHARE = 8
"""Articles that go to a process at once: enough to fill the models' batches, few enough to end together."""


@dataclass(frozen=True, slots=True)
class Broken:
    """What a room broke with on one article; `stage` is ``annotate`` or ``attribute``."""

    stage: str
    error: Exception


class Workers(Protocol):
    """What annotates articles."""

    def annotate(self, articles: Sequence[Article]) -> Iterator[Annotation | Broken]:
        """Yield what each article comes to, in their order."""


@contextmanager
def open_workers(annotator: Annotator, n: int) -> Iterator[Workers]:
    """Yield what annotates with `annotator`: this process for one, else `n` processes that load its like.

    Each process works on one thread and takes half a gigabyte; the processes end with the context.
    """
    if n == 1:
        yield _Here(annotator)
        return
    processes = _Processes(n)
    try:
        yield processes
    finally:
        processes.close()


@dataclass(frozen=True, slots=True)
class _Here:
    annotator: Annotator

    def annotate(self, articles: Sequence[Article]) -> Iterator[Annotation | Broken]:
        for document in _documents_of(self.annotator, articles):
            yield document if isinstance(document, Broken) else _attribute(document)


def _documents_of(annotator: Annotator, articles: Sequence[Article]) -> list[Document | Broken]:
    """Annotate articles at once; where it breaks, each half, and so on, so that one breaks alone."""
    try:
        return list(annotator.annotate(articles))
    except ModelMissing:
        raise
    except Exception as error:  # a broad catch: an article must not end the run
        if len(articles) == 1:
            return [Broken("annotate", error)]
        half = len(articles) // 2
        return [*_documents_of(annotator, articles[:half]), *_documents_of(annotator, articles[half:])]


def _attribute(document: Document) -> Annotation | Broken:
    try:
        return attribute(document)
    except Exception as error:  # and another
        return Broken("attribute", error)


class _Processes:
    def __init__(self, n: int) -> None:
        self._n = n
        self._pool = self._start()

    def annotate(self, articles: Sequence[Article]) -> Iterator[Annotation | Broken]:
        pool = self._pool
        shares = [articles[i : i + SHARE] for i in range(0, len(articles), SHARE)]
        running = [(share, pool.submit(_annotate_share, share)) for share in shares]
        for share, found in running:
            try:
                yield from found.result()
            except BrokenProcessPool:
                if self._pool is pool:
                    self._restart()
                yield from self._annotate_singly(share)

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        self._pool.shutdown(cancel_futures=True)

    def _annotate_singly(self, share: Sequence[Article]) -> Iterator[Annotation | Broken]:
        """Annotate what was in hand when a process was killed, an article a call: one that kills is found alone."""
        for article in share:
            try:
                yield from self._pool.submit(_annotate_share, [article]).result()
            except BrokenProcessPool as error:
                self._restart()
                yield Broken("annotate", error)

    def _restart(self) -> None:
        self._pool.shutdown()
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Not forked: torch and the progress display have threads, which a forked child would lack.
        return ProcessPoolExecutor(self._n, mp_context=get_context("spawn"), initializer=follow_parent)


def follow_parent() -> None:
    """Let this process end with the one that started it: at its word, or when that is killed.

    Ctrl-C, which a terminal sends to every process, is left to that one. Without a watch, processes whose parent was
    killed (kill -9, out of memory) would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


@cache
def _own_annotator() -> Annotator:
    return load_annotator()


def _annotate_share(share: Sequence[Article]) -> list[Annotation | Broken]:
    return list(_Here(_own_annotator()).annotate(share))
