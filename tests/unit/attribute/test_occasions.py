"""To whom, when, where and on what occasion something was said: beside the cue, never part of the content."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

ADDRESSEES = [
    example(
        "kepada behind the speaker",
        "“Kami belum menyerah,” kata [PER Ayu Lestari] kepada wartawan.",
        direct("Kami belum menyerah", "Ayu Lestari", addressee="wartawan"),
    ),
    example(
        "kepada a named medium behind -nya",
        "[PER Tigor Sihombing] datang. “Kami belum menyerah,” ujarnya kepada [ORG Harian Teluk], Kamis "
        "(4/3).",
        direct("Kami belum menyerah", "Tigor Sihombing", addressee="Harian Teluk", occasion="Kamis (4/3)"),
    ),
    example(
        "a briefing behind an apposition",
        "“Kami siap,” kata [PER Pavel Dragunov], penasihat gubernur, dalam taklimat di [LOC Ambon], Senin (17/6).",
        direct("Kami siap", "Pavel Dragunov", occasion="dalam taklimat di Ambon, Senin (17/6)"),
    ),
    example(
        "kepada between verb and clause",
        "[PER Pavel Dragunov] mengatakan kepada parlemen bahwa kapal itu sudah karam.",
        indirect("kapal itu sudah karam", "Pavel Dragunov", addressee="parlemen"),
    ),
    example(
        "di hadapan listeners",
        "“Saya mengaku salah,” ucap [PER Made Suarta] di hadapan majelis hakim.",
        direct("Saya mengaku salah", "Made Suarta", addressee="majelis hakim"),
    ),
    example(
        "a relative clause is left out",
        "[PER Nguyen Van Hai] berkata kepada warga yang berkumpul bahwa bantuan tiba besok.",
        indirect("bantuan tiba besok", "Nguyen Van Hai", addressee="warga"),
    ),
    example(
        "pada listeners",
        "“Harga turun besok,” kata [PER Yohana Wanggai] pada awak media.",
        direct("Harga turun besok", "Yohana Wanggai", addressee="awak media"),
    ),
    example(
        "ke listeners",
        "“Harga turun besok,” kata dia ke wartawan. [PER Yohana Wanggai] lalu pergi.",
        direct("Harga turun besok", None, addressee="wartawan"),
    ),
    example(
        "pada a day is nobody",
        "“Harga turun besok,” kata [PER Yohana Wanggai] pada Senin.",
        direct("Harga turun besok", "Yohana Wanggai", addressee=None, occasion="pada Senin"),
    ),
    example(
        "kepada inside the content is part of what is said",
        "[PER Rina Wulan] mengatakan, bantuan diserahkan kepada warga.",
        indirect("bantuan diserahkan kepada warga", "Rina Wulan", addressee=None),
    ),
]

OCCASIONS = [
    example(
        "a clause of time with place and day",
        "“Kami siap,” kata [PER Ayu Lestari] saat meninjau pasar di [LOC Ambon], Rabu (5/10) sore.",
        direct("Kami siap", "Ayu Lestari", occasion="saat meninjau pasar di Ambon, Rabu (5/10) sore"),
    ),
    example(
        "place and day behind a paraphrase",
        "Jembatan itu dibuka lusa, kata [PER Oskar Lindqvist] di [LOC Kupang], Senin.",
        indirect("Jembatan itu dibuka lusa", "Oskar Lindqvist", occasion="di Kupang, Senin"),
    ),
    example(
        "the day alone",
        "“Kami siap,” kata [PER Ayu Lestari], Selasa (6/2/2024).",
        direct("Kami siap", "Ayu Lestari", occasion="Selasa (6/2/2024)"),
    ),
    example(
        "the day behind the reported clause",
        "[PER Hussein Karim] memastikan pelabuhan tetap buka, Jumat (9/8).",
        indirect("pelabuhan tetap buka", "Hussein Karim", occasion="Jumat (9/8)"),
    ),
    example(
        "a written message",
        "“Kami siap,” ujar [PER Ayu Lestari] melalui pesan singkat, Selasa.",
        direct("Kami siap", "Ayu Lestari", occasion="melalui pesan singkat, Selasa"),
    ),
    example(
        "before the subject",
        "Dalam jumpa pers di [LOC Tarvania], [PER Elena Markovic] mengatakan bahwa pintu belum tertutup.",
        indirect("pintu belum tertutup", "Elena Markovic", occasion="Dalam jumpa pers di Tarvania"),
    ),
    example(
        "between subject and verb",
        "[PER Elena Markovic] dalam pidatonya di [LOC Tarvania] mengatakan pintu belum tertutup.",
        indirect("pintu belum tertutup", "Elena Markovic", occasion="dalam pidatonya di Tarvania"),
    ),
    example(
        "past a description of the speaker",
        "“Kami siap,” kata [PER Ayu Lestari], kepala desa di lereng utara, usai rapat warga.",
        direct("Kami siap", "Ayu Lestari", occasion="usai rapat warga"),
    ),
    example(
        "a place in a relative clause on the speaker is none",
        "[PER Ayu Lestari], yang bekerja di [LOC Kupang], mengatakan pintu belum tertutup.",
        indirect("pintu belum tertutup", "Ayu Lestari", occasion=None),
    ),
    example(
        "the day of a relay is none",
        "“Kami siap,” kata [PER Ayu Lestari] seperti dikutip [ORG Kantor Berita Samudra], Rabu.",
        direct("Kami siap", "Ayu Lestari", medium="Kantor Berita Samudra", occasion=None),
    ),
    example(
        "a matter is none",
        "Terkait kabar itu, [PER Ayu Lestari] mengatakan pintu belum tertutup.",
        indirect("pintu belum tertutup", "Ayu Lestari", occasion=None),
    ),
    example(
        "ends before a second act",
        "“Kami siap,” kata [PER Ayu Lestari] di [LOC Kupang] sambil menunjuk peta.",
        direct("Kami siap", "Ayu Lestari", occasion="di Kupang"),
    ),
    example(
        "a place inside the content is part of what is said",
        "[PER Rina Wulan] mengatakan, banjir melanda desa di [LOC Kupang].",
        indirect("banjir melanda desa di Kupang", "Rina Wulan", occasion=None),
    ),
    example(
        "none at all",
        "“Kami siap,” katanya.",
        direct("Kami siap", None, occasion=None, addressee=None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ADDRESSEES)
def test_who_is_spoken_to_is_kept(text: str, wanted: tuple[Said, ...]) -> None:
    """The addressee stands apart from the content, in its own words."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), OCCASIONS)
def test_when_and_where_is_kept(text: str, wanted: tuple[Said, ...]) -> None:
    """Time, place and occasion of the speaking stand apart from the content; those of anything else do not count."""
    assert found(text, wanted) == [*wanted]
