"""What questions read first is true after every kind of change: reports and counts are as they would be made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from deciding import DECISIONS, ELSEWHERE, FARM, HARBOUR, MARKET, REPRINT, SEEDS, known, undo
from invented import FLOOD, NEWER, ingest, make_article
from invented import HARBOUR as HARBOUR_TEXT
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from stories import Said, Story, tell

from kb.curation import decide
from kb.forgetting import forget
from kb.model import Verb
from kb.store.database import reading, writing
from kb.store.reports import (
    find_wrong_counts,
    find_wrong_namings,
    find_wrong_open_quotes,
    find_wrong_reports,
)
from kb.store.tables import article, entity, entity_count, report, touched

COPY = replace(REPRINT, id="salinan", on=date(2024, 3, 9), outlet="Kabar Tani")
UNCLEAR = replace(
    HARBOUR,
    id="samar",
    body=f"Selasa. {HARBOUR.body}",
    said=[Said("dermaga selesai tahun depan", None, None, candidates=["Budi Santoso"])],
)
ALL = (HARBOUR, FARM, MARKET, REPRINT, ELSEWHERE, COPY, UNCLEAR)


def _tell(*stories: Story, rules: str = "stories") -> Callable[[Connection], object]:
    return lambda connection: tell(connection, *stories, seeds=SEEDS, rules=rules)


def _decide_and_undo(*names: str) -> Callable[[Connection], object]:
    """Return what makes these decisions and takes the last back."""

    def change(connection: Connection) -> None:
        made = [DECISIONS[name](connection) for name in names]
        check(connection)
        undo(connection, made[-1])

    return change


def _merge_and_lose(connection: Connection) -> None:
    """Merge into somebody whom no text names any more then: those merged stand for themselves again."""
    merged = {"entity": known("Budi Santoso"), "into": known("Budi Susanto")}
    decide(connection, Verb.MERGE, merged, by="uji")
    check(connection)
    tell(connection, replace(MARKET, body="Pasar ramai.", names={}, said=[]), seeds=SEEDS)


def _set_speaker_and_lose(connection: Connection) -> None:
    """Decide on a speaker whom no text names any more then: the one who was found stands again."""
    DECISIONS["set-speaker"](connection)
    check(connection)
    only = Story("pasar", "Menurut Siti Aminah, stok aman.", {"Siti Aminah": ("PER",)})
    tell(connection, replace(only, said=[Said("stok aman", "Siti Aminah", "Siti Aminah", "Menurut")]))


CHANGES: dict[str, Callable[[Connection], object]] = {
    "a new article": _tell(replace(FARM, id="panen-raya", body=f"Kabar baik. {FARM.body}")),
    "a changed text": _tell(replace(HARBOUR, body=f"Kabar baru. {HARBOUR.body}")),
    "a text without anybody": _tell(Story("panen", "Panen gagal.", {})),
    "another day": _tell(replace(HARBOUR, on=date(2024, 5, 1))),
    "no day": _tell(replace(HARBOUR, on=None)),
    "another outlet": _tell(replace(HARBOUR, outlet="Kabar Tani")),
    "another text of the same pipeline": _tell(replace(HARBOUR, names={"Siti Aminah": ("PER",)}, said=[])),
    "another pipeline": _tell(*ALL, rules="newer"),
    "a copy that goes its own way": _tell(replace(COPY, body=f"Ralat. {COPY.body}")),
    "a cluster dissolves": _tell(
        replace(ELSEWHERE, body="Siti Aminah pergi.", names={"Siti Aminah": ("PER",)}, said=[])
    ),
    "a cluster grows": _tell(replace(ELSEWHERE, id="kutipan-lagi", body=f"Lagi. {ELSEWHERE.body}")),
    "other roles": _tell(replace(ELSEWHERE, roles={"Budi Santoso": ("mantan bupati kendala",)})),
    "a merge into the lost": _merge_and_lose,
    "a speaker who is lost": _set_speaker_and_lose,
    **{f"{name}, undone": _decide_and_undo(name) for name in DECISIONS},
    "merged, split, joined": _decide_and_undo("merge", "split", "set-speaker"),
}


def check(connection: Connection) -> None:
    """Hold both tables to a recomputation, and see that nothing is left to do."""
    assert list(find_wrong_reports(connection)) == []
    assert list(find_wrong_namings(connection)) == []
    assert list(find_wrong_open_quotes(connection)) == []
    assert list(find_wrong_counts(connection)) == []
    assert connection.execute(select(touched)).all() == []


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_tables_are_true_after(change: Callable[[Connection], object], database: Engine) -> None:
    """Both tables are as they would be made anew, after the articles and after what changes them."""
    with writing(database) as connection:
        tell(connection, *ALL, seeds=SEEDS)
        check(connection)
        assert connection.scalar(select(func.count()).select_from(report)) > 0
        change(connection)
        check(connection)
        connection.rollback()


@pytest.mark.parametrize("gone", [story.id for story in (HARBOUR, ELSEWHERE, REPRINT, COPY, UNCLEAR)])
def test_tables_are_true_after_forgetting(gone: str, database: Engine) -> None:
    """An article that is forgotten leaves no report and no count, whoever prints its text besides."""
    with writing(database) as connection:
        tell(connection, *ALL, seeds=SEEDS)
        for name in ("reject-quote", "set-speaker", "merge"):
            DECISIONS[name](connection)
    forget(database, gone, by="uji", why=None)
    with reading(database) as connection:
        check(connection)


def test_a_text_that_two_articles_print_is_reported_by_both(database: Engine) -> None:
    """A syndicated text has one quote and two reports, each with its own outlet and day."""
    with writing(database) as connection:
        tell(connection, REPRINT, COPY)
        rows = select(report.c.quote_id, article.c.ref, report.c.published_on).join(article)
        found = connection.execute(rows.order_by(report.c.published_on)).all()
        (said,) = connection.execute(
            select(entity_count.c.n_quotes, entity_count.c.n_statements)
            .join(entity)
            .where(entity.c.name == "Budi Santoso")
        ).all()
        connection.rollback()
    assert [row[1:] for row in found] == [(REPRINT.id, REPRINT.on), (COPY.id, COPY.on)]
    assert len({row.quote_id for row in found}) == 1
    assert tuple(said) == (2, 1)


def test_tables_are_true_after_reading_again(database: Engine) -> None:
    """What the pipeline ingests, redates, moves and annotates anew is reported as it is now."""
    first, second = make_article("a", HARBOUR_TEXT), make_article("b", FLOOD)
    steps = [
        [first, second],
        [make_article("a", HARBOUR_TEXT, published=None)],
        [make_article("a", HARBOUR_TEXT, outlet="Kabar Tani")],
        [make_article("a", FLOOD)],
    ]
    for articles in steps:
        ingest(database, *articles)
        with reading(database) as connection:
            check(connection)
    ingest(database, *steps[-1], pipeline=NEWER)
    with reading(database) as connection:
        check(connection)


@pytest.mark.parametrize("verb", ["delete", "insert", "update"])
def test_wrong_rows_are_found(verb: str, database: Engine) -> None:
    """A report or a count that is missing, too many or changed is told of by its key."""
    with writing(database) as connection:
        tell(connection, HARBOUR, FARM)
        first = connection.execute(select(report).order_by(report.c.quote_id)).first()
        counted = connection.execute(select(entity_count).order_by(entity_count.c.entity_id)).first()
        head = {"uid": "tiada", "type": "PER", "name": "Tiada", "name_key": "tiada", "origin": "seed"}
        nobody = connection.scalar(insert(entity).values(head).returning(entity.c.id))
        assert first is not None
        assert counted is not None
        of_report, of_count = report.c.quote_id == first.quote_id, entity_count.c.entity_id == counted[0]
        other = connection.scalar(select(article.c.id).where(article.c.id != first.article_id))
        changes = {
            "delete": (delete(report).where(of_report), delete(entity_count).where(of_count)),
            "insert": (
                insert(report).values(**(dict(first._mapping) | {"article_id": other})),
                insert(entity_count).values(**(dict(counted._mapping) | {"entity_id": nobody})),
            ),
            "update": (
                update(report).where(of_report).values(published_on=date(1999, 1, 1)),
                update(entity_count).where(of_count).values(n_open=7),
            ),
        }
        for change in changes[verb]:
            connection.execute(change)
        article_id = other if verb == "insert" else first.article_id
        assert (first.quote_id, article_id) in set(find_wrong_reports(connection))
        assert (nobody if verb == "insert" else counted[0]) in set(find_wrong_counts(connection))
        connection.rollback()
