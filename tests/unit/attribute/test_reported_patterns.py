"""The ways in which Indonesian news reports speech without marks, or through a medium: of P1 to P24, those.

Q is a quotation, V the cue, S the speaker, C a clause, M a medium.
"""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect, mixed

REPORTED_CLAUSES = [
    example(
        "P12 bahwa",
        "[PER Putri Anggraeni] menjelaskan bahwa vaksin itu disimpan pada suhu minus dua derajat.",
        indirect("vaksin itu disimpan pada suhu minus dua derajat", "Putri Anggraeni", cue="menjelaskan"),
    ),
    example(
        "P12 comma",
        "[PER Yohanes Kambu] mengatakan, jalan menuju kampungnya baru dibuka pekan lalu.",
        indirect("jalan menuju kampungnya baru dibuka pekan lalu", "Yohanes Kambu"),
    ),
    example(
        "P12 bare, an organisation",
        "[ORG Badan Pangan Nusantara] menyatakan stok beras cukup hingga akhir tahun.",
        indirect("stok beras cukup hingga akhir tahun", "Badan Pangan Nusantara", type="ORG"),
    ),
    example(
        "P12 a demand keeps its agar",
        "Ketua RT [PER Slamet Riyanto] meminta warga agar tidak membakar sampah di pekarangan.",
        indirect("warga agar tidak membakar sampah di pekarangan", "Slamet Riyanto", polarity="demands"),
    ),
    example(
        "P12 mengaku",
        "[PER Joao Ximenes] mengaku kehilangan tiga ekor kerbau malam itu.",
        indirect("kehilangan tiga ekor kerbau malam itu", "Joao Ximenes", cue="mengaku"),
    ),
    example(
        "P12 a verb without its prefix",
        "[PER Putri Anggraeni] tegaskan vaksin itu tidak dijual.",
        indirect("vaksin itu tidak dijual", "Putri Anggraeni", cue="tegaskan"),
    ),
    example(
        "P12 details",
        "[PER Putri Anggraeni] merinci, dua ratus botol vaksin disimpan di gudang.",
        indirect("dua ratus botol vaksin disimpan di gudang", "Putri Anggraeni"),
    ),
    example(
        "P12 he adds",
        "[PER Widya Kusumawati] mengatakan pasar itu dibuka pukul lima pagi. Dia menambahkan, pedagang ikan "
        "mendapat tempat di lantai bawah.",
        indirect("pasar itu dibuka pukul lima pagi", "Widya Kusumawati"),
        indirect("pedagang ikan mendapat tempat di lantai bawah", "Widya Kusumawati", mention="Dia"),
    ),
    example(
        "P12 bare, the predicate an adjective",
        "Saksi mata [PER Ucok Damanik] menuturkan truk itu oleng sebelum terguling.",
        indirect("truk itu oleng sebelum terguling", "Ucok Damanik"),
    ),
    example(
        "P12 bare, the predicate a noun",
        "Mantan Wali Kota [LOC Selma Baru] [PER Otto Brandt] menyebut tuduhan itu fitnah.",
        indirect("tuduhan itu fitnah", "Otto Brandt"),
    ),
    example(
        "P13 a short clause, the predicate an adjective",
        "Koalisi itu rapuh, ujar [PER Desi Permatasari], Selasa.",
        indirect("Koalisi itu rapuh", "Desi Permatasari"),
        fails="a bare clause whose predicate is an adjective or noun is not seen as one (perahu mereka bocor)",
    ),
    example(
        "P15 a short clause, the predicate an adjective",
        "Menurut [PER Desi Permatasari], koalisi itu rapuh.",
        indirect("koalisi itu rapuh", "Desi Permatasari"),
    ),
    example(
        "P15 the statement of somebody",
        "Menurut keterangan saksi, pelaku melarikan diri ke kebun.",
        indirect("pelaku melarikan diri ke kebun", "saksi", type="OTHER"),
    ),
    example(
        "P12 a report reports",
        "Laporan itu menyebutkan bahwa terumbu karang di teluk sudah mati.",
        indirect("terumbu karang di teluk sudah mati", "Laporan itu", type="OTHER"),
        fails="a report without its house (Laporan itu) does not speak",
    ),
    example(
        "P12 memprakirakan",
        "[ORG Badan Cuaca Nasional] memprakirakan hujan turun hingga Jumat.",
        indirect("hujan turun hingga Jumat", "Badan Cuaca Nasional"),
    ),
    example(
        "P13 C, kata ROLE NAME, DAY",
        "Feri cepat itu mulai berlayar bulan depan, kata Direktur [ORG Pelayaran Banda] [PER Jusuf "
        "Pattiasina], Rabu (4/3).",
        indirect("Feri cepat itu mulai berlayar bulan depan", "Jusuf Pattiasina", mention="Jusuf Pattiasina"),
    ),
    example(
        "P13 C, ujar somebody",
        "Harga cabai turun karena panen raya, ujar seorang pedagang di pasar itu.",
        indirect("Harga cabai turun karena panen raya", "seorang pedagang di pasar itu", type="OTHER"),
    ),
    example(
        "P13 C, kata an organisation",
        "Topan itu bergerak ke utara dan melemah, kata [ORG Badan Cuaca] [LOC Tarvania], Minggu.",
        indirect("Topan itu bergerak ke utara dan melemah", "Badan Cuaca", type="ORG"),
    ),
    example(
        "P14 the longer part lies behind",
        "Bendungan itu, kata [PER Wayan Sukerti], sudah tua dan bocor di tiga tempat.",
        indirect("sudah tua dan bocor di tiga tempat", "Wayan Sukerti", cue="kata"),
    ),
    example(
        "P14 ujar dia in the middle",
        "[PER Mateus Soares] memimpin tim penyelamat. Para pendaki itu, ujar dia, ditemukan lemas di dekat "
        "kawah.",
        indirect("ditemukan lemas di dekat kawah", "Mateus Soares", mention="dia"),
    ),
    example(
        "P15 Menurut S, C",
        "Menurut [PER Ratna Galuh], tarif parkir baru berlaku mulai April.",
        indirect("tarif parkir baru berlaku mulai April", "Ratna Galuh", cue="Menurut"),
    ),
    example(
        "P15 C, menurut S",
        "Kapal itu karam akibat muatan berlebih, menurut kepala pelabuhan [PER Abdul Gafur Tomia].",
        indirect("Kapal itu karam akibat muatan berlebih", "Abdul Gafur Tomia", cue="menurut"),
    ),
    example(
        "P15 menurutnya",
        "[PER Ursula Keller] memimpin penggalian itu. Menurutnya, candi tersebut berdiri sejak abad "
        "kesembilan.",
        indirect(
            "candi tersebut berdiri sejak abad kesembilan",
            "Ursula Keller",
            cue="Menurutnya",
            mention="Menurutnya",
        ),
    ),
    example(
        "P15 C1, menurut S, C2",
        "Hutan itu, menurut [PER Yulianus Tebay], masih dijaga oleh tujuh marga.",
        indirect("masih dijaga oleh tujuh marga", "Yulianus Tebay"),
    ),
    example(
        "P23 demikian disampaikan",
        "Pendaftaran calon ketua ditutup Jumat sore. Demikian disampaikan panitia pemilihan, [PER Kurniawan "
        "Adi].",
    ),
    example(
        "P23 the one who told it has the floor",
        "Stadion baru rampung Desember. Hal itu disampaikan [PER Kurniawan Adi] saat meninjau lokasi. "
        "“Rumputnya ditanam bulan depan,” katanya.",
        direct("Rumputnya ditanam bulan depan", "Kurniawan Adi"),
    ),
    example(
        "P23 seperti disampaikan",
        "Pendaftaran calon ketua ditutup Jumat sore, seperti disampaikan [PER Kurniawan Adi].",
        indirect("Pendaftaran calon ketua ditutup Jumat sore", "Kurniawan Adi"),
    ),
]

MIXED = [
    example(
        "P16 a fragment in the clause",
        "[PER Grace Simatupang] mengatakan kebijakan itu “membunuh pelan-pelan” petani kecil.",
        mixed("kebijakan itu “membunuh pelan-pelan” petani kecil", "Grace Simatupang", cue="mengatakan"),
    ),
    example(
        "P16 the fragment ends the clause",
        "[PER Daud Wonda] menegaskan bahwa tanah leluhurnya “bukan barang dagangan”.",
        mixed("tanah leluhurnya “bukan barang dagangan”", "Daud Wonda"),
    ),
    example(
        "P16 in an inverted clause",
        "Usul itu “terlalu tergesa-gesa” dan perlu dikaji ulang, kata [PER Siti Maemunah], Kamis (2/4).",
        mixed("Usul itu “terlalu tergesa-gesa” dan perlu dikaji ulang", "Siti Maemunah"),
    ),
    example(
        "P16 the fragment opens an inverted clause",
        "[PER Elena Markovic] “sangat kecewa” dengan keputusan itu, kata juru bicaranya.",
        mixed("Elena Markovic “sangat kecewa” dengan keputusan itu", "juru bicaranya", type="OTHER"),
    ),
    example(
        "P17 menyebut NP Q",
        "[PER Ibrahim Keita] menyebut keputusan itu “langkah mundur”.",
        mixed("keputusan itu “langkah mundur”", "Ibrahim Keita", cue="menyebut"),
    ),
    example(
        "P17 menyebut NP sebagai Q",
        "[ORG Koalisi Warga Teluk] menyebut proyek reklamasi sebagai “mimpi di siang bolong”.",
        mixed("proyek reklamasi sebagai “mimpi di siang bolong”", "Koalisi Warga Teluk", type="ORG"),
    ),
]

RELAYED = [
    example(
        "P18 seperti dikutip",
        "“Bandara dibuka kembali lusa,” kata [PER Pavel Dragunov] seperti dikutip [ORG Kantor Berita "
        "Samudra].",
        direct("Bandara dibuka kembali lusa", "Pavel Dragunov", cue="kata", mention="Pavel Dragunov"),
    ),
    example(
        "P18 the medium is kept apart",
        "“Bandara dibuka kembali lusa,” kata [PER Pavel Dragunov] seperti dikutip [ORG Kantor Berita "
        "Samudra].",
        direct("Bandara dibuka kembali lusa", "Pavel Dragunov", medium="Kantor Berita Samudra"),
    ),
    example(
        "P18 dilansir dari, day behind",
        '"Kami belum mengambil keputusan," ujar juru bicara istana [PER Anneke Vermeulen], dilansir dari '
        "[ORG Harian Fajar Timur], Selasa (3/3).",
        direct("Kami belum mengambil keputusan", "Anneke Vermeulen", mention="Anneke Vermeulen"),
    ),
    example(
        "P19 Dikutip dari M, S V C",
        "Dikutip dari [ORG Kantor Berita Samudra], [PER Chandra Pillai] mengatakan gempa itu merusak dua "
        "ratus rumah.",
        indirect("gempa itu merusak dua ratus rumah", "Chandra Pillai", cue="mengatakan"),
    ),
    example(
        "P19 only the medium is named",
        "Mengutip [ORG Harian Fajar Timur], pemilihan ulang akan digelar dua pekan lagi.",
        indirect("pemilihan ulang akan digelar dua pekan lagi", "Harian Fajar Timur", type="ORG"),
    ),
    example(
        "P19 lapor M",
        "Sedikitnya dua belas orang terluka dalam kebakaran itu, lapor [ORG Kantor Berita Samudra].",
        indirect("Sedikitnya dua belas orang terluka dalam kebakaran itu", "Kantor Berita Samudra"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), REPORTED_CLAUSES)
def test_a_reported_clause_is_indirect(text: str, wanted: tuple[Said, ...]) -> None:
    """A clause with a cue and no marks is indirect speech; a comma does not make it direct."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), MIXED)
def test_marks_around_a_part_make_a_clause_mixed(text: str, wanted: tuple[Said, ...]) -> None:
    """A reported clause with some of its words in marks is one mixed item, the whole clause."""
    assert found(text, wanted) == [*wanted]


@pytest.mark.parametrize(("text", "wanted"), RELAYED)
def test_a_medium_that_relays_is_not_the_speaker(text: str, wanted: tuple[Said, ...]) -> None:
    """Who is quoted speaks, not the medium that quotes; a medium named alone speaks itself."""
    assert found(text, wanted) == [*wanted]
