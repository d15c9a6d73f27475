"""Words that lost the space between them, as pages print them when a link is taken out of a text."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, document, example, found, indirect

from kb.attribute.reading import Reading

PARTED = [
    pytest.param("menurutTVX", ["menurut", "TVX"], id="according and a medium"),
    pytest.param("DilansirHarian", ["Dilansir", "Harian"], id="a relay and a medium"),
    pytest.param("dariCNBC", ["dari", "CNBC"], id="a preposition and a medium"),
    pytest.param("diTarvania", ["di", "Tarvania"], id="a preposition and a place"),
    pytest.param("Tarvaniamenyatakan", ["Tarvania", "menyatakan"], id="a state and its verb"),
    pytest.param("TVXpada", ["TVX", "pada"], id="capitals and a preposition"),
    pytest.param("HarianTelukmelaporkan", ["Harian", "Teluk", "melaporkan"], id="head, medium and verb"),
    pytest.param("katadia", ["kata", "dia"], id="a tag and its pronoun"),
]

WHOLE = [
    pytest.param("detikNews", id="a name with a capital inside"),
    pytest.param("YouTube", id="a platform"),
    pytest.param("Mengatakan", id="a verb that begins a sentence"),
    pytest.param("McGregor", id="a foreign name"),
    pytest.param("Dipati", id="a name that begins like a preposition"),
    pytest.param("Tarvania", id="a name that ends like a word"),
    pytest.param("mengatakan", id="a verb"),
]


@pytest.mark.parametrize(("text", "words"), PARTED)
def test_two_words_without_a_space_are_two(text: str, words: list[str]) -> None:
    """A small word, a cue or a capital shows where the space was lost."""
    assert [word.text for word in Reading(document(text)).words] == words


@pytest.mark.parametrize("text", WHOLE)
def test_one_word_stays_one(text: str) -> None:
    """Names with capitals inside and ordinary words are not cut."""
    assert [word.text for word in Reading(document(text)).words] == [text]


SPOKEN = [
    example(
        "according to a medium",
        "MenurutTVX, kapal itu karam di selat.",
        indirect("kapal itu karam di selat", "TVX"),
    ),
    example(
        "a state that speaks",
        "[LOC Tarvania] berduka. Tarvaniamenyatakan perbatasan ditutup sejak Senin.",
        indirect("perbatasan ditutup sejak Senin", "Tarvania"),
    ),
    example(
        "a tag and its pronoun",
        "[PER Yohana Wanggai] datang. “Kami siap,” katadia.",
        direct("Kami siap", "Yohana Wanggai"),
    ),
    example(
        "a medium apart from the speaker",
        "“Kami siap,” kata [PER Yohana Wanggai], dikutipTVX, Rabu.",
        direct("Kami siap", "Yohana Wanggai", medium="TVX"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SPOKEN)
def test_a_lost_space_hides_no_speaker(text: str, wanted: tuple[Said, ...]) -> None:
    """Cue and speaker are read as if the space were there."""
    assert found(text, wanted) == [*wanted]
