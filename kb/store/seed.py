"""Read the entities that kb knows from the start, and keep the base's copy of them in step with the file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kb.errors import BadSeeds
from kb.model import EntityType, Seed
from kb.names import entity_key, entity_uid, seeds_by_name
from kb.store.tables import alias, entity, external_id

_WIKIDATA = "wikidata"


def find_seed_file() -> Path | None:
    """Return the ``entities.jsonl`` of the wheel or of the source checkout; None where there is none."""
    package = Path(str(files("kb")))
    places = (folder / "seeds" / "entities.jsonl" for folder in (package, package.parent))
    return next((path for path in places if path.is_file()), None)


def read_seeds(path: Path) -> tuple[Seed, ...]:
    """Return the seeds of a JSONL file in file order.

    Raises BadSeeds for a line that is no seed, and for a name or a Wikidata id that two seeds share.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    seeds = tuple(parse_seed(line, f"{path}:{n}") for n, line in enumerate(lines, start=1) if line.strip())
    seeds_by_name(seeds)
    _check_wikidata(seeds)
    return seeds


def parse_seed(line: str, subject: str) -> Seed:
    """Return the seed of one JSON line; `subject` says in an error where it stands."""
    try:
        record = json.loads(line)
        fields = {"aliases": tuple(record.get("aliases") or ()), "note": record.get("note")}
        seed = Seed(EntityType(record["type"]), record["name"], wikidata=record.get("wikidata"), **fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSeeds(subject, f"is no seed ({error})", "give type, name, aliases and wikidata") from error
    if not all(isinstance(name, str) and name.strip() for name in (seed.name, *seed.aliases)):
        raise BadSeeds(subject, "has an empty name")
    return seed


def save_seeds(connection: Connection, seeds: Iterable[Seed]) -> int:
    """Bring the base's seeds in step with `seeds` and return how many rows that changed.

    An entity that is a seed no more stays as one of the texts, until linking finds that none names it.
    """
    wanted = {entity_uid(seed.type, seed.name): seed for seed in seeds}
    changed = _save_entities(connection, wanted)
    ids = {uid: id_ for id_, uid in connection.execute(select(entity.c.id, entity.c.uid)) if uid in wanted}
    changed += _save_external_ids(connection, {ids[uid]: seed for uid, seed in wanted.items()})
    return changed + _save_aliases(connection, {ids[uid]: seed for uid, seed in wanted.items()})


def load_seeds(connection: Connection) -> tuple[Seed, ...]:
    """Return the seeds of the base, in the order of their uids."""
    names: dict[int, list[str]] = defaultdict(list)
    for entity_id, name in connection.execute(
        select(alias.c.entity_id, alias.c.name).where(alias.c.origin == "seed").order_by(alias.c.name)
    ):
        names[entity_id].append(name)
    rows = connection.execute(
        select(entity.c.id, entity.c.type, entity.c.name, external_id.c.value, entity.c.note)
        .outerjoin(
            external_id, (external_id.c.entity_id == entity.c.id) & (external_id.c.scheme == _WIKIDATA)
        )
        .where(entity.c.origin == "seed")
        .order_by(entity.c.uid)
    )
    return tuple(
        Seed(EntityType(type_), name, tuple(other for other in names[id_] if other != name), wikidata, note)
        for id_, type_, name, wikidata, note in rows
    )


def _check_wikidata(seeds: Iterable[Seed]) -> None:
    owners: dict[str, Seed] = {}
    for seed in seeds:
        if seed.wikidata and owners.setdefault(seed.wikidata, seed) != seed:
            both = f"is the id of both {owners[seed.wikidata].name} and {seed.name}"
            raise BadSeeds(seed.wikidata, both, "take it from one of them")


def _save_entities(connection: Connection, wanted: Mapping[str, Seed]) -> int:
    rows = connection.execute(
        select(entity.c.uid, entity.c.type, entity.c.name, entity.c.origin, entity.c.note)
    )
    present = {uid: (type_, name, origin, note) for uid, type_, name, origin, note in rows}
    new = [_entity_row(uid, seed) for uid, seed in wanted.items() if uid not in present]
    changed = [
        _entity_row(uid, seed)
        for uid, seed in wanted.items()
        if uid in present and present[uid] != (seed.type, seed.name, "seed", seed.note)
    ]
    gone = [uid for uid, row in present.items() if row[2] == "seed" and uid not in wanted]
    for row in changed:
        connection.execute(update(entity).where(entity.c.uid == row["uid"]).values(**row))
    if new:
        connection.execute(insert(entity), new)
    if gone:
        connection.execute(update(entity).where(entity.c.uid.in_(gone)).values(origin="text", note=None))
    return len(new) + len(changed) + len(gone)


def _entity_row(uid: str, seed: Seed) -> dict[str, Any]:
    key = entity_key(seed.type, seed.name)
    return {
        "uid": uid,
        "type": seed.type,
        "name": seed.name,
        "name_key": key,
        "origin": "seed",
        "note": seed.note,
    }


def _save_external_ids(connection: Connection, wanted: Mapping[int, Seed]) -> int:
    x = external_id.c
    present = set(connection.execute(select(x.entity_id, x.value).where(x.scheme == _WIKIDATA)).tuples())
    listed = {(id_, seed.wikidata) for id_, seed in wanted.items() if seed.wikidata}
    for entity_id, value in present - listed:
        connection.execute(delete(external_id).where(x.entity_id == entity_id, x.value == value))
    new = [{"entity_id": id_, "scheme": _WIKIDATA, "value": value} for id_, value in sorted(listed - present)]
    if new:
        connection.execute(insert(external_id), new)
    return len(present ^ listed)


def _save_aliases(connection: Connection, wanted: Mapping[int, Seed]) -> int:
    rows = connection.execute(select(alias.c.entity_id, alias.c.name, alias.c.origin))
    origins = {(entity_id, name): origin for entity_id, name, origin in rows}
    present = {pair for pair, origin in origins.items() if origin == "seed"}
    listed = {(id_, name) for id_, seed in wanted.items() for name in (seed.name, *seed.aliases)}
    a = alias.c
    for entity_id, name in (present - listed) | (listed - present) & origins.keys():
        connection.execute(delete(alias).where(a.entity_id == entity_id, a.name == name))
    new = [
        {
            "entity_id": id_,
            "name": name,
            "name_key": entity_key(wanted[id_].type, name),
            "origin": "seed",
        }
        for id_, name in sorted(listed - present)
    ]
    if new:
        connection.execute(insert(alias), new)
    return len(present ^ listed)
