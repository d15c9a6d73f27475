"""WARC files, as crawlers write them and Common Crawl's news set has them: one page a response.

Payloads are decoded here and not by the reading library: one that is not in the coding it names, which crawlers
that have undone it already do not always say, is then taken as it is, and one that unpacks to more than a page
stops where a page must.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from kb.errors import BadArchive, EmptyInput, InputError, TooLarge
from kb.ingest.charset import MAX_PAGE_BYTES
from kb.ingest.raws import Raw, make_page

if TYPE_CHECKING:
    from fastwarc.stream_io import WarcReader
    from fastwarc.warc import WarcRecord

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})

SCAN_BYTES = 1 << 20
"""Bytes read at a time in search of the next record behind a damaged one."""

_BEGIN = re.compile(rb"\x1f\x8b\x08|WARC/1\.[01]\r\n")


def find_in_archive(stream: BinaryIO, name: str) -> Iterator[Raw | InputError]:
    """Yield each page that the archive has an answer 200 for, a record at a time; all else is passed over.

    A damaged stretch is yielded as one error with the byte of the last record before it, and what follows it is
    found again, where its records are compressed one by one or not at all.
    """
    start: int | None = 0
    n_found, damaged = 0, False
    while start is not None:
        last = start
        try:
            for record in _open(stream, start):
                last, damaged = record.stream_pos, False
                if found := _read_response(record, name):
                    n_found += 1
                    yield found
            start = None
        except OSError as error:
            if not damaged:
                n_found, damaged = n_found + 1, True
                yield BadArchive(f"{name}:{last}", f"is damaged behind this byte: {error}")
            start = _find_begin(stream, last + 1)
    if not n_found:
        yield EmptyInput(name, "holds no page")


def _open(stream: BinaryIO, start: int) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 (no query reads an archive)

    stream.seek(start)
    return iter(ArchiveIterator(stream, parse_http=False))


def _find_begin(stream: BinaryIO, start: int) -> int | None:
    """Return where the next record may begin, from byte `start` on."""
    stream.seek(start)
    before = b""
    while chunk := stream.read(SCAN_BYTES):
        if match := _BEGIN.search(before + chunk):
            return start - len(before) + match.start()
        start += len(chunk)
        before = chunk[-9:]  # a mark may lie across
    return None


def _read_response(record: WarcRecord, name: str) -> Raw | InputError | None:
    from fastwarc.warc import response  # noqa: PLC0415

    if record.record_type != response or not record.is_http:
        return None
    record.parse_http()
    content = record.reader.read(MAX_PAGE_BYTES + 1)
    if len(content) < min(record.content_length, MAX_PAGE_BYTES + 1):  # before its headers are trusted
        return BadArchive(f"{name}:{record.stream_pos}", "is a record that ends too soon")
    if record.http_headers.status_code != 200 or record.http_content_type not in PAGE_TYPES:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    for coding in _codings(record):
        content = _decode(content, coding)
    if len(content) > MAX_PAGE_BYTES:
        return TooLarge(url, f"is larger than the limit of {MAX_PAGE_BYTES:,} bytes a page")
    page = make_page(content, url=url, encoding=record.http_charset, origin=name)
    return replace(page, place=None)  # an archive may hold a page as it was on several days


def _codings(record: WarcRecord) -> Iterator[str]:
    """Yield the codings of a payload, the last applied first."""
    for header in ("Transfer-Encoding", "Content-Encoding"):
        yield from reversed((record.http_headers.get(header) or "").lower().replace(" ", "").split(","))


def _decode(content: bytes, coding: str) -> bytes:
    try:
        reader = _reader(BytesIO(content), coding)
        return reader.read(MAX_PAGE_BYTES + 1) if reader else content
    except OSError:
        return content


def _reader(stream: BinaryIO, coding: str) -> WarcReader | None:
    from fastwarc import stream_io  # noqa: PLC0415

    match coding:
        case "chunked":
            return stream_io.ChunkedReader(stream)
        case "gzip" | "x-gzip":
            return stream_io.GzipReader(stream)
        case "deflate":
            return stream_io.GzipReader(stream, zlib=True)
        case "br":
            return stream_io.BrotliReader(stream)
        case "zstd":
            return stream_io.ZstdReader(stream)
    return None
