"""What a log of decisions comes to: who is merged into whom, split, renamed, and which decisions stand.

A pure function of the *set* of decisions: they apply in the order of their times (then of their uids), whoever
imported them when. The first of two that contradict each other stands, the second is a conflict until one of them
is undone. Whether a decision finds what it is about in a base is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kb.link.merges import Merges
from kb.model import Decision, EntityType, Verb
from kb.names import block_key, entity_uid

Name = tuple[EntityType, str]
"""A type and a block key."""

TEXT_VERBS = frozenset((Verb.REJECT_MENTION, Verb.REJECT_QUOTE, Verb.SET_SPEAKER))
"""Verbs about a place in a text: what they come to is found in the text, see `kb.link.judgements`."""


@dataclass(frozen=True, slots=True)
class Split:
    """The entities of these `articles` that would be one of `of` (uids) are `into`."""

    decision: str
    of: frozenset[str]
    articles: frozenset[str]
    into: str


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as it was called when it was decided on."""

    type: EntityType
    name: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What stands of a log; uids throughout.

    `merged` leads to an entity that is merged into none; `apart` holds pairs; `names` and `types` are what people
    call an entity; `created` those that a split made, with what tells them apart; `texts` the decisions about
    places in texts, in order. `undone` and `conflicts` name, for a decision that does not stand, the other one.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    aliases: Mapping[Name, str] = field(default_factory=dict)
    alias_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, EntityType] = field(default_factory=dict)
    created: Mapping[str, str | None] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    texts: tuple[Decision, ...] = ()
    undone: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)


NO_RULINGS = Rulings()


def read_rulings(decisions: Iterable[Decision]) -> Rulings:
    """Return what `decisions` come to."""
    once = {decision.uid: decision for decision in decisions}.values()
    log = sorted(once, key=lambda decision: (decision.at, decision.uid))
    undone = _find_undone(log)
    state = _State()
    for decision in log:
        if decision.verb is not Verb.UNDO and decision.uid not in undone:
            state.read(decision)
    return state.rulings(undone)


def _find_undone(log: list[Decision]) -> dict[str, str]:
    """Return the decisions that are undone, each with the decision that undoes it; an undo can be undone too."""
    by_target: dict[str, list[str]] = {}
    for decision in log:
        if decision.verb is Verb.UNDO:
            by_target.setdefault(decision.arguments["decision"], []).append(decision.uid)
    undone: dict[str, str] = {}
    stands: dict[str, bool] = {}

    def is_standing(uid: str) -> bool:
        if uid not in stands:
            by = next((undo for undo in by_target.get(uid, ()) if is_standing(undo)), None)
            stands[uid] = by is None
            if by is not None:
                undone[uid] = by
        return stands[uid]

    for decision in log:
        is_standing(decision.uid)
    return undone


class _State:
    """Rulings in the making, one decision after the other."""

    def __init__(self) -> None:
        self.merges = Merges()
        self.apart: set[frozenset[str]] = set()
        self.aliases: dict[Name, tuple[str, str]] = {}
        self.alias_names: dict[str, set[str]] = {}
        self.taken: dict[str, tuple[str, str]] = {}  # whose own name means another one, by which decision
        self.splits: list[Split] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.types: dict[str, tuple[EntityType, str]] = {}
        self.created: dict[str, str | None] = {}
        self.known: dict[str, Known] = {}
        self.texts: list[Decision] = []
        self.conflicts: dict[str, str] = {}

    def read(self, decision: Decision) -> None:
        """Take a decision in, or note which earlier one it contradicts."""
        for argument in decision.arguments.values():
            if isinstance(argument, Mapping) and "uid" in argument:
                self.known.setdefault(
                    argument["uid"], Known(EntityType(argument["type"]), str(argument["name"]))
                )
        if decision.verb in TEXT_VERBS:
            self.texts.append(decision)
            return
        contradicted = {
            Verb.MERGE: self._merge,
            Verb.APART: self._keep_apart,
            Verb.SPLIT: self._split,
            Verb.ALIAS: self._add_alias,
            Verb.RENAME: self._rename,
            Verb.RETYPE: self._retype,
        }[decision.verb](decision.uid, decision.arguments)
        if contradicted is not None:
            self.conflicts[decision.uid] = contradicted

    def rulings(self, undone: Mapping[str, str]) -> Rulings:
        """Return what was read."""
        return Rulings(
            merged={uid: self.merges.root(uid) for uid in self.merges.parent},
            apart=frozenset(self.apart),
            aliases={name: uid for name, (uid, _) in self.aliases.items()},
            alias_names={uid: frozenset(names) for uid, names in self.alias_names.items()},
            splits=tuple(self.splits),
            names={uid: name for uid, (name, _) in self.names.items()},
            types={uid: of_type for uid, (of_type, _) in self.types.items()},
            created=dict(self.created),
            known=MappingProxyType(self.known),
            texts=tuple(self.texts),
            undone=undone,
            conflicts=self.conflicts,
        )

    def _type(self, uid: str) -> EntityType:
        return self.types[uid][0] if uid in self.types else self.known[uid].type

    def _merge(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        one, into = arguments["entity"]["uid"], arguments["into"]["uid"]
        if self.merges.are_one(one, into):
            return None
        if by := self.merges.merged_by(one):
            return by
        root = self.merges.root(into)
        if (self._type(one) is EntityType.PER) is not (self._type(root) is EntityType.PER):
            return self._typed_by(one, root) or decision
        if one in self.taken and not self.merges.are_one(self.taken[one][0], into):
            return self.taken[one][1]
        if by := self.merges.parted_by(one, into):
            return by
        self.merges.join(one, into, decision)
        return None

    def _typed_by(self, *uids: str) -> str | None:
        return next((self.types[uid][1] for uid in uids if uid in self.types), None)

    def _keep_apart(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        one, other = arguments["entity"]["uid"], arguments["other"]["uid"]
        if self.merges.are_one(one, other):
            return self.merges.joined_by(one, other) or decision
        if by := self._taken_by(one, other) or self._taken_by(other, one):
            return by
        self.apart.add(frozenset((one, other)))
        self.merges.part(one, [other], decision)
        return None

    def _split(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        into, articles = arguments["into"]["uid"], frozenset(arguments["articles"])
        one = arguments["entity"]["uid"]
        members = self.merges.members(one)
        if into in members:
            return self.merges.joined_by(one, into) or decision
        if by := self._taken_by(one, into):
            return by
        for earlier in self.splits:
            elsewhere = earlier.of & members and not self.merges.are_one(earlier.into, into)
            back = earlier.of & self.merges.members(into) and earlier.into in members
            if earlier.articles & articles and (elsewhere or back):
                return earlier.decision
        self.splits.append(Split(decision, members, articles, into))
        self.merges.part(into, members, decision)
        if arguments.get("is_new"):
            self.created[into] = arguments.get("told_by")
        return None

    def _taken_by(self, one: str, other: str) -> str | None:
        """Return the decision that an entity's own name means another one."""
        uid, by = self.taken.get(one, (None, None))
        return by if uid and self.merges.are_one(uid, other) else None

    def _add_alias(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        uid, name = arguments["entity"]["uid"], arguments["name"]
        of_type = self._type(uid)
        key = (of_type, block_key(of_type, name))
        if key in self.aliases and not self.merges.are_one(self.aliases[key][0], uid):
            return self.aliases[key][1]
        named = entity_uid(of_type, name)
        if not self.merges.are_one(named, uid):
            if contradicted := self.merges.parted_by(named, uid) or self.merges.merged_by(named):
                return contradicted
            self.taken.setdefault(named, (uid, decision))
        self.aliases.setdefault(key, (uid, decision))
        self.alias_names.setdefault(uid, set()).add(name)
        return None

    def _rename(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        name, by = self.names.setdefault(
            self.merges.root(arguments["entity"]["uid"]), (arguments["name"], decision)
        )
        return None if name == arguments["name"] else by

    def _retype(self, decision: str, arguments: Mapping[str, Any]) -> str | None:
        wanted = EntityType(arguments["type"])
        of_type, by = self.types.setdefault(self.merges.root(arguments["entity"]["uid"]), (wanted, decision))
        return None if of_type is wanted else by
