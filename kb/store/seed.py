"""Read the entities that kb knows from the start, and keep the base's lists of them in step with their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, delete, select, tuple_, update

from kb.errors import BadSeeds
from kb.fingerprint import hash_code
from kb.model import EntityType, Office, Seed
from kb.names import block_of, entity_key, seed_uid, seeds_by_name
from kb.store.bulk import insert_rows
from kb.store.tables import alias, entity, external_id
from kb.store.tables import seed as table
from kb.store.touched import chunks, touch
from kb.store.words import add_aliases

OWN = "kb"
"""The list of seeds that kb brings."""

_WIKIDATA = "wikidata"
_FACTS = ("wikidata", "note", "discriminator", "source")


class Heads(Protocol):
    """What people decided to call entities, and to hold them for, by uid."""

    @property
    def names(self) -> Mapping[str, str]:
        """Return names to show."""

    @property
    def types(self) -> Mapping[str, EntityType]:
        """Return types."""


def find_seed_file() -> Path | None:
    """Return the ``entities.jsonl`` of the wheel or of the source checkout; None where there is none."""
    package = Path(str(files("kb")))
    places = (folder / "seeds" / "entities.jsonl" for folder in (package, package.parent))
    return next((path for path in places if path.is_file()), None)


def hash_seeds(path: Path) -> str:
    """Return a hash of a list and of the code that reads it."""
    code = hash_code("store/seed.py", "names", "wordlists")
    return hashlib.sha256(code.encode() + path.read_bytes()).hexdigest()


def read_seeds(path: Path) -> tuple[Seed, ...]:
    """Return the seeds of a JSONL file in file order.

    Raises BadSeeds for a line that is no seed, and for a name or a Wikidata id that two seeds share.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    seeds = tuple(parse_seed(line, f"{path}:{n}") for n, line in enumerate(lines, start=1) if line.strip())
    _check(seeds)
    return seeds


def parse_seed(line: str, subject: str) -> Seed:
    """Return the seed of one JSON line; `subject` says in an error where it stands."""
    try:
        seed = _seed_of(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSeeds(subject, f"is no seed ({error})", "give type, name, aliases and wikidata") from error
    if not all(isinstance(name, str) and name.strip() for name in (seed.name, *seed.aliases)):
        raise BadSeeds(subject, "has an empty name")
    return seed


def _seed_of(record: Mapping[str, Any]) -> Seed:
    offices = tuple(
        Office(office["role"], office.get("since"), office.get("until"))
        for office in record.get("offices") or ()
    )
    facts = {field: record.get(field) for field in _FACTS}
    aliases = tuple(record.get("aliases") or ())
    return Seed(EntityType(record["type"]), record["name"], aliases, offices=offices, **facts)


def save_seeds(connection: Connection, seeds: Iterable[Seed], *, source: str = OWN) -> int:
    """Bring the list `source` of the base in step with `seeds`; return how many seeds that changed.

    Marks the blocks of all names that came, went or changed; entities follow with the next linking. Raises BadSeeds,
    with nothing written, if the lists of the base contradict each other.
    """
    wanted = {seed_uid(seed): record_of(seed) for seed in seeds}
    rows = connection.execute(select(table.c.uid, table.c.record).where(table.c.source == source)).tuples()
    present = dict(rows.all())
    changed = {uid for uid in wanted.keys() | present.keys() if wanted.get(uid) != present.get(uid)}
    if not changed:
        return 0
    gone = [{"b_uid": uid} for uid in sorted(changed & present.keys())]
    if gone:
        theirs = (table.c.source == source) & (table.c.uid == bindparam("b_uid"))
        connection.execute(delete(table).where(theirs), gone)
    new = [{"source": source, "uid": uid, "record": wanted[uid]} for uid in sorted(changed & wanted.keys())]
    insert_rows(connection, table, new)
    _check(load_seeds(connection))
    records = [*(present[uid] for uid in changed & present.keys()), *(row["record"] for row in new)]
    touch(connection, "seeds", [source])
    touch(connection, "block", {block for record in records for block in _blocks_of(record)})
    return len(changed)


def load_seeds(connection: Connection) -> tuple[Seed, ...]:
    """Return the seeds of all lists of the base, in the order of their uids; what several lists have is one.

    Raises BadSeeds if they contradict each other.
    """
    merged: dict[str, Seed] = {}
    rows = connection.execute(select(table.c.uid, table.c.record).order_by(table.c.uid, table.c.source))
    for uid, record in rows:
        seed = _seed_of(record)
        merged[uid] = _both(merged[uid], seed) if uid in merged else seed
    return tuple(merged.values())


def record_of(seed: Seed) -> dict[str, Any]:
    """Return a seed as its line in a list has it, without what it does not say."""
    record = {"type": str(seed.type), "name": seed.name, "aliases": sorted(seed.aliases)}
    record |= {field: value for field in _FACTS if (value := getattr(seed, field)) is not None}
    offices = [{"role": o.role, "since": o.since, "until": o.until} for o in seed.offices]
    return record | ({"offices": offices} if offices else {})


def save_seed_entities(connection: Connection, seeds: Iterable[Seed], rulings: Heads) -> set[int]:
    """Bring the entities, aliases and ids of origin ``seed`` in step with the seeds of the base.

    `rulings` say what people call them. Returns the row numbers of entities that are seeds no more: of the texts,
    until linking finds that none names them.
    """
    wanted = {seed_uid(seed): seed for seed in seeds}
    gone = _save_entities(connection, wanted, rulings)
    rows = connection.execute(select(entity.c.uid, entity.c.id).where(entity.c.origin == "seed")).tuples()
    ids = dict(rows.all())
    _save_external_ids(connection, {ids[uid]: seed for uid, seed in wanted.items()})
    _save_aliases(connection, {ids[uid]: seed for uid, seed in wanted.items()})
    return gone


def _both(one: Seed, other: Seed) -> Seed:
    """Return the seed of two lists as one; the facts of the list that comes first in the alphabet win."""
    if one.wikidata and other.wikidata and one.wikidata != other.wikidata:
        raise BadSeeds(one.name, f"has two Wikidata ids, {one.wikidata} and {other.wikidata}")
    facts = {field: getattr(one, field) or getattr(other, field) for field in _FACTS}
    names = dict.fromkeys((*one.aliases, other.name, *other.aliases))
    aliases = tuple(name for name in names if name != one.name)
    return Seed(
        one.type, one.name, aliases, offices=tuple(dict.fromkeys((*one.offices, *other.offices))), **facts
    )


def _blocks_of(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the blocks that a seed's names decide on, those of the other type of place and organisation too."""
    of_type = EntityType(record["type"])
    types = (of_type,) if of_type is EntityType.PER else (EntityType.LOC, EntityType.ORG)
    for name in (record["name"], *record["aliases"]):
        yield from (block_of(type_, name) for type_ in types)


def _check(seeds: Iterable[Seed]) -> None:
    known = tuple(seeds)
    seeds_by_name(known)
    owners: dict[str, Seed] = {}
    for seed in known:
        if seed.wikidata and owners.setdefault(seed.wikidata, seed) != seed:
            both = f"is the id of both {owners[seed.wikidata].name} and {seed.name}"
            raise BadSeeds(seed.wikidata, both, "take it from one of them")


def _save_entities(connection: Connection, wanted: Mapping[str, Seed], rulings: Heads) -> set[int]:
    columns = (entity.c.id, entity.c.uid, entity.c.type, entity.c.name, entity.c.origin, entity.c.note)
    rows = list(connection.execute(select(*columns).where(entity.c.origin == "seed")))
    for part in chunks(sorted(wanted.keys() - {row.uid for row in rows})):
        rows += connection.execute(select(*columns).where(entity.c.uid.in_(part)))
    present = {row.uid: row for row in rows}
    heads = {uid: _entity_row(uid, seed, rulings) for uid, seed in wanted.items()}
    new = [row for uid, row in heads.items() if uid not in present]
    insert_rows(connection, entity, new)
    for uid, row in heads.items():
        if uid in present and any(getattr(present[uid], name) != row[name] for name in _HEAD):
            connection.execute(update(entity).where(entity.c.uid == uid).values(**row))
    gone = {row.id for uid, row in present.items() if uid not in wanted}
    if gone:
        connection.execute(update(entity).where(entity.c.id.in_(gone)).values(origin="text", note=None))
    return gone


_HEAD = ("type", "name", "origin", "note")


def _entity_row(uid: str, seed: Seed, rulings: Heads) -> dict[str, Any]:
    of_type, name = rulings.types.get(uid, seed.type), rulings.names.get(uid, seed.name)
    return {
        "uid": uid,
        "type": of_type,
        "name": name,
        "name_key": entity_key(of_type, name),
        "origin": "seed",
        "note": seed.note,
    }


def _save_external_ids(connection: Connection, wanted: Mapping[int, Seed]) -> None:
    x = external_id.c
    present = set(connection.execute(select(x.entity_id, x.value).where(x.scheme == _WIKIDATA)).tuples())
    listed = {(id_, seed.wikidata) for id_, seed in wanted.items() if seed.wikidata}
    for entity_id, value in present - listed:
        connection.execute(delete(external_id).where(x.entity_id == entity_id, x.value == value))
    new = [{"entity_id": id_, "scheme": _WIKIDATA, "value": value} for id_, value in sorted(listed - present)]
    insert_rows(connection, external_id, new)


def _save_aliases(connection: Connection, wanted: Mapping[int, Seed]) -> None:
    a = alias.c
    rows = connection.execute(select(a.id, a.entity_id, a.name, a.name_key).where(a.origin == "seed"))
    present = {(row.entity_id, row.name): row for row in rows}
    listed = {
        (id_, name): entity_key(seed.type, name)
        for id_, seed in wanted.items()
        for name in (seed.name, *seed.aliases)
    }
    idle = [row.id for pair, row in present.items() if listed.get(pair) != row.name_key]
    for part in chunks(idle):
        connection.execute(delete(alias).where(a.id.in_(part)))
    missing = sorted(
        pair for pair, key in listed.items() if pair not in present or present[pair].name_key != key
    )
    for part in chunks(missing):  # a form that texts print may be a seed's name now
        printed = tuple_(a.entity_id, a.name).in_(part)
        connection.execute(delete(alias).where(printed))
    new = [
        {"entity_id": id_, "name": name, "name_key": listed[id_, name], "origin": "seed"}
        for id_, name in missing
    ]
    add_aliases(connection, new)
