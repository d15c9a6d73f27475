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
from kb.names import NameRelation, block_key, compare_names, entity_key

_PRINTED, _TWO_TYPES = 0.7, 0.5
"""Scores of a name that an article prints for somebody else, and of a name that a place and a body share."""
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


def find_pairs(entities: Iterable[Named]) -> Iterator[Pair]:
    """Yield the pairs that may be one entity, what is most at stake first.

    First comes the highest score times stake: the quotes of the one with fewer, which a question for the other
    misses. A function of the set of entities.
    """
    named = sorted(entities, key=lambda entity: entity.uid)
    found = [*_find_by_name(named), *_find_printed(named), *_find_two_types(named)]
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for each in _only_clear(named, found):
        places = (min(each.short, each.long), max(each.short, each.long))
        best[places] = max(best.get(places, (0.0, "")), _with_roles(named, each))
    stakes = {(n, m): _stake(named[n], named[m]) for n, m in best}
    order = sorted(best, key=lambda places: (-best[places][0] * stakes[places], places))
    return (Pair(named[n].uid, named[m].uid, best[n, m][1], best[n, m][0]) for n, m in order)


def _find_by_name(named: Sequence[Named]) -> Iterator[_Found]:
    seen = {(min(pair), max(pair)) for pair in find_candidates([(e.type, e.name) for e in named])}
    for n, m in sorted(seen):
        likeness = compare_names(named[n].type, named[n].name, named[m].name)
        if likeness and likeness.relation is not NameRelation.SAME:  # one key, two uids: a person parted them
            short, long = sorted((n, m), key=lambda place: (_length(named[place]), place))
            relation = likeness.relation
            yield _Found(short, long, likeness.score, relation, relation.is_short)


def _words(entity: Named) -> list[str]:
    return entity_key(entity.type, entity.name).split()


def _length(entity: Named) -> tuple[int, int]:
    words = _words(entity)
    return len(words), sum(map(len, words))


def _find_printed(named: Sequence[Named]) -> Iterator[_Found]:
    """Yield entities whose name is a form that articles print for another one (``Jokowi`` for ``Joko Widodo``)."""
    bearers: dict[tuple[EntityType, str], set[int]] = defaultdict(set)
    for n, entity in enumerate(named):
        for name in entity.names:
            bearers[entity.type, block_key(entity.type, name)].add(n)
    for n, entity in enumerate(named):
        key = block_key(entity.type, entity.name)
        for bearer in sorted(bearers.get((entity.type, key), set()) - {n}):
            if block_key(entity.type, named[bearer].name) != key:
                yield _Found(n, bearer, _PRINTED, "printed as the other's name", is_short=True)


def _find_two_types(named: Sequence[Named]) -> Iterator[_Found]:
    """Yield organisations and places of one name."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, entity in enumerate(named):
        if entity.type is not EntityType.PER:
            by_key[block_key(entity.type, entity.name)].append(n)
    for places in by_key.values():
        bodies = [n for n in places if named[n].type is EntityType.ORG]
        if len(bodies) == 1 and len(places) == 2:
            short, long = places
            yield _Found(short, long, _TWO_TYPES, "one name, two types", is_short=False)


def _only_clear(named: Sequence[Named], found: Iterable[_Found]) -> Iterator[_Found]:
    """Leave out short names that can stand for several; of longer and longer forms of one name, take the nearest."""
    longer: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        if each.is_short:
            longer[each.short].append(each)
        else:
            yield each
    for ways in longer.values():
        words = {each.long: set(_words(named[each.long])) for each in ways}
        nearest, *others = sorted(words, key=lambda place: (len(words[place]), place))
        if all(words[nearest] <= words[other] for other in others):
            which = "the nearest of its longer names" if others else "the only such name"
            yield from (replace(w, reason=f"{w.reason}, {which}") for w in ways if w.long == nearest)


def _with_roles(named: Sequence[Named], found: _Found) -> tuple[float, str]:
    """Return score and reason; a role that both have makes the pair likelier."""
    shared = sorted(set(named[found.short].roles) & set(named[found.long].roles))
    if not shared:
        return found.score, found.reason
    return found.score + (1 - found.score) * _SHARED_ROLE, f"{found.reason}; both {', '.join(shared)}"


def _stake(one: Named, other: Named) -> float:
    """Return how much is lost while two entities that are one stay two: a mention counts a tenth of a quote."""
    return 1 + min(one.n_quotes, other.n_quotes) + min(one.n_mentions, other.n_mentions) / 10
