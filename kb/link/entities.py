"""Which entity of the world each text's entity is.

A pure function of all texts' entities of a block (a type and block key), of the seeds, of what people decided, and
of the short forms that other texts define: neither order nor increments matter. The rules, the first that fits:

    decision         people made the name an alias of an entity, or gave this article's entity to another one
    seed             a seed of this type goes by this name; of several, the one whose office the article names
    seed_other_type  a seed of the other type of place and organisation does: ``AS`` tagged ORG is still the state
    abbreviation     texts define the word as short for one name only: ``KPK`` as `Komisi Pemberantasan Korupsi`
    role             bearers of one name whom articles give offices that nobody holds both of are two
    name_key         else all texts' entities of a block are one

A short name that its own text did not resolve (``Budi``) has another key than ``Budi Santoso`` and stays apart: a
wrong name is worse than none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.link.persons import choose_bearer, find_persons
from kb.link.rulings import NO_RULINGS, Name, Rulings
from kb.model import Entity, EntityType, Link, Links, LocalEntity, Seed
from kb.names import block_key, entity_uid, fold, seed_uid, seeds_by_name, strip_titles

OTHER_TYPE = {EntityType.LOC: EntityType.ORG, EntityType.ORG: EntityType.LOC}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What linking knows besides the texts' entities.

    `short_for` has, for a name, the uids of the entities that texts define it as short for; `articles` the ids of
    the articles that print a local entity (by row number), for those that a split may be about.
    """

    seeds: Mapping[Name, tuple[Seed, ...]] = field(default_factory=dict)
    rulings: Rulings = NO_RULINGS
    short_for: Mapping[Name, frozenset[str]] = field(default_factory=dict)
    articles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def gather(
    seeds: Iterable[Seed],
    rulings: Rulings = NO_RULINGS,
    *,
    short_for: Mapping[Name, frozenset[str]] | None = None,
    articles: Mapping[int, frozenset[str]] | None = None,
) -> Knowledge:
    """Return the knowledge that these make; BadSeeds if a name stands for two seeds that nothing tells apart."""
    by_name = seeds_by_name(seeds)
    places = {key: fold(seed[0].name) for (type_, key), seed in by_name.items() if type_ is EntityType.LOC}
    return Knowledge(by_name, rulings, short_for or {}, articles or {}, places)


@dataclass(frozen=True, slots=True)
class _Group:
    """Texts' entities that were found to be one, printed under one name."""

    type: EntityType
    name: str
    rows: tuple[int, ...]
    forms: frozenset[str]
    link: Link


def link_entities(local_entities: Mapping[int, LocalEntity], knowledge: Knowledge | None = None) -> Links:
    """Return the entities of the world that `local_entities` (by row number) are, and the link of each.

    They must be all of their blocks. An entity whose own block is not among them is only linked to: its name is
    not known here, so that it is not among the entities returned. Seeds that no text names are not either.
    """
    known = knowledge or Knowledge()
    blocks: dict[Name, dict[int, LocalEntity]] = defaultdict(dict)
    for row, local in local_entities.items():
        blocks[local.type, block_key(local.type, local.name)][row] = local
    links: dict[int, Link] = {}
    members: dict[str, list[_Group]] = defaultdict(list)
    for name, block in blocks.items():
        for group in _find_groups(block, dict(_link_block(name, block, known))):
            links.update(dict.fromkeys(group.rows, group.link))
            members[group.link.entity].append(group)
    entities = (_make_entity(uid, members[uid], known) for uid in sorted(members))
    return Links(tuple(entity for entity in entities if entity), links)


def _link_block(
    name: Name, block: Mapping[int, LocalEntity], knowledge: Knowledge
) -> Iterator[tuple[int, Link]]:
    """Yield the link of each local entity of one block."""
    of_name = _link_of_name(name, knowledge)
    persons = {} if of_name or name[0] is not EntityType.PER else find_persons(block, knowledge.places)
    for row, local in block.items():
        link = of_name or _link_of_seed(name, local, knowledge)
        if link is None:
            told_by = persons.get(row)
            uid = entity_uid(local.type, local.name, told_by)
            link = Link(uid, "role" if told_by else "name_key")
        yield row, _after_splits(row, link, knowledge)


def _link_of_name(name: Name, knowledge: Knowledge) -> Link | None:
    """Return the link that all of a block have, whatever their articles say; None if these matter."""
    other = (OTHER_TYPE.get(name[0], name[0]), name[1])
    if uid := knowledge.rulings.aliases.get(name) or knowledge.rulings.aliases.get(other):
        return Link(uid, "decision")
    for key, rule in ((name, "seed"), (other, "seed_other_type")):
        seeds = knowledge.seeds.get(key, ())
        if len(seeds) == 1:
            return Link(seed_uid(seeds[0]), rule)
        if seeds:
            return None
    defined = knowledge.short_for.get(name, frozenset())
    return Link(min(defined), "abbreviation") if len(defined) == 1 else None


def _link_of_seed(name: Name, local: LocalEntity, knowledge: Knowledge) -> Link | None:
    """Return the link to the one of several seeds of a name whose office the article names; None if it names none."""
    seed = choose_bearer(knowledge.seeds.get(name, ()), local.roles, knowledge.places)
    return Link(seed_uid(seed), "seed") if seed else None


def _after_splits(row: int, link: Link, knowledge: Knowledge) -> Link:
    articles = knowledge.articles.get(row, frozenset())
    for split in knowledge.rulings.splits if articles else ():
        if link.entity in split.of and articles & split.articles:
            link = Link(split.into, "decision")
    return link


def _find_groups(block: Mapping[int, LocalEntity], links: Mapping[int, Link]) -> Iterator[_Group]:
    rows: dict[tuple[Link, EntityType, str], list[int]] = defaultdict(list)
    for row, local in block.items():
        rows[links[row], local.type, local.name].append(row)
    for (link, of_type, name), numbers in rows.items():
        forms = frozenset(form for row in numbers for form in block[row].forms)
        yield _Group(of_type, name, tuple(numbers), forms | {name}, link)


def _make_entity(uid: str, groups: Sequence[_Group], knowledge: Knowledge) -> Entity | None:
    """Return an entity as its groups show it; None where they are not of its own block, so that its name is open."""
    rulings = knowledge.rulings
    forms = frozenset[str]().union(*(group.forms for group in groups if group.link.rule != "abbreviation"))
    seed = next((s for g in groups for s in _seeds_of(g, knowledge) if seed_uid(s) == uid), None)
    own = [group for group in groups if group.link.rule in ("name_key", "role")]
    if seed:
        name, of_type = seed.name, seed.type
    elif own:
        name, of_type = choose_name(_printed(own)), own[0].type
    else:
        return None
    return Entity(uid, rulings.types.get(uid, of_type), rulings.names.get(uid, name), tuple(sorted(forms)))


def _seeds_of(group: _Group, knowledge: Knowledge) -> Iterator[Seed]:
    key = block_key(group.type, group.name)
    for of_type in (group.type, OTHER_TYPE.get(group.type, group.type)):
        yield from knowledge.seeds.get((of_type, key), ())


def _printed(groups: Iterable[_Group]) -> Counter[str]:
    printed = Counter[str]()
    for group in groups:
        name = strip_titles(group.name) if group.type is EntityType.PER else group.name
        printed[name] += len(group.rows)
    return printed


def choose_name(printed: Mapping[str, int]) -> str:
    """Return the name to show of those that texts print, each with the number of its texts.

    The most frequent wins; among equals one that is not all capitals, then the first of the alphabet.
    """
    return min(printed, key=lambda name: (-printed[name], name.isupper(), name))
