"""Who is meant by a name, and what the base knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, Text, bindparam, func, or_, select, union

from kb.errors import NotFound
from kb.kinds import EntityType
from kb.names import fold, name_key
from kb.query.current import by_code_point, standing, stream
from kb.query.rows import EntityRow
from kb.store.columns import among_named, as_list
from kb.store.tables import alias, alias_word, entity, entity_count


@dataclass(frozen=True, slots=True)
class Meant:
    """Who a name may mean: those who go by it in full, and those in one of whose names it is a part.

    `is_given`: a list of seeds or a person says whom the name means, so that whom only articles call so is no more
    than one of those who bear it in part.
    """

    whole: tuple[EntityRow, ...]
    part: tuple[EntityRow, ...]
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many quotes and statements an entity has, and of how many more without a clear speaker it may be that."""

    n_quotes: int = 0
    n_statements: int = 0
    n_open: int = 0


def entities_named(connection: Connection, name: str) -> list[EntityRow]:
    """Return the entities that `name` may mean, whoever bears it in full first, then the most quoted.

    A name, alias or uid in full beats a part of one; but a single word is also taken as a part of people's
    names: ``Miller`` means everybody called Miller. NotFound, with near names, if there is nobody.
    """
    meant = who_is_meant(connection, name)
    return [*meant.whole, *meant.part]


def who_is_meant(connection: Connection, name: str) -> Meant:
    """Return who goes by `name`, and of whose name it is a part, the most quoted first; NotFound if nobody."""
    whole = _ids_of_full_name(connection, name)
    part: set[int] = set()
    if not whole or len(name_key(name).split()) == 1:
        part = _ids_of_part(connection, name, people_only=bool(whole)) - whole
    if not whole | part:
        near = near_names(connection, name)
        raise NotFound(name, "nobody of that name", f"did you mean {' or '.join(near)}?" if near else None)
    given = _ids_given(connection, name) & whole
    if given:
        whole, part = given, part | whole - given
    return Meant(tuple(_rows_of(connection, whole)), tuple(_rows_of(connection, part)), bool(given))


def entity_of(connection: Connection, uid: str) -> EntityRow | None:
    """Return the entity of a uid, or the one that it was merged into; None if the base has neither."""
    ids = set(connection.scalars(select(standing()).where(entity.c.uid == uid)))
    return next(iter(_rows_of(connection, ids)), None)


def entities(
    connection: Connection,
    *,
    type: EntityType | None = None,
    like: str | None = None,
    limit: int | None = None,
) -> Iterator[EntityRow]:
    """Yield the entities that current articles name, the most mentioned first.

    `like` is a part of a name or alias, folded.
    """
    conditions = [entity_count.c.n_mentions > 0]
    if type:
        conditions.append(entity.c.type == type.value)
    if like:
        named = (
            select(standing())
            .join_from(alias, entity)
            .where(alias.c.name_key.contains(fold(like), autoescape=True))
        )
        conditions.append(entity.c.id.in_(named))
    order = (entity_count.c.n_mentions.desc(), by_code_point(connection, entity.c.name), entity.c.uid)
    statement = _counted().where(*conditions).order_by(*order).limit(limit)
    return (EntityRow(*row) for row in stream(connection, statement))


def near_names(connection: Connection, name: str, *, n: int = 3) -> list[str]:
    """Return names of the base that are spelt nearly so, the nearest first.

    Only names with a word that begins or ends as one of `name` does are looked at.
    """
    from kb.names import nearest  # noqa: PLC0415  (most names are found as they are given)

    key = name_key(name)
    ends = {part for word in key.split() for part in (f" {word[0]}", f"{word[-2:]} ")}
    if not ends:
        return []
    spaced = " " + alias.c.name_key + " "
    wanted = or_(*(spaced.contains(end, autoescape=True) for end in sorted(ends)))
    rows = connection.execute(
        select(alias.c.name_key, entity.c.name).join_from(alias, entity).where(wanted).order_by(entity.c.id)
    )
    spelt: dict[str, str] = {}
    for alias_key, shown in rows:
        for spelling in (alias_key, *(alias_key.split() if " " not in key else ())):
            spelt.setdefault(spelling, shown)
    return list(dict.fromkeys(spelt[spelling] for spelling in nearest(key, spelt, n=n, least=0.7)))


def counts_of(connection: Connection, uid: str) -> Counts:
    """Return what the base has counted of an entity."""
    row = connection.execute(_counts(), {"uid": uid}).first()
    return Counts(*row) if row else Counts()


@cache
def _counts() -> Select[Any]:
    c = entity_count.c
    return select(c.n_quotes, c.n_statements, c.n_open).join(entity).where(entity.c.uid == bindparam("uid"))


def _ids_of_full_name(connection: Connection, name: str) -> set[int]:
    """Entities that go by `name` in full.

    As it stands first (``BPK RI`` is no ``RI``), then without titles, then by its words run together (``Jongun``).
    """
    key = name_key(name)
    for wanted in dict.fromkeys((fold(name), key)):
        if whole := set(connection.scalars(_bearers(), {"key": wanted, "uid": name})):
            return whole
    from kb.names import entity_uid  # noqa: PLC0415  (as above)

    spelt = select(standing()).where(entity.c.uid.in_([entity_uid(of_type, name) for of_type in EntityType]))
    if whole := set(connection.scalars(spelt)):  # `Sergey`, where articles print `Sergei`
        return whole
    joined = func.replace(alias.c.name_key, " ", "") == key.replace(" ", "")
    return set(connection.scalars(select(standing()).join_from(alias, entity).where(joined)))


@cache
def _bearers() -> CompoundSelect[Any]:
    """Select who goes by a key or a uid."""
    key, uid = bindparam("key", type_=Text), bindparam("uid", type_=Text)
    printed = select(standing()).join_from(alias, entity).where(alias.c.name_key == key)
    return union(
        printed,
        select(standing()).where(entity.c.name_key == key),
        select(standing()).where(entity.c.uid == uid),
    )


def _ids_given(connection: Connection, name: str) -> set[int]:
    """Entities that a list of seeds or a person calls so."""
    return set(connection.scalars(_given(), {"printed": fold(name), "key": name_key(name)}))


@cache
def _given() -> Select[Any]:
    either = or_(*(alias.c.name_key == bindparam(name, type_=Text) for name in ("printed", "key")))
    given = alias.c.origin.in_(("seed", "decision")) & either
    return select(standing()).join_from(alias, entity).where(given)


def _ids_of_part(connection: Connection, name: str, *, people_only: bool) -> set[int]:
    """Entities with all words of `name` among the words of one of their names, in any order."""
    words = set(name_key(name).split())
    if not words:
        return set()
    named = (select(alias_word.c.alias_id).where(alias_word.c.word == word) for word in sorted(words))
    holds = (alias.c.id.in_(aliases) for aliases in named)
    statement = select(standing()).join_from(alias, entity).where(*holds)
    if people_only:
        statement = statement.where(entity.c.type == EntityType.PER.value)
    return set(connection.scalars(statement))


def _rows_of(connection: Connection, ids: set[int]) -> list[EntityRow]:
    """Return the entities of these row numbers, the most quoted first."""
    dialect = connection.dialect.name
    found = connection.execute(_numbered(dialect), {"ids": as_list(dialect, ids)}) if ids else ()
    rows = [EntityRow(*row) for row in found]
    return sorted(rows, key=lambda row: (-row.n_quotes, -row.n_mentions, row.name, row.uid))


@cache
def _numbered(dialect: str) -> Select[Any]:
    return _counted().where(among_named(dialect, entity.c.id, "ids"))


@cache
def _counted() -> Select[Any]:
    """Select the columns of EntityRow."""
    c = entity_count.c
    counts = (func.coalesce(n, 0) for n in (c.n_mentions, c.n_quotes, c.n_articles))
    return select(entity.c.uid, entity.c.name, entity.c.type, *counts).select_from(
        entity.outerjoin(entity_count, c.entity_id == entity.c.id)
    )
