"""What changed between two states of a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.query.wording import DiffLine, diff_lines

CASES: list[Any] = [
    pytest.param("Satu.\n\nDua.", "Satu.\n\nDua.", [], id="same"),
    pytest.param(
        "Warga desa menanam padi.",
        "Warga kota menanam padi.",
        [
            DiffLine("-", "Warga desa menanam padi.", ((6, 10),)),
            DiffLine("+", "Warga kota menanam padi.", ((6, 10),)),
        ],
        id="word",
    ),
    pytest.param(
        "Hujan turun.",
        "Kabar baru: Hujan turun.",
        [DiffLine("-", "Hujan turun."), DiffLine("+", "Kabar baru: Hujan turun.", ((0, 11),))],
        id="words before",
    ),
    pytest.param(
        "Satu.\n\nDua.\n\nTiga.\n\nEmpat.",
        "Satu.\n\nDua.\n\nEmpat.",
        [DiffLine("…", ""), DiffLine(" ", "Dua."), DiffLine("-", "Tiga."), DiffLine(" ", "Empat.")],
        id="paragraph gone",
    ),
    pytest.param(
        "Satu.\n\nDua.",
        "Nol.\n\nSatu.\n\nDua.",
        [DiffLine("+", "Nol."), DiffLine(" ", "Satu."), DiffLine("…", "")],
        id="paragraph new",
    ),
]


@pytest.mark.parametrize(("before", "after", "lines"), CASES)
def test_paragraphs_and_words_that_differ(before: str, after: str, lines: list[DiffLine]) -> None:
    """Only paragraphs that differ are told, with one beside them and the words that make the difference."""
    assert list(diff_lines(before, after)) == lines


_TEXTS = st.lists(st.lists(st.sampled_from(["ab", "cd", "ef", "🚢"]), min_size=1).map(" ".join)).map(
    "\n\n".join
)


@given(before=_TEXTS, after=_TEXTS)
def test_nothing_is_lost(before: str, after: str) -> None:
    """Every paragraph that only one text has is told, under its sign, and its changed words lie within it."""
    lines = list(diff_lines(before, after))
    was, now = before.split("\n\n"), after.split("\n\n")
    assert {line.text for line in lines if line.sign == "-"} >= set(was) - set(now) - {""}
    assert {line.text for line in lines if line.sign == "+"} >= set(now) - set(was) - {""}
    for line in lines:
        assert all(0 <= start < end <= len(line.text) for start, end in line.changed)
