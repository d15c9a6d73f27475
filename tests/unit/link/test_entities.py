"""Who is who across articles: by type and name key, and by what the seeds know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadSeeds
from kb.link import choose_name, gather, link_entities
from kb.model import Entity, EntityType, Links, LocalEntity, Seed
from kb.names import entity_uid, seeds_by_name

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC

SEEDS = (
    Seed(PER, "Sergei Lavrov", ("Sergey Lavrov", "Lavrov"), "Q58217"),
    Seed(PER, "Kim Jong Un", ("Kim Jong-un",)),
    Seed(LOC, "Korea Utara", ("Korut", "Republik Rakyat Demokratik Korea")),
    Seed(LOC, "Amerika Serikat", ("AS",)),
    Seed(LOC, "Indonesia", ("RI",)),
    Seed(ORG, "Badan Pemeriksa Keuangan", ("BPK", "BPK RI")),
    Seed(ORG, "Kremlin"),
)


def link(*entities: tuple[EntityType, str], seeds: tuple[Seed, ...] = SEEDS) -> Links:
    """Link entities of as many articles, numbered from 0."""
    return link_entities(
        {n: LocalEntity(name, t, (name,)) for n, (t, name) in enumerate(entities)}, gather(seeds)
    )


SAME = [
    pytest.param((PER, "Budi Santoso"), (PER, "BUDI SANTOSO"), id="case"),
    pytest.param((PER, "Sa'id al-Amin"), (PER, "Said Al Amin"), id="apostrophe and hyphen"),
    pytest.param((PER, "Dr. Budi Santoso, M.Si."), (PER, "Pak Budi Santoso"), id="titles and degrees"),
    pytest.param((PER, "José Ramos-Horta"), (PER, "Jose Ramos Horta"), id="diacritics"),
    pytest.param((PER, "Sergei Lavrov"), (PER, "Sergey Lavrov"), id="spellings that a seed knows"),
    pytest.param((PER, "Kim Jong Un"), (PER, "Kim Jong-un"), id="hyphens"),
    pytest.param((LOC, "Korut"), (LOC, "Korea Utara"), id="abbreviation"),
    pytest.param((ORG, "AS"), (LOC, "Amerika Serikat"), id="a state tagged as an organisation"),
    pytest.param((LOC, "Kremlin"), (ORG, "Kremlin"), id="an organisation tagged as a place"),
]

APART = [
    pytest.param((PER, "Budi"), (PER, "Budi Santoso"), id="short name"),
    pytest.param((PER, "Budi Santoso"), (PER, "Budi Susanto"), id="near name"),
    pytest.param((LOC, "Rantau"), (ORG, "Rantau"), id="types, where no seed says otherwise"),
    pytest.param((PER, "Kremlin"), (ORG, "Kremlin"), id="a person is no organisation"),
    pytest.param((ORG, "BPK RI"), (LOC, "RI"), id="what is a title for people only"),
    pytest.param((PER, "Putri Lestari"), (PER, "Lestari"), id="a given name that is a title too"),
    pytest.param((LOC, "Ibu Kota Baru"), (LOC, "Kota Baru"), id="a title in the name of a place"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one: tuple[EntityType, str], other: tuple[EntityType, str]) -> None:
    """These are one entity."""
    links = link(one, other)
    assert links.links[0].entity == links.links[1].entity
    assert len(links.entities) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_apart(one: tuple[EntityType, str], other: tuple[EntityType, str]) -> None:
    """These are two: a wrong name is worse than none."""
    links = link(one, other)
    assert links.links[0].entity != links.links[1].entity
    assert len(links.entities) == 2


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ((PER, "Lavrov"), "seed"),
        ((ORG, "AS"), "seed_other_type"),
        ((PER, "Lavrova"), "name_key"),
        ((LOC, "Lavrov"), "name_key"),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else value,
)
def test_a_link_tells_its_rule(name: tuple[EntityType, str], rule: str) -> None:
    """Why an entity is who it is said to be can be read off the link."""
    assert link(name).links[0].rule == rule


def test_a_type_that_a_seed_has_beats_the_other() -> None:
    """Where place and organisation both have a seed of the name, each keeps its own."""
    both = (Seed(LOC, "Kudus"), Seed(ORG, "Kudus"))
    assert {linked.rule for linked in link((LOC, "Kudus"), (ORG, "Kudus"), seeds=both).links.values()} == {
        "seed"
    }


def test_an_entity_is_shown_under_its_seed_name() -> None:
    """What the seeds call an entity beats what the articles print."""
    assert link((LOC, "Korut"), (LOC, "Korut")).entities == (
        Entity(entity_uid(LOC, "Korea Utara"), LOC, "Korea Utara", ("Korut",)),
    )


def test_all_printed_forms_are_aliases() -> None:
    """A short name that an article resolved finds the person."""
    locals_ = {1: LocalEntity("Budi Santoso", PER, ("Budi Santoso", "Budi", "Pak Budi"))}
    (entity,) = link_entities(locals_).entities
    assert entity.aliases == ("Budi", "Budi Santoso", "Pak Budi")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ({"Budi Santoso": 2, "BUDI SANTOSO": 1}, "Budi Santoso"),
        ({"BUDI SANTOSO": 1, "Budi Santoso": 1}, "Budi Santoso"),
        ({"Budi-Santoso": 1, "Budi Santoso": 1}, "Budi Santoso"),
        ({"Sa'id": 1, "Said": 2}, "Said"),
    ],
    ids=["most frequent", "not all capitals", "first of the alphabet", "frequency first"],
)
def test_the_name_shown(printed: dict[str, int], shown: str) -> None:
    """One of the printed names is shown, the same one whatever the order."""
    assert choose_name(printed) == choose_name(dict(reversed(printed.items()))) == shown


def test_a_person_is_shown_without_title_a_place_as_it_is() -> None:
    """``Pak`` is no part of a name, ``Ibu Kota`` is."""
    names = {entity.name for entity in link((PER, "Pak Budi Santoso"), (LOC, "Ibu Kota Baru")).entities}
    assert names == {"Budi Santoso", "Ibu Kota Baru"}


def test_a_uid_does_not_change_between_versions() -> None:
    """Decisions and exports rely on a uid: it is a function of type and name key, the same for ever."""
    assert entity_uid(PER, "Sergei Lavrov") == "PER-7f4b524b257e73dc"
    assert (
        entity_uid(LOC, "Sergei Lavrov")
        != entity_uid(PER, "Sergei Lavrov")
        == entity_uid(PER, "SERGEI LAVROV")
    )


def test_a_name_of_two_seeds_of_one_type_is_refused() -> None:
    """Nobody can tell which of them an article means."""
    with pytest.raises(BadSeeds, match="Miller"):
        seeds_by_name([Seed(PER, "Matthew Miller", ("Miller",)), Seed(PER, "Stephen Miller", ("MILLER",))])
    seeds_by_name([Seed(PER, "Miller"), Seed(LOC, "Miller")])


NAMES = st.sampled_from(
    [
        "Budi",
        "Budi Santoso",
        "BUDI SANTOSO",
        "Pak Budi Santoso",
        "Lavrov",
        "Sergey Lavrov",
        "AS",
        "Korut",
        "Kremlin",
    ]
)
LOCALS = st.builds(
    lambda type_, name, more: LocalEntity(name, type_, (name, *more)),
    st.sampled_from(list(EntityType)),
    NAMES,
    st.lists(NAMES, max_size=2),
)


@given(st.lists(LOCALS, max_size=12), st.randoms())
def test_order_makes_no_difference(locals_: list[LocalEntity], random) -> None:  # type: ignore[no-untyped-def]
    """The same articles in any order, with the seeds in any order, give the same entities, uids and links."""
    numbered = dict(enumerate(locals_))
    expected = link_entities(numbered, gather(SEEDS))
    shuffled, seeds = list(numbered.items()), list(SEEDS)
    random.shuffle(shuffled)
    random.shuffle(seeds)
    assert link_entities(dict(shuffled), gather(seeds)) == expected


@given(st.lists(LOCALS, max_size=8), st.lists(LOCALS, max_size=8))
def test_more_articles_move_no_link(first: list[LocalEntity], more: list[LocalEntity]) -> None:
    """What an entity is depends on its own text and the seeds only: a link stands whatever comes later."""
    before = link_entities(dict(enumerate(first)), gather(SEEDS))
    after = link_entities(dict(enumerate([*first, *more])), gather(SEEDS))
    assert before.links.items() <= after.links.items()
    assert {entity.uid for entity in before.entities} <= {entity.uid for entity in after.entities}


@given(st.lists(LOCALS, max_size=12))
def test_every_local_entity_has_one_entity_and_no_entity_is_idle(locals_: list[LocalEntity]) -> None:
    """Links and entities fit each other, and links never cross from people to anything else."""
    links = link_entities(dict(enumerate(locals_)), gather(SEEDS))
    types = {entity.uid: entity.type for entity in links.entities}
    assert links.links.keys() == dict(enumerate(locals_)).keys()
    assert {linked.entity for linked in links.links.values()} == types.keys()
    assert len(types) == len(links.entities)
    for n, local in enumerate(locals_):
        assert (local.type is PER) == (types[links.links[n].entity] is PER)
