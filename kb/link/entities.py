"""Which entity of the world each text's entity is: by type and name key, and by what the seeds know.

A pure function of the *set* of texts and seeds: neither order nor increments matter. Three rules, in order:

    seed             a seed of this type goes by this name
    seed_other_type  a seed of the other type of place and organisation does, and no seed of this type:
                     ``AS`` tagged ORG is still the United States
    name_key         else all texts' entities of this type and name key are one

A short name that its own text did not resolve (``Budi``) has another key than ``Budi Santoso`` and stays
apart: a wrong name is worse than none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kb.model import Entity, EntityType, Link, Links, LocalEntity, Seed
from kb.names import entity_key, entity_uid, seeds_by_name, strip_titles

_OTHER_TYPE = {EntityType.LOC: EntityType.ORG, EntityType.ORG: EntityType.LOC}


def link_entities(local_entities: Mapping[int, LocalEntity], seeds: Iterable[Seed] = ()) -> Links:
    """Return the entities of the world that `local_entities` (by row number) are, and the link of each.

    Seeds that no text names are not among them. Raises BadSeeds if one name stands for two seeds of one type.
    """
    by_name = seeds_by_name(seeds)
    links: dict[int, Link] = {}
    members: dict[tuple[EntityType, str], list[LocalEntity]] = defaultdict(list)
    known: dict[str, Seed] = {}
    for row, local in local_entities.items():
        seed, rule = _choose_seed(local, by_name)
        of_type, name = (seed.type, seed.name) if seed else (local.type, local.name)
        uid = entity_uid(of_type, name)
        links[row] = Link(uid, rule)
        members[of_type, uid].append(local)
        if seed:
            known[uid] = seed
    entities = (
        _make_entity(uid, of_type, locals_, known.get(uid)) for (of_type, uid), locals_ in members.items()
    )
    return Links(tuple(sorted(entities, key=lambda entity: entity.uid)), links)


def _choose_seed(
    local: LocalEntity, by_name: Mapping[tuple[EntityType, str], Seed]
) -> tuple[Seed | None, str]:
    if seed := by_name.get((local.type, entity_key(local.type, local.name))):
        return seed, "seed"
    other = _OTHER_TYPE.get(local.type)
    if other and (seed := by_name.get((other, entity_key(other, local.name)))):
        return seed, "seed_other_type"
    return None, "name_key"


def _make_entity(uid: str, of_type: EntityType, locals_: Iterable[LocalEntity], seed: Seed | None) -> Entity:
    printed = Counter(
        strip_titles(local.name) if of_type is EntityType.PER else local.name for local in locals_
    )
    name = seed.name if seed else choose_name(printed)
    forms = {form for local in locals_ for form in (local.name, *local.forms)}
    return Entity(uid, of_type, name, tuple(sorted(forms)))


def choose_name(printed: Mapping[str, int]) -> str:
    """Return the name to show of those that texts print, each with the number of its texts.

    The most frequent wins; among equals one that is not all capitals, then the first of the alphabet.
    """
    return min(printed, key=lambda name: (-printed[name], name.isupper(), name))
