"""Fetching one address, against a real server: what comes back, what is refused, what is cut off."""

from __future__ import annotations

import gzip
import io
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from fetching import AT_ONCE, START, Clock, Names, fetch, make_outside
from server import Answer, Site, redirect, serving

from kb import __version__
from kb.errors import FetchError, FetchFailed, FetchRefused, FetchTooLarge
from kb.fetch import Manners, Request, open_fetcher
from kb.fetch.guard import is_public

PAGE = "<p>Panen raya di Karangsari dimulai, kata Ratna Wiyasa.</p>"


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running server."""
    with serving() as site:
        yield site


# What comes back


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


# Redirects


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


# What is refused


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://kabar.example/a",
        "gopher://kabar.example/",
        "data:text/html,hai",
        "kabar.example/a",
        "//kabar.example/a",
        "/etc/passwd",
        "http:///a",
        "http://",
        "",
        "http://[::1/",
        "http://kabar.example:abc/",
        "http://siti:rahasia@kabar.example/",
        "http://rahasia@kabar.example/",
        "http://siti:rahasia@[::1/",
        "http://siti:ra@hasia:rahasia@kabar.example/",
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    """What is not http or https, or has a user or password in it, is refused, and the password not repeated."""
    with pytest.raises(FetchRefused) as caught:
        fetch(url)
    assert "rahasia" not in f"{caught.value!r} {caught.value.subject}"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "0", "0.0.0.0",
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]",
        "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[2002:7f00:1::]", "[2001:db8::1]",
        "[2001:0:1::1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::8.8.8.8]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("robots", [False, True], ids=["", "robots"])
def test_private_hosts_are_refused(site: Site, host: str, robots: bool) -> None:
    """An address that is not public is refused however it is spelt, and nobody is asked."""
    with pytest.raises(FetchRefused, match="not public"):
        fetch(site.url(host=host), manners=replace(AT_ONCE, robots=robots), allow_private=False)
    assert site.requests == []


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.0.1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    """The guard lets the open internet through, by NAT64 too."""
    assert is_public(address)


def test_every_address_of_a_name_is_checked(site: Site) -> None:
    """A name with one public and one private address is refused: which one is connected to is not left to chance."""
    names = Names(kabar=["8.8.8.8", "2001:4860:4860::8888", "127.0.0.1"])
    with pytest.raises(FetchRefused, match=r"127\.0\.0\.1"):
        fetch(site.url(host="kabar.example"), outside=make_outside(names=names), allow_private=False)
    assert site.requests == []


def test_name_is_looked_up_once(site: Site) -> None:
    """The connection goes to the address that was checked (the system knows no such name), the host hears its name."""
    site.put("/", Answer(PAGE))
    names = Names()
    assert fetch(site.url(host="kabar.example"), outside=make_outside(names=names)).content == PAGE.encode()
    assert names.asked == ["kabar.example"]
    assert site.requests[0].headers["Host"] == f"kabar.example:{site.port}"


def test_name_beyond_ascii(site: Site) -> None:
    """A name is looked up, and told to the host, as the network writes it."""
    site.put("/", Answer(PAGE))
    names = Names()
    assert fetch(site.url(host="kafé.example"), outside=make_outside(names=names)).status == 200
    assert names.asked == ["xn--kaf-dma.example"]
    assert site.requests[0].headers["Host"] == f"xn--kaf-dma.example:{site.port}"


def test_next_address_is_tried(site: Site) -> None:
    """Where one of a host's addresses is dead, the next one serves."""
    site.put("/", Answer(PAGE))
    names = Names(kabar=["127.0.0.9", "127.0.0.1"])
    assert fetch(site.url(host="kabar.example"), outside=make_outside(names=names)).status == 200


def test_each_redirect_is_guarded(site: Site) -> None:
    """A host that may be private cannot lead to another private one, only to itself."""
    with serving() as other:
        site.put("/out", redirect(site.url("/secret", host="localhost")))
        site.put("/cloud", redirect("http://169.254.169.254/latest/meta-data/"))
        site.put("/port", redirect(other.url("/here")))
        other.put("/here", Answer(PAGE))
        for path in ("/out", "/cloud"):
            with pytest.raises(FetchRefused, match="not public"):
                fetch(site.url(path))
        assert fetch(site.url("/port")).final_url == other.url("/here")
    assert site.paths == ["/out", "/cloud", "/port"]


def test_robots_txt_is_guarded(site: Site) -> None:
    """A robots.txt cannot lead into our network either."""
    site.put("/robots.txt", redirect(site.url("/secret", host="localhost")))
    with pytest.raises(FetchRefused, match="not public"):
        fetch(site.url(), manners=Manners(delay_s=0))
    assert [asked.path for asked in site.requests] == ["/robots.txt"]


def test_proxies_are_ignored(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not used: it would connect where the guard does not look."""
    site.put("/", Answer(PAGE))
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert fetch(site.url()).status == 200
        assert proxy.requests == []


def test_ipv6() -> None:
    """A host may be given by its IPv6 address."""
    try:
        with serving(host="::1") as six:
            six.put("/", Answer(PAGE))
            assert fetch(six.url(host="[::1]")).status == 200
            assert six.requests[0].headers["Host"] == f"[::1]:{six.port}"
    except OSError:
        pytest.skip("no IPv6 here")


# TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a file with key and certificate of kabar.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here")
    path = tmp_path / "kabar.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=kabar.example"
    )
    options = [
        "-addext",
        "subjectAltName=DNS:kabar.example",
        "-keyout",
        str(path),
        "-out",
        str(path) + ".crt",
    ]
    subprocess.run([*command.split(), *options], check=True, capture_output=True)
    with path.open("a") as file:
        file.write(Path(f"{path}.crt").read_text())
    return path


def test_certificates_are_checked_by_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate must be trusted and be the named host's, although the connection goes to an address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(tls=context) as site:
        site.put("/", Answer(PAGE))
        with pytest.raises(FetchFailed, match="safely"):
            fetch(site.url(host="kabar.example"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(site.url(host="kabar.example")).content == PAGE.encode()
        for other in ("warta.example", "127.0.0.1"):
            with pytest.raises(FetchFailed, match="safely"):
                fetch(site.url(host=other))
    assert len(site.requests) == 1


# Limits


def make_bomb(coding: str) -> bytes:
    """Return 20 MB of nothing in a few kilobytes."""
    n_pieces, piece = 20, b"\0" * 1_000_000
    if coding == "br":
        packer = brotli.Compressor(quality=1)
        return b"".join([*(packer.process(piece) for _ in range(n_pieces)), packer.finish()])
    zipper = zlib.compressobj(wbits=31 if coding == "gzip" else 15)
    return b"".join([*(zipper.compress(piece) for _ in range(n_pieces)), zipper.flush()])


@pytest.mark.parametrize("chunked", [False, True], ids=["with length", "chunked"])
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bomb_is_stopped_while_unpacked(site: Site, coding: str, chunked: bool) -> None:
    """What unpacks to more than the limit is stopped there: no more than that is ever in memory."""
    site.put("/", Answer(make_bomb(coding), headers={"Content-Encoding": coding}, chunked=chunked))
    tracemalloc.start()
    try:
        with pytest.raises(FetchTooLarge, match="1,000,000 bytes"):
            fetch(site.url(), manners=replace(AT_ONCE, most_bytes=1_000_000))
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"x" * 2001),
        Answer(b"x" * 2001, chunked=True),
        Answer(b"x", length=10**12),
        Answer(raw=b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 2001),
    ],
    ids=["with length", "chunked", "said to be", "to the end"],
)
def test_large_page_is_refused(site: Site, answer: Answer) -> None:
    """A page over the limit is no page, not a part of one; one of just that size is."""
    manners = replace(AT_ONCE, most_bytes=2000)
    site.put("/", answer)
    with pytest.raises(FetchTooLarge):
        fetch(site.url(), manners=manners)
    assert len(site.requests) == 1
    site.put("/", replace(answer, body=b"x" * 2000, length=None, raw=answer.raw and answer.raw[:-1]))
    assert len(fetch(site.url(), manners=manners).content) == 2000


def test_packing_without_content_is_stopped(site: Site) -> None:
    """What comes over the wire is limited as well, even if nothing comes out of it."""
    site.put("/", Answer(gzip.compress(b"") * 100_000, headers={"Content-Encoding": "gzip"}, chunked=True))
    with pytest.raises(FetchTooLarge):
        fetch(site.url(), manners=replace(AT_ONCE, most_bytes=100_000))


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"x" * 100, drip_s=0.05),
        Answer(b"x" * 100, drip_s=0.05, chunked=True),
        Answer(gzip.compress(b"x" * 100), headers={"Content-Encoding": "gzip"}, drip_s=0.05),
        Answer(raw=HEAD + b"X-Slow: " + b"x" * 100, drip_s=0.02),
        Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 100, drip_s=0.02),
    ],
    ids=["content", "chunks", "packed", "headers", "chunk size"],
)
def test_slow_drip_is_cut_off(site: Site, answer: Answer) -> None:
    """An answer that never falls silent, and never ends, ends at the time limit wherever it drips."""
    site.put("/", answer)
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match=r"within 0\.2 s"):
        fetch(site.url(), manners=replace(AT_ONCE, total_s=0.2, n_retries=0))
    assert time.monotonic() - begun < 1.5


def test_silence_is_not_waited_out(site: Site) -> None:
    """A host that says nothing is given up after the read timeout."""
    site.put("/", Answer(b"xx", drip_s=5))
    with pytest.raises(FetchFailed, match="silent"):
        fetch(site.url(), manners=replace(AT_ONCE, read_timeout_s=0.2, n_retries=0))


def test_host_that_does_not_greet_is_given_up() -> None:
    """A host that takes the connection and then does not speak TLS is given up after the connect timeout."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(FetchFailed, match=r"connected to within 0\.2 s"):
            fetch(url, manners=replace(AT_ONCE, connect_timeout_s=0.2, n_retries=0))


# What breaks, and what may pass


@pytest.mark.parametrize(
    "answer",
    [
        Answer(PAGE, length=1000),
        Answer(PAGE, sent=10),
        Answer(PAGE * 100, chunked=True, sent=2000),
        Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhalo!\r\nzz\r\n"),
        Answer(raw=HEAD + b"Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhalo!"),
        Answer(raw=HEAD + b"X: " + b"x" * 70_000 + b"\r\n\r\n"),
        Answer(raw=HEAD + b"X: x\r\n" * 200 + b"\r\n"),
        Answer(raw=HEAD[:9]),
        Answer(raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Answer(raw=b"\0" * 100),
        Answer(raw=b""),
    ],
    ids=[
        "length too long", "cut off", "chunks cut off", "broken chunk", "no gzip", "endless header",
        "too many headers", "cut off status", "no HTTP", "binary", "nothing",
    ],
)  # fmt: skip
def test_broken_answer_is_no_page(site: Site, answer: Answer) -> None:
    """What breaks off or makes no sense is a failure, never a shorter page; it is tried once more."""
    site.put("/", answer)
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url(), manners=replace(AT_ONCE, read_timeout_s=0.3))
    assert (caught.value.status, caught.value.retry_at) == (None, None)
    assert len(site.requests) == 2
    site.put("/", answer, Answer(PAGE))
    assert fetch(site.url(), manners=replace(AT_ONCE, read_timeout_s=0.3)).content == PAGE.encode()


def test_dead_host_is_a_failure() -> None:
    """A port that nobody listens at and a name that nobody has are failures of one line."""
    with serving() as site:
        pass
    with pytest.raises(FetchFailed, match="cannot be connected to"):
        fetch(site.url())
    with pytest.raises(FetchFailed, match="cannot be found"):
        fetch("http://tidak-ada.invalid/")
    with pytest.raises(FetchFailed, match="cannot be found"):
        fetch(f"http://{'a' * 64}.id/")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_fault_that_passes_is_tried_again(site: Site, status: int) -> None:
    """A fault of the host is tried once more, no more than that."""
    site.put("/a", Answer(status=status), Answer(PAGE))
    assert fetch(site.url("/a")).status == 200
    site.put("/b", Answer(status=status), Answer(status=status), Answer(PAGE))
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url("/b"))
    assert caught.value.status == status
    assert site.paths == ["/a", "/a", "/b", "/b"]


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2026 08:05:00 GMT", 300),
        ("999999999999999999999", 86_400),
        ("Mon, 02 Mar 2099 08:05:00 GMT", 86_400),
        ("nanti", None),
        ("-5", None),
        ("Mon, 02 Mar 2026 08:05:00", None),
        ("Mon, 02 Mar 2026 08:05:00 +99999999999999", None),
        ("Sun, 01 Mar 2026 08:05:00 GMT", 0),
        ("9" * 5000, None),
        ("²", None),
        ("", None),
        (None, None),
    ],
)
def test_failure_tells_when_to_come_back(site: Site, retry_after: str | None, seconds: int | None) -> None:
    """Retry-After is read as seconds or a date, a day at most; what is neither says nothing."""
    site.put("/", Answer(status=429, headers={"Retry-After": retry_after}))
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url(), manners=replace(AT_ONCE, n_retries=0), outside=make_outside(Clock()))
    retry_at = caught.value.retry_at
    assert (retry_at and (retry_at - START).total_seconds()) == seconds


@pytest.mark.parametrize("retry_after", ["7", "Mon, 02 Mar 2026 08:00:07 GMT"], ids=["seconds", "date"])
def test_short_retry_after_is_waited_for(site: Site, retry_after: str) -> None:
    """A host that is busy for a moment is asked again after it, and not before."""
    site.put("/", Answer(status=503, headers={"Retry-After": retry_after}), Answer(PAGE))
    clock = Clock()
    assert fetch(site.url(), outside=make_outside(clock)).status == 200
    assert clock.waits == [7]


def test_host_that_sends_us_away_is_left_alone(site: Site) -> None:
    """After 429 with a long Retry-After the host is not asked before then, other hosts are."""
    site.put("/a", Answer(status=429, headers={"Retry-After": "3600"}))
    site.put("/b", Answer(PAGE))
    clock = Clock()
    with open_fetcher(AT_ONCE, outside=make_outside(clock)) as fetcher:
        first, second = (
            Request(site.url(path, host="kabar.example"), allow_private=True) for path in ("/a", "/b")
        )
        retry_ats = set()
        for request, what in ((first, "answered with 429"), (second, "left alone"), (second, "left alone")):
            with pytest.raises(FetchFailed, match=what) as caught:
                fetcher.fetch(request)
            assert (caught.value.subject, caught.value.status) == (request.url, 429)
            retry_ats.add(caught.value.retry_at)
        assert (site.paths, len(retry_ats)) == (["/a"], 1)
        assert fetcher.fetch(Request(site.url("/b", host="warta.example"), allow_private=True)).status == 200
        clock.wait(None, 3600)
        assert fetcher.fetch(second).status == 200


# Pauses and robots.txt


def test_pause_between_two_requests(site: Site) -> None:
    """Between two requests to a host lies the delay and a share of chance, between two hosts nothing."""
    site.put("/", Answer(PAGE))
    clock = Clock()
    manners = replace(AT_ONCE, delay_s=2, jitter=0.5)
    with open_fetcher(manners, outside=make_outside(clock, chance=0.8)) as fetcher:
        for host in ("kabar.example", "warta.example", "kabar.example", "kabar.example"):
            fetcher.fetch(Request(site.url(host=host), allow_private=True))
    assert clock.waits == pytest.approx([2.8, 2.8])


POLITE = Manners(delay_s=0)


@pytest.mark.parametrize(
    ("rules", "path", "fetched"),
    [
        ("User-agent: *\nDisallow: /arsip/", "/arsip/a", False),
        ("User-agent: *\nDisallow: /arsip/", "/a", True),
        ("User-agent: KB-Indonesia\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: kb-indonesia\nAllow: /", "/a", True),
        ("User-agent: pypi\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /*?halaman=", "/a?halaman=2", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("<html>tidak ada</html>", "/a", True),
        ("", "/a", True),
    ],
    ids=["under it", "beside it", "us", "others", "not our name", "query", "BOM", "no rules", "empty"],
)
def test_robots_txt_is_kept_to(site: Site, rules: str, path: str, fetched: bool) -> None:
    """What a host asks robots, or us, to leave alone is not asked for."""
    site.put("/robots.txt", Answer(rules, content_type="text/plain"))
    site.put(path, Answer(PAGE))
    if fetched:
        assert fetch(site.url(path), manners=POLITE).status == 200
    else:
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetch(site.url(path), manners=POLITE)
    assert site.paths == [path] * fetched


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418])
def test_no_robots_txt_allows_all(site: Site, status: int) -> None:
    """4xx means that there are no rules (RFC 9309, 2.3.1.3)."""
    site.put("/robots.txt", Answer("User-agent: *\nDisallow: /", status=status))
    site.put("/", Answer(PAGE))
    assert fetch(site.url(), manners=POLITE).status == 200


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(status=503), Answer(status=429), Answer(raw=b""), redirect("/robots.txt")],
    ids=["500", "503", "429", "broken", "circle"],
)
def test_robots_txt_that_cannot_be_had_forbids_all(site: Site, answer: Answer) -> None:
    """Without its robots.txt a host is not asked for anything, and not for robots.txt again (RFC 9309, 2.3.1.4)."""
    site.put("/robots.txt", answer)
    with open_fetcher(POLITE) as fetcher:
        for _ in range(2):
            n_asked = len(site.requests)
            with pytest.raises(FetchFailed, match=r"robots\.txt"):
                fetcher.fetch(Request(site.url("/a"), allow_private=True))
    assert (site.paths, len(site.requests)) == ([], n_asked)


def test_robots_txt_is_read_once_an_origin(site: Site) -> None:
    """One robots.txt serves all pages of an origin, and the first page does not wait for it."""
    site.put("/robots.txt", redirect("/rules"))
    site.put("/rules", Answer("User-agent: *\nDisallow: /b"))
    clock = Clock()
    with open_fetcher(Manners(), outside=make_outside(clock)) as fetcher:
        for path in ("/a", "/c"):
            fetcher.fetch(Request(site.url(path), allow_private=True))
    assert [asked.path for asked in site.requests] == ["/robots.txt", "/rules", "/a", "/c"]
    assert clock.waits == [2]


def test_redirects_keep_to_robots_txt(site: Site) -> None:
    """A redirect does not lead around the rules of where it leads."""
    site.put("/robots.txt", Answer("User-agent: *\nDisallow: /b"))
    site.put("/a", redirect("/b"))
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetch(site.url("/a"), manners=POLITE)
    assert site.paths == ["/a"]


@pytest.mark.parametrize(("said", "waited"), [("20", 20), ("0.5", 2), ("3600", 60), ("lama", 2)])
def test_crawl_delay(site: Site, said: str, waited: float) -> None:
    """A host may ask for a longer pause, up to a minute, but not get a shorter one than ours."""
    site.put("/robots.txt", Answer(f"User-agent: *\nCrawl-delay: {said}"))
    clock = Clock()
    with open_fetcher(Manners(), outside=make_outside(clock)) as fetcher:
        for path in ("/a", "/b"):
            fetcher.fetch(Request(site.url(path), allow_private=True))
    assert clock.waits == [waited]


def test_large_robots_txt_is_read_as_far_as_agreed(site: Site) -> None:
    """Of a robots.txt the first 500 KiB count."""
    filling = io.StringIO()
    filling.write("User-agent: *\nDisallow: /a\n")
    while filling.tell() < 500 * 1024:
        filling.write(f"# {'x' * 500}\n")
    site.put("/robots.txt", Answer(filling.getvalue() + "Disallow: /b\n" * 100_000))
    with pytest.raises(FetchRefused):
        fetch(site.url("/a"), manners=POLITE)
    assert fetch(site.url("/b"), manners=POLITE).status == 404
