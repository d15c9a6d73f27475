"""WARC files, read again and again: each page once, also where an archive has it as it was on several days."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import at, count, dump, on_sqlite, page, put_page, rows, take_in
from server import Site
from sqlalchemy import Engine

pytestmark = on_sqlite

LOOKED = ("run", "fetch", "article.last_seen_at")


def record(url: str, content: str, *, status: str = "200 OK", content_type: str = "text/html") -> bytes:
    """Return the gzipped record of a server's answer."""
    body = content.encode()
    answer = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )
    answer += body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((url, content))):032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)


def write(path: Path, records: Iterator[bytes] | list[bytes]) -> Path:
    """Write an archive."""
    path.write_bytes(b"".join(records))
    return path


def assert_stable(base: Engine, path: Path, n_unchanged: int) -> None:
    """Assert that reading the archive again finds so many known pages and writes nothing but that it looked."""
    before = dump(base, *LOOKED)
    for _ in range(2):
        outcome, heard = take_in(base, path)
        assert (outcome.articles.unchanged, outcome.articles.changed, heard.failures) == (n_unchanged, 0, [])
        assert dump(base, *LOOKED) == before


@pytest.mark.slow
def test_thousand_pages_are_a_thousand_articles(base: Engine, tmp_path: Path) -> None:
    """An archive of 1,000 pages, among other answers, comes to exactly 1,000 articles."""
    records = []
    for n in range(1000):
        url = f"https://kabar.example/berita/{n}"
        records.append(record(url, page(f"padi ke-{n}")))
        if n % 10 == 0:
            records.append(record(f"{url}/hilang", "tidak ada", status="404 Not Found"))
            records.append(record(f"{url}/foto.jpg", "bukan teks", content_type="image/jpeg"))
    path = write(tmp_path / "arsip.warc.gz", records)
    outcome, heard = take_in(base, path)
    assert (outcome.articles.new, count(base, "article"), heard.failures) == (1000, 1000, [])
    assert_stable(base, path, 1000)


def test_page_captured_on_several_days_is_one_article(base: Engine, tmp_path: Path) -> None:
    """Captures of one page are states of one article, which is as the last of them and stays so."""
    url = "https://kabar.example/padi"
    captures = [page("padi"), page("padi", " Panen selesai."), page("padi", " Gudang penuh.")]
    records = [record(f"{url}?utm_source={n}", content) for n, content in enumerate(captures)]
    path = write(
        tmp_path / "arsip.warc.gz", [*records, record("https://kabar.example/jagung", page("jagung"))]
    )
    outcome, _ = take_in(base, path)
    assert (outcome.articles.new, outcome.articles.changed) == (2, 2)
    assert rows(base, "body", "text")[rows(base, "revision", "is_current").index(True)].endswith("penuh.")
    assert_stable(base, path, 4)


def test_archives_of_several_days_are_stable(base: Engine, tmp_path: Path) -> None:
    """A folder of archives of several days holds each article once, as it was last."""
    url = "https://kabar.example/padi"
    for day, more in enumerate(("", " Panen selesai.", " Gudang penuh.")):
        write(tmp_path / f"hari-{day}.warc.gz", [record(url, page("padi", more))])
        take_in(base, tmp_path)
    assert (count(base, "article"), count(base, "revision")) == (1, 3)
    assert_stable(base, tmp_path, 3)


def test_page_of_an_archive_and_of_the_web_is_one_article(base: Engine, site: Site, tmp_path: Path) -> None:
    """What an archive has and what is fetched of one address is one article, and does not go to and fro."""
    path = write(tmp_path / "arsip.warc.gz", [record(at(site, "/padi"), page("padi"))])
    put_page(site, "/padi", "padi", " Panen selesai.")
    for one in (path, at(site, "/padi"), path, at(site, "/padi")):
        take_in(base, one)
    assert (count(base, "article"), count(base, "revision")) == (1, 2)
