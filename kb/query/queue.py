"""The pairs of entities that may be one, for a person to decide."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, String, and_, cast, func, select

from kb.link.pairs import Named, find_pairs
from kb.link.rulings import read_rulings
from kb.model import EntityType
from kb.query.current import is_judged, mention_stands, standing
from kb.query.rows import PairRow
from kb.store.decisions import load_decisions
from kb.store.tables import alias, annotation, entity, link, local_entity, mention, quote, revision


def undecided_pairs(connection: Connection, *, type: EntityType | None = None) -> Iterator[PairRow]:
    """Yield the pairs that nobody decided about, those first that matter most: likely ones with many quotes.

    Entities that were merged count as the one that they stand for.
    """
    rulings = read_rulings(load_decisions(connection))
    parted = {frozenset((uid, split.into)) for split in rulings.splits for uid in split.of}
    roots = _roots(connection)
    decided = {frozenset(roots.get(uid, uid) for uid in pair) for pair in rulings.apart | parted}
    named = {one.uid: one for one in _load_named(connection, type)}
    for pair in find_pairs(named.values()):
        if frozenset((pair.one, pair.other)) not in decided:
            one, other = named[pair.one], named[pair.other]
            yield PairRow(
                one.uid,
                one.name,
                str(one.type),
                one.n_quotes,
                one.n_mentions,
                other.uid,
                other.name,
                str(other.type),
                other.n_quotes,
                other.n_mentions,
                pair.reason,
                round(pair.score, 3),
            )


def _roots(connection: Connection) -> dict[str, str]:
    root = entity.alias("root")
    merged = select(entity.c.uid, root.c.uid).join(root, root.c.id == entity.c.merged_into_id)
    return dict(connection.execute(merged).tuples().all())


def _load_named(connection: Connection, of_type: EntityType | None) -> Iterator[Named]:
    """Yield the entities that current articles name, with all that they are called and how often."""
    n_mentions, n_quotes = _count_mentions(connection), _count_quotes(connection)
    names, roles = _load_names(connection), _load_roles(connection)
    shown = select(entity.c.id, entity.c.uid, entity.c.type, entity.c.name).where(
        entity.c.merged_into_id.is_(None), *([entity.c.type == of_type] if of_type else [])
    )
    for id_, uid, type_, name in connection.execute(shown.order_by(entity.c.uid)):
        if id_ in n_mentions:
            called = frozenset(names[id_]) - {name}
            counts = {"n_quotes": n_quotes.get(id_, 0), "n_mentions": n_mentions[id_]}
            yield Named(uid, EntityType(type_), name, called, tuple(sorted(roles[id_])), **counts)


def _count_mentions(connection: Connection) -> dict[int, int]:
    counted = (
        select(standing(), func.count(mention.c.id))
        .select_from(link)
        .join(entity, entity.c.id == link.c.entity_id)
        .join(mention, mention.c.local_entity_id == link.c.local_entity_id)
        .where(mention_stands())
        .group_by(standing())
    )
    return dict(connection.execute(counted).tuples().all())


def _count_quotes(connection: Connection) -> dict[int, int]:
    counted = (
        select(standing(), func.count(quote.c.id))
        .select_from(link)
        .join(entity, entity.c.id == link.c.entity_id)
        .join(quote, quote.c.speaker_local_entity_id == link.c.local_entity_id)
        .where(~is_judged())
        .group_by(standing())
    )
    return dict(connection.execute(counted).tuples().all())


def _load_names(connection: Connection) -> dict[int, set[str]]:
    names: dict[int, set[str]] = defaultdict(set)
    for id_, name in connection.execute(select(standing(), alias.c.name).join_from(alias, entity)):
        names[id_].add(name)
    return names


def _load_roles(connection: Connection) -> dict[int, set[str]]:
    roles: dict[int, set[str]] = defaultdict(set)
    text = cast(local_entity.c.roles, String)
    rows = (
        select(standing(), text)
        .select_from(link)
        .join(entity, entity.c.id == link.c.entity_id)
        .join(local_entity, local_entity.c.id == link.c.local_entity_id)
        .join(annotation, and_(annotation.c.id == local_entity.c.annotation_id, annotation.c.is_current))
        .join(revision, and_(revision.c.body_id == annotation.c.body_id, revision.c.is_current))
        .where(local_entity.c.roles.is_not(None), text != "[]")
        .distinct()
    )
    for id_, listed in connection.execute(rows):
        roles[id_].update(json.loads(listed))
    return roles
