"""Ingest: bytes to articles. ``read_articles`` is the door; what cannot be read comes out as an error."""

from __future__ import annotations

from kb.ingest.plain import MAX_ARTICLE_BYTES
from kb.ingest.reader import read_articles

__all__ = ["MAX_ARTICLE_BYTES", "read_articles"]
