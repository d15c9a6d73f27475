"""Bytes to text: what is no text, not UTF-8 or too large is refused."""

from __future__ import annotations

from pathlib import PurePath

from kb.errors import BadEncoding, BinaryInput, EmptyInput, TooLarge
from kb.ingest.article import Record
from kb.ingest.raws import ID_LENGTH, Raw

MAX_ARTICLE_BYTES = 5_000_000
"""The largest text or record that is taken for one article; a long article has 30,000 bytes."""

MOST_CONTROL = 0.05
"""Share of control bytes from which on bytes are no text."""

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b") | {127})
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_plain(raw: Raw) -> Record:
    """Read a text as a record; its id is the file's name without extension, or taken from the content.

    Raises the errors of `decode`.
    """
    text = decode(raw.content, subject=raw.subject)
    id_ = PurePath(raw.origin).stem if raw.place else raw.sha256[:ID_LENGTH]
    return Record(id=id_, text=text, sha256=raw.sha256, subject=raw.subject, origin=raw.origin)


def decode(raw: bytes, *, subject: str) -> str:
    """Return the text of `raw` without a byte order mark.

    Raises TooLarge, EmptyInput, BinaryInput or BadEncoding about `subject`.
    """
    if len(raw) > MAX_ARTICLE_BYTES:
        raise TooLarge(
            subject, f"is larger than the limit of {MAX_ARTICLE_BYTES:,} bytes an article", "split it"
        )
    if not raw.removeprefix(_BOM).strip():
        raise EmptyInput(subject, "is empty")
    refuse_binary(raw, subject=subject)
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadEncoding(subject, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error


def refuse_binary(raw: bytes, *, subject: str) -> None:
    """Raise BadEncoding for UTF-16, BinaryInput for bytes with NUL or too many control bytes to be text."""
    if raw.startswith(_UTF_16):
        raise BadEncoding(subject, "is UTF-16, not UTF-8", "save it as UTF-8")
    n_control = len(raw) - len(raw.translate(None, _CONTROL))
    if b"\0" in raw or n_control > MOST_CONTROL * len(raw):
        raise BinaryInput(subject, "is binary, not text")
