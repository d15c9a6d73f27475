"""Places of a text that are found again in a later state of it, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.link.selectors import (
    CONTEXT,
    Selector,
    find_words,
    make_selector,
    quote_hash,
    select_quote,
    select_spans,
)
from kb.model import Span

BODY = "Air naik sejak subuh. “Kami butuh dua perahu lagi,” kata Ratna. Warga mengungsi. “Kami menunggu,” katanya."
SAID = "Kami butuh dua perahu lagi,"


def span_of(body: str, words: str, nth: int = 1) -> Span:
    """Return where the nth of these words stands."""
    start = -1
    for _ in range(nth):
        start = body.index(words, start + 1)
    return Span(start, start + len(words))


def spans_of(body: str, words: str) -> list[Span]:
    return [span_of(body, words, nth + 1) for nth in range(body.count(words))]


def quotes_of(body: str) -> list[Span]:
    """Return what stands between curly marks."""
    starts = [at + 1 for at, letter in enumerate(body) if letter == "“"]
    return [Span(start, body.index("”", start)) for start in starts]


def test_a_selector_has_the_words_and_what_stands_around_them() -> None:
    """Up to 32 code points of each side are kept, fewer where the text begins or ends."""
    selector = make_selector(BODY, span_of(BODY, SAID))
    assert selector == Selector(SAID, "Air naik sejak subuh. “", "” kata Ratna. Warga mengungsi. “")
    assert len(selector.suffix or "") == CONTEXT


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        (BODY, SAID),
        ("RANTAU - " + BODY, SAID),
        (BODY.replace("“Kami butuh", "Ia lelah. “Kami butuh"), SAID),
        (BODY.replace("lagi,”", "lagi,” begitu"), SAID),
        (BODY.replace("dua perahu lagi,", "2 perahu lagi,"), "Kami butuh 2 perahu lagi,"),
        (BODY.replace("butuh", "buthu"), "Kami buthu dua perahu lagi,"),
        (BODY.replace("Kami butuh dua", "“Kami  butuh ‘dua’"[1:]), "Kami  butuh ‘dua’ perahu lagi,"),
        (BODY.replace("Kami butuh", "KAMI BUTUH"), "KAMI BUTUH dua perahu lagi,"),
        (" ".join(reversed(BODY.split(". "))), SAID),
    ],
    ids=[
        "as it was",
        "a dateline put before",
        "a sentence put before",
        "a word put behind",
        "a number in figures",
        "a typing error",
        "marks and spaces",
        "capitals",
        "sentences moved about",
    ],
)
def test_a_quote_is_found_again(now: str, meant: str) -> None:
    """A quote is known by its words, wherever they are, and by most of its words."""
    assert select_quote(now, make_selector(BODY, span_of(BODY, SAID)), quotes_of(now)) == span_of(now, meant)


@pytest.mark.parametrize(
    "now",
    [
        "",
        BODY.replace(SAID, "Kami menunggu perahu,"),
        BODY.replace(f"“{SAID}” kata Ratna. ", ""),
        BODY.replace("“", "").replace("”", ""),
        BODY.replace("Kami menunggu,", SAID),
    ],
    ids=["no text", "other words", "taken out", "no quotes any more", "twice, and one elsewhere"],
)
def test_a_quote_is_gone(now: str) -> None:
    """Where no quote is like it, or context does not tell which of two it is, nothing is found."""
    found = select_quote(now, Selector(SAID), quotes_of(now))
    assert found is None


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_equal_quotes_are_told_by_what_stands_around_them(nth: int) -> None:
    """Each of three equal quotes is found again as itself, also when words were put in before and behind all."""
    body = "Ratna bilang “Ya.” Lalu Budi “Ya.” Dan Sari “Ya.” Selesai."
    selector = make_selector(body, span_of(body, "Ya.", nth))
    assert select_quote(body, selector, quotes_of(body)) == span_of(body, "Ya.", nth)
    now = f"RANTAU - {body} Rapat ditutup."
    assert select_quote(now, selector, quotes_of(now)) == span_of(now, "Ya.", nth)


def test_of_two_like_quotes_the_more_like_one_is_meant() -> None:
    """An edited quote is the one that is most like it; two that are as like as each other are none."""
    body = "“Kami butuh dua perahu lagi.” “Kami butuh dua perahu besar lagi.”"
    wanted = Selector("Kami butuh dua perahuu lagi.")
    assert select_quote(body, wanted, quotes_of(body)) == quotes_of(body)[0]
    body = "“Kami butuh tiga perahu.” “Kami butuh lima perahu.”"
    assert select_quote(body, Selector("Kami butuh tiga lima perahu."), quotes_of(body)) is None


MENTIONS = "Rantau banjir. Bupati Rantau datang. Warga Rantau menunggu di Rantau."


def test_a_selector_without_context_means_all_of_its_words() -> None:
    """All mentions of a text that are printed so, and no other ones."""
    among = spans_of(MENTIONS, "Rantau")
    assert select_spans(MENTIONS, Selector("Rantau"), [*among, span_of(MENTIONS, "Bupati")]) == among
    assert select_spans(MENTIONS, Selector("RANTAU"), among) == []


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize("before", ["", "KAMPUNG HULU - "], ids=["as it was", "a dateline put before"])
def test_a_selector_with_context_means_one(nth: int, before: str) -> None:
    """The nth of several equal mentions is found again, and only that one."""
    selector = make_selector(MENTIONS, span_of(MENTIONS, "Rantau", nth))
    now = before + MENTIONS
    assert select_spans(now, selector, spans_of(now, "Rantau")) == [span_of(now, "Rantau", nth)]


@pytest.mark.parametrize(
    ("now", "n_found"),
    [
        (MENTIONS.replace("Bupati Rantau datang", "Bupati Rantau sudah datang"), 1),
        (MENTIONS.replace("Bupati Rantau", "Kemarin Rantau"), 1),
        (MENTIONS.replace("Bupati Rantau datang. ", ""), 0),
        ("Di Rantau, air turun.", 0),
        ("Bupati Rantau datang. Bupati Rantau datang.", 0),
    ],
    ids=[
        "a word put behind",
        "another word before",
        "the sentence is gone",
        "only one of another sentence",
        "twice",
    ],
)
def test_a_mention_is_known_by_one_side_at_least(now: str, n_found: int) -> None:
    """Of equal words only those are meant that stand where they stood; where that is open, none."""
    selector = make_selector(MENTIONS, span_of(MENTIONS, "Rantau", 2))
    assert len(select_spans(now, selector, spans_of(now, "Rantau"))) == n_found


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Kami siap.", "kami siap", True),
        ("“Kami siap,”", '"Kami siap"', True),
        ("Kami  siap", "Kami\nsiap", True),
        ("Jum'at", "Jum’at", True),
        ("Kami siap", "Kami sigap", False),
        ("Kami siap", "Kami tidak siap", False),
    ],
    ids=["case", "marks", "spaces", "apostrophe", "a letter", "a word"],
)
def test_quote_hash(one: str, other: str, is_same: bool) -> None:
    """Two printings of one quote share the hash; two quotes do not."""
    assert (quote_hash(one) == quote_hash(other)) is is_same


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("butuh DUA perahu", True), ("lagi kata ratna", True), ("perah", False), ("perahu dua", False)],
    ids=["case", "punctuation", "half a word", "another order"],
)
def test_find_words(words: str, is_found: bool) -> None:
    """Whole words in their order are found, case and punctuation aside."""
    assert find_words(BODY, words) is is_found


WORDS = st.lists(
    st.sampled_from(["air", "naik", "surut", "warga", "perahu", "kami", "siap"]), min_size=1, max_size=5
)


@settings(max_examples=50)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_place_is_found_in_its_own_text(sentences: list[list[str]]) -> None:
    """In its own text a selector finds its place or, where two look the same, nothing; never another place."""
    body = ". ".join(f"“{' '.join(words)}”" for words in sentences)
    for span in quotes_of(body):
        selector = make_selector(body, span)
        assert select_quote(body, selector, quotes_of(body)) in (span, None)
        assert select_spans(body, selector, quotes_of(body)) in ([span], [])
