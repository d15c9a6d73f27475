"""Whatever happens to a base in whatever order, it answers as one that was made of its articles and its log at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from deciding import DECISIONS, SEEDS, VARIANTS, answers, clusters, states, undo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine, select
from stories import Story, tell

from kb.curation import decide, export_decisions, find_states, import_decisions
from kb.errors import BadDecision, NotFound
from kb.model import Verb
from kb.store import tables
from kb.store.columns import metadata
from kb.store.database import writing
from kb.store.reports import (
    find_wrong_counts,
    find_wrong_namings,
    find_wrong_open_quotes,
    find_wrong_reports,
)

EVERY = tuple(story for states in VARIANTS.values() for story in states[:1])
_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def empty(connection: Connection) -> None:
    """Take all rows away."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


def told(connection: Connection, batches: list[list[Story]], log: list[str]) -> dict[str, Any]:
    """Return what a fresh base answers that was told the stories in these batches, then the log."""
    undone = connection.begin_nested()
    empty(connection)
    for batch in batches:
        tell(connection, *batch, seeds=SEEDS)
    import_decisions(connection, log, subject="log")
    found = {"answers": answers(connection), "states": states(connection), "clusters": clusters(connection)}
    undone.rollback()
    return found


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=_QUIET)
@given(order=st.permutations(EVERY), cuts=st.sets(st.integers(1, len(EVERY) - 1)))
def test_articles_in_any_order_and_any_batches(database: Engine, order: list[Story], cuts: set[int]) -> None:
    """One by one, in bulk or in between, in any order: the same entities, uids, links and clusters."""
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[start:end] for start, end in pairwise(edges)]
    with writing(database) as connection:
        assert told(connection, batches, []) == told(connection, [list(EVERY)], [])
        connection.rollback()


class Base(RuleBasedStateMachine):
    """Articles come, change and go, people decide and undo, models are replaced."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.context = writing(engine)
        self.connection = self.context.__enter__()
        self.current: dict[str, Story] = {}
        self.log: list[str] = []
        self.n_rules = 0

    @rule(ref=st.sampled_from(sorted(VARIANTS)), state=st.integers(0, 2))
    def ingest(self, ref: str, state: int) -> None:
        """An article is read, for the first time or changed."""
        story = VARIANTS[ref][state % len(VARIANTS[ref])]
        self.current[ref] = story
        tell(self.connection, story, seeds=SEEDS, rules=str(self.n_rules))

    @rule()
    def replace_models(self) -> None:
        """All articles are annotated again by another pipeline."""
        self.n_rules += 1
        tell(self.connection, *self.current.values(), seeds=SEEDS, rules=str(self.n_rules))

    @rule(name=st.sampled_from(sorted(DECISIONS)))
    def decide(self, name: str) -> None:
        """Somebody decides; what finds nothing or contradicts is refused."""
        attempt = self.connection.begin_nested()
        try:
            DECISIONS[name](self.connection)
            attempt.commit()
        except (BadDecision, NotFound):
            attempt.rollback()

    @rule(place=st.integers(0, 30))
    def undo(self, place: int) -> None:
        """Somebody takes a decision back, or takes that back."""
        rows = find_states(self.connection)
        if not rows:
            return
        attempt = self.connection.begin_nested()
        try:
            undo(self.connection, rows[place % len(rows)].decision)
            attempt.commit()
        except BadDecision:
            attempt.rollback()

    @invariant()
    def the_log_only_grows(self) -> None:
        """No line of the log is ever changed or lost."""
        log = list(export_decisions(self.connection))
        assert log[: len(self.log)] == self.log
        self.log = log

    @invariant()
    def nothing_is_left_to_do(self) -> None:
        """Each step links all that it changed."""
        assert self.connection.execute(select(tables.touched)).all() == []

    @invariant()
    def what_questions_read_first_is_true(self) -> None:
        """After each step reports and counts are as they would be made from nothing."""
        assert not list(find_wrong_reports(self.connection))
        assert not list(find_wrong_namings(self.connection))
        assert not list(find_wrong_open_quotes(self.connection))
        assert not list(find_wrong_counts(self.connection))

    def teardown(self) -> None:
        """The base answers as one that is rebuilt from the articles of today and the log."""
        try:
            live = {
                "answers": answers(self.connection),
                "states": states(self.connection),
                "clusters": clusters(self.connection),
            }
            batches = [[self.current[ref]] for ref in sorted(self.current, reverse=True)]
            assert told(self.connection, batches, self.log) == live
        finally:
            self.connection.rollback()
            self.context.__exit__(None, None, None)


@pytest.mark.slow
def test_whatever_happens(database: Engine) -> None:
    """Ingest, decide, undo and ingest again in any order: the base is what its articles and its log make it."""
    run_state_machine_as_test(
        lambda: Base(database),
        settings=settings(
            max_examples=40, stateful_step_count=14, deadline=None, suppress_health_check=_QUIET
        ),
    )


def test_another_pipeline_leaves_the_clusters_as_they_are(database: Engine) -> None:
    """Articles that report one statement, all annotated again at once, report it afterwards, in the same cluster."""
    with writing(database) as connection:
        tell(connection, *EVERY, seeds=SEEDS)
        before = clusters(connection)
        tell(connection, *EVERY, seeds=SEEDS, rules="newer")
        assert before
        assert clusters(connection) == before


def test_a_decision_waits_for_its_article(database: Engine) -> None:
    """A log that comes before the articles applies as they come."""
    with writing(database) as connection:
        for story in EVERY:
            tell(connection, story, seeds=SEEDS)
        merge = DECISIONS["merge"](connection)
        decide(connection, Verb.UNDO, {"decision": merge.uid}, by="uji")
        DECISIONS["alias"](connection)
        DECISIONS["set-speaker"](connection)
        expected, log = answers(connection), list(export_decisions(connection))
        empty(connection)
        assert import_decisions(connection, log, subject="log") == len(log)
        for story in reversed(EVERY):
            tell(connection, story, seeds=SEEDS)
        assert answers(connection) == expected
