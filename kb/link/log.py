"""Decisions as JSON Lines: what a log is exported and imported as, the same bytes for the same decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from kb.errors import BadDecision
from kb.model import Decision, EntityType, Verb

_FIELDS = frozenset(("uid", "at", "by", "verb", "arguments", "why"))
_ENTITY = frozenset(("uid", "type", "name"))
_NEVER_BLANK = frozenset(("name", "exact", "article"))
_PLACE = {"article": str, "exact": str, "prefix": str | None, "suffix": str | None}
_ARGUMENTS: Mapping[Verb, Mapping[str, Any]] = {
    Verb.MERGE: {"entity": _ENTITY, "into": _ENTITY},
    Verb.APART: {"entity": _ENTITY, "other": _ENTITY},
    Verb.SPLIT: {"entity": _ENTITY, "into": _ENTITY, "articles": list, "is_new": bool, "told_by": str | None},
    Verb.ALIAS: {"entity": _ENTITY, "name": str},
    Verb.RENAME: {"entity": _ENTITY, "name": str},
    Verb.RETYPE: {"entity": _ENTITY, "type": str},
    Verb.REJECT_MENTION: _PLACE,
    Verb.REJECT_QUOTE: {**_PLACE, "hash": str},
    Verb.SET_SPEAKER: {**_PLACE, "hash": str, "speaker": _ENTITY | {None}},
    Verb.UNDO: {"decision": str},
}
"""What each verb is told: Python types, or the fields of an entity (with None: or nobody)."""


def make_decision(
    verb: Verb, arguments: Mapping[str, Any], *, by: str, at: datetime, why: str | None = None
) -> Decision:
    """Return a decision with its uid: 64 bits of a SHA-256 of all that it says.

    Raises BadDecision for arguments that the verb is not told.
    """
    try:
        _check(verb, arguments)
        return _seal(verb, arguments, by=by, at=at, why=why)
    except ValueError as error:
        raise BadDecision(str(verb), f"cannot be decided so ({error})", f"kb curate {verb} --help") from error


def line_of(decision: Decision) -> str:
    """Return a decision as one line of a log, without the line's end."""
    content = _content(decision.verb, decision.arguments, by=decision.by, at=decision.at, why=decision.why)
    return _dumps({"uid": decision.uid, **content})


def parse_line(line: str, subject: str) -> Decision:
    """Return the decision of one line; `subject` says in an error where it stands.

    Raises BadDecision for what is no decision, and where the uid is not that of what is said.
    """
    try:
        record = json.loads(line)
        verb, at = Verb(record["verb"]), datetime.fromisoformat(record["at"])
        arguments, by, why = record["arguments"], record["by"], record["why"]
        _check(verb, arguments)
        if at.utcoffset() is None or not (isinstance(by, str) and isinstance(why, str | None)):
            raise ValueError("at needs a zone, by and why are texts")
        if record.keys() != _FIELDS:
            raise ValueError(f"it has {', '.join(sorted(_FIELDS))}")
        decision = _seal(verb, arguments, by=by, at=at, why=why)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BadDecision(
            subject, f"is no decision ({error})", "import what kb curate export wrote"
        ) from error
    if decision.uid != record["uid"]:
        raise BadDecision(
            subject, "was changed: its uid is not that of what it says", "import it as exported"
        )
    return decision


def leave_out_article(decisions: Iterable[Decision], ref: str) -> dict[str, Decision | None]:
    """Return what becomes of the decisions that name an article when it is to be named no more, by their uids.

    None: nothing of it is left, since it was about that article alone. What undoes a changed one is changed with it.
    """
    changed: dict[str, Decision | None] = {}
    for one in sorted(decisions, key=lambda decision: (decision.at, decision.uid)):
        arguments = _without(one, ref, changed)
        if arguments is None:
            changed[one.uid] = None
        elif arguments != one.arguments:
            changed[one.uid] = _seal(one.verb, arguments, by=one.by, at=one.at, why=one.why)
    return changed


def _without(one: Decision, ref: str, changed: Mapping[str, Decision | None]) -> Mapping[str, Any] | None:
    arguments = one.arguments
    if one.verb is Verb.UNDO and arguments["decision"] in changed:
        undone = changed[arguments["decision"]]
        return None if undone is None else {"decision": undone.uid}
    if one.verb is Verb.SPLIT and ref in arguments["articles"]:
        others = [article for article in arguments["articles"] if article != ref]
        told_by = None if arguments["told_by"] == ref else arguments["told_by"]
        return {**arguments, "articles": others, "told_by": told_by} if others else None
    return None if arguments.get("article") == ref else arguments


def _seal(verb: Verb, arguments: Mapping[str, Any], *, by: str, at: datetime, why: str | None) -> Decision:
    content = _content(verb, arguments, by=by, at=at, why=why)
    uid = hashlib.sha256(_dumps(content).encode()).hexdigest()[:16]
    return Decision(uid, verb, arguments, by, at.astimezone(UTC), why)


def _check(verb: Verb, arguments: Any) -> None:
    wanted = _ARGUMENTS[verb]
    if not isinstance(arguments, dict) or arguments.keys() != wanted.keys():
        raise ValueError(f"{verb} is told {', '.join(wanted)}")
    for name, value in arguments.items():
        if isinstance(wanted[name], frozenset):
            _check_entity(name, value, wanted[name])
        elif not isinstance(value, wanted[name]) or (name in _NEVER_BLANK and not value.strip()):
            raise ValueError(f"{name} is {value!r}")
    if verb is Verb.RETYPE:
        EntityType(arguments["type"])
    articles = arguments.get("articles", [""])
    if not articles or not all(isinstance(ref, str) for ref in articles):
        raise ValueError("articles are ids, one at least")


def _check_entity(name: str, value: Any, wanted: frozenset[str | None]) -> None:
    if value is None and None in wanted:
        return
    if (
        not isinstance(value, dict)
        or value.keys() != _ENTITY
        or not all(isinstance(v, str) for v in value.values())
    ):
        raise ValueError(f"{name} is no entity")
    EntityType(value["type"])


def _content(
    verb: Verb, arguments: Mapping[str, Any], *, by: str, at: datetime, why: str | None
) -> dict[str, Any]:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"at": moment, "by": by, "verb": str(verb), "arguments": dict(arguments), "why": why}


def _dumps(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
