"""The provenance of a base, read by another's library for W3C PROV."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from deciding import DECISIONS, MARKET, SEEDS
from invented import HARBOUR, NEWER, PIPELINE, make_annotation, make_article
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvAttribution,
    ProvCommunication,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvInfluence,
    ProvSpecialization,
    ProvUsage,
)
from sqlalchemy import Connection, Engine, func, select
from stories import tell

from kb import query
from kb.export import write_sections
from kb.store import tables
from kb.store.database import writing
from kb.store.feeds import find_or_add_feed
from kb.store.runs import Reading, RunCounts, save_fetch
from kb.store.write import Found, begin_run, end_run, save_annotation, save_article, save_pipeline

REF = "dermaga #1/ä"
ELEMENTS = ("entity", "activity", "agent")


@pytest.fixture
def base(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base with an article of a feed in two revisions, of two pipelines, and a decided one."""
    with writing(database) as connection:
        feed_id = find_or_add_feed(connection, "https://warta.example/rss", "feed")
        for number, pipeline in enumerate((PIPELINE, NEWER)):
            run_id = begin_run(connection, "kb sync")
            sha256 = f"{number:064d}"
            fetched = Reading("https://warta.example/1", 200, n_bytes=9, sha256=sha256)
            found = Found(fetch_id=save_fetch(connection, run_id, fetched, feed_id=feed_id))
            article = make_article(REF, HARBOUR, title=f"Judul {number}", raw_sha256=sha256)
            saved = save_article(connection, article, run_id, found=found)
            ids = {
                "body_id": saved.body_id,
                "run_id": run_id,
                "pipeline_id": save_pipeline(connection, pipeline),
            }
            save_annotation(connection, make_annotation(HARBOUR), **ids)
            end_run(connection, run_id, RunCounts())
        tell(connection, MARKET, seeds=SEEDS)
        tell(connection, replace(MARKET, id="pasar-2"), seeds=SEEDS)
        DECISIONS["set-speaker"](connection)
        yield connection
        connection.rollback()


def written(connection: Connection, ref: str | None = None) -> str:
    """Return the export."""
    out = io.StringIO()
    write_sections(query.provenance_records(connection, ref), out)
    return out.getvalue()


def loaded(text: str) -> dict[str, dict[str, Any]]:
    """Return the export as JSON, where no name may stand twice in one place."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    found: dict[str, dict[str, Any]] = json.loads(text, object_pairs_hook=once)
    return found


def test_another_library_reads_all_of_it(base: Connection) -> None:
    """The W3C library reads every record, as many of each kind as the base has rows."""
    document = ProvDocument.deserialize(content=written(base), format="json")
    kinds = Counter(type(record) for record in document.get_records())

    def n(table: Any, *conditions: Any) -> int:
        return int(base.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())

    n_raw = base.execute(select(func.count(tables.revision.c.raw_sha256.distinct()))).scalar_one()
    annotations, quotes, revisions = n(tables.annotation), n(tables.quote), n(tables.revision)
    runs, fetches, bodies = n(tables.run), n(tables.fetch), n(tables.body)
    articles, feeds, decisions = n(tables.article), 1, 1
    assert (articles, revisions, bodies, annotations, n_raw) == (3, 4, 2, 3, 3 - 1)
    assert kinds == {
        ProvEntity: articles + revisions + n_raw + bodies + annotations + quotes + feeds + decisions,
        ProvActivity: runs + fetches + annotations,
        ProvAgent: 1 + 3 + 1 + 1,  # kb, pipelines, outlets, people
        ProvGeneration: fetches + revisions + annotations,
        ProvUsage: revisions + fetches + annotations,
        ProvCommunication: fetches + annotations,
        ProvAssociation: runs + annotations,
        ProvAttribution: 2 + annotations + decisions,
        ProvDerivation: revisions * 2 + 1 + annotations + quotes,
        ProvSpecialization: revisions,
        ProvInfluence: 1,
    }
    agents = {
        kind for agent in document.get_records(ProvAgent) for kind in map(str, agent.get_asserted_types())
    }
    assert agents == {"prov:SoftwareAgent", "prov:Organization", "prov:Person"}


@pytest.mark.parametrize("ref", [None, REF, "pasar"], ids=str)
def test_relations_name_only_what_is_told_of(base: Connection, ref: str | None) -> None:
    """Nothing is named twice, and every end of a relation is an entity, activity or agent of the same export."""
    sections = loaded(written(base, ref))
    told = {name for section in ELEMENTS for name in sections[section]}
    ends = {
        end
        for section, records in sections.items()
        if section not in ("prefix", *ELEMENTS)
        for record in records.values()
        for end in record.values()
    }
    assert ends <= told
    assert told - ends == set()


def test_one_article_is_part_of_the_whole(base: Connection) -> None:
    """The export of one article tells what the base's tells of it, in the same words, and of no other article."""
    whole, part = loaded(written(base)), loaded(written(base, "pasar"))
    for section in ELEMENTS:
        assert part[section].items() <= whole[section].items()
    names = " ".join(part["entity"])
    assert ("kb:article/pasar " in names, "pasar-2" in names, "dermaga" in names) == (True, False, False)


def test_a_quote_leads_back_to_its_bytes(base: Connection) -> None:
    """From each quote derivations lead over annotation, body and revision to the bytes, and on to the fetch."""
    sections = loaded(written(base, REF))
    source = {}
    for record in sections["wasDerivedFrom"].values():
        source.setdefault(record["prov:generatedEntity"], set()).add(record["prov:usedEntity"])
    made = {record["prov:entity"]: record["prov:activity"] for record in sections["wasGeneratedBy"].values()}
    for name in (name for name in sections["entity"] if name.startswith("kb:quote/")):
        reached, new = set(), {name}
        while new := {one for each in new for one in source.get(each, ())} - reached:
            reached |= new
        raws = {one for one in reached if one.startswith("kb:bytes/")}
        assert raws == {f"kb:bytes/{number:064d}" for number in range(2)}
        assert all(made[raw].startswith("kb:fetch/") for raw in raws)


def test_names_are_the_same_in_a_copy(base: Connection) -> None:
    """What is told is named by what outlives a row: a base that is filled in another order names it so too."""
    names = {name for name in loaded(written(base))["entity"] if "/pasar" in name or "/body/" in name}
    undone = base.begin_nested()
    for table in reversed(tables.metadata.sorted_tables):
        base.execute(table.delete())
    tell(base, replace(MARKET, id="pasar-2"), seeds=SEEDS)
    tell(base, MARKET, seeds=SEEDS)
    again = {name for name in loaded(written(base))["entity"] if "/pasar" in name or "/body/" in name}
    undone.rollback()
    assert again == names
