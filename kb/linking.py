"""The stages that need to see many articles: who is who, what people decided about it, which quotes are the same.

    changed blocks, seeds, decisions -> link -> entities, links
    decisions about places in texts  -> judge -> judgements of quotes and mentions
    changed texts                    -> cluster -> quote clusters
    all that changed                 -> report  -> what questions read first: reports, counts

Each is made again only for what changed since it last ran (`kb.store.touched`), in one transaction of the caller.
What comes out is a function of the articles, the seeds and the decisions, whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.fingerprint import hash_code
from kb.link import (
    Knowledge,
    Rulings,
    Statement,
    cluster_statements,
    gather,
    grow,
    judge,
    link_entities,
    read_rulings,
    sketch,
)
from kb.link.entities import OTHER_TYPE
from kb.link.rulings import Name
from kb.model import Entity, EntityType, Seed
from kb.names import NameRelation, compare_names, fold
from kb.store.clusters import (
    StoredQuote,
    as_key,
    load_mates,
    load_members,
    load_quotes,
    load_quotes_of,
    save_buckets,
    save_clusters,
)
from kb.store.decisions import load_decisions
from kb.store.judgements import articles_to_judge, load_texts, save_judgements
from kb.store.links import ids_of, load_linked_blocks, load_rules, save_links, save_merges, save_rules, settle
from kb.store.read import load_articles_of, load_local_entities, load_printed_names, save_blocks
from kb.store.reports import refresh_counts, refresh_reports
from kb.store.seed import load_seeds, save_seed_entities, save_seeds
from kb.store.touched import (
    chunks,
    clear_touched,
    load_touched,
    touch,
    touch_articles,
    touch_everything,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RULES = ("link", "names", "lexicon.py", "wordlists")
"""What of the package decides links and clusters."""


def relink(connection: Connection, *, before: Rulings | None = None) -> Rulings:
    """Bring links, entities, judgements and clusters in step with texts, seeds and decisions; return the rulings.

    `before` is what decisions came to when this last ran; None: they have not changed since.
    Raises BadSeeds if the seeds of the base contradict each other.
    """
    rulings = read_rulings(load_decisions(connection))
    before = before or rulings
    rules = hash_code(*_RULES)
    is_new = load_rules(connection) != rules
    if is_new:
        save_blocks(connection)
        touch_everything(connection)
    concerned = _touch_decided(connection, before, rulings)
    _judge(connection, rulings)
    if is_new or load_touched(connection, "seeds") or _heads(before) != _heads(rulings):
        concerned |= save_seed_entities(connection, load_seeds(connection), rulings)
    _link(connection, rulings, concerned)
    save_merges(connection, rulings.merged)
    _judge(connection, rulings)  # speakers whom only linking made
    _cluster(connection)
    _report(connection)
    clear_touched(connection)
    save_rules(connection, rules)
    return rulings


def _heads(rulings: Rulings) -> tuple[Mapping[str, str], Mapping[str, EntityType]]:
    return rulings.names, rulings.types


def load_list(connection: Connection, seeds: Iterable[Seed], *, source: str) -> int:
    """Bring the list `source` of seeds in step with `seeds` and link what that changes; return how many changed.

    Raises BadSeeds, with nothing written, if the lists of the base contradict each other.
    """
    n_changed = save_seeds(connection, seeds, source=source)
    if n_changed:
        relink(connection)
    return n_changed


def _touch_decided(connection: Connection, before: Rulings, after: Rulings) -> set[int]:
    """Mark what other rulings change; return the row numbers of the entities that go by other names."""
    names = {name for name, _ in before.aliases.items() ^ after.aliases.items()}
    blocks = {f"{of_type} {key}" for name, key in names for of_type in {name, OTHER_TYPE.get(name, name)}}
    touch(connection, "block", blocks)
    splits = set(before.splits) ^ set(after.splits)
    touch_articles(connection, {ref for split in splits for ref in split.articles})
    renamed = _changed(before.names, after.names) | _changed(before.types, after.types)
    touch(connection, "block", load_linked_blocks(connection, ids_of(connection, renamed)))
    aliased = _changed(before.alias_names, after.alias_names)
    moved = {split.into for split in splits}
    foreign = {*aliased, *moved, *after.alias_names, *(split.into for split in after.splits)}
    named = _changed(before.known, after.known) & foreign  # others have names of their own
    return ids_of(connection, renamed | aliased | moved | named)


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}


def _fallback(rulings: Rulings) -> dict[str, Entity]:
    """Return the entities that were decided on, as they were called then or have been called since."""
    return {
        uid: Entity(uid, rulings.types.get(uid, known.type), rulings.names.get(uid, known.name))
        for uid, known in rulings.known.items()
    }


def _link(connection: Connection, rulings: Rulings, concerned: Collection[int]) -> None:
    """Link the blocks that are marked: full names first, then the words that may be short for them."""
    blocks, fallback = load_touched(connection, "block"), _fallback(rulings)
    if not blocks:
        settle(connection, concerned, rulings, fallback)
        return
    articles = load_articles_of(connection, {ref for split in rulings.splits for ref in split.articles})
    known = gather(load_seeds(connection), rulings, articles=articles)
    ids = set(concerned)
    for part in chunks([block for block in blocks if not _may_be_short(block)]):
        ids |= _link_blocks(connection, part, known, fallback)
    changed = settle(connection, ids, rulings, fallback)
    short = {block for block in blocks if _may_be_short(block)} | set(_short_blocks(changed))
    ids = set()
    for part in chunks(sorted(short)):
        ids |= _link_blocks(connection, part, replace(known, short_for=_defined(connection, part)), fallback)
    settle(connection, ids, rulings, fallback)


def _may_be_short(block: str) -> bool:
    """Whether a block is of a single word that names an organisation or a place."""
    of_type, _, key = block.partition(" ")
    return of_type != EntityType.PER and " " not in key


def _short_blocks(keys: Iterable[str]) -> Iterable[str]:
    """Yield the blocks that may have another meaning when the bearers of these name keys have changed."""
    for key in keys:
        if " " not in key:
            yield from (f"{of_type} {key}" for of_type in (EntityType.ORG, EntityType.LOC))


def _link_blocks(
    connection: Connection, blocks: Collection[str], knowledge: Knowledge, fallback: Mapping[str, Entity]
) -> set[int]:
    links = link_entities(load_local_entities(connection, sorted(blocks)), knowledge)
    return save_links(connection, links, blocks=sorted(blocks), fallback=fallback)


def _defined(connection: Connection, blocks: Iterable[str]) -> dict[Name, frozenset[str]]:
    """Return, for the words of these blocks, the entities whose full names texts define them as short for."""
    keys = sorted({block.partition(" ")[2] for block in blocks})
    found: dict[Name, set[str]] = {}
    for printed in load_printed_names(connection, keys):
        likeness = compare_names(printed.type, printed.name, printed.full)
        if likeness and likeness.relation in _SHORT:
            found.setdefault((printed.type, printed.key), set()).add(printed.uid)
    return {name: frozenset(uids) for name, uids in found.items()}


_SHORT = (NameRelation.ABBREVIATION, NameRelation.SPELT_OUT)


def _judge(connection: Connection, rulings: Rulings) -> None:
    """Find the places that decisions are about in the texts that changed, and for decisions that changed."""
    standing = {decision.uid: decision.arguments["article"] for decision in rulings.texts}
    bodies = [int(key) for key in load_touched(connection, "body")]
    refs = articles_to_judge(connection, standing, bodies)
    for text in load_texts(connection, refs):
        judged = judge(text, rulings.texts)
        save_judgements(connection, text, judged.quotes, judged.mentions)


def _cluster(connection: Connection) -> None:
    """Cluster again what the changed texts, and the clusters that lost a member, can reach."""
    gone = load_touched(connection, "cluster")
    parts = [list(map(int, part)) for part in chunks(load_touched(connection, "body"))]
    for part in parts:  # all buckets first: a text may be like one of a later part
        save_buckets(connection, load_quotes_of(connection, part), sketch)
    for part in parts:
        _cluster_from(connection, load_quotes_of(connection, part), ())
    _cluster_from(connection, load_quotes(connection, load_members(connection, gone)), gone)


def _cluster_from(connection: Connection, quotes: Iterable[StoredQuote], gone: Iterable[str]) -> None:
    known = {one.id: one for one in quotes}

    def mates_of(statements: Iterable[Statement]) -> list[Statement]:
        buckets = {bucket for one in statements for bucket in sketch(one.folded)}
        mates = load_mates(connection, buckets)
        known.update({one.id: one for one in load_quotes(connection, mates - known.keys())})
        return [_statement(known[row]) for row in sorted(mates & known.keys())]

    reached = grow(map(_statement, list(known.values())), mates_of)
    wanted = {
        cluster.uid: {member.statement: str(member.relation) for member in cluster.members}
        for cluster in cluster_statements(reached)
        if len({known[member.statement].body_id for member in cluster.members}) > 1
    }
    save_clusters(connection, [one.id for one in reached], wanted, gone)


def _report(connection: Connection) -> None:
    """Make reports and counts again, where what they derive from changed."""
    bodies = {*load_touched(connection, "body"), *load_touched(connection, "report")}
    refresh_reports(connection, map(int, bodies))
    refresh_counts(connection, map(int, load_touched(connection, "entity")))


def _statement(one: StoredQuote) -> Statement:
    speaker = fold(one.speaker) if one.speaker else None
    return Statement(one.id, as_key(one), one.folded, one.kind, speaker, one.on)
