"""Ingest: bytes to articles. `find_raws` finds them, `read_raw` reads one; what cannot be read is an InputError."""

from __future__ import annotations

from kb.ingest.addresses import canonical_url
from kb.ingest.charset import MAX_PAGE_BYTES
from kb.ingest.feeds import Entry, Feed, is_feed, read_feed
from kb.ingest.inputs import count_raws, find_raws
from kb.ingest.plain import MAX_ARTICLE_BYTES
from kb.ingest.raws import Form, Raw, make_page
from kb.ingest.reader import read_articles, read_raw, reader_of

__all__ = [
    "MAX_ARTICLE_BYTES",
    "MAX_PAGE_BYTES",
    "Entry",
    "Feed",
    "Form",
    "Raw",
    "canonical_url",
    "count_raws",
    "find_raws",
    "is_feed",
    "make_page",
    "read_articles",
    "read_feed",
    "read_raw",
    "reader_of",
]
