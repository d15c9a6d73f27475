"""What a host may not do to us: send without end, unpack without end, fall silent, break off."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace

import brotli
import pytest
from fetching import AT_ONCE, PAGE, fetch
from server import Answer, Site, serving

from kb.errors import FetchFailed, FetchTooLarge


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
