"""Speaker phrases of many shapes: appositions, offices, kin, places, counts, media that cite."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

APPOSED = [
    example(
        "a foreign title and the name behind a comma",
        "Menurut Co-President dan General Manager [ORG Klub Teluk], [PER John Harrow], stadion itu penuh.",
        indirect("stadion itu penuh", "John Harrow"),
    ),
    example(
        "an office nobody lists, and the name behind a comma",
        "“Kapal sandar,” kata Syahbandar Utama Teluk Dalam, [PER Yusuf Patty].",
        direct("Kapal sandar", "Yusuf Patty"),
    ),
    example(
        "a lower-case office nobody lists",
        "“Kami mundur,” kata komandan lapangan aksi, [PER Junaidi Loa].",
        direct("Kami mundur", "Junaidi Loa"),
    ),
    example(
        "any noun behind a quotation's tag",
        "“Saya terima nikahnya,” kata mempelai pria itu. [PER Rina Wulan] menangis.",
        direct("Saya terima nikahnya", "mempelai pria itu", type="OTHER"),
    ),
    example(
        "two offices in one",
        "Jalan itu aman, menurut dokter bedah dan konsultan tulang [ORG Rumah Sakit Teluk], [PER Didi "
        "Laksono].",
        indirect("Jalan itu aman", "Didi Laksono"),
    ),
    example(
        "kin of somebody named, and their own name",
        "“Dia berangkat besok,” kata bapak angkat [PER Egi Maulana], [PER Subandi Suhan].",
        direct("Dia berangkat besok", "Subandi Suhan"),
    ),
    example(
        "an organisation between commas behind its kind",
        "Menurut lembaga siaran publik itu, [ORG TVX], sungai meluap. Menurut lembaga survei nasional, [ORG "
        "Indeks Kita], harga naik.",
        indirect("sungai meluap", "lembaga siaran publik itu", type="ORG"),
        indirect("harga naik", "Indeks Kita"),
        fails="`itu` closes a description, so what follows is taken for the content",
    ),
    example(
        "an organisation behind its kind",
        "Menurut lembaga survei nasional, [ORG Indeks Kita], harga naik.",
        indirect("harga naik", "Indeks Kita"),
    ),
    example(
        "what is closed by itu has no name behind it",
        "Menurut surat kabar tersebut, [PER Hwang Jin] dihukum penjara.",
        indirect("Hwang Jin dihukum penjara", "surat kabar tersebut"),
    ),
    example(
        "the place of an organisation between commas",
        "[ORG Kebun Raya Teluk], [LOC Tarvania], mengatakan taman ditutup sementara.",
        indirect("taman ditutup sementara", "Kebun Raya Teluk"),
    ),
    example(
        "a relative clause with commas of its own",
        "[LOC Tarvania] yang didukung oleh [LOC Beldora], [LOC Osmar] dan [LOC Kelvia], mendesak agar "
        "gencatan senjata berlaku.",
        indirect("agar gencatan senjata berlaku", "Tarvania"),
    ),
    example(
        "two appositions",
        "[PER Abdul Qadir], warga desa di lereng utara, perbatasan dua distrik, mengatakan rumahnya hanyut.",
        indirect("rumahnya hanyut", "Abdul Qadir"),
    ),
    example(
        "an occasion without commas",
        "Direktur Utama [ORG PT Dirga] [PER Gita Ampera] saat ditemui di [LOC Lanud Teluk] menjelaskan "
        "mesin itu buatan sendiri.",
        indirect("mesin itu buatan sendiri", "Gita Ampera"),
    ),
]

OFFICES = [
    example(
        "a deputy's short office",
        "Wamenaker [PER Imanuel Gerung] datang. “Upah dibayar,” kata Wamenaker di [LOC Padang].",
        direct("Upah dibayar", "Imanuel Gerung", role="Wamenaker"),
    ),
    example(
        "the head of state",
        "Presiden [PER Joko Winarno] datang. Kepala Negara menegaskan, jalan harus selesai.",
        indirect("jalan harus selesai", "Joko Winarno", role="Kepala Negara"),
    ),
    example(
        "the day is no part of an office",
        "Presiden [PER Joko Winarno] datang. Presiden hari Jumat (20/4) mengatakan jalan harus selesai.",
        indirect("jalan harus selesai", "Joko Winarno"),
    ),
    example(
        "a statement of one read by another",
        "Keterangan Presiden dibacakan oleh Menteri [PER Lukman Said]. Presiden menjelaskan bahwa aturan itu "
        "perlu.",
        indirect("aturan itu perlu", "Presiden", type="OTHER"),
    ),
    example(
        "two of one short name told apart by office",
        "Menteri [PER Lee Kyung] bertemu Presiden [PER Lee Jae]. “Selesai,” kata [PER Lee Kyung]. Presiden "
        "[PER Lee] mengatakan perang berakhir.",
        direct("Selesai", "Lee Kyung"),
        indirect("perang berakhir", "Lee Jae"),
    ),
    example(
        "an age stands for who is spoken of",
        "[PER Javier Masche] pindah klub. Gelandang 26 tahun menilai kepergiannya tepat.",
        indirect("kepergiannya tepat", "Javier Masche"),
    ),
    example(
        "a former office, of the subject before",
        "“Cukup,” kata [PER Nur Diansyah]. [PER Jaka Widagdo] menerima mahasiswa. Mantan wali kota tersebut "
        "menilai aksi itu tertib.",
        direct("Cukup", "Nur Diansyah"),
        indirect("aksi itu tertib", "Jaka Widagdo"),
    ),
    example(
        "that company",
        "[ORG Kertas Jaya] mengatakan mesinnya baru. Perusahaan itu mengatakan kertasnya tahan air.",
        indirect("mesinnya baru", "Kertas Jaya"),
        indirect("kertasnya tahan air", "Kertas Jaya"),
    ),
    example(
        "an adviser is not whom he advises",
        "[PER Donald Tremp] menang. Penasihat politik utama [PER Tremp] mengatakan langkah itu perlu.",
        indirect("langkah itu perlu", "Penasihat politik utama Tremp", type="OTHER"),
    ),
]

UNNAMED = [
    example(
        "the relative clause belongs to the description",
        "Seorang wartawan yang berada di dalam kapal itu mengatakan bahwa mesin mati.",
        indirect("mesin mati", "Seorang wartawan yang berada di dalam kapal itu", type="OTHER"),
    ),
    example(
        "a count behind an organisation begins the clause",
        "Menurut kepolisian ratusan orang ditahan semalam.",
        indirect("ratusan orang ditahan semalam", "kepolisian"),
    ),
    example(
        "an adverb behind an organisation begins the clause",
        "Menurut militer telah terjadi baku tembak.",
        indirect("telah terjadi baku tembak", "militer"),
    ),
]

CITED = [
    example(
        "whom a medium cites",
        "“Letusan itu yang pertama,” jelas [ORG Kantor Berita Samudra] mengutip [PER Olga Girina].",
        direct("Letusan itu yang pertama", "Olga Girina"),
    ),
    example(
        "demikian and a name",
        "“Kami menyesal,” demikian [ORG Kemlu Tarvania] dalam pernyataannya.",
        direct("Kami menyesal", "Kemlu Tarvania"),
    ),
    example(
        "demikian keterangan dari",
        "“Kami menyesal,” demikian keterangan dari [ORG Serikat Pelaut].",
        direct("Kami menyesal", "Serikat Pelaut"),
    ),
    example(
        "a colon at the end of the paragraph before",
        "Berikut pernyataan [PER Miryam Sari]:\n\n“Saya tidak pernah ditekan siapa pun.”",
        direct("Saya tidak pernah ditekan siapa pun", "Miryam Sari"),
    ),
    example(
        "a document reads, and nobody says it",
        "“Denda dibayar tunai,” tulis petitum gugatan tersebut.",
        direct("Denda dibayar tunai", None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), APPOSED + OFFICES + UNNAMED + CITED)
def test_the_speaker_is_read_in_every_shape(text: str, wanted: tuple[Said, ...]) -> None:
    """What stands beside the name, in front of it or instead of it does not hide who speaks."""
    assert found(text, wanted) == [*wanted]
