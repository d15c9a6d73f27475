"""What an article has left in a base: what it is called there, and which texts and bytes are its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy import ColumnElement, Connection, select

from kb.store.tables import article, article_url, body, reading, revision

Canonical = Callable[[str], str | None]
"""Brings an address into the form that all addresses of one article share; None for what is no address."""

_ADDRESS = re.compile(rb"https?://[^\s\"'<>\\]+[^\s\"'<>\\.,;:)\]]")


@dataclass(frozen=True, slots=True)
class Traces:
    """What an article has left in a base.

    `bodies` are its texts by row number, `own` those of them that no other article prints, `sharing` the ids of the
    articles that print the others. `names` is what it is called besides its addresses: its id and its files.
    `urls` are its addresses in canonical form, `raw_sha256s` the hashes of bytes that are this article alone.
    """

    article_id: int
    ref: str
    bodies: Mapping[int, str]
    own: frozenset[int]
    sharing: tuple[str, ...]
    names: frozenset[str]
    urls: frozenset[str]
    raw_sha256s: frozenset[str]
    canonical: Canonical

    def is_named(self, name: str | None) -> bool:
        """Whether `name` is this article's id, file or address, in whatever form of the address."""
        return name is not None and (name in self.names or self.is_address(name))

    def is_address(self, name: str) -> bool:
        """Whether `name` is one of its addresses, in whatever form."""
        return self.canonical(name) in self.urls

    def is_told_of(self, content: bytes) -> bool:
        """Whether `content` holds one of its addresses, its id as a JSON record has it, or a part of its text."""
        addresses = (unescape(found.decode(errors="replace")) for found in _ADDRESS.findall(content))
        return any(map(self.is_address, addresses)) or any(needle in content for needle in self._needles())

    def _needles(self) -> Iterator[bytes]:
        yield json.dumps(self.ref, ensure_ascii=False).encode()
        for row in self.own:
            yield max(self.bodies[row].splitlines(), key=len).encode()


def load_traces(connection: Connection, ref: str, canonical: Canonical) -> Traces | None:
    """Return what the article of this very id has left; None if there is none."""
    article_id = connection.scalar(select(article.c.id).where(article.c.ref == ref))
    if article_id is None:
        return None
    r, is_its = revision.c, revision.c.article_id == article_id
    texts = select(body.c.id, body.c.text).join(revision).where(is_its)
    bodies = {row: text for row, text in connection.execute(texts)}
    sharing = _sharing(connection, article_id, bodies)
    places = column_of(connection, reading.c.place, reading.c.article_id == article_id)
    files = {place for place in places if place.startswith("file:")}
    addresses = column_of(connection, r.url, is_its) | (places - files)
    addresses |= column_of(connection, article_url.c.url, article_url.c.article_id == article_id)
    return Traces(
        article_id=article_id,
        ref=ref,
        bodies=bodies,
        own=frozenset(bodies.keys() - sharing.keys()),
        sharing=tuple(sorted({name for names in sharing.values() for name in names})),
        names=frozenset([ref, *files, *map(_path, files), *_origins(connection, article_id, files)]),
        urls=frozenset(filter(None, map(canonical, addresses))),
        raw_sha256s=frozenset(_own(connection, article_id, r.raw_sha256, reading.c.raw_sha256)),
        canonical=canonical,
    )


def column_of(
    connection: Connection, column: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> set[Any]:
    """Return all values of a column under these conditions, NULL left out."""
    return set(connection.scalars(select(column).where(column.is_not(None), *conditions)))


def _sharing(connection: Connection, article_id: int, bodies: Iterable[int]) -> dict[int, set[str]]:
    """Return which other articles print these bodies, in whatever revision."""
    found: dict[int, set[str]] = {}
    r = revision.c
    printing = select(r.body_id, article.c.ref).join(article, article.c.id == r.article_id)
    for row, ref in connection.execute(printing.where(r.body_id.in_(bodies), r.article_id != article_id)):
        found.setdefault(row, set()).add(ref)
    return found


def _own(connection: Connection, article_id: int, *columns: Any) -> set[str]:
    """Return what these columns (of revisions or readings) have for this article and for no other."""
    its: set[str] = set()
    for column in columns:
        its |= column_of(connection, column, column.table.c.article_id == article_id)
    for column in columns:
        its -= column_of(connection, column, column.in_(its), column.table.c.article_id != article_id)
    return its


def _origins(connection: Connection, article_id: int, files: Iterable[str]) -> Iterator[str]:
    """Yield its files as they were given; one that holds other articles' lines as well is none of its own."""
    file_names = {PurePath(_path(file)).name for file in files}
    given = column_of(connection, revision.c.origin, revision.c.article_id == article_id)
    return (origin for origin in sorted(given) if PurePath(origin).name in file_names)


def _path(place: str) -> str:
    return url2pathname(urlsplit(place).path)
