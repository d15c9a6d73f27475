"""Test sentences in the training text are found."""

from kb.training.overlap import find_overlaps, find_sequences
from kb.training.tagged import TaggedSentence


def tag(text: str) -> TaggedSentence:
    return tuple((word, "O") for word in text.split())


def test_a_sentence_of_the_test_is_found() -> None:
    """Case and marks make no difference; half of the sequences are enough, a few words are not."""
    known = find_sequences("Wali kota menutup pelabuhan Tenau mulai hari Senin depan, katanya.")
    same = "wali kota menutup pelabuhan tenau mulai hari senin"
    half = "Wali kota menutup pelabuhan Tenau mulai hari Selasa karena"
    other = "Wali kota menutup pelabuhan karena badai datang lagi"
    short = "Wali kota menutup"
    assert list(find_overlaps(map(tag, [same, half, other, short]), known)) == [same, half]
