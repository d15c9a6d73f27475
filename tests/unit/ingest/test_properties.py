"""What holds of every text whatever."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import InputError
from kb.ingest import read_articles
from kb.ingest.body import normalise
from kb.model import Article

LINES = st.sampled_from(
    [
        "HOME NEWS INTERNASIONAL",
        "Tanggul Jebol, Warga Muara Lintang Mengungsi",
        "Penulis: Ani Wijaya",
        "Editor",
        "Selasa, 18 Juni 2024 |11:51 WIB",
        "JAKARTA, KOMPAS.com - Hujan turun di Jakarta sejak kemarin sore.",
        "“Kami akan kembali besok,” kata Arman kepada warga desa.",
        "Ia mengatakan bantuan sudah dikirim ke empat desa. Baca juga: Tiga Kapal Tertahan",
        "Baca juga:",
        "[Gambas:Video 20detik] Air surut pada sore hari.",
        "Berita Terkait",
        "Tinggalkan Balasan",
        "© 2024 KabarLaut.com",
        "(abc/xyz)",
        "",
    ]
)
TEXTS = st.text() | st.lists(LINES | st.text(max_size=30)).map("\n".join)


def read(raw: bytes, name: str) -> list[Article | InputError]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(raw)
        return list(read_articles([str(path)], any_language=True))


@settings(deadline=None)
@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    """Every word of a text is in the body, in the headline or in the furniture; none comes to it."""
    items = read(text.encode(), "a.txt")
    assert len(items) == 1
    for item in items:
        if isinstance(item, Article):
            parts = [item.body, item.title or "", *item.furniture]
            assert Counter(" ".join(parts).split()) == Counter(normalise(text).split())


@settings(deadline=None)
@given(TEXTS)
def test_a_body_is_in_normal_form(text: str) -> None:
    """A body is in normal form and its dateline lies at its start."""
    for item in read(text.encode(), "a.txt"):
        if isinstance(item, Article):
            assert item.body == normalise(item.body) != ""
            assert item.dateline is None or item.dateline.span.start == 0 < len(item.dateline.span)


@settings(deadline=None)
@given(st.binary() | st.lists(st.binary(max_size=20) | st.just(b'{"text": "Hujan turun."}')).map(b"\n".join))
def test_any_bytes_give_articles_or_errors(raw: bytes) -> None:
    """Whatever a file holds, what comes out is articles or errors of one line, never an exception."""
    for name in ("a.txt", "a.jsonl", "a.json"):
        items = read(raw, name)
        assert items
        assert all("\n" not in str(item) for item in items if isinstance(item, InputError))
