"""Fetching one address, against a real server: what comes back, and where redirects lead."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from fetching import AT_ONCE, PAGE, START, Clock, fetch, make_outside
from server import Answer, Site, redirect

from kb import __version__
from kb.errors import FetchError, FetchFailed, FetchRefused
from kb.fetch import Request, open_fetcher


def test_page_comes_with_what_its_host_says_of_it(site: Site) -> None:
    """Bytes, media type, charset and validators are the answer's, the time is aware UTC."""
    site.put(
        "/a?halaman=2",
        Answer(
            PAGE.encode("latin-1"),
            content_type='Text/HTML; Charset="ISO-8859-1"',
            etag='W/"1"',
            last_modified="Mon, 02 Mar 2026 07:00:00 GMT",
        ),
    )
    fetched = fetch(site.url("/a?halaman=2#isi"), outside=make_outside(Clock()))
    assert (fetched.status, fetched.content) == (200, PAGE.encode("latin-1"))
    assert (fetched.content_type, fetched.encoding) == ("text/html", "iso-8859-1")
    assert (fetched.etag, fetched.last_modified) == ('W/"1"', "Mon, 02 Mar 2026 07:00:00 GMT")
    assert (fetched.url, fetched.final_url, fetched.permanent_url) == (site.url("/a?halaman=2#isi"),) * 2 + (
        None,
    )
    assert fetched.fetched_at == START


def test_request_names_us(site: Site) -> None:
    """The User-Agent has our name, version and an address; no cookie or referrer is sent."""
    site.put("/", Answer(PAGE, headers={"Set-Cookie": "a=b"}))
    with open_fetcher(AT_ONCE) as fetcher:
        for _ in range(2):
            fetcher.fetch(Request(site.url(), allow_private=True))
    for asked in site.requests:
        assert asked.headers["User-Agent"].startswith(f"kb-indonesia/{__version__} (+https://")
        assert {name.lower() for name in asked.headers} == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize(
    ("sent", "content_type", "encoding"),
    [
        ("application/rss+xml", "application/rss+xml", None),
        ("text/html;charset=utf-8; boundary=x", "text/html", "utf-8"),
        ("text/html ; x=y; Charset = 'Windows-1252'", "text/html", "windows-1252"),
        ("text/html; charset=", "text/html", None),
        ("; charset=utf-8", None, "utf-8"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_content_type_is_read(
    site: Site, sent: str | None, content_type: str | None, encoding: str | None
) -> None:
    """Media type and charset are read as far as the host gives them; the bytes are left as they are."""
    site.put("/", Answer(b"\xe9", content_type=sent))
    fetched = fetch(site.url())
    assert (fetched.content_type, fetched.encoding, fetched.content) == (content_type, encoding, b"\xe9")


@pytest.mark.parametrize("etag", ['"' + "x" * 1000 + '"', '"\x01"', ""], ids=["long", "control", "empty"])
def test_validator_that_cannot_be_sent_back_is_not_kept(site: Site, etag: str) -> None:
    """An ETag that a host would choke on would make every later request fail, so it is dropped."""
    site.put("/", Answer(PAGE, headers={"ETag": etag}))
    assert fetch(site.url()).etag is None


def deflate_raw(body: bytes) -> bytes:
    """Pack as some hosts understand ``deflate``: without the zlib header."""
    return zlib.compress(body)[2:-4]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("br", brotli.compress),
        ("deflate", zlib.compress),
        ("deflate", deflate_raw),
        ("identity", bytes),
        ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
    ],
    ids=["gzip", "x-gzip", "br", "deflate", "raw deflate", "identity", "gzip of two members"],
)
@pytest.mark.parametrize("chunked", [False, True], ids=["with length", "chunked"])
def test_content_is_unpacked(site: Site, coding: str, pack: object, chunked: bool) -> None:
    """Content comes unpacked, however it was packed and sent."""
    body = PAGE.encode() * 2000
    site.put("/", Answer(pack(body), headers={"Content-Encoding": coding}, chunked=chunked))  # type: ignore[operator]
    assert fetch(site.url()).content == body


@pytest.mark.parametrize("coding", ["gzip, gzip", "zstd", "compress"])
def test_other_packing_is_no_content(site: Site, coding: str) -> None:
    """Packings in several layers, and such as we did not ask for, fail and are not taken for text."""
    site.put("/", Answer(gzip.compress(gzip.compress(b"a")), headers={"Content-Encoding": coding}))
    with pytest.raises(FetchFailed, match=coding):
        fetch(site.url())


@pytest.mark.parametrize(
    "state",
    [{"etag": '"7"'}, {"last_modified": "Mon, 02 Mar 2026 07:00:00 GMT"}],
    ids=["etag", "last-modified"],
)
def test_unchanged_page_is_not_sent_again(site: Site, state: dict[str, str]) -> None:
    """A page that is as we know it comes as 304 without content, and keeps what we know it by."""
    site.put("/", Answer(PAGE, **state))
    fetched = fetch(site.url(), **state)
    assert (fetched.status, fetched.content) == (304, b"")
    assert {name: getattr(fetched, name) for name in state} == state
    site.put("/", Answer(PAGE + "!", etag='"8"'))
    assert fetch(site.url(), **state).etag == '"8"'


def test_not_modified_since_never_is_a_failure(site: Site) -> None:
    """A 304 that we did not ask for is not taken for an unchanged page."""
    site.put("/", Answer(status=304))
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url())
    assert caught.value.status == 304


@pytest.mark.parametrize("status", [404, 410])
def test_gone_page_is_an_answer(site: Site, status: int) -> None:
    """That a page is gone is no error, and the host's words about it are no content."""
    site.put("/", Answer("Halaman tidak ditemukan", status=status))
    fetched = fetch(site.url(), etag='"1"')
    assert (fetched.status, fetched.content, fetched.etag) == (status, b"", None)


@pytest.mark.parametrize("status", [201, 203])
def test_other_success_with_content_is_a_page(site: Site, status: int) -> None:
    """2xx with content counts as 200."""
    site.put("/", Answer(PAGE, status=status))
    assert (fetch(site.url()).status, fetch(site.url()).content) == (200, PAGE.encode())


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(status=202), 202),
        (Answer(status=204, headers={"Content-Length": None}), 204),
        (Answer(PAGE, status=206), 206),
        (Answer(PAGE, status=300), 300),
        *((Answer(PAGE, status=status), status) for status in (400, 401, 402, 403, 406, 418, 451, 501, 505)),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_other_status_is_a_failure(site: Site, answer: Answer, status: int) -> None:
    """Any other status is a failure that tells it, and is not asked for again."""
    site.put("/", answer)
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url())
    assert (caught.value.status, caught.value.subject) == (status, site.url())
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([303, 307], None),
        ([301, 301, 307, 301], "/2"),
        ([302] * 5, None),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, list) else "",
)
def test_redirects_are_followed(site: Site, statuses: list[int], permanent: str | None) -> None:
    """Redirects lead to a page; its lasting address is where the unbroken run of 301 and 308 ends."""
    for number, status in enumerate(statuses):
        site.put(f"/{number}", redirect(f"/{number + 1}", status))
    site.put(f"/{len(statuses)}", Answer(PAGE))
    fetched = fetch(site.url("/0"))
    assert (fetched.url, fetched.final_url) == (site.url("/0"), site.url(f"/{len(statuses)}"))
    assert fetched.permanent_url == (site.url(permanent) if permanent else None)


@pytest.mark.parametrize(
    ("location", "path"),
    [("b", "/a/b"), ("../c?d=1#e", "/c?d=1"), ("?f", "/a/x?f"), ("/berita/caf\xc3\xa9", "/berita/caf%C3%A9")],
    ids=["sibling", "parent, query, fragment", "query", "UTF-8"],
)
def test_redirect_may_be_relative(site: Site, location: str, path: str) -> None:
    """A Location is read against the page that sent it, and as UTF-8."""
    site.put("/a/x", redirect(location))
    site.put(path, Answer(PAGE))
    assert fetch(site.url("/a/x")).final_url == site.url(path)


def test_redirects_end(site: Site) -> None:
    """A circle and a sixth redirect fail, after no more requests than that."""
    site.put("/a", redirect("/b"))
    site.put("/b", redirect("/a"))
    with pytest.raises(FetchFailed, match="circle"):
        fetch(site.url("/a"))
    assert site.paths == ["/a", "/b"]
    for number in range(10):
        site.put(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(FetchFailed, match="more than 5"):
        fetch(site.url("/0"))
    assert site.paths[2:] == [f"/{number}" for number in range(6)]


@pytest.mark.parametrize(
    ("location", "error"),
    [
        (None, FetchFailed),
        ("", FetchFailed),
        ("http://[", FetchFailed),
        ("http://127.0.0.1:99999/", FetchRefused),
        ("file:///etc/passwd", FetchRefused),
        ("ftp://kabar.example/", FetchRefused),
        ("javascript:alert(1)", FetchRefused),
        ("http://siti:rahasia@127.0.0.1/", FetchRefused),
    ],
)
def test_redirect_to_what_is_not_fetched(site: Site, location: str | None, error: type[FetchError]) -> None:
    """A redirect to no address, another scheme or with a password ends there; the error is about what we asked."""
    site.put("/", Answer(status=302, headers={"Location": location}))
    with pytest.raises(error) as caught:
        fetch(site.url())
    assert caught.value.subject == site.url()
    assert "rahasia" not in str(caught.value)
    assert len(site.requests) == 1
