"""Whole short articles, read from end to end as a reader reads them."""

from __future__ import annotations

import pytest
from marked_text import Said, direct, example, found, indirect, mixed

FLOOD = """<[LOC LANGGUR], WARTA TIMUR — >Banjir setinggi pinggang merendam tiga desa di hilir Sungai Wain, Kamis \
dini hari. Sebanyak 412 warga mengungsi ke balai desa.

Kepala Badan Penanggulangan Bencana setempat, [PER Thobias Renyaan], mengatakan air naik hanya dalam satu jam. \
Menurut dia, tanggul di hulu jebol karena digerus hujan lebat.

“Kami sudah mengirim empat perahu karet. Yang kami dahulukan ibu hamil dan lansia,” katanya.

Warga mengaku tidak mendengar peringatan apa pun. “Sirenenya bisu sejak tahun lalu,” ujar [PER Mama Orpa], \
pedagang sayur yang kehilangan seluruh dagangannya.

[PER Thobias] membantah sirene itu rusak. Ia menjelaskan, listrik di menara padam sehingga alat tidak berbunyi."""

TALKS = """Perundingan nelayan antara [LOC Tarvania] dan [LOC Beldora] berakhir tanpa kesepakatan.

Menteri Luar Negeri [LOC Tarvania] [PER Elena Markovic] menyebut usul [LOC Beldora] “lelucon yang mahal”. Dia \
menegaskan bahwa negaranya tidak akan menarik kapal patroli.

“Kami datang dengan niat baik,” kata [PER Markovic] seperti dikutip [ORG Kantor Berita Samudra]. “Mereka datang \
dengan peta baru.”

Juru bicara pemerintah [LOC Beldora], [PER Anton Ruzicka], menolak berkomentar. Namun, seorang diplomat senior \
mengatakan pintu belum tertutup."""

TRIAL = """Sidang perkara suap dermaga kembali digelar, Senin (11/5). Jaksa menghadirkan [PER Hendra Gunadi], mantan \
bendahara proyek.

[PER Hendra] mengaku menyerahkan dua koper uang kepada terdakwa [PER Wisnu Baskara]. Uang itu diambil dari kas \
koperasi.

“Saya hanya disuruh,” ujarnya di depan majelis hakim.

Kuasa hukum [PER Wisnu], [PER Ria Pangestu], mempertanyakan keterangan itu. “Mana buktinya?” tanya [PER Ria].

Seusai sidang, [PER Wisnu Baskara] hanya tersenyum. “Nanti saja,” katanya."""

FESTIVAL = """Festival layang-layang tahun ini mengusung tema “Angin untuk Semua”. Baliho bertuliskan “Ayo ke \
Pantai” berjajar di jalan utama.

[PER Komang Suweta], ketua panitia, menargetkan sepuluh ribu pengunjung. Pria 52 tahun itu mengatakan, peserta datang \
dari sebelas negara.

“Ada yang membawa layang-layang sepanjang empat puluh meter.

“Ekornya saja perlu tiga orang untuk mengangkat,” tutur [PER Suweta].

Salah seorang peserta, [PER Kenji Morimoto], mengaku baru pertama kali datang. “Anginnya luar biasa,” kata \
[PER Kenji], “dan orangnya ramah.”"""

ARTICLES = [
    example(
        "flood",
        FLOOD,
        indirect("air naik hanya dalam satu jam", "Thobias Renyaan", mention="Thobias Renyaan"),
        indirect("tanggul di hulu jebol karena digerus hujan lebat", "Thobias Renyaan", mention="dia"),
        direct(
            "Kami sudah mengirim empat perahu karet. Yang kami dahulukan ibu hamil dan lansia",
            "Thobias Renyaan",
        ),
        indirect("tidak mendengar peringatan apa pun", "Warga", type="OTHER"),
        direct("Sirenenya bisu sejak tahun lalu", "Mama Orpa"),
        indirect("sirene itu rusak", "Thobias Renyaan", mention="Thobias", polarity="denies"),
        indirect("listrik di menara padam sehingga alat tidak berbunyi", "Thobias Renyaan", mention="Ia"),
    ),
    example(
        "talks",
        TALKS,
        mixed("usul Beldora “lelucon yang mahal”", "Elena Markovic"),
        indirect("negaranya tidak akan menarik kapal patroli", "Elena Markovic", mention="Dia"),
        direct("Kami datang dengan niat baik", "Elena Markovic", medium="Kantor Berita Samudra"),
        direct("Mereka datang dengan peta baru", "Elena Markovic", cue=None),
        indirect("pintu belum tertutup", "seorang diplomat senior", type="OTHER"),
    ),
    example(
        "trial",
        TRIAL,
        indirect("menyerahkan dua koper uang kepada terdakwa Wisnu Baskara", "Hendra Gunadi"),
        direct("Saya hanya disuruh", "Hendra Gunadi"),
        direct("Mana buktinya", "Ria Pangestu", polarity="asks"),
        direct("Nanti saja", "Wisnu Baskara"),
    ),
    example(
        "festival",
        FESTIVAL,
        indirect("peserta datang dari sebelas negara", "Komang Suweta", mention="Pria 52 tahun itu"),
        direct("Ada yang membawa layang-layang sepanjang empat puluh meter", "Komang Suweta"),
        direct("Ekornya saja perlu tiga orang untuk mengangkat", "Komang Suweta"),
        indirect("baru pertama kali datang", "Kenji Morimoto"),
        direct("Anginnya luar biasa", "Kenji Morimoto"),
        direct("dan orangnya ramah", "Kenji Morimoto"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ARTICLES)
def test_an_article_is_read_whole(text: str, wanted: tuple[Said, ...]) -> None:
    """All that an article reports is found, with its speakers, and nothing else."""
    assert found(text, wanted) == [*wanted]
