"""Which two entities of a base may be one: the queue of what linking left open, for a person to decide.

A pair is worth a person's time if its names can be one entity's (`kb.names.compare_names`) and if a name that
says less can be short for one entity of the base only: ``Budi`` among ten people called so is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.link.candidates import find_candidates
from kb.model import EntityType
from kb.names import NameRelation, block_key, compare_names, entity_key, entity_uid

_PRINTED, _TWO_TYPES, _ONE_NAME = 0.7, 0.5, 0.5
"""Scores of a name that an article prints for somebody else, that a place and a body share, that two people do."""
_SHARED_ROLE = 0.3
"""What a common role adds, as a share of what is missing to 1. Set by hand, as the scores: they order, no more."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as a base has it: `names` are further forms that articles print, `roles` what it is called.

    Roles are spelt out and in small letters (``menteri keuangan``).
    """

    uid: str
    type: EntityType
    name: str
    names: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    n_quotes: int = 0
    n_mentions: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities, `one` the smaller uid, that may be one; `score` is 0 to 1."""

    one: str
    other: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair before it is weighed: places of the shorter and the longer name, and why."""

    short: int
    long: int
    score: float
    reason: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class _Base:
    """All entities in the order of their uids, with the words and the block key of each one's name."""

    entities: Sequence[Named]
    words: Sequence[list[str]]
    keys: Sequence[str]


def find_pairs(entities: Iterable[Named]) -> Iterator[Pair]:
    """Yield the pairs that may be one entity, what is most at stake first.

    First comes the highest score times stake: the quotes of the one with fewer, which a question for the other
    misses. A function of the set of entities.
    """
    base = _read(entities)
    found = [*_find_by_name(base), *_find_printed(base), *_find_two_types(base)]
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for each in _only_clear(base, found):
        places = (min(each.short, each.long), max(each.short, each.long))
        best[places] = max(best.get(places, (0.0, "")), _with_roles(base.entities, each))
    named = base.entities
    stakes = {(n, m): _stake(named[n], named[m]) for n, m in best}
    order = sorted(best, key=lambda places: (-best[places][0] * stakes[places], places))
    return (Pair(named[n].uid, named[m].uid, best[n, m][1], best[n, m][0]) for n, m in order)


def _read(entities: Iterable[Named]) -> _Base:
    named = sorted(entities, key=lambda entity: entity.uid)
    return _Base(
        entities=named,
        words=[entity_key(entity.type, entity.name).split() for entity in named],
        keys=[block_key(entity.type, entity.name) for entity in named],
    )


def _find_by_name(base: _Base) -> Iterator[_Found]:
    named = base.entities
    names = ((entity.type, words) for entity, words in zip(named, base.words, strict=True))
    for n, m in sorted({(min(places), max(places)) for places in find_candidates(names)}):
        likeness = compare_names(named[n].type, named[n].name, named[m].name)
        if likeness and likeness.relation is NameRelation.SAME:
            if _is_told(named[n]) is not _is_told(named[m]):  # two that are told apart are two
                yield _Found(
                    n, m, _ONE_NAME, "one full name, and only one is told by an office", is_short=False
                )
        elif likeness:
            short, long = sorted(
                (n, m), key=lambda place: (len(base.words[place]), len(named[place].name), place)
            )
            relation = likeness.relation
            yield _Found(short, long, likeness.score, relation.value, relation.is_short)


def _is_told(entity: Named) -> bool:
    """Whether something besides its name makes an entity's uid."""
    return entity.uid != entity_uid(entity.type, entity.name)


def _find_printed(base: _Base) -> Iterator[_Found]:
    """Yield entities whose name is a form that articles print for another one (``Jokowi`` for ``Joko Widodo``)."""
    bearers: dict[tuple[EntityType, str], set[int]] = defaultdict(set)
    for n, entity in enumerate(base.entities):
        for name in entity.names:
            bearers[entity.type, block_key(entity.type, name)].add(n)
    for n, entity in enumerate(base.entities):
        for bearer in sorted(bearers.get((entity.type, base.keys[n]), set()) - {n}):
            if base.keys[bearer] != base.keys[n]:
                yield _Found(n, bearer, _PRINTED, "printed as the other's name", is_short=True)


def _find_two_types(base: _Base) -> Iterator[_Found]:
    """Yield an organisation and a place of one name."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, entity in enumerate(base.entities):
        if entity.type is not EntityType.PER:
            by_key[base.keys[n]].append(n)
    for places in by_key.values():
        if len(places) == len({base.entities[n].type for n in places}) == 2:
            yield _Found(places[0], places[1], _TWO_TYPES, "one name, two types", is_short=False)


def _only_clear(base: _Base, found: Iterable[_Found]) -> Iterator[_Found]:
    """Leave out short names that can stand for several; of longer and longer forms of one name, take the nearest."""
    longer: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        if each.is_short:
            longer[each.short].append(each)
        else:
            yield each
    for ways in longer.values():
        words = {way.long: set(base.words[way.long]) for way in ways}
        nearest, *others = sorted(words, key=lambda place: (len(words[place]), place))
        if all(words[nearest] <= words[other] for other in others):
            which = "the nearest of its longer names" if others else "the only such name"
            yield from (replace(way, reason=f"{way.reason}, {which}") for way in ways if way.long == nearest)


def _with_roles(named: Sequence[Named], found: _Found) -> tuple[float, str]:
    """Return score and reason; a role that both have makes the pair likelier."""
    shared = sorted(set(named[found.short].roles) & set(named[found.long].roles))
    if not shared:
        return found.score, found.reason
    return found.score + (1 - found.score) * _SHARED_ROLE, f"{found.reason}; both {', '.join(shared)}"


def _stake(one: Named, other: Named) -> float:
    """Return how much is lost while two entities that are one stay two: a mention counts a tenth of a quote."""
    return 1 + min(one.n_quotes, other.n_quotes) + min(one.n_mentions, other.n_mentions) / 10
