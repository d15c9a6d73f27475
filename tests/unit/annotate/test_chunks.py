"""A long body is cut where it hurts least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.annotate.chunks import find_chunks


@pytest.mark.parametrize(
    ("body", "chunks"),
    [
        pytest.param("Satu. Dua.", ["Satu. Dua."], id="a short body is whole"),
        pytest.param("Satu. Dua.\n\nTiga empat.", ["Satu. Dua.\n\n", "Tiga empat."], id="between paragraphs"),
        pytest.param("Satu dua. Tiga empat.", ["Satu dua. ", "Tiga empat."], id="between sentences"),
        pytest.param("satu dua tiga empat", ["satu dua tiga ", "empat"], id="between words"),
        pytest.param("a" * 20, ["a" * 15, "a" * 5], id="anywhere"),
    ],
)
def test_chunks_end_where_the_text_lets_them(body: str, chunks: list[str]) -> None:
    """The end of a paragraph is better than that of a sentence, and that better than that of a word."""
    assert [chunk.of(body) for chunk in find_chunks(body, longest=15)] == chunks


@given(st.text(alphabet="ab. \n"), st.integers(1, 9))
def test_chunks_cover_the_body(body: str, longest: int) -> None:
    """Nothing is lost, and no chunk is too long."""
    chunks = [chunk.of(body) for chunk in find_chunks(body, longest=longest)]
    assert "".join(chunks) == body
    assert all(0 < len(chunk) <= longest for chunk in chunks)
