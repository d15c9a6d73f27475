"""Annotation spread over processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from deadly import POISON, annotate_or_die

from kb.annotate import load_annotator
from kb.ingest import read_articles
from kb.model import Annotation, Article
from kb.way import workers
from kb.way.workers import Broken, Workers, open_workers

pytestmark = pytest.mark.slow  # processes are started
SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"


def make_article(body: str) -> Article:
    return Article(id=body, body=body, raw_text=body, raw_sha256="0" * 64)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Return two processes that take two articles at once."""
    monkeypatch.setattr(workers, "SHARE", 2)
    with open_workers(load_annotator(), 2) as opened:
        yield opened


def test_processes_find_what_one_finds(two: Workers) -> None:
    """However many processes annotate, each article comes to the same, in the same order."""
    articles = [read for read in read_articles([str(SAMPLES)]) if isinstance(read, Article)]
    with open_workers(load_annotator(), 1) as one:
        assert list(two.annotate(articles)) == list(one.annotate(articles))


@pytest.mark.parametrize(
    "bodies",
    [
        pytest.param(["padi", "jagung", POISON, "kopi", "teh"], id="one"),
        pytest.param([POISON, "padi", "jagung", "kopi", POISON], id="two"),
        pytest.param([POISON], id="alone"),
    ],
)
def test_article_that_kills_its_process_is_broken_alone(
    two: Workers, bodies: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article that ends every process it comes to is reported; its neighbours are annotated, now and later."""
    monkeypatch.setattr(workers, "_annotate_share", annotate_or_die)
    found = list(two.annotate([make_article(body) for body in bodies]))
    assert [isinstance(f, Annotation) for f in found] == [body != POISON for body in bodies]
    assert all(f.stage == "annotate" for f in found if isinstance(f, Broken))
    assert all(isinstance(f.error, BrokenProcessPool) for f in found if isinstance(f, Broken))
    assert [type(f) for f in two.annotate([make_article("padi")])] == [Annotation]


def test_nothing_to_annotate(two: Workers) -> None:
    """No article, no annotation."""
    assert list(two.annotate([])) == []
