"""What is asked about runs and the base's condition, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from stories import RULES, Story, tell

from kb.errors import EmptyInput
from kb.health import Level, check_up
from kb.model import Pipeline
from kb.query.plan import Share, find_stale, texts_per_second
from kb.store import feeds, tables
from kb.store.database import writing
from kb.store.failures import save_failure
from kb.store.lock import holding_lock, is_held, load_ledger
from kb.store.runs import begin_run
from kb.store.write import find_pipeline

OLD = Story("lama", "Sawah itu kering.", on=date(2024, 3, 1))
NEW = Story("baru", "Sawah itu basah.", on=date(2024, 6, 1))


def test_stale_texts_are_counted(database: Engine) -> None:
    """Texts of another pipeline are counted once, their articles each, with the days that they are of."""
    reprint = Story("salinan", OLD.body, on=date(2024, 3, 2))
    with writing(database) as connection:
        tell(connection, OLD, reprint, rules="older")
        tell(connection, NEW)
        pipeline_id = find_pipeline(connection, Pipeline({}, {}, RULES))
        stale = find_stale(connection, pipeline_id)
        everything = find_stale(connection, None)
    assert (stale.n_texts, stale.n_articles, stale.since, stale.until) == (
        1,
        2,
        date(2024, 3, 1),
        date(2024, 3, 2),
    )
    assert [(share.n_texts, share.n_articles) for share in stale.pipelines] == [(1, 2)]
    assert stale.feeds == (Share(None, 1, 2),)
    assert (everything.n_texts, everything.until) == (2, date(2024, 6, 1))


def test_pipeline_that_did_nothing_is_not_known(database: Engine) -> None:
    """Looking for a pipeline saves none."""
    with writing(database) as connection:
        assert find_pipeline(connection, Pipeline({}, {}, "unknown")) is None
        assert connection.execute(select(func.count()).select_from(tables.pipeline)).scalar_one() == 0


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([("sini", 100, 50)], 2.0),
        ([("sini", 19, 1)], None),
        ([("sana", 100, 50)], None),
        ([("sini", 40, 10), ("sini", 20, 20)], 2.0),
        ([("sini", 1000, 1), *[("sini", 20, 10)] * 5], 2.0),
    ],
    ids=["one", "too few texts", "another machine", "several", "only the newest"],
)
def test_rate_is_that_of_runs_on_this_machine(
    database: Engine, runs: list[tuple[str, int, int]], expected: float | None
) -> None:
    """Only runs that annotated enough, here and lately, tell how fast it goes."""
    finished = datetime(2026, 1, 1, tzinfo=UTC)
    with writing(database) as connection:
        for host, n_annotated, seconds in runs:
            values = {"command": "kb ingest", "version": "1", "state": "ok", "host": host}
            times = {"started_at": finished - timedelta(seconds=seconds), "finished_at": finished}
            connection.execute(tables.run.insert().values(**values, **times, n_annotated=n_annotated))
        measured = texts_per_second(connection, "sini")
    assert (measured and measured[0]) == expected


def test_lock_is_seen_without_being_taken(database: Engine) -> None:
    """Whether a run is at work is told from outside, and looking takes nothing away."""
    assert not is_held(database)
    with holding_lock(database):
        assert is_held(database)
        assert is_held(database)
    assert not is_held(database)


def test_run_that_was_killed_is_interrupted(database: Engine) -> None:
    """A run that looks as if it ran while nobody holds the lock was cut off."""
    with writing(database) as connection:
        begin_run(connection, "kb sync")
    with holding_lock(database):
        assert [run.state for run in load_ledger(database)] == ["running"]
    assert [run.state for run in load_ledger(database)] == ["interrupted"]


def test_since_when_a_feed_fails(database: Engine) -> None:
    """A feed fails since it was first asked in vain after it was last read."""
    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 6)]
    address = "https://kabar.example/rss"
    with writing(database) as connection:
        feeds.schedule_feed(connection, address, "feed", every_minutes=60)
        [one] = feeds.load_feeds(connection)
        run_id = begin_run(connection, "kb sync")
        for moment in moments:
            row = {"run_id": run_id, "feed_id": one.id, "address": address, "fetched_at": moment}
            connection.execute(tables.fetch.insert().values(**row))
        feeds.note_read(
            connection, one, title=None, kind="feed", etag=None, last_modified=None, at=moments[2]
        )
        feeds.note_unread(connection, feeds.load_feed(connection, one.id), retry_at=None, at=moments[4])
        [row] = feeds.load_feed_rows(connection)
    assert (row.state, row.failing_since, row.last_read_at) == ("failing", moments[3], moments[2])


def test_healthy_base_has_nothing_to_mend(migrated_database: Engine) -> None:
    """A fresh base is all well, on PostgreSQL as on SQLite."""
    url = migrated_database.url.render_as_string(hide_password=False)
    assert {finding.level for finding in check_up(url)} == {Level.OK}


def test_trouble_is_found_on_both_engines(migrated_database: Engine) -> None:
    """Stale texts, open failures, cut-off runs and unread feeds are warnings with a way to mend them."""
    with writing(migrated_database) as connection:
        tell(connection, OLD)
        run_id = begin_run(connection, "kb ingest berita")
        save_failure(connection, run_id, stage="ingest", subject="x", error=EmptyInput("x", "is empty"))
        feeds.schedule_feed(connection, "https://kabar.example/rss", "feed", every_minutes=60)
    findings = check_up(migrated_database.url.render_as_string(hide_password=False))
    warned = {finding.check: finding.mend for finding in findings if finding.level is Level.WARN}
    assert set(warned) == {"pipeline", "failures", "runs", "feed", "sync"}
    assert all(warned.values())


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_base_that_cannot_be_written_is_a_warning(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may only read is told so, and is told the rest."""
    monkeypatch.setattr("os.access", lambda _path, mode: mode != 2)
    findings = {finding.check: finding for finding in check_up(str(database.url.database))}
    assert findings["database"].level is Level.WARN
    assert findings["failures"].level is Level.OK
