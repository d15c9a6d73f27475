"""Which words open a body as its dateline."""

from __future__ import annotations

import pytest

from kb.ingest.dateline import parse_dateline

DATELINES = {
    "KONTAN.CO.ID - SEOUL. Harga": ("KONTAN.CO.ID - SEOUL.", "SEOUL", "KONTAN.CO.ID"),
    "RUSIA – Presiden": ("RUSIA –", "RUSIA", None),
    "PYONGYANG – Dalam": ("PYONGYANG –", "PYONGYANG", None),
    "JAKARTA, KOMPAS.com - Polisi": ("JAKARTA, KOMPAS.com -", "JAKARTA", "KOMPAS.com"),
    "JAKARTA, KOMPAS.com–Polisi": ("JAKARTA, KOMPAS.com–", "JAKARTA", "KOMPAS.com"),
    "Jakarta, CNN Indonesia -- Polisi": ("Jakarta, CNN Indonesia --", "Jakarta", "CNN Indonesia"),
    "Jakarta, CNN Indonesia - - Polisi": ("Jakarta, CNN Indonesia - -", "Jakarta", "CNN Indonesia"),
    "jpnn.com - JAKARTA - Calon": ("jpnn.com - JAKARTA -", "JAKARTA", "jpnn.com"),
    "jpnn.com, KOTA RANDU - Calon": ("jpnn.com, KOTA RANDU -", "KOTA RANDU", "jpnn.com"),
    "POS-KUPANG.COM - Presiden": ("POS-KUPANG.COM -", None, "POS-KUPANG.COM"),
    "TEMPO.CO, Jakarta - Polisi": ("TEMPO.CO, Jakarta -", "Jakarta", "Tempo.co"),
    "Liputan6.com, Jakarta Polisi": ("Liputan6.com, Jakarta", "Jakarta", "Liputan6.com"),
    "Bisnis.com, JAKARTA – Rupiah": ("Bisnis.com, JAKARTA –", "JAKARTA", "Bisnis.com"),
    "REPUBLIKA.CO.ID, JAKARTA -- Polisi": ("REPUBLIKA.CO.ID, JAKARTA --", "JAKARTA", "Republika"),
    "Jakarta (ANTARA) - Presiden": ("Jakarta (ANTARA) -", "Jakarta", "ANTARA"),
    "Ambon, Maluku (ANTARA) - Dua": ("Ambon, Maluku (ANTARA) -", "Ambon, Maluku", "ANTARA"),
    "BANDUNG, (PR).- Banjir": ("BANDUNG, (PR).-", "BANDUNG", "Pikiran Rakyat"),
    "Bandung - Hujan": ("Bandung -", "Bandung", None),
    "VIVA – Harga": ("VIVA –", None, "VIVA"),
    "MALANG, Jawa Timur – Dua": ("MALANG, Jawa Timur –", "MALANG, Jawa Timur", None),
    "KARANGSARI, Lembar Desa – Dua": ("KARANGSARI, Lembar Desa –", "KARANGSARI", "Lembar Desa"),
    "LUBUK SIRIH, KABAR PAGI – Dua": ("LUBUK SIRIH, KABAR PAGI –", "LUBUK SIRIH", None),
}


@pytest.mark.parametrize(("body", "parts"), DATELINES.items(), ids=list(DATELINES))
def test_parses_datelines(body: str, parts: tuple[str, str | None, str | None]) -> None:
    """A dateline gives its words, its place and its outlet, whichever order the outlet prints them in."""
    dateline = parse_dateline(body)
    assert dateline is not None
    assert (dateline.span.of(body), dateline.place, dateline.outlet) == parts


@pytest.mark.parametrize(
    "body",
    [
        "Jakarta-Bandung macet total.",
        "KPK - Polri bekerja sama.",
        "PSSI – Ketua umum hadir.",
        "BREAKING NEWS - Gempa terjadi.",
        "Go-Jek menaikkan tarif.",
        "Detik-detik terakhir itu menegangkan.",
        "Persela Kota - Bintang Tambak bermain imbang.",
        "Raka Lesmana (Randu Honda) - mundur.",
        "Masing-masing membawa bekal.",
        "",
    ],
)
def test_finds_no_dateline(body: str) -> None:
    """A dash near the start does not make a dateline."""
    assert parse_dateline(body) is None
