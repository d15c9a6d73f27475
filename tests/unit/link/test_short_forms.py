"""Words that are made of a name's words, so that what one article defines can hold for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link import is_short_for

SHORT = [
    ("KPK", "Komisi Pemberantasan Korupsi"),
    ("kpk", "Komisi Pemberantasan Korupsi"),
    ("K.P.K.", "Komisi Pemberantasan Korupsi"),
    ("DPR", "Dewan Perwakilan Rakyat"),
    ("KPPU", "Komisi Pengawas Persaingan Usaha"),
    ("WHO", "World Health Organization"),
    ("LHK", "Lingkungan Hidup dan Kehutanan"),
    ("LHDK", "Lingkungan Hidup dan Kehutanan"),
    ("Kemenkeu", "Kementerian Keuangan"),
    ("Kemenkumham", "Kementerian Hukum dan HAM"),
    ("Jabodetabek", "Jakarta Bogor Depok Tangerang Bekasi"),
    ("Sumsel", "Sumatra Selatan"),
]
NOT_SHORT = [
    ("KPK", "Komisi Pemilihan Umum"),
    ("KPK", "Kantor Pajak"),
    ("KP", "Komisi Pemberantasan Korupsi"),
    ("KPKX", "Komisi Pemberantasan Korupsi"),
    ("PKK", "Komisi Pemberantasan Korupsi"),
    ("K", "Korupsi"),
    ("Kemenkeu", "Kementerian Pertahanan"),
    ("Kemenkeu", "Badan Kementerian Keuangan"),
    ("Kementerian", "Kementerian"),
    ("Polda", "Kepolisian Daerah"),
    ("Rantau", "Bupati Rantau"),
    ("Komisi", "Komisi Pemberantasan Korupsi"),
    ("Jakarta", "Jakarta Selatan"),
    ("Keuangan", "Kementerian Keuangan"),
    ("", "Komisi Pemberantasan Korupsi"),
    ("KPK", ""),
]


MISSED = [
    ("Kemendagri", "Kementerian Dalam Negeri"),
    ("Bawaslu", "Badan Pengawas Pemilihan Umum"),
    ("Sumut", "Sumatra Utara"),
]


@pytest.mark.parametrize(("short", "full"), SHORT, ids=lambda value: value)
def test_short(short: str, full: str) -> None:
    """The initials of a name's words, or pieces of them in order, are short for it."""
    assert is_short_for(short, full)


@pytest.mark.xfail(strict=True, reason="single letters from within words; five letters may be chance")
@pytest.mark.parametrize(("short", "full"), MISSED, ids=lambda value: value)
def test_missed(short: str, full: str) -> None:
    """These are short for their names too."""
    assert is_short_for(short, full)


@pytest.mark.parametrize(("short", "full"), NOT_SHORT, ids=lambda value: value or "nothing")
def test_not_short(short: str, full: str) -> None:
    """Other letters, another order, a single word of the name: none of these is short for it."""
    assert not is_short_for(short, full)


WORDS = st.lists(st.from_regex(r"[a-z]{6,9}", fullmatch=True), min_size=2, max_size=5)


@given(WORDS)
def test_initials_are_short_for_their_words(words: list[str]) -> None:
    """Initials of any words are, and the words themselves never."""
    initials, full = "".join(word[0] for word in words), " ".join(words)
    assert is_short_for(initials.upper(), full.title())
    assert not any(is_short_for(word, full) for word in words)
