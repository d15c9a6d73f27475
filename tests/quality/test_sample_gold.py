"""The real way over the sample articles: ingest, annotate, attribute, against their gold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from score import Gold, Scores, score_article

from kb.annotate import load_annotator
from kb.attribute import attribute
from kb.errors import InputError
from kb.ingest import read_articles
from kb.model import Annotation, Article, Attribution, EntityType, Mention, QuoteKind, Span

GOLD = Path(__file__).parent / "gold" / "sample.jsonl"
SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"

FLOORS = {"exact": 0.93, "overlap": 0.94, "end_to_end": 0.89, "mentions": 0.90}
"""F1 that the sample must reach: a little under the 0.95, 0.96, 0.91 and 0.92 measured on 2026-11-21."""


@pytest.fixture(scope="module")
def golds() -> dict[str, Gold]:
    lines = GOLD.read_text(encoding="utf-8").split("\n")
    return {gold["id"]: gold for gold in map(json.loads, filter(None, lines))}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The sample articles by id, as ingest reads them."""
    read = list(read_articles([str(SAMPLES)]))
    assert not [item for item in read if isinstance(item, InputError)]
    return {item.id: item for item in read if isinstance(item, Article)}


@pytest.fixture(scope="module")
def annotated(articles: dict[str, Article]) -> dict[str, Annotation]:
    documents = load_annotator().annotate(tuple(articles.values()))
    return {id_: attribute(document) for id_, document in zip(articles, documents, strict=True)}


def test_bodies_are_clean(golds: dict[str, Gold], articles: dict[str, Article]) -> None:
    """Ingest takes all furniture away from the sample pages, and nothing else."""
    assert {id_: article.body for id_, article in articles.items()} == {
        id_: gold["text"] for id_, gold in golds.items()
    }


def test_the_judge_gives_gold_full_marks(golds: dict[str, Gold]) -> None:
    """Gold against itself is right in every way; without its speakers it is right only as to words."""
    gold = golds["07-dermaga-labuan-seraya"]
    named, unnamed = (
        [_as_given(item, speaker) for item in gold["attributions"]] for speaker in (True, False)
    )
    full = score_article(gold, gold["text"], named, ())
    assert full.exact.f1 == full.overlap.f1 == full.end_to_end.f1 == 1
    assert full.mentions.f1 == 0
    bare = score_article(gold, gold["text"], unnamed, ())
    assert (bare.exact.f1, bare.end_to_end.f1) == (1, 0)


def test_the_judge_forgives_furniture_and_counts_false_names(golds: dict[str, Gold]) -> None:
    """A line too many in the body shifts nothing; a mention that is none counts against precision."""
    gold = golds["09-tambang-batu-sumberwangi"]
    line = "Baca juga: Satu\n\n"
    body, name = line + gold["text"], "Paijo Suwandana"
    start = body.index(name)
    found = [Mention(Span(start, start + len(name)), EntityType.PER), Mention(Span(0, 4), EntityType.PER)]
    moved = [_as_given(item, True, len(line)) for item in gold["attributions"]]
    scores = score_article(gold, body, moved, found)
    assert scores.end_to_end.f1 == 1
    assert (scores.mentions.right, scores.mentions.given) == (1, 2)


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


def _as_given(item: Gold, speaker: bool, moved: int = 0) -> Attribution:
    content = Span(item["start"] + moved, item["end"] + moved)
    return Attribution(
        QuoteKind(item["kind"]), content, "gold", 1.0, speaker=item["speaker"] if speaker else None
    )
