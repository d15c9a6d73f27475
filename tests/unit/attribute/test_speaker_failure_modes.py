"""Where readers of reported speech take the wrong speaker: of the failure modes F1 to F24, those."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, document, example, found, indirect

from kb.attribute import attribute

SPEAKERS = [
    example(
        "F3 a name between, met not speaking",
        "Bupati [PER Yustinus Ndolu] mengatakan, sumur bor itu rampung bulan depan. Ia sempat menemui Camat "
        "[PER Sahrul Tika] di kantornya. “Airnya cukup untuk dua desa,” katanya.",
        indirect("sumur bor itu rampung bulan depan", "Yustinus Ndolu"),
        direct("Airnya cukup untuk dua desa", "Yustinus Ndolu"),
    ),
    example(
        "F3 two names between",
        "[PER Olga Smirnaya] menjelaskan bahwa festival itu diundur. Panitia sudah menghubungi [PER Budi "
        "Hartawan] dan [PER Tomas Keller]. “Tiketnya tetap berlaku,” ujarnya.",
        indirect("festival itu diundur", "Olga Smirnaya"),
        direct("Tiketnya tetap berlaku", "Olga Smirnaya"),
    ),
    example(
        "F3 a name inside the quotation",
        "[PER Tono Sihombing] menutup warungnya. “[PER Mei Lan] yang memegang kunci,” katanya.",
        direct("Mei Lan yang memegang kunci", "Tono Sihombing"),
    ),
    example(
        "F4 the first of his names",
        "Penasihat ekonomi kerajaan, [PER Yusuf Al-Mansouri], hadir dalam jamuan itu. “Belum ada tanggal,” "
        "kata [PER Yusuf].",
        direct("Belum ada tanggal", "Yusuf Al-Mansouri", mention="Yusuf"),
    ),
    example(
        "F4 the last of her names",
        "[PER Astrid Nygaard] mendarat Kamis pagi. “Saya datang sebagai sahabat,” ujar [PER Nygaard].",
        direct("Saya datang sebagai sahabat", "Astrid Nygaard", mention="Nygaard"),
    ),
    example(
        "F5 a relative clause with another name",
        "[PER Hendrik Mofu], yang menggantikan [PER Rosa Kbarek] sebagai kepala sekolah, mengatakan, atap "
        "kelas akan diganti.",
        indirect("atap kelas akan diganti", "Hendrik Mofu"),
    ),
    example(
        "F5 age and origin",
        "[PER Arif Siregar] (43), ayah dua anak asal [LOC Sibolga], mengaku selamat karena berpegangan pada "
        "drum.",
        indirect("selamat karena berpegangan pada drum", "Arif Siregar"),
        fails="an aside headed by a kinship word hides its subject",
    ),
    example(
        "F5 accompanied by another",
        "Ketua panitia [PER Maria Goreti], didampingi sekretarisnya [PER Paulus Nai], menyatakan lomba "
        "perahu itu dibatalkan.",
        indirect("lomba perahu itu dibatalkan", "Maria Goreti"),
    ),
    example(
        "F8 to whom is not by whom",
        "“Gencatan senjata masih berlaku,” kata [PER Dmitri Volkonsky] kepada [ORG Kantor Berita Samudra].",
        direct("Gencatan senjata masih berlaku", "Dmitri Volkonsky"),
    ),
    example(
        "F8 the medium opens",
        "Dilansir [ORG Harian Fajar Timur], Perdana Menteri [PER Astrid Nygaard] menegaskan pajak ikan "
        "dihapus.",
        indirect("pajak ikan dihapus", "Astrid Nygaard"),
    ),
    example(
        "F13 nested indirect speech",
        "[PER Ketut Arsana] mengatakan bahwa bupati menjanjikan pupuk gratis bagi petani.",
        indirect("bupati menjanjikan pupuk gratis bagi petani", "Ketut Arsana"),
    ),
    example(
        "F13 nested in a quotation",
        "“Lurah kami bilang ‘airnya aman diminum’ waktu itu,” ujar [PER Sumiyati].",
        direct("Lurah kami bilang ‘airnya aman diminum’ waktu itu", "Sumiyati"),
    ),
    example(
        "F14 the bearer of the role is named before",
        "Kapolres [LOC Waisala] [PER Benyamin Tahitoe] tiba di lokasi. “Motifnya masih kami dalami,” kata "
        "Kapolres.",
        direct("Motifnya masih kami dalami", "Benyamin Tahitoe", mention="Kapolres"),
    ),
    example(
        "F14 nobody bears it here",
        "Bupati [PER Yustinus Ndolu] tiba di lokasi. “Motifnya masih kami dalami,” kata Kapolres.",
        direct("Motifnya masih kami dalami", "Kapolres", type="OTHER"),
    ),
    example(
        "F15 pihaknya in the clause",
        "[ORG Kementerian Laut] menyatakan pihaknya akan melelang dua puluh kapal sitaan.",
        indirect("pihaknya akan melelang dua puluh kapal sitaan", "Kementerian Laut", type="ORG"),
    ),
    example(
        "F15 a person for his house",
        "[PER Edwin Lasut] mengatakan pihaknya masih menunggu hasil uji laboratorium.",
        indirect("pihaknya masih menunggu hasil uji laboratorium", "Edwin Lasut", type="PER"),
    ),
    example(
        "F16 two speakers side by side",
        "“Saya setuju,” kata [PER Mayang Sekar]. “Kalau saya tidak,” timpal [PER Joni Pangaribuan].",
        direct("Saya setuju", "Mayang Sekar"),
        direct("Kalau saya tidak", "Joni Pangaribuan"),
    ),
    example(
        "F16 two speakers in one sentence",
        "“Lautnya tenang,” ujar [PER Wim de Graaf], sedangkan [PER Hanneke Bos] menjawab, “Tapi mendungnya "
        "tebal.”",
        direct("Lautnya tenang", "Wim de Graaf"),
        direct("Tapi mendungnya tebal", "Hanneke Bos"),
    ),
    example(
        "F18 the new subject has the floor",
        "“Kita mulai Senin,” kata [PER Agung Satria].\n\n"
        "[PER Marlina Ohoiwutun] kemudian mengambil pelantang. “Dananya sudah siap,” katanya.",
        direct("Kita mulai Senin", "Agung Satria"),
        direct("Dananya sudah siap", "Marlina Ohoiwutun"),
    ),
    example(
        "F18 who denies it has the floor",
        "[PER Rio Bramantyo] menuduh [PER Novia Rahmat] berbohong. [PER Novia] membantahnya. “Dokumen itu "
        "asli,” katanya.",
        indirect("Novia Rahmat berbohong", "Rio Bramantyo"),
        direct("Dokumen itu asli", "Novia Rahmat"),
    ),
    example(
        "F3 the accuser goes on",
        "[PER Rio Bramantyo] menuduh [PER Novia Rahmat] berbohong. Ia mengatakan, dokumen itu palsu.",
        indirect("Novia Rahmat berbohong", "Rio Bramantyo"),
        indirect("dokumen itu palsu", "Rio Bramantyo", mention="Ia"),
    ),
    example(
        "F19 father and son",
        "Gubernur [PER Surya Kesuma] hadir bersama putranya, [PER Bima Kesuma]. “Terima kasih atas "
        "sambutannya,” kata [PER Kesuma].",
        direct("Terima kasih atas sambutannya", None, candidates={"Surya Kesuma", "Bima Kesuma"}),
    ),
    example(
        "F19 sister and brother",
        "[PER Fatimah Assegaf] dan adiknya, [PER Umar Assegaf], mendirikan pabrik itu. Menurut [PER "
        "Assegaf], modalnya berasal dari penjualan kebun.",
        indirect(
            "modalnya berasal dari penjualan kebun", None, candidates={"Fatimah Assegaf", "Umar Assegaf"}
        ),
    ),
    example(
        "F21 dia inside the quotation",
        "“Dia sudah berangkat sebelum subuh,” kata [PER Tono Sihombing].",
        direct("Dia sudah berangkat sebelum subuh", "Tono Sihombing"),
    ),
    example(
        "F21 mereka inside the quotation, a cue too",
        "“Mereka mengatakan gratis, ternyata bayar,” ujar [PER Mei Lan].",
        direct("Mereka mengatakan gratis, ternyata bayar", "Mei Lan"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SPEAKERS)
def test_nearby_names_do_not_take_the_words(text: str, wanted: tuple[Said, ...]) -> None:
    """Names met, asked, named or standing near are not the speaker; where two may be, nobody is."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param(
            "“Kita mulai Senin,” kata [PER Agung Satria].\n\n"
            "[PER Marlina Ohoiwutun] berdiri dari kursinya.\n\n"
            "“Dana untuk itu belum ada sama sekali.”",
            "Agung Satria",
            marks=pytest.mark.xfail(
                strict=True, reason="words without a tag are carried past another subject"
            ),
            id="F18 a paragraph about somebody else between",
        ),
        pytest.param(
            "“Kita mulai Senin,” kata [PER Agung Satria]. Di seberang meja, [PER Marlina Ohoiwutun] "
            "menggeleng. “Dana untuk itu belum ada sama sekali.”",
            "Agung Satria",
            id="F18 a sentence about somebody else between",
        ),
    ],
)
def test_a_speaker_is_not_carried_past_somebody_else(text: str, wrong: str) -> None:
    """Words without a tag behind a sentence about another person are not given to the speaker before."""
    assert attribute(document(text)).attributions[-1].speaker != wrong
