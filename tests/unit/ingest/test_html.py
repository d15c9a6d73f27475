"""What a page of HTML comes to, shown on invented pages built as Indonesian news sites build theirs."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import errors
from kb.ingest import canonical_url, make_page, read_articles, read_raw
from kb.ingest.raws import hash_bytes
from kb.model import Article, Precision

URL = "https://www.kabarlintang.co.id/daerah/tanggul-jebol?utm_source=umpan"
FORM = "https://kabarlintang.co.id/daerah/tanggul-jebol"
TITLE = "Tanggul Sungai Lintang Jebol, Tiga Desa Terendam"
FIRST = (
    "Tanggul Sungai Lintang jebol pada Rabu dini hari dan merendam tiga desa di pesisir timur kabupaten itu."
)
QUOTE = (
    "“Air naik cepat sekali, kami hanya sempat membawa surat-surat,” kata Rina Sasmita, warga Desa Karang."
)
HEADING = "Bantuan Mulai Datang"
LAST = "Bupati Arman Sagara mengatakan bantuan pertama sudah tiba di balai desa sejak pagi."
BODY = [FIRST, QUOTE, HEADING, LAST]
LINK = "Baca juga: Tiga Kapal Tertahan di Pelabuhan Seraya"
CAPTION = "Warga mengungsi ke balai desa dengan perahu karet. (Foto: Ani Wijaya)"
COMMENT = "Semoga cepat surut, kami sekeluarga ikut mendoakan semua warga di sana."
MENU = '<nav><ul><li><a href="/">Beranda</a></li><li><a href="/daerah">Daerah</a></li></ul></nav>'
POPULAR = (
    '<aside class="populer"><h3>Terpopuler</h3><ul><li><a href="/1">Harga Cabai Turun di Pasar Seraya</a></li>'
    '<li><a href="/2">Klub Desa Menang Tiga Gol Tanpa Balas</a></li></ul></aside>'
)
COMMENTS = (
    f'<div id="comments" class="comments-area"><h3>Komentar</h3><ol><li><p>{COMMENT}</p></li></ol></div>'
)
FURNITURE = [LINK, CAPTION, COMMENT, "Beranda", "Harga Cabai", "Klub Desa", "Terpopuler", "Bagikan", "©"]


def paragraphs(*, heading: str = "h2") -> str:
    return (
        f'<p>{FIRST}</p><p>{QUOTE}</p><p><strong><a href="/x">{LINK}</a></strong></p>'
        f"<{heading}>{HEADING}</{heading}><p>{LAST}</p>"
    )


WORDPRESS = f"""<!DOCTYPE html><html lang="id"><head><meta charset="UTF-8"><title>{TITLE} - Kabar Lintang</title>
<link rel="canonical" href="https://kabarlintang.co.id/daerah/tanggul-jebol/" />
<link rel="shortlink" href="https://kabarlintang.co.id/?p=4711" />
<meta property="og:title" content="{TITLE} - Kabar Lintang" /><meta property="og:site_name" content="Kabar Lintang" />
<meta property="article:published_time" content="2024-06-18T23:00:00+00:00" />
<meta property="article:modified_time" content="2024-06-20T01:00:00+00:00" /></head>
<body class="single-post"><header><a href="/">Kabar Lintang</a>{MENU}</header><main><article class="post-4711">
<header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">
<span class="author vcard"><a href="/author/ani">Ani Wijaya</a></span>
<time class="entry-date published" datetime="2024-06-19T06:00:00+07:00">19 Juni 2024</time></div></header>
<figure class="wp-caption"><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure>
<div class="entry-content">{paragraphs()}<div class="sharedaddy">Bagikan: <a href="#">Facebook</a></div></div></article>
{COMMENTS}</main>{POPULAR}<footer>© 2024 Kabar Lintang</footer></body></html>"""

JSON_LD = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE} | KabarLintang</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "ItemList", "itemListElement":
[{{"@type": "NewsArticle", "headline": "Harga Cabai Turun", "datePublished": "2024-06-01T08:00:00+07:00"}}]}}</script>
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}},
{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2024-06-19T06:00:00+07:00",
"dateModified": "2024-06-20T09:00:00+07:00", "author": {{"@type": "Person", "name": "Ani Wijaya"}},
"publisher": {{"@type": "Organization", "name": "Kabar Lintang"}}}}]}}</script>
<meta property="og:url" content="https://kabarlintang.co.id/daerah/tanggul-jebol"></head>
<body><div class="navbar">{MENU}</div><div class="detail"><h1>{TITLE}</h1>
<div class="detail__photo"><img src="a.jpg"><div class="photo__caption">{CAPTION}</div></div>
<div class="detail__body-text">{paragraphs(heading="h3")}</div><div class="share-box">Bagikan</div></div>{POPULAR}
<footer>© 2024 PT Media Lintang</footer></body></html>"""

AMP = f"""<!doctype html><html amp lang="id"><head><meta charset="utf-8"><title>{TITLE}</title>
<link rel="canonical" href="https://kabarlintang.co.id/daerah/tanggul-jebol">
<script async src="https://cdn.ampproject.org/v0.js"></script>
<script type="application/ld+json">{{"@context": "http://schema.org", "@type": "NewsArticle",
"mainEntityOfPage": "https://kabarlintang.co.id/daerah/tanggul-jebol", "headline": "{TITLE}",
"datePublished": "2024-06-19 06:00:00", "author": [{{"@type": "Person", "name": "Ani Wijaya"}}],
"publisher": {{"@type": "Organization", "name": "Kabar Lintang"}},}}</script>
<style amp-custom>p {{color: red}}</style></head><body><amp-sidebar layout="nodisplay">{MENU}</amp-sidebar>
<article><h1>{TITLE}</h1><p class="byline">Ani Wijaya</p><amp-img src="a.jpg" width="1" height="1"></amp-img>
<figcaption>{CAPTION}</figcaption>{paragraphs()}<amp-social-share type="twitter"></amp-social-share></article>
<footer>© 2024 Kabar Lintang</footer></body></html>"""

DIV_SOUP = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{TITLE} - KabarLintang.co.id</title></head><body><div id="wrap"><div class="menu">
<a href="/">Beranda</a> | <a href="/daerah">Daerah</a></div><div class="kiri"><div class="judul">{TITLE}</div>
<div class="tgl">Rabu, 19 Juni 2024 | 06:00 WIB</div><div class="penulis">Penulis: Ani Wijaya</div>
<div class="isi">{FIRST}<br><br>{QUOTE}<br><br><b>{HEADING}</b><br><br>{LAST}<br><br>
<div class="bacajuga"><a href="/x">{LINK}</a></div></div><div class="editor">Editor: Tono Pratama</div></div>
<div class="kanan"><a href="/1">Harga Cabai Turun di Pasar Seraya</a><br><a href="/2">Klub Desa Menang Tiga Gol Tanpa
Balas</a></div></div><div>© 2024</div></body></html>"""

BARE = f"<html><body><h1>{TITLE}</h1>{paragraphs()}</body></html>"

PAGES = {"WordPress": WORDPRESS, "JSON-LD": JSON_LD, "AMP": AMP, "div soup": DIV_SOUP, "no metadata": BARE}


def read(page: str | bytes, *, url: str = URL, encoding: str | None = None) -> Article:
    return read_raw(make_page(page.encode() if isinstance(page, str) else page, url=url, encoding=encoding))


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_body_is_the_article_and_nothing_else(page: str) -> None:
    """Paragraphs and subheadings are paragraphs; menus, captions, link lines, lists and comments are not there."""
    article = read(page)
    assert article.body.split("\n\n") == BODY
    assert article.title == TITLE
    assert article.raw_text == page
    assert [text for text in FURNITURE if text in article.body] == []


@pytest.mark.parametrize(
    "page", [p for name, p in PAGES.items() if name != "no metadata"], ids=list(PAGES)[:-1]
)
def test_the_page_says_who_and_when(page: str) -> None:
    """Outlet, author and time are those of the page, however it says them; the day is the local one."""
    article = read(page)
    assert article.outlet in {"Kabar Lintang", "kabarlintang.co.id"}
    assert article.authors == ("Ani Wijaya",)
    assert article.published is not None
    assert article.published.on == date(2024, 6, 19)
    assert article.published.precision is Precision.MINUTE
    assert article.published.at == datetime(2024, 6, 18, 23, 0, tzinfo=UTC)


def test_bylines_that_stand_apart_from_the_body_are_read() -> None:
    """The editor below the body and the zone above it are not lost with the page's boxes."""
    article = read(DIV_SOUP)
    assert article.editors == ("Tono Pratama",)
    assert article.published is not None
    assert article.published.zone == "WIB"


def test_a_page_without_metadata_says_nothing() -> None:
    """Nothing is made up: no date, no author; the outlet is that of the address."""
    article = read(BARE)
    assert (article.published, article.authors, article.editors) == (None, (), ())
    assert article.outlet == "kabarlintang.co.id"


def test_a_fetched_page_is_known_by_its_canonical_address() -> None:
    """Address and id come from what the page declares; the fetched address and short links go with it."""
    article = read(WORDPRESS, url="https://m.kabarlintang.co.id/baca/4711")
    assert article.url == "https://kabarlintang.co.id/daerah/tanggul-jebol/"
    assert article.urls == (
        FORM,
        "https://kabarlintang.co.id/baca/4711",
        "https://kabarlintang.co.id/?p=4711",
    )
    assert article.id == hash_bytes(FORM.encode())[:16]
    assert article.origin == "https://m.kabarlintang.co.id/baca/4711"


@pytest.mark.parametrize(
    "declared",
    [
        "https://kabarlintang.co.id/",
        "https://www.kabarlain.id/tanggul-jebol",
        "file:///etc/passwd",
        "javascript:1",
        "",
    ],
)
@pytest.mark.parametrize(
    "link", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="{}">']
)
def test_a_page_is_not_believed_about_other_sites(link: str, declared: str) -> None:
    """The home page, another site and what is no address are not taken for the page's own."""
    article = read(BARE.replace("<body>", f"<head>{link.format(declared)}</head><body>"))
    assert (article.url, article.urls) == (URL, (FORM,))


@pytest.mark.parametrize("declared", ["/daerah/tanggul-jebol", "//kabarlintang.co.id/daerah/tanggul-jebol"])
def test_a_declared_address_may_be_relative(declared: str) -> None:
    """A canonical link is resolved against the address that the page came from."""
    page = BARE.replace("<body>", f'<head><link rel="canonical" href="{declared}"></head><body>')
    assert read(page, url="https://kabarlintang.co.id/x?page=2").urls[0] == FORM


def test_a_saved_page_keeps_its_file_name(tmp_path: Path) -> None:
    """A file's id is its name without extension; the address that it declares is its address all the same."""
    (tmp_path / "tanggul.html").write_text(WORDPRESS)
    (tmp_path / "polos.htm").write_text(BARE)
    bare, wordpress = read_articles([str(tmp_path)])
    assert isinstance(wordpress, Article)
    assert isinstance(bare, Article)
    assert (wordpress.id, wordpress.urls[0]) == ("tanggul", FORM)
    assert (bare.id, bare.url, bare.urls) == ("polos", None, ())
    assert bare.body.split("\n\n") == BODY


def test_a_file_of_another_name_that_opens_like_a_page_is_one(tmp_path: Path) -> None:
    """What has no extension that says it is told by its first line."""
    (tmp_path / "tanggul.php").write_text(f"\n{WORDPRESS}")
    (article,) = read_articles([str(tmp_path / "tanggul.php")])
    assert isinstance(article, Article)
    assert article.body.split("\n\n") == BODY


DECLARED = WORDPRESS.replace('charset="UTF-8"', 'charset="{}"')
CHARSETS: dict[str, tuple[bytes, str | None]] = {
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + BARE.encode(), None),
    "UTF-8 that the server calls Latin-1": (WORDPRESS.encode(), "iso-8859-1"),
    "UTF-8 that the page calls Latin-1": (DECLARED.format("iso-8859-1").encode(), None),
    "Windows-1252 as declared": (DECLARED.format("windows-1252").encode("cp1252"), None),
    "Windows-1252 called UTF-8 by the page": (WORDPRESS.encode("cp1252"), None),
    "Windows-1252 called UTF-8 by the server": (BARE.encode("cp1252"), "utf-8"),
    "Windows-1252 called Latin-1": (BARE.encode("cp1252"), "ISO-8859-1"),
    "Windows-1252 called nothing": (BARE.encode("cp1252"), None),
    "charset that is none": (BARE.encode("cp1252"), "zip"),
    "UTF-16 with a mark": (BARE.encode("utf-16"), None),
    "UTF-8 with a broken byte": (BARE.encode() + b"<!-- \xff -->", None),
}


@pytest.mark.parametrize(("content", "encoding"), CHARSETS.values(), ids=list(CHARSETS))
def test_a_wrong_charset_does_no_harm(content: bytes, encoding: str | None) -> None:
    """Quotation marks come out as printed, whatever page or server say about the charset."""
    assert QUOTE in read(content, encoding=encoding).body


DATES = {
    "time element": ('<time datetime="2024-06-19T06:00:00+07:00">kemarin</time>', "2024-06-19", True),
    "meta in the world's time": ('<meta itemprop="datePublished" content="2024-06-18T23:00:00Z">', "2024-06-19", True),
    "eastern Indonesia": (
        '<meta property="article:published_time" content="2024-06-19T00:30+09:00">', "2024-06-19", True
    ),
    "words": ("<div>Selasa, 18 Juni 2024 pukul 11.51 WIB</div>", "2024-06-18", True),
    "a day only": ('<meta name="pubdate" content="2024-06-18">', "2024-06-18", False),
    "a day, and its minute in words": (
        '<meta name="pubdate" content="2024-06-18"><div>18 Juni 2024 11:51 WIB</div>', "2024-06-18", True
    ),
    "a day, and another in words": (
        '<meta name="pubdate" content="2024-06-18"><div>Diperbarui: 20 Juni 2024 11:51 WIB</div>', "2024-06-18", False
    ),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "day", "exact"), DATES.values(), ids=list(DATES))
def test_dates(markup: str, day: str, exact: bool) -> None:
    """The surest day that the page gives, in local time, with the minute where one agrees with it."""
    article = read(BARE.replace("</h1>", f"</h1>{markup}").replace("<h1>", "<article><h1>"))
    assert article.published is not None
    assert article.published.on == date.fromisoformat(day)
    assert (article.published.precision is Precision.MINUTE) == exact


def test_the_site_s_clock_is_no_date() -> None:
    """The day that a site prints above every page is not the article's."""
    page = BARE.replace("<h1>", "<div>Kamis, 4 Juli 2024 | 09:15 WIB</div><h1>")
    assert read(page).published is None


INSIDE = BARE.replace("</body>", "{}</body>")
BOMBS: dict[str, tuple[str | bytes, type[errors.InputError]]] = {
    "too large": (INSIDE.format("<p>" + "kata " * 2_100_000), errors.TooLarge),
    "5 MB of paragraphs": (INSIDE.format("<p>kata kata kata kata</p>" * 200_000), errors.TooLarge),
    "40,000 spans": (INSIDE.format("<p>" + "<span>kata</span> " * 40_000), errors.TooLarge),
    "100,000 deep": ("<div>" * 100_000 + BARE, errors.InputError),
    "NUL": (BARE + "\0", errors.BinaryInput),
    "picture": (b"\x89PNG\r\n\0\0\0IHDR", errors.BinaryInput),
    "nothing": (" \n", errors.EmptyInput),
    "comment": ("<!-- -->", errors.EmptyInput),
    "no text": ("<html><body><img src='a.jpg'></body></html>", errors.EmptyInput),
    "menu only": (f"<html><body>{MENU}</body></html>", errors.InputError),
}


LONG_BOMBS = {"5 MB of paragraphs", "100,000 deep"}


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        pytest.param(*bomb, id=name, marks=[pytest.mark.slow] if name in LONG_BOMBS else [])
        for name, bomb in BOMBS.items()
    ],
)
def test_what_holds_no_article_is_an_error(page: str | bytes, kind: type[errors.InputError]) -> None:
    """What is built to break a reader, and what holds nothing, is an error of one line, in seconds."""
    begun = time.process_time()
    with pytest.raises(kind) as caught:
        read(page)
    assert (caught.value.subject, "\n" in str(caught.value)) == (URL, False)
    assert time.process_time() - begun < 10


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
DEEP_JSON = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
DUDS = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>' + BARE.replace(LAST, f"{LAST}</p><p>&a11;"),
    "file in an entity": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + INSIDE.format("<p>&a;</p>"),
    "deep JSON-LD": WORDPRESS.replace("<title>", f"{DEEP_JSON}<title>"),
    "5 MB script": INSIDE.format(f"<script>{'var a = 1;' * 500_000}</script>"),
    "5 MB picture in the page": INSIDE.format(f"<img src='data:{'A' * 5_000_000}'>"),
    "control characters": JSON_LD.replace('"@type"', '\x1f"@type"').replace("<h1>", "\x02\ufffe<h1>"),
    "a page's end in its middle": BARE.replace("<h2>", "</body></html><h2>"),
}


@pytest.mark.parametrize("page", DUDS.values(), ids=list(DUDS))
def test_what_stands_around_an_article_does_no_harm(page: str) -> None:
    """An article is read whatever else its page carries, in seconds, and no file is opened."""
    begun = time.process_time()
    body = read(page).body
    assert (QUOTE in body, LAST in body, "root:" in body, len(body) < 2_000) == (True, True, False, True)
    assert time.process_time() - begun < 10


def test_reading_is_pure_and_travels() -> None:
    """Raw and article pickle, and the same bytes give the same article: other processes may read."""
    raw = pickle.loads(pickle.dumps(make_page(JSON_LD.encode(), url=URL)))
    assert pickle.loads(pickle.dumps(read_raw(raw))) == read_raw(raw)


TAGS = (
    "<p> </p> <div> </div> <a/href='/x'> </a> <h1> <h2> <table> <tr> <td> <ul> <li> <br> <script> </script> <!-- --> "
    "<title> </title> <head> <body> <html> </html> &amp; &#0; &#xd800; <time/datetime='x'> <article> <figure> <q> "
    "<meta/charset=x> <![CDATA[ <base/href='http://['> <link/rel=canonical/href='http://['> <blockquote>"
)
WORDS = [FIRST, QUOTE, TITLE, "Penulis: Ani", "18 Juni 2024"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*TAGS.split(), *WORDS]) | st.text(max_size=5)))
def test_any_markup_gives_an_article_or_an_error(parts: list[str]) -> None:
    """Whatever stands in a page, an article comes out or an error, never an exception."""
    try:
        article = read("".join(parts).encode("utf-8", errors="replace"))
    except errors.InputError:
        return
    assert article.urls[-1] == canonical_url(URL)
