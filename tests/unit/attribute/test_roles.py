"""What the speaker is called beside the name: the role of this very sentence, wherever it stands."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

ROLES = [
    example(
        "in front of the name",
        "Direktur Pelabuhan [PER Helena Rumbiak] mengatakan, dermaga sudah dibuka.",
        indirect("dermaga sudah dibuka", "Helena Rumbiak", role="Direktur Pelabuhan"),
    ),
    example(
        "in front of the name, between commas",
        "Penasihat hukum serikat itu, [PER Chukwu Obi], mengatakan bahwa gugatan sudah didaftarkan.",
        indirect("gugatan sudah didaftarkan", "Chukwu Obi", role="Penasihat hukum serikat itu"),
    ),
    example(
        "behind the name of a tag",
        "“Kami siap,” kata [PER Pavel Dragunov], juru bicara perusahaan kereta.",
        direct("Kami siap", "Pavel Dragunov", role="juru bicara perusahaan kereta"),
    ),
    example(
        "behind the name of a subject",
        "[PER Nguyen Van Hai], ketua koperasi, menyebut panen tahun ini turun.",
        indirect("panen tahun ini turun", "Nguyen Van Hai", role="ketua koperasi"),
    ),
    example(
        "without what the sentence adds to it",
        "“Kami siap,” kata [PER Yohana Wanggai], kepala sekolah yang juga pelatih renang, Senin (17/6).",
        direct("Kami siap", "Yohana Wanggai", role="kepala sekolah", occasion="Senin (17/6)"),
    ),
    example(
        "without the occasion",
        "“Kami siap,” kata [PER Tigor Sihombing], pelatih tim itu usai latihan, Senin (17/6).",
        direct("Kami siap", "Tigor Sihombing", role="pelatih tim itu"),
    ),
    example(
        "with its short form in brackets",
        "Ketua Serikat Nelayan Arafura (SNA) [PER Markus Lewokeda] mengatakan, solar sudah datang.",
        indirect("solar sudah datang", "Markus Lewokeda", role="Ketua Serikat Nelayan Arafura (SNA)"),
    ),
    example(
        "without the words that give the name",
        "Penumpang bernama [PER Elena Markovic] itu mengaku, kopernya hilang.",
        indirect("kopernya hilang", "Elena Markovic", role="Penumpang"),
    ),
    example(
        "that of this sentence only",
        "“Kami siap,” kata [PER Pavel Dragunov], juru bicara perusahaan kereta.\n\n"
        "“Jadwal baru berlaku besok,” kata [PER Dragunov].",
        direct("Kami siap", "Pavel Dragunov", role="juru bicara perusahaan kereta"),
        direct("Jadwal baru berlaku besok", "Pavel Dragunov", role=None),
    ),
    example(
        "no role: another clause's subject",
        "[PER Elena Markovic] mengatakan, gudang sudah kosong, kepala gudang membantahnya.",
        indirect("gudang sudah kosong, kepala gudang membantahnya", "Elena Markovic", role=None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ROLES)
def test_the_role_given_there_is_kept(text: str, wanted: tuple[Said, ...]) -> None:
    """A name's role stands in front of it, or behind it between commas; other sentences' roles do not count."""
    assert found(text, wanted) == [*wanted]
