"""The worked questions of docs/questions.md: they run unchanged on both engines and answer what the page says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from questions import PAGE, answer_page, make_sample, read_questions
from sqlalchemy import Engine, text
from test_views import rows_of

from kb.store.copy import copy_base
from kb.store.database import reading
from kb.store.views import VIEWS

QUESTIONS = read_questions(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return the base that the page tells how to make."""
    engine = make_sample(tmp_path_factory.mktemp("sample"))
    yield engine
    engine.dispose()


def test_the_page_has_twenty_questions() -> None:
    """All twenty are found by what runs them, numbered in order."""
    assert [int(one.title.partition(".")[0]) for one in QUESTIONS] == list(range(1, 21))


def test_each_question_is_sql_to_both_engines(database: Engine) -> None:
    """Every question runs on an empty base, on either engine, word for word."""
    with reading(database) as connection:
        for question in QUESTIONS:
            connection.execute(text(question.sql)).all()


@pytest.mark.slow
def test_the_answers_are_those_of_the_page(sample: Engine) -> None:
    """On SQLite the sample articles answer what the page says: `make questions` would change nothing."""
    with reading(sample) as connection:
        assert answer_page(connection) == PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_both_engines_answer_alike(sample: Engine, migrated_database: Engine) -> None:
    """A copy in PostgreSQL answers each question as the page says, and each view with the same rows."""
    copy_base(sample, migrated_database)
    with reading(sample) as one, reading(migrated_database) as other:
        assert answer_page(other) == PAGE.read_text(encoding="utf-8")
        for view in VIEWS:
            rows = rows_of(one, view)
            assert rows, view.name
            assert rows_of(other, view) == rows, view.name
