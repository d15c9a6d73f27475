"""The normal form of a body."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ingest.body import find_blocks, make_body, normalise, unwrap


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("a\nb", "a\n\nb"),
        ("a\r\n\r\n\r\nb\rc", "a\n\nb\n\nc"),
        (" a\u00a0 \tb ", "a b"),
        ("a\u200bb\ufeff\u00ad", "ab"),
        ("re\u0301sume\u0301", "résumé"),
        ("”Sama,” kata Ani", "”Sama,” kata Ani"),
        ("a\u2028b\x0cc", "a\n\nb\n\nc"),
        ("a\x07b", "ab"),
        (" \n\u200b\n ", ""),
    ],
)
def test_normal_form(text: str, body: str) -> None:
    """Line ends, spaces and invisible marks are brought into one form; words and marks stay as printed."""
    assert normalise(text) == body


@settings(deadline=None)
@given(st.text())
def test_normalising_is_idempotent(text: str) -> None:
    """A body in normal form does not change again, and is what the house says a body is."""
    body = normalise(text)
    assert normalise(body) == body
    assert unicodedata.normalize("NFC", body) == body
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in body.split("\n\n"))


WRAPPED = """\
Hujan deras turun sejak malam dan merendam tiga desa di tepi sungai itu
sampai setinggi lutut orang dewasa. Warga mengungsi ke balai desa yang
letaknya lebih tinggi.

Kepala desa mengatakan bantuan sudah datang, tetapi selimut dan undang-
undang tentang bencana belum cukup dibaca orang."""


def test_unwraps_hard_wrapped_paragraphs() -> None:
    """Lines that an editor broke at a column are joined, a hyphenated word without a space."""
    lines = [line for block in unwrap(find_blocks(WRAPPED)) for line in block]
    assert len(lines) == 2
    assert "itu sampai setinggi" in lines[0]
    assert lines[1].endswith("undang-undang tentang bencana belum cukup dibaca orang.")


def test_leaves_lists_and_long_lines_alone() -> None:
    """Short lines under one another and paragraphs on long lines are not joined."""
    text = "1. Arif Darma - Tim Satu\n2. Bima - Tim Dua\n3. Cahya Putra Negara - Tim Tiga\n4. Dodi - Empat"
    assert make_body(line for block in unwrap(find_blocks(text)) for line in block) == normalise(text)
    long = "\n".join(["kata " * 60] * 5)
    assert make_body(line for block in unwrap(find_blocks(long)) for line in block) == normalise(long)
