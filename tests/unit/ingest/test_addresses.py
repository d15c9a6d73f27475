"""Which addresses are one article's, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.ingest import canonical_url

ARTICLE = "https://kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol"

SAME = {
    "as it is": ARTICLE,
    "http": "http://kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "capitals in scheme and host": "HTTPS://KabarPagi.CO.ID/daerah/2024/06/18/tanggul-jebol",
    "dot behind the host": "https://kabarpagi.co.id./daerah/2024/06/18/tanggul-jebol",
    "default port": "https://kabarpagi.co.id:443/daerah/2024/06/18/tanggul-jebol",
    "default port of http": "http://kabarpagi.co.id:80/daerah/2024/06/18/tanggul-jebol",
    "user and password": "https://ani:rahasia@kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "www": "https://www.kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "mobile host": "https://m.kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "AMP host": "https://amp.kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "mobile www": "https://www.m.kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol",
    "slash at the end": f"{ARTICLE}/",
    "two slashes": "https://kabarpagi.co.id//daerah/2024/06//18/tanggul-jebol",
    "dots in the path": "https://kabarpagi.co.id/daerah/../daerah/./2024/06/18/tanggul-jebol",
    "fragment": f"{ARTICLE}#komentar",
    "empty query": f"{ARTICLE}?",
    "blanks around": f"  {ARTICLE}\n",
    "needless escape": "https://kabarpagi.co.id/daerah/2024/06/18/tanggul%2Djebol",
    "utm": f"{ARTICLE}?utm_source=feed&utm_medium=rss&UTM_Campaign=x",
    "Facebook": f"{ARTICLE}?fbclid=IwAR0",
    "Google": f"{ARTICLE}?gclid=1&_gl=2",
    "referrer": f"{ARTICLE}?ref=beranda",
    "AMP at the end": f"{ARTICLE}/amp",
    "AMP at the end with a slash": f"{ARTICLE}/amp/",
    "AMP at the start": "https://kabarpagi.co.id/amp/daerah/2024/06/18/tanggul-jebol",
    "AMP as a name": f"{ARTICLE}.amp",
    "AMP as a parameter": f"{ARTICLE}?amp",
    "AMP with a value": f"{ARTICLE}?amp=1",
    "AMP as output": f"{ARTICLE}?outputType=amp",
    "AMP cache": "https://kabarpagi-co-id.cdn.ampproject.org/v/s/kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol?usqp=1",
    "Google's AMP viewer": "https://www.google.com/amp/s/kabarpagi.co.id/daerah/2024/06/18/tanggul-jebol/amp",
    "all pages": f"{ARTICLE}?page=all",
    "single page": f"{ARTICLE}?single=1",
    "show all pages": f"{ARTICLE}?showpage=all",
    "print path": f"{ARTICLE}/print",
    "print path at the start": "https://kabarpagi.co.id/print/daerah/2024/06/18/tanggul-jebol",
    "print in Indonesian": f"{ARTICLE}/cetak/",
    "print parameter": f"{ARTICLE}?print=1",
    "all at once": "http://M.kabarpagi.co.id:80/amp/daerah/2024/06/18/tanggul-jebol/?page=all&utm_source=x#top",
}


@pytest.mark.parametrize("url", SAME.values(), ids=list(SAME))
def test_addresses_of_one_article_fold(url: str) -> None:
    """Every way to write the address of an article has one form."""
    assert canonical_url(url) == ARTICLE


OTHERS = {
    "id": ("https://a.id/?id=1", "https://a.id/?id=2"),
    "WordPress post": ("https://a.id/?p=1", "https://a.id/"),
    "page of a list": ("https://a.id/berita?page=2", "https://a.id/berita"),
    "page of a list in the path": ("https://a.id/berita/page/2", "https://a.id/berita"),
    "sub-domain": ("https://bola.a.id/1", "https://tekno.a.id/1"),
    "sub-domain and none": ("https://bola.a.id/1", "https://a.id/1"),
    "host that begins like a mobile one": ("https://media.a.id/1", "https://a.id/1"),
    "port": ("https://a.id:8443/1", "https://a.id/1"),
    "capitals in the path": ("https://a.id/Berita", "https://a.id/berita"),
    "name that begins like a tracker": ("https://a.id/?gambar=1", "https://a.id/?gambar=2"),
    "reference that is none": ("https://a.id/?referensi=1", "https://a.id/?referensi=2"),
    "word that ends in amp": ("https://a.id/kamp", "https://a.id/k"),
    "AMP in the middle": ("https://a.id/berita/amp/1", "https://a.id/berita/1"),
    "slash that is escaped": ("https://a.id/a%2Fb", "https://a.id/a/b"),
    "bytes of another encoding": ("https://a.id/?q=%E9", "https://a.id/?q=%E8"),
    "plus and blank in a path": ("https://a.id/a+b", "https://a.id/a%20b"),
}


@pytest.mark.parametrize(("one", "other"), OTHERS.values(), ids=list(OTHERS))
def test_addresses_of_two_articles_do_not_fold(one: str, other: str) -> None:
    """What may name another article stays apart."""
    assert canonical_url(one) is not None
    assert canonical_url(one) != canonical_url(other)


FORMS = {
    "root": ("http://www.a.id/", "https://a.id"),
    "query at the root": ("http://www.a.id?p=1", "https://a.id/?p=1"),
    "sorted query": ("https://a.id/b?z=1&a=2&z=0", "https://a.id/b?a=2&z=0&z=1"),
    "letters": ("https://a.id/kafé", "https://a.id/kaf%C3%A9"),
    "small escapes": ("https://a.id/kaf%c3%a9", "https://a.id/kaf%C3%A9"),
    "broken escape": ("https://a.id/100%", "https://a.id/100%25"),
    "name without a value": ("https://a.id/b?123", "https://a.id/b?123"),
    "blanks": ("https://a.id/b?q=a%20b", "https://a.id/b?q=a+b"),
    "international host": ("https://kafé.id/b", "https://xn--kaf-dma.id/b"),
    "host that is only a view": ("https://m.com/b", "https://m.com/b"),
    "registered name that is only a view": ("https://amp.co.id/b", "https://amp.co.id/b"),
    "path that is only a view": ("https://a.id/cetak", "https://a.id/cetak"),
    "number": ("http://127.0.0.1:8000/b", "https://127.0.0.1:8000/b"),
    "IPv6": ("http://[::1]:8000/b", "https://[::1]:8000/b"),
}


@pytest.mark.parametrize(("url", "form"), FORMS.values(), ids=list(FORMS))
def test_form(url: str, form: str) -> None:
    """The form is a URL that a person can read and a browser would open."""
    assert canonical_url(url) == form


@pytest.mark.parametrize(
    "url",
    [
        "", "kabar", "/berita/1", "//a.id/1", "ftp://a.id/1", "file:///etc/passwd", "javascript:alert(1)",
        "mailto:ani@a.id", "https://", "https:///1", "https://a.id:port/1", "https://[::1/1", "https://a b/1",
        "https://a.id/\ud800", "data:text/html,a", "https://.../1",
    ],
)  # fmt: skip
def test_what_is_no_address_has_no_form(url: str) -> None:
    """What is no http or https URL gives None."""
    assert canonical_url(url) is None


PIECES = (
    "amp print / // .. . ? & = # % %41 %e9 m. www. a.id :80 : https:// page=all utm_x=1 .amp b + é [ ] @ .html "
    "google.com/amp/s/ x.cdn.ampproject.org/c/s/"
)
PARTS = st.lists(st.sampled_from([*PIECES.split(), " "])).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.text() | PARTS | PARTS.map("https://a.id/{}".format) | PARTS.map("http://m.{}".format))
@example("https://a.id/b/print.amp.amp/amp")
@example("https://www.google.com/amp/s/google.com/amp/s/m.www.a.id")
def test_folding_is_idempotent_and_never_fails(url: str) -> None:
    """The form of a form is itself, whatever stood there."""
    form = canonical_url(url)
    assert form is None or canonical_url(form) == form
