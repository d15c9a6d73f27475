"""Clusters of the same statement: neither order nor increments nor row numbers matter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kb.link import Cluster, Relation, Statement, choose_relation, cluster_statements, grow, sketch
from kb.model import QuoteKind
from kb.names import fold

DAY = date(2025, 3, 10)
LONG = (
    "Kami akan membangun dermaga baru di pulau ini dengan dana nelayan sendiri, "
    "lalu mengajak koperasi kampung mengelola gudang ikan bersama para istri."
)


def say(
    content: str,
    *,
    number: int = 0,
    speaker: str | None = None,
    on: date | None = DAY,
    key: str | None = None,
) -> Statement:
    """Make a statement; its key is its number where none is given."""
    return Statement(
        number, key or f"{number:03}", fold(content), QuoteKind.DIRECT, speaker and fold(speaker), on
    )


PHRASES = [
    "kami akan membangun dermaga baru di pulau karang kecil ini",
    "dengan dana nelayan sendiri",
    "lalu mengajak koperasi kampung mengelola gudang ikan",
    "bersama para istri dan guru desa",
    "supaya anak pesisir tetap bersekolah",
    "meski ombak tinggi menutup pelabuhan lama",
]
"""What the statements of the properties are made of, so that many are trims or paraphrases of others."""


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Draw statements of which many are the same, of a few speakers and days."""
    contents = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5).map(" ".join)
    speakers = st.sampled_from([None, "rina wiyasa", "rina", "budi santoso"])
    days = st.none() | st.integers(0, 60).map(lambda n: DAY + timedelta(n))
    rows = draw(st.lists(st.tuples(contents, speakers, days), max_size=14))
    numbers = draw(st.permutations(range(len(rows))))
    return [
        say(content, number=i, speaker=speaker, on=on, key=f"a{number}")
        for i, (number, (content, speaker, on)) in enumerate(zip(numbers, rows, strict=True))
    ]


def by_key(
    clusters: Iterable[Cluster], among: Sequence[Statement]
) -> list[tuple[str, list[tuple[str, Relation]]]]:
    """Return clusters with keys instead of row numbers."""
    keys = {statement.id: statement.key for statement in among}
    return [(c.uid, [(keys[m.statement], m.relation) for m in c.members]) for c in clusters]


def mates_in(base: Sequence[Statement]) -> Callable[[Sequence[Statement]], Iterable[Statement]]:
    """Return what a store answers: the statements that share a bucket with one of those given."""

    def mates_of(given: Sequence[Statement]) -> Iterable[Statement]:
        wanted = {bucket for one in given for bucket in sketch(one.folded)}
        return [one for one in base if wanted & set(sketch(one.folded))]

    return mates_of


@given(statements(), st.randoms(use_true_random=False))
def test_neither_order_nor_row_numbers_matter(given_: list[Statement], chance: random.Random) -> None:
    """Statements in another order and under other row numbers make the same clusters with the same uids."""
    shuffled = list(given_)
    chance.shuffle(shuffled)
    renumbered = [replace(one, id=100 + i) for i, one in enumerate(shuffled)]
    assert by_key(cluster_statements(renumbered), renumbered) == by_key(cluster_statements(given_), given_)


@given(statements(), st.data())
def test_growing_from_what_is_new_gives_what_all_at_once_gives(
    given_: list[Statement], data: st.DataObject
) -> None:
    """Clusters of what is reached from any statements are those of all statements that have to do with it."""
    start = data.draw(st.lists(st.sampled_from(given_), unique=True)) if given_ else []
    reached = grow(start, mates_in(given_))
    ids = {one.id for one in reached}
    assert ids >= {one.id for one in start}
    touched = [c for c in cluster_statements(given_) if ids & {m.statement for m in c.members}]
    assert list(cluster_statements(reached)) == touched


@given(statements(), st.integers(1, 4))
def test_increments_come_to_what_all_at_once_comes_to(given_: list[Statement], size: int) -> None:
    """Batches, each of which replaces the clusters of what it reaches, leave the clusters of all statements."""
    kept: dict[str, Cluster] = {}
    for end in range(size, len(given_) + size, size):
        reached = grow(given_[end - size : end], mates_in(given_[:end]))
        ids = {one.id for one in reached}
        kept = {u: c for u, c in kept.items() if not ids & {m.statement for m in c.members}}
        kept |= {c.uid: c for c in cluster_statements(reached)}
    assert kept == {c.uid: c for c in cluster_statements(given_)}


@given(statements())
def test_an_unrelated_statement_changes_nothing(given_: list[Statement]) -> None:
    """A statement about something else leaves all clusters as they are."""
    other = say(
        "Rektor universitas mengumumkan jadwal wisuda mahasiswa kedokteran gigi", number=99, key="a00"
    )
    assert cluster_statements([other, *given_]) == cluster_statements(given_)


@given(statements())
def test_each_member_is_the_same_as_the_first(given_: list[Statement]) -> None:
    """Chains do not drift: every member bears its relation to the earliest of its cluster, and is in one cluster."""
    by_id = {one.id: one for one in given_}
    seen: list[int] = []
    for cluster in cluster_statements(given_):
        first, *others = (by_id[m.statement] for m in cluster.members)
        assert [m.relation for m in cluster.members[1:]] == [choose_relation(first, one) for one in others]
        assert all((first.on or date.max) <= (one.on or date.max) for one in others)
        seen += [m.statement for m in cluster.members]
    assert len(seen) == len(set(seen))


def test_equal_words_of_two_speakers_are_two_statements() -> None:
    """Equal contents are compared as one only where their speakers are equal too."""
    content = "Jembatan ini harus selesai sebelum musim hujan"
    speakers = ["Rina Wiyasa", "Budi Santoso", "Rina Wiyasa", "Budi Santoso"]
    clusters = cluster_statements(
        say(content, number=i, speaker=speaker) for i, speaker in enumerate(speakers)
    )
    assert [[m.statement for m in c.members] for c in clusters] == [[0, 2], [1, 3]]


def test_a_chain_of_trims_is_cut_where_it_drifts() -> None:
    """What shares words with a trim but not with the first statement begins a cluster of its own."""
    first, middle, last = PHRASES[0], " ".join(PHRASES[:3]), " ".join(PHRASES[1:3])
    clusters = cluster_statements(
        [say(first, number=1), say(middle, number=2), say(last, number=3), say(last, number=4)]
    )
    assert [[m.statement for m in c.members] for c in clusters] == [[1, 2], [3, 4]]


def test_a_phrase_of_thousands_costs_no_comparison_of_all_pairs() -> None:
    """Equal statements are compared as one, and those of other months not at all."""
    same = [say(LONG, number=i, on=None) for i in range(20_000)]
    years = [say(LONG, number=20_000 + i, on=DAY + timedelta(i), key=f"b{i:05}") for i in range(3_000)]
    assert sum(len(c.members) for c in cluster_statements([*same, *years])) == 23_000
