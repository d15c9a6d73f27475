"""The life of a decision: made, applied at once, applied again after every run, undone, taken to another base.

Whatever is decided is tried on the base first, in the transaction that adds it to the log: what contradicts an
earlier decision or finds nothing is refused with nothing written. An imported log is taken as it is, and what of
it does not fit here is shown as ``conflict`` or ``orphaned``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kb.errors import BadDecision
from kb.link import Rulings, judge, line_of, make_decision, parse_line, read_rulings
from kb.linking import relink
from kb.model import Decision, Verb
from kb.store.decisions import add_decisions, load_decisions
from kb.store.judgements import load_texts
from kb.store.links import find_moved, uids_present

if TYPE_CHECKING:
    from sqlalchemy import Connection


class State(StrEnum):
    """What has become of a decision in a base."""

    APPLIED = "applied"
    UNDONE = "undone"
    CONFLICT = "conflict"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class LogRow:
    """A decision and its state; `because` is the decision that undid or contradicts it."""

    decision: Decision
    state: State
    because: str | None = None


def decide(
    connection: Connection, verb: Verb, arguments: Mapping[str, Any], *, by: str, why: str | None = None
) -> Decision:
    """Add a decision to the log and apply it; the caller commits, or does not.

    Raises BadDecision if it contradicts an earlier one, or finds nothing to apply to.
    """
    earlier = load_decisions(connection)
    decision = make_decision(verb, arguments, by=by, at=_now(earlier), why=why)
    if verb is Verb.UNDO:
        _check_undo(earlier, decision)
    uids = list(_uids_of(decision))
    if len(set(uids)) < len(uids):
        raise BadDecision(str(verb), "the two are one already")
    add_decisions(connection, [decision])
    after = relink(connection, before=read_rulings(earlier))
    row = next(row for row in _states([*earlier, decision], after, connection) if row.decision == decision)
    if row.state is State.CONFLICT:
        mend = f"kb curate undo {row.because} first" if row.because != decision.uid else None
        raise BadDecision(str(verb), _said_by(row.because, earlier), mend)
    if row.state is State.ORPHANED:
        raise BadDecision(str(verb), "there is nothing in this base that it is about")
    return decision


def import_decisions(connection: Connection, lines: Iterable[str], *, subject: str) -> int:
    """Add the decisions of a log that this base does not have and apply all; return how many were new.

    Raises BadDecision, with nothing added, at the first line that is none.
    """
    decisions = [parse_line(line, f"{subject}:{n}") for n, line in enumerate(lines, start=1) if line.strip()]
    before = read_rulings(load_decisions(connection))
    n_new = add_decisions(connection, decisions)
    relink(connection, before=before)
    return n_new


def export_decisions(connection: Connection) -> Iterator[str]:
    """Yield the log, a line a decision in the order in which they apply: the same lines in every base that has it."""
    return map(line_of, load_decisions(connection))


def find_states(connection: Connection) -> list[LogRow]:
    """Return all decisions with what has become of them, in the order in which they apply."""
    decisions = load_decisions(connection)
    return list(_states(decisions, read_rulings(decisions), connection))


def count_waiting(connection: Connection) -> int:
    """Return how many decisions stand but find nothing, or contradict one that stands."""
    waiting = (State.ORPHANED, State.CONFLICT)
    return sum(row.state in waiting for row in find_states(connection))


def _states(decisions: list[Decision], rulings: Rulings, connection: Connection) -> Iterator[LogRow]:
    found, contradicted = _find_places(rulings, connection)
    named = {uid for decision in decisions for uid in _uids_of(decision)}
    present = uids_present(connection, {*named, *rulings.merged.values()})
    moved = find_moved(connection, {split.decision: (split.into, split.articles) for split in rulings.splits})
    conflicts = {**rulings.conflicts, **contradicted}
    for decision in decisions:
        if by := rulings.undone.get(decision.uid):
            yield LogRow(decision, State.UNDONE, by)
        elif by := conflicts.get(decision.uid):
            yield LogRow(decision, State.CONFLICT, by)
        elif decision.verb is Verb.SPLIT:
            yield LogRow(decision, State.APPLIED if decision.uid in moved else State.ORPHANED)
        elif decision.verb is Verb.UNDO:
            known = any(other.uid == decision.arguments["decision"] for other in decisions)
            yield LogRow(decision, State.APPLIED if known else State.ORPHANED)
        else:
            stands = _is_there(decision, rulings, present) and (
                "article" not in decision.arguments or decision.uid in found
            )
            yield LogRow(decision, State.APPLIED if stands else State.ORPHANED)


def _is_there(decision: Decision, rulings: Rulings, present: set[str]) -> bool:
    """Whether the base has all entities that a decision needs; of a merged one, the one that it stands for."""
    uids = list(_uids_of(decision))
    if decision.verb is Verb.MERGE:
        return uids[0] in present and rulings.merged.get(uids[1], uids[1]) in present
    return all(rulings.merged.get(uid, uid) in present or uid in present for uid in uids)


def _uids_of(decision: Decision) -> Iterator[str]:
    for name in ("entity", "into", "other", "speaker"):
        argument = decision.arguments.get(name)
        if isinstance(argument, Mapping):
            yield argument["uid"]


def _find_places(rulings: Rulings, connection: Connection) -> tuple[set[str], dict[str, str]]:
    """Return which decisions about places in texts found theirs, and which an earlier one contradicts."""
    found: set[str] = set()
    conflicts: dict[str, str] = {}
    for text in load_texts(connection, {decision.arguments["article"] for decision in rulings.texts}):
        judged = judge(text, rulings.texts)
        found |= judged.found
        conflicts |= judged.conflicts
    return found, conflicts


def _check_undo(earlier: list[Decision], undo: Decision) -> None:
    target = undo.arguments["decision"]
    rulings = read_rulings(earlier)
    if target not in {decision.uid for decision in earlier}:
        raise BadDecision(target, "there is no such decision", "kb curate log lists them")
    if by := rulings.undone.get(target):
        raise BadDecision(target, f"was undone already, by {by}")


def _said_by(uid: str | None, decisions: list[Decision]) -> str:
    earlier = next((decision for decision in decisions if decision.uid == uid), None)
    if earlier is None:
        return "it contradicts itself or what kb knows"
    return f"contradicts {earlier.verb} {earlier.uid} of {earlier.by}, {earlier.at:%Y-%m-%d}"


def _now(earlier: list[Decision]) -> datetime:
    """Return the time of a new decision: later than all that it may build on, whatever the clock says."""
    now = datetime.now(UTC)
    return max(now, earlier[-1].at + timedelta(microseconds=1)) if earlier else now
