"""Where readers of reported speech go wrong: each failure mode of Indonesian news with examples of its right reading.

The numbers are those of the catalogue: F1 to F24.
"""

from __future__ import annotations

import pytest
from marked_text import Said, direct, document, example, found, indirect

from kb.attribute import attribute

MARKS = [
    example(
        "F1 the same glyph at both ends",
        "”Air laut naik setiap tahun,” kata [PER Cornelia Rumkabu]. ”Dua rumah sudah kami pindahkan.”",
        direct("Air laut naik setiap tahun", "Cornelia Rumkabu"),
        direct("Dua rumah sudah kami pindahkan", "Cornelia Rumkabu"),
    ),
    example(
        "F1 straight marks",
        '"Gudangnya penuh," ujar [PER Tan Beng Hoo]. "Beras baru tidak muat lagi."',
        direct("Gudangnya penuh", "Tan Beng Hoo"),
        direct("Beras baru tidak muat lagi", "Tan Beng Hoo"),
    ),
    example(
        "F1 a question first",
        "”Berapa lama lagi kita menunggu?” tanya [PER Zulaikha Daud]. ”Sudah dua musim tanam.”",
        direct("Berapa lama lagi kita menunggu", "Zulaikha Daud"),
        direct("Sudah dua musim tanam", "Zulaikha Daud"),
    ),
    example(
        "F2 an inch mark before",
        'Televisi 42" di balai desa itu hilang. “Kami sudah lapor polisi,” ujar [PER Dominggus Saba].',
        direct("Kami sudah lapor polisi", "Dominggus Saba"),
    ),
    example(
        "F2 inch marks among straight ones",
        'Papan ukuran 6" dan 8" habis terjual. "Pesanan datang dari kota," kata [PER Lukman Hadi].',
        direct("Pesanan datang dari kota", "Lukman Hadi"),
    ),
    example(
        "F2 an open mark spoils its own paragraph only",
        "Poster itu bergambar “naga merah berkepala dua.\n\n“Gambarnya menakutkan,” kata [PER Emilia Foss].",
        direct("Gambarnya menakutkan", "Emilia Foss"),
    ),
    example(
        "F17 three paragraphs, closed once",
        "“Pertama, data harus dibuka.\n\n“Kedua, keuangannya diperiksa.\n\n“Ketiga, pelakunya diadili,” ujar "
        "[PER Wulan Tri Astuti].",
        direct("Pertama, data harus dibuka", "Wulan Tri Astuti"),
        direct("Kedua, keuangannya diperiksa", "Wulan Tri Astuti"),
        direct("Ketiga, pelakunya diadili", "Wulan Tri Astuti"),
    ),
    example(
        "F17 straight marks",
        '"Sungai ini dulu jernih.\n\n"Sekarang anak saya gatal-gatal kalau mandi," tutur [PER Salomina Doo].',
        direct("Sungai ini dulu jernih", "Salomina Doo"),
        direct("Sekarang anak saya gatal-gatal kalau mandi", "Salomina Doo"),
    ),
    example(
        "F22 stops in amounts and titles",
        "“Anggarannya Rp 2,4 triliun. Jangan sampai bocor,” tegas dr. [PER Lidwina Teniwut].",
        direct("Anggarannya Rp 2,4 triliun. Jangan sampai bocor", "Lidwina Teniwut"),
    ),
    example(
        "F22 stops in numbers and degrees",
        "“Pompa itu mengalirkan 1.250 liter per detik. Cukup untuk seluruh kota,” kata Ir. [PER Gunawan "
        "Sastra], M.T., Kamis.",
        direct("Pompa itu mengalirkan 1.250 liter per detik. Cukup untuk seluruh kota", "Gunawan Sastra"),
    ),
    example(
        "F22 an address",
        "“Kantornya di Jl. Kenanga No. 8. Datang saja,” ujar H. [PER Mahmud Lating].",
        direct("Kantornya di Jl. Kenanga No. 8. Datang saja", "Mahmud Lating"),
    ),
    example(
        "F22 a splitter that cuts behind the title",
        "“Stoknya habis. Kami pesan lagi,” kata dr.|[PER Lidwina Teniwut] di [LOC Langgur].",
        direct("Stoknya habis. Kami pesan lagi", "Lidwina Teniwut"),
    ),
    example(
        "F23 no space behind the closing mark",
        '"Kami pasrah kepada hujan,"kata [PER Rosalina Bau].',
        direct("Kami pasrah kepada hujan", "Rosalina Bau"),
    ),
    example(
        "F23 a space before the closing mark",
        '"Kami pasrah kepada hujan, " kata [PER Rosalina Bau].',
        direct("Kami pasrah kepada hujan", "Rosalina Bau"),
    ),
    example(
        "F23 kata nya in two words",
        "[PER Rosalina Bau] menanam jagung sejak kecil. “Tahun ini gagal,” kata nya.",
        direct("Tahun ini gagal", "Rosalina Bau", mention="kata nya"),
    ),
    example(
        "F23 ujanya for ujarnya",
        "[PER Rosalina Bau] menanam jagung sejak kecil. “Tahun ini gagal panen lagi,” ujanya.",
        direct("Tahun ini gagal panen lagi", "Rosalina Bau", mention="ujanya"),
    ),
    example(
        "F23 the closing mark is lost",
        "“Kami pasrah kepada hujan, kata [PER Rosalina Bau].",
        direct("Kami pasrah kepada hujan", "Rosalina Bau"),
    ),
    example(
        "F23 the opening mark is lost",
        "Kami pasrah kepada hujan,” kata [PER Rosalina Bau].",
        direct("Kami pasrah kepada hujan", "Rosalina Bau"),
    ),
]

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
        fails="a fresh subject in a new paragraph does not take the floor for -nya",
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

CLAUSES = [
    example(
        "F6 a comma does not make it direct",
        "[PER Salma Tuasikal] mengatakan, harga tiket feri tidak naik selama liburan.",
        indirect("harga tiket feri tidak naik selama liburan", "Salma Tuasikal"),
    ),
    example(
        "F6 an organisation explains",
        "[ORG Bank Sentral Tarvania] menjelaskan, suku bunga baru berlaku mulai Senin.",
        indirect("suku bunga baru berlaku mulai Senin", "Bank Sentral Tarvania"),
    ),
    example(
        "F7 an official",
        "Perahu itu mengangkut empat puluh penumpang, kata petugas dermaga, Selasa.",
        indirect("Perahu itu mengangkut empat puluh penumpang", "petugas dermaga", type="OTHER"),
    ),
    example(
        "F7 witnesses",
        "Api sudah padam sebelum subuh, kata para saksi.",
        indirect("Api sudah padam sebelum subuh", "para saksi", type="OTHER"),
    ),
    example(
        "F7 a state",
        "Perbatasan kedua negara dibuka kembali pekan depan, kata [LOC Tarvania].",
        indirect("Perbatasan kedua negara dibuka kembali pekan depan", "Tarvania", type="ORG"),
    ),
    example(
        "F12 he denies having said",
        "[PER Gusti Prayoga] membantah telah mengatakan bahwa tambak itu milik keluarganya.",
        indirect("telah mengatakan bahwa tambak itu milik keluarganya", "Gusti Prayoga", polarity="denies"),
    ),
    example(
        "F12 an accusation denied",
        "[PER Kim Dae-sung] membantah tuduhan bahwa kapalnya membuang limbah.",
        indirect("kapalnya membuang limbah", "Kim Dae-sung", polarity="denies"),
    ),
    example(
        "F12 a denial in marks",
        "“Saya tidak pernah menyuruh siapa pun,” bantah [PER Kim Dae-sung].",
        direct("Saya tidak pernah menyuruh siapa pun", "Kim Dae-sung", cue="bantah", polarity="denies"),
    ),
    example(
        "F20 the dateline is no part of the clause",
        "<AMBON, WARTA TIMUR — >Hujan lebat masih turun hingga akhir pekan, kata [ORG Badan Cuaca "
        "Nasional], Senin.",
        indirect("Hujan lebat masih turun hingga akhir pekan", "Badan Cuaca Nasional"),
    ),
    example(
        "F20 the dateline does not speak",
        "<[LOC SORONG], [ORG WARTATIMUR] - >Pelabuhan ditutup selama dua hari. “Ombaknya terlalu tinggi,” "
        "katanya.",
        direct("Ombaknya terlalu tinggi", None, mention="katanya"),
    ),
    example(
        "F20 a credit does not speak",
        "Suasana pasar malam di [LOC Tual]. (Foto: [PER Rudi Salampessy])\n\n"
        "“Pengunjungnya ribuan,” katanya.",
        direct("Pengunjungnya ribuan", None, mention="katanya"),
    ),
]

NOTHING_SAID = [
    example(
        "F9 a film and a nickname",
        "Film berjudul “Kata Hati Ibu” dibintangi [PER Andi “Kancil” Wiratmo].",
    ),
    example(
        "F9 a book",
        "Buku “Kata Terakhir” karya [PER Nirmala Dewanti] terjual ribuan eksemplar.",
    ),
    example("F9 what people call it", "Warga menamai jalan itu “gang senggol” karena sempit."),
    example("F9 a song", "[PER Dimas Anggara] menutup konser dengan lagu “Ujarmu di Senja Hari”."),
    example("F9 words that begin a sentence", "“Kampung pelangi” itu kini ramai dikunjungi wisatawan."),
    example("F10 a banner", "Spanduk bertuliskan “Desa Bebas Sampah” terbentang di gerbang."),
    example("F11 kata kunci", "Kata kunci akun milik [PER Vina Tambunan] sudah diganti."),
    example("F11 the word itself", "Dalam kamus itu, kata “gotong royong” mempunyai tiga arti."),
    example("F11 hearsay", "Katanya sih hujan turun sore ini, tetapi langit tetap cerah."),
    example("F11 dengan kata lain", "Dengan kata lain, musim kemarau datang lebih awal."),
    example("F11 no words left", "[PER Nadia Safitri] kehabisan kata-kata saat namanya dipanggil."),
    example("F11 kata demi kata", "Naskah itu disalin [PER Nadia Safitri] kata demi kata."),
    example("F12 no comment", "[PER Rini Kusdiyah] tidak mau berkomentar soal pemeriksaan itu."),
    example("F12 refuses to explain", "[PER Rini Kusdiyah] menolak menjelaskan isi surat itu."),
    example("F12 does not say", "[PER Rini Kusdiyah] tidak mengatakan kapan lelang akan dibuka."),
    example("F20 a link title", "Baca juga: “Harga Ikan Naik Tiga Kali Lipat Menjelang Hari Raya”"),
    example("F24 a question", "Apakah ia akan berkata “maaf” kepada para korban?"),
    example(
        "F24 a condition",
        "Seandainya [PER Yudha Pranata] berkata jujur, perkara ini sudah selesai.",
    ),
    example("F24 not yet", "[PER Yudha Pranata] akan menjelaskan alasan pengunduran dirinya besok."),
]

DOCUMENTS = [
    example(
        "F10 an article of law",
        "Pasal 7 peraturan desa itu berbunyi, “Setiap keluarga wajib menanam dua pohon di halaman rumahnya.”",
        direct("Setiap keluarga wajib menanam dua pohon di halaman rumahnya", None, cue="berbunyi"),
    ),
    example(
        "F10 a board at the gate",
        'Papan di gerbang bertuliskan "Pengunjung dilarang memberi makan satwa di taman ini."',
        direct("Pengunjung dilarang memberi makan satwa di taman ini", None, mention=None, type=None),
    ),
    example(
        "F10 a person behind the banner does not speak it",
        "[PER Sarah Waromi] membawa spanduk bertuliskan “Kami menolak pembukaan hutan di kampung ini”.",
        direct("Kami menolak pembukaan hutan di kampung ini", None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MARKS)
def test_marks_and_stops_do_not_lead_astray(text: str, wanted: tuple[Said, ...]) -> None:
    """Odd, glued, lost and look-alike marks, and full stops that end nothing, leave the quotations whole."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), SPEAKERS)
def test_nearby_names_do_not_take_the_words(text: str, wanted: tuple[Said, ...]) -> None:
    """Names met, asked, named or standing near are not the speaker; where two may be, nobody is."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), CLAUSES)
def test_clauses_keep_their_kind_and_limits(text: str, wanted: tuple[Said, ...]) -> None:
    """Commas, denials and datelines change neither the kind of a report nor its speaker."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), NOTHING_SAID)
def test_nothing_is_said(text: str, wanted: tuple[Said, ...]) -> None:
    """Titles, nicknames, slogans, plain nouns, refusals, questions and link titles report no speech."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), DOCUMENTS)
def test_a_document_speaks_for_nobody(text: str, wanted: tuple[Said, ...]) -> None:
    """A board, banner or article of law that reads a full sentence is quoted with no speaker."""
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
            marks=pytest.mark.xfail(
                strict=True, reason="words without a tag are carried past another subject"
            ),
            id="F18 a sentence about somebody else between",
        ),
    ],
)
def test_a_speaker_is_not_carried_past_somebody_else(text: str, wrong: str) -> None:
    """Words without a tag behind a sentence about another person are not given to the speaker before."""
    assert attribute(document(text)).attributions[-1].speaker != wrong
