"""What a log comes to: chains and circles of merges, types, splits, and undoing."""

from __future__ import annotations

from itertools import permutations

import pytest
from handmade import (
    LOC,
    ORG,
    A,
    B,
    C,
    Known,
    L,
    O,
    Step,
    alias,
    apart,
    entity,
    make_log,
    merge,
    rename,
    retype,
    split,
    undo,
)

from kb.link import Rulings, read_rulings
from kb.link.rulings import NO_RULINGS

D = entity("Budi Setiawan")


def read(*steps: Step) -> Rulings:
    return read_rulings(make_log(*steps))


@pytest.mark.parametrize(
    "steps",
    list(permutations((merge(A, B), merge(B, C), merge(C, D)))),
    ids=lambda steps: ", ".join(f"{s.arguments['entity']['name']}" for s in steps),
)
def test_a_chain_leads_to_its_end(steps: tuple[Step, ...]) -> None:
    """Whichever link of a chain was made first, all of it is the one that is merged into none."""
    assert read(*steps).merged == dict.fromkeys((A["uid"], B["uid"], C["uid"]), D["uid"])


def test_a_circle_is_one_entity() -> None:
    """A merge that closes a circle says nothing new: it is no conflict, and the circle has an end."""
    rulings = read(merge(A, B), merge(B, C), merge(C, A))
    assert (rulings.merged, rulings.conflicts) == ({A["uid"]: C["uid"], B["uid"]: C["uid"]}, {})


def test_a_circle_stays_one_when_one_merge_is_undone() -> None:
    """What closed the circle holds it together when another merge of it is undone."""
    rulings = read(merge(A, B), merge(B, C), merge(C, A), undo(0))
    assert rulings.merged == {B["uid"]: A["uid"], C["uid"]: A["uid"]}


def test_nobody_is_merged_into_oneself() -> None:
    """An entity merged into itself stays as it is."""
    assert read(merge(A, A)).merged == {}


@pytest.mark.parametrize(
    ("one", "other"), [(A, O), (A, L), (O, A), (L, A)], ids=["PER-ORG", "PER-LOC", "ORG-PER", "LOC-PER"]
)
def test_a_person_is_no_organisation_and_no_place(one: Known, other: Known) -> None:
    """A merge across is a conflict of its own, and nothing comes of it."""
    log = make_log(merge(one, other))
    rulings = read_rulings(log)
    assert (rulings.merged, rulings.conflicts) == ({}, {log[0].uid: log[0].uid})


def test_a_place_may_be_an_organisation() -> None:
    """A state speaks and lies somewhere: places and organisations may be one."""
    assert read(merge(O, L)).merged == {O["uid"]: L["uid"]}


def test_a_person_does_not_get_into_an_organisation_by_a_chain() -> None:
    """What counts is the type of the one at the end."""
    log = make_log(merge(O, L), merge(A, O))
    assert read_rulings(log).conflicts == {log[1].uid: log[1].uid}


JOINED = [
    pytest.param((merge(A, B), merge(B, C)), (A, B), 0, id="first of a chain"),
    pytest.param((merge(A, B), merge(B, C)), (B, A), 0, id="first of a chain, turned round"),
    pytest.param((merge(A, B), merge(B, C)), (C, B), 1, id="second of a chain"),
    pytest.param((merge(A, B), merge(B, C), merge(D, A)), (A, D), 2, id="into one that is merged"),
    pytest.param((merge(B, C), merge(A, B)), (B, A), 1, id="into one that was merged before"),
]


@pytest.mark.parametrize(("merges", "pair", "by"), JOINED)
@pytest.mark.parametrize("parts", [apart, split], ids=["apart", "split"])
def test_the_merge_to_undo_is_named(
    merges: tuple[Step, ...], pair: tuple[Known, Known], by: int, parts
) -> None:  # type: ignore[no-untyped-def]
    """Who wants to part two is told the merge that joins them, and when that is undone they part."""
    log = make_log(*merges, parts(*pair))
    assert read_rulings(log).conflicts == {log[-1].uid: log[by].uid}
    assert read_rulings(make_log(*merges, parts(*pair), undo(by))).conflicts == {}


def test_whoever_is_apart_from_one_is_apart_from_all_that_it_is() -> None:
    """Two that are apart do not come together by way of a third."""
    log = make_log(apart(A, C), merge(A, B), merge(B, C))
    assert read_rulings(log).conflicts == {log[2].uid: log[0].uid}
    log = make_log(split(A, C), merge(C, D), merge(A, D))
    assert read_rulings(log).conflicts == {log[2].uid: log[0].uid}


@pytest.mark.parametrize(
    ("steps", "conflicts"),
    [
        ((split(A, B), split(A, C), merge(B, C)), 1),
        ((merge(B, C), split(A, B), split(A, C)), 0),
        ((alias(A, "Pakde"), alias(B, "Pakde"), merge(A, B)), 1),
        ((merge(A, B), alias(A, "Pakde"), alias(B, "Pakde")), 0),
        ((rename(A, "Budi S"), merge(A, B), rename(B, "B. Susanto")), 0),
        ((merge(A, B), rename(A, "Budi S"), rename(B, "B. Susanto")), 1),
        ((merge(A, B), retype(A, ORG), retype(B, LOC)), 1),
    ],
    ids=[
        "split into two",
        "split into two that are one",
        "name of two",
        "name of two that are one",
        "each renamed before they are one",
        "both renamed since they are one",
        "both retyped since they are one",
    ],
)
def test_what_is_one_does_not_contradict_itself(steps: tuple[Step, ...], conflicts: int) -> None:
    """Two entities that were merged count as one from then on."""
    assert len(read(*steps).conflicts) == conflicts


def test_a_split_makes_a_person_only_if_it_stands() -> None:
    """What tells a new person apart is kept; a split into somebody known, or that does not stand, makes nobody."""
    petani, guru = entity("Budi Santoso", told_by="petani"), entity("Budi Santoso", told_by="guru")
    rulings = read(split(A, petani, told_by="petani"), split(A, guru, told_by="guru"), split(A, B, "k2"))
    assert rulings.created == {petani["uid"]: "petani"}


def test_what_was_decided_on_is_known() -> None:
    """Entities are known as decisions called them, also when no article names them any more."""
    rulings = read(merge(A, B), rename(C, "Budi S"), undo(1))
    assert {uid: known.name for uid, known in rulings.known.items()} == {
        A["uid"]: "Budi Santoso",
        B["uid"]: "Budi Susanto",
    }


UNDOING = [
    pytest.param((undo(0),), True, id="undone"),
    pytest.param((undo(0), undo(1)), False, id="the undo undone"),
    pytest.param((undo(0), undo(1), undo(2)), True, id="and that undone"),
    pytest.param((undo(0), undo(0)), True, id="undone twice"),
    pytest.param((undo(0), undo(0), undo(1)), True, id="undone twice, one of them undone"),
    pytest.param((undo(0), undo(0), undo(1), undo(2)), False, id="undone twice, both undone"),
]


@pytest.mark.parametrize(("undos", "is_undone"), UNDOING)
def test_undo(undos: tuple[Step, ...], is_undone: bool) -> None:
    """An undo takes back exactly its decision, be that an undo itself; one standing undo is enough."""
    log = make_log(rename(A, "Budi S"), *undos)
    rulings = read_rulings(log)
    assert (log[0].uid in rulings.undone) is is_undone
    assert rulings.names == ({} if is_undone else {A["uid"]: "Budi S"})


def test_an_undo_of_what_is_not_there_waits() -> None:
    """An undo may be imported before its decision, and has it undone when it comes."""
    log = make_log(rename(A, "Budi S"), undo(0))
    assert read_rulings(log[1:]) == NO_RULINGS
    assert read_rulings(reversed(log)).undone == {log[0].uid: log[1].uid}
