"""How a tagging is scored."""

from __future__ import annotations

import pytest

from kb.training.scores import ALL, find_names, score_tags


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        pytest.param(["B-PER", "I-PER", "O", "B-LOC"], [("PER", 0, 2), ("LOC", 3, 4)], id="BIO"),
        pytest.param(["B-PER", "E-PER", "S-LOC"], [("PER", 0, 2), ("LOC", 2, 3)], id="BIOES"),
        pytest.param(
            ["B-PER", "B-PER", "I-ORG"], [("PER", 0, 1), ("PER", 1, 2), ("ORG", 2, 3)], id="neighbours"
        ),
        pytest.param(["O", "O"], [], id="none"),
    ],
)
def test_names_are_read_from_tags(tags: list[str], names: list[tuple[str, int, int]]) -> None:
    """Both tagging schemes give the same names."""
    assert list(find_names(tags)) == names


def test_only_exact_names_are_right() -> None:
    """A name of another length or type counts as wrong twice."""
    scores = score_tags([["S-PER", "B-ORG", "E-ORG"]], [["B-PER", "B-ORG", "O"]])
    assert scores["PER"].f1 == 100
    assert scores["ORG"].f1 == 0
    assert scores[ALL].f1 == 50
