"""How the rule cutter cuts news; the tokenizer learns from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.training.cut import find_sentences, find_tokens

WORDS = [
    pytest.param("negara-negara di Ka'ban", "negara-negara|di|Ka'ban", id="inner hyphens and apostrophes"),
    pytest.param("Rp604,53 miliar, 9.000", "Rp|604,53|miliar|,|9.000", id="currency and marks in numbers"),
    pytest.param("5-10 persen 1970-an ke-10", "5|-|10|persen|1970-an|ke-10", id="ranges"),
    pytest.param(
        "No. 5, PT Satu Tbk. (SATU)", "No.|5|,|PT|Satu|Tbk.|(|SATU|)", id="abbreviations keep their stop"
    ),
    pytest.param("M. Yusuf, S.H., M.Si. hadir", "M.|Yusuf|,|S.H.|,|M.Si.|hadir", id="initials and degrees"),
    pytest.param("Sari Dewi-Bagus Aditama", "Sari|Dewi|-|Bagus|Aditama", id="two names and a hyphen"),
    pytest.param(
        "Kim Jong-un, al-Aqsa, Undang-Undang", "Kim|Jong-un|,|al-Aqsa|,|Undang-Undang", id="one name"
    ),
    pytest.param("APBD-nya, anti-Rusia", "APBD|-|nya|,|anti|-|Rusia", id="a name with an ending or a prefix"),
    pytest.param("KONTAN.CO.ID - SEOUL.", "KONTAN.CO.ID|-|SEOUL|.", id="outlets stay whole"),
    pytest.param("selesai.Kata dia,lalu", "selesai|.|Kata|dia|,|lalu", id="lost spaces"),
    pytest.param("(18/6/2024) 11.51 WIB", "(|18/6/2024|)|11.51|WIB", id="dates and hours"),
]
SENTENCES = [
    pytest.param(
        '"Apakah ini benar?" tanya Budi. Ia pergi.',
        ['"Apakah ini benar?" tanya Budi.', "Ia pergi."],
        id="tag",
    ),
    pytest.param("“Kami siap.” Dia pulang.", ["“Kami siap.”", "Dia pulang."], id="the closing mark stays"),
    pytest.param(
        "Kata dr. Lina. Prof. A. B. Sari pergi.", ["Kata dr. Lina.", "Prof. A. B. Sari pergi."], id="titles"
    ),
    pytest.param("SEOUL. Presiden tiba.", ["SEOUL.", "Presiden tiba."], id="dateline"),
    pytest.param("Rp 1.250. Harga naik.", ["Rp 1.250.", "Harga naik."], id="a number ends one"),
    pytest.param("Rapat selesai.Kata dia, baik.", ["Rapat selesai.", "Kata dia, baik."], id="lost space"),
    pytest.param("Saya ... Budi.", ["Saya ... Budi."], id="a loose ellipsis goes on"),
    pytest.param("1. Buka pintu. 2. Tutup.", ["1. Buka pintu.", "2. Tutup."], id="numbering"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_are_cut_as_the_treebank_cuts_them(text: str, words: str) -> None:
    """Words have the shapes of UD Indonesian."""
    assert "|".join(token.of(text) for token in find_tokens(text)) == words


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_sentences_end_where_news_ends_them(text: str, wanted: list[str]) -> None:
    """Quotation marks, abbreviations and lost spaces do not mislead the cutter."""
    assert [sentence.span.of(text) for sentence in find_sentences(text)] == wanted


@given(st.text(alphabet=st.sampled_from("aBc. ,?!\"”“-'1/…()\n") | st.characters(), max_size=60))
def test_any_text_is_covered(text: str) -> None:
    """Nothing but white space lies between two tokens, and each stands in one sentence."""
    end = 0
    tokens = [token for sentence in find_sentences(text) for token in sentence.tokens]
    assert tokens == list(find_tokens(text))
    for token in tokens:
        assert token.start >= end
        assert token.of(text).strip()
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()
