"""What a search asks for: how it is written, and that nothing written is more than words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadSearch
from kb.names import fold
from kb.query.matching import as_fts5, as_tsquery
from kb.query.wanted import MOST_BYTES, Wanted, read_wanted


def written(wanted: Wanted) -> str:
    """Return what is wanted in one line: alternatives parted by ``/``, phrases by ``+``, all else by spaces."""
    groups = ["/".join("+".join(t.words) + "*" * t.is_beginning for t in group) for group in wanted.groups]
    return " ".join([*groups, *(f"-{'+'.join(t.words)}{'*' * t.is_beginning}" for t in wanted.unwanted)])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("harga cabai", "harga cabai", id="words"),
        pytest.param('"harga cabai"', "harga+cabai", id="a phrase"),
        pytest.param("“harga cabai” „naik lagi“ «di pasar»", "harga+cabai naik+lagi di+pasar", id="other marks"),
        pytest.param("pang*", "pang*", id="a beginning"),
        pytest.param('"bantuan pang*"', "bantuan+pang*", id="a phrase that ends in a beginning"),
        pytest.param('"bantuan pang"*', "bantuan+pang*", id="the star behind the phrase"),
        pytest.param("(pang*, naik)", "pang* naik", id="signs behind a star"),
        pytest.param("cabai OR beras", "cabai/beras", id="alternatives"),
        pytest.param("harga cabai OR beras OR jagung naik", "harga cabai/beras/jagung naik", id="OR and more"),
        pytest.param("harga (cabai OR beras)", "harga cabai/beras", id="parentheses around alternatives"),
        pytest.param("harga -impor", "harga -impor", id="minus"),
        pytest.param('harga -"beras impor" -pang*', "harga -beras+impor -pang*", id="minus before others"),
        pytest.param("harga (-impor)", "harga -impor", id="minus in parentheses"),
        pytest.param("ma'ruf Ma’ruf Jong-un AL-AMIN é", "maruf maruf jong+un al+amin e", id="folded"),
        pytest.param("Rp5.000 3,5", "rp5000 3+5", id="numbers"),
        pytest.param("or Or OR", "or or", id="only upper case joins, and something"),
        pytest.param('cabai "OR" beras', "cabai or beras", id="a quoted OR is a word"),
        pytest.param("OR cabai OR OR beras OR", "cabai/beras", id="a loose OR is nothing"),
        pytest.param("-impor OR cabai", "cabai -impor", id="OR beside a minus is nothing"),
        pytest.param("cabai OR -impor beras", "cabai beras -impor", id="nor before one"),
        pytest.param('"harga cabai', "harga cabai", id="a mark without its other"),
        pytest.param('harga"cabai naik"lagi', "harga cabai+naik lagi", id="marks within words"),
        pytest.param('"" - * -- cabai "-" \x00 😀', "cabai", id="signs alone are nothing"),
        pytest.param("a AND b NOT c NEAR(d, 5)", "a and b not c near+d 5", id="words that engines know"),
        pytest.param("folded:a ^b a+b a|b !c a<->b a&b c:*", "folded+a b a+b a+b c a+b a+b c", id="their signs"),
        pytest.param("a\\ a' '; DROP TABLE quote; --", "a a drop table quote", id="signs that end words"),
        pytest.param("100% a_b _", "100 a+b", id="wildcards"),
    ],
)  # fmt: skip
def test_forms(text: str, meant: str) -> None:
    """Each documented form is read as documented, and every other sign is nothing."""
    assert written(read_wanted(text)) == meant


@pytest.mark.parametrize("text", ["", " ", "-", "-impor", "*", '""', "OR", "\x00", "😀", "(-a -b)", "\ud800"])
def test_nothing_to_look_for(text: str) -> None:
    """Without a word that is to be found there is no search, which is said in one line."""
    with pytest.raises(BadSearch, match="no word to look for") as error:
        read_wanted(text)
    assert str(error.value).isprintable()


def test_a_long_search_is_refused() -> None:
    """What is longer than an engine takes is refused, in a line that is not as long."""
    with pytest.raises(BadSearch, match="longer than") as error:
        read_wanted("a" * (MOST_BYTES + 1))
    assert len(str(error.value)) < 200


@given(st.text())
def test_no_sign_reaches_an_engine(text: str) -> None:
    """Of whatever is typed, only folded words stand in what an engine is asked, each in quotes."""
    try:
        wanted = read_wanted(text)
    except BadSearch:
        return
    words = {word for term in (*wanted.terms, *wanted.unwanted) for word in term.words}
    for asked, quoted, own in (
        (as_fts5(wanted), r'"([^"]*)"', r"[()*]|AND|OR|NOT| "),
        (as_tsquery(wanted), r"'([^']*)'", r"[()&|! ]|:\*"),
    ):
        assert set(re.findall(quoted, asked)) <= words
        assert re.fullmatch(rf"({own})*", re.sub(quoted, "", asked))


@pytest.mark.parametrize(
    ("text", "search", "marked"),
    [
        pytest.param("Harga cabai naik.", "cabai", ["cabai"], id="a word"),
        pytest.param("“Cabai,” katanya. Cabai!", "cabai", ["Cabai", "Cabai"], id="without signs around"),
        pytest.param("harga cabai, cabai harga", '"cabai harga"', ["cabai", "harga"], id="a phrase only as such"),
        pytest.param("Kim Jong-un, Jong Un", "jong-un", ["Jong-un", "Jong", "Un"], id="a hyphen"),
        pytest.param("Ma’ruf pangan panas", "maruf pang*", ["Ma’ruf", "pangan"], id="a beginning"),
        pytest.param("Merek™ itu", "merektm", ["Merek"], id="a sign that folds to letters"),
        pytest.param("harga turun", "naik OR turun -harga", ["turun"], id="one of two; what is unwanted is not marked"),
    ],
)  # fmt: skip
def test_places(text: str, search: str, marked: list[str]) -> None:
    """The words that were found are found again in the text as printed."""
    assert [span.of(text) for span in read_wanted(search).places_in(text)] == marked


@given(st.text(), st.text(alphabet="abé'’- .", min_size=1))
def test_what_fits_has_a_place(text: str, search: str) -> None:
    """A text has a place to show just if its folded words fit."""
    try:
        wanted = read_wanted(f'"{search}"')
    except BadSearch:
        return
    for whole in (text, f"{text} {search}", f"{text}{search}"):
        assert wanted.fits(fold(whole)) == any(True for _ in wanted.places_in(whole))
