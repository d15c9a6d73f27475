"""The bytes of an article as they came, before anybody reads them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from kb.ingest.addresses import canonical_url

ID_LENGTH = 16
"""Hexadecimal digits of a hash that make an id where a text brings none."""


class Form(StrEnum):
    """What the bytes are, and so who reads them."""

    PLAIN = "plain"
    RECORD = "record"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one article as they came, not read yet.

    `subject` is what an error about it names (path, ``path:line``, URL), `origin` the file as given or the URL it
    came from. `place` is where these bytes stand alone (``file:///...`` or the canonical URL); None for one line
    among others and for standard input. `url` is the address of a page, after redirects; `encoding` the charset
    that came beside it. `sha256` is the hexadecimal hash of `content`.
    """

    content: bytes
    form: Form
    subject: str
    origin: str
    sha256: str
    place: str | None
    url: str | None = None
    encoding: str | None = None


def make_page(
    content: bytes,
    *,
    url: str,
    subject: str | None = None,
    encoding: str | None = None,
    origin: str | None = None,
) -> Raw:
    """Return the raw page that came from `url`; `subject` and `origin` are the URL where none is given."""
    return Raw(
        content=content,
        form=Form.PAGE,
        subject=subject or url,
        origin=origin or url,
        sha256=hash_bytes(content),
        place=canonical_url(url),
        url=url,
        encoding=encoding,
    )


def hash_bytes(raw: bytes) -> str:
    """Return the hexadecimal SHA-256."""
    return hashlib.sha256(raw).hexdigest()
