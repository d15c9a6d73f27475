"""RSS and Atom feeds: which articles a feed names. What a feed says of them beside is left to their pages."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any

from kb.errors import BadFeed, TooLarge
from kb.ingest.addresses import canonical_url
from kb.ingest.body import normalise
from kb.ingest.dates import parse_published

MAX_FEED_BYTES = 5_000_000
"""The largest feed that is read; 500 entries with full texts have 2,500,000 bytes."""

MOST_TAGS = 200_000
"""Tags of a feed, those of texts inside it too: feedparser takes 0.1 ms for one."""

MOST_BASES = 2_000
LONGEST_TAG = 20_000
"""Places that set a base, and bytes of a tag: feedparser takes the square of both (1 s for these)."""

HEAD_BYTES = 4096
"""Bytes in which a document shows by its first element what it is."""

_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_ROOT = re.compile(rb"<((?:[A-Za-z][\w.-]*:)?[A-Za-z][\w.-]*)")
_ROOTS = frozenset({b"rss", b"feed", b"rdf"})
_NESTED = re.compile(rb"<!ENTITY[^<>]*&(?!#)", re.I)
_OPENING = re.compile(rb"<[A-Za-z]")
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d}" % LONGEST_TAG)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed names; `published` and `updated` are aware UTC, None where the feed gives no hour."""

    url: str
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed names, in its order."""

    title: str | None
    entries: tuple[Entry, ...]


def is_feed(content: bytes, content_type: str | None = None) -> bool:
    """Whether the first element is that of a feed; where none is in sight, whether the server calls it one."""
    head = content[:HEAD_BYTES].replace(b"\0", b"")  # UTF-16 too
    root = _ROOT.search(_COMMENT.sub(b"", head))
    if root is None:
        return content_type is not None and any(kind in content_type.lower() for kind in ("rss", "atom"))
    return root[1].lower().rpartition(b":")[2] in _ROOTS


def read_feed(content: bytes, *, url: str, content_type: str | None = None) -> Feed:
    """Read the feed that came from `url`, against which its links are resolved.

    An entry without an http(s) link is left out, as is a second one for the same article. Broken XML is read as
    far as it goes. Raises BadFeed for what is no feed, TooLarge.
    """
    import feedparser  # noqa: PLC0415 (no query reads a feed)

    if len(content) > MAX_FEED_BYTES:
        raise TooLarge(url, f"is larger than the limit of {MAX_FEED_BYTES:,} bytes a feed")
    if _is_bomb(content):
        raise TooLarge(url, "is built to keep a reader busy")
    if not is_feed(content, content_type):
        raise BadFeed(url, "is no RSS or Atom feed")
    parsed = feedparser.parse(
        BytesIO(content),  # a string would be taken for an address or a file
        response_headers={"content-type": content_type or "application/xml", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.get("version") and not parsed.entries:
        raise BadFeed(url, "is no RSS or Atom feed")
    entries: dict[str, Entry] = {}
    for canonical, entry in _read_entries(parsed.entries):
        entries.setdefault(canonical, entry)
    return Feed(_one_line(parsed.feed.get("title")), tuple(entries.values()))


def _is_bomb(content: bytes) -> bool:
    n_tags = sum(1 for _ in _OPENING.finditer(content))
    long = _LONG_TAG.search(content) or _NESTED.search(content)
    return n_tags > MOST_TAGS or content.count(b"xml:base") > MOST_BASES or bool(long)


def _read_entries(items: list[Any]) -> Iterator[tuple[str, Entry]]:
    for item in items:
        url = (item.get("feedburner_origlink") or item.get("link") or "").strip()
        if canonical := canonical_url(url):
            yield (
                canonical,
                Entry(
                    url=url,
                    title=_one_line(item.get("title")),
                    published=_read_moment(item, "published"),
                    updated=_read_moment(item, "updated"),
                ),
            )


def _read_moment(item: Any, name: str) -> datetime | None:
    # Item access alone: feedparser's `get` gives the one for the other where it is missing
    printed, parsed = (dict.get(item, field) for field in (name, f"{name}_parsed"))
    found = parse_published(printed) if printed else None
    if found and found.at:
        return found.at
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _one_line(text: str | None) -> str | None:
    return " ".join(normalise(unescape(_TAG.sub("", text))).split()) or None if text else None
