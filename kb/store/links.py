"""Keep the base's links and entities in step with what linking found: only rows that differ are written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, String, Table, bindparam, cast, delete, exists, insert, select, update

from kb.model import Entity, EntityType, Links
from kb.names import entity_key
from kb.store.bulk import insert_rows
from kb.store.columns import among
from kb.store.tables import alias, annotation, article, entity, link, linking, local_entity, quote, report
from kb.store.touched import chunks, named_in_articles, touch, touch_merged, touch_reports
from kb.store.words import add_aliases

_NOT_PRINTED_AS = (
    "abbreviation"  # the word is a form where texts define it; else an alias would keep itself alive
)
_OWN = ("name_key", "role")  # links of an entity's own block, from which it has its name


class Decided(Protocol):
    """What people decided about entities, by uid."""

    @property
    def names(self) -> Mapping[str, str]:
        """Return names to show."""

    @property
    def types(self) -> Mapping[str, EntityType]:
        """Return types."""

    @property
    def created(self) -> Mapping[str, str | None]:
        """Return the entities that a split made, with what tells them apart."""

    @property
    def alias_names(self) -> Mapping[str, frozenset[str]]:
        """Return the further names that people gave entities."""


def save_links(
    connection: Connection, links: Links, *, blocks: Sequence[str], fallback: Mapping[str, Entity]
) -> set[int]:
    """Replace the links of all local entities of `blocks` by these; return the row numbers of entities concerned.

    An entity that is only linked to and that the base does not have is made as `fallback` has it. What the
    entities concerned are called besides is for `settle` to write.
    """
    changed = _changed_links(connection, links, blocks)
    ids = _save_entities(connection, links, fallback)
    new = {
        row: {"local_entity_id": row, "entity_id": ids[linked.entity], "rule": linked.rule}
        for row, linked in sorted(links.links.items())
        if row not in changed.kept
    }
    insert_rows(connection, link, new.values())
    for came_or_went in (changed.gone, {row: ids[links.links[row].entity] for row in new}):
        _touch_linked(connection, came_or_went)
    return changed.concerned | set(ids.values())


def _touch_linked(connection: Connection, links: Mapping[int, int]) -> None:
    """Mark what follows from links that came or went: the entities, and what is reported of the texts."""
    touch(connection, "entity", map(str, set(links.values())))
    for part in chunks(sorted(links)):
        named = select(local_entity.c.annotation_id).where(among(connection, local_entity.c.id, part))
        touch_reports(connection, annotation.c.id.in_(named))


class _Changed:
    """Links that stay, those that went, and the entities that links of the blocks pointed to."""

    def __init__(self) -> None:
        self.kept: set[int] = set()
        self.gone: dict[int, int] = {}
        self.concerned: set[int] = set()


def _changed_links(connection: Connection, links: Links, blocks: Sequence[str]) -> _Changed:
    found = _Changed()
    rows = connection.execute(
        select(link.c.local_entity_id, link.c.entity_id, link.c.rule, entity.c.uid)
        .join(local_entity, local_entity.c.id == link.c.local_entity_id)
        .join(entity, entity.c.id == link.c.entity_id)
        .where(local_entity.c.block.in_(blocks))
    )
    for row, entity_id, rule, uid in rows:
        found.concerned.add(entity_id)
        wanted = links.links.get(row)
        if wanted and (wanted.entity, wanted.rule) == (uid, rule):
            found.kept.add(row)
        else:
            found.gone[row] = entity_id
    _delete_all(connection, link, "local_entity_id", list(found.gone))
    return found


def _save_entities(connection: Connection, links: Links, fallback: Mapping[str, Entity]) -> dict[str, int]:
    """Write the entities that differ; return the row numbers of all that are linked to."""
    named = {e.uid: e for e in links.entities}
    linked = sorted({one.entity for one in links.links.values()} | named.keys())
    present = _load_heads(connection, linked)
    wanted = [named.get(uid) or fallback[uid] for uid in linked if uid not in present]
    insert_rows(connection, entity, (_head(e) | {"uid": e.uid, "origin": "text"} for e in wanted))
    for uid, e in named.items():
        if uid in present and (present[uid].name, present[uid].type) != (e.name, e.type):
            connection.execute(update(entity).where(entity.c.uid == uid).values(**_head(e)))
    return {uid: row.id for uid, row in _load_heads(connection, linked).items()}


def _head(e: Entity) -> dict[str, Any]:
    return {"type": e.type, "name": e.name, "name_key": entity_key(e.type, e.name)}


def _load_heads(connection: Connection, uids: Iterable[str]) -> dict[str, Any]:
    columns = (entity.c.id, entity.c.uid, entity.c.name, entity.c.type, entity.c.origin, entity.c.note)
    return {
        row.uid: row
        for part in chunks(sorted(uids))
        for row in connection.execute(select(*columns).where(entity.c.uid.in_(part)))
    }


def settle(
    connection: Connection, concerned: Collection[int], decided: Decided, fallback: Mapping[str, Entity]
) -> set[str]:
    """Bring names and aliases of the entities `concerned` (row numbers) in step with their links.

    Entities that no text names any more go, seeds apart. Returns the name keys whose bearers changed.
    """
    changed: set[str] = set()
    for part in chunks(sorted(concerned)):
        _delete_unnamed(connection, part)
        heads = connection.execute(
            select(entity.c.id, entity.c.uid, entity.c.type, entity.c.name).where(entity.c.id.in_(part))
        ).all()
        _name_foreign(connection, [row for row in heads if row.uid in fallback], decided, fallback)
        changed |= _save_aliases(connection, part, decided)
    return changed


def _delete_unnamed(connection: Connection, ids: Sequence[int]) -> None:
    named = exists().where(link.c.entity_id == entity.c.id)
    unnamed = select(entity.c.id).where(entity.c.id.in_(ids), entity.c.origin != "seed", ~named)
    gone = list(connection.scalars(unnamed))
    said = select(quote.c.annotation_id).join(report, report.c.quote_id == quote.c.id)
    by_them = among(connection, report.c.entity_id, gone)
    touch_reports(connection, annotation.c.id.in_(said.where(by_them)))
    touch_merged(connection, gone)
    _delete_all(connection, entity, "id", gone)


def _name_foreign(
    connection: Connection, rows: Sequence[Any], decided: Decided, fallback: Mapping[str, Entity]
) -> None:
    """Call entities that no text of their own block names what they were called when they were decided on."""
    for row in rows:
        own = exists().where(link.c.entity_id == row.id, link.c.rule.in_(_OWN))
        split = row.uid in decided.created
        if split or not connection.execute(select(own)).scalar_one():
            values = _head(fallback[row.uid]) | {"origin": "decision" if split else "text"}
            values["note"] = decided.created.get(row.uid)
            seedless = (entity.c.id == row.id) & (entity.c.origin != "seed")
            connection.execute(update(entity).where(seedless).values(**values))


def _save_aliases(connection: Connection, ids: Sequence[int], decided: Decided) -> set[str]:
    rows = connection.execute(
        select(alias.c.id, alias.c.entity_id, alias.c.name, alias.c.name_key, alias.c.origin).where(
            alias.c.entity_id.in_(ids)
        )
    ).all()
    seeded = {(row.entity_id, row.name) for row in rows if row.origin == "seed"}
    present = {
        (row.entity_id, row.name, row.name_key, row.origin): row.id for row in rows if row.origin != "seed"
    }
    wanted = {one for one in _names(connection, ids, decided) if one[:2] not in seeded}
    gone = present.keys() - wanted
    _delete_all(connection, alias, "id", [present[one] for one in gone])
    new = wanted - present.keys()
    names = ("entity_id", "name", "name_key", "origin")
    add_aliases(connection, [dict(zip(names, one, strict=True)) for one in sorted(new)])
    return {key for _, _, key, _ in gone | new}


def _names(connection: Connection, ids: Sequence[int], decided: Decided) -> set[tuple[int, str, str, str]]:
    """Return entity, name, key and origin of all names that entities go by, those of seeds apart."""
    heads = {
        row.id: row
        for row in connection.execute(
            select(entity.c.id, entity.c.uid, entity.c.type, entity.c.name).where(entity.c.id.in_(ids))
        )
    }
    forms = cast(local_entity.c.forms, String)
    printed = (
        select(link.c.entity_id, local_entity.c.name, forms)
        .join(local_entity, local_entity.c.id == link.c.local_entity_id)
        .where(link.c.entity_id.in_(ids), link.c.rule != _NOT_PRINTED_AS)
        .distinct()
    )
    names: dict[tuple[int, str], str] = {(id_, row.name): "text" for id_, row in heads.items()}
    for id_, name, listed in connection.execute(printed):
        names |= dict.fromkeys(((id_, form) for form in (name, *json.loads(listed))), "text")
    for id_, row in heads.items():
        for name in decided.alias_names.get(row.uid, ()):
            names.setdefault((id_, name), "decision")
    return {
        (id_, name, entity_key(EntityType(heads[id_].type), name), origin)
        for (id_, name), origin in names.items()
    }


def save_merges(connection: Connection, merged: Mapping[str, str]) -> None:
    """Let merged entities stand for those they were merged into; no quote and no link is written.

    An entity whose target the base does not have stands for itself.
    """
    stands = select(entity.c.uid, entity.c.merged_into_id).where(entity.c.merged_into_id.is_not(None))
    present: dict[str, int] = dict(connection.execute(stands).tuples().all())
    wanted_uids = sorted({*merged, *merged.values()})
    ids = {uid: row.id for uid, row in _load_heads(connection, wanted_uids).items()}
    wanted = {uid: ids[root] for uid, root in merged.items() if uid in ids and root in ids}
    rows = [
        {"b_uid": uid, "root": wanted.get(uid)}
        for uid in sorted(present.keys() | wanted.keys())
        if present.get(uid) != wanted.get(uid)
    ]
    if rows:
        change = update(entity).where(entity.c.uid == bindparam("b_uid"))
        connection.execute(change.values(merged_into_id=bindparam("root")), rows)
        moved = {str(row["b_uid"]) for row in rows}
        roots = {known.get(uid) for uid in moved for known in (present, wanted)} - {None}
        touch(connection, "entity", map(str, roots | ids_of(connection, moved)))


def uids_present(connection: Connection, uids: Iterable[str]) -> set[str]:
    """Return those of these uids whose entities the base has."""
    return set(_load_heads(connection, uids))


def find_moved(connection: Connection, splits: Mapping[str, tuple[str, Collection[str]]]) -> set[str]:
    """Return which splits (an entity's uid and the articles, by the decision) moved anything."""
    moved = set()
    for decision, (into, refs) in splits.items():
        rows = (
            select(link.c.local_entity_id)
            .select_from(named_in_articles())
            .join(link, link.c.local_entity_id == local_entity.c.id)
            .join(entity, entity.c.id == link.c.entity_id)
            .where(entity.c.uid == into, link.c.rule == "decision", article.c.ref.in_(sorted(refs)))
        )
        if connection.execute(rows.limit(1)).first() is not None:
            moved.add(decision)
    return moved


def ids_of(connection: Connection, uids: Iterable[str]) -> set[int]:
    """Return the row numbers of the entities with these uids that the base has."""
    return {row.id for row in _load_heads(connection, uids).values()}


def load_linked_blocks(connection: Connection, ids: Iterable[int]) -> set[str]:
    """Return the blocks of the local entities that are linked to these entities (row numbers)."""
    blocks: set[str] = set()
    linked = select(local_entity.c.block).join(link, link.c.local_entity_id == local_entity.c.id).distinct()
    for part in chunks(sorted(ids)):
        blocks.update(connection.scalars(linked.where(link.c.entity_id.in_(part))))
    return blocks


def load_rules(connection: Connection) -> str | None:
    """Return the version of the rules that the base's links were made by; None if none were made."""
    return connection.execute(select(linking.c.rules)).scalar_one_or_none()


def save_rules(connection: Connection, rules: str) -> None:
    """Note by which rules the links were made."""
    if load_rules(connection) != rules:
        connection.execute(delete(linking))
        connection.execute(insert(linking).values(rules=rules))


def _delete_all(connection: Connection, table: Table, column: str, values: list[Any]) -> None:
    if values:
        rows = [{"b_value": value} for value in values]
        connection.execute(delete(table).where(table.c[column] == bindparam("b_value")), rows)
