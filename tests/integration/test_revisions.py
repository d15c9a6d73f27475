"""How an article changed, asked from a real base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, update
from stories import RULES, Said, Story, tell

from kb import query
from kb.errors import NotFound
from kb.model import Pipeline, Precision, Published, QuoteKind
from kb.query import FoundQuote
from kb.store import tables
from kb.store.database import writing
from kb.store.readings import note_gone
from kb.store.write import Found, begin_run, save_annotation, save_article, save_pipeline

URL = "https://warta.example/dermaga"
FIRST = Story(
    "dermaga",
    "Bupati Budi Santoso meninjau dermaga.\n\n“Dermaga selesai tahun depan,” kata Budi.\n\nSiti hadir.",
    {"Budi Santoso": ("PER", "Budi"), "Siti": ("PER",)},
    [Said("Dermaga selesai tahun depan,", "Budi Santoso", "Budi", "kata", QuoteKind.DIRECT)],
    title="Dermaga Baru",
)
SECOND = replace(
    FIRST,
    body="Bupati Budi Santoso meninjau dermaga.\n\n“Dermaga selesai tahun depan,” ujar Siti.\n\n"
    "Budi pulang, kata Siti.",
    said=[
        Said("Dermaga selesai tahun depan,", "Siti", "Siti", "ujar", QuoteKind.DIRECT),
        Said("Budi pulang,", "Siti", "Siti", "kata"),
    ],
    title="Dermaga Lama",
)
STATES: list[tuple[Story, str, dict[str, Any]]] = [
    (FIRST, "publisher", {}),
    (SECOND, "publisher", {}),
    (SECOND, "reader", {"authors": ("Ani Lestari",)}),
]


@pytest.fixture
def base(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base with an article of three revisions and a reprint of its first text."""
    with writing(database) as connection:
        run_id = begin_run(connection, "kb ingest")
        pipeline_id = save_pipeline(connection, Pipeline({}, {}, RULES))
        for story, cause, changes in STATES:
            published = Published(date(2024, 6, 18), Precision.DAY) if changes else None
            article = replace(
                story.article(), url=URL, urls=(f"{URL}/1", URL), published=published, **changes
            )
            saved = save_article(connection, article, run_id, found=Found(cause=cause))
            ids = {"body_id": saved.body_id, "pipeline_id": pipeline_id, "run_id": run_id}
            save_annotation(connection, story.annotation(), **ids)
        tell(connection, replace(FIRST, id="cetak-ulang"))
        yield connection
        connection.rollback()


def test_history_tells_each_revision(base: Connection) -> None:
    """Each revision has its cause, how alike it is, what changed, and how many quotes came and went."""
    page = query.article_history(base, "derm")
    told = [
        (row.number, row.cause, row.changed, row.n_quotes, row.n_quotes_new, row.n_quotes_gone)
        for row in page.revisions
    ]
    assert told == [
        (1, "first", (), 1, 1, 0),
        (2, "publisher", ("text", "title"), 2, 1, 0),
        (3, "reader", ("date", "authors"), 2, 0, 0),
    ]
    assert [row.similarity for row in page.revisions] == [None, pytest.approx(0.64, abs=0.1), 1.0]
    assert (page.addresses, page.gone_at) == ((f"{URL}/1", URL), None)


def test_history_tells_what_is_gone(base: Connection) -> None:
    """An article that its outlet took away says since when."""
    page = query.article_history(base, "dermaga")
    note_gone(base, f"{URL}/1", page.last_seen_at)
    assert query.article_history(base, "dermaga").gone_at == page.last_seen_at


def test_diff_tells_text_fields_and_quotes(base: Connection) -> None:
    """A diff has the fields, the paragraphs, and the quotes that are new, gone or told otherwise."""
    page = query.article_diff(base, "dermaga", 1, 2)
    assert [(field.name, field.before, field.after) for field in page.fields] == [
        ("title", "Dermaga Baru", "Dermaga Lama")
    ]
    assert [(line.sign, line.text[:12]) for line in page.text] == [
        (" ", "Bupati Budi "),
        ("-", "“Dermaga sel"),
        ("-", "Siti hadir."),
        ("+", "“Dermaga sel"),
        ("+", "Budi pulang,"),
    ]
    assert page.quotes_new == (FoundQuote("Budi pulang,", "indirect", "Siti", "kata"),)
    (changed,) = page.quotes_changed
    assert (changed.before.speaker, changed.after.speaker) == ("Budi Santoso", "Siti")
    assert page.quotes_gone == ()


def test_diff_backwards_is_the_reverse(base: Connection) -> None:
    """What is new one way is gone the other way."""
    there, back = query.article_diff(base, "dermaga", 1, 3), query.article_diff(base, "dermaga", 3, 1)
    assert (there.quotes_new, there.quotes_gone) == (back.quotes_gone, back.quotes_new)
    assert {line.text for line in there.text if line.sign == "+"} == {
        line.text for line in back.text if line.sign == "-"
    }


def test_diff_is_of_the_last_two_unless_told(base: Connection) -> None:
    """Without numbers the last two revisions are compared; with one, that one and the last."""
    assert [query.article_diff(base, "dermaga", first).before for first in (None, 1)] == [2, 1]
    assert query.article_diff(base, "dermaga").text == ()
    alone = query.article_diff(base, "cetak-ulang")
    assert (alone.before, alone.after, alone.text, alone.quotes_new) == (1, 1, (), ())


@pytest.mark.parametrize("numbers", [(0, 1), (1, 4), (9, None)])
def test_a_revision_that_is_not_there(base: Connection, numbers: tuple[int, int | None]) -> None:
    """A number that no revision has is NotFound, and says where the numbers stand."""
    with pytest.raises(NotFound, match=r"has no revision \d; kb article history dermaga"):
        query.article_diff(base, "dermaga", *numbers)


def test_an_older_text_has_its_last_annotation(base: Connection) -> None:
    """Quotes of an older revision are those of its body's own current annotation, whatever became of others."""
    base.execute(update(tables.revision).where(tables.revision.c.number == 3).values(is_current=True))
    tell(base, replace(FIRST, id="cetak-ulang", said=()), rules="neuer")
    assert query.article_history(base, "dermaga").revisions[0].n_quotes == 0
