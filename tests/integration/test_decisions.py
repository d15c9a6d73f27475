"""Decisions on a real base: applied at once and after every run, undone exactly, the same in every base."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from deciding import DECISIONS, FARM, HARBOUR, SEEDS, STORIES, answers, fill, known, uid, undo
from invented import dump
from sqlalchemy import Connection, Engine
from stories import Said, Story, tell

from kb import query
from kb.curation import State, decide, export_decisions, find_states, import_decisions
from kb.errors import BadDecision
from kb.model import Decision, EntityType, Verb
from kb.names import entity_uid
from kb.store import tables
from kb.store.database import writing

VERBS = sorted(DECISIONS)

pytestmark = (
    pytest.mark.slow
)  # many bases; `tests/unit/link` and `tests/acceptance/test_curate.py` are the quick ones


@pytest.fixture
def base(database: Engine) -> Iterator[Connection]:
    """Return a connection to a base of three stories; what a test writes is undone."""
    with writing(database) as connection:
        fill(connection)
        yield connection
        connection.rollback()


def make(connection: Connection, name: str) -> Decision | None:
    """Make a decision; None where it is refused."""
    try:
        with connection.begin_nested():
            return DECISIONS[name](connection)
    except BadDecision:
        return None


def names(connection: Connection) -> set[tuple[str, str, int]]:
    """Return type, name and number of quotes of all entities."""
    return {(row.type, row.name, row.n_quotes) for row in query.entities(connection)}


EFFECTS: list[Any] = [
    pytest.param("merge", {("PER", "Budi Santoso", 4)}, {("PER", "Budi Susanto", 1)}, id="merge"),
    pytest.param("apart", {("PER", "Budi Santoso", 3), ("PER", "Budi Susanto", 1)}, set(), id="apart"),
    pytest.param(
        "split",
        {("PER", "Budi Santoso", 2), ("PER", "Budi Santoso", 1)},
        {("PER", "Budi Santoso", 3)},
        id="split",
    ),
    pytest.param("alias", {("PER", "Siti Aminah", 2)}, {("PER", "Siti", 1)}, id="alias"),
    pytest.param("rename", {("PER", "Haji Budi", 3)}, {("PER", "Budi Santoso", 3)}, id="rename"),
    pytest.param("retype", {("LOC", "Dinas Tani Rantau", 0)}, {("ORG", "Dinas Tani Rantau", 0)}, id="retype"),
    pytest.param("reject-mention", {("PER", "Siti Aminah", 1)}, set(), id="reject-mention"),
    pytest.param(
        "reject-quote", {("PER", "Budi Santoso", 2)}, {("PER", "Budi Santoso", 3)}, id="reject-quote"
    ),
    pytest.param(
        "set-speaker", {("PER", "Budi Susanto", 2), ("PER", "Siti Aminah", 0)}, set(), id="set-speaker"
    ),
]


@pytest.mark.parametrize(("verb", "there", "gone"), EFFECTS)
def test_a_decision_is_applied_at_once(base: Connection, verb: str, there: set[Any], gone: set[Any]) -> None:
    """The next question is answered as a person decided."""
    assert gone <= names(base)
    DECISIONS[verb](base)
    assert there <= names(base)
    assert not gone & names(base)


def test_a_rejected_mention_is_not_counted(base: Connection) -> None:
    """What is no mention is neither listed nor linked."""
    DECISIONS["reject-mention"](base)
    (siti,) = [row for row in query.entities(base) if row.name == "Siti Aminah"]
    assert (siti.n_mentions, siti.n_articles) == (1, 1)
    assert all(row.text != "Siti Aminah" for row in query.all_mentions(base, article_ref="dermaga"))


def test_a_speaker_decided_on_is_given_as_decided(base: Connection) -> None:
    """A decided speaker shows name, type and who found it out; nobody is an answer too."""
    decision = DECISIONS["set-speaker"](base)
    (quote,) = [row for row in query.all_quotes(base) if row.text == "stok aman"]
    assert (quote.speaker, quote.speaker_entity, quote.rule, quote.confidence) == (
        "Budi Susanto",
        uid("Budi Susanto"),
        "decision",
        1.0,
    )
    undo(base, decision)
    place = query.quote_meant(base, "pasar", "stok aman")[1]
    decide(base, Verb.SET_SPEAKER, {**place, "speaker": None}, by="uji")
    (quote,) = [row for row in query.all_quotes(base) if row.text == "stok aman"]
    assert (quote.speaker, quote.speaker_entity, quote.speaker_type) == (None, None, None)


@pytest.mark.parametrize("verb", VERBS)
def test_undo_undoes_exactly(base: Connection, verb: str) -> None:
    """After an undo every answer is as it was, and after its undo as decided; both stay in the log."""
    before = answers(base)
    decision = DECISIONS[verb](base)
    decided = answers(base)
    assert (decided == before) is (verb == "apart")
    undoing = undo(base, decision)
    assert answers(base) == before
    undo(base, undoing)
    assert answers(base) == decided
    assert len(list(export_decisions(base))) == 3


PAIRS = [pytest.param(*pair, id="-then-".join(pair)) for pair in permutations(VERBS, 2)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_each_order_of_two_verbs(database: Engine, first: str, second: str) -> None:
    """Two decisions in any order: a base rebuilt from articles and log answers the same, and either can be undone."""
    with writing(database) as connection:
        fill(connection)
        one = make(connection, first)
        only_one = answers(connection)
        two = make(connection, second)
        both = answers(connection)
        log = list(export_decisions(connection))
        if one and two:
            undoing = undo(connection, two)
            assert answers(connection) == only_one
            undo(connection, undoing)
            assert answers(connection) == both
            undo(connection, one)
            alone = answers(connection)
    rebuilt = [*reversed(STORIES)]
    assert _rebuilt(database, rebuilt, log) == both
    if one and two:
        assert (
            _rebuilt(
                database, rebuilt, [line for line in log if two.uid in line[:9999] and one.uid not in line]
            )
            == alone
        )


def _rebuilt(database: Engine, stories: list[Story], log: list[str]) -> dict[str, Any]:
    """Return what a base answers that was emptied and filled with the stories, then with the log."""
    with writing(database) as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        import_decisions(connection, log[:1], subject="log")
        fill(connection, stories)
        import_decisions(connection, log, subject="log")
        return answers(connection)


@pytest.mark.parametrize("verb", VERBS)
def test_a_decision_outlives_every_reingestion(base: Connection, verb: str) -> None:
    """Annotated again by other rules, and with the articles read again in another order, all stays decided."""
    DECISIONS[verb](base)
    decided = answers(base)
    for story in reversed(STORIES):
        tell(base, story, seeds=SEEDS, rules="newer")
    assert answers(base) == decided
    assert [row.state for row in find_states(base)] == [State.APPLIED]


def test_a_merge_writes_no_quote_and_no_link(database: Engine) -> None:
    """A merge changes one row of one table and the counts of the two, whatever the merged entity has said."""
    with writing(database) as connection:
        fill(connection)
    before = dump(database)
    with writing(database) as connection:
        DECISIONS["merge"](connection)
    after = dump(database)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"entity", "decision", "entity_count"}
    assert len(set(before["entity"]) ^ set(after["entity"])) == 2


def test_the_log_goes_to_another_base_byte_for_byte(base: Connection, database: Engine) -> None:
    """What was exported, imported and exported again is the same text."""
    made = [DECISIONS[verb](base) for verb in VERBS if verb != "apart"]
    undo(base, made[0])
    lines = list(export_decisions(base))
    base.rollback()
    with writing(database) as connection:
        assert import_decisions(connection, lines, subject="log") == len(lines)
        assert list(export_decisions(connection)) == lines
        assert import_decisions(connection, reversed(lines), subject="log") == 0
        assert list(export_decisions(connection)) == lines


def test_an_imported_contradiction_is_shown(base: Connection, database: Engine) -> None:
    """Of two logs that contradict each other the earlier decision stands, and the other is a conflict, not lost."""
    apart = DECISIONS["apart"](base)
    first = list(export_decisions(base))
    base.rollback()
    with writing(database) as connection:
        fill(connection)
        merge = DECISIONS["merge"](connection)
        import_decisions(connection, first, subject="log")
        states = {row.decision.uid: (row.state, row.because) for row in find_states(connection)}
        assert states == {apart.uid: (State.APPLIED, None), merge.uid: (State.CONFLICT, apart.uid)}
        undo(connection, apart)
        assert [row.state for row in find_states(connection)] == [State.UNDONE, State.APPLIED, State.APPLIED]
        assert ("PER", "Budi Santoso", 4) in names(connection)


def test_a_contradiction_is_refused_with_nothing_written(database: Engine) -> None:
    """Who decides against an earlier decision is told which, and the log stays as it is."""
    with writing(database) as connection:
        fill(connection)
        merge = DECISIONS["merge"](connection)
    before = dump(database, without=())
    with pytest.raises(BadDecision, match=merge.uid), writing(database) as connection:
        DECISIONS["apart"](connection)
    with pytest.raises(BadDecision, match="nothing in this base"), writing(database) as connection:
        decide(connection, Verb.RENAME, {"entity": known("Orang Lain"), "name": "X"}, by="uji")
    assert dump(database, without=()) == before


def test_what_no_longer_fits_is_orphaned_until_it_fits_again(base: Connection) -> None:
    """A corrected article takes a quote away: the decision about it waits, shown, and applies when it is back."""
    decision = DECISIONS["reject-quote"](base)
    decided = answers(base)
    corrected = Story(
        "dermaga", "Siti Aminah hadir di Rantau.", {"Siti Aminah": ("PER",), "Rantau": ("LOC",)}
    )
    tell(base, corrected, seeds=SEEDS)
    assert [(row.decision, row.state) for row in find_states(base)] == [(decision, State.ORPHANED)]
    tell(base, HARBOUR, seeds=SEEDS)
    assert [row.state for row in find_states(base)] == [State.APPLIED]
    assert {q.text for q in query.all_quotes(base)} == {q.text for q in decided["quotes"]}


def test_a_decision_finds_an_edited_quote(base: Connection) -> None:
    """A publisher that mends a word of a quote does not lose what was decided about it."""
    place = query.quote_meant(base, "dermaga", "selesai tahun depan")[1]
    decide(base, Verb.SET_SPEAKER, {**place, "speaker": known("Siti Aminah")}, by="uji")
    body = HARBOUR.body.replace("dermaga selesai", "dermaga itu selesai")
    said = [Said("dermaga itu selesai tahun depan", "Budi Santoso", "Budi Santoso", "mengatakan")]
    tell(base, Story("dermaga", f"Kabar baru. {body}", HARBOUR.names, said, on=HARBOUR.on), seeds=SEEDS)
    (quote,) = [row for row in query.all_quotes(base) if row.text == "dermaga itu selesai tahun depan"]
    assert (quote.speaker, quote.rule) == ("Siti Aminah", "decision")


def test_a_merged_entity_without_texts_waits(base: Connection) -> None:
    """A merge whose one side no text names is orphaned; the other stands for itself."""
    DECISIONS["merge"](base)
    tell(base, Story("pasar", "Harga turun.", {}), seeds=SEEDS)
    assert [row.state for row in find_states(base)] == [State.ORPHANED]
    assert ("PER", "Budi Santoso", 3) in names(base)


def test_a_split_can_name_somebody_known(base: Connection) -> None:
    """The article's bare first name is given to a person whom the base has."""
    arguments = {
        "entity": known("Siti"),
        "into": known("Siti Aminah"),
        "articles": [FARM.id],
        "is_new": False,
        "told_by": None,
    }
    decide(base, Verb.SPLIT, arguments, by="uji")
    assert ("PER", "Siti Aminah", 2) in names(base)
    assert not any(name == "Siti" for _, name, _ in names(base))


def test_a_split_that_nothing_is_in_is_refused(base: Connection) -> None:
    """A split of an article that does not name the entity finds nothing."""
    target = {"uid": entity_uid(EntityType.PER, "Budi Santoso", "x"), "type": "PER", "name": "Budi Santoso"}
    arguments = {
        "entity": known("Budi Santoso"),
        "into": target,
        "articles": ["pasar"],
        "is_new": True,
        "told_by": "x",
    }
    with pytest.raises(BadDecision, match="nothing"):
        decide(base, Verb.SPLIT, arguments, by="uji")


def test_a_changed_line_of_a_log_is_refused_whole(base: Connection) -> None:
    """Nothing of a log is taken over when one of its lines was tampered with."""
    DECISIONS["rename"](base)
    (line,) = export_decisions(base)
    with pytest.raises(BadDecision, match="log:2"):
        import_decisions(base, [line, line.replace("Haji Budi", "Haji Badu")], subject="log")
    assert list(export_decisions(base)) == [line]
