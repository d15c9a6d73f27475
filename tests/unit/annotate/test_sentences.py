"""What the model gives is made into sentences that cover the body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.annotate.sentences import TaggedToken, make_sentences
from kb.model import Span


def tagged(*spans: tuple[int, int]) -> list[TaggedToken]:
    return [TaggedToken(Span(*span), "O") for span in spans]


def test_sentences_keep_the_tokens_of_the_model() -> None:
    """Tokens that are sound pass through as they are."""
    body = "Ani pergi. Ia pulang."
    sentences = make_sentences(body, [tagged((0, 3), (4, 9), (9, 10)), tagged((11, 13), (14, 20), (20, 21))])
    assert [s.span.of(body) for s in sentences] == ["Ani pergi.", "Ia pulang."]
    assert [t.of(body) for t in sentences[1].tokens] == ["Ia", "pulang", "."]


def test_words_the_model_left_out_are_tokens() -> None:
    """No word of the body is lost, before, between or after the model's tokens."""
    body = "satu dua tiga empat"
    first, second = make_sentences(body, [tagged((5, 8))])
    assert [t.of(body) for t in first.tokens] == ["satu", "dua"]
    assert [t.of(body) for t in second.tokens] == ["tiga", "empat"]


@pytest.mark.parametrize(
    ("body", "cut", "n"),
    [
        pytest.param("“Benar?” tanya Ani.", 8, 1, id="tag in lower case goes on"),
        pytest.param("“Benar?” Ani pergi.", 8, 2, id="capital begins"),
        pytest.param("“Benar?”\n\ntanya Ani.", 8, 2, id="never over a paragraph"),
        pytest.param("Benar? tanya Ani.", 6, 2, id="no closing mark"),
    ],
)
def test_a_reporting_tag_goes_on_with_the_quotation(body: str, cut: int, n: int) -> None:
    """A lower-case tag after a closing mark belongs to the sentence before it."""
    sentences = make_sentences(body, [tagged((0, cut)), tagged((cut, len(body)))])
    assert len(sentences) == n


spans = st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5), max_size=5)


@given(st.text(max_size=40), spans)
def test_tokens_cover_any_body_whatever_the_model_gives(
    body: str, found: list[list[tuple[int, int]]]
) -> None:
    """Tokens are slices in order, not empty, with nothing but white space between."""
    sentences = make_sentences(body, [tagged(*tokens) for tokens in found])
    end = 0
    for token in (token for sentence in sentences for token in sentence.tokens):
        assert token.start >= end
        assert token.of(body).strip()
        assert token.of(body) == "".join(token.of(body).split())
        assert not body[end : token.start].strip()
        end = token.end
    assert not body[end:].strip()
    assert all(s.span == Span(s.tokens[0].start, s.tokens[-1].end) for s in sentences)
