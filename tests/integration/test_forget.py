"""Forgetting an article: nothing of it is left in the base nor in its files, and all else is as if it never came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from deciding import DECISIONS, ELSEWHERE, HARBOUR, REPRINT, SEEDS, STORIES, answers, clusters, states, undo
from invented import dump
from sqlalchemy import Connection, Engine, event, func, select, text
from stories import RULES, Said, Story, tell

from kb import query
from kb.curation import decide, export_decisions
from kb.errors import AnotherRun, DatabaseProblem, EmptyInput, NotFound
from kb.forgetting import forget, is_forgotten
from kb.ingest import canonical_url
from kb.model import Pipeline, QuoteKind, Verb
from kb.store import tables
from kb.store.database import reading, writing
from kb.store.feeds import schedule_feed
from kb.store.forget import find_tombstone, tombstone_keys
from kb.store.lock import holding_lock
from kb.store.runs import Reading, RunCounts, end_run, save_fetch
from kb.store.write import (
    Found,
    begin_run,
    save_annotation,
    save_article,
    save_failure,
    save_pipeline,
)

URL = "https://warta.example/rahasia/zamzulfikri"
SECRET = Story(
    "rahasia",
    "Zamzulfikri Tarumbaya mengatakan sumurnya beracun. “Kami menambah kapal cepat untuk melayani warga pulau "
    "kecil,” kata Budi Santoso. Zamzulfikri pulang ke Kedungwaringin.",
    {"Zamzulfikri Tarumbaya": ("PER", "Zamzulfikri"), "Budi Santoso": ("PER",), "Kedungwaringin": ("LOC",)},
    [
        Said("sumurnya beracun", "Zamzulfikri Tarumbaya", "Zamzulfikri Tarumbaya", "mengatakan"),
        Said(
            "Kami menambah kapal cepat untuk melayani warga pulau kecil,",
            "Budi Santoso",
            "Budi Santoso",
            "kata",
            QuoteKind.DIRECT,
        ),
    ],
    outlet="Suara Sumurbata",
    title="Sumur Zamzulfikri",
    roles={"Budi Santoso": ("bupati kedungwaringin",)},
)
LATER = replace(
    SECRET,
    body=SECRET.body.replace("beracun", "tercemar"),
    said=[replace(SECRET.said[0], content="sumurnya tercemar")],
)
WORDS = (
    "Zamzulfikri",
    "zamzulfikri",
    "mzulfikri",
    "sumurnya",
    "Kedungwaringin",
    "Suara Sumurbata",
    "warta.example/rahasia",
)
"""What only the secret article has; each stands in it, in its metadata or in its addresses.

One of them begins inside a word: an index of words keeps of a word only what it does not share with the one before.
"""

OTHERS = (*STORIES, REPRINT, ELSEWHERE)


BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"])
"""The engines for what the quick tests hold on both; VACUUM FULL takes a second a test."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Return the name of each engine in turn."""
    name: str = request.param
    return name


def tell_secret(connection: Connection, *states: Story) -> None:
    """Save the states of the secret article as a run does that fetches its page."""
    run_id = begin_run(connection, f"kb ingest {URL}?utm_source=rss")
    pipeline_id = save_pipeline(connection, Pipeline({}, {}, RULES))
    for number, story in enumerate(states):
        raw = f"{number:064d}"
        fetched = Reading(f"{URL}?utm_source=rss", 200, final_url=URL, n_bytes=9, sha256=raw)
        fetch_id = save_fetch(connection, run_id, fetched, feed_id=None)
        article = replace(
            story.article(),
            raw_sha256=raw,
            url=URL,
            urls=(URL,),
            reader="page/1",
            origin=f"{URL}?utm_source=rss",
        )
        saved = save_article(connection, article, run_id, found=Found(fetch_id=fetch_id, place=URL))
        ids = {"body_id": saved.body_id, "pipeline_id": pipeline_id, "run_id": run_id}
        save_annotation(connection, story.annotation(), **ids)
    schedule_feed(connection, f"{URL}?utm_medium=kb", "page", every_minutes=60)
    end_run(connection, run_id, RunCounts(), state="failed", error=f"{URL}: no answer")
    for subject in (URL, "rahasia", "https://warta.example/rss"):
        save_failure(
            connection, run_id, stage="ingest", subject=subject, error=EmptyInput(subject, f"see {URL}")
        )
    tell(connection, seeds=SEEDS)


def fill(engine: Engine, *, secret: bool) -> None:
    """Fill a base with stories and decisions, with the secret article first and last among them or without it."""
    with writing(engine) as connection:
        if secret:
            tell_secret(connection, SECRET)
        tell(connection, *OTHERS, seeds=SEEDS)
        if secret:
            tell_secret(connection, LATER)
        for name in ("merge", "alias", "reject-quote", "set-speaker", "split"):
            DECISIONS[name](connection)


def told(connection: Connection) -> dict[str, Any]:
    """Return all that a base answers."""
    return {"answers": answers(connection), "clusters": clusters(connection)}


def files_of(engine: Engine) -> Iterable[Path]:
    """Yield the files that hold a database."""
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        yield from path.parent.glob(f"{path.name}*")
        return
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        stored = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relfilenode > 0 AND NOT relisshared"
        for place in connection.scalars(text(stored)):  # tables with their indexes and long values
            yield from folder.glob(f"{place}*")


def found_in_files(engine: Engine) -> set[str]:
    """Return which of the secret words the database's files hold."""
    contents = [path.read_bytes() for path in files_of(engine)]
    return {word for word in WORDS if any(word.encode() in content for content in contents)}


@BOTH
def test_nothing_is_left(database: Engine) -> None:
    """After forgetting, no word of the article, no name and no address of it is in any table or file of the base."""
    fill(database, secret=True)
    with writing(database) as connection:
        DECISIONS["reject-mention"](connection)
        place = query.quote_meant(connection, "rahasia", "sumurnya")[1]
        undo(connection, decide(connection, Verb.REJECT_QUOTE, place, by="uji"))
        rows = connection.scalar(select(func.count()).select_from(tables.fetch))
    assert rows == 2
    assert found_in_files(database) == set(WORDS)
    gone = forget(database, "rahasia", by="Rini", why="putusan")
    assert (gone.n_decisions, gone.n_changed, gone.naming, gone.sharing) == (2, 0, (), ())
    assert not [
        row for rows in dump(database, without=()).values() for row in rows for w in WORDS if w in row
    ]
    assert found_in_files(database) == set()


@BOTH
def test_the_rest_is_as_if_it_never_came(database: Engine) -> None:
    """Entities, aliases, links, clusters and the state of each decision are those of a base without the article."""
    fill(database, secret=False)
    with writing(database) as connection:
        expected, log = told(connection), [row[1] for row in states(connection)]
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
    fill(database, secret=True)
    with reading(database) as connection:
        assert told(connection) != expected
    forget(database, "rahasia", by="Rini", why="putusan")
    with reading(database) as connection:
        assert told(connection) == expected
        assert [row[1] for row in states(connection)] == log
        assert connection.execute(select(tables.touched)).all() == []


def test_other_articles_keep_every_row(database: Engine) -> None:
    """Not one row of another article's revisions, annotations, quotes and mentions changes."""
    fill(database, secret=True)
    kept = ("dermaga", "panen", "pasar", "cetak-ulang", "kutipan")
    before = _rows_of(database, kept)
    forget(database, "rahasia", by="Rini", why=None)
    assert _rows_of(database, kept) == before


def _rows_of(engine: Engine, refs: Iterable[str]) -> list[Any]:
    a, r, n = tables.article.c, tables.revision.c, tables.annotation.c
    with reading(engine) as connection:
        ids = list(connection.scalars(select(a.id).where(a.ref.in_(refs))))
        bodies = list(connection.scalars(select(r.body_id).where(r.article_id.in_(ids))))
        made = list(connection.scalars(select(n.id).where(n.body_id.in_(bodies))))
        wanted = [
            select(tables.revision).where(r.article_id.in_(ids)),
            select(tables.annotation).where(n.id.in_(made)),
            *(
                select(table).where(table.c.annotation_id.in_(made))
                for table in (tables.quote, tables.mention, tables.local_entity)
            ),
        ]
        return [sorted(map(repr, connection.execute(statement))) for statement in wanted]


def test_it_is_known_if_it_comes_back(database: Engine) -> None:
    """Its id, its address, its text (of any revision) and its bytes are known by their hashes; others' are not."""
    fill(database, secret=True)
    forget(database, "rahasia", by="Rini", why="putusan")
    nothing: dict[str, Any] = {"ref": "lain", "urls": (), "body": None, "raw_sha256s": ()}
    same = (
        {"ref": "rahasia"},
        {"urls": ["https://lain.example/1", str(canonical_url(f"{URL}?utm_source=rss"))]},
        {"body": SECRET.body},
        {"body": LATER.body},
        {"raw_sha256s": ["0" * 63 + "0"]},
    )
    others = ({}, {"urls": ["https://warta.example/rahasia"]}, {"body": HARBOUR.body}, {"ref": "dermaga"})
    with reading(database) as connection:
        found = [find_tombstone(connection, tombstone_keys(**(nothing | one))) for one in same]
        spared = [find_tombstone(connection, tombstone_keys(**(nothing | one))) for one in others]
        who = connection.execute(select(tables.tombstone.c.forgotten_by, tables.tombstone.c.why)).first()
    assert (found, spared) == (
        [True, True, True, True, False],
        [False] * 4,
    )  # stories share their bytes' hash
    assert who == ("Rini", "putusan")


def test_a_text_that_others_print_stays_there(database: Engine) -> None:
    """The text of two articles stays with the other one, which is named, and may come in again."""
    twin = replace(SECRET, id="kembaran", outlet="Kabar Teluk", title=None)
    with writing(database) as connection:
        tell_secret(connection, SECRET)
        tell(connection, twin)
        before = list(query.all_quotes(connection, article_ref="kembaran"))
    assert forget(database, "rahasia", by="Rini", why=None).sharing == ("kembaran",)
    with reading(database) as connection:
        assert list(query.all_quotes(connection, article_ref="kembaran")) == before
        keys = tombstone_keys(ref="kembaran", urls=(), body=SECRET.body, raw_sha256s=["0" * 64])
        assert not find_tombstone(connection, keys)
        assert [row.article for row in query.articles(connection)] == ["kembaran"]


def test_decisions_about_several_articles_stay_without_it(database: Engine) -> None:
    """A split that names two articles goes on with the other one, its undo with it; who only it named is told."""
    fill(database, secret=True)
    with writing(database) as connection:
        split = query.entity_meant(connection, "Siti Aminah")
        known = {"uid": split.uid, "type": "PER", "name": split.name}
        secret = query.entity_meant(connection, "Zamzulfikri Tarumbaya")
        other = {"uid": secret.uid, "type": "PER", "name": secret.name}
        decide(connection, Verb.APART, {"entity": known, "other": other}, by="uji")
        made = {
            "entity": known,
            "into": other,
            "articles": ["pasar", "rahasia"],
            "is_new": False,
            "told_by": None,
        }
        undo(connection, decide(connection, Verb.SPLIT, made, by="uji"))
        n_before = len(list(export_decisions(connection)))
    gone = forget(database, "rahasia", by="Rini", why=None)
    with reading(database) as connection:
        log = list(export_decisions(connection))
    assert (len(log), gone.n_changed, len(gone.naming)) == (n_before, 2, 2)
    assert not any('"rahasia"' in line for line in log)
    with writing(database) as connection:
        assert [row[1] for row in states(connection)][-2:] == ["undone", "applied"]


def test_forgetting_twice_says_so(database: Engine) -> None:
    """The second time there is nothing to forget, in words of its own; an id that never was is told apart."""
    fill(database, secret=True)
    forget(database, "rahasia", by="Rini", why=None)
    with reading(database) as connection:
        assert is_forgotten(connection, "rahasia")
    with pytest.raises(NotFound, match="rahasia: was forgotten already"):
        forget(database, "rahasia", by="Rini", why=None)
    with pytest.raises(NotFound, match="lain: no article of that id"):
        forget(database, "lain", by="Rini", why=None)


def test_what_others_failed_on_keeps_its_failure(database: Engine) -> None:
    """A feed that failed and tells of the article keeps its failure, without what was kept of the feed."""
    fill(database, secret=True)
    with writing(database) as connection:
        f = tables.failure.c
        kept = {
            "payload": f"<link>{URL}?utm_source=a&amp;utm_medium=b</link>".encode(),
            "payload_as": {"form": "page"},
        }
        connection.execute(tables.failure.update().where(f.subject.endswith("rss")).values(**kept))
    forget(database, "rahasia", by="Rini", why=None)
    with reading(database) as connection:
        (row,) = connection.execute(select(tables.failure))
        commands = set(connection.scalars(select(tables.run.c.command)))
    assert (row.subject, row.message, row.payload) == ("https://warta.example/rss", "EmptyInput", None)
    assert commands == {"tell", "kb ingest '[forgotten]'"}


def test_the_moment_is_kept(database: Engine) -> None:
    """A tombstone says when."""
    fill(database, secret=True)
    before = datetime.now(UTC)
    forget(database, "rahasia", by="Rini", why=None)
    with reading(database) as connection:
        times = set(connection.scalars(select(tables.tombstone.c.forgotten_at)))
    assert all(before <= at <= datetime.now(UTC) for at in times)


def test_not_while_a_run_is_at_work(database: Engine) -> None:
    """While another process writes a run, nothing is forgotten."""
    fill(database, secret=True)
    with holding_lock(database), pytest.raises(AnotherRun):
        forget(database, "rahasia", by="Rini", why=None)
    with reading(database) as connection:
        assert query.article_named(connection, "rahasia")


def test_who_still_reads_is_told_of_and_it_is_swept_later(database: Engine) -> None:
    """While others read the base its files cannot be swept, which is said; called again, they are."""
    fill(database, secret=True)
    database.dispose()
    event.listen(database, "connect", _be_impatient)
    with reading(database) as reader:
        reader.execute(select(tables.article)).all()
        with pytest.raises(DatabaseProblem, match="may still stand in its files"):
            forget(database, "rahasia", by="Rini", why=None)
    with pytest.raises(NotFound, match="was forgotten already"):
        forget(database, "rahasia", by="Rini", why=None)
    assert found_in_files(database) == set()


def _be_impatient(connection: Any, _record: Any) -> None:
    if hasattr(connection, "set_authorizer"):
        connection.execute("PRAGMA busy_timeout = 50")
