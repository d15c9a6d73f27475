"""Which quotes of different articles are the same statement: reprinted, trimmed, or put in other words.

A pure function of the *set* of statements: neither order nor increments matter. Only statements that share a bucket
(`kb.link.sketches`) are compared. In the order of their days and then of their keys, each statement that no cluster
has yet begins one and takes those that are the same as itself, so that chains do not drift. What new statements can
change is what `grow` reaches from them.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kb.link.relations import MAX_DAYS, Relation, Statement, choose_relation
from kb.link.sketches import sketch


@dataclass(frozen=True, slots=True)
class Member:
    """A statement of a cluster: `statement` is its id, `relation` what it is to the cluster's first."""

    statement: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two or more reports of one statement, the first of them first.

    `uid` is made of the first one's key and content: the same in every base that has the same articles.
    """

    uid: str
    members: tuple[Member, ...]


def cluster_statements(statements: Iterable[Statement]) -> tuple[Cluster, ...]:
    """Return the clusters of two or more among `statements`, in the order of their first members."""
    groups = _group(statements)
    related = _find_related(groups)
    taken: set[int] = set()
    clusters = []
    for i, group in enumerate(groups):
        if i in taken:
            continue
        others = {j: relation for j, relation in related[i].items() if j not in taken}
        taken.update(others)
        if cluster := _make_cluster(group, [(groups[j], others[j]) for j in sorted(others)]):
            clusters.append(cluster)
    return tuple(clusters)


def grow(
    start: Iterable[Statement], mates_of: Callable[[Sequence[Statement]], Iterable[Statement]]
) -> list[Statement]:
    """Return `start` and all statements that are reached from it over pairs of one bucket that are the same.

    `mates_of` gives at least the statements that share a bucket with one of those given and, where both have a day,
    stand at most `MAX_DAYS` from it; it is asked once a round, about the statements found last.
    """
    found = dict.fromkeys(start)
    fresh = list(found)
    while fresh:
        mates = dict.fromkeys(mate for mate in mates_of(fresh) if mate not in found)
        fresh = list(_reached(mates, fresh))
        found.update(dict.fromkeys(fresh))
    return sorted(found, key=_place)


def _reached(mates: Iterable[Statement], fresh: Iterable[Statement]) -> Iterator[Statement]:
    by_bucket: dict[int, dict[Statement, None]] = defaultdict(dict)
    for group in _group(fresh):
        for bucket in sketch(group[0].folded):
            by_bucket[bucket][group[0]] = None
    for group in _group(mates):
        near = {one: None for bucket in sketch(group[0].folded) for one in by_bucket.get(bucket, ())}
        if any(choose_relation(group[0], one) for one in near):
            yield from group


_Group = Sequence[Statement]
"""Statements that nothing but key, id and kind tells apart, in order: they have the same relations to all others."""


def _group(statements: Iterable[Statement]) -> list[_Group]:
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in sorted(set(statements), key=_place):
        groups[statement.folded, statement.speaker, statement.on].append(statement)
    return list(groups.values())


def _place(statement: Statement) -> tuple[date, str, str, str]:
    """Where a statement stands in the order that all decisions are made in; those without a day stand last."""
    return statement.on or date.max, statement.key, statement.folded, statement.speaker or ""


def _find_related(groups: Sequence[_Group]) -> list[dict[int, Relation]]:
    """Return the later groups that each group is related to."""
    buckets: dict[int, list[int]] = defaultdict(list)
    sketches = [sketch(group[0].folded) for group in groups]
    for i, numbers in enumerate(sketches):
        for number in numbers:
            buckets[number].append(i)
    days = [group[0].on or date.max for group in groups]
    undated = bisect_left(days, date.max)
    related = []
    for i, numbers in enumerate(sketches):
        end = bisect_right(days, days[i] + timedelta(MAX_DAYS), hi=undated) if i < undated else i + 1
        later = {j for number in numbers for j in _between(buckets[number], i + 1, end)}
        later |= {
            j for number in numbers for j in _between(buckets[number], max(undated, i + 1), len(groups))
        }
        chosen = {j: choose_relation(groups[i][0], groups[j][0]) for j in later}
        related.append({j: relation for j, relation in chosen.items() if relation})
    return related


def _between(places: list[int], start: int, end: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]


def _make_cluster(group: _Group, others: Sequence[tuple[_Group, Relation]]) -> Cluster | None:
    first, *same = group
    members = [Member(first.id, Relation.FIRST)]
    if same and choose_relation(first, same[0]):
        members += [Member(one.id, Relation.REPRINT) for one in same]
    members += [Member(one.id, relation) for other, relation in others for one in other]
    return Cluster(_uid(first), tuple(members)) if len(members) > 1 else None


def _uid(first: Statement) -> str:
    """Return 64 bits of a SHA-256, as for entities."""
    return hashlib.sha256(f"{first.key}\n{first.folded}".encode()).hexdigest()[:16]
