"""Which stretches stand between quotation marks, whatever the glyphs, with marks odd, glued or lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.attribute.marks import Quoted, find_quoted
from kb.model import Span


def quoted(body: str) -> list[Quoted]:
    """Return the quoted stretches of all paragraphs of a body."""
    found: list[Quoted] = []
    start = 0
    for paragraph in body.split("\n"):
        found += find_quoted(body, Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    return found


def inner(body: str) -> list[str]:
    """Return the texts between the marks of a body."""
    return [q.inner.of(body) for q in quoted(body)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param("“", "”", id="curly"),
        pytest.param("”", "”", id="closing glyph at both ends"),
        pytest.param('"', '"', id="straight"),
        pytest.param("„", "“", id="low and high"),
        pytest.param("«", "»", id="guillemets"),
        pytest.param("``", "''", id="treebank"),
        pytest.param("＂", "＂", id="full width"),
        pytest.param("“", '"', id="curly and straight"),
        pytest.param('"', "”", id="straight and curly"),
        pytest.param("‘", "’", id="single"),
        pytest.param("'", "'", id="single straight"),
    ],
)
def test_a_pair_of_any_glyph_encloses_its_words(opening: str, closing: str) -> None:
    """Marks of all shapes pair, at the start of a paragraph, inside it and twice in it."""
    assert inner(f"{opening}Lampu padam,{closing} kata Rosa.") == ["Lampu padam,"]
    assert inner(f"Rosa berkata, {opening}Lampu padam.{closing}") == ["Lampu padam."]
    two = f"{opening}Lampu padam,{closing} kata Rosa. {opening}Kami takut.{closing}"
    assert inner(two) == ["Lampu padam,", "Kami takut."]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param('"Lampu padam,"kata Rosa. "Gelap."', ["Lampu padam,", "Gelap."], id="glued to its tag"),
        pytest.param(
            'Rosa berkata,"Lampu padam."',
            ["Lampu padam."],
            id="glued to its lead",
        ),
        pytest.param('"Lampu padam, " kata Rosa.', ["Lampu padam,"], id="space before the closing mark"),
        pytest.param('" Lampu padam," kata Rosa.', ["Lampu padam,"], id="space behind the opening mark"),
        pytest.param("(“Lampu padam”)", ["Lampu padam"], id="in brackets"),
        pytest.param("Kata Rosa:“Lampu padam.”", ["Lampu padam."], id="glued to a colon"),
        pytest.param("Rosa—“si lampu”—tertawa.", ["si lampu"], id="between dashes"),
        pytest.param("“Lampu padam”, “gelap”, dan “sunyi”", ["Lampu padam", "gelap", "sunyi"], id="a list"),
        pytest.param("Istilah “lampu”-nya baru.", ["lampu"], id="a suffix behind a hyphen"),
        pytest.param('"Lampu padam!""Gelap!"', ["Lampu padam!", "Gelap!"], id="back to back"),
    ],
)
def test_glued_and_loose_marks_pair(body: str, wanted: list[str]) -> None:
    """Lost and misplaced spaces beside marks leave the pairs whole."""
    assert inner(body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("“Ia bilang ‘jangan’ tadi,” kata Rosa.", "Ia bilang ‘jangan’ tadi,", id="single"),
        pytest.param("“Ia bilang “jangan” tadi,” kata Rosa.", "Ia bilang “jangan” tadi,", id="same glyphs"),
        pytest.param(
            '“Ia bilang "jangan" tadi,” kata Rosa.', 'Ia bilang "jangan" tadi,', id="straight in curly"
        ),
        pytest.param(
            "\"Ia bilang 'jangan' tadi,\" kata Rosa.", "Ia bilang 'jangan' tadi,", id="straight single"
        ),
        pytest.param("“Ia bilang ‘jangan’,” kata Rosa.", "Ia bilang ‘jangan’,", id="both close together"),
        pytest.param(
            "“‘Jangan’, katanya tadi,” kata Rosa.", "‘Jangan’, katanya tadi,", id="both open together"
        ),
    ],
)
def test_only_the_outermost_pair_counts(body: str, wanted: str) -> None:
    """A quotation inside a quotation is part of it."""
    assert inner(body) == [wanted]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("“Lampu padam.", ("Lampu padam.", True, False), id="never closed"),
        pytest.param("Lampu padam,” kata Rosa.", ("Lampu padam,", False, True), id="never opened"),
        pytest.param('"Lampu padam.', ("Lampu padam.", True, False), id="straight, never closed"),
        pytest.param('Lampu padam," kata Rosa.', ("Lampu padam,", False, True), id="straight, never opened"),
    ],
)
def test_a_lost_mark_is_told(body: str, wanted: tuple[str, bool, bool]) -> None:
    """A stretch with one mark reaches to the paragraph's end or start, and says which mark is lost."""
    assert [(q.inner.of(body), q.opened, q.closed) for q in quoted(body)] == [wanted]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("“Lampu padam.\n\n“Kami takut,” kata Rosa.", id="paragraph before left open"),
        pytest.param("Lampu” padam.\n\n“Kami takut,” kata Rosa.", id="paragraph before never opened"),
        pytest.param('Lampu 14" padam.\n\n"Kami takut," kata Rosa.', id="inch mark in the paragraph before"),
        pytest.param('Lampu 14" padam. "Kami takut," kata Rosa.', id="inch mark in the same paragraph"),
        pytest.param("Lampu 14” padam. ”Kami takut,” kata Rosa.", id="curly inch mark"),
        pytest.param("“Lampu padam, kata Bela. “Kami takut,” kata Rosa.", id="the one before lost its end"),
    ],
)
def test_one_lost_mark_does_not_flip_the_next_pair(body: str) -> None:
    """What stands in a whole pair is found, whatever mark went astray before it."""
    assert quoted(body)[-1] == Quoted(
        Span(body.index("Kami"), body.index("Kami") + 11),
        Span(body.index("Kami") - 1, body.index("Kami") + 12),
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Salat Jum'at di Masjid Al-Ma'ruf dipimpin Syafi’i.", id="apostrophes"),
        pytest.param('Layar 14" dan 21" itu rusak.', id="inches"),
        pytest.param("Panjangnya 5' 11\" menurut catatan.", id="feet and inches"),
        pytest.param("Lampu padam pada ’98 dan ’99.", id="years cut short"),
        pytest.param("Tidak ada tanda di sini.", id="none"),
    ],
)
def test_other_uses_of_the_glyphs_quote_nothing(body: str) -> None:
    """Apostrophes and signs of measure enclose no words."""
    assert inner(body) == []


TEXTS = st.lists(
    st.sampled_from(
        ["“", "”", '"', "'", "‘", "’", "«", "»", "``", "''", " ", ",", ".", "\n", "kata", "Rosa", "14"]
    )
).map("".join)


@given(TEXTS)
@example("“Lampu padam,” kata Rosa, gelap.” Ia pergi.")
def test_stretches_are_in_order_and_apart(body: str) -> None:
    """Any heap of marks gives stretches inside their paragraph, in order, none over another."""
    found = quoted(body)
    assert all(q.outer.covers(q.inner) and "\n" not in q.outer.of(body) for q in found)
    assert all(one.outer.end <= other.outer.start for one, other in pairwise(found))
    assert all(q.inner.of(body) == q.inner.of(body).strip(" \n") for q in found)
    assert all(q.opened or q.closed for q in found)
