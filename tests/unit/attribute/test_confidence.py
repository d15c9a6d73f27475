"""Confidence: higher where the article says plainly who speaks."""

from __future__ import annotations

import pytest
from marked_text import document

from kb.attribute import attribute
from kb.lexicon import word_list


def last_confidence(marked: str) -> float:
    return attribute(document(marked)).attributions[-1].confidence


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        pytest.param(
            "“Pasar itu dibuka lagi besok pagi jam tujuh,” kata [PER Yohana Wanggai].",
            "[PER Yohana Wanggai] datang bersama [PER Karel Mofu] dan [PER Nita Sari].\n\n"
            "“Pasar itu dibuka lagi besok pagi jam tujuh,” katanya.",
            id="a name, a tag that points back",
        ),
        pytest.param(
            "[PER Yohana Wanggai] tiba. “Pasar itu dibuka lagi besok pagi jam tujuh,” katanya.",
            "[PER Yohana Wanggai] tiba bersama [PER Karel Mofu], [PER Nita Sari], [PER Budi Lase] dan "
            "[PER Elena Markovic]. “Pasar itu dibuka lagi besok pagi jam tujuh,” katanya.",
            id="one person, several",
        ),
        pytest.param(
            "“Pasar itu dibuka lagi besok pagi jam tujuh,” kata [PER Yohana Wanggai].",
            "“Pasar itu,” kata [PER Yohana Wanggai].",
            id="a sentence, two words",
        ),
    ],
)
def test_confidence_falls(surer: str, less_sure: str) -> None:
    assert last_confidence(surer) > last_confidence(less_sure)


def test_weights_are_of_features_the_program_has() -> None:
    kinds = {row.split()[0].split("=")[0] for row in word_list("confidence")}
    assert kinds <= {
        "bias",
        "rule",
        "speaker",
        "type",
        "cue",
        "people",
        "people-pointed-back",
        "short",
        "brief",
        "long",
    }
