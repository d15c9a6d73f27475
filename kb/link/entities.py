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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.model import Entity, EntityType, Link, Links, LocalEntity, Seed
from kb.names import entity_key, entity_uid, seeds_by_name, strip_titles

_OTHER_TYPE = {EntityType.LOC: EntityType.ORG, EntityType.ORG: EntityType.LOC}


@dataclass(frozen=True, slots=True)
class _Group:
    """The texts' entities of one type and printed name: what linking decides on, all texts at once."""

    type: EntityType
    name: str
    rows: tuple[int, ...]
    forms: frozenset[str]
    seed: Seed | None
    rule: str

    @property
    def uid(self) -> str:
        return entity_uid(self.seed.type, self.seed.name) if self.seed else entity_uid(self.type, self.name)


def link_entities(local_entities: Mapping[int, LocalEntity], seeds: Iterable[Seed] = ()) -> Links:
    """Return the entities of the world that `local_entities` (by row number) are, and the link of each.

    Seeds that no text names are not among them. Raises BadSeeds if one name stands for two seeds of one type.
    """
    links: dict[int, Link] = {}
    members: dict[str, list[_Group]] = defaultdict(list)
    for group in _find_groups(local_entities, seeds_by_name(seeds)):
        link = Link(group.uid, group.rule)
        links.update(dict.fromkeys(group.rows, link))
        members[link.entity].append(group)
    return Links(tuple(_make_entity(uid, members[uid]) for uid in sorted(members)), links)


def _find_groups(
    local_entities: Mapping[int, LocalEntity], by_name: Mapping[tuple[EntityType, str], Seed]
) -> Iterator[_Group]:
    rows: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for row, local in local_entities.items():
        rows[local.type, local.name].append(row)
    for (of_type, name), numbers in rows.items():
        forms = frozenset(form for row in numbers for form in local_entities[row].forms)
        seed, rule = _choose_seed(of_type, name, by_name)
        yield _Group(of_type, name, tuple(numbers), forms | {name}, seed, rule)


def _choose_seed(
    of_type: EntityType, name: str, by_name: Mapping[tuple[EntityType, str], Seed]
) -> tuple[Seed | None, str]:
    if seed := by_name.get((of_type, entity_key(of_type, name))):
        return seed, "seed"
    other = _OTHER_TYPE.get(of_type)
    if other and (seed := by_name.get((other, entity_key(other, name)))):
        return seed, "seed_other_type"
    return None, "name_key"


def _make_entity(uid: str, groups: Sequence[_Group]) -> Entity:
    seed = groups[0].seed
    forms = frozenset[str]().union(*(group.forms for group in groups))
    if seed:
        return Entity(uid, seed.type, seed.name, tuple(sorted(forms)))
    of_type, printed = groups[0].type, Counter[str]()
    for group in groups:
        printed[strip_titles(group.name) if of_type is EntityType.PER else group.name] += len(group.rows)
    return Entity(uid, of_type, choose_name(printed), tuple(sorted(forms)))


def choose_name(printed: Mapping[str, int]) -> str:
    """Return the name to show of those that texts print, each with the number of its texts.

    The most frequent wins; among equals one that is not all capitals, then the first of the alphabet.
    """
    return min(printed, key=lambda name: (-printed[name], name.isupper(), name))
