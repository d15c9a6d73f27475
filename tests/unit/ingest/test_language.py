"""Which texts are Indonesian. All samples are invented."""

from __future__ import annotations

import pytest

from kb.ingest.language import is_indonesian

INDONESIAN = {
    "news": (
        "Bupati mengatakan bahwa warga harus waspada karena hujan deras akan datang lagi pada akhir "
        "pekan ini."
    ),
    "short": "Hujan turun di Muara Lintang.",
    "name": "Jakarta",
    "half English": (
        "“We will never leave our people behind, and we will rebuild every single house that was "
        "destroyed by the flood in this valley,” kata Arman. Ia mengatakan bantuan sudah dikirim ke "
        "empat desa. “The water came up so quickly that no one had the time to save anything at all,” "
        "ujarnya."
    ),
    "about Malaysia": (
        "Perdana Menteri Malaysia mengatakan kerajaan akan menambah polis di perbatasan. Ia juga "
        "menyebut mesyuarat kabinet akan digelar pekan depan karena warga meminta kepastian soal "
        "pajak baru tersebut."
    ),
    "table": (
        "1. Arif Lesmana - Prima Randu Racing - Ducati 2. Bima Wijaya - Serayu Team - Honda 3. Candra "
        "Putra - Tambak Factory Racing - Aprilia 4. Dodi Miharja - Red Bull Randu - Yamaha"
    ),
}

FOREIGN = {
    "English": (
        "The regent said on Tuesday that the two villages would be rebuilt before the end of the "
        "year. Officials in the capital declined to comment on the cost."
    ),
    "one English sentence": "The regent of the district visited the broken dam on Monday morning.",
    "Malay": (
        "Polis menahan tiga lelaki kerana disyaki terlibat dalam kes pecah rumah di sekitar bandar "
        "ini sejak Julai lalu. Siasatan mendapati mereka mempunyai rekod lampau, kata ketua polis "
        "daerah dalam satu kenyataan semalam."
    ),
    "Malay sports": (
        "Pasukan itu tewas 1-2 dalam perlawanan persahabatan malam tadi. Jurulatih berkata pemainnya "
        "perlu lebih yakin selepas ini, manakala penyokong tetap memberikan sokongan sehingga wisel "
        "penamat ditiupkan."
    ),
    "Javanese": (
        "Bupati ngendika yen warga kudu waspada amarga udan deres bakal teka maneh. Warga wis padha "
        "ngungsi menyang bale desa wiwit wingi sore lan durung bisa bali menyang omahe dhewe-dhewe."
    ),
    "Sundanese": (
        "Bupati nyarios yén warga kudu waspada sabab hujan badag bakal datang deui. Warga geus "
        "ngungsi ka balé désa ti kamari soré jeung can bisa balik deui ka imahna."
    ),
    "Russian": (
        "Глава района посетил разрушенную плотину утром в понедельник и поговорил с жителями двух деревень."
    ),
}


@pytest.mark.parametrize("text", INDONESIAN.values(), ids=list(INDONESIAN))
def test_indonesian_is_taken(text: str) -> None:
    """Indonesian is taken with its foreign quotations and names, and what is too short to tell too."""
    assert is_indonesian(text)


@pytest.mark.parametrize("text", FOREIGN.values(), ids=list(FOREIGN))
def test_other_languages_are_refused(text: str) -> None:
    """Other languages are refused, the neighbours of Indonesian among them."""
    assert not is_indonesian(text)
