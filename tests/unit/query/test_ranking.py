"""Which of some texts tell most of what is searched for."""

from __future__ import annotations

import pytest

from kb.query.ranking import ranked
from kb.query.wanted import read_wanted


@pytest.mark.parametrize(
    ("search", "texts", "order"),
    [
        pytest.param("cabai", ["cabai dan beras", "cabai dan cabai"], [1, 0], id="more often"),
        pytest.param("cabai", ["cabai dan beras dan jagung", "cabai dan beras"], [1, 0], id="in fewer words"),
        pytest.param("cabai", ["cabai a", "cabai b", "cabai c"], [0, 1, 2], id="as good: as they stood"),
        pytest.param("a OR b", ["a x", "a y", "b z"], [2, 0, 1], id="the rarer alternative"),
        pytest.param('"a a"', ["a x a y a z", "a a a y x z"], [1, 0], id="a phrase, over itself"),
        pytest.param("a*", ["ab x x", "ab ac x"], [1, 0], id="every word that begins so"),
        pytest.param("a", [], [], id="nothing"),
    ],
)
def test_order(search: str, texts: list[str], order: list[int]) -> None:
    """The best comes first; of those as good, the one that stood before."""
    assert ranked(texts, read_wanted(search)) == order
