"""Texts cut where something in them is marked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.query import ArticlePage, ArticleRow, MentionRow, QuoteRow
from kb.query.wanted import read_wanted
from kb.serve.passages import Part, Piece, hits_of, paragraphs_of, parts_of

BODY = "Sari mengatakan air surut di Teluk.\n\nWarga Teluk pulang."
_EMPTY: Any = {field.name: None for field in fields(QuoteRow)}
QUOTE = QuoteRow(**_EMPTY | {"text": "air surut di Teluk", "start": 16, "end": 34, "context": BODY[:35]})


def _mention(start: int, end: int) -> MentionRow:
    return MentionRow("a", "LOC", BODY[start:end], start, end, None, None, None)


def _page(*mentions: tuple[int, int], quotes: tuple[QuoteRow, ...] = (QUOTE,)) -> ArticlePage:
    empty: Any = {field.name: None for field in fields(ArticleRow)}
    return ArticlePage(ArticleRow(**empty), BODY, tuple(_mention(*span) for span in mentions), quotes)


def test_paragraphs_are_cut_at_quotes_and_names() -> None:
    """A name within a quote is a passage of its own there; a quote says where it begins and ends."""
    first, second = paragraphs_of(_page((0, 4), (29, 34), (43, 48)))
    assert [(p.text, p.quote, p.mention is not None) for p in first] == [
        ("Sari", None, True),
        (" mengatakan ", None, False),
        ("air surut di ", 0, False),
        ("Teluk", 0, True),
        (".", None, False),
    ]
    assert [(p.begins, p.ends) for p in first if p.quote == 0] == [(True, False), (False, True)]
    assert "".join(p.text for p in second) == "Warga Teluk pulang."


@given(st.lists(st.tuples(st.integers(0, len(BODY)), st.integers(0, len(BODY))).map(sorted), max_size=6))
def test_no_letter_is_lost(spans: list[list[int]]) -> None:
    """Whatever overlaps what, the passages are the text."""
    quotes = tuple(replace(QUOTE, start=start, end=end) for start, end in spans if start < end)
    paragraphs = paragraphs_of(_page((0, 4), (2, 34), quotes=quotes))
    assert "\n\n".join("".join(p.text for p in passages) for passages in paragraphs) == BODY


@pytest.mark.parametrize(
    ("context", "cue", "mention", "marked"),
    [
        pytest.param("Sari mengatakan air surut.", "mengatakan", "Sari", "(Sari) (mengatakan) (air surut).", id="all"),
        pytest.param("air surut, kata Sari; kata Budi, tidak.", "kata", "Sari",
                     "(air surut), (kata) (Sari); kata Budi, tidak.", id="the nearest cue"),
        pytest.param("Katanya air surut.", "Katanya", "Katanya", "(Katanya) (air surut).", id="one word for both"),
        pytest.param("“air surut” lagi: air surut.", None, None, "“(air surut)” lagi: air surut.", id="once"),
        pytest.param("air surut", "mengatakan", "Sari", "(air surut)", id="what is not there is not marked"),
    ],
)  # fmt: skip
def test_parts_of_a_sentence(context: str, cue: str | None, mention: str | None, marked: str) -> None:
    """The quote, its cue and its speaker are marked in the sentence, each once."""
    quote = replace(QUOTE, text="air surut", context=context, cue=cue, speaker_mention=mention)
    parts = parts_of(quote)
    texts = [(part.what, "".join(piece.text for piece in part.pieces)) for part in parts]
    assert "".join(f"({text})" if what else text for what, text in texts) == marked


def test_hits_are_marked() -> None:
    """What was searched for is marked as it is printed, in a quote as well."""
    (part,) = hits_of("Air-surut di teluk", read_wanted("TELUK"))
    assert part == Part((Piece("Air-surut di "), Piece("teluk", is_hit=True)))
    quoted = next(part for part in parts_of(QUOTE, read_wanted("tel*")) if part.what == "quote")
    assert quoted.pieces == (Piece("air surut di "), Piece("Teluk", is_hit=True))
