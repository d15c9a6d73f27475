"""Logs made by hand: entities of invented names, and one decision after the other, a minute apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kb.link import make_decision
from kb.model import Decision, EntityType, Verb
from kb.names import entity_uid

PER, ORG, LOC = EntityType.PER, EntityType.ORG, EntityType.LOC

Known = Mapping[str, str]


def entity(name: str, of_type: EntityType = PER, told_by: str | None = None) -> Known:
    """Return an entity as decisions name it."""
    return {"uid": entity_uid(of_type, name, told_by), "type": str(of_type), "name": name}


A, B, C = entity("Budi Santoso"), entity("Budi Susanto"), entity("Budi Sentosa")
O, L = entity("Rantau", ORG), entity("Rantau", LOC)  # noqa: E741  # an organisation and a place


@dataclass(frozen=True)
class Step:
    """A decision before it has a time; the `decision` of an undo is a place in the log."""

    verb: Verb
    arguments: Mapping[str, Any]


def merge(one: Known, into: Known) -> Step:
    return Step(Verb.MERGE, {"entity": one, "into": into})


def apart(one: Known, other: Known) -> Step:
    return Step(Verb.APART, {"entity": one, "other": other})


def split(one: Known, into: Known, *articles: str, told_by: str | None = None) -> Step:
    of = {"entity": one, "into": into, "articles": list(articles or ("k1",))}
    return Step(Verb.SPLIT, of | {"is_new": told_by is not None, "told_by": told_by})


def alias(one: Known, name: str) -> Step:
    return Step(Verb.ALIAS, {"entity": one, "name": name})


def rename(one: Known, name: str) -> Step:
    return Step(Verb.RENAME, {"entity": one, "name": name})


def retype(one: Known, of_type: EntityType) -> Step:
    return Step(Verb.RETYPE, {"entity": one, "type": str(of_type)})


def undo(place: int) -> Step:
    return Step(Verb.UNDO, {"decision": place})


def decide(step: Step, minute: int = 0, *, by: str = "ratna") -> Decision:
    """Return the decision that somebody makes this many minutes after midnight."""
    at = datetime(2024, 6, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return make_decision(step.verb, step.arguments, by=by, at=at)


def make_log(*steps: Step) -> list[Decision]:
    """Return the decisions of a log, each made a minute after the one before."""
    log: list[Decision] = []
    for minute, step in enumerate(steps):
        target = step.arguments["decision"] if step.verb is Verb.UNDO else None
        made = step if target is None else Step(step.verb, {"decision": log[target].uid})
        log.append(decide(made, minute))
    return log
