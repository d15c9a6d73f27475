"""What holds of every log: only the set of decisions counts, an undo is exact, and what stands fits together."""

from __future__ import annotations

from dataclasses import replace

from handmade import A, B, C, L, O, Step, alias, apart, decide, entity, merge, rename, retype, split
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.link import read_rulings
from kb.model import Decision, EntityType, Verb

D = entity("Budi Setiawan")
PLACE = {"article": "k1", "prefix": None, "suffix": None, "hash": "0"}
KNOWN = st.sampled_from((A, B, C, D, O, L))
PLACES = st.lists(st.sampled_from(("k1", "k2")), min_size=1, max_size=2, unique=True)
NAMES = st.sampled_from(("Budi S", "Budi Susanto", "Rantau"))
STEPS = st.one_of(
    st.builds(merge, KNOWN, KNOWN),
    st.builds(apart, KNOWN, KNOWN),
    st.builds(lambda one, into, articles: split(one, into, *articles), KNOWN, KNOWN, PLACES),
    st.builds(alias, KNOWN, NAMES),
    st.builds(rename, KNOWN, NAMES),
    st.builds(retype, KNOWN, st.sampled_from(EntityType)),
    st.builds(lambda n: Step(Verb.REJECT_QUOTE, {**PLACE, "exact": str(n)}), st.integers(0, 3)),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    """Logs of up to a dozen decisions, some at the same time, and undos of some of them and of each other."""
    log = [decide(draw(STEPS), draw(st.integers(0, 9))) for _ in range(draw(st.integers(0, 9)))]
    for _ in range(draw(st.integers(0, 3)) if log else 0):
        target = draw(st.sampled_from(log)).uid
        log.append(decide(Step(Verb.UNDO, {"decision": target}), draw(st.integers(0, 9))))
    return log


@settings(max_examples=50)
@given(logs(), st.randoms())
def test_only_the_set_of_decisions_counts(log: list[Decision], random) -> None:  # type: ignore[no-untyped-def]
    """However decisions are shuffled, and however often they are imported, they come to the same."""
    imported = log + random.sample(log, k=random.randint(0, len(log)))
    random.shuffle(imported)
    assert read_rulings(imported) == read_rulings(log)


@settings(max_examples=50)
@given(logs(), STEPS, st.integers(0, 9), st.integers(0, 9))
def test_undo_is_exact(log: list[Decision], step: Step, made: int, taken_back: int) -> None:
    """A decision that is undone has left no trace, wherever in the log it and its undo stand."""
    one = decide(step, made, by="sari")
    taken = decide(Step(Verb.UNDO, {"decision": one.uid}), taken_back, by="sari")
    before, after = read_rulings(log), read_rulings([*log, one, taken])
    assert after == replace(before, undone={**before.undone, one.uid: taken.uid})


@settings(max_examples=50)
@given(logs())
def test_what_stands_fits_together(log: list[Decision]) -> None:
    """No two are both one and two; whoever is merged is merged into one that is not; a conflict names what stands."""
    rulings = read_rulings(log)

    def root(uid: str) -> str:
        return rulings.merged.get(uid, uid)

    assert not rulings.merged.keys() & set(rulings.merged.values())
    assert all(len({root(uid) for uid in pair}) == 2 for pair in rulings.apart)
    assert all(root(split.into) not in map(root, split.of) for split in rulings.splits)
    for uid, by in rulings.conflicts.items():
        assert uid not in rulings.undone
        assert by == uid or by not in {**rulings.undone, **rulings.conflicts}


@settings(max_examples=50)
@given(logs())
def test_a_conflict_names_what_is_in_its_way(log: list[Decision]) -> None:
    """When what a conflict names is undone, and what is named then, in the end nothing is in the way."""
    undos: list[Decision] = []
    while in_the_way := {by for uid, by in read_rulings(log + undos).conflicts.items() if uid != by}:
        undos.append(decide(Step(Verb.UNDO, {"decision": min(in_the_way)}), 10))
        assert len(undos) <= len(log)
