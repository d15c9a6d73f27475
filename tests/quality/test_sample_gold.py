"""The real way over the sample articles: ingest, annotate, attribute, against their gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from score import Gold, Scores, score_article

from kb.annotate import load_annotator
from kb.attribute import attribute
from kb.errors import InputError, ModelMissing
from kb.ingest import read_articles
from kb.model import Annotation, Article

GOLD = Path(__file__).parent / "gold" / "sample.jsonl"

FLOORS = {"exact": 0.0, "overlap": 0.0, "end_to_end": 0.0, "mentions": 0.0}
"""F1 that the sample must reach; raise it to a little under what is measured."""


@pytest.fixture(scope="module")
def golds() -> dict[str, Gold]:
    lines = GOLD.read_text(encoding="utf-8").split("\n")
    return {gold["id"]: gold for gold in map(json.loads, filter(None, lines))}


@pytest.fixture(scope="module")
def articles(seeds: Path) -> dict[str, Article]:
    """The sample articles by id, as ingest reads them."""
    read = list(read_articles([str(seeds / "articles")]))
    assert not [item for item in read if isinstance(item, InputError)]
    return {item.id: item for item in read if isinstance(item, Article)}


@pytest.fixture(scope="module")
def annotated(articles: dict[str, Article]) -> dict[str, Annotation]:
    try:
        documents = load_annotator().annotate(tuple(articles.values()))
    except ModelMissing as error:
        pytest.skip(f"no models here: {error}")
    return {id_: attribute(document) for id_, document in zip(articles, documents, strict=True)}


def test_bodies_are_clean(golds: dict[str, Gold], articles: dict[str, Article]) -> None:
    """Ingest takes all furniture away from the sample pages, and nothing else."""
    assert {id_: article.body for id_, article in articles.items()} == {
        id_: gold["text"] for id_, gold in golds.items()
    }


@pytest.mark.slow
def test_floors(
    golds: dict[str, Gold], articles: dict[str, Article], annotated: dict[str, Annotation]
) -> None:
    """Quotes, speakers and mentions of the sample are found as well as they were."""
    total = sum(_score(golds, articles, annotated), Scores())
    reached = {name: getattr(total, name).f1 for name in FLOORS}
    assert {name: f1 for name, f1 in reached.items() if f1 < FLOORS[name]} == {}, reached


@pytest.mark.slow
def test_no_furniture_speaks(articles: dict[str, Article], annotated: dict[str, Annotation]) -> None:
    """Stored stretches are the body's own, and nobody outside the body is quoted."""
    for id_, annotation in annotated.items():
        body = articles[id_].body
        for attribution in annotation.attributions:
            assert attribution.content.of(body).strip()
            assert attribution.speaker is None or attribution.speaker in body


def _score(
    golds: dict[str, Gold], articles: dict[str, Article], annotated: dict[str, Annotation]
) -> Iterator[Scores]:
    for id_, annotation in annotated.items():
        yield score_article(golds[id_], articles[id_].body, annotation.attributions, annotation.mentions)
