"""What pipelines annotated, and where two of them differ, asked from a real base."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, insert, select
from stories import Said, Story, tell

from kb import query
from kb.errors import NotFound
from kb.model import QuoteKind
from kb.query.makers import pipeline_meant
from kb.store import tables
from kb.store.database import writing

OLD = Story(
    "dermaga",
    "Budi mengatakan dermaga selesai. “Kami siap,” kata Siti. Menurut Budi, kapal datang.",
    {"Budi": ("PER",), "Siti": ("PER",)},
    [
        Said("dermaga selesai", "Budi", "Budi", "mengatakan"),
        Said("Kami siap,", None, None, "kata", QuoteKind.DIRECT),
        Said("kapal datang", "Budi", "Budi", "Menurut"),
    ],
)
NEW = replace(
    OLD,
    said=[
        OLD.said[0],
        Said("Kami siap,", "Siti", "Siti", "kata", QuoteKind.DIRECT),
        Said("datang", "Budi", "Budi", "Menurut"),
    ],
)


@pytest.fixture
def base(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base with one text that both pipelines annotated, and one for each of them alone."""
    with writing(database) as connection:
        tell(connection, OLD, replace(OLD, id="lama", body=f"Kabar. {OLD.body}"), rules="lama")
        tell(connection, NEW, replace(OLD, id="baru", body=f"Baru. {OLD.body}"), rules="baru")
        yield connection
        connection.rollback()


def test_list_counts_what_each_annotated(base: Connection) -> None:
    """Each pipeline has its identity, when it was used, and how many annotations it made and are current."""
    rows = query.pipelines(base)
    assert [(row.rules, row.n_current, row.n_annotations) for row in rows] == [("baru", 2, 2), ("lama", 1, 2)]
    assert all(
        row.first_used_at and row.last_used_at and row.first_used_at <= row.last_used_at for row in rows
    )
    assert len(rows[0].digest) == 64


def test_diff_counts_and_shows(base: Connection) -> None:
    """Only texts that both annotated count: what only one found, and what both found but told otherwise."""
    new, old = query.pipelines(base)
    diff = query.pipeline_diff(base, str(old.pipeline), new.digest[:8], n_examples=9)
    assert (diff.n_bodies, diff.n_same, diff.n_only_a, diff.n_only_b, diff.n_changed) == (1, 1, 1, 1, 1)
    told = {(one.difference, one.text, one.speaker_a, one.speaker_b) for one in diff.examples}
    assert told == {
        ("only-a", "kapal datang", "Budi", None),
        ("only-b", "datang", None, "Budi"),
        ("changed", "Kami siap,", None, "Siti"),
    }
    assert {one.article for one in diff.examples} == {"dermaga"}
    assert list(query.pipeline_differences(base, old.digest, new.digest)) == list(diff.examples)
    assert len(query.pipeline_diff(base, old.digest, new.digest, n_examples=1).examples) == 1


def test_the_other_way_round(base: Connection) -> None:
    """Asked the other way round, what only A had only B has."""
    new, old = query.pipelines(base)
    there = query.pipeline_diff(base, old.digest, new.digest, n_examples=0)
    back = query.pipeline_diff(base, new.digest, old.digest, n_examples=0)
    assert (there.n_only_a, there.n_only_b, there.n_same) == (back.n_only_b, back.n_only_a, back.n_same)
    assert query.pipeline_diff(base, new.digest, new.digest, n_examples=9).examples == ()


@pytest.mark.parametrize("name", ["", "99", "tidak"])
def test_a_pipeline_that_is_not_there(base: Connection, name: str) -> None:
    """A name that no pipeline has, or that several begin with, is NotFound."""
    with pytest.raises(NotFound, match="kb pipeline list"):
        pipeline_meant(base, name)


@pytest.mark.slow
def test_comparing_takes_no_more_memory_for_more_texts(base: Connection) -> None:
    """Twenty thousand texts are compared within a few megabytes."""
    ids = {row.rules: row.pipeline for row in query.pipelines(base)}
    run_id = base.scalar(select(tables.run.c.id).limit(1))
    n_texts = 20_000
    base.execute(
        insert(tables.body),
        [
            {"sha256": f"{n:064d}", "text": f"teks {n}", "folded": f"teks {n}", "n_chars": len(f"teks {n}")}
            for n in range(n_texts)
        ],
    )
    bodies = list(base.scalars(select(tables.body.c.id).where(tables.body.c.text.startswith("teks"))))
    made = tables.run.select().with_only_columns(tables.run.c.started_at).limit(1)
    head = {"run_id": run_id, "made_at": base.scalar(made), "sentences": [], "is_current": False}
    base.execute(
        insert(tables.annotation),
        [{**head, "body_id": body, "pipeline_id": id_} for body in bodies for id_ in ids.values()],
    )
    del bodies
    tracemalloc.start()
    diff = query.pipeline_diff(base, str(ids["lama"]), str(ids["baru"]), n_examples=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert diff.n_bodies == n_texts + 1
    assert peak < 5_000_000
