"""What a feed names."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import errors
from kb.ingest import Feed, is_feed, read_feed

URL = "https://kabarlintang.co.id/umpan/index.xml"
BASE = "https://kabarlintang.co.id"
MOMENT = datetime(2024, 6, 18, 4, 51, tzinfo=UTC)
NAMESPACES = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'


def item(link: str, extra: str = "") -> str:
    return f"<item><title>Tanggul Jebol</title><link>{link}</link>{extra}</item>"


def rss(items: str, *, head: str = "", version: str = "2.0") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- umpan -->{head}<rss version="{version}" {NAMESPACES}>'
        f"<channel><title>Kabar Lintang</title><link>{BASE}</link>{items}</channel></rss>"
    )


RSS_1 = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Kabar Lintang</title></channel>
<item rdf:about="{BASE}/1"><title>A</title><link>{BASE}/1</link></item></rdf:RDF>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{BASE}/daerah/">
<title type="html">Kabar &lt;b&gt;Lintang&lt;/b&gt;</title><entry><title>Tanggul</title><link rel="self" href="x.xml"/>
<link rel="alternate" href="1"/><published>2024-06-18T11:51:00+07:00</published>
<updated>2024-06-19T00:00:00Z</updated></entry></feed>"""


def read(feed: str | bytes, *, content_type: str | None = "application/rss+xml") -> Feed:
    return read_feed(feed.encode() if isinstance(feed, str) else feed, url=URL, content_type=content_type)


LINKS: dict[str, tuple[str, list[str]]] = {
    "RSS 2.0": (rss(item(f"{BASE}/1")), [f"{BASE}/1"]),
    "RSS 0.91": (rss(item(f"{BASE}/1"), version="0.91"), [f"{BASE}/1"]),
    "RSS 1.0": (RSS_1, [f"{BASE}/1"]),
    "Atom": (ATOM, [f"{BASE}/daerah/1"]),
    "order of the feed": (rss(item(f"{BASE}/2") + item(f"{BASE}/1")), [f"{BASE}/2", f"{BASE}/1"]),
    "relative": (
        rss(item("/1") + item("2") + item("//kabarlintang.co.id/3")),
        [f"{BASE}/1", f"{BASE}/umpan/2", f"{BASE}/3"],
    ),
    "blanks around": (rss(item(f"\n {BASE}/1 ")), [f"{BASE}/1"]),
    "feedburner": (
        rss(item("https://umpan.id/~r/1", f"<feedburner:origLink>{BASE}/1</feedburner:origLink>")),
        [f"{BASE}/1"],
    ),
    "guid": (rss(f"<item><guid>{BASE}/1</guid></item>"), [f"{BASE}/1"]),
    "guid that is no address": (rss("<item><guid isPermaLink='false'>4711</guid></item>"), []),
    "no link": (rss("<item><title>Tanggul</title></item>"), []),
    "file": (rss(item("file:///etc/passwd") + item(f"{BASE}/1")), [f"{BASE}/1"]),
    "script": (rss(item("javascript:alert(1)")), []),
    "one article twice": (
        rss(item(f"{BASE}/1?utm_source=umpan") + item(f"{BASE}/2") + item(f"{BASE}/1/amp")),
        [f"{BASE}/1?utm_source=umpan", f"{BASE}/2"],
    ),
    "bare ampersand": (rss(item("/1?a=1&b=2")), [f"{BASE}/1?a=1&b=2"]),
    "cut off": (rss(item("/1") + item("/2") + item("/3"))[:-60], [f"{BASE}/1", f"{BASE}/2"]),
    "nothing in it": (rss(""), []),
}


@pytest.mark.parametrize(("feed", "links"), LINKS.values(), ids=list(LINKS))
def test_links(feed: str, links: list[str]) -> None:
    """A feed gives the http(s) links of its articles, absolute, each article once, in its order."""
    assert [entry.url for entry in read(feed).entries] == links


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Tue, 18 Jun 2024 11:51:00 +0700", MOMENT),
        ("Tue, 18 Jun 2024 04:51:00 GMT", MOMENT),
        ("Sel, 18 Jun 2024 11:51:00 WIB", MOMENT),
        ("Selasa, 18 Juni 2024 11:51", MOMENT),
        ("2024-06-18T11:51:00+07:00", MOMENT),
        ("kemarin", None),
        ("", None),
    ],
)
def test_dates(date: str, moment: datetime | None) -> None:
    """An entry's time is aware UTC, in English, Indonesian or ISO 8601; None for what is none."""
    (entry,) = read(rss(item("/1", f"<pubDate>{date}</pubDate>"))).entries
    assert (entry.published, entry.updated) == (moment, None)


def test_atom_says_when_an_article_was_changed() -> None:
    """Publication and change are kept apart, and titles lose their markup."""
    feed = read(ATOM)
    (entry,) = feed.entries
    assert (feed.title, entry.title) == ("Kabar Lintang", "Tanggul")
    assert (entry.published, entry.updated) == (MOMENT, datetime(2024, 6, 19, tzinfo=UTC))


@pytest.mark.parametrize(
    "content_type", ["application/rss+xml", "text/xml", "text/html; charset=utf-8", None]
)
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_charsets(charset: str, content_type: str | None) -> None:
    """A feed is read in the charset that it declares, whatever the server says it is."""
    feed = rss(item("/1")).replace("UTF-8", charset).replace("Tanggul Jebol", "Kafé").encode(charset)
    assert is_feed(feed, content_type)
    assert [entry.title for entry in read(feed, content_type=content_type).entries] == ["Kafé"]


NO_FEEDS = {
    "page": "<!doctype html><html><head><title>rss</title></head><body><p>rss</p></body></html>",
    "page that names a feed": '<html><head><link type="application/rss+xml" href="/rss"></head></html>',
    "JSON": '{"version": "https://jsonfeed.org/version/1"}',
    "text": "Tanggul jebol.",
    "site map": '<?xml version="1.0"?><urlset><url><loc>https://a.id/1</loc></url></urlset>',
    "nothing": "",
}


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/html", None])
@pytest.mark.parametrize("content", NO_FEEDS.values(), ids=list(NO_FEEDS))
def test_what_is_no_feed_is_an_error(content: str, content_type: str | None) -> None:
    """What is no feed is one error about its address, whatever the server calls it."""
    with pytest.raises(errors.BadFeed) as caught:
        read(content, content_type=content_type)
    assert caught.value.subject == URL
    assert content_type == "application/rss+xml" or not is_feed(content.encode(), content_type)


def test_a_long_feed_gives_all_its_entries() -> None:
    """Five hundred entries with full texts are five hundred links, in order."""
    text = "<description>" + "kata &lt;b&gt;di&lt;/b&gt; sini " * 150 + "</description>"
    feed = read(rss("".join(item(f"/{n}", text) for n in range(500))))
    assert [entry.url for entry in feed.entries] == [f"{BASE}/{n}" for n in range(500)]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "billion laughs": rss(
        item("/1", "<author>&a11;</author>"), head=f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>'
    ),
    "one long entity often": rss(
        item("/1", f"<author>{'&a;' * 20_000}</author>"), head=f'<!DOCTYPE a [<!ENTITY a "{"a" * 20_000}">]>'
    ),
    "file in an entity": rss(
        item("/1").replace("Tanggul", "&a;"), head='<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "too large": rss(item("/1", f"<author>{'a' * 5_000_000}</author>")),
    "too many tags": rss(item("/1") + "<a/>" * 300_000),
    "too many attributes": rss(item("/1") + "<a " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>"),
    "bases in one another": rss(item("/1") + "<a xml:base='a/'>" * 20_000),
    "never closed": rss(item("/1")) + "<a>" * 20_000,
}


LONG_BOMBS = {"never closed", "bases in one another"}


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param(bomb, id=name, marks=[pytest.mark.slow] if name in LONG_BOMBS else [])
        for name, bomb in BOMBS.items()
    ],
)
def test_bombs_are_harmless(feed: str) -> None:
    """What is built to break a reader is refused or read in seconds, and opens no file."""
    begun = time.process_time()
    try:
        titles = [entry.title or "" for entry in read(feed).entries]
    except errors.InputError:
        titles = []
    assert time.process_time() - begun < 10
    assert all(len(title) < 100 and "root:" not in title for title in titles)


PIECES = (
    "<item> </item> <link> </link> https://a.id/1 <entry> <link/href=' '/> <![CDATA[ ]]> & &#0; <?xml <!DOCTYPE <!-- "
    "<pubDate> 99999-99-99 <guid> http://[ <dc:date> é"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=4)).map("".join))
def test_any_feed_gives_links_or_an_error(text: str) -> None:
    """Whatever stands in a feed, http(s) links come out or an error, never another exception."""
    for feed in (f"<rss><channel>{text}", f"<feed xmlns='http://www.w3.org/2005/Atom'>{text}", text):
        try:
            entries = read(feed.encode("utf-8", errors="replace")).entries
        except errors.InputError:
            continue
        assert all(entry.url.startswith(("http://", "https://")) for entry in entries)
