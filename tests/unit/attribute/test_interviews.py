"""Interviews printed as questions and answers, without any mark."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

LABELLED = (
    "Berikut tanya jawab wartawan dengan [PER Febi Arlan] di [LOC Ambon], Selasa.\n\n"
    "Febi: Memang hari ini kami memeriksa lima saksi.\n\n"
    "Arahnya ke pejabat atau bagaimana?\n\n"
    "Di penyidikan tentu sudah ada tersangka. Namanya nanti diumumkan.\n\n"
    "Kapan diumumkan?\n\n"
    "Pekan depan.\n\n"
)

INTERVIEWS = [
    example(
        "a label, questions and answers",
        LABELLED.strip(),
        direct("Memang hari ini kami memeriksa lima saksi", "Febi Arlan", mention="Febi", cue=None),
        direct("Di penyidikan tentu sudah ada tersangka. Namanya nanti diumumkan", "Febi Arlan"),
        direct("Pekan depan", "Febi Arlan"),
    ),
    example(
        "it ends where the text tells of the speaker again",
        LABELLED + "[PER Febi] lalu pergi.\n\nHujan turun sampai malam.",
        direct("Memang hari ini kami memeriksa lima saksi", "Febi Arlan"),
        direct("Di penyidikan tentu sudah ada tersangka. Namanya nanti diumumkan", "Febi Arlan"),
        direct("Pekan depan", "Febi Arlan"),
    ),
    example(
        "the interviewer's label is nobody's answer",
        "Berikut petikan wawancara [ORG Harian Teluk] dengan [PER Maria Loka].\n\n"
        "Tanya: Apa yang paling berat?\n\nJawab: Berlatih sendirian di musim hujan.",
        direct("Berlatih sendirian di musim hujan", "Maria Loka", mention="Maria Loka"),
    ),
    example(
        "several answers to one question",
        "Berikut petikan wawancara dengan [PER Maria Loka].\n\nSiapa yang mengajak?\n\nAyah saya.\n\nIbu menyusul.",
        direct("Ayah saya", "Maria Loka"),
        direct("Ibu menyusul", "Maria Loka"),
    ),
]

NONE = [
    example(
        "nobody is announced", "Berikut lima pertanyaan wawancara kerja.\n\nApa kelemahan Anda?\n\nJujurlah."
    ),
    example(
        "nothing is asked",
        "Berikut petikan wawancara dengan [PER Maria Loka].\n\nHujan turun sampai malam.\n\nJalan licin.",
    ),
    example(
        "an ordinary article about an interview",
        "[PER Maria Loka] datang untuk wawancara. Siapa yang mengajak? Tidak ada yang tahu.\n\nHujan turun.",
    ),
    example(
        "what is quoted has its own tag",
        "Berikut petikan wawancara dengan [PER Maria Loka].\n\nSiapa yang mengajak?\n\n“Ayah saya,” kata [PER Maria].",
        direct("Ayah saya", "Maria Loka", cue="kata"),
    ),
    example(
        "a paraphrase behind it is none",
        "Berikut petikan wawancara dengan [PER Maria Loka].\n\nSiapa yang mengajak?\n\nAyah saya.\n\n"
        "[PER Maria] mengatakan, ayahnya pelatih.",
        direct("Ayah saya", "Maria Loka"),
        indirect("ayahnya pelatih", "Maria Loka"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), INTERVIEWS)
def test_answers_are_the_interviewed_persons(text: str, wanted: tuple[Said, ...]) -> None:
    """Each answer is speech as said, by label or by who was announced; questions are nobody's."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), NONE)
def test_nothing_else_is_an_interview(text: str, wanted: tuple[Said, ...]) -> None:
    """Without somebody announced and something asked, unmarked paragraphs stay narration."""
    assert found(text, wanted) == [*wanted]
