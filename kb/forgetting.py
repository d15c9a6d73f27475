"""Forget an article for good, in one transaction: what was read, what was derived from it, what was decided about it.

    retire -> take it out of the log -> relink -> erase -> tombstones        then sweep the files

What is left is a base that never had it, and the hashes that keep it from coming in again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFound
from kb.ingest import canonical_url
from kb.link import leave_out_article, read_rulings
from kb.linking import relink
from kb.model import Decision
from kb.store.database import writing
from kb.store.decisions import load_decisions
from kb.store.forget import (
    bury,
    erase,
    find_tombstone,
    overwrite_deleted,
    replace_decisions,
    retire,
    sweep,
    tombstone_keys,
)
from kb.store.links import uids_present
from kb.store.lock import holding_lock
from kb.store.traces import Traces, load_traces

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What went with an article: `n_decisions` were about it alone, `n_changed` named it among others.

    `naming` are the decisions (uids) that stay and name somebody whom no article names any more, `sharing` the
    articles that print a text of its too: there it stands still.
    """

    article: str
    n_decisions: int
    n_changed: int
    naming: tuple[str, ...]
    sharing: tuple[str, ...]


def forget(engine: Engine, ref: str, *, by: str, why: str | None) -> Forgetting:
    """Erase the article of this very id and leave tombstones; return what went.

    Raises NotFound if there is none. If it was forgotten before, the files are swept again all the same: that may
    have been cut off. Raises AnotherRun if a run is at work, DatabaseProblem if the files cannot be swept.
    """
    with holding_lock(engine):
        with writing(engine) as connection:
            traces = load_traces(connection, ref, canonical_url)
            if traces is None and not is_forgotten(connection, ref):
                raise NotFound(ref, "no article of that id", "`kb articles` lists them")
            gone = None if traces is None else _forget(connection, traces, by=by, why=why)
        sweep(engine)
    if gone is None:
        raise NotFound(ref, "was forgotten already")
    return gone


def is_forgotten(connection: Connection, ref: str) -> bool:
    """Whether an article of this id was forgotten."""
    return find_tombstone(connection, tombstone_keys(ref=ref, urls=(), body=None, raw_sha256s=()))


def _forget(connection: Connection, traces: Traces, *, by: str, why: str | None) -> Forgetting:
    overwrite_deleted(connection)
    decisions = load_decisions(connection)
    named = uids_present(connection, {uid for one in decisions for uid in _uids_of(one)})
    changed = leave_out_article(decisions, traces.ref)
    retire(connection, traces)
    replace_decisions(connection, changed.keys(), _kept(changed))
    relink(connection, before=read_rulings(decisions))
    erase(connection, traces)
    bury(connection, traces, by=by, why=why)
    unnamed = named - uids_present(connection, named)
    naming = (one.uid for one in load_decisions(connection) if not unnamed.isdisjoint(_uids_of(one)))
    n_changed = len(_kept(changed))
    return Forgetting(traces.ref, len(changed) - n_changed, n_changed, tuple(naming), traces.sharing)


def _uids_of(decision: Decision) -> Iterator[str]:
    """Yield the entities that a decision is about."""
    return (one["uid"] for one in decision.arguments.values() if isinstance(one, Mapping))


def _kept(changed: Mapping[str, Decision | None]) -> list[Decision]:
    return [decision for decision in changed.values() if decision is not None]
