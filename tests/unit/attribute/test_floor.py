"""Who has the floor: to whom -nya, a pronoun or a quotation without a tag points back."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

PERSONS_AND_ORGANISATIONS = [
    example(
        "saya is no organisation",
        "“Pasar dibuka besok,” kata [PER Yohana Wanggai]. [ORG Dinas Pasar] menyatakan, kios sudah penuh.\n\n"
        "“Saya sudah memeriksanya sendiri,” ujarnya.",
        direct("Pasar dibuka besok", "Yohana Wanggai"),
        indirect("kios sudah penuh", "Dinas Pasar"),
        direct("Saya sudah memeriksanya sendiri", "Yohana Wanggai"),
    ),
    example(
        "a paraphrased organisation gives way to who was quoted",
        "“Pasar dibuka besok,” kata [PER Yohana Wanggai]. [ORG Dinas Pasar] menyatakan, kios sudah penuh.\n\n"
        "“Pedagang tinggal masuk,” ujarnya.",
        direct("Pasar dibuka besok", "Yohana Wanggai"),
        indirect("kios sudah penuh", "Dinas Pasar"),
        direct("Pedagang tinggal masuk", "Yohana Wanggai"),
    ),
    example(
        "an organisation quoted in its own words keeps it",
        "“Kapal itu laik laut,” tulis [ORG Serikat Pelaut].\n\n“Awaknya lengkap,” lanjutnya.",
        direct("Kapal itu laik laut", "Serikat Pelaut"),
        direct("Awaknya lengkap", "Serikat Pelaut"),
    ),
    example(
        "a report is no she",
        "“Gudang itu kosong,” kata [PER Elena Markovic]. Menurut laporan media setempat, gudang itu "
        "terbakar. Ia mengatakan, penjaga sudah pulang.",
        direct("Gudang itu kosong", "Elena Markovic"),
        indirect("gudang itu terbakar", "media setempat", type="OTHER"),
        indirect("penjaga sudah pulang", "Elena Markovic"),
    ),
    example(
        "a medium that only relays has no floor",
        "“Gudang itu kosong,” kata [PER Elena Markovic].\n\nDilansir [ORG Harian Teluk], harga kopi turun "
        "tajam.\n\n“Kuncinya hilang,” katanya.",
        direct("Gudang itu kosong", "Elena Markovic"),
        indirect("harga kopi turun tajam", "Harian Teluk"),
        direct("Kuncinya hilang", "Elena Markovic"),
    ),
]

WORDS_THEMSELVES = [
    example(
        "whom the words name does not say them",
        "“Jalan ini sempit,” kata [PER Tigor Sihombing]. “Jembatannya rapuh,” kata [PER Made Suarta].\n\n"
        "“Pak [PER Made] benar,” ujarnya.",
        direct("Jalan ini sempit", "Tigor Sihombing"),
        direct("Jembatannya rapuh", "Made Suarta"),
        direct("Pak Made benar", "Tigor Sihombing"),
    ),
    example(
        "where there is nobody else, it may be himself",
        "“Jembatannya rapuh,” kata [PER Made Suarta].\n\n“[PER Made] tidak pernah ingkar,” ujarnya.",
        direct("Jembatannya rapuh", "Made Suarta"),
        direct("Made tidak pernah ingkar", "Made Suarta"),
    ),
]

SILENT_SPEECH = [
    example(
        "thanks say nothing, but who gives them has the floor",
        "“Selamat datang,” kata [PER Hussein Karim]. [PER Lidia Waromi] menyampaikan terima kasih kepada "
        "tuan rumah.\n\n"
        "“Perjalanan kami lancar,” ujarnya.",
        direct("Selamat datang", "Hussein Karim"),
        direct("Perjalanan kami lancar", "Lidia Waromi"),
    ),
    example(
        "hal senada, told with role and comma",
        "Menurut [PER Hussein Karim], harga naik. Gubernur Bank Tarvania, [PER Lidia Waromi], menyampaikan "
        "hal senada. Menurut dia, cadangan tetap aman.",
        indirect("harga naik", "Hussein Karim"),
        indirect("cadangan tetap aman", "Lidia Waromi"),
    ),
    example(
        "hal serupa, by a pointed passive and a comma",
        "“Kami senang,” kata [PER Kenji Morimoto]. Hal serupa diungkapkan personel lainnya, [PER Park Jun]. "
        "Dia mengatakan, panggungnya indah.",
        direct("Kami senang", "Kenji Morimoto"),
        indirect("panggungnya indah", "Park Jun"),
    ),
    example(
        "a letter that is quoted takes no floor",
        "“Rapat ditunda,” kata [PER Hussein Karim]. Berikut petikan surat [PER Lidia Waromi]:\n\n“Saya tidak "
        "pernah ditekan siapa pun.”\n\n“Surat itu asli,” katanya.",
        direct("Rapat ditunda", "Hussein Karim"),
        direct("Saya tidak pernah ditekan siapa pun", "Lidia Waromi"),
        direct("Surat itu asli", "Hussein Karim"),
    ),
]

SEVERAL = [
    example(
        "mereka are those whom a sentence was about",
        "“Sidang ditutup,” kata [PER Hussein Karim]. Sebanyak dua ratus mantan hakim menandatangani surat "
        "terbuka. Dalam surat itu, mereka menilai putusan itu keliru.",
        direct("Sidang ditutup", "Hussein Karim"),
        indirect("putusan itu keliru", "Sebanyak dua ratus mantan hakim", type="OTHER"),
    ),
    example(
        "keduanya are two joined by dan",
        "“Sidang ditutup,” kata [PER Hussein Karim]. [PER Lidia Waromi] dan [PER Park Jun] memuji putusan "
        "itu. Keduanya mengatakan, hakim sudah adil.",
        direct("Sidang ditutup", "Hussein Karim"),
        indirect("hakim sudah adil", "Lidia Waromi dan Park Jun"),
    ),
]

TABLES = PERSONS_AND_ORGANISATIONS + WORDS_THEMSELVES + SILENT_SPEECH + SEVERAL


@pytest.mark.parametrize(("text", "wanted"), TABLES)
def test_what_points_back_points_to_who_has_the_floor(text: str, wanted: tuple[Said, ...]) -> None:
    """The last speaker has the floor, unless words, number or what was said since tell otherwise."""
    assert found(text, wanted) == [*wanted]
