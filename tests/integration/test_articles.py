"""Articles, revisions, runs and failures in a real base."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from invented import FLOOD, HARBOUR, PIPELINE, dump, ingest, make_annotation, make_article
from sqlalchemy import Connection, Engine, func, select

from kb.errors import BadRecord, EmptyInput
from kb.model import Article, Precision, Published
from kb.store import tables, write
from kb.store.database import reading, writing
from kb.store.failures import load_failures
from kb.store.read import load_bodies, load_bodies_to_annotate
from kb.store.write import ArticleState, RunCounts


def _count(connection: Connection, table: str) -> int:
    return connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()


def _save(database: Engine, article: Article) -> write.Saved:
    with writing(database) as connection:
        return write.save_article(connection, article, write.begin_run(connection, "kb ingest"))


def test_everything_the_page_says_is_stored(database: Engine) -> None:
    """Nothing is lost: a revision gives back all that the article had."""
    article = make_article("a", HARBOUR)
    _save(database, article)
    with reading(database) as connection:
        row = connection.execute(
            select(tables.revision, tables.outlet.c.name, tables.body.c.text)
            .join(tables.outlet)
            .join(tables.body)
        ).one()
    assert (row.text, row.raw_text, row.raw_sha256) == (article.body, article.raw_text, article.raw_sha256)
    assert (row.title, row.url, row.name, row.agency) == (
        article.title,
        article.url,
        article.outlet,
        article.agency,
    )
    assert (row.authors, row.editors, row.furniture) == (["Ani Lestari"], ["Joko"], ["MENU"])
    assert (row.extra, row.origin) == ({"tags": ["laut"], "n": 1}, "a.txt")
    assert (row.dateline_start_char, row.dateline_end_char, row.dateline_place) == (0, 9, "Rantau")
    assert row.published_at == datetime(2024, 6, 17, 23, 51, tzinfo=UTC)
    assert row.published_at.tzinfo is not None
    assert (row.published_on, row.published_zone) == (date(2024, 6, 18), "WIB")


def test_a_day_without_an_hour_stays_a_day(database: Engine) -> None:
    """No hour is made up for a page that gives none."""
    _save(database, make_article("a", HARBOUR, published=Published(date(2024, 6, 18), Precision.DAY)))
    with reading(database) as connection:
        row = connection.execute(select(tables.revision)).one()
    assert (row.published_on, row.published_at, row.published_precision) == (date(2024, 6, 18), None, "day")


def test_an_article_that_says_nothing_about_itself_is_stored(database: Engine) -> None:
    """A body is enough."""
    bare = Article("a", FLOOD, raw_text=FLOOD, raw_sha256="0" * 64)
    assert _save(database, bare).state is ArticleState.NEW
    assert _save(database, bare).state is ArticleState.UNCHANGED


def test_ingesting_twice_changes_nothing(database: Engine) -> None:
    """The same articles again leave every row but the run's own as it is."""
    articles = [make_article("a", HARBOUR), make_article("b", FLOOD)]
    ingest(database, *articles)
    before = dump(database)
    assert [saved.state for saved in ingest(database, *articles)] == [ArticleState.UNCHANGED] * 2
    assert dump(database) == before


@pytest.mark.parametrize(
    "change",
    [
        {"raw_text": "MENU 2", "raw_sha256": "1" * 64},
        {"furniture": ("MENU 2",)},
        {"origin": "elsewhere/a.txt"},
    ],
    ids=["raw bytes", "furniture", "file"],
)
def test_what_is_no_news_about_the_article_makes_no_revision(
    database: Engine, change: dict[str, object]
) -> None:
    """A menu that changed around the same article is not a change of the article."""
    _save(database, make_article("a", HARBOUR))
    assert _save(database, make_article("a", HARBOUR, **change)).state is ArticleState.UNCHANGED


@pytest.mark.parametrize(
    "change",
    [{"body": FLOOD}, {"title": "Lain"}, {"outlet": "Lain"}, {"published": None}, {"extra": {}}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_article_is_a_new_revision(database: Engine, change: dict[str, object]) -> None:
    """The newest state is the current one, and the old one is kept as it was."""
    article = make_article("a", HARBOUR)
    first, second = _save(database, article), _save(database, replace(article, **change))
    assert second.state is ArticleState.CHANGED
    assert second.article_id == first.article_id
    r = tables.revision.c
    with reading(database) as connection:
        rows = (
            connection.execute(select(r.id, r.number, r.is_current, r.title).order_by(r.number))
            .tuples()
            .all()
        )
    title = str(change.get("title", "Dermaga Baru"))
    assert rows == [(first.revision_id, 1, False, "Dermaga Baru"), (second.revision_id, 2, True, title)]


def test_going_back_is_a_change_too(database: Engine) -> None:
    """An article that returns to its first text has three revisions and two bodies."""
    for body in (HARBOUR, FLOOD, HARBOUR):
        saved = _save(database, make_article("a", body))
    assert saved.state is ArticleState.CHANGED
    with reading(database) as connection:
        assert (_count(connection, "revision"), _count(connection, "body")) == (3, 2)


def test_a_syndicated_text_is_kept_and_annotated_once(database: Engine) -> None:
    """Two articles that print one text share its body, and joined over it each gives its own quotes."""
    ingest(database, make_article("a", HARBOUR), make_article("b", HARBOUR, outlet="Kabar Pagi"))
    with reading(database) as connection:
        assert (_count(connection, "body"), _count(connection, "annotation")) == (1, 1)
        rows = connection.execute(
            select(tables.article.c.ref, tables.quote.c.text)
            .join(tables.revision, tables.revision.c.article_id == tables.article.c.id)
            .join(tables.annotation, tables.annotation.c.body_id == tables.revision.c.body_id)
            .join(tables.quote, tables.quote.c.annotation_id == tables.annotation.c.id)
            .where(tables.revision.c.is_current, tables.annotation.c.is_current)
        ).all()
    assert sorted(ref for ref, _ in rows) == ["a", "b"]


def test_one_outlet_has_one_row_however_it_is_printed(database: Engine) -> None:
    """Case and punctuation do not make another medium."""
    for id_, outlet in (("a", "Warta-Rantau"), ("b", "WARTA RANTAU"), ("c", None)):
        _save(database, make_article(id_, HARBOUR, outlet=outlet))
    with reading(database) as connection:
        assert _count(connection, "outlet") == 1


@pytest.mark.parametrize(
    "article",
    [
        make_article("a", "satu\0dua"),
        make_article("a", "satu", title="\ud83d"),
        make_article("a", "satu", authors=("A\0",)),
        make_article("a", "satu", extra={"x": float("nan")}),
    ],
    ids=["NUL", "half a surrogate pair", "NUL in an author", "NaN"],
)
def test_what_no_database_can_hold_is_refused_and_nothing_written(database: Engine, article: Article) -> None:
    """The article is refused in one line before a row of it is written, and the transaction goes on."""
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        with pytest.raises(BadRecord):
            write.save_article(connection, article, run_id)
        write.save_article(connection, make_article("b", FLOOD), run_id)
    with reading(database) as connection:
        assert _count(connection, "article") == 1


def test_an_article_without_text_is_refused(database: Engine) -> None:
    """Where cleaning left nothing there is nothing to keep."""
    with pytest.raises(EmptyInput):
        _save(database, make_article("a", ""))


def test_bodies_to_annotate_are_those_of_current_revisions_without_this_pipeline(database: Engine) -> None:
    """The work to do is read off the base: new texts, and all of them for a new pipeline."""
    ingest(database, make_article("a", HARBOUR))
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        same, newer = (write.save_pipeline(connection, p) for p in (PIPELINE, replace(PIPELINE, rules="2")))
        old = write.save_article(connection, make_article("b", "Satu."), run_id)
        new = write.save_article(connection, make_article("b", FLOOD), run_id)
        assert load_bodies_to_annotate(connection, same) == [new.body_id]
        assert len(load_bodies_to_annotate(connection, newer)) == 2
        body = load_bodies(connection, [new.body_id, old.body_id])
    assert [(b.text, b.article, b.dateline is not None) for b in body] == [(FLOOD, "b", True)]


def test_a_pipeline_is_one_row_however_often_it_runs(database: Engine) -> None:
    """The same packages, models and rules are the same pipeline."""
    with writing(database) as connection:
        ids = [write.save_pipeline(connection, PIPELINE) for _ in range(2)]
        other = write.save_pipeline(connection, replace(PIPELINE, rules="2"))
    assert ids[0] == ids[1] != other


def test_a_run_tells_how_it_ended(database: Engine) -> None:
    """A run is running until it ends; one with failures is partial, one cut off never ends."""
    with writing(database) as connection:
        ok, partial, _cut_off = (write.begin_run(connection, "kb ingest x") for _ in range(3))
        write.end_run(connection, ok, RunCounts(new=2))
        write.end_run(connection, partial, RunCounts(new=1, failed=1))
        r = tables.run.c
        rows = connection.execute(select(r.state, r.n_new, r.n_failed, r.finished_at).order_by(r.id)).all()
    assert [row[:3] for row in rows] == [("ok", 2, 0), ("partial", 1, 1), ("running", 0, 0)]
    assert [row.finished_at is None for row in rows] == [False, False, True]


def test_a_failure_counts_attempts_until_its_subject_goes_through(database: Engine) -> None:
    """One open failure for a stage and subject; resolved, it stays, and a new one is another."""
    error = EmptyInput("a.txt", "has no text")
    with writing(database) as connection:
        first, second = (write.begin_run(connection, "kb ingest a.txt") for _ in range(2))
        for run_id in (first, second):
            write.save_failure(connection, run_id, stage="ingest", subject="a.txt", error=error)
        assert [(f.attempts, f.error) for f in load_failures(connection)] == [(2, "EmptyInput")]
        assert write.resolve_failures(connection, "a.txt", before_run=second) == 0
        assert write.resolve_failures(connection, "a.txt", "other") == 1
        assert load_failures(connection) == []
        write.save_failure(connection, second, stage="ingest", subject="a.txt", error=error)
        assert [f.attempts for f in load_failures(connection)] == [1]
        assert [f.attempts for f in load_failures(connection, resolved=True)] == [2, 1]


def test_a_file_that_went_through_resolves_its_lines(database: Engine) -> None:
    """The third line of a file does not fail any more, whichever line it is by now; other files' lines do."""
    with writing(database) as connection:
        run_id = write.begin_run(connection, "kb ingest")
        for subject in ("x.jsonl:3", "y.jsonl:3", "bad\udcff\0name"):
            write.save_failure(connection, run_id, stage="ingest", subject=subject, error=BadRecord("x", "y"))
        assert write.resolve_failures(connection, "x.jsonl", "bad\udcff\0name") == 2
        assert [f.subject for f in load_failures(connection)] == ["y.jsonl:3"]


def test_a_transaction_that_breaks_leaves_nothing(database: Engine) -> None:
    """Readers see an article with its annotation, or neither."""
    before = dump(database, without=())

    def break_off() -> None:
        with writing(database) as connection:
            run_id = write.begin_run(connection, "kb ingest")
            saved = write.save_article(connection, make_article("a", HARBOUR), run_id)
            ids = {"body_id": saved.body_id, "pipeline_id": write.save_pipeline(connection, PIPELINE)}
            write.save_annotation(connection, make_annotation(HARBOUR), **ids, run_id=run_id)
            raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        break_off()
    assert dump(database, without=()) == before
