"""Who is who when seeds share names, articles name offices, texts define short forms and people decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from handmade import LOC, ORG, PER, A, B, Step, alias, entity, make_log, merge, rename, retype, split
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.link import Knowledge, gather, link_entities, read_rulings
from kb.model import Entity, EntityType, Link, LocalEntity, Office, Seed
from kb.names import block_of, entity_uid

BUDI = "Budi Santoso"
MOTHER = Seed(PER, "Sari Wijaya", ("Sari Utama",), discriminator="ibu", offices=(Office("bupati Rantau"),))
CHILD = Seed(PER, "Sari Wijaya", ("Sari Muda",), discriminator="anak", offices=(Office("bupati Kendala"),))
SEEDS = (MOTHER, CHILD, Seed(LOC, "Rantau"), Seed(ORG, "Dewan Rantau", ("DR",)))


def know(
    *steps: Step,
    seeds: tuple[Seed, ...] = SEEDS,
    short_for: Mapping[tuple[EntityType, str], frozenset[str]] | None = None,
    articles: Mapping[int, frozenset[str]] | None = None,
) -> Knowledge:
    return gather(seeds, read_rulings(make_log(*steps)), short_for=short_for, articles=articles)


def per(name: str, *roles: str) -> LocalEntity:
    return LocalEntity(name, PER, (name,), roles=roles)


def link_of(local: LocalEntity, knowledge: Knowledge) -> Link:
    return link_entities({1: local}, knowledge).links[1]


@pytest.mark.parametrize(
    ("local", "told_by"),
    [
        (per("Sari Wijaya", "bupati rantau"), "ibu"),
        (per("Sari Wijaya", "mantan bupati kendala"), "anak"),
        (per("Sari Utama"), "ibu"),
        (per("Sari Muda", "bupati rantau"), "anak"),
    ],
    ids=["by office", "by a former office", "by a name of one only", "that name beats the office"],
)
def test_one_of_several_seeds_is_chosen(local: LocalEntity, told_by: str) -> None:
    """Of two seeds of one name the article's office chooses; a name that only one goes by needs none."""
    assert link_of(local, know()) == Link(entity_uid(PER, "Sari Wijaya", told_by), "seed")


@pytest.mark.parametrize("roles", [(), ("petani",), ("bupati",), ("bupati rantau", "bupati kendala")])
def test_nobody_is_chosen_of_several_seeds(roles: tuple[str, ...]) -> None:
    """Where an article's roles fit neither seed or both, its bearer is neither of them."""
    assert link_of(per("Sari Wijaya", *roles), know()) == Link(entity_uid(PER, "Sari Wijaya"), "name_key")


def test_two_seeds_of_one_name_are_two_entities() -> None:
    """Each is shown with the forms of its own articles, and the third bearer stays one of its own."""
    locals_ = {
        1: per("Sari Wijaya", "bupati rantau"),
        2: per("Sari Wijaya", "bupati kendala"),
        3: per("SARI WIJAYA"),
    }
    entities = {found.uid: (found.name, found.aliases) for found in link_entities(locals_, know()).entities}
    assert entities == {
        entity_uid(PER, "Sari Wijaya", "ibu"): ("Sari Wijaya", ("Sari Wijaya",)),
        entity_uid(PER, "Sari Wijaya", "anak"): ("Sari Wijaya", ("Sari Wijaya",)),
        entity_uid(PER, "Sari Wijaya"): ("SARI WIJAYA", ("SARI WIJAYA",)),
    }


def test_a_role_tells_namesakes_apart() -> None:
    """Two offices that nobody holds together make two people; whoever is given none stays the name's own."""
    locals_ = {1: per(BUDI, "bupati rantau"), 2: per(BUDI, "bupati kendala"), 3: per(BUDI)}
    assert link_entities(locals_, know()).links == {
        1: Link(entity_uid(PER, BUDI, "bupati rantau"), "role"),
        2: Link(entity_uid(PER, BUDI, "bupati kendala"), "role"),
        3: Link(entity_uid(PER, BUDI), "name_key"),
    }


def test_only_people_are_told_apart_by_roles() -> None:
    """An organisation has no office."""
    one, other = (LocalEntity("Dewan Hulu", ORG, roles=(f"bupati {at}",)) for at in ("rantau", "kendala"))
    assert len(link_entities({1: one, 2: other}, know()).entities) == 1


KPK = entity_uid(ORG, "Komisi Pemberantasan Korupsi")


@pytest.mark.parametrize(
    ("defined", "link"),
    [
        ({KPK}, Link(KPK, "abbreviation")),
        ({KPK, entity_uid(ORG, "Klub Pecinta Kopi")}, Link(entity_uid(ORG, "KPK"), "name_key")),
        (set(), Link(entity_uid(ORG, "KPK"), "name_key")),
    ],
    ids=["one name", "two names", "no name"],
)
def test_an_abbreviation_is_what_texts_define_it_as(defined: set[str], link: Link) -> None:
    """A short form that texts define for one name only is that entity; for two it stays open."""
    knowledge = know(short_for={(ORG, "kpk"): frozenset(defined)})
    assert link_of(LocalEntity("KPK", ORG, ("KPK",)), knowledge) == link


def test_a_short_form_is_no_alias_of_its_entity() -> None:
    """Whether both blocks are linked together or each alone, an entity has the forms of its own block."""
    full = LocalEntity("Komisi Pemberantasan Korupsi", ORG, ("Komisi Pemberantasan Korupsi",))
    knowledge = know(short_for={(ORG, "kpk"): frozenset((KPK,))})
    (found,) = link_entities({1: full, 2: LocalEntity("KPK", ORG, ("KPK",))}, knowledge).entities
    assert (found.uid, found.aliases) == (KPK, full.forms)


def test_a_seed_beats_what_texts_define() -> None:
    """What kb knows a short form to be stands, whatever a text defines it as."""
    knowledge = know(short_for={(ORG, "dr"): frozenset((KPK,))})
    assert link_of(LocalEntity("DR", ORG, ("DR",)), knowledge) == Link(
        entity_uid(ORG, "Dewan Rantau"), "seed"
    )


@pytest.mark.parametrize(
    ("local", "of_type"),
    [
        (LocalEntity("Sari Wijaya", PER, roles=("bupati rantau",)), PER),
        (LocalEntity("Dewan Rantau", ORG), ORG),
        (LocalEntity("Rantau", ORG), LOC),
        (LocalEntity("KPK", ORG), ORG),
    ],
    ids=[
        "over a seed and its office",
        "over a seed",
        "over a seed of the other type",
        "over an abbreviation",
    ],
)
def test_a_decision_beats_all(local: LocalEntity, of_type: EntityType) -> None:
    """A name that people gave to an entity means it, whatever else is known of the name."""
    other = entity("Yang Lain", of_type)
    knowledge = know(alias(other, local.name), short_for={(ORG, "kpk"): frozenset((KPK,))})
    assert link_of(local, knowledge) == Link(other["uid"], "decision")


def test_an_alias_of_a_person_is_no_place() -> None:
    """A name given to a person stays what it was for places."""
    assert link_of(LocalEntity("Pakde", LOC), know(alias(A, "Pakde"))).rule == "name_key"


PETANI = entity(BUDI, told_by="petani")


@pytest.mark.parametrize(
    ("steps", "articles", "expected"),
    [
        ([split(A, PETANI, "k1", told_by="petani")], {"k1"}, PETANI),
        ([split(A, PETANI, "k1", told_by="petani")], {"k1", "k2"}, PETANI),
        ([split(A, PETANI, "k1", told_by="petani")], {"k2"}, A),
        ([split(A, PETANI, "k1", told_by="petani")], set(), A),
        ([split(A, PETANI, "k1", told_by="petani"), split(PETANI, B, "k1")], {"k1"}, B),
        ([alias(B, BUDI), split(B, PETANI, "k1", told_by="petani")], {"k1"}, PETANI),
        ([merge(A, B), split(B, PETANI, "k1", told_by="petani")], {"k1"}, PETANI),
        ([split(B, PETANI, "k1", told_by="petani")], {"k1"}, A),
    ],
    ids=["in it", "in it and another", "in another", "in none", "further", "alias", "merged", "of another"],
)
def test_splits(steps: list[Step], articles: set[str], expected: Mapping[str, str]) -> None:
    """The articles of a split mean the other one, and only they."""
    knowledge = know(*steps, articles={1: frozenset(articles)})
    assert link_of(per(BUDI), knowledge).entity == expected["uid"]


def test_who_is_only_linked_to_is_not_returned() -> None:
    """An entity of another block, of which these articles do not tell the name, is linked to and no more."""
    knowledge = know(
        alias(B, "Pakde"), split(A, PETANI, "k1", told_by="petani"), articles={2: frozenset(("k1",))}
    )
    links = link_entities({1: per("Pakde"), 2: per(BUDI), 3: per(BUDI)}, knowledge)
    assert {link.entity for link in links.links.values()} == {A["uid"], B["uid"], PETANI["uid"]}
    assert [found.uid for found in links.entities] == [A["uid"]]


def test_people_name_and_type_an_entity() -> None:
    """What people call an entity is shown, and under the type that they say it is; its uid stays."""
    links = link_entities({1: per(BUDI)}, know(rename(A, "B. Santoso"), retype(A, ORG)))
    assert links.entities == (Entity(A["uid"], ORG, "B. Santoso", (BUDI,)),)


LOCALS = st.builds(
    lambda of_type, name, form, roles: LocalEntity(name, of_type, (name, form), roles=tuple(roles)),
    st.sampled_from(EntityType),
    st.sampled_from(
        ("Budi Santoso", "BUDI SANTOSO", "Sari Wijaya", "Sari Utama", "Pakde", "Rantau", "DR", "KPK")
    ),
    st.sampled_from(("Budi", "Sari")),
    st.lists(st.sampled_from(("bupati rantau", "bupati kendala", "bupati", "petani")), max_size=2),
)
STEPS = st.sampled_from(
    (
        alias(B, "Pakde"),
        alias(A, "DR"),
        merge(A, B),
        rename(A, "B. Santoso"),
        retype(B, ORG),
        split(A, PETANI, "k1", told_by="petani"),
        split(A, B, "k2"),
        split(entity("Sari Wijaya", told_by="ibu"), entity("Sari Wijaya"), "k1", "k2"),
    )
)
WORLDS = st.tuples(
    st.lists(st.tuples(LOCALS, st.frozensets(st.sampled_from(("k1", "k2", "k3")), max_size=2)), max_size=9),
    st.lists(STEPS, max_size=4),
    st.frozensets(st.sampled_from((KPK, B["uid"])), max_size=2),
)


def known_in(world: Any, seeds: tuple[Seed, ...] = SEEDS) -> tuple[dict[int, LocalEntity], Knowledge]:
    rows, steps, defined = world
    articles = {n: printed for n, (_, printed) in enumerate(rows)}
    knowledge = know(*steps, seeds=seeds, short_for={(ORG, "kpk"): defined}, articles=articles)
    return {n: local for n, (local, _) in enumerate(rows)}, knowledge


@settings(max_examples=50)
@given(WORLDS, st.randoms())
def test_order_makes_no_difference(world: Any, random) -> None:  # type: ignore[no-untyped-def]
    """The same articles and seeds in any order, with all that people decided, give the same entities and links."""
    locals_, knowledge = known_in(world)
    rows = random.sample(list(locals_.items()), k=len(locals_))
    _, shuffled = known_in(world, tuple(random.sample(SEEDS, k=len(SEEDS))))
    assert link_entities(dict(rows), shuffled) == link_entities(locals_, knowledge)


@settings(max_examples=50)
@given(WORLDS)
def test_each_block_alone_gives_the_same_links(world: Any) -> None:
    """Linking block by block gives the links of linking all at once, so that a run may link only what it touched."""
    locals_, knowledge = known_in(world)
    blocks: dict[str, dict[int, LocalEntity]] = {}
    for row, local in locals_.items():
        blocks.setdefault(block_of(local.type, local.name), {})[row] = local
    alone = [link_entities(block, knowledge).links for block in blocks.values()]
    assert {row: link for links in alone for row, link in links.items()} == link_entities(
        locals_, knowledge
    ).links
