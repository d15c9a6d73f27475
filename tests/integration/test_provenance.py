"""Where a quote comes from, asked from a real base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from deciding import DECISIONS, HARBOUR, MARKET
from invented import HARBOUR as HARBOUR_TEXT
from invented import NEWER, PIPELINE, make_annotation, make_article
from sqlalchemy import Connection, Engine
from stories import tell

from kb import __version__, query
from kb.curation import decide
from kb.errors import NotFound
from kb.model import Verb
from kb.store.database import writing
from kb.store.feeds import find_or_add_feed
from kb.store.runs import Reading, RunCounts, save_fetch
from kb.store.write import (
    Found,
    begin_run,
    end_run,
    save_annotation,
    save_article,
    save_pipeline,
)

FEED, PAGE = "https://warta.example/rss", "https://warta.example/1"


@pytest.fixture
def base(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base with an article that a feed led to, annotated by two pipelines in two runs."""
    with writing(database) as connection:
        feed_id = find_or_add_feed(connection, FEED, "feed")
        run_id = begin_run(connection, "kb sync")
        fetched = Reading(f"{PAGE}?amp", 200, final_url=PAGE, n_bytes=512, sha256="a" * 64)
        fetch_id = save_fetch(connection, run_id, fetched, feed_id=feed_id)
        article = make_article("dermaga-1", HARBOUR_TEXT, reader="page/1")
        saved = save_article(connection, article, run_id, found=Found(fetch_id=fetch_id, place=PAGE))
        for pipeline, run in ((PIPELINE, run_id), (NEWER, begin_run(connection, "kb reingest"))):
            pipeline_id = save_pipeline(connection, pipeline)
            ids = {"body_id": saved.body_id, "pipeline_id": pipeline_id, "run_id": run}
            save_annotation(connection, make_annotation(HARBOUR_TEXT), **ids)
        end_run(connection, run, RunCounts())
        tell(connection, HARBOUR, MARKET)
        yield connection
        connection.rollback()


def test_the_whole_chain_is_told(base: Connection) -> None:
    """From the quote over annotation, pipeline and revision to the bytes, each with the run that did it."""
    page = query.quote_page(base, "dermaga-1", "#1", with_provenance=True)
    origin = page.provenance
    assert origin is not None
    assert (page.number, page.quote.text) == (1, "Dermaga ini selesai tahun depan")
    assert (origin.rule, origin.confidence, origin.evidence) == ("marked_cue", 0.9, ("kata",))
    assert [(one.name, one.score) for one in origin.candidates] == [("Budi Santoso", 0.9)]
    assert origin.candidates[0].entity_uid == page.quote.speaker_entity
    assert (origin.pipeline.rules, origin.pipeline.models) == (NEWER.rules, NEWER.models)
    assert (origin.run.command, origin.run.state, origin.run.version) == ("kb reingest", "ok", __version__)
    held = origin.revision
    assert (held.number, held.cause, held.reader, held.run.command) == (1, "first", "page/1", "kb sync")
    assert held.raw_sha256 == make_article("dermaga-1", HARBOUR_TEXT).raw_sha256
    assert held.fetch is not None
    fetched = (held.fetch.address, held.fetch.final_url, held.fetch.status, held.fetch.n_bytes)
    assert fetched == (f"{PAGE}?amp", PAGE, 200, 512)
    assert held.fetch.feed == FEED


def test_what_people_decided_is_told(base: Connection) -> None:
    """A quote whose speaker was decided on names the decision, beside the rule that found it."""
    decision = DECISIONS["set-speaker"](base)
    origin = query.quote_page(base, "pasar", "stok aman", with_provenance=True).provenance
    assert origin is not None
    assert [(one.uid, one.verb, one.by, one.why) for one in origin.decisions] == [
        (decision.uid, "set-speaker", "uji", "karena")
    ]
    assert origin.rule == "story"


def test_numbers_are_those_of_the_article(base: Connection) -> None:
    """A quote that was rejected takes no number, here as in ``kb article``."""
    place = query.quote_meant(base, "dermaga", "1")[1]
    second = query.quote_page(base, "dermaga", "2")
    decide(base, Verb.REJECT_QUOTE, place, by="uji")
    assert query.quote_page(base, "dermaga", "1") == replace(second, number=1)
    with pytest.raises(NotFound):
        query.quote_page(base, "dermaga", "2")


def test_each_revision_has_its_own_origin(base: Connection) -> None:
    """The chain leads to the article's current revision, by the run that read that."""
    tell(base, replace(MARKET, body=f"Kabar. {MARKET.body}"))
    origin = query.quote_page(base, "pasar", "1", with_provenance=True).provenance
    assert origin is not None
    assert (origin.revision.number, origin.revision.cause, origin.revision.fetch) == (2, "publisher", None)
