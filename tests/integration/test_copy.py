"""A copied base: equal row for row and in all that it answers, in every direction; or nothing of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from awkward import copied
from deciding import answers
from invented import dump
from sqlalchemy import Connection, Engine, func, insert, select, text, update
from viewed import rows_of

from kb import query
from kb.errors import AnotherRun, DatabaseProblem, SchemaMismatch
from kb.linking import relink
from kb.store import tables
from kb.store.copy import contents_of, copy_base, make_empty
from kb.store.database import open_database, reading, upgrade, writing
from kb.store.lock import holding_lock
from kb.store.views import VIEWS

WAYS = [(one, other) for one in ("sqlite", "postgresql") for other in ("sqlite", "postgresql")]
SEARCHES = ("dermaga", "kapal OR stok", '"harga cabai"', "pan*", "cabai -turun")
Makes = Callable[[str], str]
Bases = Callable[[str], Engine]


def all_answers(connection: Connection) -> dict[str, Any]:
    """Return what a base answers to questions of every kind."""
    said = {name: query.who_said(connection, name) for name in ("Budi Santoso", "Haji Budi", "Siti", "Budi")}
    return answers(connection) | {
        "said": {name: list(given) for name, given in said.items()},
        "found": {search: list(query.quotes_with(connection, search)) for search in SEARCHES},
        "articles": {search: list(query.articles_with(connection, search)) for search in SEARCHES},
        "views": {view.name: rows_of(connection, view) for view in VIEWS},
        "provenance": sorted(
            re.sub(r"'_:(\w+?)\d+'", r"\1", repr(record)) for record in query.provenance_records(connection)
        ),
    }


@pytest.mark.parametrize(("of", "to"), WAYS, ids=lambda name: name)
def test_a_copy_has_every_row_and_answers_alike(make_base: Bases, fresh_url: Makes, of: str, to: str) -> None:
    """Every table is filled, arrives row for row with its numbers, and every question is answered as before."""
    source = make_base(of)
    copy = copied(source, fresh_url(to))
    before, after = dump(source, without=()), dump(copy, without=())
    assert all(before.values())
    assert after == before
    with reading(source) as original, reading(copy) as connection:
        assert all_answers(connection) == all_answers(original)


@pytest.mark.parametrize("by", ["sqlite", "postgresql"])
def test_there_and_back_again(make_base: Bases, fresh_url: Makes, by: str) -> None:
    """After the way to the other engine and back each table holds exactly what it held, NULL and null apart."""
    source = make_base("sqlite")
    with writing(source) as connection:
        connection.execute(update(tables.failure).values(payload=None, payload_as=None))
        connection.execute(
            update(tables.revision).where(tables.revision.c.article_id == 4).values(extra=None)
        )
    back = copied(copied(source, fresh_url(by)), fresh_url("sqlite"))
    with reading(source) as original, reading(back) as connection:
        for table in tables.metadata.sorted_tables:
            assert contents_of(connection, table) == contents_of(original, table), table.name
        raw = "SELECT extra IS NULL, extra FROM revision WHERE article_id = 4"
        assert connection.execute(text(raw)).all() == [(0, "null")]
        assert connection.scalar(text("SELECT payload_as IS NULL FROM failure")) == 1


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_copy_can_be_written_on(make_base: Bases, fresh_url: Makes, to: str) -> None:
    """Rows that are added to a copy get numbers of their own, and it is linked and searched like any base."""
    copy = copied(make_base("sqlite"), fresh_url(to))
    with writing(copy) as connection:
        last = connection.scalar(select(func.max(tables.outlet.c.id)))
        made = insert(tables.outlet).values(name="Baru", name_key="baru").returning(tables.outlet.c.id)
        assert connection.execute(made).scalar_one() == (last or 0) + 1
        relink(connection)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_base_with_rows_is_not_written_into(make_base: Bases, to: str) -> None:
    """A destination that has any row is refused and stays as it is."""
    there = make_base(to)
    before = dump(there, without=())
    with pytest.raises(DatabaseProblem, match="has rows in it already"):
        make_empty(there)
    assert dump(there, without=()) == before


def test_a_destination_of_another_schema_is_refused(fresh_url: Makes) -> None:
    """A base of an older kb is nothing to copy into."""
    there = open_database(fresh_url("sqlite"), create=True)
    upgrade(there, to="0004")
    with pytest.raises(SchemaMismatch):
        make_empty(there)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_nothing_is_copied_beside_a_run(make_base: Bases, fresh_url: Makes, to: str) -> None:
    """While a run holds the destination's lock nothing is written."""
    source, destination = make_base("sqlite"), open_database(fresh_url(to), create=True)
    make_empty(destination)
    with holding_lock(open_database(_address(destination))), pytest.raises(AnotherRun):
        copy_base(source, destination)
    make_empty(destination)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_row_that_is_not_taken_leaves_nothing(make_base: Bases, fresh_url: Makes, to: str) -> None:
    """A row that breaks a rule of the destination is named in one line, and no table keeps a row."""
    source, destination = make_base("sqlite"), open_database(fresh_url(to), create=True)
    with source.connect() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("UPDATE quote SET kind = 'x' WHERE id = 1")
        connection.commit()
    make_empty(destination)
    with pytest.raises(DatabaseProblem, match="table quote: does not take a row"):
        copy_base(source, destination)
    make_empty(destination)


def test_what_arrives_otherwise_leaves_nothing(make_base: Bases, fresh_url: Makes) -> None:
    """A table that holds other rows than were sent, as by a trigger, ends the copy without a row."""
    source, destination = make_base("sqlite"), open_database(fresh_url("sqlite"), create=True)
    make_empty(destination)
    with writing(destination) as connection:
        change = "UPDATE outlet SET name = 'x' WHERE id = new.id;"
        connection.exec_driver_sql(f"CREATE TRIGGER t AFTER INSERT ON outlet BEGIN {change} END")
    with pytest.raises(DatabaseProblem, match="table outlet: holds other rows"):
        copy_base(source, destination)
    make_empty(destination)


@pytest.mark.slow
@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_killed_copy_leaves_an_empty_base(make_base: Bases, fresh_url: Makes, to: str) -> None:
    """A copy that is killed in the middle leaves no row behind, and a second one goes through."""
    source, url = make_base("sqlite"), fresh_url(to)
    destination = open_database(url, create=True)
    make_empty(destination)
    destination.dispose()
    killed = subprocess.run(
        [sys.executable, "-c", _DYING, _address(source), url],
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    make_empty(destination)
    assert copy_base(source, destination) > 0
    assert dump(destination, without=()) == dump(source, without=())


_DYING = """
import os, signal, sys
from kb.store import copy
from kb.store.database import open_database
number_on = copy._number_on
def die_late(connection, table):
    if table.name == "quote":
        os.kill(os.getpid(), signal.SIGKILL)
    number_on(connection, table)
copy._number_on = die_late
copy.copy_base(open_database(sys.argv[1]), open_database(sys.argv[2], create=True))
"""


def test_how_far_it_is_is_told(make_base: Bases, fresh_url: Makes) -> None:
    """Whoever waits hears of a number that grows to the number of all rows."""
    source, destination = make_base("sqlite"), open_database(fresh_url("sqlite"), create=True)
    make_empty(destination)
    told: list[tuple[int, int]] = []
    n_rows = copy_base(source, destination, told=lambda n_done, n_all: told.append((n_done, n_all)))
    assert n_rows == sum(map(len, dump(source, without=()).values()))
    assert {n_all for _, n_all in told} == {n_rows}
    assert [n_done for n_done, _ in told] == sorted(n_done for n_done, _ in told)
    assert told[-1] == (n_rows, n_rows)


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)
