"""One person, one entity, from raw text to the answer: the spellings, the role, and somebody else of the name."""

from __future__ import annotations

import json

import pytest
from program import Program

TEXTS = {
    "satu.txt": "MOSKOW - Menteri Luar Negeri Rusia Sergei Lavrov mengatakan Rusia siap berunding dengan Ukraina. "
    "Menlu Rusia itu juga menolak penempatan pasukan NATO di Ukraina.\n\n"
    "“Rusia tetap terbuka untuk berunding,” kata Menlu Rusia kepada wartawan di Moskow.",
    "dua.txt": "JAKARTA - Menlu Rusia Sergey Lavrov menyatakan negaranya terbuka untuk dialog. Pernyataan itu "
    "disampaikan di Moskow pada hari Senin setelah pertemuan para menteri.",
    "tiga.txt": "MOSKOW - Lavrov mengatakan Rusia menolak gencatan senjata tanpa jaminan keamanan. Hal itu sudah "
    "berulang kali disampaikan pemerintah Rusia kepada negara-negara Barat.",
    "empat.txt": "PALEMBANG - Pelatih dayung Anton Lavrov mengatakan timnya berlatih di Sungai Musi setiap pagi. "
    "“Anak-anak sudah siap,” kata Lavrov di Palembang.",
}


@pytest.mark.slow
def test_who_said_lavrov(kb: Program) -> None:
    """Sergei, Sergey, the bare name and the role are one; Anton Lavrov is told of, but his words are not given."""
    for name, text in TEXTS.items():
        (kb.folder / name).write_text(text, "utf-8")
    assert kb("ingest", *TEXTS).code == 0
    answer = kb("who-said", "Lavrov", "--format", "jsonl")
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {row["article"] for row in rows} == {"satu", "dua", "tiga"}
    assert {row["entity_name"] for row in rows} == {"Sergei Lavrov"}
    assert "Menlu Rusia" in {row["speaker_mention"] for row in rows}
    page = kb("who-said", "Lavrov").stdout
    assert "Of that name too: Anton Lavrov" in page
    assert "Anak-anak sudah siap" not in page
    theirs = kb("who-said", "Anton Lavrov").stdout
    assert "Anak-anak sudah siap" in theirs
    assert "berunding" not in theirs
