"""Keep the base's links in step with what linking found: only rows that differ are written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from kb.model import Links
from kb.names import entity_key
from kb.store.tables import alias, entity, link


def save_links(connection: Connection, links: Links) -> int:
    """Replace links, and entities and aliases of origin ``text``, by these; return how many rows changed.

    Nothing is written where nothing changed. Seeds keep their names; entities that no text names any more go.
    """
    changed = _save_entities(connection, links)
    rows = connection.execute(select(entity.c.uid, entity.c.id))
    ids: dict[str, int] = {uid: id_ for uid, id_ in rows}
    changed += _save_links(connection, links, ids)
    changed += _delete_unnamed(connection, links, ids)
    return changed + _save_aliases(connection, links, ids)


def _save_entities(connection: Connection, links: Links) -> int:
    rows = connection.execute(select(entity.c.uid, entity.c.name, entity.c.origin))
    present = {uid: (name, origin) for uid, name, origin in rows}
    new = [
        {
            "uid": e.uid,
            "type": e.type,
            "name": e.name,
            "name_key": entity_key(e.type, e.name),
            "origin": "text",
        }
        for e in links.entities
        if e.uid not in present
    ]
    renamed = [
        {"b_uid": e.uid, "name": e.name}
        for e in links.entities
        if e.uid in present and present[e.uid][1] == "text" and present[e.uid][0] != e.name
    ]
    if new:
        connection.execute(insert(entity), new)
    if renamed:
        changed = update(entity).where(entity.c.uid == bindparam("b_uid"))
        connection.execute(changed.values(name=bindparam("name")), renamed)
    return len(new) + len(renamed)


def _save_links(connection: Connection, links: Links, ids: dict[str, int]) -> int:
    rows = connection.execute(select(link.c.local_entity_id, link.c.entity_id, link.c.rule))
    present = {(local, entity_id, rule) for local, entity_id, rule in rows}
    wanted = {(local, ids[linked.entity], linked.rule) for local, linked in links.links.items()}
    _delete_all(connection, link, "local_entity_id", [row[0] for row in present - wanted])
    new = [
        {"local_entity_id": local, "entity_id": entity_id, "rule": rule}
        for local, entity_id, rule in sorted(wanted - present)
    ]
    if new:
        connection.execute(insert(link), new)
    return len(present ^ wanted)


def _delete_unnamed(connection: Connection, links: Links, ids: dict[str, int]) -> int:
    named = {e.uid for e in links.entities}
    texts = connection.execute(select(entity.c.uid).where(entity.c.origin == "text")).scalars()
    unnamed = [ids[uid] for uid in texts if uid not in named]
    _delete_all(connection, entity, "id", unnamed)
    return len(unnamed)


def _save_aliases(connection: Connection, links: Links, ids: dict[str, int]) -> int:
    rows = connection.execute(select(alias.c.id, alias.c.entity_id, alias.c.name, alias.c.origin)).all()
    seeded = {(row.entity_id, row.name) for row in rows if row.origin == "seed"}
    present = {(row.entity_id, row.name): row.id for row in rows if row.origin == "text"}
    wanted = {(ids[e.uid], form) for e in links.entities for form in (e.name, *e.aliases)} - seeded
    _delete_all(connection, alias, "id", [present[pair] for pair in present.keys() - wanted])
    types = {ids[e.uid]: e.type for e in links.entities}
    new = [
        {
            "entity_id": entity_id,
            "name": name,
            "name_key": entity_key(types[entity_id], name),
            "origin": "text",
        }
        for entity_id, name in sorted(wanted - present.keys())
    ]
    if new:
        connection.execute(insert(alias), new)
    return len(present.keys() ^ wanted)


def _delete_all(connection: Connection, table: Table, column: str, values: list[Any]) -> None:
    if values:
        rows = [{"b_value": value} for value in values]
        connection.execute(delete(table).where(table.c[column] == bindparam("b_value")), rows)
