"""Who is one with whom and who is two, as one decision after the other says; each answer names its decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Merges:
    """Entities (uids) that are merged into others, in trees, and pairs that are not to come into one tree."""

    def __init__(self) -> None:
        self.parent: dict[str, tuple[str, str]] = {}  # what an entity is merged into, by which decision
        self._members: dict[str, frozenset[str]] = {}  # all of a tree, by its root
        self._parted: defaultdict[str, dict[str, str]] = defaultdict(dict)  # pairs, by which decision

    def root(self, uid: str) -> str:
        """Return the entity that one is in the end; itself if it is merged into none."""
        return self._way(uid)[-1]

    def members(self, uid: str) -> frozenset[str]:
        """Return all that is merged with an entity, itself among them."""
        root = self.root(uid)
        return self._members.get(root, frozenset((root,)))

    def are_one(self, one: str, other: str) -> bool:
        """Whether two entities are one, be it by way of others."""
        return self.root(one) == self.root(other)

    def merged_by(self, uid: str) -> str | None:
        """Return the decision that merged an entity into another one; None if it is merged into none."""
        return self.parent[uid][1] if uid in self.parent else None

    def join(self, one: str, into: str, decision: str) -> None:
        """Merge an entity, which is merged into none, into another one that it is not one with."""
        self._members[self.root(into)] = self.members(one) | self.members(into)
        self.parent[one] = (into, decision)

    def part(self, one: str, others: Iterable[str], decision: str) -> None:
        """Note that an entity is none of others; the first decision that says so is kept."""
        for other in others:
            self._parted[one].setdefault(other, decision)
            self._parted[other].setdefault(one, decision)

    def joined_by(self, one: str, other: str) -> str | None:
        """Return a merge without which two that are one would be two; None for one and the same uid."""
        ways = self._way(one), self._way(other)
        between = set(ways[0]) ^ set(ways[1])
        return next((self.parent[uid][1] for way in ways for uid in way if uid in between), None)

    def parted_by(self, one: str, other: str) -> str | None:
        """Return a decision that keeps two that are not one, or what is merged with them, from being one."""
        ours, theirs = self.members(one), self.members(other)
        pairs = ((uid, foe) for uid in sorted(ours) for foe in self._parted[uid] if foe in theirs)
        return next((self._parted[uid][foe] for uid, foe in pairs), None)

    def _way(self, uid: str) -> list[str]:
        """Return an entity, what it is merged into, and so on to the root."""
        way = [uid]
        while way[-1] in self.parent:
            way.append(self.parent[way[-1]][0])
        return way
