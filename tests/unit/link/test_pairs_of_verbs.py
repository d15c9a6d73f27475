"""Each order of two verbs on the same entities: what both come to, or that the second contradicts the first."""

from __future__ import annotations

from itertools import product

import pytest
from handmade import (
    LOC,
    ORG,
    PER,
    A,
    B,
    C,
    L,
    O,
    Step,
    alias,
    apart,
    make_log,
    merge,
    rename,
    retype,
    split,
    undo,
)

from kb.link import Rulings, read_rulings
from kb.model import Verb

CALLED = {known["uid"]: letter for letter, known in zip("ABCOL", (A, B, C, O, L), strict=True)}
CONFLICT = None


def told(rulings: Rulings) -> set[str]:
    """Return what stands, in words: entities by their letters."""
    called = CALLED.__getitem__
    return {
        *(f"{called(one)} is {called(into)}" for one, into in rulings.merged.items()),
        *(f"{' and '.join(sorted(map(called, pair)))} are two" for pair in rulings.apart),
        *(f"{key} ({of_type}) means {called(uid)}" for (of_type, key), uid in rulings.aliases.items()),
        *(
            f"{'+'.join(sorted(map(called, split.of)))} in {'+'.join(sorted(split.articles))} is {called(split.into)}"
            for split in rulings.splits
        ),
        *(f"{called(uid)} is called {name}" for uid, name in rulings.names.items()),
        *(f"{called(uid)} is {of_type}" for uid, of_type in rulings.types.items()),
    }


PAIRS = [
    ("the same merge twice", merge(A, B), merge(A, B), {"A is B"}),
    ("merged, and the other way round", merge(A, B), merge(B, A), {"A is B"}),
    ("merged into two", merge(A, B), merge(A, C), CONFLICT),
    ("merged in a chain", merge(A, B), merge(B, C), {"A is C", "B is C"}),
    ("merged into one that is merged", merge(A, B), merge(C, A), {"A is B", "C is B"}),
    ("merged, then two", merge(A, B), apart(A, B), CONFLICT),
    ("merged, then two the other way round", merge(A, B), apart(B, A), CONFLICT),
    ("merged, then two of others", merge(A, B), apart(A, C), {"A is B", "A and C are two"}),
    ("two, then merged", apart(A, B), merge(A, B), CONFLICT),
    ("two, then merged the other way round", apart(A, B), merge(B, A), CONFLICT),
    ("two, then another merged", apart(A, C), merge(A, B), {"A is B", "A and C are two"}),
    ("merged, then split into it", merge(A, B), split(A, B), CONFLICT),
    ("merged, then split from it", merge(A, B), split(B, A), CONFLICT),
    ("merged, then split into a third", merge(A, B), split(A, C), {"A is B", "A+B in k1 is C"}),
    ("merged, then split into a merged one", merge(B, C), split(A, B), {"B is C", "A in k1 is B"}),
    ("split, then merged back", split(A, B), merge(B, A), CONFLICT),
    ("split, then merged after it", split(A, B), merge(A, B), CONFLICT),
    ("split, then merged into a third", split(A, B), merge(A, C), {"A is C", "A in k1 is B"}),
    ("split, then the other merged into a third", split(A, B), merge(B, C), {"B is C", "A in k1 is B"}),
    ("merged, then called", merge(A, B), alias(A, "Pakde"), {"A is B", "pakde (PER) means A"}),
    ("merged, then called by its name", merge(B, A), alias(A, B["name"]), {"B is A", "budi susanto (PER) means A"}),
    ("merged, then its name is another's", merge(B, C), alias(A, B["name"]), CONFLICT),
    ("called, then merged", alias(A, "Pakde"), merge(A, B), {"A is B", "pakde (PER) means A"}),
    ("called by its name, then merged", alias(A, B["name"]), merge(B, A), {"B is A", "budi susanto (PER) means A"}),
    ("called by its name, then that merged elsewhere", alias(A, B["name"]), merge(B, C), CONFLICT),
    ("merged, then renamed", merge(A, B), rename(A, "Budi S"), {"A is B", "B is called Budi S"}),
    ("renamed, then merged", rename(A, "Budi S"), merge(A, B), {"A is B", "A is called Budi S"}),
    ("merged, then another type", merge(A, B), retype(A, ORG), {"A is B", "B is ORG"}),
    ("another type, then merged", retype(A, ORG), merge(A, B), CONFLICT),
    ("another type, then merged into", retype(B, LOC), merge(A, B), CONFLICT),
    ("the same type, then merged", retype(O, PER), merge(O, A), {"O is PER", "O is A"}),
    ("two, twice", apart(A, B), apart(B, A), {"A and B are two"}),
    ("two, then split into it", apart(A, B), split(A, B), {"A and B are two", "A in k1 is B"}),
    ("split, then two", split(A, B), apart(A, B), {"A and B are two", "A in k1 is B"}),
    ("two, then called", apart(A, B), alias(A, "Pakde"), {"A and B are two", "pakde (PER) means A"}),
    ("called, then two", alias(A, "Pakde"), apart(A, B), {"A and B are two", "pakde (PER) means A"}),
    ("two, then called by its name", apart(A, B), alias(A, B["name"]), CONFLICT),
    ("called by its name, then two", alias(A, B["name"]), apart(A, B), CONFLICT),
    ("two, then one name shown", apart(A, B), rename(A, B["name"]), {"A and B are two", "A is called Budi Susanto"}),
    ("renamed, then two", rename(A, "Budi S"), apart(A, B), {"A and B are two", "A is called Budi S"}),
    ("two, then another type", apart(A, B), retype(A, ORG), {"A and B are two", "A is ORG"}),
    ("another type, then two", retype(A, ORG), apart(A, B), {"A and B are two", "A is ORG"}),
    ("the same split twice", split(A, B), split(A, B), {"A in k1 is B"}),
    ("one article split into two", split(A, B), split(A, C), CONFLICT),
    ("some articles split into two", split(A, B, "k1", "k2"), split(A, C, "k2", "k3"), CONFLICT),
    ("two articles split", split(A, B), split(A, C, "k2"), {"A in k1 is B", "A in k2 is C"}),
    ("split, then split further", split(A, B), split(B, C), {"A in k1 is B", "B in k1 is C"}),
    ("split, then split back", split(A, B), split(B, A), CONFLICT),
    ("split, then called", split(A, B), alias(B, "Pakde"), {"A in k1 is B", "pakde (PER) means B"}),
    ("called, then split", alias(A, "Pakde"), split(A, B), {"A in k1 is B", "pakde (PER) means A"}),
    ("split, then its name is the other's", split(A, B), alias(B, A["name"]), CONFLICT),
    ("its name is another's, then split", alias(B, A["name"]), split(A, B), CONFLICT),
    ("split, then renamed", split(A, B), rename(B, "Budi S"), {"A in k1 is B", "B is called Budi S"}),
    ("renamed, then split", rename(A, "Budi S"), split(A, B), {"A in k1 is B", "A is called Budi S"}),
    ("split, then another type", split(A, B), retype(B, ORG), {"A in k1 is B", "B is ORG"}),
    ("another type, then split", retype(A, ORG), split(A, B), {"A in k1 is B", "A is ORG"}),
    ("called twice", alias(A, "Pakde"), alias(A, "PAKDE"), {"pakde (PER) means A"}),
    ("two called one name", alias(A, "Pakde"), alias(B, "Pakde"), CONFLICT),
    ("a person and a place of one name", alias(A, "Apa"), alias(L, "Apa"), {"apa (PER) means A", "apa (LOC) means L"}),
    ("called, then shown so", alias(A, "Pakde"), rename(A, "Pakde"), {"pakde (PER) means A", "A is called Pakde"}),
    ("shown so, then called", rename(A, "Pakde"), alias(A, "Pakde"), {"pakde (PER) means A", "A is called Pakde"}),
    ("called, then another type", alias(A, "Pakde"), retype(A, ORG), {"pakde (PER) means A", "A is ORG"}),
    ("another type, then called", retype(A, ORG), alias(A, "Pakde"), {"pakde (ORG) means A", "A is ORG"}),
    ("renamed twice", rename(A, "Budi S"), rename(A, "B. Santoso"), CONFLICT),
    ("renamed to the same name", rename(A, "Budi S"), rename(A, "Budi S"), {"A is called Budi S"}),
    ("renamed, then another type", rename(A, "Budi S"), retype(A, ORG), {"A is called Budi S", "A is ORG"}),
    ("another type, then renamed", retype(A, ORG), rename(A, "Budi S"), {"A is called Budi S", "A is ORG"}),
    ("two types", retype(A, ORG), retype(A, LOC), CONFLICT),
    ("one type twice", retype(A, ORG), retype(A, ORG), {"A is ORG"}),
]  # fmt: skip
TABLE = [pytest.param(first, second, come_to, id=name) for name, first, second, come_to in PAIRS]


@pytest.mark.parametrize(("first", "second", "come_to"), TABLE)
def test_two_decisions(first: Step, second: Step, come_to: set[str] | None) -> None:
    """Two decisions come to this; where they contradict each other, the first stands and the second says why not."""
    log = make_log(first, second)
    rulings = read_rulings(log)
    if come_to is CONFLICT:
        assert rulings.conflicts == {log[1].uid: log[0].uid}
        assert told(rulings) == told(read_rulings(log[:1]))
    else:
        assert rulings.conflicts == {}
        assert told(rulings) == come_to


@pytest.mark.parametrize(("first", "second", "_"), TABLE)
def test_the_first_is_undone(first: Step, second: Step, _: object) -> None:
    """When the first of two is undone, the second stands as if the first had never been."""
    log = make_log(first, second, undo(0))
    rulings, alone = read_rulings(log), read_rulings(log[1:2])
    assert rulings.undone == {log[0].uid: log[2].uid}
    assert (told(rulings), rulings.conflicts) == (told(alone), alone.conflicts)


@pytest.mark.parametrize(("first", "second", "_"), TABLE)
def test_the_undo_is_undone(first: Step, second: Step, _: object) -> None:
    """When the undo of the first is undone too, both come to what they came to before."""
    log = make_log(first, second, undo(0), undo(2))
    rulings, before = read_rulings(log), read_rulings(log[:2])
    assert rulings.undone == {log[2].uid: log[3].uid}
    assert (told(rulings), rulings.conflicts) == (told(before), before.conflicts)


def test_the_table_has_each_order_of_two_verbs() -> None:
    """No two verbs about entities are left out."""
    verbs = (Verb.MERGE, Verb.APART, Verb.SPLIT, Verb.ALIAS, Verb.RENAME, Verb.RETYPE)
    assert {(first.verb, second.verb) for _, first, second, _ in PAIRS} == set(product(verbs, verbs))
