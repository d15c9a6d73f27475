"""Nobody waits for ever on PostgreSQL: what takes too long is one line that says how to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from kb.cli.app import asking
from kb.errors import BadQuestion, DatabaseProblem
from kb.settings import TIMEOUT_VARIABLE, read_timeout_s
from kb.store.database import open_database, upgrade, writing


@pytest.fixture
def server_url(fresh_url: Callable[[str], str]) -> str:
    """Return the URL of an empty PostgreSQL base."""
    url = fresh_url("postgresql")
    upgrade(open_database(url))
    return url


@pytest.mark.slow
def test_a_question_ends(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that works for longer than is allowed is given up, with the variable to set; an export's is not."""
    monkeypatch.setenv(TIMEOUT_VARIABLE, "0.1")
    wait = text("SELECT pg_sleep(0.5)")
    with pytest.raises(DatabaseProblem, match=TIMEOUT_VARIABLE), asking(server_url) as connection:
        connection.execute(wait)
    with asking(server_url, for_long=True) as connection:
        connection.execute(wait)
    monkeypatch.setenv(TIMEOUT_VARIABLE, "0")
    with asking(server_url) as connection:
        connection.execute(wait)


@pytest.mark.slow
def test_a_writer_waits_for_so_long(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that finds a table locked gives up after a while and says what to do."""
    monkeypatch.setattr("kb.store.database._LOCK_TIMEOUT", "100ms")
    one, other = open_database(server_url), open_database(server_url)
    with writing(one) as holding:
        holding.execute(text("LOCK TABLE outlet"))
        with pytest.raises(DatabaseProblem, match="wait for it"), writing(other) as connection:
            connection.execute(text("LOCK TABLE outlet"))


@pytest.mark.parametrize(("said", "seconds"), [("", 60), ("5", 5), ("0", 0), (" 1.5 ", 1.5)])
def test_seconds_are_read(said: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable holds seconds; where it is empty, a minute is allowed."""
    monkeypatch.setenv(TIMEOUT_VARIABLE, said)
    assert read_timeout_s() == seconds


@pytest.mark.parametrize("said", ["lama", "-1", "nan", "inf", "1e9"])
def test_what_is_no_number_of_seconds_is_said_so(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is one line, not a question without a limit."""
    monkeypatch.setenv(TIMEOUT_VARIABLE, said)
    with pytest.raises(BadQuestion, match=TIMEOUT_VARIABLE):
        read_timeout_s()
