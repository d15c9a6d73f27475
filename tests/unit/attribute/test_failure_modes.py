"""Where readers of reported speech go wrong: each failure mode of Indonesian news with examples of its right reading.

The numbers are those of the catalogue: F1 to F24.
"""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect

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

CLAUSES = [
    example(
        "two led stretches, the second one's lead between them",
        '[PER Rina Wulan] berkata, "Bibit sudah siap." [PER Sarto Tandi] menambahkan, "Lahannya belum."',
        direct("Bibit sudah siap", "Rina Wulan", cue="berkata"),
        direct("Lahannya belum", "Sarto Tandi", cue="menambahkan"),
    ),
    example(
        "a clause behind a led stretch is no tag",
        '[PER Rina Wulan] mengatakan, "Bibit sudah siap ditanam." [PER Sarto Tandi] membantah.',
        direct("Bibit sudah siap ditanam", "Rina Wulan", cue="mengatakan"),
    ),
    example(
        "a date in brackets behind a relaying medium",
        "Mengutip [ORG Warta Samudra], Rabu (2/5), dua belas kapal berlindung dari badai itu.",
        indirect("dua belas kapal berlindung dari badai itu", "Warta Samudra", type="ORG"),
    ),
    example(
        "a short form in brackets behind a description",
        "Militer [LOC Samudra] (MS) mengklaim badai itu sudah reda.",
        indirect("badai itu sudah reda", "Militer Samudra"),
    ),
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
        "F9 a title in the sentence of a report",
        "Dalam bukunya, “Laut untuk Semua”, [PER Elena Markovic] menulis bahwa laut adalah ibu kita.",
        indirect("laut adalah ibu kita", "Elena Markovic"),
        fails="a title between commas before the subject is taken for its quotation",
    ),
    example(
        "F13 a tag around a menurut",
        "Menurut warga, jalan itu dibiarkan rusak sejak lama, kata [PER Rina Wulan].",
        indirect("Menurut warga, jalan itu dibiarkan rusak sejak lama", "Rina Wulan"),
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
