"""The log of decisions: added to, read, never changed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from kb.model import Decision, Verb
from kb.store.tables import decision
from kb.store.touched import chunks


def load_decisions(connection: Connection) -> list[Decision]:
    """Return all decisions in the order in which they apply."""
    d = decision.c
    rows = connection.execute(
        select(d.uid, d.verb, d.arguments, d.decided_by, d.decided_at, d.why).order_by(d.decided_at, d.uid)
    )
    return [Decision(uid, Verb(verb), arguments, by, at, why) for uid, verb, arguments, by, at, why in rows]


def add_decisions(connection: Connection, decisions: Iterable[Decision]) -> int:
    """Add those that the log does not have yet; return how many."""
    wanted = {one.uid: one for one in decisions}
    known = {
        uid
        for part in chunks(sorted(wanted))
        for uid in connection.scalars(select(decision.c.uid).where(decision.c.uid.in_(part)))
    }
    rows = [_row(one) for uid, one in wanted.items() if uid not in known]
    if rows:
        connection.execute(insert(decision), rows)
    return len(rows)


def _row(one: Decision) -> dict[str, object]:
    return {
        "uid": one.uid,
        "verb": one.verb,
        "arguments": dict(one.arguments),
        "decided_by": one.by,
        "decided_at": one.at,
        "why": one.why,
    }
