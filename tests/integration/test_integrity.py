"""Each thing that can be wrong with a base is found by its check, and what derives can be made again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from kb.linking import relink
from kb.store.database import open_database, reading, writing
from kb.store.integrity import find_wrongs
from kb.store.mending import mend_derived

BREAKS = {
    "file": "UPDATE quote SET annotation_id = 999 WHERE id = 1",
    "texts": "UPDATE body SET sha256 = '0' || substr(sha256, 2) WHERE id = 1",
    "spans": "UPDATE quote SET start_char = start_char + 1, end_char = end_char + 1 WHERE id = 1",
    "spans, a cue": "UPDATE quote SET cue_text = 'x' || substr(cue_text, 2) WHERE id = 1",
    "spans, a mention": "UPDATE mention SET text = 'x' || substr(text, 2) WHERE id = 1",
    "current": "UPDATE revision SET is_current = false WHERE id = 1",
    "current, an annotation": "UPDATE annotation SET is_current = false WHERE id = 1",
    "merges": "UPDATE entity SET merged_into_id = (SELECT max(id) FROM entity WHERE merged_into_id IS NOT NULL) "
    "WHERE id = (SELECT max(id) FROM entity WHERE merged_into_id IS NULL)",
    "folded": "UPDATE body SET folded = 'kata lain' WHERE id = 1",
    "folded, a quote": "UPDATE quote SET folded = 'kata lain' WHERE id = 1",
    "reports": "DELETE FROM report",
    "reports, a speaker": "UPDATE report SET entity_id = NULL",
    "namings": "UPDATE naming SET n_mentions = n_mentions + 1",
    "open quotes": "INSERT INTO open_quote (entity_id, quote_id) SELECT min(entity_id), 1 FROM report",
    "counts": "UPDATE entity_count SET n_quotes = n_quotes + 1",
    "words": "DELETE FROM alias_word WHERE alias_id = 2",
    "words, one too many": "INSERT INTO speaker_word (quote_id, word) VALUES (2, 'wartawan')",
    "words, another": "UPDATE speaker_word SET word = 'kantorr' WHERE word = 'kantor'",
    "schema": "DROP INDEX ix_report_speaker",
    "schema, a view": "DROP VIEW v_contract",
}
DERIVED = tuple(
    how
    for how in BREAKS
    if how.partition(",")[0] in ("words", "folded", "reports", "namings", "open quotes", "counts")
)


def wrongs(engine: Engine) -> set[str]:
    """Return the names of the checks that found something."""
    return {one.check for one in find_wrongs(engine) if not one.is_ok}


def break_it(engine: Engine, statement: str) -> None:
    """Change a base as no program of ours would."""
    rest = "PRAGMA foreign_keys = OFF" if engine.dialect.name == "sqlite" else _UNHELD
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute(rest)
        driver.execute(statement)
        driver.execute("COMMIT" if engine.dialect.name == "postgresql" else "PRAGMA foreign_keys = ON")
    engine.dispose()


_UNHELD = "SET session_replication_role = replica"


@pytest.mark.slow
@pytest.mark.parametrize("how", BREAKS)
def test_what_is_broken_is_found(make_base: Callable[[str], Engine], engine_name: str, how: str) -> None:
    """A sound base is found sound; broken in one way it is found wrong by the check of that name."""
    base = make_base(engine_name)
    assert wrongs(base) == set()
    break_it(base, BREAKS[how])
    assert how.partition(",")[0] in wrongs(base)


def test_a_damaged_file_is_found(make_base: Callable[[str], Engine]) -> None:
    """A file with a page written over is found wrong, and what cannot be read any more is said so."""
    base = make_base("sqlite")
    with reading(base) as connection:
        page = connection.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'mention'"))
    base.dispose()
    with open(str(base.url.database), "r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
    found = {one.check: one for one in find_wrongs(open_database(str(base.url.database)))}
    assert not found["file"].is_ok
    assert len(found) == 13


def test_words_that_were_lost_are_found(make_base: Callable[[str], Engine]) -> None:
    """A full text that a change went past, as with a trigger that is gone, is found and made again."""
    base = make_base("sqlite")
    with writing(base) as connection:
        kept = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'quote_search_delete'"
        ).scalar()
        connection.exec_driver_sql("DROP TRIGGER quote_search_delete")
        connection.exec_driver_sql("DELETE FROM quote WHERE id = 1")
        connection.exec_driver_sql(str(kept))
    assert "search" in wrongs(base)
    mend(base)
    assert wrongs(base) == set()


@pytest.mark.slow
@pytest.mark.parametrize("how", DERIVED)
def test_what_derives_is_made_again(make_base: Callable[[str], Engine], engine_name: str, how: str) -> None:
    """After mending, nothing that derives from other rows is wrong, and nothing else became so."""
    base = make_base(engine_name)
    break_it(base, BREAKS[how])
    mend(base)
    assert wrongs(base) == set()


def mend(base: Engine) -> None:
    """Make again what derives."""
    with writing(base) as connection:
        mend_derived(connection)
        relink(connection)
