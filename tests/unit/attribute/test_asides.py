"""What stands between a subject and its verb, or between a source and what it tells: when, where, to whom."""

from __future__ import annotations

import pytest
from marked_text import Said, example, found, indirect

OCCASIONS = [
    example(
        "a passive clause of time behind the subject",
        "[PER Rina Wulan] saat ditemui di [LOC Kendari], Jumat, mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "without a comma before the verb",
        "[PER Rina Wulan] ketika dihubungi wartawan membenarkan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "between commas, behind a title",
        "Kepala Dinas Pertanian [PER Rina Wulan], saat dikonfirmasi pada Jumat (2/5), menjelaskan bahwa "
        "panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "a noun of occasion",
        "[PER Rina Wulan] usai rapat di [LOC Kendari], Jumat, menyebut panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "an active clause of time",
        "Hakim ketua [PER Rina Wulan] saat membacakan putusan menyatakan terdakwa bersalah.",
        indirect("terdakwa bersalah", "Rina Wulan"),
    ),
    example(
        "somebody who is only described",
        "Juru bicara kementerian setelah pertemuan dengan petani, Kamis, menegaskan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Juru bicara kementerian"),
    ),
    example(
        "a clause of time with a subject of its own is none",
        "Petani gelisah saat [PER Rina Wulan] mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "the verb's subject behind the clause of time",
        "[PER Bima Tandi] pulang setelah rapat itu, petani mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "petani"),
    ),
    example(
        "a lead-in is no subject",
        "Namun saat dihubungi, [PER Rina Wulan] mengaku tidak tahu panen padi itu tertunda.",
        indirect("tidak tahu panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "a place and a day between commas",
        "Kepala Dinas Pertanian [PER Rina Wulan], di [LOC Kendari], Jumat, mengatakan panen padi itu "
        "tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "a day is nobody",
        "Pukul tiga, Jumat sore, mengatakan bahwa panen padi itu tertunda.",
    ),
    example(
        "a name with a relative clause that ends in itu",
        "Ketua kelompok tani [PER Rina Wulan] yang hadir saat rapat itu mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
]

APPOSITIONS = [
    example(
        "a role in capitals, its comma lost",
        "[PER Rina Wulan], Ketua RT 03 mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "a role behind a fronted phrase with a name is a subject",
        "Menanggapi [PER Rina Wulan], Ketua RT 03 mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Ketua RT 03"),
    ),
    example(
        "a relayed letter is no subject",
        "Mengutip [ORG Warta Samudra], Selasa (18/6), dalam surat kepada [PER Rina Wulan], presiden "
        "mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "presiden"),
    ),
    example(
        "an age between commas",
        "Salah satu petani bernama [PER Rina Wulan], 52 tahun, mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example(
        "several degrees",
        "[PER Rina Wulan], S.H., M.H., mengatakan panen padi itu tertunda.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
    example("a clause of time is no content", "Saat diperiksa, [PER Rina Wulan] mengaku khilaf."),
]

TESTIMONIES = [
    example(
        "berdasarkan keterangan S, C",
        "Berdasarkan keterangan [PER Rina Wulan], truk itu melaju kencang.",
        indirect("truk itu melaju kencang", "Rina Wulan", cue="Berdasarkan"),
    ),
    example(
        "dari pengakuan S, C",
        "Sementara itu, dari pengakuan sopir, truk itu melaju kencang.",
        indirect("truk itu melaju kencang", "sopir", cue="dari"),
    ),
    example(
        "an addressee",
        "Berdasarkan penuturan [PER Rina Wulan] kepada polisi, truk itu melaju kencang.",
        indirect("truk itu melaju kencang", "Rina Wulan"),
    ),
    example(
        "whoever tells of the testimony has said it",
        "Berdasarkan keterangan saksi, kata [PER Rina Wulan], truk itu melaju kencang.",
        indirect("truk itu melaju kencang", "Rina Wulan", cue="kata"),
    ),
    example(
        "inside what somebody tells",
        "[PER Rina Wulan] mengatakan, berdasarkan keterangan saksi, truk itu melaju kencang.",
        indirect("berdasarkan keterangan saksi, truk itu melaju kencang", "Rina Wulan"),
    ),
    example("no source", "Berdasarkan penjelasan tersebut, truk itu melaju kencang."),
    example("data are nobody", "Berdasarkan data kepolisian, truk itu melaju kencang."),
    example("no clause of its own", "Polisi menyusun urutan kejadian dari keterangan para saksi."),
    example(
        "the message itself is no content",
        "[PER Rina Wulan] mengatakan panen padi itu tertunda. Pesan ini disampaikan [PER Rina Wulan] "
        "melalui radio desa.",
        indirect("panen padi itu tertunda", "Rina Wulan"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), OCCASIONS)
def test_when_and_where_somebody_spoke_stands_beside_the_subject(text: str, wanted: tuple[Said, ...]) -> None:
    """A clause of time without a subject of its own does not part the subject from its verb."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), APPOSITIONS)
def test_an_apposition_leaves_the_name_the_subject(text: str, wanted: tuple[Said, ...]) -> None:
    """A role or degrees between commas behind a name describe it."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), TESTIMONIES)
def test_a_testimony_is_reported_speech(text: str, wanted: tuple[Said, ...]) -> None:
    """Who gave a statement said it; data, results and messages by themselves say nothing."""
    assert found(text, wanted) == [*wanted]
