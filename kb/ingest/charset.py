"""Bytes of a page to its text, whatever charset they say they are in."""

from __future__ import annotations

import codecs
import re

from kb.errors import BinaryInput, EmptyInput, TooLarge
from kb.ingest.plain import refuse_binary

MAX_PAGE_BYTES = 10_000_000
"""The largest page that is read; news pages have 100,000 to 1,000,000 bytes."""

DECLARED_WITHIN = 1024
"""Bytes from the start within which a page declares its charset (the HTML standard's prescan)."""

HOME_CHARSET = "windows-1252"
"""What a page without a sound declaration is in, if not UTF-8: what browsers take for Indonesian."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_KNOWN = re.compile(r"(?:iso8859|cp125|koi8|mac|gb|big5|euc|shift_jis|tis)[\w-]*")
_LIKE_HOME = frozenset({"iso8859-1", "ascii"})


def decode_page(content: bytes, *, subject: str, encoding: str | None = None) -> str:
    """Return the text of a page, without a byte order mark; `encoding` is what came beside it.

    A mark decides, else UTF-8 if the bytes are UTF-8 or meant to be, else the first charset named that is one,
    else `HOME_CHARSET`: pages and servers that name a wrong charset are common. What no charset has becomes U+FFFD.
    Raises TooLarge, EmptyInput or BinaryInput about `subject`.
    """
    if len(content) > MAX_PAGE_BYTES:
        raise TooLarge(subject, f"is larger than the limit of {MAX_PAGE_BYTES:,} bytes a page")
    if not content.strip():
        raise EmptyInput(subject, "is empty")
    marked = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), None)
    if marked:
        text = content.removeprefix(marked[0]).decode(marked[1], errors="replace")
    else:
        refuse_binary(content, subject=subject)
        text = _decode_unmarked(content, encoding)
    if "\0" in text:
        raise BinaryInput(subject, "holds NUL characters")
    return text


def _decode_unmarked(content: bytes, encoding: str | None) -> str:
    text = content.decode("utf-8", errors="replace")
    n_broken = text.count("\ufffd")
    if n_broken <= sum(character > "\x7f" for character in text) - n_broken:
        return text
    declared = _DECLARED.search(content[:DECLARED_WITHIN])
    for name in (encoding, declared[1].decode() if declared else None, HOME_CHARSET):
        if name and (known := _know(name)):
            return content.decode(known, errors="replace")
    return text


def _know(name: str) -> str | None:
    """Return the codec of a charset that pages are written in, None for any other (``hex`` is a codec too)."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if known in _LIKE_HOME:
        return HOME_CHARSET
    return known if _KNOWN.fullmatch(known) else None
