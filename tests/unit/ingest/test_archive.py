"""What a WARC file holds."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

import brotli
import pytest

from kb import errors
from kb.ingest import Form, Raw, find_raws, read_articles
from kb.model import Article

PAGE = b"<html><body><h1>Tanggul Jebol</h1><p>Bupati Arman Sagara mengatakan tanggul %d akan selesai.</p></body></html>"


def chunk(content: bytes) -> bytes:
    parts = (content[i : i + 40] for i in range(0, len(content), 40))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def record(
    n: int,
    content: bytes | None = None,
    *,
    http: bytes = b"Content-Type: text/html; charset=utf-8",
    **said: bytes,
) -> bytes:
    """A record as crawlers write them: by default a page's answer 200."""
    kind, status = said.get("kind", b"response"), said.get("status", b"200 OK")
    payload = b"HTTP/1.1 %s\r\n%s\r\n\r\n%s" % (status, http, PAGE % n if content is None else content)
    return (
        b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
        b"WARC-Date: 2024-06-18T04:51:00Z\r\nWARC-Target-URI: %s\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (kind, n, said.get("url", b"https://kabarlintang.co.id/%d" % n), len(payload), payload)
    )


def find(folder: Path, content: bytes, *, name: str = "arsip.warc") -> list[Raw | errors.InputError]:
    (folder / name).write_bytes(content)
    return list(find_raws([str(folder / name)]))


def numbers(found: list[Raw | errors.InputError]) -> list[int | str]:
    """The number of each page found, the name of each error."""
    return [
        int((raw.url or "").rpartition("/")[2]) if isinstance(raw, Raw) else type(raw).__name__
        for raw in found
    ]


@pytest.mark.parametrize("name", ["arsip.warc", "arsip.warc.gz"])
def test_every_page_of_an_archive_is_found(tmp_path: Path, name: str) -> None:
    """A thousand answers among requests, pictures and repeats are a thousand pages, right to the last one."""
    others = [
        record(0, kind=b"warcinfo"),
        record(1, kind=b"request"),
        record(2, kind=b"revisit"),
        record(3, status=b"404 Not Found"),
        record(4, status=b"301 Moved Permanently"),
        record(5, b"\x89PNG\0", http=b"Content-Type: image/png"),
        record(6, b"{}", http=b"Content-Type: application/json"),
    ]
    pages = [r for n in range(1000) for r in (record(n), others[n % len(others)])]
    written = b"".join(map(gzip.compress, pages) if name.endswith("gz") else pages)
    found = find(tmp_path, written, name=name)
    assert numbers(found) == list(range(1000))
    raw = found[-1]
    assert isinstance(raw, Raw)
    assert (raw.form, raw.content, raw.encoding) == (Form.PAGE, PAGE % 999, "utf-8")
    assert raw.url == raw.subject == "https://kabarlintang.co.id/999"
    assert raw.place is None  # another record may hold the page of another day
    assert raw.origin == str(tmp_path / name)


def test_an_archive_is_read_like_any_other_input(tmp_path: Path) -> None:
    """A folder is searched for archives too, and their pages come out as articles under their addresses."""
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(1, url=b"<http://www.kabarlintang.co.id/1/>")))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "dua", "text": "Hujan turun di Muara Lintang."}))
    page, line = read_articles([str(tmp_path)])
    assert isinstance(page, Article)
    assert isinstance(line, Article)
    assert page.body == "Bupati Arman Sagara mengatakan tanggul 1 akan selesai."
    assert page.urls == ("https://kabarlintang.co.id/1",)
    assert line.id == "dua"


HTML = b"Content-Type: text/html\r\n"
CODED: dict[str, tuple[bytes, bytes]] = {
    "chunked": (chunk(PAGE % 1), HTML + b"Transfer-Encoding: chunked"),
    "gzip": (gzip.compress(PAGE % 1), HTML + b"Content-Encoding: gzip"),
    "deflate": (zlib.compress(PAGE % 1), HTML + b"Content-Encoding: deflate"),
    "brotli": (brotli.compress(PAGE % 1), HTML + b"Content-Encoding: br"),
    "chunked gzip": (
        chunk(gzip.compress(PAGE % 1)),
        HTML + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
    ),
    "not chunked after all": (PAGE % 1, HTML + b"Transfer-Encoding: chunked"),
    "not gzip after all": (PAGE % 1, HTML + b"Content-Encoding: gzip"),
    "coding that is none": (PAGE % 1, HTML + b"Content-Encoding: identity"),
}


@pytest.mark.parametrize(("content", "http"), CODED.values(), ids=list(CODED))
def test_payloads_are_decoded(tmp_path: Path, content: bytes, http: bytes) -> None:
    """A page is its markup, however it was sent, and also where the crawler has decoded it without saying so."""
    first, second = find(tmp_path, record(1, content, http=http) + record(2))
    assert isinstance(first, Raw)
    assert first.content == PAGE % 1
    assert numbers([second]) == [2]


GZ = [gzip.compress(record(n)) for n in range(4)]
BROKEN = bytearray(GZ[1])
BROKEN[40:90] = bytes(50)
DAMAGE: dict[str, tuple[bytes, list[int | str]]] = {
    "compressed record": (GZ[0] + bytes(BROKEN) + GZ[2] + GZ[3], [0, "BadArchive", 2, 3]),
    "first record": (bytes(BROKEN) + GZ[2] + GZ[3], ["BadArchive", 2, 3]),
    "plain record": (
        record(0) + record(1).replace(b"WARC/1.0", b"WURC/1.0") + record(2),
        [0, "BadArchive", 2],
    ),
    "two places": (
        GZ[0] + bytes(BROKEN) + GZ[2] + bytes(BROKEN) + GZ[3],
        [0, "BadArchive", 2, "BadArchive", 3],
    ),
    "compressed end": (b"".join(GZ)[:-60], [0, 1, 2, "BadArchive"]),
    "plain end": (record(0) + record(1)[:-80], [0, "BadArchive"]),
    "garbage behind": (GZ[0] + b"sampah" * 50, [0, "BadArchive"]),
    "garbage": (b"ini bukan arsip\n" * 100, ["BadArchive"]),
    "nothing": (b"", ["EmptyInput"]),
    "no page": (record(1, kind=b"request"), ["EmptyInput"]),
}


@pytest.mark.parametrize(("content", "expected"), DAMAGE.values(), ids=list(DAMAGE))
def test_damage_is_one_error_and_the_rest_is_read(
    tmp_path: Path, content: bytes, expected: list[int | str]
) -> None:
    """A damaged stretch is one error that names file and byte; the pages around it are found, none half."""
    found = find(tmp_path, content)
    assert numbers(found) == expected
    damaged = [error for error in found if isinstance(error, errors.BadArchive)]
    assert all(error.subject.startswith(f"{tmp_path / 'arsip.warc'}:") for error in damaged)


def test_a_record_that_unpacks_to_more_than_a_page_is_stopped(tmp_path: Path) -> None:
    """A gzip bomb is an error about its address, and the next page is found."""
    bomb = gzip.compress(bytes(50_000_000), 1)
    bomb, page = find(tmp_path, record(1, bomb, http=HTML + b"Content-Encoding: gzip") + record(2))
    assert isinstance(bomb, errors.TooLarge)
    assert bomb.subject == "https://kabarlintang.co.id/1"
    assert numbers([page]) == [2]


def test_an_archive_is_read_lazily(tmp_path: Path) -> None:
    """The first page is there before the file's end is looked at."""
    (tmp_path / "a.warc").write_bytes(record(1) + b"sampah" * 1000)
    first = next(find_raws([str(tmp_path / "a.warc")]))
    assert isinstance(first, Raw)
