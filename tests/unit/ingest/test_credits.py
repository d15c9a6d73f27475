"""Which lines are bylines, and what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.ingest.credits import parse_credit

LABELLED: dict[str, dict[str, Any]] = {
    "Penulis: Budi Santoso": {"authors": ("Budi Santoso",)},
    "Penulis: Budi Santoso, Ani Wijaya | Editor: Tono": {
        "authors": ("Budi Santoso", "Ani Wijaya"),
        "editors": ("Tono",),
    },
    "Penulis Budi Santoso Editor Ani Wijaya": {"authors": ("Budi Santoso",), "editors": ("Ani Wijaya",)},
    "Reporter: Budi; Editor: Ani": {"authors": ("Budi",), "editors": ("Ani",)},
    "Rep: Budi Santoso/ Red: Ani Wijaya": {"authors": ("Budi Santoso",), "editors": ("Ani Wijaya",)},
    "Oleh Budi Santoso": {"authors": ("Budi Santoso",)},
    "Oleh: Budi Santoso dan Ani Wijaya": {"authors": ("Budi Santoso", "Ani Wijaya")},
    "Laporan Wartawan TribunRandu.com, Budi Santoso": {"authors": ("Budi Santoso",)},
    "(Laporan wartawan: Budi Santoso)": {"authors": ("Budi Santoso",)},
    "Budi Santoso , Jurnalis-Selasa, 18 Juni 2024 |11:51 WIB": {"authors": ("Budi Santoso",)},
    "Budi Santoso - detikNews": {"authors": ("Budi Santoso",), "outlet": "detikcom"},
    "Budi Santoso, CNBC Indonesia": {"authors": ("Budi Santoso",), "outlet": "CNBC Indonesia"},
    "Kompas.com - 18/06/2024, 11:51 WIB": {"outlet": "KOMPAS.com"},
    "Global | okezone | Kamis, 20 Juni 2024 - 08:19": {"outlet": "Okezone"},
    "Dunia | kabarpagi | Kamis, 20 Juni 2024 - 08:19": {"outlet": "kabarpagi"},
    "Sumber: Reuters | Editor: Ani Wijaya": {"agency": "Reuters", "editors": ("Ani Wijaya",)},
    "(Reuters)": {"agency": "Reuters"},
    "(kabarlaut.com)": {"agency": "kabarlaut.com"},
    "(Budi Santoso)": {"authors": ("Budi Santoso",)},
}


@pytest.mark.parametrize(("line", "said"), LABELLED.items(), ids=list(LABELLED))
def test_reads_bylines(line: str, said: dict[str, Any]) -> None:
    """A byline gives its authors, editors, agency and outlet, and nothing besides."""
    credit = parse_credit(line)
    assert credit is not None
    read = {name: getattr(credit, name) for name in ("authors", "editors", "agency", "outlet")}
    assert {name: value for name, value in read.items() if value} == said


@pytest.mark.parametrize(
    ("line", "updated"),
    [
        ("Diterbitkan: Selasa, 18 Juni 2024 11:51 WIB", False),
        ("Tayang: Selasa, 18 Juni 2024 11:51 WIB", False),
        ("Diperbarui: Selasa, 18 Juni 2024 11:51 WIB", True),
        ("Update: 18 Juni 2024", True),
        ("18 Juni 2024 11:51 WIB · waktu baca 3 menit", False),
        ("date 2024-06-18 Advertisement", False),
    ],
)
def test_reads_date_lines(line: str, updated: bool) -> None:
    """A date line gives the day, and whether the page was only changed then."""
    credit = parse_credit(line)
    assert credit is not None
    assert credit.published is not None
    assert (credit.published.on, credit.updated) == (date(2024, 6, 18), updated)


@pytest.mark.parametrize(
    "line",
    [
        "Oleh karena itu kita harus pergi",
        "Wartawan Senior Wafat di Usia 80 Tahun",
        "Jurnalis Senior Meninggal Dunia",
        "Editor Senior Kabar Laut Mundur",
        "Sumber Daya Alam Melimpah di Muara Lintang",
        "Harga Emas Hari Ini 18 Juni 2024",
        "Jadwal Kapal Labuan Seraya, 18 Juni 2024",
        "Presiden tiba di Jakarta, Selasa, 18 Juni 2024.",
        "Reporter: Apa kabar hari ini?",
        "(abc/xyz)",
        "(rah / rah)",
        "(adv)",
        "",
    ],
)
def test_headlines_and_sentences_are_no_bylines(line: str) -> None:
    """Headlines, sentences, questions of an interview and initials say nothing about the author."""
    assert parse_credit(line) is None
