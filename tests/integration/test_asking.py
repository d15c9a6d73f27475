"""A stranger's SQL: what each engine refuses, what it answers, and for how long."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from harvest import make_harvest
from picture import picture
from sqlalchemy import Engine

from kb.errors import BadStatement, DatabaseProblem, OutOfTime
from kb.store.asking import answering
from kb.store.database import open_to_read

on_sqlite = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("base", ["postgresql"], indirect=True)

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT {} FROM c"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Return a base with a few articles, open to read."""
    engine = open_to_read(make_harvest(request, request.param))
    yield engine
    engine.dispose()


def ask(base: Engine, statement: str, *, timeout_s: float | None = 20, **parameters: object) -> list[Any]:
    """Return the rows of an answer."""
    with answering(base, statement, parameters, timeout_s=timeout_s) as answer:
        return list(answer.rows)


WRITING = (
    "INSERT INTO outlet (name, name_key) VALUES ('x', 'x')",
    "UPDATE article SET ref = 'x'",
    "DELETE FROM quote",
    "DELETE FROM quote RETURNING 1",
    "WITH x AS (DELETE FROM quote RETURNING 1) SELECT * FROM x",
    "DROP TABLE quote",
    "ALTER TABLE quote ADD COLUMN x TEXT",
    "CREATE TABLE x (a INTEGER)",
    "CREATE TEMP TABLE x (a INTEGER)",
    "CREATE VIEW x AS SELECT 1",
    "SELECT 1; DELETE FROM quote",
    "COMMIT; DELETE FROM quote",
    "COMMIT",
    "BEGIN",
    "ANALYZE",
    "VACUUM",
    "REINDEX",
)
OF_SQLITE = (
    "ATTACH 'baru.sqlite3' AS lain",
    "DETACH main",
    "VACUUM INTO 'baru.sqlite3'",
    "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA writable_schema = ON",
    "PRAGMA user_version = 7",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "UPDATE sqlite_master SET sql = ''",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "INSERT INTO body_search (body_search) VALUES ('rebuild')",
    "SAVEPOINT x",
)
OF_POSTGRESQL = (
    "COPY article TO PROGRAM 'touch /tmp/x'",
    "COPY article TO '/tmp/x'",
    "COPY article FROM '/dev/null'",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SET TRANSACTION READ WRITE",
    "SELECT nextval('article_id_seq')",
    "SELECT setval('article_id_seq', 1000)",
    "SELECT lo_import('/etc/hostname')",
    "SELECT lo_creat(-1)",
    "SELECT * FROM article FOR UPDATE",
    "SELECT 1 AS a INTO x",
    "CREATE TABLE x AS SELECT 1",
    "DO $$ BEGIN DELETE FROM quote; END $$",
    "CALL x()",
    "EXPLAIN ANALYZE DELETE FROM quote",
    "TRUNCATE quote",
    "GRANT ALL ON quote TO PUBLIC",
    "SELECT query_to_xml('DELETE FROM quote RETURNING 1', true, true, '')",
    "PREPARE x AS DELETE FROM quote",
    "LISTEN x",
    "LOCK TABLE quote",
)


@pytest.mark.parametrize("statement", WRITING)
def test_no_statement_writes(base: Engine, statement: str) -> None:
    """A statement that would change something is refused, and nothing has changed."""
    check_is_refused(base, statement)


@on_sqlite
@pytest.mark.parametrize("statement", OF_SQLITE)
def test_sqlite_does_nothing_but_read(
    base: Engine, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite attaches no file, changes no setting, loads no code and writes no file."""
    monkeypatch.chdir(tmp_path)
    check_is_refused(base, statement)
    assert list(tmp_path.iterdir()) == []


@on_postgresql
@pytest.mark.parametrize("statement", OF_POSTGRESQL)
def test_postgresql_does_nothing_but_read(base: Engine, statement: str) -> None:
    """PostgreSQL runs no program, calls no sequence, opens no transaction of its own."""
    check_is_refused(base, statement)


def check_is_refused(base: Engine, statement: str) -> None:
    """See that a statement ends in an error of one line and that the base is as it was."""
    before = picture(base)
    with pytest.raises(BadStatement) as refusal:
        ask(base, statement)
    assert "\n" not in str(refusal.value)
    assert not isinstance(refusal.value, OutOfTime)
    assert picture(base) == before


def test_what_is_left_unread_changes_nothing(base: Engine) -> None:
    """An answer that is not read to its end leaves no transaction open that would hold others up."""
    with answering(base, "SELECT id FROM quote", {}) as answer:
        next(answer.rows)
    assert len(ask(base, "SELECT id FROM quote")) == 5


@pytest.mark.parametrize("shown", ["count(*)", "n"])
def test_time_is_limited(base: Engine, shown: str) -> None:
    """What never ends is stopped, whether the engine gives no row or more and more, and it is said how to mend it."""
    with pytest.raises(OutOfTime, match=r"stopped after 0\.3 seconds; .*--timeout"):
        ask(base, ENDLESS.format(shown), timeout_s=0.3)


@on_postgresql
def test_limit_cannot_be_lifted(base: Engine) -> None:
    """A statement that sets its own time limit is stopped all the same."""
    with pytest.raises(OutOfTime):
        ask(base, "SELECT set_config('statement_timeout', '0', false), pg_sleep(9)", timeout_s=0.3)
    with pytest.raises(OutOfTime):
        ask(
            base,
            "SELECT set_config('statement_timeout', '0', false), n, pg_sleep(0.001) FROM generate_series(1, 9999) n",
            timeout_s=0.5,
        )


def test_reader_takes_no_time_of_the_engine(base: Engine) -> None:
    """Only the engine's own work counts: a reader who is slower than the limit gets all rows."""
    many = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000) SELECT n FROM c"
    with answering(base, many, {}, timeout_s=0.5) as answer:
        first = list(itertools.islice(answer.rows, 10))
        time.sleep(0.6)
        assert len(first) + len(list(answer.rows)) == 5000


def test_values_are_the_same_on_both_engines(base: Engine) -> None:
    """Days, times, lists, truth and numbers come as such from either engine."""
    (row,) = ask(
        base,
        "SELECT r.published_on, r.published_at, r.authors, r.is_current, r.similarity, avg(b.n_chars), sum(b.n_chars),"
        " round(sum(b.n_chars) * 1.0, 1) FROM revision r JOIN body b ON b.id = r.body_id WHERE r.title = :title"
        " GROUP BY r.id, b.n_chars",
        title="Irigasi Dibuka",
    )
    n = len(ask(base, "SELECT text FROM body WHERE text LIKE 'Bupati%'")[0][0])
    assert row == (date(2026, 3, 2), datetime(2026, 3, 2, 1, 30, tzinfo=UTC), [], True, None, n, n, n)
    assert [type(value) for value in row[5:]] == [float, int, float]


def test_columns_of_one_name_are_told_apart(base: Engine) -> None:
    """Each column can be named, also where several go by one name."""
    statement = "SELECT a.ref, b.ref, a.ref AS ref_2, 1 AS n FROM article a, article b"
    with answering(base, statement, {}) as answer:
        assert answer.columns == ("ref", "ref_2", "ref_2_2", "n")


@pytest.mark.parametrize(
    ("statement", "values", "answer"),
    [
        pytest.param("SELECT ref FROM article WHERE ref = :ref", {"ref": "pasar-1"}, "pasar-1", id="text"),
        pytest.param("SELECT count(*) FROM article HAVING count(*) > :n", {"n": 2}, 3, id="number"),
        pytest.param("SELECT :n + 1 FROM article LIMIT 1", {"n": 4}, 5, id="sum"),
        pytest.param("SELECT count(*) FROM article LIMIT :n", {"n": 1}, 3, id="limit"),
        pytest.param(
            "SELECT count(*) FROM v_article WHERE published_on >= :day", {"day": "2026-03-03"}, 1, id="day"
        ),
        pytest.param("SELECT ':n' || :n", {"n": "x"}, ":nx", id="in a string"),
        pytest.param("SELECT '''' || :n || '%s'", {"n": "x"}, "'x%s", id="quotation mark and percent"),
        pytest.param("SELECT :n /* :n */ -- :n", {"n": "x"}, "x", id="in comments"),
        pytest.param('SELECT ":n" FROM (SELECT 1 AS ":n") AS t WHERE 1 = :n', {"n": 1}, 1, id="in a name"),
        pytest.param(
            "SELECT CASE WHEN :n = :n AND :m < :n THEN 'ya' END", {"n": 2, "m": 1}, "ya", id="twice"
        ),
        pytest.param("SELECT '50%' WHERE 'a' LIKE '%a'", {}, "50%", id="percent without any"),
        pytest.param("SELECT :x", {"x": "'; DROP TABLE quote; --"}, "'; DROP TABLE quote; --", id="no SQL"),
    ],
)
def test_parameters(base: Engine, statement: str, values: dict[str, object], answer: object) -> None:
    """``:name`` stands for a value, but not inside of strings, names and comments."""
    assert ask(base, statement, **values) == [(answer,)]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        pytest.param("SELEC 1", "SQL, line 1, column 1: ", id="first word"),
        pytest.param("SELECT 1\nFROM article\n  WHRE 2", "SQL, line 3, column ", id="third line"),
        pytest.param("SELECT tak_ada FROM article", "SQL, line 1, column 8: ", id="no such column"),
        pytest.param("SELECT 1 FROM tak_ada WHERE 1 = 1", "SQL, line 1, column 15: ", id="no such table"),
        pytest.param("SELECT :nama, :nama, tak_ada", "SQL, line 1, column 22: ", id="behind parameters"),
        pytest.param("", "SQL", id="nothing"),
        pytest.param("-- hanya catatan", "SQL", id="comment only"),
        pytest.param("SELECT '\0'", "SQL", id="NUL"),
        pytest.param("SELECT '\ud800'", "SQL", id="half a character"),
    ],
)
def test_errors_say_where(base: Engine, statement: str, place: str) -> None:
    """What the engine does not understand is one line with its words and the place."""
    with pytest.raises(BadStatement) as error:
        ask(base, statement, **({"nama": "x"} if ":nama" in statement else {}))
    assert str(error.value).startswith(place)
    assert "\n" not in str(error.value)


@on_sqlite
def test_value_that_was_not_given_is_named(base: Engine) -> None:
    """A ``:name`` without a value is an error that says how to give one."""
    with pytest.raises(BadStatement, match="-p name=value"):
        ask(base, "SELECT :nama")


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM quote_search WHERE quote_search MATCH 'panen'",
        "SELECT count(*) FROM json_each('[1, 2]')",
        "SELECT count(*) FROM pragma_table_info('quote')",
        "PRAGMA table_info(quote)",
        "EXPLAIN QUERY PLAN SELECT * FROM quote",
    ],
)
def test_sqlite_reads_all_that_it_can(base: Engine, statement: str) -> None:
    """Full text, JSON, the schema and plans can be asked for: what only reads is not refused."""
    assert ask(base, statement)


@pytest.fixture
def closed_folder(base: Engine) -> Iterator[Path]:
    """Return a folder with a copy of the base's file, where this process may read but not write."""
    if os.geteuid():
        pytest.skip("only root can become somebody whom a folder does not let write")
    ask(base, "SELECT 1")
    folder = Path(tempfile.mkdtemp(prefix="kb-closed-"))  # pytest's own folders are for one user alone
    shutil.copy(str(base.url.database), folder / "kb.sqlite3")
    folder.chmod(0o755)
    os.seteuid(65534)
    yield folder
    os.seteuid(0)
    shutil.rmtree(folder)


@on_sqlite
def test_file_is_read_where_nothing_can_be_written(closed_folder: Path) -> None:
    """A file that keeps a write-ahead log is read in a folder where the log cannot be made, and none is made."""
    assert ask(open_to_read(str(closed_folder / "kb.sqlite3")), "SELECT count(*) FROM quote") == [(5,)]
    assert [path.name for path in closed_folder.iterdir()] == ["kb.sqlite3"]


@on_sqlite
def test_file_with_rows_in_its_log_is_not_read_without_it(closed_folder: Path) -> None:
    """Where part of a base stands in a log that cannot be used, kb says so rather than answer without that part."""
    os.seteuid(0)
    (closed_folder / "kb.sqlite3-wal").write_bytes(b"x" * 64)
    os.seteuid(65534)
    with pytest.raises(DatabaseProblem):
        open_to_read(str(closed_folder / "kb.sqlite3"))
