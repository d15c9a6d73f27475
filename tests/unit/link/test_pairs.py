"""The queue of undecided pairs: who may be one, in what order, and who is not worth asking about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link import Named, Pair, find_pairs
from kb.model import EntityType
from kb.names import entity_uid

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC


def person(name: str, *names: str, roles: tuple[str, ...] = (), n_quotes: int = 0) -> Named:
    """Return a person of the base."""
    return Named(entity_uid(PER, name), PER, name, frozenset(names), roles, n_quotes, n_quotes)


def body(entity_type: EntityType, name: str, *names: str) -> Named:
    """Return an organisation or a place of the base."""
    return Named(entity_uid(entity_type, name), entity_type, name, frozenset(names))


def names_of(pairs: list[Pair], *entities: Named) -> list[frozenset[str]]:
    """Return the pairs by their entities' names."""
    by_uid = {entity.uid: entity.name for entity in entities}
    return [frozenset({by_uid[pair.one], by_uid[pair.other]}) for pair in pairs]


FOUND = [
    (PER, "Agus Budi", "Budi Agus", "same words in another order"),
    (PER, "Kim Jong Un", "Jong Un Kim", "same words in another order"),
    (PER, "Bashar Assad", "Bashar al-Assad", "small word left out"),
    (PER, "Hamengku Buwono X", "Hamengkubuwono X", "words run together"),
    (PER, "Susi Lo", "Susilo", "words run together"),
    (PER, "Djoko Susanto", "Joko Susanto", "spelt nearly so"),
    (PER, "Mochamad Iriawan", "Muhammad Iriawan", "spelt nearly so"),
    (PER, "Soeharto", "Suharto", "spelt nearly so"),
    (PER, "Patrick Kluivert", "Patrick Kluviert", "spelt nearly so"),
    (PER, "Said Aqil Siradj", "Said Aqil Siroj", "spelt nearly so"),
    (PER, "Abdul Rahman Wahid", "Abdurrahman Wahid", "spelt nearly so"),
    (PER, "Muhammad Yusuf", "Mohamed Youssef", "spelt nearly so"),
    (PER, "George Bush", "George W. Bush", "initials for words, the only such name"),
    (PER, "B.J. Habibie", "Bacharuddin Jusuf Habibie", "initials for words, the only such name"),
    (PER, "V. Putin", "Vladimir Putin", "initials for words, the only such name"),
    (PER, "Moh. Mahfud", "Mohammad Mahfud", "initials for words, the only such name"),
    (PER, "Putri KW", "Putri Kusuma Wardani", "initials for words, the only such name"),
    (PER, "SBY", "Susilo Bambang Yudhoyono", "abbreviation, the only such name"),
    (PER, "Lavrov", "Sergei Lavrov", "part of the longer name, the only such name"),
    (PER, "Sri Mulyani", "Sri Mulyani Indrawati", "part of the longer name, the only such name"),
    (ORG, "Komisi Pemberantasan Korupsi", "KPK", "short word for the full one"),
    (ORG, "Yayasan Lentera Hati", "YLH", "abbreviation, the only such name"),
    (ORG, "Lembaga Ketahanan Nasional", "Lemhannas", "abbreviation, the only such name"),
    (ORG, "Polda Jateng", "Polda Jawa Tengah", "short word for the full one"),
    (ORG, "Kemenkes RI", "Kementerian Kesehatan", "short word for the full one"),
    (ORG, "Perkim Bogor", "Perumahan Permukiman Bogor", "abbreviation, the only such name"),
    (ORG, "PT Bank Mandiri Tbk", "Bank Mandiri", "word for its kind left out, the only such name"),
    (ORG, "Bank Mandiri", "Bank Mandiri Syariah", "part of the longer name, the only such name"),
    (LOC, "Jateng", "Jawa Tengah", "short word for the full one"),
    (LOC, "Tanbu", "Tanah Bumbu", "abbreviation, the only such name"),
    (LOC, "Kota Bogor", "Bogor", "word for its kind left out, the only such name"),
    (LOC, "Hong Kong", "Hongkong", "words run together"),
    (LOC, "Karangmulya", "Karangmulia", "spelt nearly so"),
]


@pytest.mark.parametrize(
    ("type_", "one", "other", "reason"), FOUND, ids=[f"{one}, {other}" for _, one, other, _ in FOUND]
)
def test_found(type_: EntityType, one: str, other: str, reason: str) -> None:
    """A bucket brings these together, and the pair says why."""
    entities = [body(type_, one), body(type_, other)]
    (pair,) = find_pairs([*entities, body(type_, "Zamrud Wiyasa")])
    assert (pair.one, pair.other) == tuple(sorted(entity.uid for entity in entities))
    assert pair.reason == reason
    assert 0 < pair.score < 1


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([(PER, "Budi"), (PER, "Budi Santoso"), (PER, "Budi Hartono")], id="short for two"),
        pytest.param([(PER, "M. Rizal"), (PER, "Muhammad Rizal"), (PER, "Maman Rizal")], id="initial of two"),
        pytest.param([(LOC, "Bogor"), (LOC, "Kota Bogor"), (LOC, "Kabupaten Bogor")], id="town and district"),
        pytest.param(
            [(ORG, "YLH"), (ORG, "Yayasan Lentera Hati"), (ORG, "Yayasan Laut Hijau")], id="letters of two"
        ),
        pytest.param([(PER, "Budi Santoso"), (PER, "Budi Susanto")], id="two names"),
        pytest.param([(PER, "Kremlin"), (ORG, "Kremlin")], id="a person and a body"),
        pytest.param([(ORG, "Polda Jateng"), (ORG, "Polda Jabar")], id="two provinces"),
    ],
)
def test_not_worth_a_question(names: list[tuple[EntityType, str]]) -> None:
    """What can stand for two, or clearly is two, makes no pair."""
    assert list(find_pairs(body(type_, name) for type_, name in names)) == []


def test_the_nearest_of_longer_and_longer_names() -> None:
    """A short name whose longer names are all forms of one pairs with the shortest of them."""
    entities = [person("Mulyani"), person("Sri Mulyani"), person("Sri Mulyani Indrawati")]
    pairs = list(find_pairs(entities))
    assert set(names_of(pairs, *entities)) == {
        frozenset({"Mulyani", "Sri Mulyani"}),
        frozenset({"Sri Mulyani", "Sri Mulyani Indrawati"}),
    }
    assert {pair.reason.partition(", ")[2] for pair in pairs} == {
        "the nearest of its longer names",
        "the only such name",
    }


def test_a_form_that_an_article_printed_for_one_entity() -> None:
    """A nickname that an article resolved pairs its bearer with the nickname alone, if only one bears it."""
    alone, bearer = person("Jokowi"), person("Joko Widodo", "Jokowi")
    (pair,) = find_pairs([alone, bearer])
    assert pair.reason == "printed as the other's name, the only such name"
    assert list(find_pairs([alone, bearer, person("Joko Wibowo", "Jokowi")])) == []


def test_a_place_and_a_body_of_one_name() -> None:
    """A state that speaks is tagged either way; a person of that name is somebody else."""
    entities = [body(ORG, "Uni Eropa"), body(LOC, "Uni Eropa"), person("Uni Eropa")]
    (pair,) = find_pairs(entities)
    assert {pair.one[:3], pair.other[:3]} == {"ORG", "LOC"}


def test_who_is_told_apart_by_nothing_is_asked_about() -> None:
    """Two bearers whom offices tell apart are two; whose articles give none may be either of them."""
    mayor, doctor = (
        Named(entity_uid(PER, "Budi Santoso", told), PER, "Budi Santoso") for told in ("bupati", "dokter")
    )
    assert list(find_pairs([mayor, doctor])) == []
    plain = person("Budi Santoso")
    pairs = {frozenset((pair.one, pair.other)) for pair in find_pairs([mayor, doctor, plain])}
    assert pairs == {frozenset((plain.uid, mayor.uid)), frozenset((plain.uid, doctor.uid))}


def test_most_at_stake_first() -> None:
    """Among pairs of one score, that with more quotes on its smaller side comes first."""
    few = [person("Djoko Susanto", n_quotes=50), person("Joko Susanto", n_quotes=1)]
    many = [person("Rudy Hartono", n_quotes=9), person("Rudi Hartono", n_quotes=9)]
    none = [person("Budhi Wiyasa"), person("Budi Wiyasa")]
    first, second, third = names_of(list(find_pairs(few + none + many)), *few, *many, *none)
    assert [min(first), min(second), min(third)] == ["Rudi Hartono", "Djoko Susanto", "Budhi Wiyasa"]


def test_a_shared_role_makes_it_likelier() -> None:
    """Two spellings with one role score more than two without, and the reason names the role."""
    plain = [person("Djoko Susanto"), person("Joko Susanto")]
    mayors = [
        person("Djoko Susanto", roles=("wali kota",)),
        person("Joko Susanto", roles=("wali kota", "dosen")),
    ]
    (without,), (with_role,) = find_pairs(plain), find_pairs(mayors)
    assert without.score < with_role.score < 1
    assert with_role.reason == "spelt nearly so; both wali kota"


PARTS = "Budi Budhi Santoso Susanto Susilo Agus M. Muhammad Mohamed al W Sri KPK Kota Bogor"
WORDS = st.sampled_from(PARTS.split())
NAMED = st.builds(
    lambda type_, words, names, n: Named(
        entity_uid(type_, " ".join(words)), type_, " ".join(words), frozenset(names), (), n, n
    ),
    st.sampled_from(list(EntityType)),
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(WORDS, max_size=1),
    st.integers(0, 9),
)


@given(st.lists(NAMED, max_size=12, unique_by=lambda entity: entity.uid), st.randoms())
def test_order_makes_no_difference(entities: list[Named], random) -> None:  # type: ignore[no-untyped-def]
    """The same entities in any order give the same queue: each pair once, ordered inside, of known entities."""
    pairs = list(find_pairs(entities))
    random.shuffle(entities)
    assert list(find_pairs(entities)) == pairs
    assert all(pair.one < pair.other and 0 < pair.score <= 1 for pair in pairs)
    assert len({(pair.one, pair.other) for pair in pairs}) == len(pairs)
    assert {uid for pair in pairs for uid in (pair.one, pair.other)} <= {entity.uid for entity in entities}
